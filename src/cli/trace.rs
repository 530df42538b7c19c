//! `trace`: one person's story, wave by wave.

use crate::cli::args::TraceArgs;
use crate::cli::exit::{Ending, Stop};
use crate::cli::output::{print, print_json};
use crate::cli::progress::Bars;
use crate::matter::ask::story::{Chapter, PieceStory, Story};
use crate::matter::ask::trace::{TraceRequest, trace};
use std::fmt::Write as _;

pub fn run(args: &TraceArgs) -> Result<Ending, Stop> {
    let request = TraceRequest {
        selection: (&args.folder).into(),
        record: args.record.clone(),
        pdf: args.pdf.clone(),
        show_values: args.show_values,
    };
    let story = trace(&request, &Bars::default())?;
    if args.json {
        print_json(&story)?;
    } else {
        print(&text(&story))?;
    }
    Ok(Ending::Fine)
}

/// One person's story, for people.
fn text(story: &Story) -> String {
    let mut text = format!("Record {}\n", story.record);
    for chapter in &story.waves {
        tell(chapter, &story.record, &mut text);
    }
    if !story.decisions.is_empty() {
        text.push_str("\nDecisions that bear on the incident\n");
    }
    for d in &story.decisions {
        let _ = writeln!(text, "  {}: {} ({}, {})", d.question, d.choice, d.by, d.on);
    }
    text
}

/// What one wave did.
fn tell(chapter: &Chapter, record: &str, text: &mut String) {
    let _ = writeln!(text, "\nWave {}: row {} of {}", chapter.wave, chapter.row, chapter.roster);
    if chapter.record != record {
        let _ = writeln!(text, "  record           {}, the same person", chapter.record);
    }
    if !chapter.merged_rows.is_empty() {
        let merged = chapter.merged_rows.iter().zip(&chapter.merged_rosters);
        let rows: Vec<String> =
            merged.map(|(row, of)| format!("{row}{}", elsewhere(chapter, of))).collect();
        let _ = writeln!(
            text,
            "  merged into it   row {} (same person, entity and address)",
            rows.join(", ")
        );
    }
    if let Some((row, record)) = &chapter.merged_into {
        let of = chapter.merged_into_roster.as_deref().unwrap_or(&chapter.roster);
        let of = elsewhere(chapter, of);
        let _ = writeln!(text, "  merged into      row {row}{of}, record {record}");
    }
    for line in &chapter.addressee {
        let _ = writeln!(text, "                   {line}");
    }
    let _ = writeln!(text, "  covered entity   {}", chapter.entity);
    let _ = writeln!(text, "  written to       {}, in `{}`", chapter.recipient, chapter.language);
    let law = if chapter.jurisdiction.is_empty() { "none known" } else { &chapter.jurisdiction };
    let _ = writeln!(text, "  state law        {law}");
    let _ = writeln!(text, "  elements         {}", chapter.elements.join("; "));
    if chapter.supplemental {
        text.push_str("  told of less in an earlier wave: a supplemental letter\n");
    }
    let since = chapter.since.map_or(String::new(), |at| format!(", since {at:.0}"));
    let reason = chapter.reason.as_ref().map_or(String::new(), |r| format!(" ({r})"));
    let outcome = chapter.outcome.replace('_', " ");
    let _ = writeln!(text, "  outcome          {outcome}{reason}{since}");
    if let Some(version) = &chapter.version {
        let _ = writeln!(text, "  version          {version}");
    }
    for piece in &chapter.pieces {
        tell_piece(piece, text);
    }
}

/// ` of b.csv`, where a row is of another roster than the chapter's.
fn elsewhere(chapter: &Chapter, roster: &str) -> String {
    if roster == chapter.roster { String::new() } else { format!(" of {roster}") }
}

/// A letter or an e-mail, from its approval to its delivery.
fn tell_piece(piece: &PieceStory, text: &mut String) {
    let _ = writeln!(text, "  {:<16} {}", piece.channel, piece.piece);
    match &piece.seal {
        None => text.push_str("    not under a seal\n"),
        Some(proof) => {
            for approval in &proof.approvals {
                let _ = writeln!(text, "    approved by    {}", approval.text());
            }
            let _ = writeln!(text, "    leaf           {}", proof.leaf);
            let (list, line, digest) = (&proof.list, proof.line, &proof.list_sha256);
            let _ = writeln!(text, "    line {line:<9} {list} {digest}");
            let _ = writeln!(text, "    root           {} (seal {})", proof.root, proof.seal);
        }
    }
    if let Some(page) = &piece.printed {
        let at = match (page.first_page, page.pages) {
            (Some(first), Some(pages)) => format!(", pages {first}-{}", first + pages - 1),
            _ => String::new(),
        };
        let when = page.at.map_or(String::new(), |at| format!("{at:.0}, "));
        let (file, digest) = (&page.file, &page.sha256);
        let _ = writeln!(text, "    printed        {when}{file}{at} (SHA-256 {digest})");
    }
    for d in &piece.deliveries {
        let (what, on, evidence) = (&d.what, d.on, &d.evidence);
        let _ = writeln!(text, "    {what:<14} {on}, shown by {evidence} ({})", d.sha256);
    }
}
