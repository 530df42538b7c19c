//! Lists as other systems export them, taken from `init` to letters that were approved, as a
//! paralegal would: fill in what is marked, run, approve, print, read.

use crate::case::{SECRET, Said, program};
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// A folder with one export in it.
struct Desk {
    home: TempDir,
}

/// What a person fills in, by key; the first line marked REQUIRED of each key.
const FACTS: &[(&str, &str)] = &[
    ("role", "\"covered_entity\""),
    ("return_address", "[\"Return Mail\", \"PO Box 118\", \"Bloomington, IN 47401\"]"),
    ("phone", "\"1-800-555-0163\""),
    ("signatory", "{ name = \"P. Natarajan\", title = \"Owner\" }"),
    ("kind", "\"healthcare_provider\""),
    ("discovered", "2026-08-21"),
    ("type", "\"theft\""),
    ("mail_on", "2026-09-11"),
];

impl Desk {
    fn new(export: &str) -> Self {
        let desk = Self { home: TempDir::new().unwrap() };
        fs::write(desk.path("export.csv"), export).unwrap();
        desk
    }

    fn path(&self, inside: &str) -> PathBuf {
        self.home.path().join(inside)
    }

    fn run(&self, arguments: &[&str]) -> Said {
        let mut command = program();
        command.env("NOTICEWORKS_STATE", self.path("state")).current_dir(self.home.path());
        Said::from(command.args(arguments).output().unwrap())
    }

    /// `init` on the export, and everything filled in that it marks; gives what it proposed.
    fn begin(&self, more: &[(&str, &str)]) -> String {
        let said = self.run(&["init", "case", "--roster", "export.csv"]);
        assert_eq!(said.code, 0, "{}", said.stderr);
        fs::copy(self.path("export.csv"), self.path("case/export.csv")).unwrap();
        fs::write(self.path("case/ledger.secret"), SECRET).unwrap();
        let proposed = fs::read_to_string(self.path("case/incident.toml")).unwrap();
        let mut text = proposed.replace("\"\"\"\n\n\"\"\"", "\"\"\"\nA laptop was stolen.\n\"\"\"");
        for (key, value) in FACTS.iter().chain(more) {
            text = fill(&text, key, value);
        }
        let filled = |line: &str| {
            let value = if line.starts_with("id = ") { "oak" } else { "Oak Practice" };
            line.replacen(" = \"\"  # REQUIRED", &format!(" = \"{value}\"  # REQUIRED"), 1)
        };
        let text: String = text.lines().map(|line| filled(line) + "\n").collect();
        fs::write(self.path("case/incident.toml"), text).unwrap();
        proposed
    }

    /// Run, approved, printed; gives the words of all letters as they stand on the page.
    fn letters(&self) -> String {
        let checked = self.run(&["check", "case"]);
        assert!(checked.code <= 1, "{}{}", checked.stdout, checked.stderr);
        let ran = self.run(&["run", "case"]);
        assert!(ran.code <= 1, "{}{}", ran.stdout, ran.stderr);
        let mut said = self.approve();
        // Counsel answers what the law turns on, and the wave is made anew.
        for _ in 0..4 {
            let answers = answers(&said.stderr);
            if answers.is_empty() {
                break;
            }
            let path = self.path("case/incident.toml");
            fs::write(&path, fs::read_to_string(&path).unwrap() + &answers).unwrap();
            let ran = self.run(&["run", "case"]);
            assert!(ran.code <= 1, "{}{}", ran.stdout, ran.stderr);
            said = self.approve();
        }
        assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
        let said = self.run(&["letters", "case"]);
        assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
        let mut words = String::new();
        for path in pdfs(self.path("case/out")) {
            let arguments = ["-enc", "UTF-8", "-layout", path.to_str().unwrap(), "-"];
            let output = std::process::Command::new("pdftotext").args(arguments).output().unwrap();
            assert!(output.status.success(), "{path:?}");
            words.push_str(&String::from_utf8(output.stdout).unwrap());
        }
        words
    }

    fn approve(&self) -> Said {
        self.run(&["approve", "case", "--by", "A. Counsel"])
    }

    fn outcomes(&self) -> serde_json::Value {
        self.run(&["check", "case", "--json"]).json()["outcomes"].clone()
    }
}

/// The first answer that is offered to each question.
fn answers(stderr: &str) -> String {
    let plain = stderr.split_whitespace().collect::<Vec<_>>().join(" ");
    let asked = plain.split("`question = \"").skip(1);
    let each = asked.filter_map(|rest| {
        let (question, rest) = rest.split_once('"')?;
        let choice = rest.split_once("one of: ")?.1.split([' ', ',', ';']).next()?;
        Some(format!(
            "\n[[decision]]\nquestion = \"{question}\"\nchoice = \"{choice}\"\nby = \"A. Counsel\"\non = 2026-09-01\n"
        ))
    });
    each.collect()
}

/// The printed batches, drafts left out.
fn pdfs(folder: PathBuf) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !name.contains("draft") && name.starts_with("letters") {
            found.extend(pdfs(path));
        } else if name.ends_with(".pdf") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn fill(text: &str, key: &str, value: &str) -> String {
    let begins = format!("{key} = ");
    let mut done = false;
    let lines = text.lines().map(|line| {
        if !done && line.starts_with(&begins) && line.contains("REQUIRED") {
            done = true;
            return format!("{key} = {value}\n");
        }
        format!("{line}\n")
    });
    let text = lines.collect();
    assert!(done, "no {key} to fill in");
    text
}

/// One letter's words, by the person's name in the window, with single spaces.
fn letter<'w>(words: &'w [String], name: &str) -> &'w str {
    let of: Vec<&String> = words.iter().filter(|letter| letter.contains(name)).collect();
    assert_eq!(of.len(), 1, "one letter for {name}: {words:#?}");
    of[0]
}

/// Letters apart: each begins with the return address.
fn apart(words: &str) -> Vec<String> {
    let plain = words.split_whitespace().collect::<Vec<_>>().join(" ");
    plain.split("Return Mail ").skip(1).map(str::to_owned).collect()
}

/// What a letter says was involved.
fn involved(letter: &str) -> &str {
    let (_, from) = letter.split_once("What Information Was Involved").expect("the section");
    from.split_once("What We Are Doing").expect("the next one").0
}

#[test]
fn a_review_platforms_list_of_persons_with_yes_and_no_for_each_kind() {
    let desk = Desk::new(
        "Entity ID,Full Name,Address 1,Address 2,City,State,Postal Code,Country,Date of Birth,SSN,Diagnosis,Driver's license number,Document IDs,Hit Count\n\
         E-0001,\"Ashwood, Marian T.\",14 Cider Mill Rd,Apt 2,Bloomington,IN,47401,United States,4/2/1951,Y,N,Y,ABC0001;ABC0007,2\n\
         E-0002,\"Birch, Tomas\",220 Limestone St,,Bloomington,IN,47404,United States,11/19/1988,N,Y,N,ABC0002,1\n\
         E-0003,\"Cedar, Wren\",9 Quarry Ln,,Ellettsville,IN,47429,United States,6/30/2017,N,Y,N,ABC0003;ABC0004;ABC0009,3\n",
    );
    let proposed = desk.begin(&[]);
    for line in [
        "record_id = \"Entity ID\"",
        "full_name = \"Full Name\"",
        "id = \"ssn\"",
        "id = \"diagnosis\"",
        "id = \"drivers_license\"",
    ] {
        assert!(proposed.contains(line), "{line}: {proposed}");
    }
    assert!(!proposed.contains("Ashwood") && !proposed.contains("ABC0001"), "{proposed}");
    let words = apart(&desk.letters());
    let marian = letter(&words, "Marian T. Ashwood");
    assert!(marian.contains("14 Cider Mill Rd Apt 2 Bloomington, IN 47401"), "{marian}");
    let kinds = involved(marian);
    assert!(kinds.contains("Social Security number") && kinds.contains("driver"), "{marian}");
    assert!(!kinds.contains("diagnosis"), "{marian}");
    let tomas = letter(&words, "Tomas Birch");
    let kinds = involved(tomas);
    assert!(kinds.contains("diagnosis") && !kinds.contains("driver"), "{tomas}");
    let wren = letter(&words, "Wren Cedar");
    assert!(wren.contains("Parent or Guardian of"), "{wren}");
}

#[test]
fn a_hospitals_export_with_its_own_headings_times_and_ages() {
    let desk = Desk::new(
        "PAT_MRN_ID|PAT_LAST_NAME|PAT_FIRST_NAME|PAT_MIDDLE_NAME|BIRTH_DATE|DEATH_DATE|ADD_LINE_1|ADD_LINE_2|CITY|STATE_ABBR|ZIP|COUNTRY|EMAIL_ADDRESS|LANGUAGE|GUARDIAN_NAME|DATA_ELEMENTS\n\
         0000417|ASHWOOD|MARIAN|T|1951-04-02 00:00:00||14 CIDER MILL RD|APT 2|BLOOMINGTON|IN|47401-1234|UNITED STATES OF AMERICA|marian@mail.example|ENGLISH||Name; Diagnosis\n\
         0000418|BIRCH|TOMAS||1938-11-19 00:00:00|2025-12-24 00:00:00|220 LIMESTONE ST||BLOOMINGTON|IN|47404|UNITED STATES OF AMERICA||SPANISH||Name; Medical record number\n\
         0000419|CEDAR|WREN||2017-06-30 00:00:00||9 QUARRY LN||ELLETTSVILLE|IN|47429|UNITED STATES OF AMERICA||ENGLISH|CEDAR,JOAN|Name; Diagnosis\n",
    );
    let proposed = desk.begin(&[]);
    for line in [
        "record_id = \"PAT_MRN_ID\"",
        "date_of_birth = \"BIRTH_DATE\"",
        "deceased = \"DEATH_DATE\"",
        "address_1 = \"ADD_LINE_1\"",
        "state = \"STATE_ABBR\"",
    ] {
        assert!(proposed.contains(line), "{line}: {proposed}");
    }
    let words = apart(&desk.letters());
    let marian = letter(&words, "MARIAN T ASHWOOD");
    assert!(marian.contains("14 CIDER MILL RD APT 2 BLOOMINGTON, IN 47401-1234"), "{marian}");
    assert!(!marian.contains("UNITED STATES OF AMERICA"), "{marian}");
    let tomas = letter(&words, "TOMAS BIRCH");
    assert!(tomas.contains("To the Next of Kin or Estate of TOMAS BIRCH"), "{tomas}");
    let wren = letter(&words, "WREN CEDAR");
    assert!(wren.contains("c/o JOAN CEDAR"), "{wren}");
}

#[test]
fn a_mail_merge_list_of_name_address_and_one_line_for_the_place() {
    let desk = Desk::new(
        "Name,Address,CityStateZip\n\
         Marian T. Ashwood,\"14 Cider Mill Rd, Apt 2\",\"Bloomington, IN 47401\"\n\
         \"Birch, Tomas\",220 Limestone St,Bloomington IN 47404-0001\n\
         Wren Cedar Jr.,PO Box 9,\"St. Louis, Missouri 63103\"\n",
    );
    let proposed = desk.begin(&[("letter", "\"diagnosis\"")]);
    assert!(proposed.contains("\"City, ST ZIP\" = \"CityStateZip\""), "{proposed}");
    // Nothing in the list says what was exposed, nor who is a child: the incident says it.
    let incident = desk.path("case/incident.toml");
    let text = fs::read_to_string(&incident).unwrap();
    let (head, element) = text.split_once("[[data_element]]").unwrap();
    let element = element.replacen("id = \"oak\"", "id = \"diagnosis\"", 1);
    let text = format!("{head}[[data_element]]{element}");
    let text = text.replacen("[[strand]]", "[[strand]]\nelements = [\"diagnosis\"]", 1);
    fs::write(&incident, text).unwrap();
    let words = apart(&desk.letters());
    let marian = letter(&words, "Marian T. Ashwood");
    assert!(marian.contains("14 Cider Mill Rd, Apt 2 Bloomington, IN 47401"), "{marian}");
    let tomas = letter(&words, "Tomas Birch");
    assert!(tomas.contains("220 Limestone St Bloomington, IN 47404-0001"), "{tomas}");
    let wren = letter(&words, "Wren Cedar Jr.");
    assert!(wren.contains("PO Box 9 St. Louis, MO 63103"), "{wren}");
    assert_eq!(desk.outcomes()["to_mail"], 3);
}
