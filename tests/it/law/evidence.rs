//! Nothing in the pack without citation, source and honest doubt.

use super::{law, pack};
use noticeworks::law::{Confidence, DutyKind, Proof, Treatment, coverage};

#[test]
fn the_coverage_page_is_current() {
    let text = coverage(pack());
    let path = "docs/LAW-COVERAGE.md";
    if std::env::var_os("NOTICEWORKS_WRITE_DOCS").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(written == text, "run the law tests with NOTICEWORKS_WRITE_DOCS=1 to renew {path}");
}

#[test]
fn every_duty_is_cited_and_sourced() {
    for j in pack().jurisdictions() {
        for d in &j.duties {
            assert!(d.cite.chars().any(|c| c.is_ascii_digit()) || d.proof != Proof::StatuteText);
            assert!(!d.source.is_empty() && !d.timing.is_empty(), "{}", d.id);
            assert!(d.id.starts_with(&prefix(&j.code)) || j.code.starts_with("US-"), "{}", d.id);
        }
    }
}

#[test]
fn unproved_rules_are_not_called_certain() {
    for j in pack().jurisdictions() {
        for d in &j.duties {
            if d.proof == Proof::Unknown {
                assert!(d.confidence < Confidence::High, "{}", d.id);
            }
        }
    }
}

#[test]
fn what_the_words_would_lift_is_a_question() {
    for j in pack().jurisdictions() {
        for h in &j.hipaa {
            assert_eq!(
                h.could_lift.is_empty(),
                h.question.is_none() || j.code == "CA",
                "{}",
                j.code
            );
            assert!(h.could_lift.iter().all(|kind| !h.lifts.contains(kind)), "{}", j.code);
        }
    }
}

#[test]
fn a_regulator_is_lifted_only_where_the_words_are_plain() {
    let lifted: Vec<_> = pack()
        .jurisdictions()
        .filter(|j| j.hipaa.iter().any(|h| h.lifts.contains(&DutyKind::Regulator)))
        .map(|j| j.code.as_str())
        .collect();
    assert_eq!(lifted, ["AZ", "NM", "US-FTC", "VA", "VT"]);
    assert_eq!(law("VA").hipaa.last().unwrap().statute, "medical");
}

#[test]
fn a_treatment_without_effect_lifts_nothing() {
    for j in pack().jurisdictions() {
        for h in j.hipaa.iter().filter(|h| h.treatment == Treatment::None) {
            assert!(h.lifts.is_empty() && h.lifts_content.is_empty(), "{}", j.code);
        }
    }
}

#[test]
fn no_private_path_stands_in_the_data() {
    for entry in std::fs::read_dir("law").unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for folder in ["work", "tmp", "shared"] {
            assert!(!text.contains(&format!("/{folder}/")), "{folder}");
        }
        for word in ["read_file", "public source file (public"] {
            assert!(!text.contains(word), "{word}");
        }
    }
}

fn prefix(code: &str) -> String {
    format!("{}-", code.to_lowercase())
}

#[test]
fn the_vocabulary_lists_the_program_s_own_words() {
    let v = pack().vocabulary();
    for term in &v.duty_kinds {
        assert!(toml_word::<DutyKind>(&term.id), "{}", term.id);
    }
    for term in &v.entity_subtypes {
        assert!(toml_word::<noticeworks::incident::Subtype>(&term.id), "{}", term.id);
    }
    for term in &v.entity_kinds {
        assert!(toml_word::<noticeworks::incident::EntityKind>(&term.id), "{}", term.id);
    }
    for term in &v.breach_types {
        assert!(toml_word::<noticeworks::incident::BreachType>(&term.id), "{}", term.id);
    }
    let lists = [&v.contents, &v.categories, &v.licences, &v.duty_kinds, &v.roles];
    for list in lists {
        let mut ids: Vec<_> = list.iter().map(|term| &term.id).collect();
        let count = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), count, "an id stands twice");
        assert!(list.iter().all(|term| !term.label.is_empty()));
    }
}

#[test]
fn every_category_of_a_definition_can_be_met() {
    for j in pack().jurisdictions() {
        for category in j.definitions.iter().flat_map(|d| &d.elements) {
            let met = pack().elements().iter().any(|e| e.categories.contains(category));
            assert!(met, "{}: no element leads to `{category}`", j.code);
        }
    }
}

#[test]
fn every_regulator_that_files_has_an_address_or_a_reason() {
    let bare: Vec<_> = pack()
        .jurisdictions()
        .flat_map(|j| &j.duties)
        .filter(|d| d.kind == DutyKind::Regulator)
        .filter(|d| d.url.is_empty() && d.postal.is_empty() && d.email.is_empty())
        .map(|d| d.id.as_str())
        .collect();
    for id in ["ca-ag", "md-ag", "ma-ag", "ma-ocabr", "tx-ag", "ny-ag", "wa-ag", "me-ag"] {
        assert!(!bare.contains(&id), "{id}");
    }
}

/// Whether a word is a variant of one of the program's own types.
fn toml_word<T: serde::de::DeserializeOwned>(word: &str) -> bool {
    #[derive(serde::Deserialize)]
    struct One<T> {
        word: T,
    }
    toml::from_str::<One<T>>(&format!("word = \"{word}\"")).map(|one| one.word).is_ok()
}
