//! The main job on any few rows of a sample's roster: small practices have the same duties.

use crate::case::{Case, full};
use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Subsets tried in every test run, of 1 to 60 rows.
const SUBSETS: u64 = 44;

/// Whole files and folders only: nothing is left that was in the making.
fn nothing_half_made(case: &Case) {
    for entry in fs::read_dir(case.path("out")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        // The list of what the program made there stays.
        assert!(!name.starts_with('.') || name == ".noticeworks", "`out/{name}` was left");
    }
}

/// What is wrong with a run on these lines of the roster; empty where nothing is.
fn wrong(lines: &[&str]) -> String {
    let case = Case::sample("lakeshore");
    fs::write(case.path("roster.csv"), lines.join("\n") + "\n").unwrap();
    let said = case.run(&["run", "--json", "{folder}"]);
    if !matches!(said.code, 0 | 1) {
        return format!("exit code {}: {}", said.code, said.stderr);
    }
    let json = said.json();
    let outcomes = json["outcomes"].as_object().unwrap();
    let rows: u64 = outcomes.values().map(|n| n.as_u64().unwrap()).sum();
    if rows != lines.len() as u64 - 1 {
        return format!("{rows} rows have an outcome");
    }
    for file in ["letters/manifest.csv", "filings", "notices", "email", "review/index.html"] {
        if !case.path("out").join(file).exists() {
            return format!("no `out/{file}`");
        }
    }
    nothing_half_made(&case);
    String::new()
}

/// Numbers below `n` from a seed: the same ones on every machine.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: u64) -> u64 {
        // Knuth's multiplier and increment (MMIX).
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

#[test]
fn any_few_rows_of_the_sample_run_to_the_end() {
    let roster = fs::read_to_string("samples/lakeshore/roster.csv").unwrap();
    let (header, rows) = roster.split_once('\n').unwrap();
    // The sample's cells hold no line breaks: a line is a row.
    let rows: Vec<&str> = rows.lines().collect();
    let mut numbers = Numbers(20_260_918);
    let mut sets: Vec<Vec<&str>> = [1, 6, 20, 30].map(|n| rows[..n].to_vec()).into();
    for i in 0..SUBSETS {
        let many = if i < 8 { 1 + i } else { 1 + numbers.below(60) };
        let from = rows.len() as u64;
        sets.push((0..many).map(|_| rows[numbers.below(from) as usize]).collect());
    }
    if full() {
        sets.extend(rows.iter().map(|row| vec![*row]));
    }
    let next = AtomicUsize::new(0);
    let faults: Vec<String> = thread::scope(|scope| {
        let work = || {
            let mut faults = Vec::new();
            while let Some(set) = sets.get(next.fetch_add(1, Ordering::Relaxed)) {
                let mut lines = vec![header];
                lines.extend(set);
                let wrong = wrong(&lines);
                if !wrong.is_empty() {
                    let ids: Vec<&str> =
                        set.iter().filter_map(|row| row.split(',').next()).collect();
                    faults.push(format!("{}: {wrong}", ids.join(" ")));
                }
            }
            faults
        };
        let workers = [scope.spawn(work), scope.spawn(work)];
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    assert!(faults.is_empty(), "{} of {} sets: {}", faults.len(), sets.len(), faults[0]);
}
