//! Contact data that the law pack is not sure of and a letter prints.

use super::rules::Rules;
use crate::document::{Document, plain_text};
use crate::finding::{Finding, Place, Severity};
use crate::law::{Agency, BureauAddress, Confidence};

/// The weak contacts that a letter prints for its reader, a finding each: somebody must call or
/// look before anything goes to print. An agency of another state, printed for whoever lives
/// there, is no finding of this reader's.
pub(super) fn weak_contacts(rules: &Rules, document: &Document, lives_in: &str) -> Vec<Finding> {
    let text = plain_text(document);
    let mut findings = Vec::new();
    let mut check = |id: &str, what: &str, value: &str| {
        if !value.is_empty() && text.contains(value) {
            findings.push(
                Finding::new(
                    code!("letter.weak_contact"),
                    Severity::Warning,
                    format!("the {what} `{value}` of `{id}` is not sure"),
                )
                .at(Place::file("law/contacts.toml"))
                .remedy("call it or open its page, then note the day in the law pack"),
            );
        }
    };
    let contacts = rules.contacts();
    for bureau in &contacts.bureaus {
        let other = [&bureau.minor_freeze, &bureau.death_notice, &bureau.dispute];
        let desks = [Some(&bureau.freeze), Some(&bureau.fraud_alert)].into_iter();
        let desks: Vec<&BureauAddress> = desks.chain(other.map(Option::as_ref)).flatten().collect();
        let sure = |postal: &str| {
            desks.iter().any(|d| d.confidence > Confidence::Low && d.postal.join(", ") == postal)
        };
        for desk in desks.iter().filter(|d| d.confidence == Confidence::Low) {
            let postal = desk.postal.join(", ");
            if !sure(&postal) {
                check(&bureau.id, "address", &postal);
            }
        }
    }
    let bodies = [&contacts.ftc, &contacts.annual_credit_report];
    let own = |body: &&Agency| [lives_in, "US"].contains(&body.jurisdiction.as_str());
    for body in bodies.into_iter().chain(contacts.agencies.iter().filter(own)) {
        let low =
            |field: &str| body.confidence == Confidence::Low || body.low.iter().any(|l| l == field);
        if low("phone") {
            check(&body.id, "telephone number", &body.phone);
        }
        if low("toll_free") {
            check(&body.id, "toll-free number", &body.toll_free);
        }
        if low("postal") {
            check(&body.id, "address", &body.postal.join(", "));
        }
    }
    findings
}
