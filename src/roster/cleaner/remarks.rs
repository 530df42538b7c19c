//! Words in an address that are no part of one. Words that say that there is no address make the
//! person one for substitute notice (45 CFR 164.404(d)(2)); words that prove nothing hold the row
//! until the client or counsel says what they mean.

use super::RowAt;
use crate::roster::clean::address;
use crate::roster::column::Column;
use crate::roster::problem;
use crate::roster::release::Remark;
use crate::roster::words::WORDS;
use std::borrow::Cow;

/// What the cells of one address say beside the address.
#[derive(Default)]
pub struct Remarks {
    /// There is no address.
    none: bool,
}

impl RowAt<'_, '_> {
    /// The cell without its remark; what the remark means goes to `remarks`.
    pub(super) fn without_remark<'t>(
        &mut self,
        column: Column,
        cell: Cow<'t, str>,
        remarks: &mut Remarks,
    ) -> Cow<'t, str> {
        let words = &*WORDS;
        let lists = words.lists_in(&cell);
        let concerned = [&words.address, &words.no_address_alone, &words.address_aside];
        if !concerned.iter().any(|list| lists.has(list)) {
            return cell;
        }
        if words.no_address_alone.is(&cell) {
            remarks.none = true;
            return Cow::Borrowed("");
        }
        let found = WORDS.address.find(&cell).or_else(|| WORDS.aside(&cell));
        let Some(found) = found else { return cell };
        if found.whole && WORDS.means_no_address(found.phrase) {
            remarks.none = true;
            return Cow::Borrowed("");
        }
        match self.decided(found.phrase) {
            Some(Remark::NoAddress) => {
                remarks.none = true;
                Cow::Borrowed("")
            }
            Some(Remark::UseRest) => Cow::Owned(address::without(&cell, &found.at)),
            None => {
                self.note(&problem::ADDRESS_REMARK, Some(column), &cell);
                if !self.hide {
                    *self.cleaner.remarks.entry(found.phrase).or_default() += 1;
                }
                cell
            }
        }
    }

    /// What was decided on a phrase, or on it in this row.
    fn decided(&mut self, phrase: &str) -> Option<Remark> {
        let releases = &self.rules().releases;
        if releases.is_empty() {
            return None;
        }
        let record_id = self.record_id();
        releases.remark(phrase, &record_id, &mut self.cleaner.released)
    }

    /// An address that is said to be none is none, whatever else stands in it.
    pub(super) fn judge_remarks(&mut self, remarks: &Remarks, lines: &mut Vec<String>) {
        if remarks.none {
            lines.clear();
        }
    }
}
