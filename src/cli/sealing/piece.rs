//! One person's letter, composed alone.

use crate::approve::{Canon, leaf, person_digest};
use crate::cli::exit::{Doing, Stop};
use crate::cli::images::Images;
use crate::cli::intake::{Addressed, Intake, spool_stop};
use crate::cli::matter::Matter;
use crate::cli::press::{self, Words};
use crate::cli::products;
use crate::files::Pending;
use crate::finding::Findings;
use crate::letters::{Counts, Writer};
use crate::pdf::{Meta, write_single};
use crate::roster::{Person, hex};
use crate::typeset::{FontSet, Laid};
use std::path::Path;
use std::sync::Arc;

/// Who is meant.
pub enum Found<'f> {
    Record(&'f str),
    Piece(&'f str),
}

/// One letter and its canonical text.
pub struct One {
    pub text: String,
    /// Hex.
    pub leaf: String,
    laid: Laid,
    meta: Meta,
    fonts: Arc<FontSet>,
}

impl One {
    /// Writes the letter into a file of its own, whole or not at all.
    ///
    /// # Errors
    /// Any I/O error.
    pub fn write(&self, path: &Path) -> Result<(), Stop> {
        let doing = || format!("write `{}`", path.display());
        let mut file = Pending::create(path).doing(doing)?;
        let meta = Meta { lang: self.laid.lang.clone(), ..self.meta.clone() };
        write_single(&self.laid, &mut file, self.fonts.clone(), meta).doing(doing)?;
        file.commit().doing(doing)
    }
}

/// Composes one person's letter; none if there is no such letter.
///
/// # Errors
/// Words or people that cannot be read.
pub fn compose_one(matter: &Matter, wanted: &Found<'_>) -> Result<Option<One>, Stop> {
    let mut ignored = Findings::default();
    let intake = Intake::open(matter, &mut ignored)?;
    let (plan, _) = matter.plan(&intake.cube, *matter.wave().mail_on);
    compose_with(matter, &intake, press::counts(&plan), wanted)
}

fn compose_with(
    matter: &Matter,
    intake: &Intake,
    counts: Counts,
    wanted: &Found<'_>,
) -> Result<Option<One>, Stop> {
    let mut ignored = Findings::default();
    let fonts = press::fonts(matter, &mut ignored);
    let words = Words::load(matter)?;
    let writer = words.writer_counting(&matter.incident, matter, counts, &fonts)?;
    for addressed in intake.people(matter, &writer)? {
        let Addressed { person, .. } = addressed.map_err(spool_stop)?;
        let meant = match wanted {
            Found::Record(record) => person.record_id == *record,
            Found::Piece(piece) => writer.reference(&person) == *piece,
        };
        if meant && intake.outcome(&person, matter).mails() {
            return Ok(set(matter, &writer, &fonts, &person));
        }
    }
    Ok(None)
}

/// Composes the letter of a person who is at hand; not for codes that are dealt from files.
///
/// # Errors
/// Words that cannot be read.
pub fn compose_person(
    matter: &Matter,
    person: &Person,
    counts: Counts,
) -> Result<Option<One>, Stop> {
    let mut ignored = Findings::default();
    let fonts = press::fonts(matter, &mut ignored);
    let words = Words::load(matter)?;
    let writer = words.writer_counting(&matter.incident, matter, counts, &fonts)?;
    Ok(set(matter, &writer, &fonts, person))
}

fn set(matter: &Matter, writer: &Writer<'_>, fonts: &Arc<FontSet>, person: &Person) -> Option<One> {
    let images = Images::load(matter, &mut Findings::default());
    let press = products::press(matter, writer, fonts, &images, "", 1);
    let (version, laid) = press.one(person).ok()?;
    let piece = writer.reference(person);
    let of = person_digest(person, &mut Vec::new());
    let mut canon = Canon::default();
    let text = canon.text(&piece, &of, &version.key, &laid);
    let (leaf, text) = (hex(&leaf(text)), String::from_utf8_lossy(text).into_owned());
    Some(One { text, leaf, laid, meta: press.meta.clone(), fonts: fonts.clone() })
}
