//! Kinds of license that the law files ask about, and where each matters.

use crate::cli::reference::cell;
use crate::law::{Jurisdiction, LawPack, When};
use std::fmt::Write as _;

const INTRO: &str = "
## Kinds of license

What `kind` of `licences` may be, and in which jurisdictions a rule turns on it. A license counts only in the
state that it names. `licences = []` says that the organization holds none of them.

| id | is | matters in |
| --- | --- | --- |
";

pub fn licences(out: &mut String) {
    out.push_str(INTRO);
    let Ok(pack) = LawPack::embedded() else { return };
    for term in &pack.vocabulary().licences {
        let states: Vec<&str> =
            pack.jurisdictions().filter(|j| asks(j, &term.id)).map(|j| j.code.as_str()).collect();
        let _ = writeln!(out, "| `{}` | {} | {} |", term.id, cell(&term.label), states.join(", "));
    }
}

fn asks(jurisdiction: &Jurisdiction, licence: &str) -> bool {
    let j = jurisdiction;
    let whens = (j.statutes.iter().map(|r| &r.when))
        .chain(j.definitions.iter().map(|r| &r.when))
        .chain(j.hipaa.iter().map(|r| &r.when))
        .chain(j.duties.iter().map(|r| &r.when))
        .chain(j.contents.iter().map(|r| &r.when))
        .chain(j.protections.iter().map(|r| &r.when));
    whens.flat_map(When::walk).any(|when| when.licence.iter().any(|id| id == licence))
}
