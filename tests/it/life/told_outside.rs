//! What people outside are given after several mailings: figures of this mailing and of all, every
//! filing as it was filed, and corrected data beside the letter that was sent.

use super::breach::{BOSTON, Breach, PORTLAND, Row};
use std::fs;
use std::path::PathBuf;

fn harbor(n: u32) -> Row {
    Row::new(n, "harbor-health", PORTLAND)
}

/// Two mailings: the second corrects an address and a name, tells one of more data, and finds two
/// people; one letter of the first came back.
fn two_mailings() -> Breach {
    let mut first: Vec<Row> = (0..6).map(harbor).collect();
    first.push(Row::new(6, "prairie-care", BOSTON));
    let breach = Breach::of(&first);
    breach.seal("w1");
    breach.post("w1", "1", "2026-09-18");
    breach.must("filings {folder} --wave w1");
    breach.record("me-ag", "2026-09-20", "");
    let mut moved = harbor(1);
    moved.street = "9 Corrected Road".to_owned();
    let mut renamed = harbor(2);
    renamed.last = "Vervain".to_owned();
    renamed.prior.clone_from(&renamed.id);
    let mut more = harbor(3);
    more.elements = "Name;SSN;Diagnosis";
    breach.wave("w2", "supplemental", "2026-10-05", &[moved, renamed, more, harbor(7), harbor(8)]);
    let piece = piece(&breach, "R00004");
    let evidence = breach.case.path("evidence.txt");
    breach.must(&format!(
        "confirm letters {{folder}} --wave w1 --piece {piece} --returned 2026-09-28 --evidence {}",
        evidence.display()
    ));
    breach.must("run {folder} --wave w2");
    breach.record("me-ag", "2026-10-06", " --amends");
    // The sheets are made anew: the supplement is no longer among them.
    breach.must("run {folder} --wave w2");
    assert!(!breach.exists("w2/filings/states/me-ag-supplement.json"));
    breach
}

fn piece(breach: &Breach, record: &str) -> String {
    let manifest = breach.read("letters/manifest.csv");
    let line = manifest.lines().find(|line| line.contains(record)).unwrap();
    line.split(',').next().unwrap().to_owned()
}

fn export(breach: &Breach, name: &str, more: &str) -> PathBuf {
    let to = breach.case.folder().with_file_name(name);
    let said = breach.run(&format!("export {{folder}} {more} --to {}", to.display()));
    assert!(said.code < 2, "{}", said.stderr);
    to
}

fn text(html: &str) -> String {
    let mut inside = false;
    let mut text = String::new();
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_regulators_bundle_labels_figures_and_holds_each_filing_as_it_was_filed() {
    let breach = two_mailings();
    for wave in ["w1", "w2"] {
        let bundle = export(
            &breach,
            &format!("ag-{wave}"),
            &format!("--wave {wave} --for regulator --jurisdiction ME"),
        );
        let page = text(&fs::read_to_string(bundle.join("index.html")).unwrap());
        assert!(page.contains(&format!("This mailing, {wave}:")), "{page}");
        // Six of the first mailing and two found later, whichever mailing is asked about; one
        // letter came back.
        assert!(page.contains("All mailings up to w2"), "{page}");
        assert!(page.contains("ME 8 7 0 0 1 0"), "{page}");
        assert!(page.contains("2026-09-20 Maine Attorney General, Consumer Protection Division first filing N-me-ag 6"), "{page}");
        assert!(page.contains("2026-10-06 Maine Attorney General, Consumer Protection Division amendment N-me-ag 8"), "{page}");
        let so_far = fs::read_to_string(bundle.join("counts-so-far.csv")).unwrap();
        assert!(so_far.contains("ME,Harbor Health System,7,0,0,1,0"), "{so_far}");
        let filed: Vec<String> = fs::read_dir(bundle.join("filings/as-filed"))
            .unwrap()
            .map(|file| text(&fs::read_to_string(file.unwrap().path()).unwrap()))
            .collect();
        assert_eq!(filed.len(), 2);
        assert!(filed.iter().any(|page| page.contains("What amendment People 8")), "{filed:?}");
        assert!(!page.contains("We took the server offline"), "a regulator reads the third person");
    }
    let first = export(&breach, "ag-first", "--wave w1 --for regulator");
    let counts = fs::read_to_string(first.join("counts.csv")).unwrap();
    assert!(counts.contains("ME,Harbor Health System,6,0,0,0,0"), "{counts}");
}

#[test]
fn a_covered_entitys_lists_show_corrected_data_beside_the_earlier_letter() {
    let breach = two_mailings();
    let bundle = export(&breach, "client", "--wave w2 --for client --entity harbor-health");
    let list = breach.read("w2/notices/harbor-health/people.csv");
    let beside = fs::read_to_string(bundle.join("earlier-letters.csv")).unwrap();
    for (name, text) in [("the list beside the notice", &list), ("the client's bundle", &beside)] {
        let mut rows = csv::Reader::from_reader(text.as_bytes());
        let head = rows.headers().unwrap().clone();
        let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
        let of = |record: &str| {
            let row = rows.iter().find(|row| &row[0] == record);
            let row = row.unwrap_or_else(|| panic!("{name} lacks {record}")).clone();
            let head = head.clone();
            move |column: &str| {
                let at = head.iter().position(|name| name == column).unwrap();
                row[at].to_owned()
            }
        };
        let moved = of("R00001");
        assert!(text.contains("9 Corrected Road"), "{name}: as it is now");
        assert_eq!(moved("earlier_mailing"), "w1");
        assert_eq!(moved("earlier_letter"), piece(&breach, "R00001"));
        assert_eq!(moved("earlier_letter_posted"), "2026-09-18");
        assert_eq!(moved("corrected_since"), "address", "{name}");
        let renamed = of("R00002");
        assert!(text.contains("Vervain"), "{name}");
        assert_eq!(renamed("corrected_since"), "name", "{name}");
        // Told of more now; the first letter stands beside all the same.
        assert_eq!(of("R00003")("earlier_letter"), piece(&breach, "R00003"), "{name}");
        let back = of("R00004");
        assert_eq!(
            (back("earlier_letter_came_back"), back("corrected_since")),
            ("2026-09-28".into(), String::new())
        );
    }
    assert!(list.contains("R00007") && !beside.contains("R00007"), "nobody wrote to them before");
    let first = breach.read("notices/harbor-health/people.csv");
    assert!(!first.contains("NW-"), "nothing was sent before the first mailing");
}

#[test]
fn a_clients_bundle_shows_no_address_given_in_confidence() {
    let breach = Breach::of(&[harbor(1), harbor(2)]);
    let roster = breach.case.read("roster.csv");
    let mut lines: Vec<String> = roster.lines().map(|line| format!("{line},")).collect();
    lines[0].push_str("address_kind");
    lines[1].push_str("confidential");
    lines[2].push_str("protected");
    fs::write(breach.case.path("roster.csv"), lines.join("\n") + "\n").unwrap();
    breach.must("run {folder}");
    let bundle = export(&breach, "client", "--for client --entity harbor-health");
    let list = fs::read_to_string(bundle.join("people.csv")).unwrap();
    assert!(list.contains("R00001") && list.contains("R00002"), "{list}");
    assert!(!list.contains("Maple Street"), "{list}");
}
