//! Chained and special filings, tried on an incident as a user would: a roster, the commands, the
//! files.

use crate::case::{Case, Said};
use serde_json::Value;
use std::fs;
use std::sync::OnceLock;

pub const HEADER: &str = "record_id,entity,first_name,middle_name,last_name,suffix,address_1,address_2,city,state,zip,country,email,email_consent,date_of_birth,guardian_name,deceased,representative_name,language,data_elements,activation_code";

/// People by state: city, ZIP, how many.
const PEOPLE: [(&str, &str, &str, u32); 11] = [
    ("VT", "Burlington", "05401", 3),
    ("NY", "Albany", "12207", 4),
    ("IL", "Springfield", "62701", 3),
    ("TX", "Austin", "78701", 252),
    ("LA", "Baton Rouge", "70802", 5),
    ("OK", "Tulsa", "74103", 502),
    ("MA", "Boston", "02108", 3),
    ("MD", "Baltimore", "21202", 3),
    ("NJ", "Trenton", "08608", 3),
    ("IA", "Des Moines", "50309", 502),
    ("WA", "Seattle", "98101", 502),
];

fn rows(first: u32, people: &[(&str, &str, &str, u32)], entity: &str) -> String {
    let mut text = String::new();
    let mut n = first;
    for (state, city, zip, count) in people {
        for _ in 0..*count {
            n += 1;
            let name = char::from(b'A' + (n % 26) as u8);
            text.push_str(&format!(
                "S{n:05},{entity},{name}da,,Row{n},,{n} Maple Street,,{city},{state},{zip},,,,1970-01-02,,,,,Name;SSN;Diagnosis,C{n:06}\n"
            ));
        }
    }
    text
}

/// Lakeshore with people where the law is special; the hospital has a license of its state's.
fn special() -> Case {
    let case = Case::sample("lakeshore");
    let hospital = rows(5000, &[("CA", "Sacramento", "95814", 2)], "sierra-vista");
    let roster = format!("{HEADER}\n{}{hospital}", rows(0, &PEOPLE, "harbor-health"));
    fs::write(case.path("roster.csv"), roster).unwrap();
    // The first covered entity is the program.
    let facts = case.read("incident.toml");
    let facts = facts.replacen("part2_program = false", "part2_program = true", 1);
    fs::write(case.path("incident.toml"), facts).unwrap();
    let text = case.read("incident.toml");
    let more = "\n[filing]\nestimated_cost = \"$40,000\"\nwisp_updated = true\n";
    fs::write(case.path("incident.toml"), format!("{text}{more}")).unwrap();
    fs::write(case.path("receipt.txt"), "made up").unwrap();
    case
}

/// Made once; read by several tests.
fn made() -> &'static Case {
    static CASE: OnceLock<Case> = OnceLock::new();
    CASE.get_or_init(|| {
        let case = special();
        let said = case.run(&["filings", "{folder}", "--json"]);
        assert!(said.code < 2, "{}", said.stderr);
        case
    })
}

pub fn filing(case: &Case, name: &str) -> Value {
    serde_json::from_str(&case.read(&format!("out/filings/{name}.json"))).unwrap()
}

fn answer(filing: &Value, field: &str) -> Value {
    let fields = filing["fields"].as_array().unwrap();
    let found = fields.iter().find(|f| f["id"] == field);
    found.unwrap_or_else(|| panic!("{field}: {filing:#}"))["value"].clone()
}

fn due(name: &str) -> String {
    filing(made(), name)["due"].as_str().unwrap_or("none").to_owned()
}

#[test]
fn due_days_of_chained_filings() {
    // Discovered July 30 (agency unknown), letters on Friday, September 18.
    for (name, day) in [
        ("states/vt-ag-preliminary", "2026-08-19"),
        ("states/vt-ag-final", "2026-09-18"),
        ("states/ny-ag", "2026-09-18"),
        ("states/ny-dos", "2026-09-18"),
        ("states/ny-sp", "2026-09-18"),
        ("states/ia-ag", "2026-09-25"),
        ("states/tx-ag", "2026-09-25"),
        ("states/la-ag", "2026-09-28"),
    ] {
        assert_eq!(due(name), day, "{name}");
    }
    for name in ["states/md-ag", "states/nj-sp"] {
        let filing = filing(made(), name);
        assert!(filing["due"].as_str().unwrap() < "2026-09-19", "{name}");
        assert!(
            filing["timing"].as_str().unwrap().contains("before")
                || filing["timing"].as_str().unwrap().contains("advance"),
            "{name}"
        );
    }
    let hhs = due("hhs/hipaa-hhs-500.harbor-health");
    for name in ["states/ny-ag-hipaa", "states/il-ag-hipaa"] {
        assert!(due(name) > hhs, "{name} follows the report to HHS");
    }
}

#[test]
fn special_contents() {
    let case = made();
    assert_eq!(answer(&filing(case, "states/ok-ag"), "estimated_cost"), "$40,000");
    assert_eq!(answer(&filing(case, "states/ok-ag"), "counts_state"), "502");
    let wisp = answer(&filing(case, "states/ma-ocabr"), "entity_wisp");
    assert_eq!(wisp, serde_json::json!(["Yes"]));
    assert_eq!(answer(&filing(case, "states/ma-ocabr"), "entity_wisp_updated"), wisp);
    assert_eq!(answer(&filing(case, "states/wa-ag"), "counts_state"), "502");
    assert!(
        filing(case, "states/vt-ag-preliminary")["form"]
            != filing(case, "states/vt-ag-final")["form"]
    );
    let copies = filing(case, "states/ny-ag-hipaa");
    assert_eq!(copies["fields"][0]["file"], "../hhs/hipaa-hhs-500.harbor-health.pdf");
    // The hospital's license brings the department of public health, the program's status a
    // second report to HHS.
    assert_eq!(filing(case, "states/ca-cdph")["entities"], serde_json::json!(["sierra-vista"]));
    let second = filing(case, "hhs/part2-hhs-500.harbor-health");
    assert_eq!(
        (&second["form"], &second["counts"]["patients"]),
        (&"part2-hhs".into(), &1782.into())
    );
    assert!(!case.path("out/filings/states/la-ag-names.csv.age").exists());
}

pub fn record(case: &Case, id: &str, more: &[&str]) -> Said {
    let receipt = case.path("receipt.txt");
    let mut arguments = vec!["filings", "record", "{folder}", id, "--by", "P. Officer"];
    arguments.extend(["--evidence", receipt.to_str().unwrap()]);
    arguments.extend(more);
    case.run(&arguments)
}

#[test]
fn what_was_filed_is_recorded_once_and_held_against_later_figures() {
    let case = Case::sample("small-clinic");
    fs::write(case.path("receipt.txt"), "made up").unwrap();
    let day = ["--on", "2026-09-14", "--number", "IN-7"];
    let early = record(&case, "in-ag", &day);
    assert!(early.code == 2 && early.stderr.contains("filing.unknown"), "{}", early.stderr);
    let people =
        rows(0, &[("IN", "Bloomington", "47401", 6), ("ME", "Portland", "04101", 2)], "elm-street");
    fs::write(case.path("roster.csv"), format!("{HEADER}\n{people}")).unwrap();
    assert!(case.run(&["filings", "{folder}"]).code < 2);
    let id = "hipaa-hhs-annual.elm-street";
    let wrong = record(&case, "xx-ag", &day);
    assert!(wrong.code == 2 && wrong.stderr.contains(id), "{}", wrong.stderr);
    let contradicts = record(&case, id, &["--on", "2026-09-14", "--number", "H-7", "--count", "9"]);
    assert_eq!(contradicts.code, 4);
    assert!(contradicts.stderr.contains("the receipt says 9"), "{}", contradicts.stderr);
    let future = record(&case, id, &["--on", "2999-09-14", "--number", "H-7"]);
    assert!(future.stderr.contains("confirm.future"));
    let amends = record(&case, id, &["--on", "2026-09-14", "--number", "H-7", "--amends"]);
    assert!(amends.stderr.contains("filing.nothing_to_amend"), "{}", amends.stderr);
    let good = record(&case, id, &["--on", "2026-09-14", "--number", "H-7", "--count", "8"]);
    assert_eq!(good.code, 0, "{}", good.stderr);
    assert!(good.stdout.contains("8 people"), "{}", good.stdout);
    let twice = record(&case, id, &["--on", "2026-09-15", "--number", "H-8"]);
    assert!(twice.code == 4 && twice.stderr.contains("filing.recorded_twice"), "{}", twice.stderr);
    let same = record(&case, id, &["--on", "2026-09-15", "--number", "H-8", "--amends"]);
    assert!(same.stderr.contains("filing.nothing_changed"), "{}", same.stderr);
    let status = case.run(&["status", "{folder}", "--json"]).json();
    let known = &status["filings"][0];
    assert_eq!((&known["number"], &known["stale"]), (&"H-7".into(), &false.into()));

    // Two more are found, in a later mailing: the report to HHS is of ten people now.
    let more = rows(100, &[("IN", "Bloomington", "47401", 2)], "elm-street");
    let one_again: String = people.lines().take(1).map(|l| format!("{l}\n")).collect();
    fs::write(case.path("roster-2.csv"), format!("{HEADER}\n{more}{one_again}")).unwrap();
    let text = case.read("incident.toml");
    let wave = "\n[[wave]]\nid = \"w2\"\nkind = \"supplemental\"\nroster = \"roster-2.csv\"\nmail_on = 2026-10-05\n";
    fs::write(case.path("incident.toml"), format!("{text}{wave}")).unwrap();
    let said = case.run(&["filings", "{folder}", "--wave", "w2"]);
    assert!(said.code < 2, "{}", said.stderr);
    let path = format!("out/w2/filings/hhs/{id}-addendum.json");
    let addendum: Value = serde_json::from_str(&case.read(&path)).unwrap();
    assert_eq!(answer(&addendum, "individuals_affected"), "10");
    assert_eq!(answer(&addendum, "breach_tracking_number"), "H-7");
    assert!(said.stderr.contains("filing.stale"), "{}", said.stderr);
    let status = case.run(&["status", "{folder}"]);
    assert!(status.stdout.contains("STALE by the figures of October 5, 2026"), "{}", status.stdout);
    assert!(status.stdout.contains(": 8, now 10"), "{}", status.stdout);
    let amended = record(&case, id, &["--on", "2026-10-06", "--number", "H-9", "--amends"]);
    assert_eq!(amended.code, 0, "{}", amended.stderr);
    let status = case.run(&["status", "{folder}", "--json"]).json();
    assert_eq!(status["filings"].as_array().unwrap().len(), 1);
    assert_eq!(status["filings"][0]["stale"], false);
}

#[test]
fn five_business_days_run_from_the_day_hhs_was_really_told() {
    let case = special();
    assert!(case.run(&["filings", "{folder}"]).code < 2);
    let id = "hipaa-hhs-500.harbor-health";
    let day = ["--on", "2026-09-14", "--number", "H-1"];
    assert_eq!(record(&case, id, &day).code, 0);
    assert!(case.run(&["filings", "{folder}"]).code < 2);
    for name in ["states/ny-ag-hipaa", "states/il-ag-hipaa"] {
        assert_eq!(filing(&case, name)["due"], "2026-09-21", "{name}");
    }
    assert_eq!(record(&case, "md-ag", &["--on", "2026-09-16", "--number", "letter"]).code, 0);
}

#[test]
fn names_and_lists_go_out_locked_and_their_readers_can_open_them() {
    let case = special();
    let key = age::x25519::Identity::generate();
    let public = key.to_public().to_string();
    case.edit(
        "incident.toml",
        "estimated_cost",
        &format!("encrypt_to = [\"{public}\"]\nestimated_cost"),
    );
    case.edit(
        "incident.toml",
        "id = \"harbor-health\"\n",
        &format!("id = \"harbor-health\"\nencrypt_to = [\"{public}\"]\n"),
    );
    let text = case.read("incident.toml");
    let decision = "\n[[decision]]\nquestion = \"filing.roster.names\"\nchoice = \"send\"\nby = \"A. Counsel\"\non = 2026-09-01\n";
    fs::write(case.path("incident.toml"), format!("{text}{decision}")).unwrap();
    let said = case.run(&["filings", "{folder}"]);
    assert!(said.code < 2, "{}", said.stderr);
    let open = |path: &str| {
        let bytes = fs::read(case.path(path)).unwrap();
        String::from_utf8(age::decrypt(&key, &bytes).unwrap()).unwrap()
    };
    let names = open("out/filings/states/la-ag-names.csv.age");
    assert_eq!(names.lines().count(), 6, "{names}");
    assert!(!names.contains("Maple"), "names and nothing else");
    let people = open("out/notices/harbor-health/people.csv.age");
    assert_eq!(people.lines().count(), 1783);
    assert!(!case.path("out/notices/harbor-health/people.csv").exists());
    assert!(!case.path("out/notices/harbor-health/people.xlsx").exists());
    case.edit("incident.toml", &public, "age1nonsense");
    let wrong = case.run(&["filings", "{folder}"]);
    assert!(wrong.code == 2 && wrong.stderr.contains("encrypt.key"), "{}", wrong.stderr);
}

#[test]
fn a_notice_on_a_home_page_must_stay_for_ninety_days() {
    let case = Case::sample("small-clinic");
    fs::write(case.path("receipt.txt"), "made up").unwrap();
    let lost: String = (1..=12)
        .map(|n| {
            format!("L{n:03},elm-street,Ada,,Lost{n},,,,,IN,,,,,1970-01-02,,,,,Name;Diagnosis,\n")
        })
        .collect();
    fs::write(case.path("roster.csv"), format!("{HEADER}\n{lost}")).unwrap();
    assert!(case.run(&["filings", "{folder}"]).code < 2);
    let receipt = case.path("receipt.txt");
    let confirm = |id: &str, more: &[&str]| {
        let mut arguments = vec!["confirm", "notice", "{folder}", id];
        arguments.extend(["--evidence", receipt.to_str().unwrap()]);
        arguments.extend(more);
        case.run(&arguments)
    };
    let unknown = confirm("nothing", &["--posted", "2026-09-12"]);
    assert!(unknown.code == 2 && unknown.stderr.contains("choose one of"), "{}", unknown.stderr);
    let id = unknown.stderr.split("choose one of ").nth(1).unwrap();
    let id = id.split_whitespace().next().unwrap().to_owned();
    assert_eq!(confirm(&id, &[]).code, 2);
    assert_eq!(confirm(&id, &["--taken-down", "2026-09-12"]).code, 4, "it was never posted");
    let posted = confirm(&id, &["--posted", "2026-08-12"]);
    assert_eq!(posted.code, 0, "{}", posted.stderr);
    assert!(posted.stdout.contains("must stay until November 10, 2026"), "{}", posted.stdout);
    assert_eq!(confirm(&id, &["--posted", "2026-08-13"]).code, 4);
    let down = confirm(&id, &["--taken-down", "2026-11-05"]);
    assert_eq!(down.code, 1, "{}", down.stderr);
    let status = case.run(&["status", "{folder}", "--json"]).json();
    assert_eq!(status["notices"][0]["days_short"], 5);
}
