//! The slots that a form's field may ask for.

use crate::cli::reference::cell;
use crate::filings::{Slot, SlotKind};
use std::fmt::Write as _;

const SLOTS: &str = "
## Slots of forms

A field of a form file (`forms/*.toml`) names in `maps_to` the facts that answer it. A decision
answers one for every form: `[[decision]] question = \"filing.<slot>\"` (as it is where the name begins
with `filing.`). A figure cannot be decided; it is counted. `data_types.<element or group>` says whether
one kind of information is involved.

| slot | holds | what it says |
| --- | --- | --- |
";

pub fn slots(out: &mut String) {
    out.push_str(SLOTS);
    for slot in Slot::ALL {
        let holds = match slot.kind() {
            SlotKind::Ids(ids) => {
                ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ")
            }
            kind => kind.label().to_owned(),
        };
        let _ = writeln!(out, "| `{}` | {holds} | {} |", slot.name(), cell(slot.about()));
    }
}
