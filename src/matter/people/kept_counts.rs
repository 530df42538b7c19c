//! What was counted last, kept beside the spool: figures, which letters there are, and which lists
//! were written. While roster, letters' words and law stay as they were, filings are made of it,
//! and eight million people are not read again because counsel answered a question.
//!
//! It holds figures, row numbers and digests; no personal value.

use crate::approve::{Inputs, segments, sha256};
use crate::files;
use crate::finding::Code;
use crate::folder::{IncidentFolder, OutFolder};
use crate::incident::INCIDENT_FILE;
use crate::letters::{Version, VersionStates};
use crate::matter::open::Matter;
use crate::matter::people::channel::came_back;
use crate::matter::people::intake::Intake;
use crate::matter::people::since::Since;
use crate::matter::products::PROGRAM;
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::{rosters_digest, shipped};
use crate::plan::Share;
use crate::plan::{Cell, Cube, Outcome};
use crate::roster::Spool;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// Tables of the incident that say something to regulators and decide no letter and no count.
const SAID_ONLY: [&str; 2] = ["filing", "hhs_report"];

/// Everything that filings and notices take from the people.
#[derive(Deserialize, Serialize)]
pub struct KeptCounts {
    /// SHA-256, hex, over all that it follows from.
    key: String,
    cells: Vec<(Cell, u64)>,
    rows: BTreeMap<String, u64>,
    unplaced: u64,
    #[serde(default)]
    shared: Vec<(String, Vec<Share>, u64)>,
    states: Vec<(Version, BTreeMap<String, u64>)>,
    /// Rows whose letter could not be composed or set.
    unfit: Vec<u64>,
    /// Held rows by the code that holds them.
    held: BTreeMap<String, u64>,
    /// Whether anything was found in the roster that must be repaired.
    pub warned: bool,
    /// The lists of people below `out/notices`, and the day they bear.
    lists: BTreeMap<String, String>,
    listed: Option<Date>,
}

impl KeptCounts {
    /// What was counted last, if everything that it follows from is still the same. Waves after
    /// the first are always counted anew: they turn on what became of the earlier ones.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn look(matter: &Matter, ground: &MadeFrom) -> Result<Option<Self>, Refusal> {
        let Ok(text) = std::fs::read(path(matter)) else { return Ok(None) };
        let Ok(counted) = serde_json::from_slice::<Self>(&text) else { return Ok(None) };
        Ok(ground.key(matter)?.filter(|key| *key == counted.key).map(|_| counted))
    }

    /// Keeps what was counted just now.
    ///
    /// # Errors
    /// A file that cannot be read or written.
    pub fn keep(
        matter: &Matter,
        ground: &MadeFrom,
        intake: &Intake,
        states: &VersionStates,
        lists: &BTreeMap<String, String>,
        as_of: Date,
        warned: bool,
    ) -> Result<(), Refusal> {
        let Some(key) = ground.key(matter)? else { return Ok(()) };
        let cube = &intake.cube;
        let counted = Self {
            key,
            cells: cube.cells.iter().map(|(cell, n)| (cell.clone(), *n)).collect(),
            rows: cube.rows.iter().map(|(o, n)| (o.label().to_owned(), *n)).collect(),
            unplaced: cube.unplaced,
            shared: cube.shared.iter().map(|((s, of), n)| (s.clone(), of.clone(), *n)).collect(),
            states: states.iter().map(|(v, of)| (Version::clone(v), of.clone())).collect(),
            unfit: intake.unfit.keys().copied().collect(),
            held: intake.held.iter().map(|(code, n)| ((*code).to_owned(), *n)).collect(),
            warned,
            lists: lists.clone(),
            listed: Some(as_of),
        };
        counted.write(matter)
    }

    /// The figures.
    pub fn cube(&self) -> Cube {
        let rows = Outcome::ALL.into_iter().filter_map(|o| Some((o, *self.rows.get(o.label())?)));
        Cube {
            cells: self.cells.iter().cloned().collect(),
            rows: rows.collect(),
            unplaced: self.unplaced,
            shared: self.shared.iter().map(|(s, of, n)| ((s.clone(), of.clone()), *n)).collect(),
            estimated: false,
        }
    }

    /// Keeps the lists as they were written just now.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn keep_lists(
        mut self,
        matter: &Matter,
        lists: BTreeMap<String, String>,
        as_of: Date,
    ) -> Result<(), Refusal> {
        if self.lists == lists && self.listed == Some(as_of) {
            return Ok(());
        }
        (self.lists, self.listed) = (lists, Some(as_of));
        self.write(matter)
    }

    fn write(&self, matter: &Matter) -> Result<(), Refusal> {
        let doing = || "keep what was counted".to_owned();
        let text = serde_json::to_vec(self).map_err(io::Error::from).doing(doing)?;
        files::write(&path(matter), &text).doing(doing)
    }

    /// Letters by version and jurisdiction.
    pub fn states(&self) -> VersionStates {
        self.states.iter().map(|(v, of)| (Arc::new(v.clone()), of.clone())).collect()
    }

    /// Rows that are held because of their letter.
    pub fn unfit(&self) -> impl Iterator<Item = u64> {
        self.unfit.iter().copied()
    }

    /// Held rows by code.
    pub fn held(&self) -> BTreeMap<&'static str, u64> {
        let known = |(code, n): (&String, &u64)| Some((Code::named(code)?.as_str(), *n));
        self.held.iter().filter_map(known).collect()
    }

    /// A list of people as it was written last.
    pub fn list(&self, name: &str) -> Option<&str> {
        self.lists.get(name).map(String::as_str)
    }

    /// Whether a list bears this day: a workbook says when it was made.
    pub fn is_of(&self, name: &str, as_of: Date) -> bool {
        self.listed == Some(as_of) || !name.contains(".xlsx")
    }
}

fn path(matter: &Matter) -> PathBuf {
    IncidentFolder(&matter.folder).spool(&matter.wave().id).counts()
}

/// What letters and counts follow from besides the people, as it was before they were read: what
/// somebody edits meanwhile must not pass for it.
pub struct MadeFrom(String);

impl MadeFrom {
    /// # Errors
    /// A file that cannot be read.
    pub fn read(matter: &Matter) -> Result<Self, Refusal> {
        let doing = || "read what the letters are made from".to_owned();
        let wave = matter.wave();
        let inputs = Inputs::collect(&matter.folder, &matter.incident, wave).doing(doing)?;
        let text =
            std::fs::read_to_string(IncidentFolder(&matter.folder).incident()).doing(doing)?;
        let mut parts = vec![
            PROGRAM.to_owned(),
            shipped(),
            matter.pack.digest().to_owned(),
            wave.id.clone(),
            wave.mail_on.to_string(),
        ];
        parts.extend(came_back(matter)?);
        parts.extend(Since::load(matter)?.parts());
        let other = inputs.inputs.iter().filter(|input| !input.name.starts_with(INCIDENT_FILE));
        parts.extend(other.map(|input| format!("{} {}", input.name, input.sha256)));
        let own = segments(&text).into_iter().filter(|part| decides(part));
        parts.extend(own.map(|part| part.trim().to_owned()));
        Ok(Self(sha256(parts.join("\n").as_bytes())))
    }

    /// The same with the people; none where counts cannot be kept.
    fn key(&self, matter: &Matter) -> Result<Option<String>, Refusal> {
        let (wave, incident) = (matter.wave(), &matter.incident);
        if incident.waves.iter().any(|other| other.id != wave.id && other.mail_on <= wave.mail_on) {
            return Ok(None);
        }
        // Outcomes and findings of these people must be where they belong.
        let beside = [IncidentFolder(&matter.folder).ledger(), OutFolder(&matter.out).findings()];
        if !beside.iter().all(|file| file.exists()) {
            return Ok(None);
        }
        let Ok(spool) = Spool::open(&matter.folder, &wave.id) else { return Ok(None) };
        let info = spool.info();
        let roster = rosters_digest(&matter.folder, wave)?;
        if roster.as_ref() != Some(&info.roster_digest) || spool.fits(incident).is_err() {
            return Ok(None);
        }
        let size = std::fs::metadata(&info.path).map_or(0, |about| about.len());
        let parts = [&self.0, &info.digest, &info.roster_digest, &info.as_of.to_string()];
        let parts = parts.map(String::as_str).join("\n");
        Ok(Some(sha256(format!("{parts}\n{size}").as_bytes())))
    }
}

/// Whether a part of incident.toml may decide a letter or a count.
pub fn decides(part: &str) -> bool {
    let Ok(table) = part.parse::<toml::Table>() else { return true };
    let asked = |value: &toml::Value| {
        let question = value.as_array()?.first()?.get("question")?.as_str()?;
        Some(question.starts_with("filing."))
    };
    let said = |(key, value): (&String, &toml::Value)| {
        SAID_ONLY.contains(&key.as_str()) || (key == "decision" && asked(value).unwrap_or(false))
    };
    !table.iter().all(said)
}
