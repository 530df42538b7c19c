//! Names and codes of other people of the batch, wherever they stand.

use super::expected::{runs_left, spaced};
use super::fault::Fault;
use super::letter::{Letter, joined};
use super::manifest::ManifestRow;
use super::sheet::{Fragment, lines};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What was found in content that many pages share, by its place in memory.
pub type Heard = HashMap<*const Fragment, Vec<usize>>;

/// The names and codes of a batch, by their first word.
#[derive(Default)]
pub struct Strangers {
    by_word: HashMap<String, Vec<usize>>,
    known: Vec<KnownPerson>,
}

struct KnownPerson {
    words: Vec<String>,
    text: String,
    /// The first letter of the batch whose own it is.
    of: usize,
}

/// A name or code found.
pub struct Stranger<'s> {
    pub text: &'s str,
    pub of: usize,
}

impl Strangers {
    /// Notes a name or code as a letter's own. Single short words stand anywhere and are left out,
    /// and so is what the incident itself says: a signatory may be a patient.
    pub fn add(&mut self, text: &str, letter: usize, boilerplate: &str) {
        let text = spaced(text);
        let words = words(&text);
        let telling = words.len() > 1 || text.chars().any(|c| c.is_ascii_digit());
        if !telling || text.len() < 5 || runs_left(&text) || boilerplate.contains(&text) {
            return;
        }
        let first = words[0].clone();
        let same = self.by_word.get(&first);
        if same.is_some_and(|all| all.iter().any(|i| self.known[*i].words == words)) {
            return;
        }
        self.by_word.entry(first).or_default().push(self.known.len());
        self.known.push(KnownPerson { words, text, of: letter });
    }

    /// Every name and code in a text, each once.
    pub fn find(&self, text: &str) -> Vec<usize> {
        let mut found = HashSet::new();
        let words: Vec<&str> = text.split_whitespace().map(bare).collect();
        for (at, word) in words.iter().enumerate() {
            for known in self.by_word.get(*word).into_iter().flatten() {
                let wanted = &self.known[*known].words;
                let here = words.get(at..at + wanted.len());
                if here.is_some_and(|here| here.iter().zip(wanted).all(|(a, b)| a == b)) {
                    found.insert(*known);
                }
            }
        }
        let mut found: Vec<usize> = found.into_iter().collect();
        found.sort_unstable();
        found
    }

    /// Other people's names and codes anywhere on a letter's pages, each with the 0-based page.
    pub fn on(
        &self,
        letter: &Letter<'_>,
        at: usize,
        rows: &[ManifestRow],
        heard: &mut Heard,
        found: &mut Vec<(Option<usize>, Fault)>,
    ) {
        let person = letter.person;
        let own = format!(
            "{} {} {} {}",
            person.full_name(),
            person.representative_name,
            letter.code,
            person.address.lines.join(" ")
        );
        for (page, sheet) in letter.sheets.iter().enumerate() {
            let mut here: Vec<usize> = sheet.notes.iter().flat_map(|n| self.find(n)).collect();
            for fragment in &sheet.fragments {
                // Shared content stays alive as long as the file is read; what is this page's own
                // may be gone, so that its place says nothing.
                let shared = Arc::strong_count(fragment) > 1;
                let known = shared.then(|| heard.get(&Arc::as_ptr(fragment))).flatten();
                match known {
                    Some(known) => here.extend(known),
                    None => {
                        let text = lines(fragment.runs.iter());
                        let text = joined(text.iter().map(|l| l.text.as_str()));
                        let names = self.find(&text);
                        here.extend(&names);
                        if shared {
                            heard.insert(Arc::as_ptr(fragment), names);
                        }
                    }
                }
            }
            here.sort_unstable();
            here.dedup();
            for name in here {
                let stranger = self.get(name);
                if stranger.of == at || own.contains(stranger.text) {
                    continue;
                }
                let whose = rows.get(stranger.of).map_or(0, |row| row.number);
                let code = if stranger.text.contains(' ') {
                    code!("verify.foreign")
                } else {
                    code!("verify.code")
                };
                let message =
                    format!("the page holds what belongs to the person of manifest row {whose}");
                found.push((Some(page), Fault::new(code, message)));
            }
        }
    }

    pub fn get(&self, found: usize) -> Stranger<'_> {
        Stranger { text: &self.known[found].text, of: self.known[found].of }
    }
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(|w| bare(w).to_owned()).filter(|w| !w.is_empty()).collect()
}

/// A word without the marks around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::Strangers;

    #[test]
    fn whole_names_are_found_and_nothing_that_only_looks_alike() {
        let mut strangers = Strangers::default();
        strangers.add("Ann Lee", 0, "");
        strangers.add("Bo Kim Jr.", 1, "");
        strangers.add("Dana Reyes", 2, "signed by Dana Reyes");
        let found = |text: &str| {
            strangers.find(text).iter().map(|i| strangers.get(*i).of).collect::<Vec<_>>()
        };
        assert_eq!(found("Dear (Ann Lee): see Bo Kim Jr"), [0, 1]);
        assert!(found("Joann Lee, Ann B. Lee, Ann Leeds, Dana Reyes").is_empty());
    }
}
