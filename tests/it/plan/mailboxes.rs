//! A decision never lifts a bar: substitute notice by e-mail passes the same gate as agreed e-mail.

use crate::case::Case;
use std::fs;

/// People of whom no address is known but that of their mailbox, and who of them gets an e-mail.
const PEOPLE: &[(&str, &str, bool)] = &[
    // An adult whose diagnosis was exposed.
    ("2001", "Ada,,Marsh,,,,,,,,ada@mail.example,,1970-05-06,,,,,Name;Diagnosis,,", true),
    // A child at its own mailbox.
    ("2002", "Ben,,Marsh,,,,,,,,ben@mail.example,,2019-05-06,,,,,Name;Diagnosis,,", false),
    // A login was exposed: others may read the mail.
    ("2003", "Cleo,,Reed,,,,,,,,cleo@mail.example,,1971-05-06,,,,,Name;Login,,", false),
    // A confidential address.
    (
        "2004",
        "Dora,,Wells,,,,,,,,dora@mail.example,,1972-05-06,,,,,Name;Diagnosis,,confidential",
        false,
    ),
];

#[test]
fn no_decision_opens_a_mailbox_that_is_barred() {
    let case = Case::sample("small-clinic");
    let mut roster = String::from(
        "record_id,entity,first_name,middle_name,last_name,suffix,address_1,address_2,city,state,zip,\
         country,email,email_consent,date_of_birth,guardian_name,deceased,representative_name,\
         language,data_elements,activation_code,address_kind\n",
    );
    for (id, cells, _) in PEOPLE {
        roster.push_str(&format!("{id},elm-street,{cells}\n"));
    }
    fs::write(case.path("roster.csv"), roster).unwrap();
    let mut incident = case.read("incident.toml");
    incident.push_str(
        "\n[[data_element]]\nid = \"online_credentials\"\nroster = [\"Login\"]\nletter = \"user name and password\"\n\
         \n[[decision]]\nquestion = \"substitute.elm-street\"\nchoice = \"email\"\nby = \"A. Counsel\"\n\
         on = 2026-09-01\n",
    );
    fs::write(case.path("incident.toml"), incident).unwrap();
    let said = case.run(&["run", "--json", "{folder}"]);
    assert!(matches!(said.code, 0 | 1), "{}", said.stderr);
    let mails: Vec<String> = fs::read_dir(case.path("out/email"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "eml"))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    for (id, cells, gets) in PEOPLE {
        let mailbox = cells.split(',').find(|cell| cell.contains('@')).unwrap();
        let got = mails.iter().any(|mail| mail.contains(mailbox));
        assert_eq!(got, *gets, "{id} {mailbox}: {}", said.stdout);
    }
}
