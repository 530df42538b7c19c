//! How and when people are told: `notice.*`, `cra.*`, `attachment.*`, `filing.*`.

use super::{Facts, Scene, Subject};
use crate::filings::fact::{Fact, Value};
use crate::filings::slots::Slot;
use crate::incident::{Day, WaveKind};
use crate::law::DutyKind;
use crate::plan::{Arises, Duty, Outcome};

pub(super) fn add(facts: &mut Facts, scene: &Scene, subject: &Subject) {
    days(facts, scene, subject);
    methods(facts, scene, subject);
    media(facts, scene, subject);
    attachments(facts, scene, subject);
    let words = &scene.forms.words;
    let one = |id: &str| Value::Ids(vec![(id.to_owned(), words.value(id))]);
    let update = scene
        .occasion
        .wave(scene.incident)
        .is_some_and(|w| matches!(w.kind, WaveKind::Supplemental | WaveKind::Correction));
    let update = subject.amends.is_some() || (update && !subject.filed);
    facts.set(Slot::FilingKind, Fact::known(one(if update { "update" } else { "initial" })));
    facts.set(
        Slot::FilingNumber,
        match &subject.amends {
            Some(filed) => Fact::known(Value::Text(filed.number.clone())),
            None if update => Fact::missing("noticeworks filings record").noted("record_first"),
            None => Fact::not_applicable("first_report"),
        },
    );
    facts.set(Slot::FilingRule, Fact::known(one(&subject.duty.rule)));
    facts.set(Slot::FilingSubmittedOn, Fact::not_applicable("set_on_submission"));
    facts.set(Slot::FilingAuthorized, Fact::to_decide(&Slot::FilingAuthorized, None));
    facts.set(
        Slot::FilingNeeded,
        match subject.duty.arises {
            Arises::Yes => Fact::known(Value::Flag(true)),
            Arises::No => Fact::known(Value::Flag(false)),
            Arises::Possible => Fact::ask(subject.duty.id.clone(), Some(Value::Flag(true))),
        },
    );
    facts.set(Slot::CraNotified, bureaus(scene, subject));
    for slot in [Slot::OnRequestForensicReport, Slot::OnRequestPolicies, Slot::OnRequestSteps] {
        facts.set(slot, Fact::not_applicable("on_request"));
    }
}

fn days(facts: &mut Facts, scene: &Scene, subject: &Subject) {
    // A filing speaks of its own people: a mailing that reached none of them is no date of theirs.
    let own = (!subject.federal()).then_some(subject.duty.jurisdiction.as_str());
    let (days, were_posted) = scene.occasion.notice_days(scene.incident, &subject.entities, own);
    let posted = scene.occasion.posted.as_ref();
    let noted = |fact: Fact| if were_posted { fact } else { fact.noted("planned") };
    let key = || Fact::missing("wave.mail_on");
    let day = |day: Option<&Day>| match day {
        Some(day) => noted(Fact::known(Value::Days(vec![*day]))),
        None => key(),
    };
    facts.set(Slot::NoticeStart, day(days.first()));
    facts.set(Slot::NoticeEnd, day(days.last()));
    facts.set(
        Slot::NoticeMailedOn,
        if days.is_empty() { key() } else { noted(Fact::known(Value::Days(days))) },
    );
    facts.set(
        Slot::NoticeProvided,
        match posted {
            None if scene.occasion.before_mailing(scene.incident) => {
                Fact::known(Value::Flag(false)).noted("before_mailing")
            }
            None => Fact::missing("noticeworks confirm letters").noted("confirm_posted"),
            Some(posted) if subject.federal() => {
                Fact::known(Value::Flag(posted.total(&subject.entities) > 0))
            }
            Some(posted) => Fact::known(Value::Flag(
                posted.count(&subject.entities, &subject.duty.jurisdiction) > 0,
            )),
        },
    );
}

/// By what means the people this filing counts are reached, from the cube's outcomes.
fn methods(facts: &mut Facts, scene: &Scene, subject: &Subject) {
    let counted = subject.counted(scene);
    let outcomes = counted.outcomes();
    let any = |test: fn(Outcome) -> bool| outcomes.iter().any(|o| test(*o));
    let mut ids = Vec::new();
    for (id, found) in [
        ("written", any(Outcome::mails)),
        ("electronic", any(Outcome::emails)),
        ("substitute", any(|o| o == Outcome::Substitute)),
    ] {
        if found {
            ids.push((id.to_owned(), scene.forms.words.value(id)));
        }
    }
    facts.set(
        Slot::NoticeMethod,
        if ids.is_empty() {
            Fact::to_decide(&Slot::NoticeMethod, Some(Value::Ids(Vec::new())))
        } else {
            Fact::known(Value::Ids(ids))
        },
    );
    let unreachable = if subject.federal() {
        facts.tally.unreachable_patients
    } else {
        counted.count().unreachable
    };
    facts.set(Slot::NoticeSubstitute, Fact::known(Value::Flag(unreachable > 0)));
    facts.set(Slot::NoticeSubstituteCount, Fact::known(Value::Number(unreachable)));
}

/// States in which prominent media are told, from the plan's media duties.
fn media(facts: &mut Facts, scene: &Scene, subject: &Subject) {
    let about = |duty: &&Duty| duty.kind == DutyKind::Media && shares_entity(scene, subject, duty);
    let states = |arises: Arises| -> Vec<String> {
        let mut states: Vec<String> = scene
            .plan
            .duties
            .iter()
            .filter(about)
            .filter(|d| d.arises == arises)
            .filter_map(|d| d.id.rsplit_once('.').map(|(_, state)| state.to_owned()))
            .filter(|state| subject.federal() || *state == subject.duty.jurisdiction)
            .collect();
        states.sort();
        states.dedup();
        states
    };
    let (sure, possible) = (states(Arises::Yes), states(Arises::Possible));
    let fact = |value: Value| {
        if sure.is_empty() && !possible.is_empty() {
            Fact::to_decide(&Slot::NoticeMedia, Some(value))
        } else {
            Fact::known(value)
        }
    };
    let told = if sure.is_empty() { &possible } else { &sure };
    facts.set(Slot::NoticeMedia, fact(Value::Flag(!told.is_empty())));
    facts.set(
        Slot::NoticeMediaStates,
        fact(Value::Ids(told.iter().map(|s| (s.clone(), s.clone())).collect())),
    );
}

/// Asked only where the plan has a duty to tell the consumer reporting agencies.
fn bureaus(scene: &Scene, subject: &Subject) -> Fact {
    let owed = scene.plan.duties.iter().any(|d| {
        d.kind == DutyKind::Cra
            && d.jurisdiction == subject.duty.jurisdiction
            && d.arises != Arises::No
            && shares_entity(scene, subject, d)
    });
    if owed {
        Fact::to_decide(&Slot::CraNotified, None)
    } else {
        Fact::not_applicable("no_cra_duty")
    }
}

fn shares_entity(scene: &Scene, subject: &Subject, duty: &Duty) -> bool {
    super::entities(scene, subject).iter().any(|e| duty.entities.contains(&e.id))
}

fn attachments(facts: &mut Facts, scene: &Scene, subject: &Subject) {
    let words = &scene.forms.words;
    facts.set(
        Slot::AttachmentSampleLetter,
        if scene.cube.estimated {
            Fact::missing("noticeworks run").noted("sample_later")
        } else {
            let name = format!("{}-{}.pdf", subject.stem, words.page("sample_letter_file"));
            Fact::attach(name).noted("sample_letter")
        },
    );
    facts.set(
        Slot::AttachmentHhsReport,
        if subject.hhs_reports.is_empty() {
            Fact::missing("hhs_report").noted("hhs_report_elsewhere")
        } else {
            let files: Vec<String> =
                subject.hhs_reports.iter().map(|s| format!("../hhs/{s}.pdf")).collect();
            Fact::attach(files.join("; ")).noted("hhs_report")
        },
    );
}
