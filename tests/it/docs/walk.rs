//! A desk with the program's folder on it, where a page's commands are tried as they stand.

use crate::case::{Said, copy, program};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

pub struct Desk {
    home: TempDir,
}

impl Desk {
    /// Both samples, of the large one the first people only; nothing that a page does not make.
    pub fn new() -> Self {
        let desk = Self { home: TempDir::new().unwrap() };
        for name in ["lakeshore", "small-clinic"] {
            copy(&Path::new("samples").join(name), &desk.path("samples").join(name));
        }
        let roster = desk.path("samples/lakeshore/roster.csv");
        let rows: Vec<String> =
            fs::read_to_string(&roster).unwrap().lines().take(401).map(str::to_owned).collect();
        fs::write(&roster, rows.join("\n")).unwrap();
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

    /// Does what a line of a page says, as typed into a shell; none for what a test cannot do.
    pub fn type_in(&self, line: &str) -> Option<Said> {
        let line = line.split(" #").next().unwrap().trim();
        let nothing = Said { code: 0, stdout: String::new(), stderr: String::new() };
        let parts = words(line);
        match parts.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["noticeworks", ..] => Some(self.run(line.strip_prefix("noticeworks ").unwrap())),
            ["echo", text, ">", file] => {
                fs::write(self.path(file), format!("{text}\n")).unwrap();
                Some(nothing)
            }
            ["cp", "-R", from, to] => {
                copy(&self.path(from), &self.path(to));
                Some(nothing)
            }
            // Cargo built the program that is tried here; the name of its own command must be right.
            ["cargo", "install", "--locked", "--path", "."] => {
                assert!(
                    fs::read_to_string("Cargo.toml").unwrap().contains("name = \"noticeworks\"")
                );
                Some(nothing)
            }
            _ => None,
        }
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

/// What a page shows in indented or fenced code, in its order.
#[derive(Debug)]
pub enum Shown {
    /// A command, and what it is said to print: some of its lines.
    Command(String, Vec<String>),
    /// Lines of an incident.toml.
    Toml(Vec<String>),
}

/// All code of a page. A line that stands below no command and in no TOML is a command.
pub fn shown(page: &str) -> Vec<Shown> {
    let mut all = Vec::new();
    let mut fence: Option<&str> = None;
    for line in page.lines() {
        if let Some(kind) = line.strip_prefix("```") {
            fence = if fence.is_some() { None } else { Some(kind) };
            if fence == Some("toml") {
                all.push(Shown::Toml(Vec::new()));
            }
            continue;
        }
        match (fence, line.strip_prefix("    ")) {
            (Some("toml"), _) => {
                let Some(Shown::Toml(lines)) = all.last_mut() else { unreachable!() };
                lines.push(line.to_owned());
            }
            (Some(_), _) => match (line.strip_prefix("$ "), all.last_mut()) {
                (Some(command), _) => all.push(Shown::Command(command.to_owned(), Vec::new())),
                (None, Some(Shown::Command(_, says))) => says.push(line.to_owned()),
                (None, _) => panic!("output below no command: {line}"),
            },
            (None, Some(command)) => all.push(Shown::Command(command.to_owned(), Vec::new())),
            (None, None) => {}
        }
    }
    all
}

/// `noticeworks ...` within sentences: whole commands too, since somebody will type them.
pub fn inline(page: &str) -> Vec<String> {
    let text = page.split("```").step_by(2).collect::<String>();
    let spans = text.split('`').skip(1).step_by(2);
    spans.filter(|span| span.starts_with("noticeworks ")).map(str::to_owned).collect()
}
