//! A made-up breach of Lakeshore's three covered entities, lived through by commands.

use crate::case::{Case, Said};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;

/// One row of a roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub id: String,
    pub entity: &'static str,
    pub first: String,
    pub last: String,
    pub street: String,
    /// City, state and ZIP code.
    pub town: (&'static str, &'static str, &'static str),
    pub born: String,
    pub elements: &'static str,
    pub code: String,
    pub prior: String,
    pub died: bool,
    pub email: String,
}

/// Towns of the story, each with its own state.
pub const PORTLAND: (&str, &str, &str) = ("Portland", "ME", "04101");
pub const BOSTON: (&str, &str, &str) = ("Boston", "MA", "02139");
pub const AUSTIN: (&str, &str, &str) = ("Austin", "TX", "78701");
pub const CONCORD: (&str, &str, &str) = ("Concord", "NH", "03301");

const HEADER: &str = "record_id,entity,first_name,last_name,address_1,city,state,zip,date_of_birth,data_elements,activation_code,prior_record_id,deceased,email,email_consent";

impl Row {
    /// Somebody whose Social Security number was exposed, with an enrollment code of their own.
    pub fn new(
        n: u32,
        entity: &'static str,
        town: (&'static str, &'static str, &'static str),
    ) -> Self {
        const FIRST: [&str; 7] = ["Ada", "Boris", "Chloe", "Dmitri", "Elena", "Farid", "Greta"];
        const LAST: [&str; 5] = ["Quill", "Rowan", "Sorrel", "Tansy", "Umber"];
        let (first, last) = (FIRST[n as usize % 7], LAST[n as usize % 5]);
        // No two share a first name, so that nobody looks like somebody else.
        let letters: String =
            format!("{n}").bytes().map(|digit| char::from(b'a' + (digit - b'0'))).collect();
        Self {
            id: format!("R{n:05}"),
            entity,
            first: format!("{first}{letters}"),
            last: last.to_owned(),
            street: format!("{} Maple Street", n + 1),
            town,
            born: format!("{}-0{}-1{}", 1950 + n % 45, 1 + n % 9, n % 10),
            elements: "Name;SSN",
            code: format!("CODE-{n:05}"),
            prior: String::new(),
            died: false,
            email: String::new(),
        }
    }

    fn line(&self) -> String {
        let (city, state, zip) = self.town;
        let consent = if self.email.is_empty() { "" } else { "Y" };
        let died = if self.died { "Y" } else { "" };
        [
            &self.id,
            self.entity,
            &self.first,
            &self.last,
            &self.street,
            city,
            state,
            zip,
            &self.born,
            self.elements,
            &self.code,
            &self.prior,
            died,
            &self.email,
            consent,
        ]
        .join(",")
    }
}

/// The folder of the breach.
pub struct Breach {
    pub case: Case,
    /// Where products go, if not into the folder's own `out`.
    pub out: Option<PathBuf>,
}

impl Breach {
    /// With the rows of its first wave, `w1`, mailed on September 18, 2026.
    pub fn of(rows: &[Row]) -> Self {
        let case = Case::sample("lakeshore");
        fs::write(case.path("evidence.txt"), "made up").unwrap();
        let breach = Self { case, out: None };
        breach.roster("roster.csv", rows);
        breach
    }

    pub fn roster(&self, file: &str, rows: &[Row]) {
        let lines: Vec<String> = rows.iter().map(Row::line).collect();
        fs::write(self.case.path(file), format!("{HEADER}\n{}\n", lines.join("\n"))).unwrap();
    }

    /// Writes a further wave into incident.toml, its rows into `<id>.csv`.
    pub fn wave(&self, id: &str, kind: &str, mail_on: &str, rows: &[Row]) {
        self.roster(&format!("{id}.csv"), rows);
        self.add(&format!(
            "\n[[wave]]\nid = \"{id}\"\nkind = \"{kind}\"\nroster = \"{id}.csv\"\nmail_on = {mail_on}\n"
        ));
    }

    /// Writes a text behind incident.toml.
    pub fn add(&self, text: &str) {
        let mut facts = self.case.read("incident.toml");
        facts.push_str(text);
        fs::write(self.case.path("incident.toml"), facts).unwrap();
    }

    /// What a command found, on one line: on a terminal it is wrapped.
    pub fn found(said: &Said) -> String {
        said.stderr.replace('│', " ").split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// A command on the folder; `out` goes with those that know it.
    pub fn run(&self, command: &str) -> Said {
        let mut words: Vec<&str> = command.split(' ').collect();
        let out = self.out.as_ref().map(|out| out.to_str().unwrap().to_owned());
        let first = words[0];
        if let Some(out) = &out
            && ["check", "run", "filings", "letters", "verify", "approve", "confirm", "export"]
                .contains(&first)
            && words.get(1) != Some(&"record")
        {
            words.extend(["--out", out]);
        }
        self.case.run(&words)
    }

    /// The same, which must not fail; what it found may be worth a look.
    pub fn must(&self, command: &str) -> Said {
        let said = self.run(command);
        assert!(said.code < 2, "{command}\n{}\n{}", said.stdout, said.stderr);
        said
    }

    pub fn seal(&self, wave: &str) {
        self.must(&format!("run {{folder}} --wave {wave}"));
        let said = self.run(&format!("approve {{folder}} --wave {wave} --by A.Counsel"));
        let said = match said.stderr.split_once("--accept-held ") {
            Some((_, held)) if said.code == 5 => {
                let held: String = held.chars().take_while(char::is_ascii_digit).collect();
                self.run(&format!(
                    "approve {{folder}} --wave {wave} --by A.Counsel --accept-held {held}"
                ))
            }
            _ => said,
        };
        assert_eq!(said.code, 0, "{}", said.stderr);
        let said = self.run(&format!("letters {{folder}} --wave {wave} --json"));
        assert_eq!(said.json()["draft"], false, "{}", said.stderr);
    }

    pub fn post(&self, wave: &str, batches: &str, day: &str) {
        let evidence = self.case.path("evidence.txt");
        let evidence = evidence.to_str().unwrap();
        self.must(&format!(
            "confirm letters {{folder}} --wave {wave} --batch {batches} --posted {day} --evidence {evidence}"
        ));
    }

    pub fn record(&self, filing: &str, day: &str, more: &str) {
        let evidence = self.case.path("evidence.txt");
        let evidence = evidence.to_str().unwrap();
        let said = self.run(&format!(
            "filings record {{folder}} {filing} --on {day} --number N-{filing} --evidence {evidence}{more}"
        ));
        assert_eq!(said.code, 0, "{filing}\n{}", said.stderr);
    }

    /// A product's file.
    pub fn read(&self, inside: &str) -> String {
        let out = self.out.clone().unwrap_or_else(|| self.case.path("out"));
        fs::read_to_string(out.join(inside)).unwrap_or_else(|e| panic!("{inside}: {e}"))
    }

    pub fn exists(&self, inside: &str) -> bool {
        self.out.clone().unwrap_or_else(|| self.case.path("out")).join(inside).exists()
    }

    /// What a filing states of a field: `filings/hhs/...` or `w2/filings/states/...`.
    pub fn field(&self, filing: &str, field: &str) -> Value {
        let filing: Value = serde_json::from_str(&self.read(&format!("{filing}.json"))).unwrap();
        let fields = filing["fields"].as_array().unwrap();
        let found = fields.iter().find(|known| known["id"] == field);
        found.unwrap_or_else(|| panic!("{field} of {filing:#}"))["value"].clone()
    }

    pub fn status(&self) -> Value {
        self.must("status {folder} --json").json()
    }
}
