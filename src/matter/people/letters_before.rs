//! The letters that earlier waves sent, for lists that show somebody's data as they are known now:
//! the letter that person got stands beside them.

use crate::ledger::{Ledger, What};
use crate::matter::open::Matter;
use crate::matter::refusal::Refusal;
use crate::matter::seal::standing::short;
use crate::matter::seal::{Sealed, earlier, ledger_stop, seal_stop};
use crate::notices::EarlierLetter;
use crate::roster::{Differs, Person};
use jiff::civil::Date;
use std::collections::HashMap;

/// Letters under the valid seals of waves before the one at hand.
#[derive(Default)]
pub struct LettersBefore {
    /// In the order of mailing.
    waves: Vec<SentLetters>,
}

/// One wave's letters, 8 bytes for a piece's reference.
struct SentLetters {
    wave: String,
    /// When each was posted, if that is recorded.
    pieces: HashMap<u64, Option<Date>>,
    /// When a letter came back.
    came_back: HashMap<u64, Date>,
}

impl LettersBefore {
    /// # Errors
    /// A seal that was altered; the ledger cannot be read.
    pub fn read(matter: &Matter) -> Result<Self, Refusal> {
        let incident = &matter.incident;
        let own = incident.wave_order(&matter.wave().id);
        let mut before: Vec<_> =
            incident.waves.iter().filter(|wave| incident.wave_order(&wave.id) < own).collect();
        before.sort_by_key(|wave| incident.wave_order(&wave.id));
        let ledger = match before.is_empty() {
            true => None,
            false => Ledger::look(&matter.folder).map_err(ledger_stop)?,
        };
        let Some(ledger) = ledger else { return Ok(Self::default()) };
        let mut waves = Vec::new();
        for wave in before {
            let mut sent = SentLetters {
                wave: wave.id.clone(),
                pieces: HashMap::new(),
                came_back: HashMap::new(),
            };
            for seal in earlier::of_wave(matter, &ledger, &wave.id)? {
                sent.take(&Sealed::open(matter, seal.record)?, &ledger)?;
            }
            waves.push(sent);
        }
        Ok(Self { waves })
    }

    /// Whether no earlier wave was approved.
    pub fn is_empty(&self) -> bool {
        self.waves.iter().all(|sent| sent.pieces.is_empty())
    }

    /// The last letter that earlier waves made for a person. `differs`: in what a later roster
    /// corrects it.
    pub fn of(
        &self,
        matter: &Matter,
        person: &Person,
        differs: Option<Differs>,
    ) -> Option<EarlierLetter> {
        let entity = &matter.incident[person.entity?].id;
        let records = [&person.record_id, &person.prior_record_id];
        let records = records.into_iter().filter(|record| !record.is_empty());
        self.waves.iter().rev().find_map(|sent| {
            records.clone().find_map(|record| {
                let reference = matter.piece_of(&sent.wave, record, entity, "mail");
                let posted = *sent.pieces.get(&short(&reference))?;
                let came_back = sent.came_back.get(&short(&reference)).copied();
                let (wave, differs) = (sent.wave.clone(), differs.unwrap_or_default());
                Some(EarlierLetter { wave, reference, posted, came_back, differs })
            })
        })
    }
}

impl SentLetters {
    /// Takes in what is under one seal and what is recorded of it.
    fn take(&mut self, sealed: &Sealed, ledger: &Ledger) -> Result<(), Refusal> {
        let deliveries = ledger.deliveries(sealed.record.id).map_err(ledger_stop)?;
        let lists: Vec<String> = sealed.folder.lists().map(str::to_owned).collect();
        for name in lists {
            // `batch-0001`; lists of e-mails have another name.
            let Some(batch) = name.strip_prefix("batch-") else { continue };
            let batch: Option<u32> = batch.parse().ok();
            let posted = deliveries.iter().find(|d| d.what == What::Posted && d.batch == batch);
            for leaf in sealed.folder.list(&name).map_err(seal_stop)?.leaves {
                let piece = leaf.file.rsplit_once('.').map_or(leaf.file.as_str(), |(p, _)| p);
                self.pieces.insert(short(piece), posted.map(|d| d.on));
            }
        }
        for delivery in deliveries.iter().filter(|d| d.what == What::Returned) {
            if let Some(piece) = &delivery.piece {
                self.came_back.insert(short(piece), delivery.on);
            }
        }
        Ok(())
    }
}
