//! The wave mailed last speaks for everyone so far; no earlier wave's run takes its figures back.

use super::breach::{BOSTON, Breach, PORTLAND, Row};

const MAINE: &str = "filings/states/me-ag";

fn breach() -> Breach {
    let mut rows: Vec<Row> = (0..5).map(|n| Row::new(n, "harbor-health", PORTLAND)).collect();
    rows.push(Row::new(5, "harbor-health", BOSTON));
    let breach = Breach::of(&rows);
    breach.must("run {folder}");
    breach.record("me-ag", "2026-09-20", "");
    let later: Vec<Row> = (6..9).map(|n| Row::new(n, "harbor-health", PORTLAND)).collect();
    breach.wave("w2", "initial", "2026-10-05", &later);
    breach
}

fn maine(breach: &Breach) -> serde_json::Value {
    let status = breach.status();
    let filings = status["filings"].as_array().unwrap();
    filings.iter().find(|filing| filing["duty"] == "me-ag").unwrap().clone()
}

#[test]
fn an_earlier_waves_run_never_amends_what_a_later_one_told() {
    let breach = breach();
    let said = breach.must("run {folder} --wave w2");
    assert!(Breach::found(&said).contains("filing.stale"), "{}", said.stderr);
    assert!(breach.exists("w2/filings/states/me-ag-supplement.json"));
    assert_eq!(maine(&breach)["stale"], true);
    breach.record("me-ag", "2026-10-06", " --amends");
    assert_eq!(
        (maine(&breach)["stale"].clone(), maine(&breach)["count"].clone()),
        (false.into(), 8.into())
    );
    for command in ["run", "filings"] {
        // Later days too: what counts is which wave is mailed last, not when it was last looked at.
        let said = breach.must(&format!("{command} {{folder}} --wave w1 --as-of 2026-11-20"));
        assert!(!Breach::found(&said).contains("filing.stale"), "{}", said.stderr);
        assert!(
            Breach::found(&said).contains("wave `w2`"),
            "it says which wave speaks: {}",
            said.stderr
        );
        let folder = breach.case.folder();
        let next = format!("`noticeworks filings {} --wave w2`", folder.display());
        assert!(Breach::found(&said).contains(&next), "{}", said.stderr);
        assert!(breach.exists(&format!("{MAINE}.json")));
        assert!(!breach.exists(&format!("{MAINE}-supplement.json")));
        let now = maine(&breach);
        assert_eq!((&now["stale"], &now["wave"]), (&false.into(), &"w2".into()));
    }
    let said = breach.must("filings {folder} --wave w2");
    assert!(!Breach::found(&said).contains("filing.stale"), "{}", said.stderr);
}

#[test]
fn the_wave_that_speaks_is_held_against_even_if_the_earlier_one_was_made_last() {
    let breach = breach();
    breach.must("run {folder} --wave w2");
    breach.must("filings {folder} --wave w1 --as-of 2026-11-20");
    assert_eq!(maine(&breach)["stale"], true, "w2 told of three more");
    breach.record("me-ag", "2026-10-06", " --amends");
    assert_eq!(maine(&breach)["count"], 8, "what is recorded is what w2 says");
}
