//! ZIP codes: what spreadsheets do to them, and to which state they belong.

use crate::roster::tables::zip_state;

/// What a cell of the column `zip` is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// `12345` or `12345-6789`.
    Whole(String),
    /// The same, with the lost zeros put back.
    Padded(String),
    /// Fewer than five digits, and zeros in front would not fit the state.
    TooShort,
    Unreadable,
}

/// Reads a cleaned cell that is not empty. `state` is the row's USPS code, if known: zeros are
/// put back only where the ZIP code then belongs to that state. Without a state nobody can tell a
/// code that lost its zeros from one cut off at the other end.
pub fn read(text: &str, state: Option<&str>) -> Written {
    let text = text.strip_prefix('\'').unwrap_or(text);
    let bytes = text.as_bytes();
    if bytes.len() == 5 && bytes.iter().all(u8::is_ascii_digit) {
        return Written::Whole(text.to_owned());
    }
    let text = text.strip_suffix(".0").unwrap_or(text);
    let (five, four) = match text.split_once(['-', ' ', '.']) {
        Some((five, four)) => (five.trim(), four.trim()),
        None if (7..=9).contains(&text.len()) => match text.split_at_checked(text.len() - 4) {
            Some(parts) => parts,
            None => return Written::Unreadable,
        },
        None => (text, ""),
    };
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if five.is_empty() || !digits(five) || !digits(four) || five.len() > 5 {
        return Written::Unreadable;
    }
    if !four.is_empty() && four.len() != 4 {
        return Written::Unreadable;
    }
    let whole = |five: &str| match four {
        "" | "0000" => five.to_owned(),
        _ => format!("{five}-{four}"),
    };
    if five.len() == 5 {
        return Written::Whole(whole(five));
    }
    if five.len() < 3 {
        return Written::TooShort;
    }
    let padded = format!("{five:0>5}");
    match (zip_state(&padded), state) {
        (Some(of_zip), Some(state)) if of_zip == state => Written::Padded(whole(&padded)),
        _ => Written::TooShort,
    }
}

/// Whether this is a Canadian postal code, `K1A 0B1`.
pub fn is_canadian(text: &str) -> bool {
    let code: Vec<u8> = text.bytes().filter(|b| *b != b' ' && *b != b'-').collect();
    code.len() == 6
        && code.iter().enumerate().all(|(i, b)| match i % 2 {
            0 => b.is_ascii_alphabetic(),
            _ => b.is_ascii_digit(),
        })
}
