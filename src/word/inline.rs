//! The words of one piece: Markdown with its tags becomes atoms, and atoms become Markdown again.

use super::labels::Labels;
use super::piece::{Atom, Kind, split};
use super::tags::{Tag, TagKind, tags};
use pulldown_cmark::{Event, Options, Parser, Tag as Mark, TagEnd};
use std::ops::Range;

/// Stands for the tag with this number while Markdown is read.
const FIRST: u32 = 0xf0000;

/// Stands for the border of a branch: a mark of punctuation, so that emphasis ends before it as it
/// does where nothing or a space is printed.
const BORDER: char = '\u{2042}';

/// Reads the words of a piece.
pub fn atoms(source: &str, labels: &Labels) -> Vec<Atom> {
    let tags = tags(source);
    // Tags become single characters, so that Markdown neither reads nor changes them.
    let (mut plain, mut back) = (String::new(), Vec::new());
    let mut from = 0;
    for (number, tag) in tags.iter().enumerate() {
        push(&mut plain, &mut back, &source[from..tag.range.start], from);
        let stand_in = match tag.kind {
            TagKind::Value | TagKind::Include => {
                char::from_u32(FIRST + number as u32).unwrap_or(BORDER)
            }
            _ => BORDER,
        };
        back.extend((0..stand_in.len_utf8()).map(|_| tag.range.start));
        plain.push(stand_in);
        from = tag.range.end;
    }
    push(&mut plain, &mut back, &source[from..], from);
    back.push(source.len());
    let reading = Reading { source, plain: &plain, back, tags: &tags, labels };
    reading.read().unwrap_or_else(|| {
        // Markup that letters do not have: nobody edits it here.
        vec![held(Kind::Link, source.to_owned(), source.to_owned())]
    })
}

fn push(plain: &mut String, back: &mut Vec<usize>, text: &str, at: usize) {
    plain.push_str(text);
    back.extend((0..text.len()).map(|i| at + i));
}

fn held(kind: Kind, text: String, source: String) -> Atom {
    Atom { kind, text, bold: false, italic: false, source, by: None }
}

struct Reading<'a> {
    source: &'a str,
    plain: &'a str,
    /// Byte of `plain` -> byte of `source`.
    back: Vec<usize>,
    tags: &'a [Tag],
    labels: &'a Labels,
}

impl Reading<'_> {
    fn read(&self) -> Option<Vec<Atom>> {
        let mut atoms: Vec<Atom> = Vec::new();
        let (mut bold, mut italic) = (0u32, 0u32);
        let mut link: Option<(Range<usize>, String)> = None;
        let mut paragraphs = 0;
        let events = Parser::new_ext(self.plain, Options::empty()).into_offset_iter();
        for (event, range) in events {
            if let Some((_, words)) = &mut link {
                match event {
                    Event::Text(text) => words.push_str(&text),
                    Event::SoftBreak | Event::HardBreak => words.push(' '),
                    Event::End(TagEnd::Link | TagEnd::Image) => {
                        let (range, words) = link.take()?;
                        let source = self.source_of(&range);
                        let shown = self.shown(&words);
                        let mut atom = held(Kind::Link, shown, source);
                        (atom.bold, atom.italic) = (bold > 0, italic > 0);
                        atoms.push(atom);
                    }
                    Event::Start(_) | Event::End(_) => {}
                    _ => return None,
                }
                continue;
            }
            match event {
                Event::Start(Mark::Paragraph) => {
                    paragraphs += 1;
                    if paragraphs > 1 {
                        return None;
                    }
                }
                Event::End(TagEnd::Paragraph) => {}
                Event::Start(Mark::Strong) => bold += 1,
                Event::End(TagEnd::Strong) => bold -= 1,
                Event::Start(Mark::Emphasis) => italic += 1,
                Event::End(TagEnd::Emphasis) => italic -= 1,
                Event::Start(Mark::Link { .. } | Mark::Image { .. }) => {
                    link = Some((range, String::new()));
                }
                Event::Text(text) => self.text(&text, range, (bold > 0, italic > 0), &mut atoms)?,
                Event::SoftBreak => {
                    let mut atom = held(Kind::Text, " ".into(), self.source_of(&range));
                    (atom.bold, atom.italic) = (bold > 0, italic > 0);
                    atoms.push(atom);
                }
                Event::HardBreak => {
                    let mut atom = held(Kind::Break, "\n".into(), self.source_of(&range));
                    (atom.bold, atom.italic) = (bold > 0, italic > 0);
                    atoms.push(atom);
                }
                _ => return None,
            }
        }
        Some(atoms)
    }

    fn source_of(&self, range: &Range<usize>) -> String {
        self.source[self.back[range.start]..self.back[range.end]].to_owned()
    }

    fn text(
        &self,
        text: &str,
        range: Range<usize>,
        face: (bool, bool),
        atoms: &mut Vec<Atom>,
    ) -> Option<()> {
        let (bold, italic) = face;
        let mut add = |kind, text: String, source: String| {
            atoms.push(Atom { kind, text, bold, italic, source, by: None });
        };
        if self.plain.get(range.clone()) != Some(text) {
            // An entity: it stays as it is.
            add(Kind::Text, text.to_owned(), self.source_of(&range));
            return Some(());
        }
        let mut at = range.start;
        for part in split(text) {
            let end = at + part.len();
            let mut chars = part.char_indices().peekable();
            while let Some((i, c)) = chars.next() {
                if let Some(tag) = self.tag(c, at + i) {
                    let kind = match tag.kind {
                        TagKind::Value | TagKind::Include => Kind::Value,
                        _ => Kind::Label,
                    };
                    add(kind, self.labels.shown(tag), self.source[tag.range.clone()].to_owned());
                    continue;
                }
                let rest = &part[i..];
                let mut inner = rest.char_indices();
                let length = inner
                    .find(|(n, c)| self.tag(*c, at + i + n).is_some())
                    .map_or(rest.len(), |(n, _)| n);
                while chars.peek().is_some_and(|(next, _)| *next < i + length) {
                    chars.next();
                }
                let (from, to) = (at + i, at + i + length);
                // A mark that Markdown would read has a backslash before it.
                let escaped =
                    from > 0 && self.plain.as_bytes()[from - 1] == b'\\' && from == range.start;
                let from = if escaped { from - 1 } else { from };
                add(Kind::Text, rest[..length].to_owned(), self.source_of(&(from..to)));
            }
            at = end;
        }
        Some(())
    }

    /// The tag that a character of the plain text stands for.
    fn tag(&self, c: char, at: usize) -> Option<&Tag> {
        let stands_in = c == BORDER || c as u32 >= FIRST;
        let source = *self.back.get(at).filter(|_| stands_in)?;
        self.tags.iter().find(|tag| tag.range.start == source)
    }

    /// Words of a link, tags as people see them.
    fn shown(&self, words: &str) -> String {
        let mut out = String::new();
        for c in words.chars() {
            let number = (c as u32).checked_sub(FIRST).map(|n| n as usize);
            match number.and_then(|n| self.tags.get(n)) {
                Some(tag) => out.push_str(&self.labels.shown(tag)),
                None if c == BORDER => out.push('\u{2026}'),
                None => out.push(c),
            }
        }
        out
    }
}

/// Joins dashes and dots and sets quotes as the letter prints them.
pub fn typographic(atoms: &mut Vec<Atom>) {
    let mut out: Vec<Atom> = Vec::with_capacity(atoms.len());
    let mut before = '\n';
    for mut atom in atoms.drain(..) {
        if atom.kind == Kind::Text && !atom.source.starts_with('\\') {
            if atom.text == "-"
                && let Some(last) = out.last_mut()
                && last.kind == Kind::Text
                && matches!(last.source.as_str(), "-" | "--")
            {
                last.source.push('-');
                last.text = if last.source.len() == 2 { "\u{2013}" } else { "\u{2014}" }.to_owned();
                continue;
            }
            if atom.text == "..." {
                atom.text = "\u{2026}".to_owned();
            }
            let opens = before.is_whitespace()
                || "([{\u{2014}\u{2013}\u{201c}\u{2018}\u{a0}".contains(before);
            let quoted: String = atom
                .text
                .char_indices()
                .map(|(i, c)| match c {
                    '"' => {
                        if opens && i == 0 {
                            '\u{201c}'
                        } else {
                            '\u{201d}'
                        }
                    }
                    '\'' => {
                        if opens && i == 0 {
                            '\u{2018}'
                        } else {
                            '\u{2019}'
                        }
                    }
                    c => c,
                })
                .collect();
            atom.text = quoted;
        }
        before = match atom.kind {
            Kind::Value | Kind::Link => 'a',
            Kind::Label => before,
            _ => atom.text.chars().next_back().unwrap_or(before),
        };
        out.push(atom);
    }
    *atoms = out;
}

/// The Markdown of a piece.
pub fn markdown(atoms: &[Atom]) -> String {
    let mut out = String::new();
    let (mut bold, mut italic) = (false, false);
    for (i, atom) in atoms.iter().enumerate() {
        let (want_bold, want_italic) = face(atoms, i);
        if italic && !want_italic {
            out.push('*');
        }
        if bold && !want_bold {
            if italic && want_italic {
                // Closed in the order in which they were opened the other way around.
                out.push('*');
            }
            out.push_str("**");
            if italic && want_italic {
                out.push('*');
            }
        }
        if want_bold && !bold {
            out.push_str("**");
        }
        if want_italic && !italic {
            out.push('*');
        }
        (bold, italic) = (want_bold, want_italic);
        out.push_str(&atom.source);
    }
    out.push_str(if italic { "*" } else { "" });
    out.push_str(if bold { "**" } else { "" });
    out
}

/// How an atom is set; marks of emphasis stand at words, never at spaces or borders.
fn face(atoms: &[Atom], i: usize) -> (bool, bool) {
    let neutral = |a: &Atom| a.is_space() || a.kind == Kind::Border;
    let atom = &atoms[i];
    if !neutral(atom) {
        return (atom.bold, atom.italic);
    }
    if atom.kind == Kind::Border {
        return (false, false);
    }
    let before = atoms[..i].iter().rev().find(|a| !neutral(a));
    let after = atoms[i + 1..].iter().find(|a| !neutral(a));
    match (before, after) {
        (Some(b), Some(a)) if !atoms[..i].iter().any(|a| a.kind == Kind::Border) => {
            (b.bold && a.bold, b.italic && a.italic)
        }
        _ => (false, false),
    }
}

/// Text that somebody typed, as Markdown that prints it.
pub fn escaped(text: &str, at_start: bool) -> String {
    let mut out = String::new();
    for (i, c) in text.char_indices() {
        let special = matches!(c, '\\' | '*' | '_' | '[' | ']' | '<' | '`' | '|' | '&' | '~')
            || (i == 0 && at_start && matches!(c, '#' | '-' | '+' | '>' | '=' | '!'));
        if special {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
