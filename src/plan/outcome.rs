//! What becomes of one row: letter, e-mail, both, substitute notice, or held.

use super::Outcome;
use crate::incident::{CoveredEntity, Delegate, EmailMode, Incident};
use crate::roster::{AddressKind, Person, Recipient, Standing};

/// The planned outcome of one row.
///
/// People of a covered entity that writes its own letters, or that has not said who writes
/// them, are held. E-mail needs the person's agreement (45 CFR 164.404(d)(1)(i)) and never
/// goes to a confidential or protected address, to an institution, to the mailbox of a
/// deceased person or of a child whose parent is written to, nor to a mailbox that others may
/// read since the breach.
pub fn outcome(person: &Person, incident: &Incident) -> Outcome {
    match person.standing {
        Standing::Merged(_) => return Outcome::Merged,
        Standing::Excluded(_) => return Outcome::Excluded,
        Standing::Held(_) => return Outcome::Held,
        Standing::Ready | Standing::Substitute => {}
    }
    let Some(entity) = person.entity.map(|at| &incident[at]) else { return Outcome::Held };
    if delegate(incident, entity, "individual") != Delegate::Sender {
        return Outcome::Held;
    }
    let by_email = may_email(person, incident);
    match (&person.standing, by_email) {
        (Standing::Substitute, true) => Outcome::ToEmail,
        (Standing::Substitute, false) => Outcome::Substitute,
        (_, false) => Outcome::ToMail,
        (_, true) => match incident.email.mode {
            EmailMode::WithMail => Outcome::ToMailAndEmail,
            EmailMode::InsteadOfMail => Outcome::ToEmail,
        },
    }
}

/// Whether this person may be written to by e-mail at all.
fn may_email(person: &Person, incident: &Incident) -> bool {
    let sender_can = incident.email.from.is_some() || !incident.sender.email.is_empty();
    sender_can && person.email_consent && has_mailbox(person, incident)
}

/// Whether there is a mailbox of the person's own, read by nobody else as far as is known: never
/// that of a deceased person, of a child whose parent is written to, nor of anybody who asked for
/// confidential communication (45 CFR 164.522(b)). No decision lifts it.
pub fn has_mailbox(person: &Person, incident: &Incident) -> bool {
    !person.email.is_empty()
        && person.recipient == Recipient::Adult
        && person.address.kind == AddressKind::Ordinary
        && !incident.email.is_breached(&person.email)
}

/// Who carries out one kind of duty of this covered entity; counsel's decision
/// `delegation.<entity>.<what>` counts where the incident leaves it open.
///
/// A covered entity that sends its own letters acts for itself, and so does one with
/// affiliates unless it says otherwise.
pub fn delegate(incident: &Incident, entity: &CoveredEntity, what: &str) -> Delegate {
    let given = &entity.delegation;
    let written = match what {
        "individual" => given.individual,
        "hhs" => given.hhs,
        "media" => given.media,
        "substitute" => given.substitute,
        "cra" => given.cra,
        _ => given.state,
    };
    let own = !incident.sender.role.serves_others()
        && (incident.entities.len() == 1 || entity.name == incident.sender.name);
    match written {
        _ if own => Delegate::Sender,
        Delegate::Undecided => match decided(incident, &entity.id, what) {
            Some("sender") => Delegate::Sender,
            Some("self") => Delegate::Itself,
            _ if !incident.sender.role.serves_others() => Delegate::Sender,
            _ => Delegate::Undecided,
        },
        known => known,
    }
}

/// The decision on `delegation.<entity>.<what>`, without building the id for every row.
fn decided<'a>(incident: &'a Incident, entity: &str, what: &str) -> Option<&'a str> {
    incident.decisions.iter().rev().find_map(|decision| {
        let rest = decision.question.strip_prefix("delegation.")?.strip_prefix(entity)?;
        (rest.strip_prefix('.')? == what).then_some(decision.choice.as_str())
    })
}
