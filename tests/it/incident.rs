//! The incident room: reading, checking, lookups.

use noticeworks::cli::diagnostic;
use noticeworks::incident::{self, Incident};
use std::path::Path;

fn sample(name: &str) -> Incident {
    match incident::load(&Path::new("samples").join(name)) {
        Ok((incident, findings)) => {
            assert!(findings.is_empty(), "{}", diagnostic::render(&findings, false, false, 100));
            incident
        }
        Err(findings) => panic!("{}", diagnostic::render(&findings, false, false, 100)),
    }
}

#[test]
fn both_samples_are_read_without_a_finding() {
    assert_eq!(sample("lakeshore").entities.len(), 3);
    assert_eq!(sample("small-clinic").elements.len(), 4);
}
