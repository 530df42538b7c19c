//! `pieces formats`: sealed letters as tagged text, for rows that ask for braille, audio or another
//! format that a printer cannot make (45 CFR 92.202; 28 CFR 36.303).

use crate::files::{self, Staged};
use crate::finding::Findings;
use crate::folder::tagged_list;
use crate::ledger::Ledger;
use crate::letters::{is_large_print, other_format};
use crate::matter::compose::letter_words::{self, LetterWords};
use crate::matter::open::{Matter, Selection};
use crate::matter::people::intake::{Addressed, Intake, spool_stop};
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::piece::compose_some;
use crate::matter::seal::{Sealed, ledger_stop, seal_stop, unaltered};
use crate::roster::Person;
use crate::tables::Table;
use serde::Serialize;
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

/// Which wave, and the new folder for the texts.
pub struct FormatsRequest {
    pub selection: Selection,
    pub to: PathBuf,
}

#[derive(Debug, Serialize)]
pub struct FormatsAnswer {
    pub folder: PathBuf,
    pub letters: u64,
}

const HEAD: [&str; 4] = ["piece_id", "format", "language", "file"];

/// Writes a text for each sealed letter whose row asks for another format, and a list of them.
///
/// # Errors
/// A folder that is there; no seal; a letter that is not the one that was approved; I/O.
pub fn formats(request: &FormatsRequest) -> Result<FormatsAnswer, Refusal> {
    let to = &request.to;
    if to.exists() {
        let message = format!("`{}` is there already", to.display());
        return Err(Refusal::one(code!("export.exists"), message, "name a new folder"));
    }
    let (matter, _) = Matter::open(&request.selection)?;
    let none = || {
        Refusal::refused(
            code!("seal.none"),
            "nobody has approved this wave, so that its words may still change",
            "run `noticeworks approve` first",
        )
    };
    let ledger = Ledger::look(&matter.folder).map_err(ledger_stop)?.ok_or_else(none)?;
    unaltered(&ledger)?;
    let seals = Sealed::all(&matter, &ledger)?;
    if seals.is_empty() {
        return Err(none());
    }
    let doing = || format!("write `{}`", to.display());
    let staged = Staged::create(to).doing(doing)?;
    let path = tagged_list(staged.dir());
    let mut list = Table::with_identifiers(Vec::new(), &HEAD, 1).doing(doing)?;
    let mut letters = 0;
    for sealed in seals {
        for text in of_seal(&matter, &sealed)? {
            let file = format!("{}.txt", text.piece);
            files::write(&staged.dir().join(&file), text.text.as_bytes()).doing(doing)?;
            list.row([&text.piece, &text.format, &text.language, &file]).doing(doing)?;
            letters += 1;
        }
    }
    files::write(&path, &list.finish().doing(doing)?).doing(doing)?;
    staged.commit().doing(doing)?;
    Ok(FormatsAnswer { folder: to.clone(), letters })
}

struct TaggedLetter {
    piece: String,
    format: String,
    language: String,
    text: String,
}

fn of_seal(live: &Matter, sealed: &Sealed) -> Result<Vec<TaggedLetter>, Refusal> {
    let matter = sealed.matter(live)?;
    let mut unheard = Findings::default();
    let intake = Intake::open(&matter, &mut unheard)?;
    let fonts = letter_words::fonts(&matter, &mut unheard);
    let words = LetterWords::load(&matter)?;
    let counts = sealed.folder.statement.counts.clone();
    let writer = words.writer_counting(&matter.incident, &matter, counts.clone(), &fonts)?;
    let asks = |person: &Person| other_format(person).is_some() && !is_large_print(person);
    let (mut found, mut leaves) = (Vec::new(), HashMap::new());
    for addressed in intake.people(&matter, &writer)? {
        let Addressed { person, .. } = addressed.map_err(spool_stop)?;
        let piece = writer.reference(&person);
        if !asks(&person) {
            continue;
        }
        let Some((.., leaf)) = sealed.folder.find(&piece).map_err(seal_stop)? else { continue };
        let Ok((_, document)) = writer.document(&person) else { continue };
        let mut text = format!(
            "[FROM] {}\n[REFERENCE] {piece}\n[TO] {}\n",
            matter.incident.sender.name,
            person.full_name()
        );
        text.push_str(&crate::document::tagged_text(&document));
        leaves.insert(piece.clone(), leaf.digest);
        let (format, language) = (person.alt_format.clone(), document.lang.clone());
        found.push(TaggedLetter { piece, format, language, text });
    }
    let pieces: HashSet<String> = leaves.keys().cloned().collect();
    let composed = match pieces.is_empty() {
        true => HashMap::new(),
        false => compose_some(&matter, counts, &pieces)?,
    };
    for (piece, leaf) in &leaves {
        if composed.get(piece).is_none_or(|one| one.leaf != *leaf) {
            return Err(Refusal::refused(
                code!("seal.not_the_letter"),
                format!("`{piece}`, composed anew, is not the letter that was approved"),
                "use the program version that approved it",
            ));
        }
    }
    Ok(found)
}
