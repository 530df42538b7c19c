//! Parts of a file that need, exclude or repeat one another.

use super::Facts;
use crate::incident::lookup::label_key;
use crate::incident::node::Node;
use std::collections::BTreeMap;

/// A person's data elements are a bit set of this width.
const MOST_ELEMENTS: usize = 64;

pub(super) fn check(root: &Node<'_>, facts: &mut Facts<'_>) {
    elements(root, facts);
    decisions(root, facts);
    reports(root, facts);
    delay(root, facts);
    for duty in root.tables("duty") {
        let lengths: Vec<_> =
            ["hours", "days", "business_days"].iter().filter_map(|k| duty.span_of(k)).collect();
        let span = lengths.get(1).unwrap_or(&duty.span);
        if lengths.len() != 1 {
            facts.error(
                code!("incident.duty_length"),
                span,
                format!("the duty `{}` needs exactly one length of time", duty.str("id")),
                "write one of `hours`, `days` or `business_days`",
            );
        }
    }
    if let Some(mail) = root.table("mail")
        && let Some(mailer) = mail.text("mailer_id")
    {
        facts.note(
            code!("incident.no_effect"),
            &mailer.span,
            "`mailer_id` has no effect: letters carry no Intelligent Mail barcode yet",
            "nothing; tell the mail house its mailer identifier yourself",
        );
    }
    for protection in root.tables("protection") {
        if let (Some(_), Some(file)) =
            (protection.text("code_column"), protection.text("code_file"))
        {
            facts.error(
                code!("incident.two_code_sources"),
                &file.span,
                "activation codes come from a column and from a file",
                "keep `code_column` or `code_file`",
            );
        }
    }
}

fn elements(root: &Node<'_>, facts: &mut Facts<'_>) {
    let elements = root.tables("data_element");
    if let Some(first_too_many) = elements.get(MOST_ELEMENTS) {
        facts.error(
            code!("incident.too_many_elements"),
            &first_too_many.span,
            format!("{} data elements are listed, at most 64 can be", elements.len()),
            "put alike ones together under one id",
        );
    }
    let mut owners: BTreeMap<String, &str> = BTreeMap::new();
    for element in &elements {
        let id = element.str("id");
        for label in element.texts("roster") {
            let key = label_key(label.value);
            if key.is_empty() {
                continue;
            }
            match owners.get(&key) {
                Some(owner) if *owner != id => facts.error(
                    code!("incident.ambiguous_label"),
                    &label.span,
                    format!("the roster label already means `{owner}`"),
                    "a label can mean one data element; remove it from one of them",
                ),
                _ => {
                    owners.insert(key, id);
                }
            }
        }
    }
}

fn decisions(root: &Node<'_>, facts: &mut Facts<'_>) {
    let decisions = root.tables("decision");
    let mut answered: Vec<&str> = Vec::new();
    for decision in &decisions {
        let Some(question) = decision.text("question") else { continue };
        if answered.contains(&question.value) {
            facts.warning(
                code!("incident.decided_twice"),
                &question.span,
                "this question is decided twice, and this later answer counts",
                "keep only the decision that stands",
            );
        }
        answered.push(question.value);
    }
    for strand in root.tables("strand") {
        let question = format!("risk_of_harm.{}", strand.str("id"));
        if let Some(risk) = strand.text("risk_of_harm")
            && risk.value == "low_probability"
            && !answered.contains(&question.as_str())
        {
            facts.error(
                code!("incident.undecided_harm"),
                &risk.span,
                "a low probability of compromise is counsel's finding (45 CFR 164.402(2))",
                format!(
                    "add a `[[decision]]` with `question = \"{question}\"`, or write `not_excluded`"
                ),
            );
        }
    }
}

/// Letters cannot say both that law enforcement asked to wait and that it did not.
fn delay(root: &Node<'_>, facts: &mut Facts<'_>) {
    let breach = root.table("breach");
    let confirmed = breach.filter(|breach| breach.flag("no_delay_asked") == Some(true));
    if let Some(none) = confirmed.and_then(|breach| breach.span_of("no_delay_asked"))
        && !root.tables("law_enforcement_hold").is_empty()
    {
        facts.error(
            code!("incident.delay_contradicted"),
            &none,
            "`no_delay_asked` says that law enforcement did not ask to wait, but a hold is entered",
            "remove `no_delay_asked`, or the `[[law_enforcement_hold]]`",
        );
    }
}

fn reports(root: &Node<'_>, facts: &mut Facts<'_>) {
    let mut reported: Vec<&str> = Vec::new();
    for report in root.tables("hhs_report") {
        for entity in report.texts("entities") {
            if reported.contains(&entity.value) {
                facts.error(
                    code!("incident.reported_twice"),
                    &entity.span,
                    format!("`{}` stands in two reports to HHS", entity.value),
                    "name each covered entity in one `[[hhs_report]]`",
                );
            }
            reported.push(entity.value);
        }
    }
}
