//! Which prohibited contents a required content brings with it.

use serde::Deserialize;
use std::{collections::BTreeMap, sync::LazyLock};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    contains: BTreeMap<String, Vec<String>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "part of the program; a test parses it")]
    toml::from_str(include_str!("../../templates/aliases.toml")).expect("templates/aliases.toml")
});

/// What a block contains besides when it satisfies this content: satisfying
/// `breach_description` contains `nature_of_breach`.
pub fn aliases_of(id: &str) -> &'static [String] {
    TABLE.contains.get(id).map_or(&[], Vec::as_slice)
}
