//! Findings as people read them.

use insta::assert_snapshot;
use noticeworks::cli::diagnostic::{counted, render, summary};
use noticeworks::finding::{Finding, Findings, Place, Severity};

fn cell(line: u64, cell: &str) -> Place {
    Place { line: Some(line), cell: Some(cell.into()), ..Place::file("roster.csv") }
}

fn zips(count: u64) -> Findings {
    let mut findings = Findings::default();
    for row in 0..count {
        let mut finding = Finding::new(
            noticeworks::code!("zip.too_short"),
            Severity::Warning,
            "zip has 4 digits",
        )
        .at(cell(1042 + row, "H zip"))
        .remedy("write five digits; a leading zero was probably lost");
        finding.value = Some("4101".into());
        findings.push(finding);
    }
    findings
}

#[test]
fn rows_are_grouped_and_counted() {
    assert_snapshot!(render(&zips(1312), false, false, 80).trim_end(), @r"
    zip.too_short

      ⚠ zip has 4 digits: 1,312 rows, first 5 shown
      │   roster.csv:1042 column H zip
      │   roster.csv:1043 column H zip
      │   roster.csv:1044 column H zip
      │   roster.csv:1045 column H zip
      │   roster.csv:1046 column H zip
      help: write five digits; a leading zero was probably lost
    ");
    let one = render(&zips(1), false, false, 80);
    assert!(one.contains("zip has 4 digits: 1 row\n"), "{one}");
}

#[test]
fn values_are_shown_only_on_request() {
    assert!(!render(&zips(3), false, false, 80).contains("4101"));
    assert!(render(&zips(3), true, false, 80).contains("roster.csv:1042 column H zip `4101`"));
}

#[test]
fn color_is_shown_only_on_request() {
    assert!(!render(&zips(3), false, false, 80).contains('\u{1b}'));
    assert!(render(&zips(3), false, true, 80).contains('\u{1b}'));
}

#[test]
fn messages_that_differ_are_shown_each() {
    let mut findings = Findings::default();
    for (row, column) in [(2, "F"), (9, "G")] {
        let message = format!("`{column}` is not known");
        findings.push(
            Finding::new(noticeworks::code!("entity.unknown"), Severity::Held, message)
                .at(cell(row, column)),
        );
    }
    assert_snapshot!(render(&findings, false, false, 80).trim_end(), @r"
    entity.unknown

      × entity unknown: 2 rows
      │   roster.csv:2 column F: `F` is not known
      │   roster.csv:9 column G: `G` is not known
    ");
}

#[test]
fn gravest_first_and_the_summary_counts_each_weight() {
    let mut findings = zips(2);
    findings.push(Finding::new(
        noticeworks::code!("columns.unused"),
        Severity::Note,
        "worth knowing",
    ));
    findings.push(Finding::new(noticeworks::code!("wave.unknown"), Severity::Error, "stops"));
    findings.push(
        Finding::new(noticeworks::code!("name.missing"), Severity::Held, "held")
            .at(cell(3, "A record_id")),
    );
    let shown = render(&findings, false, false, 80);
    let at = |code: &str| shown.find(code).unwrap();
    assert!(
        at("wave.unknown") < at("name.missing") && at("name.missing") < at("zip.too_short"),
        "{shown}"
    );
    assert_eq!(summary(&findings), "1 error, 1 held row, 2 warnings and 1 note");
    assert_eq!(summary(&Findings::default()), "");
}

#[test]
fn carets_stand_under_wide_and_composed_letters() {
    let mut finding = Finding::new(
        noticeworks::code!("template.unknown_name"),
        Severity::Error,
        "unknown name `naem`",
    )
    .at(Place { width: 4, ..Place::at("templates/é.md", 7, 10) })
    .remedy("write `name`");
    finding.source_line = Some("Señora {{naem}} 漢字".into());
    let mut findings = Findings::default();
    findings.push(finding);
    assert_snapshot!(render(&findings, false, false, 80).trim_end(), @r"
    template.unknown_name

      × unknown name `naem`
       ╭─[templates/é.md:7:10]
     7 │ Señora {{naem}} 漢字
       ·          ────
       ╰────
      help: write `name`
    ");
}

#[test]
fn a_very_long_line_is_shown_around_the_place() {
    let mut finding = Finding::new(noticeworks::code!("incident.id"), Severity::Error, "too long")
        .at(Place { width: 4, ..Place::at("incident.toml", 3, 5_000) });
    finding.source_line = Some(format!("{}HERE{}", "x".repeat(4_999), "y".repeat(900_000)));
    let mut findings = Findings::default();
    findings.push(finding);
    let shown = render(&findings, false, false, 80);
    assert!(shown.len() < 2_000, "{} bytes", shown.len());
    assert!(shown.contains("incident.toml:3:5000") && shown.contains("xHEREy"), "{shown}");
}

#[test]
fn nouns_are_counted_right() {
    assert_eq!(counted(0, "row", "rows"), "0 rows");
    assert_eq!(counted(1, "row", "rows"), "1 row");
    assert_eq!(counted(999, "row", "rows"), "999 rows");
    assert_eq!(counted(1_000, "row", "rows"), "1,000 rows");
    assert_eq!(counted(14_760_000, "row", "rows"), "14,760,000 rows");
}
