//! The letters into `out/letters`, marked or final, and who got which code.

use crate::crew::cores;
use crate::files::Pending;
use crate::folder::{LetterFiles, OutFolder};
use crate::ledger::Ledger;
use crate::letters::{PdfBackend, Press, Printed, Writer};
use crate::matter::compose::images::Images;
use crate::matter::open::Matter;
use crate::matter::people::intake::{Addressed, Intake, spool_stop};
use crate::matter::products::{PROGRAM, STAMP, commit, stage};
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::ledger_stop;
use crate::matter::watcher::{Stopped, Watcher};
use crate::pdf::Meta;
use crate::tables::Table;
use crate::typeset::FontSet;
use std::collections::HashSet;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// The PDF writers that may be asked for; not every build has each.
#[derive(Clone, Copy, Debug, Default)]
pub enum PdfWriter {
    #[default]
    Noticeworks,
    Printpdf,
}

/// How letters are printed.
#[derive(Clone, Copy)]
pub struct PrintOptions {
    pub backend: PdfBackend,
    /// Batches made at once.
    pub jobs: usize,
}

impl PrintOptions {
    /// What was asked for, if this program has it; as many jobs as cores where no number was.
    ///
    /// # Errors
    /// The writer was not built in.
    pub fn of(writer: PdfWriter, jobs: Option<usize>) -> Result<Self, Refusal> {
        Ok(Self { backend: backend(writer)?, jobs: jobs.unwrap_or_else(cores) })
    }
}

fn backend(asked: PdfWriter) -> Result<PdfBackend, Refusal> {
    match asked {
        PdfWriter::Noticeworks => Ok(PdfBackend::Noticeworks),
        #[cfg(feature = "printpdf")]
        PdfWriter::Printpdf => Ok(PdfBackend::Printpdf),
        #[cfg(not(feature = "printpdf"))]
        PdfWriter::Printpdf => Err(Refusal::one(
            code!("pdf.backend_not_built"),
            "this program was built without the PDF writer `printpdf`",
            "build it with `cargo build --release --features printpdf`, or leave out `--pdf-backend`",
        )),
    }
}

/// The letters, marked DRAFT: `out/letters`, or `out/letters-draft` where approved ones were
/// printed and must not be lost.
pub fn letters(
    matter: &Matter,
    intake: &Intake,
    writer: &Writer<'_>,
    fonts: &Arc<FontSet>,
    images: &Images,
    options: PrintOptions,
    watcher: &dyn Watcher,
) -> Result<Printed, Refusal> {
    let staged = stage(&matter.out, drafts_folder(matter)?)?;
    let mut press = press(matter, writer, fonts, images, STAMP, options.jobs);
    press.backend = options.backend;
    let printed = print(matter, intake, writer, &press, Some(staged.dir()), watcher)?;
    if intake.deals_codes() {
        codes(matter, intake, writer, staged.dir())?;
    }
    commit(staged)?;
    Ok(printed)
}

/// Where drafts go, below `out`.
///
/// # Errors
/// The ledger cannot be read.
pub fn drafts_folder(matter: &Matter) -> Result<&'static str, Refusal> {
    let doing = || "read `ledger.sqlite`".to_owned();
    let ledger = Ledger::look(&matter.folder).map_err(ledger_stop)?;
    let printed = match &ledger {
        Some(ledger) => {
            ledger.has_finals(&matter.wave().id).map_err(io::Error::other).doing(doing)?
        }
        None => false,
    };
    Ok(if printed { OutFolder::DRAFTS } else { OutFolder::LETTERS })
}

/// What all letters of a wave have in common; `stamp` is [`STAMP`], or empty for finals.
pub fn press<'a>(
    matter: &Matter,
    writer: &'a Writer<'a>,
    fonts: &Arc<FontSet>,
    images: &Images,
    stamp: &str,
    jobs: usize,
) -> Press<'a> {
    Press {
        writer,
        fonts: fonts.clone(),
        logo: images.logo.clone(),
        images: images.figures.clone(),
        stamp: stamp.into(),
        meta: Meta {
            title: matter.incident.title.clone(),
            subject: String::new(),
            author: matter.incident.sender.name.clone(),
            creator: PROGRAM.into(),
            lang: "en-US".into(),
            date: *matter.wave().mail_on,
            keywords: String::new(),
        },
        backend: PdfBackend::default(),
        duplex: matter.incident.letter.duplex,
        largest: matter.incident.mail.letters_per_file as usize,
        flat_from: matter.incident.mail.flat_from_sheets,
        jobs,
        watch: None,
    }
}

/// Everybody's letter into a folder, or composed only.
pub fn print(
    matter: &Matter,
    intake: &Intake,
    writer: &Writer<'_>,
    press: &Press<'_>,
    dir: Option<&Path>,
    watcher: &dyn Watcher,
) -> Result<Printed, Refusal> {
    print_but(matter, intake, writer, press, dir, &HashSet::new(), watcher)
}

/// The same without the pieces of `but`.
pub fn print_but(
    matter: &Matter,
    intake: &Intake,
    writer: &Writer<'_>,
    press: &Press<'_>,
    dir: Option<&Path>,
    but: &HashSet<String>,
    watcher: &dyn Watcher,
) -> Result<Printed, Refusal> {
    let mailed = || {
        let people = intake.people(matter, writer).map_err(|stop| match stop {
            Refusal::Io { error, .. } => error,
            _ => io::Error::other("the people cannot be read"),
        })?;
        Ok(people.filter_map(|addressed| match addressed {
            Ok(a) => {
                let mails = intake.outcome(&a.person, matter).mails();
                if watcher.is_stopped() {
                    return Some(Err(Stopped::error()));
                }
                let wanted = but.is_empty() || !but.contains(&writer.reference(&a.person));
                (mails && wanted).then_some(Ok(a.person))
            }
            Err(error) => Some(Err(io::Error::other(error))),
        }))
    };
    let total = intake.cube.rows.iter().filter(|(o, _)| o.mails()).map(|(_, n)| n).sum();
    watcher.begin("letters", total);
    let printed = press.print(&mailed, dir, &|n| watcher.advance(n));
    watcher.end();
    printed.map_err(|error| Stopped::or(error, || "compose the letters".into()))
}

/// `codes.csv`: which code of which pool each person got, the held ones too.
pub fn codes(
    matter: &Matter,
    intake: &Intake,
    writer: &Writer<'_>,
    dir: &Path,
) -> Result<(), Refusal> {
    let doing = || "write `codes.csv`".to_owned();
    let file = Pending::create(&LetterFiles(dir.into()).codes()).doing(doing)?;
    let header = ["piece_id", "record_id", "file", "line", "code", "outcome"];
    let mut csv = Table::with_identifiers(file, &header, header.len()).doing(doing)?;
    for addressed in intake.people(matter, writer)? {
        let Addressed { person, code } = addressed.map_err(spool_stop)?;
        let Some((file, line)) = code else { continue };
        let outcome = intake.outcome(&person, matter);
        let piece = writer.piece(&person, if outcome.mails() { "mail" } else { "email" });
        let line = line.to_string();
        let code = &person.activation_code;
        let row = [&piece, &person.record_id, file, &line, code, outcome.label()];
        csv.row(row).doing(doing)?;
    }
    csv.finish().doing(doing)?.commit().doing(doing)
}
