//! Where notes go: into the counted findings and into `findings.csv`.

use super::IntakeError;
use super::columns::Columns;
use super::findings_file::FindingsFile;
use super::note::RowNote;
use super::reading::Reading;
use super::repairs::Ready;
use crate::finding::{Finding, Findings, Place};
use std::path::Path;

/// One roster as findings speak of it.
pub struct About {
    pub name: String,
    pub columns: Columns,
    pub repairs: Ready,
}

/// Takes notes; the findings are counted, the file has them all.
pub struct Tell<'a, 'f> {
    pub reading: &'a Reading<'a>,
    pub rosters: &'a [About],
    /// Rows of the wave before each roster's first, as far as they are known.
    pub before: Vec<u64>,
    pub findings: Findings,
    pub file: Option<&'f mut FindingsFile>,
}

impl Tell<'_, '_> {
    pub fn note(&mut self, note: RowNote) -> Result<(), IntakeError> {
        let at = self.before.partition_point(|before| *before < note.row).saturating_sub(1);
        let Some(roster) = self.rosters.get(at) else { return Ok(()) };
        if let Some(file) = &mut self.file {
            let path = self.reading.options.findings_csv.unwrap_or(Path::new(""));
            let written = file.write(&note, roster);
            written.map_err(|e| self.reading.at(path, e))?;
        }
        if self.findings.count_further(note.problem.code, note.severity()) {
            return Ok(());
        }
        let mut finding = Finding::new(note.problem.code, note.severity(), note.message())
            .at(Place {
                line: Some(note.line),
                cell: note.cell.map(|c| roster.columns.cell(c.into())),
                ..Place::file(&roster.name)
            })
            .remedy(note.remedy());
        finding.value = note.value.map(String::from);
        self.findings.push(finding);
        Ok(())
    }
}
