//! Which letters of the seals a file speaks of, and what is recorded of them.

use crate::ledger::{Ledger, What};
use crate::matter::open::Matter;
use crate::matter::refusal::Refusal;
use crate::matter::seal::{Sealed, ledger_stop, seal_stop};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap, HashSet};

/// A letter under a valid seal.
#[derive(Clone, Copy)]
pub struct Letter {
    /// Which of [`Known::seals`].
    pub seal: usize,
    pub batch: u32,
}

/// The letters that were asked for.
pub struct Known {
    pub seals: Vec<Sealed>,
    letters: HashMap<String, Letter>,
    /// By seal and batch.
    posted: BTreeMap<(usize, u32), Date>,
    /// What is recorded of single letters, in the order of recording.
    told: HashMap<String, Vec<(What, Date)>>,
}

impl Known {
    /// Finds letters by their references, reading every valid seal's lists once, proved.
    ///
    /// # Errors
    /// A seal that is not what was approved; the ledger cannot be read.
    pub fn of(matter: &Matter, ledger: &Ledger, wanted: &HashSet<&str>) -> Result<Self, Refusal> {
        let mut known = Self {
            seals: Vec::new(),
            letters: HashMap::new(),
            posted: BTreeMap::new(),
            told: HashMap::new(),
        };
        for record in ledger.all_seals().map_err(ledger_stop)? {
            if record.state != crate::ledger::SealState::Valid {
                continue;
            }
            let sealed = Sealed::open(matter, record)?;
            known.add(sealed, ledger, wanted)?;
        }
        Ok(known)
    }

    fn add(
        &mut self,
        sealed: Sealed,
        ledger: &Ledger,
        wanted: &HashSet<&str>,
    ) -> Result<(), Refusal> {
        let seal = self.seals.len();
        let lists: Vec<String> = sealed.folder.lists().map(str::to_owned).collect();
        for name in lists {
            let batch = name.strip_prefix("batch-").and_then(|number| number.parse().ok());
            let Some(batch) = batch else { continue };
            for leaf in sealed.folder.list(&name).map_err(seal_stop)?.leaves {
                let piece = leaf.file.strip_suffix(".txt").unwrap_or(&leaf.file);
                if wanted.contains(piece) {
                    self.letters.insert(piece.to_owned(), Letter { seal, batch });
                }
            }
        }
        for delivery in ledger.deliveries(sealed.record.id).map_err(ledger_stop)? {
            match (delivery.batch, delivery.piece) {
                (Some(batch), _) if delivery.what == What::Posted => {
                    self.posted.insert((seal, batch), delivery.on);
                }
                (_, Some(piece)) if wanted.contains(piece.as_str()) => {
                    self.told.entry(piece).or_default().push((delivery.what, delivery.on));
                }
                _ => {}
            }
        }
        self.seals.push(sealed);
        Ok(())
    }

    pub fn letter(&self, piece: &str) -> Option<Letter> {
        self.letters.get(piece).copied()
    }

    /// The day on which a letter's batch was posted, if that is recorded.
    pub fn posted(&self, letter: Letter) -> Option<Date> {
        self.posted.get(&(letter.seal, letter.batch)).copied()
    }

    /// Whether a letter came back before, as it would have come back on this day: not unless it was
    /// sent again meanwhile.
    pub fn came_back(&self, piece: &str, on: Date) -> bool {
        let Some(told) = self.told.get(piece) else { return false };
        let same = told.iter().any(|(what, day)| *what == What::Returned && *day == on);
        let last = told.iter().rfind(|(what, _)| *what != What::Posted);
        same || match last {
            Some((What::Remailed, day)) => on < *day,
            Some(_) => true,
            None => false,
        }
    }

    /// Remembers a line of the same file.
    pub fn returned(&mut self, piece: &str, on: Date) {
        self.told.entry(piece.to_owned()).or_default().push((What::Returned, on));
    }
}
