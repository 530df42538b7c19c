//! Addresses: how they are compared. What is printed is never abbreviated or rearranged.

use super::name::fold_into;
use crate::roster::Address;
use crate::roster::tables::street_word;

/// The address for comparing, appended to `out`: street words abbreviated, unit designators
/// and punctuation left out, `P. O. Box` and `POB` as `pobox`.
pub fn normal_into(address: &Address, out: &mut Vec<u8>) {
    let mut word = Vec::new();
    let mut post = 0;
    for line in &address.lines {
        for part in line.split(|c: char| !c.is_alphanumeric()) {
            if part.is_empty() {
                continue;
            }
            word.clear();
            fold_into(part, &mut word);
            let folded = std::str::from_utf8(&word).unwrap_or_default();
            let short = street_word(folded);
            // P, O, Box and its short forms, in one, two or three words.
            match (post, short) {
                (_, "#") => continue,
                (0, "p") => {
                    post = 1;
                    continue;
                }
                (1, "o") => {
                    post = 2;
                    continue;
                }
                (0, "po") => {
                    post = 2;
                    continue;
                }
                (2, "box") | (0, "pob" | "pobox") => {
                    out.extend_from_slice(b"pobox ");
                    post = 0;
                    continue;
                }
                (1, _) => out.extend_from_slice(b"p "),
                (2, _) => out.extend_from_slice(b"po "),
                _ => {}
            }
            post = 0;
            out.extend_from_slice(short.as_bytes());
            out.push(b' ');
        }
    }
}

/// A street cell that says that there is no address.
pub fn is_no_address(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    matches!(
        lower.as_str(),
        "address unknown"
            | "unknown address"
            | "no address"
            | "no known address"
            | "no address on file"
            | "bad address"
            | "homeless"
            | "undeliverable"
            | "return to sender"
            | "returned mail"
            | "do not mail"
            | "transient"
    )
}
