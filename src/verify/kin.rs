//! Letters of one kind say the same but for what is each person's own.
//!
//! Of every letter the characters are summed; window, reference, names and code are taken away.
//! What remains must be equal among letters of one version, one set of exposed data and one number
//! of pages: a sentence, a name or a mark more or less in one of them shows. It says nothing of a
//! letter that is alone of its kind. Letters that are known
//! to be wrong are no measure for the others.

use super::letter::Remains;
use std::collections::BTreeMap;

/// Version, exposed data, pages, offered a code, somebody else written to.
pub type Kind = (String, u64, usize, bool, bool);

/// The letters of a batch by kind.
#[derive(Default)]
pub struct Kin(BTreeMap<Kind, Vec<KinMember>>);

struct KinMember {
    letter: usize,
    remains: Remains,
    /// Nothing else is wrong with it.
    sound: bool,
}

/// What came of the comparison.
pub struct Compared {
    /// Letters that differ from others of their kind.
    pub odd: Vec<usize>,
    /// Letters compared with at least one other.
    pub compared: u64,
}

impl Kin {
    pub fn add(&mut self, kind: Kind, letter: usize, remains: Remains, sound: bool) {
        self.0.entry(kind).or_default().push(KinMember { letter, remains, sound });
    }

    pub fn compare(self) -> Compared {
        let mut result = Compared { odd: Vec::new(), compared: 0 };
        for letters in self.0.into_values().filter(|letters| letters.len() > 1) {
            result.compared += letters.len() as u64;
            let own = letters[0].remains.own.len();
            let any = letters.iter().any(|l| l.sound);
            let measure = || letters.iter().filter(|l| l.sound || !any).map(|l| &l.remains);
            // A name can also stand in the letter by chance; the fewest is what was written.
            let least: Vec<u32> =
                (0..own).map(|k| measure().map(|l| l.own[k].0).min().unwrap_or(0)).collect();
            let rest = |l: &Remains| {
                let own = l.own.iter().zip(&least);
                own.fold(l.weight, |rest, ((_, weight), many)| {
                    rest.wrapping_sub(weight.wrapping_mul(u128::from(*many)))
                })
            };
            let mut many: BTreeMap<u128, u64> = BTreeMap::new();
            measure().for_each(|l| *many.entry(rest(l)).or_default() += 1);
            let usual = many.iter().max_by_key(|(_, n)| **n).map(|(rest, _)| *rest);
            let odd = letters.iter().filter(|l| Some(rest(&l.remains)) != usual);
            result.odd.extend(odd.map(|l| l.letter));
        }
        result.odd.sort_unstable();
        result
    }
}

#[cfg(test)]
mod tests {
    use super::Kin;
    use crate::verify::letter::Remains;
    use crate::verify::weight::weight;

    fn odd(texts: &[(&str, &str)]) -> Vec<usize> {
        let mut kin = Kin::default();
        for (i, (text, name)) in texts.iter().enumerate() {
            let own = vec![(text.matches(name).count() as u32, weight(name))];
            let remains = Remains { weight: weight(text), own };
            let sound = text.contains(name);
            kin.add((String::new(), 0, 1, false, false), i, remains, sound);
        }
        kin.compare().odd
    }

    #[test]
    fn only_what_is_ones_own_may_differ() {
        assert!(odd(&[("Dear Ann:", "Ann"), ("Dear Bo:", "Bo"), ("Dear Cy:", "Cy")]).is_empty());
        assert_eq!(odd(&[("Dear Ann:", "Ann"), ("Dear Bo: Ann", "Bo"), ("Dear Cy:", "Cy")]), [1]);
    }

    #[test]
    fn a_letter_that_is_wrong_already_accuses_no_other() {
        let letters = [("Dear Ann:", "Ann"), ("Dear Ann:", "Bo"), ("Dear Cy:", "Cy")];
        assert_eq!(odd(&letters), [1]);
    }

    #[test]
    fn a_name_that_stands_in_every_letter_by_chance_is_no_difference() {
        assert!(odd(&[("Dear May: in May", "May"), ("Dear Bo: in May", "Bo")]).is_empty());
    }
}
