//! Where the letters of a file really stand, when they do not stand where the manifest has them.
//!
//! One lost page puts every later letter out of its place. Said page by page that would be
//! thousands of faults; here it is one, and each letter is then read where it stands.

use super::fault::Fault;
use super::file::Pages;
use super::letter::joined;
use super::manifest::ManifestRow;
use super::piece::Piece;
use super::sheet::lines;
use super::task::Task;
use crate::finding::Code;
use std::collections::HashMap;

/// Where a letter is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// From this page on, 0-based.
    At(usize),
    /// Nowhere: what is wrong with it was said.
    Nowhere,
}

/// The letters as they stand.
pub struct Order {
    /// For each row.
    pub spots: Vec<Spot>,
    /// Index of the row and what is wrong.
    pub faults: Vec<(usize, Fault)>,
}

/// The text of one page, lines apart.
struct OrderedText(Vec<String>);

impl OrderedText {
    fn has(&self, line: &str) -> bool {
        self.0.iter().any(|known| known == line)
    }
}

impl Order {
    /// Follows references and page numbers through the file; none if every letter stands where
    /// the manifest has it.
    pub fn find(
        task: &Task<'_>,
        rows: &[ManifestRow],
        pages: &Pages<'_>,
        count: usize,
    ) -> Option<Self> {
        let texts: Vec<OrderedText> = (0..count).map_while(|n| text(pages, n)).collect();
        let starts = starts(task, rows, &texts);
        let mut order = Self { spots: Vec::new(), faults: Vec::new() };
        let mut ends: Vec<usize> = starts.iter().flatten().copied().collect();
        ends.push(texts.len());
        ends.sort_unstable();
        for (at, row) in rows.iter().enumerate() {
            let own = row.first_page.wrapping_sub(1) as usize;
            let here = starts[at].contains(&own);
            let spot = match starts[at].first() {
                // Its place does not hold a first page with a wrong reference either.
                None if texts.get(own).is_none_or(|text| {
                    numbered(task, row, text).is_none()
                        || starts.iter().flatten().any(|start| *start == own)
                }) =>
                {
                    order.say(
                        at,
                        code!("verify.pages"),
                        "the letter's first page is not in the file",
                    );
                    Spot::Nowhere
                }
                None => Spot::At(own),
                Some(first) => {
                    let start = if here { own } else { *first };
                    let end = ends[ends.partition_point(|end| *end <= start)];
                    let next_is_lost = starts.get(at + 1).is_some_and(Vec::is_empty);
                    order.whole(task, at, row, &texts[start..end], next_is_lost, start)
                }
            };
            if starts[at].len() > 1 {
                let all: Vec<String> = starts[at].iter().map(|n| (n + 1).to_string()).collect();
                let message = format!("the letter stands in the file at pages {}", all.join(", "));
                order.say(at, code!("verify.letter_twice"), message);
            }
            order.spots.push(spot);
        }
        order.moved(rows);
        (!order.faults.is_empty()).then_some(order)
    }

    fn say(&mut self, at: usize, code: Code, message: impl Into<String>) {
        self.faults.push((at, Fault::new(code, message)));
    }

    /// Whether all pages of a letter follow its first, by their numbers.
    fn whole(
        &mut self,
        task: &Task<'_>,
        at: usize,
        row: &ManifestRow,
        texts: &[OrderedText],
        next_is_lost: bool,
        start: usize,
    ) -> Spot {
        if texts.len() == row.pages as usize || (texts.len() > row.pages as usize && next_is_lost) {
            return Spot::At(start);
        }
        let Some(pages) = numbered(task, row, &texts[0]) else { return Spot::At(start) };
        let foot = |n| page_foot(task, row, n, pages).unwrap_or_default();
        let many = |n: &u32| texts.iter().filter(|text| text.has(&foot(*n))).count();
        let list = |wanted: fn(usize) -> bool| {
            let found: Vec<String> =
                (1..=pages).filter(|n| wanted(many(n))).map(|n| n.to_string()).collect();
            let noun = if found.len() == 1 { "page" } else { "pages" };
            (!found.is_empty()).then(|| format!("{noun} {} of {pages}", found.join(", ")))
        };
        let (lost, twice) = (list(|n| n == 0), list(|n| n > 1));
        if lost.is_none() && twice.is_none() {
            let more = texts.len().saturating_sub(row.pages as usize);
            self.say(
                at,
                code!("verify.pages"),
                format!("{more} pages follow that are not the letter's"),
            );
            return Spot::At(start);
        }
        for (which, what) in [(lost, "missing from the letter"), (twice, "in the letter twice")] {
            if let Some(which) = which {
                self.say(at, code!("verify.pages"), format!("{which}: {what}"));
            }
        }
        Spot::Nowhere
    }

    /// Neighbors that are out of their place by as many pages are one fault.
    fn moved(&mut self, rows: &[ManifestRow]) {
        let shift = |at: usize| match self.spots.get(at) {
            Some(Spot::At(start)) => *start as i64 - (i64::from(rows[at].first_page) - 1),
            _ => 0,
        };
        let mut found = Vec::new();
        let mut at = 0;
        while at < rows.len() {
            let by = shift(at);
            let many = (at..rows.len()).take_while(|row| shift(*row) == by).count();
            if by != 0 {
                let place = i64::from(rows[at].first_page) + by;
                let there = rows.iter().find(|row| {
                    let first = i64::from(row.first_page);
                    (first..first + i64::from(row.pages)).contains(&place)
                });
                let message = match many {
                    1 => match there {
                        Some(other) => format!(
                            "the letter begins on page {place}; by the manifest that page is of row {}",
                            other.number
                        ),
                        None => format!("the letter begins on page {place}"),
                    },
                    _ => format!(
                        "from here to row {} the letters begin {} {} than the manifest says",
                        rows[at + many - 1].number,
                        match by.abs() {
                            1 => "1 page".to_owned(),
                            n => format!("{n} pages"),
                        },
                        if by < 0 { "earlier" } else { "later" }
                    ),
                };
                found.push((at, message));
            }
            at += many;
        }
        for (at, message) in found {
            self.say(at, code!("verify.order"), message);
        }
    }
}

fn text(pages: &Pages<'_>, number: usize) -> Option<OrderedText> {
    let sheet = pages.page(number)?;
    let lines = lines(sheet.fragments.iter().flat_map(|fragment| &fragment.runs));
    Some(OrderedText(lines.into_iter().map(|line| line.text).collect()))
}

/// For each row the pages that bear its reference and the number 1.
fn starts(task: &Task<'_>, rows: &[ManifestRow], texts: &[OrderedText]) -> Vec<Vec<usize>> {
    let by_piece: HashMap<Piece, usize> = rows
        .iter()
        .enumerate()
        .filter_map(|(at, row)| Some((Piece::read(&row.piece)?, at)))
        .collect();
    let mut starts = vec![Vec::new(); rows.len()];
    for (n, text) in texts.iter().enumerate() {
        let whole = joined(text.0.iter().map(String::as_str));
        for piece in Piece::all_in(&whole) {
            if let Some(at) = by_piece.get(&piece)
                && numbered(task, &rows[*at], text).is_some()
                && starts[*at].last() != Some(&n)
            {
                starts[*at].push(n);
            }
        }
    }
    starts
}

/// How many pages the first page says the letter has: those of the manifest, or without the blank
/// back of the last sheet.
fn numbered(task: &Task<'_>, row: &ManifestRow, text: &OrderedText) -> Option<u32> {
    let counts = [row.pages, row.pages.saturating_sub(1)];
    counts.into_iter().find(|n| page_foot(task, row, 1, *n).is_some_and(|foot| text.has(&foot)))
}

fn page_foot(task: &Task<'_>, row: &ManifestRow, page: u32, pages: u32) -> Option<String> {
    let language = task.languages.get(row.version.split('.').next()?)?;
    Some(language.words.page(page, pages))
}
