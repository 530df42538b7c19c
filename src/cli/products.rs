//! Each product written into its folder of `out`, whole or not at all.

use super::args;
use super::exhibits::{Exhibits, stop};
use super::exit::{Doing, Stop};
use super::images::Images;
use super::intake::{Addressed, Intake, at_row, spool_stop};
use super::matter::Matter;
use super::names::names;
use super::progress;
use crate::document::Document;
use crate::email;
use crate::files::{self, Pending, Staged};
use crate::filings::{Filing, Folder, Letter, LetterDesk, docx};
use crate::finding::{Finding, Findings, Severity};
use crate::ledger::Ledger;
use crate::letters::{PdfBackend, Press, Printed, Writer};
use crate::pdf::{Meta, write_single};
use crate::plan::Plan;
use crate::roster::Person;
use crate::typeset::{FontSet, Running, Style, Typesetter};
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::HashSet;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::thread;

/// Who made the files.
pub const PROGRAM: &str = concat!("noticeworks ", env!("CARGO_PKG_VERSION"));

/// On letters that nobody has approved.
pub const STAMP: &str = "DRAFT";

/// People composed between two looks at the disk.
const CHUNK: usize = 1_000;

/// How letters are printed.
#[derive(Clone, Copy)]
pub struct PrintOptions {
    pub backend: PdfBackend,
    /// Batches made at once.
    pub jobs: usize,
}

impl PrintOptions {
    /// What was asked for, if this program has it.
    ///
    /// # Errors
    /// The writer was not built in.
    pub fn of(writer: args::Writer, jobs: Option<usize>) -> Result<Self, Stop> {
        let cores = || thread::available_parallelism().map_or(1, usize::from);
        Ok(Self { backend: backend(writer)?, jobs: jobs.unwrap_or_else(cores) })
    }
}

#[cfg(feature = "printpdf")]
fn backend(asked: args::Writer) -> Result<PdfBackend, Stop> {
    Ok(match asked {
        args::Writer::Noticeworks => PdfBackend::Noticeworks,
        args::Writer::Printpdf => PdfBackend::Printpdf,
    })
}

#[cfg(not(feature = "printpdf"))]
fn backend(asked: args::Writer) -> Result<PdfBackend, Stop> {
    match asked {
        args::Writer::Noticeworks => Ok(PdfBackend::Noticeworks),
        args::Writer::Printpdf => Err(Stop::one(
            "pdf.backend_not_built",
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
) -> Result<Printed, Stop> {
    let staged = stage(&matter.out, drafts_folder(matter)?)?;
    let mut press = press(matter, writer, fonts, images, STAMP, options.jobs);
    press.backend = options.backend;
    let printed = print(matter, intake, writer, &press, Some(staged.dir()))?;
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
pub fn drafts_folder(matter: &Matter) -> Result<&'static str, Stop> {
    let doing = || "read `ledger.sqlite`".to_owned();
    let ledger = Ledger::look(&matter.folder).map_err(io::Error::other).doing(doing)?;
    let printed = match &ledger {
        Some(ledger) => {
            ledger.has_finals(&matter.wave().id).map_err(io::Error::other).doing(doing)?
        }
        None => false,
    };
    Ok(if printed { "letters-draft" } else { "letters" })
}

/// Where the letters under a wave's seal go, below `out`: a further seal's into a folder of its own.
pub fn letters_folder(seal: u32) -> String {
    if seal == 1 { "letters".to_owned() } else { format!("letters-{seal}") }
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
) -> Result<Printed, Stop> {
    print_but(matter, intake, writer, press, dir, &HashSet::new())
}

/// The same without the pieces of `but`.
pub fn print_but(
    matter: &Matter,
    intake: &Intake,
    writer: &Writer<'_>,
    press: &Press<'_>,
    dir: Option<&Path>,
    but: &HashSet<String>,
) -> Result<Printed, Stop> {
    let mailed = intake.people(matter, writer)?.filter_map(|addressed| match addressed {
        Ok(a) => {
            let mails = intake.outcome(&a.person, matter).mails();
            let wanted = but.is_empty() || !but.contains(&writer.reference(&a.person));
            (mails && wanted).then_some(Ok(a.person))
        }
        Err(error) => Some(Err(io::Error::other(error))),
    });
    let total = intake.cube.rows.iter().filter(|(o, _)| o.mails()).map(|(_, n)| n).sum();
    let bar = progress::bar("letters", total);
    let printed = press.print(mailed, dir, &|n| bar.inc(n));
    bar.finish_and_clear();
    printed.doing(|| "compose the letters".into())
}

/// `codes.csv`: which code of which pool each person got, the held ones too.
pub fn codes(
    matter: &Matter,
    intake: &Intake,
    writer: &Writer<'_>,
    dir: &Path,
) -> Result<(), Stop> {
    let doing = || "write `codes.csv`".to_owned();
    let mut csv = csv::Writer::from_writer(Pending::create(&dir.join("codes.csv")).doing(doing)?);
    let header = ["piece_id", "record_id", "file", "line", "code", "outcome"];
    csv.write_record(header).map_err(io::Error::from).doing(doing)?;
    for addressed in intake.people(matter, writer)? {
        let Addressed { person, code } = addressed.map_err(spool_stop)?;
        let Some((file, line)) = code else { continue };
        let outcome = intake.outcome(&person, matter);
        let piece = writer.piece(&person, if outcome.mails() { "mail" } else { "email" });
        let line = line.to_string();
        let code = &person.activation_code;
        let row = [&piece, &person.record_id, file, &line, code, outcome.label()];
        csv.write_record(row).map_err(io::Error::from).doing(doing)?;
    }
    let file = csv.into_inner().map_err(csv::IntoInnerError::into_error).doing(doing)?;
    file.commit().doing(doing)
}

/// The e-mails, not sent: `out/email/<piece id>.eml`. How many.
pub fn emails(
    matter: &Matter,
    intake: &Intake,
    writer: &Writer<'_>,
    findings: &mut Findings,
) -> Result<u64, Stop> {
    let staged = stage(&matter.out, "email")?;
    let total = intake.cube.rows.iter().filter(|(o, _)| o.emails()).map(|(_, n)| n).sum();
    let bar = progress::bar("e-mails", total);
    let mut people = intake.people(matter, writer)?;
    let mut made = 0;
    loop {
        let mut chunk = Vec::with_capacity(CHUNK);
        while chunk.len() < CHUNK {
            let Some(person) = people.next() else { break };
            let person = person.map_err(spool_stop)?.person;
            if intake.emails(&person, matter) {
                chunk.push(person);
            }
        }
        if chunk.is_empty() {
            break;
        }
        let results: Vec<_> = chunk
            .par_iter()
            .map(|person| one_email(matter, writer, person, staged.dir()))
            .collect();
        for result in results {
            match result.doing(|| "write the e-mails".into())? {
                None => made += 1,
                Some(finding) => findings.push(finding),
            }
        }
        bar.inc(chunk.len() as u64);
    }
    bar.finish_and_clear();
    commit(staged)?;
    Ok(made)
}

/// Writes one message, or says why it cannot be made.
fn one_email(
    matter: &Matter,
    writer: &Writer<'_>,
    person: &Person,
    dir: &Path,
) -> io::Result<Option<Finding>> {
    match message(matter, writer, person) {
        // No sync for each: the folder gets its name only when all are there.
        Ok((piece, bytes)) => {
            io::Write::write_all(&mut files::create(&dir.join(format!("{piece}.eml")))?, &bytes)?;
            Ok(None)
        }
        Err(finding) => Ok(Some(finding)),
    }
}

/// A person's e-mail without Date and signature, under its piece id.
///
/// # Errors
/// Why it cannot be made.
pub fn message(
    matter: &Matter,
    writer: &Writer<'_>,
    person: &Person,
) -> Result<(String, Vec<u8>), Finding> {
    let (version, document) =
        writer.document(person).map_err(|finding| at_row(finding, person, matter))?;
    let piece = writer.piece(person, "email");
    let subject = writer.email_subject(&version);
    let name = person.full_name();
    match email::compose(&matter.incident, &document, &person.email, &name, &piece, &subject) {
        Ok(bytes) => Ok((piece, bytes)),
        Err(error) => {
            let finding = Finding::new("email.not_made", Severity::Warning, error.to_string())
                .remedy("correct the address in the roster; the letter goes by mail");
            Err(at_row(finding, person, matter))
        }
    }
}

/// The filings, field by field, letters and exhibits beside them: `out/filings/hhs` and
/// `out/filings/states`.
pub fn filings(
    matter: &Matter,
    intake: &Intake,
    filings: &[Filing],
    fonts: &Arc<FontSet>,
    exhibits: &mut Exhibits<'_>,
    as_of: Date,
    findings: &mut Findings,
) -> Result<(), Stop> {
    let staged = stage(&matter.out, "filings")?;
    for folder in [Folder::Hhs, Folder::States] {
        let dir = staged.dir().join(folder.name());
        files::make_dir(&dir).doing(|| "make the folder of filings".into())?;
    }
    let own = matter.folder.join("templates").join("filing");
    let own = own.is_dir().then_some(own);
    let desk = LetterDesk::new(&matter.incident, matter.pack.contacts(), own.as_deref())
        .map_err(Stop::Configuration)?;
    let letters: Vec<Option<Letter>> =
        filings.iter().map(|f| desk.letter(f)).collect::<Result<_, _>>().map_err(stop)?;
    filings
        .par_iter()
        .zip(&letters)
        .map_init(
            || Typesetter::new(fonts.clone(), Style::default()),
            |typesetter, (filing, letter)| {
                let base = staged.dir().join(filing.folder.name()).join(&filing.file_stem);
                one_filing(matter, filing, typesetter, &base, as_of)?;
                match letter {
                    Some(letter) => one_letter(matter, letter, typesetter, &base, as_of),
                    None => Ok(()),
                }
            },
        )
        .collect::<io::Result<()>>()
        .doing(|| "write the filings".into())?;
    for filing in filings {
        let Some(name) = filing.sample_letter() else { continue };
        let path = staged.dir().join(filing.folder.name()).join(name);
        if !exhibits.write(&filing.entities, Some(&filing.jurisdiction), &path)? {
            let message = format!("no letter goes to people counted by `{}`", filing.duty_id);
            let remedy = "file without a sample letter, or repair the rows that are held";
            let finding = Finding::new("filing.no_sample_letter", Severity::Note, message);
            findings.push(finding.remedy(remedy));
        }
    }
    names(matter, intake, filings, staged.dir())?;
    commit(staged)
}

fn one_filing(
    matter: &Matter,
    filing: &Filing,
    typesetter: &mut Typesetter,
    base: &Path,
    as_of: Date,
) -> io::Result<()> {
    files::write(&base.with_added_extension("json"), filing.json_text().as_bytes())?;
    files::write(&base.with_added_extension("html"), filing.paste_sheet().as_bytes())?;
    let running = Running {
        head: filing.document.title.clone(),
        foot: "{page} / {pages}".into(),
        stamp: String::new(),
    };
    let path = base.with_added_extension("pdf");
    report(matter, &filing.document, &running, typesetter, &path, as_of)
}

/// A regulator's letter: `<stem>-letter.pdf`, and as DOCX for counsel to go on with.
fn one_letter(
    matter: &Matter,
    letter: &Letter,
    typesetter: &mut Typesetter,
    base: &Path,
    as_of: Date,
) -> io::Result<()> {
    let mut base = base.as_os_str().to_owned();
    base.push("-letter");
    let base = Path::new(&base);
    let running =
        Running { head: String::new(), foot: letter.page_of.clone(), stamp: letter.stamp.clone() };
    files::write(&base.with_added_extension("docx"), &docx(&letter.document)?)?;
    let path = base.with_added_extension("pdf");
    report(matter, &letter.document, &running, typesetter, &path, as_of)
}

/// A document as a PDF of its own.
pub fn report(
    matter: &Matter,
    document: &Document,
    running: &Running,
    typesetter: &mut Typesetter,
    path: &Path,
    as_of: Date,
) -> io::Result<()> {
    let laid = typesetter
        .report(running, document)
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
    let meta = Meta {
        title: document.title.clone(),
        subject: String::new(),
        author: matter.incident.sender.name.clone(),
        creator: PROGRAM.into(),
        lang: document.lang.clone(),
        date: as_of,
        keywords: String::new(),
    };
    let mut file = Pending::create(path)?;
    write_single(&laid, &mut file, typesetter.fonts().clone(), meta)?;
    file.commit()
}

/// `out/plan.json`.
pub fn plan_json(matter: &Matter, plan: &Plan) -> Result<(), Stop> {
    let mut text = serde_json::to_string_pretty(plan)
        .map_err(io::Error::from)
        .doing(|| "write the plan as JSON".into())?;
    text.push('\n');
    let path = matter.out.join("plan.json");
    files::write(&path, text.as_bytes()).doing(|| format!("write `{}`", path.display()))
}

/// A product's folder in the making.
pub fn stage(out: &Path, name: &str) -> Result<Staged, Stop> {
    Staged::create(&out.join(name)).doing(|| format!("make the folder `{name}`"))
}

/// Puts a product's folder in its place.
pub fn commit(staged: Staged) -> Result<(), Stop> {
    staged.commit().doing(|| "put the new outputs in their place".into())
}
