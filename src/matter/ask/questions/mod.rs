//! Questions for counsel: those of a kind together, each choice with what it would change.

mod effect;
mod suppose;
mod words;

pub use effect::{Changed, Effect};
pub use suppose::{Bearing, Counted};

use crate::finding::Findings;
use crate::matter::ask::plan::{PlanRequest, drawn};
use crate::matter::open::{Matter, Selection};
use crate::matter::refusal::Refusal;
use crate::matter::watcher::Watcher;
use crate::plan::{About, Plan, Question, QuestionKind};
use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;

/// Whose questions are asked for.
pub struct QuestionsRequest {
    pub selection: Selection,
    /// The day by which the plan is drawn up; none for the day of mailing.
    pub as_of: Option<Date>,
}

/// The questions of a wave.
#[derive(Serialize)]
pub struct QuestionsAnswer {
    pub as_of: Date,
    /// Questions without an answer.
    pub open: usize,
    /// Those of them for which approval waits.
    pub blocking: usize,
    /// Those for which approval waits first, then the open ones.
    pub groups: Vec<QuestionGroup>,
    /// The choices of each question by its id.
    #[serde(skip)]
    pub choices: Vec<(String, Vec<String>)>,
    #[serde(skip)]
    pub findings: Findings,
}

/// Questions that ask the same.
#[derive(Clone, Serialize)]
pub struct QuestionGroup {
    /// `hipaa`; `decide` takes it in place of an id.
    pub kind: String,
    /// What is decided, in one line.
    pub title: String,
    pub blocking: bool,
    /// How many of `items` have no answer.
    pub open: usize,
    /// The choices, taken for all open items at once; none where the answer is free words.
    pub choices: Vec<GroupChoice>,
    pub items: Vec<QuestionItem>,
}

/// A choice for all open questions of a kind.
#[derive(Clone, Serialize)]
pub struct GroupChoice {
    pub choice: String,
    pub words: String,
    /// It is what is taken until somebody decides.
    pub is_default: bool,
    pub effect: Effect,
    /// The tables for incident.toml.
    pub decision: String,
}

/// One question.
#[derive(Clone, Serialize)]
pub struct QuestionItem {
    /// What `[[decision]] question` names.
    pub id: String,
    /// What it is about: `Iowa`, `Harbor Health System`; empty for the whole incident.
    pub subject: String,
    /// The jurisdiction's code, where it is about one.
    pub code: String,
    pub text: String,
    pub citation: String,
    pub default: String,
    pub answer: Option<String>,
    /// What each choice alone would change; empty where it is answered.
    pub choices: Vec<ItemChoice>,
}

/// A choice for one question.
#[derive(Clone, Serialize)]
pub struct ItemChoice {
    pub choice: String,
    pub effect: Effect,
    /// The table for incident.toml.
    pub decision: String,
}

/// The questions of a wave's plan, with what their answers would change. Changes nothing.
///
/// # Errors
/// As `plan`.
pub fn questions(
    request: &QuestionsRequest,
    watcher: &dyn Watcher,
) -> Result<QuestionsAnswer, Refusal> {
    let asked = PlanRequest { selection: request.selection.clone(), as_of: request.as_of };
    let (matter, drawn) = drawn(&asked, watcher)?;
    let counted = Counted::new(&matter, &drawn.cube, drawn.kinds.as_ref(), &drawn.plan)?;
    let groups = grouped(&matter, &counted);
    let open = drawn.plan.questions.iter().filter(|q| q.answer.is_none());
    Ok(QuestionsAnswer {
        as_of: drawn.plan.as_of,
        open: open.clone().count(),
        blocking: open.filter(|q| q.blocking).count(),
        groups,
        choices: drawn.plan.questions.iter().map(|q| (q.id.clone(), q.choices.clone())).collect(),
        findings: drawn.findings,
    })
}

/// Groups a plan's questions and plans again for each choice.
pub fn grouped(matter: &Matter, counted: &Counted<'_>) -> Vec<QuestionGroup> {
    let plan = counted.plan;
    let mut groups: Vec<(QuestionKind, Vec<(QuestionKind, &Question)>)> = Vec::new();
    for question in &plan.questions {
        let kind = QuestionKind::of(question, &matter.incident, plan);
        let same = groups
            .iter_mut()
            .find(|(of, known)| of.name == kind.name && known[0].1.choices == question.choices);
        match same {
            Some((_, known)) => known.push((kind, question)),
            None => groups.push((kind.clone(), vec![(kind, question)])),
        }
    }
    let mut groups: Vec<QuestionGroup> =
        groups.par_iter().map(|(kind, of)| group(matter, counted, kind, of)).collect();
    groups.sort_by_cached_key(|g| (g.open == 0, !g.blocking, !g.moves_a_date(), g.kind.clone()));
    groups
}

fn group(
    matter: &Matter,
    counted: &Counted<'_>,
    kind: &QuestionKind,
    of: &[(QuestionKind, &Question)],
) -> QuestionGroup {
    let open: Vec<&(QuestionKind, &Question)> =
        of.iter().filter(|(_, question)| question.answer.is_none()).collect();
    let first = of[0].1;
    let on = counted.plan.as_of;
    let choices = first.choices.iter().filter(|_| !open.is_empty()).map(|choice| {
        let taken: Vec<(&str, &str)> =
            open.iter().map(|(_, question)| (question.id.as_str(), choice.as_str())).collect();
        GroupChoice {
            words: words::choice(&kind.name, choice),
            is_default: open.iter().all(|(_, question)| question.default == *choice),
            effect: match open.as_slice() {
                // The same is told of the one item.
                [_] => Effect::default(),
                // What is taken anyway changes nothing.
                many if many.iter().all(|(_, q)| q.default == *choice) => Effect::default(),
                _ => counted.effect(matter, &taken, &bearing(&open)),
            },
            decision: taken.iter().map(|(id, choice)| table(id, choice, on)).collect(),
            choice: choice.clone(),
        }
    });
    let mut choices: Vec<GroupChoice> = choices.collect();
    let items: Vec<QuestionItem> = of.par_iter().map(|of| item(matter, counted, of)).collect();
    if let [(_, question)] = open.as_slice()
        && let Some(item) = items.iter().find(|item| item.id == question.id)
    {
        for (choice, alone) in choices.iter_mut().zip(&item.choices) {
            choice.effect = alone.effect.clone();
        }
    }
    QuestionGroup {
        title: words::title(&kind.name).map_or_else(|| first.text.clone(), str::to_owned),
        kind: kind.name.clone(),
        blocking: open.iter().any(|(_, question)| question.blocking),
        open: open.len(),
        choices,
        items,
    }
}

fn item(matter: &Matter, counted: &Counted<'_>, of: &(QuestionKind, &Question)) -> QuestionItem {
    let (kind, question) = of;
    let choices =
        question.choices.iter().filter(|_| question.answer.is_none()).map(|choice| ItemChoice {
            effect: match question.default == *choice {
                true => Effect::default(),
                false => counted.effect(matter, &[(&question.id, choice)], &bearing(&[of])),
            },
            decision: table(&question.id, choice, counted.plan.as_of),
            choice: choice.clone(),
        });
    QuestionItem {
        id: question.id.clone(),
        subject: subject(matter, counted.plan, kind),
        code: code(counted.plan, kind),
        text: question.text.clone(),
        citation: question.citation.clone(),
        default: question.default.clone(),
        answer: question.answer.clone(),
        choices: choices.collect(),
    }
}

/// On whose letters some questions may bear.
fn bearing(of: &[&(QuestionKind, &Question)]) -> Bearing {
    let mut states = Vec::new();
    for (kind, question) in of {
        match &kind.about {
            About::Jurisdiction(code) => states.push(code.clone()),
            About::Duty(_) => {}
            _ if OF_OTHERS.iter().any(|head| question.id.starts_with(head)) => {}
            _ => return Bearing::Everybody,
        }
    }
    Bearing::ResidentsOf(states)
}

/// Questions of filings, and of who carries a duty out: no letter's words turn on them.
const OF_OTHERS: [&str; 4] = ["filing.", "delegation.", "substitute.", "status."];

fn subject(matter: &Matter, plan: &Plan, kind: &QuestionKind) -> String {
    match &kind.about {
        About::Incident => String::new(),
        About::Jurisdiction(code) => {
            matter.pack.get(code).map_or_else(|| code.clone(), |law| law.name.clone())
        }
        About::Entity(id) => {
            let entity = matter.incident.entities.iter().find(|entity| entity.id == *id);
            entity.map_or_else(|| id.clone(), |entity| entity.name.clone())
        }
        About::Strand(id) => id.clone(),
        About::Duty(rule) => {
            let duty = plan.duties.iter().find(|duty| duty.rule == *rule);
            duty.map_or_else(|| rule.clone(), |duty| duty.recipient.clone())
        }
    }
}

fn code(plan: &Plan, kind: &QuestionKind) -> String {
    match &kind.about {
        About::Jurisdiction(code) => code.clone(),
        About::Duty(rule) => {
            let duty = plan.duties.iter().find(|duty| duty.rule == *rule);
            duty.map_or_else(String::new, |duty| duty.jurisdiction.clone())
        }
        _ => String::new(),
    }
}

/// A `[[decision]]` to paste; the day is to be put right by whoever decides.
fn table(id: &str, choice: &str, on: Date) -> String {
    let [id, choice] = [id, choice].map(|text| toml::Value::from(text).to_string());
    format!("[[decision]]\nquestion = {id}\nchoice = {choice}\nby = \"\"\non = {on}\n\n")
}

impl QuestionGroup {
    /// Whether any answer moves a last day, or brings or lifts a duty.
    pub fn moves_a_date(&self) -> bool {
        let alone = self.items.iter().flat_map(|item| &item.choices).map(|c| &c.effect);
        alone.chain(self.choices.iter().map(|c| &c.effect)).any(Effect::moves_a_date)
    }
}
