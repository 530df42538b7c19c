//! Warns of a folder whose ledger another machine may change.

use crate::files::{Shared, shared};
use crate::finding::{Finding, Findings, Severity};
use std::path::Path;

/// What the folder's place means for its ledger.
pub fn warn(folder: &Path, findings: &mut Findings) {
    let remedy =
        "keep it on a disk of this machine, and copy what you hand over with `noticeworks export`";
    let finding = match shared(folder) {
        None => return,
        Some(Shared::Synchronized(program)) => Finding::new(
            code!("folder.synchronized"),
            Severity::Warning,
            format!("{program} keeps copies of this folder, and may put back an old ledger"),
        ),
        Some(Shared::Network(kind)) => Finding::new(
            code!("folder.network"),
            Severity::Warning,
            format!("this folder is on a network drive ({kind}), where a ledger can be damaged"),
        ),
    };
    findings.push(finding.remedy(remedy));
}
