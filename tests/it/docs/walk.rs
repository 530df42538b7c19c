//! A desk with copies of the samples on it, where a page's commands are tried.

use crate::case::{Said, copy, program};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

pub struct Desk {
    home: TempDir,
}

impl Desk {
    /// Both samples, of the large one the first people only, and a copy of the small one as `my-incident`, as the README says.
    pub fn new() -> Self {
        let desk = Self { home: TempDir::new().unwrap() };
        for name in ["lakeshore", "small-clinic"] {
            copy(&Path::new("samples").join(name), &desk.path("samples").join(name));
        }
        copy(Path::new("samples/small-clinic"), &desk.path("my-incident"));
        let roster = desk.path("samples/lakeshore/roster.csv");
        let rows: Vec<String> =
            fs::read_to_string(&roster).unwrap().lines().take(401).map(str::to_owned).collect();
        fs::write(&roster, rows.join("\n")).unwrap();
        fs::write(desk.path("postage.pdf"), "made up").unwrap();
        desk
    }

    pub fn path(&self, inside: &str) -> PathBuf {
        self.home.path().join(inside)
    }

    /// Runs `noticeworks <arguments>` with the desk as the working folder; `> FILE` keeps what it
    /// printed.
    pub fn run(&self, arguments: &str) -> Said {
        let (arguments, file) = match arguments.split_once(" > ") {
            Some((arguments, file)) => (arguments, Some(file.trim())),
            None => (arguments, None),
        };
        let said = Said::from(
            program()
                .args(words(arguments))
                .env("NOTICEWORKS_STATE", self.path("state"))
                .current_dir(self.home.path())
                .output()
                .unwrap(),
        );
        if let Some(file) = file {
            fs::write(self.path(file), &said.stdout).unwrap();
        }
        said
    }
}

/// Words as a shell parts them, double quotes holding some together.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (n, part) in text.split('"').enumerate() {
        match n % 2 {
            0 => words.extend(part.split_whitespace().map(str::to_owned)),
            _ => words.push(part.to_owned()),
        }
    }
    words
}
