//! What `law diff` and `law show` are made of.

use super::{day, pack};
use noticeworks::law::{ChangeKind, diff, show};

#[test]
fn nothing_changes_on_one_day() {
    assert!(diff(pack(), day("2026-01-01"), day("2026-01-01")).is_empty());
}

#[test]
fn the_new_year_of_2026_changed_three_states() {
    let changes = diff(pack(), day("2025-12-31"), day("2026-01-01"));
    let lines: Vec<_> = changes
        .iter()
        .map(|c| {
            let keys: Vec<_> = c.fields.iter().map(|f| f.key.as_str()).collect();
            let what = serde_json::to_value(c.what).unwrap();
            format!(
                "{} {} {} {} {}: {}",
                c.jurisdiction,
                c.rule,
                c.id,
                what.as_str().unwrap(),
                c.on,
                keys.join(" ")
            )
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @r#"
CA duty ca-ag changes 2026-01-01: effective until deadline timing notes source
CA duty ca-individual changes 2026-01-01: cite effective until deadline timing extension proof source
MO definition insurance begins 2026-01-01: 
MO duty mo-insurance begins 2026-01-01: 
OK definition general changes 2026-01-01: effective until applies_to_breaches elements detail confidence proof source
OK hipaa general when {"patients":true} begins 2026-01-01: 
OK duty ok-ag begins 2026-01-01: 
OK duty ok-individual changes 2026-01-01: cite effective until applies_to_breaches clock extension confidence proof source
"#);
}

#[test]
fn a_change_says_what_was_before_and_after() {
    let changes = diff(pack(), day("2023-08-31"), day("2023-09-01"));
    let texas = changes.iter().find(|c| c.id == "tx-ag").unwrap();
    assert_eq!(texas.what, ChangeKind::Changes);
    let deadline = texas.fields.iter().find(|f| f.key == "deadline").unwrap();
    assert_eq!(deadline.before["days"], 60);
    assert_eq!(deadline.after["days"], 30);
}

#[test]
fn going_back_ends_what_going_forward_begins() {
    let forward = diff(pack(), day("2022-01-01"), day("2026-11-22"));
    let back = diff(pack(), day("2026-11-22"), day("2022-01-01"));
    let count =
        |list: &[noticeworks::law::Change], what| list.iter().filter(|c| c.what == what).count();
    assert_eq!(count(&forward, ChangeKind::Begins), count(&back, ChangeKind::Ends));
    assert_eq!(count(&forward, ChangeKind::Changes), count(&back, ChangeKind::Changes));
    assert!(count(&forward, ChangeKind::Begins) > 5);
}

#[test]
fn a_jurisdiction_is_shown_as_of_a_day() {
    let then = show(pack(), "OK", day("2025-12-31")).unwrap();
    let ids = |shown: &noticeworks::law::Shown<'_>| {
        shown.duties.iter().map(|d| d.id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&then), ["ok-individual"]);
    let now = show(pack(), "OK", day("2026-11-22")).unwrap();
    assert_eq!(ids(&now), ["ok-individual", "ok-ag"]);
    assert_eq!(now.majority, 18);
    let json = serde_json::to_value(&now).unwrap();
    assert_eq!(json["duties"][1]["comparator"], ">=");
    assert!(show(pack(), "ZZ", day("2026-11-22")).is_none());
}
