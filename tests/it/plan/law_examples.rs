//! Examples as data against the law pack: facts in, duties and dates out
//! (`tests/law-examples/<code>.toml`).

use jiff::civil::Date;
use noticeworks::finding::Findings;
use noticeworks::incident::{Day, Incident};
use noticeworks::law::LawPack;
use noticeworks::plan::{Arises, Cell, Cube, Outcome, Plan, Rules, make};
use noticeworks::roster::{Population, Recipient};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Examples {
    pub example: Vec<Example>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    pub name: String,
    /// The provision it is worked from.
    #[serde(default)]
    rule: String,
    /// The story in words, for an example with a whole plan.
    #[serde(default)]
    pub facts: String,
    /// The whole plan that must follow, as [`super::incidents`] prints it.
    #[serde(default)]
    pub plan: String,
    #[serde(default = "covered_entity")]
    role: String,
    discovered: Day,
    #[serde(default)]
    discoveries: Vec<Day>,
    #[serde(default)]
    determined: Option<Day>,
    /// When a publicly traded organization found it material.
    #[serde(default)]
    material_on: Option<Day>,
    mail_on: Day,
    #[serde(default)]
    locations: Vec<String>,
    #[serde(default)]
    encrypted: bool,
    #[serde(default)]
    names_linked: Option<bool>,
    #[serde(default)]
    risk_of_harm: Option<String>,
    #[serde(default)]
    entities: Vec<Entity>,
    /// Further strands beside `server`.
    #[serde(default)]
    strands: Vec<Further>,
    /// There is no roster yet: the people are `[[estimate]]`s.
    #[serde(default)]
    estimated: bool,
    #[serde(default)]
    holds: Vec<toml::Table>,
    #[serde(default)]
    decisions: Vec<Decided>,
    people: Vec<People>,
    /// Questions that the plan must raise.
    #[serde(default)]
    asks: Vec<String>,
    /// Questions that it must not raise.
    #[serde(default)]
    not_asked: Vec<String>,
    #[serde(default)]
    expect: Vec<Expect>,
}

fn covered_entity() -> String {
    "covered_entity".to_owned()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entity {
    id: String,
    #[serde(default)]
    kind: Option<String>,
    #[serde(default)]
    subtype: Option<String>,
    #[serde(default)]
    licences: Vec<toml::Table>,
    #[serde(default)]
    state: Option<String>,
    #[serde(default)]
    government: Option<String>,
    #[serde(default)]
    part2_program: Option<bool>,
    #[serde(default)]
    publicly_traded: Option<bool>,
    #[serde(default)]
    agency: Option<String>,
    #[serde(default)]
    told_on: Option<Day>,
    #[serde(default)]
    knew_earlier_on: Option<Day>,
    /// `sender` or `self`.
    #[serde(default)]
    state_filings: Option<String>,
    /// `sender` or `self`.
    #[serde(default)]
    hhs: Option<String>,
    /// It writes to its people, tells the media and the bureaus itself.
    #[serde(default)]
    acts_itself: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Further {
    id: String,
    discovered: Day,
    #[serde(default)]
    locations: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Decided {
    question: String,
    choice: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct People {
    state: String,
    n: u64,
    elements: Vec<String>,
    #[serde(default)]
    entity: Option<String>,
    /// `server` unless another is named.
    #[serde(default)]
    strand: Option<String>,
    #[serde(default)]
    population: Option<String>,
    #[serde(default)]
    recipient: Option<String>,
    #[serde(default)]
    outcome: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    duty: String,
    #[serde(default)]
    arises: Option<bool>,
    /// Known from estimates only.
    #[serde(default)]
    possible: bool,
    /// The rule was not in force: the plan does not list it.
    #[serde(default)]
    absent: bool,
    #[serde(default)]
    due: Option<Day>,
    /// The better day, where letters wait for it.
    #[serde(default)]
    recommended: Option<Day>,
    /// The law gives no number of days.
    #[serde(default)]
    undated: bool,
    #[serde(default)]
    hours: Option<u32>,
    #[serde(default)]
    count: Option<u64>,
    /// Months of identity protection that must be offered.
    #[serde(default)]
    months: Option<u32>,
}

impl Example {
    /// The incident of these facts, as `incident.toml` would say it.
    fn incident(&self) -> Incident {
        let mut text = format!(
            "id = \"example\"\n[sender]\nname = \"Sender\"\nrole = \"{}\"\nreturn_address = []\n\
             phone = \"\"\nsignatory = {{ name = \"\" }}\n[breach]\nwhat_happened = \"\"\n\
             what_we_are_doing = \"\"\n{}[[wave]]\nid = \"w1\"\nroster = \"roster.csv\"\nmail_on = {}\n",
            self.role,
            self.material_on.map_or_else(String::new, |d| format!("material_on = {d}\n")),
            self.mail_on
        );
        let default = [Entity {
            id: "harbor".to_owned(),
            kind: None,
            subtype: None,
            licences: Vec::new(),
            state: None,
            government: None,
            part2_program: None,
            publicly_traded: None,
            agency: None,
            told_on: None,
            knew_earlier_on: None,
            state_filings: None,
            hhs: None,
            acts_itself: false,
        }];
        let entities = if self.entities.is_empty() { &default[..] } else { &self.entities };
        for entity in entities {
            let state = entity.state_filings.as_deref().unwrap_or("sender");
            let hhs = entity.hhs.as_deref().unwrap_or("sender");
            let other = if entity.acts_itself { "self" } else { "sender" };
            write!(
                text,
                "[[covered_entity]]\nid = \"{0}\"\nname = \"{0}\"\nkind = \"{1}\"\nsubtype = \
                 \"{2}\"\nagency = \"{3}\"\n{4}{5}licences = {6}\n{7}delegation = {{ individual = \
                 \"{other}\", hhs = \"{hhs}\", state = \"{state}\", media = \"{other}\", \
                 substitute = \"{other}\", cra = \"{other}\" }}\n",
                entity.id,
                entity.kind.as_deref().unwrap_or("healthcare_provider"),
                entity.subtype.as_deref().unwrap_or("none"),
                entity.agency.as_deref().unwrap_or("agent"),
                entity.told_on.map_or_else(String::new, |d| format!("told_on = {d}\n")),
                entity
                    .knew_earlier_on
                    .map_or_else(String::new, |d| format!("knew_earlier_on = {d}\n")),
                toml::Value::from(entity.licences.clone()),
                entity.affiliations(),
            )
            .unwrap();
        }
        let locations = if self.locations.is_empty() {
            vec!["network_server".to_owned()]
        } else {
            self.locations.clone()
        };
        write!(
            text,
            "[[strand]]\nid = \"server\"\ndiscovered = {}\n{}type = \"hacking_it_incident\"\n\
             {}encrypted = {}\nrisk_of_harm = \"{}\"\nlocations = {}\n",
            self.discovered,
            self.determined.map_or_else(String::new, |d| format!("determined = {d}\n")),
            self.names_linked.map_or_else(String::new, |v| format!("names_linked = {v}\n")),
            self.encrypted,
            self.risk_of_harm.as_deref().unwrap_or("not_excluded"),
            toml::Value::from(locations),
        )
        .unwrap();
        for day in &self.discoveries {
            write!(text, "[[strand.discoveries]]\non = {day}\nwhat = \"x\"\n").unwrap();
        }
        for Further { id, discovered, locations } in &self.strands {
            let server = vec!["network_server".to_owned()];
            let locations = if locations.is_empty() { &server } else { locations };
            write!(
                text,
                "[[strand]]\nid = \"{id}\"\ndiscovered = {discovered}\ntype = \"theft\"\n\
                 risk_of_harm = \"not_excluded\"\nlocations = {}\n",
                toml::Value::from(locations.clone())
            )
            .unwrap();
        }
        for people in self.people.iter().filter(|_| self.estimated) {
            write!(
                text,
                "[[estimate]]\nentity = \"{}\"\njurisdiction = \"{}\"\ncount = {}\n\
                 elements = {}\n",
                people.entity.as_deref().unwrap_or(&entities[0].id),
                people.state,
                people.n,
                toml::Value::from(people.elements.clone()),
            )
            .unwrap();
        }
        for hold in &self.holds {
            write!(text, "[[law_enforcement_hold]]\n{hold}").unwrap();
        }
        for decision in &self.decisions {
            write!(
                text,
                "[[decision]]\nquestion = \"{}\"\nchoice = \"{}\"\nby = \"A\"\non = 2026-01-01\n",
                decision.question, decision.choice
            )
            .unwrap();
        }
        for id in self.elements() {
            write!(text, "[[data_element]]\nid = \"{id}\"\nletter = \"{id}\"\n").unwrap();
        }
        toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}\n{text}", self.name))
    }

    fn elements(&self) -> BTreeSet<&str> {
        self.people.iter().flat_map(|p| &p.elements).map(String::as_str).collect()
    }

    fn cube(&self, incident: &Incident) -> Cube {
        if self.estimated {
            return Cube::from_estimates(incident);
        }
        let mut cube = Cube::default();
        for people in &self.people {
            let entity = people.entity.as_deref().unwrap_or(&incident.entities[0].id);
            let strand = people.strand.as_deref().unwrap_or("server");
            let cell = Cell {
                entity: incident.entity_index(entity).unwrap(),
                strand: incident.strand_index(strand).unwrap(),
                jurisdiction: people.state.clone(),
                elements: people
                    .elements
                    .iter()
                    .map(|id| incident.elements.iter().position(|e| e.id == *id).unwrap())
                    .collect(),
                population: match people.population.as_deref() {
                    None => Population::Patient,
                    Some("employee") => Population::Employee,
                    Some("guarantor") => Population::Guarantor,
                    Some("dependant") => Population::Dependant,
                    Some(other) => panic!("population {other}"),
                },
                recipient: match people.recipient.as_deref() {
                    None => Recipient::Adult,
                    Some("estate") => Recipient::Estate,
                    Some(other) => panic!("recipient {other}"),
                },
                outcome: match people.outcome.as_deref() {
                    None => Outcome::ToMail,
                    Some("held") => Outcome::Held,
                    Some("substitute") => Outcome::Substitute,
                    Some(other) => panic!("outcome {other}"),
                },
            };
            *cube.cells.entry(cell).or_default() += people.n;
        }
        cube
    }

    /// The plan that the program makes of it.
    pub fn make(&self, pack: &LawPack) -> (Plan, Findings) {
        let incident = self.incident();
        // Older versions that the files do give are tried too.
        let rules = Rules { since: None, ..Rules::from(pack) };
        let cube = self.cube(&incident);
        make(&incident, &cube, &rules, &incident.waves[0], *self.mail_on)
    }

    /// What differs from the example, one line each.
    fn failures(&self, pack: &LawPack) -> Vec<String> {
        let (plan, findings) = self.make(pack);
        let mut wrong: Vec<String> =
            self.expect.iter().filter_map(|expect| expect.differs(&plan)).collect();
        for id in &self.asks {
            if plan.question(id).is_none() {
                wrong.push(format!("the plan does not ask `{id}`"));
            }
        }
        for id in &self.not_asked {
            if plan.question(id).is_some() {
                wrong.push(format!("the plan asks `{id}`"));
            }
        }
        if findings.has_errors() {
            wrong.push(format!("errors: {:?}", findings.counts()));
        }
        wrong
    }
}

impl Entity {
    /// Its answers to the short interview, as far as the example gives any.
    fn affiliations(&self) -> String {
        let text = |key: &str, value: &Option<String>| {
            value.as_ref().map_or_else(String::new, |v| format!("{key} = \"{v}\"\n"))
        };
        let flag = |key: &str, value: Option<bool>| {
            value.map_or_else(String::new, |v| format!("{key} = {v}\n"))
        };
        [
            text("state", &self.state),
            text("government", &self.government),
            flag("part2_program", self.part2_program),
            flag("publicly_traded", self.publicly_traded),
        ]
        .concat()
    }
}

impl Expect {
    fn differs(&self, plan: &Plan) -> Option<String> {
        let id = &self.duty;
        let Some(duty) = plan.duty(id) else {
            return (!self.absent).then(|| format!("`{id}` is not in the plan"));
        };
        let wanted = if self.possible { Arises::Possible } else { Arises::Yes };
        let arises = duty.arises == wanted;
        let date = |d: Option<Date>| d.map_or_else(|| "no date".to_owned(), |d| d.to_string());
        if self.absent {
            return Some(format!("`{id}` is in the plan"));
        }
        if self.arises != Some(arises) {
            return Some(format!("`{id}` arises: {arises} ({})", duty.reason));
        }
        if arises && (self.due.map(|d| *d) != duty.due || self.undated != duty.due.is_none()) {
            let wanted = date(self.due.map(|d| *d));
            return Some(format!("`{id}` is due on {} instead of {wanted}", date(duty.due)));
        }
        if arises && self.recommended.map(|d| *d) != duty.recommended {
            return Some(format!("`{id}` is better done on {}", date(duty.recommended)));
        }
        if self.hours != duty.due_hours {
            return Some(format!("`{id}` has {:?} hours", duty.due_hours));
        }
        if let Some(months) = self.months
            && !duty.reason.contains(&format!("for at least {months} months"))
        {
            return Some(format!("`{id}` asks for other than {months} months ({})", duty.reason));
        }
        (self.count.is_some_and(|n| n != duty.count))
            .then(|| format!("`{id}` counts {}", duty.count))
    }
}

#[test]
fn the_law_pack_gives_what_the_provisions_say() {
    let pack = LawPack::embedded().unwrap_or_else(|f| panic!("law pack: {:?}", f.counts()));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/law-examples");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let (mut wrong, mut count) = (Vec::new(), 0);
    for path in files {
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap();
        let examples: Examples = toml::from_str(&text).unwrap_or_else(|e| panic!("{file}: {e}"));
        for example in &examples.example {
            count += 1;
            for failure in example.failures(&pack) {
                wrong.push(format!("{file}: {} ({}): {failure}", example.name, example.rule));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count} examples:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 150, "only {count} examples were found");
}

/// What every jurisdiction with a statute owes, and what HIPAA owes.
const AT_LEAST: usize = 8;
const AT_LEAST_HIPAA: usize = 40;

#[test]
fn every_jurisdiction_with_a_statute_has_its_examples() {
    let pack = LawPack::embedded().unwrap_or_else(|f| panic!("law pack: {:?}", f.counts()));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/law-examples");
    let mut lacking = Vec::new();
    for jurisdiction in pack.jurisdictions().filter(|j| !j.statutes.is_empty()) {
        let code = jurisdiction.code.as_str();
        let path = folder.join(format!("{}.toml", code.to_lowercase()));
        let found = fs::read_to_string(&path).map_or(0, |text| {
            let examples: Examples =
                toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            let names: BTreeSet<&str> =
                examples.example.iter().map(|example| example.name.as_str()).collect();
            names.len()
        });
        let wanted = if code == "US-HIPAA" { AT_LEAST_HIPAA } else { AT_LEAST };
        if found < wanted {
            lacking.push(format!("{code}: {found} of {wanted}"));
        }
    }
    assert!(lacking.is_empty(), "too few examples:\n{}", lacking.join("\n"));
}
