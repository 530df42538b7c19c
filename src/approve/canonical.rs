//! A letter's canonical text: every word with its place on the page, for the seal. Not the PDF's
//! bytes, which another version of a library may write otherwise.

use crate::files::hex;
use crate::roster::{self, Person};
use crate::typeset::{GlyphRun, Image, Item, Laid, Page};
use foldhash::HashMap;
use sha2::{Digest, Sha256};
use std::io::Write as _;
use std::sync::Arc;

/// Runs remembered before starting anew.
const RUNS: usize = 1 << 16;
/// Pages remembered before starting anew.
const PAGES: usize = 1024;

/// Writes canonical texts; one per worker. What it remembers never changes what it writes.
#[derive(Default)]
pub struct Canon {
    /// By the run's address, which stays its own while the `Arc` is held: face, size, shade and
    /// text as they are written.
    runs: HashMap<usize, (Arc<GlyphRun>, Vec<u8>)>,
    images: HashMap<usize, (Arc<Image>, String)>,
    /// Pages of nobody in particular as they are written, by address and number.
    pages: HashMap<(usize, usize), (Arc<Page>, Vec<u8>)>,
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
        for (page, number) in laid.pages.iter().zip(1..) {
            if page.is_personal() {
                self.page(page, number, &mut out);
                continue;
            }
            let key = (Arc::as_ptr(page) as usize, number);
            if let Some((_, text)) = self.pages.get(&key) {
                out.extend_from_slice(text);
                continue;
            }
            let start = out.len();
            self.page(page, number, &mut out);
            if self.pages.len() >= PAGES {
                self.pages.clear();
            }
            self.pages.insert(key, (page.clone(), out[start..].to_vec()));
        }
        self.out = out;
        &self.out
    }

    fn page(&mut self, page: &Page, number: usize, out: &mut Vec<u8>) {
        // Writing into memory cannot fail.
        let _ = writeln!(out, "page {number}");
        let items =
            page.marks.iter().flat_map(|mark| mark.items.iter().map(|i| (i, mark.personal)));
        for (item, personal) in items {
            match item {
                Item::Run { x, y, run } => {
                    hundredths(out, *x);
                    hundredths(out, *y);
                    match personal {
                        true => write_run(run, out),
                        false => out.extend_from_slice(self.run(run)),
                    }
                }
                Item::Rect { x, y, width, height, gray } => {
                    out.extend_from_slice(b"rule ");
                    for length in [x, y, width, height, gray] {
                        hundredths(out, *length);
                    }
                    out.push(b'\n');
                }
                Item::Image { x, y, width, height, image } => {
                    out.extend_from_slice(b"picture ");
                    for length in [x, y, width, height] {
                        hundredths(out, *length);
                    }
                    out.extend_from_slice(self.image(image).as_bytes());
                    out.push(b'\n');
                }
            }
        }
    }

    /// Forgets what it holds, names among it; for the end of a batch.
    pub fn forget(&mut self) {
        self.runs.clear();
        self.out = Vec::new();
        self.record = Vec::new();
    }

    fn run(&mut self, run: &Arc<GlyphRun>) -> &[u8] {
        if self.runs.len() >= RUNS {
            self.runs.clear();
        }
        let key = Arc::as_ptr(run) as usize;
        let (_, line) = self.runs.entry(key).or_insert_with(|| {
            let mut line = Vec::with_capacity(run.text.len() + 24);
            write_run(run, &mut line);
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

/// A run's face, size, shade and text.
fn write_run(run: &GlyphRun, out: &mut Vec<u8>) {
    integer(out, i64::from(run.font));
    out.push(b' ');
    hundredths(out, run.size);
    if run.gray != 0.0 {
        out.extend_from_slice(b"gray ");
        hundredths(out, run.gray);
    }
    out.extend_from_slice(run.text.as_bytes());
    out.push(b'\n');
}

/// A length in hundredths of a point and a space.
fn hundredths(out: &mut Vec<u8>, length: f32) {
    integer(out, (f64::from(length) * 100.0).round() as i64);
    out.push(b' ');
}

fn integer(out: &mut Vec<u8>, value: i64) {
    if value < 0 {
        out.push(b'-');
    }
    let mut rest = value.unsigned_abs();
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
