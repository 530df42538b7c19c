//! `word` as a user types it.

use super::hand::{Hand, Pen};
use crate::case::Case;
use serde_json::Value;
use std::fs;

fn json(case: &Case, arguments: &[&str]) -> Value {
    let said = case.run(arguments);
    serde_json::from_str(&said.stdout)
        .unwrap_or_else(|e| panic!("{e}: {}{}", said.stdout, said.stderr))
}

fn list<'v>(value: &'v Value, key: &str) -> &'v Vec<Value> {
    value[key].as_array().unwrap()
}

#[test]
fn counsel_edits_the_letter_and_it_comes_back() {
    let case = Case::sample("small-clinic");
    let file = case.path("letter.docx");
    let path = file.to_str().unwrap();
    let out = json(&case, &["word", "export", "{folder}", "--to", path, "--json"]);
    assert!(out["paragraphs"].as_u64().unwrap() > 50, "{out}");
    let none = json(&case, &["word", "import", "{folder}", path, "--json"]);
    for key in ["changes", "questions", "comments", "written", "coverage"] {
        assert_eq!(list(&none, key).len(), 0, "{none:#}");
    }
    let mut hand = Hand::open(&fs::read(&file).unwrap());
    hand.replace("Keep the statements and letters", "Keep", "Save", Pen::Tracked("Pat Counsel"));
    hand.replace("What Happened", "Happened", "Took Place", Pen::Silent);
    let gone = hand.find("If you have questions, please call us");
    hand.delete(&gone, Pen::Silent);
    fs::write(&file, hand.save()).unwrap();
    // Asking changes nothing.
    let asked = json(&case, &["word", "import", "{folder}", path, "--json"]);
    assert!(!case.path("templates").exists());
    let change = &list(&asked, "changes")[0];
    assert_eq!(change["by"][0]["author"], "Pat Counsel");
    assert_eq!(change["file"], "en/medical", "{change:#}");
    assert!(change["letters"].as_u64().unwrap() > 0, "{change:#}");
    let questions = list(&asked, "questions");
    let reasons: Vec<&str> =
        questions.iter().filter_map(|q| q["doubt"]["reason"].as_str()).collect();
    assert!(reasons.contains(&"prescribed") && reasons.len() > 1, "{reasons:?}");
    // Made, only what needs no answer.
    let made = json(&case, &["word", "import", "{folder}", path, "--apply", "--json"]);
    assert_eq!(list(&made, "written").len(), 1, "{made:#}");
    let own = case.read("templates/letter/en/medical.md");
    let shipped = fs::read_to_string("templates/letter/en/medical.md").unwrap();
    assert_eq!(
        own,
        shipped.replace("Keep the statements and letters", "Save the statements and letters")
    );
    // The same file once more changes nothing; the questions stand.
    let again = json(&case, &["word", "import", "{folder}", path, "--apply", "--json"]);
    assert_eq!(
        (list(&again, "changes").len(), list(&again, "questions").len()),
        (0, questions.len())
    );
    // Accepted, the heading is changed, and coverage says at once what that breaks.
    let heading = questions.iter().find(|q| q["doubt"]["reason"] == "prescribed").unwrap();
    let id = heading["id"].as_str().unwrap();
    let accepted = json(&case, &["word", "import", "{folder}", path, "--accept", id, "--json"]);
    assert!(accepted["changes"].as_array().unwrap().iter().any(|c| c["id"] == id), "{accepted:#}");
    let unknown = case.run(&["word", "import", "{folder}", path, "--accept", "q-nobody"]);
    assert_eq!(unknown.code, 2, "{}", unknown.stderr);
}

#[test]
fn notices_filings_and_translations_go_out_and_come_back() {
    let case = Case::sample("small-clinic");
    for (of, language) in [("notices", "en"), ("filings", "en"), ("letter", "es")] {
        let file = case.path(&format!("{of}.docx"));
        let path = file.to_str().unwrap();
        let more = ["--of", of, "--language", language, "--clean", "--json"];
        let arguments = [&["word", "export", "{folder}", "--to", path][..], &more].concat();
        json(&case, &arguments);
        let back = json(&case, &["word", "import", "{folder}", path, "--json"]);
        assert_eq!(back["language"], language);
        assert_eq!(
            (list(&back, "changes").len(), list(&back, "questions").len()),
            (0, 0),
            "{back:#}"
        );
    }
    // English that changes after its translation is listed until the translation came back.
    let own = fs::read_to_string("templates/letter/en/correction.md").unwrap();
    fs::create_dir_all(case.path("templates/letter/en")).unwrap();
    fs::write(case.path("templates/letter/en/correction.md"), own.replace("Please rely", "Rely"))
        .unwrap();
    let file = case.path("es.docx");
    let path = file.to_str().unwrap();
    json(&case, &["word", "export", "{folder}", "--to", path, "--language", "es", "--json"]);
    let back = json(&case, &["word", "import", "{folder}", path, "--json"]);
    assert_eq!(list(&back, "outdated").len(), 1, "{back:#}");
    json(&case, &["word", "import", "{folder}", path, "--apply", "--json"]);
    let back = json(&case, &["word", "import", "{folder}", path, "--json"]);
    assert_eq!(list(&back, "outdated").len(), 0, "{back:#}");
}

#[test]
fn what_is_no_document_of_this_incident_is_refused() {
    let case = Case::sample("small-clinic");
    for (name, bytes) in [("a.docx", b"no zip".to_vec()), ("b.docx", vec![0xd0, 0xcf, 0x11, 0xe0])]
    {
        fs::write(case.path(name), bytes).unwrap();
        let path = case.path(name);
        let said = case.run(&["word", "import", "{folder}", path.to_str().unwrap()]);
        assert_eq!(said.code, 2, "{}", said.stderr);
        assert!(said.stderr.contains(name), "{}", said.stderr);
    }
    let said = case.run(&["word", "export", "{folder}", "--to", "x.docx", "--language", "tlh"]);
    assert_eq!(said.code, 2, "{}", said.stderr);
}
