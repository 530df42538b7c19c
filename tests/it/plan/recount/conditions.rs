//! What a rule's `when` asks, answered.

use super::law::{list, number, rows, text};
use super::story::Crowd;
use super::{Ids, Known, Recount, Truth};
use toml::{Table, Value};

/// One part of the people under one law.
pub(super) struct Case<'c> {
    pub file: &'c Table,
    pub statute_id: &'c str,
    pub crowd: &'c Crowd,
    /// Everything exposed of anybody counted for the same party.
    pub exposed: Ids,
    pub matched: u64,
    pub others: bool,
}

impl Recount<'_> {
    pub(super) fn test(&self, when: Option<&Value>, case: &Case<'_>) -> Truth {
        let Some(when) = when.and_then(Value::as_table) else { return Truth::Yes };
        let known = || {
            let key = (case.crowd.party, case.crowd.part);
            self.definition(case.file, case.statute_id, key)
        };
        self.condition(when, case, &known)
    }

    pub(super) fn test_without_definition(&self, when: Option<&Value>, case: &Case<'_>) -> Truth {
        let Some(when) = when.and_then(Value::as_table) else { return Truth::Yes };
        self.condition(when, case, &|| None)
    }

    fn condition(
        &self,
        when: &Table,
        case: &Case<'_>,
        definition: &dyn Fn() -> Option<Known>,
    ) -> Truth {
        let party = &self.story.parties[case.crowd.party];
        let part = &self.story.parts[case.crowd.part];
        let code = text(case.file, "code");
        let mut open: Option<Option<String>> = None;
        for (key, value) in when {
            let among = || list(when, key);
            let ids = || -> Ids { list(when, key).into_iter().map(str::to_owned).collect() };
            let held = match key.as_str() {
                "role" => among().contains(&self.story.role),
                "entity_kind" => among().contains(&party.kind),
                "entity_subtype" => among().contains(&party.subtype),
                "licence" => party
                    .licences
                    .iter()
                    .any(|(state, kind)| *state == code && among().contains(kind)),
                "elements_any" => case.exposed.iter().any(|e| self.falls(e, &ids())),
                "elements_only" => {
                    let known = definition();
                    case.exposed
                        .iter()
                        .filter(|e| match &known {
                            Some(known) => [&known.alone, &known.with_code, &known.if_usable]
                                .into_iter()
                                .any(|list| self.falls(e, list)),
                            None => !self.law.of(e).is_empty(),
                        })
                        .all(|e| self.falls(e, &ids()))
                }
                "breach_type" => among().contains(&part.kind),
                "medium" => among().into_iter().any(|medium| {
                    part.locations.iter().any(|l| (*l == "paper_films") == (medium == "paper"))
                }),
                "residents_at_least" => case.matched >= number(when, key).unwrap(),
                "residents_at_most" => case.matched <= number(when, key).unwrap(),
                "question" => {
                    open = Some(open.flatten().or(Some(text(when, key).to_owned())));
                    true
                }
                "any" => {
                    let all: Vec<Truth> = rows(when, key)
                        .into_iter()
                        .map(|inner| self.condition(inner, case, definition))
                        .collect();
                    if all.iter().any(|t| matches!(t, Truth::Yes)) {
                        true
                    } else if all.iter().all(|t| matches!(t, Truth::No)) {
                        false
                    } else {
                        let asked = all.into_iter().find_map(|t| match t {
                            Truth::Ask(question) => question,
                            _ => None,
                        });
                        open = Some(open.flatten().or(asked));
                        true
                    }
                }
                "not" => match self.condition(value.as_table().unwrap(), case, definition) {
                    Truth::Yes => false,
                    Truth::No => true,
                    Truth::Ask(question) => {
                        open = Some(open.flatten().or(question));
                        true
                    }
                },
                flag => {
                    let is = match flag {
                        "patients" => self.patient(case.crowd),
                        "others_counted" => case.others,
                        "hold_used" => self.story.waits.iter().any(|w| w.codes.contains(&code)),
                        // No party of a story belongs to a government or to such a program.
                        "harm_excluded" | "parent_company" | "public_body" | "part2_program"
                        | "publicly_traded" => false,
                        "hipaa_late" => self.is_late(case),
                        "hhs_report" => self.hhs.contains_key(&case.crowd.party),
                        "protection_offered" => {
                            case.exposed.iter().any(|e| self.story.protected.contains(&e.as_str()))
                        }
                        other => panic!("the recount does not know the condition `{other}`"),
                    };
                    value.as_bool() == Some(is)
                }
            };
            if !held {
                return Truth::No;
            }
        }
        open.map_or(Truth::Yes, Truth::Ask)
    }
}
