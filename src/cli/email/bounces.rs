//! `email bounces`, told.

use crate::cli::args::BouncesArgs;
use crate::cli::exit::{Ending, Stop};
use crate::cli::output::{print_json, tell};
use crate::matter::mail::{Bounced, EmailBounced, bounces};
use crate::tables::words::count;
use std::collections::BTreeSet;
use std::thread::sleep;
use std::time::Duration;

/// Messages to look at that are named one by one; the JSON has all.
const NAMED: usize = 12;

pub fn run(args: &BouncesArgs) -> Result<Ending, Stop> {
    let mut seen = BTreeSet::new();
    loop {
        let answer = bounces(&(&args.folder).into(), &args.mail, &mut seen)?;
        if !args.watch || answer.messages > 0 {
            match args.json {
                true => print_json(&answer)?,
                false => tell(&text(&answer)),
            }
        }
        if !args.watch {
            let ending = if answer.needs_somebody() { Ending::Findings } else { Ending::Fine };
            return Ok(ending);
        }
        sleep(Duration::from_secs(args.every.max(1)));
    }
}

fn text(answer: &Bounced) -> String {
    let mut text = count(answer.messages, "message", "messages");
    let parts = [
        (answer.matched, "of this incident's e-mails"),
        (answer.unknown_piece, "returned, of none of its e-mails"),
        (answer.to_look_at, "to look at"),
        (answer.not_bounces, "not returned mail"),
    ];
    let parts: Vec<String> =
        parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    if !parts.is_empty() {
        text.push_str(&format!(": {}", parts.join(", ")));
    }
    text.push('\n');
    let classes = answer.classes.iter().filter(|(_, n)| **n > 0);
    let classes: Vec<String> = classes.map(|(class, n)| format!("{n} {class}")).collect();
    if !classes.is_empty() {
        text.push_str(&format!("  by kind: {}\n", classes.join(", ")));
    }
    for EmailBounced { piece, state, reply, letter, .. } in &answer.recorded {
        text.push_str(&format!("  {piece}: {state} ({reply}); letter {letter}\n"));
    }
    for complaint in &answer.complaints {
        text.push_str(&format!("  {}: the recipient complained; it arrived\n", complaint.piece));
    }
    for look in answer.look_at.iter().take(NAMED) {
        let (file, number) = (look.file.display(), look.message);
        text.push_str(&format!("  look at message {number} of `{file}`: {}\n", look.why));
    }
    if answer.look_at.len() > NAMED {
        let rest = count((answer.look_at.len() - NAMED) as u64, "more", "more");
        text.push_str(&format!("  and {rest} to look at: --json lists all\n"));
    }
    if answer.recorded.iter().any(EmailBounced::needs_letter) {
        text.push_str("Run `noticeworks run` to make the letters\n");
    }
    text
}
