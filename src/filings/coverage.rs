//! Which duties have a form, and which forms no duty asks for.

use super::forms::Forms;
use std::collections::{BTreeMap, BTreeSet};

/// Law and forms held side by side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Duty rule -> form.
    pub served: BTreeMap<String, String>,
    /// Duty rules without a form: their filings are made of the statute's contents.
    pub without_form: BTreeSet<String>,
    /// Form -> the rules it names that no law file has; empty for voluntary forms.
    pub idle: BTreeMap<String, Vec<String>>,
}

/// Compares the forms with the ids of all regulator and HHS duties.
pub fn coverage<'a>(forms: &Forms, rules: impl IntoIterator<Item = &'a str>) -> Coverage {
    let rules: BTreeSet<&str> = rules.into_iter().collect();
    let mut coverage = Coverage::default();
    for rule in &rules {
        match forms.serving(rule) {
            Some(form) => {
                coverage.served.insert((*rule).to_owned(), form.id.clone());
            }
            None => {
                coverage.without_form.insert((*rule).to_owned());
            }
        }
    }
    for form in forms.forms.values() {
        let unknown: Vec<String> =
            form.serves.iter().filter(|id| !rules.contains(id.as_str())).cloned().collect();
        let nothing = unknown.len() == form.serves.len();
        if !unknown.is_empty() || nothing {
            coverage.idle.insert(form.id.clone(), unknown);
        }
    }
    coverage
}
