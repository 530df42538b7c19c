//! The few words of a language that stand around what is a person's own, read from the same
//! `words.toml` that counsel edits.

use serde::Deserialize;
use std::collections::BTreeMap;

/// The words of one language as this room needs them; everything else in the file is passed over.
#[derive(Clone, Deserialize)]
pub struct Wording {
    pub page_of: String,
    pub reference: String,
    pub sensitive: String,
    pub and: String,
    #[serde(default)]
    pub and_other: String,
    pub address: AddressWords,
    /// Data element -> its name.
    #[serde(default)]
    pub elements: BTreeMap<String, String>,
    /// Headings above the list of exposed data, in the templates' words.
    #[serde(skip)]
    pub list_headings: Vec<String>,
    /// The templates' own text around that list.
    #[serde(skip)]
    pub list_text: String,
    /// The letter names the person outside the window.
    #[serde(skip)]
    pub names_person: bool,
}

#[derive(Clone, Deserialize)]
pub struct AddressWords {
    pub parent_or_guardian: String,
    pub estate: String,
    pub care_of: String,
}

impl Wording {
    /// Reads a `words.toml`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(words: &str) -> Result<Self, String> {
        toml::from_str(words).map_err(|error| error.message().to_owned())
    }

    /// Adds the incident's own names of data elements in this language (`<language>/incident.toml`).
    ///
    /// # Errors
    /// What is wrong with the file.
    pub fn translate(&mut self, incident: &str) -> Result<(), String> {
        #[derive(Deserialize)]
        struct Translation {
            #[serde(default)]
            elements: BTreeMap<String, String>,
        }
        let read: Result<Translation, _> = toml::from_str(incident);
        self.elements.extend(read.map_err(|error| error.message().to_owned())?.elements);
        Ok(())
    }

    /// Takes note of a template of the language: whether it lists the data, or names the person.
    pub fn learn(&mut self, template: &str) {
        let named = |name: &str| template.contains(name);
        self.names_person |= named("person.name");
        let Some(list) =
            ["exposed.list", "exposed.text"].iter().filter_map(|n| template.find(n)).min()
        else {
            return;
        };
        let heading = template[..list].lines().rev().find_map(|line| {
            let text = line.trim_start_matches('#');
            (text.len() < line.len() && !text.contains(['{', '['])).then(|| text.trim())
        });
        self.list_headings.extend(heading.map(plain));
        self.list_text.push_str(&plain(&without_tags(template)));
        self.list_text.push('\n');
    }

    /// `Reference: NW-...`
    pub fn reference(&self, piece: &str) -> String {
        self.reference.replace("{id}", piece)
    }

    /// `Page 1 of 3`
    pub fn page(&self, page: u32, pages: u32) -> String {
        let text = self.page_of.replace("{pages}", &pages.to_string());
        text.replace("{page}", &page.to_string())
    }
}

/// A template without tags, values and comments.
fn without_tags(template: &str) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    loop {
        let next = [("{{", "}}"), ("{%", "%}"), ("{#", "#}"), ("<!--", "-->")]
            .iter()
            .filter_map(|(open, close)| rest.find(open).map(|at| (at, *close)))
            .min();
        let Some((at, close)) = next else {
            text.push_str(rest);
            return text;
        };
        text.push_str(&rest[..at]);
        text.push('\u{0}');
        match rest[at..].find(close) {
            Some(end) => rest = &rest[at + end + close.len()..],
            None => return text,
        }
    }
}

/// Markdown's marks away, and one kind of apostrophe.
pub fn plain(text: &str) -> String {
    let text: String = text.chars().filter(|c| !matches!(c, '*' | '`' | '\\')).collect();
    even(&text)
}

/// The same text whichever apostrophes and spaces it is set with.
pub fn even(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{2019}' | '\u{2018}' => '\'',
            '\u{a0}' | '\u{202f}' | '\n' => ' ',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::Wording;

    const WORDS: &str = "page_of = \"Page {page} of {pages}\"\nreference = \"Reference: {id}\"\n\
        sensitive = \"health information\"\nand = \"and\"\nlast_comma = true\n\
        [address]\nparent_or_guardian = \"Parent of\"\nestate = \"Estate of\"\ncare_of = \"c/o {name}\"\n";

    #[test]
    fn templates_tell_where_the_list_stands_and_what_they_say_themselves() {
        let mut words = Wording::read(WORDS).unwrap();
        assert_eq!(words.page(2, 12), "Page 2 of 12");
        words.learn("Dear {{ person.name }}:");
        assert!(words.names_person && words.list_headings.is_empty());
        words.learn("# Top\n## What **Was** Involved\n\n{% if x %}It is your name {{ exposed.text }}.{% endif %}\n## After\n");
        assert_eq!(words.list_headings, ["What Was Involved"]);
        assert!(words.list_text.contains("It is your name"));
        assert!(!words.list_text.contains("exposed"));
    }
}
