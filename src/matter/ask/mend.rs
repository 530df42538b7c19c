//! `repair --to-mend`: the rows to mend as a workbook for the client, in the roster's own columns,
//! what is wrong colored. It comes back by `repair --from`.

use crate::files;
use crate::finding::Severity;
use crate::folder::OutFolder;
use crate::matter::ask::repairs::read;
use crate::matter::open::{Matter, Selection};
use crate::matter::people::intake::{roster_stop, spool_stop};
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::rosters_digest;
use crate::roster::{Spool, letter, look};
use crate::tables::{Cell, Sheet};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

/// Rows of the workbook; more nobody mends by hand.
const MOST: usize = 50_000;

/// Headings behind the roster's own.
const BEHIND: [&str; 3] = ["roster", "spreadsheet row", "what to mend"];

/// Which rows, and where the workbook goes.
pub struct MendRequest {
    pub selection: Selection,
    pub file: PathBuf,
}

/// What was written.
pub struct Mend {
    pub rows: u64,
    /// Rows beyond those that a workbook takes.
    pub left_out: u64,
}

/// What is wrong with one row: its columns by letter, and each fault in words with its column.
#[derive(Default)]
struct Wrong {
    columns: BTreeSet<String>,
    words: Vec<(String, String)>,
}

/// By roster and the row that a spreadsheet shows.
type Rows = BTreeMap<(String, u64), Wrong>;

/// By row, under each heading the column's letter and the cell.
type Found = BTreeMap<(String, u64), BTreeMap<String, (String, String)>>;

/// Writes the rows that the last `check` held, asked about or warned of.
///
/// # Errors
/// Nothing was checked yet; the roster cannot be read; the file is there or cannot be written.
pub fn mend(request: &MendRequest) -> Result<Mend, Refusal> {
    let (matter, _) = Matter::open(&request.selection)?;
    let repairs = read(&matter.folder)?;
    if request.file.exists() {
        return Err(Refusal::one(
            code!("repair.file_exists"),
            format!("`{}` is there already", request.file.display()),
            "name another file, or take the old one away",
        ));
    }
    let csv = OutFolder(&matter.out).findings();
    if !csv.exists() {
        return Err(Refusal::one(
            code!("repair.not_checked"),
            "nothing is known of the roster's rows yet",
            "run `noticeworks check` first",
        ));
    }
    let digest = rosters_digest(&matter.folder, matter.wave())?;
    let spool = Spool::open(&matter.folder, &matter.wave().id).map_err(spool_stop)?;
    if digest.as_ref() != Some(&spool.info().roster_digest) {
        return Err(Refusal::one(
            code!("repair.not_checked"),
            "the roster or its repairs changed since the last check",
            "run `noticeworks check` first",
        ));
    }
    let (rows, left_out) = wrong(&csv).doing(|| format!("read `{}`", csv.display()))?;
    let mut headings: Vec<String> = Vec::new();
    let mut found = Found::new();
    let rosters = matter.wave().roster.all();
    let looked = look(&matter.folder, &matter.incident, rosters, &repairs, None, &mut |row| {
        let key = (row.file.to_owned(), row.line);
        if !rows.contains_key(&key) {
            return;
        }
        let names = named(row.headings);
        for name in &names {
            if !headings.contains(name) {
                headings.push(name.clone());
            }
        }
        let cells = row.cells.into_iter().map(Option::unwrap_or_default);
        let cells = names.into_iter().zip(cells).enumerate();
        found.insert(key, cells.map(|(at, (name, cell))| (name, (letter(at), cell))).collect());
    });
    looked.map_err(roster_stop)?;
    let doing = || format!("write `{}`", request.file.display());
    let sheet = fill(*matter.wave().mail_on, &headings, &rows, &found).doing(doing)?;
    let mut out = BufWriter::new(files::create(&request.file).doing(doing)?);
    sheet.finish(&mut out).doing(doing)?;
    Ok(Mend { rows: found.len() as u64, left_out })
}

/// Headings, each once: an equal one has its number behind.
fn named(headings: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for heading in headings {
        let before = names.iter().filter(|name| *name == heading).count();
        names.push(if before == 0 {
            heading.clone()
        } else {
            format!("{heading} {}", names.len() + 1)
        });
    }
    names
}

/// The rows of findings.csv that want mending, and how many more there are.
fn wrong(csv: &Path) -> io::Result<(Rows, u64)> {
    let weighs = [Severity::Held, Severity::Question, Severity::Warning].map(label);
    let mut reader = csv::Reader::from_path(csv)?;
    let head = reader.headers()?.clone();
    let at = |name: &str| head.iter().position(|heading| heading == name).unwrap_or(usize::MAX);
    let (file, row, column) = (at("file"), at("row"), at("column"));
    let (severity, problem, suggestion) = (at("severity"), at("problem"), at("suggestion"));
    let (mut rows, mut left_out) = (Rows::new(), 0);
    for record in reader.records() {
        let record = record?;
        let cell = |at: usize| record.get(at).unwrap_or_default();
        let Ok(number) = cell(row).parse() else { continue };
        if !weighs.iter().any(|weight| weight == cell(severity)) {
            continue;
        }
        let key = (cell(file).to_owned(), number);
        if rows.len() >= MOST && !rows.contains_key(&key) {
            left_out += 1;
            continue;
        }
        let wrong = rows.entry(key).or_default();
        if !cell(column).is_empty() {
            wrong.columns.insert(cell(column).to_owned());
        }
        let words = format!("{} ({})", cell(problem), cell(suggestion));
        wrong.words.push((cell(column).to_owned(), words));
    }
    Ok((rows, left_out))
}

fn label(severity: Severity) -> String {
    format!("{severity:?}").to_lowercase()
}

fn fill(
    as_of: jiff::civil::Date,
    headings: &[String],
    rows: &Rows,
    found: &Found,
) -> io::Result<Sheet> {
    let mut sheet = Sheet::new(as_of, None)?;
    sheet.name("To mend")?;
    sheet.widths(headings.iter().map(|_| 18).chain([18, 10, 80]))?;
    sheet.row(headings.iter().map(String::as_str).chain(BEHIND).map(Cell::Text))?;
    for (key, cells) in found {
        let wrong = &rows[key];
        let of =
            |column: &str| cells.iter().find(|(_, (at, _))| at == column).map(|(name, _)| name);
        let words = wrong.words.iter().map(|(column, words)| match of(column) {
            Some(heading) if !heading.is_empty() => format!("{heading}: {words}"),
            _ => words.clone(),
        });
        let words = words.collect::<Vec<_>>().join("; ");
        let (roster, line) = (&key.0, key.1.to_string());
        let own = headings.iter().map(|heading| match cells.get(heading) {
            Some((at, text)) if wrong.columns.contains(at) => Cell::Marked(text.as_str()),
            Some((_, text)) => Cell::Text(text.as_str()),
            None => Cell::Text(""),
        });
        let behind = [roster.as_str(), &line, &words].map(Cell::Text);
        sheet.row(own.chain(behind))?;
    }
    sheet.filter()?;
    Ok(sheet)
}
