//! Plan, filings and notices count the same people.

use crate::filings::counts::cubes;
use crate::filings::fixture::{forms_once, incident};
use jiff::civil::date;
use noticeworks::filings::{Occasion, make_on};
use noticeworks::incident::Incident;
use noticeworks::law::{DutyKind, LawPack};
use noticeworks::notices::NoticeWriter;
use noticeworks::plan::{self, Cell, Cube, Involved, Outcome, Rules};
use proptest::prelude::*;
use std::sync::LazyLock;

static LAW: LazyLock<LawPack> = LazyLock::new(|| LawPack::embedded().map_err(|_| "law").unwrap());

/// Counted by this test alone.
fn sum(cube: &Cube, test: impl Fn(&Cell) -> bool) -> u64 {
    let people = cube.cells.iter().filter(|(cell, _)| cell.outcome != Outcome::Merged);
    people.filter(|(cell, _)| test(cell)).map(|(_, n)| n).sum()
}

fn position(incident: &Incident, id: &str) -> u16 {
    incident.entities.iter().position(|e| e.id == id).unwrap() as u16
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn totals_agree_everywhere(cube in cubes()) {
        let incident = incident("");
        let (wave, as_of) = (&incident.waves[0], date(2026, 9, 18));
        let rules = Rules::from(&*LAW);
        let (plan, _) = plan::make(&incident, &cube, &rules, wave, as_of);
        let (filings, _) = make_on(&incident, &cube, &plan, forms_once(), &Occasion::on(as_of));
        let writer = NoticeWriter::new(&incident, wave, &cube, &plan, &LAW, None);
        let writer = writer.map_err(|_| "templates").unwrap();
        let (notices, _) = writer.notices().map_err(|f| f.message).unwrap();

        let ours = |ids: &[String], cell: &Cell| {
            ids.iter().any(|id| position(&incident, id) == cell.entity)
        };
        for duty in plan.duties.iter().filter(|d| d.kind == DutyKind::Hhs && d.count > 0) {
            let patients = sum(&cube, |c| ours(&duty.entities, c) && c.population.is_patient());
            prop_assert_eq!(duty.count, patients, "{}", duty.id);
        }
        for filing in &filings {
            let (counts, ids) = (&filing.counts, &filing.duty.entities);
            prop_assert_eq!(counts.total, sum(&cube, |c| ours(ids, c)), "{}", &filing.duty.id);
            prop_assert_eq!(
                counts.patients,
                sum(&cube, |c| ours(ids, c) && c.population.is_patient())
            );
            for (state, n) in &counts.by_state {
                let there = sum(&cube, |c| ours(ids, c) && c.jurisdiction == *state);
                prop_assert_eq!(*n, there, "{} {}", &filing.duty.id, state);
            }
            prop_assert_eq!(
                counts.elsewhere,
                sum(&cube, |c| ours(ids, c) && c.jurisdiction.is_empty())
            );
        }
        for notice in notices.iter().filter(|n| n.entity.is_some()) {
            let ids = [notice.entity.clone().unwrap()];
            prop_assert_eq!(notice.figures["people"], sum(&cube, |c| ours(&ids, c)));
            let filing = filings.iter().find(|f| f.duty.entities == ids);
            if let Some(filing) = filing {
                prop_assert_eq!(notice.figures["people"], filing.counts.total);
                prop_assert_eq!(notice.figures["patients"], filing.counts.patients);
            }
        }
        // Parts make the whole.
        let everybody = Involved::of(&incident, &cube, &[0, 1]);
        let whole = everybody.count();
        prop_assert_eq!(whole.total, sum(&cube, |_| true));
        let states: u64 = whole.by_state.values().sum();
        prop_assert_eq!(states + whole.elsewhere, whole.total);
        for (state, n) in &whole.by_state {
            prop_assert_eq!(everybody.within(Some(state)).count().total, *n);
        }
        let each = [0, 1].map(|e| Involved::of(&incident, &cube, &[e]).count());
        prop_assert_eq!(each[0].total + each[1].total, whole.total);
        prop_assert_eq!(
            each[0].unreachable_patients + each[1].unreachable_patients,
            whole.unreachable_patients
        );
    }
}

#[test]
fn who_has_no_entity_is_told_once() {
    let incident = incident("");
    let mut cube = Cube { unplaced: 3, ..Cube::default() };
    let held = crate::filings::fixture::cell(0, "ME", &[0], Outcome::Held);
    cube.cells.insert(held, 3);
    let unplaced = |entities: &[u16]| Involved::of(&incident, &cube, entities).count().unplaced;
    assert_eq!((unplaced(&[0]), unplaced(&[1]), unplaced(&[0, 1])), (3, 0, 0));
}
