//! Tables over pages.

use super::{artifacts, lines_of, pages::inside_margins, read, samples::*, squeezed, typesetter};
use noticeworks::typeset::{Item, Laid, Running, StructRole};

fn rows(count: usize) -> Vec<Vec<String>> {
    (0..count)
        .map(|i| lines(&[
            &format!("State {i}"),
            "Attorney General, by the online form, with a sample of the letter that was sent to residents",
            &format!("{}", i * 137),
        ]))
        .collect()
}

fn set(blocks: Vec<noticeworks::document::Block>) -> Laid {
    let running =
        Running { head: "Summary".into(), foot: "{page} / {pages}".into(), ..Running::default() };
    typesetter().report(&running, &of(blocks)).unwrap()
}

#[test]
fn a_head_repeats_on_every_page_and_is_read_once() {
    let laid = set(vec![table(&["State", "Recipient", "Residents"], &rows(60))]);
    assert!(laid.pages.len() >= 2);
    assert_eq!(read(&laid).matches("Recipient").count(), 1);
    for page in 1..laid.pages.len() {
        let repeated = artifacts(&laid, page).into_iter().find(|t| t.contains("Recipient"));
        assert_eq!(repeated.as_deref(), Some("StateRecipientResidents"));
    }
    inside_margins(&laid);
}

#[test]
fn rows_do_not_split_and_no_head_ends_a_page() {
    for filler in 0..40 {
        let mut blocks: Vec<_> = (0..filler).map(|_| para("Filler")).collect();
        blocks.push(table(&["State", "Recipient", "Residents"], &rows(12)));
        let laid = set(blocks);
        for page in 0..laid.pages.len() {
            let texts: Vec<String> = lines_of(&laid, page).into_iter().map(|(_, t)| t).collect();
            let starts = texts.iter().filter(|t| t.starts_with("State ")).count();
            let ends = texts.iter().filter(|t| t.contains("residents")).count();
            assert_eq!(starts, ends, "{texts:#?}");
            assert!(!texts.last().unwrap().contains("Residents"), "{texts:#?}");
        }
    }
}

#[test]
fn names_and_values_have_bold_names_and_no_head() {
    let pairs = [
        lines(&["Covered entity", "Cedar Hollow Family Medicine"]),
        lines(&["Approximate number of individuals affected by the breach", "501"]),
    ];
    let laid = set(vec![table(&["", ""], &pairs)]);
    assert!(laid.tree.iter().all(|n| n.role != StructRole::Th));
    assert_eq!(laid.tree.iter().filter(|n| n.role == StructRole::Td).count(), 4);
    let fonts: Vec<(u16, String)> = laid.pages[0]
        .marks
        .iter()
        .flat_map(|m| &m.items)
        .filter_map(|i| match i {
            Item::Run { run, .. } => Some((run.font, run.text.clone())),
            _ => None,
        })
        .filter(|(_, t)| t == "Covered entity" || t == "501")
        .collect();
    assert_eq!(fonts, [(1, "Covered entity".to_owned()), (0, "501".to_owned())]);
}

#[test]
fn amounts_stand_right() {
    let laid = set(vec![table(
        &["State", "Residents"],
        &[lines(&["Ohio", "7"]), lines(&["Utah", "1,234"])],
    )]);
    let ends: Vec<f32> = laid.pages[0]
        .marks
        .iter()
        .flat_map(|m| &m.items)
        .filter_map(|i| match i {
            Item::Run { x, run, .. } if ["7", "1,234"].contains(&run.text.as_str()) => {
                Some(x + run.width)
            }
            _ => None,
        })
        .collect();
    assert_eq!(ends.len(), 2);
    assert!((ends[0] - ends[1]).abs() < 0.01 && (ends[0] - 540.0).abs() < 0.1, "{ends:?}");
}

#[test]
fn a_row_taller_than_a_page_is_parted_and_keeps_its_words() {
    let long = "The narrative of the incident goes on for pages and pages. ".repeat(90);
    let laid = set(vec![table(
        &["Question", "Answer"],
        &[lines(&["Describe", long.trim()]), lines(&["Next", "Yes"])],
    )]);
    assert!(laid.pages.len() >= 2);
    assert_eq!(
        squeezed(&read(&laid)).replace(' ', ""),
        format!("QuestionAnswerDescribe{long}NextYes").replace(' ', "")
    );
    inside_margins(&laid);
}

#[test]
fn crowded_columns_stay_within_the_page() {
    let wide = "privacy-office-of-the-covered-entity@cedar-hollow-family-medicine.example";
    let row = lines(&[wide, wide, wide, "Fairview"]);
    let laid = set(vec![table(&["A", "B", "C", "D"], &[row])]);
    inside_margins(&laid);
    assert_eq!(read(&laid).replace(' ', ""), format!("ABCD{wide}{wide}{wide}Fairview"));
}
