//! The people of a spool read by as many workers as there are cores, and what they make of them
//! gathered in the spool's order: the result does not depend on how many workers there are.

use super::reader::whole_line;
use super::{Spool, SpoolError};
use crate::roster::Person;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, mpsc};
use std::thread;

impl Spool {
    /// Gives everybody to `work`, block by block, and what comes of each block to `gather`, in
    /// the spool's order. Every worker begins with `start`; what they end with is the answer, in
    /// no particular order.
    ///
    /// # Errors
    /// The spool cannot be read or was altered, which may show after some blocks were gathered;
    /// whatever error `gather` gives.
    pub fn each_block<S: Send, T: Send, E: From<SpoolError>>(
        &self,
        start: &(dyn Fn() -> S + Sync),
        work: &(dyn Fn(&mut S, Vec<Person>) -> T + Sync),
        gather: &mut dyn FnMut(T) -> Result<(), E>,
    ) -> Result<Vec<S>, E> {
        let mut lines = self.lines()?;
        let altered = lines.altered();
        let workers = thread::available_parallelism().map_or(1, usize::from).clamp(1, 16);
        thread::scope(|scope| {
            let (to_workers, blocks) = mpsc::sync_channel::<(u64, String)>(workers * 2);
            let (to_here, done) = mpsc::sync_channel::<(u64, Option<T>)>(workers * 2);
            let blocks = Arc::new(Mutex::new(blocks));
            let reader = scope.spawn(move || {
                let mut index = 0;
                while let Some(text) = lines.next()? {
                    // A worker that is gone means that the gatherer gave up.
                    if to_workers.send((index, text)).is_err() {
                        break;
                    }
                    index += 1;
                }
                Ok::<_, SpoolError>(())
            });
            let crew: Vec<_> = (0..workers)
                .map(|_| {
                    let (to_here, blocks) = (to_here.clone(), Arc::clone(&blocks));
                    scope.spawn(move || {
                        let mut state = start();
                        loop {
                            let next = blocks.lock().map(|blocks| blocks.recv());
                            let Ok(Ok((index, text))) = next else { break state };
                            let people: Option<Vec<Person>> =
                                text.lines().map(whole_line).collect();
                            let made = people.map(|people| work(&mut state, people));
                            if to_here.send((index, made)).is_err() {
                                break state;
                            }
                        }
                    })
                })
                .collect();
            // The channels end with the threads that use them.
            drop((to_here, blocks));
            let mut waiting = BTreeMap::new();
            let mut next = 0;
            for (index, made) in done {
                waiting.insert(index, made);
                while let Some(made) = waiting.remove(&next) {
                    next += 1;
                    match made {
                        Some(made) => gather(made)?,
                        None => return Err(altered.into()),
                    }
                }
            }
            match reader.join() {
                Ok(read) => read?,
                Err(panic) => std::panic::resume_unwind(panic),
            }
            let ends = crew.into_iter().map(|worker| match worker.join() {
                Ok(state) => state,
                Err(panic) => std::panic::resume_unwind(panic),
            });
            Ok(ends.collect())
        })
    }
}
