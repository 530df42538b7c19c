//! Reports to HHS.

use super::fixture::*;
use noticeworks::law::DutyKind;

#[test]
fn five_hundred_or_more_in_the_order_of_the_portal() {
    let mut media = duty("hipaa-media", "US-HIPAA", DutyKind::Media, &["harbor-health"]);
    media.id = "hipaa-media.harbor-health.ME".to_owned();
    let plan =
        plan(vec![duty("hipaa-hhs-500", "US-HIPAA", DutyKind::Hhs, &["harbor-health"]), media]);
    let (filings, findings) = make(&incident(""), &plan);
    assert_eq!(filings.len(), 1);
    assert_eq!(filings[0].file_stem, "hipaa-hhs-500.harbor-health");
    assert!(findings.is_empty());
    insta::assert_snapshot!(lines(&filings[0]));
}
