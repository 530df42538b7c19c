//! What filings leave to counsel, as questions with ids that a `[[decision]]` answers.

use super::answer::State;
use super::facts::ENTITY_NAMED;
use super::filing::Filing;
use crate::plan::Question;
use std::collections::BTreeMap;

/// Every open choice once, by id. None of them keeps a wave of letters waiting.
pub fn questions(filings: &[Filing]) -> Vec<Question> {
    let mut found: BTreeMap<&str, Question> = BTreeMap::new();
    for filing in filings {
        for answer in &filing.fields {
            let State::ToChoose { question, ask } = &answer.state else { continue };
            found.entry(question).or_insert_with(|| Question {
                id: question.clone(),
                text: ask.clone(),
                choices: match question.as_str() {
                    ENTITY_NAMED => vec!["sender".to_owned(), "covered_entity".to_owned()],
                    _ => answer.options.iter().map(|o| o.id.clone()).collect(),
                },
                default: answer.chosen().join("; "),
                answer: None,
                citation: filing.citation.clone(),
                blocking: false,
            });
        }
    }
    found.into_values().collect()
}
