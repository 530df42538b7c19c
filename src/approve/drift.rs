//! What has changed since a wave was sealed.

use super::{Input, Statement};
use std::collections::BTreeMap;

/// One difference between a sealed input and the folder's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Changed(String),
    Added(String),
    Removed(String),
}

/// The differences; none if the seal holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drift {
    pub changes: Vec<Change>,
}

impl Change {
    /// The input's name.
    pub fn name(&self) -> &str {
        match self {
            Change::Changed(name) | Change::Added(name) | Change::Removed(name) => name,
        }
    }

    /// What happened to it.
    pub fn verb(&self) -> &'static str {
        match self {
            Change::Changed(_) => "changed",
            Change::Added(_) => "was added",
            Change::Removed(_) => "was removed",
        }
    }
}

impl Drift {
    /// Compares inputs and makers; the spool is compared by who reads it.
    pub fn between(sealed: &Statement, now: &Statement) -> Self {
        let mut changes = Vec::new();
        for (name, was, is) in [
            ("the program", &sealed.program, &now.program),
            ("the law pack", &sealed.law_pack, &now.law_pack),
            ("the shipped templates, forms or fonts", &sealed.shipped, &now.shipped),
        ] {
            if was != is {
                changes.push(Change::Changed(name.to_owned()));
            }
        }
        // What somebody corrects in a roster shows in the people, who are compared one by one.
        let corrections = |change: &Change| change.name() == crate::roster::REPAIRS_FILE;
        let inputs = of_inputs(&sealed.inputs, &now.inputs);
        changes.extend(inputs.into_iter().filter(|change| !corrections(change)));
        Self { changes }
    }

    pub fn is_none(&self) -> bool {
        self.changes.is_empty()
    }
}

/// What differs between two lists of inputs. A part of incident.toml is known by its words, not by
/// its number: one more in front of it changes nothing about it.
fn of_inputs(sealed: &[Input], now: &[Input]) -> Vec<Change> {
    let mut families: BTreeMap<&str, (Vec<&Input>, Vec<&Input>)> = BTreeMap::new();
    for input in sealed {
        families.entry(family(&input.name)).or_default().0.push(input);
    }
    for input in now {
        families.entry(family(&input.name)).or_default().1.push(input);
    }
    let mut changes = Vec::new();
    for (was, is) in families.values() {
        let gone = without(was, is);
        let new = without(is, was);
        for n in 0..gone.len().max(new.len()) {
            changes.push(match (gone.get(n), new.get(n)) {
                (Some(was), Some(_)) => Change::Changed(was.name.clone()),
                (Some(was), None) => Change::Removed(was.name.clone()),
                (None, Some(is)) => Change::Added(is.name.clone()),
                (None, None) => break,
            });
        }
    }
    // The order of a file's parts counts too.
    let order = |inputs: &[Input]| inputs.iter().map(|i| i.sha256.clone()).collect::<Vec<_>>();
    if changes.is_empty() && order(sealed) != order(now) {
        changes.push(Change::Changed(crate::incident::INCIDENT_FILE.to_owned()));
    }
    changes
}

/// The heading of a part that may stand several times; every other input is a family of its own.
fn family(name: &str) -> &str {
    match name.rsplit_once(' ') {
        Some((heading, number)) if heading.ends_with("]]") && number.parse::<u32>().is_ok() => {
            heading
        }
        _ => name,
    }
}

/// The inputs that have no equal among the others.
fn without<'i>(these: &[&'i Input], others: &[&'i Input]) -> Vec<&'i Input> {
    let mut left: Vec<&str> = others.iter().map(|other| other.sha256.as_str()).collect();
    let mut without = Vec::new();
    for input in these {
        match left.iter().position(|digest| *digest == input.sha256) {
            Some(at) => drop(left.swap_remove(at)),
            None => without.push(*input),
        }
    }
    without
}
