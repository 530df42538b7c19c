//! Where a line may end.

use unicode_linebreak::{BreakOpportunity, linebreaks};

/// Why a line may end at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Break {
    /// After a space, or at the text's end.
    Space,
    /// Within a word: after a hyphen, a dash, a slash.
    Inside,
    /// After a forced break.
    Forced,
}

/// Fills `out` with the byte offsets after which a line may end, the text's end included.
///
/// By the Unicode line breaking algorithm (UAX 14) without the places that would tear an e-mail
/// address, a telephone number, or a ZIP code from its state; addresses of the web break after
/// slashes only.
pub(super) fn opportunities(text: &str, out: &mut Vec<(usize, Break)>) {
    out.clear();
    let web = text.contains('/') || text.contains("www.");
    for (at, kind) in linebreaks(text) {
        let spaced = text[..at].ends_with([' ', '\n']);
        if at == text.len() {
            out.push((at, Break::Space));
        } else if kind == BreakOpportunity::Mandatory {
            out.push((at, Break::Forced));
        } else if spaced {
            if !joins_by_space(text, at) {
                out.push((at, Break::Space));
            }
        } else if may_tear(text, at) {
            out.push((at, Break::Inside));
        }
    }
    if web {
        after_slashes(text, out);
    }
}

/// Whether the space before `at` stands inside a telephone number or before a ZIP code.
fn joins_by_space(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    if !bytes.get(at).is_some_and(|b| b.is_ascii_digit() || *b == b'(') {
        return false;
    }
    let before = token_before(text[..at].trim_end_matches(' '));
    let after = token_at(text, at);
    let state = before.len() == 2 && before.bytes().all(|b| b.is_ascii_uppercase());
    if state && is_zip(after) {
        return true;
    }
    if !(is_phone_part(before) && is_phone_part(after)) {
        return false;
    }
    let digits = |s: &str| s.bytes().filter(u8::is_ascii_digit).count();
    let total = digits(before) + digits(after);
    let marked = [before, after].iter().any(|s| s.contains(['(', '-', '+']));
    (4..=15).contains(&total) && marked
}

/// Whether a word may be torn at a place inside it.
fn may_tear(text: &str, at: usize) -> bool {
    let token = token_around(text, at);
    // There is no hyphenation: a soft hyphen is no place to break.
    if text[..at].ends_with('\u{AD}') {
        return false;
    }
    if token.contains('@') || is_web(token) || is_phone_part(token) {
        return false;
    }
    // `12-month`, `1-800-LETTERS`: a number keeps what its hyphen ties to it.
    let before = &text.as_bytes()[..at];
    !matches!(before, [.., digit, b'-'] if digit.is_ascii_digit())
}

/// Adds the places after the slashes of web addresses.
fn after_slashes(text: &str, out: &mut Vec<(usize, Break)>) {
    let bytes = text.as_bytes();
    for (slash, _) in text.match_indices('/') {
        let at = slash + 1;
        let doubled = bytes.get(at) == Some(&b'/') || text[..slash].ends_with(['/', ':']);
        let end = bytes.get(at).is_none_or(|b| *b == b' ' || *b == b'\n');
        if !doubled && !end && is_web(token_around(text, at)) {
            out.push((at, Break::Inside));
        }
    }
    out.sort_by_key(|(at, _)| *at);
    out.dedup_by_key(|(at, _)| *at);
}

fn is_web(token: &str) -> bool {
    let token = token.trim_start_matches(['(', '[', '<', '"', '“']);
    token.contains("://")
        || token.starts_with("www.")
        || token.split_once('/').is_some_and(|(host, _)| {
            host.rsplit_once('.').is_some_and(|(_, top)| {
                top.len() >= 2 && top.bytes().all(|b| b.is_ascii_alphabetic())
            })
        })
}

fn is_zip(token: &str) -> bool {
    let digits = token.trim_end_matches(['.', ',', ';', ')', ':']);
    let all = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
    match digits.split_once('-') {
        Some((five, four)) => all(five, 5) && all(four, 4),
        None => all(digits, 5),
    }
}

fn is_phone_part(token: &str) -> bool {
    let token = token.trim_end_matches([',', ';', ':']);
    token.bytes().any(|b| b.is_ascii_digit())
        && token.bytes().all(|b| b.is_ascii_digit() || b"()+-.".contains(&b))
}

fn token_before(text: &str) -> &str {
    &text[text.rfind([' ', '\n']).map_or(0, |i| i + 1)..]
}

fn token_at(text: &str, at: usize) -> &str {
    &text[at..][..text[at..].find([' ', '\n']).unwrap_or(text.len() - at)]
}

fn token_around(text: &str, at: usize) -> &str {
    let start = text[..at].rfind([' ', '\n']).map_or(0, |i| i + 1);
    token_at(text, start)
}
