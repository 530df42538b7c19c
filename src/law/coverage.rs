//! `docs/LAW-COVERAGE.md`: what stands behind every duty, as a checklist.

use super::{
    Clock, Comparator, Counting, DayKind, Deadline, DutyKind, DutyRule, Jurisdiction, LawPack,
    Proof, Treatment,
};
use std::fmt::Write as _;

/// The whole checklist as Markdown; the same pack gives the same text.
pub fn coverage(pack: &LawPack) -> String {
    let mut text = String::from(HEAD);
    let mut tally = [0_usize; 4];
    for j in pack.jurisdictions() {
        for duty in &j.duties {
            tally[slot(duty.proof)] += 1;
        }
    }
    let all: usize = tally.iter().sum();
    let _ = writeln!(
        text,
        "Pack of {}: {} jurisdictions, {all} versions of duties; {} proved on the text, {} by \
         secondary sources, {} doubtful, {} unknown.",
        pack.version(),
        pack.jurisdictions().count(),
        tally[0],
        tally[1],
        tally[2],
        tally[3],
    );
    for j in pack.jurisdictions() {
        section(&mut text, j);
    }
    text
}

const HEAD: &str = "# Law coverage

One line per version of a duty. Made from `law/*.toml` by the law room; do not edit. Nothing here
is legal advice.

| mark | what stands behind the line |
| --- | --- |
| `T` | read in the text of the statute or regulation |
| `S` | secondary sources only |
| `D` | doubtful: sources differ, or the reading is disputed |
| `?` | unknown |

";

fn section(text: &mut String, j: &Jurisdiction) {
    let _ = writeln!(text, "\n## {} {}\n", j.code, j.name);
    if j.duties.is_empty() {
        text.push_str("No duty of its own.\n");
    } else {
        text.push_str("| mark | duty | who and when | citation | in force | checked |\n");
        text.push_str("| --- | --- | --- | --- | --- | --- |\n");
        for duty in &j.duties {
            let _ = writeln!(
                text,
                "| `{}` | `{}` | {} | {} | {} | {} |",
                mark(duty.proof),
                duty.id,
                cell(&what(duty)),
                cell(&duty.cite),
                span(duty),
                j.checked
            );
        }
    }
    for h in j.hipaa.iter().filter(|h| h.treatment != Treatment::None) {
        let _ = writeln!(
            text,
            "\n`{}` HIPAA, statute `{}`: {} ({})",
            mark(h.proof),
            h.statute,
            treatment(h.treatment),
            h.cite
        );
    }
    for unknown in &j.unknown {
        let _ = writeln!(text, "\nOpen: {unknown}");
    }
}

fn what(duty: &DutyRule) -> String {
    let sign = match duty.comparator {
        Comparator::MoreThan => "more than",
        Comparator::AtLeast => "at least",
        Comparator::FewerThan => "fewer than",
    };
    let counted = match duty.counts {
        Counting::Residents => "residents",
        Counting::Everybody => "people anywhere",
        Counting::PeoplePerState => "people in a state",
        Counting::PeopleUnreachable => "people who cannot be reached",
        Counting::Patients => "patients",
        Counting::PatientsPerState => "patients in a state",
        Counting::PatientsUnreachable => "patients who cannot be reached",
        Counting::ResidentPatients => "resident patients",
    };
    let mut line = match (duty.threshold, duty.comparator) {
        (1, Comparator::AtLeast) if duty.kind == DutyKind::Individual => duty.recipient.clone(),
        (1, Comparator::AtLeast) => format!("{}: any number of {counted}", duty.recipient),
        (n, _) => format!("{}: {sign} {n} {counted}", duty.recipient),
    };
    let _ = write!(line, "; {}", due(duty.deadline, duty.clock));
    for timer in &duty.or_earlier {
        let _ = write!(line, " or, if earlier, {}", due(Some(timer.deadline), timer.clock));
    }
    let condition = duty.when.summary();
    if !condition.is_empty() {
        let _ = write!(line, "; if {condition}");
    }
    if duty.count_question.is_some() {
        line.push_str("; whether people elsewhere count is a question for counsel");
    }
    if duty.question.is_some() {
        line.push_str("; a question for counsel");
    }
    line
}

fn due(deadline: Option<Deadline>, clock: Clock) -> String {
    let from = match clock {
        Clock::Discovery => "discovery",
        Clock::Determination => "determination",
        Clock::Confirmation => "confirmation",
        Clock::NoticeToEntity => "notice to the covered entity",
        Clock::BeforeIndividualNotice => return "before the letters go".to_owned(),
        Clock::WithIndividualNotice => "the mailing of the letters",
        Clock::IndividualNotice => "the mailing of the letters",
        Clock::HhsNotice => "the report to HHS",
        Clock::Materiality => "the determination that the incident is material",
        Clock::CalendarYearEnd => "the end of the year of discovery",
    };
    match deadline {
        None if clock == Clock::WithIndividualNotice => "with the letters".to_owned(),
        None => format!("no number of days from {from}"),
        Some(Deadline { days: Some(days), day_kind, .. }) => {
            let kind = if day_kind == DayKind::Business { "business days" } else { "days" };
            format!("{days} {kind} from {from}")
        }
        Some(Deadline { hours, .. }) => {
            format!("{} hours from {from}", hours.unwrap_or_default())
        }
    }
}

fn span(duty: &DutyRule) -> String {
    let from = if duty.effective.year() <= 1900 {
        "start not given".to_owned()
    } else {
        format!("from {}", duty.effective)
    };
    match duty.until {
        Some(until) => format!("{from} until {until}"),
        None => from,
    }
}

fn treatment(treatment: Treatment) -> &'static str {
    match treatment {
        Treatment::None => "no effect",
        Treatment::ContentDeemed => "contents deemed met",
        Treatment::DeemedCompliant => "deemed compliant",
        Treatment::ExemptEntity => "HIPAA entities outside the statute",
        Treatment::ExemptData => "HIPAA data outside the statute",
    }
}

fn slot(proof: Proof) -> usize {
    match proof {
        Proof::StatuteText => 0,
        Proof::Secondary => 1,
        Proof::Doubtful => 2,
        Proof::Unknown => 3,
    }
}

fn mark(proof: Proof) -> &'static str {
    ["T", "S", "D", "?"][slot(proof)]
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
