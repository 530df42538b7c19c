//! A sending from start to end: who is left, over how many connections, until what stops it.

use super::context::{Context, Halt, Progress, Tolerance};
use super::journal::{Checkpoint, Journal};
use super::message::{Message, Outbox, OutboxError};
use super::pace::{Limits, Pace};
use super::report::{Report, SendError, Stopped};
use super::server::Server;
use super::stamp::Stamp;
use super::worker::{Job, work};
use crate::ledger::{Ledger, MessageState};
use async_channel::{Receiver, Sender};
use lettre::Address;
use std::cell::Cell;
use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread;
use std::time::{Duration, Instant};
use tokio::runtime::{Builder, Runtime};

/// Messages that wait for their domain's turn while others pass.
const PARKED: usize = 1_000;
/// Lookups in the ledger before its newest state is taken.
const LOOKUPS: u64 = 1_000;
/// How often the stop file is looked for.
const LOOK: Duration = Duration::from_millis(200);

/// How to send.
pub struct Choices {
    /// The envelope's sender, to which bounces go.
    pub from: Address,
    pub connections: usize,
    pub pace: Pace,
    /// Send no more than this many now.
    pub only: Option<u64>,
    /// Offer no more than this many in 24 hours, earlier sendings counted.
    pub per_day: Option<u64>,
    /// Stop as soon as this file exists.
    pub stop_file: Option<PathBuf>,
    /// Deferred messages are tried again after each of these waits.
    pub again_after: Vec<Duration>,
}

/// Sends a wave's messages that are ready or deferred; they must have been entered. What an
/// interrupted run left as `sending` becomes `uncertain` first. The caller sees to it that nobody
/// else is sending from the folder; `checkpoint` lets it remember elsewhere how far this got.
///
/// # Errors
/// [`SendError`]; the ledger tells where every message stands all the same.
#[allow(clippy::too_many_arguments)]
pub fn send(
    folder: &Path,
    wave: &str,
    outbox: &dyn Outbox,
    server: &Server,
    stamp: Stamp,
    choices: &Choices,
    each: Progress,
    checkpoint: Option<Checkpoint>,
) -> Result<Report, SendError> {
    let began = Instant::now();
    let mut ledger = Ledger::open(folder)?;
    ledger.expect_many_commits()?;
    let recovered = ledger.recover_messages()?;
    let mut most = choices.only.unwrap_or(u64::MAX);
    let halt = Arc::new(Halt::new());
    let mut day_is_less = false;
    if let Some(per_day) = choices.per_day {
        let day_ago = crate::clock::now().as_microsecond() - 24 * 3_600 * 1_000_000;
        let left = per_day.saturating_sub(ledger.messages_offered_since(day_ago)?);
        day_is_less = left < most;
        most = most.min(left);
    }
    let runtime = runtime(choices.connections)?;
    runtime.spawn(watch_for_stop(halt.clone(), choices.stop_file.clone()));
    let (journal, keeper) = Journal::start(ledger, choices.connections, checkpoint);
    let stamp = Arc::new(stamp);
    let mut given = 0;
    let mut failed = None;
    for round in 0..=choices.again_after.len() {
        if round > 0 {
            let look = Ledger::follow(folder)?.ok_or(SendError::Thread)?;
            let deferred = look.message_counts(Some(wave))?.contains_key(&MessageState::Deferred);
            if !deferred || halt.stops() || given >= most {
                break;
            }
            runtime.block_on(async {
                tokio::select! {
                    () = tokio::time::sleep(choices.again_after[round - 1]) => {}
                    () = halt.stopped() => {}
                }
            });
        }
        let (jobs, list) = async_channel::bounded(choices.connections.max(1) * 2);
        let context = Arc::new(Context {
            jobs: list,
            journal: journal.clone(),
            server: server.clone(),
            stamp: stamp.clone(),
            from: choices.from.clone(),
            each: each.clone(),
            reached: AtomicBool::new(false),
            halt: halt.clone(),
            tolerance: Tolerance::new(choices.connections),
        });
        // Later rounds offer again what this run offered already.
        let left = if round == 0 { most } else { u64::MAX };
        let fed = thread::scope(|scope| {
            let feeder = scope.spawn(|| feed(folder, outbox, jobs, &halt, round == 0, left));
            runtime.block_on(round_of(context, choices));
            // What the connections handed in last must be seen by the next round.
            let _ = runtime.block_on(journal.write(Vec::new()).wait());
            feeder.join().map_err(|_| SendError::Thread)?
        });
        match fed {
            Ok(n) if round == 0 => {
                given = n;
                if day_is_less && n >= most {
                    halt.stop(Stopped::DayFull);
                }
            }
            Ok(_) => {}
            Err(error) => {
                failed = Some(error);
                break;
            }
        }
    }
    runtime.shutdown_timeout(Duration::from_secs(1));
    drop(journal);
    let ledger = keeper.join().map_err(|_| SendError::Thread)??;
    if let Some(error) = failed {
        return Err(error);
    }
    let stopped = halt.why();
    let counts = ledger.message_counts(Some(wave))?;
    Ok(Report { counts, recovered, given, stopped, took: began.elapsed() })
}

fn runtime(connections: usize) -> std::io::Result<Runtime> {
    let cores = crate::crew::cores();
    Builder::new_multi_thread().worker_threads(cores.min(connections.max(1))).enable_all().build()
}

async fn watch_for_stop(halt: Arc<Halt>, file: Option<PathBuf>) {
    let looks = async {
        loop {
            if file.as_ref().is_some_and(|file| file.exists()) {
                return;
            }
            tokio::time::sleep(LOOK).await;
        }
    };
    tokio::select! {
        () = looks => halt.stop(Stopped::StopFile),
        caught = tokio::signal::ctrl_c() => if caught.is_ok() { halt.stop(Stopped::Interrupted) },
    }
}

/// One way through the messages over all connections.
async fn round_of(context: Arc<Context>, choices: &Choices) {
    let limits = Limits::new(choices.pace);
    let mut context = context;
    if limits.any() {
        let (paced, list) = async_channel::bounded(1);
        let fast = context.jobs.clone();
        // Nobody else holds the context yet.
        if let Some(context) = Arc::get_mut(&mut context) {
            context.jobs = list;
        }
        tokio::spawn(pace(limits, fast, paced, context.halt.clone()));
    }
    let workers: Vec<_> =
        (0..choices.connections.max(1)).map(|_| tokio::spawn(work(context.clone()))).collect();
    drop(context);
    for worker in workers {
        let _ = worker.await;
    }
}

/// Lets messages pass at the pace; those whose domain must wait are overtaken.
async fn pace(limits: Limits, jobs: Receiver<Job>, paced: Sender<Job>, halt: Arc<Halt>) {
    let mut parked: VecDeque<Job> = VecDeque::new();
    let mut more = true;
    while (more || !parked.is_empty()) && !halt.stops() {
        let mut due = None;
        let mut soonest = Duration::from_secs(1);
        for at in 0..parked.len() {
            match limits.domain(parked[at].message.to.domain()) {
                Ok(()) => {
                    due = parked.remove(at);
                    break;
                }
                Err(wait) => soonest = soonest.min(wait),
            }
        }
        if due.is_none() && more && parked.len() < PARKED {
            let wait = if parked.is_empty() { Duration::from_secs(60) } else { soonest };
            match tokio::time::timeout(wait, jobs.recv()).await {
                Ok(Ok(job)) => match limits.domain(job.message.to.domain()) {
                    Ok(()) => due = Some(job),
                    Err(_) => parked.push_back(job),
                },
                Ok(Err(_)) => more = false,
                Err(_) => {}
            }
        } else if due.is_none() {
            tokio::time::sleep(soonest).await;
        }
        if let Some(job) = due {
            limits.wait().await;
            if paced.send(job).await.is_err() {
                return;
            }
        }
    }
}

/// Hands the messages that are left to the connections; how many.
fn feed(
    folder: &Path,
    outbox: &dyn Outbox,
    jobs: Sender<Job>,
    halt: &Halt,
    first: bool,
    most: u64,
) -> Result<u64, SendError> {
    let Some(look) = Ledger::follow(folder)? else { return Ok(0) };
    let (id, given, looked) = (Cell::new(0), Cell::new(0), Cell::new(0_u64));
    if most == 0 {
        return Ok(0);
    }
    outbox.visit(
        &mut |piece| {
            if halt.stops() {
                return Ok(false);
            }
            // A message changes its state only after it was handed on from here.
            if looked.replace(looked.get() + 1).is_multiple_of(LOOKUPS) {
                look.look_from_now().map_err(OutboxError::Ledger)?;
            }
            let known = look.message(piece).map_err(OutboxError::Ledger)?;
            let wanted = known.as_ref().is_some_and(|known| match first {
                true => known.state.may_be_sent(),
                false => known.state == MessageState::Deferred,
            });
            id.set(known.map_or(0, |known| known.id));
            Ok(wanted)
        },
        &mut |message: Message| {
            let sent = jobs.send_blocking(Job { id: id.get(), message });
            if sent.is_err() {
                return ControlFlow::Break(());
            }
            given.set(given.get() + 1);
            if given.get() >= most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        },
    )?;
    Ok(given.get())
}
