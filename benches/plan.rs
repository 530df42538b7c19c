//! The plan once the counts are known: 40 covered entities, every jurisdiction, the whole pack.
//!
//! `cargo bench --bench plan` makes cubes of the Lakeshore sample's incident with more entities and
//! prints how long one plan takes. Counts stand in cells of people who are alike, so that 8.5
//! million people cost what the same cells of 85 people do. Printed, never asserted.

use noticeworks::incident::{self, Incident, StrandIx};
use noticeworks::law::LawPack;
use noticeworks::plan::{Cell, Cube, Outcome, Rules, make};
use noticeworks::roster::{ElementSet, Population, Recipient};
use std::path::Path;
use std::time::{Duration, Instant};

/// Plans made for each line; the middle one and the fastest are printed.
const TRIES: usize = 21;

fn main() {
    let pack = LawPack::embedded().expect("the embedded law is sound");
    let rules = Rules::from(&pack);
    println!("entities  people     cells    duties  middle ms  fastest ms");
    for (entities, each) in [(1, 40), (3, 40), (40, 40), (40, 4_000)] {
        let incident = incident(entities);
        let cube = cube(&incident, &pack, each);
        let wave = &incident.waves[0];
        let mut times: Vec<Duration> = Vec::new();
        let mut duties = 0;
        for _ in 0..TRIES {
            let start = Instant::now();
            let (plan, _) = make(&incident, &cube, &rules, wave, *wave.mail_on);
            times.push(start.elapsed());
            duties = plan.duties.len();
        }
        times.sort();
        println!(
            "{entities:<9} {:<10} {:<8} {duties:<7} {:<10.1} {:.1}",
            cube.people(),
            cube.cells.len(),
            times[TRIES / 2].as_secs_f64() * 1000.0,
            times[0].as_secs_f64() * 1000.0
        );
    }
}

/// The sample's incident with this many covered entities, of its three in turn.
fn incident(entities: usize) -> Incident {
    let (mut incident, _) =
        incident::load(Path::new("samples/lakeshore")).expect("the sample is sound");
    let three = incident.entities.clone();
    incident.entities = (0..entities)
        .map(|i| {
            let mut entity = three[i % three.len()].clone();
            if i >= three.len() {
                entity.id = format!("{}-{i}", entity.id);
            }
            entity
        })
        .collect();
    incident
}

/// Some of everybody everywhere: 8 sets of elements, adults, minors and estates, employees.
fn cube(incident: &Incident, pack: &LawPack, each: u64) -> Cube {
    let mut cube = Cube::default();
    let elements = incident.elements.len();
    for entity in incident.entity_indices() {
        for (at, jurisdiction) in pack.jurisdictions().filter(|j| j.code.len() == 2).enumerate() {
            for kind in 0..12 {
                let set: ElementSet =
                    (0..elements).filter(|e| (e * 7 + kind * 5 + at) % 3 == 0).collect();
                let cell = Cell {
                    entity,
                    strand: StrandIx::FIRST,
                    jurisdiction: jurisdiction.code.clone(),
                    elements: set,
                    population: match kind {
                        11 => Population::Employee,
                        _ => Population::Patient,
                    },
                    recipient: match kind {
                        9 => Recipient::ParentOrGuardian,
                        10 => Recipient::Estate,
                        _ => Recipient::Adult,
                    },
                    outcome: match kind {
                        8 => Outcome::Substitute,
                        7 => Outcome::Held,
                        _ => Outcome::ToMail,
                    },
                };
                *cube.cells.entry(cell).or_default() += each;
                *cube.rows.entry(Outcome::ToMail).or_default() += each;
            }
        }
    }
    cube
}
