//! Paste sheets.

use super::fixture::*;
use noticeworks::filings::{Filing, State};
use noticeworks::law::DutyKind;

fn oregon(text: &str) -> Filing {
    let plan = plan(vec![duty("or-ag", "OR", DutyKind::Regulator, &["harbor-health"])]);
    make(&toml::from_str(text).expect("an incident"), &plan).0.remove(0)
}

#[test]
fn every_text_has_a_button_and_every_list_its_options() {
    let filing = oregon(INCIDENT);
    let sheet = filing.paste_sheet();
    let texts = filing.fields.iter().filter(|a| {
        a.state != State::NotApplicable && a.options.is_empty() && !a.text().is_empty()
    });
    assert_eq!(sheet.matches("<button type=\"button\" data-copy").count(), texts.count());
    let asked = filing.fields.iter().filter(|a| a.state != State::NotApplicable);
    let options: usize = asked.clone().map(|a| a.options.len()).sum();
    assert_eq!(
        sheet.matches("<li class=\"on\">").count() + sheet.matches("&#9744;").count(),
        options
    );
    assert_eq!(sheet.matches("<input type=\"checkbox\"").count(), asked.count());
    assert!(sheet.contains("58 of 1000 characters"));
    assert!(sheet.contains("default-src 'none'"));
}

#[test]
fn what_the_incident_says_is_text_never_markup() {
    let hostile = INCIDENT
        .replace("Harbor Health System", "<script>alert(1)</script> & \\\"Sons\\\"")
        .replace("copied files from", "copied `<b>files</b>` from");
    let filing = oregon(&hostile);
    let sheet = filing.paste_sheet();
    assert!(!sheet.contains("<script>alert"));
    assert!(!sheet.contains("<b>files"));
    assert!(sheet.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;Sons&quot;"));
    assert!(sheet.contains("copied &lt;b&gt;files&lt;/b&gt; from"));
}

#[test]
fn a_frame_of_the_users_own_is_checked() {
    let filing = oregon(INCIDENT);
    assert_eq!(filing.paste_sheet_in("{{ title }}").unwrap(), "Filing: The regulator of or-ag");
    assert!(filing.paste_sheet_in("{{ tittle }}").is_err());
}
