//! `run`: everything but approving and sending.

use crate::approve::Inputs;
use crate::finding::Severity;
use crate::folder;
use crate::folder::OutFolder;
use crate::matter::act::check::{judged_on, summary};
use crate::matter::act::filings::make;
use crate::matter::compose::exhibits::Exhibits;
use crate::matter::compose::images::Images;
use crate::matter::compose::letter_words;
use crate::matter::compose::letter_words::LetterWords;
use crate::matter::delay::{held_today, posted_before};
use crate::matter::open::{Matter, Selection};
use crate::matter::people::intake::Intake;
use crate::matter::people::kept_counts::{KeptCounts, MadeFrom};
use crate::matter::people::returned;
use crate::matter::products;
use crate::matter::products::{Rostered, book};
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::so_far;
use crate::matter::summary::Account;
use crate::matter::watcher::Watcher;
use crate::matter::work;
use jiff::civil::Date;

pub use crate::matter::products::PrintOptions;

/// What is to be made.
pub struct RunRequest {
    pub selection: Selection,
    /// findings.csv shows the cells that findings speak of; they hold personal data.
    pub show_values: bool,
    /// The day by which lateness is judged; without it, by the day of mailing in files and by
    /// today in the summary.
    pub as_of: Option<Date>,
    pub print: PrintOptions,
}

/// Makes letters (marked DRAFT), filings, notices, e-mails and the review book.
///
/// # Errors
/// What stops everything: facts, words or a roster that cannot be used as a whole; I/O.
pub fn run(request: &RunRequest, watcher: &dyn Watcher) -> Result<Account, Refusal> {
    let (matter, mut findings) = Matter::open(&request.selection)?;
    let _work = work::begin(&matter.folder, "run")?;
    let letters = products::drafts_folder(&matter)?;
    products::only_ours(&matter.out, &[letters, "filings", "notices", "email", "review"])?;
    products::claim_outputs(&matter.out, &[folder::PLAN])?;
    let as_of = request.as_of.unwrap_or(*matter.wave().mail_on);
    let fonts = letter_words::fonts(&matter, &mut findings);
    let images = Images::load(&matter, &mut findings);
    let ground = MadeFrom::read(&matter)?;
    let inputs = Inputs::collect(&matter.folder, &matter.incident, matter.wave())
        .doing(|| "read what the letters are made from".into())?
        .inputs;
    let mut intake = Intake::read(&matter, &mut findings, request.show_values)?;
    let (plan, _) = matter.plan(&intake.cube, as_of);
    let words = LetterWords::load(&matter)?;
    let writer = words.writer(&matter, &plan, &fonts)?;
    intake.settle(&matter, &writer, &fonts, &mut findings)?;
    let mut printed =
        products::letters(&matter, &intake, &writer, &fonts, &images, request.print, watcher)?;
    intake.hold(std::mem::take(&mut printed.held), &matter, &mut findings)?;

    findings.extend(writer.coverage_of(&intake.kinds).findings);

    let warned = findings.at_least(Severity::Warning) > 0;
    // Counts are final now: plan and filings speak of the same people as the letters.
    let (mut plan, planned) = matter.plan(&intake.cube, as_of);
    findings.extend(planned);
    returned::tell(&matter, &plan, &intake.returned(), &mut findings);
    posted_before(&matter, &mut findings)?;
    let mut exhibits = Exhibits::new(&matter, &writer, &printed.states, &fonts, as_of)?;
    let mut rostered = Rostered { intake: &intake, counted: None, exhibits: &mut exhibits };
    let rostered = Some(&mut rostered);
    let made = make(&matter, &intake.cube, rostered, &mut plan, &fonts, as_of, &mut findings)?;
    KeptCounts::keep(&matter, &ground, &intake, &printed.states, &made.lists, as_of, warned)?;
    products::plan_json(&matter, &plan)?;
    let emails = products::emails(&matter, &intake, &writer, &mut findings, watcher)?;

    let mut summary = summary(&matter, &intake);
    summary.plan(&plan, judged_on(request.as_of));
    summary.letters = Some(printed.letters);
    summary.batches = Some(printed.batches);
    summary.pages = Some(printed.pages);
    summary.emails = Some(emails.emails);
    summary.emails_written = Some(emails.written);
    summary.filings = Some(made.filings.len() as u64);
    summary.notices = Some(made.notices.len() as u64);
    so_far::tell(&matter, &made.filings, &mut summary)?;
    for (version, n) in &printed.versions {
        *summary.versions.entry(version.label.clone()).or_default() += n;
    }
    let book = book::book(
        &matter,
        &intake,
        &plan,
        &made,
        &printed,
        emails.emails,
        &findings,
        &writer,
        &inputs,
    )?;
    book::write(&matter, &book)?;
    let out = OutFolder(&matter.out);
    let [letters, filings, notices, emails, _] = OutFolder::PRODUCTS.map(|name| out.product(name));
    for file in [out.book(), letters, filings, notices, emails, out.plan(), out.findings()] {
        summary.written.push(file.display().to_string());
    }
    // Told last: what depends on today goes into no file.
    findings.extend(held_today(&matter, &intake.cube));
    Ok(Account::new(summary, findings))
}
