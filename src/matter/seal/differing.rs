//! What an approved wave would say differently now: how many letters and e-mails, of which
//! versions, which words.

use crate::approve::{Canon, Drift, List, Word, changed_words, leaf};
use crate::files::hex;
use crate::finding::{Finding, Findings, Severity};
use crate::ledger::Ledger;
use crate::letters::{BatchWatch, Version, Watch};
use crate::matter::compose::with_writer::composing;
use crate::matter::open::Matter;
use crate::matter::products;
use crate::matter::refusal::Refusal;
use crate::matter::seal::leaves::emails;
use crate::matter::seal::piece::compose_some;
use crate::matter::seal::standing::short;
use crate::matter::seal::{Sealed, seal_stop};
use crate::matter::watcher::Watcher;
use crate::roster::Person;
use crate::tables::words::{count, thousands};
use crate::typeset::Laid;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io;
use std::sync::Mutex;

/// Versions of which one letter is composed as it was and as it is.
const COMPOSED: usize = 200;
/// Versions named in one finding, and passages shown.
const NAMED: usize = 6;
const SHOWN: usize = 8;

/// The drift as findings: each input; then which words, in how many letters of which versions.
pub fn tell(
    matter: &Matter,
    ledger: &Ledger,
    sealed: &Sealed,
    drift: &Drift,
    severity: Severity,
    watcher: &dyn Watcher,
) -> Findings {
    let mut findings = Findings::default();
    let seal = format!("{}-{}", sealed.record.wave, sealed.record.number);
    let undo = format!("undo it (`sealed/{seal}/inputs` has what was approved)");
    let remedy = match ledger.went_out(&sealed.record) {
        // What is out cannot be approved anew.
        Ok(true) => format!(
            "{undo} until the rest has been posted; letters that are out are corrected by `noticeworks wave --kind correction`, people who were not affected are taken out by `noticeworks withdraw`, and new people go into a wave of their own"
        ),
        _ => format!("{undo}, or approve anew"),
    };
    for change in &drift.changes {
        let message = format!(
            "{} {} after wave {} was approved",
            change.name(),
            change.verb(),
            matter.wave().id
        );
        let drifted = Finding::new(code!("seal.drifted"), severity, message);
        findings.push(drifted.remedy(remedy.clone()));
    }
    match compare(matter, sealed, watcher) {
        Ok(compared) => compared.tell(severity, &mut findings),
        // The folder cannot even be composed: that is said, and the seal is broken anyway.
        Err(Refusal::Configuration(more) | Refusal::Refused(more)) => findings.extend(more),
        Err(_) => {}
    }
    findings
}

/// In what a letter differs.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Differing {
    Words(Vec<Word>),
    /// The words are the same: what the spool says of the person is not.
    Record,
    /// Only places on the page.
    Places,
    /// Too many versions differ to look at each.
    Unseen,
}

/// Pieces of the seal against pieces composed now.
struct Compared {
    /// In what letters differ -> version as composed now -> how many.
    letters: BTreeMap<Differing, BTreeMap<String, u64>>,
    added: u64,
    gone: u64,
    emails: u64,
    emails_added: u64,
    emails_gone: u64,
}

impl Compared {
    fn tell(self, severity: Severity, findings: &mut Findings) {
        let mut groups: Vec<_> = self.letters.into_iter().collect();
        groups.sort_by_key(|(_, versions)| Reverse(versions.values().sum::<u64>()));
        for (how, versions) in groups {
            findings.push(Finding::new(code!("seal.words"), severity, differ(&how, versions)));
        }
        let (letter, email) = (("letter", "letters"), ("e-mail", "e-mails"));
        for (n, (one, many), what) in [
            (self.emails, email, "from the approved"),
            (self.added, letter, "not under the seal"),
            (self.gone, letter, "under the seal gone"),
            (self.emails_added, email, "not under the seal"),
            (self.emails_gone, email, "under the seal gone"),
        ] {
            if n == 0 {
                continue;
            }
            let (code, verb) = match what {
                "from the approved" if n == 1 => (code!("seal.words"), "differs "),
                "from the approved" => (code!("seal.words"), "differ "),
                _ => (code!("seal.letters"), ""),
            };
            let message = format!("{} {verb}{what}", count(n, one, many));
            findings.push(Finding::new(code, severity, message));
        }
    }
}

fn differ(how: &Differing, versions: BTreeMap<String, u64>) -> String {
    let total: u64 = versions.values().sum();
    let letters = count(total, "letter differs", "letters differ");
    let in_what = match how {
        Differing::Words(words) => {
            let mut shown: Vec<String> = words.iter().take(SHOWN).map(passage).collect();
            if words.len() > SHOWN {
                shown.push(format!("{} more passages", words.len() - SHOWN));
            }
            shown.join("; ")
        }
        Differing::Record => "what the spool says of the person".to_owned(),
        Differing::Places => "places on the page".to_owned(),
        Differing::Unseen => "not looked at word by word".to_owned(),
    };
    let mut versions: Vec<(String, u64)> = versions.into_iter().collect();
    if let [(version, _)] = versions.as_slice() {
        return format!("version `{version}`: {letters} from the approved: {in_what}");
    }
    versions.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut named: Vec<String> = versions
        .iter()
        .take(NAMED)
        .map(|(version, n)| format!("`{version}` {}", thousands(*n)))
        .collect();
    if versions.len() > NAMED {
        named.push(format!("{} more", versions.len() - NAMED));
    }
    let many = versions.len();
    format!("{letters} from the approved: {in_what}; {many} versions: {}", named.join(", "))
}

fn passage(word: &Word) -> String {
    match (word.was.as_str(), word.is.as_str()) {
        (was, "") => format!("\u{201c}{was}\u{201d} is gone"),
        ("", is) => format!("\u{201c}{is}\u{201d} is new"),
        (was, is) => format!("\u{201c}{was}\u{201d} is now \u{201c}{is}\u{201d}"),
    }
}

fn compare(matter: &Matter, sealed: &Sealed, watcher: &dyn Watcher) -> Result<Compared, Refusal> {
    composing(matter, None, &mut Findings::default(), |with| {
        let watch = Comparer { sealed: leaves(sealed, "batch-", ".txt")?, seen: Mutex::default() };
        let jobs = crate::crew::cores();
        let mut press = products::press(matter, with.writer, with.fonts, with.images, "", jobs);
        press.watch = Some(&watch);
        products::print(matter, with.intake, with.writer, &press, None, watcher)?;
        let seen = watch.seen.into_inner().unwrap_or_default();
        let gone = (watch.sealed.len() as u64).saturating_sub(seen.known);
        let letters = in_what(matter, with.counts.clone(), sealed, seen.changed)?;

        let approved = leaves(sealed, "email-", ".eml")?;
        let (mut emails_differ, mut known, mut emails_added) = (0, 0, 0);
        let mut each = |_: usize, list: &List| {
            for leaf in &list.leaves {
                match approved.get(&short(leaf.file.trim_end_matches(".eml"))) {
                    None => emails_added += 1,
                    Some(was) => {
                        known += 1;
                        emails_differ += u64::from(*was != short(&leaf.digest));
                    }
                }
            }
            Ok(())
        };
        emails(matter, with.intake, with.writer, &HashSet::new(), &mut each, watcher)?;
        let emails_gone = (approved.len() as u64).saturating_sub(known);
        let added = seen.added;
        Ok(Compared { letters, added, gone, emails: emails_differ, emails_added, emails_gone })
    })
}

/// One letter of each version, as it was approved and as it is.
fn in_what(
    matter: &Matter,
    counts: crate::letters::Counts,
    sealed: &Sealed,
    changed: BTreeMap<String, (u64, First)>,
) -> Result<BTreeMap<Differing, BTreeMap<String, u64>>, Refusal> {
    let mut groups: BTreeMap<Differing, BTreeMap<String, u64>> = BTreeMap::new();
    if changed.is_empty() {
        return Ok(groups);
    }
    let pieces: HashSet<String> =
        changed.values().take(COMPOSED).map(|(_, first)| first.piece.clone()).collect();
    let approved = sealed.folder.statement.counts.clone();
    let was = compose_some(&sealed.matter(matter)?, approved, &pieces)?;
    let is = compose_some(matter, counts, &pieces)?;
    for (version, (n, first)) in changed {
        let how = match was.get(&first.piece).zip(is.get(&first.piece)) {
            None => Differing::Unseen,
            Some((was, is)) => {
                let mut own = was.own.clone();
                own.extend(&is.own);
                let record = |text: &str| text.lines().nth(2).map(str::to_owned);
                match changed_words(&was.text, &is.text, &own) {
                    words if !words.is_empty() => Differing::Words(words),
                    _ if record(&was.text) != record(&is.text) => Differing::Record,
                    _ => Differing::Places,
                }
            }
        };
        *groups.entry(how).or_default().entry(version).or_default() += n;
    }
    Ok(groups)
}

/// Piece -> leaf, both shortened to 8 bytes.
fn leaves(sealed: &Sealed, lists: &str, ending: &str) -> Result<HashMap<u64, u64>, Refusal> {
    let mut leaves = HashMap::new();
    for name in sealed.folder.lists().filter(|name| name.starts_with(lists)) {
        for leaf in sealed.folder.list(name).map_err(seal_stop)?.leaves {
            let piece = leaf.file.strip_suffix(ending).unwrap_or(&leaf.file);
            leaves.insert(short(piece), short(&leaf.digest));
        }
    }
    Ok(leaves)
}

struct Comparer {
    sealed: HashMap<u64, u64>,
    seen: Mutex<Seen>,
}

/// The first letter of a version that differs, in print order.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct First {
    batch: usize,
    at: usize,
    piece: String,
}

#[derive(Default)]
struct Seen {
    /// Version -> how many, and the first of them.
    changed: BTreeMap<String, (u64, First)>,
    known: u64,
    added: u64,
}

struct Comparing<'c> {
    comparer: &'c Comparer,
    batch: usize,
    at: usize,
    canon: Canon,
    own: Seen,
}

impl Watch for Comparer {
    fn batch(&self, batch: usize) -> io::Result<Box<dyn BatchWatch + '_>> {
        let (canon, own) = (Canon::default(), Seen::default());
        Ok(Box::new(Comparing { comparer: self, batch, at: 0, canon, own }))
    }
}

impl BatchWatch for Comparing<'_> {
    fn letter(
        &mut self,
        piece: &str,
        person: &Person,
        version: &Version,
        laid: &Laid,
    ) -> io::Result<()> {
        self.at += 1;
        let Some(was) = self.comparer.sealed.get(&short(piece)) else {
            self.own.added += 1;
            return Ok(());
        };
        self.own.known += 1;
        let digest = leaf(self.canon.text(piece, person, &version.key, laid));
        if *was != short(&hex(&digest)) {
            let first = || First { batch: self.batch, at: self.at, piece: piece.to_owned() };
            self.own.changed.entry(version.key.clone()).or_insert_with(|| (0, first())).0 += 1;
        }
        Ok(())
    }

    fn done(self: Box<Self>) -> io::Result<()> {
        let Ok(mut all) = self.comparer.seen.lock() else { return Ok(()) };
        all.known += self.own.known;
        all.added += self.own.added;
        for (version, (n, first)) in self.own.changed {
            let known = all.changed.entry(version).or_insert_with(|| (0, first.clone()));
            known.0 += n;
            known.1 = first.min(known.1.clone());
        }
        Ok(())
    }
}
