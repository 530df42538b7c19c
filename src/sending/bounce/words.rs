//! The words of mail servers that write plain text, from `words.toml`.

use super::Class;
use serde::Deserialize;
use std::sync::LazyLock;

/// What the file holds; `words.toml` says what each part means.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    class: Vec<ClassWords>,
    header: Vec<Header>,
    returned: Returned,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassWords {
    class: String,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    name: String,
    #[serde(default)]
    holds: String,
    class: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Returned {
    senders: Vec<String>,
    subjects: Vec<String>,
    openings: Vec<String>,
    original: Vec<String>,
}

/// The file, read once.
pub struct Rules {
    classes: Vec<(Class, Vec<String>)>,
    headers: Vec<(String, String, Class)>,
    returned: Returned,
}

/// The rules that ship with the program; a test reads the file with all its mistakes.
pub fn shipped() -> &'static Rules {
    static RULES: LazyLock<Rules> = LazyLock::new(|| {
        let file: File = toml::from_str(include_str!("words.toml")).expect("shipped words.toml");
        let class = |label: &str| Class::parse(label).expect("a class of words.toml");
        let headers = file.header.into_iter();
        Rules {
            classes: file.class.into_iter().map(|c| (class(&c.class), c.words)).collect(),
            headers: headers.map(|h| (h.name, h.holds, class(&h.class))).collect(),
            returned: file.returned,
        }
    });
    &RULES
}

impl Rules {
    /// The class whose words a text holds; the first in the file's order.
    pub fn class(&self, text: &str) -> Option<Class> {
        let text = plain(text);
        let holds = |words: &&String| text.contains(words.as_str());
        self.classes.iter().find(|(_, words)| words.iter().any(|w| holds(&w))).map(|(c, _)| *c)
    }

    /// The class that a header of this name and value gives.
    pub fn header(&self, name: &str, value: &str) -> Option<Class> {
        let value = plain(value);
        let fits = |(n, holds, _): &&(String, String, Class)| {
            name.eq_ignore_ascii_case(n) && value.contains(holds.as_str())
        };
        self.headers.iter().find(fits).map(|(_, _, class)| *class)
    }

    /// Whether mail from this sender or under this subject is returned mail.
    pub fn is_returned(&self, sender: &str, subject: &str) -> bool {
        let (sender, subject) = (plain(sender), plain(subject));
        self.returned.senders.iter().any(|s| sender.contains(s.as_str()))
            || self.returned.subjects.iter().any(|s| subject.contains(s.as_str()))
    }

    /// Whether a text opens as a server's notice does.
    pub fn opens_as_returned(&self, text: &str) -> bool {
        let text = plain(text);
        self.returned.openings.iter().any(|s| text.contains(s.as_str()))
    }

    /// The server's own words: what stands before the message that it returns.
    pub fn before_original<'t>(&self, text: &'t str) -> &'t str {
        let lower = text.to_lowercase();
        // Lower case may change lengths; then the whole text stands.
        if lower.len() != text.len() {
            return text;
        }
        let marks = self.returned.original.iter().filter_map(|mark| lower.find(mark.as_str()));
        let end = marks.min().unwrap_or(text.len());
        text.get(..end).unwrap_or(text)
    }
}

/// Lower case, each run of blanks and quotes one blank.
fn plain(text: &str) -> String {
    let lower = text.to_lowercase().replace(['"', '\u{201c}', '\u{201d}', '\u{2019}'], "'");
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}
