//! The letters under a seal composed again, each proved to be the sealed one: what a reader of the
//! finished files compares them with.

use crate::approve::{Canon, leaf};
use crate::files::hex;
use crate::finding::Findings;
use crate::ledger::Ledger;
use crate::letters::{BatchWatch, Version, Watch};
use crate::matter::act::letters::beside;
use crate::matter::compose::with_writer::composing;
use crate::matter::open::Matter;
use crate::matter::products;
use crate::matter::refusal::Refusal;
use crate::matter::seal::Sealed;
use crate::matter::watcher::Watcher;
use crate::roster::Person;
use crate::typeset::Laid;
use crate::verify::{Adder, Shown};
use std::io;
use std::sync::Mutex;

/// What is made of a letter: of its canonical text and of its pages, with what is remembered of the
/// batch.
pub type Summing<'s> = &'s (dyn Fn(&mut Adder, &str, &Laid) -> Option<Shown> + Sync);

/// What `sum` makes of the sealed text of every letter; none if this program composes other letters
/// than the sealed ones, as another version may.
///
/// # Errors
/// Whatever stops composing.
pub fn texts(
    live: &Matter,
    sealed: &Sealed,
    ledger: &Ledger,
    jobs: usize,
    sum: Summing<'_>,
    watcher: &dyn Watcher,
) -> Result<Option<Vec<Shown>>, Refusal> {
    let matter = sealed.matter(live)?;
    let but = beside(live, sealed, ledger)?;
    let watch = Reader { sealed: Some(sealed), sum, sums: Mutex::default() };
    let counts = sealed.folder.statement.counts.clone();
    let printed = composing(&matter, Some(counts), &mut Findings::default(), |with| {
        let mut press = products::press(&matter, with.writer, with.fonts, with.images, "", jobs);
        press.watch = Some(&watch);
        products::print_but(&matter, with.intake, with.writer, &press, None, &but, watcher)
    });
    match printed {
        Err(Refusal::Io { error, .. }) if error.get_ref().is_some_and(|e| e.is::<Other>()) => {
            return Ok(None);
        }
        other => drop(other?),
    }
    let sums = watch.sums.into_inner().unwrap_or_default();
    Ok(Some(sums))
}

/// What `sum` makes of every draft as the folder composes it today.
///
/// # Errors
/// Whatever stops composing.
pub fn drafts(
    matter: &Matter,
    jobs: usize,
    sum: Summing<'_>,
    watcher: &dyn Watcher,
) -> Result<Vec<Shown>, Refusal> {
    let watch = Reader { sealed: None, sum, sums: Mutex::default() };
    composing(matter, None, &mut Findings::default(), |with| {
        let mut press = products::press(matter, with.writer, with.fonts, with.images, "", jobs);
        press.watch = Some(&watch);
        products::print(matter, with.intake, with.writer, &press, None, watcher)
    })?;
    Ok(watch.sums.into_inner().unwrap_or_default())
}

/// A letter that is not the sealed one.
#[derive(Debug, thiserror::Error)]
#[error("this program composes another letter than the sealed one")]
struct Other;

struct Reader<'r> {
    /// None for drafts, which agree with no leaf.
    sealed: Option<&'r Sealed>,
    sum: Summing<'r>,
    sums: Mutex<Vec<Shown>>,
}

struct Reading<'r> {
    reader: &'r Reader<'r>,
    leaves: Option<Vec<String>>,
    canon: Canon,
    adder: Adder,
    sums: Vec<Shown>,
}

impl Watch for Reader<'_> {
    fn batch(&self, number: usize) -> io::Result<Box<dyn BatchWatch + '_>> {
        let list = self
            .sealed
            .map(|sealed| sealed.folder.list(&format!("batch-{number:04}")).unwrap_or_default());
        let leaves = list.map(|list| list.leaves.into_iter().map(|leaf| leaf.digest).collect());
        let (canon, adder) = (Canon::default(), Adder::default());
        Ok(Box::new(Reading { reader: self, leaves, canon, adder, sums: Vec::new() }))
    }
}

impl BatchWatch for Reading<'_> {
    fn letter(
        &mut self,
        piece: &str,
        person: &Person,
        version: &Version,
        laid: &Laid,
    ) -> io::Result<()> {
        let text = self.canon.text(piece, person, &version.key, laid);
        if let Some(leaves) = &self.leaves
            && leaves.get(self.sums.len()) != Some(&hex(&leaf(text)))
        {
            return Err(io::Error::other(Other));
        }
        let text = std::str::from_utf8(text).ok();
        let sum = text.and_then(|text| (self.reader.sum)(&mut self.adder, text, laid));
        self.sums.push(sum.ok_or_else(|| io::Error::other(Other))?);
        Ok(())
    }

    fn done(self: Box<Self>) -> io::Result<()> {
        if let Ok(mut sums) = self.reader.sums.lock() {
            sums.extend(self.sums);
        }
        Ok(())
    }
}
