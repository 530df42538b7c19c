//! Questions and choices in words (`templates/questions.toml`).

use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KindWords {
    title: String,
    #[serde(default)]
    choice: BTreeMap<String, String>,
}

static WORDS: LazyLock<BTreeMap<String, KindWords>> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "part of the program; a test parses it")]
    toml::from_str(include_str!("../../../../templates/questions.toml"))
        .expect("templates/questions.toml")
});

/// What a kind decides, in one line; none for kinds of which a single question says it itself.
pub fn title(kind: &str) -> Option<&'static str> {
    WORDS.get(kind).map(|words| words.title.as_str())
}

/// A choice in words; the choice itself where there are none.
pub fn choice(kind: &str, choice: &str) -> String {
    let words = WORDS.get(kind).and_then(|words| words.choice.get(choice));
    words.map_or_else(|| choice.to_owned(), Clone::clone)
}
