//! Dates and counts of a filing come from its own people.

use super::breach::{AUSTIN, BOSTON, Breach, CONCORD, PORTLAND, Row};

fn days(breach: &Breach, filing: &str) -> (String, String) {
    let day = |field| breach.field(filing, field).to_string();
    (day("individual_notice_start"), day("individual_notice_end"))
}

#[test]
fn a_mailing_that_reached_none_of_a_filings_people_is_no_date_of_theirs() {
    let mut first: Vec<Row> = (0..4).map(|n| Row::new(n, "harbor-health", PORTLAND)).collect();
    first.push(Row::new(4, "prairie-care", BOSTON));
    let breach = Breach::of(&first);
    let later = [Row::new(5, "prairie-care", AUSTIN), Row::new(6, "prairie-care", BOSTON)];
    breach.wave("w2", "initial", "2026-10-05", &later);
    breach.seal("w1");
    breach.post("w1", "1", "2026-09-18");
    breach.must("filings {folder} --wave w1");
    breach.record("me-ag", "2026-09-20", "");
    breach.record("ma-ag", "2026-09-20", "");
    breach.record("hipaa-hhs-annual.harbor-health", "2026-09-20", "");
    breach.seal("w2");
    let said = breach.must("filings {folder} --wave w2");
    let stale = |duty: &str| Breach::found(&said).contains(&format!("`{duty}` was filed"));
    assert!(!stale("me-ag"), "{}", said.stderr);
    assert!(!stale("hipaa-hhs-annual.harbor-health"), "{}", said.stderr);
    assert!(stale("ma-ag"), "one more in Massachusetts: {}", said.stderr);
    breach.post("w2", "1", "2026-10-05");
    let said = breach.must("filings {folder} --wave w2");
    for duty in ["me-ag", "hipaa-hhs-annual.harbor-health"] {
        let told = Breach::found(&said).contains(&format!("`{duty}` was filed"));
        assert!(!told, "{duty} has nobody in w2: {}", said.stderr);
    }
    let report = "w2/filings/hhs/hipaa-hhs-annual.harbor-health";
    let (start, end) = days(&breach, report);
    assert_eq!(start, end, "Harbor's patients were written to on one day");
    assert!(start.contains("18"), "{start}");
}

#[test]
fn planned_days_are_those_of_the_waves_that_reach_a_filings_people() {
    let breach = Breach::of(&[Row::new(0, "harbor-health", PORTLAND)]);
    breach.wave("w2", "initial", "2026-10-05", &[Row::new(1, "harbor-health", CONCORD)]);
    breach.must("run {folder} --wave w1");
    breach.must("run {folder} --wave w2");
    let of = |state: &str| breach.read(&format!("w2/filings/states/{state}-ag.html"));
    let (maine, hampshire) = (of("me"), of("nh"));
    assert!(!maine.contains("10/05/2026") && !maine.contains("October 5, 2026"), "{maine}");
    assert!(!hampshire.contains("09/18/2026") && !hampshire.contains("September 18, 2026"));
}
