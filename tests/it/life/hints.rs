//! Every command that the program prints runs when it is pasted: it names the folder, the wave and
//! the seal, and the program knows its options.

use super::breach::{BOSTON, Breach, PORTLAND, Row};
use clap::Parser;
use noticeworks::cli::args::Cli;
use noticeworks::cli::hint;
use std::collections::BTreeSet;
use std::fs;

/// Commands of a text: between backticks, and after a colon or a comma on a line of its own.
fn commands(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in text.lines() {
        let line = line.trim_matches(['│', ' ']);
        let quoted: Vec<&str> = line.split('`').skip(1).step_by(2).collect();
        found.extend(
            quoted.iter().filter(|part| part.starts_with("noticeworks ")).map(|s| (*s).to_owned()),
        );
        if let Some(at) = line.find("noticeworks ").filter(|_| quoted.is_empty()) {
            let ours = at == 0 || line[..at].ends_with(": ") || line[..at].ends_with(", then ");
            found.extend(ours.then(|| line[at..].to_owned()));
        }
    }
    found
}

/// What a person fills in.
fn filled_in(command: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut open = false;
    for word in command.split(' ') {
        let plain = word.replace('\'', "");
        match open {
            true => {
                let last = words.last_mut().unwrap();
                last.push(' ');
                last.push_str(&plain);
            }
            false => words.push(plain),
        }
        if word.matches('\'').count() % 2 == 1 {
            open = !open;
        }
    }
    let fill = |word: String| match word.as_str() {
        "DATE" | "<day>" => "2026-10-01".to_owned(),
        "FILE" => "evidence.txt".to_owned(),
        "NAME" | "<reference>" => "made-up".to_owned(),
        _ => word,
    };
    words.into_iter().map(fill).collect()
}

/// What a command lacks that nobody can know but the person who pastes it.
fn parses(command: &str) -> Result<(), String> {
    match Cli::try_parse_from(filled_in(command)) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == clap::error::ErrorKind::MissingRequiredArgument => {
            let missing = error.to_string();
            let known = [
                "--by",
                "--on",
                "--why",
                "--number",
                "--evidence",
                "<RECORD",
                "<ID>",
                "--mail-on",
                "CODE",
            ];
            let named: Vec<&str> = missing
                .lines()
                .skip(1)
                .take_while(|line| line.starts_with("  "))
                .map(str::trim)
                .collect();
            match named.iter().all(|line| known.iter().any(|known| line.contains(known))) {
                true => Ok(()),
                false => Err(missing),
            }
        }
        Err(error) => Err(error.to_string()),
    }
}

#[test]
fn a_hint_gets_the_folder_and_the_wave_where_the_command_takes_them() {
    for (text, wanted) in [
        ("run `noticeworks approve` first", "run `noticeworks approve 'my case' --wave w2` first"),
        ("`noticeworks wave --kind remail`", "`noticeworks wave 'my case' --kind remail`"),
        ("`noticeworks filings --wave w3`", "`noticeworks filings 'my case' --wave w3`"),
        ("`noticeworks filings record`", "`noticeworks filings record 'my case' --wave w2`"),
        ("`noticeworks repair undo 3`", "`noticeworks repair undo 'my case' 3`"),
        ("`noticeworks explain CODE`", "`noticeworks explain CODE`"),
        ("`noticeworks nonsense` and `--details`", "`noticeworks nonsense` and `--details`"),
        ("an open `noticeworks check", "an open `noticeworks check"),
    ] {
        assert_eq!(hint::with(text, "my case", Some("w2")), wanted);
    }
}

#[test]
fn what_is_printed_in_the_life_of_a_breach_can_be_pasted() {
    let first: Vec<Row> = (0..4)
        .map(|n| Row::new(n, "harbor-health", PORTLAND))
        .chain([Row::new(4, "prairie-care", BOSTON)])
        .collect();
    let breach = Breach::of(&first);
    let folder = breach.case.folder().display().to_string();
    let mut said = Vec::new();
    let mut run = |command: &str| {
        let answer = breach.run(command);
        for text in [&answer.stdout, &answer.stderr] {
            said.extend(commands(text).into_iter().map(|hint| (command.to_owned(), hint)));
        }
    };
    run("letters {folder}");
    run("run {folder}");
    run("approve {folder} --by A.Counsel");
    run("letters {folder}");
    fs::write(breach.case.path("later.csv"), breach.case.read("roster.csv")).unwrap();
    run("wave {folder} --kind supplemental --roster later.csv --mail-on 2026-10-05");
    let later = breach.case.read("later.csv").replace("1 Maple Street", "1 Other Road");
    fs::write(breach.case.path("later.csv"), later).unwrap();
    run("letters {folder} --wave w1");
    let evidence = breach.case.path("evidence.txt").display().to_string();
    run(&format!(
        "confirm letters {{folder}} --wave w1 --batch 1 --posted 2026-09-18 --evidence {evidence}"
    ));
    run("filings {folder} --wave w1");
    run("run {folder} --wave w2 --details");
    run("approve {folder} --wave w1 --by A.Counsel");
    run("approve {folder} --wave w1 --by A.Counsel --withdraw --why wrong");
    run("letters {folder} --wave w2");
    run("filings {folder} --wave w1 --as-of 2026-11-20");
    run("withdraw {folder} R00001 --by P --why wrong");
    run("wave {folder} --kind remail --mail-on 2026-10-20");
    run("wave {folder} --kind correction --mail-on 2026-10-20 --what-was-wrong Wrong.");
    run("run {folder} --wave w3");
    run("status {folder}");
    let waves =
        BTreeSet::from(["approve", "letters", "run", "check", "verify", "filings", "email"]);
    assert!(said.len() > 15, "{said:#?}");
    for (command, hint) in &said {
        if let Err(why) = parses(hint) {
            panic!("`{command}` says `{hint}`: {why}");
        }
        let name = hint.split(' ').nth(1).unwrap();
        assert!(name == "explain" || hint.contains(&folder), "`{command}` says `{hint}`");
        let named = hint.contains("--wave") || hint.contains("record");
        let needs = command.contains("--wave") && waves.contains(name);
        assert!(named || !needs, "`{command}` says `{hint}`: which wave?");
    }
}
