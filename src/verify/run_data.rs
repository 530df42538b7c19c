//! `mrdf.csv`, the run data that the mail house's machines work by: a row for each sheet, held
//! against manifest, letters and the names of the files.

use super::fault::Fault;
use super::manifest::ManifestRow;
use super::sheet_codes::{InFile, wanted};
use crate::incident::Incident;
use crate::roster::Address;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// Where each file's rows stand.
pub struct RunData {
    path: PathBuf,
    /// Column -> its place.
    columns: BTreeMap<String, usize>,
    /// File -> place of its first row, and how many there are.
    spans: BTreeMap<String, (u64, u64)>,
    /// Files whose rows do not stand together.
    pub parted: Vec<String>,
}

/// The columns that are read.
const COLUMNS: [&str; 15] = [
    "piece_id",
    "sequence",
    "sheet",
    "sheets",
    "front_page",
    "back_page",
    "data_matrix",
    "imb",
    "zip5",
    "plus4",
    "file",
    "envelope",
    "destination",
    "language",
    "line_1",
];

impl RunData {
    /// Reads where the rows stand; none if there is no such file.
    ///
    /// # Errors
    /// I/O, or a file whose columns are others.
    pub fn open(path: &Path) -> io::Result<Option<Self>> {
        let file = match File::open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            other => other?,
        };
        let mut reader = csv::Reader::from_reader(BufReader::with_capacity(1 << 18, file));
        let columns: BTreeMap<String, usize> =
            reader.headers()?.iter().zip(0..).map(|(name, at)| (name.to_owned(), at)).collect();
        if COLUMNS.iter().any(|name| !columns.contains_key(*name)) {
            let message = "the columns of the run data are not those of a mail run";
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        let of = columns["file"];
        let (mut spans, mut parted) = (BTreeMap::<String, (u64, u64)>::new(), Vec::new());
        let (mut record, mut last) = (csv::ByteRecord::new(), String::new());
        loop {
            let at = reader.position().byte();
            if !reader.read_byte_record(&mut record)? {
                break;
            }
            let name = std::str::from_utf8(record.get(of).unwrap_or_default()).unwrap_or("");
            if let Some((_, rows)) = spans.get_mut(name) {
                if last != name && !parted.contains(&last) {
                    parted.push(name.to_owned());
                }
                *rows += 1;
            } else {
                spans.insert(name.to_owned(), (at, 1));
            }
            if last != name {
                last = name.to_owned();
            }
        }
        Ok(Some(Self { path: path.to_owned(), columns, spans, parted }))
    }

    /// Files that rows are of.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.spans.keys().map(String::as_str)
    }

    /// The rows of one file.
    ///
    /// # Errors
    /// I/O, or a row that is not text.
    pub fn rows(&self, file: &str) -> io::Result<Vec<csv::StringRecord>> {
        let Some((at, many)) = self.spans.get(file) else { return Ok(Vec::new()) };
        let mut input = File::open(&self.path)?;
        input.seek(SeekFrom::Start(*at))?;
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(BufReader::new(input));
        Ok(reader.into_records().take(*many as usize).collect::<Result<_, _>>()?)
    }

    /// A cell by its column.
    pub fn cell<'r>(&self, record: &'r csv::StringRecord, column: &str) -> &'r str {
        self.columns.get(column).and_then(|at| record.get(*at)).unwrap_or_default()
    }
}

/// One letter's rows against what they must say; the first thing wrong.
pub fn letter(
    data: &RunData,
    records: &[csv::StringRecord],
    row: &ManifestRow,
    address: &Address,
    at: InFile,
    incident: &Incident,
) -> Option<Fault> {
    let a_sheet = if incident.letter.duplex { 2 } else { 1 };
    let sheets = row.pages.div_ceil(a_sheet);
    let wrong = |what: &str| {
        Some(Fault::new(
            code!("verify.run_data"),
            format!("{what} in the run data is not the letter's"),
        ))
    };
    if records.len() != sheets as usize {
        return wrong("the number of sheets");
    }
    let choices = &incident.mail.sheet_code;
    let zip5 = match address.country.is_empty() {
        true => address.zip.get(..5).unwrap_or(&address.zip),
        false => "",
    };
    for (record, sheet) in records.iter().zip(1..) {
        let is = |column: &str, value: &str| data.cell(record, column) == value;
        let front = row.first_page + a_sheet * (sheet - 1);
        let back = if a_sheet == 2 { (front + 1).to_string() } else { String::new() };
        let code = match choices.print {
            true => wanted(&choices.contents, &row.piece, sheet, sheets, at),
            false => String::new(),
        };
        if !is("piece_id", &row.piece) || !is("sequence", &at.sequence.to_string()) {
            return wrong("the piece or its place");
        }
        if !is("sheet", &sheet.to_string()) || !is("sheets", &sheets.to_string()) {
            return wrong("a sheet's number");
        }
        if !is("front_page", &front.to_string()) || !is("back_page", &back) {
            return wrong("a page's number");
        }
        if !is("data_matrix", &code) {
            return wrong("a sheet's code");
        }
        if !is("zip5", zip5) {
            return wrong("the ZIP code");
        }
    }
    None
}

/// What the name of a file says of its letters: envelope, destination, language, sheets.
pub struct Named<'n> {
    pub envelope: &'n str,
    pub destination: &'n str,
    pub language: &'n str,
    pub sheets: u32,
}

impl<'n> Named<'n> {
    /// Reads `letter-us-en-3s-0001`.
    pub fn read(name: &'n str) -> Option<Self> {
        let (stream, _) = name.rsplit_once('-')?;
        let (rest, sheets) = stream.rsplit_once('-')?;
        let mut parts = rest.splitn(3, '-');
        let (envelope, destination) = (parts.next()?, parts.next()?);
        let language = parts.next()?;
        Some(Self {
            envelope,
            destination,
            language,
            sheets: sheets.strip_suffix('s')?.parse().ok()?,
        })
    }

    /// Whether a letter belongs into the file.
    pub fn holds(&self, row: &ManifestRow, address: &Address, incident: &Incident) -> bool {
        let sheets = row.pages.div_ceil(if incident.letter.duplex { 2 } else { 1 });
        let flat = sheets >= incident.mail.flat_from_sheets;
        let envelope = if flat { "flat" } else { "letter" };
        let destination = if address.country.is_empty() { "us" } else { "abroad" };
        let language = row.version.split('.').next().unwrap_or_default();
        self.sheets == sheets
            && self.envelope == envelope
            && self.destination == destination
            && self.language == language
    }
}

#[cfg(test)]
mod tests {
    use super::Named;

    #[test]
    fn a_file_s_name_says_which_letters_it_holds() {
        let named = Named::read("letter-abroad-zh-Hant-3s-0012").unwrap();
        assert_eq!((named.envelope, named.destination), ("letter", "abroad"));
        assert_eq!((named.language, named.sheets), ("zh-Hant", 3));
        assert!(Named::read("batch-0001").is_none());
    }
}
