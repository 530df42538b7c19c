//! Enrollment codes from pools: each code to one person, in spool order.

use super::given::GivenCodes;
use super::writer::Writer;
use crate::finding::{Finding, Findings, Place, Severity};
use crate::incident::Incident;
use crate::roster::Person;
use crate::tables::begins_formula;
use std::collections::HashSet;
use std::path::Path;

/// The pools that `[[protection]] code_file` names, read once.
#[derive(Default)]
pub struct CodePools {
    /// By protection: index into `pools`; protections that name one file share it.
    of: Vec<Option<usize>>,
    pools: Vec<Pool>,
    /// Codes that are some person's already.
    given: GivenCodes,
}

/// One file of codes.
struct Pool {
    file: String,
    codes: String,
    /// Of each code: where it starts in `codes`, and its line in the file.
    at: Vec<(u32, u32)>,
}

impl CodePools {
    /// Reads the pools: a code on each line, or a CSV with a heading that has `code` in it. A
    /// code that stands twice is taken once. Of those that are `given` nobody else gets any.
    pub fn load(
        folder: &Path,
        incident: &Incident,
        given: GivenCodes,
        findings: &mut Findings,
    ) -> Self {
        let mut all = Self { given, ..Self::default() };
        for protection in &incident.protections {
            let index = protection.code_file.as_ref().map(|file| {
                let known = all.pools.iter().position(|pool| pool.file == *file);
                known.unwrap_or_else(|| {
                    all.pools.push(Pool::read(folder, file, findings));
                    all.pools.len() - 1
                })
            });
            all.of.push(index);
        }
        all
    }

    pub fn is_empty(&self) -> bool {
        self.pools.is_empty()
    }

    /// Every code of every file, with the first protection that deals from it.
    pub fn all(&self) -> impl Iterator<Item = (usize, &str)> {
        self.pools.iter().enumerate().flat_map(|(at, pool)| {
            let protection = self.of.iter().position(|of| *of == Some(at)).unwrap_or_default();
            (0..pool.at.len()).filter_map(move |n| Some((protection, pool.get(n)?.0)))
        })
    }

    /// Whether the code that a person has is another's of another wave.
    pub fn is_anothers(&self, person: &Person) -> bool {
        self.given.is_anothers(person)
    }

    /// Deals the codes from the first on. Every pass over the same people in the same order deals
    /// the same codes.
    pub fn dealer<'p>(&'p self, writer: &'p Writer<'p>) -> CodeDealer<'p> {
        CodeDealer { pools: self, writer, next: vec![0; self.pools.len()] }
    }
}

impl Pool {
    fn read(folder: &Path, file: &str, findings: &mut Findings) -> Self {
        let mut pool = Self { file: file.to_owned(), codes: String::new(), at: Vec::new() };
        let text = match std::fs::read_to_string(folder.join(file)) {
            Ok(text) => text,
            Err(error) => {
                findings.push(
                    Finding::new(
                        code!("code.no_file"),
                        Severity::Warning,
                        format!("the code file `{file}` cannot be read: {error}"),
                    )
                    .at(Place::file("incident.toml"))
                    .remedy("put the vendor's codes there; until then the rows are held"),
                );
                return pool;
            }
        };
        let text = text.trim_start_matches('\u{feff}');
        let mut builder = csv::ReaderBuilder::new();
        builder.has_headers(false).flexible(true).trim(csv::Trim::All);
        let mut reader = builder.from_reader(text.as_bytes());
        let mut seen = HashSet::new();
        let mut column = 0;
        for (n, record) in reader.records().enumerate() {
            let Ok(record) = record else { continue };
            let line = record.position().map_or(n as u64 + 1, csv::Position::line);
            if n == 0
                && let Some(heading) = record.iter().position(is_heading)
            {
                column = heading;
                continue;
            }
            let code = record.get(column).unwrap_or_default();
            if code.is_empty() {
                continue;
            }
            let fault = if begins_formula(code) {
                let message = "the code begins like a spreadsheet formula and is given to nobody";
                Finding::new(code!("code.formula"), Severity::Warning, message)
                    .remedy("ask the vendor for another code; a row for which none is left is held")
            } else if !seen.insert(code.to_owned()) {
                let message = "the code stands above already and is given to one person only";
                Finding::new(code!("code.twice_in_pool"), Severity::Warning, message)
                    .remedy("ask the vendor for a code that differs")
            } else {
                pool.at.push((index(pool.codes.len()), index(line as usize)));
                pool.codes.push_str(code);
                continue;
            };
            let mut finding = fault.at(Place { line: Some(line), ..Place::file(file) });
            finding.value = Some(code.to_owned());
            findings.push(finding);
        }
        pool
    }

    fn get(&self, n: usize) -> Option<(&str, u32)> {
        let (start, line) = *self.at.get(n)?;
        let end = self.at.get(n + 1).map_or(self.codes.len(), |(end, _)| *end as usize);
        Some((&self.codes[start as usize..end], line))
    }
}

impl Pool {
    /// The code on a line of the file.
    fn on_line(&self, line: u32) -> Option<(&str, u32)> {
        self.get(self.at.partition_point(|(_, at)| *at < line)).filter(|(_, at)| *at == line)
    }
}

/// Codes have digits; headings have none.
fn is_heading(cell: &str) -> bool {
    cell.to_lowercase().contains("code") && !cell.contains(|c: char| c.is_ascii_digit())
}

/// Four gigabytes of codes are more than there are people.
fn index(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Deals codes to people in spool order.
pub struct CodeDealer<'p> {
    pools: &'p CodePools,
    writer: &'p Writer<'p>,
    next: Vec<usize>,
}

impl<'p> CodeDealer<'p> {
    /// Gives a person who is offered protection from a pool its next code; none is left, none is
    /// given. Says which line of which file it is.
    pub fn deal(&mut self, person: &mut Person) -> Option<(&'p str, u32)> {
        let protection = self.writer.protection(person)?;
        let pool = self.pools.of.get(protection).copied().flatten()?;
        let next = &mut self.next[pool];
        person.activation_code.clear();
        let pool: &'p Pool = &self.pools.pools[pool];
        let given = &self.pools.given;
        let own = given.own(person, &pool.file).and_then(|line| pool.on_line(line));
        let (code, line) = match own {
            Some(own) => own,
            None => loop {
                let (code, line) = pool.get(*next)?;
                *next += 1;
                if !given.has(code) {
                    break (code, line);
                }
            },
        };
        person.activation_code.push_str(code);
        Some((&pool.file, line))
    }
}
