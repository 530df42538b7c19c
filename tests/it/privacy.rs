//! No personal value stands anywhere but where it must: planted people are looked for in everything
//! that is written.

use crate::case::{Case, Said, program};
use crate::run::files;
use std::fs;
use std::path::{Path, PathBuf};

/// Made up so that they stand nowhere by chance.
const CANARIES: [&str; 12] = [
    "Qxvanthe",
    "Zorblattina",
    "Wuzzlemark",
    "Plonkenham",
    "qxvanthe@wuzzle-mail.example",
    "KZQ-7731-XWV",
    "1957-03-29",
    "03/29/1957",
    "Brindlefitz",
    "Yolpenheimer",
    "Grizzelwood",
    "nolan@@broken-at.example",
];

const ROWS: &str = "\
8001,elm-street,Qxvanthe,,Zorblattina,,77 Wuzzlemark Lane,,Plonkenham,IN,47401,,qxvanthe@wuzzle-mail.example,Y,1957-03-29,,,,,Name;DOB;Diagnosis,KZQ-7731-XWV
8002,elm-street,Nolan,,Yolpenheimer,,8 Grizzelwood Road,,Bloomington,IN,47,,nolan@@broken-at.example,Y,03/29/1957,,,,,Name;Nonsense,KZQ-7731-XWVY
8003,elm-street,Brindlefitz,,,,,,Plonkenham,ZZ,47401,,,,1957-03-29,,,,,Name;DOB,
8004,elm-street,=Qxvanthe,,Zorblattina,,77 Wuzzlemark Lane,,Plonkenham,IN,47401,Freedonia,,,1957-03-29,Brindlefitz Yolpenheimer,,,xx,Name;DOB;Diagnosis,
8003,elm-street,Brindlefitz,,Yolpenheimer,,9 Grizzelwood Road,,Plonkenham,IN,47401,,,,1957-13-45,,,,,Name;DOB,
";

struct Watched {
    case: Case,
    said: Vec<(String, Said)>,
}

impl Watched {
    fn new() -> Self {
        let case = Case::sample("small-clinic");
        let incident = case.read("incident.toml") + crate::verify::mailing::PROTECTION;
        fs::write(case.path("incident.toml"), incident).unwrap();
        let roster = case.read("roster.csv");
        let mut text = String::new();
        for (i, line) in roster.lines().enumerate() {
            let code = if i == 0 { String::new() } else { format!("GOOD-{i:04}") };
            text.push_str(&format!("{line}{code}\n"));
        }
        fs::write(case.path("roster.csv"), text + ROWS).unwrap();
        fs::create_dir(case.path("../tmp")).unwrap();
        fs::create_dir(case.path("../home")).unwrap();
        Self { case, said: Vec::new() }
    }

    /// Runs a command with folders of its own for everything temporary.
    fn run(&mut self, arguments: &[&str]) -> i32 {
        let folder = self.case.folder();
        let arguments: Vec<String> =
            arguments.iter().map(|a| a.replace("{folder}", folder.to_str().unwrap())).collect();
        let output = program()
            .args(&arguments)
            .current_dir(self.case.path("../home"))
            .env("TMPDIR", self.case.path("../tmp"))
            .env("HOME", self.case.path("../home"))
            .env("RUST_BACKTRACE", "full")
            .env("RUST_LOG", "trace")
            .output()
            .unwrap();
        let said = Said::from(output);
        assert!(!said.stderr.contains("panicked"), "{arguments:?}: {}", said.stderr);
        let code = said.code;
        self.said.push((arguments.join(" "), said));
        code
    }

    /// What was typed, how it ended and what was told.
    fn told(&self) -> String {
        let one =
            |(typed, said): &(String, Said)| format!("{typed}: {}\n{}\n", said.code, said.stderr);
        self.said.iter().map(one).collect()
    }

    fn held(&mut self) -> u64 {
        assert!(self.run(&["check", "{folder}", "--json"]) <= 1);
        self.said.last().unwrap().1.json()["outcomes"]["held"].as_u64().unwrap()
    }

    /// Everything written but where people must stand.
    fn search(&self) {
        let forms = forms();
        for (command, said) in &self.said {
            for text in [&said.stdout, &said.stderr] {
                let found = find(text.as_bytes(), &forms);
                assert!(found.is_none(), "{command} says {}", found.unwrap());
            }
        }
        let home = self.case.path("..");
        let mut looked = 0;
        for path in files(&home) {
            let inside = path.strip_prefix(&home).unwrap().to_owned();
            if may_hold_people(&inside) {
                continue;
            }
            looked += 1;
            let found = find(&fs::read(&path).unwrap(), &forms);
            assert!(found.is_none(), "{} holds {}", inside.display(), found.unwrap());
            let name = inside.display().to_string();
            assert!(find(name.as_bytes(), &forms).is_none(), "a file is called {name}");
        }
        assert!(looked > 0, "the ledger at least is looked at");
    }
}

fn may_hold_people(inside: &Path) -> bool {
    let text = inside.display().to_string();
    let places = [
        "incident/spool/w1.csv",
        "incident/spool/w1.given",
        "incident/out/letters",
        "incident/out/email/",
        "incident/out/notices/",
        "incident/sealed/w1-1/inputs/spool/w1.csv",
        "incident/sealed/w1-1/inputs/spool/w1.given",
        "for-client/people.csv",
        "for-counsel/matter/spool/w1.csv",
        "for-counsel/matter/spool/w1.given",
        "for-counsel/matter/out/letters",
        "for-counsel/matter/out/email/",
        "for-counsel/matter/out/notices/",
        "for-counsel/matter/sealed/w1-1/inputs/spool/w1.csv",
        "for-counsel/matter/sealed/w1-1/inputs/spool/w1.given",
    ];
    places.iter().any(|place| text.starts_with(place)) || text.ends_with("roster.csv")
}

/// Every canary in every form in which a value may be written.
fn forms() -> Vec<(String, Vec<u8>)> {
    let mut forms = Vec::new();
    for canary in CANARIES {
        let mut add =
            |form: &str, bytes: Vec<u8>| forms.push((format!("{canary} ({form})"), bytes));
        let lower = canary.to_lowercase();
        add("plain", lower.clone().into_bytes());
        let units = |big: bool| {
            let pairs = canary
                .encode_utf16()
                .map(move |u| if big { u.to_be_bytes() } else { u.to_le_bytes() });
            pairs.flatten().collect::<Vec<u8>>().to_ascii_lowercase()
        };
        add("UTF-16LE", units(false));
        add("UTF-16BE", units(true));
        let hex: String = canary.bytes().map(|b| format!("{b:02x}")).collect();
        add("hex", hex.clone().into_bytes());
        let percent: String = canary
            .bytes()
            .map(|b| {
                if b.is_ascii_alphanumeric() {
                    char::from(b).to_string()
                } else {
                    format!("%{b:02X}")
                }
            })
            .collect();
        add("percent", percent.to_lowercase().into_bytes());
        let all: String = canary.bytes().map(|b| format!("%{b:02x}")).collect();
        add("percent, all", all.into_bytes());
        for shift in 0..3 {
            // In the middle of other bytes: what of the coding does not depend on the neighbors.
            let padded: Vec<u8> = [vec![0; shift], canary.as_bytes().to_vec()].concat();
            let coded = base64(&padded);
            let whole = &coded[(shift * 8).div_ceil(6)..coded.len() - 4];
            add("base64", whole.to_ascii_lowercase().into_bytes());
        }
    }
    forms
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let word =
            chunk.iter().fold(0u32, |w, b| w << 8 | u32::from(*b)) << (8 * (3 - chunk.len()));
        for i in 0..4 {
            let digit =
                if i <= chunk.len() { DIGITS[(word >> (18 - 6 * i) & 63) as usize] } else { b'=' };
            out.push(char::from(digit));
        }
    }
    out
}

/// The first form found; case does not count.
fn find(bytes: &[u8], forms: &[(String, Vec<u8>)]) -> Option<String> {
    let lower = bytes.to_ascii_lowercase();
    let text = String::from_utf8_lossy(&lower);
    for (name, form) in forms {
        let found = match std::str::from_utf8(form) {
            Ok(form) if !form.contains('\0') => text.contains(form),
            _ => lower.windows(form.len()).any(|window| window == form),
        };
        if found {
            return Some(name.clone());
        }
    }
    None
}

#[test]
fn the_search_itself_finds_every_form() {
    let forms = forms();
    let name = "Zorblattina";
    let utf16: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let hex: String = name.bytes().map(|b| format!("{b:02X}")).collect();
    for bytes in [
        b"Dear ZORBLATTINA,".to_vec(),
        utf16,
        hex.into_bytes(),
        base64(b"xx Zorblattina, Qx").into_bytes(),
        base64(b"x Zorblattina, Qx").into_bytes(),
        base64(b" Zorblattina, Qx").into_bytes(),
        b"q=qxvanthe%40wuzzle%2Dmail%2Eexample".to_vec(),
    ] {
        assert!(find(&bytes, &forms).is_some(), "{bytes:?}");
    }
    assert!(find(b"nothing of anybody", &forms).is_none());
}

#[test]
fn no_command_writes_a_personal_value_where_none_belongs() {
    let mut watched = Watched::new();
    let held = watched.held().to_string();
    assert_ne!(held, "0", "the bad rows are held");
    let evidence = watched.case.path("evidence.txt");
    fs::write(&evidence, "PS Form 3607").unwrap();
    let evidence = evidence.to_str().unwrap().to_owned();
    let to = |name: &str| watched.case.path(&format!("../{name}")).to_str().unwrap().to_owned();
    let (regulator, client, counsel) = (to("for-regulator"), to("for-client"), to("for-counsel"));
    let ics = to("plan.ics");
    let commands: Vec<Vec<&str>> = vec![
        vec!["check", "{folder}"],
        vec!["run", "{folder}"],
        vec!["run", "{folder}", "--json"],
        vec!["plan", "{folder}", "--all", "--ics", &ics],
        vec!["plan", "{folder}", "--json"],
        vec!["coverage", "{folder}"],
        vec!["filings", "{folder}"],
        vec!["status", "{folder}"],
        vec!["status", "{folder}", "--json"],
        vec!["verify", "{folder}", "--draft"],
        vec!["verify", "{folder}", "--draft", "--json"],
        vec!["approve", "{folder}", "--by", "A. Counsel, Counsel"],
        vec!["approve", "{folder}", "--by", "A. Counsel, Counsel", "--accept-held", &held],
        vec!["letters", "{folder}"],
        vec!["verify", "{folder}"],
        vec![
            "confirm",
            "letters",
            "{folder}",
            "--batch",
            "1-2",
            "--posted",
            "2026-09-11",
            "--evidence",
            &evidence,
        ],
        vec!["letters", "{folder}", "--json"],
        vec!["email", "{folder}"],
        vec!["email", "{folder}", "--json"],
        vec!["email", "{folder}", "--send", "--smtp", "smtp://127.0.0.1:9"],
        vec!["status", "{folder}", "--json"],
        vec!["verify", "{folder}", "--json"],
        vec!["claim", "{folder}", "--by", "P. Officer"],
        vec!["trace", "{folder}", "8001"],
        vec!["trace", "{folder}", "8002", "--json"],
        vec!["trace", "{folder}", "8003"],
        vec!["export", "{folder}", "--for", "regulator", "--to", &regulator],
        vec!["export", "{folder}", "--for", "client", "--to", &client],
        vec!["export", "{folder}", "--for", "counsel", "--to", &counsel],
        vec!["purge", "{folder}"],
        vec!["status", "{folder}"],
    ];
    for command in &commands {
        let code = watched.run(command);
        assert!(code != 101 && code != -1, "{command:?} ended with {code}");
    }
    // One letter again, and one person's story by the reference on it.
    let manifest = watched.case.read("out/letters/manifest.csv");
    let line = manifest.lines().find(|line| line.contains("8001")).unwrap();
    let piece = line[..17].to_owned();
    let again = watched.run(&["letters", "{folder}", "--piece", &piece]);
    assert_eq!(again, 0, "{}", watched.told());
    assert_eq!(watched.run(&["trace", "{folder}", &piece]), 0);
    // People who change after the approval: the refusal shows words, and none of theirs.
    let roster = watched.case.read("roster.csv");
    for (from, to) in [
        ("Qxvanthe,,Zorblattina", "Zorblattina,,Wuzzlemark"),
        ("77 Wuzzlemark Lane,,Plonkenham", "8 Brindlefitz Street,Yolpenheimer,Plonkenham"),
        ("KZQ-7731-XWV\n8002", "ZZQ-7731-XWV\n8002"),
    ] {
        fs::write(watched.case.path("roster.csv"), roster.replacen(from, to, 1)).unwrap();
        watched.run(&["check", "{folder}"]);
        assert_eq!(watched.run(&["letters", "{folder}"]), 1);
        let told = &watched.said.last().unwrap().1.stderr;
        assert!(told.contains("seal.drifted") && told.contains("seal.words"), "{told}");
        watched.run(&["status", "{folder}"]);
        watched.run(&["verify", "{folder}"]);
        watched.run(&["email", "{folder}", "--send", "--smtp", "smtp://127.0.0.1:9"]);
    }
    watched.search();
    assert!(watched.case.path("../for-regulator/index.html").is_file());
}

#[test]
fn errors_do_not_tell_either() {
    let mut watched = Watched::new();
    watched.run(&["run", "{folder}"]);
    let spool = watched.case.path("spool/w1.csv");
    let right = fs::read_to_string(&spool).unwrap();
    // A spool that was altered, cut off, or is no spool.
    for wrong in [
        right.replace("Qxvanthe", "Qxvanthe\u{7}"),
        right[..right.len() - 40].to_owned(),
        "Zorblattina\n".into(),
    ] {
        fs::write(&spool, wrong).unwrap();
        for command in [
            "verify --draft",
            "approve --by X",
            "letters",
            "trace 8001",
            "export --for client --to x",
        ] {
            let mut arguments: Vec<&str> = command.split(' ').collect();
            arguments.insert(1, "{folder}");
            assert_ne!(watched.run(&arguments), 0, "{command}");
        }
    }
    fs::write(&spool, &right).unwrap();
    // Letters that do not agree: their faults name rows, not people.
    let manifest = watched.case.path("out/letters/manifest.csv");
    let text = fs::read_to_string(&manifest).unwrap();
    let spoiled = text.replace("Qxvanthe", "Qxvanthe X").replace("Elm", "Wuzzlemark");
    fs::write(&manifest, spoiled).unwrap();
    assert_eq!(watched.run(&["verify", "{folder}", "--draft"]), 1);
    assert_eq!(watched.run(&["verify", "{folder}", "--draft", "--json"]), 1);
    fs::write(&manifest, "Qxvanthe,Zorblattina\n8001,Wuzzlemark\n").unwrap();
    assert_ne!(watched.run(&["verify", "{folder}", "--draft"]), 0);
    // A template that fails for a person, an out folder that cannot be written, a broken roster.
    let own = watched.case.path("templates/letter/en");
    fs::create_dir_all(&own).unwrap();
    fs::write(own.join("salutation.md"), "<!-- courtesy -->\nDear {{ person.nickname }}:\n")
        .unwrap();
    assert_ne!(watched.run(&["run", "{folder}"]), 0);
    fs::remove_dir_all(watched.case.path("templates")).unwrap();
    fs::remove_dir_all(watched.case.path("out")).unwrap();
    fs::write(watched.case.path("out"), "").unwrap();
    assert_ne!(watched.run(&["run", "{folder}"]), 0);
    fs::remove_file(watched.case.path("out")).unwrap();
    let roster: PathBuf = watched.case.path("roster.csv");
    let text = fs::read_to_string(&roster).unwrap();
    for wrong in
        [text.replace("8002,", "\"8002,"), text.replace("record_id,entity,", "") + "\u{0}\u{1}"]
    {
        fs::write(&roster, wrong).unwrap();
        watched.run(&["check", "{folder}"]);
        watched.run(&["run", "{folder}", "--json"]);
    }
    watched.search();
}
