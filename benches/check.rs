//! How long a roster takes to become a spool: distinct generated rows, one run.
//!
//! `cargo bench --bench check -- 1000000`

use noticeworks::incident::Incident;
use noticeworks::ledger::Ledger;
use noticeworks::roster::{self, Options, Spool, Standing};
use std::error::Error;
use std::fs::File;
use std::io::BufWriter;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let rows: u64 = std::env::args().find_map(|a| a.parse().ok()).unwrap_or(100_000);
    let folder = tempfile::tempdir()?;
    let incident: Incident = toml::from_str(include_str!("../tests/it/roster/incident.toml"))?;
    let wave = &incident.waves[0];
    let path = folder.path().join(&wave.roster.all()[0]);

    let start = Instant::now();
    roster::write_sample(BufWriter::new(File::create(&path)?), rows, 1, roster::SAMPLE_FAULTS)?;
    tell("generate", rows, start);
    println!("{:>10} MB", path.metadata()?.len() >> 20);

    let start = Instant::now();
    let options = Options {
        as_of: *wave.mail_on,
        majority: &|_| 18,
        findings_csv: Some(&folder.path().join("findings.csv")),
        show_values: false,
        earlier: &[],
        again: false,
        asked_in: None,
        spool_in: None,
        witness: None,
    };
    let mut intake = roster::read(folder.path(), &incident, wave, &options)?;
    if let Some(file) = intake.file.take() {
        file.finish(options.as_of)?;
    }
    tell("check", intake.rows, start);
    println!("{:>10} {}", "", memory());

    let start = Instant::now();
    let mut ready = 0;
    for person in Spool::open(folder.path(), &wave.id)?.people()? {
        ready += u64::from(person?.standing == Standing::Ready);
    }
    tell("read the spool", rows, start);
    println!("{ready:>10} ready");

    let start = Instant::now();
    let keys: Vec<String> = (0..1000).map(|n| format!("{n:064x}")).collect();
    let outcomes = (1..=rows).map(|row| {
        let outcome =
            if row % 50 == 0 { ("held", Some("zip.too_short")) } else { ("to_mail", None) };
        (row, keys[(row % 1000) as usize].as_str(), outcome.0, outcome.1)
    });
    Ledger::open(folder.path())?.record_outcomes(&wave.id, rows, outcomes)?;
    tell("ledger", rows, start);
    Ok(())
}

fn tell(what: &str, rows: u64, start: Instant) {
    let seconds = start.elapsed().as_secs_f64();
    println!("{what:<16} {seconds:>8.2} s {:>12.0} rows/s", rows as f64 / seconds);
}

/// The most memory this process ever held, where the system tells.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|l| l.starts_with("VmHWM")).unwrap_or("VmHWM: unknown");
    peak.split_whitespace().skip(1).collect::<Vec<_>>().join(" ")
}
