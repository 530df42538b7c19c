//! Every row has exactly one outcome.

use super::fixture::scene;
use noticeworks::incident::{EntityIx, Incident, StrandIx};
use noticeworks::plan::{Cube, Outcome, outcome};
use noticeworks::roster::{
    Address, AddressKind, ElementSet, Person, Population, Recipient, Standing,
};

fn person() -> Person {
    Person {
        row: 1,
        record_id: "r1".to_owned(),
        entity: Some(EntityIx::FIRST),
        strand: StrandIx::FIRST,
        first_name: "Ada".to_owned(),
        middle_name: String::new(),
        last_name: "Sample".to_owned(),
        suffix: String::new(),
        address: Address::default(),
        jurisdiction: "NO".to_owned(),
        email: "ada@mail.example".to_owned(),
        email_consent: true,
        email_consent_on: None,
        date_of_birth: None,
        recipient: Recipient::Adult,
        representative_name: String::new(),
        language: "en".to_owned(),
        alt_format: String::new(),
        population: Population::Patient,
        elements: ElementSet::default(),
        activation_code: String::new(),
        prior_record_id: String::new(),
        supplemental: false,
        standing: Standing::Ready,
    }
}

fn incident(email: &str) -> Incident {
    scene(&[]).and(email).incident()
}

const BOTH: &str = "\n[email]\nfrom = \"Notice <notice@lakeshore.example>\"\n";
const INSTEAD: &str =
    "\n[email]\nfrom = \"Notice <notice@lakeshore.example>\"\nmode = \"instead_of_mail\"\n";

#[test]
fn consent_and_mode_decide_on_email() {
    assert_eq!(outcome(&person(), &incident(BOTH)), Outcome::ToMailAndEmail);
    assert_eq!(outcome(&person(), &incident(INSTEAD)), Outcome::ToEmail);
    let silent = Person { email_consent: false, ..person() };
    assert_eq!(outcome(&silent, &incident(INSTEAD)), Outcome::ToMail);
    let without = Person { email: String::new(), ..person() };
    assert_eq!(outcome(&without, &incident(INSTEAD)), Outcome::ToMail);
    // No address to send from: no e-mail is planned.
    assert_eq!(outcome(&person(), &incident("")), Outcome::ToMail);
}

#[test]
fn no_email_to_protected_addresses_institutions_parents_and_estates() {
    for kind in [AddressKind::Confidential, AddressKind::Protected, AddressKind::Institution] {
        let mut person = person();
        person.address.kind = kind;
        assert_eq!(outcome(&person, &incident(INSTEAD)), Outcome::ToMail);
    }
    for recipient in [Recipient::ParentOrGuardian, Recipient::Estate] {
        let person = Person { recipient, ..person() };
        assert_eq!(outcome(&person, &incident(INSTEAD)), Outcome::ToMail);
    }
}

#[test]
fn the_rosters_standing_comes_first() {
    let of = |standing| outcome(&Person { standing, ..person() }, &incident(BOTH));
    assert_eq!(of(Standing::Held(noticeworks::code!("zip.too_short"))), Outcome::Held);
    assert_eq!(of(Standing::Merged(3)), Outcome::Merged);
    assert_eq!(of(Standing::Excluded(noticeworks::code!("row.empty"))), Outcome::Excluded);
    // Without an address, agreed e-mail is still written notice.
    assert_eq!(of(Standing::Substitute), Outcome::ToEmail);
    let silent = Person { email_consent: false, standing: Standing::Substitute, ..person() };
    assert_eq!(outcome(&silent, &incident(BOTH)), Outcome::Substitute);
}

#[test]
fn letters_of_entities_that_write_themselves_or_have_not_decided_are_held() {
    let of = |delegate: &str| {
        let incident = scene(&[])
            .with("individual = \"sender\"", &format!("individual = \"{delegate}\""))
            .incident();
        outcome(&person(), &incident)
    };
    assert_eq!(of("sender"), Outcome::ToMail);
    assert_eq!(of("self"), Outcome::Held);
    assert_eq!(of("undecided"), Outcome::Held);
    let decided = scene(&[])
        .with("individual = \"sender\"", "individual = \"undecided\"")
        .and("\n[[decision]]\nquestion = \"delegation.harbor.individual\"\nchoice = \"sender\"\nby = \"A\"\non = 2026-09-01\n")
        .incident();
    assert_eq!(outcome(&person(), &decided), Outcome::ToMail);
}

#[test]
fn rows_add_up_and_merged_rows_are_not_people() {
    let incident = incident("");
    let mut cube = Cube::default();
    for standing in [
        Standing::Ready,
        Standing::Ready,
        Standing::Merged(1),
        Standing::Substitute,
        Standing::Held(noticeworks::code!("zip.too_short")),
        Standing::Excluded(noticeworks::code!("deceased.no_address")),
    ] {
        let person = Person { standing, ..person() };
        let planned = outcome(&person, &incident);
        cube.add(&person, planned);
    }
    assert_eq!(cube.row_count(), 6);
    assert_eq!(cube.people(), 5);
    assert_eq!(cube.rows[&Outcome::ToMail], 2);
    assert_eq!(cube.rows[&Outcome::Merged], 1);
}
