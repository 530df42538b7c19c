//! What is repaired, what is held, what is only reported.

use super::support::{Case, HEADER, Read, row, rows, standing};
use jiff::civil::date;
use noticeworks::incident::{EntityIx, StrandIx};
use noticeworks::roster::{AddressKind, Person, Population, Recipient};

/// Reads the good row with one column replaced.
fn with(column: &str, value: &str) -> Read {
    rows(&[&row(&[(column, value)])])
}

/// What each value of a column comes to: standing, what was read, the codes found.
pub fn table(column: &str, values: &[&str], read: impl Fn(&Person) -> String) -> String {
    let line = |value: &&str| {
        let result = with(column, value);
        let person = result.one();
        format!("{value:?} -> {:?} {} {:?}", read(person), standing(person), result.codes())
    };
    values.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_good_row_is_ready_and_kept_as_it_stands() {
    let read = rows(&[&row(&[])]);
    let person = read.one();
    assert_eq!(standing(person), "ready");
    assert_eq!(read.codes(), Vec::<&str>::new());
    assert_eq!(person.full_name(), "Ada Example");
    assert_eq!(person.address.lines, ["12 Elm Street"]);
    assert_eq!((&*person.address.city, &*person.address.state), ("Portland", "ME"));
    assert_eq!((&*person.address.zip, &*person.address.country), ("04101", ""));
    assert_eq!(person.jurisdiction, "ME");
    assert_eq!(person.date_of_birth, Some(date(1980, 3, 25)));
    assert_eq!(person.elements.iter().collect::<Vec<_>>(), [0, 5]);
    assert!(person.recipient == Recipient::Adult);
    assert_eq!(person.language, "en");
}

#[test]
fn names_are_freed_of_what_nobody_sees_and_never_changed() {
    let read = |p: &Person| p.last_name.clone();
    let values = [
        "Nguyễn",
        "Nguye\u{302}\u{303}n",
        "  van \t der  Berg ",
        "O’Brien",
        "O'Brien",
        "McDONALD",
        "\u{200b}Lee\u{202e}",
        "Lee\u{a0}Young",
        "\"Lee\"",
        "Robert \"Bob\" Lee",
        "Ødegård",
        "محمد",
        "می\u{200c}خواهم",
        "Null",
        "N/A",
        "Lee3",
        "JosÃ©",
        "Jos?",
        "Jos\u{fffd}",
        "=1+1",
        "+1 Lee",
        "@lee",
        "987-65-4320",
    ];
    insta::assert_snapshot!(table("last_name", &values, read));
}

#[test]
fn a_row_without_a_name_is_held() {
    let read = rows(&[&row(&[("first_name", "N/A"), ("last_name", "-")])]);
    assert_eq!(standing(read.one()), "held name.missing");
    let read = rows(&[&row(&[("first_name", "NULL"), ("last_name", "NULL")])]);
    assert_eq!(standing(read.one()), "held name.missing");
}

#[test]
fn birth_dates() {
    let read = |p: &Person| p.date_of_birth.map(|d| d.to_string()).unwrap_or_default();
    let values = [
        "1980-03-25",
        "1980/3/5",
        "19800325",
        "03/25/1980",
        "3/5/1980",
        "3-5-1980",
        "1980-03-25 00:00:00",
        "1980-03-25T00:00:00Z",
        "3/25/1980 12:00:00 AM",
        "25/03/1980",
        "06/15/58",
        "06/15/09",
        "02/30/1979",
        "2031-01-01",
        "1900-01-01",
        "00/00/0000",
        "1887-02-03",
        "29305",
        "March 25, 1980",
        "1980",
        "",
        "unknown",
    ];
    insta::assert_snapshot!(table("date_of_birth", &values, read));
}

#[test]
fn a_minor_by_the_law_of_the_state_on_the_mail_date_is_written_to_through_a_parent() {
    let recipient = |changes: &[(&str, &str)]| {
        let read = rows(&[&row(changes)]);
        let person = read.one();
        (person.recipient, person.representative_name.clone(), read.codes())
    };
    let parent = Recipient::ParentOrGuardian;
    let named = |name: &str| name.to_owned();
    // Mailing on 2026-09-18.
    assert_eq!(recipient(&[("date_of_birth", "2008-09-18")]).0, Recipient::Adult);
    assert_eq!(recipient(&[("date_of_birth", "2008-09-19")]).0, parent);
    let alabama = [("state", "AL"), ("zip", "35203"), ("date_of_birth", "2008-01-01")];
    assert_eq!(recipient(&alabama).0, parent, "majority is 19 there");
    let child = ("date_of_birth", "2015-01-01");
    assert_eq!(
        recipient(&[child, ("guardian_name", "Joan Example")]),
        (parent, named("Joan Example"), vec![])
    );
    assert_eq!(
        recipient(&[("date_of_birth", ""), ("guardian_name", "Joan Example")]),
        (parent, named("Joan Example"), vec!["guardian.no_birth_date"])
    );
    assert_eq!(
        recipient(&[("guardian_name", "Joan Example")]),
        (Recipient::Adult, String::new(), vec!["guardian.adult"])
    );
    assert_eq!(
        recipient(&[("deceased", "Y"), ("representative_name", "Ann Heir")]),
        (Recipient::Estate, named("Ann Heir"), vec![])
    );
    assert_eq!(recipient(&[("deceased", "yes")]), (Recipient::Estate, String::new(), vec![]));
    assert_eq!(recipient(&[("deceased", "2024-01-05")]).0, Recipient::Estate);
    assert_eq!(
        recipient(&[("representative_name", "Ann Heir")]),
        (Recipient::Adult, String::new(), vec!["representative.living"])
    );
    let read = rows(&[&row(&[("deceased", "perhaps")])]);
    assert_eq!(standing(read.one()), "held deceased.unreadable");
}

#[test]
fn a_minor_who_consented_to_the_care_is_told_alone() {
    let case = Case::new();
    let child = row(&[("date_of_birth", "2010-01-01"), ("guardian_name", "Joan Example")]);
    case.write(format!("{HEADER},minor_consented\n{child},Y\n"));
    let read = case.read();
    assert!(read.one().recipient == Recipient::Adult);
    assert_eq!(read.one().representative_name, "", "the parent is not to be told");
}

#[test]
fn e_mail_addresses() {
    let read = |p: &Person| p.email.clone();
    let values = [
        "ada@mail.example",
        " ada@mail.example ",
        "a.b+c@sub.mail.example",
        "ada@mail.example\r\nBcc: all@mail.example",
        "ada@mail.example\nX: y",
        "ada%0a@mail.example",
        "a@mail.example;b@mail.example",
        "Ada <ada@mail.example>",
        "ada.@mail.example",
        "ada@mail",
        "ada@-mail.example",
        "ädä@mail.example",
        "none",
        "ada@mail.example\n",
    ];
    insta::assert_snapshot!(table("email", &values, read));
    let read = rows(&[&row(&[("email", "ada@mail"), ("email_consent", "Y")])]);
    assert_eq!(read.codes(), ["email.invalid", "email.no_address"]);
}

#[test]
fn data_elements_are_known_by_any_of_their_labels() {
    let read = |p: &Person| format!("{:?}", p.elements.iter().collect::<Vec<_>>());
    let values = [
        "SSN",
        "ssn; Diagnosis",
        "Social  Security Number;diagnosis;",
        "SSN|Diagnosis",
        "SSN, Diagnosis",
        "drivers_license",
        "DRIVER’S LICENSE NUMBER",
        "SSN;Blood type",
        "Blood type",
        "",
        "none",
        ";;",
    ];
    insta::assert_snapshot!(table("data_elements", &values, read));
}

#[test]
fn a_column_of_yes_and_no_for_each_element_will_do() {
    let mut case = Case::new();
    case.incident.entities.truncate(1);
    let header = "Patient ID,First Name,Last Name,Address,City,State,Zip Code,SSN,Diagnosis";
    case.write(format!(
        "{header}\n1,Ada,Example,12 Elm St,Portland,ME,04101,Y,N\n\
         2,Ben,Example,13 Elm St,Portland,ME,04101,x,TRUE\n\
         3,Cleo,Example,14 Elm St,Portland,ME,04101,,\n"
    ));
    let read = case.read();
    let elements = |id| read.record(id).elements.iter().collect::<Vec<_>>();
    assert_eq!(elements("1"), [0]);
    assert_eq!(elements("2"), [0, 5]);
    assert_eq!(standing(read.record("3")), "held data_elements.none");
}

#[test]
fn a_strand_says_what_was_exposed_where_the_row_does_not() {
    let mut case = Case::new();
    case.incident.strands[0].elements = vec!["ssn".to_owned(), "diagnosis".to_owned()];
    case.write(format!("{HEADER}\n{}\n", row(&[("data_elements", "")])));
    assert_eq!(case.read().one().elements.iter().collect::<Vec<_>>(), [0, 5]);
}

#[test]
fn entity_and_strand_must_be_known() {
    assert_eq!(with("entity", "HARBOR-HEALTH").one().entity, Some(EntityIx::FIRST));
    assert_eq!(with("entity", "Prairie Care Plan").one().entity, Some(EntityIx::new(1)));
    assert_eq!(standing(with("entity", "harbour").one()), "held entity.unknown");
    assert_eq!(standing(with("entity", "").one()), "held entity.missing");
    let mut case = Case::new();
    let mut second = case.incident.strands[0].clone();
    second.id = "mailbox".to_owned();
    case.incident.strands.push(second);
    let (a, b) = (row(&[("record_id", "A")]), row(&[("record_id", "B"), ("address_1", "9 Oak")]));
    let (c, header) = (row(&[("record_id", "C"), ("address_1", "8 Oak")]), HEADER);
    case.write(format!("{header},cohort\n{a},mailbox\n{b},\n{c},letterbox\n"));
    let read = case.read();
    assert_eq!(read.record("A").strand, StrandIx::new(1));
    assert_eq!(standing(read.record("B")), "held cohort.missing");
    assert_eq!(standing(read.record("C")), "held cohort.unknown");
}

#[test]
fn kinds_of_address_and_people() {
    let case = Case::new();
    let line = |n: usize, extra: &str| {
        let id = n.to_string();
        format!("{},{extra}", row(&[("record_id", &id), ("address_1", &format!("{n} Oak St"))]))
    };
    case.write(format!(
        "{HEADER},address_kind,population,alt_format\n{}\n{}\n{}\n{}\n",
        line(1, "Confidential,employee,large print"),
        line(2, "protected,,"),
        line(3, "institution,Dependent,"),
        line(4, "hidden,visitor,"),
    ));
    let read = case.read();
    assert!(read.record("1").address.kind == AddressKind::Confidential);
    assert!(read.record("1").population == Population::Employee);
    assert_eq!(read.record("1").alt_format, "large print");
    assert!(read.record("2").address.kind == AddressKind::Protected);
    assert!(read.record("3").population == Population::Dependant);
    assert_eq!(standing(read.record("4")), "held address_kind.unknown");
    assert_eq!(read.codes(), ["address_kind.unknown", "population.unknown"]);
}

#[test]
fn languages() {
    let read = |p: &Person| p.language.clone();
    let values = ["", "en", "Spanish", "español", "ES", "spa", "zh-Hant", "es_MX", "Klingon"];
    insta::assert_snapshot!(table("language", &values, read));
}

#[test]
fn words_for_nothing_are_empty_but_a_name_may_be_null() {
    let read = rows(&[&row(&[
        ("middle_name", "NULL"),
        ("address_2", "n/a"),
        ("email", "None"),
        ("date_of_birth", "unknown"),
        ("last_name", "Null"),
    ])]);
    let person = read.one();
    assert_eq!(person.full_name(), "Ada Null");
    assert_eq!(person.address.lines, ["12 Elm Street"]);
    assert_eq!(standing(person), "ready");
    assert_eq!(read.codes(), ["name.placeholder"]);
}
