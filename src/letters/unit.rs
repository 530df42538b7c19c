//! Which second address lines name a part of a building (USPS Publication 28, section 213).

/// Designators of the Postal Service's table, in full and short, and how people write them.
const DESIGNATORS: &str = include_str!("units.txt");

/// Longer lines say more than where in the building.
const MOST_WORDS: usize = 4;

/// Whether a line is a unit designator: `Apt 4`, `#12`, `Bldg 2 Apt 5`, `Rear`.
pub(super) fn is_unit(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let Some(first) = words.first() else { return false };
    let numbered = first.strip_prefix('#').is_some_and(|rest| !rest.is_empty());
    let bare = first.trim_end_matches(['.', ',']).to_uppercase();
    words.len() <= MOST_WORDS && (numbered || DESIGNATORS.lines().any(|known| known == bare))
}

#[cfg(test)]
mod tests {
    use super::is_unit;

    #[test]
    fn units_are_told_from_other_second_lines() {
        for unit in ["Apt 4", "APT. 12B", "# 7", "#7", "Ste 400", "Unit B", "Rear", "Bldg 2 Apt 5"]
        {
            assert!(is_unit(unit), "{unit}");
        }
        for other in [
            "",
            "c/o Pat Sample",
            "Attn: Records",
            "PO Box 9",
            "Sunrise Nursing Home",
            "Unit of the Great Northern Clinic",
        ] {
            assert!(!is_unit(other), "{other}");
        }
    }
}
