//! By what a letter is found again: the reference printed on it, or its Intelligent Mail barcode.

/// What names a letter in a file that came back.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// `NW-7K2M-9Q4T-XB8H`
    Piece(String),
    /// The 20 digits of the tracking code: identifier, service type, mailer, serial number.
    Barcode(String),
}

/// Digits of the tracking code, and of a barcode with a routing code of 5, 9 or 11 digits (USPS-B-3200).
const LENGTHS: [usize; 4] = [20, 25, 29, 31];

/// A reference as people and scanners write it: letters of any case, with or without its dashes,
/// `O` for `0` and `I` or `L` for `1`, which no reference has.
pub fn piece(text: &str) -> Option<String> {
    let plain: String = text
        .chars()
        .filter(|c| c.is_ascii_alphanumeric())
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let digits = plain.strip_prefix("NW").filter(|digits| digits.len() == 12)?;
    let read = digits.chars().map(|c| match c {
        'O' => Some('0'),
        'I' | 'L' => Some('1'),
        'U' => None,
        other => Some(other),
    });
    let digits: String = read.collect::<Option<_>>()?;
    Some(format!("NW-{}-{}-{}", &digits[..4], &digits[4..8], &digits[8..]))
}

/// The tracking code of a barcode's digits; blanks and dashes between them do not matter.
pub fn barcode(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let sound = LENGTHS.contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    // A field of zeros is an empty field.
    let used = digits.bytes().any(|b| b != b'0');
    (sound && used).then(|| digits[..20].to_owned())
}

#[cfg(test)]
mod tests {
    use super::{barcode, piece};

    #[test]
    fn references_are_read_as_people_write_them() {
        for written in
            ["NW-7K2M-9Q4T-XB80", "nw7k2m9q4txb80", " NW 7K2M 9Q4T XB8O ", "NW.7K2M.9Q4T.XB80"]
        {
            assert_eq!(piece(written).as_deref(), Some("NW-7K2M-9Q4T-XB80"), "{written}");
        }
        assert_eq!(piece("NW-L00I-0000-0000").as_deref(), Some("NW-1001-0000-0000"));
        for other in ["", "NW", "NW-7K2M-9Q4T", "XX-7K2M-9Q4T-XB80", "NW-7K2U-9Q4T-XB80"] {
            assert_eq!(piece(other), None, "{other}");
        }
    }

    #[test]
    fn a_barcode_is_its_tracking_code_whatever_its_routing() {
        let tracking = "00310123456000000042";
        for routing in ["", "47403", "474031234", "47403123499"] {
            assert_eq!(barcode(&format!("{tracking}{routing}")).as_deref(), Some(tracking));
        }
        assert_eq!(barcode("00 310 123456 000000042").as_deref(), Some(tracking));
        for other in ["", "0031012345600000004", "0031012345600000004X", &"0".repeat(31)] {
            assert_eq!(barcode(other), None, "{other}");
        }
    }
}
