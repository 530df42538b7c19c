//! The number of a piece, reckoned anew from whom it is for.
//!
//! The rule: HMAC-SHA-256 under the folder's secret over the word `piece`, incident, wave, record
//! id, covered entity and channel, each after its length in eight bytes; the first 60 bits in
//! groups of four digits of Crockford's base 32. Folders sealed before there were secrets have
//! SHA-256 over the same without the word.

use ring::hmac::{HMAC_SHA256, Key, sign};
use sha2::{Digest, Sha256};

/// How a piece's number begins.
const MARK: &str = "NW-";
const ALPHABET: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A piece's number as 60 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Piece(pub u64);

impl Piece {
    /// What a record gets in a wave by a channel: incident, wave, record id, covered entity, and
    /// `mail` or `email`.
    pub fn of(secret: Option<&[u8]>, parts: [&str; 5]) -> Self {
        let word = secret.map(|_| "piece");
        let mut message = Vec::with_capacity(160);
        for part in word.into_iter().chain(parts) {
            message.extend((part.len() as u64).to_be_bytes());
            message.extend(part.as_bytes());
        }
        let digest = match secret {
            Some(secret) => sign(&Key::new(HMAC_SHA256, secret), &message).as_ref().to_vec(),
            None => Sha256::digest(&message).to_vec(),
        };
        let head = digest.iter().take(8).fold(0u64, |bits, byte| bits << 8 | u64::from(*byte));
        Self(head >> 4)
    }

    /// Reads `NW-XXXX-XXXX-XXXX`.
    pub fn read(text: &str) -> Option<Self> {
        let digits = text.strip_prefix(MARK)?;
        let grouped = digits.len() == 14 && digits.is_ascii();
        if !grouped || digits.as_bytes()[4] != b'-' || digits.as_bytes()[9] != b'-' {
            return None;
        }
        digits
            .chars()
            .filter(|c| *c != '-')
            .try_fold((0u64, 0), |(bits, n), c| Some((bits << 5 | ALPHABET.find(c)? as u64, n + 1)))
            .filter(|(_, n)| *n == 12)
            .map(|(bits, _)| Self(bits))
    }

    /// Every piece number in a text.
    pub fn all_in(text: &str) -> impl Iterator<Item = Self> + '_ {
        text.match_indices(MARK).filter_map(|(at, _)| Self::read(text.get(at..at + 17)?))
    }
}

impl std::fmt::Display for Piece {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NW")?;
        for group in (0..3).rev() {
            f.write_str("-")?;
            for digit in (0..4).rev() {
                let value = self.0 >> (20 * group + 5 * digit) & 31;
                f.write_str(&ALPHABET[value as usize..value as usize + 1])?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Piece;

    #[test]
    fn a_number_is_read_as_it_is_written() {
        let piece = Piece::of(Some(&[7; 32]), ["i", "w", "r", "e", "mail"]);
        assert_eq!(Piece::read(&piece.to_string()), Some(piece));
        for bad in
            ["NW-0000-0000-000", "NW-0000-0000-000I", "NW-00000-000-0000", "XX-0000-0000-0000"]
        {
            assert_eq!(Piece::read(bad), None, "{bad}");
        }
        let text = format!("Reference: {piece}, not NW-12.");
        assert_eq!(Piece::all_in(&text).collect::<Vec<_>>(), [piece]);
    }
}
