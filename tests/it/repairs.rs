//! `repair`: added, listed, undone, taken back from a list; what rests on the roster notices.

use crate::case::Case;
use std::fs;

const SIGNED: [&str; 4] = ["--by", "P. Paralegal", "--why", "The client called"];

fn repair(case: &Case, arguments: &[&str]) -> crate::case::Said {
    case.run(&[arguments, &SIGNED].concat())
}

fn zip_of_1001(case: &Case, zip: &str) -> crate::case::Said {
    repair(case, &["repair", "add", "{folder}", "--record", "1001", "--column", "zip", "--to", zip])
}

#[test]
fn a_repair_is_added_listed_undone_and_the_roster_stays_as_it_is() {
    let case = Case::sample("small-clinic");
    let roster = case.read("roster.csv");
    let said = zip_of_1001(&case, "47403");
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert!(
        said.stdout.contains("Repair 1 is added: 1 row, row 2 of roster.csv"),
        "{}",
        said.stdout
    );
    // The second takes what the first left.
    assert_eq!(zip_of_1001(&case, "47404").code, 0);
    assert_ne!(zip_of_1001(&case, "47404").code, 0, "it says so already");
    assert_eq!(repair(&case, &["repair", "undo", "{folder}", "2"]).code, 0);
    assert_ne!(repair(&case, &["repair", "undo", "{folder}", "2"]).code, 0, "undone already");
    let list = case.run(&["repair", "{folder}", "--json", "--show-values"]).json();
    assert_eq!(list["repairs"][0]["from"], "47401");
    assert_eq!(list["repairs"][0]["undone"], serde_json::Value::Null);
    assert_eq!(list["repairs"][1]["from"], "47403");
    assert_eq!(list["repairs"][1]["undone"]["by"], "P. Paralegal");
    let text = case.run(&["repair", "{folder}"]).stdout;
    assert!(text.contains("1001, zip: `99999` becomes `99999`"), "{text}");
    assert!(!text.contains("47401") && text.contains("undone: P. Paralegal"), "{text}");
    assert_eq!(case.read("roster.csv"), roster);
    let unknown = ["repair", "add", "{folder}", "--record", "9", "--column", "zip", "--to", "1"];
    let said = repair(&case, &unknown);
    assert!(said.stderr.contains("repair.nowhere"), "{}", said.stderr);
}

#[test]
fn a_repair_breaks_the_seal_like_a_changed_roster() {
    let case = Case::sample("small-clinic");
    case.run(&["run", "{folder}"]);
    let before = case.run(&["trace", "{folder}", "1001", "--show-values"]).stdout;
    assert!(before.contains("47401"), "{before}");
    assert_eq!(zip_of_1001(&case, "47403").code, 0);
    let said = case.run(&["approve", "{folder}", "--by", "A. Counsel", "--accept-held", "99"]);
    assert_ne!(said.code, 0, "the letters do not know the repair: {}", said.stdout);
    case.run(&["run", "{folder}"]);
    let after = case.run(&["trace", "{folder}", "1001", "--show-values"]).stdout;
    assert!(after.contains("47403") && !after.contains("47401"), "{after}");
}

#[test]
fn a_mended_list_comes_back_as_repairs_by_record_id() {
    let case = Case::sample("small-clinic");
    let roster = case.read("roster.csv");
    let lines: Vec<&str> = roster.lines().take(3).collect();
    let (header, one) = (lines[0], lines[1].replace("47401", "47403"));
    let list =
        format!("{header},row\n{},3\n{one},2\n{},9\n", lines[2], one.replace("1001", "9999"));
    fs::write(case.path("back.csv"), list).unwrap();
    let back = case.path("back.csv");
    let ask = ["repair", "{folder}", "--json", "--show-values", "--from", back.to_str().unwrap()];
    let said = repair(&case, &ask).json();
    assert_eq!(
        said["changes"],
        serde_json::json!([{ "record": "1001", "column": "zip", "from": "47401", "to": "47403" }])
    );
    assert_eq!((&said["unknown_rows"], &said["applied"]), (&1.into(), &false.into()));
    assert!(!case.path("repairs.toml").exists(), "only shown");
    let said = repair(&case, &[&ask[..], &["--apply"]].concat()).json();
    assert_eq!(said["applied"], true);
    assert!(case.read("repairs.toml").contains("to = \"47403\""));
    assert_eq!(repair(&case, &ask).json()["changes"], serde_json::json!([]), "nothing is left");
    let plain = repair(&case, &["repair", "{folder}", "--from", back.to_str().unwrap()]).stdout;
    assert!(!plain.contains("47403"), "{plain}");
}

#[test]
fn the_rows_to_mend_go_to_the_client_and_come_back() {
    let case = Case::sample("small-clinic");
    // A value of two lines and an empty line: a spreadsheet shows the row behind them as row 4.
    case.edit("roster.csv", "1001,elm-street,Harriet,L.", "1001,elm-street,Harriet,\"L.\n\"");
    case.edit("roster.csv", "\n1002,", "\n\n1002,");
    case.edit("roster.csv", ",IN,47404,", ",IN,474,");
    case.edit("roster.csv", "220 Limestone Street,", "\"220 Limestone Street\r\nRear\",");
    let file = case.path("mend.xlsx");
    let mend = ["repair", "{folder}", "--to-mend", file.to_str().unwrap()];
    assert!(case.run(&mend).stderr.contains("repair.not_checked"));
    case.run(&["check", "{folder}"]);
    let findings = case.read("out/findings.csv");
    let short = findings.lines().find(|line| line.contains("zip.too_short")).unwrap();
    assert!(short.starts_with("roster.csv,4,4,"), "{short}");
    let said = case.run(&mend);
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert!(case.run(&mend).stderr.contains("repair.file_exists"));
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(&file).unwrap();
    let range = calamine::Reader::worksheet_range(&mut book, "To mend").unwrap();
    let rows: Vec<Vec<String>> =
        range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    let at = |heading: &str| rows[0].iter().position(|cell| cell == heading).unwrap();
    let row = rows.iter().position(|row| row[at("record_id")] == "1002").unwrap();
    assert_eq!(rows[row][at("spreadsheet row")], "4");
    assert!(rows[row][at("what to mend")].contains("zip: "), "{:?}", rows[row]);
    assert!(range.rows().flatten().all(|cell| !matches!(cell, calamine::Data::Float(_))), "text");
    let mut back = csv::Writer::from_path(case.path("back.csv")).unwrap();
    for (number, cells) in rows.iter().enumerate() {
        let mut cells = cells.clone();
        if number == row {
            cells[at("zip")] = "47404".to_owned();
        }
        back.write_record(&cells).unwrap();
    }
    back.flush().unwrap();
    let path = case.path("back.csv");
    let ask = ["repair", "{folder}", "--json", "--apply", "--from", path.to_str().unwrap()];
    let said = repair(&case, &ask).json();
    assert_eq!(said["changes"].as_array().unwrap().len(), 1, "{said}");
    case.run(&["check", "{folder}"]);
    assert!(!case.read("out/findings.csv").contains("zip.too_short"));
}

#[test]
fn spellings_that_may_mean_the_same_are_suggested_and_nothing_is_changed() {
    let case = Case::sample("small-clinic");
    let none = case.run(&["repair", "{folder}", "--suggest"]);
    assert!(none.stdout.contains("No suggestions"), "{}", none.stdout);
    let mut roster = case.read("roster.csv");
    let header = roster.lines().next().unwrap().to_owned();
    let add = |roster: &mut String, id: u32, changes: &[(&str, &str)]| {
        let cells = header.split(',').map(|column| {
            let value = changes.iter().find(|(of, _)| *of == column).map_or("", |(_, v)| *v);
            match column {
                _ if !value.is_empty() => value.to_owned(),
                "record_id" => id.to_string(),
                "entity" => "elm-street".to_owned(),
                "first_name" => format!("Ann{id}"),
                "last_name" => "Oak".to_owned(),
                "address_1" => format!("{id} Elm St"),
                "city" => "Bloomington".to_owned(),
                "state" => "IN".to_owned(),
                "zip" => "47401".to_owned(),
                "data_elements" => "Name;Diagnosis".to_owned(),
                _ => String::new(),
            }
        });
        roster.push_str(&(cells.collect::<Vec<_>>().join(",") + "\n"));
    };
    for id in 3000..3012 {
        add(&mut roster, id, &[]);
    }
    // Slips of the pen, in one row each.
    add(&mut roster, 4001, &[("city", "Blomington")]);
    add(&mut roster, 4002, &[("state", "Indianna")]);
    add(&mut roster, 4003, &[("entity", "elm-stret")]);
    add(&mut roster, 4004, &[("data_elements", "Name;Diagnosys")]);
    // The same in another dress; and what is right as it stands.
    for id in 4010..4014 {
        add(&mut roster, id, &[("city", "Saint Louis"), ("state", "MO"), ("zip", "63103")]);
    }
    add(&mut roster, 4020, &[("city", "St. Louis"), ("state", "MO"), ("zip", "63103")]);
    add(&mut roster, 4021, &[("city", "BLOOMINGTON")]);
    add(&mut roster, 4022, &[("city", "Unionville"), ("zip", "47468")]);
    add(&mut roster, 4023, &[("city", "Bloomfield"), ("zip", "47424")]);
    // A near name that the ZIP code speaks for.
    add(&mut roster, 4024, &[("city", "Ellettsvile"), ("zip", "47429")]);
    fs::write(case.path("roster.csv"), &roster).unwrap();
    let said = case.run(&["repair", "{folder}", "--suggest", "--json"]).json();
    let found: Vec<String> = said["suggestions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let text = |key: &str| one[key].as_str().unwrap().to_owned();
            format!("{}: {} > {} ({})", text("column"), text("from"), text("to"), text("why"))
        })
        .collect();
    insta::assert_snapshot!(found.join("\n"), @r"
    city: Blomington > Bloomington (near)
    city: Ellettsvile > Ellettsville (zip)
    city: St. Louis > Saint Louis (same_letters)
    state: Indianna > IN (zip)
    entity: elm-stret > elm-street (near)
    data_elements: Name;Diagnosys > Name;diagnosis (near)
    ");
    assert_eq!(case.read("roster.csv"), roster);
    assert!(!case.path("repairs.toml").exists());
    // The command that is shown adds it.
    let text = case.run(&["repair", "{folder}", "--suggest"]).stdout;
    let line = text.lines().find(|line| line.contains("--to Bloomington")).unwrap();
    assert!(line.contains("--where city=Blomington --column city"), "{line}");
    let rule = ["--where", "city=Blomington", "--column", "city", "--to", "Bloomington"];
    let said = repair(&case, &[&["repair", "add", "{folder}"][..], &rule].concat());
    assert!(said.stdout.contains("Repair 1 is added: 1 row"), "{}{}", said.stdout, said.stderr);
    let text = case.run(&["repair", "{folder}", "--suggest"]).stdout;
    assert!(!text.contains("Blomington"), "{text}");
}

#[test]
fn a_repair_is_made_undone_and_made_again_in_the_clients_next_export() {
    let case = Case::sample("small-clinic");
    case.edit("roster.csv", ",IN,47404,", ",IN,474,");
    let held = |case: &Case| case.run(&["check", "{folder}", "--json"]).json()["held"].clone();
    let short = serde_json::json!({ "zip.too_short": 1 });
    assert_eq!(held(&case), short);
    let mend =
        ["repair", "add", "{folder}", "--record", "1002", "--column", "zip", "--to", "47404"];
    assert_eq!(repair(&case, &mend).code, 0);
    assert_eq!(held(&case), serde_json::json!({}));
    assert_eq!(repair(&case, &["repair", "undo", "{folder}", "1"]).code, 0);
    assert_eq!(held(&case), short);
    assert_eq!(repair(&case, &mend).code, 0);
    // The next export: other rows before it, other columns, the same fault.
    let roster = case.read("roster.csv");
    let mut lines: Vec<&str> = roster.lines().collect();
    lines[1..].reverse();
    let wider: Vec<String> = lines
        .iter()
        .enumerate()
        .map(|(n, line)| format!("{},{line}", if n == 0 { "export batch" } else { "B-2" }))
        .collect();
    fs::write(case.path("roster.csv"), wider.join("\n") + "\n").unwrap();
    assert_eq!(held(&case), serde_json::json!({}));
    // Where the client mended it, the repair says that nobody needs it; another value stays.
    case.edit("roster.csv", ",IN,474,", ",IN,47404,");
    let found = case.run(&["check", "{folder}", "--json"]).json()["findings"].clone();
    assert_eq!(found["repair.not_needed"], 1, "{found}");
    case.edit("roster.csv", ",IN,47404,", ",IN,47405,");
    let found = case.run(&["check", "{folder}", "--json"]).json()["findings"].clone();
    assert_eq!(found["repair.other_value"], 1, "{found}");
}
