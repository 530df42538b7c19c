//! `approve`: counsel's sign-off binds exact words to exact people.

use crate::approve::{SealMaker, SigningKey, Statement};
use crate::crew::cores;
use crate::finding::{Finding, Findings, Place, Severity};
use crate::folder::{IncidentFolder, SEALED, TEMPLATES, seal_name};
use crate::ledger::event::{About, Decided};
use crate::ledger::{Ledger, SealRecord, SealState};
use crate::matter::compose::images::Images;
use crate::matter::compose::letter_words;
use crate::matter::compose::letter_words::LetterWords;
use crate::matter::delay::held_today;
use crate::matter::open::{Matter, Selection};
use crate::matter::people::channel::came_back;
use crate::matter::people::given_codes;
use crate::matter::people::intake::Intake;
use crate::matter::products;
use crate::matter::products::{book_state, press};
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::approved::to_record;
use crate::matter::seal::kept_inputs::keep_inputs;
use crate::matter::seal::leaves::{Sealer, emails};
use crate::matter::seal::left::beside;
pub use crate::matter::seal::reply::Reply;
use crate::matter::seal::signature::{self, Signature};
use crate::matter::seal::statement_of_folder::{now, rosters_digest};
use crate::matter::seal::unknown;
use crate::matter::seal::{fence, ledger_stop, person_index, reply};
use crate::matter::watcher::Watcher;
use crate::matter::work;
use crate::plan::{Outcome, Plan};
use crate::tables::words::{count, thousands};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Who approves what.
#[derive(Clone, Debug, Default)]
pub struct ApproveRequest {
    pub selection: Selection,
    /// Name and role.
    pub by: String,
    /// So many held rows may be left out.
    pub accept_held: Option<u64>,
    /// The private key (PEM) that signs.
    pub sign: Option<PathBuf>,
    /// Approve nothing: write what somebody elsewhere needs to approve into this new folder.
    pub ask_in: Option<PathBuf>,
    /// What came back from somebody elsewhere; their name goes before `by`.
    pub reply: Option<Reply>,
    /// So many letters were seen by who approves; another number is refused.
    pub letters: Option<u64>,
    /// Batches composed at once; none: one for each processor core.
    pub jobs: Option<usize>,
}

/// The seal that was made, or that was approved by one more person.
#[derive(Debug, Serialize)]
pub struct ApproveAnswer {
    pub wave: String,
    pub seal: u32,
    /// SHA-256 of the seal's `root.txt`, hex.
    pub root: String,
    /// Not while a second person has to approve.
    pub valid: bool,
    pub letters: u64,
    pub emails: u64,
    pub versions: BTreeMap<String, u64>,
    pub outcomes: BTreeMap<String, u64>,
    pub accepted_held: u64,
    /// Within the incident folder.
    pub folder: String,
    /// The approver's signature, if there is one.
    pub signed: Option<Signature>,
    /// What the approver should know besides.
    #[serde(skip)]
    pub findings: Findings,
    #[serde(skip)]
    pub mail_on: Date,
    /// The incident's folder `templates` is under the seal.
    #[serde(skip)]
    pub own_templates: bool,
    #[serde(skip)]
    pub law_pack: String,
    #[serde(skip)]
    pub program: String,
}

/// What to do instead of approving once more what is approved.
const NOBODY_NEW: &str = "to correct letters that are out, `noticeworks wave --kind correction`; to send returned ones again, `noticeworks wave --kind remail`; new people go into a wave of their own; `noticeworks status` shows what is approved and posted";

/// Seals a wave, or adds one more approval to a seal that waits for it.
///
/// # Errors
/// Whatever stands against approving; I/O.
pub fn approve(args: &ApproveRequest, watcher: &dyn Watcher) -> Result<ApproveAnswer, Refusal> {
    let by = args.reply.as_ref().map_or(&args.by, |reply| &reply.by);
    let args = &ApproveRequest { by: by.clone(), ..args.clone() };
    let (matter, mut findings) = Matter::open(&args.selection)?;
    let _work = work::begin(&matter.folder, "approve")?;
    let key = args.sign.as_deref().map(signature::key).transpose()?;
    if args.by.trim().is_empty() && args.ask_in.is_none() {
        return Err(Refusal::one(
            code!("approve.nobody"),
            "`--by` is empty",
            "write name and role",
        ));
    }
    let mut ledger = Ledger::open(&matter.folder).map_err(ledger_stop)?;
    let hold = fence::hold(&matter, &mut ledger)?;
    unknown::refuse_unknown(&matter.folder, &ledger, hold.ledger())?;
    matter.keys.kept()?;

    let fonts = letter_words::fonts(&matter, &mut findings);
    let images = Images::load(&matter, &mut findings);
    let mut intake = Intake::open(&matter, &mut findings)?;
    fresh(&matter, &intake)?;
    let (plan, planned) = matter.plan(&intake.cube, *matter.wave().mail_on);
    findings.extend(planned);
    let words = LetterWords::load(&matter)?;
    let writer = words.writer(&matter, &plan, &fonts)?;
    intake.settle_again(&matter, &writer, &fonts)?;
    findings.extend(writer.coverage_of(&intake.kinds).findings);
    sound(findings, &plan)?;

    let seals = ledger.seals(&matter.wave().id).map_err(ledger_stop)?;
    let beside = beside(&matter, &ledger, watcher)?;
    let number = seals.last().map_or(1, |seal| seal.number + 1);
    let (mut statement, inputs) = now(&matter)?;
    statement.seal = number;
    statement.beside = beside.numbers.clone();
    statement.counts = plan.residents();
    statement.came_back = came_back(&matter)?;
    let doing = || "write the seal".to_owned();
    let name = seal_name(&matter.wave().id, number);
    let maker = SealMaker::create(&matter.folder, &name).doing(doing)?;
    let sealer = Sealer { maker: &maker };
    let jobs = args.jobs.unwrap_or_else(cores);
    let mut press = press(&matter, &writer, &fonts, &images, "", jobs);
    press.watch = Some(&sealer);
    let composed =
        products::print_but(&matter, &intake, &writer, &press, None, &beside.pieces, watcher)?;
    let held = composed.held.len() as u64;
    let mut list = |n: usize, list: &_| maker.batch(&format!("email-{n:04}"), list);
    let (messages, failed) = emails(&matter, &intake, &writer, &beside.pieces, &mut list, watcher)?;
    let reasons = reasons(&ledger, &matter.wave().id)?;
    settled(&intake, held, &reasons, &failed, args.accept_held)?;

    statement.letters = composed.letters;
    statement.emails = messages;
    statement.versions =
        composed.versions.iter().map(|(version, n)| (version.key.clone(), *n)).collect();
    statement.outcomes =
        Outcome::ALL.iter().map(|o| (o.label().to_owned(), rows(&intake, *o))).collect();
    statement.accepted_held = args.accept_held.unwrap_or(0);
    if args.letters.is_some_and(|seen| seen != statement.letters) {
        return Err(Refusal::refused(
            code!("approve.other_number"),
            format!(
                "{} would be approved, and another number was typed",
                count(statement.letters, "letter", "letters")
            ),
            "look at what would be approved once more, and type its number",
        ));
    }
    if statement.letters + statement.emails == 0 {
        return Err(Refusal::refused(
            code!("approve.nothing"),
            "there is nobody to write to who is not under a seal already",
            NOBODY_NEW,
        ));
    }

    let standing = seals
        .iter()
        .rev()
        .find(|seal| seal.state != SealState::Replaced && !beside.numbers.contains(&seal.number));
    let like = standing.map(|seal| Statement { seal: seal.number, ..statement.clone() });
    let root = like.as_ref().map(|like| maker.root(like)).transpose().doing(doing)?;
    let same = standing.filter(|seal| root.as_ref() == Some(&seal.root));
    let approved = like.filter(|_| same.is_some()).unwrap_or_else(|| statement.clone());
    if let Some(to) = &args.ask_in {
        reply::ask(&matter, &maker, &approved, to)?;
        let root = maker.root(&approved).doing(doing)?;
        let asked = to_record(&matter, &approved, root, SealState::Waiting);
        let folder = to.display().to_string();
        return Ok(ApproveAnswer { folder, ..answer(&asked, &approved, Findings::default()) });
    }
    let reply = args.reply.as_ref();
    let made = reply.map(|reply| reply::proved(reply, &maker, &approved)).transpose()?.flatten();
    if let Some(seal) = same {
        let record = again(args, &matter, &mut ledger, seal, key.as_ref(), made)?;
        book_state::restate(&matter, &ledger, &approved)?;
        hold.remember(&ledger).map_err(fence::fenced)?;
        let signed = signed(&ledger, &record, &args.by)?;
        let findings = held_today(&matter, &intake.cube);
        return Ok(ApproveAnswer { signed, ..answer(&record, &approved, findings) });
    }

    // From here on anybody under the seal is found at once.
    person_index::index(&intake.spool)?;
    keep_inputs(&matter, &inputs, &maker, args.selection.law.as_deref())?;
    unknown::begin(&matter.folder, &name, hold.ledger())?;
    let root = maker.finish(&statement).doing(doing)?;
    let dir = IncidentFolder(&matter.folder).seal(&name).0;
    let approval = signature::add(&dir, &[], args.by.trim(), key.as_ref(), made)?;
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
        .map(|d| Decided {
            question: d.question.clone(),
            choice: d.choice.clone(),
            by: d.by.clone(),
            on: *d.on,
        })
        .collect();
    let record = to_record(&matter, &statement, root, state);
    let about = About { outcomes: statement.outcomes.clone(), decisions };
    ledger.record_seal(&record, &approval, &replaced, about).map_err(ledger_stop)?;
    hold.remember(&ledger).map_err(fence::fenced)?;
    hold.remember_waves().map_err(fence::fenced)?;
    unknown::end(&matter.folder, &name);
    book_state::restate(&matter, &ledger, &statement)?;
    let signed = signed(&ledger, &record, &args.by)?;
    Ok(ApproveAnswer { signed, ..answer(&record, &statement, held_today(&matter, &intake.cube)) })
}

/// How the approver signed, as recorded.
fn signed(ledger: &Ledger, seal: &SealRecord, by: &str) -> Result<Option<Signature>, Refusal> {
    let approvals = ledger.approvals(&seal.root).map_err(ledger_stop)?;
    let own = approvals.iter().enumerate().find(|(_, approval)| approval.by == by.trim());
    Ok(own.and_then(|(at, approval)| signature::of(at + 1, approval)))
}

/// Refuses while the spool is not of the roster as it lies there.
fn fresh(matter: &Matter, intake: &Intake) -> Result<(), Refusal> {
    let info = intake.spool.info();
    let roster = rosters_digest(&matter.folder, matter.wave())?;
    let why = if info.as_of != *matter.wave().mail_on {
        "the mail date changed after the roster was checked"
    } else if roster.as_deref() != Some(&info.roster_digest) {
        "the roster changed after it was checked"
    } else if !given_codes::still(matter)? {
        "enrollment codes were given to people of another wave after the roster was checked"
    } else {
        return Ok(());
    };
    Err(Refusal::refused(
        code!("approve.stale"),
        why,
        "run `noticeworks run` and review the result first",
    ))
}

/// Refuses while there are errors or questions that must be answered first.
fn sound(findings: Findings, plan: &Plan) -> Result<(), Refusal> {
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
        true => Err(Refusal::Refused(against)),
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
) -> Result<(), Refusal> {
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
    if against.has_errors() { Err(Refusal::Unsettled(against)) } else { Ok(()) }
}

/// Why rows are held, as last recorded.
fn reasons(ledger: &Ledger, wave: &str) -> Result<BTreeMap<String, u64>, Refusal> {
    let mut reasons = BTreeMap::new();
    for (_, reason, _) in ledger.held(wave).map_err(ledger_stop)? {
        *reasons.entry(reason).or_default() += 1;
    }
    Ok(reasons)
}

fn rows(intake: &Intake, outcome: Outcome) -> u64 {
    intake.cube.rows.get(&outcome).copied().unwrap_or(0)
}

/// The same was approved before: another person's approval of what waits for it, or nothing new.
fn again(
    args: &ApproveRequest,
    matter: &Matter,
    ledger: &mut Ledger,
    seal: &SealRecord,
    key: Option<&SigningKey>,
    made: Option<(String, String)>,
) -> Result<SealRecord, Refusal> {
    let by = args.by.trim();
    let approvals = ledger.approvals(&seal.root).map_err(ledger_stop)?;
    let known = approvals.iter().find(|known| known.by == by);
    let signs =
        (key.is_some() || made.is_some()) && known.is_some_and(|known| known.signature.is_none());
    let dir = signature::seal_dir(&matter.folder, seal);
    let record = match known {
        Some(_) if seal.state == SealState::Waiting && !signs => {
            return Err(Refusal::refused(
                code!("approve.twice"),
                "the same person approved already",
                "somebody else must approve: write their name after `--by`",
            ));
        }
        Some(_) if !signs => {
            // Files of signatures that are gone from the seal come back from the ledger.
            signature::write(&dir, &approvals)
                .doing(|| format!("write into `{}`", dir.display()))?;
            return Ok(seal.clone());
        }
        // A second person makes it valid; whoever only signs changes nothing else.
        Some(_) => seal.clone(),
        None => SealRecord { state: SealState::Valid, ..seal.clone() },
    };
    let approval = signature::add(&dir, &approvals, by, key, made)?;
    ledger.approve_too(seal, &approval, record.state).map_err(ledger_stop)?;
    Ok(record)
}

fn answer(record: &SealRecord, statement: &Statement, findings: Findings) -> ApproveAnswer {
    ApproveAnswer {
        findings,
        wave: record.wave.clone(),
        seal: record.number,
        root: record.root.clone(),
        valid: record.state == SealState::Valid,
        letters: record.letters,
        emails: record.emails,
        versions: statement.versions.clone(),
        outcomes: statement.outcomes.clone(),
        accepted_held: statement.accepted_held,
        signed: None,
        folder: format!("{SEALED}/{}", seal_name(&record.wave, record.number)),
        mail_on: statement.mail_on,
        own_templates: statement
            .inputs
            .iter()
            .any(|i| i.name.starts_with(&format!("{TEMPLATES}/"))),
        law_pack: statement.law_pack.split(' ').next().unwrap_or_default().to_owned(),
        program: statement.program.clone(),
    }
}
