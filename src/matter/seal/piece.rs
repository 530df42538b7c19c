//! One person's letter, composed alone.

use crate::approve::{Canon, OwnWords, leaf};
use crate::files::Pending;
use crate::files::hex;
use crate::finding::Findings;
use crate::letters::{Counts, Writer};
use crate::matter::compose::images::Images;
use crate::matter::compose::letter_words;
use crate::matter::compose::letter_words::LetterWords;
use crate::matter::open::Matter;
use crate::matter::people::intake::{Addressed, Intake, spool_stop};
use crate::matter::products;
use crate::matter::refusal::{Doing, Refusal};
use crate::pdf::{Meta, write_single};
use crate::roster::Person;
use crate::typeset::{FontSet, Laid};
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

/// One letter and its canonical text.
pub struct One {
    pub text: String,
    /// Hex.
    pub leaf: String,
    /// What in the text is the person's own.
    pub own: OwnWords,
    /// With its sheets marked.
    laid: Laid,
    meta: Meta,
    fonts: Arc<FontSet>,
}

impl One {
    /// Writes the letter into a file of its own, whole or not at all.
    ///
    /// # Errors
    /// Any I/O error.
    pub fn write(&self, path: &Path) -> Result<(), Refusal> {
        let doing = || format!("write `{}`", path.display());
        let mut file = Pending::create(path).doing(doing)?;
        let meta = Meta { lang: self.laid.lang.clone(), ..self.meta.clone() };
        write_single(&self.laid, &mut file, self.fonts.clone(), meta).doing(doing)?;
        file.commit().doing(doing)
    }
}

/// Composes one person's letter by its piece; none if there is no such letter.
///
/// # Errors
/// Words or people that cannot be read.
pub fn compose_one(matter: &Matter, counts: Counts, piece: &str) -> Result<Option<One>, Refusal> {
    Ok(compose_some(matter, counts, &HashSet::from([piece.to_owned()]))?.remove(piece))
}

/// Composes the letters of some pieces, reading the people once.
///
/// # Errors
/// Words or people that cannot be read.
pub fn compose_some(
    matter: &Matter,
    counts: Counts,
    pieces: &HashSet<String>,
) -> Result<HashMap<String, One>, Refusal> {
    let mut ignored = Findings::default();
    let intake = Intake::open(matter, &mut ignored)?;
    let fonts = letter_words::fonts(matter, &mut ignored);
    let images = Images::load(matter, &mut ignored);
    let words = LetterWords::load(matter)?;
    let writer = words.writer_counting(&matter.incident, matter, counts, &fonts)?;
    let mut made = HashMap::new();
    for addressed in intake.people(matter, &writer)? {
        if made.len() == pieces.len() {
            break;
        }
        let Addressed { person, .. } = addressed.map_err(spool_stop)?;
        let piece = writer.reference(&person);
        if pieces.contains(&piece)
            && intake.outcome(&person, matter).mails()
            && let Some(one) = set(matter, &writer, &fonts, &images, &person)
        {
            made.insert(piece, one);
        }
    }
    Ok(made)
}

/// Composes the letter of a person who is at hand; not for codes that are dealt from files.
///
/// # Errors
/// Words that cannot be read.
pub fn compose_person(
    matter: &Matter,
    person: &Person,
    counts: Counts,
) -> Result<Option<One>, Refusal> {
    let mut ignored = Findings::default();
    let fonts = letter_words::fonts(matter, &mut ignored);
    let words = LetterWords::load(matter)?;
    let writer = words.writer_counting(&matter.incident, matter, counts, &fonts)?;
    let images = Images::load(matter, &mut ignored);
    Ok(set(matter, &writer, &fonts, &images, person))
}

fn set(
    matter: &Matter,
    writer: &Writer<'_>,
    fonts: &Arc<FontSet>,
    images: &Images,
    person: &Person,
) -> Option<One> {
    let press = products::press(matter, writer, fonts, images, "", 1);
    let (version, laid, marked) = press.one(person).ok()?;
    let piece = writer.reference(person);
    let mut canon = Canon::default();
    let text = canon.text(&piece, person, &version.key, &laid);
    let (leaf, text) = (hex(&leaf(text)), String::from_utf8_lossy(text).into_owned());
    let mut own = OwnWords::default();
    own.add(person);
    Some(One { text, leaf, own, laid: marked, meta: press.meta.clone(), fonts: fonts.clone() })
}
