//! Faults in the PDF: pages lost, letters swapped, texts that do not belong.

use super::mailing::{Mailing, put, rows, run_of};
use noticeworks::typeset::{Item, Mark, Tag};
use serde_json::{Value, json};
use std::fs;
use std::sync::Arc;

#[test]
fn an_honest_print_run_is_proved_and_says_what_was_proved() {
    let mailing = Mailing::new();
    let said = mailing.verify();
    let json = said.json();
    assert_eq!(json["counts"], serde_json::json!({}), "{}", json["faults"]);
    assert_eq!((said.code, &json["proved"], &json["draft"]), (0, &true.into(), &true.into()));
    assert_eq!((&json["letters"], &json["people"]), (&10.into(), &10.into()));
    let pages: u64 = mailing.manifest().iter().map(|row| row[4].parse::<u64>().unwrap()).sum();
    assert_eq!(json["pages"], pages);
    // Everybody but the child and the estate is offered protection.
    assert_eq!(json["codes"], 8);
    assert_eq!(json["compared"], 4, "four adults had the same data exposed");
    assert_eq!(json["words"], 10, "the other six are compared with what the folder composes");
    let text = mailing.case.run(&["verify", "--draft", "{folder}"]);
    assert!(text.stdout.starts_with("Wave w1: proved\n"), "{}", text.stdout);
    assert!(text.stdout.contains("Each of the 10 people"), "{}", text.stdout);
    assert!(text.stdout.contains("does not prove that the roster is right"), "{}", text.stdout);
    // The same again by a writer of the test's own.
    mailing.print("DRAFT", |_| ());
    assert_eq!(mailing.faults(), Vec::<String>::new());
}

#[test]
fn the_reader_does_not_depend_on_how_the_file_is_laid_down() {
    let mailing = Mailing::new();
    let path = mailing.case.batch("out/letters", 1);
    let plain = path.with_extension("plain");
    let status = std::process::Command::new("qpdf")
        .args(["--qdf", "--object-streams=disable"])
        .args([&path, &plain])
        .status();
    assert!(status.unwrap().success(), "qpdf is needed; ./test installs it");
    fs::rename(plain, path).unwrap();
    assert_eq!(mailing.faults(), Vec::<String>::new());
}

#[test]
fn two_swapped_letters_are_found() {
    let mailing = Mailing::new();
    mailing.print("DRAFT", |letters| letters.swap(2, 3));
    let json = mailing.verify().json();
    assert_eq!(rows(&json, "verify.order"), [3, 4], "{}", json["faults"]);
    let manifest = mailing.manifest();
    let number = |row: usize, cell: usize| manifest[row][cell].parse::<u64>().unwrap();
    let orders: Vec<&Value> =
        json["faults"].as_array().unwrap().iter().filter(|f| f["code"] == "verify.order").collect();
    let page = number(2, 3) + number(3, 4);
    let message =
        format!("the letter begins on page {page}; by the manifest that page is of row 4");
    assert_eq!(orders[0]["message"], message.as_str());
    assert_eq!(orders[0]["page"], number(2, 3));
    // The letters themselves are whole: nobody else is accused.
    assert_eq!(
        json["counts"],
        json!({ "verify.order": 2, "verify.pages": 1 }),
        "{}",
        json["faults"]
    );
    let said = mailing.case.run(&["verify", "--draft", "{folder}"]);
    assert!(said.stderr.contains("that page is of row 4"), "{}", said.stderr);
    assert!(said.stdout.contains("Do not mail these letters"), "{}", said.stdout);
}

#[test]
fn one_lost_page_is_one_fault_and_not_one_of_every_later_letter() {
    let mailing = Mailing::new();
    mailing.print("DRAFT", |letters| drop(letters[4].laid.pages.remove(1)));
    let json = mailing.verify().json();
    let text = json["faults"].to_string();
    let pages = &mailing.manifest()[4][4];
    assert!(text.contains(&format!("page 2 of {pages}: missing from the letter")), "{text}");
    assert_eq!(rows(&json, "verify.order"), [6], "{text}");
    assert!(
        text.contains(
            "from here to row 10 the letters begin 1 page earlier than the manifest says"
        ),
        "{text}"
    );
    // Neither names nor words of the letters behind it.
    let counts = json["counts"].as_object().unwrap();
    assert!(counts.keys().all(|code| code == "verify.pages" || code == "verify.order"), "{text}");
    assert_eq!(json["letters"], 9, "the one with a lost page is not read further");
    // The first page, with the reference: the letter is not there.
    mailing.print("DRAFT", |letters| drop(letters[4].laid.pages.remove(0)));
    let json = mailing.verify().json();
    assert!(json["faults"].to_string().contains("the letter's first page is not in the file"));
    assert_eq!(rows(&json, "verify.order"), [6]);
}

#[test]
fn a_letter_printed_twice_or_in_anothers_stead_is_found() {
    let mailing = Mailing::new();
    let manifest = mailing.manifest();
    let page = |row: usize| manifest[row][3].parse::<u32>().unwrap();
    let path = mailing.case.batch("out/letters", 1);
    let good = path.with_extension("good");
    fs::rename(&path, &good).unwrap();
    let (first, next) = (page(4), page(5));
    let pages = format!("1-{0},{first}-{0},{next}-z", next - 1);
    let status = std::process::Command::new("qpdf")
        .arg(&good)
        .args(["--pages", ".", &pages, "--"])
        .arg(&path)
        .status();
    assert!(status.unwrap().success(), "qpdf is needed; ./test installs it");
    fs::remove_file(good).unwrap();
    let json = mailing.verify().json();
    assert_eq!(rows(&json, "verify.letter_twice"), [5], "{}", json["faults"]);
    assert_eq!(rows(&json, "verify.order"), [6], "{}", json["faults"]);
    mailing.print("DRAFT", |letters| {
        let twice = letters.remove(5);
        letters[4].laid = twice.laid;
    });
    let found = mailing.faults();
    assert!(found.contains(&"verify.pages".to_owned()), "{found:?}");
    // The second and third page in each other's place.
    mailing.print("DRAFT", |letters| letters[6].laid.pages.swap(1, 2));
    let json = mailing.verify().json();
    assert_eq!(rows(&json, "verify.page_number"), [7, 7]);
}

#[test]
fn nothing_else_may_stand_in_the_window() {
    let mailing = Mailing::new();
    mailing.print("DRAFT", |letters| {
        let date = run_of(&letters[0], 0, "September");
        put(&mut letters[0], 0, &date, (250.0, 560.0));
        // At the window's very edge, where only a letter that slid shows it.
        put(&mut letters[1], 0, &date, (20.0, 531.0));
        let bar = Item::Rect { x: 300.0, y: 590.0, width: 20.0, height: 4.0, gray: 0.0 };
        let mark = Mark { tag: Tag::Artifact, personal: true, items: vec![bar] };
        Arc::make_mut(&mut letters[2].laid.pages[0]).marks.push(mark);
    });
    let json = mailing.verify().json();
    let mut found = rows(&json, "verify.window");
    found.dedup();
    assert_eq!(found, [1, 2, 3], "{}", json["faults"]);
}

#[test]
fn another_persons_name_is_found_wherever_it_hides() {
    let mailing = Mailing::new();
    let people = mailing.people();
    let at = |last: &str| people.iter().position(|p| p.last_name == last).unwrap();
    let (vance, frost) = (at("Vance"), at("Frost"));
    mailing.print("DRAFT", |letters| {
        let Item::Run { run, .. } = run_of(&letters[vance], 0, "Ida Vance") else { panic!() };
        // In white, on the last page, at the foot.
        let white = noticeworks::typeset::GlyphRun {
            gray: 1.0,
            font: run.font,
            size: 1.0,
            glyphs: run.glyphs.clone(),
            text: run.text.clone(),
            width: run.width,
        };
        let hidden = Item::Run { x: 0.0, y: 0.0, run: white.into() };
        let last = letters[frost].laid.pages.len() - 1;
        put(&mut letters[frost], last, &hidden, (40.0, 12.0));
    });
    let json = mailing.verify().json();
    let row = frost as u64 + 1;
    assert_eq!(rows(&json, "verify.foreign"), [row], "{}", json["faults"]);
    assert_eq!(rows(&json, "verify.kind"), [row]);
    let fault = json["faults"].as_array().unwrap().iter().find(|f| f["code"] == "verify.foreign");
    let whose = format!("manifest row {}", vance + 1);
    assert!(fault.unwrap()["message"].as_str().unwrap().contains(&whose));
}

#[test]
fn a_word_more_in_one_letter_differs_from_its_kind() {
    let mailing = Mailing::new();
    let people = mailing.people();
    let frost = people.iter().position(|p| p.last_name == "Frost").unwrap();
    mailing.print("DRAFT", |letters| {
        let date = run_of(&letters[frost], 0, "September");
        put(&mut letters[frost], 1, &date, (80.0, 20.0));
    });
    let json = mailing.verify().json();
    // It differs from its like, and from what the folder composes.
    let counts = json!({ "verify.composed": 1, "verify.kind": 1 });
    assert_eq!(json["counts"], counts, "{}", json["faults"]);
    assert_eq!(rows(&json, "verify.kind"), [frost as u64 + 1]);
    assert_eq!(rows(&json, "verify.composed"), [frost as u64 + 1]);
}

#[test]
fn drafts_carry_their_mark_and_finals_do_not() {
    let mailing = Mailing::new();
    mailing.print("", |_| ());
    assert_eq!(mailing.faults(), ["verify.stamp"]);
    mailing.print("DRAFT", |letters| {
        Arc::make_mut(&mut letters[0].laid.pages[1]).marks.retain(|mark| {
            let run = |item: &Item| matches!(item, Item::Run { run, .. } if run.text == "DRAFT");
            !mark.items.iter().any(run)
        });
    });
    let json = mailing.verify().json();
    assert_eq!(json["counts"], serde_json::json!({ "verify.kind": 1, "verify.stamp": 1 }));
    // Without a seal nothing is final.
    let said = mailing.case.run(&["verify", "{folder}"]);
    assert_eq!(said.code, 2, "{}", said.stderr);
    assert!(said.stderr.contains("--draft"), "{}", said.stderr);
}
