//! What `verify` proves, and what each bundle of `export` holds.

use crate::cli::reference::cell;
use crate::verify;
use std::fmt::Write as _;

const VERIFY: &str = "
## What `verify` proves

Another reader than the program's own writer opens `batch-*.pdf` and `manifest.csv` and holds them
against the spool and, for approved letters, against the seal and the ledger. Of the words it proves that

- each person who is to get a letter has exactly one, and no letter is for anybody else;
- in each letter name, address, reference, enrollment code and list of information are those of one and
  the same person, and the version is the one this person gets;
- nothing but name and address stands where the window of a #10 envelope can show it, and all of them
  show when the letter stands on the envelope's lower edge;
- the pages of each letter are all there, once, numbered in their order, with DRAFT on all or none;
- no page holds a name or code of another person of its file, and letters of one version, one list of
  information and one number of pages agree character by character but for what is each person's own;
- every run of words, in its face and size, and every picture is to the hundredth of a point where the
  sealed text has it, every rule to a few hundredths, and links lead where they led; in drafts, where
  incident.toml, templates and roster put it today. So a letter that is alone of its kind is proved too;
- approved letters are those of the seal, in its order, and the files are those recorded as printed;
- every approval that the ledger calls signed has its signature and public key beside the root, they are
  the recorded ones, the signature holds for the root, and there is no other.

Of the drawing it proves that

- each font in the file is cut from one of the fonts that letters are set with (the shipped ones and
  those of `[fonts] fallback`): under every character that a reader is told, its map of glyphs, its
  widths and its outlines, point by point, are those of the original for just that character;
- words given in place of glyphs (`ActualText`) are what the glyphs spell, and texts for pictures and
  links (`Alt`) are those of the templates;
- text is black, filled, upright, at least 7.5 points, within the page and not pushed apart; the one gray
  text is the DRAFT of a draft; nothing is clipped, transparent, colored, shaded, outlined or drawn by
  lines and curves; the only boxes are the three rules that letters draw; the only pictures are logo and
  signature, pixel for pixel;
- pages are US Letter, not turned, cropped or scaled, neither themselves nor through the tree of pages;
- the file holds no script, form, attachment, layer, note or further action, no name in its bookmarks,
  description or structure, nothing before its header, nothing after its end and no later change.

It does not prove that the roster is right or that the letters were posted. It does not prove in which
order a screen reader takes the parts of a page. Names that run from right to left are compared by their
characters, not their order. Where a seal is older than the program and this version sets its letters
otherwise, they are compared with the digests of the files and with one another, and `words` in the
answer is 0. The second writer's files (`--pdf-backend printpdf`) are not proved: they are not tagged and
draw in other ways. Drafts that are older than the last change in the folder are `verify.composed`.

| fault | says | what to do |
| --- | --- | --- |
";

const EXPORT: &str = "
## What a bundle holds

| | regulator | client | counsel |
| --- | --- | --- | --- |
| page to read, timeline, procedure, digests, script | yes | yes | yes |
| figures | by residence and covered entity: of this mailing, and of all | of this covered entity | everything |
| people | none | its own, with what was sent; those of earlier mailings beside their letter | everybody |
| letters | each version, to a made-up person | its own versions, to a made-up person | all |
| filings | answers, letters, sample letters; what each filing and amendment stated when it was filed | those made for it alone | all, with notes |
| seals | root, statement, lists; they name nobody | the same; its own lines only where others are concerned | with what was sealed |
| who approved, open points, legal reasons, findings | no | no | yes |
| `privileged.toml` | no | no | no |

A bundle is a folder, or one file if the name ends in `.tar` or it is encrypted (`--recipient`,
`--passphrase-file`; the age format). The same record gives the same bytes. `sh verify.sh` in it checks
every file and every seal with `sha256sum`, tells files that no list names, and checks signatures where
there is `openssl`. A bundle that would hold a sentence of
`privileged.toml` is refused. `--jurisdiction CA` leaves figures, versions and filings of one state.
";

pub fn proof(out: &mut String) {
    out.push_str(VERIFY);
    for (code, remedy) in verify::CODES {
        let _ = writeln!(out, "| `{code}` | {} | {} |", cell(code.says()), cell(remedy));
    }
    out.push_str(EXPORT);
}
