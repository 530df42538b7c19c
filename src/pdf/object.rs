//! The spelling of PDF objects (ISO 32000-1, 7.3).

/// An object's number; generations are always 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Ref(pub u32);

impl Ref {
    pub fn plus(self, n: u32) -> Self {
        Self(self.0 + n)
    }
}

pub(super) fn int(out: &mut Vec<u8>, n: i64) {
    let mut digits = [0u8; 20];
    let mut at = digits.len();
    let mut rest = n.unsigned_abs();
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if n < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(&digits[at..]);
}

/// `12 0 R`
pub(super) fn reference(out: &mut Vec<u8>, r: Ref) {
    int(out, i64::from(r.0));
    out.extend_from_slice(b" 0 R");
}

/// References in brackets.
pub(super) fn references(out: &mut Vec<u8>, refs: impl IntoIterator<Item = Ref>) {
    out.push(b'[');
    for (i, r) in refs.into_iter().enumerate() {
        if i > 0 {
            out.push(b' ');
        }
        reference(out, r);
    }
    out.push(b']');
}

/// A number of `10^-places`, without trailing zeros: 1250 with two places is `12.5`.
pub(super) fn decimal(out: &mut Vec<u8>, n: i64, places: u32) {
    let scale = 10i64.pow(places);
    let (whole, mut rest) = (n.abs() / scale, n.abs() % scale);
    if n < 0 {
        out.push(b'-');
    }
    if whole != 0 || rest == 0 {
        int(out, whole);
    }
    if rest == 0 {
        return;
    }
    out.push(b'.');
    let mut step = scale / 10;
    while rest != 0 {
        out.push(b'0' + (rest / step) as u8);
        rest %= step;
        step = (step / 10).max(1);
    }
}

/// A length in hundredths of a point, as content streams and boxes write it.
pub(super) fn length(out: &mut Vec<u8>, hundredths: i32) {
    decimal(out, i64::from(hundredths), 2);
}

/// Points to hundredths; what is not finite has been refused before.
pub(super) fn hundredths(points: f32) -> i32 {
    (f64::from(points) * 100.0).round() as i32
}

/// A literal string's inside. CR must be escaped, for a raw one is read as LF.
pub(super) fn escaped(out: &mut Vec<u8>, bytes: &[u8]) {
    for &b in bytes {
        escaped_byte(out, b);
    }
}

pub(super) fn escaped_byte(out: &mut Vec<u8>, b: u8) {
    match b {
        b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', b]),
        b'\r' => out.extend_from_slice(b"\\r"),
        _ => out.push(b),
    }
}

/// A text string: as it is when printable ASCII, otherwise UTF-16BE with its mark.
pub(super) fn text(out: &mut Vec<u8>, text: &str) {
    out.push(b'(');
    if text.bytes().all(|b| (b' '..=b'~').contains(&b)) {
        escaped(out, text.as_bytes());
    } else {
        out.extend_from_slice(b"\xFE\xFF");
        for unit in text.encode_utf16() {
            escaped(out, &unit.to_be_bytes());
        }
    }
    out.push(b')');
}

/// A name: whatever is not a letter, digit or harmless mark as `#xx`.
pub(super) fn name(out: &mut Vec<u8>, name: &str) {
    out.push(b'/');
    for b in name.bytes() {
        if b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+' | b'_' | b'.' | b',') {
            out.push(b);
        } else {
            out.push(b'#');
            out.extend_from_slice(format!("{b:02X}").as_bytes());
        }
    }
}

/// A box in hundredths of a point: left, bottom, right, top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rect(pub [i32; 4]);

impl Rect {
    pub fn union(self, other: Self) -> Self {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
        Self([a.min(e), b.min(f), c.max(g), d.max(h)])
    }

    pub fn write(self, out: &mut Vec<u8>) {
        out.push(b'[');
        for (i, n) in self.0.into_iter().enumerate() {
            if i > 0 {
                out.push(b' ');
            }
            length(out, n);
        }
        out.push(b']');
    }
}
