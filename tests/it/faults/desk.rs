//! A folder that begins again as often as it is wanted, and the program under a library that errs.

use crate::case::{Case, copy, program};
use noticeworks::ledger::Ledger;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// What happens at one change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    Kill,
    Full,
    Bad,
    /// The same of a socket: the process is killed, the connection is reset.
    KillSending,
    Reset,
}

impl Fault {
    fn name(self) -> &'static str {
        match self {
            Self::Kill | Self::KillSending => "kill",
            Self::Full => "ENOSPC",
            Self::Bad => "EIO",
            Self::Reset => "ECONNRESET",
        }
    }

    fn place(self) -> &'static str {
        if matches!(self, Self::KillSending | Self::Reset) { "socket" } else { "disk" }
    }
}

/// How a command ended.
#[derive(Debug)]
pub struct Ended {
    pub code: Option<i32>,
    pub killed: bool,
    pub told: String,
}

/// The library that errs, made once.
fn shim() -> &'static Path {
    static MADE: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, library) = MADE.get_or_init(|| {
        let dir = tempfile::tempdir().unwrap();
        let (source, library) = (dir.path().join("shim.c"), dir.path().join("shim.so"));
        fs::write(&source, include_str!("shim.c")).unwrap();
        let made = Command::new("cc")
            .args(["-shared", "-fPIC", "-O1", "-o"])
            .args([&library, &source])
            .arg("-ldl")
            .status();
        assert!(made.unwrap().success());
        (dir, library)
    });
    library
}

/// A case whose whole state is kept aside, to begin from again.
pub struct Desk {
    pub case: Case,
    aside: tempfile::TempDir,
    /// The test made its record old, which an audit tells.
    aged: bool,
}

impl Desk {
    /// The small clinic with so many rows more, some of them with e-mail, one of them held.
    pub fn clinic(rows: usize) -> Self {
        let case = Case::sample("small-clinic");
        let mut roster = case.read("roster.csv");
        for n in 0..rows {
            let mail = match n % 10 {
                0 => format!("person{n}@inbox{}.example,Y", n % 7),
                _ => ",".into(),
            };
            roster += &format!(
                "F{n},elm-street,Ada,,Nowak,,{n} Quarry Road,,Bloomington,IN,47401,,{mail},19{}-01-01,,,,,Name;Diagnosis,\n",
                40 + n % 50
            );
        }
        fs::write(case.path("roster.csv"), roster).unwrap();
        Self::of(case, false)
    }

    pub fn of(case: Case, aged: bool) -> Self {
        let desk = Self { case, aside: tempfile::tempdir().unwrap(), aged };
        desk.keep();
        desk
    }

    /// What was done until now is what the next trial begins from.
    pub fn keep(&self) {
        let _ = fs::remove_dir_all(self.kept());
        copy(&self.home(), &self.kept());
    }

    /// The folder around the incident's own.
    fn home(&self) -> PathBuf {
        self.case.folder().parent().unwrap().to_path_buf()
    }

    fn kept(&self) -> PathBuf {
        self.aside.path().join("home")
    }

    pub fn begin_again(&self) {
        let home = self.home();
        for entry in fs::read_dir(&home).unwrap() {
            let path = entry.unwrap().path();
            let gone =
                if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            gone.unwrap();
        }
        copy(&self.kept(), &home);
        fs::create_dir_all(home.join("tmp")).unwrap();
    }

    /// Does a command for good.
    pub fn does(&self, arguments: &[&str]) -> String {
        let said = self.case.run(arguments);
        assert!(said.code <= 1, "{arguments:?}: {} {}", said.code, said.stderr);
        said.stdout
    }

    /// Runs a command, with a fault at one of its changes.
    pub fn run(&self, arguments: &[&str], fault: Option<(Fault, u64)>) -> Ended {
        let folder = self.case.folder();
        let home = self.home();
        let mut command = program();
        command
            .args(arguments.iter().map(|a| {
                a.replace("{folder}", folder.to_str().unwrap())
                    .replace("{home}", home.to_str().unwrap())
            }))
            .env("NOTICEWORKS_STATE", home.join("state"))
            .env("TMPDIR", home.join("tmp"))
            .env("LD_PRELOAD", shim())
            .env("CHANGES_COUNTED", self.aside.path().join("changes"));
        if let Some((fault, at)) = fault {
            command
                .env("FAULT", fault.name())
                .env("FAULT_ON", fault.place())
                .env("FAULT_AT", at.to_string());
        }
        let output = command.output().unwrap();
        Ended {
            code: output.status.code(),
            killed: output.status.signal() == Some(9),
            told: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Changes of the disk and of sockets that the last command made.
    pub fn counted(&self) -> (u64, u64) {
        let text = fs::read_to_string(self.aside.path().join("changes")).unwrap();
        let (disk, socket) = text.split_once(' ').unwrap();
        (disk.parse().unwrap(), socket.parse().unwrap())
    }

    /// Every file but the ledger with its digest; staged ones stand under no final name.
    pub fn files(&self) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        gather(&self.home(), "", &mut found);
        found
    }

    /// The ledger adds up; what `status` says of it, without the times.
    pub fn whole(&self) -> String {
        let ledger = Ledger::look(&self.case.folder()).unwrap();
        if let Some(ledger) = ledger.filter(|_| !self.aged) {
            assert_eq!(ledger.audit().unwrap().wrong, Vec::<String>::new());
        }
        let status = self.case.run(&["status", "{folder}", "--json"]);
        if status.stdout.is_empty() {
            return format!("{} {}", status.code, status.stderr);
        }
        let mut json = status.json();
        forget_times(&mut json);
        json.to_string()
    }
}

fn gather(folder: &Path, above: &str, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let part = name.starts_with('.') || name.ends_with(".part");
        // Marks of ledgers and temporary files; who is at work, or was when it was killed.
        let outside = above.is_empty() && ["state", "tmp"].contains(&name.as_str());
        if part || outside || name.starts_with("ledger.sqlite") || name == "work.lock" {
            continue;
        }
        let inside = format!("{above}{name}");
        if path.is_dir() {
            gather(&path, &format!("{inside}/"), found);
        } else {
            let digest = Sha256::digest(fs::read(&path).unwrap());
            found.insert(inside, digest.iter().map(|b| format!("{b:02x}")).collect());
        }
    }
}

fn forget_times(json: &mut Value) {
    match json {
        Value::Object(map) => {
            map.retain(|key, _| !matches!(key.as_str(), "at" | "events" | "since" | "days"));
            map.values_mut().for_each(forget_times);
        }
        Value::Array(list) => list.iter_mut().for_each(forget_times),
        Value::String(text) if text.contains('T') && text.ends_with('Z') => text.clear(),
        _ => {}
    }
}
