//! Names: reported, never changed.

/// A word that is no name in any cell.
pub fn is_no_name(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    matches!(
        lower.as_str(),
        "" | "n/a" | "#n/a" | "(null)" | "unknown" | "unk" | "-" | "--" | "." | "?" | "#ref!"
    )
}

/// A word that systems write for nothing and that people are called as well.
pub fn may_be_placeholder(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    matches!(
        lower.as_str(),
        "null" | "none" | "nan" | "na" | "nil" | "test" | "undefined" | "blank" | "tbd" | "xxx"
    )
}

/// Whether a wrong encoding left its traces: U+FFFD, a question mark inside a word, UTF-8 that
/// was read as Windows-1252 (`Ã©`, `Å\u{81}`, `â€™`).
pub fn is_garbled(text: &str) -> bool {
    if text.is_ascii() {
        return text.contains('?');
    }
    let mut previous = '\0';
    for c in text.chars() {
        if matches!(c, '\u{fffd}' | '?') {
            return true;
        }
        let continuation = matches!(c, '\u{80}'..='\u{bf}')
            || matches!(c, '€' | '‚' | 'ƒ' | '„' | '…' | '†' | '‡' | 'ˆ' | '‰' | 'Š' | '‹' | 'Œ')
            || matches!(c, 'Ž' | '‘' | '“' | '”' | '•' | '–' | '—' | '˜' | '™' | 'š' | '›' | 'œ')
            || matches!(c, 'ž' | 'Ÿ');
        if continuation
            && matches!(previous, 'Ã' | 'Â' | 'Ä' | 'Å' | 'Æ' | 'Ð' | 'Ñ' | 'Ø')
            && !c.is_alphabetic()
            || matches!((previous, c), ('â', '€'))
        {
            return true;
        }
        previous = c;
    }
    false
}

/// Letters and digits without case and accents, for comparing; appended to `out`.
pub fn fold_into(text: &str, out: &mut Vec<u8>) {
    use unicode_normalization::UnicodeNormalization;
    if text.is_ascii() {
        let bytes = text.bytes().filter(u8::is_ascii_alphanumeric);
        out.extend(bytes.map(|b| b.to_ascii_lowercase()));
        return;
    }
    let mut utf8 = [0; 4];
    for c in text.nfd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase) {
        out.extend_from_slice(c.encode_utf8(&mut utf8).as_bytes());
    }
}
