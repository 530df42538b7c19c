//! A sum over characters: two texts of the same characters weigh the same, in any order and
//! however their lines are broken, and a text more or less does not.

/// Spaces weigh nothing.
pub fn weight(text: &str) -> u128 {
    text.chars().filter(|c| !c.is_whitespace()).fold(0, |sum, c| sum.wrapping_add(of(c)))
}

fn of(character: char) -> u128 {
    let code = u64::from(u32::from(character));
    let (high, low) = (mix(code ^ 0x6c65_7474_6572), mix(code ^ 0x0070_726f_6f66));
    u128::from(high) << 64 | u128::from(low)
}

/// SplitMix64's finish.
pub fn mix(mut z: u64) -> u64 {
    z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::weight;

    #[test]
    fn breaks_do_not_count_and_characters_do() {
        assert_eq!(weight("Dear Ann\nLee:"), weight("Dear\u{a0}AnnLee :"));
        assert_ne!(weight("Dear Ann Lee:"), weight("Dear Ann Lee::"));
        assert_eq!(weight("ab").wrapping_sub(weight("b")), weight("a"));
    }
}
