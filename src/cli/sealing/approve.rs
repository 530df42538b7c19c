//! `approve`: counsel's sign-off binds exact words to exact people.

use super::compose::{Sealer, emails};
use super::now::{file_digest, now};
use super::sealed::LAW;
use super::{Sealed, fence, ledger_stop, whereabouts};
use crate::approve::{Inputs, SealMaker, SigningKey, Statement, folder_name};
use crate::cli::args::ApproveArgs;
use crate::cli::exit::{Doing, Ending, Stop};
use crate::cli::images::Images;
use crate::cli::intake::Intake;
use crate::cli::matter::Matter;
use crate::cli::method::came_back;
use crate::cli::output::{print, print_json};
use crate::cli::press::{self, Words};
use crate::cli::products::{self, press};
use crate::cli::words::{count, long_date, thousands};
use crate::files;
use crate::finding::{Finding, Findings, Place, Severity};
use crate::ledger::{Approval, Ledger, SealRecord, SealState};
use crate::plan::{Outcome, Plan};
use crate::roster::spool_path;
use serde_json::json;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::path::Path;
use std::thread;

pub fn approve(args: &ApproveArgs) -> Result<Ending, Stop> {
    let (matter, mut findings) = Matter::open(&args.folder)?;
    let key = match &args.sign {
        Some(path) => Some(SigningKey::read(path).map_err(|error| {
            let remedy = "make one with `openssl genpkey -algorithm ed25519 -out key.pem`";
            Stop::one(code!("approve.key"), error.to_string(), remedy)
        })?),
        None => None,
    };
    if args.by.trim().is_empty() {
        return Err(Stop::one(code!("approve.nobody"), "`--by` is empty", "write name and role"));
    }
    let mut ledger = Ledger::open(&matter.folder).map_err(ledger_stop)?;
    let hold = fence::hold(&matter.folder, &mut ledger)?;

    let fonts = press::fonts(&matter, &mut findings);
    let images = Images::load(&matter, &mut findings);
    let mut intake = Intake::open(&matter, &mut findings)?;
    fresh(&matter, &intake)?;
    let (plan, planned) = matter.plan(&intake.cube, *matter.wave().mail_on);
    findings.extend(planned);
    let words = Words::load(&matter)?;
    let writer = words.writer(&matter, &plan, &fonts)?;
    intake.settle_again(&matter, &writer, &fonts)?;
    findings.extend(writer.coverage_of(&intake.kinds).findings);
    sound(findings, &plan)?;

    let seals = ledger.seals(&matter.wave().id).map_err(ledger_stop)?;
    let beside = beside(&matter, &ledger)?;
    let number = seals.last().map_or(1, |seal| seal.number + 1);
    let (mut statement, inputs) = now(&matter)?;
    statement.seal = number;
    statement.beside = beside.numbers.clone();
    statement.counts = press::counts(&plan);
    statement.came_back = came_back(&matter)?;
    let doing = || "write the seal".to_owned();
    let name = folder_name(&matter.wave().id, number);
    let maker = SealMaker::create(&matter.folder, &name).doing(doing)?;
    let sealer = Sealer { maker: &maker };
    let jobs = args.jobs.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from));
    let mut press = press(&matter, &writer, &fonts, &images, "", jobs);
    press.watch = Some(&sealer);
    let composed = products::print_but(&matter, &intake, &writer, &press, None, &beside.pieces)?;
    let held = composed.held.len() as u64;
    let mut list = |n: usize, list: &_| maker.batch(&format!("email-{n:04}"), list);
    let (messages, failed) = emails(&matter, &intake, &writer, &beside.pieces, &mut list)?;
    let reasons = reasons(&ledger, &matter.wave().id)?;
    settled(&intake, held, &reasons, &failed, args.accept_held)?;

    statement.letters = composed.letters;
    statement.emails = messages;
    statement.versions =
        composed.versions.iter().map(|(version, n)| (version.key.clone(), *n)).collect();
    statement.outcomes =
        Outcome::ALL.iter().map(|o| (o.label().to_owned(), rows(&intake, *o))).collect();
    statement.accepted_held = args.accept_held.unwrap_or(0);
    if statement.letters + statement.emails == 0 {
        return Err(Stop::refused(
            code!("approve.nothing"),
            "there is nobody to write to who is not under a seal already",
            "look at `noticeworks status`",
        ));
    }

    let standing = seals
        .iter()
        .rev()
        .find(|seal| seal.state != SealState::Replaced && !beside.numbers.contains(&seal.number));
    if let Some(seal) = standing {
        let like = Statement { seal: seal.number, ..statement.clone() };
        if maker.root(&like).doing(doing)? == seal.root {
            again(args, &matter, &mut ledger, seal, &like, key.as_ref())?;
            hold.remember(&ledger).map_err(fence::fenced)?;
            return Ok(Ending::Fine);
        }
    }

    // From here on anybody under the seal is found at once.
    whereabouts::index(&intake.spool)?;
    keep(&matter, &inputs, &maker, args.folder.law.as_deref())?;
    let root = maker.finish(&statement).doing(doing)?;
    let approval = approval(&args.by, &root_text(&matter, &name)?, key.as_ref());
    let state = match matter.incident.two_approvers {
        true => SealState::Waiting,
        false => SealState::Valid,
    };
    let replaced: Vec<i64> = seals
        .iter()
        .filter(|seal| !beside.numbers.contains(&seal.number))
        .map(|seal| seal.id)
        .collect();
    let decisions: Vec<_> = matter
        .incident
        .decisions
        .iter()
        .map(|d| json!({"question": d.question, "choice": d.choice, "by": d.by, "on": d.on}))
        .collect();
    let record = SealRecord {
        id: 0,
        wave: matter.wave().id.clone(),
        number,
        root: root.clone(),
        letters: statement.letters,
        emails: statement.emails,
        state,
        event: 0,
    };
    let about = json!({"outcomes": statement.outcomes, "decisions": decisions});
    ledger.record_seal(&record, &approval, &replaced, &about).map_err(ledger_stop)?;
    hold.remember(&ledger).map_err(fence::fenced)?;
    report(args, &matter, &record, &statement)?;
    Ok(Ending::Fine)
}

/// Refuses while the spool is not of the roster as it lies there.
fn fresh(matter: &Matter, intake: &Intake) -> Result<(), Stop> {
    let info = intake.spool.info();
    let roster = file_digest(&matter.folder.join(&matter.wave().roster))?;
    let why = if info.as_of != *matter.wave().mail_on {
        "the mail date changed after the roster was checked"
    } else if roster.as_deref() != Some(&info.roster_digest) {
        "the roster changed after it was checked"
    } else {
        return Ok(());
    };
    Err(Stop::refused(
        code!("approve.stale"),
        why,
        "run `noticeworks run` and review the result first",
    ))
}

/// Refuses while there are errors or questions that must be answered first.
fn sound(findings: Findings, plan: &Plan) -> Result<(), Stop> {
    let mut against = Findings::default();
    for question in plan.questions.iter().filter(|q| q.blocking && q.answer.is_none()) {
        let message = format!("`{}` must be answered first", question.id);
        let remedy = format!(
            "write a `[[decision]]` with `question = \"{}\"` and one of: {}",
            question.id,
            question.choices.join(", ")
        );
        against.push(
            Finding::new(code!("approve.question"), Severity::Error, message)
                .at(Place::file("incident.toml"))
                .remedy(remedy),
        );
    }
    if findings.has_errors() {
        against.extend(findings);
    }
    match against.has_errors() {
        true => Err(Stop::Refused(against)),
        false => Ok(()),
    }
}

/// Refuses while somebody is held whom nobody accepted to leave out.
fn settled(
    intake: &Intake,
    not_composed: u64,
    reasons: &BTreeMap<String, u64>,
    no_email: &[Finding],
    accepted: Option<u64>,
) -> Result<(), Stop> {
    let held = rows(intake, Outcome::Held) + not_composed;
    let mut against = Findings::default();
    if held != accepted.unwrap_or(0) {
        let mut rows = count(held, "row is held", "rows are held");
        if reasons.values().sum::<u64>() == held && held > 0 {
            let why: Vec<String> =
                reasons.iter().map(|(reason, n)| format!("{} `{reason}`", thousands(*n))).collect();
            rows = format!("{rows}: {}", why.join(", "));
        }
        let remedy = match held {
            0 => "leave `--accept-held` out".to_owned(),
            _ => format!(
                "repair them (`findings.csv` says how), or leave them out with `--accept-held {held}`"
            ),
        };
        against.push(Finding::new(code!("approve.held"), Severity::Error, rows).remedy(remedy));
    }
    for finding in no_email {
        against.push(Finding { severity: Severity::Error, ..finding.clone() });
    }
    if against.has_errors() { Err(Stop::Unsettled(against)) } else { Ok(()) }
}

/// Why rows are held, as last recorded.
fn reasons(ledger: &Ledger, wave: &str) -> Result<BTreeMap<String, u64>, Stop> {
    let mut reasons = BTreeMap::new();
    for (_, reason, _) in ledger.held(wave).map_err(ledger_stop)? {
        *reasons.entry(reason).or_default() += 1;
    }
    Ok(reasons)
}

fn rows(intake: &Intake, outcome: Outcome) -> u64 {
    intake.cube.rows.get(&outcome).copied().unwrap_or(0)
}

/// Seals that stay valid because something went out under them, and their pieces.
struct Beside {
    numbers: Vec<u32>,
    pieces: HashSet<String>,
}

fn beside(matter: &Matter, ledger: &Ledger) -> Result<Beside, Stop> {
    let mut beside = Beside { numbers: Vec::new(), pieces: HashSet::new() };
    for sealed in Sealed::all(matter, ledger)? {
        let went_out = !ledger.deliveries(sealed.record.id).map_err(ledger_stop)?.is_empty()
            || ledger.sent_under(&sealed.record).map_err(ledger_stop)?;
        if !went_out {
            continue;
        }
        // What went out cannot be approved anew: it must still be what was approved.
        super::standing::whole(matter, &sealed)?;
        beside.numbers.push(sealed.record.number);
        let lists: Vec<String> = sealed.folder.lists().map(str::to_owned).collect();
        for name in lists {
            let list = sealed.folder.list(&name).map_err(super::seal_stop)?;
            for leaf in list.leaves {
                let file = leaf.file;
                let piece = file.strip_suffix(".txt").or(file.strip_suffix(".eml"));
                beside.pieces.insert(piece.unwrap_or(&file).to_owned());
            }
        }
    }
    Ok(beside)
}

/// The same was approved before: another person's approval of what waits for it, or nothing new.
fn again(
    args: &ApproveArgs,
    matter: &Matter,
    ledger: &mut Ledger,
    seal: &SealRecord,
    statement: &Statement,
    key: Option<&SigningKey>,
) -> Result<(), Stop> {
    let by = args.by.trim();
    let approvals = ledger.approvals(&seal.root).map_err(ledger_stop)?;
    let known = approvals.iter().any(|known| known.by == by);
    if known && seal.state == SealState::Waiting {
        return Err(Stop::refused(
            code!("approve.twice"),
            "the same person approved already",
            "somebody else must approve: write their name after `--by`",
        ));
    }
    if !known {
        let name = folder_name(&seal.wave, seal.number);
        let approval = approval(by, &root_text(matter, &name)?, key);
        ledger.approve_too(seal, &approval, true).map_err(ledger_stop)?;
    }
    let record = SealRecord { state: SealState::Valid, ..seal.clone() };
    report(args, matter, &record, statement)
}

fn approval(by: &str, root: &[u8], key: Option<&SigningKey>) -> Approval {
    Approval { by: by.trim().to_owned(), signature: key.map(|key| key.sign(root)), at: None }
}

fn root_text(matter: &Matter, name: &str) -> Result<Vec<u8>, Stop> {
    let path = matter.folder.join("sealed").join(name).join("root.txt");
    std::fs::read(&path).doing(|| format!("read `{}`", path.display()))
}

/// The spool and the law folder, beside the other inputs. The spool is linked, not copied: a new
/// `check` writes another file and leaves this one alone.
fn keep(
    matter: &Matter,
    inputs: &Inputs,
    maker: &SealMaker,
    law: Option<&Path>,
) -> Result<(), Stop> {
    let doing = || "keep what the letters were made from".to_owned();
    let to = maker.inputs();
    inputs.copy(&matter.folder, &to).doing(doing)?;
    let wave = &matter.wave().id;
    let (from, target) = (spool_path(&matter.folder, wave), spool_path(&to, wave));
    files::make_dir(target.parent().unwrap_or(&to)).doing(doing)?;
    for extension in ["csv", "toml"] {
        let (from, target) = (from.with_extension(extension), target.with_extension(extension));
        if std::fs::hard_link(&from, &target).is_err() {
            std::fs::copy(&from, &target).doing(doing)?;
        }
    }
    if let Some(law) = law {
        files::make_dir(&to.join(LAW)).doing(doing)?;
        for entry in std::fs::read_dir(law).doing(doing)? {
            let path = entry.doing(doing)?.path();
            if let Some(name) = path.file_name().filter(|_| path.is_file()) {
                std::fs::copy(&path, to.join(LAW).join(name)).doing(doing)?;
            }
        }
    }
    Ok(())
}

fn report(
    args: &ApproveArgs,
    matter: &Matter,
    record: &SealRecord,
    statement: &Statement,
) -> Result<(), Stop> {
    let name = folder_name(&record.wave, record.number);
    if args.json {
        return print_json(&json!({
            "wave": record.wave, "seal": record.number, "root": record.root,
            "valid": record.state == SealState::Valid, "letters": record.letters,
            "emails": record.emails, "versions": statement.versions,
            "outcomes": statement.outcomes, "accepted_held": statement.accepted_held,
            "folder": format!("sealed/{name}"),
        }));
    }
    let mut text = String::new();
    let letters = count(record.letters, "letter", "letters");
    let emails = count(record.emails, "e-mail", "e-mails");
    let _ = writeln!(
        text,
        "Wave {} approved by {}: {letters} and {emails}, to be mailed {}\n",
        record.wave,
        args.by.trim(),
        long_date(statement.mail_on)
    );
    for (version, n) in &statement.versions {
        let _ = writeln!(text, "{:>11}  {version}", thousands(*n));
    }
    let _ = writeln!(
        text,
        "\nSealed: the words of every piece, incident.toml, {}the people in the spool, the templates, the forms, law pack {}, {}",
        if statement.inputs.iter().any(|i| i.name.starts_with("templates/")) {
            "the folder `templates`, "
        } else {
            ""
        },
        statement.law_pack.split(' ').next().unwrap_or_default(),
        statement.program
    );
    if statement.accepted_held > 0 {
        let held = count(statement.accepted_held, "held row", "held rows");
        let _ = writeln!(text, "Left out by the approver: {held}");
    }
    if args.sign.is_some() {
        text.push_str("Signed with the given key; `noticeworks status` shows whose it is\n");
    }
    let _ =
        writeln!(text, "\nRoot of the seal (SHA-256 of sealed/{name}/root.txt):\n{}", record.root);
    match record.state {
        SealState::Waiting => {
            text.push_str("\nA second person must approve: the same command with another `--by`\n")
        }
        _ => {
            let folder = matter.folder.display();
            let _ = writeln!(text, "\nNext: noticeworks letters {folder} --wave {}", record.wave);
        }
    }
    print(&text)
}
