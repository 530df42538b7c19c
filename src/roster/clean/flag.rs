//! Yes and no.

/// What a yes/no cell says; none if it says neither.
pub fn read(text: &str) -> Option<bool> {
    match text {
        "Y" => return Some(true),
        "" | "N" => return Some(false),
        _ if text.len() > 8 => return None,
        _ => {}
    }
    match text.to_lowercase().as_str() {
        "y" | "yes" | "true" | "t" | "1" | "x" | "✓" | "✔" | "sí" | "si" => Some(true),
        "n" | "no" | "false" | "f" | "0" => Some(false),
        _ => None,
    }
}

/// What a cell of a column of marks says of one kind of information: exposed or not; none if it
/// leaves that open. Wider than [`read`]: a box that is ticked, a count of hits, a phrase.
pub fn mark(text: &str) -> Option<bool> {
    if let Some(answer) = read(text) {
        return Some(answer);
    }
    let text = text.trim();
    match text {
        "\u{2713}" | "\u{2714}" | "\u{2705}" | "\u{2611}" | "\u{2611}\u{fe0f}" => {
            return Some(true);
        }
        "\u{2717}" | "\u{2718}" | "\u{274c}" | "\u{2610}" | "-" | "--" => return Some(false),
        _ => {}
    }
    if let Some(inner) = boxed(text) {
        return read(inner.trim());
    }
    if let Some(count) = count(text) {
        return Some(count > 0);
    }
    let lower = text.to_lowercase();
    if text.len() > 60 || OPEN.iter().any(|word| lower.contains(word)) {
        return None;
    }
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    match words.as_slice() {
        [one] => word(one),
        ["no" | "not" | "never" | "none", .., last] if word(last) == Some(true) => Some(false),
        ["no" | "not" | "n", rest @ ..] if divides(&lower) && !rest.is_empty() => Some(false),
        ["not", "applicable" | "checked" | "on" | "in", ..] => Some(false),
        ["no", "data" | "info" | "information" | "exposure" | "hit" | "hits" | "impact", ..] => {
            Some(false)
        }
        ["none", "found" | "exposed" | "affected" | "identified", ..] => Some(false),
        ["yes" | "y", ..] if divides(&lower) => Some(true),
        [first @ .., "yes"] if first.len() <= 1 => Some(true),
        _ => None,
    }
}

/// [`mark`] without counts: a number may be anything.
pub fn plain_mark(text: &str) -> Option<bool> {
    let number = text.starts_with(|c: char| c.is_ascii_digit());
    if number { read(text) } else { mark(text) }
}

/// Words that leave the answer open whatever else stands beside them.
const OPEN: &[&str] = &[
    "?",
    "unknown",
    "unclear",
    "unsure",
    "unconfirmed",
    "pending",
    "review",
    "possib",
    "maybe",
    "perhaps",
    "may be",
    "might",
    "likely",
    "determin",
    "tbd",
    "partial",
    "see ",
    "but ",
    "except",
    "not sure",
    "not yet",
    "longer",
    "only",
    "until",
];

/// `[X]`, `(x)`, `[ ]`.
fn boxed(text: &str) -> Option<&str> {
    let inner = text.strip_prefix(['[', '(', '{', '<'])?;
    inner.strip_suffix([']', ')', '}', '>']).filter(|inner| inner.chars().count() <= 3)
}

/// A count of hits, `3` or `1.0`; longer numbers are the data themselves.
fn count(text: &str) -> Option<u16> {
    let whole = match text.split_once('.') {
        Some((whole, zeros)) if zeros.bytes().all(|b| b == b'0') && zeros.len() <= 2 => whole,
        Some(_) => return None,
        None => text,
    };
    let digits = !whole.is_empty() && whole.bytes().all(|b| b.is_ascii_digit());
    (digits && whole.len() <= 3).then(|| whole.parse().ok()).flatten()
}

/// `No - redacted`, `Yes: full`: what stands behind does not turn the answer round.
fn divides(lower: &str) -> bool {
    lower.contains(['-', '\u{2013}', '\u{2014}', ':', ',', ';', '(', '/'])
}

fn word(word: &str) -> Option<bool> {
    match word {
        "exposed" | "found" | "affected" | "impacted" | "involved" | "included" | "present"
        | "compromised" | "accessed" | "acquired" | "disclosed" | "detected" | "identified"
        | "checked" | "selected" | "marked" | "ticked" | "breached" | "viewed" | "positive" => {
            Some(true)
        }
        "unchecked" | "unselected" | "unaffected" | "unexposed" | "absent" | "negative"
        | "none" | "off" | "never" => Some(false),
        "on" => Some(true),
        _ => None,
    }
}
