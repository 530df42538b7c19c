//! What filings leave to counsel, as questions with ids that a `[[decision]]` answers.

use super::answer::State;
use super::facts::ENTITY_NAMED;
use super::filing::Filing;
use super::slots::Slot;
use super::words::put;
use crate::plan::Question;
use std::collections::BTreeMap;

/// Every open choice once, by id. None of them keeps a wave of letters waiting.
pub fn questions(filings: &[Filing]) -> Vec<Question> {
    let mut found: BTreeMap<&str, Question> = BTreeMap::new();
    let names = Slot::RosterNames.question();
    for filing in filings {
        for answer in &filing.fields {
            let State::ToChoose { question, ask } = &answer.state else { continue };
            found.entry(question).or_insert_with(|| Question {
                id: question.clone(),
                text: ask.clone(),
                choices: match question.as_str() {
                    ENTITY_NAMED => vec!["sender".to_owned(), "covered_entity".to_owned()],
                    asked if asked == names => vec!["send".to_owned(), "withhold".to_owned()],
                    _ => answer.options.iter().map(|o| o.id.clone()).collect(),
                },
                default: match question.as_str() {
                    asked if asked == names => "withhold".to_owned(),
                    _ => answer.chosen().join("; "),
                },
                answer: None,
                citation: filing.duty.citation.clone(),
                blocking: false,
            });
        }
    }
    let mut questions: Vec<Question> = found.into_values().collect();
    questions.extend(count_basis(filings));
    questions.sort_by(|a, b| a.id.cmp(&b.id));
    questions
}

/// One question for all filings whose residents are more than the statute counts.
fn count_basis(filings: &[Filing]) -> Option<Question> {
    let open: Vec<&Filing> = filings.iter().filter(|filing| filing.counts.basis_open).collect();
    let words = &open.first()?.words;
    let each = open.iter().map(|filing| {
        let (residents, statute) = (filing.counts.residents, filing.counts.statute);
        let figures = [
            ("duty", filing.duty.id.as_str()),
            ("residents", &residents.to_string()),
            ("statute", &statute.to_string()),
        ];
        put(&words.page("count_basis_each"), &figures)
    });
    let list = each.collect::<Vec<_>>().join("; ");
    Some(Question {
        id: "filing.count_basis".to_owned(),
        text: put(&words.ask("filing.count_basis"), &[("list", &list)]),
        choices: vec!["residents".to_owned(), "statute".to_owned()],
        default: "residents".to_owned(),
        answer: None,
        citation: String::new(),
        blocking: false,
    })
}
