//! Questions for counsel: the choices, and what is taken until they are answered.

use super::Book;
use super::html::{esc, esc_code};
use super::words::counted;
use crate::plan::Question;

pub(super) fn questions(book: &Book) -> String {
    let mut out = String::from(
        "<section id=\"questions\" aria-labelledby=\"h-questions\">\n<h2 id=\"h-questions\">\
         Questions for counsel</h2>\n",
    );
    let (open, answered): (Vec<&Question>, Vec<&Question>) =
        book.plan.questions.iter().partition(|question| question.answer.is_none());
    if book.plan.questions.is_empty() {
        out.push_str("<p>There are none.</p>\n");
    }
    if !open.is_empty() {
        out.push_str(
            "<p class=\"note\">Answer with a <code>[[decision]]</code> in \
             <code>incident.toml</code>; the reason belongs in <code>privileged.toml</code>, \
             which no output quotes.</p>\n",
        );
        // Those that hold up approval come first.
        let (blocking, rest): (Vec<&Question>, Vec<&Question>) =
            open.into_iter().partition(|question| question.blocking);
        out.push_str("<ol class=\"questions\">\n");
        for question in blocking.into_iter().chain(rest) {
            one(&mut out, question);
        }
        out.push_str("</ol>\n");
    }
    if !answered.is_empty() {
        out.push_str(&format!(
            "<h3>Decided <span class=\"count\">{}</span></h3>\n<ol class=\"questions decided\">\n",
            counted(answered.len() as u64, "question", "questions")
        ));
        for question in answered {
            one(&mut out, question);
        }
        out.push_str("</ol>\n");
    }
    out.push_str("</section>\n");
    out
}

fn one(out: &mut String, question: &Question) {
    let blocking = match (question.blocking, &question.answer) {
        (true, None) => " <span class=\"mark\">holds up approval</span>",
        _ => "",
    };
    out.push_str(&format!(
        "<li><p class=\"ask\">{}</p>\n<p class=\"note\"><code>{}</code> {}{blocking}</p>\n\
         <ul class=\"choices\">\n",
        esc_code(&question.text),
        esc(&question.id),
        esc(&question.citation),
    ));
    for choice in &question.choices {
        let (class, note) = match &question.answer {
            Some(answer) if answer == choice => (" class=\"taken\"", "decided"),
            None if *choice == question.default => (" class=\"taken\"", "taken until decided"),
            _ => ("", ""),
        };
        let note = if note.is_empty() {
            String::new()
        } else {
            format!(" <span class=\"note\">{note}</span>")
        };
        out.push_str(&format!("<li{class}>{}{note}</li>\n", esc(choice)));
    }
    // An answer that is none of the choices must be seen.
    if let Some(answer) = question.answer.as_ref().filter(|a| !question.choices.contains(a)) {
        out.push_str(&format!(
            "<li class=\"taken\">{} <span class=\"mark\">not one of the choices</span></li>\n",
            esc(answer)
        ));
    }
    out.push_str("</ul></li>\n");
}
