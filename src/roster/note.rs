//! What was noticed in one row, before it becomes a finding.

use super::problem::Problem;
use crate::finding::Severity;
use std::borrow::Cow;

/// One problem of one row. No `Debug`: `value` is personal.
pub struct RowNote {
    pub problem: &'static Problem,
    /// 1-based data row.
    pub row: u64,
    /// The row that a spreadsheet shows, from 1.
    pub line: u64,
    /// Index of the cell concerned.
    pub cell: Option<u16>,
    /// What the cell says; none where the address is protected.
    pub value: Option<Box<str>>,
    /// Counsel decided that the row goes on in spite of it.
    pub released: bool,
}

impl RowNote {
    pub fn severity(&self) -> Severity {
        if self.released { Severity::Note } else { self.problem.severity }
    }

    pub fn message(&self) -> Cow<'static, str> {
        match self.released {
            true => {
                Cow::Owned(format!("{}; the row was released by decision", self.problem.message))
            }
            false => Cow::Borrowed(self.problem.message),
        }
    }

    pub fn remedy(&self) -> &'static str {
        if self.released { "nothing, while the decision stands" } else { self.problem.remedy }
    }
}
