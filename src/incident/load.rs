//! From the incident folder to an [`Incident`], with everything that is wrong at once.

use super::node::Node;
use super::{Incident, facts, schema, shape, shapes};
use crate::finding::{Finding, Findings, Place, Severity};
use crate::folder::{INCIDENT as INCIDENT_FILE, IncidentFolder, PRIVILEGED as PRIVILEGED_FILE};
use crate::written::TextFile;
use std::ops::Range;
use std::path::Path;
use toml::de::DeTable;

/// Reads `incident.toml`, and the shape of `privileged.toml` if there is one.
///
/// # Errors
/// All findings of both files, if any of them stops the command. What merely looks odd is
/// returned beside the incident.
pub fn load(folder: &Path) -> Result<(Incident, Findings), Findings> {
    let mut findings = Findings::default();
    let incident = match read(folder, INCIDENT_FILE, &mut findings) {
        Some(source) => parse(&source, &mut findings),
        None => None,
    };
    if IncidentFolder(folder).privileged().exists()
        && let Some(source) = read(folder, PRIVILEGED_FILE, &mut findings)
    {
        tree(&source, &schema::PRIVILEGED, &mut findings, |_, _| ());
    }
    match incident {
        Some(incident) if !findings.has_errors() => Ok((incident, findings)),
        _ => Err(findings),
    }
}

/// Reads the text of an `incident.toml` that is not in a folder, such as an editor's.
///
/// # Errors
/// All findings, if any of them stops the command.
pub fn from_text(text: &str) -> Result<(Incident, Findings), Findings> {
    let mut findings = Findings::default();
    let source = TextFile::new(INCIDENT_FILE, text);
    match parse(&source, &mut findings) {
        Some(incident) if !findings.has_errors() => Ok((incident, findings)),
        _ => Err(findings),
    }
}

fn parse(source: &TextFile, findings: &mut Findings) -> Option<Incident> {
    let before = findings.at_least(Severity::Error);
    tree(source, &schema::INCIDENT, findings, |root, findings| {
        facts::agree(source, root, findings);
    });
    if findings.at_least(Severity::Error) > before {
        return None;
    }
    match toml::from_str(&source.text) {
        Ok(incident) => Some(placed(incident, source)),
        Err(error) => {
            // The schema lets nothing pass that the model cannot hold; if it ever does, say so.
            findings.push(source.finding(
                code!("incident.unreadable"),
                Severity::Error,
                &error.span().unwrap_or(0..0),
                error.message().to_owned(),
                "compare it with docs/REFERENCE.md",
            ));
            None
        }
    }
}

/// Notes where decisions stand, so that what the plan finds about them names line and column.
fn placed(mut incident: Incident, source: &TextFile) -> Incident {
    let (root, _) = DeTable::parse_recoverable(&source.text);
    let tables = Node::root(&root).tables("decision");
    for (decision, table) in incident.decisions.iter_mut().zip(tables) {
        decision.place = table.text("question").map(|here| source.place(&here.span));
    }
    incident
}

/// Parses as much as can be parsed, compares it with the schema, then lets `more` look.
fn tree(
    source: &TextFile,
    schema: &'static shape::Table,
    findings: &mut Findings,
    more: impl Fn(&Node<'_>, &mut Findings),
) {
    let (root, errors) = DeTable::parse_recoverable(&source.text);
    let mut broken = Vec::new();
    for error in &errors {
        let span = culprit(&source.text, error.message(), error.span().unwrap_or(0..0));
        let line = source.place(&span).line.unwrap_or(1);
        // One slip makes the parser stumble several times on its line.
        if broken.contains(&line) {
            continue;
        }
        broken.push(line);
        let message = error.message().trim().lines().collect::<Vec<_>>().join(", ");
        let remedy = syntax_remedy(&message);
        findings.push(source.finding(
            code!("incident.syntax"),
            Severity::Error,
            &span,
            message,
            remedy,
        ));
    }
    shapes::compare(source, &root, schema, &broken, findings);
    more(&Node::root(&root), findings);
}

/// Long text that is never closed is noticed at the end of the file; its start is what to see.
fn culprit(text: &str, message: &str, span: Range<usize>) -> Range<usize> {
    let before = text.get(..span.start).unwrap_or(text);
    match before.rfind("\"\"\"").max(before.rfind("'''")) {
        Some(open) if message.contains("multi-line") => open..open + 3,
        _ => span,
    }
}

/// What to write where TOML was not understood.
fn syntax_remedy(message: &str) -> &'static str {
    const REMEDIES: &[(&str, &str)] = &[
        ("multi-line", "close long text with \"\"\" on a line of its own"),
        ("string", "put text between straight quotes and close it on the same line"),
        ("duplicate", "give each key once; tables that repeat stand in double brackets, [[wave]]"),
        ("character", "remove the invisible character, or type the line again"),
        ("unclosed table", "close the table's name with ]"),
        ("array", "close the list with ] and put commas between its items"),
        ("key with no value", "write `name = value`"),
        ("date", "write year, month and day, such as 2026-09-18"),
    ];
    let known = REMEDIES.iter().find(|(word, _)| message.contains(word));
    known.map_or(
        "write lines such as `name = \"value\"`, below the name of their table in brackets",
        |(_, remedy)| remedy,
    )
}

/// What is privileged is quoted nowhere.
fn written(file: &str, text: String) -> TextFile {
    match file {
        PRIVILEGED_FILE => TextFile::unquoted(file, text),
        _ => TextFile::new(file, text),
    }
}

fn read(folder: &Path, file: &str, findings: &mut Findings) -> Option<TextFile> {
    let bytes = match std::fs::read(folder.join(file)) {
        Ok(bytes) => bytes,
        Err(error) => {
            let missing = error.kind() == std::io::ErrorKind::NotFound;
            let finding = if missing {
                Finding::new(
                    code!("incident.no_file"),
                    Severity::Error,
                    "there is no incident file here",
                )
                .remedy("run `noticeworks init` here, or name the folder that holds it")
            } else {
                Finding::new(code!("incident.no_file"), Severity::Error, "the file cannot be read")
                    .remedy("check that it is a file and that you may read it")
            };
            findings.push(finding.at(Place::file(file)));
            return None;
        }
    };
    match String::from_utf8(bytes) {
        Ok(text) => Some(written(file, text)),
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let source = written(file, text);
            findings.push(source.finding(
                code!("incident.not_utf8"),
                Severity::Error,
                &(good..good + 1),
                "the file is not UTF-8 text from here on",
                "save it as UTF-8 in your editor",
            ));
            None
        }
    }
}
