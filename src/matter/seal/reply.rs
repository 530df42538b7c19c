//! An approval by somebody elsewhere: what is sent to them, and what they send back. They need no
//! program of ours: the root is a text, and `openssl` signs it.

use crate::approve::{PublicKey, SealMaker, Statement};
use crate::files::{self, Scratch, hex};
use crate::folder::{OutFolder, SealFiles, book_in_request};
use crate::ledger::Approval;
use crate::matter::open::Matter;
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::signature;
use crate::tables::words::{count, long_date};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The file that an approver elsewhere fills in.
pub const REPLY: &str = "reply.toml";

/// What came back.
#[derive(Clone, Debug, Default)]
pub struct Reply {
    /// SHA-256 of the `root.txt` that was approved, hex.
    pub root: String,
    /// Name and role.
    pub by: String,
    /// The signature over `root.txt`, and the public key (PEM) that goes with it.
    pub signed: Option<(PathBuf, PathBuf)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    root: String,
    by: String,
}

impl Reply {
    /// Reads `reply.toml` as it came back.
    ///
    /// # Errors
    /// A file that says not who approves which root; I/O.
    pub fn read(file: &Path, signed: Option<(PathBuf, PathBuf)>) -> Result<Self, Refusal> {
        let text = std::fs::read_to_string(file).doing(|| format!("read `{}`", file.display()))?;
        let Ok(Written { root, by }) = toml::from_str(&text) else {
            return Err(Refusal::one(
                code!("approve.reply"),
                "the reply does not say who approves which root",
                "it has two lines, `root = \"...\"` as in the request and `by = \"name, role\"`",
            ));
        };
        Ok(Self { root, by, signed })
    }
}

/// Writes what somebody elsewhere needs into a new folder: the review book, the root, and how to
/// reply. Nothing in it but the book's sample letters shows what people will read; no person is
/// named.
///
/// # Errors
/// The folder is there already; I/O.
pub fn ask(
    matter: &Matter,
    maker: &SealMaker,
    statement: &Statement,
    to: &Path,
) -> Result<(), Refusal> {
    if to.exists() {
        return Err(Refusal::one(
            code!("approve.request_exists"),
            format!("`{}` is there already", to.display()),
            "name a new folder",
        ));
    }
    let doing = || format!("write into `{}`", to.display());
    let staged = files::Staged::create(to).doing(doing)?;
    let root = maker.root(statement).doing(doing)?;
    let put = |name: &str, text: &str| files::write(&staged.dir().join(name), text.as_bytes());
    put(SealFiles::ROOT, &maker.root_text(statement).doing(doing)?).doing(doing)?;
    put(REPLY, &format!("root = \"{root}\"\nby = \"\"\n")).doing(doing)?;
    put("REQUEST.txt", &words(matter, statement, &root)).doing(doing)?;
    let book = OutFolder(&matter.out).book();
    if book.exists() {
        std::fs::copy(&book, book_in_request(staged.dir())).doing(doing)?;
    }
    staged.commit().doing(doing)
}

fn words(matter: &Matter, statement: &Statement, root: &str) -> String {
    format!(
        "Approval asked for\n\n\
         {}: {}\n{} and {}, dated {}\n{} left out\n\n\
         review.html shows what people will read and why. root.txt binds these words to these\n\
         people; its SHA-256 is\n\n    {root}\n\n\
         To approve, write your name and role into reply.toml and send it back.\n\
         To sign as well, with an Ed25519 key of your own:\n\n    \
         openssl pkeyutl -sign -rawin -inkey key.pem -in root.txt -out root.sig\n    \
         openssl pkey -in key.pem -pubout -out key.pub.pem\n\n\
         and send root.sig and key.pub.pem with it, never key.pem. Nothing goes out without your reply.\n",
        matter.incident.sender.name,
        matter.incident.title,
        count(statement.letters, "letter", "letters"),
        count(statement.emails, "e-mail", "e-mails"),
        long_date(statement.mail_on),
        count(statement.accepted_held, "held row is", "held rows are"),
    )
}

/// Holds a reply against what would be sealed now; its signature, proved, as a ledger keeps it.
///
/// # Errors
/// Another root; a signature that does not hold; I/O.
pub fn proved(
    reply: &Reply,
    maker: &SealMaker,
    statement: &Statement,
) -> Result<Option<(String, String)>, Refusal> {
    let doing = || "check the reply".to_owned();
    if reply.root.trim() != maker.root(statement).doing(doing)? {
        return Err(Refusal::refused(
            code!("approve.other_root"),
            "the reply approves another root: something changed since it was asked for, or it is of another request",
            "ask for the approval again, and send the new request",
        ));
    }
    let Some((signature, key)) = &reply.signed else { return Ok(None) };
    let no = |why: &str| {
        Refusal::refused(
            code!("approve.reply_signature"),
            why.to_owned(),
            "ask for a signature over root.txt of the request and for the public key that goes with it",
        )
    };
    let pem = std::fs::read_to_string(key).doing(|| format!("read `{}`", key.display()))?;
    let key =
        PublicKey::from_pem(&pem).ok_or_else(|| no("the file of the key holds no public key"))?;
    let bytes = std::fs::read(signature).doing(|| format!("read `{}`", signature.display()))?;
    let signature = (key.record(), hex(&bytes));
    let scratch = Scratch::temporary().doing(doing)?;
    files::write(
        &scratch.file(SealFiles::ROOT),
        maker.root_text(statement).doing(doing)?.as_bytes(),
    )
    .doing(doing)?;
    let approval =
        [Approval { by: reply.by.clone(), signature: Some(signature.clone()), at: None }];
    signature::write(scratch.dir(), &approval).doing(doing)?;
    match signature::wrong(scratch.dir(), &approval).doing(doing)?.is_empty() {
        true => Ok(Some(signature)),
        false => Err(no("the signature does not hold for root.txt of this wave under this key")),
    }
}
