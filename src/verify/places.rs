//! Every word in its place: what a page shows, as one sum over its runs, and the same sum over the
//! sealed text of a letter. Equal sums mean the same texts at the same places in the same sizes.

use super::sheet::{Run, Sheet};
use super::weight::{mix, weight};

/// The sum over runs of one stream, places in hundredths of a point.
pub fn of_runs(runs: &[Run]) -> u128 {
    let shown = runs.iter().filter(|run| !run.text.trim().is_empty());
    let hundredths = |points: f64| (points * 100.0).round() as i64;
    shown.fold(0, |sum: u128, run| {
        let place = [hundredths(run.x), hundredths(run.y), hundredths(run.size)];
        sum.wrapping_add(one(place, weight(&run.text)))
    })
}

/// The sum over a letter as printed.
pub fn printed(sheets: &[Sheet]) -> u128 {
    let page = |sheet: &Sheet| {
        sheet.fragments.iter().fold(0u128, |sum, fragment| sum.wrapping_add(fragment.places))
    };
    pages(sheets.iter().map(page))
}

/// The sum over a letter's sealed text (`noticeworks letter 1`); none if it does not read as one.
pub fn sealed(text: &str) -> Option<u128> {
    let mut lines = text.lines();
    if lines.next()? != "noticeworks letter 1" {
        return None;
    }
    let mut sums: Vec<u128> = Vec::new();
    for line in lines {
        if line.starts_with("page ") {
            sums.push(0);
            continue;
        }
        let Some(sum) = sums.last_mut() else { continue };
        if line.starts_with("rule ") || line.starts_with("picture ") {
            continue;
        }
        let mut parts = line.splitn(5, ' ');
        let mut number = || parts.next()?.parse::<i64>().ok();
        let (x, y, _face, size) = (number()?, number()?, number()?, number()?);
        let said = parts.next().unwrap_or_default();
        if !said.trim().is_empty() {
            *sum = sum.wrapping_add(one([x, y, size], weight(said)));
        }
    }
    Some(pages(sums.into_iter()))
}

/// A page without words, such as a blank back, adds nothing.
fn pages(sums: impl Iterator<Item = u128>) -> u128 {
    let each = sums.zip(1..).filter(|(sum, _)| *sum != 0).map(|(sum, page)| one([page, 0, 0], sum));
    each.fold(0, u128::wrapping_add)
}

fn one(place: [i64; 3], text: u128) -> u128 {
    let words =
        [place[0] as u64, place[1] as u64, place[2] as u64, text as u64, (text >> 64) as u64];
    let through = |seed: u64| words.iter().fold(seed, |h, word| mix(h ^ word).wrapping_add(h << 1));
    u128::from(through(0x706c_6163_6573)) << 64 | u128::from(through(0x0073_686f_776e))
}

#[cfg(test)]
mod tests {
    use super::{of_runs, pages, sealed};
    use crate::verify::sheet::Run;

    fn run(x: f64, text: &str) -> Run {
        Run { x, y: 700.0, end: x, size: 10.5, font: 0, text: text.to_owned() }
    }

    #[test]
    fn a_sealed_text_and_a_page_agree_word_for_word_and_place_for_place() {
        let text = "noticeworks letter 1\npiece P\nrecord r\nversion v\npage 1\n\
            7200 70000 3 1050 Dear Ann:\nrule 1 2 3 4 0\n20000 70000 0 1050  \n";
        let same = |runs: &[Run]| sealed(text) == Some(pages(std::iter::once(of_runs(runs))));
        assert!(same(&[run(72.0, "Dear Ann:")]));
        assert!(same(&[run(72.000_000_1, "Dear Ann:"), run(1.0, " ")]));
        assert!(!same(&[run(72.02, "Dear Ann:")]));
        assert!(!same(&[run(72.0, "Dear Anne:")]));
        assert!(!same(&[run(72.0, "Dear Ann:"), run(72.0, "x")]));
        assert_eq!(sealed("something else\n"), None);
    }
}
