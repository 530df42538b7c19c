//! Choices for letters, mail, e-mail, rosters and identity protection.

use super::choices::*;
use super::{Ids, Shape, Table, may, need};
use crate::incident::shape::Key;

pub(super) static PROTECTION: Table = Table {
    name: "protection",
    keys: &[
        need("provider", Shape::Words, "\"Sentinel Example ID\"", "who watches"),
        need(
            "recipients",
            Shape::List(&Shape::Choice(PROTECTION_RECIPIENT)),
            "[\"adult\"]",
            "never an estate",
        ),
        need("months", Shape::Number { least: 1, most: 1200 }, "24", "how long"),
        may(
            "offered_for",
            Shape::List(&Shape::Ref(Ids::Element)),
            "[\"ssn\"]",
            "to people with any of these; empty: to everybody",
        ),
        may("description", Shape::Text, "\"credit monitoring\"", "what it does"),
        need("enroll_by", Shape::Date, "2027-01-31", "last day to enroll"),
        may("enroll_url", Shape::Url, "\"https://enroll.sentinel.example\"", "where"),
        may("phone", Shape::Phone, "\"1-800-555-0177\"", "where"),
        may("code_column", Shape::Words, "\"activation_code\"", "a column of the roster"),
        may("code_file", Shape::Words, "\"codes-adult.csv\"", "or a pool of codes"),
    ],
};

pub(super) static FILING: Table = Table {
    name: "filing",
    keys: &[
        may(
            "law_enforcement_agency",
            Shape::Text,
            "\"Springfield Police Department\"",
            "to whom the crime was reported",
        ),
        may("law_enforcement_report_number", Shape::Text, "\"26-004117\"", "the police's number"),
        may("law_enforcement_phone", Shape::Phone, "\"217-555-0108\"", "whom to ask there"),
        may(
            "attack_type",
            Shape::List(&Shape::Words),
            "[\"ransomware\"]",
            "options of the forms that ask",
        ),
        may("how_discovered", Shape::Text, "\"an employee saw the alert\"", "in a few words"),
        may("estimated_cost", Shape::Text, "\"$40,000\"", "of the incident, if a form asks"),
        may("doing_business_as", Shape::Text, "\"Elm Street Clinic\"", "the filer's trade name"),
        may("wisp_updated", Shape::Flag, "true", "the security program is being updated"),
        may("other_actions", Shape::Text, "\"...\"", "what `breach.actions_taken` has no word for"),
        may("person_responsible", Shape::Text, "\"a former contractor\"", "who did it, if known"),
        may(
            "encrypt_to",
            Shape::List(&Shape::Words),
            "[\"age1...\"]",
            "keys to which lists of names for regulators are locked",
        ),
    ],
};

pub(super) static LETTER: Table = Table {
    name: "letter",
    keys: &[
        may(
            "state_paragraphs",
            Shape::Choice(STATE_PARAGRAPHS),
            "\"all\"",
            "of all states, or the recipient's",
        ),
        may(
            "one_letter_per",
            Shape::Choice(ONE_LETTER_PER),
            "\"person_and_entity\"",
            "a letter names one covered entity; there is no other way",
        ),
        may(
            "duplex",
            Shape::Flag,
            "true",
            "printed on both sides: each letter ends on the back of a sheet",
        ),
        may(
            "say_when_told",
            Shape::Flag,
            "true",
            "letters say on which day the covered entity was told",
        ),
    ],
};

pub(super) static MAIL: Table = Table {
    name: "mail",
    keys: &[
        may(
            "mailer_id",
            Shape::Digits(&[6, 9]),
            "\"123456\"",
            "has no effect yet: letters carry no mail barcode",
        ),
        may(
            "letters_per_file",
            Shape::Number { least: 1, most: 9999 },
            "500",
            "letters in one file at the most; 1,000 unless written",
        ),
        may(
            "flat_from_sheets",
            Shape::Number { least: 2, most: 99 },
            "6",
            "letters of so many sheets are not folded but mailed as flats; 7 unless written",
        ),
        may(
            "paper_gsm",
            Shape::Number { least: 40, most: 400 },
            "75",
            "grams of a square meter of the paper; 90 (24 lb) unless written",
        ),
        may(
            "sheet_code",
            Shape::Table(&SHEET_CODE),
            "",
            "the code on each sheet's front; lengths in thousandths of an inch",
        ),
    ],
};

static SHEET_CODE: Table = Table {
    name: "mail.sheet_code",
    keys: &[
        may("print", Shape::Flag, "false", "whether there is one; true unless written"),
        may(
            "contents",
            Shape::List(&Shape::Choice(CODE_FIELDS)),
            "[\"piece\", \"sheet\", \"sheets\", \"file\", \"sequence\", \"check\"]",
            "what it says: 12, 2, 2, 5, 4 and 2 characters; all but `file` unless written",
        ),
        may(
            "size",
            Shape::Number { least: 250, most: 1_000 },
            "300",
            "its side; 250 unless written",
        ),
        may(
            "left",
            Shape::Number { least: 0, most: 8_500 },
            "7900",
            "from the page's left edge; 7750 unless written",
        ),
        may(
            "bottom",
            Shape::Number { least: 0, most: 11_000 },
            "5000",
            "from the page's lower edge; 250 unless written",
        ),
        may(
            "quiet",
            Shape::Number { least: 50, most: 1_000 },
            "100",
            "white on all sides, as the read head asks; 250 unless written",
        ),
    ],
};

pub(super) static EMAIL: Table = Table {
    name: "email",
    keys: &[
        may(
            "from",
            Shape::Mailbox,
            "\"Lakeshore Care Analytics <notice@lakeshore.example>\"",
            "who writes",
        ),
        may("mode", Shape::Choice(EMAIL_MODE), "\"with_mail\"", "beside or instead of a letter"),
        may(
            "breached_mailboxes",
            Shape::List(&Shape::Words),
            "[\"mail.harbor.example\"]",
            "domains or addresses that others may read since the breach: never written to",
        ),
        may(
            "smtp",
            Shape::Words,
            "\"smtp://mail.lakeshore.example:587\"",
            "the server that takes the mail; `smtps://` for TLS from the start",
        ),
        may("user", Shape::Words, "\"notices\"", "name for AUTH"),
        may("password_file", Shape::Words, "\"/etc/noticeworks/smtp\"", "its secret: a file"),
        may("password_variable", Shape::Words, "\"SMTP_PASSWORD\"", "or an environment variable"),
        may(
            "ca_file",
            Shape::Words,
            "\"relay-ca.pem\"",
            "certificates to trust beside the machine's",
        ),
        may("hello", Shape::Words, "\"office.lakeshore.example\"", "this machine's name in EHLO"),
        may(
            "bounces_to",
            Shape::Address,
            "\"bounces@lakeshore.example\"",
            "where undeliverable mail comes back; without it the sender's address",
        ),
        may("connections", Shape::Number { least: 1, most: 100 }, "4", "at the same time"),
        may("per_second", Shape::Number { least: 1, most: 100_000 }, "20", "messages in all"),
        may(
            "per_second_and_domain",
            Shape::Number { least: 1, most: 100_000 },
            "5",
            "messages to one domain",
        ),
        may("per_day", Shape::Number { least: 1, most: 100_000_000 }, "20000", "in any 24 hours"),
        may("stop_file", Shape::Words, "\"stop-email\"", "sending stops once it exists"),
        may(
            "dkim",
            Shape::List(&Shape::Table(&DKIM)),
            "[{ selector = \"n2026\", key_file = \"dkim.pem\" }]",
            "signatures put on when it is sent",
        ),
    ],
};

static DKIM: Table = Table {
    name: "email.dkim",
    keys: &[
        need("selector", Shape::Words, "\"n2026\"", "names the public key in the DNS"),
        need("key_file", Shape::Words, "\"dkim.pem\"", "Ed25519 or RSA, in PEM form"),
        may("domain", Shape::Words, "\"lakeshore.example\"", "without it the sender's"),
    ],
};

pub(super) static ROSTER: Table = Table {
    name: "roster",
    keys: &[
        may("columns", Shape::Map(COLUMNS), "{ zip = \"Postal Code\" }", "only what differs"),
        IGNORE,
        SHEET,
        HEADER_ROW,
        DELIMITER,
        ENCODING,
        DATES,
        MARK_WORDS,
        HIDDEN,
        may("file", Shape::Tables(&ROSTER_FILE), "", "what differs in one of several rosters"),
    ],
};

static ROSTER_FILE: Table = Table {
    name: "roster.file",
    keys: &[
        need("name", Shape::Words, "\"clinic-b.xlsx\"", "as in `roster` of the wave"),
        may("columns", Shape::Map(COLUMNS), "{ zip = \"Postal Code\" }", "only what differs"),
        IGNORE,
        SHEET,
        HEADER_ROW,
        DELIMITER,
        ENCODING,
        DATES,
        MARK_WORDS,
        HIDDEN,
    ],
};

const IGNORE: Key = may(
    "ignore",
    Shape::List(&Shape::Words),
    "[\"LAT\", \"LON\"]",
    "headings of columns that are not needed",
);
const SHEET: Key =
    may("sheet", Shape::Words, "\"Clinic A\"", "of a workbook, where the wave names none");
const HEADER_ROW: Key = may(
    "header_row",
    Shape::Number { least: 1, most: 1000 },
    "4",
    "the header's line, where it is not found",
);
const DELIMITER: Key = may("delimiter", Shape::Words, "\"^\"", "one character, or `tab`");
const ENCODING: Key =
    may("encoding", Shape::Choice(ENCODINGS), "\"cp850\"", "where it is not recognized");
const DATES: Key = may(
    "dates",
    Shape::Choice(DATE_ORDERS),
    "\"dmy\"",
    "month first or day first, in dates such as 04/05/2011",
);
const MARK_WORDS: Key = may(
    "marks",
    Shape::Table(&MARKS),
    "{ yes = [\"Hit\"], no = [\"Clear\"] }",
    "the roster's own words in columns that say what was exposed",
);
const HIDDEN: Key = may(
    "hidden_rows",
    Shape::Choice(HIDDEN_ROWS),
    "\"read\"",
    "the people of hidden or filtered rows and of hidden sheets belong to the roster",
);

static MARKS: Table = Table {
    name: "roster.marks",
    keys: &[
        may("yes", Shape::List(&Shape::Words), "[\"Hit\"]", "exposed"),
        may("no", Shape::List(&Shape::Words), "[\"Clear\"]", "not exposed"),
    ],
};

pub(super) static FONTS: Table = Table {
    name: "fonts",
    keys: &[may("fallback", Shape::List(&Shape::Words), "[]", "files, tried in order")],
};
