//! Ledger keys and piece ids lead nobody back to a record without the folder's secret.

use crate::case::{Case, SECRET};
use noticeworks::ledger::event::SendingOn;
use noticeworks::ledger::{Event, Ledger};
use noticeworks::letters::piece_id;
use noticeworks::tables::Opaque;
use rusqlite::Connection;
use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;

const INCIDENT: &str = "elm-street-2026-laptop";

fn clinic() -> Case {
    let case = Case::sample("small-clinic");
    fs::remove_file(case.path("ledger.secret")).unwrap();
    case
}

fn keys(case: &Case) -> BTreeSet<String> {
    let ledger = Connection::open(case.path("ledger.sqlite")).unwrap();
    let sql = "SELECT id FROM generation WHERE state = 'current'";
    let id: i64 = ledger.query_row(sql, [], |row| row.get(0)).unwrap();
    let mut rows = ledger.prepare(&format!("SELECT key FROM outcome_{id}")).unwrap();
    rows.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

fn pieces(case: &Case) -> BTreeSet<String> {
    let manifest = case.read("out/letters/manifest.csv");
    manifest.lines().skip(1).map(|l| l.split(',').next().unwrap().to_owned()).collect()
}

/// What anybody can reckon who knows the incident's id and tries record ids.
fn guesses(opaque: &Opaque) -> (BTreeSet<String>, BTreeSet<String>) {
    let hex = |bytes: &[u8]| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>();
    let records = || (1000..1010).map(|n: u32| n.to_string());
    let keys = records().map(|r| hex(&opaque.record(INCIDENT, &r)[..12])).collect();
    let piece = |r: String| piece_id(opaque, [INCIDENT, "w1", &r, "elm-street", "mail"]);
    (keys, records().map(piece).collect())
}

#[test]
fn a_secret_is_made_once_and_no_record_is_found_by_trying() {
    let case = clinic();
    // A question makes no secret.
    case.run(&["plan", "{folder}"]);
    assert!(!case.path("ledger.secret").exists());
    assert!(case.run(&["run", "{folder}"]).code <= 1);
    let secret = fs::read(case.path("ledger.secret")).unwrap();
    let mode = fs::metadata(case.path("ledger.secret")).unwrap().permissions().mode();
    assert_eq!((secret.len(), mode & 0o777), (32, 0o600));
    let (made, numbered) = (keys(&case), pieces(&case));
    assert_eq!((made.len(), numbered.len()), (7, 7));
    let (tried, tried_pieces) = guesses(&Opaque::unkeyed());
    assert!(made.is_disjoint(&tried) && numbered.is_disjoint(&tried_pieces));
    let (known, known_pieces) = guesses(&Opaque::under(&secret.clone().try_into().unwrap()));
    assert!(made.is_subset(&known) && numbered.is_subset(&known_pieces));
    // The same secret, the same bytes; another folder has another secret.
    assert!(case.run(&["run", "{folder}"]).code <= 1);
    assert_eq!(fs::read(case.path("ledger.secret")).unwrap(), secret);
    assert_eq!((keys(&case), pieces(&case)), (made.clone(), numbered.clone()));
    let other = clinic();
    assert!(other.run(&["run", "{folder}"]).code <= 1);
    assert!(keys(&other).is_disjoint(&made) && pieces(&other).is_disjoint(&numbered));
    assert_eq!(case.run(&["status", "--json", "{folder}"]).json()["keys"], "keyed");
}

#[test]
fn a_folder_sealed_without_a_secret_keeps_its_keys_and_says_so() {
    let case = clinic();
    let mut ledger = Ledger::open(&case.folder()).unwrap();
    let sending = Event::SendingOn(SendingOn { wave: "w0".into(), seal: 1 });
    let event = ledger.append_event(&sending).unwrap();
    let database = Connection::open(case.path("ledger.sqlite")).unwrap();
    let sql = "INSERT INTO seal (wave, number, root, letters, emails, state, event)
        VALUES ('w0', 1, 'r', 0, 0, 'replaced', ?1)";
    database.execute(sql, [event]).unwrap();
    assert!(ledger.keep_key_scheme("0").is_err(), "a seal binds the keys there are");
    drop((ledger, database));
    assert!(case.run(&["run", "{folder}"]).code <= 1);
    assert!(!case.path("ledger.secret").exists());
    let (keys_of, pieces_of) = guesses(&Opaque::unkeyed());
    assert!(keys(&case).is_subset(&keys_of) && pieces(&case).is_subset(&pieces_of));
    // The made-up seal is all that speaks against them.
    let proof = case.run(&["verify", "--draft", "--json", "{folder}"]).json();
    let faults = proof["faults"].as_array().unwrap();
    assert_eq!(proof["letters"], 7);
    assert!(faults.iter().all(|fault| fault["code"] == "verify.ledger"), "{faults:?}");
    let said = case.run(&["status", "{folder}"]);
    assert!(said.stdout.contains("Keys: made without a secret"), "{}", said.stdout);
    let said = case.run(&["trace", "{folder}", "1001"]);
    assert!(said.stdout.contains("mail"), "{}{}", said.stdout, said.stderr);
}

#[test]
fn a_folder_without_a_seal_is_keyed_anew() {
    let case = Case::sample("small-clinic");
    assert!(case.run(&["run", "{folder}"]).code <= 1);
    let before = keys(&case);
    fs::write(case.path("ledger.secret"), [9; 32]).unwrap();
    assert_eq!(case.run(&["status", "--json", "{folder}"]).json()["keys"], "new");
    // Numbers that the next check would change are not sealed.
    let said = case.run(&["approve", "{folder}", "--by", "A. Counsel, General Counsel"]);
    assert!(said.code == 4 && said.stderr.contains("noticeworks check"), "{}", said.stderr);
    assert!(case.run(&["check", "{folder}"]).code <= 1);
    assert!(keys(&case).is_disjoint(&before));
    assert_eq!(case.run(&["status", "--json", "{folder}"]).json()["keys"], "keyed");
}

#[test]
fn a_sealed_folder_without_its_secret_stops_until_the_secret_is_back() {
    let case = Case::sample("small-clinic");
    assert!(case.run(&["run", "{folder}"]).code <= 1);
    let said = case.run(&["approve", "{folder}", "--by", "A. Counsel, General Counsel"]);
    assert!(said.code <= 1, "{}", said.stderr);
    assert!(case.run(&["letters", "{folder}"]).code <= 1);
    for other in [None, Some([8; 32])] {
        fs::remove_file(case.path("ledger.secret")).unwrap();
        if let Some(other) = other {
            fs::write(case.path("ledger.secret"), other).unwrap();
        }
        for command in ["check", "run", "letters", "verify"] {
            let said = case.run(&[command, "{folder}"]);
            assert!(
                said.code == 4 && said.stderr.contains("ledger.secret"),
                "{command}: {} {}",
                said.code,
                said.stderr
            );
        }
        let said = case.run(&["status", "{folder}"]);
        assert!(said.stdout.contains("Keys: `ledger.secret`"), "{}", said.stdout);
        fs::write(case.path("ledger.secret"), SECRET).unwrap();
    }
    assert_eq!(case.run(&["verify", "{folder}"]).code, 0);
    fs::write(case.path("ledger.secret"), "short").unwrap();
    let said = case.run(&["status", "{folder}"]);
    assert!(said.code == 2 && said.stderr.contains("5 bytes"), "{} {}", said.code, said.stderr);
}
