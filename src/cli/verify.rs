//! `verify`: another reader opens the finished letters and proves them.

use super::args::{Folder, VerifyArgs};
use super::exit::{Doing, Ending, Stop};
use super::intake::spool_stop;
use super::matter::Matter;
use super::output::{print, print_json, tell_findings};
use super::products::STAMP;
use super::words::{count, thousands};
use super::{progress, sealed};
use crate::document::TemplateSet;
use crate::finding::{Finding, Findings, Place, Severity};
use crate::ledger::Ledger;
use crate::letters;
use crate::plan::Outcome;
use crate::roster::{RowSet, Spool};
use crate::verify::{Fault, Labels, Proof, Seal, Stamp, Task, Tongue, VerifyError, Wording, prove};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::thread;

/// The language of incident.toml.
const OWN: &str = "en";

/// The answer, as `--json`.
#[derive(Serialize)]
struct Answer<'a> {
    wave: &'a str,
    proved: bool,
    draft: bool,
    /// Folder of the seal and its root.
    seal: Option<String>,
    root: Option<String>,
    people: u64,
    letters: u64,
    pages: u64,
    batches: u64,
    leaves: u64,
    codes: u64,
    compared: u64,
    /// Files whose digest is the one recorded as printed.
    recorded: u64,
    counts: &'a BTreeMap<&'static str, u64>,
    faults: &'a [Fault],
}

pub fn run(args: &VerifyArgs) -> Result<Ending, Stop> {
    let (outer, _) = Matter::open(&args.folder)?;
    let wave = outer.wave().id.clone();
    let standing = match args.draft {
        true => None,
        false => Some(sealed::latest(&outer.folder, &wave)?.ok_or_else(|| {
            Stop::one(
                "verify.not_approved",
                format!("wave `{wave}` is not approved, so its letters are drafts"),
                "approve it first, or add --draft to verify the drafts",
            )
        })?),
    };
    // What was approved is what the letters must agree with, whatever was edited since.
    let matter = match &standing {
        Some(seal) if seal.inputs().is_dir() => {
            let law = seal.inputs().join("law");
            let folder = Folder {
                incident: seal.inputs(),
                out: Some(outer.out.clone()),
                wave: Some(wave.clone()),
                law: law.is_dir().then_some(law).or_else(|| args.folder.law.clone()),
            };
            Matter::open(&folder)?.0
        }
        _ => outer,
    };
    let folder = &args.folder.incident;
    let dir = matter.out.join("letters");
    if !dir.join("manifest.csv").is_file() {
        return Err(Stop::one(
            "verify.no_letters",
            format!("there are no letters in `{}`", dir.display()),
            "make them first: `noticeworks run` makes drafts, `noticeworks letters` finals",
        ));
    }
    let spool = Spool::open(&matter.folder, &wave).map_err(spool_stop)?;
    spool.fits(&matter.incident).map_err(spool_stop)?;
    let reading = || "read `ledger.sqlite`".to_owned();
    let ledger = Ledger::look(folder).map_err(io::Error::other).doing(reading)?;
    let (mailed, to_mail) = mailed(ledger.as_ref(), &wave)?;
    let opened = standing.as_ref().map(|s| Seal::open(&s.dir));
    let seal = opened.transpose().doing(|| "read the seal".into())?;
    let digests = match (&standing, &ledger) {
        (Some(standing), Some(ledger)) => sealed::printed(ledger, standing)?,
        _ => BTreeMap::new(),
    };
    let recorded = digests.len() as u64;
    let root = seal.as_ref().map(|s| s.root.clone());
    let total = seal.as_ref().map_or(to_mail, Seal::count);
    let task = Task {
        incident: &matter.incident,
        wave: matter.wave(),
        spool: &spool,
        letters: &dir,
        folder: &matter.folder,
        mailed,
        tongues: tongues(&matter)?,
        own_language: OWN,
        lines: help_lines(&matter)?,
        general: general(&matter),
        stamp: if args.draft { Stamp::Present(STAMP) } else { Stamp::Absent(STAMP) },
        seal,
        digests,
        boilerplate: std::fs::read_to_string(matter.folder.join("incident.toml"))
            .doing(|| "read `incident.toml`".into())?,
        jobs: args.jobs.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from)),
    };
    let bar = progress::bar("letters", total);
    let mut proof = prove(&task, &|n| bar.inc(n)).map_err(|error| match error {
        VerifyError::Spool(error) => spool_stop(error),
        VerifyError::Io(error) => Stop::Io { what: "read the letters".into(), error },
    })?;
    bar.finish_and_clear();
    if let (Some(standing), Some(root)) = (&standing, &root)
        && let Some(ledger) = &ledger
        && sealed::approved_root(ledger, standing)?.is_none_or(|approved| approved != *root)
    {
        let message = "the seal's root is not the one that the ledger recorded as approved";
        proof.faults.push(Fault::new("verify.seal", message));
    }
    let answer = Answer {
        wave: &wave,
        proved: proof.holds(),
        draft: args.draft,
        seal: standing.as_ref().map(|s| s.name()),
        root,
        people: proof.people,
        letters: proof.letters,
        pages: proof.pages,
        batches: proof.batches,
        leaves: proof.leaves,
        codes: proof.codes,
        compared: proof.compared,
        recorded,
        counts: &proof.faults.counts,
        faults: &proof.faults.kept,
    };
    if args.json {
        print_json(&answer)?;
    } else {
        tell_findings(&findings(&proof), false);
        print(&text(&answer))?;
    }
    Ok(if proof.holds() { Ending::Fine } else { Ending::Findings })
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
        let read = ledger.each_outcome(wave, &mut add);
        read.map_err(io::Error::other).doing(|| "read `ledger.sqlite`".into())?;
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
        Stop::one("verify.words", error.message().to_owned(), "compare languages.toml with the shipped one")
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

fn findings(proof: &Proof) -> Findings {
    let mut findings = Findings::default();
    for fault in &proof.faults.kept {
        let mut message = String::new();
        if let Some(row) = fault.manifest_row {
            let _ = write!(message, "manifest row {row}: ");
        }
        message.push_str(&fault.message);
        let place = match (fault.batch.is_empty(), fault.page) {
            (true, _) => Place::file("out/letters/manifest.csv"),
            (false, Some(page)) => {
                Place::file(format!("out/letters/{}.pdf page {page}", fault.batch))
            }
            (false, None) => Place::file(format!("out/letters/{}.pdf", fault.batch)),
        };
        let finding = Finding::new(fault.code, Severity::Error, message);
        findings.push(finding.at(place).remedy(fault.remedy));
    }
    findings
}

/// What was proved, in words that can stand in a declaration.
fn text(answer: &Answer<'_>) -> String {
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
        for (code, many) in answer.counts {
            let _ = writeln!(text, "{:>11}  {code}", thousands(*many));
        }
        return text;
    }
    let letters = thousands(answer.letters);
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
    if let (Some(seal), Some(root)) = (&answer.seal, &answer.root) {
        let leaves = count(answer.leaves, "leaf", "leaves");
        say(format!(
            "The {letters} letters are the {leaves} of the seal `{seal}`, in its order; its root is {root}."
        ));
    }
    if answer.recorded > 0 {
        let files = count(answer.recorded, "file", "files");
        say(format!("{files} bear the digests recorded in the ledger when they were printed."));
    }
    text.push_str("\nThis proves what is in the files. It does not prove that the roster is right or that the letters were posted.\n");
    text
}
