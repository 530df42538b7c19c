//! `repair --suggest`: spellings that may mean the same, each as the repair that would mend it.
//! Nothing is changed.

use crate::matter::ask::repairs::read;
use crate::matter::open::{Matter, Selection};
use crate::matter::people::intake::roster_stop;
use crate::matter::refusal::Refusal;
use crate::roster::{SPELLING_COLUMNS, SpellingWhy, Spellings, look};
use serde::Serialize;

/// One suggestion. No `Debug`: a cell of a roster may be personal.
#[derive(Serialize)]
pub struct SuggestionLine {
    pub column: &'static str,
    pub from: String,
    pub to: String,
    /// Rows with the one spelling, and with the other.
    pub rows: u64,
    pub rows_of_other: u64,
    pub why: &'static str,
}

/// What looks like a slip, and how far the rosters were looked at.
#[derive(Serialize)]
pub struct SpellingsAnswer {
    pub suggestions: Vec<SuggestionLine>,
    /// Rows that were not looked at: those before them have more different spellings than are
    /// compared.
    pub rows_passed_over: u64,
}

/// Looks at the rosters of a wave as they are read now, repairs included. A spelling is shown as it
/// stands: it is all but the same as one that many rows have, or that the incident or the Postal
/// Service's list has.
///
/// # Errors
/// A roster that cannot be read; I/O.
pub fn spellings(selection: &Selection) -> Result<SpellingsAnswer, Refusal> {
    let (matter, _) = Matter::open(selection)?;
    let repairs = read(&matter.folder)?;
    let asked = SPELLING_COLUMNS.map(str::to_owned);
    let rosters = matter.wave().roster.all();
    let mut spellings = Spellings::new(&matter.incident);
    let looked =
        look(&matter.folder, &matter.incident, rosters, &repairs, Some(&asked), &mut |row| {
            let cell = |at: usize| row.cells[at].as_deref().unwrap_or_default();
            spellings.add(std::array::from_fn(cell));
        });
    looked.map_err(roster_stop)?;
    let lines = spellings.suggestions().into_iter().map(|one| SuggestionLine {
        column: one.column,
        from: one.from,
        to: one.to,
        rows: one.rows,
        rows_of_other: one.like,
        why: match one.why {
            SpellingWhy::SameLetters => "same_letters",
            SpellingWhy::Near => "near",
            SpellingWhy::ByZip => "zip",
        },
    });
    Ok(SpellingsAnswer { suggestions: lines.collect(), rows_passed_over: spellings.passed_over() })
}
