//! Letters: words, versions, frames, what the law asks of them.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod approvable;
mod command;
mod fixture;
mod law;
mod names;
mod once;
mod spanish;
mod versions;
mod words;

use fixture::*;
use noticeworks::document::SectionStyle;
use noticeworks::incident::{EntityIx, StrandIx};
use noticeworks::letters::{Counts, Rules, Writer, piece_id};
use noticeworks::roster::{Person, Recipient};
use noticeworks::tables::Opaque;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

const RECIPIENTS: [Recipient; 3] =
    [Recipient::Adult, Recipient::ParentOrGuardian, Recipient::Estate];

#[test]
fn a_version_is_told_by_recipient_protection_entity_and_strand() {
    let writer = fixture();
    let label = |p: &Person| {
        let version = writer.version(p);
        format!("{} = {}", version.key, version.label)
    };
    let adult = person(Recipient::Adult, "TX", &[0, 1]);
    let mut other = person(Recipient::ParentOrGuardian, "TX", &[0]);
    (other.entity, other.strand) = (Some(EntityIx::new(1)), StrandIx::new(1));
    let labels = [
        label(&adult),
        label(&person(Recipient::Adult, "NY", &[0])),
        label(&other),
        label(&person(Recipient::Estate, "TX", &[1])),
        label(&person(Recipient::Adult, "MA", &[1])),
    ];
    insta::assert_snapshot!(labels.join("\n"), @r"
    en.adult.p1.hilltop.server = adult, with Sentinel Example ID, Hilltop Clinic, server
    en.adult.p0.hilltop.server = adult, no protection offered, Hilltop Clinic, server
    en.parent_or_guardian.p2.valley.laptop = parent or guardian of a minor, with Sentinel Minor, Valley Health Plan, laptop
    en.estate.p0.hilltop.server = estate or next of kin, no protection offered, Hilltop Clinic, server
    en.adult.no-nature-of-breach.p1.hilltop.server = adult, brief account (nature_of_breach barred), with Sentinel Example ID, Hilltop Clinic, server
    ");
    assert_eq!(writer.version(&adult), writer.version(&person(Recipient::Adult, "NY", &[1, 3])));
}

#[test]
fn every_version_has_a_made_up_addressee() {
    let writer = fixture();
    for recipient in RECIPIENTS {
        for (state, elements) in [("TX", &[0, 1][..]), ("NY", &[0]), ("MA", &[1]), ("MA", &[2])] {
            let version = writer.version(&person(recipient, state, elements));
            let sample = writer.sample_person(&version);
            assert_eq!(writer.version(&sample), version);
            let text = letter(&writer, &sample);
            assert!(text.contains("Sample A. Sample"), "{text}");
        }
    }
}

#[test]
fn people_of_one_version_share_what_is_not_their_own() {
    let writer = fixture();
    let one = person(Recipient::Adult, "TX", &[0, 1]);
    let mut two = person(Recipient::Adult, "CA", &[0, 1]);
    two.first_name = "Alex".to_owned();
    two.activation_code = "ZZ-1".to_owned();
    let (_, one) = writer.document(&one).unwrap();
    let (_, two) = writer.document(&two).unwrap();
    let mut own = Vec::new();
    for (a, b) in one.sections.iter().zip(&two.sections) {
        assert_eq!(a.name, b.name);
        assert_eq!(a.personal, !Arc::ptr_eq(a, b), "{}", a.name);
        if a.personal {
            own.push(a.name.as_str());
        }
    }
    assert_eq!(own, ["en/salutation", "en/protection"]);
    assert_eq!(one.title, "Notice of Data Breach");
}

#[test]
fn protection_is_for_those_it_was_bought_for() {
    let writer = fixture();
    let text = |p: &Person| letter(&writer, p);
    assert!(
        text(&person(Recipient::Adult, "TX", &[1]))
            .contains("from Sentinel Example ID at no cost to you")
    );
    assert!(!text(&person(Recipient::Adult, "TX", &[0])).contains("Sentinel"));
    let child = text(&person(Recipient::ParentOrGuardian, "TX", &[0]));
    assert!(child.contains(
        "To enroll your child, call 1-800-555-0178. You must enroll by January 31, 2027."
    ));
    assert!(!text(&person(Recipient::Estate, "TX", &[1])).contains("Sentinel"));
    let mut nobody = person(Recipient::Adult, "TX", &[1]);
    nobody.activation_code.clear();
    assert_eq!(writer.document(&nobody).err().unwrap().code, "letter.no_code");
    nobody.elements = Default::default();
    assert_eq!(writer.document(&nobody).err().unwrap().code, "letter.no_elements");
}

#[test]
fn a_place_abroad_is_written_as_its_country_writes_it() {
    let writer = fixture();
    let place = |city: &str, state: &str, zip: &str, country: &str| {
        let mut abroad = person(Recipient::Adult, "", &[0]);
        (abroad.address.city, abroad.address.state) = (city.to_owned(), state.to_owned());
        (abroad.address.zip, abroad.address.country) = (zip.to_owned(), country.to_owned());
        let mut lines = writer.frame(&abroad).unwrap().addressee;
        assert_eq!(lines.pop().as_deref(), Some(country), "the country stands last");
        lines.pop().unwrap()
    };
    for (city, state, zip, country, line) in [
        ("Ottawa", "ON", "K1A 0B1", "CANADA", "OTTAWA ON  K1A 0B1"),
        ("Paris", "", "75001", "FRANCE", "75001 PARIS"),
        ("Göttingen", "", "37073", "GERMANY", "37073 GÖTTINGEN"),
        ("Leeds", "", "LS1 4DY", "GREAT BRITAIN", "LEEDS LS1 4DY"),
        ("Leeds", "West Yorkshire", "LS1 4DY", "GREAT BRITAIN", "LEEDS, West Yorkshire LS1 4DY"),
        ("Tijuana", "BC", "22000", "MEXICO", "22000 TIJUANA, BC"),
        ("Sydney", "NSW", "2000", "AUSTRALIA", "SYDNEY NSW 2000"),
        // What is missing leaves no marks; what a country does without is printed all the same.
        ("Tijuana", "", "22000", "MEXICO", "22000 TIJUANA"),
        ("Toronto", "", "M5V 1J2", "CANADA", "TORONTO  M5V 1J2"),
        ("Lyon", "Rhône", "69003", "FRANCE", "69003 LYON, Rhône"),
        // A country of which nobody knows the order.
        ("Erehwon", "North", "7", "EREHWON", "EREHWON, North 7"),
        ("Erehwon", "", "7", "EREHWON", "EREHWON, 7"),
    ] {
        assert_eq!(place(city, state, zip, country), line, "{country}");
    }
}

#[test]
fn the_window_shows_name_and_address_in_at_most_six_lines() {
    let writer = fixture();
    let lines =
        |p: &Person| writer.frame(p).map(|f| f.addressee.join(" / ")).unwrap_or_else(|f| f.message);
    let adult = person(Recipient::Adult, "TX", &[0]);
    assert_eq!(lines(&adult), "Robin Q. O'Brien Jr. / 12 Elm St Apt 4 / Exampletown, TX 02101");
    let mut child = person(Recipient::ParentOrGuardian, "TX", &[0]);
    assert_eq!(
        lines(&child),
        "Parent or Guardian of Robin Q. O'Brien Jr. / 12 Elm St Apt 4 / Exampletown, TX 02101"
    );
    child.representative_name = "Kim O'Brien".to_owned();
    child.last_name = "Montgomery-Featherstonehaugh".to_owned();
    assert_eq!(
        lines(&child),
        "Parent or Guardian of / Robin Q. Montgomery-Featherstonehaugh Jr. / c/o Kim O'Brien / 12 Elm St Apt 4 / Exampletown, TX 02101"
    );
    let mut estate = person(Recipient::Estate, "TX", &[0]);
    assert_eq!(
        lines(&estate),
        "To the Next of Kin or Estate of / Robin Q. O'Brien Jr. / 12 Elm St Apt 4 / Exampletown, TX 02101"
    );
    estate.representative_name = "Kim O'Brien".to_owned();
    estate.address.country = "CANADA".to_owned();
    assert_eq!(
        lines(&estate),
        "To the Next of Kin or Estate of Robin Q. O'Brien Jr. / c/o Kim O'Brien / 12 Elm St / Apt 4 / EXAMPLETOWN TX  02101 / CANADA"
    );
    estate.address.lines.push("Third line".to_owned());
    assert_eq!(lines(&estate), "the address needs 7 lines and the window shows 6");
    let frame = writer.frame(&adult).unwrap();
    assert_eq!(
        (frame.date.as_str(), frame.page_of.as_str()),
        ("September 18, 2026", "Page {page} of {pages}")
    );
    assert_eq!(
        frame.reference,
        format!(
            "Reference: {}",
            piece_id(&Opaque::unkeyed(), ["test-2026", "w1", "R-1", "hilltop", "mail"])
        )
    );
    assert_eq!(frame.return_address[0], "Return Mail Processing");
}

#[test]
fn a_piece_id_never_changes() {
    assert_eq!(
        piece_id(&Opaque::unkeyed(), ["i", "w", "r", "e", "mail"]),
        "NW-P9PV-2WXA-37YJ",
        "as sealed before there were secrets"
    );
}

#[test]
fn an_incidents_own_template_takes_the_place_of_the_shipped_one() {
    let own = [("en/signature.md", "<!-- courtesy -->\nYours, {{ sender.signatory.name }}\n")];
    let set = Box::leak(Box::new(set_with(&own).unwrap()));
    let writer = writer(incident(), set).unwrap_or_else(|f| panic!("{}", listed(&f)));
    let text = letter(&writer, &person(Recipient::Adult, "TX", &[0]));
    assert!(text.contains("Yours, Dana O'Reyes\n") && !text.contains("Sincerely"));
}

#[test]
fn a_broken_template_stops_the_wave_before_any_letter() {
    let complaint = |name: &str, text: &str| {
        let set = Box::leak(Box::new(set_with(&[(name, text)]).unwrap()));
        writer(incident(), set).err().map_or(String::new(), |f| listed(&f))
    };
    insta::assert_snapshot!(complaint("en/opening.md", "<!-- courtesy -->\nDear {{ sender.nmae }}\n"), @r"
    template.unknown_name templates/letter/en/opening.md:2:9 there is no `sender.nmae` | use one of: address_line, business_associate, email, name, phone, phone_hours, signatory, toll_free, website, website_words
    ");
    insta::assert_snapshot!(complaint("en/states/tx.md", "<!-- courtesy -->\nCall {{ contacts.xx_ag.best_phone }}\n"), @r"
    template.unknown_name templates/letter/en/states/tx.md:2:9 there is no `contacts.xx_ag.best_phone` | use one of: tx_ag, ak_ag, al_ag, ar_ag, az_ag, ca_ag, co_ag, ct_ag, de_ag, fl_ag, ...
    ");
    insta::assert_snapshot!(complaint("en/title.md", "{% if entity.parent_compny %}\n# A\n{% endif %}\n"), @r"
    template.unknown_name templates/letter/en/title.md:1:7 there is no `entity.parent_compny` | use one of: home_page, name, parent_company, plan_sponsor, told_on
    ");
    insta::assert_snapshot!(complaint("sections.toml", "[[section]]\nfiel = \"title\"\n"), @r"
    letter.sections templates/letter/sections.toml:2:1 unknown field `fiel`, expected one of `file`, `style`, `recipients`, `states` | compare with the shipped file of the same name
    ");
    insta::assert_snapshot!(complaint("en/words.toml", "language = \"English\"\n"), @r"
    letter.words templates/letter/en/words.toml:1:1 missing field `date` | compare with the shipped file of the same name
    ");
}

#[test]
fn one_states_letter_has_its_own_paragraphs_only() {
    let one = INCIDENT.to_owned() + "[letter]\nstate_paragraphs = \"recipient\"\n";
    let writer = writer(incident_of(&one), &SET).unwrap_or_else(|f| panic!("{}", listed(&f)));
    let states = |state: &str| {
        let (version, document) =
            writer.document(&person(Recipient::Adult, state, &[0, 1])).unwrap();
        let names = document.sections.iter().map(|s| s.name.clone());
        let names: Vec<_> = names.filter(|n| n.contains("states")).collect();
        format!("{}: {}", version.key, names.join(" "))
    };
    assert_eq!(states("MD"), "en.adult.md.p1.hilltop.server: en/states-head en/states/md");
    assert_eq!(states("ME"), "en.adult.me.p1.hilltop.server: en/states-head en/states/me");
    let maine = letter(&writer, &person(Recipient::Adult, "ME", &[0, 1]));
    assert!(maine.contains("Your Rights in Maine\n\nMaine residents:"), "{maine}");
    assert!(!maine.contains("Maryland residents"));
}

#[test]
fn back_matter_is_small_and_follows_the_letter() {
    let (_, document) = fixture().document(&person(Recipient::Adult, "TX", &[0, 1])).unwrap();
    let small = |s: &Arc<noticeworks::document::Section>| s.style == SectionStyle::Small;
    let first = document.sections.iter().position(small).unwrap();
    assert!(document.sections[first..].iter().all(small));
    assert_eq!(document.sections[first].name, "en/steps-adult");
}

#[test]
fn the_code_names_no_state() {
    let mut found = BTreeSet::new();
    for folder in ["src/letters", "src/document"] {
        for path in crate::rooms::walk(std::path::Path::new(folder)) {
            let text = std::fs::read_to_string(&path).unwrap();
            for jurisdiction in LAW.jurisdictions().filter(|j| !j.code.starts_with("US-")) {
                let quoted = format!("\"{}\"", jurisdiction.code);
                if [&quoted, &jurisdiction.name].iter().any(|n| text.contains(n.as_str())) {
                    found.insert(format!("{} in {}", jurisdiction.name, path.display()));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn counts_of_nobody_print_nothing() {
    let incident: &'static _ = Box::leak(Box::new(incident()));
    let rules: &'static _ = Box::leak(Box::new(Rules::new(&LAW, incident, &incident.waves[0])));
    let writer = Writer::new(incident, rules, &SET, &incident.waves[0], Counts::new());
    let writer = writer.unwrap_or_else(|f| panic!("{}", listed(&f)));
    let text = letter(&writer, &person(Recipient::Adult, "TX", &[0]));
    assert!(text.contains("Rhode Island residents:") && !text.contains("Rhode Island resident."));
    assert!(!text.contains("0 Rhode Island"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn ids_tell_pieces_apart(a in "[a-z]{0,6}", b in "[a-z]{0,6}", c in "[a-z]{0,6}") {
        let keys = Opaque::under(&[7; 32]);
        let id = piece_id(&keys, ["i", &a, &b, &c, "mail"]);
        prop_assert_eq!(id.len(), 17);
        prop_assert!(id.chars().all(|c| c == '-' || c.is_ascii_digit() || c.is_ascii_uppercase() && !"ILOU".contains(c)) || id.starts_with("NW"));
        if (&a, &b) != (&b, &a) {
            prop_assert_ne!(&id, &piece_id(&keys, ["i", &b, &a, &c, "mail"]));
        }
        prop_assert_ne!(&id, &piece_id(&keys, ["i", &a, &b, &c, "email"]));
    }

    /// Whatever a person is called, the letter says it as the roster does, twice at most in
    /// its own words and never as markup.
    #[test]
    fn a_letter_names_its_reader_as_the_roster_does(name in "[!-~é]([ -~é]{0,16}[!-~é])?") {
        let mut reader = person(Recipient::Adult, "TX", &[0, 1]);
        reader.first_name = name.clone();
        (reader.middle_name, reader.last_name, reader.suffix) = Default::default();
        let text = letter(&WRITER, &reader);
        let expected = format!("Dear {name}:\n");
        prop_assert!(text.contains(&expected), "{}", text);
    }
}

static WRITER: std::sync::LazyLock<Writer<'static>> = std::sync::LazyLock::new(fixture);
