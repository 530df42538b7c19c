//! The plan and the letters as they would be if counsel decided otherwise.

use super::effect::Effect;
use crate::finding::Findings;
use crate::incident::{Day, Decision, Incident};
use crate::letters::{Kind, Kinds, Writer};
use crate::matter::compose::letter_words;
use crate::matter::compose::letter_words::LetterWords;
use crate::matter::open::Matter;
use crate::matter::refusal::Refusal;
use crate::plan::{Cube, Plan};
use crate::typeset::FontSet;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is known of a wave as it is: people and plan.
pub struct Counted<'a> {
    pub plan: &'a Plan,
    cube: &'a Cube,
    letters: Option<Letters<'a>>,
}

/// What the letters are composed with, and what everybody's letter says now.
struct Letters<'a> {
    kinds: &'a Kinds,
    fonts: Arc<FontSet>,
    words: LetterWords<'a>,
    now: BTreeMap<&'a Kind, u64>,
}

/// On whose letters an answer may bear.
pub enum Bearing {
    Everybody,
    /// By code; none: nobody's.
    ResidentsOf(Vec<String>),
}

impl<'a> Counted<'a> {
    /// `kinds`: the people by all that their letters turn on; none while there are only estimates.
    ///
    /// # Errors
    /// Templates that cannot be used.
    pub fn new(
        matter: &'a Matter,
        cube: &'a Cube,
        kinds: Option<&'a Kinds>,
        plan: &'a Plan,
    ) -> Result<Self, Refusal> {
        let letters = match kinds {
            None => None,
            Some(kinds) => {
                let fonts = letter_words::fonts(matter, &mut Findings::default());
                let words = LetterWords::load(matter)?;
                let writer = words.writer(matter, plan, &fonts)?;
                let now = said(&writer, kinds.keys());
                drop(writer);
                Some(Letters { kinds, fonts, words, now })
            }
        };
        Ok(Self { plan, cube, letters })
    }

    /// What some answers would change.
    pub(super) fn effect(
        &self,
        matter: &Matter,
        answers: &[(&str, &str)],
        bearing: &Bearing,
    ) -> Effect {
        let supposed = matter.supposing(decided(&matter.incident, answers, self.plan));
        let (then, _) = supposed.plan(self.cube, self.plan.as_of);
        let mut effect = Effect::between(self.plan, &then);
        effect.letters = self.letters.as_ref().and_then(|l| l.differing(&supposed, &then, bearing));
        effect
    }
}

impl Letters<'_> {
    /// How many people's letters say something else; none where they cannot be composed.
    fn differing(&self, supposed: &Matter, plan: &Plan, bearing: &Bearing) -> Option<u64> {
        let concerned = self.kinds.iter().filter(|(kind, _)| match bearing {
            Bearing::Everybody => true,
            Bearing::ResidentsOf(states) => states.contains(&kind.cell.jurisdiction),
        });
        if concerned.clone().next().is_none() {
            return Some(0);
        }
        let words = self.words.of(supposed);
        let writer = words.again(supposed, plan, &self.fonts).ok()?;
        let then = said(&writer, concerned.clone().map(|(kind, _)| kind));
        let other = concerned.filter(|(kind, _)| self.now.get(kind) != then.get(kind));
        Some(other.map(|(_, pieces)| pieces).sum())
    }
}

/// What the letters of some kinds of people say, as digests.
fn said<'k>(writer: &Writer<'_>, kinds: impl Iterator<Item = &'k Kind>) -> BTreeMap<&'k Kind, u64> {
    kinds.filter_map(|kind| Some((kind, writer.says(kind)?))).collect()
}

/// The incident with some questions answered.
fn decided(incident: &Incident, answers: &[(&str, &str)], plan: &Plan) -> Incident {
    let mut incident = incident.clone();
    for (question, choice) in answers {
        incident.decisions.push(Decision {
            question: (*question).to_owned(),
            choice: (*choice).to_owned(),
            by: String::new(),
            on: Day(plan.as_of),
            place: None,
        });
    }
    incident
}
