//! `email resolve`, told.

use crate::cli::args::ResolveArgs;
use crate::cli::exit::{Ending, Stop};
use crate::cli::output::{print_json, tell};
use crate::matter::mail::{ResolveAnswer, ResolveRequest, Settled, resolve};
use crate::tables::words::count;

pub fn run(args: &ResolveArgs) -> Result<Ending, Stop> {
    let answer = resolve(&ResolveRequest {
        selection: (&args.folder).into(),
        log: args.log.clone(),
        accepted: args.accepted.clone(),
        not_sent: args.not_sent.clone(),
        by: args.by.clone(),
        evidence: args.evidence.clone(),
    })?;
    if args.json {
        print_json(&answer)?;
    } else {
        tell(&text(&answer, args.log.is_some()));
    }
    Ok(if answer.left.is_empty() { Ending::Fine } else { Ending::Unresolved })
}

fn text(answer: &ResolveAnswer, log_was_read: bool) -> String {
    let left = &answer.left;
    let mut text = String::new();
    for message in &answer.settled {
        let Settled { piece, state, words } = message;
        text.push_str(&format!("  {piece}: {state} ({words})\n"));
    }
    let open = count(left.len() as u64, "e-mail is", "e-mails are");
    text.push_str(&format!("\n{open} in doubt\n"));
    for message in left {
        text.push_str(&format!("  {}  {}\n", message.piece, message.words));
    }
    if !left.is_empty() && log_was_read {
        text.push_str(
            "\nThe log does not name them. If it is whole for the time of the sending, the server did \
             not take them\n",
        );
    }
    if !left.is_empty() {
        text.push_str(
            "\nLook for the piece id as Message-ID in the mail server's log (`--log`), or decide \
             with `--accepted PIECE` or `--not-sent PIECE`, `--by` and `--evidence`\n",
        );
    }
    text
}
