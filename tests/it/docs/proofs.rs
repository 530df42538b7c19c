//! RELIABILITY.md and THREATS.md promise nothing without naming the test that holds it.

use std::fs;
use std::path::Path;

/// Fails unless there is a test function of this name, `room::function` or `room::part::function`.
pub fn is_a_test(name: &str) {
    let parts: Vec<&str> = name.split("::").collect();
    let (function, rooms) = parts.split_last().unwrap();
    assert!(!rooms.is_empty(), "`{name}` names no file of tests");
    let inside = format!("tests/it/{}", rooms.join("/"));
    let head = format!("fn {function}(");
    let found = [format!("{inside}.rs"), format!("{inside}/mod.rs")].iter().any(|path| {
        let text = fs::read_to_string(path).unwrap_or_default();
        let at = text.find(&head);
        at.is_some_and(|at| text[..at].rsplit("\n\n").next().is_some_and(|t| t.contains("#[test]")))
    });
    assert!(found, "there is no test `{name}`");
}

/// The tests that a paragraph names: `Held by `a::b`, `c::d`.`
fn held_by(paragraph: &str) -> Vec<&str> {
    let Some((_, list)) = paragraph.split_once("Held by ") else { return Vec::new() };
    list.split('`').skip(1).step_by(2).collect()
}

#[test]
fn every_promise_names_a_test_that_is_there() {
    for page in ["docs/RELIABILITY.md", "docs/THREATS.md"] {
        let text = fs::read_to_string(page).unwrap();
        let (_, promises) = text.split_once("<!-- promises -->").expect("promises begin somewhere");
        let promises = promises.split("<!-- end -->").next().unwrap();
        let mut seen = 0;
        for paragraph in promises.split("\n\n").map(str::trim) {
            if paragraph.is_empty() || paragraph.starts_with('#') {
                continue;
            }
            let paragraph = paragraph.replace('\n', " ");
            let tests = held_by(&paragraph);
            assert!(!tests.is_empty(), "{page} names no test for: {paragraph}");
            for test in tests {
                // A step of ./test is a program of its own.
                match test.strip_prefix("tests/tools/") {
                    Some(_) => assert!(Path::new(test).is_file(), "{page}: there is no {test}"),
                    None => is_a_test(test),
                }
                seen += 1;
            }
        }
        assert!(seen > 8, "{page} names {seen} tests");
    }
}
