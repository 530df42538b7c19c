//! Where notes go: into the counted findings and into `findings.csv`.

use super::IntakeError;
use super::columns::Columns;
use super::findings_file::FindingsFile;
use super::note::RowNote;
use super::reading::Reading;
use crate::finding::{Finding, Findings, Place};
use std::path::Path;

/// Takes notes; the findings are counted, the file has them all.
pub struct Tell<'a, 'f> {
    pub reading: &'a Reading<'a>,
    pub columns: &'a Columns,
    pub findings: Findings,
    pub file: Option<&'f mut FindingsFile>,
}

impl Tell<'_, '_> {
    pub fn note(&mut self, note: RowNote) -> Result<(), IntakeError> {
        if let Some(file) = &mut self.file {
            let path = self.reading.options.findings_csv.unwrap_or(Path::new(""));
            file.write(&note, self.columns).map_err(|e| self.reading.at(path, e))?;
        }
        let mut finding = Finding::new(note.problem.code, note.severity(), note.message())
            .at(Place {
                line: Some(note.line),
                cell: note.cell.map(|c| self.columns.cell(c.into())),
                ..Place::file(self.reading.name)
            })
            .remedy(note.remedy());
        finding.value = note.value.map(String::from);
        self.findings.push(finding);
        Ok(())
    }
}
