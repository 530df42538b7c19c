//! The headings that rosters use for each column, and the names nearest to what was written.

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
            false => strsim::jaro_winkler(&written, &name),
        };
        let score = best.entry(means).or_default();
        *score = score.max(alike);
    }
    let mut near: Vec<_> = best.into_iter().filter(|(_, score)| *score >= ALIKE).collect();
    near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
    near.into_iter().take(3).map(|(means, _)| means).collect()
}

/// Whether all words of one name stand in the other.
fn words_within(inner: &str, outer: &str) -> bool {
    !inner.is_empty() && inner.split(' ').all(|word| outer.split(' ').any(|o| o == word))
}

fn plain(name: &str) -> String {
    let letters = name.to_lowercase().replace(['_', '-', '.'], " ");
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}
