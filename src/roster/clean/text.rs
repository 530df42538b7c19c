//! White space, invisible characters, quotation marks, Unicode form: what every cell is freed of.

use super::markup;
use super::signs::Signs;
use crate::roster::column::Column;
use crate::roster::words::WORDS;
use std::borrow::Cow;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// A cleaned cell and what was done to it.
pub struct Cleaned<'t> {
    pub text: Cow<'t, str>,
    /// Control, zero-width or bidi characters were taken out.
    pub invisible: bool,
    /// Quotation marks round the whole value, or a spreadsheet's text mark, were taken off.
    pub quotes: bool,
    /// HTML codes were turned into their characters.
    pub markup: bool,
    /// What kinds of characters stand in `text`.
    pub signs: Signs,
}

/// Cleans one cell: trims, makes white space single, takes out what nobody can see, NFC.
pub fn clean(cell: &str) -> Cleaned<'_> {
    if let Some(signs) = plain(cell) {
        let text = Cow::Borrowed(cell);
        return Cleaned { text, invisible: false, quotes: false, markup: false, signs };
    }
    let decoded = markup::decode(cell);
    let markup = matches!(decoded, Cow::Owned(_));
    let mut invisible = false;
    let mut out = String::with_capacity(cell.len());
    let mut pending_space = false;
    let mut last = None;
    let mut rest = decoded.chars().peekable();
    while let Some(c) = rest.next() {
        if c.is_whitespace() {
            pending_space = true;
            last = None;
            continue;
        }
        let joiner = matches!(c, '\u{200c}' | '\u{200d}');
        if joiner && last.is_some_and(joins) && rest.peek().copied().is_some_and(joins) {
            out.push(c);
            continue;
        }
        if joiner || is_invisible(c) {
            invisible = true;
            continue;
        }
        if pending_space && !out.is_empty() {
            out.push(' ');
        }
        pending_space = false;
        last = Some(c);
        out.push(c);
    }
    let unquoted = unquote(&out);
    let quotes = unquoted.len() != out.len();
    let text = if is_nfc(unquoted) { unquoted.to_owned() } else { unquoted.nfc().collect() };
    let signs = Signs::of(&text);
    Cleaned { text: Cow::Owned(text), invisible, quotes, markup, signs }
}

/// What stands in a cell that needs no cleaning: printable ASCII, single inner spaces, none at the
/// ends, no quotation mark at an end, no HTML code. None for any other cell.
fn plain(cell: &str) -> Option<Signs> {
    let bytes = cell.as_bytes();
    let mut signs = Signs::default();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return Some(signs) };
    if matches!(first, b' ' | b'"' | b'=' | b'\'') || matches!(last, b' ' | b'"') {
        return None;
    }
    let (mut previous, mut twice) = (0, false);
    for byte in bytes {
        signs.add(*byte);
        twice |= *byte == b' ' && previous == b' ';
        previous = *byte;
    }
    if twice || signs.any(Signs::BEYOND.and(Signs::CONTROL)) {
        return None;
    }
    let coded = || cell.match_indices('&').any(|(at, _)| markup::begins(&cell[at..]));
    (!signs.any(Signs::MARKUP) || !coded()).then_some(signs)
}

/// Letters of scripts in which zero-width joiners belong to the spelling.
fn joins(c: char) -> bool {
    matches!(c, '\u{0600}'..='\u{08ff}' | '\u{0900}'..='\u{0dff}' | '\u{fb50}'..='\u{feff}')
}

fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Takes off quotation marks that enclose the whole value, and Excel's `="..."`. In
/// `"Ann "Annie" Oak"` the outer ones go, for the first inner one opens; in `"Ann" or "Bea"` none.
fn unquote(text: &str) -> &str {
    let inner = text.strip_prefix('=').filter(|t| t.starts_with('"')).unwrap_or(text);
    for (open, close) in [('"', '"'), ('\u{201c}', '\u{201d}'), ('\'', '\'')] {
        let Some(t) = inner.strip_prefix(open).and_then(|t| t.strip_suffix(close)) else {
            continue;
        };
        let again = t.find([open, close]);
        let nested = || open != '\'' && again.is_some_and(|at| t[..at].ends_with(' '));
        if again.is_none() || nested() {
            return t.trim();
        }
    }
    text
}

/// A word that stands for "nothing here" in any column.
pub fn is_empty_word(text: &str) -> bool {
    text.is_empty() || WORDS.nothing.has(text)
}

/// Whether nothing stands in the cell but characters that nobody sees.
pub fn is_nothing(cell: &str) -> bool {
    cell.chars().all(|c| c.is_whitespace() || is_invisible(c))
}

/// Whether marks by which another system separates or escapes values would be printed. A whole
/// name may have carets, which are read.
pub fn is_separated(text: &str, column: Column) -> bool {
    let Some(at) = text.find(['^', '|', '~', '\\', ';']) else { return false };
    let whole = matches!(column, Column::FullName | Column::LastName);
    text[at..].char_indices().any(|(here, c)| match c {
        '^' => !whole,
        '|' => true,
        // Repeated names of HL7.
        '~' => !(whole && text.contains('^')),
        ';' => column.is_name(),
        // `C\O` is how some write `c/o`; `O\'Brien` and `1 Elm St\nApt 5` are escapes.
        '\\' => {
            let next = text[at + here + 1..].chars().next();
            column.is_name() || matches!(next, Some('\'' | '"' | '\\' | 'n' | 'r' | 't'))
        }
        _ => false,
    })
}

/// What a spreadsheet shows where it cannot calculate; not `#N/A`, which says that there is nothing.
pub fn is_error(text: &str) -> bool {
    let upper = text.to_ascii_uppercase();
    matches!(
        upper.as_str(),
        "#DIV/0!"
            | "#REF!"
            | "#VALUE!"
            | "#NAME?"
            | "#NULL!"
            | "#NUM!"
            | "#SPILL!"
            | "#CALC!"
            | "#FIELD!"
            | "#BLOCKED!"
            | "#CONNECT!"
            | "#BUSY!"
            | "#PYTHON!"
            | "#UNKNOWN!"
            | "#GETTING_DATA"
            | "#ERROR!"
            | "#####"
    )
}
