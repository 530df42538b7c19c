//! Each product written into its folder of `out`, whole or not at all.

pub mod book;
pub mod book_state;
pub mod email_samples;
pub mod emails;
pub mod filings;
pub mod letters;
pub mod locked;
pub mod names;
pub mod notices;
mod ours;

use crate::document::Document;
use crate::files::{self, Pending, Staged};
use crate::folder::{self, OutFolder, PLAN};
use crate::matter::compose::exhibits::Exhibits;
use crate::matter::open::Matter;
use crate::matter::people::intake::Intake;
use crate::matter::people::kept_counts::KeptCounts;
use crate::matter::refusal::{Doing, Refusal};
use crate::pdf::{Meta, write_single};
use crate::plan::Plan;
use crate::typeset::{Running, Typesetter};
use jiff::civil::Date;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

pub use email_samples::EmailSamples;
pub use emails::{emails, message};
pub use filings::filings;
pub use letters::{
    PdfWriter, PrintOptions, codes, drafts_folder, letters, press, print, print_but,
};

/// Who made the files.
pub const PROGRAM: &str = concat!("noticeworks ", env!("CARGO_PKG_VERSION"));

/// On letters that nobody has approved.
pub const STAMP: &str = "DRAFT";

/// A document as a PDF of its own.
pub fn report(
    matter: &Matter,
    document: &Document,
    running: &Running,
    typesetter: &mut Typesetter,
    path: &Path,
    as_of: Date,
) -> io::Result<()> {
    let laid = typesetter
        .report(running, document)
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
    let meta = Meta {
        title: document.title.clone(),
        subject: String::new(),
        author: matter.incident.sender.name.clone(),
        creator: PROGRAM.into(),
        lang: document.lang.clone(),
        date: as_of,
        keywords: String::new(),
    };
    let mut file = Pending::create(path)?;
    write_single(&laid, &mut file, typesetter.fonts().clone(), meta)?;
    file.commit()
}

/// What filings and notices take from a roster; nothing of it is there while only estimates are.
pub struct Rostered<'a, 'e> {
    pub intake: &'a Intake,
    /// What was counted last, where that still holds.
    pub counted: Option<&'a KeptCounts>,
    pub exhibits: &'a mut Exhibits<'e>,
}

/// `out/plan.json`.
pub fn plan_json(matter: &Matter, plan: &Plan) -> Result<(), Refusal> {
    let mut text = serde_json::to_string_pretty(plan)
        .map_err(io::Error::from)
        .doing(|| "write the plan as JSON".into())?;
    text.push('\n');
    claim_outputs(&matter.out, &[PLAN])?;
    let path = OutFolder(&matter.out).plan();
    files::write(&path, text.as_bytes()).doing(|| format!("write `{}`", path.display()))
}

/// Findings of rows, below `out`.
pub const FINDINGS: [&str; 2] = [folder::FINDINGS, folder::FINDINGS_BOOK];

/// Lets these single files of `out` be written; they are listed there from now on.
///
/// # Errors
/// Refused where one of them is not ours; I/O.
pub fn claim_outputs(out: &Path, names: &[&str]) -> Result<(), Refusal> {
    files::make_dir(out).doing(|| format!("make the folder `{}`", out.display()))?;
    // What versions wrote that kept no list.
    let begins = |name: &str, with: &str| {
        let mut head = vec![0; with.len()];
        let read = File::open(out.join(name)).and_then(|mut file| file.read_exact(&mut head));
        read.is_ok() && head == with.as_bytes()
    };
    let [csv, xlsx] = FINDINGS;
    let has_findings = || begins(csv, "file,row,line,column,heading,code,severity,problem,");
    ours::claim_files(out, names, &|name| match name {
        PLAN => begins(PLAN, "{\n  \"as_of\": \""),
        _ if name == csv => has_findings(),
        _ => name == xlsx && begins(xlsx, "PK") && has_findings(),
    })
}

/// Lets a letter be printed again: its files in the folder of such letters.
///
/// # Errors
/// Refused where one of them is not ours, or the folder is a link; I/O.
pub fn claim_again(out: &Path, piece: &str, text: &str) -> Result<PathBuf, Refusal> {
    let dir = OutFolder(out).reprints();
    if dir.is_symlink() {
        return Err(Refusal::refused(
            code!("out.foreign"),
            format!("`{}` is a link to elsewhere", dir.display()),
            "take the link away, or name another place with `--out`",
        ));
    }
    files::make_dir(&dir).doing(|| "make the folder of reprints".into())?;
    let names = ["pdf", "txt"].map(|end| format!("{piece}.{end}"));
    // The sealed text beside it is the mark of a version that kept no list.
    let known = std::fs::read(dir.join(&names[1])).is_ok_and(|known| known == text.as_bytes());
    ours::claim_files(&dir, &names.each_ref().map(String::as_str), &|_| known)?;
    Ok(dir)
}

/// Refuses where one of these folders of products holds what is not ours.
///
/// # Errors
/// Refused, naming the first file; a folder cannot be read.
pub fn only_ours(out: &Path, names: &[&str]) -> Result<(), Refusal> {
    names.iter().try_for_each(|name| ours::refuse_foreign(&out.join(name), name))
}

/// A product's folder in the making, which will take the place of one that is ours.
pub fn stage(out: &Path, name: &str) -> Result<Staged, Refusal> {
    only_ours(out, &[name])?;
    Staged::create(&out.join(name)).doing(|| format!("make the folder `{name}`"))
}

/// Puts a product's folder in its place.
pub fn commit(staged: Staged) -> Result<(), Refusal> {
    ours::mark(staged.dir())?;
    staged.commit().doing(|| "put the new folder in the old one's place".into())
}
