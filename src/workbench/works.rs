//! Long work: checked, made, approved, verified on a thread of its own, watched by any number of
//! pages. A page may be closed meanwhile.

use crate::finding::Findings;
use crate::matter::refusal::Refusal;
use crate::matter::watcher::Watcher;
use crate::tables::words::{count, thousands};
use crate::workbench::page::{Block, Link, Progress, refusal};
use async_channel::Receiver;
use serde_json::json;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How often a page is told.
const TELL: Duration = Duration::from_millis(250);

/// Server-sent events.
pub type Lines = Receiver<Result<String, Infallible>>;

/// What came of a piece of work.
#[derive(Clone)]
pub struct Told {
    /// One sentence.
    pub answer: String,
    pub blocks: Vec<Block>,
    pub next: Option<Link>,
    /// It was not refused.
    pub good: bool,
}

/// The pieces of work, the last one of each folder.
#[derive(Default)]
pub struct Works(Mutex<BTreeMap<usize, Arc<Work>>>);

/// One piece of work.
pub struct Work {
    pub what: &'static str,
    /// The command that does the same.
    pub command: String,
    /// The rail's step that it belongs to.
    pub step: &'static str,
    phase: Mutex<Phase>,
    done: AtomicU64,
    stopped: AtomicBool,
    told: Mutex<Option<Told>>,
}

struct Phase {
    what: &'static str,
    total: u64,
    began: Instant,
    note: String,
    over: bool,
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Works {
    /// The last piece of work of a folder.
    pub fn of(&self, number: usize) -> Option<Arc<Work>> {
        held(&self.0).get(&number).cloned()
    }

    /// What is at work on a folder.
    pub fn running(&self, number: usize) -> Option<Arc<Work>> {
        self.of(number).filter(|work| work.told().is_none())
    }

    /// Asks everything to stop and waits a little for it.
    pub fn stop(&self, patience: Duration) {
        let all: Vec<Arc<Work>> = held(&self.0).values().cloned().collect();
        all.iter().for_each(|work| work.stop());
        let began = Instant::now();
        while all.iter().any(|work| work.told().is_none()) && began.elapsed() < patience {
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Begins a piece of work on a folder.
    ///
    /// # Errors
    /// Another one is at work there.
    pub fn begin(
        &self,
        number: usize,
        (what, step, command): (&'static str, &'static str, String),
        work: impl FnOnce(&dyn Watcher) -> Result<Told, Refusal> + Send + 'static,
    ) -> Result<(), Refusal> {
        let mut works = held(&self.0);
        if let Some(other) = works.get(&number).filter(|work| work.told().is_none()) {
            return Err(Refusal::refused(
                code!("folder.busy"),
                format!("`{}` is at work on this folder", other.what),
                "wait until it has ended, or stop it",
            ));
        }
        let phase = Phase {
            what: "getting ready",
            total: 0,
            began: Instant::now(),
            note: String::new(),
            over: false,
        };
        let begun = Arc::new(Work {
            what,
            command,
            step,
            phase: Mutex::new(phase),
            done: AtomicU64::new(0),
            stopped: AtomicBool::new(false),
            told: Mutex::new(None),
        });
        works.insert(number, begun.clone());
        std::thread::spawn(move || {
            let told = catch_unwind(AssertUnwindSafe(|| work(&*begun)));
            let told = match told {
                Ok(Ok(told)) => told,
                Ok(Err(refused)) => Told::refused(&refused),
                Err(_) => Told {
                    answer: "The work broke off at something unforeseen.".to_owned(),
                    blocks: Vec::new(),
                    next: None,
                    good: false,
                },
            };
            *held(&begun.told) = Some(told);
        });
        Ok(())
    }
}

impl Told {
    fn refused(refused: &Refusal) -> Self {
        Self {
            answer: "It was not done. What was there before is still there.".to_owned(),
            blocks: refusal(refused),
            next: None,
            good: false,
        }
    }
}

impl Work {
    /// What came of it, once it is over.
    pub fn told(&self) -> Option<Told> {
        held(&self.told).clone()
    }

    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// How it goes, in a line: phase, how many, how fast, how long still.
    pub fn progress(&self) -> Progress {
        let phase = held(&self.phase);
        let (done, total) = (self.done.load(Ordering::Relaxed).min(phase.total), phase.total);
        let mut line = phase.what.to_owned();
        if total > 0 {
            line = format!("{line}: {} of {}", thousands(done), thousands(total));
            let seconds = phase.began.elapsed().as_secs_f64();
            if done > 0 && seconds > 1.0 && !phase.over {
                // Rates of people are far below what a float counts exactly.
                let rate = done as f64 / seconds;
                let left = ((total - done) as f64 / rate).ceil() as u64;
                line = format!("{line}, {} a second, {} left", thousands(rate as u64), time(left));
            }
        }
        if !phase.note.is_empty() {
            line = format!("{line}, {}", phase.note);
        }
        if self.stopped.load(Ordering::Relaxed) {
            line = format!("{line}; stopping");
        }
        Progress {
            what: self.what.to_owned(),
            phase: phase.what.to_owned(),
            done,
            total,
            line: crate::workbench::page::capital(&line),
            ..Progress::default()
        }
    }

    /// Its events, until it is over.
    pub fn lines(work: &Arc<Self>) -> Lines {
        let (send, lines) = async_channel::bounded(1);
        let work = work.clone();
        tokio::spawn(async move {
            let mut last = String::new();
            loop {
                let over = work.told().is_some();
                let Progress { done, total, line, .. } = work.progress();
                let told = json!({ "line": line, "done": done, "total": total, "over": over });
                let event = format!("data: {told}\n\n");
                // A page that is closed listens no more.
                if (event != last || over) && send.send(Ok(event.clone())).await.is_err() {
                    return;
                }
                if over {
                    return;
                }
                last = event;
                tokio::time::sleep(TELL).await;
            }
        });
        lines
    }
}

fn time(seconds: u64) -> String {
    match seconds {
        0..=99 => count(seconds, "second", "seconds"),
        _ => count(seconds.div_ceil(60), "minute", "minutes"),
    }
}

impl Watcher for Work {
    fn begin(&self, what: &'static str, total: u64) {
        let mut phase = held(&self.phase);
        *phase = Phase { what, total, began: Instant::now(), note: String::new(), over: false };
        self.done.store(0, Ordering::Relaxed);
    }

    fn advance(&self, done: u64) {
        self.done.fetch_add(done, Ordering::Relaxed);
    }

    fn note(&self, words: &str) {
        words.trim_start_matches([',', ' ']).clone_into(&mut held(&self.phase).note);
    }

    fn found(&self, _: &Findings) {}

    fn end(&self) {
        held(&self.phase).over = true;
    }

    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}
