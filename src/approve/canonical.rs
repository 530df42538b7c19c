//! A letter's canonical text: every word with its place on the page, for the seal. Not the PDF's
//! bytes, which another version of a library may write otherwise.

use super::hex;
use crate::roster::{self, Person};
use crate::typeset::{GlyphRun, Image, Item, Laid};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::io::Write as _;
use std::sync::Arc;

/// Runs and pictures remembered before starting anew.
const MOST: usize = 1 << 16;

/// Writes canonical texts; one per worker. What it remembers never changes what it writes.
#[derive(Default)]
pub struct Canon {
    /// By the run's address, which stays its own while the `Arc` is held: face, size, shade and
    /// text as they are written.
    runs: HashMap<usize, (Arc<GlyphRun>, Vec<u8>)>,
    images: HashMap<usize, (Arc<Image>, String)>,
    out: Vec<u8>,
    /// The person as the spool has them.
    record: Vec<u8>,
}

impl Canon {
    /// The canonical text of a letter: what piece it is, of whom, and of each page every run,
    /// rule and picture with its place in hundredths of a point.
    pub fn text(&mut self, piece: &str, person: &Person, version: &str, laid: &Laid) -> &[u8] {
        let person = &person_digest(person, &mut self.record);
        let mut out = std::mem::take(&mut self.out);
        out.clear();
        for line in ["noticeworks letter 1\npiece ", piece, "\nrecord ", person, "\nversion "] {
            out.extend_from_slice(line.as_bytes());
        }
        out.extend_from_slice(version.as_bytes());
        out.push(b'\n');
        for (n, page) in laid.pages.iter().enumerate() {
            // Writing into memory cannot fail.
            let _ = writeln!(out, "page {}", n + 1);
            for item in page.marks.iter().flat_map(|mark| &mark.items) {
                match item {
                    Item::Run { x, y, run } => {
                        hundredths(&mut out, *x);
                        hundredths(&mut out, *y);
                        out.extend_from_slice(self.run(run));
                    }
                    Item::Rect { x, y, width, height, gray } => {
                        out.extend_from_slice(b"rule ");
                        for length in [x, y, width, height, gray] {
                            hundredths(&mut out, *length);
                        }
                        out.push(b'\n');
                    }
                    Item::Image { x, y, width, height, image } => {
                        out.extend_from_slice(b"picture ");
                        for length in [x, y, width, height] {
                            hundredths(&mut out, *length);
                        }
                        out.extend_from_slice(self.image(image).as_bytes());
                        out.push(b'\n');
                    }
                }
            }
        }
        self.out = out;
        &self.out
    }

    /// Forgets what it holds, names among it; for the end of a batch.
    pub fn forget(&mut self) {
        self.runs.clear();
        self.out = Vec::new();
        self.record = Vec::new();
    }

    fn run(&mut self, run: &Arc<GlyphRun>) -> &[u8] {
        if self.runs.len() >= MOST {
            self.runs.clear();
        }
        let key = Arc::as_ptr(run) as usize;
        let (_, line) = self.runs.entry(key).or_insert_with(|| {
            let mut line = Vec::with_capacity(run.text.len() + 24);
            let _ = write!(line, "{} ", run.font);
            hundredths(&mut line, run.size);
            if run.gray != 0.0 {
                let _ = write!(line, "gray ");
                hundredths(&mut line, run.gray);
            }
            line.extend_from_slice(run.text.as_bytes());
            line.push(b'\n');
            (run.clone(), line)
        });
        line
    }

    fn image(&mut self, image: &Arc<Image>) -> &str {
        let key = Arc::as_ptr(image) as usize;
        let (_, digest) = self.images.entry(key).or_insert_with(|| {
            let mut hash = Sha256::new();
            hash.update(image.width.to_le_bytes());
            hash.update(image.height.to_le_bytes());
            hash.update(&image.rgb);
            if let Some(alpha) = &image.alpha {
                hash.update(alpha);
            }
            (image.clone(), hex(&hash.finalize()))
        });
        digest
    }
}

/// A length in hundredths of a point and a space.
fn hundredths(out: &mut Vec<u8>, length: f32) {
    let mut rest = (f64::from(length) * 100.0).round() as i64;
    if rest < 0 {
        out.push(b'-');
        rest = -rest;
    }
    let mut digits = [0; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
    out.push(b' ');
}

/// The digest by which a piece stands in its batch's list.
pub fn leaf(canonical: &[u8]) -> [u8; 32] {
    Sha256::digest(canonical).into()
}

/// SHA-256, hex, of everything the spool says of a person, row numbers apart.
pub fn person_digest(person: &Person, scratch: &mut Vec<u8>) -> String {
    scratch.clear();
    roster::encode(person, scratch);
    hex(&Sha256::digest(scratch))
}
