//! `returns import`: a file that came back from the post or from the mail house, line by line.

use super::addresses;
use super::known::{Known, Letter};
use super::lists::{Fate, HEAD, told_before};
use crate::approve::sha256;
use crate::clock;
use crate::files;
use crate::folder::{IncidentFolder, RETURNED};
use crate::ledger::event::{Event, ReturnsImported};
use crate::ledger::{Delivered, Delivery, Evidence, Ledger, What};
use crate::matter::open::{Matter, Selection};
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::{evidence, fence, ledger_stop};
use crate::matter::work;
use crate::postal::{
    self, Key, Layout, LayoutError, Layouts, NewAddress, ReadError, ReturnedFile, ReturnedLine,
    Told,
};
use crate::tables::Table;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

/// Which file, and how it is read.
#[derive(Clone, Debug, Default)]
pub struct ImportRequest {
    pub selection: Selection,
    pub file: PathBuf,
    /// The id of a layout, or a file of layouts; none for the one that the file looks like.
    pub layout: Option<String>,
    /// What the mail house sent back of its runs: which barcode stands on which letter.
    pub run_data: Vec<PathBuf>,
    /// The day of lines that have none.
    pub on: Option<Date>,
    pub by: String,
}

/// What was read, and what it changed. Every line is in one of `matched`, `unknown`, `repeated` and
/// `malformed`.
#[derive(Debug, Default, Serialize)]
pub struct ImportAnswer {
    pub layout: String,
    /// Whether a published description of the layout confirms it.
    pub confirmed: bool,
    pub lines: u64,
    pub matched: u64,
    pub unknown: u64,
    pub repeated: u64,
    pub malformed: u64,
    /// Matched lines by what they tell; every kind has its key.
    pub told: BTreeMap<&'static str, u64>,
    /// Letters that came back by why.
    pub reasons: BTreeMap<String, u64>,
    pub new_addresses: u64,
    /// Lines that are not matched, each with its fate.
    pub listed: Vec<ListedLine>,
    /// Every line with its fate, in the incident folder; null if nothing was new.
    pub list: Option<String>,
}

/// A line that changed nothing.
#[derive(Debug, Serialize)]
pub struct ListedLine {
    pub line: u64,
    pub fate: &'static str,
    /// The reference or the barcode, where the line has one.
    pub names: String,
    pub why: String,
}

const REPEATED: &str = "the same was recorded before";

/// Reads a file that came back and records whose letters it speaks of. The same file twice changes
/// nothing.
///
/// # Errors
/// A file or layout that cannot be used as a whole; fewer records than the file tells of; a folder
/// that may not record; I/O.
pub fn import(request: &ImportRequest) -> Result<ImportAnswer, Refusal> {
    let (matter, _) = Matter::open_first(&request.selection)?;
    let evidence = evidence(&request.file)?;
    let own = own_layouts(request)?;
    let layouts = own.as_ref().unwrap_or_else(|| Layouts::shipped());
    let layout = chosen(request, layouts, own.is_some())?;
    let contents = postal::read(&request.file, layouts, layout, request.on, clock::today())
        .map_err(|error| unreadable(error, &request.file))?;
    whole(&contents, &request.file)?;
    let _work = work::begin(&matter.folder, "returns import")?;
    let mut ledger = Ledger::open(&matter.folder).map_err(ledger_stop)?;
    let hold = fence::hold(&matter, &mut ledger)?;
    let pieces = pieces(&contents, layouts, &request.run_data)?;
    let wanted: HashSet<&str> = pieces.iter().flatten().map(String::as_str).collect();
    let known = Known::of(&matter, &ledger, &wanted)?;
    let before = match contents.lines.iter().any(|line| line.told != Told::Returned) {
        true => told_before(&matter.folder)?,
        false => HashSet::new(),
    };
    let mut sorting = Sorting::new(layout, known, before, !request.run_data.is_empty());
    let mut malformed = contents.malformed.iter().peekable();
    for (line, piece) in contents.lines.iter().zip(&pieces) {
        while let Some(bad) = malformed.next_if(|bad| bad.number < line.number) {
            sorting.malformed(bad.number, &bad.why);
        }
        sorting.line(line, piece.as_deref());
    }
    malformed.for_each(|bad| sorting.malformed(bad.number, &bad.why));
    if sorting.answer.matched > 0 || !read_before(&ledger, &evidence, &layout.id)? {
        record(&matter, &mut ledger, &mut sorting, &evidence, request.by.trim())?;
        hold.remember(&ledger).map_err(fence::fenced)?;
    }
    Ok(sorting.answer)
}

fn own_layouts(request: &ImportRequest) -> Result<Option<Layouts>, Refusal> {
    let named = request.layout.as_ref().map(Path::new).filter(|path| path.is_file());
    let Some(path) = named else { return Ok(None) };
    Layouts::read(path).map(Some).map_err(|error| no_layout(error, path))
}

fn chosen<'l>(
    request: &ImportRequest,
    layouts: &'l Layouts,
    own: bool,
) -> Result<&'l Layout, Refusal> {
    if let Some(id) = request.layout.as_ref().filter(|_| !own) {
        return layouts.layout(id).map_err(|error| no_layout(error, Path::new(id)));
    }
    let found = postal::fitting(&request.file, layouts);
    let found = found.map_err(|error| unreadable(error, &request.file))?;
    found.or(layouts.all.first()).ok_or_else(|| unreadable(ReadError::NoColumn, &request.file))
}

pub(super) fn no_layout(error: LayoutError, path: &Path) -> Refusal {
    match error {
        LayoutError::Unknown(ids) => Refusal::one(
            code!("returns.layout"),
            format!("there is no layout `{}`", path.display()),
            format!("choose one of {}, or name a file of layouts", ids.join(", ")),
        ),
        LayoutError::Finding(finding) => told(*finding),
        LayoutError::Io(error) => Refusal::Io { what: format!("read `{}`", path.display()), error },
    }
}

fn told(finding: crate::finding::Finding) -> Refusal {
    let mut findings = crate::finding::Findings::default();
    findings.push(finding);
    Refusal::Configuration(findings)
}

pub(super) fn unreadable(error: ReadError, path: &Path) -> Refusal {
    match error {
        ReadError::Finding(finding) => told(*finding),
        ReadError::NoColumn => Refusal::one(
            code!("returns.no_column"),
            format!("no column of `{}` names a letter", path.display()),
            "head the column with the references `reference`, or that with the barcodes `imb`",
        ),
        ReadError::Io(error) => Refusal::Io { what: format!("read `{}`", path.display()), error },
    }
}

/// A file that was cut off on its way would leave people out.
fn whole(contents: &ReturnedFile, path: &Path) -> Result<(), Refusal> {
    match contents.told.filter(|told| *told != contents.count()) {
        None => Ok(()),
        Some(told) => Err(Refusal::one(
            code!("returns.short"),
            format!(
                "`{}` has {} records, and its header tells of {told}",
                path.display(),
                contents.count()
            ),
            "get the file again: it was cut off or joined with another",
        )),
    }
}

/// The reference of each line, as far as it is known: a barcode's from the run's data.
fn pieces(
    contents: &ReturnedFile,
    layouts: &Layouts,
    run_data: &[PathBuf],
) -> Result<Vec<Option<String>>, Refusal> {
    let mut found: HashMap<&str, Option<String>> = HashMap::new();
    for line in &contents.lines {
        if let Key::Barcode(barcode) = &line.key {
            found.insert(barcode, None);
        }
    }
    if !found.is_empty() {
        for path in run_data {
            let mut each = |barcode: String, piece: String| {
                if let Some(of) = found.get_mut(barcode.as_str()) {
                    *of = Some(piece);
                }
            };
            let read = postal::barcodes(path, layouts, &mut each);
            read.map_err(|error| unreadable(error, path))?;
        }
    }
    let piece = |line: &ReturnedLine| match &line.key {
        Key::Piece(piece) => Some(piece.clone()),
        Key::Barcode(barcode) => found.get(barcode.as_str()).cloned().flatten(),
    };
    Ok(contents.lines.iter().map(piece).collect())
}

/// Whether this file was read in this way before.
fn read_before(ledger: &Ledger, evidence: &Evidence, layout: &str) -> Result<bool, Refusal> {
    let events = ledger.events().map_err(ledger_stop)?;
    Ok(events.iter().any(|recorded| match &recorded.event {
        Event::ReturnsImported(of) => of.evidence.sha256 == evidence.sha256 && of.layout == layout,
        _ => false,
    }))
}

/// What becomes of the lines, one after the other.
struct Sorting<'l> {
    answer: ImportAnswer,
    layout: &'l Layout,
    known: Known,
    before: HashSet<(String, Told, Date)>,
    run_data: bool,
    /// Every line's row of the list.
    rows: Vec<[String; 7]>,
    /// By seal, day and reason.
    returned: BTreeMap<(usize, Date, String), Vec<String>>,
    addresses: BTreeMap<String, NewAddress>,
}

impl<'l> Sorting<'l> {
    fn new(
        layout: &'l Layout,
        known: Known,
        before: HashSet<(String, Told, Date)>,
        run_data: bool,
    ) -> Self {
        let answer = ImportAnswer {
            layout: layout.id.clone(),
            confirmed: layout.confirmed,
            told: Told::ALL.map(|told| (told.label(), 0)).into(),
            ..ImportAnswer::default()
        };
        let (rows, returned, addresses) = Default::default();
        Self { answer, layout, known, before, run_data, rows, returned, addresses }
    }

    fn line(&mut self, line: &ReturnedLine, piece: Option<&str>) {
        let found = piece.and_then(|piece| Some((piece, self.known.letter(piece)?)));
        let (fate, why) = match found {
            None => (Fate::Unknown, self.unknown(line, piece)),
            Some((_, letter)) if self.too_early(line, letter) => {
                (Fate::Malformed, "the day is before the letter was posted".to_owned())
            }
            Some((piece, letter)) => match self.is_new(line, piece) {
                false => (Fate::Repeated, REPEATED.to_owned()),
                true => {
                    self.take(line, piece, letter);
                    (Fate::Matched, String::new())
                }
            },
        };
        let names = match (piece, &line.key) {
            (Some(piece), _) => piece.to_owned(),
            (None, Key::Piece(piece)) => piece.clone(),
            (None, Key::Barcode(barcode)) => barcode.clone(),
        };
        self.rows.push([
            line.number.to_string(),
            fate.label().to_owned(),
            names.clone(),
            line.told.label().to_owned(),
            line.on.to_string(),
            line.reason.clone(),
            why.clone(),
        ]);
        self.count(line.number, fate, names, why);
    }

    fn malformed(&mut self, number: u64, why: &str) {
        let mut row: [String; 7] = Default::default();
        row[0] = number.to_string();
        Fate::Malformed.label().clone_into(&mut row[1]);
        why.clone_into(&mut row[6]);
        self.rows.push(row);
        self.count(number, Fate::Malformed, String::new(), why.to_owned());
    }

    fn count(&mut self, line: u64, fate: Fate, names: String, why: String) {
        let answer = &mut self.answer;
        answer.lines += 1;
        *match fate {
            Fate::Matched => &mut answer.matched,
            Fate::Unknown => &mut answer.unknown,
            Fate::Repeated => &mut answer.repeated,
            Fate::Malformed => &mut answer.malformed,
        } += 1;
        if fate != Fate::Matched {
            answer.listed.push(ListedLine { line, fate: fate.label(), names, why });
        }
    }

    fn unknown(&self, line: &ReturnedLine, piece: Option<&str>) -> String {
        match (&line.key, piece) {
            (Key::Barcode(_), None) if self.run_data => "no run's data names this barcode",
            (Key::Barcode(_), None) => {
                "nothing says which letter carries this barcode; give the run's data with `--run-data`"
            }
            _ => "no letter under a seal has this reference",
        }
        .to_owned()
    }

    fn too_early(&self, line: &ReturnedLine, letter: Letter) -> bool {
        self.known.posted(letter).is_some_and(|posted| line.on < posted)
    }

    fn is_new(&self, line: &ReturnedLine, piece: &str) -> bool {
        match line.told {
            Told::Returned => !self.known.came_back(piece, line.on),
            told => !self.before.contains(&(piece.to_owned(), told, line.on)),
        }
    }

    fn take(&mut self, line: &ReturnedLine, piece: &str, letter: Letter) {
        *self.answer.told.entry(line.told.label()).or_default() += 1;
        match line.told {
            Told::Returned => {
                let reason = if line.reason.is_empty() { "not_told" } else { &line.reason };
                *self.answer.reasons.entry(reason.to_owned()).or_default() += 1;
                let key = (letter.seal, line.on, line.reason.clone());
                self.returned.entry(key).or_default().push(piece.to_owned());
                self.known.returned(piece, line.on);
            }
            told => drop(self.before.insert((piece.to_owned(), told, line.on))),
        }
        if let Some(address) = &line.address {
            self.answer.new_addresses += 1;
            self.addresses.insert(piece.to_owned(), address.clone());
        }
    }
}

/// First the lists, which alone say nothing, then the ledger in one commit.
fn record(
    matter: &Matter,
    ledger: &mut Ledger,
    sorting: &mut Sorting<'_>,
    evidence: &Evidence,
    by: &str,
) -> Result<(), Refusal> {
    let folder = IncidentFolder(&matter.folder);
    let read = |event: &Event| matches!(event, Event::ReturnsImported(_));
    let events = ledger.events().map_err(ledger_stop)?;
    let number = events.iter().filter(|recorded| read(&recorded.event)).count() as u64 + 1;
    let path = folder.returned_list(number);
    let doing = || format!("write `{}`", path.display());
    files::make_dir(&matter.folder.join(RETURNED)).doing(doing)?;
    let mut table = Table::create(Vec::new(), &HEAD).doing(doing)?;
    for row in &sorting.rows {
        table.row(row).doing(doing)?;
    }
    let list = table.finish().doing(doing)?;
    files::write(&path, &list).doing(doing)?;
    if !sorting.addresses.is_empty() {
        addresses::keep(&matter.folder, std::mem::take(&mut sorting.addresses))?;
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let answer = &mut sorting.answer;
    let event = ReturnsImported {
        evidence: evidence.clone(),
        layout: sorting.layout.id.clone(),
        lines: answer.lines,
        matched: answer.matched,
        unknown: answer.unknown,
        repeated: answer.repeated,
        malformed: answer.malformed,
        list: Evidence { name: name.clone(), sha256: sha256(&list) },
        by: by.to_owned(),
    };
    answer.list = Some(format!("{RETURNED}/{name}"));
    let groups: Vec<_> = std::mem::take(&mut sorting.returned)
        .into_iter()
        .map(|((seal, on, reason), pieces)| {
            let delivery = |piece| Delivery {
                batch: None,
                piece: Some(piece),
                what: What::Returned,
                on,
                evidence: evidence.clone(),
            };
            (seal, reason, pieces.into_iter().map(delivery).collect::<Vec<_>>())
        })
        .collect();
    let groups: Vec<Delivered<'_>> = groups
        .iter()
        .map(|(seal, reason, deliveries)| {
            let record = &sorting.known.seals[*seal].record;
            Delivered {
                seal: record.id,
                wave: &record.wave,
                number: record.number,
                reason: Some(reason.as_str()).filter(|reason| !reason.is_empty()),
                deliveries,
            }
        })
        .collect();
    ledger.record_returns(&groups, &event).map_err(ledger_stop)
}
