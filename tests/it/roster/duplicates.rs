//! The same person twice, and those who only look like it.

use super::support::{Case, HEADER, Read, row, rows, standing};

/// Reads the good row and one that differs from it in these columns; records A and B.
fn pair(changes: &[(&str, &str)]) -> Read {
    let mut other = vec![("record_id", "B")];
    other.extend_from_slice(changes);
    rows(&[&row(&[("record_id", "A")]), &row(&other)])
}

/// What becomes of B, and what was noted.
fn second(changes: &[(&str, &str)]) -> String {
    let read = pair(changes);
    format!("{} / {} {:?}", standing(read.record("A")), standing(read.record("B")), read.codes())
}

#[test]
fn the_same_person_at_the_same_address_is_merged() {
    let one = row(&[("record_id", "A"), ("data_elements", "SSN")]);
    let other =
        row(&[("record_id", "B"), ("address_1", "12 ELM ST."), ("data_elements", "Diagnosis")]);
    let read = rows(&[&other, &one]);
    insta::assert_snapshot!(read.standings(), @r"
    A ready
    B merged into row 2
    ");
    assert_eq!(read.record("A").elements.iter().collect::<Vec<_>>(), [0, 5]);
}

#[test]
fn a_name_in_capitals_is_written_as_the_other_row_spells_it() {
    let loud = row(&[("record_id", "A"), ("first_name", "DEIRDRE"), ("last_name", "MCADAM")]);
    let plain = row(&[("record_id", "B"), ("first_name", "Deirdre"), ("last_name", "McAdam")]);
    let read = rows(&[&loud, &plain]);
    assert_eq!(read.standings(), "A ready\nB merged into row 1");
    let kept = read.record("A");
    assert_eq!((kept.first_name.as_str(), kept.last_name.as_str()), ("Deirdre", "McAdam"));
}

#[test]
fn the_survivor_takes_over_what_it_lacks() {
    let one = row(&[("record_id", "A"), ("activation_code", "")]);
    let other = row(&[
        ("record_id", ""),
        ("date_of_birth", ""),
        ("email", "ada@mail.example"),
        ("email_consent", "Y"),
    ]);
    let read = rows(&[&one, &other]);
    let kept = read.record("A");
    assert_eq!(standing(kept), "ready");
    assert_eq!((&*kept.email, kept.email_consent), ("ada@mail.example", true));
    assert_eq!(kept.activation_code, "AAAA-0001");
}

#[test]
fn who_is_merged_and_who_is_not() {
    let lines = [
        ("street in other words", second(&[("address_1", "12 ELM ST")])),
        ("ZIP+4", second(&[("zip", "04101-1234")])),
        ("case of the name", second(&[("last_name", "EXAMPLE")])),
        ("no birth date", second(&[("date_of_birth", "")])),
        ("middle name or none", second(&[("middle_name", "B.")])),
        ("accent, same birth date", second(&[("first_name", "Adá")])),
        ("accent, no birth date", second(&[("first_name", "Adá"), ("date_of_birth", "")])),
        ("another birth date", second(&[("date_of_birth", "1981-03-25")])),
        ("suffix, no birth date", second(&[("suffix", "Jr."), ("date_of_birth", "")])),
        ("suffix, same birth date", second(&[("suffix", "Jr.")])),
        ("another first name", second(&[("first_name", "Ben")])),
        ("another address", second(&[("address_1", "14 Elm Street")])),
        ("another unit", second(&[("address_2", "Apt 2")])),
        ("another entity", second(&[("entity", "prairie-care")])),
        ("died", second(&[("deceased", "Y")])),
        ("held", second(&[("data_elements", "Blood type")])),
    ];
    let text: Vec<_> = lines.iter().map(|(what, line)| format!("{what}: {line}")).collect();
    insta::assert_snapshot!(text.join("\n"));
}

#[test]
fn namesakes_with_record_ids_of_their_own_are_both_written_to() {
    let son = |changes: &[(&str, &str)]| {
        let mut all = vec![("record_id", "B"), ("data_elements", "SSN")];
        all.extend_from_slice(changes);
        let father = row(&[("record_id", "A"), ("data_elements", "Diagnosis"), changes[0]]);
        rows(&[&father, &row(&all)])
    };
    let read = son(&[("date_of_birth", "")]);
    assert_eq!(read.standings(), "A ready\nB ready");
    assert_eq!(read.record("A").elements.iter().collect::<Vec<_>>(), [5], "each his own");
    assert_eq!(read.record("B").elements.iter().collect::<Vec<_>>(), [0]);
    assert_eq!(read.codes(), ["duplicate.likely"]);
    // Born on one day they are one person.
    assert_eq!(son(&[("date_of_birth", "1980-03-25")]).standings(), "A ready\nB merged into row 1");
    // A row for each document: one id, or none.
    for id in ["A", ""] {
        let read = son(&[("date_of_birth", ""), ("record_id", id)]);
        let merged = read.people.iter().filter(|p| standing(p).starts_with("merged")).count();
        assert_eq!(merged, 1, "{id}");
    }
}

#[test]
fn a_row_without_an_address_goes_to_the_row_that_has_it() {
    let nowhere = [("address_1", ""), ("city", ""), ("state", ""), ("zip", "")];
    let second = |first: &[(&str, &str)], changes: &[(&str, &str)]| {
        let one = row(&[&[("record_id", "A"), ("data_elements", "Diagnosis")], first].concat());
        let all = [&nowhere[..], &[("record_id", "B"), ("data_elements", "SSN")], changes].concat();
        rows(&[&row(&all), &one])
    };
    let read = second(&[], &[]);
    assert_eq!(read.standings(), "A ready\nB merged into row 2");
    assert_eq!(read.record("A").elements.iter().collect::<Vec<_>>(), [0, 5]);
    let no_day = ("date_of_birth", "");
    // The record id says it as well.
    assert_eq!(second(&[no_day], &[("record_id", "A")]).record("A").elements.iter().count(), 2);
    let apart = "A ready\nB substitute";
    assert_eq!(second(&[no_day], &[]).standings(), apart, "a name alone proves nothing");
    assert_eq!(second(&[], &[("date_of_birth", "1950-01-01")]).standings(), apart);
    assert_eq!(second(&[], &[("first_name", "Ben")]).standings(), apart);
    assert_eq!(second(&[], &[("entity", "prairie-care")]).standings(), apart);
    assert_eq!(
        second(&[], &[("deceased", "Y")]).standings(),
        "A held duplicate.conflict\nB excluded deceased.no_address"
    );
    // Several rows, the same way.
    let more = |id: &str| row(&[&nowhere[..], &[("record_id", id)]].concat());
    let read = rows(&[&more("B"), &row(&[("record_id", "A")]), &more("C")]);
    assert_eq!(read.standings(), "A ready\nB merged into row 2\nC merged into row 2");
    // Two addresses: nobody knows which is meant.
    let read = rows(&[
        &row(&[("record_id", "A")]),
        &row(&[("record_id", "D"), ("address_1", "9 Oak St")]),
        &more("B"),
    ]);
    assert_eq!(standing(read.record("B")), "substitute");
}

#[test]
fn people_without_an_address_are_counted_once() {
    let nowhere = [("address_1", ""), ("city", ""), ("state", ""), ("zip", "")];
    let dead = row(&[&nowhere[..], &[("deceased", "Y")]].concat());
    let read = rows(&[&dead, &dead]);
    let counted = read.people.iter().filter(|p| p.standing.is_somebody()).count();
    assert_eq!(counted, 1, "{}", read.standings());
    let one = row(&[&nowhere[..], &[("record_id", "A"), ("data_elements", "SSN")]].concat());
    let two = row(&[&nowhere[..], &[("record_id", "B"), ("data_elements", "Diagnosis")]].concat());
    let read = rows(&[&one, &two]);
    assert_eq!(read.standings(), "A substitute\nB merged into row 1");
    assert_eq!(read.record("A").elements.iter().count(), 2);
}

#[test]
fn units_and_boxes_are_compared_however_they_are_written() {
    let same = |a: &str, b: &str| {
        let one = row(&[("record_id", "A"), ("address_1", a)]);
        let other = row(&[("record_id", "B"), ("address_1", b)]);
        rows(&[&one, &other]).findings.count("duplicate.merged") == 1
    };
    assert!(same("12 Elm Street Apt 4", "12 Elm St #4"));
    assert!(same("12 North Elm Avenue, Unit B", "12 N. ELM AVE B"));
    assert!(same("P.O. Box 12", "PO BOX 12"));
    assert!(same("Post Box 12", "post box 12"));
    assert!(!same("PO Box 12", "PO Box 21"));
    assert!(!same("12 Elm Street Apt 4", "12 Elm Street Apt 5"));
    assert!(!same("1 2nd St", "12 nd St"));
}

#[test]
fn an_address_the_person_asked_for_is_never_merged() {
    let case = Case::new();
    let (a, b) = (row(&[("record_id", "A")]), row(&[("record_id", "B")]));
    case.write(format!("{HEADER},address_kind\n{a},confidential\n{b},\n"));
    let read = case.read();
    assert_eq!(read.standings(), "A ready\nB ready");
}

#[test]
fn the_same_row_again_is_merged_whatever_its_standing() {
    let held = row(&[("data_elements", "Blood type")]);
    let read = rows(&[&held, &held, &held]);
    let standings: Vec<_> = read.people.iter().map(standing).collect();
    let first = read.people[0].row;
    let merged = format!("merged into row {first}");
    assert_eq!(standings, ["held data_elements.unknown", &merged, &merged]);
    assert_eq!(read.findings.count("duplicate.identical"), 2);
}

#[test]
fn one_record_id_for_two_people_holds_both() {
    let line = |id: &str, changes: &[(&str, &str)]| {
        let mut all = vec![("record_id", id)];
        all.extend_from_slice(changes);
        row(&all)
    };
    let read = rows(&[
        &line("A", &[]),
        &line("A", &[("first_name", "Zoe"), ("address_1", "99 Far Rd"), ("zip", "04102")]),
        // One person of two covered entities is fine.
        &line("B", &[("first_name", "Ben")]),
        &line("B", &[("first_name", "Ben"), ("entity", "prairie-care")]),
        // One person at two addresses: nobody knows which is right.
        &line("C", &[("first_name", "Cleo")]),
        &line("C", &[("first_name", "Cleo"), ("address_1", "7 Oak St")]),
        // Father and son under one id.
        &line("D", &[("first_name", "Dan")]),
        &line("D", &[("first_name", "Dan"), ("date_of_birth", "2001-01-01")]),
        // The same person, twice: merged.
        &line("E", &[("first_name", "Eve")]),
        &line("E", &[("first_name", "Eve"), ("address_1", "12 Elm St")]),
    ]);
    let mut lines: Vec<_> =
        read.people.iter().map(|p| format!("{} {} {}", p.record_id, p.row, standing(p))).collect();
    lines.sort();
    insta::assert_snapshot!(lines.join("\n"), @r"
    A 1 held record_id.shared
    A 2 held record_id.shared
    B 3 ready
    B 4 ready
    C 5 held record_id.shared
    C 6 held record_id.shared
    D 7 held record_id.shared
    D 8 held record_id.shared
    E 10 ready
    E 9 merged into row 10
    ");
}

#[test]
fn people_come_in_the_order_of_the_mail() {
    let place = |id: &str, state: &str, zip: &str, street: &str, country: &str| {
        row(&[
            ("record_id", id),
            ("first_name", id),
            ("state", state),
            ("zip", zip),
            ("address_1", street),
            ("country", country),
        ])
    };
    let read = rows(&[
        &place("abroad", "ON", "M5V 1J2", "1 King St", "Canada"),
        &place("west", "CA", "90012", "1 Elm St", ""),
        &place("nowhere", "ME", "", "", ""),
        &place("east-b", "ME", "04101-9999", "9 Oak St", ""),
        &place("east-a", "ME", "4101", "1 Elm St", ""),
    ]);
    let ids: Vec<_> = read.people.iter().map(|p| p.record_id.as_str()).collect();
    assert_eq!(ids, ["east-a", "east-b", "west", "abroad", "nowhere"]);
}
