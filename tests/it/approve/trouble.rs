//! Disk full, nowhere to write, a clock set back: a clean stop that says what to do.

use super::*;

/// Runs through a shell, which sets limits that the program inherits.
fn limited(case: &Case, shell: &str) -> Said {
    let program = env!("CARGO_BIN_EXE_noticeworks");
    let command =
        shell.replace("{program}", program).replace("{folder}", case.folder().to_str().unwrap());
    let output = Command::new("bash")
        .args(["-c", &command])
        .env("NOTICEWORKS_STATE", case.path("../state"))
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    Said {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn a_full_disk_leaves_what_was() {
    let case = approved();
    assert!(finals(&case));
    let before = sha256(&case.batch("out/letters", 1));
    // No file may grow beyond 8 blocks of 1 KiB, as on a disk that is full.
    for command in ["letters {folder}", "approve {folder} --by Somebody"] {
        let said =
            limited(&case, &format!("trap '' XFSZ; ulimit -f 8; exec {{program}} {command}"));
        assert_eq!(said.code, 3, "{command}: {}", said.stderr);
        assert!(said.stderr.contains("cannot"), "{}", said.stderr);
    }
    assert_eq!(sha256(&case.batch("out/letters", 1)), before);
    assert!(!case.path("out/.letters.new").exists());
    assert!(finals(&case));
}

#[test]
fn a_place_that_is_no_folder_stops_before_anything_is_recorded() {
    let case = approved();
    fs::remove_dir_all(case.path("out")).unwrap();
    fs::write(case.path("out"), "a file").unwrap();
    let said = case.run(&["letters", "{folder}"]);
    assert_eq!(said.code, 3, "{}", said.stderr);
    let status = case.run(&["status", "{folder}", "--json"]);
    assert_eq!(status.json()["waves"][0]["seals"][0]["printed_letters"], 0);
    fs::remove_file(case.path("out")).unwrap();
    assert!(finals(&case));
}

#[test]
fn a_clock_set_back_is_told() {
    let case = approved();
    let said = limited(&case, "exec faketime '2020-01-01 12:00:00' {program} letters {folder}");
    assert_eq!(said.code, 4, "{}", said.stderr);
    assert!(said.stderr.contains("the clock says 2020-01-01"), "{}", said.stderr);
    assert!(said.stderr.contains("set this machine's clock right"), "{}", said.stderr);
    assert!(finals(&case));
}

#[test]
fn an_empty_file_is_no_evidence() {
    let case = approved();
    assert!(finals(&case));
    assert!(case.run(&["filings", "{folder}"]).code < 2);
    let receipt = case.path("postage.pdf");
    let file = receipt.to_str().unwrap();
    let posted: &[&str] = &["confirm", "letters", "{folder}", "--batch", "1-2", "--posted"];
    let filed: &[&str] = &["filings", "record", "{folder}", "hipaa-hhs-annual.elm-street"];
    for (command, rest) in
        [(posted, &["2026-09-11"][..]), (filed, &["--on", "2026-09-14", "--number", "26-0117"])]
    {
        let arguments = [command, rest, &["--evidence", file]].concat();
        fs::write(&receipt, "").unwrap();
        let said = case.run(&arguments);
        assert_eq!(said.code, 2, "{}", said.stderr);
        assert!(said.stderr.contains("postage.pdf` is empty"), "{}", said.stderr);
    }
    let status = case.run(&["status", "{folder}", "--json"]).json();
    assert_eq!(status["waves"][0]["seals"][0]["posted_letters"], 0, "nothing was recorded");
    fs::write(&receipt, "made up").unwrap();
    let said = case.run(&[posted, &["2026-09-11", "--evidence", file]].concat());
    assert_eq!(said.code, 0, "{}", said.stderr);
}
