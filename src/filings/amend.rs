//! A filing that the roster overtook is amended: by the regulator's own addendum, supplement or
//! update where a form knows one, else by letter; always with what was said before and holds now.

use super::answer::{Answer, State};
use super::facts::Scene;
use super::filed::{Change, Filed};
use super::filing::Filing;
use super::form::{FieldKind, Form};
use super::words::{Words, put};
use crate::finding::{Finding, Findings, Severity};
use crate::incident::Day;

impl Change {
    /// The same with each text on one line, for tables.
    pub(super) fn flat(&self) -> Change {
        let shown = |text: &str| if text.is_empty() { "-".to_owned() } else { flat(text) };
        let (before, after) = (shown(&self.before), shown(&self.after));
        Change { label: self.label.clone(), before, after }
    }

    /// `Number of Texans affected: 290, now 310`.
    pub fn line(&self) -> String {
        let Change { label, before, after } = self.flat();
        format!("{label}: {before}, now {after}")
    }
}

/// What an amendment begins with: what it amends, and what changed.
pub(super) fn amendment_rows(
    filed: &Filed,
    changes: &[Change],
    form: &Form,
    words: &Words,
) -> Vec<Answer> {
    let row = |id: &str, kind: FieldKind, values: Vec<String>| Answer {
        id: id.to_owned(),
        section: words.page("amendment"),
        block: None,
        label: words.page(id),
        kind,
        maps_to: Vec::new(),
        facts: Vec::new(),
        values,
        options: Vec::new(),
        required: false,
        state: State::Answered,
        notes: Vec::new(),
        limit: None,
    };
    let none = words.value("none");
    let shown = |text: &str| if text.is_empty() { none.clone() } else { flat(text) };
    let lines = changes.iter().map(|change| {
        put(
            &words.page("change"),
            &[
                ("label", &change.label),
                ("before", &shown(&change.before)),
                ("after", &shown(&change.after)),
            ],
        )
    });
    vec![
        row("amends_on", FieldKind::Date, vec![form.date_format.write(Day(filed.on))]),
        row("amends_number", FieldKind::Text, vec![filed.number.clone()]),
        row("amends_changes", FieldKind::LongText, lines.collect()),
    ]
}

/// Filings on record whose duty does not arise any more: the regulator was told of people who
/// are not concerned.
pub(super) fn not_owed_now(scene: &Scene, filings: &[Filing], findings: &mut Findings) {
    let now: Vec<_> = filings.iter().map(Filing::stated).collect();
    let all = &scene.occasion.filed;
    for (i, filed) in all.iter().enumerate() {
        let last = !all[i + 1..].iter().any(|later| later.stated.is_about(&filed.stated));
        if last && !now.iter().any(|stated| filed.stated.is_about(stated)) {
            let message = format!(
                "`{}` was filed on {} with {}, and is not owed by what is known now",
                filed.stated.duty,
                filed.on,
                filed.stated.told()
            );
            findings.push(
                Finding::new(code!("filing.not_owed_now"), Severity::Warning, message)
                    .remedy("ask counsel whether to withdraw it by letter"),
            );
        }
    }
}

/// A wave mailed later counts everybody of this one too: what was filed is held against it.
pub(super) fn later_wave_speaks(later: &str, filings: &[Filing], findings: &mut Findings) {
    let filed = filings.iter().filter(|filing| filing.history.filed.is_some()).count();
    if filed == 0 {
        return;
    }
    let filed = match filed {
        1 => "1 filing on record is".to_owned(),
        n => format!("{n} filings on record are"),
    };
    let message = format!(
        "{filed} not held against this wave: wave `{later}` is mailed later, counts everyone so far, and speaks for them"
    );
    findings.push(Finding::new(code!("filing.later_wave"), Severity::Warning, message).remedy(
        format!("for what regulators are to be told now, `noticeworks filings --wave {later}`"),
    ));
}

fn flat(text: &str) -> String {
    text.lines().collect::<Vec<_>>().join("; ")
}
