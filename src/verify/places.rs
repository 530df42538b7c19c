//! Every word, rule and picture in its place: what a page shows, as one sum, and the same sum over
//! the text of a letter as it was sealed or composed. Equal sums mean the same texts at the same
//! places in the same type and size, the same pictures, and links that lead to the same addresses.

use super::expected::runs_left;
use super::pictures::Pictures;
use super::piece::Piece;
use super::sheet::{Ink, Painted, Run, Sheet};
use super::weight::{mix, weight};
use foldhash::HashMap;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// What a letter shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sum {
    /// Words, grays of rules, pictures, links: all that is written exactly.
    exact: u128,
    /// Places and lengths of rules in hundredths of a point, which are rounded in more than one way.
    lengths: i32,
    /// How far the rounding may go.
    slack: i32,
}

/// What one letter shows, and which letter it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    pub(super) piece: Piece,
    pub(super) sum: Sum,
}

/// Hundredths of a point by which the sum of one rule's lengths may differ: written in points, or
/// on a lattice of its own.
const ROUNDED: i32 = 16;
const ON_LATTICE: i32 = 400;

impl Sum {
    fn add(&mut self, what: u128) {
        self.exact = self.exact.wrapping_add(what);
    }

    fn rule(&mut self, [x, y, width, height]: [i64; 4], gray: i64, slack: i32) {
        self.add(one([gray, 0, 0, 0], RULE));
        let lengths = x + 2 * y + 3 * width + 5 * height;
        self.lengths = self.lengths.wrapping_add(lengths as i32);
        self.slack = self.slack.saturating_add(slack);
    }

    fn with(mut self, other: Self) -> Self {
        self.add(other.exact);
        self.lengths = self.lengths.wrapping_add(other.lengths);
        self.slack = self.slack.saturating_add(other.slack);
        self
    }

    /// The sum of a page, which says which page it is; a page without anything adds nothing.
    fn on_page(self, page: i64) -> Self {
        match self.exact {
            0 => self,
            exact => Self { exact: one([page, 0, 0, 0], exact), ..self },
        }
    }

    /// Whether both show the same.
    pub fn agrees(self, other: Self) -> bool {
        let apart = self.lengths.wrapping_sub(other.lengths).unsigned_abs();
        self.exact == other.exact && apart <= self.slack.max(other.slack).unsigned_abs()
    }
}

const RULE: u128 = 0x7275_6c65;
const PICTURE: u128 = 0x0070_6963_7475_7265;
const LINK: u128 = 0x6c69_6e6b;

/// The sum over one stream, places in hundredths of a point. The mark of a draft is not in it.
pub fn of_fragment(runs: &[Run], painted: &[Painted], pictures: &Pictures) -> Sum {
    let hundredths = |points: f64| (points * 100.0).round() as i64;
    let mut sum = Sum::default();
    for run in runs.iter().filter(|run| run.gray == 0.0 && !run.text.trim().is_empty()) {
        if run.is_foot_reference() {
            continue;
        }
        let place = [hundredths(run.x), hundredths(run.y), hundredths(run.size), run.font.into()];
        sum.add(one(place, reading(&run.text)));
    }
    for Painted { area, ink } in painted {
        let place = [area.left, area.bottom, area.right - area.left, area.top - area.bottom];
        let place = place.map(hundredths);
        match ink {
            Ink::Rule { gray, scaled } => {
                let slack = if *scaled { ON_LATTICE } else { ROUNDED };
                sum.rule(place, hundredths(*gray), slack);
            }
            Ink::Picture(picture) => sum.add(self::picture(place, pictures.digest(*picture))),
            Ink::Module | Ink::Other => {}
        }
    }
    sum
}

/// Adds up letters, and remembers what many of them have in common: pages, lines, links. For one
/// batch: what it remembers of lines may be people's own.
#[derive(Default)]
pub struct Adder {
    /// Pages of nobody in particular, by their text without its number.
    pages: HashMap<String, Sum>,
    lines: HashMap<String, u128>,
    /// By address and what is read of it.
    links: HashMap<String, u128>,
    key: String,
    found: Vec<u128>,
}

/// Pages and lines remembered; more are reckoned each time.
const REMEMBERED: usize = 4_096;

impl Adder {
    /// The sum over a letter as printed.
    pub(super) fn printed(&mut self, sheets: &[Sheet]) -> Sum {
        let page = |(sheet, number): (&Sheet, i64)| {
            let page = sheet.fragments.iter().fold(Sum::default(), |sum, f| sum.with(f.places));
            page.on_page(number)
        };
        let shown = sheets.iter().zip(1..).map(page).fold(Sum::default(), Sum::with);
        let links = sheets.iter().flat_map(|sheet| &sheet.links);
        let links = links.map(|(to, said)| (to.as_str(), said.as_str()));
        shown.with(self.linked(links, ordered))
    }

    /// The sum over a letter's canonical text (`noticeworks letter 1`) and its links, each address
    /// with what is read of it; none if the text does not read as one. `shared` says of a page, from
    /// 0, that other letters may have it too.
    pub fn sealed(
        &mut self,
        text: &str,
        links: &[(&str, &str)],
        shared: &dyn Fn(usize) -> bool,
    ) -> Option<Shown> {
        let (mut lines, mut at) = (text.split_inclusive('\n'), 0);
        if lines.next()?.trim_end() != "noticeworks letter 1" {
            return None;
        }
        at += "noticeworks letter 1\n".len();
        let piece = lines.next()?;
        at += piece.len();
        let piece = Piece::read(piece.trim_end().strip_prefix("piece ")?)?;
        // Where each page's lines begin and end.
        let mut pages: Vec<(usize, usize)> = Vec::new();
        for line in lines {
            let next = at + line.len();
            match pages.last_mut() {
                _ if line.starts_with("page ") => pages.push((next, next)),
                Some((_, end)) => *end = next,
                None => {}
            }
            at = next;
        }
        let mut sum = Sum::default();
        for ((number, (start, end)), at) in (1..).zip(pages).zip(0..) {
            let page = &text[start..end];
            let of = match self.pages.get(page) {
                Some(known) => *known,
                None => {
                    let of = self.page(page)?;
                    if shared(at) && self.pages.len() < REMEMBERED {
                        self.pages.insert(page.to_owned(), of);
                    }
                    of
                }
            };
            sum = sum.with(of.on_page(number));
        }
        let links = self.linked(links.iter().copied(), |to| ordered(&address(to)));
        Some(Shown { piece, sum: sum.with(links) })
    }

    /// The sum over the lines of a page of a canonical text.
    fn page(&mut self, text: &str) -> Option<Sum> {
        let mut sum = Sum::default();
        for line in text.lines() {
            if let Some(rule) = line.strip_prefix("rule ") {
                let mut numbers = rule.split_ascii_whitespace().map(str::parse::<i64>);
                let mut number = || numbers.next()?.ok();
                let place = [number()?, number()?, number()?, number()?];
                sum.rule(place, number()?, ROUNDED);
                continue;
            }
            if let Some(shown) = line.strip_prefix("picture ") {
                let (place, digest) = shown.rsplit_once(' ')?;
                let mut numbers = place.split_ascii_whitespace().map(str::parse::<i64>);
                let mut number = || numbers.next()?.ok();
                let place = [number()?, number()?, number()?, number()?];
                sum.add(picture(place, digest));
                continue;
            }
            let mut parts = line.splitn(5, ' ');
            let mut number = || parts.next()?.parse::<i64>().ok();
            let place @ [_, _, _, _] = [number()?, number()?, number()?, number()?];
            let [x, y, face, size] = place;
            let said = parts.next().unwrap_or_default();
            if !said.trim().is_empty() {
                sum.add(one([x, y, size, face], self.line(said)));
            }
        }
        Some(sum)
    }

    fn line(&mut self, text: &str) -> u128 {
        if let Some(known) = self.lines.get(text) {
            return *known;
        }
        let sum = reading(text);
        if self.lines.len() < REMEMBERED {
            self.lines.insert(text.to_owned(), sum);
        }
        sum
    }

    /// The links of a letter, each once: one that runs over two pages is no two.
    fn linked<'l>(
        &mut self,
        links: impl Iterator<Item = (&'l str, &'l str)>,
        to_sum: fn(&str) -> u64,
    ) -> Sum {
        self.found.clear();
        for (to, said) in links {
            self.key.clear();
            self.key.extend([to, "\0", said]);
            let known = match self.links.get(&self.key) {
                Some(known) => *known,
                None => {
                    let sum = one([to_sum(to) as i64, ordered(said) as i64, 0, 0], LINK);
                    if self.links.len() < REMEMBERED {
                        self.links.insert(self.key.clone(), sum);
                    }
                    sum
                }
            };
            self.found.push(known);
        }
        self.found.sort_unstable();
        self.found.dedup();
        let mut sum = Sum::default();
        self.found.iter().for_each(|link| sum.add(*link));
        sum
    }
}

/// An address as a PDF holds it: ASCII, everything else percent-encoded.
fn address(url: &str) -> String {
    url.bytes().fold(String::with_capacity(url.len()), |mut out, byte| {
        match byte.is_ascii_graphic() {
            true => out.push(char::from(byte)),
            false => out.push_str(&format!("%{byte:02X}")),
        }
        out
    })
}

fn picture(place: [i64; 4], digest: &str) -> u128 {
    one(place, PICTURE ^ u128::from(ordered(digest)))
}

/// A sum over the letters of a run in their order. Where text runs from right to left a PDF holds
/// it as it stands on the page: there the order does not count.
fn reading(text: &str) -> u128 {
    if !text.is_ascii() && runs_left(text) {
        return weight(text);
    }
    let step = |sum: u64, c: char| mix(sum ^ u64::from(u32::from(c)));
    let letters = |sum: u64, c: char| if c.is_whitespace() { sum } else { step(sum, c) };
    let whole = match text.is_ascii() || is_nfc(text) {
        true => text.chars().fold(0x0072_6561_6473, letters),
        false => text.nfc().fold(0x0072_6561_6473, letters),
    };
    u128::from(whole) << 64 | u128::from(mix(whole))
}

/// A sum over characters in their order.
fn ordered(text: &str) -> u64 {
    text.bytes().fold(0x006f_7264_6572, |sum: u64, byte| mix(sum ^ u64::from(byte)))
}

fn one(place: [i64; 4], text: u128) -> u128 {
    let [a, b, c, d] = place.map(|n| n as u64);
    let words = [a, b, c, d, text as u64, (text >> 64) as u64];
    let through = |seed: u64| words.iter().fold(seed, |h, word| mix(h ^ word).wrapping_add(h << 1));
    u128::from(through(0x706c_6163_6573)) << 64 | u128::from(through(0x0073_686f_776e))
}

#[cfg(test)]
mod tests {
    use super::{Adder, Shown, of_fragment};
    use crate::verify::pictures::Pictures;
    use crate::verify::sheet::{Area, Fragment, Ink, Painted, Run, Sheet};
    use std::sync::Arc;

    fn sealed(text: &str, links: &[(&str, &str)]) -> Option<Shown> {
        Adder::default().sealed(text, links, &|_| true)
    }

    fn run(x: f64, text: &str) -> Run {
        let text = text.to_owned();
        Run { x, y: 700.0, end: x, size: 10.5, gray: 0.0, font: 3, text }
    }

    fn rule(left: f64, right: f64) -> Painted {
        let area = Area { left, right, bottom: 100.0, top: 100.5 };
        Painted { area, ink: Ink::Rule { gray: 0.4, scaled: false } }
    }

    const TEXT: &str = "noticeworks letter 1\npiece NW-0123-4567-89AB\nrecord r\nversion v\npage 1\n\
        7200 70000 3 1050 Dear Ann:\nrule 7200 10000 46800 50 40 \n20000 70000 0 1050  \n";

    fn same(runs: Vec<Run>, painted: Vec<Painted>, links: &[(&str, &str)]) -> bool {
        let places = of_fragment(&runs, &painted, &Pictures::of(&[]));
        let fragment = Fragment { runs, painted, places, ..Fragment::default() };
        let owned = |(a, b): &(&str, &str)| ((*a).to_owned(), (*b).to_owned());
        let sheet = Sheet {
            fragments: vec![Arc::new(fragment)],
            notes: Vec::new(),
            links: links.iter().map(owned).collect(),
            oddities: Vec::new(),
        };
        let composed = sealed(TEXT, &[("https://a.example/\u{e9}", "A")]).unwrap();
        composed.sum.agrees(Adder::default().printed(&[sheet]))
    }

    #[test]
    fn a_composed_text_and_a_page_agree_word_for_word_and_place_for_place() {
        let link = [("https://a.example/%C3%A9", "A")];
        let ann = || run(72.0, "Dear Ann:");
        assert!(same(vec![ann()], vec![rule(72.0, 540.0)], &link));
        assert!(same(
            vec![run(72.000_000_1, "Dear Ann:"), run(1.0, " ")],
            vec![rule(72.0, 540.01)],
            &link
        ));
        assert!(!same(vec![run(72.02, "Dear Ann:")], vec![rule(72.0, 540.0)], &link));
        assert!(!same(vec![run(72.0, "Dear Nan:")], vec![rule(72.0, 540.0)], &link));
        assert!(!same(vec![run(72.0, "Dear Anne:")], vec![rule(72.0, 540.0)], &link));
        assert!(!same(vec![Run { font: 0, ..ann() }], vec![rule(72.0, 540.0)], &link));
        assert!(!same(vec![ann(), run(72.0, "x")], vec![rule(72.0, 540.0)], &link));
        assert!(!same(vec![ann()], vec![], &link));
        assert!(!same(vec![ann()], vec![rule(72.0, 539.0)], &link));
        assert!(!same(vec![ann()], vec![rule(72.0, 540.0)], &[]));
        assert!(!same(vec![ann()], vec![rule(72.0, 540.0)], &[("https://b.example/", "A")]));
        assert_eq!(sealed("something else\n", &[]), None);
    }

    #[test]
    fn what_is_remembered_changes_no_sum() {
        let page = |n: u32, words: &str| format!("page {n}\n7200 70000 3 1050 {words}\n");
        let letter = |piece: &str, pages: &[String]| {
            let head = "record r\nversion v\n";
            format!("noticeworks letter 1\npiece {piece}\n{head}{}", pages.concat())
        };
        let (a, b) = ("NW-0123-4567-89AB", "NW-0123-4567-89AC");
        let letters = [
            letter(a, &[page(1, "Dear Ann:"), page(2, "Shared"), page(3, "More")]),
            letter(b, &[page(1, "Dear Bo:"), page(2, "Shared"), page(3, "More")]),
            letter(b, &[page(1, "Shared"), page(2, "More"), page(3, "Dear Bo:")]),
            letter(b, &[page(1, "Dear Bo:"), page(2, "More"), page(3, "Shared")]),
            letter(a, &[page(1, "Dear Ann:"), page(2, "Shared"), page(3, "More")]),
        ];
        let links: [&[(&str, &str)]; 3] = [
            &[("https://a.example/", "A"), ("https://b.example/", "B")],
            &[
                ("https://b.example/", "B"),
                ("https://a.example/", "A"),
                ("https://b.example/", "B"),
            ],
            &[("https://a.example/", "B"), ("https://b.example/", "A")],
        ];
        let mut adder = Adder::default();
        let mut sums = Vec::new();
        for text in &letters {
            for links in links {
                let shown = adder.sealed(text, links, &|page| page > 0);
                assert_eq!(shown, sealed(text, links), "{text}");
                sums.push(shown.unwrap().sum.exact);
            }
        }
        assert_eq!(sums[0], sums[1], "the same links in another order, one of them twice");
        assert_ne!(sums[0], sums[2], "other words for the same addresses");
        assert_eq!(sums[0], sums[12], "the same letter again");
        let distinct: std::collections::BTreeSet<_> = sums.iter().collect();
        assert_eq!(distinct.len(), 8, "four letters, two sets of links");
    }
}
