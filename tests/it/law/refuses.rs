//! Each kind of mistake in a law file and the finding it gives.

use super::told;
use noticeworks::law::LawPack;
use std::path::Path;

/// A sound file of a made-up jurisdiction.
const SOUND: &str = r#"code = "ZZ"
name = "Nowhere"
kind = "state"
checked = 2026-01-01
confidence = "high"

[[statute]]
id = "general"
cite = "Code § 1"
applies_to = "everybody"
trigger = "acquisition"

[[definition]]
statute = "general"
effective = 2020-01-01
elements = ["ssn", "medical_information"]
confidence = "high"
proof = "statute_text"
source = "read"

[[duty]]
id = "zz-ag"
kind = "regulator"
recipient = "Attorney General"
statute = "general"
cite = "Code § 2"
effective = 2020-01-01
when = { licence = ["insurance"] }
counts = "residents"
threshold = 500
comparator = ">"
clock = "discovery"
deadline = { days = 30 }
timing = "within 30 days"
required_content = ["sample_notice"]
confidence = "high"
proof = "statute_text"
source = "read"

[[content]]
id = "data_types"
rule = "required"
statute = "general"
effective = 2020-01-01
cite = "Code § 3"
confidence = "high"
proof = "statute_text"
source = "read"
"#;

/// Loads the shared files with one jurisdiction's text and gives the findings.
fn findings(text: &str) -> String {
    let dir = tempfile::tempdir().unwrap();
    share(dir.path());
    std::fs::write(dir.path().join("zz.toml"), text).unwrap();
    load(dir.path())
}

fn share(dir: &Path) {
    for name in ["contacts", "elements", "holidays", "interview", "majority", "pack", "vocabulary"]
    {
        let file = format!("{name}.toml");
        std::fs::copy(Path::new("law").join(&file), dir.join(&file)).unwrap();
    }
}

fn load(dir: &Path) -> String {
    match LawPack::load(dir) {
        Ok(_) => "no finding".to_owned(),
        Err(findings) => told(&findings),
    }
}

/// The sound file with one text replaced by another.
fn with(from: &str, to: &str) -> String {
    assert!(SOUND.contains(from), "{from}");
    findings(&SOUND.replacen(from, to, 1))
}

#[test]
fn a_sound_file_gives_no_finding() {
    assert_eq!(findings(SOUND), "no finding");
}

#[test]
fn an_unknown_key() {
    insta::assert_snapshot!(with("threshold = 500", "threshold = 500\ntreshold = 400"), @"zz.toml:31:1 law.unknown_key no key `treshold` is known here (write `threshold`)");
    insta::assert_snapshot!(with("licence =", "license ="), @"zz.toml:28:10 law.unknown_key no key `license` is known here (write `licence`)");
}

#[test]
fn a_missing_key() {
    for key in ["threshold", "comparator", "clock", "cite", "source", "counts"] {
        let start = SOUND.find("[[duty]]").unwrap();
        let line = SOUND[start..].lines().find(|l| l.starts_with(&format!("{key} ="))).unwrap();
        let duty = SOUND[start..].replacen(&format!("{line}\n"), "", 1);
        let told = findings(&format!("{}{duty}", &SOUND[..start]));
        let expected = format!("zz.toml:21:1 law.missing_key the key `{key}` is missing");
        assert!(told.starts_with(&expected) && told.lines().count() == 1, "{told}");
    }
}

#[test]
fn a_value_of_the_wrong_type() {
    insta::assert_snapshot!(with("threshold = 500", "threshold = \"many\""), @r#"zz.toml:30:13 law.wrong_type invalid type: string "many" (write a whole number)"#);
    insta::assert_snapshot!(with("deadline = { days = 30 }", "deadline = 30"), @"zz.toml:33:12 law.wrong_type invalid type: integer `30` (write a table in braces; docs/LAW-FORMAT.md says what it holds)");
    insta::assert_snapshot!(with("effective = 2020-01-01", "effective = \"soon\""), @"zz.toml:15:13 law.wrong_type the value is of the wrong kind (write a date such as 2026-09-18)");
}

#[test]
fn a_word_that_is_not_known() {
    insta::assert_snapshot!(with("kind = \"regulator\"", "kind = \"letter\""), @"zz.toml:23:8 law.unknown_word the word `letter` is not known here (write one of `individual`, `regulator`, `cra`, `media`, `hhs`, `covered_entity`, `substitute`, `protection`, `custom`)");
    insta::assert_snapshot!(with("comparator = \">\"", "comparator = \"=\""), @"zz.toml:31:14 law.unknown_word the word `=` is not known here (write one of `>`, `>=`, `<`)");
}

#[test]
fn an_id_outside_the_vocabulary() {
    insta::assert_snapshot!(with("\"sample_notice\"", "\"sample_letter\""), @"zz.toml:35:21 law.unknown_id `sample_letter` is not in the list `content` of vocabulary.toml (use an id of `[[content]]` in vocabulary.toml)");
    insta::assert_snapshot!(with("id = \"data_types\"", "id = \"data_kinds\""), @"zz.toml:41:6 law.unknown_id `data_kinds` is not in the list `content` of vocabulary.toml (use an id of `[[content]]` in vocabulary.toml)");
    insta::assert_snapshot!(with("\"medical_information\"", "\"medical\""), @"zz.toml:16:20 law.unknown_id `medical` is not in the list `category` of vocabulary.toml (use an id of `[[category]]` in vocabulary.toml)");
    insta::assert_snapshot!(with("[\"insurance\"]", "[\"insurer\"]"), @"zz.toml:28:21 law.unknown_id `insurer` is not in the list `licence` of vocabulary.toml (use one of `insurance`, `dfs`, `cdph_1250`, `ny_article_28`, `professional_financial`, `financial_regulation`, `information_broker`, `utility`, `sworn_affirmation`)");
    insta::assert_snapshot!(with("trigger = \"acquisition\"", "trigger = \"theft\""), @"zz.toml:11:11 law.unknown_id `theft` is not in the list `trigger` of vocabulary.toml (use one of `access`, `acquisition`, `access_or_acquisition`, `access_and_acquisition`, `acquisition_access_use_disclosure`)");
}

#[test]
fn two_versions_at_once() {
    let duty = &SOUND[SOUND.find("[[duty]]").unwrap()..SOUND.find("[[content]]").unwrap()];
    let twice = format!("{SOUND}\n{}", duty.replace("2020-01-01", "2024-01-01"));
    insta::assert_snapshot!(findings(&twice), @"zz.toml:50:1 law.overlap two versions of `zz-ag` are in force at once, the other on line 21 (give the older version an `until`, or the two of them different conditions)");
    let ended = twice.replacen(
        "cite = \"Code § 2\"\neffective = 2020-01-01",
        "cite = \"Code § 2\"\neffective = 2020-01-01\nuntil = 2024-01-01",
        1,
    );
    assert_eq!(findings(&ended), "no finding");
}

#[test]
fn an_end_before_the_start() {
    insta::assert_snapshot!(
        with("effective = 2020-01-01\nwhen", "effective = 2020-01-01\nuntil = 2020-01-01\nwhen"),
        @"zz.toml:28:9 law.wrong_dates `until` is not after `effective` (write the first day no longer in force)"
    );
}

#[test]
fn an_empty_citation_or_source() {
    insta::assert_snapshot!(with("cite = \"Code § 2\"", "cite = \" \""), @"zz.toml:26:8 law.no_citation the `[[duty]]` has no citation (write the section in `cite`)");
    insta::assert_snapshot!(with("source = \"read\"", "source = \"\""), @"zz.toml:19:10 law.no_source the `[[definition]]` has no source (write in `source` where the rule was read)");
}

#[test]
fn a_deadline_of_two_lengths_or_none() {
    insta::assert_snapshot!(with("{ days = 30 }", "{ days = 30, hours = 72 }"), @"zz.toml:33:12 law.wrong_deadline `deadline` needs exactly one of `days` and `hours` (write `{ days = 30 }` or `{ hours = 72 }`)");
    insta::assert_snapshot!(with("{ days = 30 }", "{ day_kind = \"business\" }"), @"zz.toml:33:12 law.wrong_deadline `deadline` needs exactly one of `days` and `hours` (write `{ days = 30 }` or `{ hours = 72 }`)");
}

#[test]
fn a_statute_that_is_not_there() {
    insta::assert_snapshot!(
        with("statute = \"general\"\ncite = \"Code § 2\"", "statute = \"medical\"\ncite = \"Code § 2\""),
        @"zz.toml:25:11 law.unknown_statute no statute `medical` stands in this file (use one of `general`)"
    );
}

#[test]
fn a_code_that_does_not_fit_the_file() {
    insta::assert_snapshot!(with("code = \"ZZ\"", "code = \"ZY\""), @"zz.toml:1:8 law.wrong_code the code `ZY` does not fit the file's name (name the file `zy.toml`)");
}

#[test]
fn a_text_that_is_no_toml() {
    insta::assert_snapshot!(with("name = \"Nowhere\"", "name = Nowhere"), @"zz.toml:2:8 law.syntax invalid float, expected `nan` (write TOML, words in double quotes; docs/LAW-FORMAT.md has the format)");
}

#[test]
fn a_missing_shared_file() {
    let dir = tempfile::tempdir().unwrap();
    share(dir.path());
    std::fs::remove_file(dir.path().join("holidays.toml")).unwrap();
    insta::assert_snapshot!(load(dir.path()), @"holidays.toml:0:0 law.missing_file the file is missing from the law folder (copy it from the pack the program was built with)");
}

#[test]
fn a_missing_folder() {
    let told = load(Path::new("no-such-folder"));
    assert!(told.contains("law.unreadable"), "{told}");
    assert_eq!(told.matches("law.missing_file").count(), 7, "{told}");
}

#[test]
fn all_mistakes_of_a_file_are_told_at_once() {
    let text = SOUND
        .replacen("name = \"Nowhere\"", "name = \"Nowhere\"\ncapital = \"Nowhere City\"", 1)
        .replacen("\"medical_information\"", "\"medical\"", 1)
        .replacen("threshold = 500", "threshold = -1", 1)
        .replacen("comparator = \">\"\n", "", 1)
        .replacen("[\"sample_notice\"]", "[\"sample_letter\"]", 1)
        .replacen("rule = \"required\"", "rule = \"must\"", 1);
    insta::assert_snapshot!(findings(&text), @r"
    zz.toml:3:1 law.unknown_key no key `capital` is known here (use one of `code`, `name`, `kind`, `checked`, `confidence`, `unknown`, `notes`, `statute`, `definition`, `hipaa`, `duty`, `content`, `letter_style`, `protection`, `methods`, `majority`, `penalty`, `example`)
    zz.toml:17:20 law.unknown_id `medical` is not in the list `category` of vocabulary.toml (use an id of `[[category]]` in vocabulary.toml)
    zz.toml:22:1 law.missing_key the key `comparator` is missing (add `comparator = ...`; docs/LAW-FORMAT.md says what it holds)
    zz.toml:31:13 law.wrong_type invalid value: integer `-1` (write a whole number)
    zz.toml:35:21 law.unknown_id `sample_letter` is not in the list `content` of vocabulary.toml (use an id of `[[content]]` in vocabulary.toml)
    zz.toml:42:8 law.unknown_word the word `must` is not known here (write one of `required`, `prohibited`, `customary`)
    ");
}
