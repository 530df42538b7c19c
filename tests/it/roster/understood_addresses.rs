//! Cells of addresses as exports really write them: read rightly, or held with the reason.

use super::support::{Case, HEADER, Read, row, rows, standing};
use noticeworks::incident::Decision;

fn with(changes: &[(&str, &str)]) -> Read {
    rows(&[&row(changes)])
}

fn decide(case: &mut Case, question: &str, choice: &str) {
    let text = format!("question = '{question}'\nchoice = '{choice}'\nby = 'C'\non = 2026-09-01");
    let decision: Decision = toml::from_str(&text).unwrap();
    case.incident.decisions.push(decision);
}

#[test]
fn traces_of_a_wrong_encoding_hold_the_row() {
    for (column, cell) in [
        ("address_1", "12 CaÃ±on Dr"),
        ("address_1", "5 PE?A ST"),
        ("address_1", "5 Calle N£¤ez"),
        ("address_2", "Urb. MartÃ\u{ad}nez"),
        ("city", "CaÃ±on City"),
        ("city", "San Jos\u{fffd}"),
    ] {
        assert_eq!(standing(with(&[(column, cell)]).one()), "held address.garbled", "{cell}");
    }
    for street in [
        "12½ Elm St",
        "12 Elm St # 4",
        "Calle Peñón 5",
        "12 Elm St APT ?",
        "5 Straße",
        "Nº 5 Calle",
    ] {
        assert_eq!(standing(with(&[("address_1", street)]).one()), "ready", "{street}");
    }
}

#[test]
fn a_country_written_oddly_takes_nobody_out_of_the_law_of_the_state() {
    for country in [
        "USA - United States",
        "US of A",
        "Domestic",
        "Estados Unidos de América",
        "United States (USA)",
        "Portland",
        "Cumberland",
        "CA",
        "ME",
        "XX",
    ] {
        let read = with(&[("country", country)]);
        let person = read.one();
        assert_eq!(standing(person), "ready", "{country}");
        assert_eq!((&*person.address.country, &*person.jurisdiction), ("", "ME"), "{country}");
    }
    for (country, code) in [
        ("Cumberland County", "country.unknown"),
        ("Orleans Parish", "country.unknown"),
        ("Canada", "country.contradicts"),
        ("Mexico", "country.contradicts"),
    ] {
        let read = with(&[("country", country)]);
        assert_eq!(standing(read.one()), format!("held {code}"), "{country}");
    }
    // State and ZIP code do not agree: nobody knows.
    let read = with(&[("country", "Travis"), ("zip", "")]);
    assert_eq!(standing(read.one()), "held country.unknown");
}

#[test]
fn words_that_say_that_there_is_no_address_are_never_printed() {
    for (column, cell) in [
        ("address_1", "BAD ADDRESS"),
        ("address_1", "No Fixed Address"),
        ("address_1", "HOMELESS."),
        ("address_1", "Sin hogar"),
        ("address_1", "Dirección desconocida"),
        ("address_1", "Transient"),
        ("address_2", "RETURNED MAIL"),
        ("address_2", "Undeliverable"),
        ("city", "Homeless"),
        ("zip", "UNDELIVERABLE"),
    ] {
        let read = with(&[(column, cell)]);
        assert_eq!(standing(read.one()), "substitute", "{cell}");
        assert_eq!(read.one().address.lines.len(), 0, "{cell}");
        assert_eq!(read.one().jurisdiction, "ME", "the state still counts them: {cell}");
    }
}

#[test]
fn remarks_that_prove_nothing_are_asked_about_once_for_each_phrase() {
    let remarks = [
        ("address_1", "DECEASED"),
        ("address_1", "BAD ADDRESS - 1 Elm St"),
        ("address_1", "RETURNED MAIL 5/12"),
        ("address_1", "HOMELESS - SHELTER"),
        ("address_2", "Apt 5 DO NOT MAIL"),
        ("address_1", "moved 2024"),
        ("address_1", "moved 2025"),
        ("city", "see note"),
        ("address_2", "Ver nota"),
    ];
    let lines: Vec<String> = remarks
        .iter()
        .enumerate()
        .map(|(n, change)| {
            let (id, name) = (format!("R{n}"), format!("Ada{}", "a".repeat(n)));
            row(&[("record_id", &id), ("first_name", &name), *change])
        })
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let read = rows(&lines);
    assert!(
        read.people.iter().all(|p| standing(p) == "held address.remark"),
        "{}",
        read.standings()
    );
    assert_eq!(read.findings.count("address.remark"), 9);
    assert_eq!(read.findings.count("address.phrase"), 8, "`moved` once");
    for street in
        ["12 Shelter Cove Rd", "5 General Delivery", "7 Moveda St", "1 Returned Soldiers Rd"]
    {
        assert_eq!(standing(with(&[("address_1", street)]).one()), "ready", "{street}");
    }
}

#[test]
fn counsel_says_what_a_phrase_means() {
    let case = |choice: &str| {
        let mut case = Case::new();
        let line = row(&[("address_2", "Apt 5 - DO NOT MAIL")]);
        case.write(format!("{HEADER}\n{line}\n"));
        decide(&mut case, "release.address.remark/do not mail", choice);
        case
    };
    let read = case("use_rest").read();
    assert_eq!(standing(read.one()), "ready");
    assert_eq!(read.one().address.lines, ["12 Elm Street", "Apt 5"]);
    assert_eq!(read.codes(), Vec::<&str>::new());
    assert_eq!(standing(case("no_address").read().one()), "substitute");
    assert_eq!(case("as_is").refused(), ["decision.unknown_choice"]);
}

#[test]
fn a_unit_needs_a_street_and_a_hospital_unit_is_no_address() {
    for unit in ["Apt 16", "#16", "Unit B", "STE 200", "Apt. 4C"] {
        let read = with(&[("address_1", ""), ("address_2", unit)]);
        assert_eq!(standing(read.one()), "held address.no_street", "{unit}");
    }
    let read = with(&[("address_1", ""), ("address_2", "16 Elm St")]);
    assert_eq!(standing(read.one()), "ready");
    for ward in ["ICU", "Oncology", "Labor & Delivery", "Med/Surg", "Behavioral Health"] {
        assert_eq!(standing(with(&[("address_2", ward)]).one()), "held address.ward", "{ward}");
    }
    for unit in ["4B", "Apt 4", "Oncology Plaza Bldg 3"] {
        assert_eq!(standing(with(&[("address_2", unit)]).one()), "ready", "{unit}");
    }
}

#[test]
fn a_zip_code_must_fit_the_state_for_the_state_decides_the_law() {
    assert_eq!(standing(with(&[("zip", "90012")]).one()), "held zip.other_state");
    assert_eq!(standing(with(&[("state", ""), ("zip", "4740")]).one()), "held zip.too_short");
    // One that no list has is a question for all of its kind.
    let changes = [("state", "IN"), ("zip", "47499")];
    let read = with(&changes);
    assert_eq!((standing(read.one()), read.codes()), ("ready".into(), vec!["zip.not_in_use"]));
    let mut case = Case::new();
    case.write(format!("{HEADER}\n{}\n", row(&changes)));
    decide(&mut case, "release.zip.not_in_use", "as_is");
    let read = case.read();
    assert_eq!(read.findings.at_least(noticeworks::finding::Severity::Question), 0);
    let mut case = Case::new();
    case.write(format!("{HEADER}\n{}\n", row(&[("zip", "90012")])));
    decide(&mut case, "release.zip.other_state", "as_is");
    let read = case.read();
    assert_eq!((standing(read.one()), &*read.one().jurisdiction), ("ready".into(), "ME"));
}

#[test]
fn another_city_than_the_zip_codes_is_counted_and_holds_nobody() {
    let person = |city: &str, zip: &str| with(&[("city", city), ("zip", zip)]);
    for (city, zip) in [
        ("Portland", "04101"),
        ("PORTLAND", "04101-1234"),
        ("South Portland", "04106"),
        ("S. Portland", "04106"),
        // Out of the list's reach.
        ("Nowhere", "04199"),
    ] {
        let read = person(city, zip);
        assert!(!read.codes().contains(&"zip.other_city"), "{city} {zip}: {:?}", read.codes());
    }
    let read = person("Bangor", "04101");
    assert_eq!(read.findings.count("zip.other_city"), 1);
    assert_eq!(standing(read.one()), "ready");
    assert_eq!(read.findings.at_least(noticeworks::finding::Severity::Warning), 0);
}

#[test]
fn a_remark_in_brackets_or_behind_a_dash_is_asked_about() {
    for street in [
        "5 Elm St (old)",
        "5 Elm St [wrong]",
        "5 Elm St - BAD",
        "5 Elm St (do not use)",
        "5 Calle Luna (anterior)",
    ] {
        assert_eq!(
            standing(with(&[("address_1", street)]).one()),
            "held address.remark",
            "{street}"
        );
    }
    for street in
        ["5 Old Mill Rd", "5 Elm St (rear)", "5 Bad Axe Rd", "5 Elm St - Unit 4", "12-14 Elm St"]
    {
        assert_eq!(standing(with(&[("address_1", street)]).one()), "ready", "{street}");
    }
}

#[test]
fn marks_of_the_post_and_a_box_without_its_number_are_no_address() {
    for street in ["Returned to sender", "REFUSED", "PO Box", "P.O. Box", "Apartado", "UAA"] {
        assert_eq!(standing(with(&[("address_1", street)]).one()), "substitute", "{street}");
    }
    for street in ["PO Box 12", "Apartado 12", "General Delivery", "12 Refused Hollow Rd"] {
        assert_eq!(standing(with(&[("address_1", street)]).one()), "ready", "{street}");
    }
}

#[test]
fn a_state_written_twice_is_one_state() {
    for state in ["ME - Maine", "Maine (ME)", "US-ME", "ME/Maine", "Maine, USA"] {
        let read = with(&[("state", state)]);
        assert_eq!(standing(read.one()), "ready", "{state}");
        assert_eq!(read.one().jurisdiction, "ME", "{state}");
    }
    for state in ["ME - Vermont", "Maine (NH)", "ME or NH"] {
        assert_eq!(standing(with(&[("state", state)]).one()), "held state.unknown", "{state}");
    }
}
