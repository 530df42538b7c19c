//! Approvers' signatures: beside the root, in bundles, checked by `openssl`, by `verify` and by the
//! script of a bundle.

use super::*;
use std::process::Output;

/// A key as `openssl` makes it.
fn key(case: &Case, name: &str, kind: &[&str]) -> String {
    let file = case.path(&format!("../{name}.pem"));
    let made = Command::new("openssl")
        .args(["genpkey", "-quiet", "-out", file.to_str().unwrap()])
        .args(kind)
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    file.to_str().unwrap().to_owned()
}

const ED25519: &[&str] = &["-algorithm", "ed25519"];
const P256: &[&str] = &["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"];
const P384: &[&str] = &["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"];
const RSA: &[&str] = &["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"];

/// Two must approve.
fn two() -> Case {
    let case = Case::sample("small-clinic");
    case.edit("incident.toml", "title = \"Stolen", "two_approvers = true\ntitle = \"Stolen");
    assert!(case.run(&["check", "{folder}"]).code < 2);
    case
}

fn by(case: &Case, who: &str, key: Option<&str>) -> Said {
    let mut arguments = vec!["approve", "{folder}", "--by", who];
    if let Some(key) = key {
        arguments.extend(["--sign", key]);
    }
    case.run(&arguments)
}

/// The command that an approval prints, pasted into a shell.
fn pasted(said: &Said) -> Output {
    let line = said.stdout.lines().find(|line| line.starts_with("cd ")).unwrap();
    Command::new("sh").args(["-c", line]).output().unwrap()
}

fn status(case: &Case) -> Value {
    case.run(&["status", "{folder}", "--json"]).json()["waves"][0]["seals"][0].clone()
}

#[test]
fn keys_of_every_kind_sign_and_openssl_agrees() {
    let case = checked();
    // A file of another shape, a locked one, a kind that is none of ours.
    let legacy = case.path("../legacy.pem");
    let legacy = legacy.to_str().unwrap();
    let kind = ["ecparam", "-genkey", "-noout", "-name", "prime256v1", "-out", legacy];
    assert!(Command::new("openssl").args(kind).status().unwrap().success());
    let locked = key(&case, "locked", &[ED25519, &["-aes256", "-pass", "pass:x"]].concat());
    let p521 = ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521"];
    let (p521, x25519) = (key(&case, "p521", &p521), key(&case, "x", &["-algorithm", "x25519"]));
    for wrong in [legacy, &locked, &p521, &x25519, "/nowhere.pem"] {
        let said = by(&case, "A. Counsel", Some(wrong));
        assert_eq!(said.code, 2, "{wrong}: {}", said.stderr);
        assert!(said.stderr.contains("approve.key"), "{}", said.stderr);
        assert!(said.stderr.contains("openssl"), "{}", said.stderr);
    }
    assert!(!case.path("sealed/w1-1").exists(), "nothing was approved");

    let shown = [("Ed25519", ED25519), ("ECDSA P-256", P256), ("ECDSA P-384", P384), ("RSA", RSA)];
    for (n, (kind, how)) in shown.into_iter().enumerate() {
        let key = key(&case, &format!("key-{n}"), how);
        // Each approves another wording, so that each has a seal of its own.
        case.edit("incident.toml", "a laptop was stolen", "a laptop  was stolen");
        fs::write(
            case.path("incident.toml"),
            case.read("incident.toml").replace(
                "a laptop  was stolen",
                &format!("a laptop was stolen{}", " again".repeat(n)),
            ),
        )
        .unwrap();
        let said = by(&case, "A. Counsel", Some(&key));
        assert_eq!(said.code, 0, "{kind}: {}", said.stderr);
        assert!(
            said.stdout.contains(&format!("with the {kind} key of SHA-256")),
            "{}",
            said.stdout
        );
        let checked = pasted(&said);
        assert!(checked.status.success(), "{kind}: {}", String::from_utf8_lossy(&checked.stderr));
        let seal = status(&case);
        assert_eq!(seal["approvals"][0]["signed"]["kind"], kind);
        assert_eq!(seal["approvals"][0]["wrong"], serde_json::json!([]));
        // The digest of the key is that of what `openssl` calls the public key.
        let public = Command::new("openssl")
            .args(["pkey", "-pubout", "-outform", "DER", "-in", &key])
            .output()
            .unwrap();
        let digest: String =
            Sha256::digest(&public.stdout).iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(seal["approvals"][0]["signed"]["key_sha256"], digest.as_str());
        assert!(finals(&case));
        let said = case.run(&["verify", "{folder}"]);
        assert_eq!(said.code, 0, "{kind}: {}", said.stderr);
        assert!(said.stdout.contains("1 signature holds for the roots"), "{}", said.stdout);
        // The same command says that it does not hold once the root is another.
        let dir = case.path(&format!("sealed/w1-{}", n + 1));
        let root = fs::read_to_string(dir.join("root.txt")).unwrap();
        fs::write(dir.join("root.txt"), format!("{root} ")).unwrap();
        let line = said_line(&case, &dir, n + 1);
        assert!(!Command::new("sh").args(["-c", &line]).output().unwrap().status.success());
        fs::write(dir.join("root.txt"), root).unwrap();
    }
}

/// The command of a seal's first signature, from `status`.
fn said_line(case: &Case, dir: &Path, seal: usize) -> String {
    let of = status(case);
    assert_eq!(of["seal"], seal);
    let check = of["approvals"][0]["signed"]["check"].as_str().unwrap().to_owned();
    format!("cd '{}' && {check}", dir.display())
}

#[test]
fn two_approvers_sign_and_both_are_told_and_checked() {
    let case = two();
    assert!(case.run(&["run", "{folder}"]).code < 2);
    let (first, second) = (key(&case, "first", ED25519), key(&case, "second", RSA));
    assert_eq!(by(&case, "A. Counsel", Some(&first)).code, 0);
    // Two people have two keys.
    let same = by(&case, "P. Officer", Some(&first));
    assert_eq!(same.code, 4, "{}", same.stderr);
    assert!(same.stderr.contains("approve.same_key"), "{}", same.stderr);
    assert!(!finals(&case));
    let said = by(&case, "P. Officer", Some(&second));
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert!(said.stdout.contains("approval-2.sig") && pasted(&said).status.success());
    assert!(finals(&case));
    let told = case.run(&["status", "{folder}"]);
    assert_eq!(told.code, 0, "{}", told.stderr);
    for words in ["A. Counsel, 2", "signed with the Ed25519 key", "signed with the RSA key"] {
        assert!(told.stdout.contains(words), "{words}: {}", told.stdout);
    }
    let said = case.run(&["verify", "{folder}", "--json"]).json();
    assert_eq!((&said["proved"], &said["signatures"]), (&true.into(), &2.into()));
    let book = case.read("out/review/index.html");
    assert!(book.contains("; signed by A. Counsel and P. Officer)"), "the book says so");
    let trace = case.run(&["trace", "{folder}", "1001"]);
    assert!(trace.stdout.contains("signed with the RSA key"), "{}", trace.stdout);
}

#[test]
fn who_approved_may_sign_later_and_a_lost_file_comes_back() {
    let case = two();
    assert!(case.run(&["run", "{folder}"]).code < 2);
    let (first, second) = (key(&case, "first", P256), key(&case, "second", ED25519));
    assert_eq!(by(&case, "A. Counsel", None).code, 0);
    assert_eq!(by(&case, "A. Counsel", None).code, 4, "the same person, nothing new");
    let said = by(&case, "A. Counsel", Some(&first));
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert!(said.stdout.contains("A second person must approve"), "{}", said.stdout);
    assert!(!finals(&case), "a signature is no second approval");
    assert_eq!(by(&case, "P. Officer", None).code, 0);
    assert!(finals(&case));
    assert!(
        case.read("out/review/index.html").contains("signed by A. Counsel, not signed by P. O")
    );
    assert_eq!(by(&case, "P. Officer", Some(&second)).code, 0);
    assert!(finals(&case));
    assert_eq!(case.run(&["verify", "{folder}", "--json"]).json()["signatures"], 2);
    for file in ["approval-1.sig", "approval-2.pem"] {
        fs::remove_file(case.path(&format!("sealed/w1-1/{file}"))).unwrap();
    }
    let said = case.run(&["verify", "{folder}"]);
    assert_eq!(said.code, 1);
    for missing in ["`approval-1.sig` is missing", "`approval-2.pem` is missing"] {
        assert!(said.stderr.contains(missing), "{}", said.stderr);
    }
    assert_eq!(case.run(&["status", "{folder}"]).code, 1);
    assert_eq!(by(&case, "A. Counsel", None).code, 0);
    assert_eq!(case.run(&["verify", "{folder}"]).code, 0);
    assert_eq!(status(&case)["approvals"].as_array().unwrap().len(), 2);
}

#[test]
fn a_signature_that_does_not_hold_is_told() {
    let case = checked();
    let (own, other) = (key(&case, "own", ED25519), key(&case, "other", ED25519));
    assert_eq!(by(&case, "A. Counsel", Some(&own)).code, 0);
    assert!(finals(&case));
    let dir = case.path("sealed/w1-1");
    let tell = |what: &str, words: &str| {
        let said = case.run(&["verify", "{folder}"]);
        assert_eq!(said.code, 1, "{what}: {}", said.stdout);
        assert!(said.stderr.contains("verify.signature"), "{what}: {}", said.stderr);
        assert!(said.stderr.contains(words), "{what}: {}", said.stderr);
    };
    let with = |file: &str, bytes: &[u8], words: &str| {
        let path = dir.join(file);
        let before = fs::read(&path).ok();
        fs::write(&path, bytes).unwrap();
        tell(file, words);
        match before {
            Some(before) => fs::write(&path, before).unwrap(),
            None => fs::remove_file(&path).unwrap(),
        }
    };
    let public = Command::new("openssl").args(["pkey", "-pubout", "-in", &other]).output().unwrap();
    with("approval-1.pem", &public.stdout, "is not the key that the ledger recorded");
    with("approval-1.pem", b"no key", "is not the key that the ledger recorded");
    let mut sig = fs::read(dir.join("approval-1.sig")).unwrap();
    sig[7] ^= 1;
    with("approval-1.sig", &sig, "is not the signature that the ledger recorded");
    with("approval-1.sig", b"", "is not the signature that the ledger recorded");
    with("approval-2.sig", &sig, "is of no approval that the ledger calls signed");
    let root = fs::read_to_string(dir.join("root.txt")).unwrap();
    with("root.txt", (root + "\n").as_bytes(), "does not hold for root.txt");
    assert_eq!(case.run(&["verify", "{folder}"]).code, 0);
}

#[test]
fn a_bundle_carries_the_signatures_and_its_script_checks_them() {
    let case = two();
    assert!(case.run(&["run", "{folder}"]).code < 2);
    let (first, second) = (key(&case, "first", ED25519), key(&case, "second", P384));
    assert_eq!(by(&case, "A. Counsel", Some(&first)).code, 0);
    assert_eq!(by(&case, "P. Officer", Some(&second)).code, 0);
    for whom in ["regulator", "counsel"] {
        let to = case.path(&format!("../{whom}"));
        let export = ["export", "{folder}", "--for", whom, "--to", to.to_str().unwrap()];
        let said = case.run(&export);
        assert_eq!(said.code, 0, "{}", said.stderr);
        for shell in ["dash", "bash"] {
            let script = || {
                let said = Command::new(shell).arg(to.join("verify.sh")).output().unwrap();
                (said.status.success(), String::from_utf8(said.stdout).unwrap())
            };
            let (whole, text) = script();
            assert!(whole, "{shell}: {text}");
            assert_eq!(text.matches("the signature holds").count(), 2, "{shell}: {text}");
            // The root signed by somebody else: the list of digests made to fit.
            let sig = to.join("seals/w1-1/approval-2.sig");
            let (right, sums) = (fs::read(&sig).unwrap(), to.join("SHA256SUMS"));
            let listed = fs::read_to_string(&sums).unwrap();
            fs::copy(to.join("seals/w1-1/approval-1.sig"), &sig).unwrap();
            let fit: String = listed
                .lines()
                .map(|line| match line.ends_with("  seals/w1-1/approval-2.sig") {
                    true => format!("{}{}\n", sha256(&sig), &line[64..]),
                    false => format!("{line}\n"),
                })
                .collect();
            fs::write(&sums, &fit).unwrap();
            let (whole, text) = script();
            assert!(!whole && text.contains("approval-2.sig is not this key's"), "{shell}: {text}");
            fs::write(&sig, right).unwrap();
            // One half of a signature alone.
            let alone: String = listed
                .lines()
                .filter(|line| !line.ends_with("  seals/w1-1/approval-2.sig"))
                .map(|line| format!("{line}\n"))
                .collect();
            fs::write(&sums, &alone).unwrap();
            let taken = fs::read(&sig).unwrap();
            fs::remove_file(&sig).unwrap();
            let (whole, text) = script();
            assert!(!whole && text.contains("stands alone"), "{shell}: {text}");
            fs::write(&sig, taken).unwrap();
            fs::write(&sums, &listed).unwrap();
            assert!(script().0);
        }
    }
    let page = fs::read_to_string(case.path("../regulator/index.html")).unwrap();
    assert!(page.contains("approval-1.sig, approval-2.sig"), "{page}");
    assert!(!page.contains("P. Officer") && !page.contains("A. Counsel"), "names are counsel's");
}
