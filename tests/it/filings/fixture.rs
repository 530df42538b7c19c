//! A small incident, its cube and a plan made by hand.

use jiff::civil::date;
use noticeworks::filings::{Answer, Filing, Forms};
use noticeworks::incident::{EntityIx, Incident, StrandIx};
use noticeworks::law::{Clock, Comparator, Confidence, DutyKind};
use noticeworks::plan::{Arises, Carrier, Cell, Cube, Duty, Outcome, Plan};
use noticeworks::roster::{ElementSet, Population, Recipient};

pub const INCIDENT: &str = r#"
id = "lakeshore-2026"
[sender]
name = "Lakeshore Care Analytics, Inc."
role = "business_associate"
return_address = ["Return Mail Processing", "PO Box 5550", "Springfield, IL 62701"]
phone = "1-800-555-0142"
address = ["500 Lakeshore Drive", "Suite 9", "Springfield, IL 62701"]
signatory = { name = "Dana Reyes" }
contact = { name = "Ada Counsel", title = "Partner", phone = "312-555-0101", email = "ada@counsel.example", firm = "Counsel & Counsel LLP", relationship = "outside counsel", address = ["1 Law Street", "Chicago, IL 60601"] }

[[covered_entity]]
id = "harbor-health"
name = "Harbor Health System"
kind = "healthcare_provider"
address = ["1 Harbor Way", "Portland, ME 04101"]
contact = { name = "Pat de la Mar", phone = "207-555-0110", email = "privacy@harbor.example" }
wisp = true
agency = "independent"

[[covered_entity]]
id = "pine-plan"
name = "Pine Employees Health Plan"
kind = "health_plan"
address = ["9 Pine Road", "Austin, TX 78701"]

[[strand]]
id = "transfer-server"
windows = [{ start = 2026-05-28, end = 2026-05-31, certainty = "confirmed" }]
discovered = 2026-07-30
determined = 2026-08-26
elements_certainty = "confirmed"
type = "hacking_it_incident"
locations = ["network_server"]

[breach]
what_happened = "Somebody copied files."
what_we_are_doing = "We *replaced* the server.\n\n- New keys\n- New checks"
regulator_description = "An unauthorized party copied files from a transfer server."
safeguards_before = ["privacy_rule", "security_technical"]
actions_taken = ["new_technical_safeguards", "credit_monitoring"]
law_enforcement_notified = true

[[wave]]
id = "w1"
roster = "roster.csv"
mail_on = 2026-09-18

[[data_element]]
id = "name"
letter = "name"
[[data_element]]
id = "ssn"
letter = "Social Security number"
[[data_element]]
id = "diagnosis"
letter = "diagnosis"
[[data_element]]
id = "billing"
letter = "billing information"
[[data_element]]
id = "user_tracking_data"
letter = "website visits"

[[protection]]
provider = "Sentinel Example ID"
recipients = ["adult"]
months = 24
offered_for = ["ssn"]
description = "Credit monitoring with one bureau."
enroll_by = 2027-01-31
"#;

pub fn incident(more: &str) -> Incident {
    toml::from_str(&format!("{INCIDENT}{more}")).expect("the fixture is an incident")
}

pub fn forms() -> Forms {
    let (forms, findings) = Forms::shipped();
    let list: Vec<_> = findings.iter().collect();
    assert!(findings.is_empty(), "{list:#?}");
    forms
}

/// Read once: the property tests ask often.
pub fn forms_once() -> &'static Forms {
    static FORMS: std::sync::OnceLock<Forms> = std::sync::OnceLock::new();
    FORMS.get_or_init(forms)
}

pub fn cell(entity: usize, state: &str, elements: &[usize], outcome: Outcome) -> Cell {
    Cell {
        entity: EntityIx::new(entity),
        strand: StrandIx::FIRST,
        jurisdiction: state.to_owned(),
        elements: elements.iter().copied().collect::<ElementSet>(),
        population: Population::Patient,
        recipient: Recipient::Adult,
        outcome,
    }
}

/// Harbor: 1,206 patients (12 unreachable, 3 not written to) and 5 employees; Pine: 310 patients.
pub fn cube() -> Cube {
    let mut cube = Cube::default();
    let mut put = |cell: Cell, n: u64| {
        *cube.rows.entry(cell.outcome).or_default() += n;
        cube.cells.insert(cell, n);
    };
    put(cell(0, "ME", &[0, 1, 2], Outcome::ToMail), 700);
    put(cell(0, "ME", &[0, 2], Outcome::ToMailAndEmail), 200);
    put(cell(0, "CA", &[0, 2, 3], Outcome::ToMail), 281);
    put(cell(0, "CA", &[0, 4], Outcome::Held), 4);
    put(cell(0, "ME", &[0, 2], Outcome::Substitute), 12);
    put(cell(0, "", &[0, 1], Outcome::ToMail), 6);
    put(cell(0, "ME", &[0, 1], Outcome::Excluded), 3);
    put(Cell { population: Population::Employee, ..cell(0, "ME", &[0, 1], Outcome::ToMail) }, 5);
    put(cell(1, "TX", &[0, 1], Outcome::ToMail), 290);
    put(cell(1, "ME", &[0, 1], Outcome::ToMail), 20);
    cube
}

pub fn duty(rule: &str, jurisdiction: &str, kind: DutyKind, entities: &[&str]) -> Duty {
    let single = entities.len() == 1;
    let per_entity = matches!(kind, DutyKind::Hhs | DutyKind::Individual);
    Duty {
        id: if per_entity { format!("{rule}.{}", entities[0]) } else { rule.to_owned() },
        rule: rule.to_owned(),
        jurisdiction: jurisdiction.to_owned(),
        entity: single.then(|| entities[0].to_owned()),
        entities: entities.iter().map(|e| (*e).to_owned()).collect(),
        kind,
        recipient: format!("The regulator of {rule}"),
        arises: Arises::Yes,
        count: 0,
        threshold: 1,
        comparator: Comparator::AtLeast,
        due: Some(date(2026, 9, 28)),
        recommended: None,
        due_hours: None,
        clock: Clock::WithIndividualNotice,
        clock_started: None,
        matched: 0,
        done_on: None,
        citation: "a citation".to_owned(),
        confidence: Confidence::High,
        carrier: Carrier::Sender,
        reason: String::new(),
        timing: String::new(),
        required_content: Vec::new(),
        method: "any".to_owned(),
        url: String::new(),
        source: String::new(),
    }
}

pub fn plan(duties: Vec<Duty>) -> Plan {
    Plan {
        as_of: date(2026, 9, 18),
        mail_on: date(2026, 9, 18),
        estimated: false,
        law_pack: "2026.11 (sha256 00)".to_owned(),
        duties,
        questions: Vec::new(),
        profiles: Vec::new(),
        not_covered: Vec::new(),
    }
}

pub fn make(incident: &Incident, plan: &Plan) -> (Vec<Filing>, noticeworks::finding::Findings) {
    noticeworks::filings::make(incident, &cube(), plan, &forms(), plan.as_of)
}

/// One line a field: id, state, text (options by id), keys or question.
pub fn lines(filing: &Filing) -> String {
    filing.fields.iter().map(line).collect::<Vec<_>>().join("\n")
}

pub fn line(answer: &Answer) -> String {
    use noticeworks::filings::State;
    let text = if answer.options.is_empty() {
        answer.text().replace('\n', " / ")
    } else {
        format!("[{}]", answer.chosen().join(" "))
    };
    let more = match &answer.state {
        State::Missing { keys } => format!(" <- {}", keys.join(", ")),
        State::ToChoose { question, .. } => format!(" ?? {question}"),
        State::Attachment { file } => format!(" @ {file}"),
        State::Answered | State::NotApplicable => String::new(),
    };
    format!("{} {}: {text}{more}", answer.id, answer.state.label())
}

/// Letters posted on a day to people of these covered entities and states.
pub fn posted_on(day: jiff::civil::Date, whose: &[(u16, &str)]) -> noticeworks::filings::Posted {
    let mut posted = noticeworks::filings::Posted::default();
    for (entity, state) in whose {
        let days =
            posted.days.entry((EntityIx::new((*entity).into()), (*state).to_owned())).or_default();
        days.insert(noticeworks::incident::Day(day));
    }
    posted
}
