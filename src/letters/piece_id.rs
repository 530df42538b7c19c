//! A short name for one person's letter or e-mail, the same in every run.

use crate::tables::Opaque;

/// Crockford's base 32: no I, L, O or U, so that it can be read over a telephone.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The id of a piece, such as `NW-7K2M-9Q4T-XB8H`: 60 bits of its opaque name. Among ten million
/// pieces two are alike with a chance of about 1 in 20,000. `of` is incident, wave, record id,
/// covered entity and channel.
pub fn piece_id(opaque: &Opaque, of: [&str; 5]) -> String {
    let digest = opaque.piece(of);
    let mut bits = [0; 8];
    bits.copy_from_slice(&digest[..8]);
    let bits = u64::from_be_bytes(bits);
    let mut id = String::from("NW");
    for i in 0..12 {
        if i % 4 == 0 {
            id.push('-');
        }
        let digit = bits >> (59 - 5 * i) & 31;
        id.push(char::from(DIGITS[digit as usize]));
    }
    id
}
