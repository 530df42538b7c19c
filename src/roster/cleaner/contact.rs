//! E-mail, language and form of the letter.

use super::RowAt;
use crate::roster::Person;
use crate::roster::clean::{date, email};
use crate::roster::column::Column;
use crate::roster::problem;
use crate::roster::tables;

impl RowAt<'_, '_> {
    pub(super) fn contact(&mut self, person: &mut Person) {
        self.email(person);
        let language = self.cell(Column::Language);
        let known = if language.is_empty() { Some("en") } else { tables::language(&language) };
        person.language = match known {
            Some(code) => code.to_owned(),
            // A tag with region or script: `es-MX`, `zh-Hant`.
            None => match language.split_once(['-', '_']) {
                Some((base, _)) if base.len() <= 3 && tables::language(base).is_some() => {
                    language.to_ascii_lowercase().replace('_', "-")
                }
                _ => {
                    self.note(&problem::LANGUAGE_UNKNOWN, Some(Column::Language), &language);
                    "en".to_owned()
                }
            },
        };
        person.alt_format = self.cell(Column::AltFormat).into_owned();
    }

    fn email(&mut self, person: &mut Person) {
        let column = Some(Column::Email);
        // Before cleaning: a line break here is an attack, not a blemish.
        let raw = self.raw(Column::Email).trim_matches(' ');
        let ends_in_break = raw.trim_end_matches(['\r', '\n']);
        let judged = email::judge(ends_in_break);
        let attacked = judged == email::Verdict::Injection;
        let cell = if attacked { raw.into() } else { self.cell(Column::Email) };
        if !cell.is_empty() {
            let trimmed = ends_in_break.trim();
            let verdict = if trimmed == ends_in_break { judged } else { email::judge(trimmed) };
            let problem = match verdict {
                _ if attacked => Some(&problem::EMAIL_INJECTION),
                email::Verdict::Injection => Some(&problem::EMAIL_INJECTION),
                email::Verdict::Several => Some(&problem::EMAIL_SEVERAL),
                email::Verdict::Address => None,
                // Blemishes such as invisible characters may have hidden an address.
                email::Verdict::Invalid if email::judge(&cell) == email::Verdict::Address => None,
                email::Verdict::Invalid => Some(&problem::EMAIL_INVALID),
            };
            match problem {
                Some(problem) => self.note(problem, column, &cell),
                None => person.email = cell.into_owned(),
            }
        }
        person.email_consent = self.flag(Column::EmailConsent);
        if person.email_consent && person.email.is_empty() {
            self.note(&problem::EMAIL_NO_ADDRESS, column, "");
        }
        let on = self.cell(Column::EmailConsentOn);
        if on.is_empty() {
            return;
        }
        person.email_consent_on = match date::read_as(&on, &self.dates()) {
            date::Written::Day(day)
            | date::Written::OtherOrder(day)
            | date::Written::LastCentury(day)
            | date::Written::Serial(day) => Some(day),
            date::Written::Nothing => None,
            date::Written::EitherCentury
            | date::Written::EitherOrder
            | date::Written::Unreadable => {
                self.note(&problem::CONSENT_DATE_UNREADABLE, Some(Column::EmailConsentOn), &on);
                None
            }
        };
    }
}
