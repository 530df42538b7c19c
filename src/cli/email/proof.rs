//! Proofs: the wave's e-mails as counsel would get them, with made-up people in them.

use super::server::{choices, needed_server, stamp};
use crate::cli::args::SendArgs;
use crate::cli::exit::{Ending, Stop};
use crate::cli::intake::Intake;
use crate::cli::matter::Matter;
use crate::cli::output::{print_json, tell};
use crate::cli::press::{self, Words};
use crate::clock;
use crate::email::{self, Mailer};
use crate::ledger::MessageState;
use crate::letters::Version;
use crate::sending::{Message, send_proofs};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Before the subject of every proof.
const MARK: &str = "[PROOF]";

/// Versions shown where `--only` does not say.
const SHOWN: usize = 5;

pub fn run(args: &SendArgs) -> Result<Ending, Stop> {
    let address = args.to.as_deref().unwrap_or_default();
    let to = email::recipient(address).map_err(|error| {
        Stop::one(
            code!("email.to"),
            error.to_string(),
            "give `--to` one address, such as `me@firm.example`",
        )
    })?;
    let (matter, mut findings) = Matter::open(&args.folder())?;
    let (server, stamp, how) =
        (needed_server(&matter, args)?, stamp(&matter)?, choices(&matter, args)?);
    let fonts = press::fonts(&matter, &mut findings);
    let intake = Intake::read(&matter, &mut findings, args.report.show_values)?;
    let (plan, _) = matter.plan(&intake.cube, *matter.wave().mail_on);
    let words = Words::load(&matter)?;
    let writer = words.writer(&matter, &plan, &fonts)?;

    // The versions that most people get, first.
    let mut versions: BTreeMap<String, (Arc<Version>, u64)> = BTreeMap::new();
    for addressed in intake.people(&matter, &writer)? {
        let person = addressed.map_err(crate::cli::intake::spool_stop)?.person;
        if intake.emails(&person, &matter) {
            let version = writer.version(&person);
            versions.entry(version.label.clone()).or_insert((version, 0)).1 += 1;
        }
    }
    let mut versions: Vec<_> = versions.into_values().collect();
    versions.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.label.cmp(&b.0.label)));
    versions.truncate(args.only.map_or(SHOWN, |only| only as usize));

    // A mail program shows one of two messages with the same id.
    let now = clock::now().as_second();
    let mut proofs = Vec::new();
    let mut labels = Vec::new();
    let mailer = Mailer::new(&matter.incident);
    for (n, (version, _)) in versions.iter().enumerate() {
        let person = writer.sample_person(version);
        let (version, document) = writer.document(&person).map_err(|finding| {
            Stop::one(finding.code, finding.message.clone(), finding.remedy.clone())
        })?;
        let piece = format!("proof-{now}-{}", n + 1);
        let subject = format!("{MARK} {}", writer.email_subject(&version));
        let name = format!("{MARK} {}", person.full_name());
        let bytes =
            mailer.message(&document, address, &name, &piece, &subject).map_err(|error| {
                Stop::one(code!("email.not_made"), error.to_string(), "correct `[email]`")
            })?;
        proofs.push(Message { piece, to: to.clone(), bytes });
        labels.push(version.label.clone());
    }
    let fates = send_proofs(&server, &how.from, &stamp, proofs).map_err(|error| {
        Stop::one(code!("email.server"), error.to_string(), "correct `smtp` under `[email]`")
    })?;
    let taken = fates.iter().filter(|(state, _)| *state == MessageState::Accepted).count();
    let shown: Vec<_> = labels
        .iter()
        .zip(&fates)
        .map(|(label, (state, reply))| {
            json!({ "version": label, "state": state.label(), "code": reply.code, "reply": reply.text })
        })
        .collect();
    if args.report.json {
        print_json(&json!({ "proofs": shown, "accepted": taken, "server": server.name() }))?;
    } else {
        for proof in &shown {
            let (version, state) = (&proof["version"], &proof["state"]);
            let reply = &proof["reply"];
            tell(&format!(
                "  {}: {} ({} {})\n",
                version.as_str().unwrap_or_default(),
                state.as_str().unwrap_or_default(),
                proof["code"],
                reply.as_str().unwrap_or_default()
            ));
        }
        tell("Proofs name made-up people; nobody was notified\n");
    }
    Ok(if taken == shown.len() { Ending::Fine } else { Ending::Unsettled })
}
