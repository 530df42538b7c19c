//! The rehearsal, which is the default, and the sending.

use crate::cli::args::SendArgs;
use crate::cli::exit::{Ending, Stop};
use crate::cli::output::{print_json, tell, tell_findings};
use crate::cli::progress::Bars;
use crate::finding::Severity;
use crate::matter::mail::{Left, Rehearsal, Sending, rehearse, send};
use crate::tables::words::{count, thousands};
use std::fmt::Write as _;

pub fn run(args: &SendArgs) -> Result<Ending, Stop> {
    let request = args.request();
    if args.send {
        let Some(answer) = send(&request, &Bars::default())? else { return Ok(Ending::Fine) };
        if args.report.json {
            print_json(&answer)?;
        } else {
            tell(&sent(&answer));
        }
        return Ok(match answer.left {
            Left::Nothing => Ending::Fine,
            Left::ToThePost => Ending::Findings,
            Left::NotSent => Ending::Unsettled,
            Left::InDoubt => Ending::Unresolved,
            Left::Interrupted => Ending::Interrupted,
        });
    }
    let answer = rehearse(&request)?;
    tell_findings(&answer.found, args.report.show_values);
    if args.report.json {
        print_json(&answer)?;
    } else {
        tell(&rehearsed(&answer));
    }
    Ok(match answer.found.at_least(Severity::Warning) {
        0 => Ending::Fine,
        _ => Ending::Findings,
    })
}

fn rehearsed(answer: &Rehearsal) -> String {
    let result = &answer.run;
    let mut text = format!("\nWave {}, rehearsal: nothing was sent\n\n", result.wave);
    let noun = if result.messages == 1 { "e-mail" } else { "e-mails" };
    let _ = writeln!(
        text,
        "{:>11}  {noun}, {} KB in all; {} in `{}`",
        thousands(result.messages),
        thousands(result.bytes.unwrap_or(0).div_ceil(1024)),
        match result.written {
            Some(written) if written < result.messages => {
                count(written, "sample", "samples")
            }
            _ => "all".to_owned(),
        },
        answer.folder.display(),
    );
    for (domain, n) in result.domains.iter().flatten() {
        let _ = writeln!(text, "{:>11}    to {domain}", thousands(*n));
    }
    let server = result.server.as_deref().unwrap_or("none named yet");
    let signatures = count(result.signatures as u64, "signature", "signatures");
    let connections = count(result.connections as u64, "connection", "connections");
    let _ = writeln!(text, "\n  server: {server}, {connections}, {signatures}");
    if let Some(known) = &answer.known {
        let _ = write!(text, "\n{}", known.text());
    }
    text
}

fn sent(answer: &Sending) -> String {
    let result = &answer.run;
    let mut text = format!("\nWave {}\n\n", result.wave);
    if let Some(known) = &answer.known {
        text.push_str(&known.text());
    }
    if let Some(sent) = &result.sent {
        if sent.recovered > 0 {
            let found = count(sent.recovered, "message", "messages");
            let _ = writeln!(
                text,
                "  an interrupted run left {found} in doubt; none of them was sent again"
            );
        }
        if let Some(why) = &sent.stopped {
            let _ = writeln!(text, "  stopped: {why}");
        }
        let _ = writeln!(
            text,
            "  {} in {:.1} s, {:.0} a second",
            count(sent.given, "message", "messages"),
            sent.seconds,
            sent.per_second
        );
    }
    text
}
