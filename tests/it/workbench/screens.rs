//! Screens: what they show equals what the command line says, and what is hostile stays text.

use super::http::{Open, between};
use crate::case::Case;

const SCREENS: [&str; 13] = [
    "/",
    "/1/columns",
    "/1/facts",
    "/1/roster",
    "/1/law",
    "/1/letters",
    "/1/filings",
    "/1/approve",
    "/1/print",
    "/1/email",
    "/1/returned",
    "/1/find",
    "/1/record",
];

#[test]
fn from_a_checked_list_to_approved_and_printed_letters() {
    let case = Case::sample("small-clinic");
    let open = Open::case(&case);
    assert_eq!(open.post("/1/roster/check", &[]).status, 303);
    assert!(open.worked().body.contains("Check: done"));
    open.post("/1/letters/make", &[]);
    let made = open.worked();
    assert!(made.body.contains("Make everything: done"), "{}", made.body);
    let status = case.run(&["status", "--json", "{folder}"]).json();
    let outcomes = &status["waves"][0]["outcomes"];
    let number = |label: &str| outcomes[label].as_u64().unwrap();
    let letters = number("to_mail") + number("to_mail_and_email");
    let page = open.get("/1/approve");
    assert!(page.body.contains(&format!("Type the number of letters: {letters}")), "{}", page.body);
    // A number that is another one: nothing is sealed.
    let held = number("held").to_string();
    let by = "A. Made-Up, counsel";
    let other = (letters + 1).to_string();
    open.post("/1/approve/seal", &[("letters", &other), ("held", &held), ("by", by)]);
    let refused = open.worked();
    assert!(refused.body.contains("another number was typed"), "{}", refused.body);
    assert!(!case.path("sealed/w1-1/root.txt").exists());
    open.post("/1/approve/seal", &[("letters", &letters.to_string()), ("held", &held), ("by", by)]);
    let sealed = open.worked();
    assert!(sealed.body.contains("Approve: done"), "{}", sealed.body);
    let status = case.run(&["status", "--json", "{folder}"]).json();
    let seal = &status["waves"][0]["seals"][0];
    assert_eq!(seal["letters"].as_u64(), Some(letters));
    assert_eq!(seal["approved_by"][0], by);
    open.post("/1/print/letters", &[]);
    assert!(open.worked().body.contains("final"));
    open.post("/1/print/verify", &[]);
    let proved = open.worked();
    assert!(proved.body.contains("Prove: done"), "{}", proved.body);
    for screen in SCREENS {
        let got = open.get(screen);
        assert_eq!(got.status, 200, "{screen}: {}", got.body);
        assert!(got.body.contains("<h1>"), "{screen}");
    }
}

#[test]
fn values_are_hidden_until_somebody_says_who_looks() {
    let case = Case::sample("lakeshore");
    let rows: String =
        case.read("roster.csv").lines().take(301).map(|l| format!("{l}\n")).collect();
    std::fs::write(case.path("roster.csv"), rows).unwrap();
    case.run(&["check", "{folder}"]);
    let open = Open::case(&case);
    let csv = case.read("out/findings.csv");
    let roster = case.read("roster.csv");
    // A held row with a word that its shape is not.
    let found = csv.lines().filter(|line| line.contains(",held,")).find_map(|held| {
        let row: usize = held.split(',').nth(1)?.parse().ok()?;
        let plain = |cell: &&str| cell.len() > 3 && cell.chars().all(|c| c.is_ascii_alphabetic());
        let name = roster.lines().nth(row - 1)?.split(',').find(plain)?;
        Some((held.split(',').nth(5)?, row, name))
    });
    let (code, row, name) = found.unwrap();
    let page = format!("/1/roster/row?file=roster.csv&row={row}&code={code}");
    let hidden = open.get(&page);
    assert_eq!(hidden.status, 200, "{}", hidden.body);
    assert!(!hidden.body.contains(&format!(">{name}<")), "{name}");
    let back = ("back", page.as_str());
    let nobody = open.post("/1/roster/show", &[("code", code), back, ("by", "")]);
    assert_eq!(nobody.status, 409);
    assert_eq!(
        open.post("/1/roster/show", &[("code", code), back, ("by", "P. Made-Up")]).status,
        303
    );
    assert!(open.get(&page).body.contains(&format!(">{name}<")), "{name}");
    assert!(open.get("/1/record").body.contains("Values shown"));
}

#[test]
fn hostile_cells_stay_text() {
    let case = Case::sample("small-clinic");
    let roster = case.read("roster.csv");
    let mut lines: Vec<String> = roster.lines().map(str::to_owned).collect();
    let evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
    lines[0] = format!("{},{}", lines[0], "<b>Heading</b>");
    for line in lines.iter_mut().skip(1) {
        line.push_str(&format!(",\"{}\"", evil.replace('"', "\"\"")));
    }
    std::fs::write(case.path("roster.csv"), lines.join("\n")).unwrap();
    case.run(&["check", "{folder}"]);
    let open = Open::case(&case);
    for screen in SCREENS {
        let body = open.get(screen).body;
        assert!(!body.contains("<script>alert") && !body.contains("<img src=x"), "{screen}");
        assert!(!body.contains("<b>Heading"), "{screen}");
    }
    assert!(open.get("/1/columns").body.contains("&lt;b&gt;Heading"));
}

#[test]
fn every_screen_names_the_command_that_does_the_same() {
    let case = Case::sample("small-clinic");
    case.run(&["check", "{folder}"]);
    let open = Open::case(&case);
    for screen in SCREENS {
        let body = open.get(screen).body;
        let command = between(&body, "<code id=\"command\">", "</code>").to_owned();
        assert!(command.starts_with("noticeworks "), "{screen}: {command}");
    }
    let said = case.run(&["law", "list"]);
    assert_eq!(said.code, 0);
}

#[test]
fn a_look_changes_nothing() {
    let case = Case::sample("small-clinic");
    case.run(&["run", "{folder}"]);
    let open = Open::case(&case);
    let before = crate::workbench::screens::digest(&case);
    for screen in SCREENS {
        open.get(screen);
    }
    open.get("/1/roster/spellings");
    open.get("/1/roster/repairs");
    assert_eq!(before, digest(&case));
}

/// Names, sizes and contents of everything in the folder.
fn digest(case: &Case) -> Vec<(String, Vec<u8>)> {
    fn walk(folder: &std::path::Path, found: &mut Vec<(String, Vec<u8>)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => walk(&path, found),
                false => found.push((path.display().to_string(), std::fs::read(&path).unwrap())),
            }
        }
    }
    let mut found = Vec::new();
    walk(&case.folder(), &mut found);
    found.sort();
    found
}
