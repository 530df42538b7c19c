//! The file that shows what happened, and the day on which it did.

use super::now::file_digest;
use crate::cli::exit::Stop;
use crate::clock;
use crate::ledger::Evidence;
use jiff::civil::Date;
use std::path::Path;

/// The evidence by its digest.
///
/// # Errors
/// It is not there, or cannot be read.
pub fn evidence(path: &Path) -> Result<Evidence, Stop> {
    let Some(sha256) = file_digest(path)? else {
        return Err(Stop::one(
            code!("confirm.no_evidence"),
            format!("there is no file `{}`", path.display()),
            "name the receipt, postage statement, scan or message that shows it",
        ));
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Evidence { name, sha256 })
}

/// What has not happened yet cannot be recorded.
///
/// # Errors
/// The day is to come.
pub fn not_in_future(on: Date) -> Result<(), Stop> {
    if on > clock::today() {
        return Err(Stop::one(
            code!("confirm.future"),
            format!("{on} has not come yet"),
            "record what happened after it happened",
        ));
    }
    Ok(())
}
