//! Structured conditions: licenses, HIPAA's effect, exceptions, questions.

use super::fixture::{group, scene};
use noticeworks::law::DutyKind;
use noticeworks::plan::Arises;
use noticeworks::roster::{Population, Recipient};

#[test]
fn a_licence_brings_its_regulator() {
    let plain = scene(&[group("harbor", "NO", 5), group("summit", "NO", 5)]);
    let duty = plain.duty("no-health");
    assert_eq!(duty.arises, Arises::No);
    insta::assert_snapshot!(duty.reason, @"The rule does not reach this breach: no covered entity is entered with this license or status there: health facility.");
    let licensed = plain.with(
        "name = \"Summit Clinic\"",
        "name = \"Summit Clinic\"\nlicences = [{ state = \"NO\", kind = \"facility\" }]",
    );
    let plan = licensed.plan();
    let duty = plan.duty("no-health").unwrap();
    assert_eq!((duty.arises, duty.count), (Arises::Yes, 5));
    assert_eq!(duty.entities, ["summit"]);
    insta::assert_snapshot!(duty.reason, @"5 patients of Summit Clinic who live in Northland are affected; any number suffices.");
    // A license of another state does not count.
    let elsewhere = scene(&[group("summit", "NO", 5)]).with(
        "name = \"Summit Clinic\"",
        "name = \"Summit Clinic\"\nlicences = [{ state = \"SO\", kind = \"facility\" }]",
    );
    assert_eq!(elsewhere.duty("no-health").arises, Arises::No);
}

#[test]
fn a_regulator_that_counts_patients_asks_for_no_definition() {
    let scene = scene(&[group("summit", "NO", 5).elements(&["name"])]).with(
        "name = \"Summit Clinic\"",
        "name = \"Summit Clinic\"\nlicences = [{ state = \"NO\", kind = \"facility\" }]",
    );
    assert_eq!(scene.duty("no-health").count, 5);
}

#[test]
fn deemed_compliance_lifts_what_it_names_for_patients_only() {
    let scene = scene(&[
        group("harbor", "SO", 20),
        group("harbor", "SO", 3).population(Population::Employee),
    ]);
    let letters = scene.duty("so-individual");
    assert_eq!((letters.arises, letters.count), (Arises::Yes, 3));
    insta::assert_snapshot!(letters.reason, @"3 residents of Southland count; any number suffices; 20 patients are left out because notice under HIPAA is deemed compliance (S. 530/50).");
    assert_eq!(scene.duty("so-ag").count, 23);
    let patients = super::fixture::scene(&[group("harbor", "SO", 20)]).duty("so-individual");
    assert_eq!(patients.arises, Arises::No);
    insta::assert_snapshot!(patients.reason, @"Notice under HIPAA is deemed compliance (S. 530/50).");
}

#[test]
fn a_conditional_exemption_falls_with_one_other_element() {
    let health = scene(&[group("harbor", "EA", 20).elements(&["name", "diagnosis"])]);
    let duty = health.duty("ea-ag");
    assert_eq!(duty.arises, Arises::No);
    insta::assert_snapshot!(duty.reason, @"The law exempts HIPAA covered entities (E. 2435(e)).");
    let with_ssn = scene(&[
        group("harbor", "EA", 20).elements(&["name", "diagnosis"]),
        group("harbor", "EA", 1).elements(&["ssn"]),
    ]);
    assert_eq!(with_ssn.duty("ea-ag").count, 21);
}

#[test]
fn an_exception_takes_out_the_entities_it_names() {
    let insurer = scene(&[group("prairie", "EA", 20), group("harbor", "EA", 2)])
        .with("kind = \"health_plan\"", "kind = \"health_plan\"\nsubtype = \"insurer\"");
    let duty = insurer.duty("ea-ag");
    assert_eq!((duty.count, duty.entities.as_slice()), (2, &["harbor".to_owned()][..]));
    let only = scene(&[group("prairie", "EA", 20)])
        .with("kind = \"health_plan\"", "kind = \"health_plan\"\nsubtype = \"insurer\"");
    insta::assert_snapshot!(only.duty("ea-ag").reason, @"The rule does not reach this breach: an exception applies because the entity is: insurer.");
}

#[test]
fn an_open_question_keeps_the_duty_until_counsel_answers() {
    let scene = scene(&[group("harbor", "EA", 2)]);
    let plan = scene.plan();
    assert_eq!(plan.duty("ea-dfr").unwrap().arises, Arises::Yes);
    let question = plan.question("ea-dfr").unwrap();
    assert_eq!(question.text, "Is the entity regulated by the insurance department?");
    assert_eq!(question.default, "arises");
    assert_eq!(question.answer, None);
    let decided = scene.and(
        "\n[[decision]]\nquestion = \"ea-dfr\"\nchoice = \"does_not_arise\"\nby = \"A\"\non = 2026-09-01\n",
    );
    let plan = decided.plan();
    let duty = plan.duty("ea-dfr").unwrap();
    assert_eq!((duty.arises, duty.due), (Arises::No, None));
    insta::assert_snapshot!(duty.reason, @"Counsel decided that it does not arise (question `ea-dfr`).");
    assert_eq!(plan.question("ea-dfr").unwrap().answer.as_deref(), Some("does_not_arise"));
}

#[test]
fn no_report_to_hhs_no_copy_of_it() {
    let staff = scene(&[group("harbor", "SO", 9).population(Population::Employee)]);
    assert_eq!(staff.duty("so-ag-hhs").arises, Arises::No);
    assert_eq!(staff.duty("so-ag").arises, Arises::Yes);
}

#[test]
fn paper_is_outside_a_statute_on_computerised_data() {
    let paper = scene(&[group("harbor", "NO", 900)])
        .with("locations = [\"network_server\"]", "locations = [\"paper_films\"]");
    let duty = paper.duty("no-ag");
    assert_eq!(duty.arises, Arises::No);
    insta::assert_snapshot!(duty.reason, @"The rule does not reach this breach: it does not cover paper records.");
    assert_eq!(paper.duty("hipaa-hhs-500.harbor").arises, Arises::Yes);
    let mixed = scene(&[group("harbor", "NO", 900)])
        .with("locations = [\"network_server\"]", "locations = [\"paper_films\", \"email\"]");
    assert_eq!(mixed.duty("no-ag").arises, Arises::Yes);
}

#[test]
fn encryption_and_low_probability_need_a_decision() {
    let encrypted = scene(&[group("harbor", "NO", 900)])
        .with("type = \"hacking", "encrypted = true\ntype = \"hacking");
    let plan = encrypted.plan();
    assert_eq!(plan.duty("hipaa-hhs-500.harbor").unwrap().arises, Arises::Yes);
    assert!(plan.question("encryption.server").unwrap().blocking);
    let secured = encrypted.and(
        "\n[[decision]]\nquestion = \"encryption.server\"\nchoice = \"secured\"\nby = \"A\"\non = 2026-09-01\n",
    );
    assert_eq!(secured.duty("hipaa-hhs-500.harbor").arises, Arises::No);
    // This state's statute has no safe harbor for encryption.
    assert_eq!(secured.duty("no-ag").arises, Arises::Yes);

    let harmless = scene(&[group("harbor", "NO", 900)])
        .with("type = \"hacking", "risk_of_harm = \"low_probability\"\ntype = \"hacking");
    assert_eq!(harmless.duty("hipaa-individual.harbor").arises, Arises::Yes);
    let decided = harmless.and(
        "\n[[decision]]\nquestion = \"US-HIPAA.harm.server\"\nchoice = \"met\"\nby = \"A\"\non = 2026-09-01\n",
    );
    assert_eq!(decided.duty("hipaa-individual.harbor").arises, Arises::No);
    assert_eq!(decided.duty("no-individual").arises, Arises::Yes);
    assert!(decided.plan().question("NO.harm.server").unwrap().blocking);
}

#[test]
fn a_definition_that_changed_counts_either_way_until_counsel_chooses() {
    let scene = scene(&[
        group("harbor", "NO", 300).elements(&["diagnosis"]),
        group("harbor", "NO", 300).elements(&["ssn"]),
    ]);
    assert_eq!(scene.duty("no-ag").count, 600);
    let question = scene.plan().question("NO.general.definition").unwrap().clone();
    assert_eq!(question.choices, ["1900-01-01", "2026-08-01"]);
    let old = scene.and(
        "\n[[decision]]\nquestion = \"NO.general.definition\"\nchoice = \"1900-01-01\"\nby = \"A\"\non = 2026-09-01\n",
    );
    assert_eq!(old.duty("no-ag").count, 300);
    let after = super::fixture::scene(&[group("harbor", "NO", 300).elements(&["diagnosis"])])
        .with("discovered = 2026-07-30", "discovered = 2026-08-01");
    assert_eq!(after.duty("no-ag").count, 300);
    assert!(after.plan().question("NO.general.definition").is_none());
}

#[test]
fn a_treatment_falls_with_the_duty_it_depends_on() {
    let scene = scene(&[group("harbor", "SO", 20)]);
    assert_eq!(scene.duty("so-individual").arises, Arises::No);
    // Striking the filing that the clause depends on brings the letters back.
    let struck = scene.and(
        "\n[[decision]]\nquestion = \"so-ag-hhs\"\nchoice = \"does_not_arise\"\nby = \"A\"\non = 2026-09-01\n",
    );
    assert_eq!(struck.duty("so-individual").arises, Arises::Yes);
}

#[test]
fn counsel_may_leave_the_hipaa_clause_aside() {
    let scene = scene(&[group("harbor", "SO", 20)]).and(
        "\n[[decision]]\nquestion = \"SO.hipaa\"\nchoice = \"state_law\"\nby = \"A\"\non = 2026-09-01\n",
    );
    assert_eq!(scene.duty("so-individual").arises, Arises::Yes);
}

const OFFER: &str = "\n[[protection]]\nprovider = \"Sentinel Example ID\"\nrecipients = [\"adult\"]\nmonths = 18\noffered_for = [\"ssn\"]\nenroll_by = 2027-01-31\n";

#[test]
fn protection_is_compared_with_what_is_offered() {
    let people = || {
        scene(&[
            group("harbor", "NO", 40),
            group("harbor", "NO", 3).recipient(Recipient::ParentOrGuardian),
            group("harbor", "NO", 2).recipient(Recipient::Estate),
            group("harbor", "NO", 7).elements(&["diagnosis"]),
        ])
    };
    let (plan, findings) = people().make();
    let duty = plan.duty("no-protection").unwrap();
    assert_eq!((duty.kind, duty.arises, duty.count), (DutyKind::Protection, Arises::Yes, 43));
    insta::assert_snapshot!(duty.reason, @"43 residents of Northland whose ssn may have been exposed must be offered identity protection for at least 18 months.");
    assert_eq!(findings.count("protection.not_offered"), 1);
    // Adults are covered, minors are not.
    let (_, findings) = people().and(OFFER).make();
    let message = findings.iter().next().unwrap().message.clone();
    insta::assert_snapshot!(message, @"3 residents of Northland would be offered no identity protection, though N. 3 requires 18 months");
    let (_, findings) =
        people().and(&OFFER.replace("[\"adult\"]", "[\"adult\", \"minor\"]")).make();
    assert!(findings.is_empty());
    let (_, findings) = people()
        .and(&OFFER.replace("[\"adult\"]", "[\"adult\", \"minor\"]").replace("18", "12"))
        .make();
    assert_eq!(findings.count("protection.too_short"), 1);
    assert_eq!(findings.count("protection.not_offered"), 0);
}

#[test]
fn without_its_elements_protection_does_not_arise() {
    let duty = scene(&[group("harbor", "NO", 7).elements(&["diagnosis"])]).duty("no-protection");
    assert_eq!((duty.arises, duty.due), (Arises::No, None));
}
