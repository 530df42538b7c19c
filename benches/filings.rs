//! All filings of a breach as large as they come: 54 jurisdictions, 40 covered entities, 8.5
//! million rows.
//!
//! `cargo bench --bench filings [-- ROWS]` first makes them from a cube of 8.5 million people (the
//! plan, the filings, each as paste sheet, PDF, JSON and letter). Then it writes a roster of ROWS
//! distinct people over every covered entity, state and kind of information (85,000 unless told
//! otherwise; `-- 8500000` for the goal), has `noticeworks filings` take it in, and measures what
//! the goal is about: all filings, letters to regulators, sample letters and notices of that
//! ledger, made again by the same command; as it is, and after counsel answered a question.
//! Timings are printed, never asserted.

use noticeworks::filings::{Forms, LetterDesk, Occasion, docx, make_on};
use noticeworks::incident::{EntityIx, Incident, StrandIx};
use noticeworks::law::LawPack;
use noticeworks::pdf::{Meta, write_single};
use noticeworks::plan::{self, Cell, Cube, Outcome, Rules};
use noticeworks::roster::{ElementSet, Population, Recipient};
use noticeworks::typeset::{FontSet, Running, Style, Typesetter};
use rayon::prelude::*;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Instant;

const ENTITIES: usize = 40;

/// With a ZIP code of each.
const STATES: [(&str, &str); 54] = [
    ("AK", "99501"),
    ("AL", "36104"),
    ("AR", "72201"),
    ("AZ", "85001"),
    ("CA", "94203"),
    ("CO", "80202"),
    ("CT", "06103"),
    ("DC", "20001"),
    ("DE", "19901"),
    ("FL", "32301"),
    ("GA", "30303"),
    ("GU", "96910"),
    ("HI", "96813"),
    ("IA", "50309"),
    ("ID", "83702"),
    ("IL", "62701"),
    ("IN", "46225"),
    ("KS", "66603"),
    ("KY", "40601"),
    ("LA", "70802"),
    ("MA", "02201"),
    ("MD", "21401"),
    ("ME", "04330"),
    ("MI", "48933"),
    ("MN", "55102"),
    ("MO", "65101"),
    ("MS", "39205"),
    ("MT", "59623"),
    ("NC", "27601"),
    ("ND", "58501"),
    ("NE", "68502"),
    ("NH", "03301"),
    ("NJ", "08608"),
    ("NM", "87501"),
    ("NV", "89701"),
    ("NY", "12207"),
    ("OH", "43215"),
    ("OK", "73102"),
    ("OR", "97301"),
    ("PA", "17101"),
    ("PR", "00901"),
    ("RI", "02903"),
    ("SC", "29217"),
    ("SD", "57501"),
    ("TN", "37219"),
    ("TX", "78701"),
    ("UT", "84111"),
    ("VA", "23219"),
    ("VI", "00802"),
    ("VT", "05602"),
    ("WA", "98507"),
    ("WI", "53703"),
    ("WV", "25301"),
    ("WY", "82001"),
];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let text = incident_text();
    let incident: Incident = toml::from_str(&text)?;
    from_the_cube(&incident, folder.path())?;
    let asked = std::env::args().find_map(|argument| argument.parse().ok());
    by_the_command(&text, folder.path(), asked.unwrap_or(85_000))
}

/// Lakeshore with forty hospitals instead of its three clients.
fn incident_text() -> String {
    let sample = include_str!("../samples/lakeshore/incident.toml");
    let start = sample.find("[[covered_entity]]").expect("the sample names its clients");
    let end = sample.find("[[strand]]").expect("the sample tells what happened");
    let mut text = sample[..start].to_owned();
    for n in 1..=ENTITIES {
        let _ = write!(
            text,
            "[[covered_entity]]\nid = \"hospital-{n}\"\nname = \"Hospital Number {n}\"\n\
             kind = \"healthcare_provider\"\naddress = [\"{n} Hill Road\", \"Portland, ME 04101\"]\n\
             state = \"ME\"\nhome_page = \"https://hospital-{n}.example\"\nagency = \"independent\"\n\
             contact = {{ name = \"Jo Lindqvist\", phone = \"207-555-0110\", email = \"privacy@hospital-{n}.example\" }}\n\
             told_on = 2026-08-20\nlist_received_on = 2026-09-02\nwisp = true\n\
             [covered_entity.delegation]\nindividual = \"sender\"\nhhs = \"sender\"\nstate = \"sender\"\n\
             media = \"sender\"\nsubstitute = \"sender\"\ncra = \"sender\"\nagreed_on = 2026-09-01\n\n"
        );
    }
    text.push_str(&sample[end..]);
    text
}

/// 8.5 million people over every entity, state, kind of information, recipient and outcome.
fn cube() -> Cube {
    let mut cube = Cube::default();
    let sets: Vec<ElementSet> =
        [&[0_usize, 1, 3][..], &[0, 8, 9], &[0, 5], &[0, 3, 8, 10], &[0, 14]]
            .iter()
            .map(|set| set.iter().copied().collect())
            .collect();
    let outcomes = [Outcome::ToMail, Outcome::ToMailAndEmail, Outcome::Substitute, Outcome::Held];
    for entity in 0..ENTITIES {
        for (state, _) in STATES {
            for (s, elements) in sets.iter().enumerate() {
                for (r, recipient) in
                    [Recipient::Adult, Recipient::ParentOrGuardian].into_iter().enumerate()
                {
                    for (o, outcome) in outcomes.into_iter().enumerate() {
                        let count = if o == 0 { 300 + 17 * (s + r) as u64 } else { 12 + o as u64 };
                        let cell = Cell {
                            entity: EntityIx::new(entity),
                            strand: StrandIx::FIRST,
                            jurisdiction: state.to_owned(),
                            elements: *elements,
                            population: Population::Patient,
                            recipient,
                            outcome,
                        };
                        *cube.rows.entry(outcome).or_default() += count;
                        cube.cells.insert(cell, count);
                    }
                }
            }
        }
    }
    cube
}

fn from_the_cube(incident: &Incident, folder: &Path) -> Result<(), Box<dyn Error>> {
    let pack = LawPack::embedded().map_err(|_| "the law pack")?;
    let cube = cube();
    let people: u64 = cube.cells.values().sum();
    println!("{people} people in {} cells, {} jurisdictions", cube.cells.len(), STATES.len());
    let whole = Instant::now();
    let wave = &incident.waves[0];
    let start = Instant::now();
    let (plan, _) = plan::make(incident, &cube, &Rules::from(&pack), wave, *wave.mail_on);
    tell("plan", start);
    let start = Instant::now();
    let (forms, _) = Forms::shipped();
    let occasion = Occasion { wave: Some(wave.id.clone()), ..Occasion::on(*wave.mail_on) };
    let (filings, _) = make_on(incident, &cube, &plan, &forms, &occasion);
    tell("filings", start);
    let start = Instant::now();
    let desk = LetterDesk::new(incident, &pack, None).map_err(|_| "the templates")?;
    let mut letters = Vec::new();
    for filing in &filings {
        letters.push(desk.letter(filing).map_err(|finding| finding.message)?);
    }
    tell("letters", start);
    let start = Instant::now();
    let fonts = Arc::new(FontSet::shipped());
    filings
        .par_iter()
        .zip(&letters)
        .map_init(
            || Typesetter::new(fonts.clone(), Style::default()),
            |typesetter, (filing, letter)| -> std::io::Result<()> {
                let path = folder.join(&filing.file.stem);
                fs::write(path.with_added_extension("html"), filing.paste_sheet())?;
                fs::write(path.with_added_extension("json"), filing.json_text())?;
                let mut documents = vec![("pdf", &filing.document)];
                if let Some(letter) = letter {
                    fs::write(path.with_added_extension("docx"), docx(letter)?)?;
                    documents.push(("letter.pdf", &letter.document));
                }
                for (extension, document) in documents {
                    let running = Running { foot: "{page} / {pages}".into(), ..Running::default() };
                    let laid =
                        typesetter.report(&running, document).map_err(std::io::Error::other)?;
                    let mut bytes = Vec::new();
                    let meta = Meta {
                        title: document.title.clone(),
                        subject: String::new(),
                        author: String::new(),
                        creator: String::new(),
                        lang: document.lang.clone(),
                        date: *wave.mail_on,
                        keywords: String::new(),
                    };
                    write_single(&laid, &mut bytes, typesetter.fonts().clone(), meta)?;
                    fs::write(path.with_added_extension(extension), bytes)?;
                }
                Ok(())
            },
        )
        .collect::<std::io::Result<()>>()?;
    tell("files", start);
    println!("{:>10} filings", filings.len());
    tell("from the cube", whole);
    Ok(())
}

fn by_the_command(text: &str, folder: &Path, rows: u64) -> Result<(), Box<dyn Error>> {
    let incident = folder.join("incident");
    fs::create_dir(&incident)?;
    fs::write(incident.join("incident.toml"), text)?;
    let start = Instant::now();
    roster(&incident.join("roster.csv"), rows)?;
    println!("{rows:>10} rows");
    tell("written", start);
    for what in ["taken in", "made again", "made again"] {
        command(what, &incident, folder)?;
    }
    let answered = "\n[[decision]]\nquestion = \"filing.entity_named\"\nchoice = \"sender\"\nby = \"A. Counsel\"\non = 2026-09-01\n";
    fs::write(incident.join("incident.toml"), format!("{text}{answered}"))?;
    command("answered", &incident, folder)?;
    command("another day", &incident, folder)
}

/// Distinct people, a row each.
fn roster(path: &Path, rows: u64) -> std::io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 20, fs::File::create(path)?);
    writeln!(
        out,
        "record_id,entity,first_name,last_name,address_1,city,state,zip,date_of_birth,guardian_name,data_elements,activation_code"
    )?;
    let kinds = [
        ("Name;Diagnosis;Treatment", "1970-05-01"),
        ("Name;SSN;DOB", "1970-05-01"),
        ("Name;Bank account number", "1970-05-01"),
        ("Name;Diagnosis", "2018-05-01"),
    ];
    for n in 0..rows {
        let (entity, rest) = (n % ENTITIES as u64 + 1, n / ENTITIES as u64);
        let (state, zip) = STATES[rest as usize % STATES.len()];
        let (elements, born) = kinds[rest as usize / STATES.len() % kinds.len()];
        writeln!(
            out,
            "F{n:08},hospital-{entity},Ada,Row{n},{n} Maple Street,Anytown,{state},{zip},{born},,{elements},C-{n:08}"
        )?;
    }
    out.flush()
}

fn command(what: &str, incident: &Path, folder: &Path) -> Result<(), Box<dyn Error>> {
    let start = Instant::now();
    let mut command = Command::new(env!("CARGO_BIN_EXE_noticeworks"));
    command.arg("filings").arg(incident);
    if what == "another day" {
        command.args(["--as-of", "2026-09-21"]);
    }
    let said = command
        .arg("--json")
        .stderr(Stdio::null())
        .env("NOTICEWORKS_STATE", folder.join("state"))
        .output()?;
    tell(what, start);
    let json: serde_json::Value = serde_json::from_slice(&said.stdout)?;
    println!(
        "{:>10} filings, {} notices, {}, ended with {:?}",
        json["filings"],
        json["notices"],
        match json["findings"]["filing.as_counted"].is_null() {
            true => "everybody read",
            false => "nobody read",
        },
        said.status.code()
    );
    Ok(())
}

fn tell(what: &str, start: Instant) {
    println!("{what:<16} {:>8.2} s", start.elapsed().as_secs_f64());
}
