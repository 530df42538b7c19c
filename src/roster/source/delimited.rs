//! Delimited text: CSV with comma, semicolon, tab, bar or a mark that some systems export.
//!
//! An own splitter, because a roster with one quotation mark too many must cost one row and not
//! the thousands behind it: a quoted value that runs on over [`MAX_QUOTED_LINES`] lines, or to
//! the end of the file, is a fault of its first line, and reading goes on with the next one.

use super::{Block, Fault};
use crate::incident::RosterChoices;
use crate::roster::columns::known_headings;
use std::io::{self, Read};

/// More lines than any quoted value of a roster has.
const MAX_QUOTED_LINES: u64 = 50;

/// More bytes than any row has.
const MAX_ROW: usize = 1 << 20;

/// What of a faulty line is still split, so that its record id is known.
const FAULTY_HEAD: usize = 4096;

pub struct Delimited {
    input: Box<dyn Read + Send>,
    buffer: Vec<u8>,
    at: usize,
    end: usize,
    ended: bool,
    /// The next row as a spreadsheet numbers it: a value of several lines stands in one, an empty
    /// line is one.
    line: u64,
    delimiter: u8,
    /// A backslash before a quotation mark makes it part of the value, as MySQL writes it.
    backslash: bool,
}

/// How a try at one row went.
enum Tried {
    Row {
        taken: usize,
    },
    /// The buffer ends before the row does.
    More,
    Faulty(Fault),
}

impl Delimited {
    pub fn new(input: Box<dyn Read + Send>, choices: &RosterChoices) -> io::Result<Self> {
        let mut source = Self {
            input,
            buffer: vec![0; 1 << 18],
            at: 0,
            end: 0,
            ended: false,
            line: 1,
            delimiter: b',',
            backslash: false,
        };
        source.refill()?;
        source.delimiter = source.detect(choices);
        if let Some(named) = choices.delimiter.as_deref() {
            source.delimiter = delimiter(named).unwrap_or(source.delimiter);
        }
        source.backslash = source.escapes();
        Ok(source)
    }

    /// Fills `block` with up to `rows` rows; false when there are none left.
    pub fn fill(&mut self, block: &mut Block, rows: usize) -> io::Result<bool> {
        while block.rows.len() < rows && block.bytes() < (8 << 20) {
            if self.at == self.end && !self.refill()? {
                break;
            }
            let start = block.start_row();
            match self.try_row(block) {
                Tried::Row { taken } => {
                    let line = self.line;
                    self.line += 1;
                    self.at += taken;
                    // A wholly empty line is no row.
                    if block.start_row() != (start.0, start.1 + 1) {
                        block.end_row(start, line, None);
                    } else {
                        block.undo(start);
                    }
                }
                Tried::More => {
                    block.undo(start);
                    self.refill()?;
                }
                Tried::Faulty(fault) => {
                    block.undo(start);
                    self.skip_faulty_line(block, fault)?;
                }
            }
        }
        Ok(!block.rows.is_empty())
    }

    /// Reads more behind what is left; false at the end of the file.
    fn refill(&mut self) -> io::Result<bool> {
        self.buffer.copy_within(self.at..self.end, 0);
        self.end -= self.at;
        self.at = 0;
        if self.ended {
            return Ok(false);
        }
        if self.end * 2 > self.buffer.len() {
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        let before = self.end;
        while self.end < self.buffer.len() {
            match self.input.read(&mut self.buffer[self.end..]) {
                Ok(0) => {
                    self.ended = true;
                    break;
                }
                Ok(n) => self.end += n,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(self.end > before)
    }

    /// Splits the next row into `block`, without moving on.
    fn try_row(&self, block: &mut Block) -> Tried {
        let bytes = &self.buffer[self.at..self.end];
        let delimiter = self.delimiter;
        let mut i = 0;
        let mut quoted_lines = 0;
        loop {
            let cell = block.start_row();
            let cell_at = i;
            // `1, "Oak, Jr"`: spaces before a quotation mark are nobody's.
            let mut mark = i;
            while bytes.get(mark) == Some(&b' ') {
                mark += 1;
            }
            let mut literal = bytes.get(mark) != Some(&b'"');
            if !literal {
                i = mark + 1;
                let mut has_break = false;
                loop {
                    let Some(q) = position(&bytes[i..], |b| b == b'"') else {
                        return self.unfinished(&bytes[mark..]);
                    };
                    let part = &bytes[i..i + q];
                    let breaks = lines(part);
                    has_break |= breaks > 0;
                    quoted_lines += breaks;
                    if quoted_lines > MAX_QUOTED_LINES {
                        return Tried::Faulty(Fault::UnclosedQuote);
                    }
                    if self.backslash && ends_in_escape(part) {
                        block.push_unescaped(&part[..q - 1]);
                        block.push(b"\"");
                        i += q + 1;
                        continue;
                    }
                    match self.backslash {
                        true => block.push_unescaped(part),
                        false => block.push(part),
                    }
                    i += q + 1;
                    if bytes.get(i) == Some(&b'"') {
                        block.push(b"\"");
                        i += 1;
                        continue;
                    }
                    if i == bytes.len() && !self.ended {
                        return Tried::More;
                    }
                    break;
                }
                // Spaces between the closing mark and the delimiter are nobody's.
                let mut after = i;
                while bytes.get(after) == Some(&b' ') {
                    after += 1;
                }
                match bytes.get(after) {
                    None if self.ended => i = after,
                    None => return Tried::More,
                    Some(b) if *b == delimiter || matches!(b, b'\r' | b'\n') => i = after,
                    Some(_) if has_break => return Tried::Faulty(Fault::UnclosedQuote),
                    // `"Bob" Smith`: the marks belong to the value.
                    Some(_) => {
                        block.undo(cell);
                        i = cell_at;
                        literal = true;
                    }
                }
            }
            if literal {
                let stop = |b| b == delimiter || b == b'\n' || b == b'\r';
                match position(&bytes[i..], stop) {
                    Some(n) => {
                        block.push(&bytes[i..i + n]);
                        i += n;
                    }
                    None if self.ended => {
                        block.push(&bytes[i..]);
                        i = bytes.len();
                    }
                    None => return self.unfinished(bytes),
                }
            }
            if i > MAX_ROW {
                return Tried::Faulty(Fault::TooLong);
            }
            block.end_cell();
            match bytes.get(i) {
                Some(b) if *b == delimiter => i += 1,
                Some(b'\n') => return Tried::Row { taken: i + 1 },
                Some(b'\r') => match bytes.get(i + 1) {
                    Some(b'\n') => return Tried::Row { taken: i + 2 },
                    None if !self.ended => return Tried::More,
                    _ => return Tried::Row { taken: i + 1 },
                },
                Some(_) => unreachable!("a cell ends at a delimiter or a line break"),
                None => return Tried::Row { taken: i },
            }
        }
    }

    /// The buffer ended within a value: ask for more, unless that is hopeless.
    fn unfinished(&self, value: &[u8]) -> Tried {
        let held = self.end - self.at;
        if value.first() == Some(&b'"') && (self.ended || lines(value) > MAX_QUOTED_LINES) {
            Tried::Faulty(Fault::UnclosedQuote)
        } else if held > MAX_ROW {
            Tried::Faulty(Fault::TooLong)
        } else {
            Tried::More
        }
    }

    /// Makes one row of the line at hand, however it looks, and goes on behind it.
    fn skip_faulty_line(&mut self, block: &mut Block, fault: Fault) -> io::Result<()> {
        let start = block.start_row();
        let line = self.line;
        let mut first = true;
        loop {
            let bytes = &self.buffer[self.at..self.end];
            let stop = position(bytes, |b| b == b'\n' || b == b'\r');
            let text = &bytes[..stop.unwrap_or(bytes.len())];
            if first {
                let head = &text[..text.len().min(FAULTY_HEAD)];
                for cell in head.split(|b| *b == self.delimiter) {
                    block.push(cell);
                    block.end_cell();
                }
                first = false;
            }
            match stop {
                Some(n) => {
                    let crlf = bytes[n] == b'\r' && bytes.get(n + 1) == Some(&b'\n');
                    self.at += n + 1 + usize::from(crlf);
                    break;
                }
                None => {
                    self.at = self.end;
                    if !self.refill()? {
                        break;
                    }
                }
            }
        }
        self.line += 1;
        block.end_row(start, line, Some(fault));
        Ok(())
    }

    /// The delimiter under which the first lines hold most known headings; `sep=;` decides.
    fn detect(&mut self, choices: &RosterChoices) -> u8 {
        let head = &self.buffer[..self.end.min(1 << 16)];
        if let [b's', b'e', b'p', b'=', mark, rest @ ..] = head
            && let Some(n) = rest.iter().position(|b| *b == b'\n')
            && n <= 1
        {
            let mark = *mark;
            self.at = 6 + n;
            self.line = 2;
            return mark;
        }
        let mut best = (0, 0, b',');
        for delimiter in [b',', b'\t', b';', b'|', b'^', b'~', 0x01, 0x1f] {
            for line in head.split(|b| matches!(b, b'\n' | b'\r')).take(20) {
                let cells = line.split(|b| *b == delimiter);
                let cells = cells.filter_map(|cell| std::str::from_utf8(cell).ok());
                let known = known_headings(cells, choices);
                let marks = line.iter().filter(|b| **b == delimiter).count();
                if known > best.0 || (known == best.0 && best.0 == 0 && marks > best.1) {
                    best = (known, marks, delimiter);
                }
            }
        }
        best.2
    }

    /// Whether a quotation mark inside a quoted value is written `\"`: behind one that closes the
    /// value no letter can stand.
    fn escapes(&self) -> bool {
        let head = &self.buffer[..self.end.min(1 << 20)];
        let mut quoted = false;
        head.windows(3).any(|three| {
            quoted |= three[0] == b'"';
            quoted
                && three[0] == b'\\'
                && three[1] == b'"'
                && (three[2].is_ascii_alphanumeric() || three[2] == b' ')
        })
    }
}

/// The delimiter that `[roster] delimiter` names.
fn delimiter(named: &str) -> Option<u8> {
    match named {
        "tab" | "\\t" => Some(b'\t'),
        _ => match *named.as_bytes() {
            [one] if one != b'"' && one != b'\n' && one != b'\r' => Some(one),
            _ => None,
        },
    }
}

/// Whether a value's part ends in a backslash that is not itself written twice.
fn ends_in_escape(part: &[u8]) -> bool {
    part.iter().rev().take_while(|b| **b == b'\\').count() % 2 == 1
}

/// Line breaks in a piece of text: LF, CRLF or CR.
fn lines(bytes: &[u8]) -> u64 {
    let mut count = 0;
    let mut previous = 0;
    for byte in bytes {
        count += u64::from(*byte == b'\r' || (*byte == b'\n' && previous != b'\r'));
        previous = *byte;
    }
    count
}

fn position(bytes: &[u8], stop: impl Fn(u8) -> bool) -> Option<usize> {
    bytes.iter().position(|b| stop(*b))
}
