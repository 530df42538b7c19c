//! One person's story, and what was recorded of the mailing.

use super::*;

fn confirm(case: &Case, more: &[&str]) -> Said {
    fs::write(case.path("postage.txt"), "made up").unwrap();
    let evidence = case.path("postage.txt");
    let mut arguments = vec!["confirm", "letters", "{folder}"];
    arguments.extend(["--evidence", evidence.to_str().unwrap(), "--by", "P. Officer"]);
    arguments.extend(more);
    case.run(&arguments)
}

#[test]
fn only_what_was_printed_is_posted_and_only_once() {
    let case = checked();
    assert_eq!(confirm(&case, &["--batch", "1-2", "--posted", "2026-09-11"]).code, 4);
    approve(&case, &[]);
    let early = confirm(&case, &["--batch", "1-2", "--posted", "2026-09-11"]);
    assert_eq!(early.code, 4, "nothing is printed yet");
    assert!(finals(&case));
    assert_eq!(confirm(&case, &["--batch", "3", "--posted", "2026-09-11"]).code, 4);
    assert_eq!(confirm(&case, &["--batch", "1-2", "--posted", "2999-09-11"]).code, 2);
    assert_eq!(confirm(&case, &["--batch", "1-2"]).code, 2);
    assert_eq!(confirm(&case, &["--batch", "1-2", "--posted", "2026-09-11"]).code, 0);
    assert_eq!(confirm(&case, &["--batch", "1-2", "--posted", "2026-09-12"]).code, 4);
    // The very same again, as after a kill, is no second posting.
    let again = confirm(&case, &["--batch", "1-2", "--posted", "2026-09-11"]);
    assert_eq!(again.code, 0, "{}", again.stderr);
    assert!(again.stdout.starts_with("Recorded before: 2 batches posted"), "{}", again.stdout);
    let status = case.run(&["status", "{folder}", "--json"]).json();
    let seal = &status["waves"][0]["seals"][0];
    assert_eq!((&seal["posted_letters"], &seal["printed_letters"]), (&7.into(), &7.into()));
    // Something went out: what was approved cannot be approved otherwise.
    case.edit("incident.toml", "a laptop was stolen", "a notebook was stolen");
    assert_eq!(approve(&case, &[]).code, 4);
}

#[test]
fn a_merged_minor_is_traced_from_row_to_root() {
    let case = Case::sample("small-clinic");
    let text = case.read("roster.csv");
    let child = "3001,elm-street,Nora,,Okafor,,9 Quarry Lane,,Bloomington,IN,47401,,,,2017-05-01,,,,,Name;Diagnosis,\n3002,elm-street,Nora,,Okafor,,9 Quarry Lane,,Bloomington,IN,47401,,,,2017-05-01,,,,,Name;DOB,\n";
    fs::write(case.path("roster.csv"), format!("{text}{child}")).unwrap();
    case.run(&["check", "{folder}"]);
    assert_eq!(approve(&case, &[]).code, 0);
    assert!(finals(&case));
    assert_eq!(confirm(&case, &["--batch", "1-2", "--posted", "2026-09-11"]).code, 0);
    let pdf = case.path("one.pdf");
    let said = case.run(&["trace", "{folder}", "3001", "--json", "--pdf", pdf.to_str().unwrap()]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let story = said.json();
    let wave = &story["waves"][0];
    assert_eq!(wave["recipient"], "the parent or guardian");
    assert_eq!(wave["merged_rows"].as_array().unwrap().len(), 1);
    assert_eq!(wave["outcome"], "to_mail");
    assert_eq!(wave["elements"].as_array().unwrap().len(), 3, "the union of both rows");
    let letter = &wave["pieces"][0];
    let proof = &letter["seal"];
    assert_eq!(proof["approved_by"][0], "A. Counsel, General Counsel");
    assert_eq!(letter["deliveries"][0]["what"], "posted");
    assert!(letter["printed"]["first_page"].as_u64().unwrap() > 0);
    // The path can be walked with sha256sum alone.
    let sealed = case.path("sealed/w1-1");
    assert_eq!(proof["root"], sha256(&sealed.join("root.txt")).as_str());
    let list = sealed.join(proof["list"].as_str().unwrap());
    assert_eq!(proof["list_sha256"], sha256(&list).as_str());
    let line = proof["line"].as_u64().unwrap() as usize - 1;
    let text = fs::read_to_string(list).unwrap();
    let expected =
        format!("{}  {}.txt", proof["leaf"].as_str().unwrap(), letter["piece"].as_str().unwrap());
    assert_eq!(text.lines().nth(line).unwrap(), expected);
    assert!(fs::read(pdf).unwrap().starts_with(b"%PDF"));
    assert!(!said.stdout.contains("Okafor"), "names are shown on request only");

    let merged = case.run(&["trace", "{folder}", "3002", "--json"]).json();
    assert_eq!(merged["waves"][0]["outcome"], "merged");
    assert_eq!(merged["waves"][0]["merged_into"][1], "3001");
    assert_eq!(merged["waves"][0]["pieces"][0]["piece"], letter["piece"]);
    // No e-mail is told of: nobody agreed to one.
    assert_eq!(merged["waves"][0]["pieces"].as_array().unwrap().len(), 1, "{merged}");
    // The reference on the letter tells the same story.
    let piece = letter["piece"].as_str().unwrap().to_owned();
    let again = case.run(&["trace", "{folder}", &piece, "--json"]).json();
    assert_eq!(again, story);
    fs::remove_dir_all(case.path("out")).unwrap();
    let again = case.run(&["trace", "{folder}", &piece, "--json"]).json();
    assert_eq!(again["record"], "3001", "without the manifest, from the people");
    assert!(proof["approvals"][0]["at"].as_str().unwrap().starts_with("20"));
    let shown = case.run(&["trace", "{folder}", "3001", "--show-values"]);
    assert!(shown.stdout.contains("Nora Okafor"));
    assert_eq!(case.run(&["trace", "{folder}", "nobody"]).code, 2);
}

#[test]
fn a_returned_letter_is_recorded_by_its_piece() {
    let case = approved();
    assert!(finals(&case));
    let piece = case.read("out/letters/manifest.csv").lines().nth(1).unwrap()[..17].to_owned();
    assert_eq!(confirm(&case, &["--batch", "1-2", "--posted", "2026-09-11"]).code, 0);
    assert_eq!(confirm(&case, &["--piece", &piece, "--returned", "2026-09-20"]).code, 0);
    let other = ["--piece", "NW-0000-0000-0000", "--returned", "2026-09-20"];
    assert_eq!(confirm(&case, &other).code, 2);
    let status = case.run(&["status", "{folder}", "--json"]).json();
    assert_eq!(status["waves"][0]["seals"][0]["returned_letters"], 1);
}
