//! Bad answers: each is told with file, field and remedy, none is passed over.

use super::fixture::*;
use super::special::{HEADER, record};
use crate::case::Case;
use noticeworks::law::DutyKind;
use std::fs;

fn decision(question: &str, choice: &str) -> String {
    format!(
        "[[decision]]\nquestion = \"{question}\"\nchoice = \"{choice}\"\nby = \"A\"\non = 2026-09-01\n"
    )
}

/// What is said of one decision: code, message, remedy.
fn told(question: &str, choice: &str) -> Vec<String> {
    let plan = plan(vec![
        duty("me-ag", "ME", DutyKind::Regulator, &["harbor-health"]),
        duty("hipaa-hhs-500", "US-HIPAA", DutyKind::Hhs, &["harbor-health"]),
    ]);
    let (_, findings) = make(&incident(&decision(question, choice)), &plan);
    findings
        .iter()
        .map(|f| {
            assert_eq!(f.place.as_ref().unwrap().file, "incident.toml");
            format!("{}: {} ({})", f.code, f.message, f.remedy)
        })
        .collect()
}

#[test]
fn an_answer_that_settles_nothing_is_told_with_a_remedy() {
    let lines: Vec<String> = [
        ("filing.me-ag.entity_nam", "Harbor"),
        ("filing.xx-ag.entity_name", "Harbor"),
        ("filing.entity_namd", "sender"),
        ("filing.entity_named", "harbor"),
        ("filing.count_basis", "everybody"),
        ("filing.me-ag.count_basis", "3"),
        ("filing.counts.state", "3"),
        ("filing.notice.substitute", "maybe"),
        ("filing.notice.start", "soon"),
        ("filing.notice.method", "carrier pigeon"),
        ("filing.roster.names", "yes"),
        ("filing.me-ag.breach_type", "martians"),
    ]
    .into_iter()
    .flat_map(|(question, choice)| told(question, choice))
    .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn answers_that_are_some_are_taken_without_a_word() {
    for (question, choice) in [
        ("filing.entity_named", "covered_entity"),
        ("filing.count_basis", "statute"),
        ("filing.me-ag.count_basis", "residents"),
        ("filing.me-ag.entity_name", "Harbor Health"),
        ("filing.me-ag.breach_type", "insider; other"),
        ("filing.notice.substitute", "no"),
        ("filing.notice.start", "2026-09-17"),
        ("filing.roster.names", "withhold"),
        ("filing.authorized", "yes"),
        ("filing.cra.notified", "yes"),
        // A form of a duty that does not arise now may have been answered already.
        ("filing.or-ag.description", "Files were copied."),
    ] {
        assert_eq!(told(question, choice), Vec::<String>::new(), "{question}");
    }
}

#[test]
fn who_may_file_says_so_once_for_every_form() {
    let plan = plan(vec![
        duty("tx-ag", "TX", DutyKind::Regulator, &["harbor-health"]),
        duty("hipaa-hhs-500", "US-HIPAA", DutyKind::Hhs, &["harbor-health"]),
    ]);
    let of = |more: &str| {
        let (filings, _) = make(&incident(more), &plan);
        let asks = |f: &noticeworks::filings::Filing| {
            let slot = noticeworks::filings::Slot::FilingAuthorized;
            line(f.fields.iter().find(|a| a.maps_to.contains(&slot)).unwrap())
        };
        filings.iter().map(asks).collect::<Vec<_>>()
    };
    assert!(
        of("")
            .iter()
            .all(|line| line.contains("to_choose:") && line.contains("?? filing.authorized"))
    );
    let decided = of(&decision("filing.authorized", "yes"));
    assert!(decided.iter().all(|line| line.contains(" answered: ")), "{decided:?}");
}

#[test]
fn a_bad_answer_is_shown_in_its_line_of_the_incident() {
    let case = Case::sample("small-clinic");
    let text = case.read("incident.toml");
    let wrong = decision("filing.hipaa-hhs-annual.report_typ", "initial");
    fs::write(case.path("incident.toml"), format!("{text}\n{wrong}")).unwrap();
    let said = case.run(&["filings", "{folder}"]);
    let line = text.lines().count() + 3;
    for words in [
        "filing.unknown_question",
        &format!("incident.toml:{line}"),
        "did you mean `filing.hipaa-hhs-annual.report_type`?",
    ] {
        assert!(said.stderr.contains(words), "{words}\n{}", said.stderr);
    }
}

#[test]
fn a_description_too_long_for_oregon_is_told_with_the_key_to_shorten() {
    let long = "Somebody copied files. ".repeat(50);
    let text =
        INCIDENT.replace("An unauthorized party copied files from a transfer server.", long.trim());
    let plan = plan(vec![duty("or-ag", "OR", DutyKind::Regulator, &["harbor-health"])]);
    let (_, findings) = make(&toml::from_str(&text).unwrap(), &plan);
    let found = findings.iter().find(|f| f.code == "filing.over_limit").unwrap();
    assert_eq!(found.place.as_ref().unwrap().file, "incident.toml");
    let n = long.trim().len();
    let message = format!("of `or-ag` has {n} characters, the form takes 1000");
    assert!(found.message.ends_with(&message), "{}", found.message);
    assert!(found.remedy.contains("`regulator_description` under `[breach]`"), "{}", found.remedy);
    assert!(found.remedy.contains("filing.or-ag.description"), "{}", found.remedy);
}

#[test]
fn the_annual_log_has_a_row_for_each_report_of_its_year() {
    let case = Case::sample("small-clinic");
    assert!(case.run(&["filings", "{folder}", "--annual-log", "2026"]).code < 2);
    let log = case.read("out/filings/hhs/annual-log-2026.csv");
    let mut log = log.lines();
    assert!(
        log.next().unwrap().starts_with("duty,entity.name,entity.address.state,counts.patients")
    );
    let row = log.next().unwrap();
    for cell in [
        "hipaa-hhs-annual.elm-street",
        "Elm Street Family Practice",
        ",IN,7,08/21/2026,08/21/2026,08/21/2026,Theft,Laptop,",
        ",2027-03-01,hipaa-hhs-annual.elm-street.pdf",
    ] {
        assert!(row.contains(cell), "{cell}: {row}");
    }
    assert_eq!(log.next(), None);
    assert!(case.run(&["filings", "{folder}", "--annual-log", "2025"]).code < 2);
    assert_eq!(case.read("out/filings/hhs/annual-log-2025.csv").lines().count(), 1);
}

#[test]
fn what_is_recorded_wrongly_is_refused_with_what_to_write() {
    let case = Case::sample("small-clinic");
    fs::write(case.path("receipt.txt"), "made up").unwrap();
    assert!(case.read("roster.csv").starts_with(&HEADER[..20]));
    assert!(case.run(&["filings", "{folder}"]).code < 2);
    let id = "hipaa-hhs-annual.elm-street";
    for (id, more, remedy) in [
        ("xx-ag", ["--number", "1", "--count", "7"], "choose one of"),
        (id, ["--number", " ", "--count", "7"], "write the number on the receipt"),
        (id, ["--number", "1", "--count", "8"], "look at the receipt again"),
    ] {
        let said = record(&case, id, &[&["--on", "2026-09-14"], &more[..]].concat());
        assert!(said.code == 2 || said.code == 4, "{}", said.stderr);
        assert!(said.stderr.contains(remedy), "{remedy}\n{}", said.stderr);
    }
    let day = ["--on", "2026-09-14", "--number", "H-7"];
    assert_eq!(record(&case, id, &day).code, 0);
    let twice = record(&case, id, &day);
    assert_eq!(twice.code, 4);
    assert!(twice.stderr.contains("recorded as filed on 2026-09-14 under number H-7"));
    assert!(twice.stderr.contains("add `--amends`"), "{}", twice.stderr);
}

/// An answer to a question that a filing asks.
fn some_answer(question: &str, answer: &noticeworks::filings::Answer) -> &'static str {
    let slot = question.strip_prefix("filing.").unwrap_or(question);
    let known = noticeworks::filings::Slot::named;
    let kind = known(slot).or_else(|| known(question)).map(|slot| slot.kind());
    match (slot, kind) {
        ("entity_named", _) => "sender",
        ("roster.names", _) => "withhold",
        (_, Some(noticeworks::filings::SlotKind::Flag)) => "yes",
        (_, Some(noticeworks::filings::SlotKind::Number)) => "1",
        (_, Some(noticeworks::filings::SlotKind::Days)) => "2026-09-18",
        (_, Some(noticeworks::filings::SlotKind::Ids(ids))) => ids[0],
        _ => match answer.options.first() {
            Some(option) => option.id.clone().leak(),
            None => "as counsel says",
        },
    }
}

#[test]
fn every_question_that_a_sheet_prints_is_settled_by_an_answer() {
    use noticeworks::filings::State;
    let forms = forms();
    let both = ["harbor-health", "pine-plan"];
    let duties = forms.forms.values().flat_map(|form| &form.serves).map(|rule| {
        let hhs = rule.contains("hhs") && !rule.ends_with("-ag-hipaa");
        match hhs {
            true => duty(rule, "US-HIPAA", DutyKind::Hhs, &both[..1]),
            false => duty(rule, &rule[..2].to_uppercase(), DutyKind::Regulator, &both),
        }
    });
    let plan = plan(duties.collect());
    let asked = |more: &str| {
        let (filings, findings) = make(&incident(more), &plan);
        let mut questions = std::collections::BTreeMap::new();
        for answer in filings.iter().flat_map(|f| &f.fields) {
            if let State::ToChoose { question, .. } = &answer.state {
                questions.entry(question.clone()).or_insert(some_answer(question, answer));
            }
        }
        let bad: Vec<String> = findings
            .iter()
            .filter(|f| f.code.starts_with("filing.unknown") || f.code == "filing.count_typed")
            .map(|f| f.message.clone())
            .collect();
        (questions, bad)
    };
    let mut answers = String::new();
    // An answer may open further fields.
    for _ in 0..3 {
        for (question, choice) in asked(&answers).0 {
            answers.push_str(&decision(&question, choice));
        }
    }
    assert!(answers.matches("[[decision]]").count() >= 5, "{answers}");
    let (open, bad) = asked(&answers);
    assert!(open.is_empty(), "still asked: {open:#?}");
    assert!(bad.is_empty(), "{bad:#?}");
}
