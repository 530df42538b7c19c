//! Rows of one person become one: which they are, and what the surviving row takes over.

use super::Member;
use crate::roster::note::RowNote;
use crate::roster::order::record_digest;
use crate::roster::problem;
use crate::roster::repairs::ordered;
use crate::roster::tables::fold;
use crate::roster::{AddressKind, Person, Recipient, Standing};
use std::collections::HashSet;

/// The same row again: equal in every cell, whatever its standing.
pub(super) fn identical(members: &mut [Member], notes: &mut Vec<RowNote>) {
    let mut original = 0;
    for index in 1..members.len() {
        if members[index].line != members[original].line {
            original = index;
        } else if may_be_told_apart(&members[index].person.standing) {
            let row = members[original].person.row;
            members[index].person.standing = Standing::Merged(row);
            members[index].changed = true;
            notes.push(members[index].note(&problem::DUPLICATE_IDENTICAL));
        }
    }
}

/// Whether the same row again is the same person once more: nobody's rows are counted as rows, who
/// was told before by the earlier wave, and a merged row is settled.
pub(super) fn may_be_told_apart(standing: &Standing) -> bool {
    match standing {
        Standing::Merged(_) => false,
        Standing::Excluded(code) => *code == problem::DECEASED_NO_ADDRESS.code,
        Standing::Ready | Standing::Held(_) | Standing::Substitute => true,
    }
}

/// The same person again, in other words.
pub(super) fn merge(members: &mut [Member], apart: &HashSet<(u64, u64)>, notes: &mut Vec<RowNote>) {
    let mut order: Vec<usize> = (0..members.len())
        .filter(|i| {
            let person = &members[*i].person;
            let open =
                matches!(person.address.kind, AddressKind::Ordinary | AddressKind::Institution);
            let wanting = !matches!(person.standing, Standing::Held(_));
            wanting && may_be_told_apart(&person.standing) && open
        })
        .collect();
    // The survivors' order: most complete first, then as they stand, which no roster order moves.
    order.sort_by_key(|i| std::cmp::Reverse(members[*i].completeness()));
    let mut clusters: Vec<Vec<usize>> = Vec::new();
    for index in order {
        let fitting: Vec<usize> = (0..clusters.len())
            .filter(|c| {
                clusters[*c].iter().all(|i| {
                    let (a, b) = (&members[*i].person, &members[index].person);
                    same(a, b) && !are_two(a, b, apart)
                })
            })
            .collect();
        match fitting.as_slice() {
            [one] => clusters[*one].push(index),
            // None, or one that may be either of two people.
            _ => clusters.push(vec![index]),
        }
    }
    for cluster in &clusters {
        if cluster.len() > 1 {
            merge_cluster(members, cluster, notes);
        }
    }
    for (a, one) in clusters.iter().enumerate() {
        let Person { entity, standing, .. } = &members[one[0]].person;
        if *standing != Standing::Ready {
            continue;
        }
        let likely = |other: &Person| {
            other.entity == *entity && !are_two(other, &members[one[0]].person, apart)
        };
        if clusters[..a].iter().any(|other| likely(&members[other[0]].person)) {
            notes.push(members[one[0]].note(&problem::DUPLICATE_LIKELY));
        }
    }
}

/// Whether a repair says that two records are two persons.
fn are_two(a: &Person, b: &Person, apart: &HashSet<(u64, u64)>) -> bool {
    !apart.is_empty()
        && apart.contains(&ordered(record_digest(&a.record_id), record_digest(&b.record_id)))
}

/// Whether two namesakes at one address are one person.
fn same(a: &Person, b: &Person) -> bool {
    let known = a.date_of_birth.is_some() && b.date_of_birth.is_some();
    let born_alike = known && a.date_of_birth == b.date_of_birth;
    let spelled_alike = a.first_name.to_lowercase() == b.first_name.to_lowercase()
        && a.last_name.to_lowercase() == b.last_name.to_lowercase();
    let (a_middle, b_middle) = (fold(&a.middle_name), fold(&b.middle_name));
    let middle = a_middle.is_empty()
        || b_middle.is_empty()
        || a_middle.starts_with(&b_middle)
        || b_middle.starts_with(&a_middle);
    let (a_suffix, b_suffix) = (fold(&a.suffix), fold(&b.suffix));
    let suffix =
        a_suffix == b_suffix || (born_alike && (a_suffix.is_empty() || b_suffix.is_empty()));
    let own_id = |p: &Person| p.record_id != format!("row-{}", p.row);
    let apart = own_id(a) && own_id(b) && a.record_id != b.record_id;
    let one_id = own_id(a) && a.record_id == b.record_id;
    // Without an address only the birth date or the record id says who is who.
    let reachable = a.standing == Standing::Ready && b.standing == Standing::Ready;
    (born_alike || if reachable { !apart } else { one_id })
        && a.entity == b.entity
        && a.strand == b.strand
        && a.population == b.population
        && (!known || born_alike)
        && (spelled_alike || born_alike)
        && middle
        && suffix
}

fn merge_cluster(members: &mut [Member], cluster: &[usize], notes: &mut Vec<RowNote>) {
    let survivor = cluster[0];
    let estate = |m: &Member| m.person.recipient == Recipient::Estate;
    let representative = |m: &Member| fold(&m.person.representative_name);
    let disagree = cluster.iter().any(|i| {
        let (one, other) = (&members[survivor], &members[*i]);
        let (a, b) = (representative(one), representative(other));
        estate(one) != estate(other)
            || one.person.jurisdiction != other.person.jurisdiction
            || (!a.is_empty() && !b.is_empty() && a != b)
    });
    if disagree {
        for index in cluster {
            members[*index].hold(&problem::DUPLICATE_CONFLICT);
            notes.push(members[*index].note(&problem::DUPLICATE_CONFLICT));
        }
        return;
    }
    let row = members[survivor].person.row;
    for index in &cluster[1..] {
        let other = members[*index].person.clone();
        members[*index].person.standing = Standing::Merged(row);
        members[*index].changed = true;
        notes.push(members[*index].note(&problem::DUPLICATE_MERGED));
        let kept = &mut members[survivor].person;
        kept.elements = kept.elements.union(other.elements);
        kept.supplemental |= other.supplemental;
        spell(&mut kept.first_name, &other.first_name);
        spell(&mut kept.middle_name, &other.middle_name);
        spell(&mut kept.last_name, &other.last_name);
        fill(&mut kept.activation_code, other.activation_code);
        fill(&mut kept.representative_name, other.representative_name);
        if kept.email.is_empty() && !other.email.is_empty() {
            kept.email = other.email;
            kept.email_consent = other.email_consent;
            kept.email_consent_on = other.email_consent_on;
        }
    }
    members[survivor].changed = true;
}

/// A name in capitals is written as another row spells it.
fn spell(kept: &mut String, other: &str) {
    let shouted = |name: &str| !name.chars().any(char::is_lowercase);
    if shouted(kept) && !shouted(other) && kept.to_lowercase() == other.to_lowercase() {
        other.clone_into(kept);
    }
}

fn fill(kept: &mut String, other: String) {
    if kept.is_empty() {
        *kept = other;
    }
}
