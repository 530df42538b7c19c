//! What benches of whole commands share.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

/// The program, quiet.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_noticeworks"));
    command.stderr(Stdio::null());
    command
}

/// A copy of `samples/lakeshore` in `folder` with so many distinct rows.
pub fn lakeshore(folder: &Path, rows: u64) {
    copy(Path::new("samples/lakeshore"), folder);
    let roster = fs::File::create(folder.join("roster.csv")).expect("writable");
    let made = program()
        .args(["sample", "--rows", &rows.to_string(), "--seed", "7"])
        .stdout(roster)
        .status();
    assert!(made.expect("the program runs").success());
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the scratch folder can be made");
    for entry in fs::read_dir(from).expect("the sample is there") {
        let path = entry.expect("readable").path();
        let to = to.join(path.file_name().expect("a name"));
        match path.is_dir() {
            true => copy(&path, &to),
            false => drop(fs::copy(&path, to).expect("copied")),
        }
    }
}

/// What `read` makes of a file of a process below /proc, as last seen before the process ended.
pub fn last_seen<T: Default + Send + 'static>(
    process: u32,
    file: &str,
    read: impl Fn(&str) -> Option<T> + Send + 'static,
) -> thread::JoinHandle<T> {
    let path = PathBuf::from(format!("/proc/{process}/{file}"));
    thread::spawn(move || {
        let mut last = T::default();
        while let Ok(text) = fs::read_to_string(&path) {
            let Some(now) = read(&text) else { break };
            last = now;
            thread::sleep(Duration::from_millis(5));
        }
        last
    })
}

/// The most memory a process ever held, in kilobytes, from its `status`.
#[allow(dead_code, reason = "not every bench asks")]
pub fn peak_kb(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}
