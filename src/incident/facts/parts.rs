//! The sender's part and the kinds of organizations it writes for: HIPAA and the FTC rule on
//! personal health records exclude one another (16 CFR 318.1(a)).

use super::Facts;
use crate::incident::node::Node;
use crate::incident::{EntityKind, Role};
use serde::de::DeserializeOwned;
use serde::de::value::{Error, StrDeserializer};

pub(super) fn check(root: &Node<'_>, facts: &mut Facts<'_>) {
    let Some(sender) = root.table("sender") else { return };
    let Some(role) = word::<Role>(sender.str("role")) else { return };
    for entity in root.tables("covered_entity") {
        let name = entity.str("kind");
        let Some(kind) = word::<EntityKind>(name) else { continue };
        if role.goes_with(kind) {
            continue;
        }
        let (rule, remedy) = if role.under_hipaa() {
            (
                "HIPAA does not bind",
                "write the sender's `role` as `phr_vendor`, `phr_related_entity` or \
                 `phr_service_provider`, or the organization's kind under HIPAA; put people under \
                 HIPAA and others into two incidents",
            )
        } else {
            (
                "the FTC rule leaves out",
                "write `kind = \"phr_vendor\"` or `phr_related_entity`, or the sender's `role` \
                 under HIPAA; put people under HIPAA and others into two incidents",
            )
        };
        facts.error(
            code!("incident.role_and_kind"),
            &entity.span_of("kind").unwrap_or_else(|| entity.span.clone()),
            format!("the sender is a `{}`, but {rule} a `{name}`", role.id()),
            remedy,
        );
    }
}

/// A choice as files write it; none if it is no known word, which is told elsewhere.
fn word<T: DeserializeOwned>(text: &str) -> Option<T> {
    T::deserialize(StrDeserializer::<Error>::new(text)).ok()
}
