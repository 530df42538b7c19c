//! Every threshold and comparator that was checked against statute text.

use super::duty;
use noticeworks::law::Comparator::{self, AtLeast, MoreThan};

const NOW: &str = "2026-11-22";

/// Duty, threshold, comparator as enacted.
const ENACTED: &[(&str, u64, Comparator)] = &[
    ("ak-cra", 1000, MoreThan),
    ("al-ag", 1000, MoreThan),
    ("al-cra", 1000, MoreThan),
    ("ar-ag", 1000, MoreThan),
    ("az-ag", 1000, MoreThan),
    ("az-dohs", 1000, MoreThan),
    ("az-cra", 1000, MoreThan),
    ("ca-ag", 500, MoreThan),
    ("ca-cdph", 1, AtLeast),
    ("co-ag", 500, AtLeast),
    ("co-cra", 1000, MoreThan),
    ("ct-ag", 1, AtLeast),
    ("dc-oag", 50, AtLeast),
    ("dc-cra", 1000, MoreThan),
    ("de-ag", 500, MoreThan),
    ("fl-ag", 500, AtLeast),
    ("fl-cra", 1000, MoreThan),
    ("ga-cra", 10_000, MoreThan),
    ("hi-ocp", 1000, MoreThan),
    ("hi-cra", 1000, MoreThan),
    ("ia-ag", 500, MoreThan),
    ("id-ag", 1, AtLeast),
    ("il-ag", 500, MoreThan),
    ("il-ag-hipaa", 1, AtLeast),
    ("in-ag", 1, AtLeast),
    ("in-cra", 1000, MoreThan),
    ("ks-cra", 1000, MoreThan),
    ("ky-cra", 1000, MoreThan),
    ("la-ag", 1, AtLeast),
    ("ma-ag", 1, AtLeast),
    ("ma-ocabr", 1, AtLeast),
    ("md-ag", 1, AtLeast),
    ("md-cra", 1000, AtLeast),
    ("me-ag", 1, AtLeast),
    ("me-cra", 1000, MoreThan),
    ("mi-cra", 1000, MoreThan),
    ("mn-cra", 500, MoreThan),
    ("mo-ag", 1000, MoreThan),
    ("mo-cra", 1000, MoreThan),
    ("mt-ocp", 1, AtLeast),
    ("mt-cra", 1, AtLeast),
    ("nc-ag", 1, AtLeast),
    ("nc-cra", 1000, MoreThan),
    ("nd-ag", 250, MoreThan),
    ("ne-ag", 1, AtLeast),
    ("nh-ag", 1, AtLeast),
    ("nh-cra", 1000, MoreThan),
    ("nj-sp", 1, AtLeast),
    ("nj-cra", 1000, MoreThan),
    ("nm-ag", 1000, MoreThan),
    ("nm-cra", 1000, MoreThan),
    ("nv-cra", 1000, MoreThan),
    ("ny-ag", 1, AtLeast),
    ("ny-cra", 5000, MoreThan),
    ("oh-cra", 1000, MoreThan),
    ("ok-ag", 500, AtLeast),
    ("or-ag", 250, MoreThan),
    ("or-cra", 1000, MoreThan),
    ("pa-ag", 500, MoreThan),
    ("pa-cra", 500, MoreThan),
    ("pr-daco", 1, AtLeast),
    ("ri-ag", 500, MoreThan),
    ("ri-cra", 500, MoreThan),
    ("sc-dca", 1000, MoreThan),
    ("sc-cra", 1000, MoreThan),
    ("sd-ag", 250, MoreThan),
    ("sd-cra", 1, AtLeast),
    ("tn-cra", 1000, MoreThan),
    ("tx-ag", 250, AtLeast),
    ("tx-cra", 10_000, MoreThan),
    ("ut-ag", 500, AtLeast),
    ("ut-cyber-center", 500, AtLeast),
    ("ut-cra", 1000, AtLeast),
    ("va-ag", 1, AtLeast),
    ("va-ag-over-1000", 1000, MoreThan),
    ("va-cra", 1000, MoreThan),
    ("vt-ag-preliminary", 1, AtLeast),
    ("vt-ag-final", 1, AtLeast),
    ("vt-cra", 1000, MoreThan),
    ("wa-ag", 500, MoreThan),
    ("wi-cra", 1000, AtLeast),
    ("wv-cra", 1000, MoreThan),
    ("ftc-500", 500, AtLeast),
    ("ftc-media", 500, AtLeast),
    ("hipaa-media", 500, MoreThan),
    ("hipaa-hhs-500", 500, AtLeast),
];

#[test]
fn thresholds_stand_as_enacted() {
    let wrong: Vec<_> = ENACTED
        .iter()
        .filter(|(id, threshold, comparator)| {
            let duty = duty(id, NOW);
            (duty.threshold, duty.comparator) != (*threshold, *comparator)
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// Duty, number, unit, clock.
const CLOCKS: &[(&str, &str)] = &[
    ("al-individual", "45 calendar determination, 45 calendar notice_to_entity"),
    ("al-ag", "45 calendar determination, 45 calendar notice_to_entity"),
    ("ar-ag", "none with_individual_notice, 45 calendar determination"),
    ("az-individual", "45 calendar determination"),
    ("az-cra", "45 calendar determination"),
    ("co-individual", "30 calendar determination"),
    ("co-ag", "30 calendar determination"),
    ("ct-individual", "60 calendar discovery"),
    ("ct-ag", "none with_individual_notice"),
    ("dc-individual", "none discovery"),
    ("de-individual", "60 calendar determination"),
    ("fl-individual", "30 calendar determination"),
    ("fl-ag", "30 calendar determination"),
    ("hi-legislature", "20 calendar discovery"),
    ("ia-ag", "5 business individual_notice"),
    ("id-ag", "24 hours discovery"),
    ("in-individual", "45 calendar discovery"),
    ("in-ag", "45 calendar discovery"),
    ("ky-agency", "72 hours determination"),
    ("la-individual", "60 calendar discovery"),
    ("la-ag", "10 calendar individual_notice"),
    ("mn-cra", "48 hours determination"),
    ("mo-insurance", "4 business determination"),
    ("nh-ag", "none before_individual_notice"),
    ("nj-sp", "none before_individual_notice"),
    ("nm-individual", "45 calendar discovery"),
    ("oh-individual", "45 calendar discovery"),
    ("ok-ag", "60 calendar individual_notice"),
    ("or-individual", "45 calendar discovery"),
    ("or-ag", "45 calendar discovery"),
    ("pa-ag", "none with_individual_notice"),
    ("pr-daco", "10 calendar discovery"),
    ("ri-individual", "45 calendar confirmation"),
    ("ri-agency-individual", "30 calendar confirmation"),
    ("sd-individual", "60 calendar discovery"),
    ("tn-individual", "45 calendar discovery"),
    ("vt-individual", "45 calendar discovery"),
    ("vt-ag-preliminary", "14 business discovery, 0 calendar with_individual_notice"),
    ("wa-individual", "30 calendar discovery"),
    ("wi-individual", "45 calendar discovery"),
];

#[test]
fn clocks_stand_as_enacted() {
    for (id, expected) in CLOCKS {
        let duty = duty(id, NOW);
        let main = clock(duty.deadline, duty.clock);
        let more = duty.or_earlier.iter().map(|t| clock(Some(t.deadline), t.clock));
        let all: Vec<_> = std::iter::once(main).chain(more).collect();
        assert_eq!(all.join(", "), *expected, "{id}");
    }
}

fn clock(deadline: Option<noticeworks::law::Deadline>, clock: noticeworks::law::Clock) -> String {
    let word = |value: serde_json::Value| value.as_str().unwrap().to_owned();
    let clock = word(serde_json::to_value(clock).unwrap());
    match deadline {
        None => format!("none {clock}"),
        Some(d) => match (d.days, d.hours) {
            (Some(n), None) => {
                format!("{n} {} {clock}", word(serde_json::to_value(d.day_kind).unwrap()))
            }
            (None, Some(n)) => format!("{n} hours {clock}"),
            both => panic!("{both:?}"),
        },
    }
}

/// Jurisdictions whose general definition names medical information, and those that do not.
#[test]
fn medical_information_is_in_or_out_as_enacted() {
    let names = |code: &str, element: &str| {
        noticeworks::law::in_force(&super::law(code).definitions, super::day(NOW))
            .filter(|d| d.statute == "general")
            .any(|d| d.elements.iter().any(|e| e == element))
    };
    let medical = "AL AZ AR CA CO CT DE DC FL IL MD MO MT ND NY OR PR RI SD TX VT WA WY";
    for code in medical.split(' ') {
        assert!(names(code, "medical_information"), "{code}");
    }
    let neither =
        "AK GA HI ID IN IA KS KY LA ME MA MI MN MS NC NE NH NJ NM OH OK SC TN UT VA WI WV";
    for code in neither.split(' ') {
        assert!(!names(code, "medical_information"), "{code}");
        assert!(!names(code, "health_insurance"), "{code}");
    }
    assert!(!names("AR", "health_insurance"));
    assert!(names("NV", "health_insurance_id") && !names("NV", "medical_information"));
}

#[test]
fn months_of_protection_stand_as_enacted() {
    let months: Vec<_> = super::pack()
        .jurisdictions()
        .flat_map(|j| j.protections.iter().map(move |p| (j.code.as_str(), p)))
        .filter(|(_, p)| p.required)
        .map(|(code, p)| format!("{code} {}", p.months.unwrap()))
        .collect();
    assert_eq!(months, ["CA 12", "CT 24", "DC 18", "DE 12", "MA 18", "PA 12", "RI 60"]);
}
