//! How many sheets a letter will have, told before it is composed from the first of its kind.

use super::format::is_large_print;
use super::print::Press;
use crate::roster::{ElementSet, Person};
use crate::typeset::{FontSet, Style, Typesetter};
use std::collections::HashMap;
use std::sync::Arc;

/// A worker's typesetters: what one remembers has its own sizes.
pub struct Setters {
    pub ordinary: Typesetter,
    pub large: Typesetter,
}

impl Setters {
    pub fn new(fonts: &Arc<FontSet>) -> Self {
        Self {
            ordinary: Typesetter::new(fonts.clone(), Style::default()),
            large: Typesetter::new(fonts.clone(), Style::large_print()),
        }
    }

    pub fn of(&mut self, person: &Person) -> &mut Typesetter {
        if is_large_print(person) { &mut self.large } else { &mut self.ordinary }
    }
}

/// How many sheets the first letter of each kind had.
pub struct LikelySheets {
    setters: Setters,
    /// By the version's key; elements and size of type.
    sheets: HashMap<String, HashMap<(ElementSet, bool), u32>>,
}

impl LikelySheets {
    pub fn new(fonts: &Arc<FontSet>) -> Self {
        Self { setters: Setters::new(fonts), sheets: HashMap::new() }
    }

    /// How many sheets a person's letter has, in all likelihood.
    pub fn sheets(&mut self, press: &Press<'_>, person: &Person) -> u32 {
        let version = press.writer.version(person);
        let kind = (person.elements, is_large_print(person));
        if let Some(known) = self.sheets.get(&version.key).and_then(|kinds| kinds.get(&kind)) {
            return *known;
        }
        // Whose letter cannot be composed is held later, and tells nothing of others.
        let Ok((_, laid, _)) = press.compose(person, self.setters.of(person)) else { return 0 };
        self.setters.ordinary.clear_personal();
        self.setters.large.clear_personal();
        let sheets = press.sheets(&laid);
        self.sheets.entry(version.key.clone()).or_default().insert(kind, sheets);
        sheets
    }
}
