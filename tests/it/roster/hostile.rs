//! What a roster must survive: each hostile file gives the findings written beside it.

use super::support::{Case, HEADER, row, standing};
use crate::run::files;
use noticeworks::finding::Findings;
use noticeworks::roster::IntakeError;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Every file under tests/hostile/roster against its line of `expected.toml`.
#[test]
fn every_hostile_file_gives_what_is_expected_of_it() {
    let folder = Path::new("tests/hostile/roster");
    let expected: BTreeMap<String, String> =
        toml::from_str(&fs::read_to_string(folder.join("expected.toml")).unwrap()).unwrap();
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name == "expected.toml" {
            continue;
        }
        let mut case = Case::named(&name);
        case.findings_csv = Some(case.folder.path().join("out/findings.csv"));
        case.write(fs::read(&path).unwrap());
        found.insert(name, outcome(&case));
        nothing_half_written(&case);
    }
    assert!(found.len() >= 150);
    let show = |map: &BTreeMap<String, String>| {
        map.iter().fold(String::new(), |mut out, (name, line)| {
            writeln!(out, "{name:?} = {line:?}").unwrap();
            out
        })
    };
    let (found, expected) = (show(&found), show(&expected));
    if found != expected {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile-roster.toml");
        fs::write(&path, &found).unwrap();
        let new: Vec<_> = found.lines().filter(|l| !expected.contains(l)).collect();
        panic!("{} differs from expected.toml:\n{}", path.display(), new.join("\n"));
    }
}

/// No unfinished file is left, and findings.csv and its workbook come together.
fn nothing_half_written(case: &Case) {
    let names: Vec<String> = files(case.folder.path())
        .iter()
        .map(|p| p.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    assert!(!names.iter().any(|n| n.contains(".part") || n.contains("run-")), "{names:?}");
    let has = |name: &str| names.iter().any(|n| n == name);
    assert_eq!(has("findings.csv"), has("findings.xlsx"), "{names:?}");
    assert_eq!(has("w1.csv"), has("w1.toml"), "{names:?}");
}

/// The name of everybody in the hostile files; it must never be told unasked.
const SECRET: &str = "Quillfeather";

fn tells_nobody(case: &Case, findings: &Findings) {
    let told: String = findings.iter().map(|f| format!("{} {}\n", f.message, f.remedy)).collect();
    let file = case.findings_csv.as_ref().and_then(|p| fs::read_to_string(p).ok());
    for text in [told, file.unwrap_or_default()] {
        assert!(!text.contains(SECRET), "{text}");
    }
}

/// Rows, the standings counted, the codes counted; or the codes of the refusal.
fn outcome(case: &Case) -> String {
    match case.intake() {
        Ok(_) => {
            let read = case.read();
            tells_nobody(case, &read.findings);
            let mut standings: BTreeMap<String, u64> = BTreeMap::new();
            for person in &read.people {
                *standings.entry(standing(person)).or_default() += 1;
            }
            let list = |map: Vec<(String, u64)>| {
                map.iter().map(|(name, n)| format!("{n} {name}")).collect::<Vec<_>>().join(", ")
            };
            let codes = read.findings.counts().into_iter().map(|(c, n)| (c.to_owned(), n));
            format!(
                "{} rows: {} | {}",
                read.rows,
                list(standings.into_iter().collect()),
                list(codes.collect())
            )
        }
        Err(IntakeError::Refused(findings)) => {
            tells_nobody(case, &findings);
            format!("refused: {}", findings.counts().into_keys().collect::<Vec<_>>().join(", "))
        }
        Err(error) => panic!("{error:?}"),
    }
}

#[test]
fn a_field_of_five_megabytes_costs_one_row() {
    let case = Case::new();
    for value in ["x".repeat(5 << 20), format!("\"{}\"", "x,".repeat(5 << 19))] {
        let long = row(&[("record_id", "LONG")]).replace("12 Elm Street", &value);
        let other = row(&[("record_id", "NEXT"), ("address_1", "9 Oak St")]);
        case.write(format!("{HEADER}\n{long}\n{other}\n"));
        let read = case.read();
        assert_eq!(read.standings(), "LONG held row.too_long\nNEXT ready");
        assert_eq!(read.findings.iter().next().unwrap().place.as_ref().unwrap().line, Some(2));
    }
}

#[test]
fn ten_thousand_columns_are_refused() {
    let case = Case::new();
    let more = (0..10_000).map(|n| format!(",extra_{n}")).collect::<String>();
    case.write(format!("{HEADER}{more}\n{}\n", row(&[])));
    assert_eq!(case.refused(), ["columns.too_many"]);
}

#[test]
fn an_unclosed_quotation_mark_costs_one_row_and_not_the_thousands_behind_it() {
    let case = Case::new();
    let mut text = format!("{HEADER}\n");
    for n in 0..5_000 {
        let (id, street) = (format!("R{n:04}"), format!("{n} Oak St"));
        let line =
            row(&[("record_id", &id), ("address_1", &street), ("first_name", &format!("N{n}"))]);
        let line = if n == 17 { line.replace("17 Oak St", "\"17 Oak St") } else { line };
        text.push_str(&line.replace("N17", "Nn"));
        text.push('\n');
    }
    case.write(text);
    let read = case.read();
    assert_eq!(read.rows, 5_000);
    assert_eq!(standing(read.record("R0017")), "held row.unclosed_quote");
    assert_eq!(read.findings.count("row.unclosed_quote"), 1);
    assert_eq!(read.people.iter().filter(|p| standing(p) == "ready").count(), 4_999);
}

#[test]
fn a_roster_that_is_not_there_is_refused() {
    let case = Case::named("elsewhere.csv");
    assert_eq!(case.refused(), ["file.missing"]);
}

#[test]
fn a_refused_roster_leaves_the_earlier_spool_alone() {
    let case = Case::new();
    case.write(format!("{HEADER}\n{}\n", row(&[])));
    let digest = case.read().digest;
    case.write("record_id,entity\n1,harbor-health\n");
    assert!(case.intake().is_err());
    let spool = noticeworks::roster::Spool::open(case.folder.path(), "w1").unwrap();
    assert_eq!(spool.digest(), digest);
    spool.verify().unwrap();
    let kept: Vec<_> = fs::read_dir(case.folder.path().join("spool"))
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(kept.len(), 2, "nothing half-written is left: {kept:?}");
}

#[test]
fn columns_that_hold_the_data_themselves_are_refused() {
    let mut case = Case::new();
    case.incident.entities.truncate(1);
    let header = "record_id,first_name,last_name,address_1,city,state,zip,data_elements";
    let roster = |extra: &str, values: [&str; 4]| {
        let mut text = format!("{header},{extra}\n");
        for (n, value) in values.iter().enumerate() {
            writeln!(text, "{n},N{n},Example,{n} Elm St,Portland,ME,04101,SSN,{value}").unwrap();
        }
        case.write(text);
        case.intake().err().map(|_| case.refused())
    };
    let refused = Some(vec!["columns.holds_data"]);
    assert_eq!(roster("note", ["987-65-4320", "", "987-65-4321", ""]), refused);
    assert_eq!(roster("SSN", ["987654320", "987654321", "", "987654323"]), refused);
    assert_eq!(roster("account", ["4111111111111111", "5500 0000 0000 0004", "", ""]), refused);
    assert_eq!(roster("dx code", ["E11.9", "F32A", "I10", "Z00.00"]), refused);
    assert_eq!(roster("Diagnosis", ["diabetes", "asthma", "", "Y"]), refused);
    assert_eq!(roster("Diagnosis", ["Y", "N", "", "yes"]), None);
    assert_eq!(roster("phone", ["207-555-0101", "207-555-0102", "", ""]), None);
}

#[test]
fn findings_csv_names_cell_and_remedy_and_shows_values_only_on_request() {
    let mut case = Case::new();
    let path = case.folder.path().join("out/findings.csv");
    case.findings_csv = Some(path.clone());
    case.write(format!("{HEADER}\n{}\n", row(&[("last_name", "=cmd()"), ("zip", "4101")])));
    case.read();
    insta::assert_snapshot!(fs::read_to_string(&path).unwrap(), @r#"
    file,row,line,column,heading,code,severity,problem,suggestion
    roster.csv,2,2,K,zip,zip.padded,warning,"the ZIP code had lost zeros at its start, which were put back","nothing, unless the ZIP code is wrong; format the column as text in the spreadsheet"
    roster.csv,2,2,E,last_name,text.formula,held,"the cell begins like a spreadsheet formula, and would be printed",write the plain value
    "#);
    case.show_values = true;
    case.read();
    let shown = fs::read_to_string(&path).unwrap();
    assert!(shown.contains(",'=cmd()\n"), "no spreadsheet runs it: {shown}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |p: &Path| fs::metadata(p).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&path), 0o600);
        assert_eq!(mode(&case.folder.path().join("spool")), 0o700);
        assert_eq!(mode(&case.folder.path().join("spool/w1.csv")), 0o600);
        assert_eq!(mode(&case.folder.path().join("spool/w1.toml")), 0o600);
    }
}

#[test]
fn a_protected_address_never_shows_in_findings() {
    let mut case = Case::new();
    let path = case.folder.path().join("findings.csv");
    case.findings_csv = Some(path.clone());
    case.show_values = true;
    let line = row(&[("zip", "4101"), ("email", "nobody")]);
    case.write(format!("{HEADER},address_kind\n{line},protected\n"));
    let read = case.read();
    assert_eq!(read.codes(), ["email.invalid", "zip.padded"]);
    assert!(read.findings.iter().all(|f| f.value.is_none()));
    let text = fs::read_to_string(&path).unwrap();
    assert!(!text.contains("4101") && !text.contains("nobody"), "{text}");
}

#[test]
fn messages_hold_no_value_of_a_row() {
    let case = Case::new();
    let line = row(&[("last_name", "Zweistein3"), ("zip", "abcde"), ("data_elements", "Blutwert")]);
    case.write(format!("{HEADER}\n{line}\n"));
    let read = case.read();
    for finding in read.findings.iter() {
        for secret in ["Zweistein3", "abcde", "Blutwert"] {
            assert!(!finding.message.contains(secret) && !finding.remedy.contains(secret));
        }
    }
    assert_eq!(read.findings.count("data_elements.unknown"), 1);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(60))]
    #[test]
    fn any_bytes_end_in_a_spool_or_a_refusal(
        bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..600),
        under_header: bool,
    ) {
        let case = Case::new();
        let mut text = if under_header { format!("{HEADER}\n").into_bytes() } else { Vec::new() };
        text.extend(bytes);
        case.write(text);
        match case.intake() {
            Ok(_) => { case.read(); }
            Err(IntakeError::Refused(findings)) => proptest::prop_assert!(findings.has_errors()),
            Err(error) => proptest::prop_assert!(false, "{error:?}"),
        }
    }
}
