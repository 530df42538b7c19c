//! Everybody's letter, composed from their own row and written into batches.
//!
//! One reader deals people into batches, one worker per core composes and writes whole batches,
//! and the manifest is written in batch order: the files do not depend on how many workers there
//! are or which is first. Memory holds a few batches, never the roster.

use super::batch::{Batch, Dealer};
use super::format::is_large_print;
use super::manifest::{Manifest, Piece};
use super::pages::{Pages, PdfBackend};
use super::version::Version;
use super::watch::Watch;
use super::writer::Writer;
use crate::crew::{Crew, unwound};
use crate::files::Pending;
use crate::finding::{Finding, Severity};
use crate::folder::LetterFiles;
use crate::pdf::Meta;
use crate::roster::Person;
use crate::typeset::{FontSet, Frame, Image, Laid, Page, SetError, Style, Typesetter};
use std::collections::BTreeMap;
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
    pub jobs: usize,
    /// Sees every letter as it is composed.
    pub watch: Option<&'a dyn Watch>,
}

/// Letters by version and by the jurisdiction of the people written to.
pub type VersionStates = BTreeMap<Arc<Version>, BTreeMap<String, u64>>;

/// Counts one letter.
pub fn count_letter(states: &mut VersionStates, version: &Arc<Version>, jurisdiction: &str) {
    if !states.contains_key(version) {
        states.insert(version.clone(), BTreeMap::new());
    }
    let Some(of) = states.get_mut(version) else { return };
    match of.get_mut(jurisdiction) {
        Some(n) => *n += 1,
        None => {
            of.insert(jurisdiction.to_owned(), 1);
        }
    }
}

/// What was printed.
#[derive(Default)]
pub struct Printed {
    pub letters: u64,
    pub pages: u64,
    pub batches: u64,
    /// Letters by version.
    pub versions: BTreeMap<Arc<Version>, u64>,
    /// The same letters by version and jurisdiction (USPS code; empty for foreign or unknown).
    pub states: VersionStates,
    /// People whose letter could not be composed, with the reason.
    pub held: Vec<(Person, Finding)>,
}

/// A worker's typesetters: what one remembers has its own sizes.
struct Setters {
    ordinary: Typesetter,
    large: Typesetter,
}

impl Setters {
    fn new(fonts: &Arc<FontSet>) -> Self {
        Self {
            ordinary: Typesetter::new(fonts.clone(), Style::default()),
            large: Typesetter::new(fonts.clone(), Style::large_print()),
        }
    }

    fn of(&mut self, person: &Person) -> &mut Typesetter {
        if is_large_print(person) { &mut self.large } else { &mut self.ordinary }
    }
}

/// One finished batch.
struct Done {
    pieces: Vec<Piece>,
    pages: u64,
    versions: BTreeMap<Arc<Version>, u64>,
    states: VersionStates,
    held: Vec<(Person, Finding)>,
}

impl Press<'_> {
    /// Prints people in spool order into `dir`: `batch-0001.pdf` ... and `manifest.csv`; without a
    /// folder, composes only. `progress` is told how many letters were just finished.
    ///
    /// # Errors
    /// Any I/O error of the spool or the files. A letter that cannot be composed is no error:
    /// its row is in [`Printed::held`].
    pub fn print<P>(
        &self,
        people: P,
        dir: Option<&Path>,
        progress: &(dyn Fn(u64) + Sync),
    ) -> io::Result<Printed>
    where
        P: Iterator<Item = io::Result<Person>> + Send,
    {
        let crew = Crew { workers: self.jobs, ahead: self.jobs.max(1) };
        let mut collected = Collected::new(dir)?;
        let feed = |give: &mut dyn FnMut(Batch) -> bool| self.deal(people, give);
        let work = |setters: &mut Setters, batch: Batch| {
            let letters = batch.people.len() as u64;
            let done = self.batch(batch, setters, dir);
            setters.ordinary.clear_personal();
            setters.large.clear_personal();
            if done.is_ok() {
                progress(letters);
            }
            done
        };
        let start = || Setters::new(&self.fonts);
        unwound(crew.in_order(feed, &start, &work, &mut |done| collected.add(done?)))?;
        collected.finish()
    }

    fn batch(&self, batch: Batch, setters: &mut Setters, dir: Option<&Path>) -> io::Result<Done> {
        let name = format!("batch-{:04}", batch.number);
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
        let mut done = Done {
            pieces: Vec::with_capacity(batch.people.len()),
            pages: 0,
            versions: BTreeMap::new(),
            states: BTreeMap::new(),
            held: Vec::new(),
        };
        for person in batch.people {
            let composed = self.compose(&person, setters.of(&person));
            let (version, laid, lines) = match composed {
                Ok(composed) => composed,
                Err(finding) => {
                    done.held.push((person, finding));
                    continue;
                }
            };
            let piece_id = self.writer.reference(&person);
            if let Some(watch) = &mut watch {
                watch.letter(&piece_id, &person, &version, &laid)?;
            }
            let (first_page, pages) = match &mut pdf {
                Some(pdf) => {
                    let range = pdf.add(laid, &piece_id)?;
                    (range.first_page, range.pages)
                }
                None => (0, laid.pages.len() as u32),
            };
            done.pages += u64::from(pages);
            *done.versions.entry(version.clone()).or_default() += 1;
            count_letter(&mut done.states, &version, &person.jurisdiction);
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
        if done.pieces.is_empty() {
            return Ok(done);
        }
        pdf.map(Pages::finish).transpose()?;
        if let Some(file) = paper {
            file.commit()?;
        }
        if let Some(watch) = watch {
            watch.done()?;
        }
        Ok(done)
    }
}

impl Press<'_> {
    /// A person's letter: version, pages, and the lines that show in the window.
    fn compose(
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

    /// One person's letter alone.
    ///
    /// # Errors
    /// It cannot be composed; the row would be held.
    pub fn one(&self, person: &Person) -> Result<(Arc<Version>, Laid), Finding> {
        let mut setters = Setters::new(&self.fonts);
        let (version, laid, _) = self.compose(person, setters.of(person))?;
        Ok((version, laid))
    }

    /// Gives every batch; a spool that cannot be read on is the run's error.
    fn deal<P>(&self, people: P, give: &mut dyn FnMut(Batch) -> bool) -> io::Result<()>
    where
        P: Iterator<Item = io::Result<Person>>,
    {
        let mut dealer = Dealer::default();
        for person in people {
            let person = person?;
            let language = self.writer.language_of(&person).to_owned();
            if let Some(batch) = dealer.deal(person, &language)
                && !give(batch)
            {
                return Ok(());
            }
        }
        for batch in dealer.rest() {
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

/// Finished batches in their order, and the manifest.
struct Collected {
    printed: Printed,
    manifest: Option<Manifest<Pending>>,
}

impl Collected {
    fn new(dir: Option<&Path>) -> io::Result<Self> {
        let manifest = match dir {
            Some(dir) => {
                Some(Manifest::create(Pending::create(&LetterFiles(dir.into()).manifest())?)?)
            }
            None => None,
        };
        Ok(Self { printed: Printed::default(), manifest })
    }

    fn add(&mut self, batch: Done) -> io::Result<()> {
        let printed = &mut self.printed;
        printed.letters += batch.pieces.len() as u64;
        printed.pages += batch.pages;
        printed.batches += u64::from(!batch.pieces.is_empty());
        for (version, n) in batch.versions {
            *printed.versions.entry(version).or_default() += n;
        }
        for (version, states) in batch.states {
            let of = printed.states.entry(version).or_default();
            states.into_iter().for_each(|(state, n)| *of.entry(state).or_default() += n);
        }
        if let Some(manifest) = &mut self.manifest {
            batch.pieces.iter().try_for_each(|piece| manifest.add(piece))?;
        }
        printed.held.extend(batch.held);
        Ok(())
    }

    fn finish(self) -> io::Result<Printed> {
        if let Some(manifest) = self.manifest {
            manifest.finish()?.commit()?;
        }
        Ok(self.printed)
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
