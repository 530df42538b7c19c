//! A folder with an incident and a roster, read in one call.

use jiff::civil::date;
use noticeworks::finding::Findings;
use noticeworks::incident::Incident;
use noticeworks::roster::{self, Intake, IntakeError, Options, Person, Spool, Standing};
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

pub const HEADER: &str = "record_id,entity,first_name,middle_name,last_name,suffix,address_1,\
address_2,city,state,zip,country,email,email_consent,date_of_birth,guardian_name,deceased,\
representative_name,language,data_elements,activation_code";

/// An incident with two covered entities and the elements of the samples.
pub fn incident() -> Incident {
    toml::from_str(include_str!("incident.toml")).expect("the fixture is well formed")
}

pub struct Case {
    pub folder: TempDir,
    pub incident: Incident,
    pub findings_csv: Option<PathBuf>,
    pub show_values: bool,
}

/// What a roster came to.
pub struct Read {
    pub rows: u64,
    pub people: Vec<Person>,
    pub digest: String,
    pub findings: Findings,
}

impl Case {
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            incident: incident(),
            findings_csv: None,
            show_values: false,
        }
    }

    pub fn named(roster: &str) -> Self {
        let mut case = Self::new();
        case.incident.waves[0].roster = roster.into();
        case
    }

    pub fn write(&self, bytes: impl AsRef<[u8]>) -> &Self {
        fs::write(self.folder.path().join(self.incident.waves[0].roster.to_string()), bytes)
            .unwrap();
        self
    }

    pub fn intake(&self) -> Result<Intake, IntakeError> {
        let options = Options {
            as_of: date(2026, 9, 18),
            majority: &|state| if matches!(state, "AL" | "NE") { 19 } else { 18 },
            findings_csv: self.findings_csv.as_deref(),
            show_values: self.show_values,
            earlier: &[],
            again: false,
            asked_in: None,
            spool_in: None,
            witness: None,
        };
        let wave = &self.incident.waves[0];
        let mut intake = roster::read(self.folder.path(), &self.incident, wave, &options)?;
        if let Some(file) = intake.file.take() {
            file.finish(options.as_of).unwrap();
        }
        Ok(intake)
    }

    /// Reads a roster that must be readable, and its spool.
    pub fn read(&self) -> Read {
        let intake = match self.intake() {
            Ok(intake) => intake,
            Err(IntakeError::Refused(findings)) => panic!("refused: {:?}", findings.counts()),
            Err(error) => panic!("{error:?}"),
        };
        let spool = Spool::open(self.folder.path(), "w1").unwrap();
        let people: Vec<Person> = spool.people().unwrap().map(|p| p.unwrap()).collect();
        assert_eq!(people.len() as u64, intake.rows, "every row is in the spool");
        assert_eq!(spool.digest(), intake.spool.digest);
        Read { rows: intake.rows, people, digest: intake.spool.digest, findings: intake.findings }
    }

    /// The codes for which a roster is refused.
    pub fn refused(&self) -> Vec<&'static str> {
        match self.intake() {
            Err(IntakeError::Refused(findings)) => {
                let mut codes: Vec<_> = findings
                    .iter()
                    .filter(|f| f.severity == noticeworks::finding::Severity::Error)
                    .map(|f| f.code.as_str())
                    .collect();
                codes.dedup();
                codes
            }
            Ok(intake) => panic!("not refused: {:?}", intake.findings.counts()),
            Err(error) => panic!("{error:?}"),
        }
    }
}

/// Reads rows under the canonical header.
pub fn rows(rows: &[&str]) -> Read {
    let case = Case::new();
    case.write(format!("{HEADER}\n{}\n", rows.join("\n")));
    case.read()
}

/// One good row, some of its columns replaced.
pub fn row(changes: &[(&str, &str)]) -> String {
    let good = [
        ("record_id", "R1"),
        ("entity", "harbor-health"),
        ("first_name", "Ada"),
        ("last_name", "Example"),
        ("address_1", "12 Elm Street"),
        ("city", "Portland"),
        ("state", "ME"),
        ("zip", "04101"),
        ("date_of_birth", "1980-03-25"),
        ("data_elements", "SSN;Diagnosis"),
        ("activation_code", "AAAA-0001"),
    ];
    let cells: Vec<String> = HEADER
        .split(',')
        .map(|column| {
            let find = |list: &[(&str, &str)]| {
                list.iter().rev().find(|(c, _)| *c == column).map(|(_, v)| (*v).to_owned())
            };
            let value = find(changes).or_else(|| find(&good)).unwrap_or_default();
            if value.contains([',', '"', '\n', '\r']) {
                format!("\"{}\"", value.replace('"', "\"\""))
            } else {
                value
            }
        })
        .collect();
    for (column, _) in changes {
        assert!(HEADER.split(',').any(|c| c == *column), "no column {column}");
    }
    cells.join(",")
}

impl Read {
    /// The one person of a roster with one row.
    pub fn one(&self) -> &Person {
        assert_eq!(self.people.len(), 1);
        &self.people[0]
    }

    pub fn record(&self, id: &str) -> &Person {
        self.people.iter().find(|p| p.record_id == id).expect("the record is in the spool")
    }

    /// Codes that were found, sorted.
    pub fn codes(&self) -> Vec<&'static str> {
        self.findings.counts().into_keys().collect()
    }

    /// The standing of each record in record order, as text.
    pub fn standings(&self) -> String {
        let mut lines: Vec<String> =
            self.people.iter().map(|p| format!("{} {}", p.record_id, standing(p))).collect();
        lines.sort();
        lines.join("\n")
    }
}

pub fn standing(person: &Person) -> String {
    match person.standing {
        Standing::Ready => "ready".to_owned(),
        Standing::Held(code) => format!("held {code}"),
        Standing::Merged(row) => format!("merged into row {row}"),
        Standing::Substitute => "substitute".to_owned(),
        Standing::Excluded(code) => format!("excluded {code}"),
    }
}
