//! Everybody's letter, composed from their own row and written into batches.
//!
//! One reader deals people into batches, one worker per core composes and writes whole batches,
//! and the manifest is written in batch order: the files do not depend on how many workers there
//! are or which is first. Letters of more or fewer sheets than the rest of their batch are left out
//! of it, and get batches of their own when all people were read. Memory holds a few batches and
//! who was left out, never the roster.

use super::batch::{Batch, Dealer, usual};
use super::collected::{Collected, Done, Printed, count_letter};
use super::likely::{LikelySheets, Setters};
use super::manifest::Piece;
use super::pages::{Pages, PdfBackend};
use super::run_data::SheetRows;
use super::sheet_code::{self, SheetId};
use super::stream::{EnvelopeClass, Stream, file_name};
use super::version::Version;
use super::watch::Watch;
use super::writer::Writer;
use crate::crew::{Crew, unwound};
use crate::files::Pending;
use crate::finding::{Finding, Severity};
use crate::folder::LetterFiles;
use crate::pdf::Meta;
use crate::roster::Person;
use crate::typeset::{FontSet, Frame, Image, Laid, Page, SetError, Typesetter};
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::Path;
use std::sync::Arc;

/// What all letters of a print run have in common.
pub struct Press<'a> {
    pub writer: &'a Writer<'a>,
    pub fonts: Arc<FontSet>,
    /// The sender's logo in place of the letterhead.
    pub logo: Option<Arc<Image>>,
    /// Pixels for figures, by name.
    pub images: Vec<(String, Arc<Image>)>,
    /// `DRAFT`, or empty for finals.
    pub stamp: String,
    /// For the files' own description; title and subject name no person. The language is the
    /// batch's.
    pub meta: Meta,
    pub backend: PdfBackend,
    /// Printed on both sides: every letter then ends on the back of a sheet, left blank if need
    /// be, lest the next person's letter begin there.
    pub duplex: bool,
    /// Letters in one file at the most.
    pub largest: usize,
    /// Letters of so many sheets and more are not folded.
    pub flat_from: u32,
    pub jobs: usize,
    /// Sees every letter as it is composed.
    pub watch: Option<&'a dyn Watch>,
}

/// Where people are read from, once more for letters that belong into other batches.
pub type Reading<'r, P> = &'r (dyn Fn() -> io::Result<P> + Sync);

impl Press<'_> {
    /// Prints people in spool order into `dir`: `letter-us-en-3s-0001.pdf` ... and `manifest.csv`;
    /// without a folder, composes only. `progress` is told how many letters were just finished.
    ///
    /// # Errors
    /// Any I/O error of the spool or the files. A letter that cannot be composed is no error:
    /// its row is in [`Printed::held`].
    pub fn print<P>(
        &self,
        people: Reading<'_, P>,
        dir: Option<&Path>,
        progress: &(dyn Fn(u64) + Sync),
    ) -> io::Result<Printed>
    where
        P: Iterator<Item = io::Result<Person>> + Send,
    {
        let mut collected = Collected::new(self, dir)?;
        let dealt = self.pass(people()?, None, 0, dir, progress, &mut collected)?;
        let others = std::mem::take(&mut collected.others);
        if !others.is_empty() {
            self.pass(people()?, Some(&others), dealt, dir, progress, &mut collected)?;
        }
        collected.finish()
    }

    /// Deals, composes and writes everybody, or those whose sheets are known; how many batches were
    /// dealt, with the `dealt` before.
    fn pass<P>(
        &self,
        people: P,
        known: Option<&HashMap<u64, u32>>,
        dealt: usize,
        dir: Option<&Path>,
        progress: &(dyn Fn(u64) + Sync),
        collected: &mut Collected,
    ) -> io::Result<usize>
    where
        P: Iterator<Item = io::Result<Person>> + Send,
    {
        let crew = Crew { workers: self.jobs, ahead: self.jobs.max(1) };
        let mut dealer = Dealer::new(self.largest, dealt);
        let deal = &mut dealer;
        let feed = move |give: &mut dyn FnMut(Batch) -> bool| self.deal(people, known, deal, give);
        let work = |setters: &mut Setters, batch: Batch| {
            let done = self.batch(batch, setters, dir);
            setters.ordinary.clear_personal();
            setters.large.clear_personal();
            if let Ok(done) = &done {
                progress((done.pieces.len() + done.held.len()) as u64);
            }
            done
        };
        let start = || Setters::new(&self.fonts);
        unwound(crew.in_order(feed, &start, &work, &mut |done| collected.add(done?)))?;
        Ok(dealer.dealt)
    }

    /// Composes a batch, then writes the letters that have as many sheets as most.
    fn batch(&self, batch: Batch, setters: &mut Setters, dir: Option<&Path>) -> io::Result<Done> {
        let mut done = Done {
            pieces: Vec::with_capacity(batch.people.len()),
            pages: 0,
            versions: BTreeMap::new(),
            states: BTreeMap::new(),
            held: Vec::new(),
            others: Vec::new(),
            stream: None,
            sheets: Vec::new(),
            file: None,
        };
        let mut letters = Vec::with_capacity(batch.people.len());
        for person in batch.people {
            match self.compose(&person, setters.of(&person)) {
                Ok(composed) => letters.push((person, composed)),
                Err(finding) => done.held.push((person, finding)),
            }
        }
        let sheets = usual(letters.iter().map(|(_, (_, laid, _))| self.sheets(laid)));
        letters.retain(|(person, (_, laid, _))| {
            let own = self.sheets(laid);
            if own != sheets {
                done.others.push((person.row, own));
            }
            own == sheets
        });
        if letters.is_empty() {
            return Ok(done);
        }
        let (foreign, language) = (batch.foreign, batch.language.clone());
        let envelope = EnvelopeClass::of(sheets, self.flat_from);
        let stream = Stream { envelope, foreign, language, sheets };
        let name = file_name(&stream, batch.number);
        let mut paper = match dir {
            Some(dir) => Some(Pending::create(&LetterFiles(dir.into()).pdf(&name))?),
            None => None,
        };
        let meta = Meta { lang: batch.language, ..self.meta.clone() };
        let mut pdf = match &mut paper {
            Some(file) => Some(Pages::new(self.backend, file, self.fonts.clone(), meta)?),
            None => None,
        };
        let mut watch = self.watch.map(|watch| watch.batch(batch.number)).transpose()?;
        for ((person, (version, mut laid, lines)), sequence) in letters.into_iter().zip(1..) {
            let piece_id = self.writer.reference(&person);
            if let Some(watch) = &mut watch {
                watch.letter(&piece_id, &person, &version, &laid)?;
            }
            let mut codes = Vec::new();
            let (first_page, pages) = match &mut pdf {
                Some(pdf) => {
                    let (piece, file) = (piece_id.as_str(), batch.number as u32);
                    let id = SheetId { piece, sheet: 1, sheets, sequence, file };
                    codes = self.mark(&mut laid, &id, setters.of(&person))?;
                    let range = pdf.add(laid, &piece_id)?;
                    (range.first_page, range.pages)
                }
                None => (0, laid.pages.len() as u32),
            };
            done.pages += u64::from(pages);
            *done.versions.entry(version.clone()).or_default() += 1;
            count_letter(&mut done.states, &version, &person.jurisdiction);
            if dir.is_some() {
                let digest = watch.as_ref().and_then(|watch| watch.digest());
                done.sheets.push(SheetRows {
                    sequence,
                    codes,
                    imb: String::new(),
                    address: person.address,
                    seed: false,
                    digest: digest.unwrap_or_default().to_owned(),
                });
            }
            done.pieces.push(Piece {
                piece_id,
                record_id: person.record_id,
                batch: name.clone(),
                first_page,
                pages,
                version: version.key.clone(),
                lines,
            });
        }
        if let Some(finished) = pdf.map(Pages::finish).transpose()? {
            done.file = Some((format!("{name}.pdf"), finished.sha256));
        }
        done.stream = Some(stream);
        if let Some(file) = paper {
            file.commit()?;
        }
        if let Some(watch) = watch {
            watch.done()?;
        }
        Ok(done)
    }

    /// Marks a letter's sheets, where the incident wants it; what their codes say.
    pub(super) fn mark(
        &self,
        laid: &mut Laid,
        id: &SheetId<'_>,
        typesetter: &mut Typesetter,
    ) -> io::Result<Vec<String>> {
        let choices = &self.writer.incident.mail.sheet_code;
        if !choices.print {
            return Ok(Vec::new());
        }
        sheet_code::mark(laid, choices, self.duplex, id, typesetter).map_err(io::Error::other)
    }

    /// Sheets of paper that a letter takes.
    pub(super) fn sheets(&self, laid: &Laid) -> u32 {
        (laid.pages.len() as u32).div_ceil(if self.duplex { 2 } else { 1 })
    }
}

impl Press<'_> {
    /// A person's letter: version, pages, and the lines that show in the window.
    pub(super) fn compose(
        &self,
        person: &Person,
        typesetter: &mut Typesetter,
    ) -> Result<(Arc<Version>, Laid, Vec<String>), Finding> {
        let (version, document) = self.writer.document(person)?;
        let frame = self.frame(person)?;
        let not_set = |error: SetError| cannot_be_set(&error);
        let (mut laid, fit) = typesetter.addressed(&frame, &document).map_err(not_set)?;
        if self.duplex && !laid.pages.len().is_multiple_of(2) {
            laid.pages.push(Page::blank());
        }
        Ok((version, laid, fit.lines))
    }

    /// One person's letter alone: as it is sealed, and with its sheets marked.
    ///
    /// # Errors
    /// It cannot be composed; the row would be held.
    pub fn one(&self, person: &Person) -> Result<(Arc<Version>, Laid, Laid), Finding> {
        let mut setters = Setters::new(&self.fonts);
        let (version, laid, _) = self.compose(person, setters.of(person))?;
        let mut marked = laid.clone();
        let (piece, sheets) = (self.writer.reference(person), self.sheets(&laid));
        let id = SheetId { piece: &piece, sheet: 1, sheets, sequence: 1, file: 1 };
        self.mark(&mut marked, &id, setters.of(person)).map_err(|error| {
            Finding::new(code!("letter.does_not_fit"), Severity::Held, error.to_string())
        })?;
        Ok((version, laid, marked))
    }

    /// Gives every batch of everybody, or of those whose sheets are `known`; a spool that cannot be
    /// read on is the run's error.
    fn deal<P>(
        &self,
        people: P,
        known: Option<&HashMap<u64, u32>>,
        dealer: &mut Dealer,
        give: &mut dyn FnMut(Batch) -> bool,
    ) -> io::Result<()>
    where
        P: Iterator<Item = io::Result<Person>>,
    {
        let mut likely = LikelySheets::new(&self.fonts);
        for person in people {
            let person = person?;
            let sheets = match known {
                None => likely.sheets(self, &person),
                Some(known) => match known.get(&person.row) {
                    Some(sheets) => *sheets,
                    None => continue,
                },
            };
            let language = self.writer.language_of(&person).to_owned();
            if let Some(batch) = dealer.deal(person, &language, sheets)
                && !give(batch)
            {
                return Ok(());
            }
        }
        while let Some(batch) = dealer.rest() {
            if !give(batch) {
                break;
            }
        }
        Ok(())
    }

    fn frame(&self, person: &Person) -> Result<Frame, Finding> {
        Ok(Frame {
            logo: self.logo.clone(),
            images: self.images.clone(),
            stamp: self.stamp.clone(),
            ..self.writer.frame(person)?
        })
    }
}

/// A letter that cannot be set, as the finding that holds its row.
pub fn cannot_be_set(error: &SetError) -> Finding {
    let message = error.to_string();
    match error {
        SetError::NoGlyph(_) => Finding::new(code!("letter.no_glyph"), Severity::Held, message)
            .remedy("write a name's Latin spelling into the roster's column `latin_name`, for mail within the United States needs Roman letters; to print other letters too, name a font that has it under `[fonts] fallback`"),
        SetError::AddressTooLong => {
            Finding::new(code!("letter.address_too_long"), Severity::Held, message)
                .remedy("shorten the address lines in the roster")
        }
        _ => Finding::new(code!("letter.does_not_fit"), Severity::Held, message)
            .remedy("shorten the sender's return address or name in incident.toml"),
    }
}
