//! What `verify` proves, and what each bundle of `export` holds.

use super::cell;
use crate::verify;
use std::fmt::Write as _;

const VERIFY: &str = "
## What `verify` proves

Another reader than the program's own writer opens `batch-*.pdf` and `manifest.csv` and holds them
against the spool and, for approved letters, against the seal and the ledger. It proves that

- each person who is to get a letter has exactly one, and no letter is for anybody else;
- in each letter name, address, reference, enrolment code and list of information are those of one and
  the same person, and the version is the one this person gets;
- nothing but name and address stands where the window of a #10 envelope can show it, and all of them
  show when the letter stands on the envelope's lower edge;
- the pages of each letter are all there, once, numbered in their order, with DRAFT on all or none;
- no page holds a name or code of another person of its file, and letters of one version, one list of
  information and one number of pages agree character by character but for what is each person's own;
- approved letters are those of the seal, in its order, and the files are those recorded as printed.

It does not prove that the roster is right or that the letters were posted. Names that run from right to
left are compared by their characters, not their order. A letter that is alone of its kind in its file
is compared with no other.

| fault | says | what to do |
| --- | --- | --- |
";

const EXPORT: &str = "
## What a bundle holds

| | regulator | client | counsel |
| --- | --- | --- | --- |
| page to read, timeline, procedure, digests, script | yes | yes | yes |
| figures | by residence and covered entity | of this covered entity | everything |
| people | none | its own, with what was sent | everybody |
| letters | each version, to a made-up person | its own versions, to a made-up person | all |
| filings | answers, letters, sample letters | those made for it alone | all, with notes |
| seals | root, statement, lists; they name nobody | the same; its own lines only where others are concerned | with what was sealed |
| who approved, open points, legal reasons, findings | no | no | yes |
| `privileged.toml` | no | no | no |

A bundle is a folder, or one file if the name ends in `.tar` or it is encrypted (`--recipient`,
`--passphrase-file`; the age format). The same record gives the same bytes. `sh verify.sh` in it checks
every file and every seal with `sha256sum` alone. A bundle that would hold a sentence of
`privileged.toml` is refused. `--jurisdiction CA` leaves figures, versions and filings of one state.
";

pub fn proof(out: &mut String) {
    out.push_str(VERIFY);
    for (code, remedy) in verify::CODES {
        let _ = writeln!(out, "| `{code}` | {} | {} |", cell(code.says()), cell(remedy));
    }
    out.push_str(EXPORT);
}
