//! What happened, when, to which information, and what counsel decided.

use super::choices::*;
use super::{Ids, Shape, Table, may, need};

const ELEMENT_REFS: Shape = Shape::List(&Shape::Ref(Ids::Element));

pub(super) static STRAND: Table = Table {
    name: "strand",
    keys: &[
        need("id", Shape::Id(Ids::Strand), "\"transfer-server\"", "as in the roster's `cohort`"),
        may(
            "windows",
            Shape::List(&Shape::Table(&WINDOW)),
            "[{ start = 2026-05-28, end = 2026-05-31, certainty = \"confirmed\" }]",
            "when the information was exposed",
        ),
        need("discovered", Shape::Date, "2026-07-30", "starts the federal clock"),
        may("discoveries", Shape::List(&Shape::Table(&DISCOVERY)), "[]", "further dates"),
        may("determined", Shape::Date, "2026-08-26", "when it was found to be a breach"),
        may("elements", ELEMENT_REFS, "[]", "when the roster has no column for them"),
        may(
            "elements_certainty",
            Shape::Choice(ELEMENTS_CERTAINTY),
            "\"confirmed\"",
            "was, or may have been, involved",
        ),
        may(
            "names_linked",
            Shape::Flag,
            "true",
            "whether the information stood beside names or could be linked to them",
        ),
        may("encrypted", Shape::Flag, "false", "by the standard of HHS guidance"),
        need("type", Shape::Choice(BREACH_TYPE), "\"hacking_it_incident\"", "as HHS asks"),
        may(
            "locations",
            Shape::List(&Shape::Choice(LOCATION)),
            "[\"network_server\"]",
            "as HHS asks",
        ),
        may(
            "risk_of_harm",
            Shape::Choice(RISK_OF_HARM),
            "\"not_excluded\"",
            "low probability needs a decision",
        ),
    ],
};

static WINDOW: Table = Table {
    name: "strand.windows",
    keys: &[
        need("start", Shape::Date, "2026-05-28", "first day"),
        need("end", Shape::Date, "2026-05-31", "last day"),
        may("certainty", Shape::Choice(WINDOW_CERTAINTY), "\"confirmed\"", "how sure"),
    ],
};

static DISCOVERY: Table = Table {
    name: "strand.discoveries",
    keys: &[
        need("on", Shape::Date, "2026-08-12", "when"),
        need("what", Shape::Words, "\"a second folder was found\"", "what was learned"),
    ],
};

pub(super) static BREACH: Table = Table {
    name: "breach",
    keys: &[
        need("what_happened", Shape::Words, "\"\"\"\nOn May 30, 2026 ...\n\"\"\"", "Markdown"),
        need("what_we_are_doing", Shape::Words, "\"\"\"\nWe closed ...\n\"\"\"", "Markdown"),
        may(
            "media_account",
            Shape::Text,
            "\"On May 30, 2026, Harbor Health ...\"",
            "`what_happened` in the third person, for the media",
        ),
        may(
            "media_response",
            Shape::Text,
            "\"Harbor Health closed ...\"",
            "`what_we_are_doing` in the third person, for the media",
        ),
        may("regulator_description", Shape::Text, "\"...\"", "for filings"),
        may("regulator_steps", Shape::Text, "\"...\"", "what was done since, for filings"),
        may(
            "safeguards_before",
            Shape::List(&Shape::Words),
            "[\"security_technical\"]",
            "options of the HHS form",
        ),
        may(
            "actions_taken",
            Shape::List(&Shape::Words),
            "[\"new_technical_safeguards\"]",
            "options of the HHS form",
        ),
        may("steps_planned", Shape::Text, "\"...\"", "for filings"),
        may("law_enforcement_notified", Shape::Flag, "true", "for filings"),
        may(
            "no_delay_asked",
            Shape::Flag,
            "false",
            "confirmed that law enforcement did not ask to wait: letters say so",
        ),
        may("delay_reason", Shape::Text, "\"\"", "for filings that come late"),
        may(
            "material_on",
            Shape::Date,
            "2026-09-01",
            "when a publicly traded organization determined that the incident is material to it",
        ),
    ],
};

pub(super) static WAVE: Table = Table {
    name: "wave",
    keys: &[
        need("id", Shape::Id(Ids::Wave), "\"w1\"", "names the wave"),
        may("kind", Shape::Choice(WAVE_KIND), "\"initial\"", "why these people, why now"),
        need(
            "roster",
            Shape::Files,
            "\"roster.csv\"",
            "a file of the incident folder, or a list of files for one mailing",
        ),
        need("mail_on", Shape::Date, "2026-09-18", "printed on the letters"),
        may(
            "what_was_wrong",
            Shape::Words,
            "\"That letter named the wrong hospital.\"",
            "needed for `kind = \"correction\"`: what the earlier letter had wrong; Markdown",
        ),
    ],
};

pub(super) static ESTIMATE: Table = Table {
    name: "estimate",
    keys: &[
        need("entity", Shape::Ref(Ids::Entity), "\"harbor-health\"", "whose patients"),
        need("jurisdiction", Shape::State, "\"TX\"", "where they reside"),
        need("count", Shape::Number { least: 0, most: 400_000_000 }, "1200", "people"),
        may("elements", ELEMENT_REFS, "[\"ssn\"]", "what was exposed"),
        may("basis", Shape::Text, "\"member file by ZIP\"", "how it was counted"),
        may("by", Shape::Text, "\"D. Reyes\"", "who counted"),
        may("as_of", Shape::Date, "2026-08-28", "when"),
    ],
};

pub(super) static HOLD: Table = Table {
    name: "law_enforcement_hold",
    keys: &[
        need("kind", Shape::Choice(HOLD_KIND), "\"written\"", "45 CFR 164.412"),
        may("agency", Shape::Text, "\"...\"", "who asked"),
        may("official", Shape::Text, "\"...\"", "the official who asked"),
        need("stated_on", Shape::Date, "2026-08-05", "when it was asked"),
        may("until", Shape::Date, "2026-09-01", "required when written"),
        may("ended_on", Shape::Date, "2026-08-20", "its last day, where it was ended early"),
        may("ended_by", Shape::Text, "\"...\"", "the official who ended it early"),
        need("jurisdictions", Shape::List(&Shape::Law), "[\"US-HIPAA\"]", "the laws it postpones"),
    ],
};

pub(super) static DUTY: Table = Table {
    name: "duty",
    keys: &[
        need("id", Shape::Id(Ids::Duty), "\"state-medicaid-contract\"", "names the duty"),
        need("to", Shape::Words, "\"State Medicaid agency\"", "who is told"),
        need("clock", Shape::Choice(CUSTOM_CLOCK), "\"discovery\"", "what starts it"),
        may("hours", Shape::Number { least: 1, most: 9999 }, "24", "one of three lengths"),
        may("days", Shape::Number { least: 1, most: 9999 }, "10", "one of three lengths"),
        may("business_days", Shape::Number { least: 1, most: 9999 }, "5", "one of three lengths"),
        need("source", Shape::Words, "\"contract s. 12.4\"", "where it stands"),
    ],
};

pub(super) static ELEMENT: Table = Table {
    name: "data_element",
    keys: &[
        need("id", Shape::Element, "\"ssn\"", "an id of the law files"),
        may(
            "roster",
            Shape::List(&Shape::Words),
            "[\"Social Security number\", \"SSN\"]",
            "how the roster names it",
        ),
        need("letter", Shape::Words, "\"Social Security number\"", "how letters name it"),
    ],
};

pub(super) static DECISION: Table = Table {
    name: "decision",
    keys: &[
        need("question", Shape::Words, "\"agency.harbor-health\"", "the id that `plan` prints"),
        need("choice", Shape::Words, "\"independent\"", "one of the choices printed with it"),
        need("by", Shape::Words, "\"A. Counsel\"", "who decided"),
        need("on", Shape::Date, "2026-09-01", "when; why stands in privileged.toml"),
    ],
};
