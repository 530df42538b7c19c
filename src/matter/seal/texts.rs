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
use std::collections::BTreeMap;
use std::io;
use std::sync::Mutex;

/// A number for each letter of each batch, in print order.
pub type Sums = BTreeMap<String, Vec<u128>>;

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
    sum: &(dyn Fn(&str) -> Option<u128> + Sync),
    watcher: &dyn Watcher,
) -> Result<Option<Sums>, Refusal> {
    let matter = sealed.matter(live)?;
    let but = beside(live, sealed, ledger)?;
    let watch = Reader { sealed, sum, sums: Mutex::default() };
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

/// A letter that is not the sealed one.
#[derive(Debug, thiserror::Error)]
#[error("this program composes another letter than the sealed one")]
struct Other;

struct Reader<'r> {
    sealed: &'r Sealed,
    sum: &'r (dyn Fn(&str) -> Option<u128> + Sync),
    sums: Mutex<Sums>,
}

struct Reading<'r> {
    reader: &'r Reader<'r>,
    batch: String,
    leaves: Vec<String>,
    canon: Canon,
    sums: Vec<u128>,
}

impl Watch for Reader<'_> {
    fn batch(&self, number: usize) -> io::Result<Box<dyn BatchWatch + '_>> {
        let batch = format!("batch-{number:04}");
        let list = self.sealed.folder.list(&batch).unwrap_or_default();
        Ok(Box::new(Reading {
            reader: self,
            batch,
            leaves: list.leaves.into_iter().map(|leaf| leaf.digest).collect(),
            canon: Canon::default(),
            sums: Vec::new(),
        }))
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
        let sealed = self.leaves.get(self.sums.len());
        if sealed != Some(&hex(&leaf(text))) {
            return Err(io::Error::other(Other));
        }
        let sum = std::str::from_utf8(text).ok().and_then(self.reader.sum);
        self.sums.push(sum.ok_or_else(|| io::Error::other(Other))?);
        Ok(())
    }

    fn done(self: Box<Self>) -> io::Result<()> {
        if let Ok(mut sums) = self.reader.sums.lock() {
            sums.insert(self.batch, self.sums);
        }
        Ok(())
    }
}
