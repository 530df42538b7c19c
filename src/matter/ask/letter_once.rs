//! The letter, once: what counsel reads instead of every version. The review book, the Word export
//! and the workbench show it.

use crate::letters::LetterOnce;
use crate::matter::compose::letter_words;
use crate::matter::compose::letter_words::LetterWords;
use crate::matter::open::{Matter, Selection};
use crate::matter::people::headcount::Headcount;
use crate::matter::refusal::Refusal;
use crate::matter::watcher::Watcher;

/// Which wave's letters are read.
pub struct LetterOnceRequest {
    pub selection: Selection,
}

/// Every distinct block of the wave's letters in the order of the letter, with its template line,
/// its readers and the requirements it meets. Changes nothing.
///
/// The people are made up: no block holds anybody's data. `versions` are sorted by pieces;
/// positions in one list of the answer point into another.
///
/// # Errors
/// Facts, words or a roster that cannot be used as a whole; I/O.
pub fn letter_once(request: &LetterOnceRequest, _: &dyn Watcher) -> Result<LetterOnce, Refusal> {
    let (matter, mut findings) = Matter::open(&request.selection)?;
    let fonts = letter_words::fonts(&matter, &mut findings);
    let people = Headcount::of(&matter, &mut findings)?;
    let (plan, _) = matter.plan(&people.cube, *matter.wave().mail_on);
    let words = LetterWords::load(&matter)?;
    let writer = words.writer(&matter, &plan, &fonts)?;
    let mut once = writer.once(&people.kinds);
    once.findings.extend(findings);
    Ok(once)
}
