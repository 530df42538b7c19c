//! Keys that act only on some incidents, each on one that it acts on; named by
//! `tests/data/plants.toml`.

use crate::case::Case;
use serde_json::Value;
use std::fs;

/// The clinic before it knows who is affected, with guesses for states whose forms ask much.
fn guessed(more: &str) -> Case {
    let case = Case::sample("small-clinic");
    fs::remove_file(case.path("roster.csv")).unwrap();
    let mut text = case.read("incident.toml");
    text.push_str("\n[[data_element]]\nid = \"ssn\"\nletter = \"Social Security number\"\n");
    for state in ["IN", "CA", "OR", "ND", "NC"] {
        text.push_str(&format!(
            "\n[[estimate]]\nentity = \"elm-street\"\njurisdiction = \"{state}\"\ncount = 600\nelements = [\"ssn\"]\n"
        ));
    }
    fs::write(case.path("incident.toml"), text + more).unwrap();
    case
}

fn answers(case: &Case, filing: &str) -> Value {
    serde_json::from_str(&case.read(&format!("out/filings/{filing}.json"))).unwrap()
}

/// None where the form does not come to ask.
fn answer(filing: &Value, field: &str) -> Value {
    let fields = filing["fields"].as_array().unwrap();
    let found = fields.iter().find(|known| known["id"] == field);
    found.map_or(Value::Null, |found| found["value"].clone())
}

fn filed(case: &Case) {
    let said = case.run(&["filings", "{folder}", "--as-of", "2026-09-10"]);
    assert!(said.code < 2, "{}", said.stderr);
}

#[test]
fn forms_heed_what_few_of_them_ask() {
    const HOLD: &str = "\n[[law_enforcement_hold]]\nkind = \"written\"\nagency = \"Planted Bureau\"\nofficial = \"A. Planted Official\"\nstated_on = 2026-08-25\nuntil = 2026-08-28\njurisdictions = [\"OR\"]\n";
    const TOOL: &str = "\n[[vendor]]\nrole = \"breached_tool\"\nname = \"Planted Tool Example\"\nbaa_on = 2026-01-05\n";
    let plain = guessed("");
    let planted =
        guessed(&format!("{HOLD}{TOOL}\n[filing]\ndoing_business_as = \"Planted Clinic\"\n"));
    planted
        .edit("incident.toml", "[breach]\n", "[breach]\ndelay_reason = \"Planted delay\"\nmedia_account = \"Planted account of the clinic.\"\n")
        .edit("incident.toml", "home_page =", "small_business = true\nhome_page =");
    filed(&plain);
    filed(&planted);
    for (filing, field, wanted) in [
        ("states/in-ag", "delay_reason", "Planted delay"),
        ("states/or-ag", "law_enforcement_contact", "A. Planted Official"),
        ("states/or-ag", "law_enforcement_agency", "Planted Bureau"),
        ("states/nd-ag", "entity_dba", "Planted Clinic"),
        ("states/nc-ag", "vendor_name", "Planted Tool Example"),
    ] {
        let (with, without) = (answers(&planted, filing), answers(&plain, filing));
        assert_eq!(answer(&with, field), wanted, "{field} of {filing}");
        assert_ne!(answer(&without, field), wanted, "{field} of {filing}");
    }
    let small = |case: &Case| answer(&answers(case, "states/ca-ag"), "entity_small_business");
    assert_ne!(small(&planted), small(&plain));
    let media = planted.read("out/notices/elm-street/media-IN.txt");
    assert!(media.contains("Planted account of the clinic."), "{media}");
    // A tool's maker that signed no agreement, or had another part, is no business associate.
    for (from, to) in [("baa_on = 2026-01-05\n", ""), ("\"breached_tool\"", "\"forensic\"")] {
        let case = guessed(&TOOL.replace(from, to));
        filed(&case);
        let report = answers(&case, "states/nc-ag");
        assert_ne!(answer(&report, "vendor_name"), "Planted Tool Example", "{from}");
    }
}

#[test]
fn the_plan_tells_where_an_insurer_is_at_home_and_licensed() {
    let said = |domicile: &str, states: &str| {
        let case = guessed("");
        case.edit(
            "incident.toml",
            "\"healthcare_provider\"",
            "\"health_plan\"\nsubtype = \"insurer\"",
        )
        .edit("incident.toml", "part2_program = false\n", "")
        .edit(
            "incident.toml",
            "home_page =",
            &format!("insurer_domicile = \"{domicile}\"\ninsurer_states = {states}\nhome_page ="),
        );
        let said = case.run(&["plan", "{folder}", "--as-of", "2026-09-10"]);
        assert!(said.code < 2, "{}", said.stderr);
        said.stdout
    };
    let home = said("IN", "[]");
    assert!(home.contains("is licensed as an insurer in no further state"), "{home}");
    let abroad = said("IN", "[\"NH\"]");
    assert_ne!(home, abroad, "a further state changes what is said of it");
    assert_ne!(home, said("none", "[]"), "so does the home state");
}

#[test]
fn decisions_say_by_whom_and_when_wherever_they_are_shown() {
    let case = Case::sample("small-clinic");
    let decision = "\n[[decision]]\nquestion = \"letter.sensitive_elements\"\nchoice = \"name\"\nby = \"P. Planted\"\non = 2026-09-03\n";
    fs::write(case.path("incident.toml"), case.read("incident.toml") + decision).unwrap();
    case.run(&["check", "{folder}"]);
    let said = case.run(&["trace", "{folder}", "1001", "--json"]);
    let told = said.json();
    assert_eq!(told["decisions"][0]["by"], "P. Planted", "{told:#}");
    assert_eq!(told["decisions"][0]["on"], "2026-09-03", "{told:#}");
}

#[test]
fn a_mailbox_where_the_intruder_was_gets_no_email() {
    let case = Case::sample("small-clinic");
    let both = |case: &Case| {
        let said = case.run(&["check", "{folder}", "--json"]).json();
        said["outcomes"]["to_mail_and_email"].as_u64().unwrap_or(0)
    };
    assert_eq!(both(&case), 2);
    let roster = case.read("roster.csv");
    let cells = roster.split([',', '"', '\n']);
    let domains: Vec<&str> = cells.filter_map(|cell| Some(cell.split_once('@')?.1)).collect();
    let text = case.read("incident.toml");
    let email = format!("\n[email]\nbreached_mailboxes = {domains:?}\n");
    fs::write(case.path("incident.toml"), text + &email).unwrap();
    assert_eq!(both(&case), 0, "{domains:?}");
}

#[test]
fn choices_for_one_roster_are_for_the_one_that_they_name() {
    let rows = |name: &str| {
        let case = Case::sample("small-clinic");
        let roster = case.read("roster.csv");
        let (head, rest) = roster.split_once('\n').unwrap();
        let head = head.replace("zip", "Kennzahl");
        assert!(head.contains("Kennzahl"));
        fs::write(case.path("roster.csv"), format!("{head}\n{rest}")).unwrap();
        let choices = format!(
            "\n[roster]\nfile = [{{ name = \"{name}\", columns = {{ zip = \"Kennzahl\" }} }}]\n"
        );
        fs::write(case.path("incident.toml"), case.read("incident.toml") + &choices).unwrap();
        let said = case.run(&["check", "{folder}", "--json"]);
        (said.code, said.stdout, said.stderr)
    };
    let own = rows("roster.csv");
    assert!(own.0 < 2, "{}", own.2);
    let other = rows("another.csv");
    assert_ne!(own.1, other.1, "{}", other.2);
}

#[test]
fn a_correction_says_what_was_wrong_and_own_words_may_name_the_plans_sponsor() {
    let case = Case::sample("small-clinic");
    case.edit(
        "incident.toml",
        "[[wave]]\nid = \"w1\"\n",
        "[[wave]]\nid = \"w1\"\nkind = \"correction\"\nwhat_was_wrong = \"That letter named the planted day.\"\n",
    )
    .edit("incident.toml", "home_page =", "plan_sponsor = \"Planted Works, Inc.\"\nhome_page =");
    fs::create_dir_all(case.path("templates/letter/en")).unwrap();
    let report = fs::read_to_string("templates/letter/en/report.md").unwrap();
    let own = format!("{report}\n\nThe plan of {{{{ entity.plan_sponsor }}}}.\n");
    fs::write(case.path("templates/letter/en/report.md"), own).unwrap();
    let said = case.run(&["run", "{folder}"]);
    assert!(said.code < 2, "{}", said.stderr);
    let mut text = String::new();
    for entry in fs::read_dir(case.path("out/letters")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "pdf") {
            let mut command = std::process::Command::new("pdftotext");
            let output = command.args(["-enc", "UTF-8"]).arg(&path).arg("-").output().unwrap();
            text.push_str(&String::from_utf8(output.stdout).unwrap());
        }
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("That letter named the planted day."), "{text}");
    assert!(text.contains("The plan of Planted Works, Inc."), "{text}");
}
