//! What the law asks of letters, and the line that answers.

use super::RECIPIENTS;
use super::fixture::*;
use noticeworks::finding::Severity;
use noticeworks::incident::{EntityIx, StrandIx};
use noticeworks::letters::{Answer, Writer};
use noticeworks::plan::{Cell, Cube, Outcome};
use noticeworks::roster::{Person, Population, Recipient};

fn faults(writer: &Writer, person: &Person) -> Vec<String> {
    let trace = writer.trace(person).unwrap_or_else(|f| panic!("{f:#?}"));
    let findings = writer.faults(&trace).into_iter().filter(|f| f.severity > Severity::Note);
    findings.map(|f| format!("{} {}", f.code, f.message)).collect()
}

#[test]
fn every_shipped_letter_meets_what_every_jurisdiction_asks() {
    let writer = fixture();
    let mut wrong = Vec::new();
    for jurisdiction in LAW.jurisdictions() {
        for recipient in RECIPIENTS {
            for elements in [&[0, 1, 2, 3, 6][..], &[0, 2], &[6]] {
                let person = person(recipient, &jurisdiction.code, elements);
                // A resident count is known only where the caller gives one.
                let found = faults(&writer, &person);
                wrong.extend(found.into_iter().map(|f| format!("{}: {f}", jurisdiction.code)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn hipaa_is_answered_line_by_line() {
    let trace = fixture().trace(&person(Recipient::Adult, "", &[0, 1])).unwrap();
    let rows = trace.rows.iter().map(|r| {
        let at = r.at.rsplit('/').next().unwrap_or("");
        format!("{} {} {:?} {at}", r.jurisdiction, r.content, r.answer)
    });
    insta::assert_snapshot!(rows.collect::<Vec<_>>().join("\n"), @r"
    US-HIPAA breach_description Met what-happened.md:11
    US-HIPAA breach_date Met what-happened.md:15
    US-HIPAA discovery_date Met what-happened.md:15
    US-HIPAA data_types Met what-information.md:13
    US-HIPAA recommended_actions Met what-you-can-do.md:5
    US-HIPAA remediation_steps Met what-we-are-doing.md:9
    US-HIPAA entity_contact Met for-more-information.md:5
    US-HIPAA toll_free_number Met for-more-information.md:5
    US-HIPAA plain_language Judged 
    ");
}

#[test]
fn where_a_statute_bars_the_story_a_patient_gets_a_brief_one_and_an_employee_none() {
    let writer = fixture();
    let mut reader = person(Recipient::Adult, "MA", &[1]);
    let brief = "Information about you was seen or taken by someone who had no right to it.";
    let text = letter(&writer, &reader);
    assert!(text.contains(brief) && !text.contains("file-transfer"));
    assert!(!text.contains("outside experts"), "what was done tells what happened");
    assert!(text.contains("We have looked into this incident and taken steps to limit harm"));
    let trace = writer.trace(&reader).unwrap();
    let row = trace.rows.iter().find(|r| r.content == "nature_of_breach").unwrap();
    assert_eq!(
        (row.answer, row.lifted_by.as_str()),
        (Answer::Lifted, "Mass. Gen. Laws ch. 93H § 5")
    );
    // The ban protects those whose elements meet the statute: a diagnosis alone does not.
    assert!(letter(&writer, &person(Recipient::Adult, "MA", &[0, 2])).contains("file-transfer"));
    reader.population = Population::Employee;
    let text = letter(&writer, &reader);
    assert!(!text.contains(brief) && !text.contains("file-transfer"), "{text}");
    assert_eq!(faults(&writer, &reader), Vec::<String>::new());
}

#[test]
fn a_count_for_one_state_neither_meets_nor_breaks_anothers_rule() {
    let writer = fixture();
    let count = |state: &str| {
        let trace = writer.trace(&person(Recipient::Adult, state, &[0, 1])).unwrap();
        trace.rows.into_iter().find(|r| r.content == "resident_count").map(|r| r.answer)
    };
    assert!(
        letter(&writer, &person(Recipient::Adult, "MA", &[0, 1]))
            .contains("1,204 Rhode Island residents.")
    );
    assert_eq!(count("MA"), Some(Answer::Absent));
    assert_eq!(count("IL"), Some(Answer::Absent));
    if LAW.get("RI").is_some() {
        assert_eq!(count("RI"), Some(Answer::Met));
    }
}

#[test]
fn a_missing_content_names_statute_version_and_file() {
    let own = [
        ("en/states/ma.md", "<!-- courtesy -->\n**Massachusetts residents:** hello.\n"),
        ("en/report.md", "Unmarked.\n"),
    ];
    let set = Box::leak(Box::new(set_with(&own).unwrap()));
    let writer = writer(incident(), set).unwrap_or_else(|f| panic!("{}", listed(&f)));
    let trace = writer.trace(&person(Recipient::Adult, "MA", &[0, 1])).unwrap();
    let faults = writer.faults(&trace).into_iter().map(|f| {
        let place = f.place.unwrap();
        let (severity, line) = (f.severity, place.line.unwrap_or(0));
        format!("{severity:?} {} {}:{line} {} | {}", f.code, place.file, f.message, f.remedy)
    });
    insta::assert_snapshot!(faults.collect::<Vec<_>>().join("\n"), @r"
    Error letter.required_missing templates/letter/en/states/ma.md:0 `police_report_right` is required under Mass. Gen. Laws ch. 93H § 3(b) and version `en.adult.no-nature-of-breach.p1.hilltop.server` lacks it | add a paragraph under `<!-- satisfies: police_report_right -->`, or the facts that the one there needs
    Note letter.customary_missing templates/letter/en/states/ma.md:0 `ag_contact` is usual under Mass. Gen. Laws ch. 93H, §§ 1-6 and version `en.adult.no-nature-of-breach.p1.hilltop.server` lacks it | add a paragraph under `<!-- satisfies: ag_contact -->`, or the facts that the one there needs
    Warning letter.unmarked templates/letter/en/report.md:1 the block neither meets a rule nor says that it is a courtesy | write `<!-- satisfies: ... -->` or `<!-- courtesy -->` above it
    ");
}

#[test]
fn the_coverage_of_a_wave_counts_people_by_version() {
    let writer = fixture();
    let cell = |jurisdiction: &str, elements: &[usize], recipient, outcome| Cell {
        entity: EntityIx::FIRST,
        strand: StrandIx::FIRST,
        jurisdiction: jurisdiction.to_owned(),
        elements: elements.iter().copied().collect(),
        population: Population::Patient,
        recipient,
        outcome,
    };
    let mut cube = Cube::default();
    cube.cells.insert(cell("CA", &[0, 1], Recipient::Adult, Outcome::ToMail), 7);
    cube.cells.insert(cell("NY", &[1], Recipient::Adult, Outcome::ToEmail), 2);
    cube.cells.insert(cell("MA", &[1], Recipient::Estate, Outcome::ToMail), 1);
    cube.cells.insert(cell("MA", &[1], Recipient::Estate, Outcome::Held), 9);
    let coverage = writer.coverage(&cube);
    let people: Vec<_> = coverage.people.iter().map(|(k, n)| format!("{n} {k}")).collect();
    assert_eq!(
        people,
        ["9 en.adult.p1.hilltop.server", "1 en.estate.no-nature-of-breach.p0.hilltop.server"]
    );
    assert!(!coverage.findings.has_errors(), "{}", listed(&coverage.findings));
    let adults = &coverage.rows["en.adult.p1.hilltop.server"];
    assert!(
        adults.iter().any(|r| r.jurisdiction == "NY")
            && adults.iter().any(|r| r.jurisdiction == "CA")
    );
    assert!(coverage.findings.count("letter.weak_contact") > 0);
}

/// The letter of a state's adult, child or estate, in plain text.
fn read(state: &str, recipient: Recipient) -> String {
    letter(&fixture(), &person(recipient, state, &[0, 1, 2]))
}

#[test]
fn where_the_statute_wants_it_letters_ask_the_reader_to_remain_vigilant() {
    // Mich. Comp. Laws 445.72(6)(f), N.C. Gen. Stat. 75-65(d)(4)f, Va. Code 18.2-186.6(A), 9 V.S.A.
    // 2435(b)(5), Haw. Rev. Stat. 487N-2(d)(5), Mo. Rev. Stat. 407.1500(2)(4)(e), Wyo. Stat.
    // 40-12-502(e)(vi).
    for state in ["MI", "NC", "VA", "VT", "HI", "MO", "WY"] {
        for recipient in RECIPIENTS {
            let text = read(state, recipient);
            assert!(text.contains("Remain vigilant for fraud and identity theft"), "{state}");
            assert!(text.contains("account"), "{state}");
        }
        assert!(read(state, Recipient::Adult).contains("Monitor your credit reports"), "{state}");
    }
}

#[test]
fn west_virginians_learn_how_to_ask_what_is_kept() {
    // W. Va. Code 46A-2A-102(d)(2).
    let sentence = "Call us at 1-800-555-0142 to learn what types of information we keep about you, \
                    or about people in general, and whether we keep information about you.";
    for recipient in RECIPIENTS {
        let text = read("WV", recipient).replace('\n', " ");
        assert!(text.contains(sentence), "{text}");
    }
}

#[test]
fn of_law_enforcement_and_clients_letters_say_only_what_was_confirmed_or_chosen() {
    let silent = read("TX", Recipient::Adult);
    assert!(!silent.contains("Law enforcement") && !silent.contains("We told"), "{silent}");
    let told = INCIDENT
        .replace("[breach]\n", "[letter]\nsay_when_told = true\n[breach]\nno_delay_asked = true\n");
    let writer = writer(incident_of(&told), &SET).unwrap_or_else(|f| panic!("{}", listed(&f)));
    let text = letter(&writer, &person(Recipient::Adult, "TX", &[0, 1]));
    assert!(text.contains("Law enforcement did not ask us to delay this notice."), "{text}");
    assert!(
        text.replace('\n', " ").contains("We told Hilltop Clinic on August 20, 2026."),
        "{text}"
    );
}

#[test]
fn a_missing_offer_says_which_table_to_add() {
    // Conn. Gen. Stat. 36a-701b(b)(2)(B): 24 months for a Social Security number.
    let without = INCIDENT.split("[[protection]]").next().unwrap();
    let writer = writer(incident_of(without), &SET).unwrap_or_else(|f| panic!("{}", listed(&f)));
    let trace = writer.trace(&person(Recipient::Adult, "CT", &[0, 1])).unwrap();
    let faults = writer.faults(&trace);
    let missing: Vec<_> =
        faults.iter().filter(|f| f.message.contains("credit_monitoring_offer")).collect();
    assert!(!missing.is_empty(), "{faults:#?}");
    for fault in missing {
        assert!(fault.remedy.starts_with("add a `[[protection]]`"), "{}", fault.remedy);
        assert_eq!(fault.place.as_ref().unwrap().file, "incident.toml");
    }
}
