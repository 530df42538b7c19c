//! Figures agree with the cube.

use super::fixture::*;
use noticeworks::filings::{Filing, Occasion, Slot, make_on, questions};
use noticeworks::law::DutyKind;
use noticeworks::plan::{Cube, Outcome};
use noticeworks::roster::Population;
use proptest::prelude::*;

const STATES: [&str; 5] = ["ME", "CA", "TX", "OR", ""];

const POPULATIONS: [Population; 3] =
    [Population::Patient, Population::Employee, Population::Dependant];

pub fn cubes() -> impl Strategy<Value = Cube> {
    let cell = (0..2_u16, 0..STATES.len(), 0..32_u64, 0..3_usize, 0..7_usize, 1..2000_u64);
    proptest::collection::vec(cell, 0..24).prop_map(|cells| {
        let mut cube = Cube::default();
        for (entity, state, elements, population, outcome, count) in cells {
            let mut cell = cell_of(entity, STATES[state], elements, Outcome::ALL[outcome]);
            cell.population = POPULATIONS[population];
            *cube.rows.entry(cell.outcome).or_default() += count;
            *cube.cells.entry(cell).or_default() += count;
        }
        cube
    })
}

fn cell_of(entity: u16, state: &str, bits: u64, outcome: Outcome) -> noticeworks::plan::Cell {
    let elements: Vec<usize> = (0..5).filter(|i| bits >> i & 1 == 1).collect();
    cell(entity, state, &elements, outcome)
}

fn figure(filing: &Filing, slot: &str) -> u64 {
    let slot = Slot::named(slot).expect("a slot");
    let answer =
        filing.fields.iter().find(|a| a.maps_to == [slot.clone()]).expect("the form asks for it");
    answer.text().parse().expect("a figure")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_figure_is_a_sum_over_the_cube(cube in cubes()) {
        let both = ["harbor-health", "pine-plan"];
        let plan = plan(vec![
            duty("hipaa-hhs-500", "US-HIPAA", DutyKind::Hhs, &["harbor-health"]),
            duty("me-ag", "ME", DutyKind::Regulator, &both),
            duty("or-ag", "OR", DutyKind::Regulator, &["pine-plan"]),
        ]);
        let forms = forms_once();
        let occasion = Occasion::on(plan.as_of);
        let (filings, _) = make_on(&incident(""), &cube, &plan, forms, &occasion);
        let sum = |test: &dyn Fn(&noticeworks::plan::Cell) -> bool| -> u64 {
            cube.cells
                .iter()
                .filter(|(c, _)| c.outcome != Outcome::Merged)
                .filter(|(c, _)| test(c))
                .map(|(_, n)| n)
                .sum()
        };
        prop_assert_eq!(
            figure(&filings[0], "counts.patients"),
            sum(&|c| c.entity == 0 && c.population != Population::Employee)
        );
        prop_assert_eq!(figure(&filings[1], "counts.total"), sum(&|_| true));
        prop_assert_eq!(figure(&filings[1], "counts.state"), sum(&|c| c.jurisdiction == "ME"));
        prop_assert_eq!(
            figure(&filings[2], "counts.state"),
            sum(&|c| c.entity == 1 && c.jurisdiction == "OR")
        );
        for filing in &filings {
            let counts = &filing.counts;
            let residents: u64 = counts.by_state.values().sum();
            prop_assert_eq!(residents + counts.elsewhere, counts.total);
            prop_assert_eq!(counts.by_entity.values().sum::<u64>(), counts.total);
            prop_assert!(counts.patients <= counts.total);
        }
    }
}

#[test]
fn counsel_chooses_between_residents_and_the_statutes_count() {
    let mut duty = duty("me-ag", "ME", DutyKind::Regulator, &["harbor-health"]);
    duty.count = 705;
    let plan = plan(vec![duty]);
    let (filings, findings) = make(&incident(""), &plan);
    assert_eq!(figure(&filings[0], "counts.state"), 920);
    assert!(findings.is_empty(), "a question, no warning");
    let asked = questions(&filings).into_iter().find(|q| q.id == "filing.count_basis").unwrap();
    assert!(asked.text.contains("`me-ag` (920 residents, 705 by the statute)"), "{}", asked.text);
    assert_eq!((asked.default.as_str(), asked.choices.len()), ("residents", 2));
    let decision = "[[decision]]\nquestion = \"filing.me-ag.count_basis\"\nchoice = \"statute\"\nby = \"A\"\non = 2026-09-01\n";
    let (filings, _) = make(&incident(decision), &plan);
    assert_eq!(figure(&filings[0], "counts.state"), 705);
    assert!(questions(&filings).iter().all(|q| q.id != "filing.count_basis"));
    let (filings, _) = make(&incident(&decision.replace("me-ag.", "")), &plan);
    assert_eq!(figure(&filings[0], "counts.state"), 705);
}

#[test]
fn a_count_cannot_be_typed_in() {
    let decision = "[[decision]]\nquestion = \"filing.counts.state\"\nchoice = \"3\"\nby = \"A\"\non = 2026-09-01\n";
    let plan = plan(vec![duty("me-ag", "ME", DutyKind::Regulator, &["harbor-health"])]);
    let (filings, _) = make(&incident(decision), &plan);
    assert_eq!(figure(&filings[0], "counts.state"), 920);
}

#[test]
fn estimates_are_marked_and_same_input_gives_same_bytes() {
    let mut cube = cube();
    cube.estimated = true;
    let plan = plan(vec![duty("me-ag", "ME", DutyKind::Regulator, &["harbor-health"])]);
    let make =
        || noticeworks::filings::make(&incident(""), &cube, &plan, forms_once(), plan.as_of).0;
    let (first, second) = (make(), make());
    assert!(first[0].json_text().contains("a figure from estimates"));
    assert_eq!(first[0].json_text(), second[0].json_text());
    assert_eq!(first[0].paste_sheet(), second[0].paste_sheet());
    let keys = |f: &Filing| f.document.sections.iter().map(|s| s.key).collect::<Vec<_>>();
    assert_eq!(keys(&first[0]), keys(&second[0]));
}
