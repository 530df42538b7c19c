//! `filings`: filings and notices only; the same as in `run`.

use crate::files;
use crate::filings::{Filing, Slot};
use crate::finding::{Finding, Findings, Severity};
use crate::folder::OutFolder;
use crate::law::Clock;
use crate::letters::{VersionStates, Writer, count_letter};
use crate::matter::act::check::{judged_on, summary};
use crate::matter::compose::exhibits::Exhibits;
use crate::matter::compose::letter_words;
use crate::matter::compose::letter_words::LetterWords;
use crate::matter::delay::posted_before;
use crate::matter::filed;
use crate::matter::open::{Matter, Selection};
use crate::matter::people::intake::{Intake, spool_stop};
use crate::matter::people::kept_counts::{KeptCounts, MadeFrom};
use crate::matter::people::returned;
use crate::matter::products;
use crate::matter::products::{Rostered, notices};
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::so_far;
use crate::matter::summary::{Account, Summary};
use crate::matter::watcher::Watcher;
use crate::matter::work;
use crate::notices::Notice;
use crate::plan::{Cube, Plan};
use crate::tables::Table;
use crate::tables::words::long_date;
use crate::typeset::FontSet;
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// People composed at once.
const CHUNK: usize = 4_000;

/// Which filings are to be made.
pub struct FilingsRequest {
    pub selection: Selection,
    /// findings.csv shows the cells that findings speak of; they hold personal data.
    pub show_values: bool,
    /// The day by which lateness is judged; without it, by the day of mailing in files and by
    /// today in the summary.
    pub as_of: Option<Date>,
    /// The year whose breaches under 500 the log for HHS lists, if it is wanted.
    pub annual_log: Option<i16>,
}

/// Makes filings and other notices, of what was counted last while that still holds.
///
/// # Errors
/// What stops everything: facts, words or a roster that cannot be used as a whole; I/O.
pub fn filings(request: &FilingsRequest, _: &dyn Watcher) -> Result<Account, Refusal> {
    let (matter, mut findings) = Matter::open(&request.selection)?;
    let _work = work::begin(&matter.folder, "filings")?;
    let as_of = request.as_of.unwrap_or(*matter.wave().mail_on);
    let fonts = letter_words::fonts(&matter, &mut findings);
    if !matter.has_any_roster() && !matter.incident.estimates.is_empty() {
        return preliminary(&matter, &fonts, request.as_of, findings);
    }
    let ground = MadeFrom::read(&matter)?;
    let counted = KeptCounts::look(&matter, &ground)?;
    let mut intake = match &counted {
        Some(counted) => Intake::as_counted(&matter, counted)?,
        None => Intake::read(&matter, &mut findings, request.show_values)?,
    };
    let (plan, _) = matter.plan(&intake.cube, as_of);
    let words = LetterWords::load(&matter)?;
    let writer = words.writer(&matter, &plan, &fonts)?;
    let states = match &counted {
        Some(counted) => counted.states(),
        None => {
            intake.settle(&matter, &writer, &fonts, &mut findings)?;
            compose(&matter, &mut intake, &writer, &mut findings)?
        }
    };
    let warned = match &counted {
        Some(counted) => {
            findings.push(as_counted());
            counted.warned
        }
        None => findings.at_least(Severity::Warning) > 0,
    };
    let (mut plan, planned) = matter.plan(&intake.cube, as_of);
    findings.extend(planned);
    returned::tell(&matter, &plan, &intake.returned(), &mut findings);
    posted_before(&matter, &mut findings)?;
    let mut exhibits = Exhibits::new(&matter, &writer, &states, &fonts, as_of)?;
    let mut rostered =
        Rostered { intake: &intake, counted: counted.as_ref(), exhibits: &mut exhibits };
    let cube = &intake.cube;
    let rostered = Some(&mut rostered);
    let made = make(&matter, cube, rostered, &mut plan, &fonts, as_of, &mut findings)?;
    drop(exhibits);
    match counted {
        Some(counted) => counted.keep_lists(&matter, made.lists, as_of)?,
        None => KeptCounts::keep(&matter, &ground, &intake, &states, &made.lists, as_of, warned)?,
    }
    let mut summary = summary(&matter, &intake);
    summary.plan(&plan, judged_on(request.as_of));
    let out = OutFolder(&matter.out);
    summary.filings = Some(made.filings.len() as u64);
    summary.notices = Some(made.notices.len() as u64);
    so_far::tell(&matter, &made.filings, &mut summary)?;
    for name in [OutFolder::FILINGS, OutFolder::NOTICES] {
        summary.written.push(out.product(name).display().to_string());
    }
    if let Some(year) = request.annual_log {
        let path = out.annual_log(year);
        let text = annual_log(&plan, &made.filings, year).doing(|| "write the log".into())?;
        files::write(&path, &text).doing(|| format!("write `{}`", path.display()))?;
        summary.written.push(path.display().to_string());
    }
    Ok(Account { warned_before: warned, ..Account::new(summary, findings) })
}

/// Filings and notices of the estimates, marked preliminary: some are due before anybody can be
/// counted.
fn preliminary(
    matter: &Matter,
    fonts: &Arc<FontSet>,
    asked: Option<Date>,
    mut findings: Findings,
) -> Result<Account, Refusal> {
    let as_of = asked.unwrap_or(*matter.wave().mail_on);
    let cube = Cube::from_estimates(&matter.incident);
    let (mut plan, planned) = matter.plan(&cube, as_of);
    findings.extend(planned);
    let made = make(matter, &cube, None, &mut plan, fonts, as_of, &mut findings)?;
    let message = "there is no roster yet; filings and notices rest on the estimates";
    findings.push(
        Finding::new(code!("filing.preliminary"), Severity::Note, message)
            .remedy("record what you file; figures that differ later bring the amendment"),
    );
    let mut summary = Summary {
        incident: format!("{}: {}", matter.incident.sender.name, matter.incident.title),
        wave: matter.wave().id.clone(),
        mail_on: long_date(*matter.wave().mail_on),
        ..Summary::default()
    };
    summary.plan(&plan, judged_on(asked));
    summary.filings = Some(made.filings.len() as u64);
    summary.notices = Some(made.notices.len() as u64);
    for file in ["filings", "notices"] {
        summary.written.push(matter.out.join(file).display().to_string());
    }
    Ok(Account::new(summary, findings))
}

fn as_counted() -> Finding {
    let message = "roster, letters and law are as they were last counted; nobody was read again";
    Finding::new(code!("filing.as_counted"), Severity::Note, message)
        .remedy("nothing; what was found in the roster stands in findings.csv")
}

/// What the plan's duties besides letters became.
pub struct Made {
    pub filings: Vec<Filing>,
    pub notices: Vec<Notice>,
    /// The lists of people below `out/notices`, each with its SHA-256.
    pub lists: BTreeMap<String, String>,
}

/// Makes and writes filings and notices; their questions join the plan's.
///
/// # Errors
/// A template that does not fit; I/O.
pub fn make(
    matter: &Matter,
    cube: &Cube,
    mut rostered: Option<&mut Rostered<'_, '_>>,
    plan: &mut Plan,
    fonts: &Arc<FontSet>,
    as_of: Date,
    findings: &mut Findings,
) -> Result<Made, Refusal> {
    let reached = rostered.as_ref().map(|rostered| rostered.intake.reached.clone());
    let made = filed::drawn_up(matter, cube, reached, plan, as_of, findings)?;
    products::filings(matter, rostered.as_deref_mut(), &made, fonts, as_of, findings)?;
    let (notices, lists) = notices::notices(matter, cube, rostered, plan, fonts, as_of, findings)?;
    filed::keep(matter, &made, &notices, as_of)?;
    Ok(Made { filings: made, notices, lists })
}

/// Composes every letter without setting it, so that rows are held and versions counted as when
/// letters are printed.
fn compose(
    matter: &Matter,
    intake: &mut Intake,
    writer: &Writer<'_>,
    findings: &mut Findings,
) -> Result<VersionStates, Refusal> {
    let (mut states, mut held) = (VersionStates::new(), Vec::new());
    let mut people = intake.people(matter, writer)?;
    loop {
        let mut chunk = Vec::with_capacity(CHUNK);
        for addressed in people.by_ref() {
            let person = addressed.map_err(spool_stop)?.person;
            if intake.outcome(&person, matter).mails() {
                chunk.push(person);
            }
            if chunk.len() == CHUNK {
                break;
            }
        }
        if chunk.is_empty() {
            break;
        }
        let tried: Vec<_> =
            chunk.par_iter().map(|person| writer.document(person).map(|(v, _)| v)).collect();
        for (person, version) in chunk.into_iter().zip(tried) {
            match version {
                Ok(version) => count_letter(&mut states, &version, &person.jurisdiction),
                Err(finding) => held.push((person, finding)),
            }
        }
    }
    drop(people);
    intake.hold(held, matter, findings)?;
    Ok(states)
}

/// The log of breaches under the threshold (45 CFR 164.408(c)): the reports to HHS that fall due
/// after the end of a calendar year, one row each.
fn annual_log(plan: &Plan, filings: &[Filing], year: i16) -> std::io::Result<Vec<u8>> {
    const SLOTS: [Slot; 8] = [
        Slot::EntityName,
        Slot::EntityAddressState,
        Slot::CountsPatients,
        Slot::IncidentBreachStart,
        Slot::IncidentBreachEnd,
        Slot::IncidentDiscovered,
        Slot::IncidentBreachType,
        Slot::IncidentLocation,
    ];
    let names = SLOTS.each_ref().map(Slot::name);
    let head: Vec<&str> = ["duty"]
        .into_iter()
        .chain(names.iter().map(|name| &**name))
        .chain(["open", "due", "report"])
        .collect();
    let mut csv = Table::create(Vec::new(), &head)?;
    for filing in filings {
        let of_year = plan.duty(&filing.duty.id).is_some_and(|duty| {
            duty.clock == Clock::CalendarYearEnd
                && duty.clock_started.is_some_and(|day| day.year() == year)
        });
        if !of_year {
            continue;
        }
        let mut row = vec![filing.duty.id.clone()];
        row.extend(SLOTS.iter().map(|slot| {
            // A joint report repeats the fields of a covered entity.
            let of_slot = filing.fields.iter().filter(|a| a.maps_to.contains(slot));
            let mut texts: Vec<String> = of_slot.map(|a| a.text().replace('\n', "; ")).collect();
            texts.dedup();
            texts.join("; ")
        }));
        row.push(filing.open().count().to_string());
        row.push(filing.duty.due.map_or(String::new(), |day| day.to_string()));
        row.push(format!("{}.pdf", filing.file.stem));
        csv.row(&row)?;
    }
    csv.finish()
}
