//! Sample letters for regulators and covered entities: one of each version that went to a state,
//! with a made-up addressee.

use crate::files::{Pending, Scratch};
use crate::finding::{Finding, Findings};
use crate::folder::OutFolder;
use crate::letters::{Version, VersionStates, Writer, cannot_be_set};
use crate::matter::open::Matter;
use crate::matter::products::{PROGRAM, STAMP};
use crate::matter::refusal::{Doing, Refusal};
use crate::pdf::{BatchWriter, Meta};
use crate::typeset::{FontSet, Frame, Laid, Style, Typesetter};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// Writes exhibits; every letter is set once, and equal sets of versions are one file on disk.
pub struct Exhibits<'a> {
    matter: &'a Matter,
    writer: &'a Writer<'a>,
    states: &'a VersionStates,
    as_of: Date,
    typesetter: Typesetter,
    set: BTreeMap<Arc<Version>, Laid>,
    /// The files that were made, by number. They lie in a folder of their own: a product's folder
    /// is renamed when it is complete, and a path into it would lead nowhere.
    made: BTreeMap<Vec<Arc<Version>>, usize>,
    store: Option<Scratch>,
}

impl<'a> Exhibits<'a> {
    pub fn new(
        matter: &'a Matter,
        writer: &'a Writer<'a>,
        states: &'a VersionStates,
        fonts: &Arc<FontSet>,
        as_of: Date,
    ) -> Self {
        let typesetter = Typesetter::new(fonts.clone(), Style::default());
        let (set, made) = (BTreeMap::new(), BTreeMap::new());
        Self { matter, writer, states, as_of, typesetter, set, made, store: None }
    }

    /// The versions of letters for these entities' people, of one jurisdiction only if it is named.
    fn versions(&self, entities: &[String], jurisdiction: Option<&str>) -> Vec<Arc<Version>> {
        let of_entity =
            |version: &Version| entities.contains(&self.matter.incident[version.facets.entity].id);
        self.states
            .iter()
            .filter(|(version, _)| of_entity(version))
            .filter(|(_, states)| jurisdiction.is_none_or(|code| states.contains_key(code)))
            .map(|(version, _)| version.clone())
            .collect()
    }

    /// Writes one file; false where no letter went there.
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
        if versions.is_empty() {
            return Ok(false);
        }
        let doing = || format!("write `{}`", path.display());
        let number = match self.made.get(&versions) {
            Some(number) => *number,
            None => self.make(versions)?,
        };
        if let Some(store) = &self.store {
            store.link(&name(number), path).doing(doing)?;
        }
        Ok(true)
    }

    /// Makes the file of these versions; its number.
    fn make(&mut self, versions: Vec<Arc<Version>>) -> Result<usize, Refusal> {
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
        pdf.finish().doing(doing)?;
        file.commit().doing(doing)?;
        self.made.insert(versions, number);
        Ok(number)
    }

    fn letter(&mut self, version: &Version) -> Result<Laid, Finding> {
        let person = self.writer.sample_person(version);
        let (_, document) = self.writer.document(&person)?;
        let frame = Frame { stamp: STAMP.into(), ..self.writer.frame(&person)? };
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
