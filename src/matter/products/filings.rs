//! The filings into `out/filings`: paste sheets, PDF, JSON, letters, sample letters, names.

use crate::files;
use crate::filings::{Filing, Folder, Letter, LetterDesk, docx};
use crate::finding::{Finding, Findings, Severity};
use crate::folder::{IncidentFolder, OutFolder};
use crate::matter::compose::exhibits::stop;
use crate::matter::open::Matter;
use crate::matter::products::names::names;
use crate::matter::products::{Rostered, commit, report, stage};
use crate::matter::refusal::{Doing, Refusal};
use crate::typeset::{FontSet, Running, Style, Typesetter};
use jiff::civil::Date;
use rayon::prelude::*;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// The filings, field by field, letters and exhibits beside them: `out/filings/hhs` and
/// `out/filings/states`.
pub fn filings(
    matter: &Matter,
    rostered: Option<&mut Rostered<'_, '_>>,
    filings: &[Filing],
    fonts: &Arc<FontSet>,
    as_of: Date,
    findings: &mut Findings,
) -> Result<(), Refusal> {
    let staged = stage(&matter.out, OutFolder::FILINGS)?;
    for folder in [Folder::Hhs, Folder::States] {
        let dir = staged.dir().join(folder.name());
        files::make_dir(&dir).doing(|| "make the folder of filings".into())?;
    }
    let own = IncidentFolder(&matter.folder).own_templates("filing");
    let desk = LetterDesk::new(&matter.incident, &matter.pack, own.as_deref())
        .map_err(Refusal::Configuration)?;
    let letters: Vec<Option<Letter>> =
        filings.iter().map(|f| desk.letter(f)).collect::<Result<_, _>>().map_err(stop)?;
    filings
        .par_iter()
        .zip(&letters)
        .map_init(
            || Typesetter::new(fonts.clone(), Style::default()),
            |typesetter, (filing, letter)| {
                let base = staged.dir().join(filing.file.folder.name()).join(&filing.file.stem);
                one_filing(matter, filing, typesetter, &base, as_of)?;
                match letter {
                    Some(letter) => one_letter(matter, letter, typesetter, &base, as_of),
                    None => Ok(()),
                }
            },
        )
        .collect::<io::Result<()>>()
        .doing(|| "write the filings".into())?;
    let Some(rostered) = rostered else { return commit(staged) };
    for filing in filings {
        let Some(name) = filing.sample_letter() else { continue };
        let path = staged.dir().join(filing.file.folder.name()).join(name);
        if !rostered.exhibits.write_for(filing, &path)? {
            let message = format!("no letter goes to people counted by `{}`", filing.duty.id);
            let remedy = "file without a sample letter, or repair the rows that are held";
            let finding = Finding::new(code!("filing.no_sample_letter"), Severity::Note, message);
            findings.push(finding.remedy(remedy));
        }
    }
    names(matter, rostered.intake, filings, staged.dir())?;
    commit(staged)
}

fn one_filing(
    matter: &Matter,
    filing: &Filing,
    typesetter: &mut Typesetter,
    base: &Path,
    as_of: Date,
) -> io::Result<()> {
    files::write(&base.with_added_extension("json"), filing.json_text().as_bytes())?;
    files::write(&base.with_added_extension("html"), filing.paste_sheet().as_bytes())?;
    let running = Running {
        head: filing.document.title.clone(),
        foot: "{page} / {pages}".into(),
        stamp: filing.stamp(),
    };
    let path = base.with_added_extension("pdf");
    report(matter, &filing.document, &running, typesetter, &path, as_of)
}

/// A regulator's letter: `<stem>-letter.pdf`, and as DOCX for counsel to go on with.
fn one_letter(
    matter: &Matter,
    letter: &Letter,
    typesetter: &mut Typesetter,
    base: &Path,
    as_of: Date,
) -> io::Result<()> {
    let mut base = base.as_os_str().to_owned();
    base.push("-letter");
    let base = Path::new(&base);
    let running =
        Running { head: String::new(), foot: letter.page_of.clone(), stamp: letter.stamp.clone() };
    files::write(&base.with_added_extension("docx"), &docx(letter)?)?;
    let path = base.with_added_extension("pdf");
    report(matter, &letter.document, &running, typesetter, &path, as_of)
}
