//! Bundles for people outside: what is in them, what is not, and that anybody can check them.

use crate::case::{Case, Said};
use crate::run::files;
use noticeworks::ledger::Ledger;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The clinic, approved, printed and posted.
fn mailed() -> Case {
    let case = Case::sample("small-clinic");
    fs::write(case.path("evidence.txt"), "PS Form 3607, 7 pieces").unwrap();
    for arguments in [
        &["run", "{folder}"][..],
        &["approve", "{folder}", "--by", "A. Counsel, General Counsel"],
        &["letters", "{folder}"],
    ] {
        let said = case.run(arguments);
        assert!(said.code <= 1, "{arguments:?}: {}", said.stderr);
    }
    let evidence = case.path("evidence.txt");
    let said = case.run(&[
        "confirm",
        "letters",
        "{folder}",
        "--batch",
        "1-2",
        "--posted",
        "2026-09-11",
        "--evidence",
        evidence.to_str().unwrap(),
    ]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    case
}

/// Two hundred rows of the incident with three covered entities, as drafts.
fn three() -> Case {
    let case = Case::sample("lakeshore");
    let roster: Vec<String> =
        case.read("roster.csv").lines().take(201).map(str::to_owned).collect();
    fs::write(case.path("roster.csv"), roster.join("\n") + "\n").unwrap();
    let said = case.run(&["run", "{folder}"]);
    assert!(said.code <= 1, "{}", said.stderr);
    case
}

fn export(case: &Case, name: &str, more: &[&str]) -> (PathBuf, Said) {
    let to = case.path(&format!("../{name}"));
    let mut arguments = vec!["export", "{folder}", "--json", "--to", to.to_str().unwrap()];
    arguments.extend(more);
    let said = case.run(&arguments);
    (to, said)
}

fn bundle(case: &Case, name: &str, more: &[&str]) -> PathBuf {
    let (to, said) = export(case, name, more);
    assert_eq!(said.code, 0, "{}", said.stderr);
    to
}

/// The script of the bundle, by a plain shell.
fn check(bundle: &Path) -> Output {
    Command::new("sh").arg(bundle.join("verify.sh")).output().unwrap()
}

fn text(bundle: &Path, file: &str) -> String {
    fs::read_to_string(bundle.join(file)).unwrap_or_else(|e| panic!("{file}: {e}"))
}

fn all_bytes(bundle: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    files(bundle).into_iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

fn holds(bytes: &[u8], needle: &str) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
}

#[test]
fn a_regulator_gets_figures_words_filings_and_seals_and_no_person() {
    let case = mailed();
    let bundle = bundle(&case, "ag", &["--for", "regulator"]);
    let said = check(&bundle);
    let out = String::from_utf8(said.stdout).unwrap();
    assert!(said.status.success(), "{out}{}", String::from_utf8_lossy(&said.stderr));
    let root = crate::approve::sha256(&case.path("sealed/w1-1/root.txt"));
    assert!(out.contains(&format!("seal w1-1: root {root}")), "{out}");
    assert!(out.contains("INTACT"), "{out}");
    let page = text(&bundle, "index.html");
    assert!(page.contains(&root) && page.contains("On August 21, 2026, a laptop was stolen"));
    assert!(
        page.contains("Batches 1, 2 went to the Postal Service on September 11, 2026"),
        "{page}"
    );
    assert!(page.contains("7 letters were printed in 2 batches"), "{page}");
    assert!(!page.contains("A. Counsel"), "who approved is counsel's to say");
    assert!(page.contains("<th scope=\"row\">All</th><td class=\"n\">5</td>"), "{page}");
    assert_eq!(
        text(&bundle, "counts.csv"),
        "residence,covered_entity,letter,email,letter_and_email,substitute,not_yet\n\
         IN,Elm Street Family Practice,4,0,2,0,0\n\
         KY,Elm Street Family Practice,1,0,0,0,0\n"
    );
    assert!(text(&bundle, "timeline.csv").contains("were printed"));
    assert!(bundle.join("letters/samples.pdf").is_file());
    for (path, bytes) in all_bytes(&bundle) {
        for name in ["Oakley", "Delgado", "Abernathy", "Limestone", "mail.example", "1951-04-02"] {
            assert!(!holds(&bytes, name), "{name} in {}", path.display());
        }
    }
}

#[test]
fn the_script_finds_every_change() {
    let case = mailed();
    let bundle = bundle(&case, "ag", &["--for", "regulator"]);
    for file in ["index.html", "counts.csv", "seals/w1-1/batches/batch-0001.txt", "verify.sh"] {
        let path = bundle.join(file);
        let right = fs::read(&path).unwrap();
        let mut wrong = right.clone();
        wrong.push(b' ');
        fs::write(&path, wrong).unwrap();
        assert!(!check(&bundle).status.success(), "{file} was changed");
        fs::write(&path, right).unwrap();
    }
    assert!(check(&bundle).status.success());
    // Even when the list of digests is written anew, the seal's root is another.
    let list = bundle.join("seals/w1-1/batches/batch-0001.txt");
    let changed = fs::read_to_string(&list).unwrap().replacen('a', "b", 1);
    fs::write(&list, changed).unwrap();
    let sums: String = files(&bundle)
        .iter()
        .filter(|path| !path.ends_with("SHA256SUMS"))
        .map(|path| {
            let inside = path.strip_prefix(&bundle).unwrap().display().to_string();
            format!("{}  {inside}\n", crate::approve::sha256(path))
        })
        .collect();
    fs::write(bundle.join("SHA256SUMS"), sums).unwrap();
    let said = check(&bundle);
    assert!(!said.status.success());
    assert!(String::from_utf8_lossy(&said.stdout).contains("seals/w1-1/root.txt"));
}

#[test]
fn a_covered_entity_gets_its_own_people_and_nobody_elses() {
    let case = three();
    let mine = bundle(&case, "prairie", &["--for", "client", "--entity", "prairie-care"]);
    let (mut own, mut others) = (Vec::new(), Vec::new());
    let mut reader = csv::Reader::from_path(case.path("spool/w1.csv")).unwrap();
    for record in reader.records().map(Result::unwrap) {
        let nobody = record[27].starts_with("merged") || record[27].contains(" row.");
        match (&record[1], nobody) {
            ("1", false) => own.push((record[0].to_owned(), record[5].to_owned())),
            ("1", true) => {}
            _ => others.push(record[0].to_owned()),
        }
    }
    let mut people = csv::Reader::from_path(mine.join("people.csv")).unwrap();
    let rows: Vec<csv::StringRecord> = people.records().map(Result::unwrap).collect();
    assert!(own.len() > 20 && rows.len() == own.len(), "{} of {}", rows.len(), own.len());
    for (row, (id, last)) in rows.iter().zip(&own) {
        assert!(row[0] == *id && row[1].contains(last.as_str()), "{row:?}");
        assert_eq!(row[4].starts_with("to_mail"), !row[5].is_empty(), "{row:?}");
    }
    for (path, bytes) in all_bytes(&mine) {
        for id in &others {
            assert!(!holds(&bytes, id), "{id} in {}", path.display());
        }
        for name in ["Harbor Health", "Sierra Vista"] {
            let page = path.extension().is_some_and(|end| end != "pdf");
            assert!(!page || !holds(&bytes, name), "{name} in {}", path.display());
        }
    }
    assert!(check(&mine).status.success());
    let (_, said) = export(&case, "none", &["--for", "client"]);
    assert_eq!(said.code, 2);
    assert!(said.stderr.contains("harbor-health, prairie-care, sierra-vista"), "{}", said.stderr);
}

#[test]
fn counsel_gets_the_whole_matter_but_what_is_privileged() {
    let case = mailed();
    let secret = "We think that the lock of the car was already broken before";
    fs::write(case.path("privileged.toml"), reason(secret)).unwrap();
    let whole = bundle(&case, "counsel", &["--for", "counsel"]);
    for file in [
        "matter/incident.toml",
        "matter/roster.csv",
        "matter/spool/w1.csv",
        "matter/out/letters/manifest.csv",
        "matter/sealed/w1-1/inputs/incident.toml",
        "seals/w1-1/statement.json",
        "events.csv",
        "outcomes.csv",
    ] {
        assert!(whole.join(file).is_file(), "{file}");
    }
    assert_eq!(text(&whole, "outcomes.csv").lines().count(), 8);
    let events = text(&whole, "events.csv");
    let ledger = Ledger::look(&case.folder()).unwrap().unwrap();
    assert!(events.contains(&ledger.verify_chain().unwrap()), "{events}");
    for (path, bytes) in all_bytes(&whole) {
        assert!(!holds(&bytes, secret), "{}", path.display());
        assert!(!path.ends_with("privileged.toml"));
    }
    assert!(check(&whole).status.success());
    // A privileged sentence that stands in the letters stops every bundle.
    case.edit(
        "incident.toml",
        "We filed a police report",
        &format!("{secret}. We filed a police report"),
    );
    for whom in ["regulator", "client", "counsel"] {
        let (to, said) = export(&case, &format!("none-{whom}"), &["--for", whom]);
        assert_eq!(said.code, 4, "{whom}: {}", said.stderr);
        assert!(
            said.stderr.contains("privileged.toml") && !said.stderr.contains("lock of the car")
        );
        assert!(!to.exists() && !case.path("export").exists());
    }
}

/// Files that no list names, as somebody outside would slip them in.
#[cfg(unix)]
#[test]
fn the_script_finds_every_file_too_many() {
    use std::os::unix::fs::symlink;
    let case = mailed();
    let bundle = bundle(&case, "ag", &["--for", "regulator"]);
    let run = |shell: &str| {
        // From another folder, as people do.
        let said = Command::new(shell).arg(bundle.join("verify.sh")).current_dir("/").output();
        let said = said.unwrap();
        (said.status.success(), String::from_utf8_lossy(&said.stdout).into_owned())
    };
    for shell in ["dash", "bash"] {
        assert!(run(shell).0, "{shell}: {}", run(shell).1);
        for extra in [
            "letters/more.pdf",
            "new/deep/er.txt",
            ".hidden",
            "seals/w1-1/batches/batch-0009.txt",
            "seals/w1-1/approval-x.sig",
            "index.html ",
            " index.html",
            "a name with  spaces.txt",
            "-n",
            "counts.csv\n./index.html",
            "index.html\nx/index.html",
        ] {
            let path = bundle.join(extra);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, "more").unwrap();
            let (whole, text) = run(shell);
            assert!(!whole && text.contains("NOT INTACT"), "{shell}: {extra:?}: {text}");
            fs::remove_file(&path).unwrap();
            for folder in ["new/deep", "new", "counts.csv\n.", "index.html\nx"] {
                let _ = fs::remove_dir(bundle.join(folder));
            }
        }
        // A link in place of a file, or of a folder with more in it.
        for (name, to) in
            [("counts.csv", "../counts-elsewhere"), ("letters", "../letters-elsewhere")]
        {
            let (here, there) = (bundle.join(name), bundle.join(to));
            fs::rename(&here, &there).unwrap();
            symlink(&there, &here).unwrap();
            let (whole, text) = run(shell);
            assert!(!whole, "{shell}: {name}: {text}");
            fs::remove_file(&here).unwrap();
            fs::rename(&there, &here).unwrap();
        }
        // A list of digests that leaves one out leaves it too many.
        let sums = bundle.join("SHA256SUMS");
        let listed = fs::read_to_string(&sums).unwrap();
        let less: String = listed
            .lines()
            .filter(|line| !line.ends_with("counts.csv"))
            .map(|line| format!("{line}\n"))
            .collect();
        fs::write(&sums, less).unwrap();
        let (whole, text) = run(shell);
        assert!(!whole && text.contains("./counts.csv"), "{shell}: {text}");
        fs::write(&sums, listed).unwrap();
        assert!(run(shell).0);
    }
}

/// `privileged.toml` as docs/REFERENCE.md has it.
fn reason(text: &str) -> String {
    format!("[[reason]]\nquestion = \"agency.elm-street\"\ntext = \"{text}\"\n")
}

#[test]
fn pages_are_whole_by_themselves() {
    let case = mailed();
    for whom in ["regulator", "client", "counsel"] {
        let made = bundle(&case, whom, &["--for", whom]);
        for path in files(&made).iter().filter(|p| p.extension().is_some_and(|e| e == "html")) {
            if path.starts_with(made.join("matter")) {
                continue;
            }
            let page = fs::read_to_string(path).unwrap();
            for wanted in [
                "<!doctype html>",
                "<html lang=\"en\">",
                "<title>",
                "<main id=\"main\">",
                "<h1>",
                "default-src 'none'",
            ] {
                assert!(page.contains(wanted), "{wanted} not in {}", path.display());
            }
            for bad in ["<script", "src=", "url(", "@import", "href=\"http", "onclick"] {
                assert!(!page.contains(bad), "{bad} in {}", path.display());
            }
            for (at, _) in page.match_indices("href=\"") {
                let href = page[at + 6..].split('"').next().unwrap();
                let file = path.parent().unwrap().join(href);
                assert!(href.starts_with('#') || file.exists(), "{href} in {}", path.display());
            }
        }
    }
}

#[test]
fn the_same_record_gives_the_same_bytes() {
    let case = mailed();
    let first = bundle(&case, "first.tar", &["--for", "counsel"]);
    let second = bundle(&case, "second.tar", &["--for", "counsel"]);
    let (first, second) = (fs::read(first).unwrap(), fs::read(second).unwrap());
    // Only the folder's name within differs.
    assert_eq!(first.len(), second.len());
    let unpacked = case.path("../unpacked");
    fs::create_dir(&unpacked).unwrap();
    let status = Command::new("tar")
        .arg("-xf")
        .arg(case.path("../first.tar"))
        .arg("-C")
        .arg(&unpacked)
        .status();
    assert!(status.unwrap().success());
    assert!(check(&unpacked.join("first")).status.success());
    let (_, said) = export(&case, "first.tar", &["--for", "counsel"]);
    assert_eq!(said.code, 2, "an old bundle is not written over");
}

#[test]
fn a_locked_bundle_opens_with_age_and_with_nothing_else() {
    let case = mailed();
    let key = case.path("../key.txt");
    let made = Command::new("age-keygen")
        .arg("-o")
        .arg(&key)
        .output()
        .expect("age is needed; ./test installs it");
    assert!(made.status.success());
    let public = fs::read_to_string(&key).unwrap();
    let public = public.lines().find_map(|l| l.strip_prefix("# public key: ")).unwrap().to_owned();
    let locked = bundle(&case, "case.tar.age", &["--for", "counsel", "--recipient", &public]);
    let bytes = fs::read(&locked).unwrap();
    assert!(bytes.starts_with(b"age-encryption.org/v1") && !holds(&bytes, "Oakley"));
    let opened = Command::new("age").arg("-d").arg("-i").arg(&key).arg(&locked).output().unwrap();
    assert!(opened.status.success(), "{}", String::from_utf8_lossy(&opened.stderr));
    let tar = case.path("../opened.tar");
    fs::write(&tar, opened.stdout).unwrap();
    let plain = case.path("../plain");
    fs::create_dir(&plain).unwrap();
    assert!(
        Command::new("tar").arg("-xf").arg(&tar).arg("-C").arg(&plain).status().unwrap().success()
    );
    assert!(check(&plain.join("case")).status.success());
    let words = case.path("../words.txt");
    fs::write(&words, "correct horse battery staple\n").unwrap();
    let locked = bundle(
        &case,
        "words.age",
        &["--for", "regulator", "--passphrase-file", words.to_str().unwrap()],
    );
    let identity = age::scrypt::Identity::new(age::secrecy::SecretString::from(
        "correct horse battery staple".to_owned(),
    ));
    let decryptor = age::Decryptor::new(fs::File::open(&locked).unwrap()).unwrap();
    let mut opened = Vec::new();
    let identity = std::iter::once(&identity as &dyn age::Identity);
    decryptor.decrypt(identity).unwrap().read_to_end(&mut opened).unwrap();
    assert!(holds(&opened, "words/SHA256SUMS"));
    let (_, said) =
        export(&case, "bad.age", &["--for", "regulator", "--recipient", "age1nonsense"]);
    assert_eq!(said.code, 2, "{}", said.stderr);
    assert!(!case.path("../bad.age").exists());
}

/// The chain of events by what the counsel's page says of it, and by nothing of the program's.
#[test]
fn counsel_can_follow_the_chain_of_events_by_hand() {
    use sha2::{Digest, Sha256};
    let case = mailed();
    let bundle = bundle(&case, "counsel", &["--for", "counsel"]);
    let page = text(&bundle, "index.html");
    assert!(page.contains("its number in eight bytes, the least significant first"), "{page}");
    let mut reader = csv::Reader::from_path(bundle.join("events.csv")).unwrap();
    let mut previous = String::new();
    let mut events = 0;
    for record in reader.records().map(Result::unwrap) {
        events += 1;
        let mut bytes = record[0].parse::<u64>().unwrap().to_le_bytes().to_vec();
        for part in [&record[1], &record[2], &record[3], previous.as_str()] {
            bytes.extend((part.len() as u64).to_le_bytes());
            bytes.extend(part.as_bytes());
        }
        let digest: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(digest, record[4], "event {events}");
        previous = digest;
    }
    assert_eq!(events, 4, "approved, printed twice, posted");
}
