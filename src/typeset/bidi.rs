//! Order of right-to-left text within a line (Unicode UAX 9).

use std::ops::Range;
use unicode_bidi::{BidiInfo, Level};

/// Whether any character of the text runs, or makes run, from right to left.
pub(super) fn has_rtl(text: &str) -> bool {
    !text.is_ascii()
        && text.chars().any(|c| {
            matches!(c as u32,
                0x590..=0x8FF | 0x200F | 0x202B | 0x202E | 0x2067 | 0xFB1D..=0xFDFF
                | 0xFE70..=0xFEFC | 0x10800..=0x10FFF | 0x1E800..=0x1EFFF)
        })
}

/// Whether a language is written from right to left.
pub(super) fn is_rtl_language(lang: &str) -> bool {
    let primary = lang.split(['-', '_']).next().unwrap_or("");
    ["ar", "he", "iw", "fa", "ur", "yi", "ji", "ps", "sd", "ug", "dv", "ckb", "syr", "arc"]
        .contains(&primary.to_ascii_lowercase().as_str())
}

/// The embedding level of every byte.
pub(super) fn levels(text: &str, rtl: bool) -> Vec<u8> {
    let base = if rtl { Level::rtl() } else { Level::ltr() };
    let text = with_numbers_whole(text);
    BidiInfo::new(&text, Some(base)).levels.iter().map(|level| level.number()).collect()
}

/// The text with each telephone number, date or ZIP+4 code replaced by as many letters: among
/// Arabic words the algorithm would print the groups of `1-800-555-0142` from right to left.
fn with_numbers_whole(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for token in text.split_inclusive([' ', '\n']) {
        let start = token.find(|c: char| c.is_ascii_digit() || c == '+' || c == '(');
        let end = token.rfind(|c: char| c.is_ascii_digit() || c == ')').map_or(0, |i| i + 1);
        match start.filter(|&start| start < end) {
            Some(start) if is_grouped(&token[start..end]) => {
                out.push_str(&token[..start]);
                out.extend(std::iter::repeat_n('a', end - start));
                out.push_str(&token[end..]);
            }
            _ => out.push_str(token),
        }
    }
    out
}

/// Whether a token is digits in groups.
fn is_grouped(token: &str) -> bool {
    let digits = token.bytes().filter(u8::is_ascii_digit).count();
    digits >= 3
        && token.bytes().all(|b| b.is_ascii_digit() || b"()+-./".contains(&b))
        && token.contains(['(', '+', '-', '.', '/'])
        && token.matches('(').count() == token.matches(')').count()
}

/// The visual order, left to right, of segments with these levels (rule L2).
pub(super) fn visual_order(levels: &[u8]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..levels.len()).collect();
    let Some(&high) = levels.iter().max() else { return order };
    let low = levels.iter().copied().filter(|l| l % 2 == 1).min().unwrap_or(high + 1);
    for level in (low..=high).rev() {
        let mut at = 0;
        while at < order.len() {
            let run = run_at(&order, levels, level, at);
            at = run.end.max(at + 1);
            order[run].reverse();
        }
    }
    order
}

fn run_at(order: &[usize], levels: &[u8], level: u8, at: usize) -> Range<usize> {
    let len = order[at..].iter().take_while(|&&i| levels[i] >= level).count();
    at..at + len
}
