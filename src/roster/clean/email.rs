//! E-mail addresses as a mail header may carry them.

/// What a cell of the column `email` is. The cell must be looked at before white space is
/// cleaned: a line break in it is an attack, not a blemish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Address,
    /// A line break, a NUL or an encoded one.
    Injection,
    Several,
    Invalid,
}

/// Judges a trimmed cell that is not empty.
pub fn judge(cell: &str) -> Verdict {
    // What ends a header line, or begins another, has one of these in it.
    let odd = |b: u8| !b.is_ascii() || b < b' ' || matches!(b, b'%' | b'\\' | b':');
    if cell.bytes().any(odd) && is_injection(cell) {
        return Verdict::Injection;
    }
    if cell.matches('@').count() > 1 && cell.contains([',', ';', ' ', '/', '|']) {
        return Verdict::Several;
    }
    let Some((local, domain)) = cell.rsplit_once('@') else { return Verdict::Invalid };
    let dot_atom = |text: &str, allowed: fn(u8) -> bool| {
        text.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(allowed))
    };
    // A mail server may read `%` and `!` as a route to another host, `|` as a program to run, and a
    // leading `-` as an option: RFC 5321 lets them stand, no patient's mailbox needs them.
    let is_local = |b: u8| b.is_ascii_alphanumeric() || b"#$&'*+-/=?^_{}~".contains(&b);
    let is_host = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
    let fits = local.len() <= 64 && domain.len() <= 253 && cell.len() <= 254;
    let labels_fit =
        domain.split('.').all(|l| l.len() <= 63 && !l.starts_with('-') && !l.ends_with('-'));
    let top = domain.rsplit('.').next().unwrap_or_default();
    let top_fits = top.len() >= 2 && !top.bytes().all(|b| b.is_ascii_digit());
    if fits
        && !local.starts_with(['-', '/'])
        && labels_fit
        && top_fits
        && domain.contains('.')
        && dot_atom(local, is_local)
        && dot_atom(domain, is_host)
    {
        Verdict::Address
    } else {
        Verdict::Invalid
    }
}

fn is_injection(cell: &str) -> bool {
    let lower = cell.to_ascii_lowercase();
    cell.contains(['\r', '\n', '\0', '\u{2028}', '\u{2029}', '\u{85}', '\u{b}', '\u{c}'])
        || ["%0a", "%0d", "\\r", "\\n", "bcc:", "cc:", "to:", "subject:"]
            .iter()
            .any(|bad| lower.contains(bad))
}
