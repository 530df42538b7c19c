//! Letters that a web page's export left as HTML codes: `Mu&ntilde;oz`, `O&#39;Brien`.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

/// HTML 4's names of characters (W3C, HTML 4.01, section 24).
static NAMES: LazyLock<HashMap<&'static str, char>> = LazyLock::new(|| {
    let rows = include_str!("../data/entities.csv").lines().skip(1);
    rows.filter_map(|row| {
        let (name, code) = row.split_once(',')?;
        Some((name, char::from_u32(code.parse().ok()?)?))
    })
    .collect()
});

/// Longest code between `&` and `;`.
const LONGEST: usize = 10;

/// Whether a code may begin with this `&`.
pub fn begins(text: &str) -> bool {
    code(text).is_some()
}

/// The text with every code turned into its character; codes of codes (`&amp;ntilde;`) too.
pub fn decode(text: &str) -> Cow<'_, str> {
    let mut decoded = Cow::Borrowed(text);
    for _ in 0..2 {
        match once(&decoded) {
            Some(further) => decoded = Cow::Owned(further),
            None => break,
        }
    }
    decoded
}

/// Whether tags or codes are left that would be printed as they stand.
pub fn is_left(text: &str) -> bool {
    text.match_indices(['&', '<']).any(|(at, mark)| {
        let rest = &text[at + 1..];
        let named = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        match mark {
            "&" => rest.starts_with('#') || named >= 2 && rest[named..].starts_with(';'),
            _ => {
                let tag = rest.strip_prefix('/').unwrap_or(rest);
                tag.starts_with(|c: char| c.is_ascii_alphabetic()) && tag.contains('>')
            }
        }
    })
}

fn once(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    let mut any = false;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match code(rest) {
            Some((c, length)) => {
                out.push(c);
                rest = &rest[length..];
                any = true;
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    any.then_some(out)
}

/// The character whose code begins the text, and the code's length.
fn code(text: &str) -> Option<(char, usize)> {
    let body = text.strip_prefix('&')?;
    let end = body.bytes().take(LONGEST + 1).position(|b| b == b';')?;
    let name = &body[..end];
    let c = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            windows_1252(code)?
        }
        None if name == "apos" => '\'',
        None => *NAMES.get(name)?,
    };
    Some((c, end + 2))
}

/// Browsers read the numbers 128 to 159 as Windows-1252 (WHATWG, HTML, 13.2.5.80).
fn windows_1252(code: u32) -> Option<char> {
    match code {
        0x80..=0x9f => {
            let byte = [u8::try_from(code).ok()?];
            encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte).0.chars().next()
        }
        9 | 10 | 13 | 0x20.. => char::from_u32(code),
        _ => None,
    }
}
