//! Who gets in, and who does not.

use super::http::Open;
use crate::case::Case;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use tempfile::TempDir;

#[test]
fn only_the_exact_host_gets_anything() {
    let case = Case::sample("small-clinic");
    let open = Open::case(&case);
    let port = open.host.rsplit_once(':').unwrap().1;
    for host in [
        "rebound.example",
        &format!("localhost:{port}"),
        &format!("rebound.example:{port}"),
        "127.0.0.1",
    ] {
        for path in ["/", "/1/facts", "/workbench.css", "/enter", "/1/work/progress"] {
            let got = open.as_host(host, "GET", path, &[("Cookie", &open.cookie)], b"");
            assert_eq!((got.status, got.body.as_str()), (421, ""), "{host} {path}");
        }
    }
    assert_eq!(open.get("/1/facts").status, 200);
}

#[test]
fn it_listens_on_an_address_of_its_own_of_this_machine() {
    let case = Case::sample("small-clinic");
    let (one, two) = (Open::case(&case), Open::case(&case));
    let address = |open: &Open| open.host.rsplit_once(':').unwrap().0.to_owned();
    for open in [&one, &two] {
        assert!(address(open).starts_with("127."));
        assert_ne!(address(open), "127.0.0.1");
    }
    assert_ne!(address(&one), address(&two));
    assert_ne!(one.cookie, two.cookie);
    // One's cookie opens nothing of the other.
    assert_eq!(two.raw("GET", "/1", &[("Cookie", &one.cookie)], b"").status, 403);
}

#[test]
fn a_token_lets_in_once_and_a_stranger_never() {
    let case = Case::sample("small-clinic");
    let mut open = Open::outside(&case.folder(), &case.folder().with_file_name("state"));
    for path in ["/", "/1", "/1/facts", "/1/file/findings.csv", "/1/work/progress"] {
        assert_eq!(open.raw("GET", path, &[], b"").status, 403, "{path}");
    }
    // To ask with the token spends nothing: only the button does.
    let asked = open.raw("GET", &format!("/enter?token={}", open.once), &[], b"");
    assert!(asked.body.contains("Open the workbench") && asked.header("set-cookie").is_none());
    assert_eq!(open.raw("POST", "/enter", &[], b"token=0000").status, 403);
    open.enter();
    let again = open.raw("POST", "/enter", &[], format!("token={}", open.once).as_bytes());
    assert_eq!(again.status, 403);
    let port = open.host.rsplit_once(':').unwrap().1;
    assert!(open.cookie.starts_with(&format!("noticeworks-{port}=")));
    let (code, said) = open.end();
    assert_eq!((code, said.as_str()), (0, ""), "nothing but the address is said, and it ends well");
}

#[test]
fn a_change_needs_the_cookie_the_origin_and_the_token() {
    let case = Case::sample("small-clinic");
    let open = Open::case(&case);
    let before = case.read("incident.toml");
    let digest = "0".repeat(64);
    let whole = format!("token={}&digest={digest}&text=gone", open.token);
    let own = format!("http://{}", open.host);
    let cookie = ("Cookie", open.cookie.as_str());
    let tries: [&[(&str, &str)]; 6] = [
        &[cookie],
        &[cookie, ("Origin", "http://other.example")],
        &[cookie, ("Origin", "null")],
        &[cookie, ("Sec-Fetch-Site", "cross-site"), ("Origin", &own)],
        &[cookie, ("Sec-Fetch-Site", "same-site")],
        &[("Origin", &own)],
    ];
    for headers in tries {
        let got = open.raw("POST", "/1/facts/text", headers, whole.as_bytes());
        assert_eq!(got.status, 403, "{headers:?}");
    }
    let without = open.raw("POST", "/1/facts/text", &[cookie, ("Origin", &own)], b"text=gone");
    assert_eq!(without.status, 403);
    // With all three it is asked, and refused for a reason of the folder's own.
    let asked = open.raw("POST", "/1/facts/text", &[cookie, ("Origin", &own)], whole.as_bytes());
    assert_eq!(asked.status, 409, "{}", asked.body);
    assert!(asked.body.contains("was changed by somebody else"));
    assert_eq!(case.read("incident.toml"), before);
    for method in ["PUT", "DELETE", "OPTIONS", "PATCH"] {
        assert_eq!(open.raw(method, "/1", &[cookie], b"").status, 405, "{method}");
    }
}

#[test]
fn every_answer_is_for_this_browser_and_kept_nowhere() {
    let case = Case::sample("small-clinic");
    let open = Open::case(&case);
    for path in ["/", "/1/facts", "/1/nowhere", "/workbench.css", "/enter", "/1/file/findings.csv"]
    {
        let got = open.get(path);
        assert_eq!(got.header("cache-control"), Some("no-store"), "{path}");
        assert_eq!(got.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert!(got.header("access-control-allow-origin").is_none(), "{path}");
        let policy = got.header("content-security-policy").unwrap();
        assert!(policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert!(policy.starts_with("default-src 'self'"), "{path}: {policy}");
    }
    let mut fresh = Open::outside(&case.folder(), &case.folder().with_file_name("state2"));
    let entered = fresh.raw("POST", "/enter", &[], format!("token={}", fresh.once).as_bytes());
    let cookie = entered.header("set-cookie").unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    assert!(!cookie.contains("Domain"), "{cookie}");
    fresh.cookie = cookie.split(';').next().unwrap().to_owned();
}

#[test]
fn a_dropped_file_is_private_and_nothing_of_it_stays_that_nobody_took() {
    let home = TempDir::new().unwrap();
    let state = home.path().join("state");
    let incidents = home.path().join("incidents");
    fs::create_dir(&incidents).unwrap();
    let open = Open::on(&incidents, &state);
    let list = b"Patient ID,First Name,Last Name,Street,City,State,Zip\n1,Ana,Made-Up,1 Elm St,Springfield,IL,62701\n";
    // A token that is not ours: no byte reaches the disk.
    let refused =
        open.post_file("/new", "wrong", &[("name", "first")], ("roster", "list.csv", list));
    assert_eq!(refused.status, 403);
    assert_eq!(fs::read_dir(&incidents).unwrap().count(), 0);
    // A name that leads elsewhere keeps its last part only.
    let fields = [("name", "first")];
    let made = open.post_file("/new", &open.token, &fields, ("roster", "../../up/list.csv", list));
    assert_eq!(made.status, 303, "{}", made.body);
    let kept = incidents.join("first/list.csv");
    assert_eq!(fs::read(&kept).unwrap(), list);
    assert_eq!(fs::metadata(&kept).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::metadata(incidents.join("first")).unwrap().permissions().mode() & 0o777, 0o700);
    // The same name once more: refused, and the first stays.
    let again = open.post_file("/new", &open.token, &fields, ("roster", "list.csv", b"x"));
    assert_eq!(again.status, 409);
    assert_eq!(fs::read(&kept).unwrap(), list);
    for folder in [&incidents, &incidents.join("first")] {
        let names =
            fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
        assert!(names.into_iter().all(|name| !name.starts_with(".dropped")));
    }
}

#[test]
fn files_are_given_out_of_products_only() {
    let case = Case::sample("small-clinic");
    case.run(&["check", "{folder}"]);
    let open = Open::case(&case);
    assert_eq!(open.get("/1/file/findings.csv").status, 200);
    std::os::unix::fs::symlink(case.path("incident.toml"), case.path("out/letters")).unwrap();
    for path in [
        "/1/file/..%2Fincident.toml",
        "/1/file/../incident.toml",
        "/1/file/letters/..%2F..%2Fincident.toml",
        "/1/file/letters",
        "/1/file/.hidden",
        "/1/file/plan.json/",
        "/1/file//etc/passwd",
        "/1/file/ledger.sqlite",
    ] {
        assert_eq!(open.get(path).status, 404, "{path}");
    }
}
