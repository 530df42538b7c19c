//! `export`, told.

use crate::cli::args::ExportArgs;
use crate::cli::exit::{Ending, Stop};
use crate::cli::output::{print, print_json};
use crate::matter::bundles::{ExportRequest, export};
use crate::tables::words::count;

pub fn run(args: &ExportArgs) -> Result<Ending, Stop> {
    let answer = export(&ExportRequest {
        selection: (&args.folder).into(),
        audience: args.audience.into(),
        to: args.to.clone(),
        entity: args.entity.clone(),
        jurisdiction: args.jurisdiction.clone(),
        recipients: args.recipient.clone(),
        passphrase_file: args.passphrase_file.clone(),
    })?;
    if args.json {
        print_json(&answer)?;
    } else {
        print(&format!(
            "{}: {}\nDigest {}\n\nGive the digest to the reader by another way than the bundle. How to check it stands in PROCEDURE.txt\n",
            answer.to.display(),
            count(answer.files, "file", "files"),
            answer.digest
        ))?;
    }
    Ok(Ending::Fine)
}
