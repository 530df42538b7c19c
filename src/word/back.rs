//! Paragraphs that came back, in the atoms of templates.

use super::piece::{Atom, Kind, normal, split};
use crate::docx::{InTable, Mark, Paragraph};

/// A paragraph that came back.
#[derive(Clone, Debug)]
pub struct Back {
    /// Its position in the document.
    pub position: usize,
    pub atoms: Vec<Atom>,
    /// Before which atom something was taken out, and by whom.
    pub cuts: Vec<(usize, usize)>,
    pub marks: Vec<Mark>,
    pub heading: Option<u8>,
    pub listed: bool,
    pub place: Option<InTable>,
    pub by: Option<usize>,
}

/// Takes a paragraph apart; none if there is nothing to read.
pub fn back(position: usize, paragraph: &Paragraph) -> Option<Back> {
    let text = paragraph.text();
    let mut atoms: Vec<Atom> = Vec::new();
    // At which character each atom begins.
    let mut starts = Vec::new();
    let mut add = |kind: Kind, words: &str, at: usize| {
        let face = paragraph.chars.get(at);
        atoms.push(Atom {
            kind,
            text: words.to_owned(),
            bold: face.is_some_and(|c| c.bold),
            italic: face.is_some_and(|c| c.italic),
            source: String::new(),
            by: face.and_then(|c| c.by),
        });
        starts.push(at);
    };
    let mut at = 0;
    for (kind, words) in held(&text) {
        let length = words.chars().count();
        match kind {
            Some(Kind::Value) => {
                let inner = words.trim_start_matches('{').trim_end_matches('}');
                let inner = inner.split_whitespace().collect::<Vec<_>>().join(" ");
                add(Kind::Value, &format!("{{{{ {inner} }}}}"), at);
            }
            Some(kind) => add(kind, words, at),
            None => {
                let mut inner = at;
                for line in words.split_inclusive('\n') {
                    for part in split(line.trim_end_matches('\n')) {
                        // Two spaces are one: a letter prints them so.
                        let shown = if part.trim().is_empty() { " " } else { part };
                        add(Kind::Text, shown, inner);
                        inner += part.chars().count();
                    }
                    if line.ends_with('\n') {
                        add(Kind::Break, "\n", inner);
                        inner += 1;
                    }
                }
            }
        }
        at += length;
    }
    let edge = |atom: &Atom| atom.is_space() || atom.kind == Kind::Break;
    while atoms.last().is_some_and(edge) {
        atoms.pop();
        starts.pop();
    }
    let lead = atoms.iter().take_while(|atom| edge(atom)).count();
    let mut listed = paragraph.listed;
    let mut skip = lead;
    // A bullet that stands there as text.
    if atoms
        .get(lead)
        .is_some_and(|a| matches!(a.text.as_str(), "\u{2022}" | "\u{b7}" | "\u{f0b7}" | "o"))
        && atoms.get(lead + 1).is_some_and(Atom::is_space)
    {
        listed = true;
        skip = lead + 2;
    }
    atoms.drain(..skip);
    starts.drain(..skip);
    join(&mut atoms, &mut starts);
    let cuts = paragraph
        .cuts
        .iter()
        .map(|cut| (starts.iter().filter(|start| **start < cut.at).count(), cut.by))
        .collect();
    (!atoms.is_empty()).then(|| Back {
        position,
        atoms,
        cuts,
        marks: paragraph.marks.clone(),
        heading: paragraph.heading,
        listed,
        place: paragraph.place,
        by: paragraph.by,
    })
}

/// Dashes are one atom, as templates have them.
fn join(atoms: &mut Vec<Atom>, starts: &mut Vec<usize>) {
    let mut i = 1;
    while i < atoms.len() {
        let dashes = |a: &Atom| {
            a.kind == Kind::Text && !a.text.is_empty() && a.text.chars().all(|c| c == '-')
        };
        if dashes(&atoms[i]) && dashes(&atoms[i - 1]) {
            let more = atoms.remove(i).text;
            atoms[i - 1].text.push_str(&more);
            starts.remove(i);
        } else {
            i += 1;
        }
    }
}

/// Parts a text into placeholders, borders and words.
fn held(text: &str) -> Vec<(Option<Kind>, &str)> {
    let mut parts = Vec::new();
    let (mut from, mut at) = (0, 0);
    while at < text.len() {
        let rest = &text[at..];
        let found = if rest.starts_with("{{") {
            rest.find("}}").map(|end| (Kind::Value, end + 2))
        } else if rest.starts_with('\u{2039}') {
            rest.find('\u{203a}').map(|end| (Kind::Label, end + '\u{203a}'.len_utf8()))
        } else {
            None
        };
        match found {
            Some((kind, length)) => {
                if from < at {
                    parts.push((None, &text[from..at]));
                }
                parts.push((Some(kind), &rest[..length]));
                at += length;
                from = at;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    if from < text.len() {
        parts.push((None, &text[from..]));
    }
    parts
}

/// Links and pictures come back as plain words: where they read as they did, they are one atom again.
pub fn fold(back: &mut Back, known: &[Atom]) {
    let mut from = 0;
    for link in known.iter().filter(|a| a.kind == Kind::Link) {
        let wanted: String = normal(&link.text).split_whitespace().collect();
        let found = (from..back.atoms.len()).find_map(|start| {
            let mut read = String::new();
            for (i, atom) in back.atoms[start..].iter().enumerate() {
                read.extend(normal(&atom.text).split_whitespace());
                if read == wanted {
                    return Some(start..start + i + 1);
                }
                if !wanted.starts_with(&read) || (i == 0 && atom.is_space()) {
                    return None;
                }
            }
            None
        });
        let Some(range) = found else { continue };
        let first = &back.atoms[range.start];
        let folded = Atom { kind: Kind::Link, text: link.text.clone(), ..first.clone() };
        let gone = range.len() - 1;
        for cut in &mut back.cuts {
            cut.0 = match cut.0 {
                at if at >= range.end => at - gone,
                at => at.min(range.start + 1),
            };
        }
        back.atoms.splice(range.clone(), [folded]);
        from = range.start + 1;
    }
}
