//! The list of exposed data as it stands in a letter: this person's, and nothing of another's.

use super::wording::even;

/// The names that data elements have in a language, longest first.
pub struct Labels {
    labels: Vec<String>,
    joins: Vec<String>,
}

/// Names that stand one after the other with nothing but commas, bullets and "and" between.
pub type Chain = Vec<String>;

impl Labels {
    pub fn new(labels: impl Iterator<Item = String>, ands: &[&str]) -> Self {
        let mut labels: Vec<String> =
            labels.map(|l| even(l.trim())).filter(|l| !l.is_empty()).collect();
        labels.sort_by(|a, b| b.chars().count().cmp(&a.chars().count()).then(a.cmp(b)));
        labels.dedup();
        let mut joins: Vec<String> = ["", ",", "\u{2022}", ", \u{2022}"].map(String::from).into();
        for and in ands.iter().filter(|a| !a.is_empty()) {
            joins.push((*and).to_owned());
            joins.push(format!(", {and}"));
        }
        Self { labels, joins }
    }

    /// Every chain of names in a text, longest names first.
    pub fn chains(&self, text: &str) -> Vec<Chain> {
        let mut chains: Vec<Chain> = Vec::new();
        let mut last_end = None;
        let mut at = 0;
        while at < text.len() {
            let Some(label) = self.at(text, at) else {
                at += text[at..].chars().next().map_or(1, char::len_utf8);
                continue;
            };
            let between = last_end.map(|end: usize| text[end..at].trim());
            match (between, chains.last_mut()) {
                (Some(between), Some(chain)) if self.joins.iter().any(|j| j == between) => {
                    chain.push(label.to_owned());
                }
                _ => chains.push(vec![label.to_owned()]),
            }
            at += label.len();
            last_end = Some(at);
        }
        chains
    }

    /// The longest name that begins at a place and is not part of a longer word.
    fn at(&self, text: &str, at: usize) -> Option<&str> {
        let before = text[..at].chars().next_back();
        if before.is_some_and(char::is_alphanumeric) {
            return None;
        }
        let rest = &text[at..];
        self.labels.iter().map(String::as_str).find(|label| {
            rest.strip_prefix(*label)
                .is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric()))
        })
    }
}

/// Whether the text of the list's section holds the expected chain, and no name beyond those that
/// the template itself says.
pub fn is_listed(labels: &Labels, section: &str, template: &str, expected: &[String]) -> bool {
    let expected: Vec<String> = expected.iter().map(|l| even(l.trim())).collect();
    let said: Vec<Chain> = labels.chains(template);
    let mut found = false;
    for chain in labels.chains(section) {
        if !found && chain == expected {
            found = true;
        } else if !chain.iter().all(|label| said.iter().flatten().any(|s| s == label)) {
            return false;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Labels, is_listed};

    fn labels() -> Labels {
        let names = ["name", "name of your doctor", "diagnosis", "driver\u{2019}s license"];
        Labels::new(names.iter().map(|l| (*l).to_owned()), &["and"])
    }

    fn listed(section: &str, expected: &[&str]) -> bool {
        let expected: Vec<String> = expected.iter().map(|l| (*l).to_owned()).collect();
        is_listed(&labels(), section, "The information is your .", &expected)
    }

    #[test]
    fn a_list_is_known_in_a_sentence_and_with_bullets() {
        assert!(listed(
            "It is your name, diagnosis, and name of your doctor.",
            &["name", "diagnosis", "name of your doctor"]
        ));
        assert!(listed("\u{2022} name \u{2022} driver's license", &["name", "driver's license"]));
    }

    #[test]
    fn more_fewer_other_or_in_another_order_is_no_match() {
        assert!(!listed("It is your name and diagnosis.", &["name"]));
        assert!(!listed("It is your name.", &["name", "diagnosis"]));
        assert!(!listed("It is your diagnosis and name.", &["name", "diagnosis"]));
        assert!(!listed("It is your name. And your diagnosis.", &["name"]));
        assert!(!listed("It is your surname.", &["name"]));
    }
}
