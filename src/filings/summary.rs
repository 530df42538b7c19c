//! The printed summary of a filing: what to enter, what is open, what to enclose.

use super::answer::{Answer, State};
use super::filing::{Basis, Filing, FilingStanding};
use super::words::put;
use crate::document::{Block, BlockKind, Document, Origin, Section, SectionStyle, Span};
use sha2::{Digest, Sha256};
use std::sync::Arc;

pub(super) fn document(filing: &Filing) -> Document {
    let words = &filing.words;
    let title = put(&words.page("title"), &[("recipient", &filing.duty.recipient)]);
    let mut sections = vec![section("filing-head", head(filing, &title))];
    let open = open_list(filing);
    if !open.is_empty() {
        sections.push(section("filing-open", open));
    }
    sections.push(section("filing-fields", fields(filing)));
    sections.push(section("filing-counts", counts(filing)));
    let notes = notes(filing);
    if !notes.is_empty() {
        sections.push(section("filing-notes", notes));
    }
    Document { lang: words.page("lang"), title, sections }
}

fn head(filing: &Filing, title: &str) -> Vec<Block> {
    let words = &filing.words;
    let mut blocks = vec![heading(1, title)];
    if filing.standing != FilingStanding::Due {
        blocks.push(bold(&words.page(&format!("standing_{}", filing.standing.label()))));
    }
    if filing.counts.estimated {
        blocks.push(bold(&words.page("preliminary")));
    }
    blocks.extend(standing(filing));
    blocks.push(paragraph(&words.page(&format!("basis_{}", filing.form.basis.label()))));
    let due = filing.duty.due.map_or_else(|| words.page("no_due_day"), |day| day.to_string());
    let mut rows = vec![
        ("duty", filing.duty.id.clone()),
        ("entities", filing.duty.entity_names.join("; ")),
        ("due", due),
        ("timing", filing.duty.timing.clone()),
        ("citation", filing.duty.citation.clone()),
        ("url", filing.form.url.clone()),
        ("as_of", filing.as_of.to_string()),
        ("law_pack", filing.law_pack.clone()),
    ];
    if !filing.duty.also.is_empty() {
        rows.insert(1, ("also", filing.duty.also.join(", ")));
    }
    let rows = rows
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| vec![text(&words.page(key)), text(&value)])
        .collect();
    blocks.push(table(vec![text(&words.page("item")), text(&words.page("value"))], rows));
    blocks
}

/// Whether it was filed, and what no longer holds.
fn standing(filing: &Filing) -> Vec<Block> {
    let words = &filing.words;
    let Some(line) = filing.filed_line() else { return Vec::new() };
    let mut blocks = vec![bold(&line)];
    if !filing.history.changes.is_empty() {
        let header = ["changed", "before", "after"].map(|id| text(&words.page(id))).to_vec();
        let rows = filing.history.changes.iter().map(|change| {
            [&change.label, &change.before, &change.after].map(|cell| text(cell)).to_vec()
        });
        blocks.push(table(header, rows.collect()));
    }
    blocks
}

impl Filing {
    /// In a sentence: when it was filed, under which number, and whether that still holds.
    pub fn filed_line(&self) -> Option<String> {
        let filed = self.history.filed.as_ref()?;
        let id = match (self.history.amends, self.history.changes.is_empty()) {
            (true, _) => "line_amends",
            (false, true) => "line_filed",
            (false, false) => "line_stale",
        };
        let (on, words) = (filed.on.to_string(), &self.words);
        let values = [
            ("on", on.as_str()),
            ("number", &filed.number),
            ("amendment", &self.history.amendment),
        ];
        Some(put(&words.page(id), &values))
    }
}

/// What must be done first: keys to add, questions to answer, files to enclose.
fn open_list(filing: &Filing) -> Vec<Block> {
    let words = &filing.words;
    let mut items: Vec<String> = Vec::new();
    for answer in &filing.fields {
        let line = match &answer.state {
            State::Missing { keys } => {
                let id = if answer.is_command() { "to_run" } else { "to_add" };
                put(&words.page(id), &[("label", &answer.label), ("keys", &keys.join(", "))])
            }
            State::ToChoose { question, ask } => put(
                &words.page("to_settle"),
                &[("label", &answer.label), ("ask", ask), ("question", question)],
            ),
            State::Attachment { file } => {
                put(&words.page("to_enclose"), &[("label", &answer.label), ("file", file)])
            }
            State::Answered | State::NotApplicable => continue,
        };
        if !items.contains(&line) {
            items.push(line);
        }
    }
    if items.is_empty() {
        return Vec::new();
    }
    vec![heading(2, &words.page("open")), list(&items)]
}

/// A table per section and block, in the form's order.
fn fields(filing: &Filing) -> Vec<Block> {
    let words = &filing.words;
    let title = if filing.form.basis == Basis::Form { "fields" } else { "contents" };
    let mut blocks = vec![heading(2, &words.page(title))];
    let header = || {
        vec![text(&words.page("field")), text(&words.page("answer")), text(&words.page("status"))]
    };
    for group in filing.fields.chunk_by(Answer::stands_with) {
        let place = group[0].place();
        if !place.is_empty() {
            blocks.push(heading(3, &place));
        }
        blocks.push(table(header(), group.iter().map(|answer| row(filing, answer)).collect()));
    }
    blocks
}

fn row(filing: &Filing, answer: &Answer) -> Vec<Vec<Span>> {
    let words = &filing.words;
    let label = if answer.required {
        put(&words.page("required"), &[("label", &answer.label)])
    } else {
        answer.label.clone()
    };
    let mut status = words.status(answer.state.label());
    match &answer.state {
        State::Missing { keys } => status = format!("{status}: {}", keys.join(", ")),
        State::Attachment { file } => status = format!("{status}: {file}"),
        _ => {}
    }
    let mut value = lines(&answer.text());
    if answer.excess() > 0 {
        let over = put(&words.page("excess"), &[("n", &answer.excess().to_string())]);
        value.push(Span { text: format!(" {over}"), bold: true, ..Span::default() });
    }
    vec![text(&label), value, text(&status)]
}

/// The figures with where they come from, so that two filings can be held side by side.
fn counts(filing: &Filing) -> Vec<Block> {
    let words = &filing.words;
    let counts = &filing.counts;
    let mut rows = vec![
        ("count_total".to_owned(), counts.total),
        ("count_patients".to_owned(), counts.patients),
        ("count_residents".to_owned(), counts.residents),
        ("count_statute".to_owned(), counts.statute),
    ]
    .into_iter()
    .map(|(key, n)| vec![text(&words.page(&key)), text(&n.to_string())])
    .collect::<Vec<_>>();
    for (entity, n) in &counts.by_entity {
        let label = put(&words.page("count_entity"), &[("entity", entity)]);
        rows.push(vec![text(&label), text(&n.to_string())]);
    }
    let mut blocks = vec![
        heading(2, &words.page("counts")),
        table(vec![text(&words.page("item")), text(&words.page("people"))], rows),
    ];
    if counts.estimated {
        blocks.push(bold(&words.note("estimated")));
    }
    blocks
}

fn notes(filing: &Filing) -> Vec<Block> {
    let words = &filing.words;
    let mut items: Vec<String> = filing.form.notes.clone();
    for answer in &filing.fields {
        for note in &answer.notes {
            items.push(put(&words.page("note_on"), &[("label", &answer.label), ("note", note)]));
        }
    }
    items.dedup();
    let mut blocks = Vec::new();
    if !items.is_empty() {
        blocks.push(heading(2, &words.page("notes")));
        blocks.push(list(&items));
    }
    if !filing.form.unknown.is_empty() {
        blocks.push(heading(2, &words.page("unknown")));
        blocks.push(list(&filing.form.unknown));
    }
    blocks
}

pub(super) fn section(name: &str, blocks: Vec<Block>) -> Arc<Section> {
    let mut hash = Sha256::new();
    for block in &blocks {
        digest(block, &mut hash);
    }
    let bytes = hash.finalize();
    let key = bytes.iter().take(8).fold(0_u64, |key, byte| key << 8 | u64::from(*byte));
    Arc::new(Section {
        key,
        name: name.to_owned(),
        personal: false,
        style: SectionStyle::Body,
        blocks,
    })
}

fn digest(block: &Block, hash: &mut Sha256) {
    let mut spans = |mark: &str, spans: &[Span]| {
        hash.update(mark.as_bytes());
        for span in spans {
            hash.update([u8::from(span.bold), u8::from(span.breaks)]);
            hash.update(span.text.as_bytes());
            hash.update([0]);
        }
    };
    match &block.kind {
        BlockKind::Heading { level, spans: text } => spans(&format!("h{level}"), text),
        BlockKind::Paragraph { spans: text } => spans("p", text),
        BlockKind::Table { header, rows } => {
            header.iter().for_each(|cell| spans("th", cell));
            rows.iter().flatten().for_each(|cell| spans("td", cell));
        }
        BlockKind::List { items, .. } => {
            items.iter().flatten().for_each(|item| digest(item, hash));
        }
        BlockKind::Figure { .. } | BlockKind::Rule | BlockKind::PageBreak => {}
    }
}

fn block(kind: BlockKind) -> Block {
    Block {
        kind,
        satisfies: Vec::new(),
        contains: Vec::new(),
        courtesy: false,
        origin: Origin::default(),
    }
}

pub(super) fn text(text: &str) -> Vec<Span> {
    vec![Span { text: text.to_owned(), ..Span::default() }]
}

/// A forced break after each line but the last.
fn lines(text: &str) -> Vec<Span> {
    let lines: Vec<&str> = text.lines().collect();
    let last = lines.len().saturating_sub(1);
    lines
        .iter()
        .enumerate()
        .map(|(i, line)| Span { text: (*line).to_owned(), breaks: i < last, ..Span::default() })
        .collect()
}

pub(super) fn heading(level: u8, words: &str) -> Block {
    block(BlockKind::Heading { level, spans: text(words) })
}

pub(super) fn paragraph(words: &str) -> Block {
    block(BlockKind::Paragraph { spans: text(words) })
}

fn bold(words: &str) -> Block {
    let span = Span { text: words.to_owned(), bold: true, ..Span::default() };
    block(BlockKind::Paragraph { spans: vec![span] })
}

fn list(items: &[String]) -> Block {
    let items = items.iter().map(|item| vec![paragraph(item)]).collect();
    block(BlockKind::List { ordered: false, start: 1, items })
}

pub(super) fn table(header: Vec<Vec<Span>>, rows: Vec<Vec<Vec<Span>>>) -> Block {
    block(BlockKind::Table { header, rows })
}
