//! What is not ours stays; two commands at once do not take each other's files away; a ledger is
//! there whole or not at all.

#![allow(clippy::unwrap_used)]

use crate::case::{Case, program};
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Stdio};
use std::thread;

fn spawn(case: &Case, command: &[&str]) -> Child {
    let folder = case.folder();
    let arguments = command.iter().map(|a| a.replace("{folder}", folder.to_str().unwrap()));
    program()
        .args(arguments)
        .env("NOTICEWORKS_STATE", case.path("../state"))
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

#[test]
fn a_folder_with_anything_else_in_it_is_never_replaced() {
    let case = Case::sample("small-clinic");
    let place = case.path("../documents");
    let to = place.to_str().unwrap();
    // In folders that were never ours, whatever the files are called.
    for foreign in ["letters/important.txt", "filings/2024/taxes.pdf", "review/plan/index.html"] {
        let file = place.join(foreign);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, "mine").unwrap();
        let said = case.run(&["run", "{folder}", "--out", to]);
        assert_eq!(said.code, 4, "{foreign}: {}", said.stderr);
        assert!(said.stderr.contains("out.foreign"), "{}", said.stderr);
        assert!(said.stderr.contains(foreign.rsplit('/').next().unwrap()), "{}", said.stderr);
        assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
        assert!(!place.join("letters/manifest.csv").exists(), "nothing was made");
        fs::remove_dir_all(place.join(foreign.split('/').next().unwrap())).unwrap();
    }
    // In folders that are ours.
    assert!(case.run(&["run", "{folder}", "--out", to]).code < 2);
    assert!(case.run(&["run", "{folder}", "--out", to]).code < 2, "ours is replaced");
    for (foreign, command) in [
        ("letters/batch-0001 signed.pdf", "letters"),
        ("filings/hhs/receipt.pdf", "filings"),
        ("notices/note.txt", "filings"),
        ("email/list.csv", "email"),
    ] {
        let file = place.join(foreign);
        fs::write(&file, "mine").unwrap();
        let said = case.run(&[command, "{folder}", "--out", to]);
        assert_eq!(said.code, 4, "{foreign}: {}", said.stderr);
        assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
        fs::remove_file(&file).unwrap();
        assert!(case.run(&[command, "{folder}", "--out", to]).code < 2, "{command}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_in_a_products_folder_is_not_ours() {
    let case = Case::sample("small-clinic");
    assert!(case.run(&["run", "{folder}"]).code < 2);
    let batch = case.batch("out/letters", 1);
    fs::rename(&batch, case.path("kept.pdf")).unwrap();
    std::os::unix::fs::symlink(case.path("kept.pdf"), &batch).unwrap();
    let said = case.run(&["letters", "{folder}"]);
    assert_eq!(said.code, 4, "{}", said.stderr);
    assert!(batch.is_symlink());
}

#[test]
fn a_single_file_that_is_not_ours_is_never_replaced() {
    let case = Case::sample("small-clinic");
    let place = case.path("../documents");
    let to = place.to_str().unwrap();
    fs::create_dir_all(&place).unwrap();
    let mine = |name: &str| fs::read_to_string(place.join(name)).unwrap() == "mine";
    for (name, commands) in [
        ("plan.json", &["run"][..]),
        ("findings.csv", &["check", "run"]),
        ("findings.xlsx", &["check", "run"]),
        (".noticeworks", &["check", "run"]),
    ] {
        fs::write(place.join(name), "mine").unwrap();
        for command in commands {
            let said = case.run(&[command, "{folder}", "--out", to]);
            assert_eq!(said.code, 4, "{command} {name}: {}", said.stderr);
            assert!(said.stderr.contains("out.foreign"), "{}", said.stderr);
            assert!(said.stderr.contains(name) && said.stderr.contains("take it away"));
            assert!(mine(name), "{command} {name}");
            assert!(!place.join("letters").exists());
        }
        fs::remove_file(place.join(name)).unwrap();
        let _ = fs::remove_file(place.join(".noticeworks"));
    }
    // What an earlier run wrote is replaced, also where a spreadsheet changed it since.
    assert!(case.run(&["run", "{folder}", "--out", to]).code < 2);
    fs::write(place.join("findings.csv"), "changed").unwrap();
    assert!(case.run(&["run", "{folder}", "--out", to]).code < 2);
    assert!(!fs::read_to_string(place.join("findings.csv")).unwrap().contains("changed"));
    // What a version wrote that kept no list is known by how it reads.
    let list = place.join(".noticeworks");
    fs::remove_file(&list).unwrap();
    let said = case.run(&["run", "{folder}", "--out", to]);
    assert!(said.code < 2, "{}", said.stderr);
    assert_eq!(fs::read_to_string(&list).unwrap().lines().count(), 4);
    // Letters printed again.
    assert_eq!(case.run(&["approve", "{folder}", "--by", "A. Counsel"]).code, 0);
    let manifest = fs::read_to_string(place.join("letters/manifest.csv")).unwrap();
    let piece = manifest.lines().nth(1).unwrap().split(',').next().unwrap();
    let again = |case: &Case| case.run(&["letters", "{folder}", "--piece", piece, "--out", to]);
    fs::create_dir(place.join("letters-again")).unwrap();
    let name = format!("letters-again/{piece}.pdf");
    fs::write(place.join(&name), "mine").unwrap();
    let said = again(&case);
    assert_eq!(said.code, 4, "{}", said.stderr);
    assert!(mine(&name));
    fs::remove_file(place.join(&name)).unwrap();
    assert_eq!(again(&case).code, 0);
    assert_eq!(again(&case).code, 0, "ours is replaced");
    fs::remove_file(place.join("letters-again/.noticeworks")).unwrap();
    assert_eq!(again(&case).code, 0, "a version that kept no list");
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    use std::os::unix::fs::symlink;
    let case = Case::sample("small-clinic");
    assert!(case.run(&["run", "{folder}"]).code < 2);
    assert_eq!(case.run(&["approve", "{folder}", "--by", "A. Counsel"]).code, 0);
    let manifest = case.read("out/letters/manifest.csv");
    let piece = manifest.lines().nth(1).unwrap().split(',').next().unwrap().to_owned();
    let elsewhere = case.path("../elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    let target = elsewhere.join("target");
    // Under the final name, whole folders, and the names under which files are made.
    for (name, command, refused) in [
        ("plan.json", &["run", "{folder}"][..], true),
        ("findings.csv", &["check", "{folder}"], true),
        (".noticeworks", &["check", "{folder}"], true),
        ("letters-again", &["letters", "{folder}", "--piece", &piece], true),
        ("review", &["run", "{folder}"], true),
        (".plan.json.part", &["run", "{folder}"], false),
        ("findings.csv.part", &["check", "{folder}"], false),
        ("findings.xlsx.part", &["check", "{folder}"], false),
        (".review.new", &["run", "{folder}"], false),
    ] {
        let link = case.path(&format!("out/{name}"));
        let kept = case.path("../kept");
        let there = link.exists();
        if there {
            fs::rename(&link, &kept).unwrap();
        }
        let to = if name.contains('.') && !name.ends_with("new") { &target } else { &elsewhere };
        fs::write(&target, "mine").unwrap();
        symlink(to, &link).unwrap();
        let said = case.run(command);
        match refused {
            true => assert_eq!(said.code, 4, "{name}: {}", said.stderr),
            false => assert!(said.code < 2, "{name}: {}", said.stderr),
        }
        assert_eq!(fs::read_to_string(&target).unwrap(), "mine", "{name}");
        assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 1, "{name}");
        if refused {
            assert!(link.is_symlink(), "{name}");
            fs::remove_file(&link).unwrap();
            if there {
                fs::rename(&kept, &link).unwrap();
            }
        }
    }
}

/// Takes the lists away, as a version that kept none left the folders.
fn without_lists(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        let mark = entry.unwrap().path().join(".noticeworks");
        if mark.exists() {
            fs::remove_file(mark).unwrap();
        }
    }
}

#[test]
fn what_an_earlier_version_wrote_is_known_by_its_names() {
    let case = Case::sample("lakeshore");
    let roster = case.read("roster.csv");
    let few: Vec<&str> = roster.lines().take(40).collect();
    fs::write(case.path("roster.csv"), few.join("\n") + "\n").unwrap();
    assert!(case.run(&["run", "{folder}"]).code < 2);
    without_lists(&case.path("out"));
    let said = case.run(&["run", "{folder}"]);
    assert!(said.code < 2, "{}", said.stderr);
    assert!(case.run(&["filings", "{folder}", "--annual-log", "2026"]).code < 2);
    assert!(case.run(&["filings", "{folder}"]).code < 2, "a log is ours");
    without_lists(&case.path("out"));
    fs::write(case.path("out/letters/thesis.pdf"), "mine").unwrap();
    let said = case.run(&["run", "{folder}"]);
    assert_eq!(said.code, 4, "{}", said.stderr);
    assert!(said.stderr.contains("thesis.pdf"), "{}", said.stderr);
}

#[test]
fn the_second_of_two_commands_waits_or_says_who_is_at_work() {
    let case = Case::sample("small-clinic");
    assert!(case.run(&["run", "{folder}"]).code < 2);
    for command in ["filings", "run", "check"] {
        let both = [spawn(&case, &[command, "{folder}"]), spawn(&case, &[command, "{folder}"])];
        for child in both {
            let output = child.wait_with_output().unwrap();
            let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
            let code = output.status.code().unwrap();
            assert!(code < 2 || (code == 4 && stderr.contains("folder.busy")), "{code} {stderr}");
        }
    }
    let mut lock = fs::File::options().write(true).open(case.path("work.lock")).unwrap();
    lock.lock().unwrap();
    lock.write_all(b"`noticeworks export` (process 7)").unwrap();
    thread::scope(|scope| {
        for command in [&["check"][..], &["filings"], &["run"], &["approve", "--by", "A"]] {
            let arguments = [command, &["{folder}"]].concat();
            let case = &case;
            scope.spawn(move || {
                let said = case.run(&arguments);
                assert_eq!(said.code, 4, "{arguments:?} {}", said.stderr);
                assert!(said.stderr.contains("(process 7) is at work"), "{}", said.stderr);
            });
        }
    });
    assert_eq!(case.run(&["status", "{folder}"]).code, 0, "a question needs no lock");
    drop(lock);
    assert!(case.run(&["check", "{folder}"]).code < 2);
}

#[test]
fn a_ledger_that_was_being_made_is_made_anew() {
    let case = Case::sample("small-clinic");
    // As a kill leaves them.
    fs::write(case.path(".ledger.sqlite.new"), "half").unwrap();
    fs::write(case.path(".ledger.sqlite.new-journal"), "half").unwrap();
    case.run(&["status", "{folder}"]);
    assert!(!case.path("ledger.sqlite").exists());
    assert!(case.run(&["check", "{folder}"]).code < 2);
    assert!(!case.path(".ledger.sqlite.new").exists());
    assert!(!case.path(".ledger.sqlite.new-journal").exists());
    assert_eq!(case.run(&["status", "{folder}", "--json"]).code, 0);
}

#[test]
fn waves_whose_names_differ_only_in_case_are_refused() {
    let case = Case::sample("small-clinic");
    let mut text = case.read("incident.toml");
    text.push_str("\n[[wave]]\nid = \"W1\"\nroster = \"roster.csv\"\nmail_on = 2026-10-11\n");
    fs::write(case.path("incident.toml"), text).unwrap();
    let said = case.run(&["check", "{folder}", "--wave", "w1"]);
    assert_eq!(said.code, 2, "{}", said.stderr);
    assert!(said.stderr.contains("incident.duplicate_id"), "{}", said.stderr);
    case.edit("incident.toml", "id = \"W1\"", "id = \"W2\"");
    assert!(case.run(&["check", "{folder}", "--wave", "w1"]).code < 2);
}
