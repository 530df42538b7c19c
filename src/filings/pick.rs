//! Which options of a list the record's values pick.

use super::answer::{Answer, State};
use super::fact::Value;
use super::facts::Facts;
use super::fill::Filler;
use super::form::{Field, FieldKind};
use super::slots::Slot;
use super::words::put;
use crate::finding::{Finding, Place, Severity};

impl Filler<'_, '_> {
    /// A list: the options whose values the record holds.
    pub(super) fn pick(&mut self, field: &Field, facts: &Facts, answer: &mut Answer) {
        let groups = &self.scene.forms.groups;
        let (mut ids, mut number, mut loose) = (Vec::new(), None, Vec::new());
        for slot in &field.maps_to {
            let fact = facts.get(self.scene, slot);
            self.settle(slot, &fact, answer);
            answer.facts.extend(fact.value.clone().map(|value| (slot.clone(), value)));
            match fact.value {
                Some(Value::Ids(list)) => ids.extend(list),
                Some(Value::Flag(flag)) => {
                    ids.push((if flag { "yes" } else { "no" }.to_owned(), String::new()));
                }
                Some(Value::Number(n)) => number = Some(n),
                Some(other) => loose.extend(self.texts(&other, self.form.date_format)),
                None => {}
            }
        }
        let mut caught = vec![false; ids.len()];
        for (option, choice) in field.options.iter().zip(&mut answer.options) {
            if option.by_hand || option.rest {
                continue;
            }
            for (i, (id, _)) in ids.iter().enumerate() {
                let takes = if option.when.is_empty() {
                    option.id == *id
                } else {
                    option.when.iter().any(|word| groups.takes(word, id))
                };
                if takes {
                    choice.chosen = true;
                    caught[i] = true;
                }
            }
            if let Some(n) = number
                && (option.at_least.is_some() || option.at_most.is_some())
            {
                choice.chosen = option.at_least.is_none_or(|least| n >= least)
                    && option.at_most.is_none_or(|most| n <= most);
            }
        }
        let left: Vec<&(String, String)> =
            ids.iter().zip(&caught).filter(|(_, caught)| !**caught).map(|(id, _)| id).collect();
        let about_data = field.maps_to.contains(&Slot::DataTypes);
        let rest = field.options.iter().position(|o| o.rest);
        if !left.is_empty() {
            match rest {
                Some(at) => answer.options[at].chosen = true,
                // A list below another of the same kind is not the place for the rest.
                None if about_data && field.depends_on.is_some() => {}
                None if about_data => {
                    let names: Vec<&str> = left.iter().map(|(_, label)| label.as_str()).collect();
                    answer.notes.push(put(
                        &self.scene.forms.words.note("not_on_list"),
                        &[("list", &names.join(", "))],
                    ));
                }
                None => self.outside(field, &left, answer),
            }
        }
        let chosen = answer.options.iter().filter(|o| o.chosen).count();
        let nothing = chosen == 0 && !(about_data && field.kind == FieldKind::Checkbox);
        if matches!(answer.state, State::Answered)
            && (nothing || (chosen > 1 && field.kind == FieldKind::Choice))
        {
            self.ask(field, answer, if nothing { "form_choice" } else { "one_only" });
        }
        answer.values.extend(loose);
    }

    /// Values that no option takes: a slip for lists that the incident fills by option ids, a
    /// matter of judgment otherwise.
    fn outside(&mut self, field: &Field, left: &[&(String, String)], answer: &mut Answer) {
        let by_id = field.maps_to.iter().find_map(|slot| match slot {
            Slot::IncidentSafeguardsBefore => Some("breach.safeguards_before"),
            Slot::IncidentActionsTaken => Some("breach.actions_taken"),
            Slot::IncidentAttackType => Some("filing.attack_type"),
            _ => None,
        });
        for (id, _) in left {
            let Some(key) = by_id else { continue };
            let allowed: Vec<&str> = field.options.iter().map(|o| o.id.as_str()).collect();
            self.findings.push(
                Finding::new(
                    code!("filing.unknown_option"),
                    Severity::Warning,
                    format!("`{id}` in `{key}` is no option of \"{}\"", field.label),
                )
                .at(Place::file("incident.toml"))
                .remedy(format!("choose from {}", allowed.join(", "))),
            );
        }
        if matches!(answer.state, State::Answered) {
            self.ask(field, answer, "form_choice");
        }
    }

    /// Spells out what fell to an earlier list's rest option.
    pub(super) fn rest(&self, parent: &str, facts: &Facts, answer: &mut Answer) {
        let groups = &self.scene.forms.groups;
        let Some(list) = self.form.rows().iter().find(|f| f.id == parent) else { return };
        let taken = |id: &str| {
            list.options.iter().filter(|o| !o.rest).any(|o| {
                if o.when.is_empty() {
                    o.id == id
                } else {
                    o.when.iter().any(|w| groups.takes(w, id))
                }
            })
        };
        let left: Vec<String> = facts
            .elements
            .iter()
            .filter(|(id, _)| !taken(id))
            .map(|(_, label)| label.clone())
            .collect();
        answer.values = vec![left.join(", ")];
    }
}
