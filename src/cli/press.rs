//! The letters' words made ready: templates, the incident's own in their place, the law.

use super::exit::Stop;
use super::matter::Matter;
use crate::document::TemplateSet;
use crate::law::DutyKind;
use crate::letters::{self, Counts, Rules, Writer};
use crate::plan::Plan;

/// What a writer borrows.
pub struct Words<'a> {
    set: TemplateSet,
    rules: Rules<'a>,
}

impl<'a> Words<'a> {
    /// # Errors
    /// Everything wrong with any template.
    pub fn load(matter: &'a Matter) -> Result<Self, Stop> {
        let own = matter.folder.join("templates").join("letter");
        let own = own.is_dir().then_some(own);
        let set = TemplateSet::load(letters::shipped(), own.as_deref());
        Ok(Self { set: set.map_err(Stop::Configuration)?, rules: matter.letter_rules() })
    }

    /// The writer of the wave's letters. Letters that must state a number of residents take it
    /// from the plan, so that they agree with the filings.
    ///
    /// # Errors
    /// Everything wrong with any version's words.
    pub fn writer<'w>(&'w self, matter: &'w Matter, plan: &Plan) -> Result<Writer<'w>, Stop> {
        let mut counts = Counts::new();
        for duty in plan.duties.iter().filter(|d| d.kind == DutyKind::Individual) {
            let known = counts.entry(duty.jurisdiction.clone()).or_default();
            *known = (*known).max(duty.count);
        }
        Writer::new(&matter.incident, &self.rules, &self.set, matter.wave(), counts)
            .map_err(Stop::Configuration)
    }
}
