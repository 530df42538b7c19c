//! The figures of a bundle: who is told in the mailing at hand, and everybody of all mailings so
//! far, whom the filings count.

use crate::export::{Bundle, Page};
use crate::finding::Findings;
use crate::matter::bundles::BundleSource;
use crate::matter::filed::later_wave;
use crate::matter::open::{Matter, Selection};
use crate::matter::people::intake::Intake;
use crate::matter::refusal::{Doing, Refusal};
use crate::plan::{Cube, Involved};
use crate::tables::Table;
use crate::tables::words::thousands;
use std::collections::BTreeSet;

const HEAD: [&str; 6] =
    ["Residents of", "By letter", "By e\u{2011}mail", "By both", "By substitute notice", "Not yet"];

/// Everybody of all mailings so far.
struct SoFar {
    /// The mailing that speaks for all.
    wave: String,
    cube: Cube,
}

/// The section of a page, and the tables beside it; their names, each with what it is.
pub fn section(
    desk: &BundleSource<'_>,
    jurisdiction: Option<&str>,
    page: &mut Page,
    bundle: &mut Bundle,
) -> Result<Vec<(String, String)>, Refusal> {
    let this = &desk.recorded.cube;
    let so_far = so_far(desk.matter)?;
    let mut files =
        vec![("counts.csv".to_owned(), "who was told, by residence and covered entity".to_owned())];
    write(desk, this, jurisdiction, "counts.csv", bundle)?;
    page.section("Who is told, and how");
    let shown = by_residence(desk, this, jurisdiction, false);
    let Some(so_far) = so_far else {
        page.table("People by place of residence and by the way they are told", &HEAD, &shown);
        page.text("The same figures, by covered entity, are in counts.csv. A person in the last column waits for a repair of the address or for a decision; nobody is left out.");
        return Ok(files);
    };
    let own = &desk.matter.wave().id;
    page.text(&format!("People are told in several mailings. A filing counts everybody of all mailings up to its day, each person once, as far as the law under which it is made counts them; the first table has the figures of mailing {own} alone."));
    page.table(
        &format!("This mailing, {own}: people by place of residence and by the way they are told"),
        &HEAD,
        &shown,
    );
    let mut head = HEAD.to_vec();
    head.insert(1, "People");
    page.table(
        &format!("All mailings up to {}: everybody so far, each person once", so_far.wave),
        &head,
        &by_residence(desk, &so_far.cube, jurisdiction, true),
    );
    page.text("The same figures, by covered entity, are in counts.csv for this mailing and in counts-so-far.csv for all. Who is a patient of several organizations counts once as a person, and once with each organization in the columns behind. A person in the last column waits for a repair of the address or for a decision; nobody is left out.");
    write(desk, &so_far.cube, jurisdiction, "counts-so-far.csv", bundle)?;
    files[0].1 = format!("who was told in mailing {own}, by residence and covered entity");
    files.push(("counts-so-far.csv".to_owned(), "the same of all mailings so far".to_owned()));
    Ok(files)
}

/// None where the incident has one mailing.
fn so_far(matter: &Matter) -> Result<Option<SoFar>, Refusal> {
    if matter.incident.waves.len() < 2 {
        return Ok(None);
    }
    let later = match later_wave(matter)? {
        Some(wave) => {
            let selection = Selection {
                incident: matter.folder.clone(),
                wave: Some(wave),
                law: matter.law.clone(),
                ..Selection::default()
            };
            Some(Matter::open(&selection)?.0)
        }
        None => None,
    };
    let speaks = later.as_ref().unwrap_or(matter);
    let cube = Intake::open(speaks, &mut Findings::default())?.cube;
    Ok(Some(SoFar { wave: speaks.wave().id.clone(), cube }))
}

/// Jurisdictions with people; those of no state last.
fn places<'c>(cube: &'c Cube, jurisdiction: Option<&str>) -> Vec<&'c str> {
    let places: BTreeSet<&str> = cube
        .cells
        .keys()
        .map(|cell| cell.jurisdiction.as_str())
        .filter(|code| jurisdiction.is_none_or(|wanted| *code == wanted))
        .collect();
    let (nowhere, mut states): (Vec<&str>, Vec<&str>) =
        places.into_iter().partition(|code| code.is_empty());
    states.extend(nowhere);
    states
}

/// A row for each jurisdiction, and their sum where there are several.
fn by_residence(
    desk: &BundleSource<'_>,
    cube: &Cube,
    jurisdiction: Option<&str>,
    people: bool,
) -> Vec<Vec<String>> {
    let incident = &desk.matter.incident;
    let all: Vec<_> = incident.entity_indices().collect();
    let involved = Involved::of(incident, cube, &all);
    let (mut shown, mut sums) = (Vec::new(), Vec::new());
    for place in places(cube, jurisdiction) {
        let there = involved.within(Some(place));
        let means = there.by_means();
        if means.total() == 0 {
            continue;
        }
        let mut numbers = means.columns().to_vec();
        if people {
            let count = there.count();
            numbers
                .insert(0, if place.is_empty() { count.elsewhere } else { count.residents(place) });
        }
        sums.resize(numbers.len(), 0);
        sums.iter_mut().zip(&numbers).for_each(|(sum, n)| *sum += n);
        let name = if place.is_empty() { "another country or unknown" } else { place };
        shown.push(row(name, &numbers));
    }
    if shown.len() > 1 {
        shown.push(row("All", &sums));
    }
    shown
}

fn row(name: &str, numbers: &[u64]) -> Vec<String> {
    std::iter::once(name.to_owned()).chain(numbers.iter().map(|n| thousands(*n))).collect()
}

/// The figures by jurisdiction and covered entity, as a table.
fn write(
    desk: &BundleSource<'_>,
    cube: &Cube,
    jurisdiction: Option<&str>,
    name: &str,
    bundle: &mut Bundle,
) -> Result<(), Refusal> {
    let doing = || format!("write `{name}`");
    let incident = &desk.matter.incident;
    let head = [
        "residence",
        "covered_entity",
        "letter",
        "email",
        "letter_and_email",
        "substitute",
        "not_yet",
    ];
    let mut table = Table::create(Vec::new(), &head).doing(doing)?;
    for place in places(cube, jurisdiction) {
        let of =
            |entities: &[_]| Involved::of(incident, cube, entities).within(Some(place)).by_means();
        let all: Vec<_> = incident.entity_indices().collect();
        if of(&all).total() == 0 {
            continue;
        }
        for at in all {
            let mut cells = vec![place.to_owned(), incident[at].name.clone()];
            cells.extend(of(&[at]).columns().iter().map(u64::to_string));
            table.row(&cells).doing(doing)?;
        }
    }
    bundle.add(name, &table.finish().doing(doing)?).doing(doing)
}
