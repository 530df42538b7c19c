//! Business days need the federal holidays as observed; recipients need the age of majority.

use super::{day, pack};
use jiff::ToSpan;

/// Worked out from the calendar alone: month-day of every weekday lost to a holiday.
const OBSERVED: [&str; 11] = [
    "2020 01-01 01-20 02-17 05-25 07-03 09-07 10-12 11-11 11-26 12-25",
    "2021 01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31",
    "2022 01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26",
    "2023 01-02 01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25",
    "2024 01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25",
    "2025 01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25",
    "2026 01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25",
    "2027 01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31",
    "2028 01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25",
    "2029 01-01 01-15 02-19 05-28 06-19 07-04 09-03 10-08 11-12 11-22 12-25",
    "2030 01-01 01-21 02-18 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25",
];

#[test]
fn federal_holidays_are_observed_as_the_government_observes_them() {
    for line in OBSERVED {
        let (year, days) = line.split_once(' ').unwrap();
        let mut date = day(&format!("{year}-01-01"));
        let mut found = Vec::new();
        while date.year().to_string() == year {
            if pack().is_federal_holiday(date) {
                found.push(date.to_string()[5..].to_owned());
            }
            date = date.checked_add(1.day()).unwrap();
        }
        assert_eq!(found.join(" "), days, "{year}");
    }
}

#[test]
fn juneteenth_is_no_holiday_before_2021() {
    assert!(!pack().is_federal_holiday(day("2020-06-19")));
    assert!(pack().is_federal_holiday(day("2023-06-19")));
    assert_eq!(
        pack().holidays().observed_on(day("2023-06-19")),
        Some("Juneteenth National Independence Day")
    );
}

#[test]
fn majority_is_eighteen_but_for_four() {
    let on = day("2026-11-22");
    let others: Vec<_> = pack()
        .jurisdictions()
        .map(|j| (j.code.as_str(), pack().majority(&j.code, on)))
        .filter(|(_, age)| *age != 18)
        .collect();
    assert_eq!(others, [("AL", 19), ("MS", 21), ("NE", 19), ("PR", 21)]);
    assert_eq!(pack().majority("ZZ", on), 18, "a code without a file");
}
