//! Changes become bytes of templates; what no change concerns stays byte for byte.

use super::inline::{atoms, markdown, typographic};
use super::item::{Edit, Hunk};
use super::labels::Labels;
use super::piece::{Atom, Kind, Piece, Role};
use std::collections::BTreeMap;
use std::ops::Range;

/// A template after the changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    pub text: String,
    /// Positions, in the list that was given, of edits that could not be made.
    pub failed: Vec<usize>,
}

/// Makes edits in one template. `pieces` are all pieces of the document; the edits must concern this
/// file only.
pub fn apply(text: &str, pieces: &[Piece], edits: &[(usize, &Edit)], labels: &Labels) -> Applied {
    let mut applied = Applied::default();
    // Range, what stands there instead, order among insertions at one place, edits behind it.
    let mut steps: Vec<(Range<usize>, String, Vec<usize>)> = Vec::new();
    let mut words: BTreeMap<(usize, usize), (Vec<Hunk>, Vec<usize>)> = BTreeMap::new();
    for (number, edit) in edits {
        match edit {
            Edit::Words { first, last, hunks } => {
                let of = words.entry((*first, *last)).or_default();
                of.0.extend(hunks.iter().cloned());
                of.1.push(*number);
            }
            Edit::Remove { piece } => {
                steps.push((lines(text, pieces, *piece, edits), String::new(), vec![*number]));
            }
            Edit::Insert { beside, after, role, text: words } => {
                let (at, put) = inserted(text, pieces, *beside, *after, *role, words);
                steps.push((at..at, put, vec![*number]));
            }
            Edit::Move { piece, after } => {
                let from = lines(text, pieces, *piece, &[]);
                let at = end_of(text, pieces, *after);
                let moved = &text[from.clone()];
                let put = match pieces[*piece].role.is_item() {
                    true => whole_lines(text, at, moved.trim_end_matches('\n')),
                    false => format!("{}\n{}", head(text, at), with_end(moved)),
                };
                if from.contains(&at) && at != from.start {
                    applied.failed.push(*number);
                    continue;
                }
                steps.push((from, String::new(), vec![*number]));
                steps.push((at..at, put, vec![*number]));
            }
        }
    }
    for ((first, last), (mut hunks, numbers)) in words {
        hunks.sort_by_key(|hunk| (hunk.now.start, hunk.now.end));
        match rewritten(text, &pieces[first..=last], &hunks, labels) {
            Some((range, put)) => steps.push((range, put, numbers)),
            None => applied.failed.extend(numbers),
        }
    }
    steps.sort_by_key(|(range, _, _)| (range.start, range.end));
    let mut at = 0;
    for (range, put, numbers) in steps {
        if range.start < at {
            applied.failed.extend(numbers);
            continue;
        }
        applied.text.push_str(&text[at..range.start]);
        applied.text.push_str(&put);
        at = range.end;
    }
    applied.text.push_str(&text[at..]);
    applied.failed.sort_unstable();
    applied.failed.dedup();
    applied
}

/// The words of neighboring pieces with their hunks; none if Markdown would read them otherwise.
fn rewritten(
    text: &str,
    pieces: &[Piece],
    hunks: &[Hunk],
    labels: &Labels,
) -> Option<(Range<usize>, String)> {
    let mut all: Vec<Atom> = Vec::new();
    for (i, piece) in pieces.iter().enumerate() {
        if i > 0 {
            let between = pieces[i - 1].at.words.end..piece.at.words.start;
            let source = text.get(between)?.to_owned();
            let text = "\u{b6}".to_owned();
            all.push(Atom {
                kind: Kind::Border,
                text,
                bold: false,
                italic: false,
                source,
                by: None,
            });
        }
        all.extend(piece.atoms.iter().cloned());
    }
    let last = pieces.last()?;
    let range = pieces[0].at.words.start..last.at.words.end;
    for hunk in hunks.iter().rev() {
        if hunk.now.end > all.len() {
            return None;
        }
        let mut with = hunk.with.clone();
        for atom in with.iter_mut().filter(|a| a.kind == Kind::Border) {
            if pieces[0].role == Role::Paragraph
                && let Some(comment) = &pieces[0].at.comment
            {
                atom.source = format!("\n\n{}\n", text[comment.clone()].trim_end());
            }
        }
        all.splice(hunk.now.clone(), with);
    }
    // Two spaces where words were taken out are one; none stands at an edge.
    let mut clean: Vec<Atom> = Vec::new();
    for (i, atom) in all.iter().enumerate() {
        let edge =
            |a: Option<&Atom>| a.is_none_or(|a| matches!(a.kind, Kind::Border | Kind::Break));
        let next = all.get(i + 1);
        if atom.is_space()
            && (edge(clean.last()) || edge(next) || clean.last().is_some_and(Atom::is_space))
        {
            // A line's own end stays where a space stood beside it.
            if let Some(before) = clean.last_mut()
                && before.is_space()
                && atom.source.contains('\n')
            {
                before.source.clone_from(&atom.source);
            }
            continue;
        }
        clean.push(atom.clone());
    }
    if clean.is_empty() {
        return None;
    }
    let made = markdown(&clean);
    reads(&made, &clean, labels).then_some((range, made))
}

/// Whether Markdown reads what was meant.
fn reads(made: &str, wanted: &[Atom], labels: &Labels) -> bool {
    let parts = wanted.split(|a| a.kind == Kind::Border);
    let borders: Vec<&str> =
        wanted.iter().filter(|a| a.kind == Kind::Border).map(|a| a.source.as_str()).collect();
    let mut rest = made;
    let mut sources = Vec::new();
    for border in borders {
        let Some((before, after)) = rest.split_once(border) else { return false };
        sources.push(before);
        rest = after;
    }
    sources.push(rest);
    let flat = |atoms: &[Atom]| -> Vec<(String, bool)> {
        let mut list: Vec<(String, bool)> = Vec::new();
        for atom in atoms {
            let telling = atom.kind != Kind::Label && !atom.is_space() && atom.kind != Kind::Break;
            let bold = atom.bold && telling && atom.text.chars().any(char::is_alphanumeric);
            let text = super::piece::normal(&atom.text);
            match list.last_mut() {
                Some((last, face)) if *face == bold || !telling => last.push_str(&text),
                _ => list.push((text, bold)),
            }
        }
        list
    };
    parts.zip(sources).all(|(wanted, source)| {
        let mut read = atoms(source, labels);
        typographic(&mut read);
        let text = |atoms: &[Atom]| flat(atoms).iter().map(|(t, _)| t.as_str()).collect::<String>();
        let bold = |atoms: &[Atom]| -> Vec<bool> {
            let words = atoms
                .iter()
                .filter(|a| a.kind == Kind::Text && a.text.chars().any(char::is_alphanumeric));
            words.map(|a| a.bold).collect()
        };
        text(&read) == text(wanted) && bold(&read) == bold(wanted)
    })
}

/// The lines that go with a piece.
fn lines(text: &str, pieces: &[Piece], index: usize, edits: &[(usize, &Edit)]) -> Range<usize> {
    let piece = &pieces[index];
    let going = |i: usize| {
        i == index || edits.iter().any(|(_, e)| matches!(e, Edit::Remove { piece } if *piece == i))
    };
    let of_block: Vec<usize> = (0..pieces.len())
        .filter(|i| pieces[*i].file == piece.file && pieces[*i].block == piece.block)
        .collect();
    let alone = of_block.iter().all(|i| going(*i));
    let mut range = piece.at.lines.clone();
    if alone {
        if of_block.first() == Some(&index)
            && let Some(comment) = &piece.at.comment
            && comment.end == range.start
        {
            range.start = comment.start;
        }
        // One empty line is enough between what stands before and behind.
        let before = &text[..range.start];
        if of_block.last() == Some(&index)
            && (before.is_empty() || before.ends_with("\n\n") || before.ends_with("%}\n"))
            && text[range.end..].starts_with('\n')
        {
            range.end += 1;
        }
    }
    range
}

/// Where a piece's lines end.
fn end_of(text: &str, pieces: &[Piece], index: usize) -> usize {
    let end = pieces[index].at.lines.end;
    text[..end].trim_end_matches('\n').len().max(pieces[index].at.words.end)
        + usize::from(text[..end].ends_with('\n'))
}

fn head(text: &str, at: usize) -> &'static str {
    if text[..at].ends_with('\n') { "" } else { "\n" }
}

fn with_end(lines: &str) -> String {
    format!("{}\n", lines.trim_end_matches('\n'))
}

/// A line of its own at a place.
fn whole_lines(text: &str, at: usize, line: &str) -> String {
    match text[..at].ends_with('\n') || at == 0 {
        true => format!("{line}\n"),
        false => format!("\n{line}"),
    }
}

/// Where a new paragraph goes and how it is written.
fn inserted(
    text: &str,
    pieces: &[Piece],
    beside: usize,
    after: bool,
    role: Role,
    words: &str,
) -> (usize, String) {
    let piece = &pieces[beside];
    if role.is_item() && piece.role == role {
        let line = format!("{}{words}", piece.at.lead);
        let at = if after { end_of(text, pieces, beside) } else { piece.at.lines.start };
        return (at, whole_lines(text, at, &line));
    }
    let courtesy = "<!-- courtesy -->\n";
    let block = match role {
        Role::Heading(level) => format!("{} {words}\n", "#".repeat(usize::from(level))),
        Role::Bullet => format!("{courtesy}- {words}\n"),
        Role::Number => format!("{courtesy}1. {words}\n"),
        _ => format!("{courtesy}{words}\n"),
    };
    if after {
        // Not into a list that goes on.
        let last = (beside..pieces.len())
            .take_while(|i| pieces[*i].file == piece.file && pieces[*i].block == piece.block)
            .last()
            .unwrap_or(beside);
        let last = if piece.role.is_item() { last } else { beside };
        let at = end_of(text, pieces, last);
        (at, format!("{}\n{block}", head(text, at)))
    } else {
        let at = piece
            .at
            .comment
            .as_ref()
            .map_or(piece.at.lines.start, |c| c.start.min(piece.at.lines.start));
        (at, format!("{block}\n"))
    }
}
