//! Cells of names as exports really write them: read rightly, or held with the reason.

use super::support::{Case, HEADER, Read, row, rows, standing};

fn with(changes: &[(&str, &str)]) -> Read {
    rows(&[&row(changes)])
}

/// The standing of a row with this first name, or this last name.
fn first(name: &str) -> String {
    standing(with(&[("first_name", name)]).one())
}

fn last(name: &str) -> String {
    standing(with(&[("last_name", name)]).one())
}

/// A roster with whole names in one column: name as printed and standing.
fn whole(name: &str) -> (String, String) {
    let case = Case::new();
    let cells = row(&[("first_name", ""), ("last_name", "")]);
    case.write(format!("{HEADER},full_name\n{cells},\"{name}\"\n"));
    let read = case.read();
    (read.one().full_name(), standing(read.one()))
}

#[test]
fn traces_of_a_wrong_encoding_hold_the_row_wherever_they_stand() {
    let utf8_as = |name: &str, encoding: &'static encoding_rs::Encoding| {
        encoding.decode_without_bom_handling(name.as_bytes()).0.into_owned()
    };
    for name in [
        "Martínez",
        "García",
        "Álvarez",
        "Raúl",
        "Jesús",
        "àngel",
        "Nguyễn",
        "Trần",
        "Úrsula",
        "Núñez",
        "Łukasz",
        "Černý",
        "Şahin",
        "Žofie",
        "Ångström",
        "Þór",
        "François",
        "Müller",
        "Ольга",
        "Ελένη",
        "محمد",
        "王芳",
        "김민",
        "O’Brien",
        "Škoda",
        "Đặng",
    ] {
        let broken = utf8_as(name, encoding_rs::WINDOWS_1252);
        assert_eq!(first(&broken), "held name.garbled", "{name} {broken:?}");
        assert_eq!(last(&broken), "held name.garbled", "{name} {broken:?}");
        assert_eq!(first(name), "ready", "{name}");
        let twice = utf8_as(&broken, encoding_rs::WINDOWS_1252);
        assert_eq!(first(&twice), "held name.garbled", "{twice:?}");
    }
    // An earlier program took the controls out; code page 850; a Macintosh; a lost letter.
    for name in ["MartÃnez", "Ãlvarez", "Jos‚", "N£¤ez", "JosŽ", "Mu–oz", "Mu?oz", "Jos\u{82}"]
    {
        assert_eq!(first(name), "held name.garbled", "{name}");
    }
}

#[test]
fn capitals_and_signs_that_belong_to_names_are_no_traces() {
    for name in [
        "JOÃO",
        "ANTÃO",
        "GUIMARÃES",
        "IRMÃ",
        "KŘÍŽ",
        "LUKÁŠ",
        "NUÑEZ",
        "ÅSA",
        "LJUNGÅ",
        "ÎLE",
        "BÂTONNIER",
        "Mª José",
        "Smith–Jones",
        "D’Angelo",
        "“Bob” Lee",
        "STRAUẞ",
        "Ägir",
        "ÑUÑO",
        "ÉTIENNE’S",
        "l·l",
    ] {
        assert_eq!(last(name), "ready", "{name}");
    }
}

#[test]
fn html_codes_become_letters_and_tags_hold_the_row() {
    let read = with(&[
        ("first_name", "Jos&eacute;"),
        ("last_name", "O&#39;Brien-Mu&ntilde;oz"),
        ("address_1", "2 Elm &amp; 3rd St"),
        ("address_2", "Ca&amp;ntilde;on Hall"),
    ]);
    assert_eq!(read.one().full_name(), "José O'Brien-Muñoz");
    assert_eq!(read.one().address.lines, ["2 Elm & 3rd St", "Cañon Hall"]);
    assert_eq!((standing(read.one()), read.codes()), ("ready".into(), vec!["text.html"]));
    for left in ["Mu&ntild;oz", "<b>Oak</b>", "Oak<br/>", "O&#39Brien"] {
        assert_eq!(last(left), "held text.html_left", "{left}");
    }
    assert_eq!(standing(with(&[("address_1", "A&T Building")]).one()), "ready");
}

#[test]
fn words_for_nothing_in_the_tongues_of_databases_are_empty() {
    for nothing in ["\\N", "<null>", "(blank)", "[NULL]", "(none)", "#N/A", "Ninguno"] {
        let all = [("middle_name", nothing), ("suffix", nothing), ("address_2", nothing)];
        let read = with(&all);
        assert_eq!(read.one().full_name(), "Ada Example", "{nothing}");
        assert_eq!(read.one().address.lines, ["12 Elm Street"], "{nothing}");
        assert_eq!(standing(read.one()), "ready", "{nothing}");
    }
    for (middle, street) in [("NMI", "0"), ("NMN", "0.0"), ("0", "xxxx")] {
        let read = with(&[("middle_name", middle), ("address_2", street)]);
        assert_eq!(read.one().full_name(), "Ada Example");
        assert_eq!(read.one().address.lines, ["12 Elm Street"]);
    }
}

#[test]
fn a_whole_name_is_turned_round_only_where_the_comma_says_so() {
    for (written, printed) in [
        ("GARCIA-LOPEZ, MARIA DEL CARMEN JR", "MARIA DEL CARMEN GARCIA-LOPEZ JR"),
        ("OAK,ANN", "ANN OAK"),
        ("Oak, Jr., Bob", "Bob Oak Jr."),
        ("Oak III, Bob T.", "Bob T. Oak III"),
        ("Oak, Bob, MD", "Bob Oak MD"),
        ("de la Cruz, Ana", "Ana de la Cruz"),
        ("Harry Brown, Sr.", "Harry Brown, Sr."),
        ("John W. Langdale, III", "John W. Langdale, III"),
        ("Florence Barnett, M.D.", "Florence Barnett, M.D."),
        ("Florence Barnett, LMHC", "Florence Barnett, LMHC"),
        ("Ann B. Oak", "Ann B. Oak"),
        ("OAK^BOB^T^JR", "BOB T OAK JR"),
        ("Oak^Bob^^^Mr^^L", "Bob Oak"),
        ("Oak&van^Ann~Elm^Ann", "Ann Oak"),
    ] {
        assert_eq!(whole(written), (printed.to_owned(), "ready".to_owned()), "{written}");
    }
    for unclear in ["Oak, Ann, Elm", "OAK^", "^ANN", "John Oak, Mary Oak"] {
        assert_eq!(whole(unclear).1, "held name.unclear", "{unclear}");
    }
    assert_eq!(first("ANN^B"), "held text.separators");
    assert_eq!(last("O\\'Brien"), "held text.separators");
}

#[test]
fn two_people_in_one_name_are_held() {
    for name in [
        "John & Mary Smith",
        "Mr. and Mrs. Max Oak",
        "Ronald T. and Karen P. Ash",
        "John/Mary Smith",
        "JOHN OR MARY SMITH",
        "The Oak Family",
        "Familia Oak",
        "Ann Oak et al",
        "Sr. y Sra. Roble",
    ] {
        assert_eq!(whole(name).1, "held name.several", "{name}");
    }
    assert_eq!(first("John & Mary"), "held name.several");
    for one in ["José Ortega y Gasset", "Dana Or Cohen", "Andrew Anders"] {
        assert_eq!(whole(one).1, "ready", "{one}");
    }
}

#[test]
fn marks_of_death_childhood_and_systems_hold_the_row() {
    for (name, code) in [
        ("Ann Oak (DECEASED)", "name.says_deceased"),
        ("ESTATE OF ANN OAK", "name.says_deceased"),
        ("Ann Oak [D]", "name.says_deceased"),
        ("Ana Roble, fallecida", "name.says_deceased"),
        ("Ann Oak (Minor)", "name.says_minor"),
        ("Parent of Ann Oak", "name.says_minor"),
        ("Ann Oak c/o Bob Oak", "name.says_minor"),
        ("ANN OAK MINOR", "name.says_minor"),
        ("OAK, MINOR", "name.says_minor"),
        ("Baby Boy Oak", "name.says_minor"),
        ("ZZTEST, ANN", "name.remark"),
        ("Test Patient", "name.remark"),
        ("Ann Oak DO NOT USE", "name.remark"),
        ("**Ann Oak", "name.remark"),
        ("Valued Customer", "name.missing"),
        ("Current Resident", "name.missing"),
        ("12345", "name.missing"),
    ] {
        assert_eq!(whole(name).1, format!("held {code}"), "{name}");
    }
    assert_eq!(standing(with(&[("suffix", "DECEASED")]).one()), "held name.says_deceased");
    for real in ["John Minor", "Ann (Annie) Oak", "Mary C O'Brien", "Dee Estates", "Oak, D."] {
        assert_eq!(whole(real).1, "ready", "{real}");
    }
}

#[test]
fn a_name_in_another_script_asks_for_its_latin_spelling_and_is_printed_so() {
    let read = |latin: &str, country: &str| {
        let case = Case::new();
        let cells = row(&[("first_name", "Ольга"), ("last_name", "Петрова"), ("country", country)]);
        case.write(format!("{HEADER},Latin spelling\n{cells},{latin}\n"));
        case.read()
    };
    let without = read("", "");
    assert_eq!(without.one().full_name(), "Ольга Петрова");
    assert_eq!(without.codes(), ["name.other_script"]);
    let with = read("Olga Petrova", "");
    assert_eq!((with.one().full_name(), with.codes()), ("Olga Petrova".to_owned(), vec![]));
    for roman in ["Łukasz", "Nguyễn", "Kaʻiulani", "Đức", "Ìfẹ́", "Ǆoko"] {
        assert_eq!(rows(&[&row(&[("first_name", roman)])]).codes(), Vec::<&str>::new(), "{roman}");
    }
}

#[test]
fn the_party_responsible_for_the_bill_is_mostly_the_patient() {
    for oneself in ["Self", "SAME", "Patient", "Ada Example", "EXAMPLE, ADA", "Titular", "Spouse"] {
        let read = with(&[("guardian_name", oneself), ("date_of_birth", "")]);
        assert!(read.one().recipient == noticeworks::roster::Recipient::Adult, "{oneself}");
        assert_eq!(read.codes(), Vec::<&str>::new(), "{oneself}");
    }
    let read = with(&[("guardian_name", "Self"), ("date_of_birth", "2015-01-01")]);
    assert!(read.one().recipient == noticeworks::roster::Recipient::ParentOrGuardian);
    assert_eq!(read.one().representative_name, "");
    let read = with(&[("guardian_name", "Mother"), ("date_of_birth", "2015-01-01")]);
    assert_eq!((&*read.one().representative_name, read.codes()), ("", vec!["guardian.no_name"]));
}

#[test]
fn what_closes_a_list_is_no_person() {
    let good = row(&[]);
    for footer in [
        "Total,499",
        "Total: 499",
        "Grand Total,,,499",
        "*** End of report ***",
        "-----,-----,-----",
        "====================",
        "EOF",
        "\u{1a}",
        "499 records",
        "(499 rows affected)",
        "Page 1 of 3",
        "Record Count:,1",
        "1",
        "Fin del informe",
        "Total de pacientes,499",
        "Prepared by:,J. Analyst",
    ] {
        let read = rows(&[&good, footer]);
        let counted = read.people.iter().filter(|p| p.standing.is_somebody()).count();
        assert_eq!(counted, 1, "{footer}: {}", read.standings());
        assert_eq!(read.rows, 2, "{footer} is told");
    }
    // Little is known of these, but they are people.
    for person in ["7,,Total", "R9,harbor-health,Ann,,Oak", "R9", "Total,harbor-health,Ann,,Oak"] {
        let read = rows(&[&good, person]);
        let counted = read.people.iter().filter(|p| p.standing.is_somebody()).count();
        assert_eq!(counted, 2, "{person}: {}", read.standings());
    }
}
