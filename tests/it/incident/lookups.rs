//! What other rooms ask an incident.

use super::sample;
use noticeworks::incident::{
    EntityIx, ProtectionRecipient, StrandIx, VendorRole, known_elements, known_states,
};

#[test]
fn ids_lead_to_indices() {
    let incident = sample("lakeshore");
    assert_eq!(incident.entity_index("prairie-care"), Some(EntityIx::new(1)));
    assert_eq!(incident.entity_index("Prairie-Care"), None);
    assert_eq!(incident.strand_index("transfer-server"), Some(StrandIx::FIRST));
    assert_eq!(incident.element_index("ssn"), Some(3));
    assert_eq!(incident.element_index("passport"), None);
    assert_eq!(incident.first_discovered().map(|d| d.to_string()).as_deref(), Some("2026-07-30"));
    assert!(incident.decision("agency.harbor-health").is_none());
    assert_eq!(
        incident.vendor(VendorRole::MailHouse).map(|v| v.name.as_str()),
        Some("Pine Street Mailing Example Co.")
    );
}

#[test]
fn roster_labels_are_compared_without_case_spaces_and_punctuation() {
    let incident = sample("lakeshore");
    let ssn = incident.element_index("ssn");
    for label in ["SSN", "ssn", " S.S.N. ", "social  security NUMBER", "Soc Sec No"] {
        assert_eq!(incident.element_by_label(label), ssn, "{label}");
    }
    // The id and the letter's words serve where no label is listed.
    assert_eq!(
        incident.element_by_label("medical_record_number"),
        incident.element_index("medical_record_number")
    );
    assert_eq!(
        incident.element_by_label("Driver’s License Number"),
        incident.element_index("drivers_license")
    );
    for label in ["", " - ", "SSNs", "passport"] {
        assert_eq!(incident.element_by_label(label), None, "{label}");
    }
}

#[test]
fn a_listed_label_wins_over_another_elements_words() {
    let mut incident = sample("small-clinic");
    incident.elements[0].letter = "date of birth".into();
    incident.elements[1].roster = vec!["Date of Birth".into()];
    assert_eq!(incident.element_by_label("date of birth"), Some(1));
}

#[test]
fn the_later_of_two_decisions_counts_and_is_warned_about() {
    let decision = |choice: &str, on: &str| {
        format!(
            "[[decision]]\nquestion = \"agency.elm-street\"\nchoice = \"{choice}\"\nby = \"A. Counsel\"\non = {on}\n"
        )
    };
    let text = std::fs::read_to_string("samples/small-clinic/incident.toml").unwrap();
    let text = text + &decision("agent", "2026-09-01") + &decision("independent", "2026-09-02");
    let Ok((incident, findings)) = noticeworks::incident::from_text(&text) else {
        panic!("two decisions are refused");
    };
    assert_eq!(incident.decision("agency.elm-street").unwrap().choice, "independent");
    assert_eq!(findings.count("incident.decided_twice"), 1);
    assert!(!findings.has_errors());
}

#[test]
fn facts_that_only_forms_ask_are_optional() {
    let text = std::fs::read_to_string("samples/small-clinic/incident.toml").unwrap();
    let read = |more: &str| match noticeworks::incident::from_text(&format!("{text}{more}")) {
        Ok((incident, _)) => incident.filing,
        Err(_) => panic!("refused: {more}"),
    };
    assert_eq!(read("").law_enforcement_agency, "");
    assert_eq!(read("").wisp_updated, None);
    let filing = read("[filing]\nattack_type = [\"ransomware\"]\nwisp_updated = false\n");
    assert_eq!(filing.attack_type, ["ransomware"]);
    assert_eq!(filing.wisp_updated, Some(false));
}

#[test]
fn protections_are_found_by_recipient() {
    let incident = sample("lakeshore");
    let of = |r| incident.protections_for(r).map(|p| p.provider.as_str()).collect::<Vec<_>>();
    assert_eq!(of(ProtectionRecipient::Adult), ["Sentinel Example ID"]);
    assert_eq!(of(ProtectionRecipient::Minor), ["Sentinel Example ID Junior"]);
}

#[test]
fn sensitive_kinds_are_known_and_print_as_health_information() {
    let incident = sample("lakeshore");
    let sensitive: Vec<_> =
        incident.elements.iter().filter(|e| e.is_sensitive()).map(|e| e.id.as_str()).collect();
    assert_eq!(sensitive, ["mental_health"]);
    for known in known_elements() {
        let sensitive = known.kind == noticeworks::incident::ElementKind::Sensitive;
        assert_eq!(known.letter == "health information", sensitive, "{}", known.id);
    }
}

#[test]
fn the_vocabulary_holds_no_id_twice_and_fits_a_bit_set() {
    let mut ids: Vec<_> = known_elements().iter().map(|e| e.id.as_str()).collect();
    assert!(ids.len() <= 64);
    let before = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), before);
    let states = known_states();
    assert_eq!(states.len(), 56);
    assert!(states.is_sorted());
}
