//! `check`: what is wrong with the incident file, the templates and the roster.

use crate::clock;
use crate::folder::OutFolder;
use crate::matter::compose::images::Images;
use crate::matter::compose::letter_words;
use crate::matter::compose::letter_words::LetterWords;
use crate::matter::delay::posted_before;
use crate::matter::elsewhere;
use crate::matter::open::{Matter, Selection};
use crate::matter::people::intake::Intake;
use crate::matter::people::returned;
use crate::matter::refusal::Refusal;
use crate::matter::summary::{Account, Summary};
use crate::matter::watcher::Watcher;
use crate::matter::work;
use crate::tables::words::long_date;
use jiff::civil::Date;

/// What is to be checked.
pub struct CheckRequest {
    pub selection: Selection,
    /// findings.csv shows the cells that findings speak of; they hold personal data.
    pub show_values: bool,
    /// The day by which lateness is judged; none for today.
    pub as_of: Option<Date>,
}

/// Reads incident.toml, the templates and the roster, and records every row's outcome.
///
/// # Errors
/// What stops everything: facts, words or a roster that cannot be used as a whole; I/O.
pub fn check(request: &CheckRequest, _: &dyn Watcher) -> Result<Account, Refusal> {
    let (matter, mut findings) = Matter::open(&request.selection)?;
    let _work = work::begin(&matter.folder, "check")?;
    elsewhere::warn(&matter.folder, &mut findings);
    let fonts = letter_words::fonts(&matter, &mut findings);
    Images::load(&matter, &mut findings);
    let mut intake = Intake::read(&matter, &mut findings, request.show_values)?;
    let (plan, planned) = matter.plan(&intake.cube, *matter.wave().mail_on);
    findings.extend(planned);
    returned::tell(&matter, &plan, &intake.returned(), &mut findings);
    posted_before(&matter, &mut findings)?;
    let words = LetterWords::load(&matter)?;
    let writer = words.writer(&matter, &plan, &fonts)?;
    intake.settle(&matter, &writer, &fonts, &mut findings)?;
    findings.extend(writer.coverage_of(&intake.kinds).findings);
    let mut summary = summary(&matter, &intake);
    summary.plan(&plan, judged_on(request.as_of));
    let out = OutFolder(&matter.out);
    for file in [out.findings(), out.findings_book()] {
        summary.written.push(file.display().to_string());
    }
    Ok(Account::new(summary, findings))
}

/// The day by which a summary judges lateness: what is late is late today, whatever day the files
/// speak of.
pub fn judged_on(as_of: Option<Date>) -> Date {
    as_of.unwrap_or_else(clock::today)
}

/// What is known once the roster is taken in.
pub fn summary(matter: &Matter, intake: &Intake) -> Summary {
    let mut summary = Summary {
        incident: format!("{}: {}", matter.incident.sender.name, matter.incident.title),
        wave: matter.wave().id.clone(),
        mail_on: long_date(*matter.wave().mail_on),
        files: intake.files(),
        held: intake.held.clone(),
        ..Summary::default()
    };
    summary.outcomes(&intake.cube.rows);
    summary
}
