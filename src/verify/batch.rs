//! One batch: its file, its rows, its people.

use super::expected::has_code;
use super::fault::{Fault, Faults};
use super::file::{Known, Pages, PdfFile};
use super::foreign::{Heard, Strangers};
use super::kin::Kin;
use super::letter::Letter;
use super::manifest::{ManifestRow, Span};
use super::objects::{About, frame};
use super::order::{Order, Spot};
use super::piece::Piece;
use super::places::Adder;
use super::run_data::{self, Named, RunData};
use super::seal::{hex, sealed_list};
use super::sheet::Sheet;
use super::sheet_codes::InFile;
use super::task::Task;
use crate::finding::Code;
use crate::roster::Person;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::io;

/// A person whose letter the manifest puts into this batch.
pub struct Member {
    pub manifest_row: u64,
    pub person: Person,
    pub code: String,
}

/// What was read and proved of a batch.
#[derive(Default)]
pub struct BatchProof {
    pub letters: u64,
    pub pages: u64,
    /// Letters found in the seal's list in their place.
    pub leaves: u64,
    /// Codes found in the letter of the person they were dealt to.
    pub codes: u64,
    /// Letters compared with others of their kind.
    pub compared: u64,
    /// Letters whose every word stands where the sealed text has it.
    pub words: u64,
    pub faults: Faults,
}

impl BatchProof {
    fn add(&mut self, other: Self) {
        self.letters += other.letters;
        self.pages += other.pages;
        self.leaves += other.leaves;
        self.codes += other.codes;
        self.compared += other.compared;
        self.words += other.words;
        self.faults.extend(other.faults);
    }
}

struct BatchCheck<'a> {
    task: &'a Task<'a>,
    known: &'a Known<'a>,
    run_data: Option<&'a RunData>,
    batch: &'a str,
    adder: Adder,
    proof: BatchProof,
}

/// Reads a batch whole and checks it; memory holds one file and its people.
///
/// # Errors
/// I/O of the manifest; a PDF that is missing or cannot be read is a fault.
pub fn check(
    task: &Task<'_>,
    known: &Known<'_>,
    run_data: Option<&RunData>,
    span: &Span,
    rows: &[ManifestRow],
    members: &[Member],
) -> io::Result<BatchProof> {
    let (adder, proof) = (Adder::default(), BatchProof::default());
    let mut desk = BatchCheck { task, known, run_data, batch: &span.batch, adder, proof };
    desk.sealed(rows);
    let Some(file) = desk.open()? else { return Ok(desk.proof) };
    let about = About {
        title: &task.incident.title,
        author: &task.incident.sender.name,
        languages: task.languages.keys().map(String::as_str).collect(),
        alts: task.composed.as_ref().map(|composed| &composed.alts),
    };
    for odd in file.oddities(&about) {
        desk.fault(Fault::new(code!("verify.content"), format!("the file holds {odd}")));
    }
    desk.run_data(rows, members)?;
    desk.places(rows, file.page_count());
    desk.bookmarks(rows, &file);
    desk.letters(rows, members, &file);
    Ok(desk.proof)
}

impl<'a> BatchCheck<'a> {
    fn fault(&mut self, mut fault: Fault) {
        fault.batch = self.batch.to_owned();
        self.proof.faults.push(fault);
    }

    fn at_row(&mut self, code: Code, row: &ManifestRow, message: impl Into<String>) {
        let page = (row.first_page > 0).then_some(row.first_page);
        self.fault(Fault { manifest_row: Some(row.number), page, ..Fault::new(code, message) });
    }

    fn open(&mut self) -> io::Result<Option<PdfFile<'a>>> {
        let path = self.task.letters.join(format!("{}.pdf", self.batch));
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.fault(Fault::new(
                    code!("verify.batch_missing"),
                    "there is no file of this batch",
                ));
                return Ok(None);
            }
            Err(error) => return Err(error),
        };
        if let Some(printed) = self.task.digests.get(self.batch)
            && *printed != hex(&Sha256::digest(&bytes))
        {
            let message = "the file is not the one that the ledger recorded as printed";
            self.fault(Fault::new(code!("verify.file_digest"), message));
        }
        let around = frame(&bytes);
        let file = PdfFile::open(bytes, self.known);
        if file.is_none() {
            self.fault(Fault::new(
                code!("verify.file_unreadable"),
                "the file is no PDF that can be read",
            ));
            return Ok(None);
        }
        for odd in around {
            self.fault(Fault::new(code!("verify.content"), format!("the file holds {odd}")));
        }
        Ok(file)
    }

    /// The seal's list against the manifest's rows: the same pieces in the same order.
    fn sealed(&mut self, rows: &[ManifestRow]) {
        let Some(seal) = &self.task.seal else { return };
        let list = sealed_list(self.batch);
        let Some(pieces) = seal.pieces(&list) else {
            return self.fault(Fault::new(code!("verify.seal"), "the batch is not in the seal"));
        };
        for (i, row) in rows.iter().enumerate() {
            match pieces.get(i) {
                Some(piece) if Piece::read(&row.piece) == Some(*piece) => self.proof.leaves += 1,
                Some(_) => self.at_row(
                    code!("verify.seal"),
                    row,
                    "the seal has another piece in this place",
                ),
                None => self.at_row(
                    code!("verify.seal"),
                    row,
                    "the seal's list ends before this letter",
                ),
            }
        }
        if pieces.len() > rows.len() {
            let more = pieces.len() - rows.len();
            let message = format!("{more} sealed letters of this batch are not in the manifest");
            self.fault(Fault::new(code!("verify.seal"), message));
        }
    }

    /// The run data's rows of the file, and whether its letters belong together. Where sheets carry
    /// no codes there may be no run data.
    fn run_data(&mut self, rows: &[ManifestRow], members: &[Member]) -> io::Result<()> {
        let Some(data) = self.run_data else { return Ok(()) };
        let incident = self.task.incident;
        let by_row: HashMap<u64, &Member> = members.iter().map(|m| (m.manifest_row, m)).collect();
        let records = data.rows(self.batch)?;
        let named = Named::read(self.batch);
        if named.is_none() {
            let message = "the file's name does not say which letters it holds";
            self.fault(Fault::new(code!("verify.stream"), message));
        }
        let mut next = 0;
        for (row, at) in rows.iter().zip(1..) {
            let own = records[next..].iter().take_while(|r| data.cell(r, "piece_id") == row.piece);
            let (first, many) = (next, own.count());
            next += many;
            let Some(member) = by_row.get(&row.number) else { continue };
            let address = &member.person.address;
            let wrong = run_data::letter(
                data,
                &records[first..next],
                row,
                address,
                self.in_file(at),
                incident,
            );
            if let Some(fault) = wrong {
                self.at_row(fault.code, row, fault.message);
            }
            if named.as_ref().is_some_and(|named| !named.holds(row, address, incident)) {
                let message = "the letter is not of the kind that the file's name says";
                self.at_row(code!("verify.stream"), row, message);
            }
        }
        if next != records.len() {
            let message = "the run data has rows of other letters, or in another order";
            self.fault(Fault::new(code!("verify.run_data"), message));
        }
        Ok(())
    }

    /// A letter's place by its number in the file from 1.
    fn in_file(&self, sequence: u32) -> InFile {
        let file = self.batch.rsplit('-').next().and_then(|n| n.parse().ok()).unwrap_or(0);
        InFile { sequence, file }
    }

    /// Letter follows letter without a gap, to the file's last page.
    fn places(&mut self, rows: &[ManifestRow], pages: usize) {
        let mut next = 1;
        for row in rows {
            if row.first_page != next || row.pages == 0 {
                let message = format!("the letter should begin on page {next}");
                self.at_row(code!("verify.manifest"), row, message);
            }
            next = row.first_page.saturating_add(row.pages);
        }
        let expected = next as usize - 1;
        if expected != pages {
            let message = format!("the file has {pages} pages and the manifest {expected}");
            self.fault(Fault::new(code!("verify.pages"), message));
        }
    }

    fn bookmarks(&mut self, rows: &[ManifestRow], file: &PdfFile<'_>) {
        let marks = file.bookmarks();
        if marks.is_empty() {
            return;
        }
        let right = marks.len() == rows.len()
            && marks.iter().zip(rows).all(|(mark, row)| {
                mark.title == row.piece
                    && mark.page == Some(row.first_page.wrapping_sub(1) as usize)
            });
        if !right {
            let message = "the bookmarks are not one for each letter of the manifest";
            self.fault(Fault::new(code!("verify.pages"), message));
        }
    }

    /// Reads every letter where the manifest has it. If letters do not stand there, that is said,
    /// and they are read where they stand: one lost page is not the fault of those after it.
    fn letters(&mut self, rows: &[ManifestRow], members: &[Member], file: &PdfFile<'_>) {
        let pages = file.pages();
        let before = std::mem::take(&mut self.proof);
        let spots: Vec<Spot> =
            rows.iter().map(|row| Spot::At(row.first_page.max(1) as usize - 1)).collect();
        self.read(rows, members, &pages, &spots);
        let astray =
            [code!("verify.reference"), code!("verify.page_number"), code!("verify.pages")];
        if astray.iter().any(|code| self.proof.faults.counts.contains_key(code))
            && let Some(order) = Order::find(self.task, rows, &pages, file.page_count())
        {
            self.proof = BatchProof::default();
            for (at, fault) in order.faults {
                self.at_row(fault.code, &rows[at], fault.message);
            }
            self.read(rows, members, &pages, &order.spots);
        }
        let letters = std::mem::replace(&mut self.proof, before);
        self.proof.add(letters);
        for wrong in pages.wrong_fonts() {
            self.fault(Fault::new(code!("verify.font"), format!("the file holds {wrong}")));
        }
    }

    fn read(
        &mut self,
        rows: &[ManifestRow],
        members: &[Member],
        pages: &Pages<'_>,
        spots: &[Spot],
    ) {
        let by_row: HashMap<u64, &Member> = members.iter().map(|m| (m.manifest_row, m)).collect();
        let mut strangers = Strangers::default();
        for (at, row) in rows.iter().enumerate() {
            if let Some(member) = by_row.get(&row.number) {
                let person = &member.person;
                for own in [&person.full_name(), &person.representative_name, &member.code] {
                    strangers.add(own, at, &self.task.boilerplate);
                }
            }
        }
        let mut heard = Heard::new();
        let mut kin = Kin::default();
        for (at, row) in rows.iter().enumerate() {
            let Some(member) = by_row.get(&row.number) else {
                self.at_row(
                    code!("verify.piece_unknown"),
                    row,
                    "no person of the spool has this piece",
                );
                continue;
            };
            let Spot::At(first) = spots[at] else { continue };
            let sheets: Vec<Sheet> =
                (first..first + row.pages as usize).map_while(|n| pages.page(n)).collect();
            self.proof.letters += 1;
            self.proof.pages += sheets.len() as u64;
            if sheets.len() < row.pages as usize {
                self.at_row(
                    code!("verify.pages"),
                    row,
                    "the letter's pages are not all in the file",
                );
            }
            if row.record_id != member.person.record_id {
                self.at_row(
                    code!("verify.manifest"),
                    row,
                    "the record is not the one the piece is for",
                );
            }
            // Printed on both sides, a letter of odd pages ends on a blank back, which has no number.
            let written = match sheets.split_last() {
                Some((back, rest))
                    if self.task.incident.letter.duplex
                        && sheets.len().is_multiple_of(2)
                        && back.is_bare() =>
                {
                    rest
                }
                _ => &sheets[..],
            };
            let letter =
                Letter { row, person: &member.person, code: &member.code, sheets: written };
            let mut found = Vec::new();
            let remains = letter.check(self.task, &mut found);
            letter.sheet_codes(self.task.incident, self.in_file(at as u32 + 1), &mut found);
            strangers.on(&letter, at, rows, &mut heard, &mut found);
            self.words(row, &sheets);
            let coded = has_code(&member.person, self.task.incident);
            if coded && !found.iter().any(|(_, f)| f.code == "verify.code") {
                self.proof.codes += 1;
            }
            if let Some(remains) = remains {
                let else_written = !member.person.representative_name.is_empty();
                let elements = member.person.elements.0;
                let kind = (row.version.clone(), elements, sheets.len(), coded, else_written);
                kin.add(kind, at, remains, found.is_empty());
            }
            for (page, fault) in found {
                let page = Some((first + page.unwrap_or(0)) as u32 + 1);
                let (manifest_row, roster_row) = (Some(row.number), Some(member.person.row));
                self.fault(Fault { page, manifest_row, roster_row, ..fault });
            }
        }
        let compared = kin.compare();
        self.proof.compared += compared.compared;
        for at in compared.odd {
            let message = "the letter's words are not those of the other letters of its kind";
            self.at_row(code!("verify.kind"), &rows[at], message);
        }
    }

    /// Every word, rule, picture and link against the sealed text, or against what the folder
    /// composes today.
    fn words(&mut self, row: &ManifestRow, sheets: &[Sheet]) {
        let Some(composed) = &self.task.composed else { return };
        let wanted = Piece::read(&row.piece).and_then(|piece| composed.of(piece));
        if wanted.is_some_and(|wanted| wanted.agrees(self.adder.printed(sheets))) {
            self.proof.words += 1;
            return;
        }
        match self.task.seal {
            Some(_) => self.at_row(
                code!("verify.words"),
                row,
                "what the letter shows, or its place, is not what was sealed",
            ),
            None => self.at_row(
                code!("verify.composed"),
                row,
                "what the letter shows, or its place, is not what this folder composes",
            ),
        }
    }
}
