//! Findings and refusals as a page tells them: one kind at a time, the gravest first, values hidden.

use super::Block;
use crate::finding::{Findings, Group, Severity};
use crate::matter::refusal::{Refusal, kind};
use crate::tables::words::count;
use std::io;

/// Places that are shown of one kind.
const SHOWN: usize = 8;

/// What was found, the gravest kind open and the others behind it.
pub fn findings(findings: &Findings) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (at, group) in findings.groups().iter().enumerate() {
        let title = format!("{} ({})", group.code.says(), group.code);
        let block = told(group);
        if at == 0 {
            blocks.push(block);
            continue;
        }
        blocks.push(Block::Details { summary: title, blocks: vec![block], open: false });
    }
    blocks
}

fn told(group: &Group<'_>) -> Block {
    let kind = match group.severity {
        Severity::Error | Severity::Held => "stop",
        Severity::Question | Severity::Warning => "warn",
        _ => "good",
    };
    let first = &group.kept[0];
    let mut lines: Vec<String> = group.kept.iter().take(SHOWN).map(line).collect();
    lines.dedup();
    if group.count as usize > group.kept.len().min(SHOWN) {
        let more = group.count - group.kept.len().min(SHOWN) as u64;
        lines.push(format!("and {} more", count(more, "place", "places")));
    }
    if !first.remedy.is_empty() {
        lines.push(format!("What to do: {}", first.remedy.replace('`', "")));
    }
    let title = match group.count {
        1 => capital(&first.message),
        n => format!("{} ({})", capital(group.code.says()), count(n, "time", "times")),
    };
    Block::Note { kind, title, lines: if group.count == 1 { tail(group, lines) } else { lines } }
}

/// A single finding's line only says where it is.
fn tail(group: &Group<'_>, mut lines: Vec<String>) -> Vec<String> {
    match place(&group.kept[0]) {
        place if place.is_empty() => drop(lines.remove(0)),
        place => lines[0] = place,
    }
    lines
}

fn line(finding: &crate::finding::Finding) -> String {
    match place(finding) {
        place if place.is_empty() => capital(&finding.message),
        place => format!("{place}: {}", finding.message.replace('`', "")),
    }
}

fn place(finding: &crate::finding::Finding) -> String {
    let Some(place) = &finding.place else { return String::new() };
    let mut text = place.file.clone();
    match (place.line, place.row) {
        (_, Some(row)) => text.push_str(&format!(", row {row}")),
        (Some(line), None) => text.push_str(&format!(", line {line}")),
        (None, None) => {}
    }
    if let Some(cell) = &place.cell {
        text.push_str(&format!(", column {cell}"));
    }
    text
}

/// A sentence of the terminal as a page says it: a capital first, without the marks of code.
pub fn capital(text: &str) -> String {
    let text = text.replace('`', "");
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

/// Why something was not done.
pub fn refusal(refusal: &Refusal) -> Vec<Block> {
    match refusal {
        Refusal::Configuration(found) | Refusal::Refused(found) | Refusal::Unsettled(found) => {
            findings(found)
        }
        Refusal::Io { what, error } => {
            let help = match kind(error) {
                io::ErrorKind::StorageFull => "Make room on the disk and try again.",
                io::ErrorKind::PermissionDenied => "See that you may read and write there.",
                _ => "What was there before is still there; try again.",
            };
            let lines = vec![error.to_string(), help.to_owned()];
            vec![Block::Note { kind: "stop", title: format!("Cannot {what}"), lines }]
        }
    }
}
