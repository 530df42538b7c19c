//! Every finding, as the catalogue has it.

use super::cell;
use crate::finding::catalogue;
use std::fmt::Write as _;

const INTRO: &str = "
## Findings

Every finding has a code and a weight. An *error* stops the command. A *held* row gets no letter
until it is repaired. A *question* is counsel's to answer, and until then the cautious default holds.
A *warning* wants a look; a *note* changes nothing. `findings.csv` lists those of the roster row by
row. `noticeworks explain CODE` prints one of these.

| code | weight | says | why it matters, what to do |
| --- | --- | --- | --- |
";

pub fn findings(out: &mut String) {
    out.push_str(INTRO);
    for code in catalogue::all() {
        let weights: Vec<_> = code.weights().iter().map(|weight| weight.name()).collect();
        let (weight, says, advice) = (weights.join(" or "), cell(code.says()), cell(code.advice()));
        let _ = writeln!(out, "| `{code}` | {weight} | {says} | {advice} |");
    }
}
