//! `email bounces`, told.

use crate::cli::args::BouncesArgs;
use crate::cli::exit::{Ending, Stop};
use crate::cli::output::{print_json, tell};
use crate::matter::mail::{Bounced, EmailBounced, bounces};
use crate::tables::words::count;

pub fn run(args: &BouncesArgs) -> Result<Ending, Stop> {
    let answer = bounces(&(&args.folder).into(), &args.mail)?;
    if args.json {
        print_json(&answer)?;
    } else {
        tell(&text(&answer));
    }
    let look = answer.recorded.iter().any(EmailBounced::is_lost) || answer.unmatched > 0;
    Ok(if look { Ending::Findings } else { Ending::Fine })
}

fn text(answer: &Bounced) -> String {
    let mut text = format!(
        "{}, of which {} of delivery\n",
        count(answer.messages, "message", "messages"),
        count(answer.notifications, "notification", "notifications"),
    );
    for EmailBounced { piece, state, reply, letter, .. } in &answer.recorded {
        text.push_str(&format!("  {piece}: {state} ({reply}); letter {letter}\n"));
    }
    if answer.unmatched > 0 {
        let what = count(answer.unmatched, "notification belongs", "notifications belong");
        text.push_str(&format!("  {what} to no e-mail of this incident, or to several\n"));
    }
    if answer.recorded.iter().any(EmailBounced::needs_letter) {
        text.push_str("Run `noticeworks run` to make the letters\n");
    }
    text
}
