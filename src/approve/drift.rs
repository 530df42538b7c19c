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
        let by_name = |inputs: &[Input]| -> BTreeMap<String, String> {
            inputs.iter().map(|i| (i.name.clone(), i.sha256.clone())).collect()
        };
        let (was, is) = (by_name(&sealed.inputs), by_name(&now.inputs));
        for (name, digest) in &was {
            match is.get(name) {
                None => changes.push(Change::Removed(name.clone())),
                Some(now) if now != digest => changes.push(Change::Changed(name.clone())),
                Some(_) => {}
            }
        }
        let added = is.keys().filter(|name| !was.contains_key(*name));
        changes.extend(added.cloned().map(Change::Added));
        // The order of a file's parts counts too.
        let order = |inputs: &[Input]| inputs.iter().map(|i| i.name.clone()).collect::<Vec<_>>();
        if changes.is_empty() && order(&sealed.inputs) != order(&now.inputs) {
            changes.push(Change::Changed(crate::incident::INCIDENT_FILE.to_owned()));
        }
        Self { changes }
    }

    pub fn is_none(&self) -> bool {
        self.changes.is_empty()
    }
}
