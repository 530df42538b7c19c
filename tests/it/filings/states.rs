//! Filings with states.

use super::fixture::*;
use noticeworks::law::DutyKind;

#[test]
fn maine_form() {
    let plan = plan(vec![duty("me-ag", "ME", DutyKind::Regulator, &["harbor-health"])]);
    let (filings, _) = make(&incident(""), &plan);
    insta::assert_snapshot!(lines(&filings[0]));
}

#[test]
fn california_form() {
    let plan = plan(vec![duty("ca-ag", "CA", DutyKind::Regulator, &["harbor-health"])]);
    let (filings, _) = make(&incident(""), &plan);
    insta::assert_snapshot!(lines(&filings[0]));
}

#[test]
fn texas_form_for_two_entities() {
    let both = ["harbor-health", "pine-plan"];
    let plan = plan(vec![duty("tx-ag", "TX", DutyKind::Regulator, &both)]);
    let (filings, _) = make(&incident(""), &plan);
    insta::assert_snapshot!(lines(&filings[0]));
}
