//! The one thread that owns the ledger while e-mails go out.
//!
//! Steps that arrive while the disk is busy go into the next commit together, so that sixteen
//! connections cost hardly more commits than one.

use super::session::NotPermitted;
use crate::ledger::{Ledger, LedgerError, Mark};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// Steps in one commit.
const MOST: usize = 1_000;
/// How long a commit waits for the steps of other connections, where there are many: about what
/// one commit costs.
const GATHER: Duration = Duration::from_micros(150);

/// Called now and then between commits, at the latest a few seconds after one.
pub type Checkpoint = Box<dyn FnMut(&mut Ledger) -> Result<(), LedgerError> + Send>;

/// Between two checkpoints.
const PERIOD: Duration = Duration::from_secs(5);

struct JournalEntry {
    marks: Vec<Mark>,
    done: oneshot::Sender<()>,
}

/// Where steps are handed in; clones share the thread.
#[derive(Clone)]
pub struct Journal {
    entries: Sender<JournalEntry>,
}

/// Resolves once the steps are on the disk.
pub struct Written(oneshot::Receiver<()>);

impl Written {
    /// # Errors
    /// [`NotPermitted`], if they cannot be recorded.
    pub async fn wait(self) -> Result<(), NotPermitted> {
        self.0.await.map_err(|_| NotPermitted)
    }
}

impl Journal {
    /// Starts the thread; it gives the ledger back when every clone is gone.
    pub fn start(
        ledger: Ledger,
        connections: usize,
        checkpoint: Option<Checkpoint>,
    ) -> (Self, JoinHandle<Result<Ledger, LedgerError>>) {
        let (entries, list) = channel();
        let company = connections / 2;
        (Self { entries }, thread::spawn(move || keep(ledger, &list, company, checkpoint)))
    }

    /// Hands in steps, in order.
    pub fn write(&self, marks: Vec<Mark>) -> Written {
        let (done, written) = oneshot::channel();
        // If the thread has failed, `done` is dropped with the entry and the waiter learns it.
        let _ = self.entries.send(JournalEntry { marks, done });
        Written(written)
    }
}

fn keep(
    mut ledger: Ledger,
    list: &Receiver<JournalEntry>,
    company: usize,
    mut checkpoint: Option<Checkpoint>,
) -> Result<Ledger, LedgerError> {
    let mut entries = Vec::new();
    let mut last = Instant::now();
    while let Ok(first) = list.recv() {
        entries.push(first);
        entries.extend(list.try_iter().take(MOST));
        let until = Instant::now() + GATHER;
        while entries.len() < company {
            let Some(left) = until.checked_duration_since(Instant::now()) else { break };
            let Ok(entry) = list.recv_timeout(left) else { break };
            entries.push(entry);
        }
        ledger.mark_messages(entries.iter().flat_map(|entry| &entry.marks))?;
        for entry in entries.drain(..) {
            let _ = entry.done.send(());
        }
        if let Some(checkpoint) = &mut checkpoint
            && last.elapsed() >= PERIOD
        {
            checkpoint(&mut ledger)?;
            last = Instant::now();
        }
    }
    Ok(ledger)
}
