//! Random valid incidents: who must be told by when, as the program says it and as
//! [`super::recount`] does.

use super::recount::{Crowd, Law, Owed, Part, Party, Recount, Story, Wait};
use crate::case::full;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use noticeworks::incident::Incident;
use noticeworks::incident::{EntityIx, StrandIx};
use noticeworks::law::LawPack;
use noticeworks::plan::{Arises, Cell, Cube, Outcome, Plan, Rules, make, outcome};
use noticeworks::roster::{
    Address, AddressKind, ElementSet, Person, Population, Recipient, Standing,
};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;

/// Numbers from a seed (SplitMix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }

    /// One time in `n`.
    fn rarely(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
}

const STATES: [&str; 54] = [
    "AK", "AL", "AR", "AZ", "CA", "CO", "CT", "DC", "DE", "FL", "GA", "GU", "HI", "IA", "ID", "IL",
    "IN", "KS", "KY", "LA", "MA", "MD", "ME", "MI", "MN", "MO", "MS", "MT", "NC", "ND", "NE", "NH",
    "NJ", "NM", "NV", "NY", "OH", "OK", "OR", "PA", "PR", "RI", "SC", "SD", "TN", "TX", "UT", "VA",
    "VI", "VT", "WA", "WI", "WV", "WY",
];

/// Around the thresholds of the statutes.
const SIZES: [u64; 16] =
    [1, 2, 9, 10, 49, 50, 249, 250, 251, 499, 500, 501, 999, 1000, 1001, 10_001];

const ELEMENTS: [&str; 9] = [
    "ssn",
    "drivers_license",
    "diagnosis",
    "insurance_member_id",
    "financial_account",
    "date_of_birth",
    "passport",
    "biometric",
    "address",
];

const KINDS: [&str; 3] = ["healthcare_provider", "health_plan", "clearinghouse"];
const DUTIES: [&str; 6] = ["individual", "hhs", "state", "media", "substitute", "cra"];
const LAWS: [&str; 6] = ["US-HIPAA", "TX", "CA", "FL", "VT", "NY"];

fn story(dice: &mut Dice) -> Story {
    let role = dice.one(&[
        "covered_entity",
        "business_associate",
        "business_associate",
        "phr_vendor",
        "phr_service_provider",
    ]);
    let hipaa = !role.starts_with("phr");
    let discovered = date(2026, 2, 1) + i64::try_from(dice.below(120)).unwrap().days();
    let later = |dice: &mut Dice, from: Date, most: usize| {
        from + i64::try_from(dice.below(most)).unwrap().days()
    };
    let parts: Vec<Part> = (0..1 + dice.below(3))
        .map(|i| {
            let discovered = if i == 0 { discovered } else { later(dice, discovered, 20) };
            let determined = (!dice.rarely(4)).then(|| later(dice, discovered, 25));
            Part {
                id: format!("part{i}"),
                discovered,
                determined,
                locations: dice.one(&[
                    vec!["network_server"],
                    vec!["email", "laptop"],
                    vec!["paper_films"],
                    vec!["paper_films", "network_server"],
                ]),
                kind: dice.one(&["hacking_it_incident", "theft", "unauthorized_access_disclosure"]),
                encrypted: dice.rarely(6),
            }
        })
        .collect();
    let several = matches!(role, "business_associate" | "phr_service_provider") || dice.rarely(4);
    let parties: Vec<Party> = (0..if several { 1 + dice.below(12) } else { 1 })
        .map(|i| {
            let told_on = (role == "business_associate" || role == "phr_service_provider")
                .then(|| dice.rarely(2).then(|| later(dice, discovered, 40)))
                .flatten();
            Party {
                id: format!("party{i}"),
                kind: if hipaa { dice.one(&KINDS) } else { "phr_vendor" },
                subtype: "none",
                licences: Vec::new(),
                independent: dice.rarely(2),
                told_on,
                knew_on: None,
                itself: DUTIES.iter().copied().filter(|_| dice.rarely(5)).collect(),
            }
        })
        .collect();
    let mut crowds = Vec::new();
    for _ in 0..2 + dice.below(14) {
        let elements: BTreeSet<&str> =
            (0..1 + dice.below(3)).map(|_| dice.one(&ELEMENTS)).collect();
        let population = dice.one(&["patient", "patient", "patient", "dependant", "employee"]);
        let estate = dice.rarely(12);
        crowds.push(Crowd {
            party: dice.below(parties.len()),
            part: dice.below(parts.len()),
            state: dice.one(&STATES),
            n: dice.one(&SIZES),
            elements: elements.into_iter().collect(),
            population,
            estate,
            unreachable: dice.rarely(6),
        });
    }
    let last_known = parts.iter().map(|p| p.determined.unwrap_or(p.discovered)).max().unwrap();
    let mail_on = later(dice, last_known, 60);
    let waits = (0..dice.below(3))
        .map(|_| {
            let stated = later(dice, discovered, 40);
            let codes: BTreeSet<&str> = (0..1 + dice.below(3)).map(|_| dice.one(&LAWS)).collect();
            Wait { stated, last: later(dice, stated, 60), codes: codes.into_iter().collect() }
        })
        .collect();
    Story {
        role,
        parties,
        parts,
        waits,
        crowds,
        mail_on,
        decisions: BTreeMap::new(),
        protected: if dice.rarely(2) { vec!["ssn"] } else { Vec::new() },
    }
}

/// The story as incident.toml says it.
fn incident(story: &Story) -> Incident {
    let mut text = format!(
        "id = \"random\"\n[sender]\nname = \"Sender\"\nrole = \"{}\"\nreturn_address = []\n\
         phone = \"\"\nsignatory = {{ name = \"\" }}\n[breach]\nwhat_happened = \"\"\n\
         what_we_are_doing = \"\"\n[[wave]]\nid = \"w1\"\nroster = \"roster.csv\"\nmail_on = {}\n",
        story.role, story.mail_on
    );
    let dated =
        |key: &str, on: Option<Date>| on.map_or(String::new(), |d| format!("{key} = {d}\n"));
    for p in &story.parties {
        let who = |what: &str| if p.itself.contains(what) { "self" } else { "sender" };
        let delegation: Vec<String> =
            DUTIES.iter().map(|what| format!("{what} = \"{}\"", who(what))).collect();
        write!(
            text,
            "[[covered_entity]]\nid = \"{0}\"\nname = \"{0}\"\nkind = \"{1}\"\nsubtype = \"{2}\"\n\
             agency = \"{3}\"\n{4}{5}delegation = {{ {6} }}\n",
            p.id,
            p.kind,
            p.subtype,
            if p.independent { "independent" } else { "agent" },
            dated("told_on", p.told_on),
            dated("knew_earlier_on", p.knew_on),
            delegation.join(", "),
        )
        .unwrap();
    }
    for p in &story.parts {
        let locations: Vec<String> = p.locations.iter().map(|l| format!("\"{l}\"")).collect();
        write!(
            text,
            "[[strand]]\nid = \"{}\"\ndiscovered = {}\n{}type = \"{}\"\nencrypted = {}\n\
             risk_of_harm = \"not_excluded\"\nlocations = [{}]\n",
            p.id,
            p.discovered,
            dated("determined", p.determined),
            p.kind,
            p.encrypted,
            locations.join(", ")
        )
        .unwrap();
    }
    for wait in &story.waits {
        let codes: Vec<String> = wait.codes.iter().map(|c| format!("\"{c}\"")).collect();
        write!(
            text,
            "[[law_enforcement_hold]]\nkind = \"written\"\nstated_on = {}\nuntil = {}\n\
             jurisdictions = [{}]\n",
            wait.stated,
            wait.last,
            codes.join(", ")
        )
        .unwrap();
    }
    for id in ELEMENTS {
        write!(text, "[[data_element]]\nid = \"{id}\"\nletter = \"{id}\"\n").unwrap();
    }
    if !story.protected.is_empty() {
        text.push_str(
            "[[protection]]\nprovider = \"Watch\"\nrecipients = [\"adult\", \"minor\"]\nmonths = 24\n\
             offered_for = [\"ssn\"]\nenroll_by = 2027-01-31\nphone = \"1-800-555-0177\"\n",
        );
    }
    for (question, choice) in &story.decisions {
        write!(
            text,
            "[[decision]]\nquestion = \"{question}\"\nchoice = \"{choice}\"\nby = \"A\"\n\
             on = 2026-01-01\n"
        )
        .unwrap();
    }
    toml::from_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn cube(story: &Story, incident: &Incident) -> Cube {
    let mut cube = Cube::default();
    for c in &story.crowds {
        let elements = c
            .elements
            .iter()
            .map(|id| incident.elements.iter().position(|e| e.id == *id).unwrap())
            .collect();
        let person = person(c, elements);
        let outcome = outcome(&person, incident);
        assert_eq!(
            outcome,
            planned(story, c),
            "the outcome of a row of {}",
            story.parties[c.party].id
        );
        let cell = Cell {
            entity: person.entity.unwrap(),
            strand: person.strand,
            jurisdiction: person.jurisdiction,
            elements: person.elements,
            population: person.population,
            recipient: person.recipient,
            outcome,
        };
        *cube.cells.entry(cell).or_default() += c.n;
    }
    cube
}

/// What becomes of a row: its covered entity writes for itself, or nobody can, or a letter goes.
fn planned(story: &Story, c: &Crowd) -> Outcome {
    let serves = matches!(story.role, "business_associate" | "phr_service_provider");
    let alone = !serves && story.parties.len() == 1;
    match story.parties[c.party].itself.contains("individual") && !alone {
        true => Outcome::Held,
        false if c.unreachable => Outcome::Substitute,
        false => Outcome::ToMail,
    }
}

fn person(c: &Crowd, elements: ElementSet) -> Person {
    Person {
        row: 1,
        record_id: "r1".to_owned(),
        entity: Some(EntityIx::new(c.party)),
        strand: StrandIx::new(c.part),
        first_name: "Ada".to_owned(),
        middle_name: String::new(),
        last_name: "Sample".to_owned(),
        suffix: String::new(),
        address: Address { kind: AddressKind::Ordinary, ..Address::default() },
        jurisdiction: c.state.to_owned(),
        email: String::new(),
        email_consent: false,
        email_consent_on: None,
        date_of_birth: None,
        recipient: if c.estate { Recipient::Estate } else { Recipient::Adult },
        representative_name: String::new(),
        language: "en".to_owned(),
        alt_format: String::new(),
        population: match c.population {
            "patient" => Population::Patient,
            "dependant" => Population::Dependant,
            _ => Population::Employee,
        },
        elements,
        activation_code: String::new(),
        prior_record_id: String::new(),
        supplemental: false,
        standing: if c.unreachable { Standing::Substitute } else { Standing::Ready },
    }
}

/// What the program says arises, by duty.
fn said(plan: &Plan) -> BTreeMap<String, Owed> {
    let arising = plan.duties.iter().filter(|d| d.arises == Arises::Yes);
    arising
        .map(|d| {
            let owed = Owed { count: d.count, due: d.due, hours: d.due_hours.map(u64::from) };
            (d.id.clone(), owed)
        })
        .collect()
}

/// How far two counts differ, a line each.
fn differences(said: &BTreeMap<String, Owed>, owed: &BTreeMap<String, Owed>) -> Vec<String> {
    let ids: BTreeSet<&String> = said.keys().chain(owed.keys()).collect();
    ids.into_iter()
        .filter(|id| said.get(*id) != owed.get(*id))
        .map(|id| format!("{id}: said {:?}, owed {:?}", said.get(id), owed.get(id)))
        .collect()
}

/// People who belong to an entity that writes for itself are held, never out of reach.
fn seen(story: &Story) -> Story {
    let mut seen = story.clone();
    for c in &mut seen.crowds {
        c.unreachable = planned(story, c) == Outcome::Substitute;
    }
    seen
}

/// What came of comparing.
#[derive(Default)]
struct Tried {
    wrong: Vec<String>,
    duties: usize,
    /// Left out: rules that changed between discovery and mailing, of which counsel chooses one.
    changed: usize,
    decided: usize,
}

/// Plans each incident three times: as it is first seen, after counsel answered some questions, and
/// for a later mail date.
fn compare(pack: &LawPack, law: &Law, seeds: std::ops::Range<u64>) -> Tried {
    let rules = Rules::from(pack);
    let mut tried = Tried::default();
    for seed in seeds {
        let mut dice = Dice(seed);
        let mut story = story(&mut dice);
        for round in 0..3 {
            let incident = incident(&story);
            let cube = cube(&story, &incident);
            let (plan, findings) =
                make(&incident, &cube, &rules, &incident.waves[0], story.mail_on);
            assert!(!findings.has_errors(), "seed {seed}: {:?}", findings.counts());
            let people = seen(&story);
            let mut recount = Recount::new(law, &people);
            let owed = recount.owed();
            let mut said = said(&plan);
            let before = said.len();
            said.retain(|id, _| plan.duty(id).is_none_or(|d| !recount.changed.contains(&d.rule)));
            tried.changed += before - said.len();
            tried.duties += owed.len();
            for difference in differences(&said, &owed) {
                tried.wrong.push(format!("seed {seed}, round {round}: {difference}"));
            }
            let people: u64 = story.crowds.iter().map(|c| c.n).sum();
            assert_eq!(cube.people(), people, "seed {seed}");
            for question in plan.questions.iter().filter(|q| q.choices.len() > 1) {
                if dice.rarely(3) && !question.id.ends_with(".version") {
                    story.decisions.insert(question.id.clone(), dice.one(&question.choices));
                    tried.decided += 1;
                }
            }
            if round == 1 {
                story.mail_on += i64::try_from(dice.below(90)).unwrap().days();
                story.decisions.retain(|id, _| !id.ends_with(".definition"));
            }
        }
    }
    tried
}

#[test]
fn random_incidents_are_planned_as_a_recount_says() {
    let pack = LawPack::embedded().unwrap_or_else(|f| panic!("law pack: {:?}", f.counts()));
    let Tried { wrong, duties, changed, decided } =
        compare(&pack, &Law::read(), 0..if full() { 200 } else { 25 });
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
    assert!(duties > 1_000 && decided > 50, "{duties} duties, {decided} decisions");
    assert!(changed * 20 < duties, "{changed} of {duties} duties have two versions");
}

#[test]
fn the_recount_notices_a_plan_by_another_law() {
    for (file, from, to) in [
        ("us-hipaa.toml", "threshold = 500", "threshold = 700"),
        ("us-hipaa.toml", "deadline = { days = 60 }", "deadline = { days = 61 }"),
        ("tx.toml", "deadline = { days = 60 }", "deadline = { days = 61 }"),
        ("fl.toml", "deadline = { days = 30 }", "deadline = { days = 31 }"),
        ("elements.toml", "categories = [\"ssn\"]", "categories = [\"passport\"]"),
    ] {
        let dir = tempfile::tempdir().unwrap();
        for entry in fs::read_dir("law").unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, dir.path().join(path.file_name().unwrap())).unwrap();
        }
        let path = dir.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} has no `{from}`");
        fs::write(&path, text.replace(from, to)).unwrap();
        let pack = LawPack::load(dir.path()).unwrap_or_else(|f| panic!("{:?}", f.counts()));
        let tried = compare(&pack, &Law::read(), 0..60);
        assert!(!tried.wrong.is_empty(), "{file}: `{to}` went unseen");
    }
}
