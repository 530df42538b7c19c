//! Form files and their checks.

use super::fixture::*;
use noticeworks::document::BlockKind;
use noticeworks::filings::{Forms, Slot, SlotKind, coverage};
use noticeworks::law::DutyKind;
use std::{collections::BTreeSet, fs};

#[test]
fn every_shipped_form_fills_prints_and_pastes() {
    let forms = forms();
    assert!(forms.forms.len() >= 36, "{}", forms.forms.len());
    for form in forms.forms.values() {
        let Some(rule) = form.serves.first() else { continue };
        let (kind, state) = if form.id.ends_with("hhs") {
            (DutyKind::Hhs, "US-HIPAA".to_owned())
        } else {
            (DutyKind::Regulator, rule[..2].to_uppercase())
        };
        let plan = plan(vec![duty(rule, &state, kind, &["harbor-health"])]);
        let (filings, _) = make(&incident(""), &plan);
        let filing = &filings[0];
        assert!(!filing.fields.is_empty(), "{}", form.id);
        let ids: BTreeSet<_> = filing.fields.iter().map(|a| (&a.block, &a.id)).collect();
        assert_eq!(ids.len(), filing.fields.len(), "{}", form.id);
        for section in &filing.document.sections {
            for block in &section.blocks {
                if let BlockKind::Table { header, rows } = &block.kind {
                    assert!(rows.iter().all(|row| row.len() == header.len()), "{}", form.id);
                }
            }
        }
        let sheet = filing.paste_sheet();
        assert!(!sheet.contains("src=") && !sheet.contains("<link"), "{}", form.id);
        let sheet = sheet.replace("&#39;", "'").replace("&quot;", "\"").replace("&amp;", "&");
        for answer in &filing.fields {
            assert!(sheet.contains(&answer.label), "{}: {}", form.id, answer.label);
        }
        assert_eq!(filing.json["fields"].as_array().unwrap().len(), filing.fields.len());
    }
}

#[test]
fn a_wrong_form_is_told_line_by_line() {
    let good = "regulator = \"R\"\nserves = [\"xx-ag\"]\nmethod = \"letter\"\nconfidence = \"high\"\nchecked = 2026-11-22\nsources = [\"s\"]\n";
    let wrong = format!(
        r#"{good}deadline = 30

[[field]]
id = "a"
label = "A"
kind = "choice"
maps_to = ["incident.breach_kind"]
colour = "red"
options = [{{ id = "x", label = "X", when = ["x"] }}, {{ id = "x", label = "X" }}]

[[field]]
id = "a"
label = "B"
kind = "choice"
maps_to = ["incident.breach_type"]
default = "nope"
depends_on = {{ field = "zz", is = ["yes"] }}
options = [{{ id = "hack", label = "H", when = ["hacking"], limit = 3 }}]

[[field]]
id = "c"
label = "C"
kind = "checkbox"
maps_to = ["data_types", "data_types.aura"]
depends_on = {{ field = "a", is = ["y"] }}
options = [{{ id = "aura", label = "Aura", when = ["aura"] }}]
"#
    );
    let files = [
        ("xx.toml".to_owned(), wrong),
        ("yy.toml".to_owned(), good.to_owned()),
        ("zz.toml".to_owned(), good.replace("serves = [\"xx-ag\"]", "serves = []")),
        ("vv.toml".to_owned(), good.replace("\"high\"", "\"utter\"")),
        ("words.toml".to_owned(), String::new()),
    ];
    let (_, findings) = Forms::parse(&files);
    let mut list: Vec<String> = findings
        .iter()
        .map(|f| {
            let place = f.place.clone().unwrap();
            let line = place.line.map_or(String::new(), |l| format!(":{l}"));
            format!("{}{line} {} {}", place.file, f.code, f.message)
        })
        .collect();
    list.sort();
    insta::assert_snapshot!(list.join("\n"), @r"
    forms/vv.toml:4 form.unreadable unknown variant `utter`, expected one of `low`, `medium`, `high`
    forms/xx.toml:13 form.unknown_slot `incident.breach_kind` is no slot of the record
    forms/xx.toml:14 form.unknown_key unknown key `colour`
    forms/xx.toml:15 form.option_twice two options have the id `x`
    forms/xx.toml:18 form.field_twice two fields have the id `a`
    forms/xx.toml:22 form.unknown_option default `nope` is no option of `a`
    forms/xx.toml:23 form.unknown_field no earlier field has the id `zz`
    forms/xx.toml:24 form.unknown_key unknown key `limit`
    forms/xx.toml:24 form.unknown_value `hacking` is no value of incident.breach_type
    forms/xx.toml:30 form.unknown_element `aura` is no kind of information
    forms/xx.toml:31 form.unknown_option `y` is no option of `a`
    forms/xx.toml:32 form.unknown_element `aura` is no kind of information
    forms/xx.toml:7 form.unknown_key unknown key `deadline`
    forms/yy.toml form.duty_twice duty `xx-ag` is served by `xx` too
    forms/zz.toml form.serves_nothing the form serves no duty
    ");
}

#[test]
fn a_slot_that_is_none_is_told_with_the_one_that_was_meant() {
    let form = r#"regulator = "R"
serves = ["xx-ag"]
method = "letter"
confidence = "high"
checked = 2026-11-22
sources = ["s"]

[[content]]
id = "a"
label = "A"
kind = "text"
maps_to = [
  "entity.nmae",
  "counts.states",
  "weather",
]
"#;
    let contents = r#"minimum = ["b"]
[[content]]
id = "b"
label = "B"
kind = "date"
maps_to = ["notice.maild_on"]
"#;
    let words = "[slot]\n\"contact.fone\" = \"Telephone\"\n";
    let files = [("xx.toml", form), ("contents.toml", contents), ("words.toml", words)]
        .map(|(name, text)| (name.to_owned(), text.to_owned()));
    let (read, findings) = Forms::parse(&files);
    let mut told: Vec<String> = findings
        .iter()
        .map(|f| {
            let place = f.place.as_ref().expect("a place");
            assert_eq!(f.code, "form.unknown_slot", "{}", f.message);
            let remedy = f.remedy.split('?').next().unwrap();
            format!("{}:{} {}: {remedy}", place.file, place.line.unwrap_or(0), f.message)
        })
        .collect();
    told.sort();
    insta::assert_snapshot!(told.join("\n"), @"
    forms/contents.toml:6 `notice.maild_on` is no slot of the record: did you mean `notice.mailed_on`
    forms/words.toml:0 `contact.fone` is no slot of the record: did you mean `contact.phone`
    forms/xx.toml:13 `entity.nmae` is no slot of the record: did you mean `entity.name`
    forms/xx.toml:14 `counts.states` is no slot of the record: did you mean `counts.state`
    forms/xx.toml:15 `weather` is no slot of the record: use a slot that `docs/REFERENCE.md` lists
    ");
    assert_eq!(read.forms["xx"].contents[0].maps_to, []);
}

#[test]
fn a_slot_has_one_name_and_one_meaning() {
    let names: BTreeSet<_> = Slot::ALL.iter().map(Slot::name).collect();
    assert_eq!(names.len(), Slot::ALL.len());
    let meanings: BTreeSet<_> = Slot::ALL.iter().map(Slot::about).collect();
    assert!(meanings.len() > 85, "{}", meanings.len());
    for slot in Slot::ALL {
        assert_eq!(Slot::named(&slot.name()).as_ref(), Some(slot));
    }
    let one = Slot::named("data_types.ssn").expect("the family of kinds of information");
    assert_eq!((one.name().as_ref(), one.kind()), ("data_types.ssn", SlotKind::Flag));
    for none in ["", "data_types.", "entity", "entity.", "Entity.name", "filing.entity.name"] {
        assert_eq!(Slot::named(none), None, "{none}");
    }
}

#[test]
fn duties_without_a_form_and_forms_without_a_duty() {
    let coverage = coverage(&forms(), ["me-ag", "hipaa-hhs-500", "vi-ag"]);
    assert_eq!(coverage.served["me-ag"], "me-ag");
    assert_eq!(coverage.served["hipaa-hhs-500"], "hhs");
    assert_eq!(coverage.without_form.iter().collect::<Vec<_>>(), ["vi-ag"]);
    assert_eq!(coverage.idle["hhs"], ["hipaa-hhs-annual"]);
    assert_eq!(coverage.idle["wi-datcp"], Vec::<String>::new());
    assert!(!coverage.idle.contains_key("me-ag"));
}

#[test]
fn every_word_the_code_asks_for_stands_in_the_words_file() {
    let words = forms().words;
    for slot in Slot::ALL {
        assert!(words.slot.contains_key(&*slot.name()), "slot {}", slot.name());
        if let SlotKind::Ids(ids) = slot.kind() {
            ids.iter().for_each(|id| assert!(words.value.contains_key(*id), "value {id}"));
        }
    }
    for path in ["src/filings", "src/filings/facts"] {
        for entry in fs::read_dir(path).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|e| e != "rs") {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            for (mark, map) in [
                (".noted(\"", &words.note),
                ("not_applicable(\"", &words.note),
                (".note(\"", &words.note),
                (".page(\"", &words.page),
                (".ask(\"", &words.ask),
                ("words.value(\"", &words.value),
            ] {
                for (at, _) in text.match_indices(mark) {
                    let id = text[at + mark.len()..].split('"').next().unwrap();
                    assert!(map.contains_key(id), "{}: {mark}{id}", path.display());
                }
            }
        }
    }
    for id in ["due", "possible", "undelegated"].iter().skip(1) {
        assert!(words.page.contains_key(&format!("standing_{id}")));
    }
    for id in ["form", "letter", "unseen", "statute"] {
        assert!(words.page.contains_key(&format!("basis_{id}")));
    }
    for id in ["answered", "missing", "to_choose", "attachment", "not_applicable"] {
        assert!(words.status.contains_key(id));
    }
}

#[test]
fn no_code_names_a_state() {
    let states =
        ["California", "Maine", "Texas", "Oregon", "Illinois", "\"CA\"", "\"ME\"", "\"TX\""];
    for path in ["src/filings", "src/filings/facts"] {
        for entry in fs::read_dir(path).unwrap() {
            let path = entry.unwrap().path();
            let Ok(text) = fs::read_to_string(&path) else { continue };
            for state in states {
                assert!(!text.contains(state), "{} names {state}", path.display());
            }
        }
    }
}
