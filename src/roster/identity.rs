//! One record id, one person: finds the ids that stand for more.

use super::order::Identity;
use std::collections::HashSet;

/// The digests of record ids that stand for two people, or for one person of one covered entity
/// at two addresses. Sorts `identities`; 24 bytes a row.
pub fn shared_ids(mut identities: Vec<Identity>) -> HashSet<u64> {
    identities.sort_unstable();
    let mut shared = HashSet::new();
    let groups = identities.chunk_by(|a, b| a.record_id == b.record_id);
    for group in groups.filter(|group| group.len() > 1) {
        let one_person = group.windows(2).all(|w| w[0].person == w[1].person);
        // A row without an address names no second place.
        let homes = || group.iter().filter(|identity| identity.reachable);
        let one_place =
            homes().zip(homes().skip(1)).all(|(a, b)| a.entity != b.entity || a.place == b.place);
        let days: HashSet<u32> = group.iter().map(|i| i.born).filter(|born| *born != 0).collect();
        let torn = homes().count() < group.len() && days.len() > 1;
        if !one_person || !one_place || torn {
            shared.insert(group[0].record_id);
        }
    }
    shared
}
