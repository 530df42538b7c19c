//! What was noticed in one row, before it becomes a finding.

use super::problem::Problem;

/// One problem of one row. No `Debug`: `value` is personal.
pub struct RowNote {
    pub problem: &'static Problem,
    /// 1-based data row.
    pub row: u64,
    /// 1-based line on which the row starts.
    pub line: u64,
    /// Index of the cell concerned.
    pub cell: Option<u16>,
    /// What the cell says; none where the address is protected.
    pub value: Option<Box<str>>,
}
