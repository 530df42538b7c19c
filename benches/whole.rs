//! The whole command on distinct rows: letters per second per core, peak memory, equal files.
//!
//! `cargo bench --bench whole` makes rosters with `noticeworks sample` in the incident folder of
//! `samples/lakeshore` (copied), runs `noticeworks run` and reads the peak memory from /proc.
//! Timings are printed, never asserted: they depend on the machine.

mod support;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs};
use support::{lakeshore, last_seen, peak_kb, program};

fn main() {
    let rows: Vec<u64> = env::args().filter_map(|a| a.parse().ok()).collect();
    let rows = if rows.is_empty() { vec![10_000, 100_000] } else { rows };
    let scratch = env::temp_dir().join(format!("noticeworks-bench-{}", std::process::id()));
    println!("rows      jobs  seconds  letters/s  letters/s/core  peak MB");
    for rows in rows {
        let folder = scratch.join(format!("lakeshore-{rows}"));
        lakeshore(&folder, rows);
        let mut digests = Vec::new();
        for jobs in [1, 2] {
            let out = scratch.join(format!("out-{rows}-{jobs}"));
            let ran = run(&folder, &out, jobs);
            let rate = ran.letters as f64 / ran.time.as_secs_f64();
            println!(
                "{rows:<9} {jobs:<5} {:<8.2} {rate:<10.0} {:<15.0} {:.0}",
                ran.time.as_secs_f64(),
                rate / jobs as f64,
                ran.peak_kb as f64 / 1024.0
            );
            digests.push(digest(&out));
        }
        assert_eq!(digests[0], digests[1], "one and two jobs must write identical files");
    }
    fs::remove_dir_all(&scratch).expect("the scratch folder can be removed");
}

struct Ran {
    time: Duration,
    letters: u64,
    peak_kb: u64,
}

fn run(folder: &Path, out: &Path, jobs: u32) -> Ran {
    let start = Instant::now();
    let child = program()
        .args(["run", "--json", "--jobs", &jobs.to_string(), "--out"])
        .arg(out)
        .arg(folder)
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let watcher = last_seen(child.id(), "status", peak_kb);
    let output = child.wait_with_output().expect("the program ends");
    let time = start.elapsed();
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a JSON result");
    Ran {
        time,
        letters: json["letters"].as_u64().expect("a number of letters"),
        peak_kb: watcher.join().expect("the watcher ends"),
    }
}

/// One digest over every file's path and bytes.
fn digest(out: &Path) -> String {
    let output = Command::new("sh")
        .arg("-c")
        .arg("find . -type f | LC_ALL=C sort | xargs -d '\\n' sha256sum | sha256sum")
        .current_dir(out)
        .output()
        .expect("sha256sum runs");
    String::from_utf8_lossy(&output.stdout).into_owned()
}
