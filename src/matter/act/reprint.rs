//! One sealed letter printed again, as when it was lost in the mail.

use crate::files;
use crate::folder::LetterFiles;
use crate::ledger::Ledger;
use crate::matter::open::{Matter, Selection};
use crate::matter::products;
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::piece::compose_one;
use crate::matter::seal::{Sealed, ledger_stop, seal_stop, unaltered};
use std::path::PathBuf;

/// A reprint and the text that was sealed.
pub struct Reprint {
    pub pdf: PathBuf,
    pub text: PathBuf,
}

/// Prints one sealed letter again, by the reference on it.
///
/// # Errors
/// No such letter is sealed, or this program composes another; I/O.
pub fn reprint(selection: &Selection, piece: &str) -> Result<Reprint, Refusal> {
    let (matter, _) = Matter::open(selection)?;
    let ledger = Ledger::open(&matter.folder).map_err(ledger_stop)?;
    unaltered(&ledger)?;
    for sealed in Sealed::all(&matter, &ledger)? {
        let Some((_, _, leaf)) = sealed.folder.find(piece).map_err(seal_stop)? else { continue };
        let was = sealed.matter(&matter)?;
        let one = compose_one(&was, sealed.folder.statement.counts.clone(), piece)?;
        let Some(one) = one.filter(|one| one.leaf == leaf.digest) else {
            return Err(Refusal::refused(
                code!("seal.not_the_letter"),
                format!("`{piece}`, composed anew, is not the letter that was approved"),
                "use the program version that approved it",
            ));
        };
        let dir = LetterFiles(products::claim_again(&matter.out, piece, &one.text)?);
        let pdf = dir.pdf(piece);
        one.write(&pdf)?;
        // Its SHA-256 is the leaf: anybody can hold it against the seal's list.
        let text = dir.text(piece);
        files::write(&text, one.text.as_bytes()).doing(|| format!("write `{}`", text.display()))?;
        return Ok(Reprint { pdf, text });
    }
    Err(Refusal::one(
        code!("piece.unknown"),
        format!("no seal of wave `{}` has a letter `{piece}`", matter.wave().id),
        "write the reference as the letter prints it; `noticeworks trace` finds it by record id",
    ))
}
