//! The file that shows what happened, and the day on which it did.

use crate::clock;
use crate::ledger::Evidence;
use crate::matter::refusal::Refusal;
use crate::matter::seal::statement_of_folder::file_digest;
use jiff::civil::Date;
use std::path::Path;

/// The evidence by its digest.
///
/// # Errors
/// It is not there, is empty, or cannot be read.
pub fn evidence(path: &Path) -> Result<Evidence, Refusal> {
    let Some(sha256) = file_digest(path)? else {
        return Err(Refusal::one(
            code!("confirm.no_evidence"),
            format!("there is no file `{}`", path.display()),
            "name the receipt, postage statement, scan or message that shows it",
        ));
    };
    // A download that failed, or a scan that was never made, proves nothing years later.
    if std::fs::metadata(path).is_ok_and(|file| file.len() == 0) {
        return Err(Refusal::one(
            code!("confirm.empty_evidence"),
            format!("the file `{}` is empty", path.display()),
            "name a file that shows what happened: receipt, postage statement, scan or message",
        ));
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Evidence { name, sha256 })
}

/// What has not happened yet cannot be recorded.
///
/// # Errors
/// The day is to come.
pub fn not_in_future(on: Date) -> Result<(), Refusal> {
    if on > clock::today() {
        return Err(Refusal::one(
            code!("confirm.future"),
            format!("{on} has not come yet"),
            "record what happened after it happened",
        ));
    }
    Ok(())
}
