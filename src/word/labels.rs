//! The words of the document that are not the letter's: what a branch is called, who reads what.

use super::tags::{Tag, TagKind};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static LABELS: LazyLock<Labels> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "part of the program; a test parses it")]
    toml::from_str(include_str!("../../templates/word.toml")).expect("templates/word.toml")
});

/// `templates/word.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Labels {
    #[serde(rename = "if")]
    pub only_if: String,
    pub or_if: String,
    pub otherwise: String,
    pub end: String,
    pub for_each: String,
    /// A condition, as templates write it, in words.
    conditions: BTreeMap<String, String>,
    pub note: Notes,
}

/// Words of the gray lines.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notes {
    /// At the head of the document.
    pub lead: String,
    pub everyone: String,
    pub not_if: String,
    pub letters: String,
    pub nobody: String,
    pub meets: String,
    pub changed: String,
    pub of: String,
    /// With `{page}` and `{pages}`.
    pub page_of: String,
}

impl Labels {
    /// Those that the program ships.
    pub fn shipped() -> &'static Self {
        &LABELS
    }

    /// A condition in words.
    pub fn condition(&self, condition: &str) -> String {
        let known = |text: &str| self.conditions.get(text).cloned();
        if let Some(words) = known(condition) {
            return words;
        }
        match condition.strip_prefix("not ").and_then(known) {
            Some(words) => format!("{} {words}", self.note.not_if),
            None => condition.to_owned(),
        }
    }

    /// The border of what stands under all of these conditions.
    pub fn only(&self, conditions: &[String]) -> String {
        let each: Vec<String> = conditions.iter().map(|c| self.condition(c)).collect();
        format!("\u{2039}{}: {}\u{203a}", self.only_if, each.join(", "))
    }

    /// A tag as people see it.
    pub fn shown(&self, tag: &Tag) -> String {
        match tag.kind {
            TagKind::Value => format!("{{{{ {} }}}}", tag.inner),
            TagKind::Include => {
                let stem = tag.inner.rsplit('/').next().unwrap_or("").trim_end_matches(".md");
                format!("{{{{ {} }}}}", stem.trim_start_matches('_'))
            }
            TagKind::If => {
                format!("\u{2039}{}: {}\u{203a}", self.only_if, self.condition(&tag.inner))
            }
            TagKind::OrIf => {
                format!("\u{2039}{}: {}\u{203a}", self.or_if, self.condition(&tag.inner))
            }
            TagKind::Otherwise => format!("\u{2039}{}\u{203a}", self.otherwise),
            TagKind::EndIf | TagKind::EndFor => format!("\u{2039}{}\u{203a}", self.end),
            TagKind::For => {
                format!("\u{2039}{}: {}\u{203a}", self.for_each, self.condition(&tag.inner))
            }
            TagKind::Silent => "\u{2039}\u{2026}\u{203a}".to_owned(),
        }
    }
}
