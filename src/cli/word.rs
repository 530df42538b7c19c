//! `word`: the words out to a word processor and back.

use crate::cli::args::{WordArgs, WordExportArgs, WordImportArgs, WordWhat};
use crate::cli::exit::{Ending, Stop};
use crate::cli::output::{print, print_json, tell_findings};
use crate::cli::progress::Bars;
use crate::finding::Findings;
use crate::matter::act::word_export::{WordExportRequest, word_export};
use crate::matter::act::word_import::word_apply;
use crate::matter::ask::word_import::{WordImportRequest, word_changes};
use crate::matter::word::{Told, WordImported};
use crate::tables::words::count;
use crate::word::{Op, Stretch};
use std::fmt::Write as _;

pub fn run(args: &WordArgs) -> Result<Ending, Stop> {
    match &args.what {
        WordWhat::Export(args) => export(args),
        WordWhat::Import(args) => import(args),
    }
}

fn export(args: &WordExportArgs) -> Result<Ending, Stop> {
    let request = WordExportRequest {
        selection: (&args.folder).into(),
        to: args.to.clone(),
        product: args.of.into(),
        language: args.language.clone(),
        clean: args.clean,
    };
    let answer = word_export(&request, &Bars::default())?;
    if args.json {
        print_json(&answer)?;
    } else {
        let paragraphs = count(answer.paragraphs, "paragraph", "paragraphs");
        print(&format!("{paragraphs} written to {}\n", answer.written.join(", ")))?;
    }
    Ok(Ending::Fine)
}

fn import(args: &WordImportArgs) -> Result<Ending, Stop> {
    let request = WordImportRequest {
        selection: (&args.folder).into(),
        file: args.file.clone(),
        accept: args.accept.clone(),
    };
    let answer = match args.apply {
        true => word_apply(&request, &Bars::default())?,
        false => word_changes(&request, &Bars::default())?,
    };
    let mut findings = Findings::default();
    answer.coverage.iter().for_each(|finding| findings.push(finding.clone()));
    tell_findings(&findings, args.report.show_values);
    if args.report.json {
        print_json(&answer)?;
    } else {
        print(&text(&answer, args.apply))?;
    }
    let settled = answer.questions.is_empty() && answer.coverage.is_empty();
    Ok(if settled { Ending::Fine } else { Ending::Findings })
}

fn text(answer: &WordImported, applied: bool) -> String {
    let mut out = String::new();
    for (title, list) in [("Changes", &answer.changes), ("Questions", &answer.questions)] {
        if !list.is_empty() {
            let _ = writeln!(out, "{title}\n");
            list.iter().for_each(|told| one(&mut out, told));
        }
    }
    if !answer.comments.is_empty() {
        out.push_str("Comments\n\n");
    }
    for comment in &answer.comments {
        let done = if comment.done { ", done" } else { "" };
        let _ = writeln!(
            out,
            "  {} {}{done}{}",
            comment.author,
            comment.day,
            at(&comment.file, comment.line)
        );
        if !comment.on.is_empty() {
            let _ = writeln!(out, "    on \"{}\"", comment.on);
        }
        let _ = writeln!(out, "    {}\n", comment.text);
    }
    if !answer.outdated.is_empty() {
        out.push_str("English that changed since it was translated\n\n");
    }
    for line in &answer.outdated {
        let _ = writeln!(out, "  {}\n    was: {}\n    now: {}\n", line.file, line.was, line.now);
    }
    let _ = writeln!(
        out,
        "{}, {}, {}",
        count(answer.changes.len() as u64, "change", "changes"),
        count(answer.questions.len() as u64, "question", "questions"),
        count(answer.comments.len() as u64, "comment", "comments"),
    );
    match (applied, answer.written.is_empty(), answer.changes.is_empty()) {
        (true, false, _) => {
            for file in &answer.written {
                let _ = writeln!(out, "wrote {file}");
            }
        }
        (false, _, false) => out.push_str("nothing written; --apply makes the changes\n"),
        _ => {}
    }
    out
}

fn at(file: &str, line: Option<u32>) -> String {
    match line {
        Some(line) => format!("  {file}.md:{line}"),
        None => String::new(),
    }
}

fn one(out: &mut String, told: &Told) {
    let kind = serde_json::to_value(told.kind).ok();
    let kind = kind.as_ref().and_then(|k| k.as_str()).unwrap_or_default().to_owned();
    let _ = writeln!(out, "  {}  {kind}{}", told.id, at(&told.file, told.line));
    let words = marked(&told.words);
    if !words.is_empty() {
        let _ = writeln!(out, "    {words}");
    } else if !told.now.is_empty() {
        let _ = writeln!(out, "    {}", told.now);
    }
    for by in &told.by {
        let _ = writeln!(out, "    by {} {}", by.author, by.day);
    }
    if !told.readers.is_empty() {
        let _ = writeln!(out, "    read by: {}", told.readers);
    }
    for meets in &told.law {
        let _ = writeln!(out, "    meets {}: {}", meets.content, meets.cite);
    }
    if !told.question.is_empty() {
        let _ = writeln!(out, "    ? {}", told.question);
    }
    if told.can_accept {
        let _ = writeln!(out, "    --accept {}", told.id);
    }
    out.push('\n');
}

/// Words taken out in `[-...-]`, words put in in `{+...+}`, with what stands near them.
fn marked(words: &[Stretch]) -> String {
    const NEAR: usize = 40;
    let mut out = String::new();
    for (i, stretch) in words.iter().enumerate() {
        match stretch.op {
            Op::Out => out.push_str(&format!("[-{}-]", stretch.text)),
            Op::In => out.push_str(&format!("{{+{}+}}", stretch.text)),
            Op::Same => {
                let chars: Vec<char> = stretch.text.chars().collect();
                let (first, last) = (i == 0, i + 1 == words.len());
                if chars.len() <= 2 * NEAR {
                    out.extend(&chars);
                    continue;
                }
                if !first {
                    out.extend(&chars[..NEAR]);
                }
                out.push_str("...");
                if !last || first {
                    out.extend(&chars[chars.len() - NEAR..]);
                }
            }
        }
    }
    out.replace('\n', " / ")
}
