//! A roster that is no ordinary file, changes while it is read, or cannot be written down.

use super::support::{Case, HEADER, row};
use crate::case::Case as Program;
use crate::run::files;
use noticeworks::roster::IntakeError;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::symlink;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};

#[test]
fn a_folder_or_a_pipe_is_refused_at_once() {
    let case = Case::new();
    let path = case.folder.path().join("roster.csv");
    fs::create_dir(&path).unwrap();
    assert_eq!(case.refused(), ["file.no_file"]);
    fs::remove_dir(&path).unwrap();
    // Nobody writes into the pipe: opening it would wait for ever.
    assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
    assert_eq!(case.refused(), ["file.no_file"]);
    fs::remove_file(&path).unwrap();
    symlink("/dev/zero", &path).unwrap();
    assert_eq!(case.refused(), ["file.no_file"]);
}

#[test]
fn a_roster_that_leads_nowhere_is_missing() {
    let case = Case::new();
    let path = case.folder.path().join("roster.csv");
    symlink("roster.csv", &path).unwrap();
    assert_eq!(case.refused(), ["file.missing"]);
    assert_eq!(Case::named("no/such/folder/roster.csv").refused(), ["file.missing"]);
    assert_eq!(Case::named("").refused(), ["file.no_file"]);
}

/// Even the superuser cannot read from this address.
#[test]
fn a_roster_that_cannot_be_read_is_an_error_of_its_file() {
    let case = Case::new();
    symlink("/proc/self/mem", case.folder.path().join("roster.csv")).unwrap();
    let Err(IntakeError::Io { path, .. }) = case.intake() else { panic!("was read") };
    assert!(path.ends_with("roster.csv"));
    assert!(!case.folder.path().join("spool").exists());
}

#[test]
fn a_roster_that_grows_while_it_is_read_is_refused() {
    let case = Case::new();
    let path = case.folder.path().join("roster.csv");
    let line =
        |n: usize| row(&[("record_id", &format!("R{n}")), ("address_1", &format!("{n} Elm"))]);
    let lines: String = (0..2_000).map(|n| line(n) + "\n").collect();
    case.write(format!("{HEADER}\n{lines}"));
    let (started, done) = (AtomicBool::new(false), AtomicBool::new(false));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut file = OpenOptions::new().append(true).open(&path).unwrap();
            while !done.load(Ordering::Relaxed) {
                writeln!(file, "{}", line(1)).unwrap();
                started.store(true, Ordering::Relaxed);
            }
        });
        while !started.load(Ordering::Relaxed) {
            std::thread::yield_now();
        }
        let codes = case.refused();
        done.store(true, Ordering::Relaxed);
        assert_eq!(codes, ["file.changed"]);
    });
    assert!(!case.folder.path().join("spool/w1.csv").exists());
}

/// A limit on the size of files fails like a full disk, for the superuser too.
#[test]
fn a_full_disk_leaves_what_was_there() {
    let case = Program::sample("lakeshore");
    let full = |blocks: u32| {
        let program = env!("CARGO_BIN_EXE_noticeworks");
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" check \"$1\"");
        let output =
            Command::new("sh").args(["-c", &script, program]).arg(case.folder()).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    for blocks in [8, 200, 1_000] {
        let (code, said) = full(blocks);
        assert_eq!(code, Some(3), "{blocks}: {said}");
        assert!(said.starts_with("error: cannot "), "{said}");
        let left: Vec<String> = files(&case.folder())
            .iter()
            .filter_map(|p| p.strip_prefix(case.folder()).unwrap().to_str().map(str::to_owned))
            .filter(|name| name.contains(".part") || name.contains("run-"))
            .collect();
        assert!(left.is_empty(), "{blocks}: {left:?}");
        assert!(!case.path("spool/w1.csv").exists(), "{blocks}");
    }
    assert_eq!(case.run(&["check", "{folder}"]).code, 1, "with room again all is well");
}
