//! One incident, its law and a few people; all of them made up.

use noticeworks::document::{TemplateSet, plain_text};
use noticeworks::finding::Findings;
use noticeworks::incident::{EntityIx, Incident, StrandIx};
use noticeworks::law::LawPack;
use noticeworks::letters::{Counts, Rules, Writer, shipped};
use noticeworks::roster::{
    Address, AddressKind, ElementSet, Person, Population, Recipient, Standing,
};
use std::path::Path;
use std::sync::LazyLock;

pub static LAW: LazyLock<LawPack> = LazyLock::new(|| match LawPack::embedded() {
    Ok(pack) => pack,
    Err(findings) => panic!("{}", listed(&findings)),
});

pub static SET: LazyLock<TemplateSet> = LazyLock::new(|| {
    TemplateSet::load(shipped(), None).unwrap_or_else(|f| panic!("{}", listed(&f)))
});

pub const INCIDENT: &str = r#"
id = "test-2026"
[sender]
name = "Northgate Records LLC"
role = "business_associate"
return_address = ["Return Mail Processing", "PO Box 100", "Exampletown, IL 62701"]
phone = "1-800-555-0142"
phone_hours = "8 a.m. to 8 p.m. Central Time, Monday to Friday"
email = "help@northgate.example"
website = "https://incident.northgate.example/"
state = "IL"
signatory = { name = "Dana O'Reyes", title = "Chief Privacy Officer" }
[[covered_entity]]
id = "hilltop"
name = "Hilltop Clinic"
kind = "healthcare_provider"
state = "MA"
parent_company = "Hilltop Holdings, Inc."
told_on = 2026-08-20
[[covered_entity]]
id = "valley"
name = "Valley Health Plan"
kind = "health_plan"
state = "NY"
[[strand]]
id = "server"
windows = [{ start = 2026-05-28, end = 2026-05-31, certainty = "confirmed" }]
discovered = 2026-07-30
determined = 2026-08-26
elements_certainty = "confirmed"
type = "hacking_it_incident"
[[strand]]
id = "laptop"
discovered = 2026-08-02
elements_certainty = "possible"
type = "theft"
[breach]
what_happened = """
Someone used a flaw in our "file-transfer" software to get in and copied files.

We took the server offline the same day.
"""
what_we_are_doing = "We fixed the flaw. We hired **outside experts** -- and told the FBI."
[[wave]]
id = "w1"
roster = "roster.csv"
mail_on = 2026-09-18
[[data_element]]
id = "name"
letter = "name"
[[data_element]]
id = "ssn"
letter = "Social Security number"
[[data_element]]
id = "diagnosis"
letter = "diagnosis"
[[data_element]]
id = "date_of_birth"
letter = "date of birth"
[[data_element]]
id = "hiv_sti"
letter = "HIV test results"
[[data_element]]
id = "mental_health"
letter = "therapy notes"
[[data_element]]
id = "online_credentials"
letter = "patient portal password"
[[protection]]
provider = "Sentinel Example ID"
recipients = ["adult"]
months = 24
offered_for = ["ssn"]
enroll_by = 2027-01-31
enroll_url = "https://enroll.sentinel.example"
phone = "1-800-555-0177"
code_column = "activation_code"
[[protection]]
provider = "Sentinel Minor"
recipients = ["minor"]
months = 24
enroll_by = 2027-01-31
phone = "1-800-555-0178"
"#;

pub fn incident() -> Incident {
    incident_of(INCIDENT)
}

pub fn incident_of(text: &str) -> Incident {
    toml::from_str(text).unwrap_or_else(|e| panic!("{e}"))
}

/// A writer over the fixture; leaks a little, which tests may.
pub fn writer(incident: Incident, set: &'static TemplateSet) -> Result<Writer<'static>, Findings> {
    let incident: &'static Incident = Box::leak(Box::new(incident));
    let wave = &incident.waves[0];
    let rules: &'static Rules = Box::leak(Box::new(Rules::new(&LAW, incident, wave)));
    let counts = Counts::from([("RI".to_owned(), 1204), ("MA".to_owned(), 12)]);
    Writer::new(incident, rules, set, wave, counts)
}

pub fn fixture() -> Writer<'static> {
    writer(incident(), &SET).unwrap_or_else(|f| panic!("{}", listed(&f)))
}

/// The shipped templates with some replaced, from a folder made for the test.
pub fn set_with(files: &[(&str, &str)]) -> Result<TemplateSet, Findings> {
    let folder = tempfile::tempdir().unwrap();
    write_files(folder.path(), files);
    TemplateSet::load(shipped(), Some(folder.path()))
}

pub fn write_files(folder: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
}

/// Elements by index of the fixture: name, ssn, diagnosis, date_of_birth, hiv_sti,
/// mental_health, online_credentials.
pub fn person(recipient: Recipient, state: &str, elements: &[usize]) -> Person {
    Person {
        row: 1,
        record_id: "R-1".to_owned(),
        entity: Some(EntityIx::FIRST),
        strand: StrandIx::FIRST,
        first_name: "Robin".to_owned(),
        middle_name: "Q.".to_owned(),
        last_name: "O'Brien".to_owned(),
        suffix: "Jr.".to_owned(),
        address: Address {
            lines: vec!["12 Elm St".to_owned(), "Apt 4".to_owned()],
            city: "Exampletown".to_owned(),
            state: state.to_owned(),
            zip: "02101".to_owned(),
            country: String::new(),
            kind: AddressKind::Ordinary,
        },
        jurisdiction: state.to_owned(),
        email: String::new(),
        email_consent: false,
        email_consent_on: None,
        date_of_birth: None,
        recipient,
        representative_name: String::new(),
        language: "en".to_owned(),
        alt_format: String::new(),
        population: Population::Patient,
        elements: elements.iter().copied().collect::<ElementSet>(),
        activation_code: "AB12-CD34".to_owned(),
        prior_record_id: String::new(),
        supplemental: false,
        standing: Standing::Ready,
    }
}

/// The letter as text; panics with the finding.
pub fn letter(writer: &Writer, person: &Person) -> String {
    match writer.document(person) {
        Ok((_, document)) => plain_text(&document),
        Err(finding) => panic!("{finding:#?}"),
    }
}

/// Findings as tests compare them: code, place, message, remedy.
pub fn listed(findings: &Findings) -> String {
    let line = |f: &noticeworks::finding::Finding| {
        let place = f.place.as_ref().map_or(String::new(), |p| {
            format!("{}:{}:{}", p.file, p.line.unwrap_or(0), p.column.unwrap_or(0))
        });
        format!("{} {place} {} | {}", f.code, f.message, f.remedy)
    };
    findings.iter().map(line).collect::<Vec<_>>().join("\n")
}
