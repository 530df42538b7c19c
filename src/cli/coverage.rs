//! `coverage`: which line of the templates meets each rule of law, version by version.

use crate::cli::args::CoverageArgs;
use crate::cli::exit::{Ending, Stop};
use crate::cli::output::{print, print_json, tell, tell_findings};
use crate::cli::progress::Bars;
use crate::finding::Severity;
use crate::law::ContentVerb;
use crate::letters::{Answer, Coverage, TraceRow};
use crate::matter::ask::coverage::{CoverageRequest, Length, coverage};
use crate::tables::words::count;
use std::fmt::Write as _;

/// The grade that health-literacy practice asks for.
const PLAIN: f64 = 9.0;

pub fn run(args: &CoverageArgs) -> Result<Ending, Stop> {
    let show_values = args.report.show_values;
    let request = CoverageRequest { selection: (&args.folder).into() };
    let answer = coverage(&request, &Bars::default())?;
    let findings = &answer.matrix.findings;
    tell_findings(findings, show_values);
    if args.report.json {
        print_json(&answer)?;
    } else {
        print(&matrix(&answer.matrix))?;
        print(&choices(&answer.state_paragraphs))?;
        let wrong = findings.at_least(Severity::Question);
        if wrong > 0 {
            tell(&format!("\n{} to settle\n", count(wrong, "finding", "findings")));
        }
    }
    Ok(match findings.at_least(Severity::Warning) {
        0 => Ending::Fine,
        _ => Ending::Findings,
    })
}

fn choices(lengths: &[Length]) -> String {
    let mut text = String::new();
    for length in lengths {
        let _ = writeln!(
            text,
            "state_paragraphs = {:<12} about {} in {}, at most {} each",
            format!("\"{}\"", length.choice),
            count(length.pages, "page", "pages"),
            count(length.letters, "letter", "letters"),
            length.longest,
        );
    }
    text
}

/// Version by version: statute, content, answer, template line.
fn matrix(coverage: &Coverage) -> String {
    let mut text = String::new();
    for (version, people) in &coverage.people {
        let label = coverage.labels.get(version).map_or("", String::as_str);
        let _ = writeln!(text, "{version}\n  {label}");
        let _ = write!(text, "  {}", count(*people, "person", "people"));
        match coverage.grades.get(version) {
            Some(grade) if *grade > PLAIN => {
                let _ = writeln!(text, ", reading grade {grade:.1}: above {PLAIN}");
            }
            Some(grade) => {
                let _ = writeln!(text, ", reading grade {grade:.1}");
            }
            None => text.push('\n'),
        }
        let mut statute = String::new();
        for row in coverage.rows.get(version).into_iter().flatten() {
            let heading = format!("{} {}", row.jurisdiction, row.statute);
            if heading != statute {
                let _ = writeln!(text, "\n  {heading}");
                statute = heading;
            }
            let _ = writeln!(
                text,
                "    {:<10} {:<32} {:<20} {}",
                row.rule,
                row.content,
                answer(row),
                place(row)
            );
        }
        text.push('\n');
    }
    text
}

fn answer(row: &TraceRow) -> &'static str {
    match row.answer {
        Answer::Missing if row.verb == ContentVerb::Customary => "not there",
        Answer::Met => "met",
        Answer::Missing => "MISSING",
        Answer::Present => "PRESENT",
        Answer::Absent => "absent",
        Answer::Lifted => "lifted",
        Answer::Judged => "for a reader to judge",
        Answer::NotForRecipient => "not for this reader",
    }
}

fn place(row: &TraceRow) -> String {
    match (row.at.as_str(), row.answer) {
        ("", Answer::Met | Answer::Missing | Answer::Judged) if !row.asked.is_empty() => {
            row.asked.clone()
        }
        ("", Answer::Met) => "the letter's frame".to_owned(),
        ("", Answer::Lifted) => row.lifted_by.clone(),
        (at, Answer::Lifted) => format!("{at} ({})", row.lifted_by),
        (at, _) => at.to_owned(),
    }
}
