//! `verify`: another reader opens the finished letters and proves them.

use super::args::{Folder, VerifyArgs};
use super::exit::{Doing, Ending, Stop};
use super::intake::spool_stop;
use super::matter::Matter;
use super::output::{print, print_json, tell_findings};
use super::products::{self, STAMP};
use super::progress;
use super::sealing::{Sealed, Sums, ledger_stop, texts};
use super::seals::{self, Seal};
use super::words::{count, thousands};
use crate::document::TemplateSet;
use crate::finding::{Finding, Findings, Place, Severity};
use crate::ledger::Ledger;
use crate::letters;
use crate::plan::Outcome;
use crate::roster::{RowSet, Spool};
use crate::verify::{
    self, Fault, Labels, Proof, Stamp, Task, Tongue, VerifyError, Wording, prove, sealed_sum,
};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::thread;

/// The language of incident.toml.
const OWN: &str = "en";

/// The answer, as `--json`.
#[derive(Serialize)]
struct Answer {
    wave: String,
    proved: bool,
    draft: bool,
    /// The seals proved against.
    seals: Vec<Proved>,
    people: u64,
    letters: u64,
    pages: u64,
    batches: u64,
    leaves: u64,
    codes: u64,
    compared: u64,
    /// Letters whose every word stands where the sealed text has it.
    words: u64,
    /// Files whose digest is the one recorded as printed.
    recorded: u64,
    counts: BTreeMap<&'static str, u64>,
    faults: Vec<Fault>,
}

#[derive(Serialize)]
struct Proved {
    seal: String,
    root: String,
    letters: u64,
    leaves: u64,
}

pub fn run(args: &VerifyArgs) -> Result<Ending, Stop> {
    let (live, _) = Matter::open(&args.folder)?;
    let ledger = Ledger::look(&live.folder).map_err(ledger_stop)?;
    let wave = live.wave().id.clone();
    let seals = match (args.draft, &ledger) {
        (false, Some(ledger)) => seals::of_wave(&live, ledger, &wave)?,
        _ => Vec::new(),
    };
    if seals.is_empty() && !args.draft {
        return Err(Stop::one(
            "verify.not_approved",
            format!("wave `{wave}` is not approved, so its letters are drafts"),
            "approve it first, or add --draft to verify the drafts",
        ));
    }
    let mut answer = Answer {
        wave: wave.clone(),
        proved: true,
        draft: args.draft,
        seals: Vec::new(),
        people: 0,
        letters: 0,
        pages: 0,
        batches: 0,
        leaves: 0,
        codes: 0,
        compared: 0,
        words: 0,
        recorded: 0,
        counts: BTreeMap::new(),
        faults: Vec::new(),
    };
    if args.draft {
        let folder = products::drafts_folder(&live)?;
        let (mailed, total) = mailed(ledger.as_ref(), &wave)?;
        let of = Of { seal: None, digests: BTreeMap::new(), sums: None, mailed, total };
        answer.add(folder, one(args, &live, folder, of)?);
    }
    for seal in &seals {
        let mut broken = Vec::new();
        let (matter, sealed) = sealed_matter(args, &live, seal, &mut broken)?;
        let sums = match (&sealed, &ledger) {
            (Some(sealed), Some(ledger)) => texts(&live, sealed, ledger, jobs(args), &sealed_sum)?,
            _ => None,
        };
        let folder = products::letters_folder(seal.record.number);
        let read =
            verify::Seal::open(&seal.dir).doing(|| format!("read the seal `{}`", seal.name()))?;
        if read.root != seal.record.root {
            broken.push(
                "the seal's root is not the one that the ledger recorded as approved".to_owned(),
            );
        }
        let digests = match &ledger {
            Some(ledger) => seal.printed(ledger)?,
            None => BTreeMap::new(),
        };
        answer.recorded += digests.len() as u64;
        let (root, total) = (read.root.clone(), read.count());
        let of = Of { seal: Some(read), digests, sums, mailed: RowSet::default(), total };
        let mut proof = one(args, &matter, &folder, of)?;
        for message in broken {
            proof.faults.push(Fault::new("verify.seal", message));
        }
        let (letters, leaves) = (proof.letters, proof.leaves);
        answer.seals.push(Proved { seal: seal.name(), root, letters, leaves });
        answer.add(&folder, proof);
    }
    if args.json {
        print_json(&answer)?;
    } else {
        tell_findings(&findings(&answer), false);
        print(&text(&answer))?;
    }
    Ok(if answer.proved { Ending::Fine } else { Ending::Findings })
}

impl Answer {
    /// Adds what was proved of one folder of letters.
    fn add(&mut self, folder: &str, proof: Proof) {
        self.proved &= proof.holds();
        self.people += proof.people;
        self.letters += proof.letters;
        self.pages += proof.pages;
        self.batches += proof.batches;
        self.leaves += proof.leaves;
        self.codes += proof.codes;
        self.compared += proof.compared;
        self.words += proof.words;
        for (code, many) in proof.faults.counts {
            *self.counts.entry(code).or_default() += many;
        }
        let placed =
            proof.faults.kept.into_iter().map(|fault| Fault { folder: folder.to_owned(), ..fault });
        self.faults.extend(placed);
    }
}

/// What one folder of letters is held against.
struct Of {
    seal: Option<verify::Seal>,
    digests: BTreeMap<String, String>,
    sums: Option<Sums>,
    mailed: RowSet,
    total: u64,
}

/// Proves one folder of letters.
fn one(args: &VerifyArgs, matter: &Matter, folder: &str, of: Of) -> Result<Proof, Stop> {
    let dir = matter.out.join(folder);
    if !dir.join("manifest.csv").is_file() {
        return Err(Stop::one(
            "verify.no_letters",
            format!("there are no letters in `{}`", dir.display()),
            "make them first: `noticeworks run` makes drafts, `noticeworks letters` finals",
        ));
    }
    let spool = Spool::open(&matter.folder, &matter.wave().id).map_err(spool_stop)?;
    spool.fits(&matter.incident).map_err(spool_stop)?;
    let task = Task {
        incident: &matter.incident,
        wave: matter.wave(),
        spool: &spool,
        letters: &dir,
        folder: &matter.folder,
        mailed: of.mailed,
        tongues: tongues(matter)?,
        own_language: OWN,
        lines: help_lines(matter)?,
        general: general(matter),
        stamp: if args.draft { Stamp::Present(STAMP) } else { Stamp::Absent(STAMP) },
        seal: of.seal,
        digests: of.digests,
        sums: of.sums,
        boilerplate: std::fs::read_to_string(matter.folder.join("incident.toml"))
            .doing(|| "read `incident.toml`".into())?,
        jobs: jobs(args),
    };
    let bar = progress::bar("letters", of.total);
    let proof = prove(&task, &|n| bar.inc(n)).map_err(|error| match error {
        VerifyError::Spool(error) => spool_stop(error),
        VerifyError::Io(error) => Stop::Io { what: "read the letters".into(), error },
    });
    bar.finish_and_clear();
    proof
}

fn jobs(args: &VerifyArgs) -> usize {
    args.jobs.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from))
}

/// What was approved is what the letters must agree with, whatever was edited since. A sealed copy
/// that was touched is a fault and is still read.
fn sealed_matter(
    args: &VerifyArgs,
    live: &Matter,
    seal: &Seal,
    broken: &mut Vec<String>,
) -> Result<(Matter, Option<Sealed>), Stop> {
    let opened = Sealed::open(live, seal.record.clone());
    match opened.and_then(|sealed| Ok((sealed.matter(live)?, Some(sealed)))) {
        Err(Stop::Refused(findings)) => {
            broken.extend(findings.iter().map(|finding| finding.message.clone()));
            let law = seal.inputs().join("law");
            let folder = Folder {
                incident: seal.inputs(),
                out: Some(live.out.clone()),
                wave: Some(seal.record.wave.clone()),
                law: law.is_dir().then_some(law).or_else(|| args.folder.law.clone()),
            };
            Ok((Matter::open(&folder)?.0, None))
        }
        other => other,
    }
}

/// The rows that are to get a letter, and how many.
fn mailed(ledger: Option<&Ledger>, wave: &str) -> Result<(RowSet, u64), Stop> {
    let (mut rows, mut many) = (RowSet::default(), 0);
    let mut add = |row, outcome: &str| {
        if Outcome::ALL.iter().any(|o| o.mails() && o.label() == outcome) {
            rows.insert(row);
            many += 1;
        }
    };
    if let Some(ledger) = ledger {
        ledger.each_outcome(wave, &mut add).map_err(ledger_stop)?;
    }
    Ok((rows, many))
}

/// Every language's small words, with what its templates tell of the list of data.
fn tongues(matter: &Matter) -> Result<BTreeMap<String, Tongue>, Stop> {
    let set = templates(matter)?;
    let wrong = |file: &str, error: String| {
        Stop::one("verify.words", format!("`{file}`: {error}"), "compare it with the shipped file")
    };
    let mut tongues = BTreeMap::new();
    for file in set.files() {
        let Some(code) = file.strip_suffix("/words.toml") else { continue };
        let Some((_, text)) = set.file(file) else { continue };
        let mut words = Wording::read(text).map_err(|error| wrong(file, error))?;
        if code != OWN {
            let file = format!("{code}/incident.toml");
            // Without the incident's own words nobody is written to in this language.
            let Some((_, text)) = set.file(&file) else { continue };
            words.translate(text).map_err(|error| wrong(&file, error))?;
        }
        let mut names_parts = false;
        for name in set.names().filter(|n| n.strip_prefix(code).is_some_and(|n| n.starts_with('/')))
        {
            let Some((_, template)) = set.source(name) else { continue };
            words.learn(template);
            names_parts |=
                ["person.first_name", "person.last_name"].iter().any(|n| template.contains(n));
        }
        let named = matter.incident.elements.iter().map(|e| match words.elements.get(&e.id) {
            Some(other) if code != OWN => other.clone(),
            _ => e.letter.clone(),
        });
        let named = named.chain([words.sensitive.clone()]);
        let labels = Labels::new(named, &[&words.and, &words.and_other]);
        tongues.insert(code.to_owned(), Tongue { words, labels, names_parts });
    }
    Ok(tongues)
}

/// Lines that offer help in other languages, as far as they are the same for every sender.
fn help_lines(matter: &Matter) -> Result<BTreeMap<String, String>, Stop> {
    #[derive(serde::Deserialize)]
    struct Line {
        line: String,
    }
    let set = templates(matter)?;
    let text = set.file("languages.toml").map_or("", |(_, text)| text);
    let lines: BTreeMap<String, Line> = toml::from_str(text).map_err(|error| {
        Stop::one(
            "verify.words",
            error.message().to_owned(),
            "compare languages.toml with the shipped one",
        )
    })?;
    let start = |line: &str| line.split('{').next().unwrap_or_default().trim().to_owned();
    let lines = lines.into_iter().map(|(code, line)| (code, start(&line.line)));
    Ok(lines.filter(|(_, line)| line.chars().count() > 4).collect())
}

fn templates(matter: &Matter) -> Result<TemplateSet, Stop> {
    let own = matter.folder.join("templates").join("letter");
    let own = own.is_dir().then_some(own);
    TemplateSet::load(letters::shipped(), own.as_deref()).map_err(Stop::Configuration)
}

/// Which data elements letters print in general words only.
fn general(matter: &Matter) -> Vec<bool> {
    let named = |d: &crate::incident::Decision| {
        d.question == "letter.sensitive_elements" && d.choice == "name"
    };
    let named = matter.incident.decisions.iter().any(named);
    let rules = matter.letter_rules();
    matter.incident.elements.iter().map(|e| !named && rules.is_sensitive(&e.id)).collect()
}

fn findings(answer: &Answer) -> Findings {
    let mut findings = Findings::default();
    for fault in &answer.faults {
        let mut message = String::new();
        if let Some(row) = fault.manifest_row {
            let _ = write!(message, "manifest row {row}: ");
        }
        message.push_str(&fault.message);
        let file = match (fault.batch.is_empty(), fault.page) {
            (true, _) => "manifest.csv".to_owned(),
            (false, Some(page)) => format!("{}.pdf page {page}", fault.batch),
            (false, None) => format!("{}.pdf", fault.batch),
        };
        let place = Place::file(format!("out/{}/{file}", fault.folder));
        let finding = Finding::new(fault.code, Severity::Error, message);
        findings.push(finding.at(place).remedy(fault.remedy));
    }
    findings
}

/// What was proved, in words that can stand in a declaration.
fn text(answer: &Answer) -> String {
    let mut text = String::new();
    let kind = if answer.draft { "drafts, not approved" } else { "approved letters" };
    let _ = writeln!(
        text,
        "Wave {}: {}\n\nRead: {}, {}, in {} ({kind})",
        answer.wave,
        if answer.proved { "proved" } else { "NOT proved" },
        count(answer.letters, "letter", "letters"),
        count(answer.pages, "page", "pages"),
        count(answer.batches, "file", "files"),
    );
    if !answer.proved {
        text.push_str("\nDo not mail these letters. What is wrong, and how often:\n\n");
        for (code, many) in &answer.counts {
            let _ = writeln!(text, "{:>11}  {code}", thousands(*many));
        }
        return text;
    }
    let mut say = |line: String| {
        let _ = writeln!(text, "  - {line}");
    };
    say(format!(
        "Each of the {} people who are to get a letter has exactly one; no letter is for anybody else.",
        thousands(answer.people)
    ));
    say("In each letter name, address, reference and list of information are those of one and the same person of the spool.".into());
    if answer.codes > 0 {
        let codes = count(answer.codes, "letter", "letters");
        say(format!("{codes} with an enrolment code: each has its own person's and no other."));
    }
    say("Nothing but name and address stands where the envelope's window can show it.".into());
    say("The pages of each letter are all there, once, and numbered in their order.".into());
    say("No page holds a name or code of another person of its file.".into());
    if answer.compared > 0 {
        let compared = thousands(answer.compared);
        say(format!(
            "{compared} letters were compared with others of their version: but for what is each person's own, not a character differs."
        ));
    }
    for Proved { seal, root, letters, leaves } in &answer.seals {
        let (letters, leaves) =
            (count(*letters, "letter is", "letters are"), count(*leaves, "leaf", "leaves"));
        say(format!(
            "{letters} the {leaves} of the seal `{seal}`, in its order; its root is {root}."
        ));
    }
    if answer.words > 0 {
        let words = count(answer.words, "letter", "letters");
        say(format!(
            "In {words} every word stands where it stood when it was approved: the texts are those whose SHA-256 the seal lists."
        ));
    }
    if answer.recorded > 0 {
        let files = count(answer.recorded, "file bears", "files bear");
        say(format!("{files} the digests recorded in the ledger when they were printed."));
    }
    text.push_str("\nThis proves what is in the files. It does not prove that the roster is right or that the letters were posted.\n");
    text
}
