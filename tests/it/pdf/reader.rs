//! A reader of PDF files that shares no code with the writer and forgives nothing.

use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    Number(f64),
    Name(String),
    Text(Vec<u8>),
    Array(Vec<Value>),
    Dict(BTreeMap<String, Value>),
    Ref(u32),
    /// In content streams only.
    Operator(String),
    Stream(BTreeMap<String, Value>, Vec<u8>),
}

impl Value {
    pub fn dict(&self) -> &BTreeMap<String, Value> {
        match self {
            Value::Dict(dict) | Value::Stream(dict, _) => dict,
            other => panic!("no dictionary: {other:?}"),
        }
    }

    pub fn get(&self, key: &str) -> Option<&Value> {
        self.dict().get(key)
    }

    pub fn array(&self) -> &[Value] {
        match self {
            Value::Array(array) => array,
            other => panic!("no array: {other:?}"),
        }
    }

    pub fn number(&self) -> i64 {
        match self {
            Value::Number(n) => *n as i64,
            other => panic!("no number: {other:?}"),
        }
    }

    pub fn reference(&self) -> u32 {
        match self {
            Value::Ref(n) => *n,
            other => panic!("no reference: {other:?}"),
        }
    }

    pub fn name(&self) -> &str {
        match self {
            Value::Name(name) => name,
            other => panic!("no name: {other:?}"),
        }
    }

    pub fn text(&self) -> String {
        match self {
            Value::Text(bytes) if bytes.starts_with(b"\xFE\xFF") => utf16(&bytes[2..]),
            Value::Text(bytes) => String::from_utf8(bytes.clone()).unwrap(),
            other => panic!("no text: {other:?}"),
        }
    }
}

pub fn utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> =
        bytes.chunks(2).map(|pair| u16::from_be_bytes(pair.try_into().unwrap())).collect();
    String::from_utf16(&units).unwrap()
}

/// All objects of a file, by number.
pub struct File {
    pub objects: BTreeMap<u32, Value>,
    pub trailer: BTreeMap<String, Value>,
}

impl File {
    pub fn read(bytes: &[u8]) -> Self {
        assert!(bytes.starts_with(b"%PDF-1.7\n%"));
        let end = String::from_utf8_lossy(&bytes[bytes.len() - 40..]).into_owned();
        let (_, start) = end.split_once("startxref\n").unwrap();
        let start: usize = start.strip_suffix("\n%%EOF\n").unwrap().parse().unwrap();
        let (own, table) = Parser::at(bytes, start).object();
        let Value::Stream(trailer, rows) = table else { panic!("no cross-reference stream") };
        let rows = unpredict(&rows, trailer["DecodeParms"].dict()["Columns"].number() as usize);
        let widths: Vec<usize> = trailer["W"].array().iter().map(|w| w.number() as usize).collect();
        let mut objects = BTreeMap::new();
        let mut packed = Vec::new();
        for (number, row) in rows.chunks(widths.iter().sum()).enumerate() {
            let mut fields = Vec::new();
            let mut at = 0;
            for width in &widths {
                let field = &row[at..at + width];
                fields.push(field.iter().fold(0usize, |n, b| n << 8 | usize::from(*b)));
                at += width;
            }
            match fields[..] {
                [0, _, _] => assert_eq!(number, 0, "object {number} is free"),
                [1, offset, _] => {
                    let (found, value) = Parser::at(bytes, offset).object();
                    assert_eq!(found as usize, number);
                    objects.insert(found, value);
                }
                [2, stream, index] => packed.push((number as u32, stream as u32, index)),
                _ => panic!("bad row"),
            }
        }
        assert_eq!(trailer["Size"].number() as usize, rows.len() / widths.iter().sum::<usize>());
        assert!(objects.contains_key(&own));
        let groups: BTreeMap<u32, Vec<(u32, Value)>> = objects
            .iter()
            .filter(|(_, v)| matches!(v, Value::Stream(d, _) if d.get("Type") == Some(&Value::Name("ObjStm".into()))))
            .map(|(n, v)| (*n, unpack(v)))
            .collect();
        for (number, stream, index) in packed {
            let (found, value) = groups[&stream][index].clone();
            assert_eq!(found, number);
            objects.insert(number, value);
        }
        Self { objects, trailer }
    }

    /// The object behind a reference, or the value itself.
    pub fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value {
            Value::Ref(n) => &self.objects[n],
            value => value,
        }
    }

    pub fn catalog(&self) -> &Value {
        self.resolve(&self.trailer["Root"])
    }

    /// Object numbers of the pages, in order.
    pub fn pages(&self) -> Vec<u32> {
        let mut pages = Vec::new();
        self.collect_pages(self.catalog().dict()["Pages"].reference(), None, &mut pages);
        pages
    }

    fn collect_pages(&self, node: u32, parent: Option<u32>, pages: &mut Vec<u32>) {
        let value = &self.objects[&node];
        assert_eq!(value.get("Parent").map(Value::reference), parent);
        if value.get("Type") == Some(&Value::Name("Page".into())) {
            pages.push(node);
            return;
        }
        let before = pages.len();
        for kid in value.dict()["Kids"].array() {
            self.collect_pages(kid.reference(), Some(node), pages);
        }
        assert_eq!(value.dict()["Count"].number() as usize, pages.len() - before);
    }

    /// Numbers of a page's content streams.
    pub fn contents(&self, page: u32) -> Vec<u32> {
        self.objects[&page].dict()["Contents"].array().iter().map(Value::reference).collect()
    }
}

fn unpack(stream: &Value) -> Vec<(u32, Value)> {
    let Value::Stream(dict, data) = stream else { unreachable!() };
    let first = dict["First"].number() as usize;
    let mut head = Parser::at(data, 0);
    (0..dict["N"].number())
        .map(|_| {
            let number = head.value().number() as u32;
            let offset = head.value().number() as usize;
            (number, Parser::at(data, first + offset).value())
        })
        .collect()
}

/// Undoes the PNG predictor `Up`.
fn unpredict(rows: &[u8], columns: usize) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::new();
    for row in rows.chunks(columns + 1) {
        assert_eq!(row[0], 2);
        for (i, b) in row[1..].iter().enumerate() {
            let up = out.len().checked_sub(columns).map_or(0, |at| out[at]);
            out.push(b.wrapping_add(up));
            assert!(i < columns);
        }
    }
    out
}

pub struct Parser<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Parser<'a> {
    pub fn at(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    fn skip(&mut self) {
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
    }

    /// Whether anything is left.
    pub fn more(&mut self) -> bool {
        self.skip();
        self.at < self.bytes.len()
    }

    fn word(&mut self) -> String {
        self.skip();
        let start = self.at;
        while self.bytes.get(self.at).is_some_and(|b| !b" \n\r\t()<>[]/".contains(b)) {
            self.at += 1;
        }
        String::from_utf8(self.bytes[start..self.at].to_vec()).unwrap()
    }

    /// `n 0 obj ... endobj`
    fn object(&mut self) -> (u32, Value) {
        let number = self.word().parse().unwrap();
        assert_eq!((self.word().as_str(), self.word().as_str()), ("0", "obj"));
        let value = self.value();
        let word = self.word();
        if word != "stream" {
            assert_eq!(word, "endobj");
            return (number, value);
        }
        let Value::Dict(dict) = value else { panic!("stream without dictionary") };
        assert_eq!(self.bytes[self.at], b'\n');
        let start = self.at + 1;
        let end = start + dict["Length"].number() as usize;
        assert!(self.bytes[end..].starts_with(b"\r\nendstream\nendobj\n"), "object {number}");
        let raw = &self.bytes[start..end];
        let data = match dict.get("Filter") {
            None => raw.to_vec(),
            Some(filter) => {
                assert_eq!(filter.name(), "FlateDecode");
                inflate(raw)
            }
        };
        (number, Value::Stream(dict, data))
    }

    pub fn value(&mut self) -> Value {
        self.skip();
        match self.bytes[self.at] {
            b'/' => {
                self.at += 1;
                Value::Name(self.word())
            }
            b'(' => self.literal(),
            b'[' => {
                self.at += 1;
                let mut items = Vec::new();
                while !self.closes(b"]") {
                    items.push(self.value());
                }
                Value::Array(items)
            }
            b'<' if self.bytes[self.at + 1] == b'<' => {
                self.at += 2;
                let mut dict = BTreeMap::new();
                while !self.closes(b">>") {
                    let key = self.value().name().to_owned();
                    let value = self.value();
                    assert!(dict.insert(key, value).is_none(), "key twice");
                }
                Value::Dict(dict)
            }
            b'<' => {
                let end = self.bytes[self.at..].iter().position(|b| *b == b'>').unwrap();
                let digits = &self.bytes[self.at + 1..self.at + end];
                self.at += end + 1;
                let digits = std::str::from_utf8(digits).unwrap();
                let byte = |i: usize| u8::from_str_radix(&digits[i..i + 2], 16).unwrap();
                Value::Text((0..digits.len()).step_by(2).map(byte).collect())
            }
            _ => self.plain(),
        }
    }

    fn plain(&mut self) -> Value {
        let word = self.word();
        if let Ok(number) = word.parse::<f64>() {
            let mark = self.at;
            if number.fract() == 0.0 && self.word() == "0" && self.word() == "R" {
                return Value::Ref(number as u32);
            }
            self.at = mark;
            return Value::Number(number);
        }
        match word.as_str() {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "null" => Value::Null,
            "" => panic!("nothing at {}", self.at),
            _ => Value::Operator(word),
        }
    }

    fn closes(&mut self, with: &[u8]) -> bool {
        self.skip();
        let closes = self.bytes[self.at..].starts_with(with);
        if closes {
            self.at += with.len();
        }
        closes
    }

    fn literal(&mut self) -> Value {
        let mut out = Vec::new();
        self.at += 1;
        loop {
            match self.bytes[self.at] {
                b')' => {
                    self.at += 1;
                    return Value::Text(out);
                }
                b'\\' => {
                    self.at += 1;
                    out.push(match self.bytes[self.at] {
                        b'r' => b'\r',
                        b @ (b'(' | b')' | b'\\') => b,
                        other => panic!("escape {other}"),
                    });
                }
                b @ (b'(' | b'\r') => panic!("bare {b}"),
                b => out.push(b),
            }
            self.at += 1;
        }
    }
}

fn inflate(data: &[u8]) -> Vec<u8> {
    let mut size = data.len() * 8 + 4096;
    loop {
        let mut out = vec![0; size];
        match libdeflater::Decompressor::new().zlib_decompress(data, &mut out) {
            Ok(n) => {
                out.truncate(n);
                return out;
            }
            Err(libdeflater::DecompressionError::InsufficientSpace) => size *= 4,
            Err(error) => panic!("{error:?}"),
        }
    }
}
