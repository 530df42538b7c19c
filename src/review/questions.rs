//! Questions for counsel: those of a kind together, each choice with what it would change.

use super::Book;
use super::html::{esc, esc_code};
use super::words::{counted, number};

/// Questions that ask the same of different states, covered entities or duties.
#[derive(Clone, Default)]
pub struct QuestionCard {
    pub kind: String,
    pub title: String,
    pub blocking: bool,
    /// How many have no answer.
    pub open: u64,
    /// Some answer moves a last day, or brings or lifts a duty.
    pub moves_a_date: bool,
    pub choices: Vec<ChoiceCard>,
    pub items: Vec<ItemCard>,
}

/// A choice for all open questions of a kind.
#[derive(Clone, Default)]
pub struct ChoiceCard {
    pub choice: String,
    pub words: String,
    /// Taken until somebody decides.
    pub taken: bool,
    /// What it changes, a line each.
    pub effect: Vec<String>,
    /// The tables for incident.toml.
    pub decision: String,
}

/// One question.
#[derive(Clone, Default)]
pub struct ItemCard {
    pub id: String,
    /// `Iowa`, `Harbor Health System`; may be empty.
    pub subject: String,
    pub text: String,
    pub citation: String,
    pub answer: Option<String>,
    /// Choices that change something, each with what.
    pub effects: Vec<(String, Vec<String>)>,
}

/// Lines of an effect before the rest is folded.
const LINES: usize = 4;

pub(super) fn questions(book: &Book) -> String {
    let mut out = String::from(
        "<section id=\"questions\" aria-labelledby=\"h-questions\">\n<h2 id=\"h-questions\">\
         Questions for counsel</h2>\n",
    );
    if book.questions.is_empty() {
        out.push_str("<p>There are none.</p>\n");
    } else {
        out.push_str(
            "<p class=\"note\">Answer with <code>noticeworks decide</code>, or paste the table into \
             <code>incident.toml</code>; the reason goes into <code>privileged.toml</code>, which \
             no output quotes. What a choice changes was found by planning again.</p>\n",
        );
    }
    for card in book.questions.iter().filter(|card| card.open > 0) {
        self::card(&mut out, card);
    }
    let answered = book.questions.iter().flat_map(|card| &card.items);
    let answered: Vec<&ItemCard> = answered.filter(|item| item.answer.is_some()).collect();
    if !answered.is_empty() {
        out.push_str(&format!(
            "<h3>Decided <span class=\"count\">{}</span></h3>\n<ul class=\"decided\">\n",
            counted(answered.len() as u64, "question", "questions")
        ));
        for item in answered {
            out.push_str(&format!(
                "<li><code>{}</code> {}: <strong>{}</strong></li>\n",
                esc(&item.id),
                esc_code(&item.text),
                esc(item.answer.as_deref().unwrap_or_default()),
            ));
        }
        out.push_str("</ul>\n");
    }
    out.push_str("</section>\n");
    out
}

fn card(out: &mut String, card: &QuestionCard) {
    let mark = if card.blocking { " <span class=\"mark\">holds up approval</span>" } else { "" };
    let several = card.items.len() > 1;
    out.push_str(&format!(
        "<article class=\"question\">\n<h3>{}{mark} <span class=\"count\">{} · <code>{}</code></span></h3>\n",
        esc_code(&card.title),
        counted(card.open, "question", "questions"),
        esc(&card.kind),
    ));
    if let [item] = card.items.as_slice() {
        one(out, item);
    }
    if !card.choices.is_empty() {
        out.push_str("<ul class=\"choices\">\n");
    }
    for choice in &card.choices {
        let taken =
            if choice.taken { " <span class=\"note\">taken until decided</span>" } else { "" };
        let class = if choice.taken { " class=\"taken\"" } else { "" };
        out.push_str(&format!(
            "<li{class}><p>{} <code>{}</code>{taken}</p>{}",
            esc_code(&choice.words),
            esc(&choice.choice),
            effect(&choice.effect),
        ));
        out.push_str(&format!(
            "<details><summary>to paste</summary><pre tabindex=\"0\">{}</pre></details></li>\n",
            esc(choice.decision.trim_end())
        ));
    }
    if !card.choices.is_empty() {
        out.push_str("</ul>\n");
    }
    if several {
        out.push_str(&format!(
            "<details class=\"items\"><summary>each of the {}</summary>\n",
            number(card.items.len() as u64)
        ));
        for item in card.items.iter().filter(|item| item.answer.is_none()) {
            one(out, item);
        }
        out.push_str("</details>\n");
    }
    out.push_str("</article>\n");
}

fn one(out: &mut String, item: &ItemCard) {
    let subject = match item.subject.is_empty() {
        true => String::new(),
        false => format!("<strong>{}</strong> ", esc(&item.subject)),
    };
    out.push_str(&format!(
        "<div class=\"item\"><p class=\"ask\">{subject}{}</p>\n<p class=\"note\"><code>{}</code> {}</p>\n",
        esc_code(&item.text),
        esc(&item.id),
        esc(&item.citation),
    ));
    for (choice, lines) in &item.effects {
        out.push_str(&format!(
            "<p class=\"note\"><code>{}</code>: {}</p>",
            esc(choice),
            esc(&lines.join("; "))
        ));
    }
    out.push_str("</div>\n");
}

/// What a choice changes; a long list is folded.
fn effect(lines: &[String]) -> String {
    let list = |lines: &[String]| -> String {
        lines.iter().map(|line| format!("<li>{}</li>", esc_code(line))).collect()
    };
    match lines.len() {
        0 => "<p class=\"note\">Changes nothing in the plan.</p>".to_owned(),
        n if n <= LINES + 1 => format!("<ul class=\"effect\">{}</ul>", list(lines)),
        n => format!(
            "<ul class=\"effect\">{}</ul><details><summary>and {} more</summary><ul class=\"effect\">{}</ul></details>",
            list(&lines[..LINES]),
            n - LINES,
            list(&lines[LINES..])
        ),
    }
}
