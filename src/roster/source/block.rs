//! Rows on their way from the reader to the cleaners: one buffer for all their cells.

/// Why a row could not be split into cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    UnclosedQuote,
    TooLong,
    /// Bytes that are not in the file's encoding.
    Encoding,
}

/// Where one row stands in its block and in its file.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The row's number in a spreadsheet, from 1.
    pub line: u64,
    first: u32,
    count: u32,
    pub fault: Option<Fault>,
}

impl Row {
    /// How many cells the row has.
    pub fn len(&self) -> usize {
        self.count as usize
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }
}

/// Some thousand rows.
#[derive(Default)]
pub struct Block {
    text: Vec<u8>,
    /// End of each cell in `text`; a cell starts where the one before it ends.
    ends: Vec<u32>,
    pub rows: Vec<Row>,
}

impl Block {
    pub fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
        self.rows.clear();
    }

    /// Bytes held so far.
    pub fn bytes(&self) -> usize {
        self.text.len()
    }

    /// Marks where a row begins, for [`Block::end_row`] or [`Block::undo`].
    pub fn start_row(&self) -> (usize, usize) {
        (self.text.len(), self.ends.len())
    }

    pub fn push(&mut self, bytes: &[u8]) {
        self.text.extend_from_slice(bytes);
    }

    /// Text in which a backslash stands before what is meant as it is.
    pub fn push_unescaped(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while let Some(at) = rest.iter().position(|b| *b == b'\\') {
            self.text.extend_from_slice(&rest[..at]);
            match rest.get(at + 1) {
                Some(b'n') => self.text.push(b'\n'),
                // `\N` alone is a database's word for nothing.
                Some(b'N') => self.text.extend_from_slice(b"\\N"),
                Some(other) => self.text.push(*other),
                None => self.text.push(b'\\'),
            }
            rest = rest.get(at + 2..).unwrap_or_default();
        }
        self.text.extend_from_slice(rest);
    }

    pub fn end_cell(&mut self) {
        self.ends.push(self.text.len() as u32);
    }

    /// Takes back what was pushed since `start`; also down to a cell's start within a row.
    pub fn undo(&mut self, start: (usize, usize)) {
        self.text.truncate(start.0);
        self.ends.truncate(start.1);
    }

    pub fn end_row(&mut self, start: (usize, usize), line: u64, fault: Option<Fault>) {
        let fault = fault.or_else(|| {
            std::str::from_utf8(&self.text[start.0..]).is_err().then_some(Fault::Encoding)
        });
        self.rows.push(Row {
            line,
            first: start.1 as u32,
            count: (self.ends.len() - start.1) as u32,
            fault,
        });
    }

    /// A cell's bytes; empty beyond the row's end.
    pub fn bytes_of(&self, row: &Row, cell: usize) -> &[u8] {
        if cell >= row.len() {
            return b"";
        }
        let at = row.first as usize + cell;
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        &self.text[start..self.ends[at] as usize]
    }

    /// A cell's text; empty where the bytes are no UTF-8 (such a row carries a fault).
    pub fn cell(&self, row: &Row, cell: usize) -> &str {
        std::str::from_utf8(self.bytes_of(row, cell)).unwrap_or_default()
    }
}
