//! Sample letters for regulators and covered entities: one of each version that went to a state,
//! with a made-up addressee.

use crate::document::Document;
use crate::files::{Pending, Scratch};
use crate::filings::{Filing, NotShown, Samples};
use crate::finding::{Finding, Findings};
use crate::folder::OutFolder;
use crate::letters::{Differing, Sampled, choose, differing};
use crate::letters::{Version, VersionStates, Writer, cannot_be_set};
use crate::matter::open::Matter;
use crate::matter::products::{PROGRAM, STAMP, book_state};
use crate::matter::refusal::{Doing, Refusal};
use crate::pdf::{BatchWriter, Meta};
use crate::review::State;
use crate::typeset::{FontSet, Frame, Laid, Running, Style, Typesetter};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// No regulator reads more samples of one letter.
const MOST: usize = 5;

/// Writes exhibits; every letter is set once, and equal sets of versions are one file on disk.
pub struct Exhibits<'a> {
    matter: &'a Matter,
    writer: &'a Writer<'a>,
    states: &'a VersionStates,
    as_of: Date,
    /// Empty once the letters are approved as the folder has them.
    stamp: &'static str,
    typesetter: Typesetter,
    set: BTreeMap<Arc<Version>, Laid>,
    /// The files that were made, by number. They lie in a folder of their own: a product's folder
    /// is renamed when it is complete, and a path into it would lead nowhere.
    made: BTreeMap<(Vec<Arc<Version>>, Vec<NotShown>), usize>,
    store: Option<Scratch>,
}

impl<'a> Exhibits<'a> {
    /// # Errors
    /// What tells whether the letters are approved cannot be read.
    pub fn new(
        matter: &'a Matter,
        writer: &'a Writer<'a>,
        states: &'a VersionStates,
        fonts: &Arc<FontSet>,
        as_of: Date,
    ) -> Result<Self, Refusal> {
        let typesetter = Typesetter::new(fonts.clone(), Style::default());
        let (set, made) = (BTreeMap::new(), BTreeMap::new());
        let stamp = match book_state::state(matter)? {
            State::Approved(_) => "",
            State::Draft | State::Waiting(_) | State::Differs(_) => STAMP,
        };
        Ok(Self { matter, writer, states, as_of, stamp, typesetter, set, made, store: None })
    }

    /// The versions of letters for these entities' people, of one jurisdiction only if it is named.
    fn versions(&self, entities: &[String], jurisdiction: Option<&str>) -> Sampled {
        let of_entity =
            |version: &Version| entities.contains(&self.matter.incident[version.facets.entity].id);
        self.states
            .iter()
            .filter(|(version, _)| of_entity(version))
            .filter(|(_, states)| jurisdiction.is_none_or(|code| states.contains_key(code)))
            .map(|(version, states)| {
                let people = match jurisdiction {
                    Some(code) => states.get(code).copied().unwrap_or(0),
                    None => states.values().sum(),
                };
                (version.clone(), people)
            })
            .collect()
    }

    /// Writes the samples that a regulator is sent; false where no letter went to its people.
    ///
    /// # Errors
    /// A letter that cannot be composed or set; I/O.
    pub fn write_for(&mut self, filing: &Filing, path: &Path) -> Result<bool, Refusal> {
        let duty = &filing.duty;
        let code = (!duty.jurisdiction.starts_with("US-")).then_some(duty.jurisdiction.as_str());
        let versions = self.versions(&duty.entities, code);
        let most = match filing.form.samples {
            Samples::Several => Some(MOST),
            Samples::One => Some(1),
            Samples::All => None,
        };
        let (shown, rest) = choose(&versions, most);
        let told = if filing.form.samples == Samples::Several { &rest } else { &Sampled::new() };
        let not_shown: Vec<NotShown> = differing(&shown, told)
            .into_iter()
            .map(|Differing { differs, letters, people }| NotShown { differs, letters, people })
            .collect();
        let list = filing.sample_list(&not_shown);
        self.put(shown, not_shown, list.as_ref(), path)
    }

    /// Writes every version for these entities' people; false where no letter went there.
    ///
    /// # Errors
    /// A letter that cannot be composed or set; I/O.
    pub fn write(
        &mut self,
        entities: &[String],
        jurisdiction: Option<&str>,
        path: &Path,
    ) -> Result<bool, Refusal> {
        let versions = self.versions(entities, jurisdiction);
        let versions = versions.into_iter().map(|(version, _)| version).collect();
        self.put(versions, Vec::new(), None, path)
    }

    /// One file of these versions, with the page of those that are not shown.
    fn put(
        &mut self,
        versions: Vec<Arc<Version>>,
        not_shown: Vec<NotShown>,
        list: Option<&Document>,
        path: &Path,
    ) -> Result<bool, Refusal> {
        if versions.is_empty() {
            return Ok(false);
        }
        let doing = || format!("write `{}`", path.display());
        let key = (versions, not_shown);
        let number = match self.made.get(&key) {
            Some(number) => *number,
            None => self.make(key, list)?,
        };
        if let Some(store) = &self.store {
            store.link(&name(number), path).doing(doing)?;
        }
        Ok(true)
    }

    /// Makes the file of these versions; its number.
    fn make(
        &mut self,
        (versions, not_shown): (Vec<Arc<Version>>, Vec<NotShown>),
        list: Option<&Document>,
    ) -> Result<usize, Refusal> {
        let doing = || "make the sample letters".to_owned();
        let number = self.made.len();
        for version in &versions {
            if !self.set.contains_key(version) {
                let laid = self.letter(version).map_err(stop)?;
                self.set.insert(version.clone(), laid);
            }
        }
        let store = match self.store.take() {
            Some(store) => store,
            None => Scratch::create(&OutFolder(&self.matter.out).exhibits()).doing(doing)?,
        };
        let store = self.store.insert(store);
        let mut file = Pending::create(&store.file(&name(number))).doing(doing)?;
        let meta = Meta {
            title: self.matter.incident.title.clone(),
            subject: String::new(),
            author: self.matter.incident.sender.name.clone(),
            creator: PROGRAM.into(),
            lang: versions[0].facets.language.clone(),
            date: self.as_of,
            keywords: String::new(),
        };
        let fonts = self.typesetter.fonts().clone();
        let mut pdf = BatchWriter::new(&mut file, fonts, meta).doing(doing)?;
        for version in &versions {
            pdf.add(&self.set[version], &version.label).doing(doing)?;
        }
        if let Some(list) = list {
            let running = Running {
                head: String::new(),
                foot: "{page} / {pages}".into(),
                stamp: self.stamp.into(),
            };
            let laid =
                self.typesetter.report(&running, list).map_err(|e| stop(cannot_be_set(&e)))?;
            pdf.add(&laid, &list.title).doing(doing)?;
        }
        pdf.finish().doing(doing)?;
        file.commit().doing(doing)?;
        self.made.insert((versions, not_shown), number);
        Ok(number)
    }

    fn letter(&mut self, version: &Version) -> Result<Laid, Finding> {
        let person = self.writer.sample_person(version);
        let (_, document) = self.writer.document(&person)?;
        let frame = Frame { stamp: self.stamp.into(), ..self.writer.frame(&person)? };
        self.typesetter.letter(&frame, &document).map_err(|e| cannot_be_set(&e))
    }
}

fn name(number: usize) -> String {
    format!("{number}.pdf")
}

/// One finding stops the command.
pub fn stop(finding: Finding) -> Refusal {
    let mut findings = Findings::default();
    findings.push(finding);
    Refusal::Configuration(findings)
}
