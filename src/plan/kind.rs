//! Questions that ask the same of different states, covered entities or duties.

use super::make::Suffix;
use super::{Plan, Question};
use crate::incident::Incident;

/// What a question asks, and of what.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct QuestionKind {
    /// What is asked: `hipaa`, `counts`, `agency`; for questions of which there is one, their id.
    pub name: String,
    pub about: About,
}

/// What a question is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// The whole incident.
    Incident,
    /// A state or federal law, by code.
    Jurisdiction(String),
    /// A covered entity's id.
    Entity(String),
    /// A strand's id.
    Strand(String),
    /// A duty's rule.
    Duty(String),
}

/// Heads of ids that are followed by an entity's, and of those followed by a strand's.
const OF_ENTITY: [&str; 3] = ["agency", "substitute", "delegation"];
const OF_STRAND: [&str; 3] = ["discovery", "determination", "encryption"];

impl QuestionKind {
    /// The kind of a question by its id.
    pub fn of(question: &Question, incident: &Incident, plan: &Plan) -> Self {
        let id = question.id.as_str();
        let one = |name: &str, about| Self { name: name.to_owned(), about };
        let is_rule = |rule: &str| plan.duties.iter().any(|duty| duty.rule == rule);
        let is_law = |code: &str| plan.duties.iter().any(|duty| duty.jurisdiction == code);
        if let Some(suffix) = Suffix::ALL.into_iter().find(|s| id.ends_with(s.text())) {
            let rule = id.trim_end_matches(suffix.text());
            return one(suffix.text().trim_start_matches('.'), About::Duty(rule.to_owned()));
        }
        if is_rule(id) {
            return one("duty", About::Duty(id.to_owned()));
        }
        let Some((head, rest)) = id.split_once('.') else { return one(id, About::Incident) };
        let (first, more) = rest.split_once('.').unwrap_or((rest, ""));
        let joined = |more: &str| match more {
            "" => head.to_owned(),
            more => format!("{head}.{more}"),
        };
        if OF_ENTITY.contains(&head) && incident.entity_index(first).is_some() {
            return one(&joined(more), About::Entity(first.to_owned()));
        }
        if OF_STRAND.contains(&head) && incident.strands.iter().any(|s| s.id == rest) {
            return one(head, About::Strand(rest.to_owned()));
        }
        if head == "filing" && !more.is_empty() && is_rule(first) {
            return one(&joined(more), About::Duty(first.to_owned()));
        }
        if !is_law(head) {
            return one(id, About::Incident);
        }
        let name = match (first, more) {
            ("hipaa", "late") => "hipaa_late",
            ("hipaa", _) => "hipaa",
            ("protection", _) => "protection",
            ("harm", _) => "harm",
            (_, "definition") => "definition",
            (_, "usable") => "usable",
            _ => "statute",
        };
        one(name, About::Jurisdiction(head.to_owned()))
    }
}
