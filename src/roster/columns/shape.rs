//! What the first rows of each column look like: values decide what a heading leaves open.

use crate::roster::clean::{date, flag, text};
use crate::roster::source::Block;
use std::collections::HashSet;

/// Values that are kept of each column.
const KEPT: u64 = 500;

/// One column's cells in the first rows.
#[derive(Default)]
pub struct Shape {
    pub filled: u64,
    /// Cells that say yes or no.
    pub marks: u64,
    /// Marks that are numbers beyond 0 and 1: counts of hits, or house numbers.
    counts: u64,
    /// Cells written day first or month first beyond doubt.
    pub day_first: u64,
    pub month_first: u64,
    distinct: HashSet<String>,
}

impl Shape {
    /// Looks at a column of all rows of a block.
    pub fn of(block: &Block, column: usize) -> Self {
        let mut shape = Self::default();
        for row in &block.rows {
            let cell = block.cell(row, column).trim();
            if row.fault.is_some() || cell.is_empty() {
                continue;
            }
            let cell = text::clean(cell).text;
            if text::is_empty_word(&cell) {
                continue;
            }
            shape.filled += 1;
            // One cell that is none settles it.
            if shape.marks + 1 == shape.filled {
                shape.marks += u64::from(flag::mark(&cell).is_some());
                let number = cell.starts_with(|c: char| c.is_ascii_digit());
                shape.counts += u64::from(number && flag::read(&cell).is_none());
            }
            match date::order_of(&cell) {
                Some(date::Order::DayFirst) => shape.day_first += 1,
                Some(date::Order::MonthFirst) => shape.month_first += 1,
                Some(date::Order::Open) | None => {}
            }
            if shape.filled <= KEPT {
                shape.distinct.insert(cell.into_owned());
            }
        }
        shape
    }

    /// Nothing but yes and no.
    pub fn is_marks(&self) -> bool {
        self.may_be_marks() && self.counts == 0
    }

    /// Nothing but yes and no or counts of hits.
    pub fn may_be_marks(&self) -> bool {
        self.filled > 0 && self.marks == self.filled
    }

    /// Four digits at most wherever anything stands.
    pub fn is_four_digits(&self) -> bool {
        let four = |value: &String| value.len() <= 4 && value.bytes().all(|b| b.is_ascii_digit());
        self.filled == 0 || self.distinct.iter().all(four)
    }

    /// No value stands twice.
    pub fn is_unique(&self) -> bool {
        self.filled > 0 && self.distinct.len() as u64 == self.filled.min(KEPT)
    }

    /// The values, for comparing with what the incident knows.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        self.distinct.iter().map(String::as_str)
    }

    /// In which order the column writes its dates.
    pub fn order(&self) -> date::Order {
        // A slip of the pen among many dates does not put the column in doubt.
        match (self.day_first, self.month_first) {
            (day, month) if day * 20 <= month => date::Order::MonthFirst,
            (day, month) if month * 20 <= day => date::Order::DayFirst,
            _ => date::Order::Open,
        }
    }
}
