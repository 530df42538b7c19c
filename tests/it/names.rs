//! One type name means one thing.

use std::collections::{BTreeMap, BTreeSet};
use std::{fs, path::Path};

/// Names that still mean something in more than one file. Take one out when you have renamed all of
/// its types but one; a new type gets a name of its own.
const TWICE: &str = "
    About Account AddressWords Addressee Agency Alike Answer Approved Area Ask Atom Audience
    Basis Batch Block By Case Cell Change Chapter Choice Claimed Compared Composed Confirmed
    Content Context Counted Counts Coverage Day Deadline Decided Delivery Differing Done Each
    Edit Elements Entry Envelope Face Faces Fact Facts Fault Field File Filed Finished Folder
    Form Found Gathered Group Head Headcount History Ids Images Ink Intake Item Judged Key
    Keys Kind Kinds Known Labels Letter Line Lines Link Lists Looked Looking Made Manifest
    Mark Matter Measure Member Met Name Named Node Of One Open OpenError Order Output Page
    Pages Part Parts People Phase Piece Place Placed Places Plan Prepared Printed Progress
    Proof Reach Read Reader Reading Reason Recipient Recorded Remarks Remembered Reply Report
    Residence Returned Role Row Rows Rules Run RunData Seal Section Seen Sending Sent Shape
    Shared Sheet Shown Span Stamp State Statute Step Stopped Stretch Style Subject Symbol
    Table Tables Tag Tally Target Told Translated Trial Tried Verdict Vocabulary Who Whole
    Word Words Work Writer Written Zips
";

#[test]
fn no_further_type_name_means_two_things() {
    let mut files: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in crate::rooms::walk(Path::new("src")) {
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for name in code.lines().filter_map(defined) {
            files.entry(name.to_owned()).or_default().insert(path.display().to_string());
        }
    }
    let known: BTreeSet<&str> = TWICE.split_whitespace().collect();
    let twice = |name: &str| files.get(name).is_some_and(|of| of.len() > 1);
    let mut wrong: Vec<String> = files
        .iter()
        .filter(|(name, of)| of.len() > 1 && !known.contains(name.as_str()))
        .map(|(name, of)| format!("{name} is defined in {of:?}"))
        .collect();
    let gone = known.iter().filter(|name| !twice(name));
    wrong.extend(gone.map(|name| format!("{name} is defined once now: take it out of the list")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(defined("pub(super) struct Row<'r> {"), Some("Row"));
    assert_eq!(defined("type Key = (u64, bool);"), Some("Key"));
    assert_eq!(defined("    type Item = u8;"), None);
}

/// The type that a line at the edge defines.
fn defined(line: &str) -> Option<&str> {
    let line = match line.strip_prefix("pub") {
        Some(rest) => rest.trim_start_matches("(super)").trim_start_matches("(crate)").trim_start(),
        None => line,
    };
    let kinds = ["struct ", "enum ", "trait ", "type "];
    let rest = kinds.iter().find_map(|kind| line.strip_prefix(kind))?;
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    Some(&rest[..end])
}
