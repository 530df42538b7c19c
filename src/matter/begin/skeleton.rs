//! An incident.toml to fill in, written from the schema: required keys as marked blanks, the
//! others as comments with an example.

use crate::incident::{INCIDENT_SCHEMA, Key, Shape, Table};
use crate::law::{Asked, InterviewQuestion, LawPack};
use crate::matter::begin::look::Looked;
use crate::matter::begin::proposal;
use std::fmt::Write as _;
use std::sync::LazyLock;

/// Stands beside every part that must be filled in.
pub const BLANK: &str = "REQUIRED";

/// The questions of the shipped law pack.
static INTERVIEW: LazyLock<Vec<InterviewQuestion>> = LazyLock::new(|| {
    let questions = |pack: LawPack| pack.interview().questions.clone();
    LawPack::embedded().map(questions).unwrap_or_default()
});

/// Stands before every question of the short interview.
const ASKED: &str = "ASKED";

const HEAD: &str = "\
# The facts of one incident. Fill in every line marked REQUIRED; a line that begins with # may be
# left alone, or filled in with its first # taken off. Approval waits for what is marked ASKED.
# Days are written as 2026-09-18.
# docs/REFERENCE.md explains every key. `noticeworks check` says what is still wrong.

";

/// The whole file.
pub fn write(looked: Option<&Looked>) -> String {
    let mut out = HEAD.to_owned();
    let mut later = Vec::new();
    for key in INCIDENT_SCHEMA.keys {
        match (&key.shape, looked) {
            (Shape::Tables(table), Some(looked)) if key.name == "covered_entity" => {
                for (n, given) in proposal::entities(looked).iter().enumerate() {
                    section(&mut out, key, table, given, n > 0);
                }
            }
            (Shape::Tables(_), Some(looked)) if key.name == "data_element" => {
                out.push_str(&proposal::elements(looked));
            }
            (Shape::Tables(table), Some(looked)) if key.name == "wave" => {
                section(&mut out, key, table, &[("roster", looked.roster.clone())], false);
            }
            (Shape::Table(_), Some(looked)) if key.name == "roster" => {
                out.push_str(&proposal::columns(looked));
            }
            (Shape::Tables(table) | Shape::Table(table), _) if key.required => {
                section(&mut out, key, table, &[], false);
            }
            (Shape::Tables(_) | Shape::Table(_), _) => later.push(key),
            _ => line(&mut out, key, &[]),
        }
    }
    out.push_str("\n# Only where it applies; docs/REFERENCE.md has the keys of each:\n");
    for key in later {
        let head = header(key);
        let _ = writeln!(out, "#   {head:<26} {}", key.says);
    }
    out
}

/// `[sender]` or `[[wave]]`.
fn header(key: &Key) -> String {
    match key.shape {
        Shape::Tables(_) => format!("[[{}]]", key.name),
        _ => format!("[{}]", key.name),
    }
}

/// A table with its keys; `given` are values that are known already, `brief` leaves out what may
/// be left out.
fn section(out: &mut String, key: &Key, table: &Table, given: &[(&str, String)], brief: bool) {
    out.push_str(&format!("\n{}  # {}\n", header(key), key.says));
    for key in table.keys.iter().filter(|key| key.required || !brief) {
        if let Some(text) = asked(table, key) {
            let _ = writeln!(out, "# {ASKED}: {text}");
        }
        line(out, key, given);
    }
}

/// The interview's question that a key answers.
fn asked(table: &Table, key: &Key) -> Option<&'static str> {
    let asks = |question: &&InterviewQuestion| {
        let here = match table.name {
            "sender" => question.asks != Asked::CoveredEntity,
            "covered_entity" => question.asks != Asked::Sender,
            _ => false,
        };
        here && question.id.name() == key.name
    };
    INTERVIEW.iter().find(asks).map(|question| question.text.as_str())
}

fn line(out: &mut String, key: &Key, given: &[(&str, String)]) {
    let says = comment(key);
    if let Some((_, value)) = given.iter().find(|(name, _)| *name == key.name) {
        let value = toml::Value::String(value.clone());
        out.push_str(&format!("{} = {value}  # {}\n", key.name, key.says));
    } else if key.required && key.example.starts_with("\"\"\"") {
        out.push_str(&format!("# {BLANK}: {says}\n{} = \"\"\"\n\n\"\"\"\n", key.name));
    } else if key.required {
        out.push_str(&format!("{} = {}  # {BLANK}: {says}\n", key.name, blank(&key.shape)));
    } else {
        out.push_str(&format!("# {} = {}  # {says}\n", key.name, example(key)));
    }
}

/// What is for, and what may be written.
fn comment(key: &Key) -> String {
    let mut says = key.says.to_owned();
    match &key.shape {
        Shape::Choice(choices) | Shape::List(Shape::Choice(choices)) => {
            says.push_str(&format!("; one of {}", choices.join(", ")));
        }
        Shape::Words if key.example.starts_with("\"\"\"") => {
            says = "for the letters, in plain words between the two lines of quotes; paragraphs \
                    stand apart by an empty line"
                .into();
        }
        _ if key.required && !key.example.is_empty() => {
            says.push_str(&format!("; such as {}", example(key)));
        }
        _ => {}
    }
    says
}

fn example(key: &Key) -> String {
    key.example.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn blank(shape: &Shape) -> String {
    match shape {
        Shape::List(_) => "[]".into(),
        Shape::Table(table) => {
            let required = table.keys.iter().filter(|key| key.required);
            let blanks: Vec<_> =
                required.map(|key| format!("{} = {}", key.name, blank(&key.shape))).collect();
            format!("{{ {} }}", blanks.join(", "))
        }
        _ => "\"\"".into(),
    }
}
