//! One record id, one person: finds the ids that stand for more.

use super::order::Identity;
use std::collections::HashSet;

/// The digests of record ids that stand for two people, or for one person of one covered entity
/// at two addresses. Sorts `identities`; 24 bytes a row.
pub fn shared_ids(mut identities: Vec<Identity>) -> HashSet<u64> {
    identities.sort_unstable();
    let mut shared = HashSet::new();
    for group in identities.chunk_by(|a, b| a.record_id == b.record_id) {
        let one_person = group.windows(2).all(|w| w[0].person == w[1].person);
        let one_place =
            group.windows(2).all(|w| w[0].entity != w[1].entity || w[0].place == w[1].place);
        if !one_person || !one_place {
            shared.insert(group[0].record_id);
        }
    }
    shared
}
