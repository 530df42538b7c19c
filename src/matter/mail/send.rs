//! The sending: everything under the wave's seals that is not sent yet.

use crate::finding::Findings;
use crate::ledger::{Event, Hold, Ledger, MessageState, event};
use crate::matter::compose::with_writer::composing;
use crate::matter::mail::gate::{Permit, ledger, may_send, not_sealed};
use crate::matter::mail::outbox::{Composer, SealedMail};
use crate::matter::mail::server::{choices, needed_server, stamp};
use crate::matter::mail::tally::{Emails, emails};
use crate::matter::mail::{EmailRun, SendRequest, Sent};
use crate::matter::open::Matter;
use crate::matter::refusal::Refusal;
use crate::matter::seal::{Sealed, fenced, ledger_stop};
use crate::matter::watcher::Watcher;
use crate::sending::{
    Checkpoint, Choices, OutboxError, Progress, Report, SendError, Server, Stopped,
    send as send_all,
};
use jiff::tz::TimeZone;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::sync::mpsc;
use std::thread;

/// What a sending did.
#[derive(Serialize)]
pub struct Sending {
    #[serde(flatten)]
    pub run: EmailRun,
    /// Where the e-mails of the wave stand.
    #[serde(skip)]
    pub known: Option<Emails>,
    #[serde(skip)]
    pub left: Left,
}

/// What a sending leaves to be done; what is most pressing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    Nothing,
    /// Some were refused or came back: their people go to the post.
    ToThePost,
    NotSent,
    InDoubt,
    Interrupted,
}

/// Sends what is approved and not sent yet; none if no seal is valid.
///
/// # Errors
/// A guard that refuses; a mail server, key or sender that cannot be used; I/O. The ledger tells
/// where each message stands all the same.
pub fn send(args: &SendRequest, watcher: &dyn Watcher) -> Result<Option<Sending>, Refusal> {
    let (matter, _) = Matter::open(&args.selection)?;
    // The guards come before anything else.
    let mut ledger = ledger(&matter)?;
    let permit = may_send(&matter, &mut ledger, args.early.as_deref(), watcher)?;
    all_seals(args, &matter, permit, ledger, watcher)
}

/// Everything under the wave's seals that is not sent yet.
fn all_seals(
    args: &SendRequest,
    matter: &Matter,
    permit: Permit,
    mut ledger: Ledger,
    watcher: &dyn Watcher,
) -> Result<Option<Sending>, Refusal> {
    let (server, mut how) = (needed_server(matter, args)?, choices(matter, args)?);
    // A key that cannot sign is told before the ledger says that a sending began.
    stamp(matter)?;
    if how.stop_file.as_ref().is_some_and(|file| file.exists()) {
        return Err(Refusal::refused(
            code!("email.stop_file"),
            "the stop file exists",
            "delete it once sending may go on",
        ));
    }
    let wave = matter.wave().id.clone();
    let Permit { seals, early, hold } = permit;
    if let Some(early) = early {
        ledger.append_event(&Event::SendingEarly(early)).map_err(ledger_stop)?;
    }
    let hold = Arc::new(hold);
    let mut all: Option<Report> = None;
    for sealed in &seals {
        let began = Event::Sending(event::Sending {
            wave: wave.clone(),
            seal: sealed.record.number,
            root: sealed.record.root.clone(),
            server: server.name(),
            connections: how.connections,
        });
        ledger.append_event(&began).map_err(ledger_stop)?;
        hold.remember(&ledger).map_err(fenced)?;
        let report = one_seal(matter, sealed, &server, &how, &hold, watcher);
        ledger.settle_messages().map_err(ledger_stop)?;
        let report = report?;
        let states = report.counts.iter();
        let ended = Event::Sent(event::Sent {
            wave: wave.clone(),
            seal: sealed.record.number,
            given: report.given,
            recovered: report.recovered,
            states: states.map(|(state, n)| (state.label().to_owned(), *n)).collect(),
            stopped: report.stopped.as_ref().map(ToString::to_string),
        });
        ledger.append_event(&ended).map_err(ledger_stop)?;
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
    let Some(report) = all else { return Ok(None) };
    let known = emails(&ledger, &wave).map_err(ledger_stop)?;
    let seconds = report.took.as_secs_f64();
    let run = EmailRun {
        wave,
        messages: report.counts.values().sum(),
        written: None,
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
    Ok(Some(Sending { run, known, left: left(&report, args.only) }))
}

/// Whoever asked for no more than so many does not miss the others.
fn left(report: &Report, only: Option<u64>) -> Left {
    let of = |state| report.counts.get(&state).copied().unwrap_or(0);
    let left = of(MessageState::Ready) + of(MessageState::Deferred);
    let asked = only.is_some_and(|only| report.given >= only) && report.stopped.is_none();
    if report.stopped == Some(Stopped::Interrupted) {
        Left::Interrupted
    } else if of(MessageState::Uncertain) > 0 {
        Left::InDoubt
    } else if left > 0 && !asked {
        Left::NotSent
    } else if of(MessageState::Refused) + of(MessageState::Bounced) > 0 {
        Left::ToThePost
    } else {
        Left::Nothing
    }
}

/// The messages of one seal, composed from what was sealed and proved against it.
fn one_seal(
    live: &Matter,
    sealed: &Sealed,
    server: &Server,
    how: &Choices,
    hold: &Arc<Hold>,
    watcher: &dyn Watcher,
) -> Result<Report, Refusal> {
    let matter = sealed.matter(live)?;
    let wave = matter.wave().id.clone();
    let counts = sealed.folder.statement.counts.clone();
    composing(&matter, Some(counts), &mut Findings::default(), |with| {
        let composer = Composer::new(&matter, with.intake, with.writer);
        let mail = SealedMail { composer, seal: &sealed.folder };

        let mut ledger = ledger(live)?;
        let entered = mail.entries(&mut |some| {
            let entered = ledger.enter_messages(&wave, some.into_iter());
            entered.map(drop).map_err(OutboxError::Ledger)
        });
        entered.map_err(not_sealed)?;
        if may_have_been_sent(sealed, &ledger)? {
            ledger.doubt_messages(Some(&wave), true).map_err(ledger_stop)?;
        }
        let incident = matter.incident.id.as_str();
        let sent = hold.sent_elsewhere(incident, &wave).map_err(fenced)?;
        ledger.doubt_pieces(&wave, &sent).map_err(ledger_stop)?;
        let offered = ledger.pieces_to_send(&wave).map_err(ledger_stop)?;
        hold.remember_sent(incident, &wave, &offered).map_err(fenced)?;
        hold.remember_waves().map_err(fenced)?;
        let counts = ledger.message_counts(Some(&wave)).map_err(ledger_stop)?;
        let left: u64 =
            counts.iter().filter(|(state, _)| state.may_be_sent()).map(|(_, n)| n).sum();
        drop(ledger);

        let left = left.min(how.only.unwrap_or(u64::MAX));
        let remembering = hold.clone();
        let on = event::SendingOn { wave: wave.clone(), seal: sealed.record.number };
        let on = Event::SendingOn(on);
        // What a restored backup lacks must show, also after the program was killed.
        let checkpoint: Checkpoint = Box::new(move |ledger| {
            ledger.append_event(&on)?;
            // Without the mark the folder may not send again until it is claimed; that is safe.
            let _ = remembering.remember(ledger);
            Ok(())
        });
        let stamp = stamp(live)?;
        let report = watched(watcher, left, |each| {
            send_all(&live.folder, &wave, &mail, server, stamp, how, each, Some(checkpoint))
        });
        report.map_err(|error| match error {
            SendError::Outbox(error) => not_sealed(error),
            SendError::Ledger(error) => ledger_stop(error),
            other => Refusal::Io { what: "go on sending".into(), error: io::Error::other(other) },
        })
    })
}

/// Whether the ledger is a restored older state, and the lost one may have sent what is under this
/// seal: it was approved before, or its mail date had come.
fn may_have_been_sent(sealed: &Sealed, ledger: &Ledger) -> Result<bool, Refusal> {
    let Some((event, at)) = ledger.restored().map_err(ledger_stop)? else { return Ok(false) };
    let day = at.to_zoned(TimeZone::UTC).date();
    Ok(sealed.record.event < event || sealed.folder.statement.mail_on <= day)
}

/// Works while the watcher is told of each message: the connections hand its state over and do not
/// wait.
fn watched<T>(watcher: &dyn Watcher, total: u64, work: impl FnOnce(Progress) -> T) -> T {
    let (tell, told) = mpsc::channel();
    let done = tell.clone();
    let each: Progress = Arc::new(move |state| {
        let _ = tell.send(Some(state));
    });
    watcher.begin("messages", total);
    let worked = thread::scope(|scope| {
        scope.spawn(move || watch(watcher, &told));
        let worked = work(each);
        // A connection that hangs may hold its end of the channel for good.
        let _ = done.send(None);
        worked
    });
    watcher.end();
    worked
}

/// Tells each message's state, and how many there are of each.
fn watch(watcher: &dyn Watcher, told: &mpsc::Receiver<Option<MessageState>>) {
    let mut counts = BTreeMap::<&str, u64>::new();
    while let Ok(Some(state)) = told.recv() {
        *counts.entry(state.label()).or_default() += 1;
        let words: Vec<String> = counts.iter().map(|(state, n)| format!("{n} {state}")).collect();
        watcher.note(&words.join(", "));
        watcher.advance(u64::from(state != MessageState::Deferred));
    }
}
