//! The small parts of a seal.

use noticeworks::approve::{Drift, Leaf, List, OwnWords, Statement, changed_words, segments};
use proptest::prelude::*;

#[test]
fn incident_toml_falls_into_parts_at_its_headings() {
    let text = "id = \"a\"\nlist = [\n  \"x\",\n[\"y\"],\n]\n[sender]\nname = \"\"\"\n[no heading]\n\\\"\"\"\"\n# [nor this]\n[[wave]]\nid = 'w1'\n  [[wave]]\nid = '''\n[nor\nthis]'''\n";
    let parts = segments(text);
    assert_eq!(parts.concat(), text);
    let first: Vec<&str> = parts.iter().map(|part| part.lines().next().unwrap()).collect();
    assert_eq!(first, ["id = \"a\"", "[sender]", "# [nor this]", "  [[wave]]"]);
    // What is written behind a part leaves it as it is, empty lines and comments and all.
    let more = format!("{text}\n# One more.\n\n[[wave]]\nid = 'w2'\n");
    assert_eq!(segments(&more)[..4], parts[..]);
}

#[test]
fn the_samples_fall_into_parts_that_toml_reads_alike() {
    for sample in ["small-clinic", "lakeshore"] {
        let text = std::fs::read_to_string(format!("samples/{sample}/incident.toml")).unwrap();
        let parts = segments(&text);
        assert_eq!(parts.concat(), text);
        for part in &parts {
            assert!(part.parse::<toml::Table>().is_ok(), "{part}");
        }
        let waves = parts.iter().filter(|part| part.lines().any(|l| l == "[[wave]]")).count();
        let table: toml::Table = text.parse().unwrap();
        assert_eq!(waves, table["wave"].as_array().unwrap().len());
    }
}

proptest! {
    #[test]
    fn parts_are_the_text(text in "[\\[\\]\"'#a=\\n\\\\ ]{0,60}") {
        prop_assert_eq!(segments(&text).concat(), text);
    }

    #[test]
    fn a_list_reads_as_it_was_written(digests in proptest::collection::vec(any::<[u8; 32]>(), 0..9)) {
        let mut list = List::default();
        for (n, digest) in digests.iter().enumerate() {
            list.add(digest, format!("NW-{n}.txt"));
        }
        prop_assert_eq!(List::read(&list.text()), Some(list));
    }
}

#[test]
fn a_list_that_is_none_is_not_read() {
    let digest = "ab".repeat(32);
    let read = |text: &str| List::read(text).map(|list| list.leaves);
    assert_eq!(
        read(&format!("{digest}  a.txt\n")),
        Some(vec![Leaf { digest: digest.clone(), file: "a.txt".into() }])
    );
    assert_eq!(read(&format!("{digest} a.txt\n")), None);
    assert_eq!(read(&format!("{}  a.txt\n", &digest[1..])), None);
    assert_eq!(read(&format!("{}zz  a.txt\n", &digest[2..])), None);
}

#[test]
fn changed_words_are_the_words_that_changed() {
    let text = |words: &str| {
        format!(
            "noticeworks letter 1\npiece NW\nrecord r\nversion v\npage 1\n7200 5000 0 1100 {words}\n7200 4800 0 1100 and so on.\n"
        )
    };
    let nobody = OwnWords::default();
    let found = changed_words(&text("A laptop was stolen"), &text("A notebook was taken"), &nobody);
    let found: Vec<_> = found.iter().map(|w| (w.was.as_str(), w.is.as_str())).collect();
    assert_eq!(found, [("laptop", "notebook"), ("stolen", "taken")]);
    let found = changed_words(&text("A laptop"), &text("A small laptop"), &nobody);
    assert_eq!((found[0].was.as_str(), found[0].is.as_str()), ("", "small"));
    assert!(changed_words(&text("same"), &text("same"), &nobody).is_empty());
}

#[test]
fn a_program_a_law_pack_or_a_shipped_word_that_changed_is_drift() {
    let sealed = Statement {
        program: "noticeworks 1".into(),
        law_pack: "2026-11-22 (abc)".into(),
        shipped: "def".into(),
        ..Statement::default()
    };
    assert!(Drift::between(&sealed, &sealed.clone()).is_none());
    let changed = |now: Statement| {
        let drift = Drift::between(&sealed, &now);
        drift.changes.iter().map(|c| format!("{} {}", c.name(), c.verb())).collect::<Vec<_>>()
    };
    let now = Statement { program: "noticeworks 2".into(), ..sealed.clone() };
    assert_eq!(changed(now), ["the program changed"]);
    let now = Statement { law_pack: "2026-12-01 (abd)".into(), ..sealed.clone() };
    assert_eq!(changed(now), ["the law pack changed"]);
    let now = Statement { shipped: "dee".into(), ..sealed.clone() };
    assert_eq!(changed(now), ["the shipped templates, forms or fonts changed"]);
}
