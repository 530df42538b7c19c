//! What is wrong with a workbook, in words.

use crate::finding::{Code, Finding, Place, Severity};
use std::path::Path;

/// A workbook's file.
pub struct File<'a> {
    pub path: &'a Path,
    pub name: String,
    /// Of the kind before XLSX.
    pub old: bool,
}

impl File<'_> {
    pub fn refuse(&self, code: Code, message: String, remedy: &str) -> Box<Finding> {
        let finding = Finding::new(code, Severity::Error, message);
        Box::new(finding.at(Place::file(&self.name)).remedy(remedy))
    }

    pub fn damaged(&self) -> Box<Finding> {
        if self.old {
            return self.refuse(
                code!("file.old_or_locked_workbook"),
                "the workbook is protected by a password, or of a kind that cannot be read"
                    .to_owned(),
                "take the password off and save it as XLSX or CSV UTF-8",
            );
        }
        self.refuse(
            code!("file.damaged_workbook"),
            "the workbook cannot be read".to_owned(),
            "open it in a spreadsheet program and save it as XLSX or CSV UTF-8",
        )
    }

    pub fn several(&self, sheets: &[Shown]) -> Box<Finding> {
        let each: Vec<String> =
            sheets.iter().map(|sheet| format!("\"{}#{}\"", self.name, sheet.name)).collect();
        self.refuse(
            code!("file.several_sheets"),
            format!("people stand on several sheets: {}", list(sheets)),
            &format!(
                "write `roster = [{}]` with the sheets whose people are mailed together, or one of them alone",
                each.join(", ")
            ),
        )
    }

    pub fn hidden_sheet(&self, name: &str, sheets: &[Shown]) -> Box<Finding> {
        self.refuse(
            code!("file.hidden_sheet"),
            format!("people stand only on a hidden sheet: {}", list(sheets)),
            &format!("write `roster = \"{}#{name}\"` if it is the roster", self.name),
        )
    }

    pub fn others(&self, sheets: &[Shown]) -> Finding {
        Finding::new(
            code!("file.other_sheets"),
            Severity::Warning,
            format!("other sheets seem to hold people whom no wave reads: {}", list(sheets)),
        )
        .at(Place::file(&self.name))
        .remedy("add these sheets to `roster` of the wave, or take them out of the workbook")
    }

    pub fn hidden_rows(&self, rows: u64, read: bool) -> Finding {
        let rows = if rows == 1 { "1 row is".to_owned() } else { format!("{rows} rows are") };
        let (severity, remedy) = match read {
            true => (Severity::Note, "nothing"),
            false => (
                Severity::Error,
                "show all rows and delete those that do not belong, or write `hidden_rows = \"read\"` in `[roster]` if they belong to the roster",
            ),
        };
        let message = format!("{rows} hidden or filtered out in the sheet");
        Finding::new(code!("file.hidden_rows"), severity, message)
            .at(Place::file(&self.name))
            .remedy(remedy)
    }

    /// Of other workbooks than XLSX nobody tells which rows they hide.
    pub fn hidden_unseen(&self) -> Finding {
        let message = "the workbook is no XLSX: rows that it hides are read like the others";
        Finding::new(code!("file.hidden_unseen"), Severity::Note, message)
            .at(Place::file(&self.name))
            .remedy("save it as XLSX if rows may be hidden, or write `hidden_rows = \"read\"` in `[roster]`")
    }
}

/// A sheet with people on it.
pub struct Shown {
    pub name: String,
    pub rows: u64,
    pub hidden: bool,
}

fn list(sheets: &[Shown]) -> String {
    let each = sheets.iter().map(|sheet| {
        let rows = if sheet.rows == 1 { "row" } else { "rows" };
        let hidden = if sheet.hidden { ", hidden" } else { "" };
        format!("`{}` ({} {rows}{hidden})", sheet.name, sheet.rows)
    });
    each.collect::<Vec<_>>().join(", ")
}
