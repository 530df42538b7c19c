//! Who counts, against which threshold, and what the reasons say.

use super::fixture::{group, scene};
use noticeworks::plan::{Arises, Carrier, Cube, Outcome};
use noticeworks::roster::{Population, Recipient};

fn arises(n: u64, duty: &str) -> Arises {
    scene(&[group("harbor", "NO", n)]).duty(duty).arises
}

#[test]
fn thresholds_below_at_and_above() {
    for (n, media, hhs, ag) in [
        (499, Arises::No, Arises::No, Arises::No),
        (500, Arises::No, Arises::Yes, Arises::No),
        (501, Arises::Yes, Arises::Yes, Arises::Yes),
    ] {
        assert_eq!(arises(n, "hipaa-media.harbor.NO"), media, "media at {n}");
        assert_eq!(arises(n, "hipaa-hhs-500.harbor"), hhs, "HHS at {n}");
        assert_eq!(arises(n, "no-ag"), ag, "regulator at {n}");
    }
    assert_eq!(arises(499, "hipaa-hhs-annual.harbor"), Arises::Yes);
    assert_eq!(arises(500, "hipaa-hhs-annual.harbor"), Arises::No);
    assert_eq!(arises(1000, "no-cra"), Arises::No);
    assert_eq!(arises(1001, "no-cra"), Arises::Yes);
}

#[test]
fn a_duty_that_does_not_arise_is_listed_with_its_reason() {
    let duty = scene(&[group("harbor", "NO", 412)]).duty("no-ag");
    assert_eq!((duty.arises, duty.due, duty.count), (Arises::No, None, 412));
    insta::assert_snapshot!(duty.reason, @"412 residents of Northland count; the threshold is more than 500.");
}

#[test]
fn nouns_agree_with_their_number() {
    let duty = scene(&[group("harbor", "NO", 1)]).duty("no-individual");
    insta::assert_snapshot!(duty.reason, @"1 resident of Northland counts; any number suffices.");
    let duty = scene(&[group("harbor", "NO", 12_345)]).duty("hipaa-hhs-500.harbor");
    insta::assert_snapshot!(duty.reason, @"12,345 patients of Harbor Health System are affected; the threshold is 500 or more.");
}

#[test]
fn state_law_counts_one_entity_or_all_together() {
    let together = scene(&[
        group("harbor", "NO", 400),
        group("prairie", "NO", 300),
        group("summit", "NO", 200),
    ]);
    let duty = together.duty("no-ag");
    assert_eq!((duty.arises, duty.count), (Arises::Yes, 900));
    assert_eq!(duty.entity, None);
    assert_eq!(duty.entities, ["harbor", "prairie", "summit"]);
    insta::assert_snapshot!(duty.reason, @"900 residents of Northland count over 3 covered entities only when taken together, 400 at most for one (Harbor Health System); the threshold is more than 500.");
    let one = scene(&[group("harbor", "NO", 4000), group("prairie", "NO", 3)]).duty("no-ag");
    insta::assert_snapshot!(one.reason, @"4,003 residents of Northland count over 2 covered entities, 4,000 of them of Harbor Health System; the threshold is more than 500.");
}

#[test]
fn hipaa_counts_each_covered_entity_apart() {
    let plan = scene(&[group("harbor", "NO", 400), group("prairie", "NO", 400)]).plan();
    for entity in ["harbor", "prairie"] {
        assert_eq!(plan.duty(&format!("hipaa-hhs-500.{entity}")).unwrap().arises, Arises::No);
        assert_eq!(plan.duty(&format!("hipaa-media.{entity}.NO")).unwrap().arises, Arises::No);
    }
    // Nobody of the third entity is concerned: it has no rows.
    assert!(plan.duty("hipaa-hhs-500.summit").is_none());
}

#[test]
fn media_counts_each_state_apart_and_hhs_all_states() {
    let scene =
        scene(&[group("harbor", "NO", 300), group("harbor", "SO", 501), group("harbor", "", 9)]);
    let plan = scene.plan();
    assert_eq!(plan.duty("hipaa-media.harbor.NO").unwrap().arises, Arises::No);
    let media = plan.duty("hipaa-media.harbor.SO").unwrap();
    assert_eq!(media.arises, Arises::Yes);
    assert_eq!(media.recipient, "prominent media (Southland)");
    insta::assert_snapshot!(media.reason, @"501 patients of Harbor Health System live in Southland; the threshold is more than 500.");
    assert_eq!(plan.duty("hipaa-hhs-500.harbor").unwrap().count, 810);
}

#[test]
fn held_and_excluded_people_are_still_affected_but_merged_rows_are_not_people() {
    let scene = scene(&[
        group("harbor", "NO", 300),
        group("harbor", "NO", 150).outcome(Outcome::Held),
        group("harbor", "NO", 50).outcome(Outcome::Excluded),
    ]);
    assert_eq!(scene.duty("hipaa-hhs-500.harbor").count, 500);
    let cube = scene.cube(&scene.incident());
    assert_eq!(cube.people(), 500);
    assert!(cube.cells.keys().all(|cell| cell.outcome != Outcome::Merged));
}

#[test]
fn people_who_are_not_patients_leave_hipaa_but_not_the_states() {
    let scene = scene(&[
        group("harbor", "NO", 400),
        group("harbor", "NO", 50).population(Population::Dependant),
        group("harbor", "NO", 90).population(Population::Employee),
        group("harbor", "NO", 10).population(Population::Guarantor),
    ]);
    assert_eq!(scene.duty("hipaa-hhs-500.harbor").count, 450);
    assert_eq!(scene.duty("hipaa-hhs-500.harbor").arises, Arises::No);
    assert_eq!(scene.duty("no-ag").count, 550);
}

#[test]
fn only_people_whose_elements_meet_the_definition_count() {
    let scene = scene(&[
        group("harbor", "EA", 7).elements(&["name"]),
        group("harbor", "EA", 5).elements(&["name", "ssn"]),
    ]);
    assert_eq!(scene.duty("ea-dfr").count, 5);
    let names = super::fixture::scene(&[group("harbor", "EA", 7).elements(&["name"])]);
    let duty = names.duty("ea-dfr");
    assert_eq!(duty.arises, Arises::No);
    insta::assert_snapshot!(duty.reason, @"No exposed element of the 7 residents of Eastland meets the definition.");
}

#[test]
fn nobody_with_a_valid_element_is_left_out_where_the_row_names_none() {
    // Neither the row nor the strand names elements: everything may be involved.
    let scene = scene(&[group("harbor", "EA", 7).elements(&[])]);
    assert_eq!(scene.duty("ea-dfr").count, 7);
    let strand = super::fixture::scene(&[group("harbor", "EA", 7).elements(&[])])
        .with("type = \"hacking", "elements = [\"name\"]\ntype = \"hacking");
    assert_eq!(strand.duty("ea-dfr").count, 0);
}

#[test]
fn substitute_notice_counts_ten_per_entity() {
    let of = |n: u64| {
        scene(&[group("harbor", "NO", 40), group("harbor", "NO", n).outcome(Outcome::Substitute)])
    };
    assert_eq!(of(9).duty("hipaa-substitute-few.harbor").arises, Arises::Yes);
    assert_eq!(of(9).duty("hipaa-substitute-many.harbor").arises, Arises::No);
    assert_eq!(of(10).duty("hipaa-substitute-few.harbor").arises, Arises::No);
    assert_eq!(of(10).duty("hipaa-substitute-many.harbor").arises, Arises::Yes);
    // The kin of a deceased person need no substitute notice.
    let kin = scene(&[
        group("harbor", "NO", 40),
        group("harbor", "NO", 12).outcome(Outcome::Substitute).recipient(Recipient::Estate),
    ]);
    let duty = kin.duty("hipaa-substitute-many.harbor");
    assert_eq!((duty.arises, duty.count), (Arises::No, 0));
    insta::assert_snapshot!(duty.reason, @"Every patient of Harbor Health System can be written to.");
}

#[test]
fn an_entity_that_acts_for_itself_is_not_counted_into_the_senders_filing() {
    let scene = scene(&[group("harbor", "NO", 400), group("prairie", "NO", 400)]).with(
        "id = \"prairie\"\nname = \"Prairie Plan\"\nkind = \"health_plan\"\nagency = \"agent\"\ndelegation = { individual = \"sender\", hhs = \"sender\", state = \"sender\"",
        "id = \"prairie\"\nname = \"Prairie Plan\"\nkind = \"health_plan\"\nagency = \"agent\"\ndelegation = { individual = \"sender\", hhs = \"sender\", state = \"self\"",
    );
    let plan = scene.plan();
    let ours = plan.duty("no-ag").unwrap();
    assert_eq!((ours.count, ours.arises), (400, Arises::No));
    let theirs = plan.duty("no-ag.prairie").unwrap();
    assert_eq!((theirs.count, &theirs.carrier), (400, &Carrier::Entity));
    assert_eq!(theirs.entity.as_deref(), Some("prairie"));
    // Letters are still the sender's for both.
    assert_eq!(plan.duty("no-individual").unwrap().count, 800);
}

#[test]
fn undecided_delegation_gives_a_row_apart_and_a_question() {
    let scene = scene(&[group("harbor", "NO", 400), group("summit", "NO", 2)]).with(
        "id = \"summit\"\nname = \"Summit Clinic\"\nkind = \"healthcare_provider\"\nagency = \"agent\"\ndelegation = {",
        "id = \"summit\"\nname = \"Summit Clinic\"\nkind = \"healthcare_provider\"\nagency = \"agent\"\n#",
    );
    let plan = scene.plan();
    assert_eq!(plan.duty("no-individual").unwrap().entities, ["harbor"]);
    assert_eq!(plan.duty("no-individual.summit").unwrap().carrier, Carrier::Undecided);
    let question = plan.question("delegation.summit.individual").unwrap();
    assert_eq!(question.choices, ["sender", "self"]);
    assert_eq!(question.default, "undecided");
    let decided = scene.and(
        "\n[[decision]]\nquestion = \"delegation.summit.individual\"\nchoice = \"sender\"\nby = \"A\"\non = 2026-09-01\n",
    );
    assert_eq!(decided.duty("no-individual").count, 402);
}

#[test]
fn a_covered_entity_that_sends_for_itself_needs_no_delegation() {
    let scene = scene(&[group("harbor", "NO", 4), group("summit", "NO", 2)])
        .with("role = \"business_associate\"", "role = \"covered_entity\"");
    let plan = scene.plan();
    assert_eq!(plan.duty("no-individual").unwrap().count, 6);
    assert!(plan.duties.iter().all(|d| d.kind != noticeworks::law::DutyKind::CoveredEntity));
    assert!(plan.questions.iter().all(|q| !q.id.starts_with("delegation")));
}

const ESTIMATES: &str = "\n[[estimate]]\nentity = \"harbor\"\njurisdiction = \"NO\"\ncount = 1200\n\n[[estimate]]\nentity = \"harbor\"\njurisdiction = \"SO\"\ncount = 30\n";

#[test]
fn estimates_make_duties_possible() {
    let scene = scene(&[]).and(ESTIMATES).estimated();
    let duty = scene.duty("no-ag");
    assert_eq!((duty.arises, duty.count), (Arises::Possible, 1200));
    insta::assert_snapshot!(duty.reason, @"By estimate, 1,200 residents of Northland count; the threshold is more than 500.");
    assert_eq!(scene.duty("hipaa-hhs-500.harbor").count, 1230);
    assert_eq!(scene.duty("hipaa-hhs-annual.harbor").arises, Arises::No);
    // Who cannot be written to, and an entity without an estimate, are not known yet.
    assert_eq!(scene.duty("hipaa-substitute-many.harbor").arises, Arises::Possible);
    let unknown = scene.duty("hipaa-hhs-500.summit");
    assert_eq!((unknown.arises, unknown.count), (Arises::Possible, 0));
    insta::assert_snapshot!(unknown.reason, @"The number of patients is not estimated yet.");
    assert!(unknown.due.is_some());
}

#[test]
fn cubes_add_up_in_any_order() {
    let scene = scene(&[group("harbor", "NO", 3), group("summit", "SO", 4)]);
    let incident = scene.incident();
    let (a, b) = (scene.cube(&incident), scene.cube(&incident));
    let mut both = Cube::default();
    both.merge(a);
    both.merge(b);
    assert_eq!(both.people(), 14);
    assert_eq!(both.sum(|cell| cell.jurisdiction == "SO"), 8);
}
