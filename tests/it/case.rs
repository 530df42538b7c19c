//! One way to try the program as a user would: a folder, a command, what it said.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;
use tempfile::TempDir;

/// A copy of a sample incident in a folder of its own.
pub struct Case {
    home: TempDir,
}

impl Case {
    /// Copies `samples/<name>`.
    pub fn sample(name: &str) -> Self {
        let home = TempDir::new().unwrap();
        let case = Self { home };
        fs::create_dir(case.folder()).unwrap();
        for entry in fs::read_dir(Path::new("samples").join(name)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                fs::copy(&path, case.folder().join(path.file_name().unwrap())).unwrap();
            }
        }
        plant(&case.folder());
        case
    }

    pub fn folder(&self) -> PathBuf {
        self.home.path().join("incident")
    }

    pub fn path(&self, inside: &str) -> PathBuf {
        self.folder().join(inside)
    }

    /// The file of letters with this number, whatever stream it is of; none is `none.pdf`.
    pub fn batch(&self, folder: &str, number: u32) -> PathBuf {
        let end = format!("-{number:04}.pdf");
        let found = fs::read_dir(self.path(folder)).ok().and_then(|mut entries| {
            entries.find_map(|entry| {
                let path = entry.unwrap().path();
                path.to_str().unwrap().ends_with(&end).then_some(path)
            })
        });
        found.unwrap_or_else(|| self.path(folder).join("none.pdf"))
    }

    pub fn read(&self, inside: &str) -> String {
        fs::read_to_string(self.path(inside)).unwrap()
    }

    /// Replaces text in a file of the folder; the text must be there.
    pub fn edit(&self, file: &str, from: &str, to: &str) -> &Self {
        let text = self.read(file);
        assert!(text.contains(from), "{file} does not hold {from:?}");
        fs::write(self.path(file), text.replace(from, to)).unwrap();
        self
    }

    /// Runs `noticeworks <arguments>` with `{folder}` replaced.
    pub fn run(&self, arguments: &[&str]) -> Said {
        let folder = self.folder();
        let folder = folder.to_str().unwrap();
        let arguments: Vec<String> =
            arguments.iter().map(|a| a.replace("{folder}", folder)).collect();
        let mut command = program();
        command.env("NOTICEWORKS_STATE", self.home.path().join("state"));
        Said::from(command.args(arguments).output().unwrap())
    }
}

/// A secret that is no secret: same folder, same bytes.
pub const SECRET: [u8; 32] = *b"made-up secret of a made-up case";

/// Puts the secret into an incident folder.
pub fn plant(folder: &Path) {
    fs::write(folder.join("ledger.secret"), SECRET).unwrap();
}

/// What `run` made of Lakeshore's 6,000 rows: once for all tests, which only read it.
pub struct Made {
    case: Case,
    said: Said,
}

pub fn lakeshore() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| {
        let case = Case::sample("lakeshore");
        let said = case.run(&["run", "--json", "--jobs", "2", "{folder}"]);
        Made { case, said }
    })
}

impl Made {
    pub fn path(&self, inside: &str) -> PathBuf {
        self.case.path(inside)
    }

    pub fn read(&self, inside: &str) -> String {
        self.case.read(inside)
    }

    /// What `run --json` said and how it ended.
    pub fn said(&self) -> &Said {
        &self.said
    }
}

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).unwrap();
        }
    }
}

/// Where marks of ledgers lie that no case keeps to itself: another run of the tests knows nothing of
/// this one's.
fn state() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("state-{}", std::process::id()))
}

/// The program, without colors or progress bars.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_noticeworks"));
    command.env("NO_COLOR", "1").env("COLUMNS", "100");
    // Marks of ledgers belong to the test, not to who runs it.
    command.env("NOTICEWORKS_STATE", state());
    command
}

/// What a command said and how it ended.
pub struct Said {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Said {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|e| panic!("{e}\n{}\n{}", self.stdout, self.stderr))
    }
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// Whether all cases are asked for instead of seeded samples (`./test --full`).
pub fn full() -> bool {
    std::env::var("NOTICEWORKS_FULL").is_ok_and(|value| value == "1")
}
