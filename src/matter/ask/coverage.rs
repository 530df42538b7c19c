//! `coverage`: which line of the templates meets each rule of law, version by version.

use crate::cli::args::CheckArgs;
use crate::cli::exit::Ending;
use crate::cli::output::{print, print_json, tell, tell_findings};
use crate::finding::Severity;
use crate::incident::StateParagraphs;
use crate::law::ContentVerb;
use crate::letters::{Answer, Coverage, Kinds, TraceRow, Writer, is_large_print};
use crate::matter::compose::letter_words;
use crate::matter::compose::letter_words::Words;
use crate::matter::open::Matter;
use crate::matter::people::intake::Intake;
use crate::matter::refusal::Refusal;
use crate::tables::words::count;
use crate::typeset::{FontSet, Style, Typesetter};
use serde::Serialize;
use std::fmt::Write as _;
use std::sync::Arc;

/// The grade that health-literacy practice asks for.
const PLAIN: f64 = 9.0;

pub fn run(args: &CheckArgs) -> Result<Ending, Refusal> {
    let (matter, mut findings) = Matter::open(&(&args.folder).into())?;
    let fonts = letter_words::fonts(&matter, &mut findings);
    let intake = Intake::read(&matter, &mut findings, args.report.show_values)?;
    let (plan, _) = matter.plan(&intake.cube, *matter.wave().mail_on);
    let words = Words::load(&matter)?;
    let writer = words.writer(&matter, &plan, &fonts)?;
    let coverage = writer.coverage_of(&intake.kinds);
    let mut lengths = Vec::new();
    for (choice, name) in [(StateParagraphs::All, "all"), (StateParagraphs::Recipient, "recipient")]
    {
        let mut incident = matter.incident.clone();
        incident.letter.state_paragraphs = choice;
        let writer = words.writer_for(&incident, &matter, &plan, &fonts)?;
        lengths.push(length(name, &writer, &intake.kinds, &fonts, incident.letter.duplex));
    }
    tell_findings(&coverage.findings, args.report.show_values);
    if args.report.json {
        print_json(&Report { matrix: &coverage, state_paragraphs: &lengths })?;
    } else {
        print(&matrix(&coverage))?;
        print(&choices(&lengths))?;
        let wrong = coverage.findings.at_least(Severity::Question);
        if wrong > 0 {
            tell(&format!("\n{} to settle\n", count(wrong, "finding", "findings")));
        }
    }
    Ok(match coverage.findings.at_least(Severity::Warning) {
        0 => Ending::Fine,
        _ => Ending::Findings,
    })
}

/// What `--json` prints.
#[derive(Serialize)]
struct Report<'a> {
    #[serde(flatten)]
    matrix: &'a Coverage,
    state_paragraphs: &'a [Length],
}

/// How long the wave's letters are with one choice of states' paragraphs: each version set once,
/// in large print too where somebody asked for it, and taken as often as it is mailed. The blank
/// backs of letters printed on both sides count, as they do in the manifest.
#[derive(Serialize)]
struct Length {
    choice: &'static str,
    letters: u64,
    pages: u64,
    /// Pages of the longest letter.
    longest: u64,
}

fn length(
    choice: &'static str,
    writer: &Writer<'_>,
    kinds: &Kinds,
    fonts: &Arc<FontSet>,
    duplex: bool,
) -> Length {
    let mut ordinary = Typesetter::new(fonts.clone(), Style::default());
    let mut large = Typesetter::new(fonts.clone(), Style::large_print());
    let mut length = Length { choice, letters: 0, pages: 0, longest: 0 };
    for (person, people) in writer.mailed(kinds) {
        // What cannot be composed or set is a finding of `check`.
        let (Ok((_, document)), Ok(frame)) = (writer.document(&person), writer.frame(&person))
        else {
            continue;
        };
        let typesetter = if is_large_print(&person) { &mut large } else { &mut ordinary };
        let Ok(laid) = typesetter.letter(&frame, &document) else { continue };
        let pages = laid.pages.len().next_multiple_of(if duplex { 2 } else { 1 }) as u64;
        length.letters += people;
        length.pages += people * pages;
        length.longest = length.longest.max(pages);
    }
    length
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
        Answer::NotForRecipient => "not for this reader",
    }
}

fn place(row: &TraceRow) -> String {
    match (row.at.as_str(), row.answer) {
        ("", Answer::Met) => "the letter's frame".to_owned(),
        ("", Answer::Lifted) => row.lifted_by.clone(),
        (at, Answer::Lifted) => format!("{at} ({})", row.lifted_by),
        (at, _) => at.to_owned(),
    }
}
