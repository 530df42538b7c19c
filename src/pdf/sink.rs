//! Where objects go: streams at once, everything else gathered into object streams
//! (ISO 32000-1, 7.5.7), which brings a tagged letter from 17 KB to a few.

use super::{
    PdfError,
    deflate::Deflate,
    object::{Ref, int},
    xref::Xref,
};
use crate::files::hex;
use sha2::{Digest, Sha256};
use std::io::{self, BufWriter, Write};

/// Bytes after which an object stream is closed; twice the window of deflate.
const GROUP: usize = 64 * 1024;

/// ISO 19005-2, 6.1.13 and ISO 32000-1, annex C.
const MOST_OBJECTS: u32 = 8_388_607;

/// Of libdeflate. Measured on typeset three-page letters, bytes a letter and letters a second
/// and core: level 1 2,247 and 11,000; 4 2,111 and 9,800; 5 2,002 and 8,000 to 10,000;
/// 6 1,977 and 6,200 to 7,200; 9 1,926 and 1,900. In a whole `run` level 3 takes a fifth less
/// processor time than 5 and makes files a tenth larger.
const LEVEL: i32 = 3;

/// The file as it grows.
pub(super) struct Sink<W: Write> {
    tape: Tape<W>,
    xref: Xref,
    deflate: Deflate,
    group: Vec<u8>,
    members: Vec<(Ref, usize)>,
}

impl<W: Write> Sink<W> {
    /// Writes the header.
    pub fn new(out: W) -> io::Result<Self> {
        let mut sink = Self {
            tape: Tape::new(out),
            xref: Xref::default(),
            deflate: Deflate::new(LEVEL),
            group: Vec::new(),
            members: Vec::new(),
        };
        sink.tape.put(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")?;
        Ok(sink)
    }

    /// The next object number.
    pub fn alloc(&mut self) -> Ref {
        self.alloc_many(1)
    }

    /// The first of `n` consecutive object numbers.
    pub fn alloc_many(&mut self, n: u32) -> Ref {
        self.xref.alloc(n)
    }

    /// Whether `n` more objects may be had.
    pub fn room_for(&self, n: usize) -> Result<(), PdfError> {
        // Object streams need numbers too; one in sixteen is far more than they ever take.
        let wanted = self.xref.len() as usize + n + n / 16 + 64;
        if wanted > MOST_OBJECTS as usize { Err(PdfError::TooManyObjects) } else { Ok(()) }
    }

    /// Where the body of an object that is not a stream is to be written, before any other call.
    pub fn object(&mut self, r: Ref) -> &mut Vec<u8> {
        if !self.group.is_empty() {
            self.group.push(b'\n');
        }
        self.members.push((r, self.group.len()));
        &mut self.group
    }

    /// Closes the object stream when it is long enough.
    pub fn settle(&mut self) -> io::Result<()> {
        if self.group.len() >= GROUP { self.close_group() } else { Ok(()) }
    }

    fn close_group(&mut self) -> io::Result<()> {
        if self.members.is_empty() {
            return Ok(());
        }
        let r = self.alloc();
        let mut body = Vec::with_capacity(self.group.len() + self.members.len() * 12);
        for (i, (member, offset)) in self.members.iter().enumerate() {
            self.xref.within(*member, r, i);
            int(&mut body, i64::from(member.0));
            body.push(b' ');
            int(&mut body, *offset as i64);
            body.push(b' ');
        }
        let mut dict = b"/Type/ObjStm/N ".to_vec();
        int(&mut dict, self.members.len() as i64);
        dict.extend_from_slice(b"/First ");
        int(&mut dict, body.len() as i64);
        body.extend_from_slice(&self.group);
        self.members.clear();
        self.group.clear();
        self.stream(r, &dict, &body)
    }

    /// A compressed stream; `dict` holds the entries besides length and filter.
    pub fn stream(&mut self, r: Ref, dict: &[u8], data: &[u8]) -> io::Result<()> {
        self.xref.at(r, self.tape.at);
        self.tape.stream(r, &[dict, b"/Filter/FlateDecode"], self.deflate.zlib(data))
    }

    /// A stream as it is; metadata must be readable without PDF tools.
    pub fn plain_stream(&mut self, r: Ref, dict: &[u8], data: &[u8]) -> io::Result<()> {
        self.xref.at(r, self.tape.at);
        self.tape.stream(r, &[dict], data)
    }

    /// Writes what is gathered, the cross-reference stream and the trailer. The file's
    /// identifier is the digest of all bytes before it, so that equal files are equal and
    /// different files differ. Returns length and SHA-256 of the file.
    pub fn finish(mut self, catalog: Ref, info: Ref) -> io::Result<(u64, String)> {
        self.close_group()?;
        let start = self.tape.at;
        let digest = self.tape.hash.clone().finalize();
        let r = self.alloc();
        self.xref.at(r, start);
        let (dict, rows) = self.xref.render(catalog, info, &digest[..16]);
        self.stream(r, &dict, &rows)?;
        self.tape.put(format!("startxref\n{start}\n%%EOF\n").as_bytes())?;
        self.tape.out.flush()?;
        Ok((self.tape.at, hex(&self.tape.hash.finalize())))
    }
}

/// The bytes on their way out, counted and digested.
struct Tape<W: Write> {
    out: BufWriter<W>,
    hash: Sha256,
    at: u64,
    head: Vec<u8>,
}

impl<W: Write> Tape<W> {
    fn new(out: W) -> Self {
        let out = BufWriter::with_capacity(128 * 1024, out);
        Self { out, hash: Sha256::new(), at: 0, head: Vec::new() }
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hash.update(bytes);
        self.at += bytes.len() as u64;
        self.out.write_all(bytes)
    }

    fn stream(&mut self, r: Ref, dict: &[&[u8]], data: &[u8]) -> io::Result<()> {
        let mut head = std::mem::take(&mut self.head);
        head.clear();
        int(&mut head, i64::from(r.0));
        head.extend_from_slice(b" 0 obj\n<<");
        dict.iter().for_each(|entries| head.extend_from_slice(entries));
        head.extend_from_slice(b"/Length ");
        int(&mut head, data.len() as i64);
        head.extend_from_slice(b">>\nstream\n");
        self.put(&head)?;
        self.head = head;
        self.put(data)?;
        // CR and LF, because compressed data may itself end in CR and would seem one byte short.
        self.put(b"\r\nendstream\nendobj\n")
    }
}
