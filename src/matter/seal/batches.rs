//! Which batches were meant: `1-9`, `1,4,7-9`.

use crate::matter::refusal::Refusal;
use std::collections::BTreeSet;

/// # Errors
/// Anything but numbers from 1, ranges and commas.
pub fn batches(text: &str) -> Result<BTreeSet<u32>, Refusal> {
    let mut found = BTreeSet::new();
    for part in text.split(',').map(str::trim) {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        let number = |text: &str| text.trim().parse::<u32>().ok().filter(|n| *n > 0);
        match (number(from), number(to)) {
            (Some(from), Some(to)) if from <= to && to - from < 100_000 => found.extend(from..=to),
            _ => {
                return Err(Refusal::one(
                    code!("batch.unreadable"),
                    format!("`{part}` names no batches"),
                    "write numbers as in `1-9` or `1,4,7-9`",
                ));
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::batches;

    #[test]
    fn numbers_and_ranges_are_read() {
        let read = |text| batches(text).ok().map(|found| found.into_iter().collect::<Vec<_>>());
        assert_eq!(read("1-3, 7"), Some(vec![1, 2, 3, 7]));
        for wrong in ["", "0", "3-1", "a", "1-", "1--2", "1-900000000"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
