//! The duties most often met, each against the statute's own numbers.

use super::{day, duty, law, pack};
use noticeworks::law::{
    Clock, Comparator, ContentVerb, Counting, DayKind, Deadline, DutyKind, Treatment, When,
    in_force,
};

const NOW: &str = "2026-11-22";

fn days(n: u32) -> Option<Deadline> {
    Some(Deadline { days: Some(n), hours: None, day_kind: DayKind::Calendar })
}

fn business_days(n: u32) -> Option<Deadline> {
    Some(Deadline { days: Some(n), hours: None, day_kind: DayKind::Business })
}

fn hours(n: u32) -> Option<Deadline> {
    Some(Deadline { days: None, hours: Some(n), day_kind: DayKind::Calendar })
}

#[test]
fn hipaa_counts_500_in_two_ways() {
    let media = duty("hipaa-media", NOW);
    assert_eq!((media.threshold, media.comparator), (500, Comparator::MoreThan));
    assert_eq!(media.counts, Counting::PatientsPerState);
    let hhs = duty("hipaa-hhs-500", NOW);
    assert_eq!((hhs.threshold, hhs.comparator), (500, Comparator::AtLeast));
    assert_eq!(hhs.clock, Clock::WithIndividualNotice);
    assert_eq!(hhs.or_earlier[0].clock, Clock::Discovery);
    assert_eq!(Some(hhs.or_earlier[0].deadline), days(60));
    let annual = duty("hipaa-hhs-annual", NOW);
    assert_eq!((annual.threshold, annual.comparator), (500, Comparator::FewerThan));
    assert_eq!((annual.clock, annual.deadline), (Clock::CalendarYearEnd, days(60)));
}

#[test]
fn hipaa_substitute_notice_turns_at_ten() {
    let few = duty("hipaa-substitute-few", NOW);
    let many = duty("hipaa-substitute-many", NOW);
    assert_eq!((few.threshold, few.comparator), (10, Comparator::FewerThan));
    assert_eq!((many.threshold, many.comparator), (10, Comparator::AtLeast));
    assert_eq!(few.counts, Counting::PatientsUnreachable);
    assert_eq!(duty("hipaa-individual", NOW).deadline, days(60));
    assert_eq!(duty("hipaa-ba-to-ce", NOW).kind, DutyKind::CoveredEntity);
    assert_eq!(duty("hipaa-ba-to-ce", NOW).when.role, ["business_associate"]);
}

#[test]
fn hipaa_letters_have_eight_contents() {
    let ids: Vec<_> = law("US-HIPAA").contents.iter().map(|c| c.id.as_str()).collect();
    insta::assert_snapshot!(ids.join(" "), @"breach_description breach_date discovery_date data_types recommended_actions remediation_steps entity_contact toll_free_number");
}

#[test]
fn part_2_records_are_reported_twice_since_february_2026() {
    assert_eq!(duty("part2-hhs-500", NOW).when.part2_program, Some(true));
    let before = in_force(&law("US-HIPAA").duties, day("2026-02-15"));
    assert_eq!(before.filter(|d| d.id.starts_with("part2")).count(), 0);
}

#[test]
fn california_has_numbers_since_2026() {
    let before = duty("ca-ag", "2025-12-31");
    assert_eq!((before.threshold, before.comparator), (500, Comparator::MoreThan));
    assert_eq!(before.deadline, None);
    let now = duty("ca-ag", "2026-01-01");
    assert_eq!((now.threshold, now.comparator), (500, Comparator::MoreThan));
    assert_eq!((now.clock, now.deadline), (Clock::IndividualNotice, days(15)));
    assert_eq!(duty("ca-individual", "2025-12-31").deadline, None);
    assert_eq!(duty("ca-individual", "2026-01-01").deadline, days(30));
}

#[test]
fn california_facilities_have_fifteen_business_days() {
    for id in ["ca-cdph", "ca-cdph-individual"] {
        let duty = duty(id, NOW);
        assert_eq!(duty.deadline, business_days(15), "{id}");
        assert_eq!(duty.after_hold, business_days(15), "{id}");
        assert_eq!(duty.when.licence, ["cdph_1250"], "{id}");
    }
}

#[test]
fn california_contents_depend_on_what_was_exposed() {
    let content = |id: &str| law("CA").contents.iter().find(|c| c.id == id).unwrap();
    assert_eq!(content("cra_contacts").when.elements_any, ["ssn", "drivers_license", "state_id"]);
    assert_eq!(content("change_credentials_advice").when.elements_any, ["online_credentials"]);
    assert_eq!(content("law_enforcement_delay_statement").when.hold_used, Some(true));
    assert_eq!(content("title_notice_of_data_breach").when, When::default());
    assert_eq!(law("CA").protections[0].months, Some(12));
    assert_eq!(law("CA").letter_styles[0].min_font_points, Some(10.0));
    assert_eq!(law("CA").hipaa[0].treatment, Treatment::ContentDeemed);
    assert!(law("CA").hipaa[0].lifts.is_empty());
}

#[test]
fn illinois_follows_hhs_by_five_business_days() {
    let copy = duty("il-ag-hipaa", NOW);
    assert_eq!((copy.clock, copy.deadline), (Clock::HhsNotice, business_days(5)));
    assert_eq!(copy.when.hhs_report, Some(true));
    let general = duty("il-ag", NOW);
    assert_eq!((general.threshold, general.comparator), (500, Comparator::MoreThan));
    assert_eq!(prohibited("IL"), ["resident_count"]);
}

#[test]
fn massachusetts_forbids_what_hipaa_asks_unless_both_offices_are_told() {
    assert_eq!(prohibited("MA"), ["nature_of_breach", "resident_count"]);
    let hipaa = &law("MA").hipaa[0];
    assert_eq!(hipaa.depends_on, ["ma-ag", "ma-ocabr"]);
    assert_eq!(hipaa.lifts_content, ["nature_of_breach"]);
    assert!(!hipaa.lifts.contains(&DutyKind::Regulator));
    assert!(hipaa.question.is_some());
    let parent = law("MA").contents.iter().find(|c| c.id == "parent_company_name").unwrap();
    assert_eq!(parent.when.parent_company, Some(true));
    assert_eq!(law("MA").protections[0].months, Some(18));
    assert_eq!(law("MA").protections[0].trigger_elements, ["ssn"]);
}

#[test]
fn maine_counts_thirty_days_from_the_determination() {
    let letters = duty("me-individual", NOW);
    assert_eq!((letters.clock, letters.deadline), (Clock::Determination, days(30)));
    assert_eq!(letters.after_hold, business_days(7));
    assert_eq!(duty("me-ag", NOW).clock, Clock::WithIndividualNotice);
    assert_eq!(law("ME").hipaa[0].treatment, Treatment::None);
    let substitute = &law("ME").methods[0];
    assert_eq!(substitute.substitute_cost_over, Some(5000));
    assert_eq!(substitute.substitute_count_over, Some(1000));
}

#[test]
fn maryland_is_told_before_the_letters() {
    assert_eq!(duty("md-ag", NOW).clock, Clock::BeforeIndividualNotice);
    assert_eq!(duty("md-individual", NOW).deadline, days(45));
    assert_eq!(duty("md-individual", NOW).clock, Clock::Discovery);
    assert_eq!(duty("md-individual", "2022-09-30").clock, Clock::Determination);
    assert_eq!(duty("md-owner", NOW).deadline, days(10));
}

#[test]
fn new_york_has_thirty_days_and_many_offices() {
    let letters = duty("ny-individual", NOW);
    assert_eq!((letters.clock, letters.deadline), (Clock::Discovery, days(30)));
    assert_eq!(duty("ny-individual", "2024-12-20").deadline, None);
    for id in ["ny-ag", "ny-dos", "ny-sp"] {
        assert_eq!(duty(id, NOW).clock, Clock::WithIndividualNotice, "{id}");
    }
    let copy = duty("ny-ag-hipaa", NOW);
    assert_eq!((copy.clock, copy.deadline), (Clock::HhsNotice, business_days(5)));
    assert_eq!(duty("ny-dfs", NOW).deadline, hours(72));
    assert_eq!(duty("ny-doh", NOW).when.licence, ["ny_article_28"]);
    assert_eq!(duty("ny-cra", NOW).threshold, 5000);
    assert!(law("NY").hipaa[0].lifts.is_empty(), "the 30 days stay by caution");
}

#[test]
fn new_york_counts_medical_data_since_march_2025() {
    let counts = |on: &str| {
        let mut general =
            in_force(&law("NY").definitions, day(on)).filter(|d| d.statute == "general");
        general.next().unwrap().elements.contains(&"medical_information".to_owned())
    };
    assert!(!counts("2025-03-20"));
    assert!(counts("2025-03-21"));
}

#[test]
fn texas_counts_thirty_days_from_the_determination() {
    let now = duty("tx-ag", NOW);
    assert_eq!((now.threshold, now.comparator), (250, Comparator::AtLeast));
    assert_eq!((now.clock, now.deadline), (Clock::Determination, days(30)));
    assert_eq!(duty("tx-ag", "2023-08-31").deadline, days(60));
    assert_eq!(duty("tx-individual", NOW).deadline, days(60));
    let bureaus = duty("tx-cra", NOW);
    assert_eq!((bureaus.threshold, bureaus.counts), (10_000, Counting::Everybody));
}

#[test]
fn washington_has_two_clocks_for_one_office() {
    let general = duty("wa-ag", NOW);
    let phi = duty("wa-ag-hipaa-phi", NOW);
    assert_eq!((general.threshold, general.comparator), (500, Comparator::MoreThan));
    assert_eq!((general.deadline, phi.deadline), (days(30), days(60)));
    assert_eq!(phi.when.role, ["covered_entity"]);
    // One person outside HIPAA among those counted, and the 30 days hold for all.
    assert_eq!(phi.when.others_counted, Some(false));
    assert_eq!(law("WA").hipaa[0].when.role, ["covered_entity"]);
    assert!(in_force(&law("WA").duties, day(NOW)).all(|d| d.kind != DutyKind::Cra));
}

#[test]
fn vermont_loses_the_hipaa_shelter_with_one_number() {
    let not = law("VT").hipaa[0].when.not.as_ref().unwrap();
    for id in ["ssn", "drivers_license", "biometric", "genetic"] {
        assert!(not.elements_any.iter().any(|e| e == id), "{id}");
    }
    assert!(!not.elements_any.iter().any(|e| e == "medical_information"));
    let first = duty("vt-ag-preliminary", NOW);
    assert_eq!(first.deadline, business_days(14));
    assert_eq!(first.or_earlier[0].clock, Clock::WithIndividualNotice);
}

#[test]
fn letters_of_custom_carry_the_office_s_contact() {
    for code in ["CT", "DC", "IA", "KY", "MA", "MD", "NC", "NY", "OR", "RI"] {
        let named = law(code)
            .contents
            .iter()
            .any(|c| c.id == "ag_contact" && c.rule != ContentVerb::Prohibited);
        assert!(named, "{code}");
        let contacts = pack().contacts();
        assert!(contacts.of(code, "consumer").next().is_some(), "{code} has an address");
    }
}

#[test]
fn elements_lead_to_the_statutes_categories() {
    let elements = pack().elements();
    assert_eq!(elements.categories("ssn"), ["ssn"]);
    assert_eq!(elements.categories("diagnosis"), ["medical_information"]);
    assert_eq!(elements.categories("claims"), ["medical_information", "health_insurance"]);
    assert!(elements.categories("no-such-element").is_empty());
    assert!(elements.sensitive("hiv_sti") && !elements.sensitive("diagnosis"));
    assert_eq!(elements.printed("sud_treatment"), "health information");
    assert_eq!(elements.printed("prescription"), "prescription information");
}

#[test]
fn contacts_hold_three_bureaus_and_the_federal_bodies() {
    let contacts = pack().contacts();
    let bureaus: Vec<_> = contacts.bureaus.iter().map(|b| b.freeze.phone.as_str()).collect();
    assert_eq!(bureaus, ["1-888-298-0045", "1-888-397-3742", "1-888-909-8872"]);
    assert_eq!(contacts.ftc.phone, "1-877-438-4338");
    assert_eq!(contacts.annual_credit_report.urls, ["https://www.annualcreditreport.com"]);
    assert_eq!(contacts.agency("ar-ag").unwrap().postal[0], "101 West Capitol Avenue");
    assert_eq!(contacts.of("NY", "consumer").count(), 2, "attorney general and state department");
    assert!(contacts.fact("security_freeze").is_some());
}

fn prohibited(code: &str) -> Vec<&'static str> {
    let mut ids: Vec<_> = law(code)
        .contents
        .iter()
        .filter(|c| c.rule == ContentVerb::Prohibited)
        .map(|c| c.id.as_str())
        .collect();
    ids.sort_unstable();
    ids
}
