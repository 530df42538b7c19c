//! When clocks start, how days are counted, what holds and versions do.

use super::fixture::{group, scene};
use jiff::civil::date;
use noticeworks::law::Clock;
use noticeworks::plan::Carrier;

fn north() -> super::fixture::Scene {
    scene(&[group("harbor", "NO", 600)])
}

#[test]
fn calendar_days_count_from_the_day_after_and_do_not_roll() {
    // 2026-07-30 + 30 is a Saturday; + 60 a Monday.
    assert_eq!(north().due("no-individual"), Some(date(2026, 8, 29)));
    assert_eq!(north().due("hipaa-individual.harbor"), Some(date(2026, 9, 28)));
}

#[test]
fn business_days_leave_out_weekends_and_holidays() {
    let licensed = |scene: super::fixture::Scene| {
        scene.with(
            "name = \"Harbor Health System\"",
            "name = \"Harbor Health System\"\nlicences = [{ state = \"NO\", kind = \"facility\" }]",
        )
    };
    assert_eq!(licensed(north()).due("no-health"), Some(date(2026, 8, 20)));
    // Over Labor Day, 2026-09-07.
    let later = licensed(north()).with("discovered = 2026-07-30", "discovered = 2026-08-31");
    assert_eq!(later.due("no-health"), Some(date(2026, 9, 22)));
}

#[test]
fn hours_run_on_and_are_kept() {
    let duty = scene(&[group("harbor", "EA", 3)]).duty("ea-dfr");
    assert_eq!(duty.due, Some(date(2026, 8, 29)));
    assert_eq!(duty.due_hours, Some(72));
    assert_eq!(duty.clock_started, Some(date(2026, 8, 26)));
}

#[test]
fn a_clock_after_the_letters_moves_with_the_mail_date() {
    assert_eq!(north().due("no-ag"), Some(date(2026, 10, 3)));
    let later = north().with("mail_on = 2026-09-18", "mail_on = 2026-09-25");
    assert_eq!(later.due("no-ag"), Some(date(2026, 10, 10)));
}

#[test]
fn before_the_letters_lasts_until_they_go_and_is_late_only_then() {
    let duty = scene(&[group("harbor", "SO", 1)]).duty("so-ag");
    assert_eq!((duty.due, duty.recommended), (Some(date(2026, 9, 18)), Some(date(2026, 9, 17))));
    assert_eq!(duty.overdue_days(date(2026, 8, 1)), None, "weeks ahead");
    assert_eq!(duty.overdue_days(date(2026, 9, 18)), None, "no letter has left that morning");
    assert_eq!(duty.overdue_days(date(2026, 9, 19)), Some(1));
    // Letters of a Tuesday after Labor Day: the Friday before is the last business day.
    let tuesday = scene(&[group("harbor", "SO", 1)])
        .with("mail_on = 2026-09-18", "mail_on = 2026-09-08")
        .duty("so-ag");
    assert_eq!(tuesday.recommended, Some(date(2026, 9, 4)));
    // What goes with the letters has no better day.
    let with = scene(&[group("harbor", "NO", 600)]).duty("hipaa-hhs-500.harbor");
    assert_eq!(with.recommended, None);
}

#[test]
fn the_report_to_hhs_starts_a_chained_clock() {
    // 500 or more: HHS is told with the letters on Friday 2026-09-18; five business days on.
    assert_eq!(scene(&[group("harbor", "SO", 500)]).due("so-ag-hhs"), Some(date(2026, 9, 25)));
    // Fewer: the annual report is due 60 days after the year, 2027-03-01, a Monday.
    let few = scene(&[group("harbor", "SO", 499)]);
    assert_eq!(few.due("hipaa-hhs-annual.harbor"), Some(date(2027, 3, 1)));
    assert_eq!(few.due("so-ag-hhs"), Some(date(2027, 3, 8)));
}

#[test]
fn letters_after_day_60_do_not_move_the_report_to_hhs() {
    let late = north().with("mail_on = 2026-09-18", "mail_on = 2026-10-20");
    let duty = late.duty("hipaa-hhs-500.harbor");
    assert_eq!((duty.due, duty.clock), (Some(date(2026, 9, 28)), Clock::Discovery));
    let duty = north().duty("hipaa-hhs-500.harbor");
    assert_eq!((duty.due, duty.clock), (Some(date(2026, 9, 18)), Clock::WithIndividualNotice));
}

#[test]
fn the_annual_report_follows_a_leap_year() {
    let scene = scene(&[group("harbor", "NO", 4)])
        .with("discovered = 2026-07-30", "discovered = 2027-07-30")
        .with("determined = 2026-08-26", "determined = 2027-08-26")
        .with("mail_on = 2026-09-18", "mail_on = 2027-09-18");
    assert_eq!(scene.due("hipaa-hhs-annual.harbor"), Some(date(2028, 2, 29)));
}

#[test]
fn of_two_clocks_the_earlier_counts() {
    let east = || scene(&[group("harbor", "EA", 3)]);
    assert_eq!(east().due("ea-ag"), Some(date(2026, 8, 19)));
    let early = east().with("mail_on = 2026-09-18", "mail_on = 2026-08-10");
    let duty = early.duty("ea-ag");
    assert_eq!((duty.due, duty.clock), (Some(date(2026, 8, 10)), Clock::IndividualNotice));
}

#[test]
fn the_earliest_discovery_counts_until_counsel_chooses() {
    let known = north().with(
        "determined = 2026-08-26",
        "determined = 2026-08-26\ndiscoveries = [{ on = 2026-07-20, what = \"an alert\" }]",
    );
    assert_eq!(known.due("no-individual"), Some(date(2026, 8, 19)));
    let question = known.plan().question("discovery.server").unwrap().clone();
    assert_eq!(question.choices, ["2026-07-20", "2026-07-30"]);
    assert_eq!(question.default, "2026-07-20");
    let decided = known.and(
        "\n[[decision]]\nquestion = \"discovery.server\"\nchoice = \"2026-07-30\"\nby = \"A\"\non = 2026-09-01\n",
    );
    assert_eq!(decided.due("no-individual"), Some(date(2026, 8, 29)));
}

#[test]
fn agency_decides_whose_discovery_starts_the_clock() {
    let told = |agency: &str| {
        north().with(
            "kind = \"healthcare_provider\"\nagency = \"agent\"",
            &format!("kind = \"healthcare_provider\"\nagency = \"{agency}\"\ntold_on = 2026-08-20"),
        )
    };
    assert_eq!(told("agent").due("hipaa-individual.harbor"), Some(date(2026, 9, 28)));
    assert_eq!(told("unknown").due("hipaa-individual.harbor"), Some(date(2026, 9, 28)));
    assert_eq!(told("independent").due("hipaa-individual.harbor"), Some(date(2026, 10, 19)));
    assert!(told("unknown").plan().question("agency.harbor").is_some());
    assert!(told("agent").plan().question("agency.harbor").is_none());
    // The business associate's own duty runs from its own discovery all the same.
    assert_eq!(told("independent").due("hipaa-covered-entity.harbor"), Some(date(2026, 9, 28)));
    let knew = told("independent")
        .with("told_on = 2026-08-20", "told_on = 2026-08-20\nknew_earlier_on = 2026-08-11");
    assert_eq!(knew.due("hipaa-individual.harbor"), Some(date(2026, 10, 10)));
}

#[test]
fn an_independent_entity_never_told_keeps_the_early_date() {
    let scene = north().with(
        "kind = \"healthcare_provider\"\nagency = \"agent\"",
        "kind = \"healthcare_provider\"\nagency = \"independent\"",
    );
    assert_eq!(scene.due("hipaa-individual.harbor"), Some(date(2026, 9, 28)));
}

#[test]
fn without_a_determination_the_clock_runs_from_discovery() {
    let scene = scene(&[group("harbor", "EA", 3)]).with("determined = 2026-08-26\n", "");
    assert_eq!(scene.due("ea-dfr"), Some(date(2026, 8, 2)));
    assert!(scene.plan().question("determination.server").is_some());
}

const HOLD: &str = "\n[[law_enforcement_hold]]\nkind = \"written\"\nstated_on = 2026-08-05\nuntil = 2026-09-10\njurisdictions = [\"NO\"]\n";

#[test]
fn a_hold_postpones_only_where_it_is_named() {
    let held = north().and(HOLD);
    // The hold ends after the original date: its end, and the law's seven days.
    assert_eq!(held.due("no-individual"), Some(date(2026, 9, 17)));
    // The federal date stands.
    assert_eq!(held.due("hipaa-individual.harbor"), Some(date(2026, 9, 28)));
    // Without time given after the hold: its last day.
    let federal = north().and(&HOLD.replace("NO", "US-HIPAA").replace("09-10", "10-05"));
    assert_eq!(federal.due("hipaa-individual.harbor"), Some(date(2026, 10, 5)));
    assert_eq!(federal.due("no-individual"), Some(date(2026, 8, 29)));
}

#[test]
fn a_hold_that_ends_before_the_original_date_changes_nothing() {
    let held = north().and(&HOLD.replace("2026-09-10", "2026-08-20"));
    assert_eq!(held.due("no-individual"), Some(date(2026, 8, 29)));
    let after = north().and(&HOLD.replace("stated_on = 2026-08-05", "stated_on = 2026-08-30"));
    assert_eq!(after.due("no-individual"), Some(date(2026, 8, 29)));
}

#[test]
fn an_oral_hold_lasts_thirty_days_at_most() {
    let oral = HOLD.replace("written", "oral");
    // Stated 2026-08-05: ends 2026-09-04, though `until` is later.
    assert_eq!(north().and(&oral).due("no-individual"), Some(date(2026, 9, 11)));
    let open = oral.replace("until = 2026-09-10\n", "");
    assert_eq!(north().and(&open).due("no-individual"), Some(date(2026, 9, 11)));
    let short = oral.replace("2026-09-10", "2026-09-01");
    assert_eq!(north().and(&short).due("no-individual"), Some(date(2026, 9, 8)));
}

#[test]
fn mailing_during_a_hold_is_a_finding() {
    let (_, findings) = north().and(&HOLD.replace("09-10", "09-20")).make();
    assert_eq!(findings.count("hold.mailing_during"), 1);
    let (_, findings) = north().and(HOLD).make();
    assert_eq!(findings.count("hold.mailing_during"), 0);
}

#[test]
fn two_versions_give_the_stricter_date_and_a_question() {
    let east = || scene(&[group("harbor", "EA", 3)]);
    // Discovered before, mailed after 2026-09-01: 90 days by the old, 45 by the new version.
    assert_eq!(east().due("ea-new"), Some(date(2026, 9, 13)));
    let question = east().plan().question("ea-new.version").unwrap().clone();
    assert_eq!(question.choices, ["2000-01-01", "2026-09-01"]);
    let decide = |choice: &str| {
        east().and(&format!(
            "\n[[decision]]\nquestion = \"ea-new.version\"\nchoice = \"{choice}\"\nby = \"A\"\non = 2026-09-01\n"
        ))
    };
    assert_eq!(decide("2000-01-01").due("ea-new"), Some(date(2026, 10, 28)));
    assert_eq!(decide("2026-09-01").due("ea-new"), Some(date(2026, 9, 13)));
    // Mailed on the last day of the old version: no question.
    let before = east().with("mail_on = 2026-09-18", "mail_on = 2026-08-31");
    assert_eq!(before.due("ea-new"), Some(date(2026, 10, 28)));
    assert!(before.plan().question("ea-new.version").is_none());
    let after = east()
        .with("discovered = 2026-07-30", "discovered = 2026-09-01")
        .with("determined = 2026-08-26", "determined = 2026-09-02");
    assert_eq!(after.due("ea-new"), Some(date(2026, 10, 16)));
}

#[test]
fn an_enactment_that_says_what_it_reaches_is_taken_at_its_word() {
    let east = || scene(&[group("harbor", "EA", 3)]);
    // Discovered before, determined after: the new version governs, without a question.
    assert_eq!(east().due("ea-reach"), Some(date(2026, 10, 25)));
    assert!(east().plan().question("ea-reach.version").is_none());
    // Determined before: the old version lives on, though mailed after its end.
    let old = east().with("determined = 2026-08-26", "determined = 2026-08-14");
    assert_eq!(old.due("ea-reach"), Some(date(2026, 8, 19)));
    assert!(old.plan().question("ea-reach.version").is_none());
}

#[test]
fn overdue_days_count_from_the_day_after_the_due_date() {
    let duty = north().duty("no-individual");
    assert_eq!(duty.overdue_days(date(2026, 8, 29)), None);
    assert_eq!(duty.overdue_days(date(2026, 8, 30)), Some(1));
    assert_eq!(duty.overdue_days(date(2026, 9, 18)), Some(20));
    assert_eq!(duty.carrier, Carrier::Sender);
}
