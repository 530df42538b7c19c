//! The review book says whether what it shows is approved.

use super::*;

/// The line under the book's title.
fn state(case: &Case) -> String {
    let html = case.read("out/review/index.html");
    let (_, rest) = html.split_once("<p class=\"state").unwrap();
    let (_, rest) = rest.split_once('>').unwrap();
    rest.split_once("</p>").unwrap().0.to_owned()
}

fn run(case: &Case) {
    let said = case.run(&["run", "{folder}"]);
    assert!(said.code < 2, "{}", said.stderr);
}

fn seal(said: &Said) -> String {
    let json = said.json();
    let name = format!("w1-{}", json["seal"]);
    format!("{name} (root {})", json["root"].as_str().unwrap())
}

#[test]
fn the_book_names_the_seal_from_the_approval_on() {
    let case = Case::sample("small-clinic");
    run(&case);
    assert_eq!(state(&case), "Draft · not approved");
    let before = case.read("out/review/index.html");
    let approved = format!("Approved · seal {}", seal(&approve(&case, &[])));
    assert_eq!(state(&case), approved);
    let after = case.read("out/review/index.html");
    assert_eq!(before.lines().count(), after.lines().count());
    let differing = before.lines().zip(after.lines()).filter(|(was, is)| was != is).count();
    assert_eq!(differing, 1, "an approval changes the line of the book that speaks of it");

    assert!(finals(&case));
    assert_eq!(case.run(&["verify", "{folder}"]).code, 0);
    assert_eq!(state(&case), approved);
    let bundle = case.path("bundle");
    let to = bundle.to_str().unwrap();
    assert_eq!(case.run(&["export", "{folder}", "--for", "counsel", "--to", to]).code, 0);
    let book = fs::read_to_string(bundle.join("matter/out/review/index.html")).unwrap();
    assert!(book.contains(&approved));
    // A book made after the approval is the same.
    run(&case);
    assert_eq!(case.read("out/review/index.html"), after);
}

#[test]
fn a_book_of_other_words_is_not_approved() {
    let case = Case::sample("small-clinic");
    run(&case);
    // Approved are words that the book never showed.
    case.edit("incident.toml", "stolen from a locked car", "taken from a locked car");
    let differs =
        |said: &Said| format!("Draft · differs from what was approved under seal {}", seal(said));
    let first = approve(&case, &[]);
    assert_eq!(state(&case), differs(&first));
    run(&case);
    assert_eq!(state(&case), format!("Approved · seal {}", seal(&first)));
    // The words change after the approval: the new book shows them, and is a draft.
    case.edit("incident.toml", "taken from a locked car", "lost from a locked car");
    run(&case);
    assert_eq!(state(&case), differs(&first));
    let second = approve(&case, &[]);
    assert_eq!(state(&case), format!("Approved · seal {}", seal(&second)));
}

#[test]
fn a_book_waits_for_the_second_approver() {
    let case = Case::sample("small-clinic");
    case.edit("incident.toml", "title = \"Stolen", "two_approvers = true\ntitle = \"Stolen");
    run(&case);
    let waits =
        format!("Draft · waits for a second approval of seal {}", seal(&approve(&case, &[])));
    assert_eq!(state(&case), waits);
    run(&case);
    assert_eq!(state(&case), waits);
    let second = case.run(&["approve", "{folder}", "--by", "P. Officer, Privacy", "--json"]);
    assert_eq!(state(&case), format!("Approved · seal {}", seal(&second)));
}
