//! `mrdf.csv`, the mail run data file: a record for each sheet, in the order in which machines see
//! them.

use super::manifest::Piece;
use super::stream::Stream;
use crate::roster::Address;
use crate::tables::Table;
use std::io::{self, Write};

/// What the run data says of a letter besides its row of the manifest.
pub struct SheetRows {
    /// The letter's place in its file, 1-based.
    pub sequence: u32,
    /// What the code of each sheet says; empty where none are printed.
    pub codes: Vec<String>,
    /// The Intelligent Mail barcode's digits; empty where none is printed.
    pub imb: String,
    pub address: Address,
    /// Addressed to the sender, to see the mail arrive.
    pub seed: bool,
    /// SHA-256 of the sealed text, hex; empty for drafts.
    pub digest: String,
}

/// The columns that machines match on, unaltered.
const IDENTIFIERS: [&str; 18] = [
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
    "job",
    "file",
    "weight_g",
    "envelope",
    "destination",
    "language",
    "seed",
    "digest",
];
/// Lines that the window can show.
const LINES: usize = 6;

/// Square meters of a sheet of US Letter.
const SHEET: f64 = 0.2159 * 0.2794;

/// Writes the run data.
pub struct RunData<W: Write> {
    table: Table<W>,
    /// Incident and wave.
    job: String,
    duplex: bool,
    /// Grams of a square meter of the paper.
    paper: u32,
}

impl<W: Write> RunData<W> {
    /// # Errors
    /// Any I/O error.
    pub fn create(out: W, job: String, duplex: bool, paper: u32) -> io::Result<Self> {
        let mut head: Vec<String> = IDENTIFIERS.map(String::from).into();
        head.extend(["city", "state", "country"].map(String::from));
        head.extend((1..=LINES).map(|n| format!("line_{n}")));
        let table = Table::with_identifiers(out, &head, IDENTIFIERS.len())?;
        Ok(Self { table, job, duplex, paper })
    }

    /// Adds a letter's sheets.
    ///
    /// # Errors
    /// Any I/O error.
    pub fn add(&mut self, stream: &Stream, piece: &Piece, rows: &SheetRows) -> io::Result<()> {
        let address = &rows.address;
        let domestic = address.country.is_empty();
        let (zip5, plus4) = match address.zip.split_once('-') {
            _ if !domestic => ("", ""),
            Some((zip5, plus4)) => (zip5, plus4),
            None => (address.zip.as_str(), ""),
        };
        let sheets = stream.sheets;
        let weight = f64::from(sheets) * SHEET * f64::from(self.paper);
        let weight = format!("{weight:.1}");
        let (sequence, many) = (rows.sequence.to_string(), sheets.to_string());
        for sheet in 1..=sheets {
            let (front, back) = match self.duplex {
                true => (piece.first_page + 2 * (sheet - 1), true),
                false => (piece.first_page + sheet - 1, false),
            };
            let back = if back { (front + 1).to_string() } else { String::new() };
            let (front, number) = (front.to_string(), sheet.to_string());
            let code = rows.codes.get(sheet as usize - 1).map_or("", String::as_str);
            let mut record: Vec<&str> = vec![
                &piece.piece_id,
                &sequence,
                &number,
                &many,
                &front,
                &back,
                code,
                &rows.imb,
                zip5,
                plus4,
                &self.job,
                &piece.batch,
                &weight,
                stream.envelope.label(),
                stream.destination(),
                &stream.language,
                if rows.seed { "1" } else { "" },
                &rows.digest,
                &address.city,
                &address.state,
                &address.country,
            ];
            record.extend((0..LINES).map(|n| piece.lines.get(n).map_or("", String::as_str)));
            self.table.row(record)?;
        }
        Ok(())
    }

    /// # Errors
    /// Any I/O error.
    pub fn finish(self) -> io::Result<W> {
        self.table.finish()
    }
}
