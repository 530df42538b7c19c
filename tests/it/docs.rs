//! The pages for users: current where they are written by the program, and true where they show
//! what it does.

pub mod walk;

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
    let of = |command, arguments: &[&str]| Output {
        command,
        printed: arguments.iter().map(|a| json(desk, a)).collect(),
    };
    let explain = "plan samples/lakeshore --json --explain hipaa-individual.harbor-health";
    vec![
        of(
            "check --json, run --json",
            &["check samples/lakeshore --json", "run samples/small-clinic --json"],
        ),
        of("plan --json", &["plan samples/lakeshore --json"]),
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
        assert!(known(name) || ["incident.toml", "roster.csv"].contains(&name), "{name}");
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

/// `noticeworks ...` and `cargo run --release -- ...` in indented or fenced code of a page, without
/// their comments.
fn commands(page: &str) -> Vec<String> {
    let mut fenced = false;
    let mut found = Vec::new();
    for line in page.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
        }
        let Some(code) = line.strip_prefix("    ").or(fenced.then_some(line)) else { continue };
        let code = code.trim_start_matches("$ ");
        let command = ["noticeworks ", "cargo run --release -- "]
            .iter()
            .find_map(|program| code.strip_prefix(program));
        if let Some(command) = command {
            found.push(command.split(" #").next().unwrap().trim().to_owned());
        }
    }
    found
}

/// Runs a page's commands in their order at one desk, on which the samples lie.
fn walk_through(page: &str, least: usize) {
    let text = fs::read_to_string(page).unwrap();
    let commands = commands(&text);
    assert!(commands.len() >= least, "{page} shows only {commands:?}");
    let desk = Desk::new();
    for command in commands {
        let said = desk.run(&command);
        assert!(matches!(said.code, 0 | 1), "{page}: {command}\n{}", said.stderr);
    }
}

#[test]
fn every_command_of_the_readme_works() {
    walk_through("README.md", 4);
}

#[test]
fn every_command_of_the_guide_works() {
    walk_through("docs/GUIDE.md", 9);
}

/// What the guide shows below a command is what the command prints: each line of it, in order.
#[test]
fn the_guide_shows_what_the_commands_say() {
    let text = fs::read_to_string("docs/GUIDE.md").unwrap();
    let desk = Desk::new();
    let mut shown = 0;
    for block in text.split("```").skip(1).step_by(2) {
        if let Some(toml) = block.strip_prefix("toml\n") {
            let files = ["practice/incident.toml", "samples/small-clinic/incident.toml"];
            let real = files.map(|f| fs::read_to_string(desk.path(f)).unwrap()).concat();
            for line in toml.lines().filter(|l| *l != "...") {
                assert!(real.lines().any(|r| r == line), "in no incident.toml: {line}");
            }
            continue;
        }
        let mut lines = block.lines().skip(1);
        let Some(command) = lines.next().and_then(|l| l.strip_prefix("$ noticeworks ")) else {
            continue;
        };
        let said = desk.run(command);
        let all = format!("{}{}", said.stdout, said.stderr);
        let mut rest = all.lines();
        for line in lines.filter(|line| !line.trim().is_empty() && line.trim() != "...") {
            let found = rest.any(|real| real.trim_end() == line.trim_end());
            assert!(found, "{command} does not say, or not in this order: {line}\n{all}");
            shown += 1;
        }
    }
    assert!(shown > 20, "the guide shows {shown} lines only");
}

#[test]
fn every_link_between_the_pages_leads_somewhere() {
    let mut pages = vec![PathBuf::from("README.md")];
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
    assert!(help.lines().count() < 50, "{help}");
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
