//! How alike two words are: what an author mistyped, and the known word that was meant.

/// Letters to change, add or take away to make one word of the other.
pub fn distance(a: &str, b: &str) -> usize {
    strsim::levenshtein(a, b)
}

/// From 0 to 1; slips at the end of a word weigh less than at its start.
pub fn likeness(a: &str, b: &str) -> f64 {
    strsim::jaro_winkler(a, b)
}

/// From 0 to 1, by the letters to change for each letter of the longer word.
pub fn likeness_by_letters(a: &str, b: &str) -> f64 {
    strsim::normalized_levenshtein(a, b)
}

/// The word most like `typed`, if any is no more than two letters away.
pub fn nearest<'k>(typed: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let near = known.map(|name| (distance(typed, name), name)).min()?;
    (near.0 <= 2).then_some(near.1)
}

/// The names most like the written one, nearest first, at most three. `likeness` says how alike
/// each is, `least` how alike it must be.
pub fn most_alike<'k>(scored: impl Iterator<Item = (f64, &'k str)>, least: f64) -> Vec<&'k str> {
    let mut near: Vec<(f64, &str)> = scored.filter(|(score, _)| *score >= least).collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    near.into_iter().take(3).map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::{most_alike, nearest};

    #[test]
    fn a_slip_of_the_pen_is_told_and_another_word_is_not() {
        let known = ["hospital", "insurer", "laboratory"];
        assert_eq!(nearest("hospitel", known.into_iter()), Some("hospital"));
        assert_eq!(nearest("clinic", known.into_iter()), None);
        let scored = [(0.9, "b"), (0.95, "c"), (0.9, "a"), (0.8, "d")];
        assert_eq!(most_alike(scored.into_iter(), 0.86), ["c", "a", "b"]);
    }
}
