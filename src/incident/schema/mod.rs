//! Every key of `incident.toml` and `privileged.toml`, with an example and what it is for.

mod choices;
mod facts;
mod parties;
mod products;

pub use choices::COLUMN_PATTERNS;

use super::shape::{Ids, Key, Shape, Table, may, need};
use super::text;

pub(super) use choices::as_spelled;

/// `incident.toml`.
pub static INCIDENT: Table = Table {
    name: "",
    keys: &[
        need("id", Shape::Id(Ids::Incident), "\"lakeshore-2026-transfer\"", "names the incident"),
        may("title", Shape::Text, "\"File-transfer incident\"", "heads the review book"),
        may("litigation_hold", Shape::Flag, "true", "nothing may be deleted"),
        may("two_approvers", Shape::Flag, "true", "a wave goes out when two people approved it"),
        need("sender", Shape::Table(&parties::SENDER), "", "who signs the letters"),
        need("covered_entity", Shape::Tables(&parties::ENTITY), "", "whose patients are concerned"),
        may("hhs_report", Shape::Tables(&parties::HHS_REPORT), "", "one per portal submission"),
        need("strand", Shape::Tables(&facts::STRAND), "", "one course of events"),
        need("breach", Shape::Table(&facts::BREACH), "", "the incident's own words"),
        need("wave", Shape::Tables(&facts::WAVE), "", "one mailing"),
        may("estimate", Shape::Tables(&facts::ESTIMATE), "", "a count before there is a roster"),
        may("law_enforcement_hold", Shape::Tables(&facts::HOLD), "", "a request to wait"),
        may("duty", Shape::Tables(&facts::DUTY), "", "a duty that no statute here knows"),
        need("data_element", Shape::Tables(&facts::ELEMENT), "", "a kind of information"),
        may("protection", Shape::Tables(&products::PROTECTION), "", "identity protection offered"),
        may("filing", Shape::Table(&products::FILING), "", "facts that only forms ask"),
        may("letter", Shape::Table(&products::LETTER), "", "choices for letters"),
        may("mail", Shape::Table(&products::MAIL), "", "choices for mailing"),
        may("email", Shape::Table(&products::EMAIL), "", "choices for e-mail"),
        may("roster", Shape::Table(&products::ROSTER), "", "how the roster names its columns"),
        may("fonts", Shape::Table(&products::FONTS), "", "further fonts"),
        may("vendor", Shape::Tables(&parties::VENDOR), "", "who works for the sender"),
        may("decision", Shape::Tables(&facts::DECISION), "", "counsel's answer to a question"),
    ],
};

/// `privileged.toml`: why counsel decided as they did. Read for its shape only; its text goes
/// into no output.
pub static PRIVILEGED: Table = Table {
    name: "",
    keys: &[
        may("reason", Shape::Tables(&REASON), "", "why a decision was taken"),
        may("harm_assessment", Shape::Tables(&HARM), "", "45 CFR 164.402(2), the four factors"),
    ],
};

static REASON: Table = Table {
    name: "reason",
    keys: &[
        need("question", Shape::Words, "\"agency.harbor-health\"", "as in the `[[decision]]`"),
        need("text", Shape::Words, "\"...\"", "the reason"),
    ],
};

static HARM: Table = Table {
    name: "harm_assessment",
    keys: &[
        need("strand", Shape::Words, "\"transfer-server\"", "the strand assessed"),
        may("nature_and_extent", Shape::Text, "\"...\"", "what information, how identifying"),
        may("unauthorized_person", Shape::Text, "\"...\"", "who used it or to whom it went"),
        may("acquired_or_viewed", Shape::Text, "\"...\"", "whether it was really seen"),
        may("mitigation", Shape::Text, "\"...\"", "how far the risk was lessened"),
        may("conclusion", Shape::Text, "\"...\"", "what follows"),
        may("by", Shape::Text, "\"A. Counsel\"", "who assessed"),
        may("on", Shape::Date, "2026-09-01", "when"),
    ],
};

/// "write `a` or `b`" for a word that is none of them, nearest first where one is near.
pub(super) fn choices_text(written: &str, choices: &[&str]) -> String {
    match text::nearest(written, choices).as_slice() {
        [near, ..] if choices.len() > 12 => format!("write `{near}`"),
        [near, ..] if choices.len() > 3 => {
            format!("write `{near}`, or another of {}", text::list(&others(choices, near), "or"))
        }
        _ => format!("write {}", text::list(choices, "or")),
    }
}

fn others<'a>(choices: &[&'a str], near: &str) -> Vec<&'a str> {
    choices.iter().copied().filter(|c| *c != near).collect()
}
