//! One request to one incident folder: its addresses, its commands, its rail.

use crate::clock;
use crate::finding::Severity;
use crate::folder::IncidentFolder;
use crate::matter::ask::facts::{Facts, facts};
use crate::matter::ask::plan::{PlanAnswer, PlanRequest, plan};
use crate::matter::ask::status::{Status, StatusRequest, WaveStatus, status};
use crate::matter::open::Selection;
use crate::matter::refusal::Refusal;
use crate::matter::watcher::{Unwatched, Watcher};
use crate::tables::words::{count, long_date};
use crate::workbench::ask::Reply;
use crate::workbench::bench::{Bench, command};
use crate::workbench::page::{Page, Rail, Step, StepState};
use crate::workbench::works::Told;
use std::path::PathBuf;
use std::sync::Arc;
use toml::Value;

/// Rosters up to so many bytes are read for a page; what larger ones say is asked for.
const SMALL: u64 = 64 << 20;

pub struct Visit<'b> {
    pub bench: &'b Arc<Bench>,
    pub number: usize,
    pub folder: PathBuf,
    /// The wave that is looked at, where there are several.
    pub wave: Option<String>,
    pub waves: Vec<String>,
    pub facts: Option<Facts>,
}

impl<'b> Visit<'b> {
    pub fn new(bench: &'b Arc<Bench>, number: usize, folder: PathBuf) -> Self {
        bench.used(&folder);
        let facts = facts(&folder).ok();
        let ids = |facts: &Facts| -> Vec<String> {
            let waves = facts.get("wave").and_then(Value::as_array);
            let id = |wave: &Value| wave.get("id").and_then(Value::as_str).map(str::to_owned);
            waves.into_iter().flatten().filter_map(id).collect()
        };
        let waves = facts.as_ref().map(ids).unwrap_or_default();
        let chosen = bench.remembered().waves.get(&number).cloned();
        let chosen = chosen.filter(|chosen| waves.contains(chosen));
        let wave = (waves.len() > 1).then(|| chosen.or_else(|| waves.last().cloned())).flatten();
        Self { bench, number, folder, wave, waves, facts }
    }

    pub fn selection(&self) -> Selection {
        let (incident, wave) = (self.folder.clone(), self.wave.clone());
        Selection { incident, wave, ..Selection::default() }
    }

    /// The address of a page of this folder.
    pub fn at(&self, page: &str) -> String {
        match page {
            "" => format!("/{}", self.number),
            page => format!("/{}/{page}", self.number),
        }
    }

    /// The command line that does the same.
    pub fn command(&self, words: &str, options: &str) -> String {
        command(&self.selection(), words, options)
    }

    /// The folder of the wave's products.
    pub fn out(&self) -> PathBuf {
        let matter = crate::matter::open::Matter::open(&self.selection());
        matter.map_or_else(|_| IncidentFolder(&self.folder).out(), |(matter, _)| matter.out)
    }

    /// Whoever wrote their name last.
    pub fn by(&self) -> String {
        self.bench.remembered().by.clone()
    }

    pub fn is_by(&self, by: &str) {
        by.trim().clone_into(&mut self.bench.remembered().by);
    }

    /// Says on the next page what was done.
    pub fn done(&self, words: impl Into<String>) {
        self.bench.remembered().done.insert(self.number, words.into());
    }

    /// Goes on to a page of this folder.
    pub fn see(&self, page: &str) -> Result<Reply, Refusal> {
        Ok(Reply::See(self.at(page)))
    }

    /// Begins long work and shows it.
    ///
    /// # Errors
    /// Something else is at work on this folder.
    pub fn begin(
        &self,
        what: &'static str,
        step: &'static str,
        command: String,
        work: impl FnOnce(&dyn Watcher) -> Result<Told, Refusal> + Send + 'static,
    ) -> Result<Reply, Refusal> {
        self.bench.works.begin(self.number, (what, step, command), work)?;
        self.see("work")
    }

    pub fn status(&self) -> Result<Status, Refusal> {
        status(&StatusRequest { incident: self.folder.clone() }, &Unwatched)
    }

    /// The plan as of today's lateness.
    ///
    /// # Errors
    /// As [`plan`].
    pub fn plan(&self) -> Result<PlanAnswer, Refusal> {
        plan(&PlanRequest { selection: self.selection(), as_of: None }, &Unwatched)
    }

    /// The wave's rosters as incident.toml names them, without sheets.
    pub fn rosters(&self) -> Vec<PathBuf> {
        let Some(facts) = &self.facts else { return Vec::new() };
        let mut files = Vec::new();
        for at in 0..facts.count("wave") {
            let id = facts.shown(&format!("wave[{at}].id"));
            if self.wave.as_ref().is_some_and(|wave| *wave != id) {
                continue;
            }
            for name in facts.shown(&format!("wave[{at}].roster")).lines() {
                let whole = self.folder.join(name);
                let bare = name.rsplit_once('#').map_or(name, |(file, _)| file);
                files.push(if whole.exists() { whole } else { self.folder.join(bare) });
            }
        }
        files.retain(|file| file.is_file());
        files
    }

    /// Whether a page may read the roster on the way.
    pub fn is_small(&self) -> bool {
        let size = |file: &PathBuf| file.metadata().map_or(0, |about| about.len());
        self.rosters().iter().map(size).sum::<u64>() <= SMALL
    }

    /// The page, with its rail.
    pub fn told(&self, mut page: Page, here: &str, status: u16) -> Reply {
        page.rail = self.rail(here);
        page.token.clone_from(&self.bench.door.form_token);
        if let Some(done) = self.bench.remembered().done.remove(&self.number) {
            page.done = done;
        }
        Reply::Page { status, html: page.render() }
    }

    pub fn page(&self, page: Page, here: &str) -> Result<Reply, Refusal> {
        Ok(self.told(page, here, 200))
    }

    fn rail(&self, here: &str) -> Rail {
        let title = self.facts.as_ref().map(|facts| facts.shown("title")).unwrap_or_default();
        let name = self.folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut rail = Rail {
            incident: if title.is_empty() { name } else { title },
            home: self.at(""),
            ..Rail::default()
        };
        if let Some(work) = self.bench.works.running(self.number).filter(|_| here != "work") {
            rail.working = self.at("work");
            rail.work = format!("{} is at work; see how far it is", work.what);
        }
        let status = self.status().ok();
        let wave = status.as_ref().and_then(|status| self.wave_of(status));
        for (page, name, (state, says)) in self.steps(wave) {
            let here = page == here;
            rail.steps.push(Step { name, href: self.at(page), state, says, here });
        }
        self.deadline(&mut rail);
        rail
    }

    /// What is recorded of the wave that is looked at.
    pub fn wave_of<'s>(&self, status: &'s Status) -> Option<&'s WaveStatus> {
        let id = self.wave.as_ref().or(self.waves.first())?;
        status.waves.iter().find(|wave| wave.wave == *id)
    }

    fn steps(&self, wave: Option<&WaveStatus>) -> Vec<(&'static str, &'static str, Says)> {
        use StepState::*;
        let say = |state, says: &str| (state, says.to_owned());
        let wrong = self.facts.as_ref().map_or(0, |f| f.findings.at_least(Severity::Error));
        let facts = match wrong {
            0 => say(Done, "complete"),
            n => (Needs, format!("{} to fill in", count(n, "place", "places"))),
        };
        let held = wave.map_or(0, |wave| wave.outcomes.get("held").copied().unwrap_or(0));
        let roster = match (wave, wrong) {
            (None, 0) => say(Needs, "to be checked"),
            (None, _) => say(Locked, "after the facts"),
            (Some(wave), _) if held == 0 => (Done, count(wave.rows, "row", "rows")),
            (Some(_), _) => (Needs, format!("{} held", count(held, "row", "rows"))),
        };
        let seal = wave.and_then(|wave| wave.seals.last());
        let approve = match (wave, seal) {
            (None, _) => say(Locked, "after the roster"),
            (Some(_), None) => say(Open, "not approved"),
            (Some(_), Some(seal)) if !seal.changes.is_empty() => say(Needs, "changed since"),
            (Some(_), Some(seal)) => (Done, format!("seal {}", seal.seal)),
        };
        let print = match seal {
            None => say(Locked, "after approval"),
            Some(seal) if seal.posted_letters >= seal.letters && seal.letters > 0 => {
                (Done, format!("{} posted", count(seal.letters, "letter", "letters")))
            }
            Some(seal) if seal.printed_letters > 0 => say(Waits, "printed, to be posted"),
            Some(_) => say(Needs, "to be printed"),
        };
        let after = |open: &str| match wave {
            Some(_) => say(Open, open),
            None => say(Locked, "after the roster"),
        };
        vec![
            ("columns", "Columns", say(Open, "what the list holds")),
            ("facts", "Facts", facts),
            ("roster", "Roster", roster),
            ("law", "Law", say(Open, "duties and questions")),
            ("letters", "Letters", after("versions and pages")),
            ("filings", "Filings and notices", after("to regulators and media")),
            ("approve", "Approve", approve),
            ("print", "Print and post", print),
            ("email", "E-mail", after("rehearse and send")),
            ("returned", "What came back", after("letters and e-mails")),
            ("find", "Find a person", after("by record or reference")),
            ("record", "Record", say(Open, "events and proof")),
        ]
    }

    fn deadline(&self, rail: &mut Rail) {
        if !self.is_small() {
            return;
        }
        let Ok(answer) = self.plan() else { return };
        let today = clock::today();
        let late = answer.plan.overdue(today).count() as u64;
        if late > 0 {
            rail.deadline = format!("{} overdue", count(late, "duty is", "duties are"));
            return;
        }
        let open = answer
            .plan
            .duties
            .iter()
            .filter(|duty| duty.arises == crate::plan::Arises::Yes && !duty.is_done(today));
        let next =
            open.filter_map(|d| Some((d.due.filter(|due| *due >= today)?, d))).min_by_key(|x| x.0);
        if let Some((due, duty)) = next {
            rail.deadline = format!("Next deadline: {}, {}", long_date(due), duty.recipient);
        }
        let asked = answer.plan.questions.iter().filter(|q| q.blocking && q.answer.is_none());
        let asked = asked.count() as u64;
        if asked > 0 {
            rail.waits = format!("Approval waits for {}", count(asked, "answer", "answers"));
        }
    }
}

type Says = (StepState, String);
