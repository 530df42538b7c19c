//! A form's fields answered from the record.

use super::answer::{Answer, Choice, State};
use super::decisions;
use super::fact::{Fact, FactState, Value};
use super::facts::{Facts, Scene, Subject};
use super::form::{DateFormat, DependsOn, Field, FieldBlock, FieldKind, Form, Repeat};
use super::slots::Slot;
use super::words::put;
use crate::finding::{Finding, Findings, Place, Severity};

/// Answers every row of a form in its order.
pub(super) fn fill(
    form: &Form,
    scene: &Scene,
    subject: &Subject,
    facts: &Facts,
    findings: &mut Findings,
) -> Vec<Answer> {
    let filler = Filler { form, scene, subject, findings };
    filler.run(facts)
}

/// Answers one row outside the form's order, such as a content that the law asks for.
pub(super) fn fill_row(
    field: &Field,
    form: &Form,
    scene: &Scene,
    subject: &Subject,
    facts: &Facts,
    findings: &mut Findings,
) -> Answer {
    Filler { form, scene, subject, findings }.answer(field, None, facts, &[])
}

pub(super) struct Filler<'a, 's> {
    pub(super) form: &'a Form,
    pub(super) scene: &'a Scene<'s>,
    pub(super) subject: &'a Subject<'s>,
    pub(super) findings: &'a mut Findings,
}

impl Filler<'_, '_> {
    fn run(mut self, facts: &Facts) -> Vec<Answer> {
        let mut answers: Vec<Answer> = Vec::new();
        let rows = self.form.rows();
        let mut at = 0;
        while at < rows.len() {
            let block = rows[at].block.as_deref();
            let same = rows[at..].iter().take_while(|f| f.block.as_deref() == block).count();
            let group = &rows[at..at + same];
            let found = self.form.blocks.iter().find(|b| Some(b.id.as_str()) == block);
            match found {
                Some(block) => self.block(block, group, facts, &mut answers),
                None => {
                    for field in group {
                        let answer = self.answer(field, None, facts, &answers);
                        answers.push(answer);
                    }
                }
            }
            at += same;
        }
        answers
    }

    /// A block once, or once per covered entity.
    fn block(
        &mut self,
        block: &FieldBlock,
        fields: &[Field],
        facts: &Facts,
        answers: &mut Vec<Answer>,
    ) {
        if !open(block.depends_on.as_ref(), answers) {
            return;
        }
        let each = match block.repeat {
            Some(Repeat::CoveredEntity) => self.subject.entities.clone(),
            None => Vec::new(),
        };
        if each.len() < 2 {
            for field in fields {
                let answer = self.answer(field, Some(block.label.clone()), facts, answers);
                answers.push(answer);
            }
            return;
        }
        let total = each.len().to_string();
        for (number, entity) in each.into_iter().enumerate() {
            let subject = Subject { entities: vec![entity], ..self.subject.clone() };
            let own = Facts::gather(self.scene, &subject);
            let label = put(
                &self.scene.forms.words.page("block_number"),
                &[("block", &block.label), ("n", &(number + 1).to_string()), ("of", &total)],
            );
            for field in fields {
                let answer = self.answer(field, Some(label.clone()), &own, answers);
                answers.push(answer);
            }
        }
    }

    fn answer(
        &mut self,
        field: &Field,
        block: Option<String>,
        facts: &Facts,
        earlier: &[Answer],
    ) -> Answer {
        let mut answer = Answer {
            id: field.id.clone(),
            section: self.section(field),
            block,
            label: field.label.clone(),
            kind: field.kind,
            maps_to: field.maps_to.clone(),
            facts: Vec::new(),
            values: Vec::new(),
            options: field
                .options
                .iter()
                .map(|o| Choice { id: o.id.clone(), label: o.label.clone(), chosen: false })
                .collect(),
            required: field.required,
            state: State::Answered,
            notes: Vec::new(),
            limit: field.limit,
        };
        if !field.note.is_empty() {
            answer.notes.push(field.note.clone());
        }
        if !open(field.depends_on.as_ref(), earlier) {
            answer.state = State::NotApplicable;
            return answer;
        }
        if self.decided(field, &mut answer) {
            return answer;
        }
        if field.maps_to.is_empty() {
            self.by_hand(field, &mut answer);
        } else if let Some(parent) = &field.rest_of {
            self.rest(parent, facts, &mut answer);
        } else if field.options.is_empty() {
            self.plain(field, facts, &mut answer);
        } else {
            self.pick(field, facts, &mut answer);
        }
        self.check(field, facts, &mut answer);
        answer
    }

    fn section(&self, field: &Field) -> String {
        let screen = self.form.screens.iter().find(|s| s.id == field.section);
        screen.map_or_else(|| field.section.clone(), |s| s.title.clone())
    }

    /// `[[decision]] question = "filing.<rule>.<field>"` settles one field of one filing.
    fn decided(&mut self, field: &Field, answer: &mut Answer) -> bool {
        let question = self.question(field);
        let Some(decision) = self.scene.decided(&question) else { return false };
        let choice = &decision.choice;
        answer.notes.push(self.scene.forms.words.note("decided"));
        if field.options.is_empty() {
            answer.values = vec![choice.trim().to_owned()];
            return true;
        }
        let wanted: Vec<&str> = choice.split(';').map(str::trim).collect();
        let allowed: Vec<&str> = field.options.iter().map(|o| o.id.as_str()).collect();
        for id in &wanted {
            if !allowed.contains(id) {
                self.findings.push(
                    Finding::new(
                        code!("filing.unknown_option"),
                        Severity::Warning,
                        format!("`{id}` is no option of `{question}`"),
                    )
                    .at(decisions::place(decision))
                    .remedy(format!("choose from {}", allowed.join(", "))),
                );
                return false;
            }
        }
        for option in &mut answer.options {
            option.chosen = wanted.contains(&option.id.as_str());
        }
        true
    }

    fn question(&self, field: &Field) -> String {
        format!("filing.{}.{}", self.subject.duty.rule, field.id)
    }

    /// Nothing in the record answers it.
    fn by_hand(&self, field: &Field, answer: &mut Answer) {
        if field.default.is_some() {
            for option in &mut answer.options {
                option.chosen = Some(&option.id) == field.default.as_ref();
            }
            answer.notes.push(self.scene.forms.words.note("by_default"));
        } else {
            self.ask(field, answer, "form_choice");
        }
    }

    pub(super) fn ask(&self, field: &Field, answer: &mut Answer, ask: &str) {
        answer.state = State::ToChoose {
            question: self.question(field),
            ask: put(&self.scene.forms.words.ask(ask), &[("label", &field.label)]),
        };
    }

    /// A field without a known list: the values themselves.
    fn plain(&self, field: &Field, facts: &Facts, answer: &mut Answer) {
        let several = field.maps_to.len() > 1;
        for slot in &field.maps_to {
            let fact = facts.get(self.scene, slot);
            self.settle(slot, &fact, answer);
            let Some(value) = &fact.value else { continue };
            answer.facts.push((slot.clone(), value.clone()));
            let texts = match value {
                // A list of single days has no place for a range.
                Value::Span(start, end) if field.repeatable && start != end => {
                    self.texts(&Value::Days(vec![*start, *end]), self.form.date_format)
                }
                value => self.texts(value, self.form.date_format),
            };
            let long = matches!(field.kind, FieldKind::Text | FieldKind::LongText);
            if several {
                let line =
                    if long || texts.len() < 2 { texts.join("; ") } else { texts.join("\n") };
                answer.values.push(put(
                    &self.scene.forms.words.page("part"),
                    &[("label", &self.scene.forms.words.slot(&slot.name())), ("value", &line)],
                ));
            } else if field.repeatable || field.kind.chooses() {
                answer.values.extend(texts);
            } else {
                answer.values.push(texts.join("; "));
            }
        }
        if field.kind.chooses() && matches!(answer.state, State::Answered) {
            answer.notes.push(self.scene.forms.words.note("options_unknown"));
        }
    }

    /// Carries a fact's standing over to the answer; what is open wins over what is known.
    pub(super) fn settle(&self, slot: &Slot, fact: &Fact, answer: &mut Answer) {
        let words = &self.scene.forms.words;
        for note in &fact.notes {
            let note = words.note(note);
            if !answer.notes.contains(&note) {
                answer.notes.push(note);
            }
        }
        match (&fact.standing, &mut answer.state) {
            (FactState::Missing(more), State::Missing { keys }) => keys.extend(more.clone()),
            (FactState::Missing(keys), state) => *state = State::Missing { keys: keys.clone() },
            (FactState::Ask(question), state @ (State::Answered | State::NotApplicable)) => {
                let ask = words.ask(question);
                let ask = if ask == *question {
                    put(&words.ask("slot"), &[("label", &words.slot(&slot.name()))])
                } else {
                    ask
                };
                *state = State::ToChoose { question: question.clone(), ask };
            }
            (FactState::Attach(file), state @ State::Answered) => {
                *state = State::Attachment { file: file.clone() };
            }
            (FactState::NotApplicable, state @ State::Answered) if answer.values.is_empty() => {
                *state = State::NotApplicable;
            }
            (FactState::Known, state @ State::NotApplicable) => *state = State::Answered,
            _ => {}
        }
    }

    pub(super) fn texts(&self, value: &Value, format: DateFormat) -> Vec<String> {
        let words = &self.scene.forms.words;
        match value {
            Value::Text(text) => vec![text.clone()],
            Value::Number(n) => vec![n.to_string()],
            Value::Days(days) => days.iter().map(|day| format.write(*day)).collect(),
            Value::Span(start, end) if start == end => vec![format.write(*start)],
            Value::Span(start, end) => vec![put(
                &words.page("span"),
                &[("start", &format.write(*start)), ("end", &format.write(*end))],
            )],
            Value::Ids(list) => list.iter().map(|(_, label)| label.clone()).collect(),
            Value::Flag(flag) => vec![words.value(if *flag { "yes" } else { "no" })],
        }
    }

    /// Limits and figures that look like stand-ins.
    fn check(&mut self, field: &Field, facts: &Facts, answer: &mut Answer) {
        let words = &self.scene.forms.words;
        if answer.excess() > 0 {
            let (length, limit) = (answer.text().chars().count(), field.limit.unwrap_or(0));
            answer.notes.push(words.note("over_limit"));
            self.findings.push(
                Finding::new(
                    code!("filing.over_limit"),
                    Severity::Warning,
                    format!(
                        "\"{}\" of `{}` has {length} characters, the form takes {limit}",
                        field.label, self.subject.duty.id
                    ),
                )
                .at(Place::file("incident.toml"))
                .remedy(format!(
                    "{}answer `[[decision]] question = \"{}\"` for this form alone",
                    if field.maps_to.contains(&Slot::Description) {
                        "shorten `regulator_description` under `[breach]`, or "
                    } else {
                        ""
                    },
                    self.question(field)
                )),
            );
        }
        for option in &field.options {
            let slot = Slot::named(&option.goes_with);
            let fact = slot.and_then(|slot| facts.get(self.scene, &slot).value);
            let chosen = answer.options.iter().any(|o| o.id == option.id && o.chosen);
            if fact == Some(Value::Flag(true)) && !chosen {
                self.findings.push(
                    Finding::new(
                        code!("filing.option_left_out"),
                        Severity::Warning,
                        format!(
                            "\"{}\" is not ticked in `{}`, though the incident says so",
                            option.label, self.subject.duty.id
                        ),
                    )
                    .at(Place::file("incident.toml"))
                    .remedy(format!(
                        "add `{}` to the list that fills \"{}\", or answer `[[decision]] question = \
                         \"{}\"`",
                        option.id,
                        field.label,
                        self.question(field)
                    )),
                );
            }
        }
        for slot in &field.maps_to {
            if let Some(Value::Number(n)) = facts.get(self.scene, slot).value
                && field.placeholders.contains(&n)
            {
                // Before a roster it is one, and the filing says so.
                if self.scene.cube.estimated {
                    answer.notes.push(words.note("placeholder_preliminary"));
                    continue;
                }
                answer.notes.push(words.note("placeholder"));
                self.findings.push(
                    Finding::new(
                        code!("filing.placeholder_count"),
                        Severity::Warning,
                        format!(
                            "the count {n} of `{}` reads like a placeholder",
                            self.subject.duty.id
                        ),
                    )
                    .remedy("confirm the roster is complete, and say so in the description"),
                );
            }
        }
    }
}

/// Whether a dependency's answer opens what depends on it; an open question keeps it in sight.
fn open(depends: Option<&DependsOn>, earlier: &[Answer]) -> bool {
    let Some(depends) = depends else { return true };
    let Some(parent) = earlier.iter().rev().find(|a| a.id == depends.field) else { return true };
    let chosen = parent.chosen();
    if parent.open() && chosen.is_empty() {
        return true;
    }
    chosen.iter().any(|id| depends.is.iter().any(|wanted| wanted == id))
}
