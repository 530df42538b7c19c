//! After approval every change to what the letters are made from is refused; what does not
//! concern the wave is not.

use super::*;
use crate::case::full;

/// A generator of its own: the same changes in every run.
struct Random(u64);

impl Random {
    fn next(&mut self, below: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % below
    }
}

/// A wave with everything a seal covers: own template, picture, pool of codes.
fn rich() -> Case {
    let case = Case::sample("small-clinic");
    fs::create_dir_all(case.path("templates/letter/en")).unwrap();
    let words = fs::read_to_string("templates/letter/en/signature.md").unwrap();
    fs::write(case.path("templates/letter/en/signature.md"), words).unwrap();
    case.run(&["check", "{folder}"]);
    assert_eq!(approve(&case, &[]).code, 0);
    case
}

#[test]
fn any_single_change_is_refused() {
    let case = rich();
    let inputs = [
        "incident.toml",
        "templates/letter/en/signature.md",
        "spool/w1.csv",
        "spool/w1.toml",
        "sealed/w1-1/root.txt",
        "sealed/w1-1/statement.json",
        "sealed/w1-1/batches/batch-0001.txt",
        "sealed/w1-1/inputs/incident.toml",
        "sealed/w1-1/inputs/spool/w1.csv",
    ];
    assert!(finals(&case));
    let mut random = Random(20_260_911);
    for n in 0..if full() { 10_000 } else { 36 } {
        let file = inputs[n % inputs.len()];
        let path = case.path(file);
        let was = fs::read(&path).unwrap();
        let mut is = was.clone();
        let at = random.next(was.len());
        match random.next(3) {
            0 => is[at] ^= 1 << random.next(7),
            1 => is.insert(at, b' '),
            _ => drop(is.remove(at)),
        }
        // The spool and its sealed copy are one file: a change must break the link.
        fs::remove_file(&path).unwrap();
        fs::write(&path, &is).unwrap();
        let (code, json) = letters(&case);
        assert!(
            code != 0 && json["draft"] != false,
            "change {n} of {file} at {at} was let through"
        );
        fs::write(&path, &was).unwrap();
    }
    assert!(finals(&case));
}

#[test]
fn a_changed_word_is_named_with_version_and_number() {
    let case = approved();
    case.edit("incident.toml", "a laptop was stolen", "a notebook was stolen");
    let said = case.run(&["letters", "{folder}"]);
    assert_eq!(said.code, 1);
    let told = said.stderr.replace("\n  │ ", " ");
    assert!(told.contains("incident.toml [breach] changed after wave w1 was approved"), "{told}");
    assert!(told.contains("version `en.adult.p0.elm-street`: 3 letters differ"), "{told}");
    assert!(told.contains("“laptop” is now “notebook”"), "{told}");
    case.edit("incident.toml", "a notebook was stolen", "a laptop was stolen");
    assert!(finals(&case));
}

#[test]
fn drafts_leave_printed_finals_alone() {
    let case = approved();
    assert!(finals(&case));
    let printed = sha256(&case.path("out/letters/batch-0001.pdf"));
    case.edit("incident.toml", "a laptop was stolen", "a notebook was stolen");
    let (_, drafts) = letters(&case);
    assert_eq!(drafts["draft"], true);
    case.run(&["run", "{folder}"]);
    assert_eq!(sha256(&case.path("out/letters/batch-0001.pdf")), printed);
    assert!(case.path("out/letters-draft/batch-0001.pdf").exists());
}

#[test]
fn a_later_wave_leaves_the_seal_whole() {
    let case = approved();
    let more = "\n[[wave]]\nid = \"w2\"\nroster = \"later.csv\"\nmail_on = 2026-10-01\n";
    let text = case.read("incident.toml");
    let (before, after) = text.split_once("[[data_element]]").unwrap();
    fs::write(
        case.path("incident.toml"),
        format!("{before}{}\n[[data_element]]{after}", more.trim_start()),
    )
    .unwrap();
    let header = case.read("roster.csv").lines().next().unwrap().to_owned();
    let row = "2001,elm-street,Ada,,Nowak,,1 Quarry Road,,Bloomington,IN,47401,,,,1990-01-01,,,,,Name;Diagnosis,";
    fs::write(case.path("later.csv"), format!("{header}\n{row}\n")).unwrap();
    case.run(&["check", "{folder}", "--wave", "w2"]);
    let said = case.run(&["letters", "{folder}", "--wave", "w1", "--json"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert_eq!(said.json()["draft"], false);
}

#[test]
fn a_roster_in_another_order_leaves_the_seal_whole() {
    let case = approved();
    let text = case.read("roster.csv");
    let (header, rows) = text.split_once('\n').unwrap();
    let mut rows: Vec<&str> = rows.lines().collect();
    rows.reverse();
    fs::write(case.path("roster.csv"), format!("{header}\n{}\n", rows.join("\n"))).unwrap();
    // Checked anew or not: the people are the same; that the roster changed is said.
    let (code, json) = letters(&case);
    assert_eq!((code, &json["draft"]), (1, &Value::Bool(false)));
    case.run(&["check", "{folder}"]);
    assert!(finals(&case));
}

#[test]
fn one_sealed_letter_is_printed_again_from_the_seal() {
    let case = approved();
    assert!(finals(&case));
    let piece = case.read("out/letters/manifest.csv").lines().nth(2).unwrap()[..17].to_owned();
    // Even when the folder moved on.
    case.edit("incident.toml", "a laptop was stolen", "a notebook was stolen");
    let said = case.run(&["letters", "{folder}", "--piece", &piece]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let pdf = fs::read(said.stdout.trim()).unwrap();
    assert!(pdf.starts_with(b"%PDF"));
    assert_eq!(case.run(&["letters", "{folder}", "--piece", "NW-0000-0000-0000"]).code, 2);
}
