//! What becomes of addresses: repaired, held, only reported.

use super::cleaning::table;
use super::support::{Case, HEADER, row, rows, standing};
use noticeworks::roster::Person;

#[test]
fn zip_codes() {
    let read = |p: &Person| format!("{} {}", p.address.zip, p.address.state);
    let values = [
        "04101",
        "4101",
        "4101-1234",
        "041011234",
        "41011234",
        "04101-1234",
        "04101 1234",
        "04101-0000",
        "4101.0",
        "'04101",
        "=\"04101\"",
        "101",
        "123",
        "0410",
        "04101-12",
        "abcde",
        "90012",
        "00099",
        "",
        "N/A",
    ];
    insta::assert_snapshot!(table("zip", &values, read));
}

#[test]
fn lost_zeros_are_put_back_only_where_they_fit_the_state() {
    for (city, state, zip, whole) in [
        ("San Juan", "PR", "907", "00907"),
        ("Charlotte Amalie", "VI", "802", "00802"),
        ("Newark", "NJ", "7102", "07102"),
        ("APO", "AE", "9012", "09012"),
    ] {
        let read = rows(&[&row(&[("city", city), ("state", state), ("zip", zip)])]);
        assert_eq!(read.one().address.zip, whole);
        assert_eq!(read.codes(), ["zip.padded"]);
    }
    for (state, zip) in [("TX", "7870"), ("CA", "4101"), ("MA", "907")] {
        let read = rows(&[&row(&[("state", state), ("zip", zip)])]);
        assert_eq!(standing(read.one()), "held zip.too_short", "{state} {zip}");
    }
}

#[test]
fn states_are_read_in_any_spelling() {
    let read = |p: &Person| format!("{} {}", p.address.state, p.jurisdiction);
    let values = [
        "ME",
        "me",
        "Maine",
        "MAINE",
        "M.E.",
        "N.H.",
        "new york",
        "Calif.",
        "D.C.",
        "District of Columbia",
        "Puerto Rico",
        "AE",
        "",
        "ZZ",
        "Ontario",
    ];
    insta::assert_snapshot!(table("state", &values, read));
}

#[test]
fn the_country_decides_how_an_address_is_read() {
    let foreign = |country: &str, state: &str, zip: &str| {
        let read = rows(&[&row(&[("country", country), ("state", state), ("zip", zip)])]);
        let a = &read.one().address;
        format!(
            "{country:?} {state:?} {zip:?} -> {:?} {:?} {:?} {} {:?}",
            a.state,
            a.zip,
            a.country,
            standing(read.one()),
            read.codes()
        )
    };
    let lines = [
        foreign("USA", "ME", "04101"),
        foreign("United States of America", "ME", "04101"),
        foreign("Canada", "ON", "M5V 1J2"),
        foreign("CA", "ON", "M5V 1J2"),
        foreign("", "ON", "M5V 1J2"),
        foreign("Germany", "", "37073"),
        foreign("DEU", "", "37073"),
        foreign("Wonderland", "", "1"),
        foreign("QX", "", "1"),
        foreign("Puerto Rico", "", "00907"),
        foreign("GU", "", "96910"),
        foreign("Mexico", "Jalisco", ""),
    ];
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn residence_decides_the_law_and_a_military_address_says_nothing_of_it() {
    let header = format!("{HEADER},residence_state");
    let read = |state: &str, zip: &str, residence: &str| {
        let case = Case::new();
        let row = row(&[("state", state), ("zip", zip)]);
        case.write(format!("{header}\n{row},{residence}\n"));
        let read = case.read();
        (read.one().jurisdiction.clone(), standing(read.one()))
    };
    let is = |j: &str, s: &str| (j.to_owned(), s.to_owned());
    assert_eq!(read("ME", "04101", ""), is("ME", "ready"));
    assert_eq!(read("ME", "04101", "new hampshire"), is("NH", "ready"));
    assert_eq!(read("AE", "09012", ""), is("", "ready"));
    assert_eq!(read("AE", "09012", "TX"), is("TX", "ready"));
    assert_eq!(read("ME", "04101", "AE"), is("", "held residence_state.unknown"));
    assert_eq!(read("ME", "04101", "Ruritania"), is("", "held residence_state.unknown"));
}

#[test]
fn who_cannot_be_written_to_gets_substitute_notice() {
    for changes in [
        &[("address_1", "")][..],
        &[("address_1", "Homeless")],
        &[("city", "N/A")],
        &[("zip", "unknown")],
        &[("state", ""), ("zip", "")],
        &[("address_1", ""), ("city", ""), ("state", ""), ("zip", "")],
    ] {
        let read = rows(&[&row(changes)]);
        assert_eq!(standing(read.one()), "substitute", "{changes:?}");
        let mut dead = changes.to_vec();
        dead.push(("deceased", "Y"));
        let read = rows(&[&row(&dead)]);
        assert_eq!(standing(read.one()), "excluded deceased.no_address", "{changes:?}");
    }
}

#[test]
fn an_address_must_fit_six_lines() {
    let lines =
        |count: usize| (1..=count).map(|n| format!("Line {n}")).collect::<Vec<_>>().join("\n");
    let read = rows(&[&row(&[("address_1", &lines(4))])]);
    assert_eq!(standing(read.one()), "ready");
    assert_eq!(read.one().address.lines, ["Line 1", "Line 2", "Line 3", "Line 4"]);
    let read = rows(&[&row(&[("address_1", &lines(5))])]);
    assert_eq!(standing(read.one()), "held address.too_many_lines");
    let read = rows(&[&row(&[("address_1", &lines(4)), ("date_of_birth", "2015-01-01")])]);
    assert_eq!(standing(read.one()), "held address.too_many_lines", "a parent's line comes on top");
}
