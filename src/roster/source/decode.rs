//! Any encoding as UTF-8, streaming, without a byte-order mark.

use super::Encoding;
use encoding_rs::{CoderResult, Decoder, MACINTOSH, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::io::{self, Read};

/// The file's text as UTF-8.
pub fn reader(file: impl Read + Send + 'static, encoding: Encoding) -> Box<dyn Read + Send> {
    let decoder = match encoding {
        Encoding::Utf8 | Encoding::Utf8Broken => return Box::new(WithoutMark::new(file)),
        Encoding::Utf16Le => UTF_16LE.new_decoder_with_bom_removal(),
        Encoding::Utf16Be => UTF_16BE.new_decoder_with_bom_removal(),
        Encoding::Windows1252 => WINDOWS_1252.new_decoder_without_bom_handling(),
        Encoding::MacRoman => MACINTOSH.new_decoder_without_bom_handling(),
        Encoding::Cp850 => return Box::new(CodePage::new(file)),
    };
    Box::new(Transcoder {
        file,
        decoder,
        raw: vec![0; 1 << 16],
        raw_at: 0,
        raw_len: 0,
        ended: false,
        finished: false,
    })
}

/// UTF-8 with the mark at its start left out.
struct WithoutMark<R> {
    file: R,
    /// Bytes read ahead while looking for the mark.
    head: Vec<u8>,
    looked: bool,
}

impl<R: Read> WithoutMark<R> {
    fn new(file: R) -> Self {
        Self { file, head: Vec::new(), looked: false }
    }
}

impl<R: Read> Read for WithoutMark<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if !self.looked {
            self.looked = true;
            self.file.by_ref().take(3).read_to_end(&mut self.head)?;
            if self.head == b"\xef\xbb\xbf" {
                self.head.clear();
            }
        }
        if !self.head.is_empty() {
            let n = out.len().min(self.head.len());
            out[..n].copy_from_slice(&self.head[..n]);
            self.head.drain(..n);
            return Ok(n);
        }
        self.file.read(out)
    }
}

struct Transcoder<R> {
    file: R,
    decoder: Decoder,
    raw: Vec<u8>,
    raw_at: usize,
    raw_len: usize,
    /// The file has no more bytes.
    ended: bool,
    /// The decoder gave its last character.
    finished: bool,
}

impl<R: Read> Read for Transcoder<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while !self.finished && !out.is_empty() {
            if self.raw_at == self.raw_len && !self.ended {
                self.raw_len = self.file.read(&mut self.raw)?;
                self.raw_at = 0;
                self.ended = self.raw_len == 0;
            }
            let source = &self.raw[self.raw_at..self.raw_len];
            let (result, read, written, _) = self.decoder.decode_to_utf8(source, out, self.ended);
            self.raw_at += read;
            self.finished = self.ended && result == CoderResult::InputEmpty;
            if written > 0 {
                return Ok(written);
            }
        }
        Ok(0)
    }
}

/// The upper half of code page 850, which DOS programs of the West wrote.
pub const CP850: [char; 128] = [
    'Ç', 'ü', 'é', 'â', 'ä', 'à', 'å', 'ç', 'ê', 'ë', 'è', 'ï', 'î', 'ì', 'Ä', 'Å', //
    'É', 'æ', 'Æ', 'ô', 'ö', 'ò', 'û', 'ù', 'ÿ', 'Ö', 'Ü', 'ø', '£', 'Ø', '×', 'ƒ', //
    'á', 'í', 'ó', 'ú', 'ñ', 'Ñ', 'ª', 'º', '¿', '®', '¬', '½', '¼', '¡', '«', '»', //
    '░', '▒', '▓', '│', '┤', 'Á', 'Â', 'À', '©', '╣', '║', '╗', '╝', '¢', '¥', '┐', //
    '└', '┴', '┬', '├', '─', '┼', 'ã', 'Ã', '╚', '╔', '╩', '╦', '╠', '═', '╬', '¤', //
    'ð', 'Ð', 'Ê', 'Ë', 'È', 'ı', 'Í', 'Î', 'Ï', '┘', '┌', '█', '▄', '¦', 'Ì', '▀', //
    'Ó', 'ß', 'Ô', 'Ò', 'õ', 'Õ', 'µ', 'þ', 'Þ', 'Ú', 'Û', 'Ù', 'ý', 'Ý', '¯', '´', //
    '\u{ad}', '±', '‗', '¾', '¶', '§', '÷', '¸', '°', '¨', '·', '¹', '³', '²', '■', '\u{a0}',
];

/// Code page 850 as UTF-8.
struct CodePage<R> {
    file: R,
    raw: Vec<u8>,
    text: Vec<u8>,
    at: usize,
}

impl<R: Read> CodePage<R> {
    fn new(file: R) -> Self {
        Self { file, raw: vec![0; 1 << 16], text: Vec::new(), at: 0 }
    }
}

impl<R: Read> Read for CodePage<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.at == self.text.len() {
            let read = self.file.read(&mut self.raw)?;
            self.text.clear();
            self.at = 0;
            let mut utf8 = [0; 4];
            for byte in &self.raw[..read] {
                match byte.checked_sub(128) {
                    None => self.text.push(*byte),
                    Some(upper) => {
                        let c = CP850[usize::from(upper)];
                        self.text.extend_from_slice(c.encode_utf8(&mut utf8).as_bytes());
                    }
                }
            }
        }
        let n = out.len().min(self.text.len() - self.at);
        out[..n].copy_from_slice(&self.text[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}
