//! What holds for every plan.

use super::fixture::{group, scene};
use jiff::{Span, civil::date};
use noticeworks::plan::{Arises, Plan};
use proptest::prelude::*;

const STATES: [&str; 3] = ["NO", "SO", "EA"];
const ENTITIES: [&str; 3] = ["harbor", "prairie", "summit"];

fn arising(plan: &Plan, annual: bool) -> Vec<String> {
    plan.duties
        .iter()
        .filter(|d| d.arises != Arises::No)
        .filter(|d| {
            annual || !matches!(d.rule.as_str(), "hipaa-hhs-annual" | "hipaa-substitute-few")
        })
        .map(|d| d.id.clone())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// More people never make a duty vanish, but for those of small breaches.
    #[test]
    fn thresholds_are_monotone(
        n in prop::array::uniform3(0_u64..1500),
        more in 0_u64..900,
        state in 0_usize..3,
    ) {
        let groups: Vec<_> =
            (0..3).map(|i| group(ENTITIES[i], STATES[(state + i) % 3], n[i])).collect();
        let before = arising(&scene(&groups.clone()).plan(), false);
        let mut grown = groups;
        grown.push(group("harbor", STATES[state], more));
        let after = arising(&scene(&grown).plan(), false);
        for id in before {
            prop_assert!(after.contains(&id), "{} vanished", id);
        }
    }

    /// Within one version of the law, later facts never give an earlier deadline.
    #[test]
    fn a_later_start_never_gives_an_earlier_deadline(days in 1_i64..28) {
        let groups: Vec<_> = STATES.iter().map(|s| group("harbor", s, 700)).collect();
        let first = date(2026, 9, 1);
        let make = |later: i64| {
            let day = |d: i64| first.checked_add(Span::new().days(d + later)).unwrap();
            scene(&groups)
                .with("discovered = 2026-07-30", &format!("discovered = {}", day(0)))
                .with("determined = 2026-08-26", &format!("determined = {}", day(10)))
                .with("mail_on = 2026-09-18", &format!("mail_on = {}", day(20)))
                .plan()
        };
        let (early, late) = (make(0), make(days));
        for duty in &early.duties {
            let other = late.duty(&duty.id).unwrap();
            prop_assert!(duty.due <= other.due, "{}: {:?} {:?}", duty.id, duty.due, other.due);
        }
    }

    /// Estimates and a roster with the same counts give the same plan, but for certainty.
    #[test]
    fn estimates_plan_like_a_roster(n in prop::array::uniform3(1_u64..1500)) {
        let groups: Vec<_> = (0..3)
            .map(|i| group(ENTITIES[i], STATES[i], n[i]).elements(&[]))
            .collect();
        let estimates: String = (0..3)
            .map(|i| format!(
                "\n[[estimate]]\nentity = \"{}\"\njurisdiction = \"{}\"\ncount = {}\n",
                ENTITIES[i], STATES[i], n[i]
            ))
            .collect();
        let roster = scene(&groups).plan();
        let estimated = scene(&[]).and(&estimates).estimated().plan();
        for duty in &roster.duties {
            let other = estimated.duty(&duty.id).unwrap();
            prop_assert_eq!(duty.count, other.count);
            if !duty.id.starts_with("hipaa-substitute") {
                prop_assert_eq!(duty.due, other.due);
                prop_assert_eq!(duty.arises == Arises::No, other.arises == Arises::No);
            }
        }
    }

    /// The same input gives the same plan.
    #[test]
    fn same_input_same_plan(n in prop::array::uniform3(0_u64..1500)) {
        let groups: Vec<_> = (0..3).map(|i| group(ENTITIES[i], STATES[i], n[i])).collect();
        let mut reversed = groups.clone();
        reversed.reverse();
        let json = |plan: &Plan| serde_json::to_string(plan).unwrap();
        prop_assert_eq!(json(&scene(&groups).plan()), json(&scene(&reversed).plan()));
    }
}
