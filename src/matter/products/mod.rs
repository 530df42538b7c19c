//! Each product written into its folder of `out`, whole or not at all.

pub mod book;
pub mod book_state;
pub mod emails;
pub mod filings;
pub mod letters;
pub mod locked;
pub mod names;
pub mod notices;
mod ours;

use crate::document::Document;
use crate::files::{self, Pending, Staged};
use crate::matter::compose::exhibits::Exhibits;
use crate::matter::open::Matter;
use crate::matter::people::intake::Intake;
use crate::matter::people::kept_counts::Counted;
use crate::matter::refusal::{Doing, Refusal};
use crate::pdf::{Meta, write_single};
use crate::plan::Plan;
use crate::typeset::{Running, Typesetter};
use jiff::civil::Date;
use std::io;
use std::path::Path;

pub use emails::{emails, message};
pub use filings::filings;
pub use letters::{
    PdfWriter, PrintOptions, codes, drafts_folder, letters, letters_folder, press, print, print_but,
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
    pub counted: Option<&'a Counted>,
    pub exhibits: &'a mut Exhibits<'e>,
}

/// `out/plan.json`.
pub fn plan_json(matter: &Matter, plan: &Plan) -> Result<(), Refusal> {
    let mut text = serde_json::to_string_pretty(plan)
        .map_err(io::Error::from)
        .doing(|| "write the plan as JSON".into())?;
    text.push('\n');
    let path = matter.out.join("plan.json");
    files::write(&path, text.as_bytes()).doing(|| format!("write `{}`", path.display()))
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
    staged.commit().doing(|| "put the new outputs in their place".into())
}
