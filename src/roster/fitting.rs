//! Whether a value can stand in a column at all, and what values look like, for proposals.

use super::clean::{date, flag, zip};
use super::column::Column;
use super::tables::{country, language, state};
use jiff::civil::Date;

/// Whether a cell may be what a column holds. Only what can surely not be is left out.
pub fn may_be(column: Column, cell: &str) -> bool {
    use Column::*;
    let has_letter = cell.chars().any(char::is_alphabetic);
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    match column {
        FirstName | MiddleName | LastName | Suffix | FullName | LatinName | GuardianName
        | RepresentativeName | City => has_letter && digits == 0,
        Address1 => has_letter && cell.len() > 3,
        Address2 | Address3 | RecordId | PriorRecordId | Entity | Cohort | DataElements
        | AltFormat => true,
        State | ResidenceState => state(cell).is_some(),
        Zip => {
            zip::is_canadian(cell) || ((3..=10).contains(&cell.len()) && digits >= 3 && !has_letter)
        }
        Country => country(cell).is_some(),
        Email => cell.contains('@'),
        EmailConsent | MinorConsented => flag::read(cell).is_some(),
        DateOfBirth | EmailConsentOn => is_date(cell),
        Deceased => flag::read(cell).is_some() || is_date(cell),
        Age => digits > 0 && digits <= 3 && !cell.contains('.'),
        Language => language(cell).is_some(),
        ActivationCode => {
            cell.len() >= 6 && digits > 0 && !cell.contains(['.', '/', ' ', '@']) && has_letter
        }
        Population | AddressKind => has_letter && digits == 0 && cell.len() < 20,
    }
}

fn is_date(cell: &str) -> bool {
    let style = date::Style { as_of: Date::MAX, order: date::Order::MonthFirst, epoch_1904: false };
    !matches!(date::read_as(cell, &style), date::Written::Unreadable | date::Written::Serial(_))
}

/// What a value looks like, of which nothing can be learned: `Aaaaaa Aaa`, `99999-9999`.
pub fn pattern(cell: &str) -> String {
    cell.chars()
        .take(24)
        .map(|c| match c {
            '0'..='9' => '9',
            c if c.is_uppercase() => 'A',
            c if c.is_alphabetic() => 'a',
            ' ' | '-' | '/' | '.' | ',' | '#' | ':' | ';' | '@' | '(' | ')' | '_' | '|' => c,
            _ => '?',
        })
        .collect()
}
