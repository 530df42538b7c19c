//! The letter, once: nothing that anybody reads is left out, nothing stands twice.

use crate::case::Case;
use noticeworks::letters::{Answer, Has, LetterOnce, Turn};
use noticeworks::matter::ask::letter_once::{LetterOnceRequest, letter_once};
use noticeworks::matter::open::Selection;
use noticeworks::matter::watcher::Unwatched;
use std::collections::{BTreeMap, BTreeSet};

fn once(case: &Case) -> LetterOnce {
    let selection = Selection { incident: case.folder(), ..Selection::default() };
    let Ok(once) = letter_once(&LetterOnceRequest { selection }, &Unwatched) else {
        panic!("the letter cannot be read once");
    };
    // Rows are held for reasons of their own; every letter can be composed.
    let composed =
        once.findings.iter().all(|finding| !finding.code.as_str().starts_with("template."));
    assert!(composed);
    once
}

/// A hundred rows of the large sample, its states' paragraphs chosen.
fn lakeshore(paragraphs: &str, rows: usize) -> Case {
    let case = Case::sample("lakeshore");
    let roster: Vec<String> =
        case.read("roster.csv").lines().take(rows + 1).map(str::to_owned).collect();
    std::fs::write(case.path("roster.csv"), roster.join("\n") + "\n").unwrap();
    let text = case.read("incident.toml");
    let said = format!("state_paragraphs = \"{paragraphs}\"");
    let other = ["all", "recipient"].map(|choice| format!("state_paragraphs = \"{choice}\""));
    let text = match other.iter().find(|line| text.contains(*line)) {
        Some(line) => text.replace(line, &said),
        None => match text.contains("[letter]\n") {
            true => text.replace("[letter]\n", &format!("[letter]\n{said}\n")),
            false => format!("{text}\n[letter]\n{said}\n"),
        },
    };
    std::fs::write(case.path("incident.toml"), text).unwrap();
    case
}

fn sound(once: &LetterOnce) {
    let pieces: u64 = once.versions.iter().map(|version| version.pieces).sum();
    assert_eq!(pieces, once.pieces);
    assert!(once.versions.is_sorted_by(|a, b| a.pieces >= b.pieces));
    let ids: BTreeSet<&str> = once.blocks.iter().map(|block| block.id.as_str()).collect();
    assert_eq!(ids.len(), once.blocks.len(), "an id stands twice");
    let mut readers: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (at, version) in once.versions.iter().enumerate() {
        assert!(version.blocks.is_sorted(), "{}: blocks out of the letter's order", version.key);
        assert_eq!(version.states.values().sum::<u64>(), version.pieces, "{}", version.key);
        for block in &version.blocks {
            readers.entry(*block).or_default().insert(at);
            assert_eq!(once.blocks[*block].language, version.language);
        }
    }
    for (at, block) in once.blocks.iter().enumerate() {
        let of: Vec<usize> = readers.remove(&at).unwrap_or_default().into_iter().collect();
        assert_eq!(block.audience.versions, of, "{}", block.id);
        let most: u64 = of.iter().map(|version| once.versions[*version].pieces).sum();
        assert!((1..=most).contains(&block.audience.pieces), "{}", block.id);
        assert_eq!(block.audience.states.values().sum::<u64>(), block.audience.pieces);
        let same: u64 = once
            .versions
            .iter()
            .filter(|version| version.language == block.language)
            .map(|version| version.pieces)
            .sum();
        assert_eq!(
            block.audience.turns_on.is_empty(),
            block.audience.pieces == same,
            "{}: {:?}",
            block.id,
            block.audience.turns_on
        );
    }
    let reached = once.requirements.iter();
    let met = reached.filter(|r| r.pieces.contains_key(&Answer::Met) && r.asked.is_empty());
    for requirement in met.filter(|r| r.content != "notice_date") {
        let at = once.requirements.iter().position(|r| std::ptr::eq(r, requirement)).unwrap();
        let by = once.blocks.iter().filter(|block| block.meets.contains(&at)).count();
        assert!(by > 0, "{} {} is met by no block", requirement.cite, requirement.content);
    }
}

#[test]
fn both_choices_of_states_paragraphs_say_the_same_words_once() {
    let (all, own) = (once(&lakeshore("all", 300)), once(&lakeshore("recipient", 300)));
    sound(&all);
    sound(&own);
    assert_eq!(all.pieces, own.pieces);
    assert!(own.versions.len() > 2 * all.versions.len());
    // A state's paragraph is for its residents alone where each gets only their own.
    let (at, maine) =
        own.blocks.iter().enumerate().find(|(_, b)| b.section == "en/states/me").unwrap();
    // Whose state is unknown gets them all.
    assert_eq!(maine.audience.states.keys().collect::<Vec<_>>(), ["", "ME"]);
    assert_eq!(
        maine.audience.turns_on,
        [Turn::State { values: vec![String::new(), "ME".into()], except: false }]
    );
    assert!(own.versions.iter().all(|version| {
        let reads = ["", "ME"].contains(&version.state.as_str()) && version.language == "en";
        version.blocks.contains(&at) == reads
    }));
    // Counsel reads every sentence once, whoever gets it.
    let words = |once: &LetterOnce| {
        once.blocks.iter().map(|block| block.text.split_whitespace().count()).sum::<usize>()
    };
    assert!(words(&own) < 20_000, "{}", words(&own));
}

#[test]
fn blocks_say_what_brings_them() {
    let found = once(&lakeshore("recipient", 300));
    let of = |section: &str| {
        found
            .blocks
            .iter()
            .filter(|block| block.section == section)
            .map(|block| block.audience.turns_on.clone())
            .collect::<Vec<_>>()
    };
    for (section, who) in [("en/steps-child", "parent_or_guardian"), ("en/steps-estate", "estate")]
    {
        let turns = of(section);
        assert!(!turns.is_empty());
        for turn in turns {
            let only = |t: &Turn| matches!(t, Turn::Recipient { values, except: false } if *values == [who]);
            assert!(turn.iter().any(only), "{section}: {turn:?}");
        }
    }
    // What the list of kinds of information says turns on the kinds of information.
    let listed = of("en/what-information");
    let by_kind = |turns: &Vec<Turn>| {
        turns
            .iter()
            .any(|t| matches!(t, Turn::Elements { has: Has::All | Has::Any | Has::None, .. }))
    };
    assert!(listed.iter().any(by_kind), "{listed:?}");
}

#[test]
fn it_changes_nothing_and_is_the_same_again() {
    let case = Case::sample("small-clinic");
    let before: BTreeSet<_> =
        std::fs::read_dir(case.folder()).unwrap().map(|e| e.unwrap().file_name()).collect();
    let first = once(&case);
    sound(&first);
    let after: BTreeSet<_> =
        std::fs::read_dir(case.folder()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(before, after);
    let json = |once: &LetterOnce| serde_json::to_string(once).unwrap();
    assert_eq!(json(&first), json(&once(&case)));
}
