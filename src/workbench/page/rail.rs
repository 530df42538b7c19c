//! The rail: the steps of the work and how each stands. It is the runbook.

use serde::Serialize;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    Done,
    /// A person has to do something.
    Needs,
    /// Somebody else, or a day, is waited for.
    Waits,
    /// An earlier step comes first.
    Locked,
    /// Nothing is asked here.
    #[default]
    Open,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Step {
    pub name: &'static str,
    pub href: String,
    pub state: StepState,
    /// The state in a few words.
    pub says: String,
    pub here: bool,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Rail {
    /// The incident's title.
    pub incident: String,
    pub home: String,
    pub steps: Vec<Step>,
    /// Where the next deadline is.
    pub deadline: String,
    pub waits: String,
    /// A piece of work is on its way: its page.
    pub working: String,
    pub work: String,
}
