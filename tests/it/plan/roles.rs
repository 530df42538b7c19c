//! The parts of the FTC rule, and what a decision on a covered entity's own telling does.

use super::fixture::{Scene, group, scene};
use jiff::civil::date;
use noticeworks::incident::{EntityKind, Role};
use noticeworks::plan::{Arises, ics, runbook};

fn told() -> Scene {
    let agent = "agency = \"agent\"";
    scene(&[group("harbor", "NO", 600)]).with(agent, &format!("{agent}\ntold_on = 2026-08-20"))
}

#[test]
fn hipaa_and_the_ftc_rule_exclude_one_another() {
    for role in [Role::PhrVendor, Role::PhrRelatedEntity, Role::PhrServiceProvider] {
        assert!(role.goes_with(EntityKind::PhrVendor), "{}", role.id());
        assert!(!role.goes_with(EntityKind::HealthPlan), "{}", role.id());
    }
    for role in [Role::CoveredEntity, Role::BusinessAssociate] {
        assert!(role.goes_with(EntityKind::Clearinghouse), "{}", role.id());
        assert!(!role.goes_with(EntityKind::PhrRelatedEntity), "{}", role.id());
    }
    assert!(Role::PhrServiceProvider.serves_others() && !Role::PhrVendor.serves_others());
}

#[test]
fn a_covered_entity_that_was_told_is_no_longer_owed_that() {
    let plan = told().plan();
    let duty = plan.duty("hipaa-covered-entity.harbor").unwrap();
    let told_on = duty.done_on.expect("the incident says when harbor was told");
    assert!(duty.arises == Arises::Yes && duty.due.is_some());
    assert!(duty.is_done(plan.as_of) && !duty.is_done(told_on.yesterday().unwrap()));
    // In time: never late afterward, however long ago it is.
    assert_eq!(duty.overdue_days(date(2030, 1, 1)), None);
    assert!(runbook(&plan, plan.as_of).iter().all(|step| step.duty != duty.id));
    assert!(!ics(&plan, "x", &Default::default()).contains(&format!("UID:{}@", duty.id)));
}

#[test]
fn told_too_late_stays_late_by_those_days_and_no_more() {
    let plan = told().plan();
    let mut duty = plan.duty("hipaa-covered-entity.harbor").unwrap().clone();
    let due = duty.due.unwrap();
    duty.done_on = due.tomorrow().ok();
    assert_eq!(duty.overdue_days(date(2030, 1, 1)), Some(1));
    assert_eq!(duty.overdue_days(due), None);
}
