//! What shows through an envelope's window must not name a health service.
//!
//! Text visible through a window cost one insurer about $17 million.

use super::Facts;
use crate::incident::node::Node;
use crate::incident::vocabulary::names_health_service;

pub(super) fn check(root: &Node<'_>, facts: &mut Facts<'_>) {
    let Some(sender) = root.table("sender") else { return };
    let lines = sender.texts("return_address");
    for (index, line) in lines.iter().enumerate() {
        let mut words = line.value.split(|c: char| !c.is_alphanumeric());
        let Some(word) = words.find(|word| names_health_service(word)) else { continue };
        let message = format!("the return address says `{word}`, which shows through the window");
        // A street or a city may be called so; a name need not be there.
        let place = line.value.starts_with(|c: char| c.is_ascii_digit())
            || (index > 0 && index + 1 == lines.len());
        if place {
            facts.warning(
                code!("incident.return_address_place"),
                &line.span,
                message,
                "leave it if that is the street or city; a PO box says less",
            );
        } else {
            facts.error(
                code!("incident.return_address_health"),
                &line.span,
                message,
                "write a name that says nothing of health, such as `Return Mail Processing`",
            );
        }
    }
}
