//! The review book filled from what a run made.

use crate::approve::Input;
use crate::files::{self, Pending};
use crate::filings::{Change, Filing};
use crate::finding::Findings;
use crate::folder::OutFolder;
use crate::letters::{Printed, Sampled, Writer, choose};
use crate::matter::act::filings::Made;
use crate::matter::ask::questions::{Counted, QuestionGroup, grouped};
use crate::matter::compose::drawing::Drawing;
use crate::matter::compose::images::Images;
use crate::matter::open::Matter;
use crate::matter::people::intake::Intake;
use crate::matter::products::book_changes::changes;
use crate::matter::products::book_letter::letter;
use crate::matter::products::{PROGRAM, book_state, commit, press, stage};
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::statement_of_folder::{law_pack, made_of};
use crate::notices::{Notice, NoticeKind};
use crate::pdf::{BatchWriter, Meta};
use crate::plan::Plan;
use crate::review::{
    Book, ChoiceCard, FilingEntry, ItemCard, Link, QuestionCard, Sheet, not_on_paper, paper, render,
};
use crate::typeset::{Envelope, FontSet, Running, Style, Typesetter};
use std::io;
use std::path::Path;
use std::sync::Arc;

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
    look: (&Arc<FontSet>, &Images),
) -> Result<Book, Refusal> {
    let incident = &matter.incident;
    let once = writer.once(&intake.kinds);
    let counted = Counted::new(matter, &intake.cube, Some(&intake.kinds), plan)?;
    let (sheets, outlines) = sheets(matter, printed, writer, look)?;
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
        changes: changes(matter, intake, plan, &once)?,
        letter: letter(matter, &once),
        questions: grouped(matter, &counted).iter().map(card).collect(),
        sheets,
        outlines,
        proofs: String::new(),
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

/// Letters that stand for the rest; more are no help to a reader.
const SHEETS: usize = 6;

/// The pages of letters that stand for the rest, drawn, and the outlines of their glyphs.
fn sheets(
    matter: &Matter,
    printed: &Printed,
    writer: &Writer<'_>,
    (fonts, images): (&Arc<FontSet>, &Images),
) -> Result<(Vec<Sheet>, String), Refusal> {
    let versions: Sampled =
        printed.versions.iter().map(|(version, pieces)| (version.clone(), *pieces)).collect();
    let (shown, _) = choose(&versions, Some(SHEETS));
    let press = press(matter, writer, fonts, images, "", 1);
    let mut drawing = Drawing::new(fonts.clone());
    let envelope = Envelope::number_10();
    let window = [envelope.always_shows(), envelope.may_show()];
    let mut sheets = Vec::new();
    for version in shown {
        // What cannot be composed is a finding already.
        let Ok((_, _, laid)) = press.one(&writer.sample_person(&version)) else { continue };
        let total = laid.pages.len();
        let pages = laid.pages.iter().enumerate().map(|(at, page)| {
            let label = format!("Page {} of {total}: {}", at + 1, version.label);
            drawing.page(page, (at == 0).then_some(&window[..]), &label)
        });
        sheets.push(Sheet {
            label: version.label.clone(),
            pieces: printed.versions.get(&version).copied().unwrap_or(0),
            pages: pages.collect(),
        });
    }
    let outlines = if sheets.is_empty() { String::new() } else { drawing.outlines() };
    Ok((sheets, outlines))
}

/// A kind of questions as the book shows it.
fn card(group: &QuestionGroup) -> QuestionCard {
    QuestionCard {
        kind: group.kind.clone(),
        title: group.title.clone(),
        blocking: group.blocking,
        open: group.open as u64,
        moves_a_date: group.moves_a_date(),
        choices: group
            .choices
            .iter()
            .map(|choice| ChoiceCard {
                choice: choice.choice.clone(),
                words: choice.words.clone(),
                taken: choice.is_default,
                effect: choice.effect.lines(),
                decision: choice.decision.clone(),
            })
            .collect(),
        items: group
            .items
            .iter()
            .map(|item| ItemCard {
                id: item.id.clone(),
                subject: item.subject.clone(),
                text: item.text.clone(),
                citation: item.citation.clone(),
                answer: item.answer.clone(),
                // A single question's choices stand with their effects already.
                effects: item
                    .choices
                    .iter()
                    .filter(|choice| group.items.len() > 1 && !choice.effect.is_nothing())
                    .map(|choice| (choice.choice.clone(), choice.effect.lines()))
                    .collect(),
            })
            .collect(),
    }
}

/// `out/review/index.html`, and the same for paper as `review.pdf`.
pub fn write(matter: &Matter, book: &Book, fonts: &Arc<FontSet>) -> Result<(), Refusal> {
    let staged = stage(&matter.out, OutFolder::REVIEW)?;
    let path = OutFolder::book_in(staged.dir());
    files::write(&path, render(book).as_bytes()).doing(|| format!("write `{}`", path.display()))?;
    let path = OutFolder::paper_in(staged.dir());
    on_paper(matter, book, fonts, &path).doing(|| format!("write `{}`", path.display()))?;
    commit(staged)
}

/// The book as a tagged PDF, a bookmark for each chapter.
fn on_paper(matter: &Matter, book: &Book, fonts: &Arc<FontSet>, path: &Path) -> io::Result<()> {
    let mut typesetter = Typesetter::new(fonts.clone(), Style::default());
    let running = Running {
        head: format!("{} · review book", book.title),
        foot: "Page {page} of {pages}".to_owned(),
        stamp: String::new(),
    };
    let meta = Meta {
        title: format!("{}: review book", book.title),
        subject: String::new(),
        author: matter.incident.sender.name.clone(),
        creator: PROGRAM.into(),
        lang: "en-US".into(),
        date: book.plan.as_of,
        keywords: String::new(),
    };
    let mut file = Pending::create(path)?;
    let mut pdf = BatchWriter::new(&mut file, fonts.clone(), meta)?;
    let coverage = fonts.coverage();
    for chapter in paper(book, &|c| coverage.has(c)) {
        // The screen has every chapter; paper says which one it lacks, and why.
        let laid = typesetter.report(&running, &chapter).or_else(|error| {
            let instead = not_on_paper(&chapter.title, &error.to_string(), &|c| coverage.has(c));
            typesetter.report(&running, &instead)
        });
        let laid = laid.map_err(io::Error::other)?;
        pdf.add(&laid, &chapter.title)?;
    }
    pdf.finish()?;
    file.commit()
}
