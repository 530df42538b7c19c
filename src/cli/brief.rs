//! Findings within so many lines: what blocks first, held rows with the largest code first,
//! letters and templates apart, then what wants a look; notes are only counted.

use crate::cli::diagnostic::{position, printable, with_value};
use crate::cli::hint;
use crate::finding::{Code, Finding, Findings, Group, Place, Severity, catalogue};
use crate::tables::words::{count, thousands};
use std::collections::BTreeMap;

/// How many rows of a code are named, in a paragraph and in a line.
const SHOWN: usize = 5;
const SHOWN_IN_LINE: usize = 2;

/// How many different messages of one code are shown.
const MESSAGES: usize = 3;

/// Columns before the text of a paragraph: the number and two spaces.
const INDENT: usize = 9;

/// The findings in at most `lines` lines of `width` columns, as far as their headings allow.
///
/// `held` says how many rows each code holds: figures of held rows come from there, so that they
/// add up to the held rows of every other table.
pub fn findings(
    findings: &Findings,
    held: &BTreeMap<&'static str, u64>,
    show_values: bool,
    width: usize,
    lines: usize,
) -> Vec<String> {
    let sections = sections(findings, held, show_values, width);
    let notes = findings.at_least(Severity::Note) - findings.at_least(Severity::Warning);
    let last = (notes > 0)
        .then(|| format!("{} besides; `--details` shows them", count(notes, "note", "notes")));
    let last: Vec<String> = last.iter().flat_map(|text| wrapped("", "", text, width)).collect();
    let room = lines.saturating_sub(height(&last, width));
    let mut told = fitted(&sections, room, width);
    told.extend(last);
    told
}

/// How many lines of the terminal these are.
pub fn height(lines: &[String], width: usize) -> usize {
    lines.iter().map(|line| line.chars().count().div_ceil(width).max(1)).sum()
}

/// Findings that want the same of the reader.
struct Section {
    title: String,
    items: Vec<BriefItem>,
}

/// The findings of one code, in three lengths.
struct BriefItem {
    code: Code,
    count: u64,
    /// With the first places and the whole remedy.
    paragraph: Vec<String>,
    /// Two lines.
    short: Vec<String>,
    line: String,
}

/// How much of a code is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    /// Code and number, among others.
    Listed,
    Line,
    Short,
    Paragraph,
}

fn sections(
    findings: &Findings,
    held: &BTreeMap<&'static str, u64>,
    show_values: bool,
    width: usize,
) -> Vec<Section> {
    let groups = findings.groups();
    let mut sections = Vec::new();
    let mut add = |title: &dyn Fn(u64) -> String, mut items: Vec<BriefItem>| {
        items.sort_by(|a, b| b.count.cmp(&a.count).then(a.code.cmp(&b.code)));
        let sum = items.iter().map(|item| item.count).sum();
        if !items.is_empty() {
            sections.push(Section { title: title(sum), items });
        }
    };
    let mut files: Vec<&str> =
        findings.iter().filter_map(of_row).map(|p| p.file.as_str()).collect();
    files.sort_unstable();
    files.dedup();
    let several = files.len() > 1;
    let item = |group: &Group<'_>, n: u64| BriefItem::new(group, n, several, show_values, width);
    let of = |wanted: &dyn Fn(&Group<'_>) -> bool| -> Vec<BriefItem> {
        groups.iter().filter(|g| wanted(g)).map(|g| item(g, g.count)).collect()
    };
    add(
        &|n| format!("{} to be corrected before anything else", count(n, "error", "errors")),
        of(&|g| g.severity == Severity::Error),
    );
    let holds = |g: &Group<'_>| g.severity == Severity::Held || held.contains_key(g.code.as_str());
    let mut holding: Vec<BriefItem> = groups
        .iter()
        .filter(|g| g.severity != Severity::Error && holds(g))
        .map(|g| item(g, held.get(g.code.as_str()).copied().unwrap_or(0)))
        .collect();
    for (code, n) in held.iter().filter(|(code, _)| findings.count(code) == 0) {
        let Some(code) = Code::named(code) else { continue };
        let group = Group { code, severity: Severity::Held, count: *n, kept: &[] };
        holding.push(item(&group, *n));
    }
    add(
        &|n| {
            let rows = count(n, "row is held", "rows are held");
            let (whom, what) = match n {
                1 => ("the person", "it is"),
                _ => ("these people", "they are"),
            };
            format!("{rows}: nothing is sent to {whom} until {what} repaired")
        },
        holding,
    );
    let milder =
        |g: &Group<'_>| matches!(g.severity, Severity::Warning | Severity::Question) && !holds(g);
    add(
        &|n| format!("Letters and templates: {}", count(n, "finding", "findings")),
        of(&|g| milder(g) && of_words(g)),
    );
    add(
        &|n| format!("{} to be decided", count(n, "finding", "findings")),
        of(&|g| milder(g) && !of_words(g) && g.severity == Severity::Question),
    );
    add(
        &|n| format!("{}; the work goes on", count(n, "warning", "warnings")),
        of(&|g| milder(g) && !of_words(g) && g.severity == Severity::Warning),
    );
    sections
}

/// About words and pictures that are alike for many, not about a row.
fn of_words(group: &Group<'_>) -> bool {
    catalogue::of_words(group.code) && !group.kept.iter().any(|f| of_row(f).is_some())
}

/// The place of a finding about a row of a roster.
fn of_row(finding: &Finding) -> Option<&Place> {
    finding.place.as_ref().filter(|p| p.row.is_some() || p.cell.is_some() && p.line.is_some())
}

impl BriefItem {
    /// `n` is how many rows or findings stand before the code; `several` whether there are rows
    /// of several files.
    fn new(group: &Group<'_>, n: u64, several: bool, show_values: bool, width: usize) -> Self {
        let first = group.kept.first();
        let alike = group.kept.iter().all(|f| Some(&f.message) == first.map(|f| &f.message));
        let says = match first {
            Some(first) if alike => first.message.as_str(),
            _ => group.code.says(),
        };
        let remedy = first.map_or(group.code.advice(), |f| f.remedy.as_str());
        // Of rows that another code holds already.
        let number = if n == 0 { "also".to_owned() } else { thousands(n) };
        let number = format!("{number:>7}  ");
        let indent = " ".repeat(INDENT);
        let mut also = String::new();
        if group.count > n {
            let more = count(group.count - n, "further finding", "further findings");
            also = format!(" ({more} in rows held for another reason)");
        }
        let head = printable(&format!("{}: {says}{also}", group.code));
        let mut paragraph = wrapped(&number, &indent, &head, width);
        let mut push = |text: &str| {
            if !text.is_empty() {
                paragraph.extend(wrapped(&indent, &indent, text, width));
            }
        };
        let numbers = places(group, SHOWN, show_values);
        if alike {
            push(&numbers);
        } else {
            for finding in group.kept.iter().take(MESSAGES) {
                let place = finding.place.as_ref().map(position).unwrap_or_default();
                let text = format!("{place}: {}", finding.message);
                push(&printable(&with_value(text, finding, show_values)));
            }
            if group.count > MESSAGES as u64 {
                push(&format!("and {} more", thousands(group.count - MESSAGES as u64)));
            }
        }
        if !remedy.is_empty() && remedy != "nothing" {
            push(&printable(&hint::filled(&format!("Remedy: {remedy}"))));
        }
        let short = vec![
            clipped(format!("{number}{}: {remedy}", group.code), width),
            clipped(format!("{indent}{numbers}"), width),
        ];
        let rows = first_rows(group, several, show_values);
        let line = clipped(format!("{number}{}{rows}: {remedy}", group.code), width);
        Self { code: group.code, count: n, paragraph, short, line }
    }
}

/// `roster.csv column K zip, rows 3, 7, 9 and 309 more`, as a spreadsheet counts them.
fn places(group: &Group<'_>, shown: usize, show_values: bool) -> String {
    let mut text = String::new();
    let mut before = None;
    let kept = &group.kept[..group.kept.len().min(shown)];
    for finding in kept {
        let Some(place) = &finding.place else { continue };
        let number = place.line.or(place.row);
        let same = (&place.file, &place.cell, place.line.is_some());
        let at = match number {
            None => position(place),
            Some(number) if before == Some(same) => number.to_string(),
            Some(number) => {
                let cell = place.cell.as_ref().map_or(String::new(), |c| format!(" column {c}"));
                let kind = if place.cell.is_some() || place.row.is_some() { "row" } else { "line" };
                let several = kept
                    .iter()
                    .filter_map(|f| f.place.as_ref())
                    .filter(|p| (&p.file, &p.cell, p.line.is_some()) == same);
                let s = if several.count() > 1 { "s" } else { "" };
                format!("{}{cell}, {kind}{s} {number}", place.file)
            }
        };
        let glue = match (text.is_empty(), before == Some(same)) {
            (true, _) => "",
            (false, true) => ", ",
            (false, false) => "; ",
        };
        before = number.map(|_| same);
        text.push_str(glue);
        text.push_str(&with_value(at, finding, show_values));
    }
    let more = group.count.saturating_sub(kept.len() as u64);
    if more > 0 && !text.is_empty() {
        text.push_str(&format!(" and {} more", thousands(more)));
    }
    printable(&text)
}

/// ` (rows 3, 7)`: the first rows, in as few words as possible.
fn first_rows(group: &Group<'_>, several: bool, show_values: bool) -> String {
    let mut parts = Vec::new();
    for finding in group.kept.iter().take(SHOWN_IN_LINE) {
        let Some(place) = &finding.place else { continue };
        let Some(number) = place.line.or(place.row) else { continue };
        let at = if several { format!("{} {number}", place.file) } else { number.to_string() };
        let of_row = place.cell.is_some() || place.row.is_some();
        parts.push((with_value(at, finding, show_values), of_row));
    }
    let word = match (several, parts.as_slice()) {
        (_, []) => return String::new(),
        (true, _) => "",
        (false, [(_, true)]) => "row ",
        (false, [(_, true), ..]) => "rows ",
        (false, [(_, false)]) => "line ",
        (false, [(_, false), ..]) => "lines ",
    };
    let parts: Vec<String> = parts.into_iter().map(|(at, _)| at).collect();
    printable(&format!(" ({word}{})", parts.join(", ")))
}

/// As much as fits: first a line for each code, then more for the first of them.
fn fitted(sections: &[Section], lines: usize, width: usize) -> Vec<String> {
    let mut levels: Vec<Vec<Level>> =
        sections.iter().map(|s| vec![Level::Paragraph; s.items.len()]).collect();
    let whole = told(sections, &levels, true, usize::MAX, width);
    if height(&whole, width) <= lines {
        return whole;
    }
    levels.iter_mut().flatten().for_each(|level| *level = Level::Listed);
    // So many lines of a list that all headings have room.
    let fits = |levels: &[Vec<Level>], listed: usize| {
        height(&told(sections, levels, false, listed, width), width) <= lines
    };
    let listed = (1..=12).rev().find(|listed| fits(&levels, *listed)).unwrap_or(1);
    for level in [Level::Line, Level::Short, Level::Paragraph] {
        for section in 0..sections.len() {
            for item in 0..sections[section].items.len() {
                let before = levels[section][item];
                levels[section][item] = level;
                if !fits(&levels, listed) {
                    levels[section][item] = before;
                    break;
                }
            }
        }
    }
    told(sections, &levels, false, listed, width)
}

/// The sections with each code at its level; those that are only listed take `listed` lines.
fn told(
    sections: &[Section],
    levels: &[Vec<Level>],
    gaps: bool,
    listed: usize,
    width: usize,
) -> Vec<String> {
    let mut lines = Vec::new();
    for (section, levels) in sections.iter().zip(levels) {
        lines.extend(wrapped("", "", &section.title, width));
        let mut rest = Vec::new();
        for (item, level) in section.items.iter().zip(levels) {
            match level {
                Level::Listed => rest.push(item),
                Level::Line => lines.push(item.line.clone()),
                Level::Short => lines.extend(item.short.iter().cloned()),
                Level::Paragraph => lines.extend(item.paragraph.iter().cloned()),
            }
        }
        lines.extend(list(&rest, listed, width));
        if gaps {
            lines.push(String::new());
        }
    }
    lines
}

/// Codes with their numbers, as many as fit into so many lines; the others are counted.
fn list(items: &[&BriefItem], lines: usize, width: usize) -> Vec<String> {
    let indent = " ".repeat(INDENT);
    if items.is_empty() {
        return Vec::new();
    }
    // No more than could fit if all were short.
    let most = items.len().min(lines.saturating_mul(width) / 12);
    for shown in (0..=most).rev() {
        let mut parts: Vec<String> = items[..shown]
            .iter()
            .map(|item| format!("{} {}", thousands(item.count), item.code))
            .collect();
        let rest = &items[shown..];
        if !rest.is_empty() {
            let sum = rest.iter().map(|item| item.count).sum();
            let codes = count(rest.len() as u64, "more code", "more codes");
            parts.push(format!("{} of {codes}", thousands(sum)));
        }
        let text = wrapped(&indent, &indent, &parts.join(", "), width);
        if shown == 0 || height(&text, width) <= lines {
            return text;
        }
    }
    Vec::new()
}

/// Breaks a text at its spaces.
pub fn wrapped(first: &str, indent: &str, text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut line, mut empty) = (first.to_owned(), true);
    for word in text.split_whitespace() {
        let long = line.chars().count() + word.chars().count() + usize::from(!empty) > width;
        if long && !empty {
            lines.push(std::mem::replace(&mut line, indent.to_owned()));
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    lines.push(line);
    lines
}

/// The beginning of a line that is too long.
fn clipped(text: String, width: usize) -> String {
    let text = printable(&text).replace('\n', " ");
    if text.chars().count() <= width {
        return text;
    }
    let mut short: String = text.chars().take(width.saturating_sub(3)).collect();
    short.truncate(short.trim_end().len());
    short + "..."
}
