//! A sending from start to end: who is left, over how many connections, until what stops it.

use super::journal::{Checkpoint, Journal};
use super::message::{Message, Outbox, OutboxError};
use super::pace::{Limits, Pace};
use super::server::Server;
use super::stamp::Stamp;
use super::worker::{Job, work};
use crate::ledger::{Ledger, LedgerError, MessageState, Reply};
use async_channel::{Receiver, Sender};
use lettre::Address;
use std::cell::Cell;
use std::collections::{BTreeMap, VecDeque};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use std::{fmt, thread};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;

/// Refusals in a row after which it is the server that refuses, not the addresses.
const REFUSED_IN_A_ROW: u32 = 25;
/// Uncertain messages in a row, beyond one for each connection, after which no more are risked.
const UNCERTAIN_IN_A_ROW: u32 = 3;
/// Messages that wait for their domain's turn while others pass.
const PARKED: usize = 1_000;
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

/// Told of every step: one message more that ended like this.
pub type Progress = Arc<dyn Fn(MessageState) + Send + Sync>;

/// Why a sending ended before its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stopped {
    StopFile,
    /// Ctrl-C.
    Interrupted,
    DayFull,
    /// No connection, several times.
    Unreachable(String),
    /// Encryption, name or password: only a person can mend it.
    Server(String),
    /// The server takes no mail from this sender.
    Unwelcome(String),
    RefusesAll,
    /// Replies stay away; every further message would be one more in doubt.
    Doubtful,
    /// The ledger could not be written; see the error.
    Ledger,
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::StopFile => f.write_str("the stop file exists"),
            Self::Interrupted => f.write_str("interrupted"),
            Self::DayFull => f.write_str("as many as a day allows are sent"),
            Self::Unreachable(words) => write!(f, "the server cannot be reached: {words}"),
            Self::Server(words) => write!(f, "the server cannot be used: {words}"),
            Self::Unwelcome(words) => {
                write!(f, "the server takes no mail from this sender: {words}")
            }
            Self::RefusesAll => {
                write!(f, "the server refused {REFUSED_IN_A_ROW} messages in a row")
            }
            Self::Doubtful => f.write_str("the server takes content and does not reply"),
            Self::Ledger => f.write_str("the ledger cannot be written"),
        }
    }
}

/// What a sending did.
pub struct Report {
    /// Where the wave's messages stand now.
    pub counts: BTreeMap<MessageState, u64>,
    /// Messages found as `sending` from an interrupted run: uncertain now.
    pub recovered: u64,
    /// How many were given to the connections.
    pub given: u64,
    pub stopped: Option<Stopped>,
    pub took: Duration,
}

impl Report {
    /// This one and a later one of the same wave.
    #[must_use]
    pub fn and(self, later: Self) -> Self {
        Self {
            recovered: self.recovered + later.recovered,
            given: self.given + later.given,
            took: self.took + later.took,
            ..later
        }
    }
}

/// Why a sending broke down. What is recorded stays true.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    #[error(transparent)]
    Outbox(#[from] OutboxError),
    #[error("cannot start sending: {0}")]
    Runtime(#[from] std::io::Error),
    #[error("a thread of the sending ended unexpectedly")]
    Thread,
}

/// What the connections share.
pub struct Context {
    pub jobs: Receiver<Job>,
    pub journal: Journal,
    pub server: Server,
    pub stamp: Arc<Stamp>,
    pub from: Address,
    pub each: Progress,
    /// Whether any connection ever stood.
    pub reached: AtomicBool,
    halt: Arc<Halt>,
    refused: AtomicU32,
    uncertain: AtomicU32,
    patient: u32,
}

/// The word to stop, and why.
struct Halt {
    why: Mutex<Option<Stopped>>,
    said: watch::Sender<bool>,
}

impl Halt {
    fn stop(&self, why: Stopped) {
        let mut first = self.why.lock().unwrap_or_else(PoisonError::into_inner);
        first.get_or_insert(why);
        self.said.send_replace(true);
    }

    fn stops(&self) -> bool {
        *self.said.borrow()
    }

    async fn stopped(&self) {
        // The sender lives as long as `self`.
        let _ = self.said.subscribe().wait_for(|said| *said).await;
    }
}

impl Context {
    pub fn stop(&self, why: Stopped) {
        self.halt.stop(why);
    }

    pub fn stops(&self) -> bool {
        self.halt.stops()
    }

    pub async fn stopped(&self) {
        self.halt.stopped().await;
    }

    /// Stops where going on would do harm to many.
    pub fn consider(&self, state: MessageState, unwelcome: Option<&Reply>) {
        if let Some(reply) = unwelcome {
            self.stop(Stopped::Unwelcome(format!("{} {}", reply.code, reply.text)));
        }
        match state {
            MessageState::Accepted => {
                self.refused.store(0, Ordering::Relaxed);
                self.uncertain.store(0, Ordering::Relaxed);
            }
            MessageState::Refused if in_a_row(&self.refused) >= REFUSED_IN_A_ROW => {
                self.stop(Stopped::RefusesAll);
            }
            MessageState::Uncertain if in_a_row(&self.uncertain) >= self.patient => {
                self.stop(Stopped::Doubtful);
            }
            _ => {}
        }
    }
}

/// One more in a row.
fn in_a_row(count: &AtomicU32) -> u32 {
    count.fetch_add(1, Ordering::Relaxed) + 1
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
    let recovered = ledger.recover_messages()?;
    let mut most = choices.only.unwrap_or(u64::MAX);
    let halt = Arc::new(Halt { why: Mutex::new(None), said: watch::Sender::new(false) });
    let mut day_is_less = false;
    if let Some(per_day) = choices.per_day {
        let day_ago = crate::clock::now().as_microsecond() - 24 * 3_600 * 1_000_000;
        let left = per_day.saturating_sub(ledger.messages_offered_since(day_ago)?);
        day_is_less = left < most;
        most = most.min(left);
    }
    let runtime = runtime(choices.connections)?;
    runtime.spawn(watch_for_stop(halt.clone(), choices.stop_file.clone()));
    let (journal, keeper) = Journal::start(ledger, checkpoint);
    let stamp = Arc::new(stamp);
    let mut given = 0;
    let mut failed = None;
    for round in 0..=choices.again_after.len() {
        if round > 0 {
            let look = Ledger::look(folder)?.ok_or(SendError::Thread)?;
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
            refused: AtomicU32::new(0),
            uncertain: AtomicU32::new(0),
            patient: UNCERTAIN_IN_A_ROW + choices.connections as u32,
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
    let stopped = halt.why.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let counts = ledger.message_counts(Some(wave))?;
    Ok(Report { counts, recovered, given, stopped, took: began.elapsed() })
}

fn runtime(connections: usize) -> std::io::Result<Runtime> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
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
    let Some(look) = Ledger::look(folder)? else { return Ok(0) };
    let (id, given) = (Cell::new(0), Cell::new(0));
    if most == 0 {
        return Ok(0);
    }
    outbox.visit(
        &mut |piece| {
            if halt.stops() {
                return Ok(false);
            }
            let known = look.message(piece).map_err(|error| OutboxError(error.to_string()))?;
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
