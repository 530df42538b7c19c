//! `email --to`: proofs.

use crate::cli::args::SendArgs;
use crate::cli::exit::{Ending, Stop};
use crate::cli::output::{print_json, tell};
use crate::matter::mail::{MailProof, proofs};

pub fn run(args: &SendArgs, address: &str) -> Result<Ending, Stop> {
    let answer = proofs(&args.request(), address)?;
    if args.report.json {
        print_json(&answer)?;
    } else {
        for proof in &answer.proofs {
            let MailProof { version, state, code, reply } = proof;
            tell(&format!("  {version}: {state} ({code} {reply})\n"));
        }
        tell("Proofs name made-up people; nobody was notified\n");
    }
    let all = answer.accepted == answer.proofs.len();
    Ok(if all { Ending::Fine } else { Ending::Unsettled })
}
