//! `law list`, `law show`, `law diff`: the rules a plan rests on, for reading.

use crate::cli::args::{LawArgs, LawCommand};
use crate::cli::exit::{Ending, Stop};
use crate::cli::output::{print, print_json};
use crate::clock;
use crate::law::{
    Change, ChangeKind, Comparator, DayKind, Deadline, DutyRule, LawPack, Proof, Shown,
};
use crate::matter::ask::law::{Listed, changes, listed, load, shown};
use jiff::civil::Date;
use std::fmt::Write as _;

pub fn run(args: &LawArgs) -> Result<Ending, Stop> {
    let pack = load(args.law.as_deref())?;
    match &args.command {
        LawCommand::List => {
            let all = listed(&pack);
            if args.json { print_json(&all)? } else { print(&list(&pack, &all))? }
        }
        LawCommand::Show { code, on } => {
            let on = on.unwrap_or_else(clock::today);
            let one = shown(&pack, code, on)?;
            if args.json { print_json(&one)? } else { print(&rules(one, on))? }
        }
        LawCommand::Diff { from, to } => {
            let changes = changes(&pack, *from, *to)?;
            if args.json { print_json(&changes)? } else { print(&changed(&changes, *from, *to))? }
        }
    }
    Ok(Ending::Fine)
}

fn list(pack: &LawPack, all: &[Listed<'_>]) -> String {
    let mut text = format!("Law pack {}, {}\n\n", pack.version(), &pack.digest()[..12]);
    for j in all {
        let confidence = format!("{:?}", j.confidence).to_lowercase();
        let _ = writeln!(text, "{:<9} {:<32} checked {}  {confidence}", j.code, j.name, j.checked);
    }
    text
}

fn rules(shown: Shown<'_>, on: Date) -> String {
    let mut text = format!("{} ({}) on {on}, checked {}\n", shown.name, shown.code, shown.checked);
    for statute in &shown.statutes {
        let _ = writeln!(text, "\n{}\n  applies to {}", statute.cite, statute.applies_to);
    }
    for definition in &shown.definitions {
        let _ = writeln!(text, "\nCounts people with: {}", definition.elements.join(", "));
    }
    for treatment in &shown.hipaa {
        let _ = writeln!(text, "\nHIPAA: {}", treatment.detail);
    }
    text.push_str("\nDuties\n");
    for duty in &shown.duties {
        text.push_str(&rule(duty));
    }
    if !shown.contents.is_empty() {
        text.push_str("\nLetter\n");
        for content in &shown.contents {
            let verb = format!("{:?}", content.rule).to_lowercase();
            let _ = writeln!(text, "  {verb:<10} {:<32} {}", content.id, content.cite);
        }
    }
    for (title, lines) in [("Notes", shown.notes), ("Not known", shown.unknown)] {
        if !lines.is_empty() {
            let _ = writeln!(text, "\n{title}");
            for line in lines {
                let _ = writeln!(text, "  - {line}");
            }
        }
    }
    text
}

fn rule(duty: &DutyRule) -> String {
    let comparator = match duty.comparator {
        Comparator::MoreThan => "more than",
        Comparator::AtLeast => "at least",
        Comparator::FewerThan => "fewer than",
    };
    let clock = spoken(&duty.clock);
    let due = duty.deadline.map_or_else(|| "no fixed time".into(), length);
    let proof = match duty.proof {
        Proof::StatuteText => "read in the statute's own text",
        Proof::Secondary => "known from secondary sources",
        Proof::Doubtful => "doubtful",
        Proof::Unknown => "not proved",
    };
    format!(
        "\n  {}  {}\n    {} {}; {due}, clock: {clock}; in force since {}\n    {} ({proof})\n    {}\n",
        duty.id, duty.recipient, comparator, duty.threshold, duty.effective, duty.cite, duty.timing,
    )
}

/// A word of the law files as people write it: `individual notice`.
fn spoken(word: &impl serde::Serialize) -> String {
    let word = serde_json::to_value(word).unwrap_or_default();
    word.as_str().unwrap_or_default().replace('_', " ")
}

fn length(deadline: Deadline) -> String {
    let kind = match deadline.day_kind {
        DayKind::Calendar => "days",
        DayKind::Business => "business days",
    };
    match (deadline.days, deadline.hours) {
        (Some(days), _) => format!("{days} {kind}"),
        (None, Some(hours)) => format!("{hours} hours"),
        (None, None) => "no fixed time".into(),
    }
}

fn changed(changes: &[Change], from: Date, to: Date) -> String {
    if changes.is_empty() {
        return format!("nothing changed between {from} and {to}\n");
    }
    let mut text = String::new();
    for change in changes {
        let what = match change.what {
            ChangeKind::Begins => "begins",
            ChangeKind::Ends => "ends",
            ChangeKind::Changes => "changes",
        };
        let _ = writeln!(
            text,
            "{:<9} {} {} {what} on {}",
            change.jurisdiction, change.rule, change.id, change.on
        );
        for field in &change.fields {
            let _ = writeln!(text, "    {}: {} -> {}", field.key, field.before, field.after);
        }
    }
    text
}
