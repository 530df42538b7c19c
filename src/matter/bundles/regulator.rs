//! For a regulator: what happened, who was told how and when, with which words; no person, no
//! advice.

use crate::export::{Bundle, Page};
use crate::finding::Findings;
use crate::folder::IncidentFolder;
use crate::letters::VersionStates;
use crate::matter::bundles::{BundleSource, FOOT, filed, people_told, seal};
use crate::matter::compose::exhibits::Exhibits;
use crate::matter::compose::letter_words;
use crate::matter::compose::letter_words::LetterWords;
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::signature;
use crate::tables::Table;
use crate::tables::words::{long_date, thousands};

pub fn fill(
    desk: &BundleSource<'_>,
    jurisdiction: Option<&str>,
    bundle: &mut Bundle,
    findings: &mut Findings,
) -> Result<(), Refusal> {
    let matter = desk.matter;
    let states = samples(desk, &[], jurisdiction, bundle, findings)?;
    let mut filings = filed::copies(
        &matter.out,
        &|filing| jurisdiction.is_none_or(|code| filing["jurisdiction"] == code),
        bundle,
    )?;
    let made = filed::made(
        desk,
        &|filed| jurisdiction.is_none_or(|code| filed.stated.jurisdiction == code),
        bundle,
    )?;
    filings.extend(made.files);
    seal(desk, bundle)?;
    let story = timeline(desk, bundle)?;
    let title =
        if matter.incident.title.is_empty() { &matter.incident.id } else { &matter.incident.title };
    let mut page = Page::new("For the regulator", title);
    facts(desk, &mut page, None);
    let breach = &matter.incident.breach;
    let account = match breach.regulator_description.trim() {
        "" => &breach.what_happened,
        _ => &breach.regulator_description,
    };
    page.section("What happened").text(account);
    let steps = match breach.regulator_steps.trim() {
        "" => &breach.what_we_are_doing,
        _ => &breach.regulator_steps,
    };
    page.section("What was done about it").text(steps);
    let mut files = people_told::section(desk, jurisdiction, &mut page, bundle)?;
    filed::section(&made.rows, &mut page);
    chapters(&mut page, &story);
    versions(&mut page, &states, jurisdiction);
    seals(desk, &mut page);
    files.push(("timeline.csv".to_owned(), "the timeline as a table".to_owned()));
    contents(page, bundle, files, filings)
}

/// Ends a page with the list of what is in its bundle, each with what it is, and adds the page.
pub fn contents(
    mut page: Page,
    bundle: &mut Bundle,
    mut files: Vec<(String, String)>,
    filings: Vec<(String, String)>,
) -> Result<(), Refusal> {
    if bundle.holds(SAMPLES) {
        let about = "each version of the letter, to a made-up person".to_owned();
        files.push((SAMPLES.to_owned(), about));
    }
    files.extend(filings);
    files.push(("PROCEDURE.txt".to_owned(), "how to check this bundle".to_owned()));
    page.section("What is in this bundle").files(&files);
    bundle
        .add("index.html", page.finish(FOOT).as_bytes())
        .doing(|| "write `index.html` of the bundle".into())
}

pub const SAMPLES: &str = "letters/samples.pdf";

/// `letters/samples.pdf` and how many people got each version.
pub fn samples(
    desk: &BundleSource<'_>,
    entities: &[String],
    jurisdiction: Option<&str>,
    bundle: &mut Bundle,
    findings: &mut Findings,
) -> Result<VersionStates, Refusal> {
    let matter = desk.matter;
    let as_of = *matter.wave().mail_on;
    let fonts = letter_words::fonts(matter, findings);
    let (plan, _) = matter.plan(&desk.recorded.cube, as_of);
    let words = LetterWords::load(matter)?;
    let writer = words.writer(matter, &plan, &fonts)?;
    let all: Vec<String> = matter.incident.entities.iter().map(|e| e.id.clone()).collect();
    let entities = if entities.is_empty() { &all } else { entities };
    let mut states = desk.recorded.versions(&writer)?;
    states.retain(|version, of| {
        entities.contains(&matter.incident[version.facets.entity].id)
            && jurisdiction.is_none_or(|code| of.contains_key(code))
    });
    let mut exhibits = Exhibits::new(matter, &writer, &states, &fonts, as_of)?;
    let path = IncidentFolder(&matter.folder).samples();
    let written = exhibits.write(entities, jurisdiction, &path);
    let copied = match written {
        Ok(true) => bundle.copy(SAMPLES, &path).doing(|| "write the sample letters".into()),
        Ok(false) => Ok(()),
        Err(stop) => Err(stop),
    };
    let _ = std::fs::remove_file(&path);
    copied?;
    Ok(states)
}

/// Parties and dates.
pub fn facts(desk: &BundleSource<'_>, page: &mut Page, entity: Option<&str>) {
    let incident = &desk.matter.incident;
    let names = incident.entities.iter().filter(|e| entity.is_none_or(|id| e.id == id));
    let names: Vec<&str> = names.map(|e| e.name.as_str()).collect();
    let discovered = incident.strands.iter().map(|s| *s.discovered).min();
    page.section("The incident").facts(&[
        ("Sender of the notices", incident.sender.name.clone()),
        ("On behalf of", names.join("\n")),
        ("Incident", incident.id.clone()),
        ("Mailing", desk.matter.wave().id.clone()),
        ("Discovered", discovered.map_or(String::new(), long_date)),
        ("Letters dated", long_date(*desk.matter.wave().mail_on)),
    ]);
}

/// What happened, as rows, and as `timeline.csv`.
pub fn timeline(desk: &BundleSource<'_>, bundle: &mut Bundle) -> Result<Vec<Vec<String>>, Refusal> {
    let doing = || "write `timeline.csv`".to_owned();
    let mut table = Table::create(Vec::new(), &["day", "mailing", "what"]).doing(doing)?;
    let mut rows = Vec::new();
    for chapter in desk.story.chapters() {
        let row = vec![chapter.at, chapter.wave, chapter.what];
        table.row(&row).doing(doing)?;
        rows.push(row);
    }
    bundle.add("timeline.csv", &table.finish().doing(doing)?).doing(doing)?;
    Ok(rows)
}

pub fn chapters(page: &mut Page, rows: &[Vec<String>]) {
    page.section("When");
    if rows.is_empty() {
        page.text("Nothing was approved, printed or mailed yet.");
    } else {
        page.table(
            "Days are those of Coordinated Universal Time",
            &["Day", "Mailing", "What"],
            rows,
        );
    }
}

pub fn versions(page: &mut Page, states: &VersionStates, jurisdiction: Option<&str>) {
    let many = |of: &std::collections::BTreeMap<String, u64>| match jurisdiction {
        Some(code) => of.get(code).copied().unwrap_or(0),
        None => of.values().sum(),
    };
    let rows: Vec<Vec<String>> = states
        .iter()
        .map(|(version, of)| vec![version.label.clone(), thousands(many(of))])
        .collect();
    page.section("The words of the letters")
        .text("Every version is shown in letters/samples.pdf, written to a made-up person.")
        .table("Letters by version", &["Version", "People"], &rows);
}

pub fn seals(desk: &BundleSource<'_>, page: &mut Page) {
    page.section("Seals");
    if desk.seals.is_empty() {
        page.text("No mailing was approved when this bundle was made.");
        return;
    }
    let rows: Vec<Vec<String>> = desk
        .seals
        .iter()
        .map(|sealed| {
            let root = std::fs::read(sealed.files.root()).unwrap_or_default();
            let files = signature::files_in(&sealed.files.0).unwrap_or_default();
            let signed: Vec<&str> =
                files.iter().filter(|f| f.ends_with(".sig")).map(String::as_str).collect();
            vec![sealed.name(), crate::approve::sha256(&root), signed.join(", ")]
        })
        .collect();
    page.text("A seal binds the exact words of every letter and e-mail before any is sent.");
    let caption = "SHA-256 of root.txt";
    if rows.iter().all(|row| row[2].is_empty()) {
        page.table(caption, &["Seal", "Root"], &rows);
        return;
    }
    page.table(caption, &["Seal", "Root", "Signatures over root.txt"], &rows)
        .text("PROCEDURE.txt says how to check the signatures with openssl.");
}
