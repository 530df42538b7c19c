//! What a run of letters is held against: the seal, or for drafts the ledger's outcomes.

use crate::crew::cores;
use crate::finding::Findings;
use crate::folder::{IncidentFolder, LetterFiles, OutFolder};
use crate::ledger::Ledger;
use crate::matter::ask::verify::VerifyRequest;
use crate::matter::ask::verify::words::{OWN, general, help_lines, languages};
use crate::matter::compose::images::Images;
use crate::matter::compose::letter_words;
use crate::matter::open::{Matter, Selection};
use crate::matter::people::intake::spool_stop;
use crate::matter::products::STAMP;
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::earlier::Seal;
use crate::matter::seal::{Sealed, ledger_stop};
use crate::matter::watcher::Watcher;
use crate::plan::Outcome;
use crate::roster::{RowSet, Spool};
use crate::typeset::{Face, Image, Laid, StructRole};
use crate::verify::{
    self, Adder, Composed, FontFile, Picture, Proof, Shown, Stamp, Task, VerifyError, prove,
};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, RwLock};

/// What one folder of letters is held against.
pub struct Of {
    pub seal: Option<verify::Seal>,
    pub digests: BTreeMap<String, String>,
    pub composed: Option<Composed>,
    pub mailed: RowSet,
    pub total: u64,
}

/// Proves one folder of letters.
pub fn one(
    request: &VerifyRequest,
    matter: &Matter,
    folder: &str,
    of: Of,
    watcher: &dyn Watcher,
) -> Result<Proof, Refusal> {
    let dir = letters_in(matter, folder)?;
    matter.keys.not_lost()?;
    let spool = Spool::open(&matter.folder, &matter.wave().id).map_err(spool_stop)?;
    spool.fits(&matter.incident).map_err(spool_stop)?;
    // What cannot be used was said when the letters were made.
    let fonts = letter_words::fonts(matter, &mut Findings::default());
    let Images { logo, figures } = &Images::load(matter, &mut Findings::default());
    let figures = figures.iter().map(|(_, image)| image);
    let task = Task {
        incident: &matter.incident,
        wave: matter.wave(),
        spool: &spool,
        letters: &dir,
        folder: &matter.folder,
        secret: matter.keys.secret(),
        mailed: of.mailed,
        languages: languages(matter)?,
        own_language: OWN,
        lines: help_lines(matter)?,
        general: general(matter),
        stamp: if request.draft { Stamp::Present(STAMP) } else { Stamp::Absent(STAMP) },
        least_points: matter.pack.least_points(*matter.wave().mail_on),
        seal: of.seal,
        digests: of.digests,
        composed: of.composed,
        fonts: fonts.faces.iter().map(font).collect(),
        pictures: logo.iter().chain(figures).map(picture).collect(),
        boilerplate: std::fs::read_to_string(IncidentFolder(&matter.folder).incident())
            .doing(|| "read `incident.toml`".into())?,
        jobs: jobs(request),
    };
    watcher.begin("letters", of.total);
    let proof = prove(&task, &|n| watcher.advance(n)).map_err(|error| match error {
        VerifyError::Spool(error) => spool_stop(error),
        VerifyError::Io(error) => Refusal::Io { what: "read the letters".into(), error },
    });
    watcher.end();
    proof
}

fn font(face: &Face) -> FontFile<'_> {
    FontFile { name: face.postscript_name.clone(), data: &face.data, index: face.index }
}

fn picture(image: &Arc<Image>) -> Picture<'_> {
    let Image { width, height, rgb, alpha } = &**image;
    Picture { width: *width, height: *height, rgb, alpha: alpha.as_deref() }
}

/// Collects what letters show while they are composed anew.
#[derive(Default)]
pub struct Collector {
    alts: RwLock<BTreeSet<String>>,
}

impl Collector {
    /// What a letter shows: its words, and where its links lead.
    pub fn sum(&self, adder: &mut Adder, text: &str, laid: &Laid) -> Option<Shown> {
        let mut links = Vec::new();
        for node in &laid.tree {
            if let Some(alt) = &node.alt {
                self.remember(alt);
            }
            if let (StructRole::Link, Some(url)) = (node.role, &node.url) {
                links.push((&**url, &**node.alt.as_ref().unwrap_or(url)));
            }
        }
        let shared = |page: usize| laid.pages.get(page).is_some_and(|page| !page.is_personal());
        adder.sealed(text, &links, &shared)
    }

    /// Texts for those who cannot see are those of the templates: a few, and soon all known.
    fn remember(&self, alt: &str) {
        let known = self.alts.read().is_ok_and(|alts| alts.contains(alt));
        if !known && let Ok(mut alts) = self.alts.write() {
            alts.insert(alt.to_owned());
        }
    }

    pub fn with(self, shown: Vec<Shown>) -> Composed {
        Composed::new(shown, self.alts.into_inner().unwrap_or_default())
    }
}

/// Where a run of letters lies.
///
/// # Errors
/// There is none.
pub fn letters_in(matter: &Matter, folder: &str) -> Result<PathBuf, Refusal> {
    let LetterFiles(dir) = OutFolder(&matter.out).letters(folder);
    match LetterFiles(dir.clone()).manifest().is_file() {
        true => Ok(dir),
        false => Err(Refusal::one(
            code!("verify.no_letters"),
            format!("there are no letters in `{}`", dir.display()),
            "make them first: `noticeworks run` makes drafts, `noticeworks letters` finals",
        )),
    }
}

pub fn jobs(request: &VerifyRequest) -> usize {
    request.jobs.unwrap_or_else(cores)
}

/// What was approved is what the letters must agree with, whatever was edited since. A sealed copy
/// that was touched is a fault and is still read.
pub fn sealed_matter(
    request: &VerifyRequest,
    live: &Matter,
    seal: &Seal,
    broken: &mut Vec<String>,
) -> Result<(Matter, Option<Sealed>), Refusal> {
    let opened = Sealed::open(live, seal.record.clone());
    match opened.and_then(|sealed| Ok((sealed.matter(live)?, Some(sealed)))) {
        Err(Refusal::Refused(findings)) => {
            broken.extend(findings.iter().map(|finding| finding.message.clone()));
            let law = seal.files.law();
            let selection = Selection {
                incident: seal.files.inputs(),
                out: None,
                wave: Some(seal.record.wave.clone()),
                law: law.is_dir().then_some(law).or_else(|| request.selection.law.clone()),
            };
            Ok((Matter::open_sealed(&selection, live)?, None))
        }
        other => other,
    }
}

/// The rows that are to get a letter, and how many.
pub fn mailed(ledger: Option<&Ledger>, wave: &str) -> Result<(RowSet, u64), Refusal> {
    let (mut rows, mut many) = (RowSet::default(), 0);
    let mut add = |row, outcome: &str| {
        if Outcome::ALL.iter().any(|o| o.mails() && o.label() == outcome) {
            rows.insert(row);
            many += 1;
        }
    };
    if let Some(ledger) = ledger {
        ledger.each_outcome(wave, &mut add).map_err(ledger_stop)?;
    }
    Ok((rows, many))
}
