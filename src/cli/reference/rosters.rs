//! The roster's columns and the kinds of information it may name.

use crate::cli::reference::cell;
use crate::incident::known_elements;
use crate::matter::begin::headings::HEADINGS;
use crate::roster::Column;
use std::fmt::Write as _;

const ROSTER: &str = "
## Roster

CSV (comma, semicolon, tab or bar) or XLSX, one row for each person. Headings are compared without
case, spaces and punctuation; what differs in your roster goes into `[roster.columns]`. A column may
be missing: its cells then count as empty. A letter needs a name, `address_1`, `city`, `state` and
`zip`; `entity` is needed where there are several covered entities, `cohort` where there are several
strands, and the exposed information must stand in `data_elements`, in yes/no columns named like it,
or in the strand's `elements`.

| column | holds | other headings that mean it |
| --- | --- | --- |
";

pub fn columns(out: &mut String) {
    out.push_str(ROSTER);
    for column in Column::ALL {
        let usual = HEADINGS.get(column.name()).map(|usual| usual.join(", ")).unwrap_or_default();
        let _ = writeln!(out, "| `{}` | {} | {} |", column.name(), holds(*column), cell(&usual));
    }
}

fn holds(column: Column) -> &'static str {
    match column {
        Column::RecordId => "your own number for the person; unique",
        Column::Entity => "id or name of the `[[covered_entity]]`",
        Column::FirstName => "first name",
        Column::MiddleName => "middle name or initial",
        Column::LastName => "last name",
        Column::Suffix => "Jr., Sr., III",
        Column::Address1 => "street and number, or PO box",
        Column::Address2 => "apartment, suite, unit",
        Column::City => "city",
        Column::State => "state code or name; of the mailing address",
        Column::Zip => "ZIP or ZIP+4; elsewhere the postal code",
        Column::Country => "country; empty for the United States",
        Column::Email => "e-mail address",
        Column::EmailConsent => "`Y` if the person agreed to electronic notice",
        Column::DateOfBirth => "day of birth; tells minors from adults",
        Column::GuardianName => "parent or guardian, to whom a minor's letter goes",
        Column::Deceased => "`Y` if the person has died",
        Column::RepresentativeName => "next of kin or personal representative of one who has died",
        Column::Language => "language of the letter, such as `es`",
        Column::DataElements => "what was exposed, labels separated by `;`",
        Column::ActivationCode => "code for the identity protection offered",
        Column::Cohort => "id of the `[[strand]]`",
        Column::Population => {
            "`patient` (default), `employee`, `guarantor`, `provider`, `dependant`"
        }
        Column::ResidenceState => "state of residence, where it is not that of the address",
        Column::AddressKind => "what kind of address it is",
        Column::MinorConsented => "`Y` if the minor alone consented to the care",
        Column::EmailConsentOn => "day of that agreement",
        Column::AltFormat => "format the person needs, such as large print",
        Column::PriorRecordId => "the person's number in an earlier mailing",
        Column::LatinName => {
            "the whole name in Roman letters, where it is written in others; printed in its place"
        }
        Column::FullName => "the whole name, where it is not split",
    }
}

const ELEMENTS: &str = "
## Kinds of information

What `[[data_element]] id` may be. *Sensitive* kinds are printed as \"health information\" unless
counsel decides otherwise.

| id | group | usual words |
| --- | --- | --- |
";

pub fn elements(out: &mut String) {
    out.push_str(ELEMENTS);
    for element in known_elements() {
        let kind = format!("{:?}", element.kind).to_lowercase();
        let _ = writeln!(out, "| `{}` | {kind} | {} |", element.id, cell(&element.letter));
    }
}
