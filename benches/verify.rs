//! How fast finished letters are read back and proved: letters per second per core, peak memory.
//!
//! `cargo bench --bench verify -- 20000` makes a roster with `noticeworks sample` in a copy of
//! `samples/lakeshore`, prints the letters and verifies them with one worker and with two.
//! Timings are printed, never asserted: they depend on the machine.

mod support;

use std::process::Stdio;
use std::time::Instant;
use std::{env, fs};
use support::{lakeshore, last_seen, peak_kb, program};

fn main() {
    let rows: u64 = env::args().find_map(|a| a.parse().ok()).unwrap_or(20_000);
    let scratch = env::temp_dir().join(format!("noticeworks-verify-{}", std::process::id()));
    let folder = scratch.join("lakeshore");
    lakeshore(&folder, rows);
    let status = program().args(["run", "--json"]).arg(&folder).stdout(Stdio::null()).status();
    assert!(status.expect("the program runs").code().is_some_and(|code| code <= 1));
    println!("rows      jobs  seconds  letters  pages   letters/s/core  peak MB");
    for jobs in [1, 2] {
        let start = Instant::now();
        let child = program()
            .args(["verify", "--draft", "--json", "--jobs", &jobs.to_string()])
            .arg(&folder)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let watcher = last_seen(child.id(), "status", peak_kb);
        let output = child.wait_with_output().expect("the program ends");
        let time = start.elapsed();
        let peak = watcher.join().expect("the watcher ends");
        assert!(output.status.success(), "the letters are proved");
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let letters = json["letters"].as_u64().unwrap_or(0);
        println!(
            "{rows:<9} {jobs:<5} {:<8.2} {letters:<8} {:<7} {:<15.0} {:.0}",
            time.as_secs_f64(),
            json["pages"],
            letters as f64 / time.as_secs_f64() / f64::from(jobs),
            peak as f64 / 1024.0
        );
    }
    fs::remove_dir_all(&scratch).expect("the scratch folder can be removed");
}
