//! A template file becomes the pieces that people edit, each with its bytes.

use super::inline::{atoms, typographic};
use super::labels::Labels;
use super::piece::{Atom, Piece, Place, Role};
use super::tags::{TagKind, tags};
use std::ops::Range;

/// The pieces of a template, in its order.
pub fn pieces(file: &str, text: &str, labels: &Labels) -> Vec<Piece> {
    let mut reader = Reader::new(file, text, labels);
    let mut start = 0;
    for (index, full) in text.split_inclusive('\n').enumerate() {
        reader.line(index as u32 + 1, start..start + full.len());
        start += full.len();
    }
    reader.close(start);
    reader.done
}

struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    labels: &'a Labels,
    done: Vec<Piece>,
    when: Vec<String>,
    /// The conditions of each open tag so far, `{% elif %}` included.
    chain: Vec<Vec<String>>,
    satisfies: Vec<String>,
    comment: Option<Range<usize>>,
    /// The line that names the block.
    mark: u32,
    block: usize,
    after_blank: bool,
    in_list: bool,
    /// A tag on a line of its own came inside a paragraph.
    broken: bool,
    /// The paragraph or item being gathered.
    open: Option<Open>,
    table: usize,
    row: usize,
}

struct Open {
    role: Role,
    lead: String,
    line: u32,
    first: usize,
    words: Range<usize>,
    partial: bool,
}

impl<'a> Reader<'a> {
    fn new(file: &'a str, text: &'a str, labels: &'a Labels) -> Self {
        Self {
            file,
            text,
            labels,
            done: Vec::new(),
            when: Vec::new(),
            chain: Vec::new(),
            satisfies: Vec::new(),
            comment: None,
            mark: 0,
            block: 0,
            after_blank: true,
            in_list: false,
            broken: false,
            open: None,
            table: 0,
            row: 0,
        }
    }

    fn line(&mut self, number: u32, range: Range<usize>) {
        let full = &self.text[range.clone()];
        let line = full.trim_end_matches(['\n', '\r']);
        let end = range.start + line.len();
        if line.trim().is_empty() {
            self.close(range.start);
            (self.after_blank, self.broken) = (true, false);
        } else if line.starts_with("<!--") {
            self.close(range.start);
            self.block += 1;
            self.mark = number;
            self.comment = Some(range);
            self.satisfies = satisfied(line);
            (self.after_blank, self.in_list, self.broken) = (false, false, false);
        } else if is_tags_only(line) {
            let inside = self.open.as_ref().is_some_and(|open| open.role == Role::Paragraph);
            self.close(range.start);
            if inside && let Some(last) = self.done.last_mut() {
                last.at.partial = true;
            }
            self.broken |= inside || (!self.after_blank && self.comment.is_none() && !self.in_list);
            self.conditions(line);
        } else {
            self.words(number, range.start, end, line);
        }
    }

    fn conditions(&mut self, line: &str) {
        for tag in tags(line) {
            match tag.kind {
                TagKind::If | TagKind::For => self.chain.push(vec![tag.inner.clone()]),
                TagKind::OrIf => {
                    if let Some(chain) = self.chain.last_mut() {
                        chain.push(tag.inner.clone());
                    }
                }
                _ => {}
            }
            match tag.kind {
                TagKind::If | TagKind::For => self.when.push(self.labels.shown(&tag)),
                TagKind::OrIf | TagKind::Otherwise => {
                    let Some(last) = self.when.last_mut() else { continue };
                    if tag.kind == TagKind::OrIf {
                        *last = self.labels.only(&[tag.inner.clone()]);
                    } else {
                        *last = self.labels.only(&none_of(self.chain.last()));
                    }
                }
                TagKind::EndIf | TagKind::EndFor => {
                    self.chain.pop();
                    self.when.pop();
                }
                _ => {}
            }
        }
    }

    fn words(&mut self, number: u32, start: usize, end: usize, line: &str) {
        let indent = line.len() - line.trim_start().len();
        let bare = &line[indent..];
        let item = item_lead(bare);
        let continues_list = self.in_list && (item.is_some() || indent >= 2);
        if self.after_blank && !continues_list {
            self.block += 1;
            self.mark = number;
            self.comment = None;
            self.satisfies.clear();
        }
        let fresh = self.after_blank || self.comment.as_ref().is_some_and(|c| c.end == start);
        self.after_blank = false;
        if bare.starts_with('|') {
            self.close(start);
            if fresh {
                self.table += 1;
                self.row = 0;
            }
            self.cells(start, end, line);
            self.in_list = false;
            return;
        }
        if line.chars().all(|c| matches!(c, '-' | '*' | '_' | ' ')) && line.trim().len() >= 3 {
            self.close(start);
            self.in_list = false;
            return;
        }
        if let Some((role, lead)) = item {
            self.close(start);
            self.in_list = true;
            self.begin(role, &line[..indent + lead], number, start, start + indent + lead..end);
            return;
        }
        let hashes = bare.chars().take_while(|c| *c == '#').count();
        if (1..=6).contains(&hashes) && bare[hashes..].starts_with(' ') {
            self.close(start);
            self.in_list = false;
            let lead = indent + hashes + bare[hashes..].len() - bare[hashes..].trim_start().len();
            let role = Role::Heading(hashes.min(3) as u8);
            self.begin(role, &line[..lead], number, start, start + lead..end);
            self.close(end);
            return;
        }
        match &mut self.open {
            Some(open) => open.words.end = end,
            None => {
                self.in_list &= indent >= 2;
                let role = if bare.starts_with("![") { Role::Picture } else { Role::Paragraph };
                self.begin(role, &line[..indent], number, start, start + indent..end);
            }
        }
    }

    fn begin(&mut self, role: Role, lead: &str, line: u32, first: usize, words: Range<usize>) {
        let partial = self.broken && role == Role::Paragraph;
        self.open = Some(Open { role, lead: lead.to_owned(), line, first, words, partial });
    }

    /// Ends what is open; `end` is where its last line ends.
    fn close(&mut self, end: usize) {
        let Some(open) = self.open.take() else { return };
        let mut words = open.words.clone();
        // A backslash at either end breaks the line before or after the piece.
        loop {
            let text = &self.text[words.clone()];
            let (head, tail) = (text.trim_start(), text.trim_end());
            if head.len() < text.len() {
                words.start += text.len() - head.len();
            } else if tail.len() < text.len() {
                words.end -= text.len() - tail.len();
            } else if text.starts_with("\\\n") || text == "\\" {
                words.start += 1;
            } else if text.ends_with('\\') && !text.ends_with("\\\\") {
                words.end -= 1;
            } else {
                break;
            }
        }
        let mut read = atoms(&self.text[words.clone()], self.labels);
        typographic(&mut read);
        if read.is_empty() {
            return;
        }
        let place = Place {
            line: if self.mark == 0 { open.line } else { self.mark },
            words,
            lines: open.first..end.max(open.words.end),
            comment: self.comment.clone(),
            lead: open.lead,
            partial: open.partial,
        };
        self.keep(open.role, read, place);
    }

    fn keep(&mut self, role: Role, atoms: Vec<Atom>, at: Place) {
        self.done.push(Piece {
            file: self.file.to_owned(),
            role,
            atoms,
            when: self.when.clone(),
            satisfies: self.satisfies.clone(),
            block: self.block,
            at,
        });
    }

    /// The cells of a row of a table. What only says which cells there are belongs to the next one.
    fn cells(&mut self, start: usize, end: usize, line: &str) {
        let tags = tags(line);
        let in_tag = |at: usize| tags.iter().any(|tag| tag.range.contains(&at));
        let rule: String =
            line.char_indices().filter(|(i, _)| !in_tag(*i)).map(|(_, c)| c).collect();
        if rule.chars().all(|c| matches!(c, ' ' | '-' | '|' | ':')) && rule.contains("--") {
            return;
        }
        let bars: Vec<usize> = line
            .char_indices()
            .filter(|(i, c)| *c == '|' && !in_tag(*i) && !line[..*i].ends_with('\\'))
            .map(|(i, _)| i)
            .collect();
        let mut column = 0;
        for (n, bar) in bars.iter().enumerate() {
            let to = bars.get(n + 1).copied().unwrap_or(line.len());
            let mut words = bar + 1..to;
            // The border of a loop stands before the bar of the cells that it repeats.
            while let Some(tag) = tags.iter().rev().find(|tag| {
                tag.range.end <= words.end
                    && tag.range.start >= words.start
                    && line[tag.range.end..words.end].trim().is_empty()
                    && !matches!(tag.kind, TagKind::Value | TagKind::Include)
                    && (matches!(tag.kind, TagKind::For | TagKind::EndFor))
            }) {
                words.end = tag.range.start;
            }
            let text = &line[words.clone()];
            words.start += text.len() - text.trim_start().len();
            words.end = words.start + text.trim().len();
            if words.is_empty() {
                column += usize::from(n + 1 < bars.len());
                continue;
            }
            let mut read = atoms(&line[words.clone()], self.labels);
            typographic(&mut read);
            let at = Place {
                line: self.mark,
                words: start + words.start..start + words.end,
                lines: start..end,
                comment: self.comment.clone(),
                lead: String::new(),
                partial: false,
            };
            self.keep(Role::Cell(self.table, self.row, column), read, at);
            column += 1;
        }
        self.row += 1;
    }
}

/// `- `, `* `, `1. `: role and length of what begins an item.
fn item_lead(bare: &str) -> Option<(Role, usize)> {
    if ["- ", "* ", "+ "].iter().any(|mark| bare.starts_with(mark)) {
        return Some((Role::Bullet, 2 + bare[2..].len() - bare[2..].trim_start().len()));
    }
    let digits = bare.chars().take_while(char::is_ascii_digit).count();
    let after = &bare[digits..];
    ((1..=9).contains(&digits) && (after.starts_with(". ") || after.starts_with(") ")))
        .then_some((Role::Number, digits + 2))
}

/// The conditions of `{% else %}`: none of those before.
fn none_of(chain: Option<&Vec<String>>) -> Vec<String> {
    let not = |condition: &String| match condition.strip_prefix("not ") {
        Some(condition) => condition.to_owned(),
        None => format!("not {condition}"),
    };
    chain.into_iter().flatten().map(not).collect()
}

/// Only tags that print nothing.
fn is_tags_only(line: &str) -> bool {
    let tags = tags(line);
    let mut rest = line.to_owned();
    for tag in tags.iter().rev() {
        if matches!(tag.kind, TagKind::Value | TagKind::Include) {
            return false;
        }
        rest.replace_range(tag.range.clone(), "");
    }
    !tags.is_empty() && rest.trim().is_empty()
}

/// The ids in `<!-- satisfies: a b | contains: c -->`.
fn satisfied(comment: &str) -> Vec<String> {
    let inner = comment.trim().trim_start_matches("<!--").trim_end_matches("-->");
    let part = inner.split('|').find_map(|part| part.trim().strip_prefix("satisfies:"));
    part.map_or(Vec::new(), |ids| ids.split_whitespace().map(str::to_owned).collect())
}
