//! What comes back from the post: files of every kind read, matched, recorded once, and what follows.

use crate::case::Said;
use crate::life::breach::{BOSTON, Breach, CONCORD, PORTLAND, Row};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;

/// Thirty letters of three covered entities, posted on September 18.
struct Posted {
    breach: Breach,
    /// Record -> reference.
    pieces: BTreeMap<String, String>,
}

impl Posted {
    fn new() -> Self {
        let rows: Vec<Row> = (0..36)
            .map(|n| match n {
                0..14 => Row::new(n, "harbor-health", PORTLAND),
                14..26 => Row::new(n, "sierra-vista", CONCORD),
                _ => Row::new(n, "prairie-care", BOSTON),
            })
            .collect();
        let breach = Breach::of(&rows);
        breach.seal("w1");
        breach.post("w1", "1", "2026-09-18");
        let manifest = breach.read("letters/manifest.csv");
        let mut rows = csv::Reader::from_reader(manifest.as_bytes());
        let rows = rows.records().map(Result::unwrap);
        let pieces = rows.map(|row| (row[1].to_owned(), row[0].to_owned())).collect();
        Self { breach, pieces }
    }

    fn piece(&self, n: u32) -> &str {
        &self.pieces[&format!("R{n:05}")]
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.breach.case.path(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn import(&self, file: &str, more: &str) -> Said {
        self.breach.run(&format!("returns import {{folder}} {file} --json{more}"))
    }

    /// The number and digest of the last event, which bind all before them.
    fn ledger(&self) -> (u64, String) {
        let ledger = noticeworks::ledger::Ledger::look(&self.breach.case.folder()).unwrap();
        ledger.unwrap().head().unwrap().unwrap()
    }
}

fn counts(said: &Said) -> [u64; 5] {
    let json = said.json();
    let of = |key: &str| json[key].as_u64().unwrap();
    let counts = ["lines", "matched", "unknown", "repeated", "malformed"].map(of);
    assert_eq!(counts[0], counts[1..].iter().sum::<u64>(), "{json:#}");
    let listed = json["listed"].as_array().unwrap().len() as u64;
    assert_eq!(listed, counts[2..].iter().sum::<u64>(), "{json:#}");
    counts
}

/// A record of the second version of USPS's change-of-address files.
fn acs(piece: &str, imb: &str, code: char, action: char, address: bool) -> String {
    let mut record = vec![b' '; 700];
    let mut put = |at: usize, text: &str| {
        record[at - 1..at - 1 + text.len()].copy_from_slice(text.as_bytes());
    };
    put(1, "D02");
    put(21, &piece.replace('-', ""));
    put(46, &code.to_string());
    if address {
        put(373, "7 Found Street");
        put(318, "Concord");
        put(346, "NH");
        put(348, "03301");
    }
    put(441, imb);
    put(525, "20261002");
    put(544, &action.to_string());
    String::from_utf8(record).unwrap()
}

fn acs_header(records: usize) -> String {
    format!("{:<700}", format!("H02{:24}{records:09}", ""))
}

#[test]
fn twelve_at_one_entity_ask_for_a_notice_and_nine_at_another_do_not() {
    let posted = Posted::new();
    let mut list =
        String::from("Returned mail of week 40\n\nReference,Return Reason,Date Returned\n");
    let reasons = ["ANK", "VAC", "Unable to forward", "DEC", "", "no such words"];
    for (at, n) in (0..12).chain(14..23).enumerate() {
        list += &format!("{},{},10/05/2026\n", posted.piece(n), reasons[at % 6]);
    }
    list += "NW-0000-0000-0000,ANK,10/05/2026\n";
    list += &format!("{},ANK,10/06/2026\n", posted.piece(0));
    list += "not a reference,ANK,10/05/2026\n";
    list += &format!("{},ANK,2026-09-01\n", posted.piece(30));
    list += &format!("{},ANK,someday\n", posted.piece(31));
    let file = posted.write("returned.csv", &list);
    let said = posted.import(&file, " --by P.Paralegal");
    assert_eq!(said.code, 1, "{}", said.stderr);
    assert_eq!(counts(&said), [26, 21, 1, 1, 3]);
    let json = said.json();
    assert_eq!(json["reasons"]["attempted_not_known"], 4);
    assert_eq!(json["reasons"]["other"], 3);
    let kept = posted.breach.case.read(json["list"].as_str().unwrap());
    assert_eq!(kept.lines().count(), 27, "every line has its fate");

    // The same file again changes nothing.
    let (before, status) = (posted.ledger(), posted.breach.status());
    let again = posted.import(&file, "");
    assert_eq!(counts(&again), [26, 0, 1, 22, 3]);
    assert_eq!(again.json()["list"], Value::Null);
    assert_eq!(posted.ledger(), before);
    assert_eq!(posted.breach.status(), status);
    assert!(!posted.breach.case.path("returned/0002.csv").exists());

    let plan = posted.breach.must("plan {folder} --json");
    let plan = plan.json();
    let duties = plan["duties"].as_array().unwrap();
    let owed = |id: &str| duties.iter().any(|duty| duty["id"] == id && duty["arises"] == true);
    assert!(owed("hipaa-substitute-many.harbor-health"));
    assert!(!owed("hipaa-substitute-many.sierra-vista"));
    assert!(owed("hipaa-substitute-few.sierra-vista"));
    posted.breach.must("run {folder}");
    let made =
        |entity: &str| posted.breach.exists(&format!("notices/{entity}/substitute-notice.txt"));
    assert!(made("harbor-health") && !made("sierra-vista"));
    let text = posted.breach.read("notices/harbor-health/substitute-notice.txt");
    assert!(text.contains("Harbor Health"), "{text}");
    assert!(posted.breach.status()["ledger"]["whole"].as_bool().unwrap());
}

#[test]
fn files_of_the_post_are_read_by_their_layouts_and_barcodes_by_the_runs_data() {
    let posted = Posted::new();
    let imb = |n: u32| format!("00310123456{n:09}47403");
    let records = [
        acs(posted.piece(1), "", 'A', 'R', false),
        // By its barcode alone: moved, sent back, and the post knows where to.
        acs("", &imb(2), ' ', 'R', true),
        // Went on to the new address: no return.
        acs(posted.piece(3), "", ' ', 'F', true),
        acs("", &imb(999), 'V', 'R', false),
        acs("", "", 'V', 'R', false),
    ];
    let file = format!("{}\r\n{}\r\n", acs_header(5), records.join("\r\n"));
    let path = posted.write("acs.txt", &file);
    let run: String = (0..36).map(|n| format!("{},{},x\n", imb(n), posted.piece(n))).collect();
    let run = posted.write("run.csv", format!("IMb Digits,Piece ID,Weight\n{run}"));

    // Cut off on its way: nobody is recorded.
    let short = posted.write("short.txt", &file[..file.len() - 1_404]);
    let said = posted.import(&short, "");
    assert!(said.code > 1 && said.stderr.contains("returns.short"), "{}", said.stderr);

    let said = posted.import(&path, "");
    assert_eq!(said.json()["layout"], "acs-2");
    assert_eq!(said.json()["confirmed"], false);
    assert_eq!(counts(&said), [5, 2, 2, 0, 1]);
    assert!(said.stdout.contains("--run-data"), "{}", said.stdout);
    let said = posted.import(&path, &format!(" --run-data {run}"));
    assert_eq!(counts(&said), [5, 1, 1, 2, 1]);
    assert_eq!(said.json()["reasons"]["moved_new_address"], 1);
    let (before, said) = (posted.ledger(), posted.import(&path, &format!(" --run-data {run}")));
    assert_eq!(counts(&said), [5, 0, 1, 3, 1]);
    assert_eq!(posted.ledger(), before);

    // The same without line ends.
    let row = posted.write("row.txt", format!("{}{}", acs_header(5), records.concat()));
    let said = posted.import(&row, &format!(" --run-data {run} --layout acs-2"));
    assert_eq!(counts(&said), [5, 0, 1, 3, 1]);

    // The traditional layout tells no day.
    let mut old = vec![b' '; 427];
    old[0] = b'2';
    old[16..30].copy_from_slice(posted.piece(4).replace('-', "").as_bytes());
    old[39] = b'K';
    let old = posted.write("old.txt", &old);
    assert_eq!(counts(&posted.import(&old, "")), [1, 0, 0, 0, 1]);
    let said = posted.import(&old, " --on 2026-10-03");
    assert_eq!((counts(&said), &said.json()["layout"]), ([1, 1, 0, 0, 0], &Value::from("acs-1")));

    // Scans prove that letters moved; none of them came back.
    let scans = format!(
        "imb,scan_datetime,operation_code\n{},2026-09-20 04:11:00,918\n{},2026-09-21T01:00:00,919\n",
        imb(7),
        imb(8)
    );
    let scans = posted.write("scans.csv", scans);
    let said = posted.import(&scans, &format!(" --run-data {run}"));
    assert_eq!(counts(&said), [2, 2, 0, 0, 0]);
    assert_eq!(
        said.json()["told"],
        serde_json::json!({"forwarded": 0, "returned": 0, "scanned": 2})
    );
    assert_eq!(counts(&posted.import(&scans, &format!(" --run-data {run}"))), [2, 0, 0, 2, 0]);

    // Three are out of date, and the one whose new address is known is written to there.
    let said = posted.breach.must("wave {folder} --kind remail --mail-on 2026-10-20 --json").json();
    assert_eq!((said["people"].as_u64(), said["without_address"].as_u64()), (Some(3), Some(2)));
    let roster = posted.breach.case.read(said["roster"].as_str().unwrap());
    assert!(roster.contains("7 Found Street,,,Concord,NH,03301"), "{roster}");
}

#[test]
fn lists_are_read_however_they_were_keyed_in() {
    let posted = Posted::new();
    // A scanner's output: one reference a line, no heading.
    let scanned: String =
        (0..3).map(|n| format!("{}\r\n", posted.piece(n).to_lowercase())).collect();
    let scanned = posted.write("scan.txt", scanned);
    assert_eq!(counts(&posted.import(&scanned, "")), [3, 0, 0, 0, 3], "no day is known");
    assert_eq!(counts(&posted.import(&scanned, " --on 2026-10-01")), [3, 3, 0, 0, 0]);
    // A workbook with a title.
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let rows = [
        ["Returned mail", "", ""],
        ["Our Reference", "Code", "Received"],
        [posted.piece(4), "UTF", "2026-10-02"],
        [posted.piece(5), "fwd", "2026-10-02"],
    ];
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write(row, column, cell).unwrap();
        }
    }
    let path = posted.breach.case.path("list.xlsx");
    book.save(&path).unwrap();
    let said = posted.import(path.to_str().unwrap(), "");
    assert_eq!(counts(&said), [2, 2, 0, 0, 0]);
    assert_eq!(said.json()["told"]["forwarded"], 1);
    // No column that names a letter, no file, no such layout: nothing is recorded.
    let before = posted.ledger();
    let names = posted.write("names.csv", "name,town\nAda Quill,Portland\n".repeat(30));
    for (file, more, code) in [
        (names.as_str(), "", "returns.no_column"),
        ("nowhere.csv", "", "confirm.no_evidence"),
        (names.as_str(), " --layout acs-9", "returns.layout"),
    ] {
        let said = posted.import(file, more);
        assert!(said.code > 1 && said.stderr.contains(code), "{code}: {}", said.stderr);
        assert!(!said.stderr.contains("Quill"), "{}", said.stderr);
    }
    assert_eq!(posted.ledger(), before);
    // A layout of the mail house's own.
    let own = "[[layout]]\nid = \"house\"\nname = \"Made-Up Mail\"\nform = \"table\"\ntold = \"returned\"\nconfirmed = true\nchecked = 2026-10-01\nsource = \"the house\"\n[layout.headings]\nreference = [\"pc\"]\non = [\"dy\"]\n";
    let layout = posted.write("house.toml", own);
    let list = posted.write("house.csv", format!("PC;DY\n{};02.10.2026\n", posted.piece(9)));
    assert_eq!(
        counts(&posted.import(&list, &format!(" --layout {layout}")))[4],
        1,
        "the month stands first"
    );
    let list = posted.write("house.csv", format!("PC;DY\n{};2026-10-02\n", posted.piece(9)));
    assert_eq!(counts(&posted.import(&list, &format!(" --layout {layout}"))), [1, 1, 0, 0, 0]);
    let wrong = posted.write("house.toml", own.replace("returned", "gone"));
    let said = posted.import(&list, &format!(" --layout {wrong}"));
    assert!(said.stderr.contains("`gone`"), "{}", said.stderr);
}

#[test]
fn the_layouts_that_ship_are_sound() {
    assert_eq!(noticeworks::postal::Layouts::shipped().mistake(), None);
}

#[test]
fn status_says_who_is_unreached_and_the_list_of_pieces_what_became_of_everyone() {
    let posted = Posted::new();
    let list: String =
        (0..12).map(|n| format!("{},VAC,2026-10-0{}\n", posted.piece(n), 1 + n % 3)).collect();
    let file = posted.write("returned.csv", format!("reference,reason,returned\n{list}"));
    assert_eq!(counts(&posted.import(&file, "")), [12, 12, 0, 0, 0]);
    posted.breach.must("run {folder}");
    let status = posted.breach.run("status {folder} --json");
    assert_eq!(status.code, 1, "somebody is to be reached");
    let status = status.json();
    let [of] = &status["unreached"].as_array().unwrap()[..] else { panic!("{status:#}") };
    assert_eq!((&of["entity"], &of["people"]), (&"harbor-health".into(), &12.into()));
    assert_eq!(of["states"], serde_json::json!({"ME": 12}));
    assert_eq!(of["since"], "2026-10-01");
    let steps = of["steps"].as_array().unwrap();
    assert_eq!(steps[0]["step"], "remail");
    let many = steps.iter().find(|step| step["duty"] == "hipaa-substitute-many.harbor-health");
    let many = many.unwrap_or_else(|| panic!("{of:#}"));
    assert!(many["due"].is_string(), "{many:#}");
    let texts = many["texts"].as_array().unwrap();
    assert!(!texts.is_empty(), "the notice is made: {many:#}");
    let told = posted.breach.run("status {folder}").stdout;
    assert!(told.contains("12 people (12 ME)") && told.contains("made: notices/"), "{told}");

    let to = posted.breach.case.path("pieces.csv");
    let said =
        posted.breach.must(&format!("pieces export {{folder}} --to {} --json", to.display()));
    assert_eq!((&said.json()["rows"], &said.json()["letters"]), (&36.into(), &36.into()));
    let text = fs::read_to_string(&to).unwrap();
    assert!(!text.contains("Maple") && !text.contains("Quill"), "no name, no address");
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let head = rows.headers().unwrap().clone();
    let mut known = 0;
    for row in rows.records().map(Result::unwrap) {
        let cell = |name: &str| &row[head.iter().position(|h| h == name).unwrap()];
        assert_eq!(posted.pieces[cell("record_id")], cell("piece"));
        assert_eq!(
            (cell("posted"), cell("batch"), cell("channel")),
            ("2026-09-18", "batch-0001", "letter")
        );
        assert!(!cell("printed").is_empty() && !cell("version").is_empty(), "{row:?}");
        let back = list.lines().find(|line| line.starts_with(cell("piece")));
        match back {
            Some(line) => {
                assert_eq!((cell("returned"), cell("reason")), (&line[22..], "vacant"));
                assert_eq!(cell("evidence"), "evidence.txt; returned.csv");
                assert_eq!(cell("evidence_sha256").len(), 64 * 2 + 2);
                known += 1;
            }
            None => assert_eq!((cell("returned"), cell("reason")), ("", "")),
        }
    }
    assert_eq!(known, 12);
    // The same as a workbook; nothing is replaced.
    let book = posted.breach.case.path("pieces.xlsx");
    let said =
        posted.breach.must(&format!("pieces export {{folder}} --to {} --json", book.display()));
    assert_eq!(said.json()["rows"], 36);
    assert!(fs::read(&book).unwrap().starts_with(b"PK"));
    let said = posted.breach.run(&format!("pieces export {{folder}} --to {}", to.display()));
    assert!(said.code > 1 && said.stderr.contains("export.exists"), "{}", said.stderr);
    assert_eq!(fs::read_to_string(&to).unwrap(), text);
}

#[test]
fn a_vendor_is_told_of_its_codes_and_tells_which_were_activated() {
    let posted = Posted::new();
    let to = posted.breach.case.path("codes.csv");
    let said = posted.breach.must(&format!("codes export {{folder}} --to {} --json", to.display()));
    assert_eq!((&said.json()["dealt"], &said.json()["unused"]), (&36.into(), &0.into()));
    let text = fs::read_to_string(&to).unwrap();
    assert!(text.starts_with("code,status,provider,months,enroll_by,wave,posted\n"), "{text}");
    assert!(text.contains("CODE-00026,dealt,") && text.contains(",w1,2026-09-18\n"), "{text}");
    let file = posted.write("activated.csv", "Code,Activated\ncode 00003,2026-10-01\nCODE-00004,\nCODE-99999,\n,2026-10-01\nCODE-00003,2026-10-02\n");
    let import = || posted.breach.run(&format!("codes activations {{folder}} {file} --json"));
    let of = |said: &Said| {
        let json = said.json();
        let keys = ["lines", "activated", "unknown", "repeated", "malformed", "activated_so_far"];
        keys.map(|key| json[key].as_u64().unwrap())
    };
    let said = import();
    assert_eq!((said.code, of(&said)), (1, [5, 2, 1, 1, 1, 2]));
    assert!(!said.stdout.contains("99999"), "a code stands in no list but the vendor's");
    let before = posted.ledger();
    assert_eq!(of(&import()), [5, 0, 1, 3, 1, 2]);
    assert_eq!(posted.ledger(), before);
    // A vendor's own layout.
    let own =
        "[[column]]\nheading = \"PIN\"\nholds = \"code\"\n\n[activations]\ncode = [\"pin\"]\n";
    let layout = posted.write("vendor.toml", own);
    let to = posted.breach.case.path("pins.csv");
    posted.breach.must(&format!("codes export {{folder}} --to {} --layout {layout}", to.display()));
    assert!(fs::read_to_string(&to).unwrap().starts_with("PIN\nCODE-"));
    let wrong = posted.write("vendor.toml", own.replace("\"code\"", "\"colour\""));
    let said = posted.breach.run(&format!("codes export {{folder}} --to x.csv --layout {wrong}"));
    assert!(said.code > 1 && said.stderr.contains("returns.layout"), "{}", said.stderr);
}

#[test]
fn who_asks_for_braille_or_audio_gets_a_tagged_text_of_the_sealed_letter() {
    let rows: Vec<Row> = (0..4).map(|n| Row::new(n, "harbor-health", PORTLAND)).collect();
    let breach = Breach::of(&rows);
    let wishes = ["alt_format", "braille", "large print", "Audio CD", ""];
    let roster = breach.case.read("roster.csv");
    let lines = roster.lines().zip(wishes).map(|(line, wish)| format!("{line},{wish}\n"));
    fs::write(breach.case.path("roster.csv"), lines.collect::<String>()).unwrap();
    let to = breach.case.path("formats");
    let formats = || breach.run(&format!("pieces formats {{folder}} --to {} --json", to.display()));
    breach.must("run {folder}");
    let said = formats();
    assert!(said.code > 1 && said.stderr.contains("seal.none"), "{}", said.stderr);
    assert!(!to.exists());
    breach.seal("w1");
    assert_eq!(formats().json()["letters"], 2, "large print is printed");
    let list = fs::read_to_string(to.join("list.csv")).unwrap();
    let braille = list.lines().find(|line| line.contains(",braille,en,")).unwrap();
    let text = fs::read_to_string(to.join(format!("{}.txt", &braille[..17]))).unwrap();
    assert!(text.contains(&format!("[REFERENCE] {}\n", &braille[..17])), "{text}");
    assert!(text.contains("[H1] ") && text.contains("[P] Dear ") && text.contains(&rows[0].first));
    assert!(text.lines().all(|line| line.starts_with('[')), "every line has a tag");
}
