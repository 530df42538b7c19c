//! The words an incident file may choose from, kept as data beside this file.

use serde::Deserialize;
use std::sync::LazyLock;

/// A kind of information that law files and incident files may name.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownElement {
    pub id: String,
    /// What letters usually print.
    pub letter: String,
    pub kind: ElementKind,
    /// Whoever has it may be able to read the person's e-mail.
    #[serde(default)]
    pub opens_mailbox: bool,
}

/// How kinds of information group; [`ElementKind::Sensitive`] ones are printed as "health
/// information" unless counsel decides otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ElementKind {
    Contact,
    Identity,
    Government,
    Financial,
    Account,
    Health,
    Sensitive,
    Other,
}

/// Every kind of information, in the order of `elements.toml`.
pub fn known_elements() -> &'static [KnownElement] {
    &ELEMENTS.element
}

/// USPS codes of states, the District of Columbia and territories, in alphabetical order.
pub fn known_states() -> &'static [String] {
    &PLACES.states
}

/// Federal bodies of law beside the states', as law files call them.
pub fn known_federal_laws() -> &'static [String] {
    &PLACES.federal
}

/// Whether a word names a health service (an envelope must not).
pub(super) fn names_health_service(word: &str) -> bool {
    ENVELOPE.health_service.iter().any(|w| w.eq_ignore_ascii_case(word))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Elements {
    element: Vec<KnownElement>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Places {
    states: Vec<String>,
    federal: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope {
    health_service: Vec<String>,
}

static ELEMENTS: LazyLock<Elements> = LazyLock::new(|| shipped(include_str!("elements.toml")));
static PLACES: LazyLock<Places> = LazyLock::new(|| shipped(include_str!("places.toml")));
static ENVELOPE: LazyLock<Envelope> = LazyLock::new(|| shipped(include_str!("envelope.toml")));

#[expect(clippy::expect_used, reason = "data compiled into the program; read by every test")]
fn shipped<T: serde::de::DeserializeOwned>(text: &str) -> T {
    toml::from_str(text).expect("shipped vocabulary is well formed")
}
