//! What is repaired, what is held, what is only reported.

use super::support::{row, rows, standing};
use jiff::civil::date;
use noticeworks::roster::Recipient;

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
    assert_eq!(person.recipient, Recipient::Adult);
    assert_eq!(person.language, "en");
}
