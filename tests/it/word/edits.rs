//! Seeded edits: what comes back is the edit that was made, or is asked.

use super::hand::{Hand, Pen};
use super::{Desk, flat, name_of, of};

/// Numbers that look random and are the same in each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        for (left, amount) in [(true, 13), (false, 7), (true, 17)] {
            self.0 ^= if left { self.0 << amount } else { self.0 >> amount };
        }
        (self.0 % n as u64) as usize
    }
}

#[test]
fn seeded_edits_come_back_or_are_asked() {
    let full = std::env::var("NOTICEWORKS_FULL").is_ok_and(|full| full == "1");
    let desk = Desk::of("letter", "en");
    let before: Vec<String> = desk.pieces().iter().map(|p| flat(&p.text())).collect();
    let (mut made, mut asked) = (0, 0);
    for seed in 1..=if full { 200 } else { 20 } {
        let mut dice = Dice(u64::wrapping_mul(seed, 0x9e37_79b9_7f4a_7c15));
        for _ in 0..5 {
            dice.below(2);
        }
        let mut hand = desk.hand();
        let (at, p, word) = loop {
            let at = dice.below(before.len());
            let p = hand
                .paragraphs()
                .into_iter()
                .find(|p| hand.xml[p.clone()].contains(&name_of(at)))
                .unwrap();
            let words = hand.whole_words(&p);
            if words.len() > 4 {
                break (at, p, words[dice.below(words.len())].clone());
            }
        };
        let pen =
            [Pen::Silent, Pen::Tracked("Counsel One"), Pen::Tracked("Counsel Two")][dice.below(3)];
        let kind = dice.below(8);
        let mut want = before.clone();
        match kind {
            0 => hand.replace_in(&p, &word, " zebra ", pen),
            1 => hand.replace_in(&p, &word, &format!("{word}quickly and again "), pen),
            2 => hand.replace_in(&p, &word, " ", pen),
            3 => hand.delete(&p, pen),
            4 => hand.add_after(&p, "We added this because the client asked for it.", pen),
            5 => {
                let other = hand.paragraphs();
                let to = other[dice.below(other.len())].clone();
                if to == p
                    || hand.xml[p.clone()].contains("NoticeCell")
                    || hand.xml[to.clone()].contains("NoticeCell")
                {
                    continue;
                }
                hand.move_after(&p, &to, pen);
            }
            6 => hand.split(&p, word.trim_start()),
            _ => hand.bold_in(&p, word.trim()),
        }
        if kind < 3 {
            let p = hand
                .paragraphs()
                .into_iter()
                .find(|p| hand.xml[p.clone()].contains(&name_of(at)))
                .unwrap();
            want[at] = flat(&hand.text(&p));
        } else if kind == 3 {
            want.remove(at);
        }
        if dice.below(4) == 0 {
            hand.scrub();
        }
        let items = desk.items(&hand);
        let told =
            format!("seed {seed}, kind {kind}, {pen:?}, `{word}` in `{}`: {items:#?}", before[at]);
        if kind == 7 && (hand_is_bold(&desk.hand(), at) || items.is_empty()) {
            // In a heading everything is bold.
            assert!(before[at].len() < 80 || hand_is_bold(&desk.hand(), at), "{told}");
            continue;
        }
        if kind == 5 && items.is_empty() {
            // It was put back where it stood.
            continue;
        }
        assert!(!items.is_empty(), "{told}");
        if items.iter().any(|item| item.doubt.is_some()) {
            asked += 1;
            continue;
        }
        made += 1;
        let texts = desk.applied(&items);
        let after: Vec<String> = of(&desk.order, &texts).iter().map(|p| flat(&p.text())).collect();
        let squeezed = |list: &[String]| list.concat().replace(' ', "");
        let sorted = |list: &[String]| {
            let mut list = list.to_vec();
            list.sort();
            list
        };
        match kind {
            0..=3 => assert_eq!(after, want, "{told}"),
            4 => assert!(after.iter().any(|text| text.starts_with("We added this")), "{told}"),
            5 => assert!(after != before && sorted(&after) == sorted(&before), "{told}"),
            6 => assert!(
                after.len() == before.len() + 1 && squeezed(&after) == squeezed(&before),
                "{told}"
            ),
            _ => assert!(after == before && texts != desk.texts, "{told}"),
        }
    }
    assert!(made > 5 && asked > 2, "{made} made, {asked} asked");
}

fn hand_is_bold(hand: &Hand, at: usize) -> bool {
    let p = hand.paragraphs().into_iter().find(|p| hand.xml[p.clone()].contains(&name_of(at)));
    p.is_some_and(|p| hand.xml[p.clone()].contains("\"Heading") || hand.xml[p].contains("<w:b/>"))
}
