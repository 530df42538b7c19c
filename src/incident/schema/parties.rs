//! Who is concerned: the sender, the covered entities, vendors.

use super::choices::*;
use super::{Ids, Key, Shape, Table, may, need};

const LINES: Shape = Shape::List(&Shape::Words);

pub(super) static SENDER: Table = Table {
    name: "sender",
    keys: &[
        need("name", Shape::Words, "\"Lakeshore Care Analytics, Inc.\"", "as in the letters"),
        need(
            "role",
            Shape::Choice(ROLE),
            "\"business_associate\"",
            "under HIPAA, 45 CFR 160.103, or the FTC rule, 16 CFR 318.2",
        ),
        need(
            "return_address",
            LINES,
            "[\"Return Mail Processing\", \"PO Box 5550\", \"Springfield, IL 62701\"]",
            "shows through the window; must not name a health service",
        ),
        need("phone", Shape::Phone, "\"1-800-555-0142\"", "toll-free, for questions"),
        may("phone_hours", Shape::Text, "\"8 a.m. to 8 p.m. Central Time\"", "with the time zone"),
        may("email", Shape::Address, "\"privacy@lakeshore.example\"", "for questions"),
        may("website", Shape::Url, "\"https://incident.lakeshore.example\"", "for questions"),
        may("address", LINES, "[\"200 Lake Street\", \"Springfield, IL 62701\"]", "for filings"),
        may("state", Shape::State, "\"IL\"", "where the head office is"),
        need(
            "signatory",
            Shape::Table(&SIGNATORY),
            "{ name = \"Dana Reyes\", title = \"Chief Privacy Officer\" }",
            "who signs",
        ),
        PUBLICLY_TRADED,
        PHR_OUTSIDE_HIPAA,
        CRITICAL_INFRASTRUCTURE,
        may("logo", Shape::Text, "\"logo.svg\"", "a file of the incident folder"),
        may("contact", Shape::Table(&CONTACT), CONTACT_EXAMPLE, "who files with regulators"),
    ],
};

const PUBLICLY_TRADED: Key = may(
    "publicly_traded",
    Shape::Flag,
    "false",
    "whether it, or its parent, reports to the Securities and Exchange Commission",
);

const PHR_OUTSIDE_HIPAA: Key = may(
    "phr_outside_hipaa",
    Shape::Flag,
    "false",
    "for a business associate: whether it also keeps personal health records for people outside \
     HIPAA, 16 CFR 318.2",
);

const CRITICAL_INFRASTRUCTURE: Key = may(
    "critical_infrastructure",
    Shape::Flag,
    "false",
    "whether it owns or runs critical infrastructure, as hospitals may",
);

static SIGNATORY: Table = Table {
    name: "sender.signatory",
    keys: &[
        need("name", Shape::Words, "\"Dana Reyes\"", "printed below the signature"),
        may("title", Shape::Text, "\"Chief Privacy Officer\"", "printed below the name"),
        may("image", Shape::Text, "\"signature.png\"", "a file of the incident folder"),
    ],
};

const CONTACT_EXAMPLE: &str = "{ name = \"Morgan Ellery\", phone = \"312-555-0119\" }";

static CONTACT: Table = Table {
    name: "contact",
    keys: &[
        may("name", Shape::Text, "\"Morgan Ellery\"", "a person whom regulators may ask"),
        may("title", Shape::Text, "\"Partner\"", "in filings"),
        may("phone", Shape::Phone, "\"312-555-0119\"", "in filings"),
        may("email", Shape::Address, "\"m.ellery@ellery-voss.example\"", "in filings"),
        may("firm", Shape::Text, "\"Ellery Voss LLP\"", "the person's firm"),
        may("relationship", Shape::Text, "\"outside counsel\"", "to the sender"),
        may("address", LINES, "[\"40 Example Plaza\", \"Chicago, IL 60601\"]", "in filings"),
    ],
};

/// Of a covered entity regulators get a person and how to reach them; who files is the sender's.
static ENTITY_CONTACT: Table = Table {
    name: "covered_entity.contact",
    keys: &[
        may("name", Shape::Text, "\"Jo Lindqvist\"", "a person whom regulators may ask"),
        may("title", Shape::Text, "\"Privacy Officer\"", "in filings"),
        may("phone", Shape::Phone, "\"207-555-0110\"", "in filings"),
        may("email", Shape::Address, "\"privacy@harbor.example\"", "in filings"),
    ],
};

pub(super) static ENTITY: Table = Table {
    name: "covered_entity",
    keys: &[
        need("id", Shape::Id(Ids::Entity), "\"harbor-health\"", "as in the roster's `entity`"),
        need("name", Shape::Words, "\"Harbor Health System\"", "as in the letters"),
        need(
            "kind",
            Shape::Choice(ENTITY_KIND),
            "\"healthcare_provider\"",
            "under HIPAA, 45 CFR 160.103, or the FTC rule, 16 CFR 318.2",
        ),
        may("subtype", Shape::Choice(SUBTYPE), "\"none\"", "brings further regulators"),
        may("address", LINES, "[\"1 Harbor Way\", \"Portland, ME 04101\"]", "for filings"),
        may("state", Shape::State, "\"ME\"", "where the head office is"),
        may("parent_company", Shape::Text, "\"\"", "some states' letters name it"),
        may("plan_sponsor", Shape::Text, "\"\"", "the plan, never the employer, is covered"),
        may(
            "licences",
            Shape::List(&Shape::Table(&LICENCE)),
            "[]",
            "licenses that bring a regulator, `[]` for none; `licenses` is read too",
        ),
        may(
            "government",
            Shape::Government,
            "\"none\"",
            "whose government it belongs to: a state's code, also for its counties, cities and \
             districts, `US`, or `none`",
        ),
        may(
            "part2_program",
            Shape::Flag,
            "false",
            "whether it is a substance use disorder program, 42 CFR 2.11",
        ),
        PUBLICLY_TRADED,
        may(
            "insurer_domicile",
            Shape::StateOrNone,
            "\"none\"",
            "for a health plan: where the insurer has its domicile, or `none` for who is no insurer",
        ),
        may(
            "insurer_states",
            Shape::List(&Shape::State),
            "[\"IL\"]",
            "for a health plan: the states that license the insurer",
        ),
        may(
            "medicaid_contracts",
            Shape::List(&Shape::State),
            "[\"IL\"]",
            "states with whose Medicaid agency it has a contract",
        ),
        may(
            "medicare_contracts",
            Shape::Flag,
            "false",
            "whether it has a contract with Medicare, as Medicare Advantage and Part D plans do",
        ),
        CRITICAL_INFRASTRUCTURE,
        may("home_page", Shape::Url, "\"https://harbor.example\"", "for substitute notice"),
        may("contact", Shape::Table(&ENTITY_CONTACT), CONTACT_EXAMPLE, "whom regulators may ask"),
        may("agency", Shape::Choice(AGENCY), "\"unknown\"", "whose discovery starts the clock"),
        may("told_on", Shape::Date, "2026-08-20", "first told by the business associate"),
        may(
            "list_received_on",
            Shape::Date,
            "2026-09-02",
            "had the list of its people, 45 CFR 164.410(c)(1); the plan tells it",
        ),
        may("knew_earlier_on", Shape::Date, "2026-08-11", "from press, patient or regulator"),
        may("wisp", Shape::Flag, "true", "keeps a written information security program"),
        may("small_business", Shape::Flag, "false", "by the state's own test"),
        may("prior_notices_12m", Shape::List(&Shape::Date), "[]", "breach notices of a year"),
        may(
            "encrypt_to",
            Shape::List(&Shape::Words),
            "[\"age1...\"]",
            "keys to which the list of its people is locked",
        ),
        may(
            "delegation",
            Shape::Table(&DELEGATION),
            "{ individual = \"sender\", hhs = \"self\" }",
            "who carries out each duty",
        ),
    ],
};

static LICENCE: Table = Table {
    name: "covered_entity.licences",
    keys: &[
        need("state", Shape::State, "\"CA\"", "whose license"),
        need("kind", Shape::Words, "\"cdph_1250\"", "an id of the law files"),
    ],
};

static DELEGATION: Table = Table {
    name: "covered_entity.delegation",
    keys: &[
        may("individual", Shape::Choice(DELEGATE), "\"sender\"", "letters"),
        may("hhs", Shape::Choice(DELEGATE), "\"self\"", "report to HHS"),
        may("state", Shape::Choice(DELEGATE), "\"sender\"", "state regulators"),
        may("media", Shape::Choice(DELEGATE), "\"sender\"", "media notice"),
        may("substitute", Shape::Choice(DELEGATE), "\"self\"", "substitute notice"),
        may("cra", Shape::Choice(DELEGATE), "\"sender\"", "consumer reporting agencies"),
        may(
            "agreed_on",
            Shape::Date,
            "2026-09-01",
            "when this was agreed: not after the letters; the plan tells it",
        ),
    ],
};

pub(super) static HHS_REPORT: Table = Table {
    name: "hhs_report",
    keys: &[need(
        "entities",
        Shape::List(&Shape::Ref(Ids::Entity)),
        "[\"harbor-health\"]",
        "covered entities reported together",
    )],
};

pub(super) static VENDOR: Table = Table {
    name: "vendor",
    keys: &[
        need("role", Shape::Choice(VENDOR_ROLE), "\"mail_house\"", "what they do"),
        need("name", Shape::Words, "\"Pine Street Mailing Example Co.\"", "who it is"),
        may("baa_on", Shape::Date, "2026-08-14", "business associate agreement signed"),
    ],
};
