//! A key that is accepted does something: a change planted in each key of incident.toml changes a
//! finding, the plan or a product. A new key without an effect, or without a plant, fails here.

use crate::case::{Case, full};
use noticeworks::incident::{INCIDENT_SCHEMA, Key, Shape, Table};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::thread;

/// What `tests/data/plants.toml` says of keys whose change cannot be made up from their shape.
#[derive(serde::Deserialize)]
struct Said {
    /// Keys that the base has besides, so that a plant meets what it needs: path -> TOML.
    base: BTreeMap<String, String>,
    /// The plant: path -> TOML.
    plant: BTreeMap<String, String>,
    /// What must stand beside a plant: path of the plant -> other path -> TOML.
    with: BTreeMap<String, BTreeMap<String, String>>,
    /// Keys whose effect another test sees: path -> its name.
    elsewhere: BTreeMap<String, String>,
}

fn said() -> Said {
    toml::from_str(&fs::read_to_string("tests/data/plants.toml").unwrap()).unwrap()
}

/// Every key that holds a value, with its path.
fn keys(table: &'static Table, prefix: &str, out: &mut Vec<(String, &'static Key)>) {
    for key in table.keys {
        let path = format!("{prefix}{}", key.name);
        match &key.shape {
            Shape::Table(inner) | Shape::Tables(inner) | Shape::List(Shape::Table(inner)) => {
                keys(inner, &format!("{path}."), out);
            }
            _ => out.push((path, key)),
        }
    }
}

/// Another value of the same shape, as TOML; none where only a person can make one up.
fn other(key: &Key, path: &str, now: Option<&toml::Value>) -> Option<String> {
    let marker = format!("Planted {}", path.replace(['.', '_'], " "));
    let text = now.and_then(toml::Value::as_str);
    Some(match &key.shape {
        Shape::Text | Shape::Words => format!("\"{marker}\""),
        Shape::Phone => "\"1-800-555-0199\"".into(),
        Shape::Address => "\"planted@other.example\"".into(),
        Shape::Mailbox => "\"Planted <planted@other.example>\"".into(),
        Shape::Url => "\"https://planted.example\"".into(),
        Shape::State => format!("\"{}\"", if text == Some("OH") { "IN" } else { "OH" }),
        Shape::Number { .. } => match now.and_then(toml::Value::as_integer) {
            Some(number) => (number + 1).to_string(),
            None => "7".into(),
        },
        Shape::Date => match text_of(now).parse::<jiff::civil::Date>() {
            Ok(day) => day.tomorrow().ok()?.to_string(),
            Err(_) => "2026-08-25".into(),
        },
        Shape::Flag => (!now.and_then(toml::Value::as_bool).unwrap_or(false)).to_string(),
        Shape::Choice(words) => {
            format!("\"{}\"", words.iter().find(|word| text != Some(**word))?)
        }
        Shape::List(Shape::Words) => format!("[\"{marker}\"]"),
        _ => return None,
    })
}

fn text_of(value: Option<&toml::Value>) -> String {
    match value {
        Some(toml::Value::Datetime(day)) => day.to_string(),
        Some(toml::Value::String(text)) => text.clone(),
        _ => String::new(),
    }
}

fn value(text: &str) -> toml::Value {
    let table: toml::Table =
        format!("v = {text}").parse().unwrap_or_else(|e| panic!("{text}: {e}"));
    table["v"].clone()
}

/// The value at a path; of several tables the first one's.
fn at<'v>(root: &'v toml::Table, path: &str) -> Option<&'v toml::Value> {
    let mut names = path.split('.');
    let mut here = root.get(names.next()?)?;
    for name in names {
        here = match here {
            toml::Value::Array(list) => list.first()?,
            one => one,
        };
        here = here.get(name)?;
    }
    Some(here)
}

fn set(root: &mut toml::Table, path: &str, value: toml::Value) {
    let (above, name) = path.rsplit_once('.').unwrap_or(("", path));
    let mut here = root;
    for part in above.split('.').filter(|part| !part.is_empty()) {
        let next = here.entry(part).or_insert_with(|| toml::Value::Table(toml::Table::new()));
        here = match next {
            toml::Value::Array(list) => list[0].as_table_mut().unwrap(),
            one => one.as_table_mut().unwrap_or_else(|| panic!("{path}")),
        };
    }
    here.insert(name.to_owned(), value);
}

/// What commands say and make of an incident file, a command at a time.
struct Seen<'s> {
    case: Case,
    noise: &'s BTreeSet<String>,
}

const COMMANDS: [&[&str]; 4] = [
    &["check", "--json", "{folder}"],
    &["plan", "--json", "--as-of", "2026-09-10", "{folder}"],
    &["filings", "--json", "--as-of", "2026-09-10", "{folder}"],
    &["run", "--json", "--as-of", "2026-09-10", "{folder}"],
];

impl<'s> Seen<'s> {
    fn of(text: &str, noise: &'s BTreeSet<String>) -> Self {
        let case = Case::sample("lakeshore");
        let roster = case.read("roster.csv");
        let few: Vec<&str> = roster
            .lines()
            .enumerate()
            .filter(|(n, _)| *n == 0 || n % 250 == 1)
            .map(|(_, l)| l)
            .collect();
        fs::write(case.path("roster.csv"), few.join("\n") + "\n").unwrap();
        fs::write(case.path("incident.toml"), text).unwrap();
        Self { case, noise }
    }

    /// Words and files of a command.
    fn say(&self, arguments: &[&str]) -> BTreeMap<String, String> {
        let said = self.case.run(arguments);
        let folder = self.case.folder();
        let plain = |text: &str| text.replace(folder.parent().unwrap().to_str().unwrap(), "");
        let mut seen = BTreeMap::from([
            ("code".to_owned(), said.code.to_string()),
            ("stdout".to_owned(), plain(&said.stdout)),
            ("stderr".to_owned(), plain(&said.stderr)),
        ]);
        gather(&self.case.path("out"), "", &mut seen);
        seen.retain(|name, _| !self.noise.contains(name));
        seen
    }
}

fn gather(folder: &Path, above: &str, seen: &mut BTreeMap<String, String>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        let name = format!("{above}/{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            gather(&path, &name, seen);
        } else {
            let digest = Sha256::digest(fs::read(&path).unwrap());
            seen.insert(name, digest.iter().map(|b| format!("{b:02x}")).collect());
        }
    }
}

fn base(said: &Said) -> toml::Table {
    let mut base: toml::Table =
        fs::read_to_string("samples/lakeshore/incident.toml").unwrap().parse().unwrap();
    for (path, text) in &said.base {
        set(&mut base, path, value(text));
    }
    base
}

#[test]
fn a_change_in_each_key_changes_a_finding_the_plan_or_a_product() {
    let said = said();
    let base = base(&said);
    let text = toml::to_string(&base).unwrap();
    // A remark changes nothing but what names the file's digest.
    let remark = format!("# A remark.\n{text}");
    let none = BTreeSet::new();
    let (plain, remarked) = (Seen::of(&text, &none), Seen::of(&remark, &none));
    let mut noise = BTreeSet::new();
    for command in COMMANDS {
        let (one, other) = (plain.say(command), remarked.say(command));
        assert!(one["code"] == "0" || one["code"] == "1", "{}", one["stderr"]);
        noise.extend(one.keys().filter(|name| one.get(*name) != other.get(*name)).cloned());
    }
    assert!(noise.len() < 3, "a remark changes {noise:?}");
    let plain = Seen::of(&text, &noise);
    let plain: Vec<_> = COMMANDS.iter().map(|command| plain.say(command)).collect();

    let mut all = Vec::new();
    keys(&INCIDENT_SCHEMA, "", &mut all);
    assert!(all.len() > 120, "{} keys", all.len());
    let known: BTreeSet<&String> = all.iter().map(|(path, _)| path).collect();
    let gone: Vec<_> = said.elsewhere.keys().filter(|path| !known.contains(path)).collect();
    assert!(gone.is_empty(), "tests/data/plants.toml names {gone:?}, which are no keys");
    let (mut plants, mut unplanted) = (Vec::new(), Vec::new());
    for (path, key) in all {
        if let Some(name) = said.elsewhere.get(&path) {
            crate::docs::is_a_test(name);
            continue;
        }
        let planted = said.plant.get(&path).cloned();
        let planted = planted.or_else(|| other(key, &path, at(&base, &path)));
        let Some(planted) = planted else {
            unplanted.push(path);
            continue;
        };
        // A table where a list of them belongs would be refused whatever the key does.
        let above = path.rsplit_once('.').map_or("", |(above, _)| above);
        assert!(above.is_empty() || at(&base, above).is_some(), "the base has no `{above}`");
        let mut changed = base.clone();
        for (beside, text) in said.with.get(&path).into_iter().flatten() {
            set(&mut changed, beside, value(text));
        }
        set(&mut changed, &path, value(&planted));
        let changed = toml::to_string(&changed).unwrap();
        assert_ne!(changed, text, "`{path}` is not changed");
        plants.push((path, changed));
    }
    assert!(unplanted.is_empty(), "tests/data/plants.toml plants none of {unplanted:#?}");
    // Seldom used keys in turn; all of them with --full.
    if !full() {
        plants =
            plants.into_iter().enumerate().filter(|(n, _)| n % 9 == 4).map(|(_, p)| p).collect();
    }
    let tried = plants.len();
    let (plants, idle) = (Mutex::new(plants), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let Some((path, text)) = plants.lock().unwrap().pop() else { break };
                    let seen = Seen::of(&text, &noise);
                    let differs = |(n, command): (usize, &&[&str])| seen.say(command) != plain[n];
                    if !COMMANDS.iter().enumerate().any(differs) {
                        idle.lock().unwrap().push(path);
                    }
                }
            });
        }
    });
    let mut idle = idle.into_inner().unwrap();
    idle.sort();
    assert!(idle.is_empty(), "of {tried} keys these do nothing: {idle:#?}");
}
