//! Faults between roster, manifest and letters.

use super::mailing::Mailing;
use std::fs;

/// Columns of the roster.
const NAMES: std::ops::Range<usize> = 2..6;
const ADDRESS: std::ops::Range<usize> = 6..11;
const DATA: usize = 19;
const CODE: usize = 20;

fn swap(rows: &mut [Vec<String>], a: usize, b: usize, columns: std::ops::Range<usize>) {
    for column in columns {
        let (first, second) = (rows[a][column].clone(), rows[b][column].clone());
        (rows[a][column], rows[b][column]) = (second, first);
    }
}

#[test]
fn names_shifted_by_one_row_against_their_addresses_are_found() {
    let mailing = Mailing::new();
    mailing.printed_from(|rows| {
        for i in (1..rows.len()).rev() {
            swap(rows, i, i - 1, NAMES);
        }
    });
    let json = mailing.verify().json();
    assert_eq!(json["counts"]["verify.name"].as_u64().unwrap() / 10, 2, "{}", json["counts"]);
    let named = json["faults"].as_array().unwrap().iter();
    let message = "the name in the window is not this person's";
    assert!(named.filter(|f| f["message"] == message).count() >= 8);
}

#[test]
fn two_addresses_two_lists_or_two_codes_exchanged_are_found() {
    let mailing = Mailing::new();
    mailing.printed_from(|rows| swap(rows, 7, 9, ADDRESS));
    assert_eq!(mailing.verify().json()["counts"]["verify.address"], 2);
    let mailing = Mailing::new();
    mailing.printed_from(|rows| swap(rows, 1, 8, DATA..DATA + 1));
    let json = mailing.verify().json();
    assert_eq!(json["counts"]["verify.elements"], 2, "{}", json["faults"]);
    let mailing = Mailing::new();
    mailing.printed_from(|rows| swap(rows, 7, 8, CODE..CODE + 1));
    let json = mailing.verify().json();
    // Each lacks its own and has the other's.
    assert_eq!(json["counts"]["verify.code"], 4, "{}", json["faults"]);
}

#[test]
fn a_person_too_few_and_a_person_too_many_are_found() {
    let mailing = Mailing::new();
    let row = mailing.case.read("roster.csv").lines().last().unwrap().replace("1010", "1011");
    let row = row.replace("7 Elm", "8 Elm").replace("CODE-", "KODE-");
    let right = mailing.case.read("roster.csv");
    fs::write(mailing.case.path("roster.csv"), format!("{right}{row}\n")).unwrap();
    assert!(mailing.case.run(&["check", "{folder}"]).code <= 1);
    let json = mailing.verify().json();
    assert_eq!(json["counts"], serde_json::json!({ "verify.letter_missing": 1 }));
    assert_eq!(json["faults"][0]["roster_row"], 11);
    mailing.edit_rows(|rows| drop(rows.drain(9..)));
    assert!(mailing.case.run(&["check", "{folder}"]).code <= 1);
    let json = mailing.verify().json();
    assert_eq!(json["counts"]["verify.piece_unknown"], 1, "{}", json["counts"]);
}

#[test]
fn every_edit_of_the_manifest_is_found() {
    let mailing = Mailing::new();
    let path = mailing.case.path("out/letters/manifest.csv");
    let right = fs::read_to_string(&path).unwrap();
    let rows: Vec<Vec<String>> = mailing.manifest();
    let write = |rows: &[Vec<String>]| {
        let mut writer = csv::Writer::from_path(&path).unwrap();
        writer.write_record(right.lines().next().unwrap().split(',')).unwrap();
        rows.iter().for_each(|row| writer.write_record(row).unwrap());
        writer.flush().unwrap();
    };
    for column in 0..9 {
        for (other, row) in [(0, 4), (8, 7)] {
            let mut edited = rows.clone();
            let value = &rows[other][column];
            edited[row][column] = match value == &rows[row][column] {
                true => format!("{value}0"),
                false => value.clone(),
            };
            write(&edited);
            let found = mailing.faults();
            assert!(!found.is_empty(), "column {column} of row {row} was changed");
        }
    }
    type Edit = fn(&mut Vec<Vec<String>>);
    let edits: [(Edit, &str); 4] = [
        (|rows| rows.swap(1, 2), "verify.manifest"),
        (|rows| drop(rows.remove(3)), "verify.letter_missing"),
        (|rows| rows.push(rows[9].clone()), "verify.letter_twice"),
        (|rows| rows[9][0].push('A'), "verify.manifest"),
    ];
    for (edit, code) in edits {
        let mut edited = rows.clone();
        edit(&mut edited);
        write(&edited);
        let found = mailing.faults();
        assert!(found.iter().any(|f| f == code), "{code} not in {found:?}");
    }
}

#[test]
fn files_that_are_missing_or_too_many_are_found() {
    let mailing = Mailing::new();
    let dir = mailing.case.path("out/letters");
    fs::copy(dir.join("letter-us-en-3s-0001.pdf"), dir.join("letter-us-en-3s-0009.pdf")).unwrap();
    assert_eq!(mailing.faults(), ["verify.batch_extra"]);
    fs::remove_file(dir.join("letter-us-en-3s-0009.pdf")).unwrap();
    let bytes = fs::read(dir.join("letter-us-en-3s-0001.pdf")).unwrap();
    fs::write(dir.join("letter-us-en-3s-0001.pdf"), b"%PDF-1.7 nothing").unwrap();
    assert_eq!(mailing.faults(), ["verify.file_unreadable"]);
    // Cut off in the middle.
    fs::write(dir.join("letter-us-en-3s-0001.pdf"), &bytes[..bytes.len() / 2]).unwrap();
    assert!(!mailing.faults().is_empty());
    fs::remove_file(dir.join("letter-us-en-3s-0001.pdf")).unwrap();
    assert_eq!(mailing.faults(), ["verify.batch_missing"]);
}

#[test]
fn codes_of_a_vendors_file_go_to_those_they_were_dealt_to() {
    let mailing = Mailing::new();
    let case = &mailing.case;
    case.edit("incident.toml", "code_column = \"activation_code\"", "code_file = \"codes.csv\"");
    let codes: String = (1..=9).map(|n| format!("VEND-{n:03}\n")).collect();
    fs::write(case.path("codes.csv"), format!("Code\n{codes}")).unwrap();
    mailing.draft();
    let json = mailing.verify().json();
    assert_eq!((&json["proved"], &json["codes"]), (&true.into(), &8.into()), "{}", json["faults"]);
    let dealt = case.read("out/letters/codes.csv");
    let spoiled = dealt.replace("VEND-002", "VEND-X").replace("VEND-003", "VEND-002");
    fs::write(case.path("out/letters/codes.csv"), spoiled).unwrap();
    assert!(mailing.faults().contains(&"verify.code".to_owned()));
    fs::write(case.path("out/letters/codes.csv"), dealt).unwrap();
    fs::write(case.path("codes.csv"), "Code\nNONE-1\n").unwrap();
    // The folder no longer composes these letters either.
    assert_eq!(mailing.faults(), ["verify.code", "verify.composed"]);
}
