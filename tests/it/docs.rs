//! The pages for users: current where they are written by the program, and true where they show
//! what it does.

mod compare;
mod pages;
mod proofs;
pub mod walk;

pub use proofs::is_a_test;

use noticeworks::cli::reference::{FILES, Output, reference};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use walk::Desk;

/// What a command prints as JSON; it may end with findings.
fn json(desk: &Desk, arguments: &str) -> Value {
    let said = desk.run(arguments);
    assert!(matches!(said.code, 0 | 1), "{arguments}: {}", said.stderr);
    said.json()
}

fn outputs(desk: &Desk) -> Vec<Output> {
    // The first hour: no roster yet, so that duties are only possible.
    fs::create_dir(desk.path("first-hour")).unwrap();
    let facts = fs::read_to_string(desk.path("samples/small-clinic/incident.toml")).unwrap();
    let estimate = "\n[[estimate]]\nentity = \"elm-street\"\njurisdiction = \"IN\"\ncount = 7\n";
    fs::write(desk.path("first-hour/incident.toml"), facts + estimate).unwrap();
    let of = |command, arguments: &[&str]| Output {
        command,
        printed: arguments.iter().map(|a| json(desk, a)).collect(),
    };
    let explain = "plan samples/lakeshore --json --explain hipaa-individual.harbor-health";
    vec![
        of(
            "check --json, run --json",
            &[
                "check samples/lakeshore --json --as-of 2026-12-01",
                "run samples/small-clinic --json --as-of 2026-09-11",
            ],
        ),
        of("plan --json", &["plan samples/lakeshore --json", "plan first-hour --json"]),
        of("plan --explain DUTY --json", &[explain]),
        of("verify --json", &["verify samples/small-clinic --draft --json"]),
    ]
}

#[test]
fn the_reference_is_current() {
    let desk = Desk::new();
    let outputs = outputs(&desk);
    let text = reference(&outputs);
    let path = "docs/REFERENCE.md";
    if std::env::var_os("NOTICEWORKS_WRITE_DOCS").is_some() {
        fs::write(path, &text).unwrap();
    }
    let written = fs::read_to_string(path).unwrap_or_default();
    let stale = text.lines().zip(written.lines()).find(|(new, old)| new != old);
    assert!(
        written == text,
        "run the docs tests with NOTICEWORKS_WRITE_DOCS=1 to renew {path}: {stale:?}"
    );
    // Every code that a run reports has its row.
    for output in outputs {
        for code in
            output.printed.iter().filter_map(|v| v["findings"].as_object()).flat_map(|f| f.keys())
        {
            assert!(text.contains(&format!("\n| `{code}` |")), "{code} is in no row");
        }
    }
}

#[test]
fn every_file_of_a_run_is_in_the_reference() {
    let desk = Desk::new();
    desk.run("run samples/small-clinic");
    let folder = desk.path("samples/small-clinic");
    let known = |file: &str| FILES.iter().any(|(pattern, _)| matches(pattern, file));
    for file in crate::run::files(&folder) {
        let name = file.strip_prefix(&folder).unwrap().to_str().unwrap();
        assert!(
            known(name) || ["incident.toml", "roster.csv", "later.csv"].contains(&name),
            "{name}"
        );
    }
}

/// Whether a path is of a pattern with at most one `*`.
fn matches(pattern: &str, path: &str) -> bool {
    match pattern.split_once('*') {
        Some((before, after)) => {
            path.len() >= pattern.len() - 1 && path.starts_with(before) && path.ends_with(after)
        }
        None => pattern == path,
    }
}

#[test]
fn every_link_between_the_pages_leads_somewhere() {
    let mut pages: Vec<PathBuf> =
        ["README.md", "CONTRIBUTING.md", "SECURITY.md"].map(PathBuf::from).into();
    pages.extend(fs::read_dir("docs").unwrap().map(|e| e.unwrap().path()));
    let mut broken = Vec::new();
    for page in pages.iter().filter(|p| p.extension().is_some_and(|e| e == "md")) {
        let text = fs::read_to_string(page).unwrap();
        for (at, _) in text.match_indices("](") {
            let target = text[at + 2..].split(')').next().unwrap();
            let file = target.split('#').next().unwrap();
            let there = page.parent().unwrap_or(Path::new("")).join(file).exists();
            if !target.contains("://") && !there {
                broken.push(format!("{}: {target}", page.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn completions_and_manual_pages_know_every_command() {
    let desk = Desk::new();
    let commands = ["init", "check", "plan", "run", "law", "sample", "completions", "man"];
    for shell in ["bash", "zsh", "fish"] {
        let script = desk.run(&format!("completions {shell}")).stdout;
        assert!(commands.iter().all(|c| script.contains(c)), "{shell}");
    }
    assert!(desk.run("man").stdout.contains("noticeworks\\-law(1)"));
    assert_eq!(desk.run("man pages").code, 0);
    for command in commands {
        let page =
            fs::read_to_string(desk.path(&format!("pages/noticeworks-{command}.1"))).unwrap();
        assert!(page.contains(&format!("noticeworks\\-{command}")), "{command}: {page}");
    }
    assert!(desk.path("pages/noticeworks-law-show.1").exists());
}

#[test]
fn help_is_one_screen_in_words_of_the_office() {
    let desk = Desk::new();
    let help = desk.run("--help").stdout;
    assert!(help.lines().count() < 60, "{help}");
    assert!(
        help.starts_with("From a list of patients and the facts of a data breach to every notice")
    );
    for code in
        ["  0    all well\n", "  1    done, but", "  2    nothing was done", "  130  interrupted\n"]
    {
        assert!(help.contains(code), "{code}: {help}");
    }
    let reference = fs::read_to_string("docs/REFERENCE.md").unwrap();
    let commands =
        reference.split("\n## Commands").nth(1).unwrap().split("\n## Exit").next().unwrap();
    for word in ["spool", "stdout", "standard output", "parallel", "render"] {
        let text = commands.split_once("###").unwrap().1;
        assert!(!help.contains(word) && !text.contains(word), "{word} is no word of the office");
    }
    // Every option and command says what it is for.
    assert!(!commands.contains(" |  |\n") && !commands.contains("\n\n.\n"), "{commands}");
}
