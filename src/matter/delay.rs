//! What must wait: where law enforcement asked to wait (45 CFR 164.412), and before the mail date.
//! The days are the clock's, never those of `--as-of`.

use crate::clock;
use crate::finding::{Finding, Findings, Place, Severity};
use crate::law::JurisdictionKind;
use crate::ledger::Ledger;
use crate::matter::open::Matter;
use crate::matter::refusal::Refusal;
use crate::matter::seal::ledger_stop;
use crate::plan::Cube;
use crate::tables::words::count;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// A hold that stands on a day.
#[derive(Clone)]
pub struct Delay {
    /// The law that it postpones.
    pub law: String,
    /// Its last day.
    pub until: Date,
    /// A federal law, which protects everybody.
    federal: bool,
}

impl Delay {
    /// Whether its law protects people of this state.
    fn protects(&self, state: &str) -> bool {
        self.federal || self.law == state
    }

    /// What it is, as a finding.
    pub fn finding(&self, severity: Severity) -> Finding {
        let message = format!(
            "a law-enforcement hold for `{}` stands until {}: nothing may be sent or posted",
            self.law, self.until
        );
        let remedy = format!(
            "wait until {}; if the officials ended the hold, write `ended_on` and `ended_by`",
            after(self.until)
        );
        Finding::new(code!("hold.standing"), severity, message)
            .at(Place::file("incident.toml"))
            .remedy(remedy)
    }

    /// That something happened in spite of it.
    pub fn broken(&self, what: &str, on: Date) -> Findings {
        let message = format!(
            "{what} on {on}, though a law-enforcement hold for `{}` stood until {}",
            self.law, self.until
        );
        let mut findings = Findings::default();
        findings.push(
            Finding::new(code!("hold.broken"), Severity::Warning, message)
                .remedy("it is recorded; tell counsel, and the officials who asked to wait"),
        );
        findings
    }
}

/// The holds that stand on a day.
pub fn delays(matter: &Matter, day: Date) -> Vec<Delay> {
    let mut delays = Vec::new();
    for hold in matter.incident.holds.iter().filter(|hold| hold.stands(day)) {
        delays.extend(hold.jurisdictions.iter().map(|law| Delay {
            law: law.clone(),
            until: hold.last_day(),
            federal:
                matter.pack.get(law).is_some_and(|known| known.kind == JurisdictionKind::Federal),
        }));
    }
    delays
}

/// The one that ends last of those that protect people of these states.
pub fn longest(delays: Vec<Delay>, states: &BTreeSet<String>) -> Option<Delay> {
    let protecting = delays.into_iter().filter(|d| states.iter().any(|state| d.protects(state)));
    protecting.max_by_key(|delay| delay.until)
}

/// The hold that stands today over the law of anybody in a wave.
pub fn held_today(matter: &Matter, cube: &Cube) -> Findings {
    let states = cube.cells.keys().map(|cell| cell.jurisdiction.clone()).collect();
    let mut findings = Findings::default();
    if let Some(delay) = longest(delays(matter, clock::today()), &states) {
        findings.push(delay.finding(Severity::Warning));
    }
    findings
}

/// Letters that were posted before a hold was stated: no hold calls them back, and the officials
/// should know of them.
///
/// # Errors
/// The ledger cannot be read.
pub fn posted_before(matter: &Matter, findings: &mut Findings) -> Result<(), Refusal> {
    if matter.incident.holds.is_empty() {
        return Ok(());
    }
    let Some(ledger) = Ledger::look(&matter.folder).map_err(ledger_stop)? else { return Ok(()) };
    let posted = ledger.posted(Date::MAX).map_err(ledger_stop)?;
    for hold in &matter.incident.holds {
        let stated = *hold.stated_on;
        for law in &hold.jurisdictions {
            let federal = matter.pack.get(law).is_some_and(|l| l.kind == JurisdictionKind::Federal);
            let before = posted
                .iter()
                .filter(|(of, on)| *on < stated && (federal || of.jurisdiction == *law));
            let letters: u64 = before.clone().map(|(of, _)| of.pieces).sum();
            let Some(last) = before.map(|(_, on)| *on).max() else { continue };
            let message = format!(
                "{} had been posted, the last on {last}, before law enforcement asked on {stated} to wait for `{law}`",
                count(letters, "letter", "letters")
            );
            findings.push(
                Finding::new(code!("hold.after_posting"), Severity::Note, message)
                    .at(Place::file("incident.toml"))
                    .remedy(
                        "tell the officials who asked; what has not left waits, and its dates move",
                    ),
            );
        }
    }
    Ok(())
}

/// Whether one of the holds is of a law that protects everybody.
pub fn of_everybody(delays: &[Delay]) -> bool {
    delays.iter().any(|delay| delay.federal)
}

/// The hold on a filing under a law: that of another law says nothing of it.
pub fn of_law(delays: Vec<Delay>, law: &str) -> Option<Delay> {
    delays.into_iter().filter(|delay| delay.law == law).max_by_key(|delay| delay.until)
}

/// The first day on which letters to people of these states may be posted, if it is yet to come.
pub fn not_before(matter: &Matter, today: Date, states: &BTreeSet<String>) -> Option<Date> {
    let held = longest(delays(matter, today), states).map(|delay| after(delay.until));
    let mail_on = *matter.wave().mail_on;
    held.max((mail_on > today).then_some(mail_on))
}

fn after(day: Date) -> Date {
    day.tomorrow().unwrap_or(Date::MAX)
}
