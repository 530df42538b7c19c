//! Which cell of a row means what: the roster's own headings, read once.

use super::column::{Column, letter};
use super::source::Block;
use super::tables::fold;
use crate::finding::{Finding, Findings, Place, Severity};
use crate::incident::Incident;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// More columns than any roster has; beyond it the file is something else.
pub const MAX_COLUMNS: usize = 1_000;

static HEADINGS: LazyLock<HashMap<String, Column>> = LazyLock::new(|| {
    let table: BTreeMap<String, Vec<String>> =
        toml::from_str(include_str!("headings.toml")).expect("headings.toml is well formed");
    let mut headings = HashMap::new();
    for (name, usual) in &table {
        let column = Column::named(name).expect("headings.toml names canonical columns");
        headings.extend(usual.iter().map(|heading| (fold(heading), column)));
    }
    headings.extend(Column::ALL.iter().map(|c| (fold(c.name()), *c)));
    headings
});

/// The canonical column that a heading means.
pub fn recognise(heading: &str) -> Option<Column> {
    HEADINGS.get(&fold(heading)).copied()
}

/// The first row of a block that reads like a header: among the first 20, with at least three
/// known headings.
pub fn find_header(block: &Block) -> Option<usize> {
    block.rows.iter().take(20).position(|row| {
        let known = (0..row.len()).filter(|i| recognise(block.cell(row, *i).trim()).is_some());
        known.take(3).count() == 3
    })
}

/// The header of one roster, understood.
pub struct Columns {
    /// As written, trimmed.
    pub headers: Vec<String>,
    of: Vec<Option<u16>>,
    /// Columns that say yes or no for one `[[data_element]]`: cell index, element index.
    pub flags: Vec<(u16, usize)>,
}

impl Columns {
    /// Reads a header row; all that is wrong with it goes to `findings`.
    pub fn read(
        headers: Vec<String>,
        line: u64,
        file: &str,
        incident: &Incident,
        findings: &mut Findings,
    ) -> Self {
        let mut columns = Self { of: vec![None; Column::ALL.len()], headers, flags: Vec::new() };
        let place = |cell: Option<usize>| Place {
            line: Some(line),
            cell: cell.map(|i| columns_cell(&columns.headers, i)),
            ..Place::file(file)
        };
        if columns.headers.len() > MAX_COLUMNS {
            let message = format!("the header has {} columns", columns.headers.len());
            findings.push(
                Finding::new(code!("columns.too_many"), Severity::Error, message)
                    .at(place(None))
                    .remedy("keep the columns that the manual names, a thousand at most"),
            );
            return columns;
        }
        let mut taken: Vec<Option<Column>> = vec![None; columns.headers.len()];
        let mut of = columns.of.clone();
        for (name, heading) in &incident.roster.columns {
            let Some(column) = Column::named(name) else {
                findings.push(
                    Finding::new(
                        code!("columns.override_unknown"),
                        Severity::Error,
                        format!(
                            "`[roster.columns]` names `{name}`, which is no column of a roster"
                        ),
                    )
                    .at(Place::file("incident.toml"))
                    .remedy("write a canonical column on the left, such as `last_name`"),
                );
                continue;
            };
            match columns.headers.iter().position(|h| fold(h) == fold(heading)) {
                Some(index) => {
                    of[column as usize] = Some(index as u16);
                    taken[index] = Some(column);
                }
                None => findings.push(
                    Finding::new(
                        code!("columns.override_missing"),
                        Severity::Error,
                        format!("the roster has no column `{heading}` for `{name}`"),
                    )
                    .at(place(None))
                    .remedy("correct `[roster.columns]` in incident.toml, or the roster's header"),
                ),
            }
        }
        // Exact canonical names first, so that `name` beside `full_name` cannot win over it.
        for exact in [true, false] {
            for (index, heading) in columns.headers.iter().enumerate() {
                if taken[index].is_some() {
                    continue;
                }
                let found = if exact { Column::named(heading) } else { recognise(heading) };
                let Some(column) = found else { continue };
                if let Some(first) = of[column as usize] {
                    if incident.roster.columns.contains_key(column.name()) {
                        continue;
                    }
                    findings.push(
                        Finding::new(
                            code!("columns.twice"),
                            Severity::Error,
                            format!(
                                "two columns mean `{}`: {} and {}",
                                column.name(),
                                letter(first.into()),
                                letter(index)
                            ),
                        )
                        .at(place(Some(index)))
                        .remedy(format!(
                            "say under `[roster.columns]` which one is `{}`",
                            column.name()
                        )),
                    );
                    continue;
                }
                of[column as usize] = Some(index as u16);
                taken[index] = Some(column);
            }
        }
        let mut unused = Vec::new();
        let mut flags = Vec::new();
        for (index, heading) in columns.headers.iter().enumerate() {
            if taken[index].is_some() || heading.is_empty() || recognise(heading).is_some() {
                continue;
            }
            match element_named(incident, heading) {
                Some(element) => flags.push((index as u16, element)),
                None => unused.push(index),
            }
        }
        for index in unused {
            findings.push(
                Finding::new(
                    code!("columns.unused"),
                    Severity::Note,
                    format!("column {} is not used", letter(index)),
                )
                .at(place(Some(index)))
                .remedy("nothing; take it out of the roster if it holds personal data"),
            );
        }
        columns.of = of;
        columns.flags = flags;
        columns.require(incident, findings, Place { line: Some(line), ..Place::file(file) });
        columns
    }

    /// Says which columns a letter cannot do without and this roster lacks.
    fn require(&self, incident: &Incident, findings: &mut Findings, place: Place) {
        use Column::*;
        let mut missing = Vec::new();
        if self.index(LastName).is_none() && self.index(FullName).is_none() {
            missing.push(LastName);
        }
        missing.extend([Address1, City, State, Zip].into_iter().filter(|c| !self.has(*c)));
        if incident.entities.len() > 1 && !self.has(Entity) {
            missing.push(Entity);
        }
        if incident.strands.len() > 1 && !self.has(Cohort) {
            missing.push(Cohort);
        }
        let strands_say = incident.strands.iter().all(|s| !s.elements.is_empty());
        if !self.has(DataElements) && self.flags.is_empty() && !strands_say {
            missing.push(DataElements);
        }
        for column in missing {
            findings.push(
                Finding::new(
                    code!("columns.missing"),
                    Severity::Error,
                    format!("the roster has no column `{}`", column.name()),
                )
                .at(place.clone())
                .remedy(format!(
                    "add the column, or name the one that holds it under `[roster.columns]`: `{} = \"...\"`",
                    column.name()
                )),
            );
        }
    }

    /// Where a column stands.
    pub fn index(&self, column: Column) -> Option<usize> {
        self.of[column as usize].map(usize::from)
    }

    pub fn has(&self, column: Column) -> bool {
        self.of[column as usize].is_some()
    }

    /// The canonical column at a cell index.
    pub fn at(&self, index: usize) -> Option<Column> {
        Column::ALL.iter().copied().find(|c| self.index(*c) == Some(index))
    }

    /// `H zip`, for a finding's place.
    pub fn cell(&self, index: usize) -> String {
        columns_cell(&self.headers, index)
    }
}

fn columns_cell(headers: &[String], index: usize) -> String {
    let header: String =
        headers.get(index).map(|h| h.chars().take(40).collect()).unwrap_or_default();
    format!("{} {header}", letter(index)).trim_end().to_owned()
}

/// The incident's data element that a label means: one of its roster labels, its id or the
/// letter's words.
pub fn element_named(incident: &Incident, label: &str) -> Option<usize> {
    let label = fold(label);
    incident.elements.iter().take(64).position(|element| {
        let labels = element.roster.iter().chain([&element.id, &element.letter]);
        labels.into_iter().any(|known| fold(known) == label)
    })
}
