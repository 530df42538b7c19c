//! Which row a spreadsheet shows for a row of the spool.

use serde::{Deserialize, Serialize};

/// More gaps than any list has; a file with an empty line after every row has more.
const MOST: usize = 1_000;

/// Row and spreadsheet row wherever their distance changes; empty where it changes too often.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Lines(Vec<(u64, u64)>);

impl Lines {
    /// Takes the next row, in the wave's order.
    pub fn push(&mut self, row: u64, line: u64) {
        if self.0.len() > MOST || self.of(row) == Some(line) {
            return;
        }
        self.0.push((row, line));
    }

    /// Takes the rows that follow.
    pub fn extend(&mut self, next: &Lines) {
        for (row, line) in &next.0 {
            self.push(*row, *line);
        }
        if next.0.len() > MOST {
            self.0.clone_from(&next.0);
        }
    }

    /// What is kept: nothing where it would not be true of every row.
    pub fn kept(self) -> Self {
        if self.0.len() > MOST { Self::default() } else { self }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The row that a spreadsheet shows, if it is known.
    pub fn of(&self, row: u64) -> Option<u64> {
        let next = self.0.partition_point(|(first, _)| *first <= row);
        let (first, line) = self.0.get(next.checked_sub(1)?)?;
        Some(line + (row - first))
    }
}
