//! The roster's columns and the kinds of information it may name.

use crate::cli::reference::cell;
use crate::incident::{COLUMN_PATTERNS, known_elements};
use crate::matter::begin::headings::HEADINGS;
use crate::roster::Column;
use std::fmt::Write as _;

const ROSTER: &str = "
## Roster

CSV (comma, semicolon, tab, bar, `^` or `~`) or a workbook (XLSX, XLSM; XLSB, XLS and ODS where they
can be read), one row for each person. Headings are compared without case, spaces and punctuation;
what differs in your roster goes into `[roster.columns]`. A column may be missing: its cells then
count as empty. A letter needs a name, `address_1`, `city`, `state` and `zip`; `entity` is needed
where there are several covered entities, `cohort` where there are several strands, and the exposed
information must stand in `data_elements`, in yes/no columns named like it, or in the strand's
`elements`. A column of marks under a heading that otherwise means something else, such as `Email`
with an `X`, is a yes/no column; a cell that says neither yes nor no holds its row.

| column | holds | other headings that mean it |
| --- | --- | --- |
";

pub fn columns(out: &mut String) {
    out.push_str(ROSTER);
    for column in Column::ALL {
        let usual = HEADINGS.get(column.name()).map(|usual| usual.join(", ")).unwrap_or_default();
        let _ = writeln!(out, "| `{}` | {} | {} |", column.name(), holds(*column), cell(&usual));
    }
    let patterns: Vec<_> = COLUMN_PATTERNS.iter().map(|p| format!("`{p}`")).collect();
    out.push_str(&CHOICES.replace("PATTERNS", &patterns.join("; ")));
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
        Column::Address3 => "third line of the address",
        Column::City => "city",
        Column::State => "state code or name; of the mailing address",
        Column::Zip => "ZIP or ZIP+4; elsewhere the postal code",
        Column::Country => "country; empty for the United States",
        Column::Email => "e-mail address",
        Column::EmailConsent => "`Y` if the person agreed to electronic notice",
        Column::DateOfBirth => "day of birth; tells minors from adults",
        Column::Age => "age in years, where no day of birth is known",
        Column::GuardianName => "parent or guardian, to whom a minor's letter goes",
        Column::Deceased => "`Y` if the person has died, or the date of death",
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

const CHOICES: &str = "
### What `[roster]` says

Only what a roster does not show by itself. All of it can stand in a `[[roster.file]]` as well, for
one of several rosters.

| you write | it means |
| --- | --- |
| `columns = { last_name = \"Zuname\" }` | the column `Zuname` holds the last name |
| `columns = { country = \"\" }` | no column of this roster is the country, whatever its heading; with `date_of_birth` or `deceased`: there is none, and nobody is asked again |
| `columns = { address_1 = [\"HOUSE_NUM\", \"STREET\"] }` | the cells are joined with a space between them |
| `columns = { \"Last, First Middle\" = \"Patient\" }` | one column is taken apart as the pattern is written |
| `ignore = [\"LAT\", \"LON\"]` | these columns are not needed, and nothing is said of them |
| `sheet = \"Clinic A\"` | the workbook's sheet; `roster = \"people.xlsx#Clinic A\"` in the wave says the same |
| `header_row = 4` | the header is line 4, as a spreadsheet numbers it |
| `delimiter = \"^\"` | what divides the cells: one character, or `tab` |
| `encoding = \"cp850\"` | how the text is written, where the accents are wrong |
| `dates = \"dmy\"` | 04/05/2011 is May 4; without it the column's other dates decide |
| `marks = { yes = [\"Hit\"], no = [\"Clear\"] }` | the roster's own words in yes/no columns of information |
| `hidden_rows = \"read\"` | rows and sheets that the workbook hides are people like the others |

A pattern is one of PATTERNS.

Several rosters make one mailing: `roster = [\"a.csv\", \"b.xlsx#Clinic B\"]` in the wave. Each person is
written to once, findings name the file, and `[[roster.file]]` says what differs:

```toml
[[roster.file]]
name = \"b.xlsx#Clinic B\"
columns = { zip = \"Plz\" }
```

Waves of the same mail date count together: duties that turn on a number see all their people.

`repairs.toml` beside incident.toml holds corrections of the roster, which itself is never changed.
`noticeworks repair` writes it and lists what it says; it may be written by hand too. Each is applied
whenever the roster is read, before anything is cleaned, in the order of the file, to the client's next
export as well. One that no longer fits is told, and one is undone without the others:

```toml
[[repair]]
number = 1
record = \"LK00001734\"          # or: where = { column = \"city\", value = \"Portlnd\" }
column = \"zip\"                 # a heading, or a canonical name that the roster may lack
from = \"4101\"                  # applied only where the cell says this
to = \"04101\"
by = \"P. Paralegal\"
on = 2026-09-01
why = \"The client confirmed it by telephone\"

[[repair]]
number = 2
one_person = [\"R0017\", \"R0918\"] # the second goes into the first; two_persons keeps two apart
by = \"P. Paralegal\"
on = 2026-09-01
why = \"Maiden name\"

[[undo]]
repair = 1
by = \"A. Counsel\"
on = 2026-09-02
why = \"Another person's ZIP code\"
```

`noticeworks repair --suggest` shows spellings of city, state, covered entity and kinds of information that
may mean the same: letters that agree but for dress (`St. Louis`, `Saint Louis`), a slip or two beside a
spelling that at least four times as many rows have, a name that the incident knows, or one that the ZIP
codes speak for. Each comes with the command that adds it as a repair; none is applied by itself.

An address abroad is written in its destination's order, the city in capitals and the country last
(`OTTAWA ON  K1A 0B1`, `75001 PARIS`), by a list of countries; where the country is not in the list, city,
region and postal code follow one another.

Workbooks may be XLSX, XLSB, XLS or ODS. Only of XLSX the program knows which rows are hidden.

`code_column` of a `[[protection]]` names the column with the codes of those who are offered it; where
one roster has codes for adults and for minors, each protection names its own.
";

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
