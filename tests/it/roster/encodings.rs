//! The same roster in every encoding, with every delimiter and line break.

use super::support::{Case, HEADER, row};
use noticeworks::roster::Person;

fn roster() -> String {
    let one = row(&[("first_name", "Zoë"), ("last_name", "Muñoz"), ("address_1", "7 Étna St")]);
    let two = row(&[("record_id", "R2"), ("last_name", "D'Angelo"), ("address_1", "9 Oak St")]);
    format!("{HEADER}\n{one}\n{two}\n")
}

fn read(bytes: &[u8]) -> (Vec<Person>, Vec<&'static str>) {
    let case = Case::new();
    case.write(bytes);
    let read = case.read();
    let codes = read.codes();
    (read.people, codes)
}

#[test]
fn encodings_delimiters_and_line_breaks_give_the_same_people() {
    let text = roster();
    let expected = read(text.as_bytes()).0;
    assert_eq!(expected.len(), 2);
    let utf16 = |to: fn(u16) -> [u8; 2], mark: bool| -> Vec<u8> {
        let mark = mark.then_some(0xfeff);
        mark.into_iter().chain(text.encode_utf16()).flat_map(to).collect()
    };
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(c as u32).unwrap()).collect();
    let cases: Vec<(&str, Vec<u8>, &[&str])> = vec![
        ("mark", [b"\xef\xbb\xbf", text.as_bytes()].concat(), &[]),
        ("utf-16 le", utf16(u16::to_le_bytes, true), &["file.utf_16"]),
        ("utf-16 be", utf16(u16::to_be_bytes, true), &["file.utf_16"]),
        ("utf-16 le without mark", utf16(u16::to_le_bytes, false), &["file.utf_16"]),
        ("utf-16 be without mark", utf16(u16::to_be_bytes, false), &["file.utf_16"]),
        ("windows-1252", latin, &["file.windows_1252"]),
        ("crlf", text.replace('\n', "\r\n").into_bytes(), &[]),
        ("cr", text.replace('\n', "\r").into_bytes(), &[]),
        ("no last break", text.trim_end().as_bytes().to_vec(), &[]),
        ("empty lines", text.replace('\n', "\n\n").into_bytes(), &[]),
        ("title above", format!("Export of 2026-09-01,,\n\n{text}").into_bytes(), &[]),
        ("tab", text.replace(',', "\t").into_bytes(), &[]),
        ("bar", text.replace(';', "~").replace(',', "|").replace('~', ";").into_bytes(), &[]),
        ("semicolon", text.replace(';', "|").replace(',', ";").into_bytes(), &[]),
        (
            "sep line",
            format!("sep=;\n{}", text.replace(';', "|").replace(',', ";")).into_bytes(),
            &[],
        ),
        ("quoted", quoted(&text).into_bytes(), &[]),
    ];
    for (name, bytes, codes) in cases {
        let (people, found) = read(&bytes);
        assert!(people == expected, "{name}");
        assert_eq!(found, codes, "{name}");
    }
}

fn quoted(text: &str) -> String {
    let line = |l: &str| l.split(',').map(|c| format!("\"{c}\"")).collect::<Vec<_>>().join(",");
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_row_in_another_encoding_than_the_rest_is_held() {
    let text = roster();
    let (head, tail) = text.split_once("R2").unwrap();
    let broken = [head.as_bytes(), b"R2", tail.replacen("Ada", "Ren~", 1).as_bytes()].concat();
    let broken: Vec<u8> = broken.iter().map(|b| if *b == b'~' { 0xe9 } else { *b }).collect();
    let (people, codes) = read(&broken);
    assert_eq!(codes, ["row.encoding"]);
    assert_eq!(people.iter().filter(|p| super::support::standing(p) == "ready").count(), 1);
}

#[test]
fn row_numbers_are_those_that_a_spreadsheet_shows() {
    for newline in ["\n", "\r\n", "\r"] {
        let multi = row(&[("address_1", "1 Elm\nRear")]);
        let bad = row(&[("record_id", "R2"), ("zip", "4101")]);
        let case = Case::new();
        case.write(format!("{HEADER}\n\n{multi}\n{bad}\n").replace('\n', newline));
        let read = case.read();
        let finding = read.findings.iter().next().unwrap();
        let place = finding.place.as_ref().unwrap();
        assert_eq!(finding.code, "zip.padded");
        assert_eq!((place.line, place.cell.as_deref()), (Some(4), Some("K zip")), "{newline:?}");
    }
}

#[test]
fn overrides_and_usual_headings_name_columns() {
    let mut case = Case::new();
    case.incident.entities.truncate(1);
    case.incident.roster.columns.insert("last_name".to_owned(), "Zuname".into());
    case.write(
        "MRN;Zuname;First Name;Street Address;City;ST;Zip Code;DOB;Impacted Data Elements;Favorite color\n\
         7;Example;Ada;12 Elm Street;Portland;ME;04101;3/25/1980;SSN, Diagnosis;blue\n",
    );
    let read = case.read();
    let person = read.one();
    assert_eq!((&*person.record_id, &*person.full_name()), ("7", "Ada Example"));
    assert_eq!(person.elements.iter().collect::<Vec<_>>(), [0, 5]);
    assert_eq!(read.codes(), ["columns.untold", "columns.unused"]);
    case.incident.roster.columns.insert("zip".to_owned(), "Plz".into());
    assert_eq!(case.refused(), ["columns.override_missing"]);
    case.incident.roster.columns.remove("zip");
    case.incident.roster.columns.insert("plz".to_owned(), "Zip Code".into());
    assert_eq!(case.refused(), ["columns.override_unknown"]);
}

#[test]
fn a_whole_name_in_one_column_is_kept_whole() {
    let mut case = Case::new();
    case.incident.entities.truncate(1);
    case.write("id,patient name,address,city,state,zip,data elements\n1,María de la Cruz,1 Elm,Portland,ME,04101,SSN\n");
    assert_eq!(case.read().one().full_name(), "María de la Cruz");
}

#[test]
fn missing_and_double_columns_are_refused_together() {
    let case = Case::new();
    case.write("record_id,last_name,surname,state,zip\n1,a,b,ME,04101\n");
    let Err(noticeworks::roster::IntakeError::Refused(findings)) = case.intake() else {
        panic!("not refused");
    };
    let messages: Vec<_> = findings.iter().map(|f| f.message.clone()).collect();
    insta::assert_snapshot!(messages.join("\n"), @r"
    the roster has no column `address_1`
    the roster has no column `city`
    the roster has no column `entity`
    the roster has no column `data_elements`
    two columns mean `last_name`: B and C
    no column tells who is a minor or who has died, so every letter goes to the person named
    ");
}
