//! Sample letters for regulators: one of each material kind, and what differs in the others.

use noticeworks::incident::{EntityIx, StrandIx};
use noticeworks::letters::{Facets, Sampled, Version, choose, differing};
use noticeworks::roster::Recipient;
use std::sync::Arc;

fn version(
    recipient: Recipient,
    protection: Option<usize>,
    entity: u16,
    language: &str,
) -> Arc<Version> {
    let facets = Facets {
        language: language.to_owned(),
        line: String::new(),
        recipient,
        state: String::new(),
        bars: Default::default(),
        patient: true,
        protection,
        entity: EntityIx::new(entity.into()),
        strand: StrandIx::FIRST,
        supplemental: false,
    };
    let key = format!("{language}.{recipient:?}.{protection:?}.{entity}");
    Arc::new(Version { label: key.clone(), key, facets })
}

fn all() -> Sampled {
    use Recipient::{Adult, Estate, ParentOrGuardian};
    vec![
        (version(Adult, Some(0), 0, "en"), 80),
        (version(Adult, Some(0), 1, "en"), 300),
        (version(Adult, Some(0), 1, "es"), 12),
        (version(Adult, None, 0, "en"), 40),
        (version(Estate, Some(0), 0, "en"), 3),
        (version(Estate, None, 0, "en"), 2),
        (version(ParentOrGuardian, Some(0), 0, "en"), 9),
        (version(ParentOrGuardian, None, 0, "en"), 1),
    ]
}

#[test]
fn five_letters_at_most_each_the_one_that_most_residents_get() {
    let (shown, rest) = choose(&all(), Some(5));
    let keys: Vec<&str> = shown.iter().map(|v| v.key.as_str()).collect();
    assert_eq!(
        keys,
        [
            "en.Adult.Some(0).1",
            "en.Adult.None.0",
            "en.ParentOrGuardian.Some(0).0",
            "en.Estate.Some(0).0",
            "en.Estate.None.0",
        ]
    );
    assert_eq!(rest.len() + shown.len(), all().len());
    let told: Vec<_> = differing(&shown, &rest)
        .into_iter()
        .map(|row| (row.differs.join("+"), row.letters, row.people))
        .collect();
    // One parent's letter has no sample of its kind: it is held against the first.
    let wanted = [("entity", 1, 80), ("language", 1, 12), ("entity+offer+recipient", 1, 1)];
    assert_eq!(
        told,
        wanted.map(|(differs, letters, people)| (differs.to_owned(), letters, people))
    );
}

#[test]
fn a_single_copy_is_a_single_copy_and_all_are_all() {
    let (shown, _) = choose(&all(), Some(1));
    assert_eq!(shown.len(), 1);
    assert_eq!(shown[0].key, "en.Adult.Some(0).1");
    let (shown, rest) = choose(&all(), None);
    assert_eq!((shown.len(), rest.len()), (8, 0));
}
