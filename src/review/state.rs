//! The line of a book that says whether it is approved, and the same line of a book that lies there
//! already: a wave is approved after its book was read.

use super::State;
use super::html::esc;

const BEGINS: &str = "<p class=\"state";
const ENDS: &str = "</p>";
const MADE_OF: &str = "<meta name=\"made-of\" content=\"";

/// The line as words.
pub(super) fn words(state: &State) -> String {
    match state {
        State::Draft => "Draft · not approved".to_owned(),
        State::Waiting(seal) => format!("Draft · waits for a second approval of seal {seal}"),
        State::Approved(seal) => format!("Approved · seal {seal}"),
        State::Differs(seal) => {
            format!("Draft · differs from what was approved under seal {seal}")
        }
    }
}

/// The line as HTML.
pub(super) fn line(state: &State) -> String {
    let class = if matches!(state, State::Approved(_)) { "state sealed" } else { "state" };
    format!("<p class=\"{class}\">{}{ENDS}", esc(&words(state)))
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
