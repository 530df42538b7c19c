//! The rehearsal, which is the default, and the sending.

use super::gate::{Permit, ledger, may_send};
use super::outbox::{Composer, SealedMail};
use super::server::{choices, needed_server, server, stamp};
use super::tally::{Emails, emails};
use crate::cli::args::SendArgs;
use crate::cli::composing::composing;
use crate::cli::exit::{Doing, Ending, Stop};
use crate::cli::images::Images;
use crate::cli::intake::{Intake, at_row};
use crate::cli::matter::Matter;
use crate::cli::output::{print_json, tell, tell_findings};
use crate::cli::press::{self, Words};
use crate::cli::products::{commit, stage};
use crate::cli::sealing::{Sealed, fenced, ledger_stop};
use crate::cli::words::{count, thousands};
use crate::files;
use crate::finding::{Findings, Severity};
use crate::ledger::{Hold, Ledger, MessageState};
use crate::sending::{
    Checkpoint, Choices, OutboxError, Progress, Report, SendError, Server, Stopped, send,
};
use indicatif::ProgressBar;
use jiff::tz::TimeZone;
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::sync::{Arc, Mutex};

/// What `email` ends with, as `--json`.
#[derive(Serialize)]
struct EmailRun {
    wave: String,
    /// E-mails of the wave.
    messages: u64,
    /// Nothing was sent.
    dry_run: bool,
    server: Option<String>,
    connections: usize,
    signatures: usize,
    /// Bytes of all messages as they would go out.
    bytes: Option<u64>,
    /// Recipients by domain, the ten with most.
    domains: Option<Vec<(String, u64)>>,
    /// Where the messages stand in the ledger; null before the first sending.
    states: Option<BTreeMap<&'static str, u64>>,
    /// What this run did; null for a rehearsal.
    sent: Option<Sent>,
    /// By code.
    findings: BTreeMap<&'static str, u64>,
}

#[derive(Serialize)]
struct Sent {
    given: u64,
    /// Found as `sending` from an interrupted run, and uncertain now.
    recovered: u64,
    stopped: Option<String>,
    seconds: f64,
    per_second: f64,
}

pub fn run(args: &SendArgs) -> Result<Ending, Stop> {
    let (matter, mut findings) = Matter::open(&args.folder())?;
    if args.send {
        // The guards come before anything else.
        let mut ledger = ledger(&matter)?;
        let permit = may_send(&matter, &mut ledger)?;
        return dispatch(args, &matter, permit, ledger);
    }
    let fonts = press::fonts(&matter, &mut findings);
    Images::load(&matter, &mut findings);
    let mut intake = Intake::read(&matter, &mut findings, args.report.show_values)?;
    let (plan, _) = matter.plan(&intake.cube, *matter.wave().mail_on);
    let words = Words::load(&matter)?;
    let writer = words.writer(&matter, &plan, &fonts)?;
    intake.settle(&matter, &writer, &fonts, &mut findings)?;
    let composer = Composer::new(&matter, &intake, &writer);
    rehearse(args, &composer, &mut findings)
}

/// Everything but the socket: each message composed, stamped, signed and written as a file.
fn rehearse(
    args: &SendArgs,
    composer: &Composer<'_>,
    findings: &mut Findings,
) -> Result<Ending, Stop> {
    let matter = composer.matter;
    let (server, stamp, how) = (server(matter, args)?, stamp(matter)?, choices(matter, args)?);
    let staged = stage(&matter.out, "email")?;
    let (mut messages, mut bytes) = (0, 0);
    let mut domains: BTreeMap<String, u64> = BTreeMap::new();
    let people = composer.people().map_err(io::Error::other).doing(|| "read the spool".into())?;
    for person in people {
        let person = person.map_err(io::Error::other).doing(|| "read the spool".into())?;
        if args.only.is_some_and(|only| messages >= only) {
            break;
        }
        match composer.message(&person) {
            Ok(message) => {
                let path = staged.dir().join(format!("{}.eml", message.piece));
                let doing = || "write the e-mails".to_owned();
                let mut file = files::create(&path).doing(doing)?;
                io::Write::write_all(&mut file, &message.bytes).doing(doing)?;
                messages += 1;
                bytes += stamp.put_on(&message.bytes).len() as u64;
                *domains.entry(message.to.domain().to_lowercase()).or_default() += 1;
            }
            Err(finding) => findings.push(at_row(finding, &person, matter)),
        }
    }
    commit(staged)?;
    let mut domains: Vec<(String, u64)> = domains.into_iter().collect();
    domains.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    domains.truncate(10);
    let known = emails(&ledger(matter)?, &matter.wave().id).map_err(ledger_stop)?;
    let result = EmailRun {
        wave: matter.wave().id.clone(),
        messages,
        dry_run: true,
        server: server.as_ref().map(Server::name),
        connections: how.connections,
        signatures: stamp.keys.len(),
        bytes: Some(bytes),
        domains: Some(domains),
        states: known.as_ref().map(|known| known.states.clone()),
        sent: None,
        findings: findings.counts(),
    };
    tell_findings(findings, args.report.show_values);
    if args.report.json {
        print_json(&result)?;
    } else {
        tell(&rehearsed(&result, matter, known.as_ref()));
    }
    Ok(match findings.at_least(Severity::Warning) {
        0 => Ending::Fine,
        _ => Ending::Findings,
    })
}

fn rehearsed(result: &EmailRun, matter: &Matter, known: Option<&Emails>) -> String {
    let mut text = format!("\nWave {}, rehearsal: nothing was sent\n\n", result.wave);
    let noun = if result.messages == 1 { "e-mail" } else { "e-mails" };
    let folder = matter.out.join("email");
    let _ = writeln!(
        text,
        "{:>11}  {noun} in `{}`, {} KB in all",
        thousands(result.messages),
        folder.display(),
        thousands(result.bytes.unwrap_or(0).div_ceil(1024)),
    );
    for (domain, n) in result.domains.iter().flatten() {
        let _ = writeln!(text, "{:>11}    to {domain}", thousands(*n));
    }
    let server = result.server.as_deref().unwrap_or("none named yet");
    let signatures = count(result.signatures as u64, "signature", "signatures");
    let connections = count(result.connections as u64, "connection", "connections");
    let _ = writeln!(text, "\n  server: {server}, {connections}, {signatures}");
    if let Some(known) = known {
        let _ = write!(text, "\n{}", known.text());
    }
    text
}

/// Everything under the wave's seals that is not sent yet.
fn dispatch(
    args: &SendArgs,
    matter: &Matter,
    permit: Permit,
    mut ledger: Ledger,
) -> Result<Ending, Stop> {
    let (server, mut how) = (needed_server(matter, args)?, choices(matter, args)?);
    if how.stop_file.as_ref().is_some_and(|file| file.exists()) {
        return Err(Stop::refused(
            code!("email.stop_file"),
            "the stop file exists",
            "delete it once sending may go on",
        ));
    }
    let wave = matter.wave().id.clone();
    let Permit { seals, hold } = permit;
    let hold = Arc::new(hold);
    let mut all: Option<Report> = None;
    for sealed in &seals {
        let began = json!({ "wave": wave, "seal": sealed.record.number, "root": sealed.record.root,
            "server": server.name(), "connections": how.connections });
        ledger.append_event("sending", &began).map_err(ledger_stop)?;
        hold.remember(&ledger).map_err(fenced)?;
        let report = one_seal(matter, sealed, &server, &how, &hold);
        ledger.settle_messages().map_err(ledger_stop)?;
        let report = report?;
        let states: BTreeMap<&str, u64> =
            report.counts.iter().map(|(s, n)| (s.label(), *n)).collect();
        let ended = json!({ "wave": wave, "seal": sealed.record.number, "given": report.given,
            "recovered": report.recovered, "states": states,
            "stopped": report.stopped.as_ref().map(ToString::to_string) });
        ledger.append_event("sent", &ended).map_err(ledger_stop)?;
        hold.remember(&ledger).map_err(fenced)?;
        how.only = how.only.map(|only| only.saturating_sub(report.given));
        let ends = report.stopped.is_some() || how.only == Some(0);
        all = Some(match all {
            Some(before) => before.and(report),
            None => report,
        });
        if ends {
            break;
        }
    }
    let Some(report) = all else { return Ok(Ending::Fine) };
    let known = emails(&ledger, &wave).map_err(ledger_stop)?;
    let seconds = report.took.as_secs_f64();
    let result = EmailRun {
        wave,
        messages: report.counts.values().sum(),
        dry_run: false,
        server: Some(server.name()),
        connections: how.connections,
        signatures: matter.incident.email.dkim.len(),
        bytes: None,
        domains: None,
        states: known.as_ref().map(|known| known.states.clone()),
        sent: Some(Sent {
            given: report.given,
            recovered: report.recovered,
            stopped: report.stopped.as_ref().map(ToString::to_string),
            seconds,
            per_second: report.given as f64 / seconds.max(0.001),
        }),
        findings: BTreeMap::new(),
    };
    if args.report.json {
        print_json(&result)?;
    } else {
        tell(&sent_text(&result, known.as_ref()));
    }
    Ok(ending(&report, args.only))
}

/// The messages of one seal, composed from what was sealed and proved against it.
fn one_seal(
    live: &Matter,
    sealed: &Sealed,
    server: &Server,
    how: &Choices,
    hold: &Arc<Hold>,
) -> Result<Report, Stop> {
    let matter = sealed.matter(live)?;
    let wave = matter.wave().id.clone();
    let counts = sealed.folder.statement.counts.clone();
    composing(&matter, Some(counts), &mut Findings::default(), |with| {
        let composer = Composer::new(&matter, with.intake, with.writer);
        let mail = SealedMail { composer, seal: &sealed.folder };

        let mut ledger = ledger(live)?;
        let entered = mail.entries(&mut |some| {
            let entered = ledger.enter_messages(&wave, some.into_iter());
            entered.map(drop).map_err(|error| OutboxError(error.to_string()))
        });
        entered.map_err(not_sealed)?;
        if may_have_been_sent(sealed, &ledger)? {
            ledger.doubt_messages(Some(&wave), true).map_err(ledger_stop)?;
        }
        let counts = ledger.message_counts(Some(&wave)).map_err(ledger_stop)?;
        let left: u64 =
            counts.iter().filter(|(state, _)| state.may_be_sent()).map(|(_, n)| n).sum();
        drop(ledger);

        let bar = bar(left.min(how.only.unwrap_or(u64::MAX)));
        let each = progress(&bar);
        let remembering = hold.clone();
        let body = json!({ "wave": wave, "seal": sealed.record.number });
        // What a restored backup lacks must show, also after the program was killed.
        let checkpoint: Checkpoint = Box::new(move |ledger| {
            ledger.append_event("sending.on", &body)?;
            // Without the mark the folder may not send again until it is claimed; that is safe.
            let _ = remembering.remember(ledger);
            Ok(())
        });
        let stamp = stamp(live)?;
        let report = send(&live.folder, &wave, &mail, server, stamp, how, each, Some(checkpoint));
        bar.finish_and_clear();
        report.map_err(|error| match error {
            SendError::Outbox(error) => not_sealed(error),
            SendError::Ledger(error) => ledger_stop(error),
            other => Stop::Io { what: "go on sending".into(), error: io::Error::other(other) },
        })
    })
}

/// Whether the ledger is a restored older state, and the lost one may have sent what is under this
/// seal: it was approved before, or its mail date had come.
fn may_have_been_sent(sealed: &Sealed, ledger: &Ledger) -> Result<bool, Stop> {
    let Some((event, at)) = ledger.restored().map_err(ledger_stop)? else { return Ok(false) };
    let day = at.to_zoned(TimeZone::UTC).date();
    Ok(sealed.record.event < event || sealed.folder.statement.mail_on <= day)
}

fn not_sealed(error: OutboxError) -> Stop {
    Stop::refused(
        code!("seal.not_the_message"),
        error.to_string(),
        "use the program version that approved it, or approve the wave anew",
    )
}

/// Moves the bar and counts the states beside it.
fn progress(bar: &ProgressBar) -> Progress {
    let bar = bar.clone();
    let counts = Mutex::new(BTreeMap::<&str, u64>::new());
    Arc::new(move |state: MessageState| {
        if bar.is_hidden() {
            return;
        }
        if let Ok(mut counts) = counts.lock() {
            *counts.entry(state.label()).or_default() += 1;
            let words: Vec<String> =
                counts.iter().map(|(state, n)| format!("{n} {state}")).collect();
            bar.set_message(words.join(", "));
        }
        bar.inc(u64::from(state != MessageState::Deferred));
    })
}

fn sent_text(result: &EmailRun, known: Option<&Emails>) -> String {
    let mut text = format!("\nWave {}\n\n", result.wave);
    if let Some(known) = known {
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

/// 130 interrupted, 6 in doubt, 5 not all sent, 1 some go to the post, else 0.
fn ending(report: &Report, only: Option<u64>) -> Ending {
    let of = |state| report.counts.get(&state).copied().unwrap_or(0);
    let left = of(MessageState::Ready) + of(MessageState::Deferred);
    let asked = only.is_some_and(|only| report.given >= only) && report.stopped.is_none();
    if report.stopped == Some(Stopped::Interrupted) {
        Ending::Interrupted
    } else if of(MessageState::Uncertain) > 0 {
        Ending::Unresolved
    } else if left > 0 && !asked {
        Ending::Unsettled
    } else if of(MessageState::Refused) + of(MessageState::Bounced) > 0 {
        Ending::Findings
    } else {
        Ending::Fine
    }
}

fn bar(total: u64) -> ProgressBar {
    use indicatif::{ProgressDrawTarget, ProgressStyle};
    let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template(
        "{bar:30} {human_pos}/{human_len} {per_sec}, {eta} left: {msg}",
    );
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar
}
