//! What texts must look like: ids, addresses, choices, places.

use super::{Shapes, Span};
use crate::incident::NO_GOVERNMENT;
use crate::incident::lookup::label_key;
use crate::incident::schema::{as_spelled, choices_text};
use crate::incident::shape::{Ids, Key, Shape};
use crate::incident::text;
use crate::incident::vocabulary::{KnownElement, known_elements, known_federal_laws, known_states};

impl Shapes<'_> {
    pub(super) fn text(
        &mut self,
        string: &str,
        name: &str,
        shape: &Shape,
        required: bool,
        span: &Span,
        key: Option<&Key>,
    ) {
        if string.trim().is_empty() {
            if required || matches!(shape, Shape::Words | Shape::Files) {
                self.empty(name, span, key);
            }
            return;
        }
        let (code, message, remedy) = match shape {
            Shape::Id(ids) => return self.id(*ids, string, name, span),
            Shape::Ref(ids) => {
                self.referred.push((*ids, string.to_owned(), span.clone()));
                return;
            }
            Shape::Element => return self.element(string, span),
            Shape::Phone if !text::is_phone(string) => (
                code!("incident.phone"),
                format!("`{name}` is not a telephone number"),
                "write ten digits with the area code, such as `1-800-555-0142`".to_owned(),
            ),
            Shape::Address if string.parse::<lettre::Address>().is_err() => (
                code!("incident.email"),
                format!("`{name}` is not an e-mail address"),
                "write a bare address, such as `privacy@lakeshore.example`".to_owned(),
            ),
            Shape::Mailbox if string.parse::<lettre::message::Mailbox>().is_err() => (
                code!("incident.email"),
                format!("`{name}` is not an e-mail sender"),
                "write a name and an address, such as `Lakeshore <notice@lakeshore.example>`"
                    .to_owned(),
            ),
            Shape::Url if !text::is_url(string) => (
                code!("incident.url"),
                format!("`{name}` is not a web address"),
                "write it with `https://`, such as `https://incident.lakeshore.example`".to_owned(),
            ),
            Shape::State if !known_states().iter().any(|s| s == string) => (
                code!("incident.unknown_state"),
                format!("`{string}` is not a state or territory"),
                state_remedy(string),
            ),
            Shape::Government | Shape::StateOrNone
                if !known_states().iter().any(|s| s == string)
                    && string != NO_GOVERNMENT
                    && !(matches!(shape, Shape::Government) && string == "US") =>
            {
                let also = match shape {
                    Shape::Government => "`US` for a federal body, or `none`",
                    _ => "or `none`",
                };
                (
                    code!("incident.unknown_state"),
                    format!("`{}` is not a state or territory", text::one_line(string)),
                    format!("{}, {also}", state_remedy(string)),
                )
            }
            Shape::Law
                if !known_states().iter().chain(known_federal_laws()).any(|s| s == string) =>
            {
                let federal: Vec<&str> = known_federal_laws().iter().map(String::as_str).collect();
                (
                    code!("incident.unknown_jurisdiction"),
                    format!("`{string}` is not a jurisdiction"),
                    format!("write {}, or a two-letter state code", text::list(&federal, "or")),
                )
            }
            Shape::Digits(lengths)
                if !(string.bytes().all(|b| b.is_ascii_digit())
                    && lengths.contains(&string.len())) =>
            {
                let lengths: Vec<String> = lengths.iter().map(usize::to_string).collect();
                (
                    code!("incident.digits"),
                    format!("`{name}` has the wrong form"),
                    format!("write {} digits", lengths.join(" or ")),
                )
            }
            Shape::Choice(choices) if !choices.contains(&as_spelled(string)) => (
                code!("incident.unknown_choice"),
                format!("`{name}` cannot be `{}`", text::one_line(string)),
                choices_text(string, choices),
            ),
            _ => return,
        };
        self.find(code, span, message, remedy);
    }

    fn id(&mut self, ids: Ids, string: &str, name: &str, span: &Span) {
        if !text::is_id(string) {
            self.find(
                code!("incident.id"),
                span,
                format!("`{name}` cannot be `{}`", text::one_line(string)),
                "write letters, digits, `-` and `_`, at most 64, because file names are made of it",
            );
        }
        let given = self.given.entry(ids).or_default();
        // Folders are named after waves, and some systems take `W2` and `w2` for one folder.
        let same = |id: &String| match ids {
            Ids::Wave => id.eq_ignore_ascii_case(string),
            _ => id == string,
        };
        if given.iter().any(same) {
            self.find(
                code!("incident.duplicate_id"),
                span,
                format!("a second {} has the id `{}`", ids.noun(), text::one_line(string)),
                "give each its own id",
            );
        } else {
            given.push(string.to_owned());
        }
    }

    fn element(&mut self, string: &str, span: &Span) {
        let known: Vec<&str> = known_elements().iter().map(|e| e.id.as_str()).collect();
        if !known.contains(&string) {
            let mut near = text::nearest(string, &known);
            // By the words that letters use.
            let key = label_key(string);
            let said = |e: &&KnownElement| key.len() > 3 && label_key(&e.letter).contains(&key);
            let by_words = known_elements().iter().filter(said).map(|e| e.id.as_str());
            near.extend(by_words.filter(|id| !near.contains(id)).collect::<Vec<_>>());
            let remedy = match near.as_slice() {
                [] => format!("write one of {}", text::list(&known, "or")),
                near => format!("write {}", text::list(near, "or")),
            };
            self.find(
                code!("incident.unknown_element"),
                span,
                format!("`{}` is not a known data element", text::one_line(string)),
                remedy,
            );
        }
        let given = self.given.entry(Ids::Element).or_default();
        if given.iter().any(|id| id == string) {
            self.find(
                code!("incident.duplicate_id"),
                span,
                format!("a second data element has the id `{}`", text::one_line(string)),
                "put all its roster labels into one `[[data_element]]`",
            );
        } else {
            given.push(string.to_owned());
        }
    }
}

fn state_remedy(written: &str) -> String {
    let upper = written.trim().to_ascii_uppercase();
    match known_states().iter().find(|s| **s == upper) {
        Some(state) => format!("write `{state}`"),
        None => "write the two-letter USPS code in capitals, such as `IL`".to_owned(),
    }
}
