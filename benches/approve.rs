//! How fast a wave is approved, and what its record takes: pieces per second per core, the wall
//! time of `trace`, bytes of the ledger.
//!
//! `cargo bench --bench approve` approves 100,000 distinct rows of `noticeworks sample` (another
//! number may be given) with one worker and with two, letters and e-mails counted as pieces.
//! `cargo bench --bench approve -- ledger 8500000` makes a ledger of so many rows by `check` alone
//! and traces records in it, the first time with the spool's index still to be made.
//! Timings are printed, never asserted: they depend on the machine.

mod support;

use std::path::Path;
use std::process::Stdio;
use std::time::Instant;
use std::{env, fs};
use support::{lakeshore, last_seen, program};

fn main() {
    let rows: u64 = env::args().find_map(|a| a.parse().ok()).unwrap_or(100_000);
    let scratch = env::temp_dir().join(format!("noticeworks-approve-{}", std::process::id()));
    let folder = scratch.join("lakeshore");
    lakeshore(&folder, rows);
    match env::args().any(|a| a == "ledger") {
        true => ledger(&folder, rows),
        false => approve(&scratch, &folder, rows),
    }
    fs::remove_dir_all(&scratch).expect("the scratch folder can be removed");
}

fn approve(scratch: &Path, folder: &Path, rows: u64) {
    println!("rows      jobs  seconds  pieces   pieces/s/core  processor s  pieces/s of processor");
    for jobs in ["1", "2"] {
        // Each time from the beginning.
        let _ = fs::remove_dir_all(folder.join("sealed"));
        for side in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(folder.join(format!("ledger.sqlite{side}")));
        }
        let checked = run(scratch, &["check", "--json"], folder);
        let held = checked.json["outcomes"]["held"].as_u64().unwrap_or(0).to_string();
        let arguments =
            ["approve", "--json", "--by", "A. Counsel", "--accept-held", &held, "--jobs", jobs];
        let ran = run(scratch, &arguments, folder);
        let number = |key: &str| ran.json[key].as_u64().unwrap_or(0);
        let pieces = number("letters") + number("emails");
        println!(
            "{rows:<9} {jobs:<5} {:<8.2} {pieces:<8} {:<14.0} {:<12.2} {:.0}",
            ran.wall,
            pieces as f64 / ran.wall / jobs.parse::<f64>().expect("a number"),
            ran.processor,
            pieces as f64 / ran.processor,
        );
    }
}

fn ledger(folder: &Path, rows: u64) {
    let scratch = folder.parent().expect("below the scratch folder");
    let checked = run(scratch, &["check", "--json"], folder);
    let bytes = fs::metadata(folder.join("ledger.sqlite")).expect("there is a ledger").len();
    println!("rows      check s  ledger bytes  bytes/row");
    println!("{rows:<9} {:<8.1} {bytes:<13} {:.1}", checked.wall, bytes as f64 / rows as f64);
    println!("trace of                  wall ms");
    for (what, n) in [
        ("the first, with index", 1),
        ("the first", 1),
        ("the middle", rows / 2),
        ("the last", rows),
    ] {
        let record = record(folder, n);
        let ran = run(scratch, &["trace", "--json", &record], folder);
        println!("{what:<25} {:.0}", ran.wall * 1_000.0);
    }
}

/// The record id of the roster's nth row or the next that has one.
fn record(folder: &Path, n: u64) -> String {
    // The sample has faulty rows.
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_path(folder.join("roster.csv"))
        .expect("a roster");
    let ids = reader
        .byte_records()
        .map(|record| String::from_utf8_lossy(&record.expect("a row")[0]).trim().to_owned());
    let mut found = String::new();
    for (at, id) in (1..).zip(ids) {
        if id.starts_with("LK") {
            found = id;
            if at >= n {
                break;
            }
        }
    }
    found
}

struct Ran {
    json: serde_json::Value,
    /// Seconds.
    wall: f64,
    processor: f64,
}

/// `INCIDENT` stands last, or before the record of `trace`.
fn run(scratch: &Path, arguments: &[&str], folder: &Path) -> Ran {
    let mut command = program();
    command.env("NOTICEWORKS_STATE", scratch.join("state"));
    match arguments {
        ["trace", rest @ .., record] => command.arg("trace").args(rest).arg(folder).arg(record),
        _ => command.args(arguments).arg(folder),
    };
    let start = Instant::now();
    let child = command.stdout(Stdio::piped()).spawn().expect("the program runs");
    let watcher = last_seen(child.id(), "stat", processor);
    let output = child.wait_with_output().expect("the program ends");
    let wall = start.elapsed().as_secs_f64();
    assert!(output.status.code().is_some_and(|code| code <= 1), "{arguments:?} failed");
    let json = serde_json::from_slice(&output.stdout).expect("JSON");
    Ran { json, wall, processor: watcher.join().expect("the watcher ends") }
}

/// Processor seconds of a process, its own and the kernel's for it, from its `stat`.
fn processor(stat: &str) -> Option<f64> {
    // After the name in brackets: state is field 3, user and kernel ticks 14 and 15.
    let mut fields = stat.rsplit(')').next()?.split_whitespace();
    let user: f64 = fields.nth(11)?.parse().ok()?;
    let kernel: f64 = fields.next()?.parse().ok()?;
    // A hundred ticks a second on every Linux of today; none any more once it has ended.
    (user + kernel > 0.0).then_some((user + kernel) / 100.0)
}
