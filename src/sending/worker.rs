//! One connection at work: message after message, each recorded before it goes.

use super::context::Context;
use super::message::Message;
use super::open::{OpenError, open};
use super::report::Stopped;
use super::session::{Delivery, Parcel, Session};
use crate::ledger::{Mark, MessageState, Reply};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// Connections tried in a row before the sending stops.
const TRIES: u32 = 5;

/// A message with its number in the ledger.
pub struct Job {
    pub id: i64,
    pub message: Message,
}

struct Worker {
    context: Arc<Context>,
    session: Option<Session>,
    /// What became of the last message. It is written with the next step, so that between two
    /// commits at most one message of this connection stands as `sending`.
    finished: Option<Mark>,
    /// Since the last accepted message.
    failures: u32,
}

/// Sends until there is nothing left or the sending stops.
pub async fn work(context: Arc<Context>) {
    let mut worker = Worker { context, session: None, finished: None, failures: 0 };
    while let Some(job) = worker.next().await {
        if !worker.send(&job).await {
            break;
        }
    }
    worker.flush();
    if let Some(session) = worker.session {
        session.quit().await;
    }
}

impl Worker {
    /// The next message; none at the end and when the sending stops.
    async fn next(&mut self) -> Option<Job> {
        if self.context.stops() {
            return None;
        }
        if let Ok(job) = self.context.jobs.try_recv() {
            return Some(job);
        }
        self.flush();
        tokio::select! {
            job = self.context.jobs.recv() => job.ok().filter(|_| !self.context.stops()),
            () = self.context.stopped() => None,
        }
    }

    /// Sends one message; false if no other should follow.
    async fn send(&mut self, job: &Job) -> bool {
        // A connection that was lost before the content is no fault of the message.
        for _ in 0..2 {
            let Some(mut session) = self.connected().await else { return false };
            let bytes = match self.context.stamp.put_on(&job.message.bytes) {
                Ok(bytes) => bytes,
                Err(error) => {
                    self.session = Some(session);
                    self.context.stop(Stopped::Unsigned(error.to_string()));
                    return false;
                }
            };
            let mut marks: Vec<Mark> = self.finished.take().into_iter().collect();
            marks.push(Mark { id: job.id, state: MessageState::Sending, reply: Reply::default() });
            let permit = self.context.journal.write(marks);
            let parcel = Parcel {
                piece: &job.message.piece,
                from: &self.context.from,
                to: &job.message.to,
                bytes: &bytes,
            };
            let Ok(delivery) = session.deliver(parcel, permit.wait()).await else {
                self.context.stop(Stopped::Ledger);
                return false;
            };
            let Delivery { state, reply, goes_on, unwelcome } = delivery;
            if goes_on {
                self.session = Some(session);
            }
            (self.context.each)(state);
            let lost = state == MessageState::Deferred && matches!(reply.code, 0 | 421);
            self.context.consider(state, unwelcome.then_some(&reply));
            self.finished = Some(Mark { id: job.id, state, reply });
            match state {
                MessageState::Accepted => self.failures = 0,
                MessageState::Refused => {}
                _ => {
                    self.failures += 1;
                    if !self.back_off().await {
                        return false;
                    }
                }
            }
            if !lost {
                return true;
            }
        }
        true
    }

    /// A connection that stands; none if the sending stops.
    async fn connected(&mut self) -> Option<Session> {
        if let Some(session) = self.session.take() {
            return Some(session);
        }
        self.flush();
        for tried in 1.. {
            let opened = tokio::select! {
                opened = open(&self.context.server) => opened,
                () = self.context.stopped() => return None,
            };
            match opened {
                Ok(session) => {
                    self.context.reached.store(true, Ordering::Relaxed);
                    return Some(session);
                }
                Err(OpenError::Lasting(words)) => {
                    self.context.stop(Stopped::Server(words));
                    return None;
                }
                Err(OpenError::Passing(words)) if tried >= TRIES => {
                    self.context.stop(Stopped::Unreachable(words));
                    return None;
                }
                Err(OpenError::Passing(_)) => {
                    self.failures += 1;
                    if !self.back_off().await {
                        return None;
                    }
                }
            }
        }
        None
    }

    /// Waits twice as long after each failure; false if the sending stops meanwhile.
    async fn back_off(&mut self) -> bool {
        self.flush();
        let first = self.context.server.patience.back_off;
        let doubled = first.saturating_mul(1 << (self.failures.clamp(1, 7) - 1));
        let wait = doubled.min(first.saturating_mul(60)).min(Duration::from_secs(300));
        tokio::select! {
            () = tokio::time::sleep(wait) => !self.context.stops(),
            () = self.context.stopped() => false,
        }
    }

    /// Hands in what became of the last message.
    fn flush(&mut self) {
        if let Some(mark) = self.finished.take() {
            let _ = self.context.journal.write(vec![mark]);
        }
    }
}
