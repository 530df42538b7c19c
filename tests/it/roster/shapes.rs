//! Rosters in the shapes that systems export: read rightly, or asked about.

use super::support::{Case, Read, standing};
use jiff::civil::date;
use noticeworks::finding::Findings;
use noticeworks::incident::{DateOrder, EntityIx, Headings, Incident, Protection, RosterEncoding};
use noticeworks::roster::{IntakeError, Person, Recipient};

/// One covered entity whose strand says what was exposed.
fn case() -> Case {
    let mut case = Case::new();
    case.incident.entities.truncate(1);
    case.incident.strands[0].elements = vec!["ssn".to_owned()];
    case
}

/// The same without a word of what was exposed: the roster says it.
fn marked() -> Case {
    let mut case = case();
    case.incident.strands[0].elements.clear();
    case
}

fn map(incident: &mut Incident, column: &str, heading: &str) {
    incident.roster.columns.insert(column.to_owned(), heading.into());
}

fn read(case: &Case, text: &str) -> Read {
    case.write(text);
    case.read()
}

fn refused(case: &Case, text: &str) -> Findings {
    case.write(text);
    match case.intake() {
        Err(IntakeError::Refused(findings)) => findings,
        _ => panic!("not refused"),
    }
}

fn ids(case: &Case, person: &Person) -> Vec<String> {
    person.elements.iter().map(|i| case.incident.elements[i].id.clone()).collect()
}

const START: &str = "id,first name,last name,address,city,state,zip";

fn row(id: u32, rest: &str) -> String {
    format!("{id},Ada,{},{id} Elm St,Portland,ME,04101{rest}\n", name(id))
}

fn name(id: u32) -> String {
    let letter = |n: u32| char::from(b'a' + (n % 26) as u8);
    format!("Example{}{}", letter(id / 26), letter(id))
}

fn people(headings: &str, rests: &[&str]) -> String {
    let mut text = format!("{START}{headings}\n");
    for (id, rest) in (1..).zip(rests) {
        text.push_str(&row(id, rest));
    }
    text
}

fn by_id<'r>(read: &'r Read, id: &str) -> &'r Person {
    read.record(id)
}

#[test]
fn a_column_of_marks_is_a_kind_of_information_whatever_its_heading() {
    let mut case = marked();
    let mut address = case.incident.elements[0].clone();
    (address.id, address.roster) = ("address".into(), vec!["Address".into()]);
    case.incident.elements.push(address.clone());
    (address.id, address.roster) = ("email".into(), vec!["Email".into()]);
    case.incident.elements.push(address.clone());
    (address.id, address.roster) = ("date_of_birth".into(), vec!["DOB".into()]);
    case.incident.elements.push(address);
    let rests = [",1980-03-25,X,X,", ",1981-03-25,,X,x"];
    for mapped in [false, true] {
        if mapped {
            map(&mut case.incident, "address_1", "Address");
            map(&mut case.incident, "date_of_birth", "DOB");
        }
        let read = read(&case, &people(",DOB,Address,Email,DOB", &rests));
        assert_eq!(ids(&case, by_id(&read, "1")), ["address", "email"], "{mapped}");
        assert_eq!(ids(&case, by_id(&read, "2")), ["email", "date_of_birth"], "{mapped}");
        assert_eq!(by_id(&read, "2").date_of_birth, Some(date(1981, 3, 25)));
        assert_eq!(by_id(&read, "2").address.lines, ["2 Elm St"]);
        assert!(!read.codes().contains(&"columns.unused"));
    }
}

#[test]
fn marks_that_no_kind_of_information_claims_are_told() {
    let read = read(&case(), &people(",Passport", &[",Y", ",N"]));
    assert!(read.codes().contains(&"columns.unused_marks"), "{:?}", read.codes());
}

#[test]
fn every_usual_mark_says_yes_or_no_and_what_says_neither_holds_its_row() {
    let case = marked();
    let yes = ["X", "[x]", "Checked", "1.0", "3", "✓", "Yes - full number", "Exposed", "Found"];
    let no = [
        "",
        "[ ]",
        "Unchecked",
        "0.0",
        "0",
        "✗",
        "No - redacted",
        "Not exposed",
        "not found",
        "None found",
        "N/A",
    ];
    let open = ["partial", "pending review", "Unknown", "not yet determined", "see note"];
    for (cells, answer) in [(&yes[..], Some(true)), (&no[..], Some(false)), (&open[..], None)] {
        for cell in cells {
            let mut rests = vec![",Y,Y"; 30];
            let this = format!(",{cell},Y");
            rests.push(&this);
            let read = read(&case, &people(",SSN,Diagnosis", &rests));
            let person = by_id(&read, "31");
            let ssn = ids(&case, person).contains(&"ssn".to_owned());
            match answer {
                Some(answer) => {
                    assert_eq!((standing(person), ssn), ("ready".into(), answer), "{cell:?}");
                }
                None => assert_eq!(standing(person), "held data_elements.mark", "{cell:?}"),
            }
        }
    }
}

#[test]
fn marks_of_the_rosters_own_are_named_in_the_incident() {
    let mut case = marked();
    let text = people(",SSN,Diagnosis", &[",Hit,Clear", ",Clear,Hit", ",Hit,Hit", ",Clear,Hit"]);
    let read_before = read(&case, &text);
    assert!(read_before.people.iter().all(|p| standing(p) == "held data_elements.mark"));
    case.incident.roster.marks.yes.push("hit".into());
    case.incident.roster.marks.no.push("CLEAR".into());
    let read = read(&case, &text);
    assert_eq!(ids(&case, by_id(&read, "1")), ["ssn"]);
    assert_eq!(ids(&case, by_id(&read, "2")), ["diagnosis"]);
}

#[test]
fn headings_of_birth_death_and_age_are_understood() {
    let text = people(
        ",Date of Birth (MM/DD/YYYY),Death Date",
        &[",06/30/2017,", ",06/30/1937,01/05/2024", ",06/30/1937,"],
    );
    let dated = read(&case(), &text);
    let of = |id: &str| by_id(&dated, id).recipient;
    assert_eq!(of("1"), Recipient::ParentOrGuardian);
    assert_eq!((of("2"), of("3")), (Recipient::Estate, Recipient::Adult));
    let aged =
        read(&case(), &people(",Age,Deceased", &[",9,", ",41 yrs,", ",7 months,N", ",nine,"]));
    let of = |id: &str| by_id(&aged, id).recipient;
    assert_eq!((of("1"), of("2")), (Recipient::ParentOrGuardian, Recipient::Adult));
    assert_eq!(of("3"), Recipient::ParentOrGuardian);
    assert_eq!(standing(by_id(&aged, "4")), "held age.unreadable");
}

#[test]
fn a_mark_and_a_day_of_death_are_read_together() {
    let read = read(
        &case(),
        &people(",Deceased,Death Date", &[",N,2024-01-05", ",Y,", ",N,0000-00-00", ",,"]),
    );
    let of = |id: &str| by_id(&read, id).recipient == Recipient::Estate;
    assert_eq!([of("1"), of("2"), of("3"), of("4")], [true, true, false, false]);
}

#[test]
fn it_is_asked_once_where_nothing_tells_children_and_dead_apart() {
    let mut case = case();
    assert_eq!(read(&case, &people("", &[""])).codes(), ["columns.untold"]);
    map(&mut case.incident, "date_of_birth", "");
    assert_eq!(read(&case, &people("", &[""])).codes(), ["columns.untold"]);
    map(&mut case.incident, "deceased", "");
    assert_eq!(read(&case, &people("", &[""])).codes(), [""; 0]);
}

#[test]
fn placeholders_for_no_date_are_no_death_and_no_birth() {
    let nothing = [
        "0000-00-00 00:00:00",
        "00/00/0000",
        "0001-01-01",
        "1900-01-01",
        "12/31/9999",
        "1/1/1900",
        "9999-12-31T00:00:00",
        "1899-12-30",
        "01/01/0001 12:00:00 AM",
    ];
    for cell in nothing {
        let read = read(&case(), &people(",DOB,Death Date", &[&format!(",{cell},{cell}")]));
        let person = read.one();
        assert_eq!(
            (standing(person), person.recipient),
            ("ready".into(), Recipient::Adult),
            "{cell}"
        );
        assert_eq!(person.date_of_birth, None, "{cell}");
        let codes = ["date_of_birth.placeholder", "deceased.placeholder"];
        assert_eq!(read.codes(), codes, "{cell}");
    }
    let read = read(&case(), &people(",Death Date", &[",2999-01-01"]));
    assert_eq!(standing(read.one()), "held deceased.unreadable", "nobody has died in the future");
}

#[test]
fn dates_are_read_as_systems_export_them() {
    let march = [
        "03251980",
        "3251980",
        "25MAR1980",
        "25MAR1980:00:00:00",
        "Mar 25 1980 12:00AM",
        "March 25th 1980",
        "3/25/1980 (46y)",
        "19800325000000",
        "198003250000-0500",
        "29305.75",
        "29305",
        "1980-03-25T00:00:00Z",
        "1980-Mar-25",
        "\"Tuesday, March 25, 1980\"",
        "25-Mar-80",
        "3/25/1980 0:00",
    ];
    for cell in march {
        let read = read(&case(), &people(",DOB", &[&format!(",{cell}")]));
        assert_eq!(read.one().date_of_birth, Some(date(1980, 3, 25)), "{cell}");
        assert_eq!(standing(read.one()), "ready", "{cell}");
    }
    let old = read(&case(), &people(",DOB", &[",7400"]));
    assert_eq!(old.one().date_of_birth, Some(date(1920, 4, 4)));
    for cell in ["1980", "2011", "13131980", "around 1980", "1980-13-40", "Mars 25 1980 noon"] {
        let read = read(&case(), &people(",DOB", &[&format!(",{cell}")]));
        assert_eq!(standing(read.one()), "held date_of_birth.unreadable", "{cell}");
    }
}

#[test]
fn the_order_of_a_date_is_the_columns() {
    let mut case = case();
    let day_first = [",25/03/1980", ",31/12/1975", ",05/11/2008", ",13/01/1990"];
    let dmy = read(&case, &people(",DOB", &day_first));
    assert_eq!(by_id(&dmy, "3").date_of_birth, Some(date(2008, 11, 5)));
    assert_eq!(by_id(&dmy, "3").recipient, Recipient::ParentOrGuardian);
    assert!(!dmy.codes().contains(&"date_of_birth.day_first"), "{:?}", dmy.codes());
    let mixed = [",25/03/1980", ",12/31/1975", ",05/11/2008", ",07/07/1990"];
    let both = read(&case, &people(",DOB", &mixed));
    assert_eq!(standing(by_id(&both, "3")), "held date_of_birth.either_order");
    assert_eq!(by_id(&both, "1").date_of_birth, Some(date(1980, 3, 25)));
    assert_eq!(by_id(&both, "4").date_of_birth, Some(date(1990, 7, 7)), "the same either way");
    case.incident.roster.dates = Some(DateOrder::Mdy);
    let told = read(&case, &people(",DOB", &mixed));
    assert_eq!(by_id(&told, "3").date_of_birth, Some(date(2008, 5, 11)));
    let mut rests = vec![",12/31/1975"; 60];
    rests.extend([",05/11/2008", ",25/03/1980"]);
    case.incident.roster.dates = None;
    let slip = read(&case, &people(",DOB", &rests));
    assert_eq!(by_id(&slip, "61").date_of_birth, Some(date(2008, 5, 11)), "one slip is no doubt");
}

#[test]
fn old_encodings_are_recognized_by_their_accents() {
    let text = people(",DOB", &[",1980-03-25", ",1980-03-25"])
        .replace("Ada", "José")
        .replace("Example", "Núñez ")
        .replace("Elm", "Peña");
    let capitals = text.replace("José", "RENÉE").replace("Núñez", "MUÑOZ O\u{2019}BRIEN");
    // é ú ñ É Ñ ’ in each.
    type Page = (&'static str, &'static [(char, u8)], &'static str);
    let pages: [Page; 3] = [
        ("cp850", &[('é', 0x82), ('ú', 0xa3), ('ñ', 0xa4), ('É', 0x90), ('Ñ', 0xa5)], "file.cp850"),
        (
            "macroman",
            &[('é', 0x8e), ('ú', 0x9c), ('ñ', 0x96), ('É', 0x83), ('Ñ', 0x84), ('\u{2019}', 0xd5)],
            "file.macroman",
        ),
        (
            "windows-1252",
            &[('é', 0xe9), ('ú', 0xfa), ('ñ', 0xf1), ('É', 0xc9), ('Ñ', 0xd1), ('\u{2019}', 0x92)],
            "file.windows_1252",
        ),
    ];
    for (page, table, code) in pages {
        for text in [&text, &capitals] {
            let known = |c: char| c.is_ascii() || table.iter().any(|(k, _)| *k == c);
            let text: String = text.chars().filter(|c| known(*c)).collect();
            let byte = |c: char| table.iter().find(|(k, _)| *k == c).map_or(c as u8, |(_, b)| *b);
            let bytes: Vec<u8> = text.chars().map(byte).collect();
            let case = case();
            case.write(bytes);
            let read = case.read();
            assert!(read.codes().contains(&code), "{page}: {:?}", read.codes());
            let first = if text.contains("José") { "José" } else { "RENÉE" };
            assert_eq!(by_id(&read, "1").first_name, first, "{page}");
        }
    }
    let mut case = case();
    case.incident.roster.encoding = Some(RosterEncoding::Cp850);
    case.write(
        people("", &[""])
            .replace("Ada", "Ren~e")
            .replace('~', "\u{e9}")
            .chars()
            .map(|c| c as u8)
            .collect::<Vec<_>>(),
    );
    assert_eq!(case.read().one().first_name, "RenÚe", "what the incident says counts");
}

#[test]
fn an_apostrophe_alone_is_windows() {
    let case = case();
    let text = people("", &["", ""]).replace("Example", "O~Brien");
    case.write(text.bytes().map(|b| if b == b'~' { 0x92 } else { b }).collect::<Vec<_>>());
    let read = case.read();
    assert!(read.codes().contains(&"file.windows_1252"), "{:?}", read.codes());
    assert_eq!(by_id(&read, "1").last_name, "O\u{2019}Brienab");
}

#[test]
fn delimiters_and_quotation_marks_of_other_systems_are_read() {
    let text = people(",DOB", &[",1980-03-25"]);
    for mark in ["^", "~", "\u{1}", ";", "|", "\t"] {
        let read = read(&case(), &text.replace(',', mark));
        assert_eq!(read.one().address.city, "Portland", "{mark:?}");
    }
    let mut own = case();
    own.incident.roster.delimiter = Some("#".into());
    assert_eq!(read(&own, &text.replace(',', "#")).one().address.city, "Portland");
    let spaced = format!(
        "{}\n1, \"Ann\", \"Oak, Jr\", \"1 Elm St, Apt 2\", Portland, ME, 04101\n",
        START.replace(',', ", ")
    );
    let spaced = read(&case(), &spaced);
    assert_eq!(
        (spaced.one().last_name.as_str(), standing(spaced.one())),
        ("Oak, Jr", "ready".into())
    );
    let escaped = format!(
        "{START}\n1,\"Ann \\\"Annie\\\"\",Oak,\"C:\\\\1 Elm\",Portland,ME,04101\n2,Bob,\"O\\\"Brien, Jr\",2 Elm St,Portland,ME,04101\n"
    );
    let escaped = read(&case(), &escaped);
    assert_eq!(by_id(&escaped, "1").first_name, "Ann \"Annie\"");
    assert_eq!(by_id(&escaped, "1").address.lines, ["C:\\1 Elm"]);
    assert_eq!(by_id(&escaped, "2").last_name, "O\"Brien, Jr");
}

#[test]
fn a_header_that_comes_again_is_nobody() {
    let again = START.to_uppercase();
    let text =
        format!("{START}\n{}{again}\n{}\u{feff}{START}\n{}", row(1, ""), row(2, ""), row(3, ""));
    let read = read(&case(), &text);
    let nobody = read.people.iter().filter(|p| standing(p) == "excluded row.header_again").count();
    assert_eq!((read.rows, nobody), (5, 2));
}

#[test]
fn three_lines_of_address_are_printed_and_a_seventh_line_of_the_window_is_refused() {
    let three = "id,first name,last name,address 1,address 2,address 3,city,state,zip,guardian,deceased,nok name,country\n\
        1,Ana,Oak,URB LAS GLADIOLAS,150 CALLE A,APT 3,SAN JUAN,PR,00926,,,,\n\
        2,Ana,Oak,1 Elm St,Rear,Apt 2,London,,EC1A 1BB,,Y,Bob Oak,United Kingdom\n";
    let read = read(&case(), three);
    assert_eq!(by_id(&read, "1").address.lines, ["URB LAS GLADIOLAS", "150 CALLE A", "APT 3"]);
    assert_eq!(standing(by_id(&read, "1")), "ready");
    assert_eq!(standing(by_id(&read, "2")), "held address.too_many_lines");
}

#[test]
fn a_mail_merge_list_is_read() {
    let text = "Name,Address,City State Zip\n\
        Ann Oak,1 Elm St,\"Bloomington, IN 47401\"\n\
        Bob Elm,2 Elm St,New York New York 10001-1234\n\
        Cy Fir,3 Elm St,\"Toronto, ON  K1A 0B1\"\n";
    let read = read(&case(), text);
    let place = |row: u64| {
        let person = read.people.iter().find(|p| p.row == row).unwrap();
        let a = &person.address;
        format!("{}|{}|{}|{}|{}", person.full_name(), a.city, a.state, a.zip, a.country)
    };
    assert_eq!(place(1), "Ann Oak|Bloomington|IN|47401|");
    assert_eq!(place(2), "Bob Elm|New York|NY|10001-1234|");
    assert_eq!(place(3), "Cy Fir|Toronto|ON|K1A 0B1|CANADA");
}

#[test]
fn a_mapping_joins_splits_and_leaves_out() {
    let mut case = case();
    let columns = &mut case.incident.roster.columns;
    columns.insert("record_id".into(), "C1".into());
    columns.insert("Last, First Middle".into(), "C2".into());
    columns.insert("address_1".into(), Headings::Joined(vec!["C3".into(), "C4".into()]));
    columns.insert("City, ST ZIP".into(), "C5".into());
    columns.insert("country".into(), "".into());
    case.incident.roster.ignore = vec!["C6".into()];
    let text = "C1,C2,C3,C4,C5,Country,C6\n7,\"Garcia Lopez, Maria del Carmen\",150,Calle A,\"Portland, ME 04101\",Travis,secret\n";
    let read = read(&case, text);
    let person = read.one();
    assert_eq!((&*person.record_id, &*person.last_name), ("7", "Garcia Lopez"));
    assert_eq!((&*person.first_name, &*person.middle_name), ("Maria", "del Carmen"));
    assert_eq!(person.address.lines, ["150 Calle A"]);
    assert_eq!((&*person.address.state, &*person.address.country), ("ME", ""));
    assert_eq!(read.codes(), ["columns.untold"]);
}

#[test]
fn a_header_with_unknown_names_only_is_found_by_its_line_or_by_the_mapping() {
    let mut case = case();
    let text = "Export\n\nnr,who,str,ort,land,plz\n1,Oak,1 Elm St,Portland,ME,04101\n";
    let findings = refused(&case, text);
    let finding = findings.iter().find(|f| f.code == "columns.no_header").unwrap();
    assert!(finding.remedy.contains("header_row"), "{}", finding.remedy);
    for (column, heading) in [
        ("last_name", "who"),
        ("address_1", "str"),
        ("city", "ort"),
        ("state", "land"),
        ("zip", "plz"),
    ] {
        map(&mut case.incident, column, heading);
    }
    assert_eq!(read(&case, text).one().last_name, "Oak");
    case.incident.roster.header_row = Some(3);
    assert_eq!(read(&case, text).one().last_name, "Oak");
    case.incident.roster.header_row = Some(9);
    assert!(refused(&case, text).counts().contains_key("columns.no_header"));
}

#[test]
fn a_number_of_a_person_is_no_covered_entity() {
    let text = "Entity ID,Full Name,Address 1,City,State,Zip,SSN,Diagnosis,Document IDs\n\
        E-1,Ann Oak,1 Elm St,Portland,ME,04101,Y,N,DOC-1;DOC-2\n\
        E-2,Bob Elm,2 Elm St,Portland,ME,04101,N,Y,DOC-3\n";
    let case = marked();
    let read = read(&case, text);
    assert_eq!(ids(&case, by_id(&read, "E-1")), ["ssn"]);
    assert_eq!(standing(by_id(&read, "E-2")), "ready");
    let named = text.replace("E-1", "harbor-health").replace("E-2", "Harbor Health System");
    let read = self::read(&case, &named);
    assert!(
        read.people
            .iter()
            .all(|p| p.entity == Some(EntityIx::FIRST) && p.record_id.starts_with("row-"))
    );
}

#[test]
fn each_protection_takes_its_code_from_its_own_column() {
    let mut case = case();
    let offer = |recipient: &str, column: &str| -> Protection {
        toml::from_str(&format!(
            "provider = \"Sentinel Example ID\"\nrecipients = [\"{recipient}\"]\nmonths = 12\n\
             enroll_by = 2027-01-31\ncode_column = \"{column}\"\n"
        ))
        .unwrap()
    };
    case.incident.protections = vec![offer("adult", "Adult Code"), offer("minor", "Minor Code")];
    let text = people(
        ",DOB,Adult Code,Minor Code,Enrollment Code",
        &[",1980-03-25,A-1,,Z-1", ",2017-03-25,A-2,M-2,Z-2", ",2018-03-25,A-3,,Z-3"],
    );
    let read = read(&case, &text);
    let code = |id: &str| by_id(&read, id).activation_code.clone();
    assert_eq!([code("1"), code("2"), code("3")], ["A-1", "M-2", ""]);
    case.incident.protections[1].code_column = Some("Kid Code".into());
    let read = self::read(&case, &text);
    assert!(read.codes().contains(&"columns.no_codes"), "{:?}", read.codes());
}

#[test]
fn several_rosters_make_one_mailing() {
    let mut case = case();
    let folder = case.folder.path().to_owned();
    case.incident.waves[0].roster =
        noticeworks::incident::RosterFiles::Several(vec!["a.csv".into(), "b.csv".into()]);
    case.incident.roster.files = vec![
        toml::from_str("name = \"b.csv\"\ncolumns = { last_name = \"Nach\", zip = \"Plz\" }\n")
            .unwrap(),
    ];
    std::fs::write(folder.join("a.csv"), people(",DOB", &[",1980-03-25", ",bad"])).unwrap();
    std::fs::write(
        folder.join("b.csv"),
        "id,first name,Nach,address,city,state,Plz,DOB\n\
         1,Ada,Exampleab,1 Elm St,Portland,ME,04101,1980-03-25\n\
         9,Bob,Elm,9 Oak St,Portland,ME,4101,1980-03-25\n",
    )
    .unwrap();
    let read = case.read();
    assert_eq!(read.rows, 4);
    let merged = read.people.iter().filter(|p| standing(p).starts_with("merged")).count();
    assert_eq!(merged, 1, "each person once:\n{}", read.standings());
    let place = |code: &str| {
        let finding = read.findings.iter().find(|f| f.code == code).unwrap();
        let place = finding.place.clone().unwrap();
        (place.file, place.line, place.cell)
    };
    assert_eq!(place("zip.padded"), ("b.csv".into(), Some(3), Some("G Plz".into())));
    assert_eq!(place("date_of_birth.unreadable"), ("a.csv".into(), Some(3), Some("H DOB".into())));
    let intake = case.intake().ok().unwrap();
    assert_eq!(intake.files, [("a.csv".to_owned(), 2), ("b.csv".to_owned(), 2)]);
    assert_eq!(intake.files.iter().map(|(_, rows)| rows).sum::<u64>(), intake.rows);
}

#[test]
fn kinds_of_information_are_listed_in_many_ways() {
    let case = marked();
    let lists = [
        "SSN;Diagnosis",
        "SSN | Diagnosis",
        "\"SSN, Diagnosis\"",
        "SSN/Diagnosis",
        "SSN & Diagnosis",
        "\"SSN\nDiagnosis\"",
        "\"['SSN', 'Diagnosis']\"",
        "SSN and Diagnosis",
        "\"SSN, and Diagnosis\"",
        "SSN ^ Diagnosis",
        "* SSN * Diagnosis",
    ];
    for list in lists {
        let read = read(&case, &people(",Data Elements", &[&format!(",{list}")]));
        assert_eq!(ids(&case, read.one()), ["ssn", "diagnosis"], "{list}");
    }
    let read = read(&case, &people(",Data Elements", &[",SSN/Blood type"]));
    assert_eq!(standing(read.one()), "held data_elements.unknown");
}
