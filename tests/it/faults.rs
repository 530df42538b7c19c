//! A kill, a full disk or a bad block at a single change of the disk or a socket: what stands under
//! a final name is the old or the new and never half of it, the ledger adds up, the command says
//! what happened, and the next run makes what one run would have made.

mod commands;
mod desk;
mod mail;

use crate::case::full;
use desk::{Desk, Ended, Fault};

/// Most points of one command and fault that `./test --full` tries; of more, so many evenly spread.
const MOST: u64 = 400;

/// Rows that the clinic's roster has besides its own.
fn rows() -> usize {
    if full() { 2_000 } else { 40 }
}

/// The changes at which a fault is tried: all of them, or a seeded few.
fn points(changes: u64, few: u64, seed: u64) -> Vec<u64> {
    if full() {
        let step = changes.div_ceil(MOST).max(1);
        return (1..=changes).step_by(step as usize).collect();
    }
    let mut points: Vec<u64> =
        (0..few).map(|n| 1 + (n * 7_919 + seed * 104_729 + changes / 2) % changes).collect();
    points.sort_unstable();
    points.dedup();
    points
}

/// Tries a command with each fault at its changes of the disk.
fn each(desk: &Desk, arguments: &[&str]) {
    desk.begin_again();
    let before = desk.files();
    let ended = desk.run(arguments, None);
    assert!(matches!(ended.code, Some(0 | 1)), "{arguments:?}: {ended:?}");
    let (after, status) = (desk.files(), desk.whole());
    let changes = desk.counted().0;
    assert!(changes > 2, "{arguments:?} changed the disk {changes} times only");
    let mut told = [0_u64; 3];
    for (seed, (fault, few)) in
        [(Fault::Kill, 4), (Fault::Full, 3), (Fault::Bad, 2)].into_iter().enumerate()
    {
        for at in points(changes, few, seed as u64) {
            let what = format!("{arguments:?}, {fault:?} at {at} of {changes}");
            desk.begin_again();
            let ended = desk.run(arguments, Some((fault, at)));
            told[seed] += 1;
            judge(&what, fault, &ended, at + 8 > changes);
            let files = desk.files();
            for (name, digest) in &files {
                let known = [before.get(name), after.get(name)];
                assert!(known.contains(&Some(digest)), "{what}: half of {name}\n{}", ended.told);
            }
            for name in before.keys().filter(|name| after.contains_key(*name)) {
                assert!(files.contains_key(name), "{what}: {name} is lost\n{}", ended.told);
            }
            if ended.code.is_some_and(|code| code <= 1) {
                assert_eq!(files, after, "{what}: ended well and is not done\n{}", ended.told);
            }
            if desk.whole() == status && files == after {
                continue;
            }
            let again = desk.run(arguments, None);
            assert!(matches!(again.code, Some(0 | 1)), "{what}, then again: {again:?}");
            assert_eq!(desk.files(), after, "{what}, then again");
            assert_eq!(desk.whole(), status, "{what}, then again");
        }
    }
    println!("{arguments:?}: {changes} changes; kills, full disks, bad blocks: {told:?}");
}

/// How a command may end: killed, done all the same, or with a clear error.
fn judge(what: &str, fault: Fault, ended: &Ended, last: bool) {
    assert!(!ended.told.contains("panicked"), "{what}: {}", ended.told);
    if fault == Fault::Kill {
        // Threads change the disk in another order each time, and seldom once less.
        assert!(ended.killed || last, "{what}: {ended:?}");
        return;
    }
    match ended.code {
        Some(0 | 1) => {}
        Some(3) => {
            let error = ended.told.lines().find(|line| line.starts_with("error: cannot "));
            let error = error.unwrap_or_else(|| panic!("{what}: {}", ended.told));
            assert!(error.contains('`'), "{what}: names no file: {error}");
            assert!(ended.told.contains("\n  help: "), "{what}: {}", ended.told);
            if fault == Fault::Full {
                // The database does not always tell a full disk from a bad one.
                assert!(ended.told.contains(" room"), "{what}: {}", ended.told);
            }
        }
        _ => panic!("{what}: {ended:?}"),
    }
}
