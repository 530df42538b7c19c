//! A small mailing whose letters a test may spoil before they are written.

use crate::case::{Case, Said};
use noticeworks::document::TemplateSet;
use noticeworks::incident::Incident;
use noticeworks::law::LawPack;
use noticeworks::letters::{Counts, Rules, SheetId, Writer, mark_sheets, shipped};
use noticeworks::pdf::{BatchWriter, Meta};
use noticeworks::plan::outcome;
use noticeworks::roster::{Person, Spool};
use noticeworks::tables::Opaque;
use noticeworks::typeset::{FontSet, Frame, Item, Laid, Mark, Style, Tag, Typesetter};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fs;
use std::sync::{Arc, LazyLock};

static FONTS: LazyLock<Arc<FontSet>> = LazyLock::new(|| Arc::new(FontSet::shipped()));
static LAW: LazyLock<LawPack> = LazyLock::new(|| LawPack::embedded().ok().unwrap());

pub const PROTECTION: &str = "\n[[protection]]\nprovider = \"Sentinel Example ID\"\n\
    recipients = [\"adult\"]\nmonths = 12\nenroll_by = 2027-01-31\nphone = \"1-800-555-0177\"\n\
    code_column = \"activation_code\"\n";

/// Two people alike, so that one letter can be compared with the other, and a name in Hebrew.
const MORE: &str = "\
1008,elm-street,Ida,,Vance,,5 Elm Street,,Bloomington,IN,47401,,,,1971-03-08,,,,,Name;DOB;Diagnosis;Visit date,\n\
1009,elm-street,Otis,,Burke-Lyon,,6 Elm Street,,Bloomington,IN,47401,,,,1972-03-08,,,,,Name;DOB;Diagnosis;Visit date,\n\
1010,elm-street,Nell,,Frost,,7 Elm Street,,Bloomington,IN,47401,,,,1973-03-08,,,,,Name;DOB;Diagnosis;Visit date,\n";

/// One letter laid out, with its row of the manifest.
pub struct Made {
    pub laid: Laid,
    pub piece: String,
    pub record: String,
    pub version: String,
    pub lines: Vec<String>,
}

pub struct Mailing {
    pub case: Case,
}

/// Letters whose sheets carry no codes: what is spoiled in them is not told by their codes.
const PLAIN: &str = "\n[mail.sheet_code]\nprint = false\n";

impl Mailing {
    /// The clinic with a few more patients and codes, checked and printed as drafts.
    pub fn new() -> Self {
        Self::with(PLAIN)
    }

    /// The same with codes on the sheets.
    pub fn coded() -> Self {
        Self::with("")
    }

    fn with(choices: &str) -> Self {
        let case = Case::sample("small-clinic");
        // Long enough for all letters to have three sheets, so that they lie in one file.
        let more = "We looked at every folder that the laptop held, and wrote down whose it was. ";
        let long = format!("what_we_are_doing = \"\"\"\n{}\n", more.repeat(34));
        let incident = case.read("incident.toml");
        let incident =
            incident.replacen("what_we_are_doing = \"\"\"\n", &long, 1) + PROTECTION + choices;
        fs::write(case.path("incident.toml"), incident).unwrap();
        let roster = case.read("roster.csv") + MORE;
        let mut lines = roster.lines();
        let mut text = format!("{}\n", lines.next().unwrap());
        for (i, line) in lines.enumerate() {
            text.push_str(&format!("{line}CODE-{:04}-X\n", 7 * (i + 1)));
        }
        fs::write(case.path("roster.csv"), text).unwrap();
        let mailing = Self { case };
        mailing.draft();
        mailing
    }

    /// Makes the drafts.
    pub fn draft(&self) {
        let said = self.case.run(&["run", "--json", "{folder}"]);
        assert!(said.code <= 1, "{}", said.stderr);
        assert_eq!(said.json()["letters"], 10, "{}", said.stderr);
    }

    /// Rewrites the roster's rows, each given as its cells.
    pub fn edit_rows(&self, edit: impl FnOnce(&mut Vec<Vec<String>>)) {
        let path = self.case.path("roster.csv");
        let mut reader = csv::Reader::from_path(&path).unwrap();
        let header = reader.headers().unwrap().clone();
        let mut rows: Vec<Vec<String>> = reader
            .records()
            .map(|record| record.unwrap().iter().map(str::to_owned).collect())
            .collect();
        edit(&mut rows);
        let mut writer = csv::Writer::from_path(&path).unwrap();
        writer.write_record(&header).unwrap();
        rows.iter().for_each(|row| writer.write_record(row).unwrap());
        writer.flush().unwrap();
    }

    /// Prints letters from a roster edited so, then puts the right roster back and reads it.
    pub fn printed_from(&self, edit: impl FnOnce(&mut Vec<Vec<String>>)) {
        let right = self.case.read("roster.csv");
        self.edit_rows(edit);
        self.draft();
        fs::write(self.case.path("roster.csv"), right).unwrap();
        assert!(self.case.run(&["check", "{folder}"]).code <= 1);
    }

    pub fn incident(&self) -> Incident {
        noticeworks::incident::load(&self.case.folder()).ok().unwrap().0
    }

    /// Everybody who gets a letter, in print order.
    pub fn people(&self) -> Vec<Person> {
        let incident = self.incident();
        let spool = Spool::open(&self.case.folder(), "w1").unwrap();
        let people = spool.people().unwrap().map(Result::unwrap);
        people.filter(|person| outcome(person, &incident).mails()).collect()
    }

    /// Writes the letters anew, spoiled; `stamp` is empty for finals.
    pub fn print(&self, stamp: &str, spoil: impl FnOnce(&mut Vec<Made>)) {
        self.print_in(FONTS.clone(), stamp, spoil);
    }

    /// The same, laid out in the shipped fonts and written with others, as a writer would that
    /// takes its glyphs from a wrong file.
    pub fn print_in(&self, fonts: Arc<FontSet>, stamp: &str, spoil: impl FnOnce(&mut Vec<Made>)) {
        let incident = self.incident();
        let wave = &incident.waves[0];
        let rules = Rules::new(&LAW, &incident, wave);
        let set = TemplateSet::load(shipped(), None).ok().unwrap();
        let writer = Writer::new(&incident, &rules, &set, wave, Counts::new()).ok().unwrap();
        let writer = writer.naming(&Opaque::under(&crate::case::SECRET));
        let mut typesetter = Typesetter::new(FONTS.clone(), Style::default());
        let mut letters: Vec<Made> = self
            .people()
            .iter()
            .map(|person| {
                let (version, document) = writer.document(person).unwrap();
                let frame = Frame { stamp: stamp.into(), ..writer.frame(person).unwrap() };
                Made {
                    lines: typesetter.address(&frame.addressee).unwrap().lines,
                    laid: typesetter.letter(&frame, &document).unwrap(),
                    piece: writer.reference(person),
                    record: person.record_id.clone(),
                    version: version.key.clone(),
                }
            })
            .collect();
        let rows: Vec<(String, String, u32, String, Vec<String>)> = letters
            .iter()
            .map(|made| {
                let pages = made.laid.pages.len() as u32;
                let Made { piece, record, version, lines, .. } = made;
                (piece.clone(), record.clone(), pages, version.clone(), lines.clone())
            })
            .collect();
        let choices = &incident.mail.sheet_code;
        for (made, sequence) in letters.iter_mut().zip(1..) {
            let sheets = made.laid.pages.len().div_ceil(2) as u32;
            let id = SheetId { piece: &made.piece, sheet: 1, sheets, sequence, file: 1 };
            if choices.print {
                mark_sheets(&mut made.laid, choices, true, &id, &mut typesetter).unwrap();
            }
        }
        spoil(&mut letters);
        let meta = Meta {
            title: incident.title.clone(),
            subject: String::new(),
            author: incident.sender.name.clone(),
            creator: "noticeworks 0.1.0".into(),
            lang: "en".into(),
            date: *wave.mail_on,
            keywords: String::new(),
        };
        let dir = self.case.path("out/letters");
        for entry in fs::read_dir(&dir).unwrap() {
            let path = entry.unwrap().path();
            let list = path.ends_with("mrdf.csv") && !incident.mail.sheet_code.print;
            if list || path.extension().is_some_and(|end| end == "pdf") {
                fs::remove_file(path).unwrap();
            }
        }
        let file = fs::File::create(dir.join("letter-us-en-3s-0001.pdf")).unwrap();
        let mut pdf = BatchWriter::new(file, fonts, meta).unwrap();
        for made in &letters {
            pdf.add(&made.laid, &made.piece).unwrap();
        }
        pdf.finish().unwrap();
        let mut manifest = csv::Writer::from_path(dir.join("manifest.csv")).unwrap();
        let header = "piece_id,record_id,batch,first_page,pages,version,line_1,line_2,line_3,line_4,line_5,line_6";
        manifest.write_record(header.split(',')).unwrap();
        let mut first = 1;
        for (piece, record, pages, version, lines) in rows {
            let mut cells = vec![piece, record, "letter-us-en-3s-0001".into(), first.to_string()];
            cells.extend([pages.to_string(), version]);
            cells.extend(lines);
            cells.resize(12, String::new());
            manifest.write_record(&cells).unwrap();
            first += pages;
        }
        manifest.flush().unwrap();
    }

    /// `verify --draft --json`.
    pub fn verify(&self) -> Said {
        self.case.run(&["verify", "--draft", "--json", "{folder}"])
    }

    /// The codes of what was found; nothing else may speak, and no message may hold a name.
    pub fn faults(&self) -> Vec<String> {
        faults(&self.verify())
    }

    pub fn manifest(&self) -> Vec<Vec<String>> {
        let mut reader =
            csv::Reader::from_path(self.case.path("out/letters/manifest.csv")).unwrap();
        let records = reader.records().map(Result::unwrap);
        records.map(|record| record.iter().map(str::to_owned).collect()).collect()
    }
}

pub fn faults(said: &Said) -> Vec<String> {
    let json = said.json();
    assert_eq!(said.code, i32::from(json["proved"] == false), "{}", said.stderr);
    let counts = json["counts"].as_object().unwrap();
    let text = json["faults"].to_string();
    for name in ["Oakley", "Abernathy", "Vance", "Burke", "Frost", "Elm Street", "CODE-"] {
        assert!(!text.contains(name), "{name} in {text}");
    }
    for fault in json["faults"].as_array().unwrap() {
        assert_ne!(fault["remedy"], "", "{fault}");
    }
    counts.keys().cloned().collect()
}

/// The manifest rows of the faults of one code.
pub fn rows(json: &Value, code: &str) -> Vec<u64> {
    let faults = json["faults"].as_array().unwrap().iter();
    faults.filter(|f| f["code"] == code).filter_map(|f| f["manifest_row"].as_u64()).collect()
}

pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// The first run of a page whose text begins so.
pub fn run_of(made: &Made, page: usize, begins: &str) -> Item {
    let marks = made.laid.pages[page].marks.iter();
    let mut items = marks.flat_map(|mark| &mark.items);
    let wanted =
        |item: &&Item| matches!(item, Item::Run { run, .. } if run.text.starts_with(begins));
    items.find(wanted).unwrap_or_else(|| panic!("no run begins with {begins}")).clone()
}

/// Puts a run on a page at another place.
pub fn put(made: &mut Made, page: usize, item: &Item, at: (f32, f32)) {
    let Item::Run { run, .. } = item else { panic!() };
    let item = Item::Run { x: at.0, y: at.1, run: run.clone() };
    Arc::make_mut(&mut made.laid.pages[page]).marks.push(Mark {
        tag: Tag::Artifact,
        personal: true,
        items: vec![item],
    });
}
