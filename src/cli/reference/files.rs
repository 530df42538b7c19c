//! The files of an incident folder.

use std::fmt::Write as _;

/// What `check`, `run` and the other commands that act write, with `*` for any name, and what each file is.
pub const FILES: &[(&str, &str)] = &[
    ("out/review/index.html", "the review book: read it first"),
    ("out/review/review.pdf", "the same for paper and for mail that holds HTML back"),
    (
        "out/letters/letter-*.pdf",
        "letters that are folded, in print order: destination, language, sheets a letter, number of the file; marked DRAFT until approved",
    ),
    ("out/letters/flat-*.pdf", "letters of too many sheets to be folded, named in the same way"),
    (
        "out/letters/manifest.csv",
        "a row for each letter: piece, record, file, page, version, lines",
    ),
    (
        "out/letters/mrdf.csv",
        "the run data: a row for each sheet, with the code that is printed on it",
    ),
    ("out/letters/SHA256SUMS", "digests of what the mail house gets, as `sha256sum -c` reads them"),
    ("out/letters/codes.csv", "which code for identity protection each letter carries"),
    ("out/filings/hhs/*.csv", "the year's log of breaches under 500"),
    ("out/filings/hhs/*.pdf", "the report to HHS as a sheet to copy from"),
    ("out/filings/hhs/*.html", "the same, to paste from"),
    ("out/filings/hhs/*.json", "the same, field by field"),
    ("out/filings/states/*.pdf", "a state filing, named for its duty"),
    ("out/filings/states/*.html", "the same, to paste from"),
    ("out/filings/states/*.json", "the same, field by field"),
    (
        "out/filings/states/*.csv.age",
        "names of residents, locked, where counsel decided to send them",
    ),
    ("out/filings/*.docx", "the letter that goes with a filing, for editing"),
    ("out/notices/*", "notices on web pages, in the media and to others, with their figures"),
    ("out/email/*.eml", "an e-mail for one person; none is sent"),
    ("out/findings.csv", "what is wrong with the roster, row by row, without the values"),
    ("out/findings.xlsx", "the same as a workbook, for the client to repair"),
    ("out/plan.json", "every duty and question, as `plan --json` prints them"),
    ("repairs.toml", "corrections of the roster that `repair` records; read with it"),
    ("withdrawn.toml", "people who were not affected after all; `withdraw` records them"),
    (
        "word/*.json",
        "what Word documents said when they went out; what comes back is compared with it",
    ),
    ("spool/*.given", "enrollment codes that people of other waves have; nobody else gets them"),
    ("spool/*.csv", "the cleaned people in print order; made anew by `check` and `run`"),
    ("spool/*.toml", "what the spool was made from"),
    ("spool/*.made-of", "a digest that says whether the spool is still what the roster would give"),
    ("spool/*.counts.json", "figures and digests from which filings are made again; names nobody"),
    ("spool/*.index", "where each record stands in the spool"),
    (
        "sealed/*/root.txt",
        "an approved wave: digests of what stands beside it; its own digest is the seal's root",
    ),
    (
        "sealed/*/approval-*.sig",
        "an approver's signature over `root.txt`; `approval-*.pem` is the public key",
    ),
    ("sealed/*/statement.json", "what was approved and what it was made from"),
    ("sealed/*/batches/*.txt", "the digest of every piece, in print order"),
    ("sealed/*/inputs/*", "copies of what the pieces were made from"),
    (
        "returned/*.csv",
        "what became of each line of a file that `returns import` or `codes activations` read, and new addresses",
    ),
    ("out/letters-draft/*", "drafts, where approved letters were printed before"),
    ("out/letters-again/*.pdf", "single letters printed again"),
    ("ledger.sqlite", "the outcome of every row, approvals, printing, mailing, filings; keep it"),
    (
        "ledger.secret",
        "32 random bytes under which records and pieces are numbered; keep it with the ledger",
    ),
    (
        "out/*/.noticeworks",
        "what the program wrote into the folder; one that holds anything else is not replaced",
    ),
    (
        "out/.noticeworks",
        "which single files beside it the program wrote; any other of that name is not replaced",
    ),
    ("work.lock", "held while a command writes, and says which"),
    ("ledger.lock", "held while a command approves, prints or records"),
    ("ledger.sqlite-*", "parts of the ledger while a command runs"),
];

const INTRO: &str = "
## Files

In the incident folder beside `incident.toml`, the roster, and, if you like, `privileged.toml` and
`templates/`. All of them are readable by you alone. `--out DIR` moves what stands under `out`.

| file | what it is |
| --- | --- |
";

pub fn files(out: &mut String) {
    out.push_str(INTRO);
    for (path, what) in FILES {
        let _ = writeln!(out, "| `{path}` | {what} |");
    }
}
