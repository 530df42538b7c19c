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

/// What was said, its lines joined.
fn unwrapped(said: &Said) -> String {
    said.stderr.replace("-\n  │ ", "-").replace("\n  │ ", " ")
}

/// A wave with everything a seal covers: own template, picture, pool of codes.
fn rich() -> Case {
    let case = Case::sample("small-clinic");
    fs::create_dir_all(case.path("templates/letter/en")).unwrap();
    fs::create_dir_all(case.path("templates/filing")).unwrap();
    let words = fs::read_to_string("templates/letter/en/signature.md").unwrap();
    fs::write(case.path("templates/letter/en/signature.md"), words).unwrap();
    let logo = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 10\"><rect width=\"40\" height=\"10\"/></svg>";
    fs::write(case.path("logo.svg"), logo).unwrap();
    let codes: String = (0..40).map(|n| format!("POOL-{n:04}\n")).collect();
    fs::write(case.path("codes.txt"), codes).unwrap();
    let font = fs::read_dir("fonts")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|e| e == "ttf" || e == "otf"))
        .unwrap();
    fs::copy(font, case.path("more.ttf")).unwrap();
    case.edit(
        "incident.toml",
        "state = \"IN\"\nsignatory",
        "state = \"IN\"\nlogo = \"logo.svg\"\nsignatory",
    );
    let more = crate::verify::mailing::PROTECTION
        .replace("code_column = \"activation_code\"", "code_file = \"codes.txt\"");
    let text = case.read("incident.toml") + &more + "\n[fonts]\nfallback = [\"more.ttf\"]\n";
    fs::write(case.path("incident.toml"), text).unwrap();
    let said = case.run(&["check", "{folder}"]);
    assert!(said.code <= 1, "{}", said.stderr);
    let said = approve(&case, &[]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    case
}

#[test]
fn every_kind_of_input_is_sealed_and_its_change_is_named() {
    let case = rich();
    assert!(finals(&case));
    let send = ["email", "{folder}", "--send", "--smtp", "smtp://127.0.0.1:9"];
    let files = ["templates/letter/en/signature.md", "logo.svg", "codes.txt", "more.ttf"];
    for file in files {
        let path = case.path(file);
        let was = fs::read(&path).unwrap();
        fs::write(&path, [was.as_slice(), b"\n"].concat()).unwrap();
        for (arguments, code) in [(&["letters", "{folder}"][..], 1), (&send, 4)] {
            let said = case.run(arguments);
            let told = unwrapped(&said);
            assert_eq!(said.code, code, "{file}: {told}");
            assert!(told.contains(&format!("{file} changed after wave w1 was approved")), "{told}");
        }
        fs::remove_file(&path).unwrap();
        let said = case.run(&["status", "{folder}"]).stdout;
        assert!(said.contains("drifted") && said.contains(file), "{said}");
        fs::write(&path, &was).unwrap();
    }
    // Words, facts and rows.
    for (file, from, to, named) in [
        (
            "incident.toml",
            ", a laptop was stolen",
            ", a notebook was stolen",
            "incident.toml [breach]",
        ),
        (
            "incident.toml",
            "mail_on = 2026-09-11",
            "mail_on = 2026-09-12",
            "incident.toml [[wave]] 1",
        ),
        (
            "incident.toml",
            "letter = \"diagnosis\"",
            "letter = \"illness\"",
            "incident.toml [[data_element]] 3",
        ),
        ("incident.toml", "months = 12", "months = 24", "incident.toml [[protection]] 1"),
        ("spool/w1.csv", "Oakley", "Oakleaf", "spool/w1.csv"),
    ] {
        let path = case.path(file);
        let was = fs::read_to_string(&path).unwrap();
        // The spool and its sealed copy are one file: a change must break the link.
        fs::remove_file(&path).unwrap();
        fs::write(&path, was.replacen(from, to, 1)).unwrap();
        let said = case.run(&["letters", "{folder}"]);
        let told = unwrapped(&said);
        assert_ne!(said.code, 0, "{file} {from}");
        assert!(told.contains(&format!("{named} changed")), "{from}: {told}");
        assert_eq!(case.run(&send).code, 4, "{from}");
        fs::write(&path, &was).unwrap();
    }
    // A file more is a change as well.
    fs::copy("templates/letter/en/medical.md", case.path("templates/letter/en/medical.md"))
        .unwrap();
    let said = case.run(&["letters", "{folder}"]);
    assert!(said.stderr.contains("templates/letter/en/medical.md was added"), "{}", said.stderr);
    fs::remove_file(case.path("templates/letter/en/medical.md")).unwrap();
    // Another law pack.
    let law = case.path("../law");
    fs::create_dir(&law).unwrap();
    for entry in fs::read_dir("law").unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            fs::copy(&path, law.join(path.file_name().unwrap())).unwrap();
        }
    }
    let contacts = law.join("contacts.toml");
    fs::write(&contacts, fs::read_to_string(&contacts).unwrap() + "\n# checked\n").unwrap();
    let said = case.run(&["letters", "{folder}", "--law", law.to_str().unwrap()]);
    let told = unwrapped(&said);
    assert_eq!(said.code, 1, "{told}");
    assert!(told.contains("the law pack changed after wave w1 was approved"), "{told}");
    assert!(finals(&case));
}

#[test]
fn a_released_row_leaves_the_seal_whole_and_gets_its_own() {
    let case = Case::sample("small-clinic");
    let held =
        "1009,elm-street,Ida,,Vance,,5 Elm Street,,Bloomington,IN,47,,,,1971-03-08,,,,,Name;DOB,\n";
    fs::write(case.path("roster.csv"), case.read("roster.csv") + held).unwrap();
    case.run(&["check", "{folder}"]);
    let said = approve(&case, &[]);
    assert_eq!(said.code, 5);
    assert!(said.stderr.contains("1 row is held: 1 `zip.too_short`"), "{}", said.stderr);
    assert_eq!(approve(&case, &["--accept-held", "1"]).code, 0);
    assert!(finals(&case));
    let release = "\n[[decision]]\nquestion = \"release.zip.too_short\"\nchoice = \"as_is\"\nby = \"A. Counsel\"\non = 2026-09-01\n";
    fs::write(case.path("incident.toml"), case.read("incident.toml") + release).unwrap();
    assert!(finals(&case), "the decision alone changes nothing for those who were approved");
    let said = case.run(&["run", "{folder}", "--json"]);
    assert_eq!(said.json()["outcomes"]["held"], 0, "{}", said.stderr);
    assert!(finals(&case));
    // A repaired roster for the rest of the people: who was approved is as before.
    case.edit("roster.csv", "Bloomington,IN,47,,,,1971", "Bloomington,IN,47401,,,,1971");
    case.run(&["check", "{folder}"]);
    assert!(finals(&case));
}

/// What the spool's second file says of the people. White space says nothing, and a roster that was
/// repaired for a later wave leaves the seal whole.
fn is_said(bytes: &[u8]) -> Option<toml::Table> {
    let mut table: toml::Table = std::str::from_utf8(bytes).ok()?.parse().ok()?;
    table.remove("roster");
    table.remove("roster_digest");
    Some(table)
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
        let refused = code != 0 && json["draft"] != false;
        let same = file == "spool/w1.toml" && is_said(&is) == is_said(&was);
        assert!(refused || same, "change {n} of {file} at {at} was let through");
        fs::write(&path, &was).unwrap();
    }
    assert!(finals(&case));
}

#[test]
fn a_changed_word_is_named_with_version_and_number() {
    let case = approved();
    case.edit("incident.toml", ", a laptop was stolen", ", a notebook was stolen");
    let said = case.run(&["letters", "{folder}"]);
    assert_eq!(said.code, 1);
    let told = unwrapped(&said);
    assert!(told.contains("incident.toml [breach] changed after wave w1 was approved"), "{told}");
    assert!(told.contains("`en.adult.p0.elm-street` 3"), "{told}");
    assert!(told.contains("“laptop” is now “notebook”"), "{told}");
    case.edit("incident.toml", "a notebook was stolen", "a laptop was stolen");
    assert!(finals(&case));
}

#[test]
fn the_refusal_is_short_and_names_no_person() {
    let case = approved();
    let from = case.read("incident.toml");
    case.edit("incident.toml", ", a laptop was stolen", ", a notebook was stolen");
    let said = case.run(&["letters", "{folder}"]);
    let told = unwrapped(&said);
    // One change of words is one finding, however many versions have it.
    assert_eq!(told.matches("“laptop” is now “notebook”").count(), 1, "{told}");
    let words = "7 letters differ from the approved: “laptop” is now “notebook”; 5 versions: `en.adult.p0.elm-street` 3, ";
    assert!(told.contains(words), "{told}");
    assert!(told.contains("2 e-mails differ from the approved"), "{told}");
    fs::write(case.path("incident.toml"), from).unwrap();
    // A person who moved and married: what changed is theirs and is not told.
    case.edit("roster.csv", "Harriet,L.,Oakley,,14 Cider Mill", "Harriet,L.,Zorblat,,9 Quincunx");
    case.run(&["check", "{folder}"]);
    let said = case.run(&["letters", "{folder}"]);
    assert_eq!(said.code, 1, "{}", said.stderr);
    for name in ["Harriet", "Oakley", "Zorblat", "Quincunx", "Cider"] {
        assert!(!said.stderr.contains(name), "{name}: {}", said.stderr);
    }
    assert!(said.stderr.contains("spool/w1.csv changed"), "{}", said.stderr);
    assert!(said.stderr.contains("▒▒▒"), "{}", said.stderr);
}

#[test]
fn drafts_leave_printed_finals_alone() {
    let case = approved();
    assert!(finals(&case));
    let printed = sha256(&case.batch("out/letters", 1));
    case.edit("incident.toml", ", a laptop was stolen", ", a notebook was stolen");
    let (_, drafts) = letters(&case);
    assert_eq!(drafts["draft"], true);
    case.run(&["run", "{folder}"]);
    assert_eq!(sha256(&case.batch("out/letters", 1)), printed);
    assert!(case.batch("out/letters-draft", 1).exists());
}

#[test]
fn a_later_wave_leaves_the_seal_whole() {
    let case = approved();
    let more = "\n# The second list.\n[[wave]]\nid = \"w2\"\nroster = \"later.csv\"\nmail_on = 2026-10-01\n";
    let text = case.read("incident.toml");
    let (before, after) = text.split_once("[[data_element]]").unwrap();
    let header = case.read("roster.csv").lines().next().unwrap().to_owned();
    let row = "2001,elm-street,Ada,,Nowak,,1 Quarry Road,,Bloomington,IN,47401,,,,1990-01-01,,,,,Name;Diagnosis,";
    fs::write(case.path("later.csv"), format!("{header}\n{row}\n")).unwrap();
    // In the middle of the file or at its end, with comments and empty lines around it.
    for text in [
        format!("{before}{}\n[[data_element]]{after}", more.trim_start()),
        format!("{before}{more}\n[[data_element]]{after}"),
        format!("{text}{more}"),
        format!("{text}\n\n{more}\n\n"),
    ] {
        fs::write(case.path("incident.toml"), text).unwrap();
        case.run(&["check", "{folder}", "--wave", "w2"]);
        let said = case.run(&["letters", "{folder}", "--wave", "w1", "--json"]);
        assert_eq!(said.code, 0, "{}", said.stderr);
        assert_eq!(said.json()["draft"], false);
    }
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
    case.edit("incident.toml", ", a laptop was stolen", ", a notebook was stolen");
    let said = case.run(&["letters", "{folder}", "--piece", &piece]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let (pdf, text) = said.stdout.trim().split_once('\n').unwrap();
    assert!(fs::read(pdf).unwrap().starts_with(b"%PDF"));
    // The sealed text beside it is the line of the seal's list.
    let list = case.read("sealed/w1-1/batches/batch-0001.txt");
    assert!(list.contains(&format!("{}  {piece}.txt", sha256(Path::new(text)))), "{list}");
    assert_eq!(case.run(&["letters", "{folder}", "--piece", "NW-0000-0000-0000"]).code, 2);
}
