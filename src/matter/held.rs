//! What to do about a held row, whichever room holds it.

use crate::roster::PROBLEMS;

/// Reasons that are not the roster's, each with its way out.
const OTHERS: [(&str, &str); 7] = [
    (
        code!("delegation.individual").as_str(),
        "write into incident.toml who tells these people: `individual` under `delegation` of their covered entity",
    ),
    (
        code!("code.twice").as_str(),
        "ask the vendor for a code that differs and write it into the roster",
    ),
    (
        code!("letter.no_code").as_str(),
        "fill in the code column or give a code file with enough codes",
    ),
    (
        code!("letter.no_elements").as_str(),
        "fill in `data_elements` for the row or `elements` for its strand",
    ),
    (
        code!("letter.no_glyph").as_str(),
        "write the name's Latin spelling into the column `latin_name`, for mail within the United States needs Roman letters; to print other letters too, name a font that has the character under `[fonts] fallback`",
    ),
    (code!("letter.address_too_long").as_str(), "shorten the address lines in the roster"),
    (
        code!("letter.does_not_fit").as_str(),
        "shorten the sender's return address or name in incident.toml",
    ),
];

/// The way out of a reason for which rows are held; empty for one that only a template can mend.
pub fn remedy(reason: &str) -> &'static str {
    let of_roster = PROBLEMS.iter().find(|p| p.code == reason).map(|p| p.remedy);
    let other = || OTHERS.iter().find(|(code, _)| *code == reason).map(|(_, remedy)| *remedy);
    of_roster.or_else(other).unwrap_or_default()
}
