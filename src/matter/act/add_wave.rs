//! `wave`: a further mailing to people who were told, laid out: the letters that came back once
//! more, or a letter that corrects the one they got.

use crate::files;
use crate::incident::{INCIDENT_FILE, Incident, RosterChoices, WaveKind};
use crate::ledger::Ledger;
use crate::matter::open::{Matter, Selection};
use crate::matter::people::intake::Intake;
use crate::matter::people::since::returned;
use crate::matter::post::{latest_counted, new_addresses};
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::ledger_stop;
use crate::roster::{AddressKind, Person, Population, Recipient};
use crate::tables::Table;
use jiff::civil::Date;
use serde::Serialize;
use std::fmt::Write as _;
use std::path::PathBuf;

/// Columns of the roster that is written.
const COLUMNS: [&str; 26] = [
    "record_id",
    "prior_record_id",
    "entity",
    "first_name",
    "middle_name",
    "last_name",
    "suffix",
    "address_1",
    "address_2",
    "address_3",
    "city",
    "state",
    "zip",
    "country",
    "email",
    "email_consent",
    "date_of_birth",
    "guardian_name",
    "deceased",
    "representative_name",
    "language",
    "data_elements",
    "activation_code",
    "population",
    "residence_state",
    "address_kind",
];

/// Which mailing is wanted.
pub struct AddWaveRequest {
    pub incident: PathBuf,
    pub kind: WaveKind,
    /// The list of a further wave of new people, below the folder; a remailing's and a correction's
    /// list is written.
    pub roster: Option<String>,
    /// None: the next that is free, `w2`, `w3` ...
    pub id: Option<String>,
    pub mail_on: Date,
    /// What was wrong with the earlier letter, for the letter that corrects it.
    pub what_was_wrong: String,
}

/// The mailing as laid out.
#[derive(Serialize)]
pub struct AddWaveAnswer {
    pub wave: String,
    pub roster: String,
    pub people: u64,
    /// People whose letter came back and of whom no later list knows another address: their
    /// address is left empty in the roster.
    pub without_address: u64,
}

/// Writes the roster of a further wave and its `[[wave]]`, from what later rosters say of people
/// who were told.
///
/// # Errors
/// Nobody has to be written to again; a wave or a file of that name exists; I/O.
pub fn add_wave(request: &AddWaveRequest) -> Result<AddWaveAnswer, Refusal> {
    if let Some(roster) = &request.roster {
        return of_roster(request, roster);
    }
    let latest = latest(request)?;
    let (matter, _) = Matter::open(&latest)?;
    let incident = &matter.incident;
    let id = free_id(request, incident)?;
    let roster = format!("{id}.csv");
    if matter.folder.join(&roster).exists() {
        let message = format!("`{roster}` is there already");
        let remedy = "move it away, or choose another id with `--id`";
        return Err(Refusal::one(code!("wave.exists"), message, remedy));
    }
    let what_was_wrong = request.what_was_wrong.trim();
    if request.kind == WaveKind::Correction && what_was_wrong.is_empty() {
        return Err(Refusal::one(
            code!("wave.what_was_wrong"),
            "nothing says what was wrong with the earlier letter",
            "say it with `--what-was-wrong`, in a sentence or two for the people who read it, such as \"That letter named the wrong hospital.\"",
        ));
    }
    let (rows, without_address) = rows(&matter, request.kind)?;
    if rows.is_empty() {
        let (message, remedy) = match request.kind {
            WaveKind::Remail => (
                "no letter came back that was not sent again",
                "record what came back with `noticeworks confirm letters --piece <reference> --returned <day>`",
            ),
            _ => (
                "no list says of anyone who was told something else than their letter",
                "add the client's corrected list as a `[[wave]]` and check it; or write a roster of your own for a wave with `kind = \"correction\"`",
            ),
        };
        return Err(Refusal::one(code!("wave.nobody_again"), message, remedy));
    }
    let doing = || format!("write `{roster}`");
    let mut csv = Table::with_identifiers(Vec::new(), &COLUMNS, 2).doing(doing)?;
    for row in &rows {
        csv.row(row).doing(doing)?;
    }
    let text = csv.finish().doing(doing)?;
    files::write(&matter.folder.join(&roster), &text).doing(doing)?;
    append(&matter, &table(request, &id, &roster, &incident.roster))?;
    Ok(AddWaveAnswer { wave: id, roster, people: rows.len() as u64, without_address })
}

/// A further wave of a list that the client sent.
fn of_roster(request: &AddWaveRequest, roster: &str) -> Result<AddWaveAnswer, Refusal> {
    let selection = Selection { incident: request.incident.clone(), ..Selection::default() };
    let (matter, _) = Matter::open_first(&selection)?;
    let file = roster.split_once('#').map_or(roster, |(file, _)| file);
    if !matter.folder.join(file).is_file() {
        let message = format!("the incident folder has no file `{file}`");
        let remedy = "put the client's list beside incident.toml, and name it as it is there";
        return Err(Refusal::one(code!("wave.no_roster"), message, remedy));
    }
    let id = free_id(request, &matter.incident)?;
    append(&matter, &table(request, &id, roster, &RosterChoices::default()))?;
    Ok(AddWaveAnswer { wave: id, roster: roster.to_owned(), people: 0, without_address: 0 })
}

/// Writes a table behind incident.toml.
fn append(matter: &Matter, table: &str) -> Result<(), Refusal> {
    let path = matter.folder.join(INCIDENT_FILE);
    let doing = || format!("write `{INCIDENT_FILE}`");
    let mut facts = std::fs::read_to_string(&path).doing(doing)?;
    if !facts.ends_with('\n') {
        facts.push('\n');
    }
    facts.push_str(table);
    files::write(&path, facts.as_bytes()).doing(doing)
}

/// The wave mailed last that was counted: it knows of everyone so far.
fn latest(request: &AddWaveRequest) -> Result<Selection, Refusal> {
    let selection = Selection { incident: request.incident.clone(), ..Selection::default() };
    let (first, _) = Matter::open_first(&selection)?;
    let ledger = Ledger::look(&first.folder).map_err(ledger_stop)?;
    let counted = match &ledger {
        Some(ledger) => latest_counted(&first.incident, ledger)?,
        None => None,
    };
    let Some(wave) = counted else {
        return Err(Refusal::one(
            code!("wave.nobody_again"),
            "no wave was checked yet, so nobody was told",
            "run `noticeworks check` first",
        ));
    };
    Ok(Selection { wave: Some(wave), ..selection })
}

fn free_id(request: &AddWaveRequest, incident: &Incident) -> Result<String, Refusal> {
    let taken = |id: &str| incident.waves.iter().any(|wave| wave.id == id);
    match &request.id {
        Some(id) if taken(id) => Err(Refusal::one(
            code!("wave.exists"),
            format!("incident.toml has a wave `{id}` already"),
            "choose another id with `--id`",
        )),
        Some(id) => Ok(id.clone()),
        None => {
            let next = (incident.waves.len() + 1..).map(|n| format!("w{n}"));
            Ok(next.into_iter().find(|id| !taken(id)).unwrap_or_default())
        }
    }
}

/// The people as they are known now, in the order of their waves; and how many have no address.
fn rows(matter: &Matter, kind: WaveKind) -> Result<(Vec<[String; 26]>, u64), Refusal> {
    let intake = Intake::open(matter, &mut crate::finding::Findings::default())?;
    let came_back = returned(&matter.folder)?;
    let moved = new_addresses(&matter.folder)?;
    let (mut rows, mut without_address) = (Vec::new(), 0);
    intake.each_told(matter, &mut |wave, person, corrected| {
        let Some(entity) = person.entity.map(|at| &matter.incident[at]) else {
            return;
        };
        match kind {
            WaveKind::Remail => {
                let piece = matter.piece_of(wave, &person.record_id, &entity.id, "mail");
                if !came_back.contains(&piece) {
                    return;
                }
                let mut person = person.clone();
                if !corrected.is_some_and(|differs| differs.address) {
                    person.address.lines.clear();
                    match moved.get(&piece) {
                        // The post knows where the person went.
                        Some(known) => {
                            person.address.lines.push(known.line.clone());
                            person.address.city.clone_from(&known.city);
                            person.address.state.clone_from(&known.state);
                            person.address.zip.clone_from(&known.zip);
                            person.address.country.clear();
                        }
                        None => {
                            without_address += 1;
                            person.address.city.clear();
                            person.address.zip.clear();
                        }
                    }
                }
                rows.push(row(&person, &matter.incident));
            }
            _ if corrected.is_some() => rows.push(row(person, &matter.incident)),
            _ => {}
        }
    })?;
    Ok((rows, without_address))
}

/// A person in the order of [`COLUMNS`].
fn row(person: &Person, incident: &Incident) -> [String; 26] {
    let address = &person.address;
    let line = |n: usize| address.lines.get(n).cloned().unwrap_or_default();
    let yes = |is: bool| if is { "Y".to_owned() } else { String::new() };
    let named = |is: bool| if is { person.representative_name.clone() } else { String::new() };
    let elements = incident.elements.iter().enumerate();
    let elements = elements.filter(|(i, _)| person.elements.contains(*i));
    let elements: Vec<&str> =
        elements.map(|(_, e)| e.roster.first().unwrap_or(&e.letter).as_str()).collect();
    let population = match person.population {
        Population::Patient => "patient",
        Population::Employee => "employee",
        Population::Guarantor => "guarantor",
        Population::Provider => "provider",
        Population::Dependant => "dependant",
    };
    let address_kind = match address.kind {
        AddressKind::Ordinary => "ordinary",
        AddressKind::Confidential => "confidential",
        AddressKind::Protected => "protected",
        AddressKind::Institution => "institution",
    };
    [
        person.record_id.clone(),
        person.record_id.clone(),
        person.entity.map_or_else(String::new, |at| incident[at].id.clone()),
        person.first_name.clone(),
        person.middle_name.clone(),
        person.last_name.clone(),
        person.suffix.clone(),
        line(0),
        line(1),
        line(2),
        address.city.clone(),
        address.state.clone(),
        address.zip.clone(),
        address.country.clone(),
        person.email.clone(),
        yes(person.email_consent),
        person.date_of_birth.map(|day| day.to_string()).unwrap_or_default(),
        named(person.recipient == Recipient::ParentOrGuardian),
        yes(person.recipient == Recipient::Estate),
        named(person.recipient == Recipient::Estate),
        person.language.clone(),
        elements.join(";"),
        person.activation_code.clone(),
        population.to_owned(),
        person.jurisdiction.clone(),
        address_kind.to_owned(),
    ]
}

/// The `[[wave]]`, and how its roster is read where the incident's rosters have columns of their
/// own.
fn table(request: &AddWaveRequest, id: &str, roster: &str, choices: &RosterChoices) -> String {
    let kind = match request.kind {
        WaveKind::Initial => "initial",
        WaveKind::Supplemental => "supplemental",
        WaveKind::Remail => "remail",
        WaveKind::Correction => "correction",
    };
    let text = |text: &str| toml::Value::from(text).to_string();
    let mut table = format!(
        "\n[[wave]]\nid = {}\nkind = \"{kind}\"\nroster = {}\nmail_on = {}\n",
        text(id),
        text(roster),
        request.mail_on
    );
    if request.kind == WaveKind::Correction {
        let _ = writeln!(table, "what_was_wrong = {}", text(request.what_was_wrong.trim()));
    }
    let general = RosterChoices { files: Vec::new(), ..choices.clone() };
    let said = toml::to_string(&general).unwrap_or_default();
    if !said.trim().is_empty() {
        let _ = write!(table, "\n[[roster.file]]\nname = {}\n", text(roster));
        if choices.header_row.is_some() {
            table.push_str("header_row = 1\n");
        }
        if choices.delimiter.is_some() {
            table.push_str("delimiter = \",\"\n");
        }
        if choices.encoding.is_some() {
            table.push_str("encoding = \"utf-8\"\n");
        }
        if !choices.columns.is_empty() {
            table.push_str("\n[roster.file.columns]\n");
            for name in choices.columns.keys() {
                let own = if COLUMNS.contains(&name.as_str()) { name.as_str() } else { "" };
                let _ = writeln!(table, "{} = {}", text(name), text(own));
            }
        }
    }
    table
}
