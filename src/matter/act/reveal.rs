//! Personal values shown on a page: who looked at what, recorded before it is shown.

use crate::ledger::event::ValuesShown;
use crate::ledger::{Event, Ledger};
use crate::matter::refusal::Refusal;
use crate::matter::seal::ledger_stop;
use std::path::Path;

/// Records that somebody looks at values of the roster. `what` says which, in words that hold no
/// personal value, such as `rows held by zip.too_short`.
///
/// # Errors
/// Nobody says who looks; no command has recorded anything yet; the ledger.
pub fn reveal(folder: &Path, what: &str, by: &str) -> Result<(), Refusal> {
    let by = by.trim();
    if by.is_empty() {
        return Err(Refusal::one(
            code!("reveal.nobody"),
            "nobody says who looks at the values",
            "write your name and role; it is recorded with what was shown",
        ));
    }
    if Ledger::look(folder).map_err(ledger_stop)?.is_none() {
        return Err(Refusal::one(
            code!("ledger.missing"),
            format!("`{}` has no ledger yet", folder.display()),
            "run `noticeworks check` on the folder first",
        ));
    }
    let mut ledger = Ledger::open(folder).map_err(ledger_stop)?;
    let shown = ValuesShown { what: what.to_owned(), by: by.to_owned() };
    ledger.append_event(&Event::ValuesShown(shown)).map_err(ledger_stop)?;
    Ok(())
}
