//! Reports to HHS.

use super::fixture::*;
use noticeworks::filings::{FilingStanding, Folder, State};
use noticeworks::law::{Comparator, DutyKind};
use noticeworks::plan::{Arises, Carrier, Cell, Cube, Duty, Outcome};
use noticeworks::roster::{Population, Recipient};

fn hhs(rule: &str, entity: &str) -> Duty {
    duty(rule, "US-HIPAA", DutyKind::Hhs, &[entity])
}

#[test]
fn five_hundred_or_more_in_the_order_of_the_portal() {
    let mut media = duty("hipaa-media", "US-HIPAA", DutyKind::Media, &["harbor-health"]);
    media.id = "hipaa-media.harbor-health.ME".to_owned();
    let plan = plan(vec![hhs("hipaa-hhs-500", "harbor-health"), media]);
    let (filings, findings) = make(&incident(""), &plan);
    assert_eq!(filings.len(), 1);
    assert_eq!(filings[0].file.stem, "hipaa-hhs-500.harbor-health");
    assert_eq!(filings[0].file.folder, Folder::Hhs);
    assert!(findings.is_empty());
    insta::assert_snapshot!(lines(&filings[0]));
}

#[test]
fn fewer_than_five_hundred_is_the_same_form_as_an_annual_entry() {
    let plan = plan(vec![hhs("hipaa-hhs-annual", "pine-plan")]);
    let (filings, _) = make(&incident(""), &plan);
    let answer = |id: &str| line(filings[0].fields.iter().find(|a| a.id == id).unwrap());
    assert_eq!(answer("breach_affecting"), "breach_affecting answered: [fewer_than_500]");
    assert_eq!(answer("individuals_affected"), "individuals_affected answered: 310");
    assert_eq!(answer("entity_type"), "entity_type answered: [health_plan]");
    assert_eq!(
        answer("entity_contact_email"),
        "entity_contact_email missing:  <- covered_entity[pine-plan].contact.email"
    );
    assert_eq!(answer("substitute_notice"), "substitute_notice answered: [no]");
    assert_eq!(answer("substitute_notice_count"), "substitute_notice_count not_applicable: []");
    assert_eq!(answer("media_notice_states"), "media_notice_states not_applicable: ");
}

#[test]
fn one_report_for_several_entities_repeats_the_block() {
    let incident = incident("[[hhs_report]]\nentities = [\"harbor-health\", \"pine-plan\"]");
    let mut annual = hhs("hipaa-hhs-annual", "pine-plan");
    annual.due = None;
    let plan = plan(vec![annual, hhs("hipaa-hhs-500", "harbor-health")]);
    let (filings, _) = make(&incident, &plan);
    assert_eq!(filings.len(), 1);
    let filing = &filings[0];
    assert_eq!(filing.file.stem, "hipaa-hhs-500.harbor-health-joint-2");
    assert_eq!(filing.duty.also, ["hipaa-hhs-annual.pine-plan"]);
    assert_eq!(filing.counts.patients, 1206 + 310);
    let names: Vec<_> = filing
        .fields
        .iter()
        .filter(|a| a.id == "entity_name")
        .map(|a| (a.block.clone().unwrap(), a.text()))
        .collect();
    assert_eq!(
        names,
        [
            ("Covered Entity 1 of 2".to_owned(), "Harbor Health System".to_owned()),
            ("Covered Entity 2 of 2".to_owned(), "Pine Employees Health Plan".to_owned()),
        ]
    );
}

#[test]
fn entities_below_the_threshold_are_not_joined_above_it() {
    // 45 CFR 164.408(b) and (c): 500 individuals or more, counted for each covered entity.
    let incident = incident("[[hhs_report]]\nentities = [\"harbor-health\", \"pine-plan\"]");
    let below = |entity: &str, count: u64| {
        let mut duty = hhs("hipaa-hhs-annual", entity);
        (duty.count, duty.threshold, duty.comparator) = (count, 500, Comparator::FewerThan);
        duty
    };
    for (counts, reports) in [([300, 300], 2), ([250, 250], 2), ([300, 199], 1)] {
        let plan = plan(vec![below("harbor-health", counts[0]), below("pine-plan", counts[1])]);
        let (filings, findings) = make(&incident, &plan);
        assert_eq!(filings.len(), reports, "{counts:?}");
        assert_eq!(findings.count("filing.joint_below"), u64::from(reports == 2));
        let entities: Vec<usize> = filings.iter().map(|f| f.duty.entities.len()).collect();
        assert_eq!(entities, vec![2 / reports; reports]);
    }
}

#[test]
fn an_entity_that_reports_itself_is_left_out_of_a_joint_report() {
    let incident = incident("[[hhs_report]]\nentities = [\"harbor-health\", \"pine-plan\"]");
    let mut own = hhs("hipaa-hhs-annual", "pine-plan");
    own.carrier = Carrier::Entity;
    let plan = plan(vec![own, hhs("hipaa-hhs-500", "harbor-health")]);
    let (filings, findings) = make(&incident, &plan);
    assert_eq!(filings[0].duty.entities, ["harbor-health"]);
    assert_eq!(findings.count("filing.own_report"), 1);
}

#[test]
fn records_of_part_2_programs_have_a_form_of_their_own() {
    let plan = plan(vec![hhs("part2-hhs-500", "harbor-health")]);
    let (filings, _) = make(&incident(""), &plan);
    assert_eq!(filings[0].form.id, "part2-hhs");
    let answer = filings[0].fields.iter().find(|a| a.id == "individuals_affected").unwrap();
    assert_eq!(answer.text(), "1206");
}

#[test]
fn five_hundred_and_five_hundred_one_look_like_placeholders() {
    for (count, flagged) in [(499, 0), (500, 1), (501, 1), (502, 0)] {
        let mut cube = Cube::default();
        cube.cells.insert(cell(0, "ME", &[0], Outcome::ToMail), count);
        let plan = plan(vec![hhs("hipaa-hhs-500", "harbor-health")]);
        let (_, findings) =
            noticeworks::filings::make(&incident(""), &cube, &plan, &forms(), plan.as_of);
        assert_eq!(findings.count("filing.placeholder_count"), flagged, "{count}");
    }
}

#[test]
fn fewer_than_ten_without_an_address() {
    for (count, option) in [(1, "fewer_than_10"), (9, "fewer_than_10"), (10, "10_or_more")] {
        let mut cube = Cube::default();
        cube.cells.insert(cell(0, "ME", &[0], Outcome::Substitute), count);
        let plan = plan(vec![hhs("hipaa-hhs-500", "harbor-health")]);
        let (filings, _) =
            noticeworks::filings::make(&incident(""), &cube, &plan, &forms(), plan.as_of);
        let answer = filings[0].fields.iter().find(|a| a.id == "substitute_notice_count").unwrap();
        assert_eq!(answer.chosen(), [option]);
    }
}

#[test]
fn no_substitute_notice_is_owed_for_the_deceased() {
    let mut cube = Cube::default();
    let estate = cell(0, "ME", &[0], Outcome::Substitute);
    cube.cells.insert(Cell { recipient: Recipient::Estate, ..estate.clone() }, 4);
    cube.cells.insert(Cell { population: Population::Dependant, ..estate }, 2);
    let plan = plan(vec![hhs("hipaa-hhs-500", "harbor-health")]);
    let (filings, _) =
        noticeworks::filings::make(&incident(""), &cube, &plan, &forms(), plan.as_of);
    let answer = |id: &str| filings[0].fields.iter().find(|a| a.id == id).unwrap();
    assert_eq!(answer("individuals_affected").text(), "6");
    assert_eq!(answer("substitute_notice_count").chosen(), ["fewer_than_10"]);
    cube.cells.retain(|c, _| c.recipient == Recipient::Estate);
    let (filings, _) =
        noticeworks::filings::make(&incident(""), &cube, &plan, &forms(), plan.as_of);
    let answer = |id: &str| filings[0].fields.iter().find(|a| a.id == id).unwrap();
    assert_eq!(answer("substitute_notice").chosen(), ["no"]);
}

#[test]
fn who_files_decides_whether_there_is_a_filing() {
    let with = |carrier: Carrier, arises: Arises| {
        let mut duty = hhs("hipaa-hhs-500", "harbor-health");
        (duty.carrier, duty.arises) = (carrier, arises);
        let plan = plan(vec![duty]);
        let left = noticeworks::filings::left_to_entities(&plan).len();
        let (filings, _) = make(&incident(""), &plan);
        (filings.iter().map(|f| f.standing).collect::<Vec<_>>(), left)
    };
    assert_eq!(with(Carrier::Sender, Arises::Yes), (vec![FilingStanding::Due], 0));
    assert_eq!(with(Carrier::Sender, Arises::Possible), (vec![FilingStanding::Possible], 0));
    assert_eq!(with(Carrier::Undecided, Arises::Yes), (vec![FilingStanding::Undelegated], 0));
    assert_eq!(with(Carrier::Entity, Arises::Yes), (vec![], 1));
    assert_eq!(with(Carrier::Sender, Arises::No), (vec![], 0));
}

#[test]
fn an_action_outside_the_forms_list_is_found() {
    let incident = INCIDENT.replace("\"credit_monitoring\"", "\"credit_monitoring\", \"prayed\"");
    let incident = toml::from_str(&incident).unwrap();
    let plan = plan(vec![hhs("hipaa-hhs-500", "harbor-health")]);
    let (filings, findings) = make(&incident, &plan);
    assert_eq!(findings.count("filing.unknown_option"), 1);
    let answer = filings[0].fields.iter().find(|a| a.id == "actions_taken").unwrap();
    assert!(matches!(answer.state, State::ToChoose { .. }));
    let found = findings.iter().next().unwrap();
    assert!(found.message.starts_with("`prayed` in `breach.actions_taken`"), "{}", found.message);
    assert!(found.remedy.contains("credit_monitoring"));
}

#[test]
fn other_actions_are_asked_for_by_a_decision() {
    let text = INCIDENT.replace("\"credit_monitoring\"", "\"other\"");
    let plan = plan(vec![hhs("hipaa-hhs-500", "harbor-health")]);
    let other = |more: &str| {
        let incident = toml::from_str(&format!("{text}{more}")).unwrap();
        let (filings, _) = make(&incident, &plan);
        line(filings[0].fields.iter().find(|a| a.id == "actions_other").unwrap())
    };
    assert_eq!(other(""), "actions_other missing:  <- filing.other_actions");
    let decision = "[[decision]]\nquestion = \"filing.incident.actions_other\"\nchoice = \"Hired a guard.\"\nby = \"A. Counsel\"\non = 2026-09-01\n";
    assert_eq!(other(decision), "actions_other answered: Hired a guard.");
}

#[test]
fn protection_that_is_offered_and_not_ticked_is_found() {
    let plan = plan(vec![hhs("hipaa-hhs-500", "harbor-health")]);
    let count = |text: &str| {
        let incident = toml::from_str(text).unwrap();
        make(&incident, &plan).1.count("filing.option_left_out")
    };
    let unticked = INCIDENT.replace(", \"credit_monitoring\"", "");
    assert_ne!(unticked, INCIDENT);
    assert_eq!(count(INCIDENT), 0, "offered and ticked");
    assert_eq!(count(&unticked), 1, "offered, not ticked");
    let nothing = &unticked[..unticked.find("[[protection]]").unwrap()];
    assert_eq!(count(nothing), 0, "neither");
    // Counsel's own answer to the field settles it.
    let decided = format!(
        "{unticked}\n[[decision]]\nquestion = \"filing.hipaa-hhs-500.actions_taken\"\nchoice = \
         \"new_technical_safeguards\"\nby = \"A. Counsel\"\non = 2026-09-01\n"
    );
    assert_eq!(count(&decided), 0);
}
