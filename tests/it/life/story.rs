//! A breach lived through from its first letters to the bundles for everyone, with a recount of its
//! own after each step: from the rows that the test wrote, never from what the program says.

use super::breach::{BOSTON, Breach, CONCORD, PORTLAND, Row};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A person as the test knows them: what the program should find out.
#[derive(Clone)]
struct Human {
    row: Row,
    /// Letters by wave.
    letters: Vec<&'static str>,
    withdrawn: bool,
    returned: bool,
}

struct Story {
    breach: Breach,
    people: Vec<Human>,
    /// What each regulator was told last.
    told: BTreeMap<String, u64>,
}

const HARTFORD: (&str, &str, &str) = ("Hartford", "CT", "06103");
/// Regulators of the story and the state whose people they are told of; all of them where none.
const REGULATORS: [(&str, Option<&str>, Option<&str>); 6] = [
    ("me-ag", Some("ME"), None),
    ("ma-ag", Some("MA"), None),
    ("nh-ag", Some("NH"), None),
    ("ct-ag", Some("CT"), None),
    ("hipaa-hhs-annual.harbor-health", None, Some("harbor-health")),
    ("hipaa-hhs-annual.sierra-vista", None, Some("sierra-vista")),
];

impl Story {
    fn begin() -> Self {
        let mut rows = Vec::new();
        for n in 0..60 {
            rows.push(match n {
                0..30 => Row::new(n, "harbor-health", PORTLAND),
                30..40 => Row::new(n, "harbor-health", BOSTON),
                40..50 => Row::new(n, "sierra-vista", CONCORD),
                _ => Row::new(n, "prairie-care", HARTFORD),
            });
        }
        let breach = Breach::of(&rows);
        let human = |row: &Row| Human {
            row: row.clone(),
            letters: vec!["w1"],
            withdrawn: false,
            returned: false,
        };
        let people = rows.iter().map(human).collect();
        Self { breach, people, told: BTreeMap::new() }
    }

    /// How many people a regulator should be told of.
    fn recount(&self, state: Option<&str>, entity: Option<&str>) -> u64 {
        let counted = self.people.iter().filter(|human| !human.withdrawn);
        let of = counted.filter(|human| state.is_none_or(|state| human.row.town.1 == state));
        of.filter(|human| entity.is_none_or(|entity| human.row.entity == entity)).count() as u64
    }

    /// Each regulator's figure, by the plan and by the sheets, beside the recount.
    fn figures_hold(&self, wave: &str, step: &str) {
        let plan = self.breach.must(&format!("plan {{folder}} --wave {wave} --json")).json();
        let duties = plan["duties"].as_array().unwrap();
        for (id, state, entity) in REGULATORS {
            let wanted = self.recount(state, entity);
            let count = duties.iter().find(|duty| duty["id"] == id).map(|duty| &duty["count"]);
            assert_eq!(count, Some(&Value::from(wanted)), "{step}: {id}");
        }
        let status = self.breach.status();
        for filing in status["filings"].as_array().unwrap() {
            let id = filing["duty"].as_str().unwrap();
            let (_, state, entity) =
                REGULATORS.into_iter().find(|(known, ..)| *known == id).unwrap();
            let (told, now) = (self.told[id], self.recount(state, entity));
            assert_eq!(filing["count"], told, "{step}: {id} as told");
            if told != now {
                assert_eq!(filing["stale"], true, "{step}: {id} was told {told}, now {now}");
            }
        }
    }

    /// Files what is made: everything the first time, then what changed and nothing else.
    fn file(&mut self, wave: &str, day: &str, step: &str) {
        let said = self.breach.must(&format!("filings {{folder}} --wave {wave}"));
        for (id, state, entity) in REGULATORS {
            let now = self.recount(state, entity);
            match self.told.get(id) {
                None => self.breach.record(id, day, ""),
                Some(told) => {
                    let stale = Breach::found(&said).contains(&format!("`{id}` was filed"));
                    if *told != now {
                        assert!(stale, "{step}: {id} was told {told}, now {now}\n{}", said.stderr);
                    }
                    if !stale {
                        continue;
                    }
                    self.breach.record(id, day, " --amends");
                }
            }
            self.told.insert(id.to_owned(), now);
        }
        let status = self.breach.status();
        for filing in status["filings"].as_array().unwrap() {
            assert_eq!(filing["stale"], false, "{step}: {filing}");
        }
    }

    /// Pieces of a wave's letters, by record.
    fn mailed(&self, folder: &str) -> BTreeMap<String, String> {
        let manifest = self.breach.read(&format!("{folder}/manifest.csv"));
        let mut rows = csv::Reader::from_reader(manifest.as_bytes());
        let head = rows.headers().unwrap().clone();
        let at = |name: &str| head.iter().position(|h| h == name).unwrap();
        let (piece, record) = (at("piece_id"), at("record_id"));
        rows.records()
            .map(|row| row.unwrap())
            .map(|row| (row[record].to_owned(), row[piece].to_owned()))
            .collect()
    }

    /// The letters of a wave go to exactly these people.
    fn letters_are(&self, wave: &'static str, folder: &str, step: &str) {
        let wanted: BTreeSet<String> = self
            .people
            .iter()
            .filter(|human| human.letters.contains(&wave))
            .map(|human| human.row.id.clone())
            .collect();
        let mailed: BTreeSet<String> = self.mailed(folder).into_keys().collect();
        assert_eq!(mailed, wanted, "{step}");
    }

    fn human(&mut self, id: u32) -> &mut Human {
        let id = format!("R{id:05}");
        self.people.iter_mut().find(|human| human.row.id == id).unwrap()
    }
}

/// The client's list of day 55, and what becomes of each person on it.
fn day_55(story: &mut Story, whole: bool) -> Vec<Row> {
    let mut list: Vec<Row> = Vec::new();
    // Found only now, some with the clinic that was missing.
    for n in 100..112 {
        let (entity, town) = match n {
            100..106 => ("harbor-health", PORTLAND),
            106..109 => ("prairie-care", HARTFORD),
            _ => ("elm-clinic", BOSTON),
        };
        let row = Row::new(n, entity, town);
        list.push(row.clone());
        story.people.push(Human { row, letters: vec!["w2"], withdrawn: false, returned: false });
    }
    // Corrected: address, and one of them lives in another state.
    for n in 1..6 {
        let human = story.human(n);
        human.row.street = format!("{n} Corrected Road");
        if n == 5 {
            human.row.town = CONCORD;
        }
        list.push(human.row.clone());
    }
    // A surname corrected, with the earlier record named.
    let human = story.human(6);
    human.row.last = "Vervain".to_owned();
    let mut row = human.row.clone();
    row.prior.clone_from(&row.id);
    list.push(row);
    // More of their data was involved.
    for n in 41..44 {
        let human = story.human(n);
        human.row.elements = "Name;SSN;Diagnosis";
        human.letters.push("w2");
        list.push(human.row.clone());
    }
    // Known under new numbers: told already.
    for n in 7..10 {
        let mut row = story.human(n).row.clone();
        row.id = format!("N{n}");
        list.push(row);
    }
    // Died since.
    for n in 10..12 {
        let human = story.human(n);
        human.row.died = true;
        list.push(human.row.clone());
    }
    if whole {
        let known: BTreeSet<String> = list.iter().map(|row| row.id.clone()).collect();
        let renumbered: BTreeSet<String> = (7..10).map(|n| format!("R{n:05}")).collect();
        let rest = story.people.iter().map(|human| &human.row);
        let rest = rest.filter(|row| !known.contains(&row.id) && !renumbered.contains(&row.id));
        list.extend(rest.cloned().collect::<Vec<_>>());
    }
    list
}

const CLINIC: &str = r#"
[[covered_entity]]
id = "elm-clinic"
name = "Elm Clinic"
kind = "healthcare_provider"
address = ["18 Elm Street", "Boston, MA 02139"]
state = "MA"
licences = []
government = "none"
part2_program = false
publicly_traded = false
medicaid_contracts = []
medicare_contracts = false
critical_infrastructure = false
home_page = "https://elmclinic.example"
contact = { name = "Ira Moss", title = "Owner", phone = "617-555-0144", email = "privacy@elmclinic.example" }
agency = "independent"
told_on = 2026-08-20
list_received_on = 2026-09-02

[covered_entity.delegation]
individual = "sender"
hhs = "sender"
state = "sender"
media = "sender"
substitute = "sender"
cra = "sender"
agreed_on = 2026-09-01
"#;

const HOLD: &str = r#"
[[law_enforcement_hold]]
kind = "written"
agency = "Made-up Bureau"
official = "J. Doe"
stated_on = 2026-11-10
until = 2026-11-12
jurisdictions = ["US-HIPAA"]
"#;

/// The steps after the list of day 55, in one of several orders.
fn live(whole: bool, withdraw_first: bool, amend_late: bool) {
    let mut story = Story::begin();
    story.breach.seal("w1");
    story.letters_are("w1", "letters", "w1");
    story.breach.post("w1", "1", "2026-09-18");
    story.breach.must("filings {folder} --wave w1");
    story.file("w1", "2026-09-20", "w1 is filed");
    story.figures_hold("w1", "w1 is filed");

    // Day 55.
    story.breach.add(CLINIC);
    let list = day_55(&mut story, whole);
    story.breach.wave("w2", "supplemental", "2026-10-05", &list);
    let withdraw = |story: &mut Story| {
        for n in [20, 21, 35] {
            let human = story.human(n);
            human.withdrawn = true;
            let id = human.row.id.clone();
            let said = story.breach.must(&format!(
                "withdraw {{folder}} {id} --by P.Officer --why not.in.the.files --on 2026-10-01"
            ));
            assert!(said.stdout.contains("was posted on September 18, 2026"), "{}", said.stdout);
        }
    };
    if withdraw_first {
        withdraw(&mut story);
    }
    story.breach.seal("w2");
    story.letters_are("w2", "w2/letters", "w2");
    story.figures_hold("w2", "w2 is sealed");
    if !withdraw_first {
        withdraw(&mut story);
        story.breach.must("run {folder} --wave w2");
        story.figures_hold("w2", "people are withdrawn");
    }
    assert_eq!(story.breach.run("verify {folder} --wave w2").code, 0);
    assert_eq!(story.breach.run("verify {folder} --wave w1").code, 0);
    if !amend_late {
        story.file("w2", "2026-10-06", "w2 is filed");
    }
    story.breach.post("w2", "1", "2026-10-05");
    if amend_late {
        story.file("w2", "2026-10-06", "w2 is filed");
    }
    // What is history stays it: a clinic was added, people were withdrawn, lists were corrected.
    let status = story.breach.status();
    for wave in status["waves"].as_array().unwrap() {
        for seal in wave["seals"].as_array().unwrap() {
            assert_eq!(seal["state"], "valid", "{seal}");
        }
    }
    let said = story.breach.must("run {folder} --wave w1");
    assert!(!Breach::found(&said).contains("filing.stale"), "{}", said.stderr);
    story.figures_hold("w2", "w1 was run again");

    // Twelve letters of one covered entity come back.
    let pieces = story.mailed("letters");
    let evidence = story.breach.case.path("evidence.txt");
    let returned: Vec<u32> = (1..13).filter(|n| *n != 6).chain([13]).collect();
    for n in &returned {
        let human = story.human(*n);
        human.returned = true;
        let piece = &pieces[&human.row.id];
        story.breach.must(&format!(
            "confirm letters {{folder}} --wave w1 --piece {piece} --returned 2026-10-10 --evidence {}",
            evidence.display()
        ));
    }
    let said = story.breach.must("plan {folder} --wave w2 --json");
    assert!(
        Breach::found(&said).contains("12 letters to people of Harbor Health System"),
        "{}",
        said.stderr
    );
    assert!(Breach::found(&said).contains("--kind remail"), "{}", said.stderr);
    let owed = |plan: &Value, rule: &str| {
        let id = format!("{rule}.harbor-health");
        let duty = plan["duties"].as_array().unwrap().iter().find(|duty| duty["id"] == id.as_str());
        duty.is_some_and(|duty| duty["arises"] == true)
    };
    // The letters to next of kin ask for no substitute notice.
    let living = returned.iter().filter(|n| !story.human(**n).row.died).count();
    assert_eq!(living, 10);
    assert!(owed(&said.json(), "hipaa-substitute-many"), "ten addresses are out of date");

    // They are written to again.
    let said = story.breach.must("wave {folder} --kind remail --mail-on 2026-10-20 --json").json();
    assert_eq!((said["wave"].as_str(), said["people"].as_u64()), (Some("w3"), Some(12)));
    let roster = story.breach.case.read("w3.csv");
    for n in [1, 5] {
        assert!(roster.contains(&format!("{n} Corrected Road")), "the better address is used");
    }
    let missing = said["without_address"].as_u64().unwrap();
    assert_eq!(missing, 7, "five were corrected by the list of day 55");
    let filled: String = roster
        .lines()
        .map(|line| match line.contains(",,,,,ME,") {
            true => {
                format!("{}\n", line.replacen(",,,,,ME,", ",3 Found Street,,,Portland,ME,04101", 1))
            }
            false => format!("{line}\n"),
        })
        .collect();
    std::fs::write(story.breach.case.path("w3.csv"), filled).unwrap();
    story.breach.seal("w3");
    for n in &returned {
        story.human(*n).letters.push("w3");
    }
    story.letters_are("w3", "w3/letters", "w3");
    story.breach.post("w3", "1", "2026-10-20");
    let said = story.breach.must("plan {folder} --wave w3 --json");
    assert!(!owed(&said.json(), "hipaa-substitute-many"), "everyone has a better address");
    story.figures_hold("w3", "letters were sent again");

    // A hold comes late, a correction is laid out, and everybody gets a bundle.
    story.breach.add(HOLD);
    let said = story.breach.must("plan {folder} --wave w3");
    assert!(Breach::found(&said).contains("had been posted"), "{}", said.stderr);
    story.breach.must("wave {folder} --kind correction --mail-on 2026-11-16 --what-was-wrong Your.name.was.misspelled.");
    story.breach.must("run {folder} --wave w4");
    let folder = story.breach.case.folder();
    for reader in ["regulator", "counsel", "client"] {
        let to = folder.with_file_name(format!("for-{reader}"));
        let entity = if reader == "client" { " --entity harbor-health" } else { "" };
        let said = story.breach.run(&format!(
            "export {{folder}} --wave w3 --for {reader}{entity} --to {}",
            to.display()
        ));
        assert!(said.code < 2, "{reader}: {}", said.stderr);
    }
}

#[test]
fn the_figures_of_a_breach_hold_at_every_step() {
    live(false, true, false);
}

#[test]
fn they_hold_with_the_whole_new_list_and_in_another_order() {
    live(true, false, true);
}

#[test]
fn they_hold_in_every_order() {
    if !crate::case::full() {
        return;
    }
    for n in 0..8 {
        live(n & 1 != 0, n & 2 != 0, n & 4 != 0);
    }
}
