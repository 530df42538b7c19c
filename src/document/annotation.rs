//! What a comment above a block says: which contents the block meets or holds.
//!
//! Written `<!-- satisfies: a b | contains: c -->` or `<!-- courtesy -->`; at load each gets its
//! template file and line (`@en/title.md:3`) so that diagnostics survive rendering.

use super::Origin;
use std::sync::Arc;

/// A comment understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Annotation {
    pub satisfies: Vec<String>,
    pub contains: Vec<String>,
    pub courtesy: bool,
    pub page_break: bool,
    pub origin: Origin,
}

/// Why a comment cannot be understood; a sentence for a finding.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unclear(pub String);

impl Annotation {
    /// Reads what stands between `<!--` and `-->`, stamped or not.
    pub fn read(inner: &str) -> Result<Self, Unclear> {
        let mut annotation = Self::default();
        let mut words = inner.trim();
        if let Some((before, stamp)) = words.rsplit_once('@')
            && let Some((file, line)) = stamp.rsplit_once(':')
        {
            let line = line.trim().parse().unwrap_or(0);
            annotation.origin = Origin { file: Arc::from(file), line };
            words = before.trim();
            if words.is_empty() {
                return Ok(annotation);
            }
        }
        for part in words.split('|').map(str::trim) {
            match part.split_once(':').map(|(k, v)| (k.trim(), v)) {
                Some(("satisfies", ids)) => annotation.satisfies = ids_of(ids)?,
                Some(("contains", ids)) => annotation.contains = ids_of(ids)?,
                None if part == "courtesy" => annotation.courtesy = true,
                None if part == "pagebreak" => annotation.page_break = true,
                _ => return Err(Unclear(format!("the comment says `{part}`"))),
            }
        }
        Ok(annotation)
    }

    /// The comment with its place, as the template engine sees it.
    pub fn stamped(&self) -> String {
        let mut parts = Vec::new();
        if !self.satisfies.is_empty() {
            parts.push(format!("satisfies: {}", self.satisfies.join(" ")));
        }
        if !self.contains.is_empty() {
            parts.push(format!("contains: {}", self.contains.join(" ")));
        }
        if self.courtesy {
            parts.push("courtesy".to_owned());
        }
        if self.page_break {
            parts.push("pagebreak".to_owned());
        }
        format!("<!-- {} @{}:{} -->", parts.join(" | "), self.origin.file, self.origin.line)
    }

    /// Whether a block must follow.
    pub fn speaks_of_a_block(&self) -> bool {
        self.courtesy || !self.satisfies.is_empty() || !self.contains.is_empty()
    }
}

fn ids_of(list: &str) -> Result<Vec<String>, Unclear> {
    let ids: Vec<String> = list.split_whitespace().map(str::to_owned).collect();
    let proper =
        |id: &String| id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    match ids.iter().find(|id| !proper(id)) {
        Some(id) => Err(Unclear(format!("`{id}` is not the id of a content"))),
        None if ids.is_empty() => Err(Unclear("the comment names no content".to_owned())),
        None => Ok(ids),
    }
}
