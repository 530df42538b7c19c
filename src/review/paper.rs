//! The book for paper and for mail gateways that hold HTML back: the same, as documents for PDF.

use super::Book;
use super::once::AnswerKind;
use super::standing::{DutyState, of_standing};
use super::words::{counted, day, id_words, number, outcome};
use crate::document::{Block, BlockKind, Document, Origin, Section, SectionStyle, Span};
use crate::plan::Outcome;
use std::sync::Arc;

/// The book as chapters, each a document with its title. A character that no font `shows`, such as one
/// of a line in a reader's own language, is a question mark: the screen has it.
pub fn paper(book: &Book, shows: &dyn Fn(char) -> bool) -> Vec<Document> {
    let mut chapters = vec![verdict(book), questions(book), letter(book), coverage(book)];
    chapters.push(duties(book));
    chapters.push(rest(book));
    chapters.retain(|chapter| chapter.blocks.len() > 1);
    for chapter in &mut chapters {
        chapter.blocks.iter_mut().for_each(|block| marked(block, shows));
    }
    chapters.into_iter().map(Chapter::document).collect()
}

/// A chapter that cannot be set, as a sentence in its place.
pub fn not_on_paper(title: &str, why: &str, shows: &dyn Fn(char) -> bool) -> Document {
    let mut chapter = Chapter::new(title);
    chapter.words(&format!("This chapter cannot be set on paper ({why}). Read it in index.html."));
    chapter.blocks.iter_mut().for_each(|block| marked(block, shows));
    chapter.document()
}

fn marked(block: &mut Block, shows: &dyn Fn(char) -> bool) {
    let spans = |spans: &mut Vec<Span>| {
        for span in spans {
            if !span.text.chars().all(shows) {
                let shown = |c: char| if shows(c) || c.is_whitespace() { c } else { '?' };
                span.text = span.text.chars().map(shown).collect();
            }
        }
    };
    match &mut block.kind {
        BlockKind::Heading { spans: of, .. } | BlockKind::Paragraph { spans: of } => spans(of),
        BlockKind::List { items, .. } => {
            items.iter_mut().flatten().for_each(|inner| marked(inner, shows));
        }
        BlockKind::Table { header, rows } => {
            header.iter_mut().for_each(spans);
            rows.iter_mut().flatten().for_each(spans);
        }
        BlockKind::Figure { .. } | BlockKind::Rule | BlockKind::PageBreak => {}
    }
}

struct Chapter {
    title: String,
    blocks: Vec<Block>,
}

impl Chapter {
    fn new(title: &str) -> Self {
        let mut chapter = Self { title: title.to_owned(), blocks: Vec::new() };
        chapter.heading(1, title);
        chapter
    }

    fn push(&mut self, kind: BlockKind) {
        self.blocks.push(Block {
            kind,
            satisfies: Vec::new(),
            contains: Vec::new(),
            courtesy: true,
            origin: Origin::default(),
        });
    }

    fn heading(&mut self, level: u8, text: &str) {
        self.push(BlockKind::Heading { level, spans: plain(text) });
    }

    fn words(&mut self, text: &str) {
        if !text.is_empty() {
            self.push(BlockKind::Paragraph { spans: plain(text) });
        }
    }

    fn note(&mut self, text: &str) {
        let span = Span { text: text.to_owned(), italic: true, ..Span::default() };
        self.push(BlockKind::Paragraph { spans: vec![span] });
    }

    fn list(&mut self, lines: &[String]) {
        if lines.is_empty() {
            return;
        }
        let item = |line: &String| {
            vec![Block {
                kind: BlockKind::Paragraph { spans: plain(line) },
                satisfies: Vec::new(),
                contains: Vec::new(),
                courtesy: true,
                origin: Origin::default(),
            }]
        };
        let items = lines.iter().map(item).collect();
        self.push(BlockKind::List { ordered: false, start: 1, items });
    }

    fn table(&mut self, header: &[&str], rows: Vec<Vec<String>>) {
        if rows.is_empty() {
            return;
        }
        let rows = rows.iter().map(|row| row.iter().map(|cell| plain(cell)).collect()).collect();
        let header = header.iter().map(|cell| plain(cell)).collect();
        self.push(BlockKind::Table { header, rows });
    }

    fn document(self) -> Document {
        let section = Section {
            key: 0,
            name: self.title.clone(),
            personal: true,
            style: SectionStyle::Small,
            blocks: self.blocks,
        };
        Document { lang: "en".to_owned(), title: self.title, sections: vec![Arc::new(section)] }
    }
}

fn plain(text: &str) -> Vec<Span> {
    vec![Span { text: text.replace('`', ""), ..Span::default() }]
}

fn verdict(book: &Book) -> Chapter {
    let mut chapter = Chapter::new(&format!("{}: verdict", book.title));
    let as_of = book.plan.as_of;
    chapter.words(&format!("When this was made: {}", super::state::words(&book.state)));
    chapter.words(&format!(
        "{} · incident {}, wave {} · as of {} · law pack {}",
        book.sender,
        book.incident_id,
        book.wave,
        day(as_of),
        book.plan.law_pack
    ));
    let late = of_standing(&book.plan.duties, DutyState::Overdue, as_of).len() as u64;
    let held = book.outcomes.get(&Outcome::Held).copied().unwrap_or(0);
    let open = book.plan.questions.iter().filter(|q| q.answer.is_none()).count() as u64;
    let blocking = book.plan.questions.iter().filter(|q| q.answer.is_none() && q.blocking).count();
    let gaps = book.letter.requirements.iter().filter(|r| r.gravest() == AnswerKind::Gap).count();
    chapter.list(&[
        format!("{} held", counted(held, "row is", "rows are")),
        format!("{} past due", counted(late, "duty is", "duties are")),
        format!(
            "{} open, {} holding up approval",
            counted(open, "question is", "questions are"),
            blocking
        ),
        format!(
            "{} not met by every version",
            counted(gaps as u64, "requirement is", "requirements are")
        ),
    ]);
    let rows = Outcome::ALL.into_iter().map(|kind| {
        let count = book.outcomes.get(&kind).copied().unwrap_or(0);
        vec![outcome(kind).0.to_owned(), number(count)]
    });
    chapter.table(&["Outcome", "Rows"], rows.collect());
    if let Some(changes) = &book.changes {
        chapter.heading(2, &format!("Changed since {}", changes.seal));
        chapter.list(&changes.people);
        chapter.list(&changes.duties);
        for passage in &changes.words {
            let spans = passage.words.iter().map(|(kind, words)| Span {
                text: match kind {
                    super::Word::Same => format!("{words} "),
                    super::Word::Gone => format!("[taken out: {words}] "),
                    super::Word::New => format!("[new: {words}] "),
                },
                bold: *kind != super::Word::Same,
                ..Span::default()
            });
            chapter.push(BlockKind::Paragraph { spans: spans.collect() });
        }
    }
    chapter.heading(2, "Approval");
    chapter.words("I have read this book. The letters and e-mails may go out as they stand here.");
    chapter.table(
        &["Name", "Signature", "Date"],
        vec![vec![" ".to_owned(), " ".to_owned(), " ".to_owned()]],
    );
    chapter
}

fn questions(book: &Book) -> Chapter {
    let mut chapter = Chapter::new("Questions for counsel");
    for card in book.questions.iter().filter(|card| card.open > 0) {
        let blocks = if card.blocking { " (holds up approval)" } else { "" };
        chapter.heading(2, &format!("{}{blocks}", card.title));
        let items = card.items.iter().filter(|item| item.answer.is_none());
        let line = |item: &super::ItemCard| {
            let parts = [item.subject.as_str(), item.text.as_str(), item.citation.as_str()];
            let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            parts.join(" · ")
        };
        chapter.list(&items.map(line).collect::<Vec<_>>());
        let rows = card.choices.iter().map(|choice| {
            let taken = if choice.taken { " (taken until decided)" } else { "" };
            let effect = match choice.effect.as_slice() {
                [] => "changes nothing in the plan".to_owned(),
                lines => lines.join("; "),
            };
            vec![format!("{}: {}{taken}", choice.choice, choice.words), effect]
        });
        chapter.table(&["Choice", "Changes"], rows.collect());
    }
    chapter
}

fn letter(book: &Book) -> Chapter {
    let mut chapter = Chapter::new("The letter, once");
    let mut section = "";
    for block in &book.letter.blocks {
        if block.section != section {
            section = &block.section;
            chapter.heading(2, &super::letters::title(section));
        }
        let who = match block.chips.is_empty() {
            true => format!("All {}", number(block.versions)),
            false => block.chips.join("; "),
        };
        let mut contents: Vec<String> = Vec::new();
        for at in &block.meets {
            let content = id_words(&book.letter.requirements[*at].content);
            if !contents.contains(&content) {
                contents.push(content);
            }
        }
        let meets = match contents.is_empty() {
            true => String::new(),
            false => format!(" · {}", contents.join(", ")),
        };
        match &block.block.kind {
            BlockKind::PageBreak | BlockKind::Rule | BlockKind::Figure { .. } => continue,
            // A heading of the letter is no heading of the book.
            BlockKind::Heading { spans, .. } => {
                let bold = spans.iter().map(|span| Span { bold: true, ..span.clone() }).collect();
                chapter.push(BlockKind::Paragraph { spans: bold });
                continue;
            }
            other => chapter.push(other.clone()),
        }
        chapter.note(&format!("{who} · {}{meets}", counted(block.pieces, "piece", "pieces")));
    }
    chapter
}

fn coverage(book: &Book) -> Chapter {
    let mut chapter = Chapter::new("What the law asks of the letters");
    for (kind, title) in [
        (AnswerKind::Gap, "Not met by every version"),
        (AnswerKind::Judged, "For a person to read"),
        (AnswerKind::Fine, "Answered"),
    ] {
        let rows: Vec<_> =
            book.letter.requirements.iter().filter(|row| row.gravest() == kind).collect();
        let mut lines: Vec<Vec<String>> = Vec::new();
        for of in rows.chunk_by(|a, b| (&a.jurisdiction, &a.cite) == (&b.jurisdiction, &b.cite)) {
            let contents: Vec<String> = of.iter().map(|row| id_words(&row.content)).collect();
            lines.push(vec![format!("{} {}", of[0].jurisdiction, of[0].cite), contents.join(", ")]);
        }
        if !lines.is_empty() {
            chapter.heading(2, title);
        }
        chapter.table(&["Law", "Contents"], lines);
    }
    chapter
}

fn duties(book: &Book) -> Chapter {
    let mut chapter = Chapter::new("Duties");
    for standing in DutyState::ALL.into_iter().filter(|state| *state != DutyState::NotArising) {
        let found = of_standing(&book.plan.duties, standing, book.plan.as_of);
        if found.is_empty() {
            continue;
        }
        chapter.heading(2, standing.title());
        let rows = found.iter().map(|duty| {
            vec![
                duty.due.map_or_else(|| "no fixed day".to_owned(), day),
                format!("{} {}", duty.jurisdiction, duty.recipient),
                number(duty.count),
                format!("{} {}", duty.reason, duty.citation),
            ]
        });
        chapter.table(&["Due", "To", "Count", "Reason and law"], rows.collect());
    }
    chapter
}

fn rest(book: &Book) -> Chapter {
    let mut chapter = Chapter::new("Filings, findings, and what this does not cover");
    let rows = book.filings.iter().map(|filing| {
        vec![
            filing.jurisdiction.clone(),
            filing.name.clone(),
            format!("{} {}", filing.note, filing.filed),
        ]
    });
    chapter.table(&["Law", "Filing or notice", "Standing"], rows.collect());
    let mut known = std::collections::BTreeSet::new();
    let findings = book.findings.iter().filter(|finding| known.insert(finding.code.as_str()));
    let rows = findings.map(|finding| {
        let count = book.findings.count(finding.code.as_str());
        vec![number(count), finding.message.clone(), finding.remedy.clone()]
    });
    chapter.table(&["Count", "Finding", "Remedy"], rows.collect());
    chapter.list(&book.plan.not_covered);
    chapter
}
