//! The small parts of a seal.

use noticeworks::approve::{Leaf, List, changed_words, segments};
use proptest::prelude::*;

#[test]
fn incident_toml_falls_into_parts_at_its_headings() {
    let text = "id = \"a\"\nlist = [\n  \"x\",\n[\"y\"],\n]\n[sender]\nname = \"\"\"\n[no heading]\n\\\"\"\"\"\n# [nor this]\n[[wave]]\nid = 'w1'\n  [[wave]]\nid = '''\n[nor\nthis]'''\n";
    let parts = segments(text);
    assert_eq!(parts.concat(), text);
    let first: Vec<&str> = parts.iter().map(|part| part.lines().next().unwrap()).collect();
    assert_eq!(first, ["id = \"a\"", "[sender]", "[[wave]]", "  [[wave]]"]);
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
        let waves = parts.iter().filter(|part| part.starts_with("[[wave]]")).count();
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
    let found = changed_words(&text("A laptop was stolen"), &text("A notebook was taken"));
    let found: Vec<_> = found.iter().map(|w| (w.was.as_str(), w.is.as_str())).collect();
    assert_eq!(found, [("laptop", "notebook"), ("stolen", "taken")]);
    let found = changed_words(&text("A laptop"), &text("A small laptop"));
    assert_eq!((found[0].was.as_str(), found[0].is.as_str()), ("", "small"));
    assert!(changed_words(&text("same"), &text("same")).is_empty());
}
