//! The headings that rosters use for each column, and the names nearest to what was written.

use crate::tables::alike::{likeness, most_alike};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Canonical column -> headings that mean it, as the roster's reader knows them.
pub static HEADINGS: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| {
    toml::from_str(include_str!("../../roster/headings.toml"))
        .expect("headings.toml is well formed")
});

/// How alike two names must be to be told: slips of the pen and added words, no more.
const ALIKE: f64 = 0.9;

/// Of `(what may be written, what it means)`, the meanings that come near; nearest first, at most
/// three.
pub fn near<'a>(written: &str, names: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<&'a str> {
    let written = plain(written);
    let mut best: BTreeMap<&str, f64> = BTreeMap::new();
    for (name, means) in names {
        let name = plain(name);
        let alike = match words_within(&name, &written) || words_within(&written, &name) {
            true => 0.95,
            false => likeness(&written, &name),
        };
        let score = best.entry(means).or_default();
        *score = score.max(alike);
    }
    most_alike(best.into_iter().map(|(means, score)| (score, means)), ALIKE)
}

/// Whether all words of one name stand in the other.
fn words_within(inner: &str, outer: &str) -> bool {
    !inner.is_empty() && inner.split(' ').all(|word| outer.split(' ').any(|o| o == word))
}

fn plain(name: &str) -> String {
    let letters = name.to_lowercase().replace(['_', '-', '.'], " ");
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}
