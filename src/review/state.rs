//! The line of a book that says whether it is approved, and the same line of a book that lies there
//! already: a wave is approved after its book was read.

use super::State;
use super::html::esc;

const BEGINS: &str = "<p class=\"state";
const ENDS: &str = "</p>";
const MADE_OF: &str = "<meta name=\"made-of\" content=\"";

/// The line as HTML.
pub(super) fn line(state: &State) -> String {
    let (class, text) = match state {
        State::Draft => ("state", "Draft · not approved".to_owned()),
        State::Waiting(seal) => {
            ("state", format!("Draft · waits for a second approval of seal {}", esc(seal)))
        }
        State::Approved(seal) => ("state sealed", format!("Approved · seal {}", esc(seal))),
        State::Differs(seal) => {
            ("state", format!("Draft · differs from what was approved under seal {}", esc(seal)))
        }
    };
    format!("<p class=\"{class}\">{text}{ENDS}")
}

/// In the book's head: what its letters were made from.
pub(super) fn meta(made_of: &str) -> String {
    format!("{MADE_OF}{}\">\n", esc(made_of))
}

/// What the letters of a finished book were made from.
pub fn made_of(html: &str) -> Option<&str> {
    let (_, rest) = html.split_once(MADE_OF)?;
    rest.split_once('"').map(|(made_of, _)| made_of)
}

/// A finished book with another state; none if it has no such line.
pub fn restate(html: &str, state: &State) -> Option<String> {
    // What the incident says is escaped: the first such tag is the book's own.
    let from = html.find(BEGINS)?;
    let to = from + html[from..].find(ENDS)? + ENDS.len();
    Some(format!("{}{}{}", &html[..from], line(state), &html[to..]))
}
