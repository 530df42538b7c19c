//! Notices besides letters and filings: `out/notices/<covered entity>` and `out/notices/bureaus`.

use crate::document::plain_text;
use crate::files::{self, Pending};
use crate::finding::Findings;
use crate::folder::{IncidentFolder, OutFolder, workbook_beside};
use crate::matter::compose::exhibits::stop;
use crate::matter::open::Matter;
use crate::matter::people::intake::Intake;
use crate::matter::people::kept_counts::KeptCounts;
use crate::matter::people::letters_before::LettersBefore;
use crate::matter::products::locked::lock;
use crate::matter::products::{Rostered, commit, report, stage};
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::file_digest;
use crate::notices::{Lists, Notice, NoticeKind, NoticeWriter, has_workbook, workbook};
use crate::plan::{Cube, Plan};
use crate::typeset::{FontSet, Running, Style, Typesetter};
use jiff::civil::Date;
use rayon::prelude::*;
use serde_json::json;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Writes every notice and the lists beside them.
///
/// # Errors
/// A template that does not fit; I/O.
pub fn notices(
    matter: &Matter,
    cube: &Cube,
    mut rostered: Option<&mut Rostered<'_, '_>>,
    plan: &Plan,
    fonts: &Arc<FontSet>,
    as_of: Date,
    findings: &mut Findings,
) -> Result<(Vec<Notice>, BTreeMap<String, String>), Refusal> {
    let own = IncidentFolder(&matter.folder).own_templates("notice");
    let (incident, wave) = (&matter.incident, matter.wave());
    let desk = NoticeWriter::new(incident, wave, cube, plan, &matter.pack, own.as_deref())
        .map_err(Refusal::Configuration)?;
    let (notices, found) = desk.notices().map_err(stop)?;
    findings.extend(found);
    let staged = stage(&matter.out, OutFolder::NOTICES)?;
    let mut typesetter = Typesetter::new(fonts.clone(), Style::default());
    for notice in &notices {
        one(matter, plan, notice, &mut typesetter, staged.dir(), as_of)?;
        if notice.kind == NoticeKind::Packet
            && let Some(entity) = &notice.entity
            && let Some(rostered) = &mut rostered
        {
            let name = desk.words().file.get("samples").map_or("samples", String::as_str);
            let path = staged.dir().join(&notice.folder).join(format!("{name}.pdf"));
            rostered.exhibits.write(std::slice::from_ref(entity), None, &path)?;
        }
    }
    let lists = match rostered {
        Some(Rostered { intake, counted, .. }) => {
            lists(matter, intake, *counted, &desk, &notices, staged.dir(), as_of)?
        }
        None => BTreeMap::new(),
    };
    commit(staged)?;
    Ok((notices, lists))
}

/// Writes the lists of people; those of the last time stand again where nobody has changed.
/// Their names below `dir`, each with its SHA-256.
fn lists(
    matter: &Matter,
    intake: &Intake,
    counted: Option<&KeptCounts>,
    desk: &NoticeWriter<'_>,
    notices: &[Notice],
    dir: &Path,
    as_of: Date,
) -> Result<BTreeMap<String, String>, Refusal> {
    let incident = &matter.incident;
    let doing = || "write the lists of people".to_owned();
    let wanted = Lists::wanted(notices, incident, desk.words());
    if let Some(again) = again(matter, counted, &wanted, dir, as_of)? {
        return Ok(again);
    }
    let mut lists = Lists::create(dir, notices, incident, desk.words()).doing(doing)?;
    if !lists.is_empty() {
        let before = LettersBefore::read(matter)?;
        intake.everybody_counted(matter, &mut |person, outcome, differs| {
            let letter = before.of(matter, person, differs);
            lists.add(person, outcome, letter.as_ref()).doing(doing)
        })?;
    }
    let mut written = BTreeMap::new();
    for (_, entity, path, rows) in lists.finish().doing(doing)? {
        let keys = &incident[entity].encrypt_to;
        let mut files = Vec::new();
        if keys.is_empty() {
            files.push(path.clone());
            if has_workbook(rows) {
                let beside = workbook_beside(&path);
                let mut file = Pending::create(&beside).doing(doing)?;
                workbook(&path, as_of, &mut file).doing(doing)?;
                file.commit().doing(doing)?;
                files.push(beside);
            }
        } else {
            // A list that is locked does not lie beside itself unlocked.
            let mut lists = vec![("csv.age", std::fs::read(&path).doing(doing)?)];
            if has_workbook(rows) {
                let mut book = io::Cursor::new(Vec::new());
                workbook(&path, as_of, &mut book).doing(doing)?;
                lists.push(("xlsx.age", book.into_inner()));
            }
            for (extension, bytes) in lists {
                let locked = lock(&bytes, keys)?;
                files.push(path.with_extension(extension));
                files::write(&path.with_extension(extension), &locked).doing(doing)?;
            }
            std::fs::remove_file(&path).doing(doing)?;
        }
        for file in files {
            let name = file.strip_prefix(dir).unwrap_or(&file).display().to_string();
            written.insert(name, file_digest(&file)?.unwrap_or_default());
        }
    }
    Ok(written)
}

/// The lists of the last time put in their place again: all of them, or none where one is missing
/// or was touched.
fn again(
    matter: &Matter,
    counted: Option<&KeptCounts>,
    wanted: &[PathBuf],
    dir: &Path,
    as_of: Date,
) -> Result<Option<BTreeMap<String, String>>, Refusal> {
    let Some(counted) = counted else { return Ok(None) };
    let before = OutFolder(&matter.out).product(OutFolder::NOTICES);
    let mut named: Vec<(String, &str)> = Vec::new();
    for list in wanted {
        let known = ["csv", "xlsx", "csv.age", "xlsx.age"].into_iter().filter_map(|extension| {
            let name = list.with_extension(extension).display().to_string();
            let digest = counted.list(&name)?;
            Some((name, digest))
        });
        let found = named.len();
        named.extend(known);
        if named.len() == found {
            return Ok(None);
        }
    }
    if !named.iter().all(|(name, _)| counted.is_of(name, as_of)) {
        return Ok(None);
    }
    let whole = named
        .par_iter()
        .map(|(name, digest)| Ok(file_digest(&before.join(name))?.as_deref() == Some(digest)))
        .collect::<Result<Vec<bool>, Refusal>>()?;
    if whole.contains(&false) {
        return Ok(None);
    }
    let doing = || "write the lists of people".to_owned();
    for (name, _) in &named {
        let (from, to) = (before.join(name), dir.join(name));
        if let Some(parent) = to.parent() {
            files::make_dir(parent).doing(doing)?;
        }
        // Where the file system knows no links, a copy will do.
        if std::fs::hard_link(&from, &to).is_err() {
            std::fs::copy(&from, &to).doing(doing)?;
        }
    }
    Ok(Some(named.into_iter().map(|(name, digest)| (name, digest.to_owned())).collect()))
}

fn one(
    matter: &Matter,
    plan: &Plan,
    notice: &Notice,
    typesetter: &mut Typesetter,
    dir: &Path,
    as_of: Date,
) -> Result<(), Refusal> {
    let doing = || format!("write the notice `{}`", notice.file_stem);
    let folder = dir.join(&notice.folder);
    files::make_dir(&folder).doing(doing)?;
    let base = folder.join(&notice.file_stem);
    let write = |extension: &str, text: &str| {
        files::write(&base.with_added_extension(extension), text.as_bytes())
    };
    let running =
        Running { head: String::new(), foot: notice.page_of.clone(), stamp: notice.stamp.clone() };
    let pdf = base.with_added_extension("pdf");
    report(matter, &notice.document, &running, typesetter, &pdf, as_of).doing(doing)?;
    match notice.kind {
        NoticeKind::Media | NoticeKind::SubstituteMany | NoticeKind::SubstituteFew => {
            write("txt", &plain_text(&notice.document)).doing(doing)?;
        }
        NoticeKind::Packet => {
            let duties: Vec<_> = notice.duties.iter().filter_map(|id| plan.duty(id)).collect();
            let packet = json!({
                "entity": notice.entity,
                "as_of": as_of.to_string(),
                "law_pack": plan.law_pack,
                "figures": notice.figures,
                "duties": duties,
            });
            write("json", &format!("{packet:#}\n")).doing(doing)?;
        }
        NoticeKind::CoveredEntity | NoticeKind::Bureaus => {}
    }
    if let Some(page) = &notice.web_page {
        write("html", page).doing(doing)?;
    }
    Ok(())
}
