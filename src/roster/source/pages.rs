//! Which single-byte encoding a file is in: the one under which its accents stand in words.

use super::Encoding;
use super::decode::CP850;
use encoding_rs::{MACINTOSH, WINDOWS_1252};

/// How many characters beyond ASCII are looked at.
const KEPT: usize = 4096;

/// Bytes beyond ASCII with their neighbors.
#[derive(Default)]
pub struct Pages {
    seen: Vec<[u8; 3]>,
    before: u8,
    /// A byte that waits for its neighbor.
    open: Option<(u8, u8)>,
}

impl Pages {
    pub fn feed(&mut self, chunk: &[u8]) {
        if self.seen.len() >= KEPT {
            return;
        }
        if self.open.is_none() && chunk.is_ascii() {
            self.before = chunk.last().copied().unwrap_or(self.before);
            return;
        }
        for byte in chunk {
            if let Some((before, high)) = self.open.take() {
                self.seen.push([before, high, *byte]);
            }
            if *byte >= 0x80 {
                self.open = Some((self.before, *byte));
            }
            self.before = *byte;
        }
    }

    /// The likeliest encoding; Windows-1252 unless another is plainly better.
    pub fn likeliest(mut self) -> Encoding {
        if let Some((before, high)) = self.open.take() {
            self.seen.push([before, high, b'\n']);
        }
        let windows =
            self.score(|b| WINDOWS_1252.decode_without_bom_handling(&[b]).0.chars().next());
        let mac = self.score(|b| MACINTOSH.decode_without_bom_handling(&[b]).0.chars().next());
        let dos = self.score(|b| CP850.get(usize::from(b).wrapping_sub(128)).copied());
        let margin = (self.seen.len() as i64 + 1) / 2;
        if dos > windows + margin && dos >= mac {
            Encoding::Cp850
        } else if mac > windows + margin {
            Encoding::MacRoman
        } else {
            Encoding::Windows1252
        }
    }

    fn score(&self, decode: impl Fn(u8) -> Option<char>) -> i64 {
        let table: Vec<Option<char>> = (0..=255).map(decode).collect();
        let of = |[before, high, after]: &[u8; 3]| {
            let letter = |b: &u8| {
                b.is_ascii_alphabetic()
                    || (*b >= 0x80 && table[usize::from(*b)].is_some_and(char::is_alphabetic))
            };
            let near = [before, after];
            let in_word = near.iter().any(|b| letter(b));
            let upper = near.iter().any(|b| b.is_ascii_uppercase());
            let lower = near.iter().any(|b| b.is_ascii_lowercase());
            match table[usize::from(*high)] {
                // O\u{2019}Brien, D\u{2019}ANGELO.
                Some('\u{2019}') if in_word && !(lower && before.is_ascii_lowercase()) => 3,
                Some('\u{2019}') if after.eq_ignore_ascii_case(&b's') => 3,
                Some(c) if c.is_alphabetic() && c != 'ª' && c != 'º' && c != 'ƒ' => {
                    let usual = "áéíóúñüÁÉÍÓÚÑÜçÇèÈàâêôöäëïãõåøß".contains(c);
                    // Capitals stand beside capitals, or begin a word.
                    let begins = !letter(before);
                    let right_case = match c.is_uppercase() {
                        true => !lower || (begins && c.is_uppercase()),
                        false => !upper || lower || !in_word,
                    };
                    i64::from(in_word) + 2 * i64::from(usual) + 2 * i64::from(right_case) - 2
                }
                Some('\u{a0}' | '\u{2013}' | '\u{2014}' | '°' | '½' | '¼' | '·') if !in_word => {
                    0
                }
                _ if in_word => -3,
                _ => -1,
            }
        };
        self.seen.iter().map(of).sum()
    }
}
