//! A content stream as operands and operators (ISO 32000-1, 7.8.2). Nothing is forgiven: a reader
//! that skips what it does not understand could be shown another page than people see.

/// What an operator works on.
#[derive(Clone, PartialEq)]
pub enum Operand {
    Number(f64),
    Text(Vec<u8>),
    Name(Vec<u8>),
    Array(Vec<Operand>),
    Dict(Vec<(Vec<u8>, Operand)>),
    /// `true`, `false`, `null`.
    Word,
}

impl Operand {
    pub fn number(&self) -> Option<f64> {
        match self {
            Operand::Number(n) => Some(*n),
            _ => None,
        }
    }
}

/// The stream is not well formed.
#[derive(Debug)]
pub struct BadContent;

/// Deep enough for any page, shallow enough for any stack.
const DEEPEST: usize = 32;

pub struct Lexer<'a> {
    data: &'a [u8],
    at: usize,
}

impl<'a> Lexer<'a> {
    pub fn new(data: &'a [u8]) -> Self {
        Self { data, at: 0 }
    }

    /// The next operator, its operands left in `operands`; none at the end.
    pub fn next(&mut self, operands: &mut Vec<Operand>) -> Result<Option<&'a [u8]>, BadContent> {
        operands.clear();
        loop {
            self.blank();
            let Some(first) = self.peek() else {
                return if operands.is_empty() { Ok(None) } else { Err(BadContent) };
            };
            if !starts_operator(first) {
                operands.push(self.operand(0)?);
                continue;
            }
            let word = self.word();
            match word {
                b"" => return Err(BadContent),
                b"true" | b"false" | b"null" => operands.push(Operand::Word),
                _ => return Ok(Some(word)),
            }
        }
    }

    fn operand(&mut self, depth: usize) -> Result<Operand, BadContent> {
        if depth > DEEPEST {
            return Err(BadContent);
        }
        match self.peek().ok_or(BadContent)? {
            b'(' => self.literal().map(Operand::Text),
            b'<' if self.data.get(self.at + 1) == Some(&b'<') => self.dict(depth),
            b'<' => self.hexadecimal().map(Operand::Text),
            b'/' => self.name().map(Operand::Name),
            b'[' => {
                self.at += 1;
                let mut items = Vec::new();
                loop {
                    self.blank();
                    if self.peek() == Some(b']') {
                        self.at += 1;
                        return Ok(Operand::Array(items));
                    }
                    items.push(self.operand(depth + 1)?);
                }
            }
            b'0'..=b'9' | b'+' | b'-' | b'.' => self.number(),
            _ => match self.word() {
                b"true" | b"false" | b"null" => Ok(Operand::Word),
                _ => Err(BadContent),
            },
        }
    }

    fn dict(&mut self, depth: usize) -> Result<Operand, BadContent> {
        self.at += 2;
        let mut entries = Vec::new();
        loop {
            self.blank();
            match self.peek() {
                Some(b'>') if self.data.get(self.at + 1) == Some(&b'>') => {
                    self.at += 2;
                    return Ok(Operand::Dict(entries));
                }
                Some(b'/') => {
                    let key = self.name()?;
                    self.blank();
                    entries.push((key, self.operand(depth + 1)?));
                }
                _ => return Err(BadContent),
            }
        }
    }

    fn number(&mut self) -> Result<Operand, BadContent> {
        let text = self.word();
        let text = std::str::from_utf8(text).map_err(|_| BadContent)?;
        // What Rust reads besides is no PDF number.
        if text.contains(['e', 'E', 'i', 'n', 'N']) {
            return Err(BadContent);
        }
        text.parse().map(Operand::Number).map_err(|_| BadContent)
    }

    fn name(&mut self) -> Result<Vec<u8>, BadContent> {
        self.at += 1;
        let raw = self.word();
        if !raw.contains(&b'#') {
            return Ok(raw.to_vec());
        }
        let mut name = Vec::with_capacity(raw.len());
        let mut rest = raw;
        while let [first, tail @ ..] = rest {
            rest = tail;
            if *first == b'#' {
                let [high, low, tail @ ..] = rest else { return Err(BadContent) };
                name.push(digit(*high)? << 4 | digit(*low)?);
                rest = tail;
            } else {
                name.push(*first);
            }
        }
        Ok(name)
    }

    fn literal(&mut self) -> Result<Vec<u8>, BadContent> {
        self.at += 1;
        let (mut text, mut depth) = (Vec::new(), 1);
        loop {
            let byte = self.take()?;
            match byte {
                b'(' => depth += 1,
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        return Ok(text);
                    }
                }
                b'\\' => {
                    self.escape(&mut text)?;
                    continue;
                }
                b'\r' => {
                    // Every end of line within a string is read as a line feed.
                    if self.peek() == Some(b'\n') {
                        self.at += 1;
                    }
                    text.push(b'\n');
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
    }

    fn escape(&mut self, text: &mut Vec<u8>) -> Result<(), BadContent> {
        match self.take()? {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'\r' if self.peek() == Some(b'\n') => self.at += 1,
            b'\r' | b'\n' => {}
            first @ b'0'..=b'7' => {
                let mut value = u32::from(first - b'0');
                for _ in 0..2 {
                    match self.peek() {
                        Some(next @ b'0'..=b'7') => {
                            value = value * 8 + u32::from(next - b'0');
                            self.at += 1;
                        }
                        _ => break,
                    }
                }
                text.push((value & 255) as u8);
            }
            other => text.push(other),
        }
        Ok(())
    }

    fn hexadecimal(&mut self) -> Result<Vec<u8>, BadContent> {
        self.at += 1;
        let (mut text, mut half) = (Vec::new(), None);
        loop {
            let byte = self.take()?;
            if byte == b'>' {
                text.extend(half.map(|high: u8| high << 4));
                return Ok(text);
            }
            if is_blank(byte) {
                continue;
            }
            let value = digit(byte)?;
            match half.take() {
                Some(high) => text.push(high << 4 | value),
                None => half = Some(value),
            }
        }
    }

    fn blank(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                while !matches!(self.peek(), None | Some(b'\r' | b'\n')) {
                    self.at += 1;
                }
            } else if is_blank(byte) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    fn word(&mut self) -> &'a [u8] {
        let start = self.at;
        while self.peek().is_some_and(|b| !is_blank(b) && !is_delimiter(b)) {
            self.at += 1;
        }
        &self.data[start..self.at]
    }

    fn take(&mut self) -> Result<u8, BadContent> {
        let byte = self.peek().ok_or(BadContent)?;
        self.at += 1;
        Ok(byte)
    }

    fn peek(&self) -> Option<u8> {
        self.data.get(self.at).copied()
    }
}

fn starts_operator(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'\'' | b'"')
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

fn digit(byte: u8) -> Result<u8, BadContent> {
    char::from(byte).to_digit(16).map(|d| d as u8).ok_or(BadContent)
}

/// The text of a PDF string object outside content: UTF-16 with its mark, else one byte a
/// character.
pub fn text_string(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => {
            let units: Vec<u16> = rest
                .chunks(2)
                .map(|pair| u16::from(pair[0]) << 8 | u16::from(*pair.get(1).unwrap_or(&0)))
                .collect();
            String::from_utf16_lossy(&units)
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|b| char::from(*b)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Lexer, Operand, text_string};

    #[test]
    fn operands_of_every_kind_are_read() {
        let data =
            b"/F#31 -1.5 Tf % note\n[(a\\)b\\101)-20<4a4B5>] TJ /Span<</A<</B true>>/C[1 2]>>BDC";
        let (mut lexer, mut operands) = (Lexer::new(data), Vec::new());
        assert_eq!(lexer.next(&mut operands).unwrap(), Some(&b"Tf"[..]));
        assert!(operands == [Operand::Name(b"F1".to_vec()), Operand::Number(-1.5)]);
        assert_eq!(lexer.next(&mut operands).unwrap(), Some(&b"TJ"[..]));
        let Operand::Array(items) = &operands[0] else { panic!() };
        assert!(items[0] == Operand::Text(b"a)bA".to_vec()));
        assert!(items[2] == Operand::Text(b"JKP".to_vec()));
        assert_eq!(lexer.next(&mut operands).unwrap(), Some(&b"BDC"[..]));
        let Operand::Dict(entries) = &operands[1] else { panic!() };
        assert!(entries.iter().any(|(key, _)| key == b"C"));
        assert_eq!(lexer.next(&mut operands).unwrap(), None);
    }

    #[test]
    fn what_is_not_well_formed_is_refused() {
        for bad in ["(a", "<zz> Tj", "[1 2", "<</A 1 Tj", "1e3 w", "1 2", "]", "}"] {
            let (mut lexer, mut operands) = (Lexer::new(bad.as_bytes()), Vec::new());
            assert!(lexer.next(&mut operands).is_err(), "{bad}");
        }
    }

    #[test]
    fn strings_outside_content_are_utf_16_or_bytes() {
        assert_eq!(text_string(b"\xfe\xff\0A\x20\xac"), "A\u{20ac}");
        assert_eq!(text_string(b"NW-1"), "NW-1");
    }
}
