//! The rows that a withdrawal is about, found in the spools of all waves. A spool is read from end to
//! end and only the rows that are looked for are kept: a roster may have millions.

use crate::matter::open::Matter;
use crate::matter::people::intake::spool_stop;
use crate::matter::refusal::Refusal;
use crate::roster::{Spool, SpoolError, Standing, Who};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The records that were asked for, as the waves have them.
pub struct WithdrawnRows {
    /// By record, the covered entities of its rows.
    entities: BTreeMap<String, BTreeSet<String>>,
    /// By record and covered entity, the same person's other records.
    also: BTreeMap<(String, String), BTreeSet<String>>,
}

/// A row found.
struct Row {
    record: String,
    entity: String,
    who: Who,
}

impl WithdrawnRows {
    /// Looks for records in every wave that was checked.
    ///
    /// # Errors
    /// A spool that was altered or cannot be read.
    pub fn find(matters: &[Matter], wanted: &BTreeSet<&String>) -> Result<Self, Refusal> {
        let mut rows: Vec<Row> = Vec::new();
        each(matters, &mut |record, entity, who| {
            if wanted.contains(record) {
                rows.push(Row { record: record.clone(), entity: entity.clone(), who: who() });
            }
        })?;
        let mut by_key: HashMap<u64, Vec<usize>> = HashMap::new();
        let mut entities: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (at, row) in rows.iter().enumerate() {
            entities.entry(row.record.clone()).or_default().insert(row.entity.clone());
            for key in row.who.known_by().into_iter().chain(row.who.looks_for()) {
                by_key.entry(key).or_default().push(at);
            }
        }
        let mut also: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
        if !rows.is_empty() {
            each(matters, &mut |record, entity, who| {
                let who = who();
                let keys = who.known_by().into_iter().chain(who.looks_for());
                for at in keys.filter_map(|key| by_key.get(&key)).flatten() {
                    let row = &rows[*at];
                    let same = row.who.is(&who) || who.is(&row.who);
                    if same && row.entity == *entity && row.record != *record {
                        let of = (row.record.clone(), row.entity.clone());
                        also.entry(of).or_default().insert(record.clone());
                    }
                }
            })?;
        }
        Ok(Self { entities, also })
    }

    /// The covered entities of a record's rows; of one only if it is named.
    pub fn entities(&self, record: &str, named: Option<&String>) -> Vec<&String> {
        let all = self.entities.get(record).into_iter().flatten();
        all.filter(|entity| named.is_none_or(|named| named == *entity)).collect()
    }

    /// The other records under which the person of a record stands with a covered entity.
    pub fn also(&self, record: &str, entity: &str) -> Vec<String> {
        let of = (record.to_owned(), entity.to_owned());
        self.also.get(&of).into_iter().flatten().cloned().collect()
    }
}

/// Takes each row that is somebody: record, covered entity, and by what the person is known again.
type Take<'t> = dyn FnMut(&String, &String, &dyn Fn() -> Who) + 't;

fn each(matters: &[Matter], take: &mut Take<'_>) -> Result<(), Refusal> {
    for matter in matters {
        let spool = match Spool::open(&matter.folder, &matter.wave().id) {
            Err(SpoolError::Missing(_)) => continue,
            other => other.map_err(spool_stop)?,
        };
        let entities = spool.info().entities.clone();
        for person in spool.people().map_err(spool_stop)? {
            let person = person.map_err(spool_stop)?;
            let merged = matches!(person.standing, Standing::Merged(_));
            if !person.standing.is_somebody() && !merged {
                continue;
            }
            if let Some(entity) = person.entity.and_then(|at| entities.get(at.get())) {
                take(&person.record_id, entity, &|| Who::of(&person, entity));
            }
        }
    }
    Ok(())
}
