//! Dates that cannot follow one another as they stand.

use super::Facts;
use crate::incident::node::{Here, Node};
use crate::incident::oral_limit;
use jiff::civil::Date;

pub(super) fn check(root: &Node<'_>, facts: &mut Facts<'_>) {
    let strands = root.tables("strand");
    let discovered = strands.iter().filter_map(|s| s.date("discovered")).map(|h| h.value).min();
    for strand in &strands {
        self::strand(strand, facts);
    }
    for wave in root.tables("wave") {
        if let Some(kind) = wave.text("kind").filter(|kind| kind.value == "correction")
            && wave.str("what_was_wrong").trim().is_empty()
        {
            facts.error(
                code!("wave.what_was_wrong"),
                &kind.span,
                "a correction does not say what the earlier letter had wrong".to_owned(),
                "write `what_was_wrong`, a sentence or two for the people who read the letter",
            );
        }
        if let (Some(mail_on), Some(discovered)) = (wave.date("mail_on"), discovered)
            && mail_on.value < discovered
        {
            facts.error(
                code!("incident.mail_before_discovery"),
                &mail_on.span,
                format!(
                    "letters are dated {}, before the discovery on {discovered}",
                    mail_on.value
                ),
                "correct `mail_on`, or `discovered` of the strand",
            );
        }
    }
    let first_mailing =
        root.tables("wave").iter().filter_map(|w| w.date("mail_on")).map(value).min();
    for entity in root.tables("covered_entity") {
        told(&entity, discovered, facts);
        if let Some(mailing) = first_mailing {
            agreed(&entity, mailing, facts);
        }
    }
    for hold in root.tables("law_enforcement_hold") {
        self::hold(&hold, facts);
    }
    let last_mailing =
        root.tables("wave").iter().filter_map(|w| w.date("mail_on")).map(value).max();
    for protection in root.tables("protection") {
        if let (Some(enroll_by), Some(mailing)) = (protection.date("enroll_by"), last_mailing)
            && enroll_by.value <= mailing
        {
            facts.error(
                code!("incident.enroll_before_mail"),
                &enroll_by.span,
                format!("enrollment ends {}, but letters of {mailing} offer it", enroll_by.value),
                "write a last day to enroll that leaves time after the last mailing",
            );
        }
    }
}

fn strand(strand: &Node<'_>, facts: &mut Facts<'_>) {
    let discovered = strand.date("discovered");
    for window in strand.tables("windows") {
        let (start, end) = (window.date("start"), window.date("end"));
        if let (Some(start), Some(end)) = (&start, &end)
            && end.value < start.value
        {
            facts.error(
                code!("incident.window_reversed"),
                &end.span,
                format!("the window ends {}, before it starts {}", end.value, start.value),
                "write the earlier day as `start` and the later one as `end`",
            );
        }
        if let (Some(start), Some(discovered)) = (&start, &discovered)
            && discovered.value < start.value
        {
            facts.warning(
                code!("incident.discovered_before_window"),
                &start.span,
                format!(
                    "the window starts {}, after the discovery on {}",
                    start.value, discovered.value
                ),
                "check both days; leave them if the exposure went on after it was discovered",
            );
        }
    }
    if let (Some(determined), Some(discovered)) = (strand.date("determined"), &discovered)
        && determined.value < discovered.value
    {
        facts.error(
            code!("incident.determined_before_discovered"),
            &determined.span,
            format!(
                "determined {}, before it was discovered {}",
                determined.value, discovered.value
            ),
            "`discovered` is the first day on which anybody knew; `determined` cannot come before",
        );
    }
}

fn told(entity: &Node<'_>, discovered: Option<Date>, facts: &mut Facts<'_>) {
    let told_on = entity.date("told_on");
    if let (Some(told), Some(discovered)) = (&told_on, discovered)
        && told.value < discovered
    {
        facts.error(
            code!("incident.told_before_discovery"),
            &told.span,
            format!(
                "the covered entity was told {}, before the discovery on {discovered}",
                told.value
            ),
            "correct `told_on`, or `discovered` of the strand; what the entity knew by itself \
             goes into `knew_earlier_on`",
        );
    }
    if let (Some(list), Some(told)) = (entity.date("list_received_on"), &told_on)
        && list.value < told.value
    {
        facts.error(
            code!("incident.list_before_told"),
            &list.span,
            format!("the list came {}, before the entity was told {}", list.value, told.value),
            "`told_on` is the first notice of any kind; `list_received_on` cannot come before",
        );
    }
}

/// A covered entity's letters are the sender's business once both agreed on it.
fn agreed(entity: &Node<'_>, mailing: Date, facts: &mut Facts<'_>) {
    let Some(delegation) = entity.table("delegation") else { return };
    if let Some(agreed) = delegation.date("agreed_on")
        && delegation.str("individual") == "sender"
        && agreed.value > mailing
    {
        facts.warning(
            code!("incident.agreed_after_mail"),
            &agreed.span,
            format!(
                "letters are dated {mailing}, before the delegation of `{}` was agreed on {}",
                entity.str("id"),
                agreed.value
            ),
            "correct `agreed_on` or `mail_on` of the wave, or agree before the letters go out",
        );
    }
}

fn hold(hold: &Node<'_>, facts: &mut Facts<'_>) {
    let stated = hold.date("stated_on");
    let until = hold.date("until");
    if let (Some(stated), Some(until)) = (&stated, &until) {
        if until.value < stated.value {
            facts.error(
                code!("incident.hold_reversed"),
                &until.span,
                format!("the hold ends {}, before it was stated {}", until.value, stated.value),
                "write the last day of the hold as `until`",
            );
        } else if hold.str("kind") == "oral" && until.value > oral_limit(stated.value) {
            facts.error(
                code!("incident.oral_hold_too_long"),
                &until.span,
                format!("an oral hold cannot run from {} to {}", stated.value, until.value),
                "an oral request ends after 30 days (45 CFR 164.412(b)); ask for a written one, \
                 or leave `until` out",
            );
        }
    }
    if let (Some(stated), Some(ended)) = (&stated, hold.date("ended_on"))
        && ended.value < stated.value
    {
        facts.error(
            code!("incident.hold_reversed"),
            &ended.span,
            format!("the hold ends {}, before it was stated {}", ended.value, stated.value),
            "write the last day on which the hold stood as `ended_on`",
        );
    }
    if let Some(ended) = hold.date("ended_on")
        && hold.str("ended_by").trim().is_empty()
    {
        facts.warning(
            code!("incident.hold_end_unsaid"),
            &ended.span,
            format!("the hold ended early on {}, and nothing says who ended it", ended.value),
            "name the official as `ended_by`: the record must show that the delay was over",
        );
    }
    if hold.str("kind") == "written" && hold.span_of("until").is_none() {
        facts.error(
            code!("incident.written_hold_without_end"),
            &hold.span,
            "a written hold does not say until when",
            "add `until = 2026-09-01` as in the written statement (45 CFR 164.412(a))",
        );
    }
}

fn value(here: Here<Date>) -> Date {
    here.value
}
