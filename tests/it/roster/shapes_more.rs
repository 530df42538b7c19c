//! Further shapes of exports: columns that belong together, rows that are no person, marks.

use super::support::{Case, Read, standing};
use noticeworks::roster::Recipient;

fn case(marks: bool) -> Case {
    let mut case = Case::new();
    case.incident.entities.truncate(1);
    if !marks {
        case.incident.strands[0].elements = vec!["ssn".to_owned()];
    }
    case
}

fn read(case: &Case, text: &str) -> Read {
    case.write(text);
    case.read()
}

#[test]
fn four_digits_in_a_column_of_their_own_extend_the_zip_code() {
    let text = "id,first name,last name,address,city,state,zip,zip4\n\
                1,Ada,Oak,1 Elm St,Portland,ME,04101,1234\n\
                2,Bea,Oak,2 Elm St,Portland,ME,4101,\n\
                3,Cy,Oak,3 Elm St,Portland,ME,4101,77\n";
    let read = read(&case(false), text);
    let zips: Vec<&str> = ["1", "2", "3"].map(|id| read.record(id).address.zip.as_str()).to_vec();
    assert_eq!(zips, ["04101-1234", "04101", "04101"]);
    let two = "id,first name,last name,address,city,state,zip,mailing zip\n\
               1,Ada,Oak,1 Elm St,Portland,ME,04101,04102\n";
    let case = case(false);
    case.write(two);
    assert_eq!(case.refused(), ["columns.twice"], "two ZIP codes are a question");
}

#[test]
fn a_guardians_first_and_last_name_in_two_columns_are_one_name() {
    let text = "id,first name,last name,address,city,state,zip,dob,Parent/Guardian First,Parent/Guardian Last Name\n\
                1,Ada,Oak,1 Elm St,Portland,ME,04101,2015-01-01,Bea,Oak\n\
                2,Cy,Oak,2 Elm St,Portland,ME,04101,1980-01-01,,\n";
    let read = read(&case(false), text);
    assert_eq!(read.record("1").recipient, Recipient::ParentOrGuardian);
    assert_eq!(read.record("1").representative_name, "Bea Oak");
    assert_eq!(read.record("2").recipient, Recipient::Adult);
}

#[test]
fn types_of_columns_below_the_header_are_nobody() {
    let text = "id,first name,last name,address,city,state,zip\n\
                INT,VARCHAR(50),VARCHAR(50),NVARCHAR(99),VARCHAR(50),CHAR(2),CHAR(5)\n\
                1,Ada,Oak,1 Elm St,Portland,ME,04101\n";
    let read = read(&case(false), text);
    assert_eq!(read.standings(), "1 ready\nINT excluded row.header_again");
}

#[test]
fn a_mark_that_names_its_kind_says_yes_and_a_star_is_asked_about() {
    let row = |id: u32, cell: &str| {
        let last = char::from(b'a' + id as u8);
        format!("{id},Ada,Oak{last},{id} Elm St,Portland,ME,04101,{cell},Y\n")
    };
    let mut text = "id,first name,last name,address,city,state,zip,SSN,Diagnosis\n".to_owned();
    let cells = ["SSN", "ssn", "", "*", "**", "N"];
    for (id, cell) in (1..).zip(cells) {
        text += &row(id, cell);
    }
    (7..40).for_each(|id| text += &row(id, "Y"));
    let case = case(true);
    let read = read(&case, &text);
    let of = |id: &str| {
        let person = read.record(id);
        let ssn = person.elements.iter().any(|i| case.incident.elements[i].id == "ssn");
        format!("{} {ssn}", standing(person))
    };
    assert_eq!(of("1"), "ready true");
    assert_eq!(of("2"), "ready true");
    assert_eq!(of("3"), "ready false");
    assert_eq!(of("4"), "held data_elements.mark false");
    assert_eq!(of("5"), "held data_elements.mark false");
    assert_eq!(of("6"), "ready false");
}

#[test]
fn a_place_in_one_column_is_divided_however_it_is_pointed() {
    for (cell, place) in [
        ("Bloomington, IN 47401", "Bloomington IN 47401"),
        ("BLOOMINGTON,IN,47401", "BLOOMINGTON IN 47401"),
        ("Bloomington, IN. 47401", "Bloomington IN 47401"),
        ("Bloomington, IN, 47401-1234", "Bloomington IN 47401-1234"),
        ("Bloomington IN47401", "Bloomington IN 47401"),
        ("Washington, D.C. 20001", "Washington DC 20001"),
        ("Winston-Salem NC 27101", "Winston-Salem NC 27101"),
        ("Truth or Consequences NM 87901 1234", "Truth or Consequences NM 87901-1234"),
    ] {
        let text = format!("name,address,city state zip\nAda Oak,1 Elm St,\"{cell}\"\n");
        let read = read(&case(false), &text);
        let address = &read.one().address;
        assert_eq!(format!("{} {} {}", address.city, address.state, address.zip), place, "{cell}");
    }
}

#[test]
fn values_in_marks_of_their_own_are_freed_of_them() {
    let text = "'id','first name','last name','address','city','state','zip','dob'\n\
                '1','Ada','O''Hara','1 Elm St','Portland','ME','04101','1980-03-25'\n\
                '2','\"Ann \"\"Annie\"\" B.\"','Oak','2 Elm St','Portland','ME','04101','1981-03-25'\n";
    let read = read(&case(false), text);
    assert_eq!(standing(read.record("1")), "ready");
    assert_eq!(read.record("1").address.zip, "04101");
    assert_eq!(read.record("1").first_name, "Ada");
}
