//! `init`: a file to fill in, and what a roster tells of itself.

use crate::case::{Said, program};
use noticeworks::incident;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

struct Room {
    home: TempDir,
}

impl Room {
    fn new() -> Self {
        Self { home: TempDir::new().unwrap() }
    }

    fn path(&self, inside: &str) -> PathBuf {
        self.home.path().join(inside)
    }

    fn run(&self, arguments: &[&str]) -> Said {
        Said::from(program().args(arguments).current_dir(self.home.path()).output().unwrap())
    }

    /// The incident.toml that `init` proposes for a roster.
    fn proposed(&self, roster: &str) -> String {
        fs::write(self.path("roster.csv"), roster).unwrap();
        let said = self.run(&["init", "case", "--roster", "roster.csv"]);
        assert_eq!(said.code, 0, "{}", said.stderr);
        fs::read_to_string(self.path("case/incident.toml")).unwrap()
    }
}

/// Codes of what is wrong with a file.
fn wrong(text: &str) -> Vec<String> {
    match incident::from_text(text) {
        Ok(_) => Vec::new(),
        Err(findings) => findings.counts().keys().map(|c| (*c).to_owned()).collect(),
    }
}

#[test]
fn a_skeleton_lacks_nothing_but_what_is_marked() {
    let room = Room::new();
    let said = room.run(&["init", "case"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let text = fs::read_to_string(room.path("case/incident.toml")).unwrap();
    assert!(text.parse::<toml::Table>().is_ok(), "{text}");
    insta::assert_snapshot!(wrong(&text).join(" "), @"incident.empty");
    let blanks = text.matches("REQUIRED: ").count();
    assert!(
        said.stderr.contains(&format!("fill in {blanks} places marked REQUIRED")),
        "{}",
        said.stderr
    );
}

#[test]
fn a_filled_in_skeleton_is_an_incident() {
    let room = Room::new();
    room.run(&["init", "case"]);
    let mut text = fs::read_to_string(room.path("case/incident.toml")).unwrap();
    for (key, value) in [
        ("role", "\"covered_entity\""),
        ("return_address", "[\"Return Mail\", \"PO Box 1\", \"Bloomington, IN 47401\"]"),
        ("phone", "\"812-555-0163\""),
        ("signatory", "{ name = \"P. Natarajan\" }"),
        ("kind", "\"healthcare_provider\""),
        ("discovered", "2026-08-21"),
        ("type", "\"theft\""),
        ("mail_on", "2026-09-11"),
        ("roster", "\"roster.csv\""),
    ] {
        text = set(&text, key, value);
    }
    text = text.replace("\"\"\"\n\n\"\"\"", "\"\"\"\nA laptop was stolen.\n\"\"\"");
    let (head, element) = text.split_once("[[data_element]]").unwrap();
    text = format!("{head}[[data_element]]{}", element.replacen("id = \"\"", "id = \"ssn\"", 1));
    let text: String = text
        .lines()
        .map(|line| {
            format!("{}\n", line.replacen(" = \"\"  # REQUIRED", " = \"made-up\"  # REQUIRED", 1))
        })
        .collect();
    assert_eq!(wrong(&text), Vec::<String>::new(), "{text}");
}

fn set(text: &str, key: &str, value: &str) -> String {
    let mut done = false;
    let lines = text.lines().map(|line| {
        if !done && line.starts_with(&format!("{key} = ")) && line.contains("REQUIRED") {
            done = true;
            return format!("{key} = {value}\n");
        }
        format!("{line}\n")
    });
    let text = lines.collect();
    assert!(done, "no {key} to fill in");
    text
}

#[test]
fn an_incident_that_is_there_is_never_written_over() {
    let room = Room::new();
    fs::create_dir(room.path("case")).unwrap();
    fs::write(room.path("case/incident.toml"), "mine").unwrap();
    let said = room.run(&["init", "case"]);
    assert_eq!(said.code, 2);
    assert!(said.stderr.contains("exists already"), "{}", said.stderr);
    assert_eq!(fs::read_to_string(room.path("case/incident.toml")).unwrap(), "mine");
}

const ROSTER: &str = "\
Pt ID,Client,First,Last,Street,City,ST,Zip Code,Mailing Zip,DOB,Zipp,Favorite color,SSN,Diagnosis,Portal user,data_elements
1,Harbor Health,Ann,Lee,1 Elm St,Portland,ME,04101,04101,1970-01-01,04101-1,red,123-45-6789,Y,N,Name;Visit date
2,harbor-two,Bo,Ray,2 Elm St,Portland,ME,04101,04101,1971-01-01,,blue,,N,Y,Name;Visit date;her own words
";

#[test]
fn a_roster_proposes_what_is_certain_and_asks_about_the_rest() {
    let text = Room::new().proposed(ROSTER);
    assert!(text.parse::<toml::Table>().is_ok(), "{text}");
    let (_, from) = text.split_once("[[data_element]]").unwrap();
    insta::assert_snapshot!(format!("[[data_element]]{}", from.split("# Only where").next().unwrap()), @r##"
[[data_element]]
id = "name"
roster = ["Name"]
letter = "name"  # the words of the letters

[[data_element]]
id = "diagnosis"
roster = ["Diagnosis"]
letter = "diagnosis"  # the words of the letters

# QUESTION: which kind of information is "Visit date" (2 rows)?
# [[data_element]]
# id = ""
# roster = ["Visit date"]
# letter = ""

# QUESTION: which kind of information is "Portal user" (2 rows)?
# [[data_element]]
# id = ""
# roster = ["Portal user"]
# letter = ""

# 1 further label of one row each: see what `noticeworks check` says.

# QUESTION: column M "SSN" seems to hold the information itself, not yes or no.
# Letters do not need it: take the column out of the roster.

[roster.columns]  # how roster.csv names its columns
entity = "Client"  # column B
first_name = "First"  # column C
last_name = "Last"  # column D
address_1 = "Street"  # column E
city = "City"  # column F
state = "ST"  # column G
date_of_birth = "DOB"  # column J
# Named as they should be: data_elements

# QUESTION: 2 columns could be `zip`. Take the # off one line:
# zip = "Zip Code"  # column H
# zip = "Mailing Zip"  # column I

# QUESTION: what is column A "Pt ID" (values such as "9")? If it is:
# record_id = "Pt ID"

# Not understood, and not used: column K "Zipp" (values such as "99999-9")

# Not understood, and not used: column L "Favorite color" (values such as "aaa", "aaaa")
"##);
    let entities: Vec<_> = text
        .lines()
        .filter(|l| {
            !l.starts_with('#') && !l.contains("such as") && l.to_lowercase().contains("harbor")
        })
        .collect();
    insta::assert_snapshot!(entities.join("\n"), @r#"
id = "harbor-health"  # as in the roster's `entity`
name = "Harbor Health"  # as in the letters
id = "harbor-two"  # as in the roster's `entity`
"#);
    // Nobody's data, and no label of one row.
    for personal in ["Ann", "Lee", "123-45", "her own words"] {
        assert!(!text.contains(personal), "{personal}");
    }
}

#[test]
fn headings_cannot_break_out_of_their_comment_or_value() {
    let roster = "first_name,last_name,city,\"evil\nid = \"\"x\"\"\",\"zip\"\"]\"\nA,B,C,D,E\n";
    let text = Room::new().proposed(roster);
    assert!(text.parse::<toml::Table>().is_ok(), "{text}");
    assert!(!wrong(&text).contains(&"incident.unknown_key".to_owned()), "{text}");
}

#[test]
fn what_is_no_roster_is_refused_and_nothing_is_written() {
    let room = Room::new();
    fs::write(room.path("roster.csv"), "a,b\n1,2\n").unwrap();
    let said = room.run(&["init", "case", "--roster", "roster.csv"]);
    assert_eq!(said.code, 2);
    assert!(said.stderr.contains("looks like a header"), "{}", said.stderr);
    assert!(!room.path("case").exists());
}

#[test]
fn nothing_is_proposed_that_the_values_cannot_be() {
    let text = Room::new().proposed(
        "Id,BIRTHDATE,DEATHDATE,FIRST,LAST,ADDRESS,CITY,STATE,COUNTY,POSTAL,LAT,Enrollment Zip,Name\n\
         a1,1964-02-27,,Ann,Oak,1 Elm St,Portland,Maine,Travis County,04101,30.2,04101,X\n\
         a2,1965-02-27,,Bob,Elm,2 Elm St,Portland,Maine,Travis County,04101,30.3,04102,\n",
    );
    let columns = text.split("[roster.columns]").nth(1).unwrap();
    for nonsense in ["country", "activation_code", "last_name = \"LAT\"", "full_name"] {
        assert!(!columns.contains(nonsense), "{nonsense}: {columns}");
    }
    assert!(text.contains("id = \"name\"\nroster = [\"Name\"]"), "marks are a kind: {text}");
    assert!(columns.contains("values such as \"Aaaaaa Aaaaaa\""), "{columns}");
    assert!(!text.contains("Travis"), "{text}");
}

#[test]
fn a_list_of_persons_with_their_documents_is_understood_by_its_values() {
    let text = Room::new().proposed(
        "Entity ID,Full Name,Address 1,City State Zip,SSN,Document IDs\n\
         E-1,Ann Oak,1 Elm St,\"Portland, ME 04101\",Y,D-1\n\
         E-2,Bob Elm,2 Elm St,\"Portland, ME 04101\",N,D-2;D-3\n",
    );
    for line in [
        "record_id = \"Entity ID\"",
        "full_name = \"Full Name\"",
        "\"City, ST ZIP\" = \"City State Zip\"",
        "id = \"ssn\"",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert!(!text.contains("E-1"), "{text}");
}

#[test]
fn headings_that_nobody_knows_are_asked_one_by_one() {
    let text = Room::new().proposed(
        "nr,wer,wo,ort,land,plz\n1,Ann Oak,1 Elm St,Portland,ME,04101\n2,Bob Elm,2 Elm St,Portland,ME,04101\n",
    );
    assert!(text.contains("header_row = 1"), "{text}");
    assert!(text.contains("# zip = \"plz\"") && text.contains("# state = \"land\""), "{text}");
    assert!(!text.contains("Oak"), "{text}");
}
