//! The review book filled from what a run made.

use crate::approve::Input;
use crate::files;
use crate::filings::{Change, Filing};
use crate::finding::Findings;
use crate::letters::{Printed, Writer};
use crate::matter::act::filings::Made;
use crate::matter::open::Matter;
use crate::matter::people::intake::Intake;
use crate::matter::products::{PROGRAM, book_state, commit, stage};
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::statement_of_folder::{law_pack, made_of};
use crate::notices::{Notice, NoticeKind};
use crate::plan::Plan;
use crate::review::{Book, FilingEntry, LetterVersion, Link, render};

/// Everything the book shows.
#[expect(clippy::too_many_arguments, reason = "a book is about all of a run")]
pub fn book(
    matter: &Matter,
    intake: &Intake,
    plan: &Plan,
    made: &Made,
    printed: &Printed,
    emails: u64,
    findings: &Findings,
    writer: &Writer<'_>,
    inputs: &[Input],
) -> Result<Book, Refusal> {
    let incident = &matter.incident;
    let versions = printed.versions.iter().map(|(version, pieces)| {
        let (_, document) = writer.document(&writer.sample_person(version)).map_err(|finding| {
            let mut findings = Findings::default();
            findings.push(finding);
            Refusal::Configuration(findings)
        })?;
        Ok(LetterVersion {
            label: version.label.clone(),
            pieces: *pieces,
            language: writer.language(version).to_owned(),
            document,
        })
    });
    let title = if incident.title.is_empty() { &incident.id } else { &incident.title };
    Ok(Book {
        title: title.clone(),
        incident_id: incident.id.clone(),
        wave: matter.wave().id.clone(),
        sender: incident.sender.name.clone(),
        entities: incident.entities.iter().map(|e| e.name.clone()).collect(),
        discovered: incident.strands.iter().map(|s| *s.discovered).min(),
        mail_on: Some(*matter.wave().mail_on),
        plan: plan.clone(),
        state: book_state::state(matter)?,
        made_of: made_of(inputs, &law_pack(matter), intake.spool.digest()),
        rows: intake.rows,
        outcomes: intake.cube.rows.clone(),
        letters: printed.letters,
        pages: Some(printed.pages),
        emails,
        filings: made.filings.iter().map(entry).chain(made.notices.iter().map(notice)).collect(),
        findings: findings.clone(),
        versions: versions.collect::<Result<_, Refusal>>()?,
        program: PROGRAM.into(),
    })
}

fn entry(filing: &Filing) -> FilingEntry {
    let open = filing.open().count() as u64;
    let line = filing.filed_line().unwrap_or_default();
    let changes: Vec<String> = filing.history.changes.iter().map(Change::line).collect();
    let note = match open {
        0 => String::new(),
        n => format!("{} open", crate::tables::words::count(n, "answer is", "answers are")),
    };
    let link = |label: &str, extension: &str| Link {
        label: label.into(),
        href: format!("../filings/{}/{}.{extension}", filing.file.folder.name(), filing.file.stem),
    };
    FilingEntry {
        name: filing.document.title.clone(),
        jurisdiction: filing.duty.jurisdiction.clone(),
        note,
        filed: line,
        stale: filing.is_stale(),
        changes: if filing.history.amends { Vec::new() } else { changes },
        files: {
            let mut files =
                vec![link("PDF", "pdf"), link("paste sheet", "html"), link("JSON", "json")];
            let letter =
                format!("../filings/{}/{}-letter", filing.file.folder.name(), filing.file.stem);
            if filing.is_letter() {
                files.push(Link { label: "letter".into(), href: format!("{letter}.pdf") });
                files.push(Link { label: "DOCX".into(), href: format!("{letter}.docx") });
            }
            files
        },
    }
}

/// A notice besides letters and filings.
fn notice(notice: &Notice) -> FilingEntry {
    let link = |label: &str, extension: &str| Link {
        label: label.into(),
        href: format!("../notices/{}/{}.{extension}", notice.folder, notice.file_stem),
    };
    let mut files = vec![link("PDF", "pdf")];
    if notice.web_page.is_some() {
        files.push(link("web page", "html"));
    }
    if notice.kind == NoticeKind::Packet {
        files.push(link("JSON", "json"));
    }
    FilingEntry {
        name: notice.document.title.clone(),
        jurisdiction: notice.jurisdiction.clone(),
        note: if notice.stamp.is_empty() { String::new() } else { notice.stamp.clone() },
        files,
        ..FilingEntry::default()
    }
}

/// `out/review/index.html`.
pub fn write(matter: &Matter, book: &Book) -> Result<(), Refusal> {
    let staged = stage(&matter.out, "review")?;
    let path = staged.dir().join("index.html");
    files::write(&path, render(book).as_bytes()).doing(|| format!("write `{}`", path.display()))?;
    commit(staged)
}
