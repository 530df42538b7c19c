//! Ordered work on all cores: jobs are done by many workers and gathered in the order in which
//! they were given, so that no result depends on how many workers there are or which is first.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, mpsc};
use std::thread;

/// Workers for work that waits for nothing but the processor.
pub fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// How many work, and how many jobs may wait for them.
#[derive(Clone, Copy)]
pub struct Crew {
    pub workers: usize,
    pub ahead: usize,
}

impl Crew {
    /// Does jobs in order. `feed` gives them, until it is told that nobody takes any more; each
    /// worker begins with `start` and does `work`; `gather` gets what comes of each job, in the
    /// order of the jobs. What the workers end with is the answer, in no particular order.
    ///
    /// # Errors
    /// The first of `gather`, which ends the work, else that of `feed`; outside it the panic of a
    /// worker.
    pub fn in_order<J: Send, S: Send, D: Send, E: Send>(
        self,
        feed: impl FnOnce(&mut dyn FnMut(J) -> bool) -> Result<(), E> + Send,
        start: &(dyn Fn() -> S + Sync),
        work: &(dyn Fn(&mut S, J) -> D + Sync),
        gather: &mut dyn FnMut(D) -> Result<(), E>,
    ) -> thread::Result<Result<Vec<S>, E>> {
        thread::scope(|scope| {
            let (to_workers, jobs) = mpsc::sync_channel::<(u64, J)>(self.ahead);
            let (to_here, done) = mpsc::sync_channel::<(u64, D)>(self.ahead);
            let jobs = Arc::new(Mutex::new(jobs));
            let feeder = scope.spawn(move || {
                let mut next = 0;
                feed(&mut |job| {
                    next += 1;
                    to_workers.send((next, job)).is_ok()
                })
            });
            let workers: Vec<_> = (0..self.workers.max(1))
                .map(|_| {
                    let (to_here, jobs) = (to_here.clone(), Arc::clone(&jobs));
                    scope.spawn(move || {
                        let mut state = start();
                        loop {
                            let next = jobs.lock().map(|jobs| jobs.recv());
                            let Ok(Ok((number, job))) = next else { break state };
                            if to_here.send((number, work(&mut state, job))).is_err() {
                                break state;
                            }
                        }
                    })
                })
                .collect();
            // The channels end with the threads that use them.
            drop((to_here, jobs));
            let mut waiting = BTreeMap::new();
            let mut next = 1;
            for (number, made) in done {
                waiting.insert(number, made);
                while let Some(made) = waiting.remove(&next) {
                    next += 1;
                    if let Err(error) = gather(made) {
                        return Ok(Err(error));
                    }
                }
            }
            let ends = workers.into_iter().map(thread::ScopedJoinHandle::join);
            let ends = ends.collect::<thread::Result<Vec<S>>>()?;
            Ok(feeder.join()?.map(|()| ends))
        })
    }
}

/// What work came to where a worker's panic is a fault of the program.
pub fn unwound<T>(done: thread::Result<T>) -> T {
    done.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

#[cfg(test)]
mod tests {
    use super::{Crew, unwound};
    use std::convert::Infallible;

    const CREW: Crew = Crew { workers: 3, ahead: 4 };

    fn feed<E>(give: &mut dyn FnMut(u32) -> bool) -> Result<(), E> {
        (0..1_000).all(give);
        Ok(())
    }

    #[test]
    fn what_is_made_comes_in_the_order_of_the_jobs() {
        let mut made = Vec::new();
        let work = |done: &mut u32, n: u32| {
            *done += 1;
            if n.is_multiple_of(7) {
                std::thread::yield_now();
            }
            n * 2
        };
        let mut gather = |n| {
            made.push(n);
            Ok::<_, Infallible>(())
        };
        let ends = unwound(CREW.in_order(feed, &|| 0, &work, &mut gather)).unwrap();
        assert_eq!(ends.iter().sum::<u32>(), 1_000);
        assert!(made.iter().copied().eq((0..1_000).map(|n| n * 2)));
    }

    #[test]
    fn an_error_ends_the_work_and_a_panic_is_told() {
        let mut gather = |n: u32| if n == 20 { Err("stop") } else { Ok(()) };
        let stopped = unwound(CREW.in_order(feed, &|| (), &|(), n| n, &mut gather));
        assert_eq!(stopped.err(), Some("stop"));
        let broken = |(): &mut (), n: u32| assert!(n != 30, "a made-up fault");
        assert!(CREW.in_order(feed, &|| (), &broken, &mut |()| Ok::<_, ()>(())).is_err());
    }
}
