//! Approve: what would be bound, what changed since, and an approval that is typed.

use crate::matter::act::approve::{ApproveRequest, Reply as FromElsewhere, approve};
use crate::matter::act::withdraw_approval::{WithdrawApprovalRequest, withdraw_approval};
use crate::matter::refusal::{Doing, Refusal};
use crate::tables::words::{count, long_date, thousands};
use crate::workbench::ask::{Ask, Reply};
use crate::workbench::page::{Block, Cell, Field, Form, Link, Page, findings};
use crate::workbench::visit::Visit;
use crate::workbench::works::Told;
use std::path::PathBuf;

pub fn reply(visit: &Visit<'_>, rest: &[&str], ask: &Ask) -> Result<Reply, Refusal> {
    match (&rest[1..], ask.changes) {
        ([], false) => overview(visit),
        (["seal"], true) => seal(visit, ask),
        (["request"], true) => request(visit, ask),
        (["reply"], true) => reply_in(visit, ask),
        (["withdraw"], true) => withdraw(visit, ask),
        _ => Ok(visit.bench.nothing_here()),
    }
}

fn overview(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let status = visit.status()?;
    let Some(wave) = visit.wave_of(&status) else {
        let page = Page::new("May it go out?", "The list is checked first.")
            .with(Block::links([Link::primary(visit.at("roster"), "Check the list")]));
        return visit.page(page, "approve");
    };
    let of = |label: &str| wave.outcomes.get(label).copied().unwrap_or(0);
    let letters = of("to_mail") + of("to_mail_and_email");
    let emails = of("to_email") + of("to_mail_and_email");
    let held = of("held");
    let what = format!(
        "{} and {}",
        count(letters, "letter", "letters"),
        count(emails, "e-mail", "e-mails")
    );
    let seal = wave.seals.last();
    let answer = match seal {
        None => format!("{what} are ready to be approved; nobody has approved them."),
        Some(seal) if !seal.changes.is_empty() => {
            "It was approved, and something changed since.".to_owned()
        }
        Some(seal) if seal.state == "valid" => {
            format!("Approved: seal {}, by {}.", seal.seal, seal.approved_by.join(" and "))
        }
        Some(seal) => format!("Seal {} waits for a second person.", seal.seal),
    };
    let mut page =
        Page::new("May it go out?", answer).command(visit.command("approve", "--by NAME"));
    for seal in &wave.seals {
        let mut pairs = vec![
            ("State".to_owned(), Cell::from(seal.state)),
            ("Letters".to_owned(), thousands(seal.letters).into()),
            ("E-mails".to_owned(), thousands(seal.emails).into()),
            ("Approved by".to_owned(), seal.approved_by.join("; ").into()),
        ];
        pairs.push(("Root".to_owned(), seal.root.clone().into()));
        page.push(Block::heading(format!("Seal {}", seal.seal)));
        page.push(Block::Facts { pairs });
        if !seal.changes.is_empty() {
            let title = "What changed since it was approved".to_owned();
            page.push(Block::Note { kind: "warn", title, lines: seal.changes.clone() });
        }
    }
    let again = seal.is_none_or(|seal| !seal.changes.is_empty() || seal.state != "valid");
    page.push(Block::heading(if seal.is_some() { "Approve again" } else { "What is approved" }));
    page.push(super::roster::outcomes(wave));
    page.push(Block::links([
        Link::to(visit.at("file/review/index.html"), "The review book"),
        Link::to(visit.at("letters"), "The letters"),
        Link::to(visit.at("law"), "Duties and questions"),
    ]));
    page.push(Block::text(
        "Approving binds exactly these words to exactly these people. Your name is your statement; the program checks no password.",
    ));
    let mut form = Form::new(
        visit.at("approve/seal"),
        format!("Approve {}", count(letters, "letter", "letters")),
    )
    .field(
        Field::new(
            "number",
            "letters",
            format!("Type the number of letters: {}", thousands(letters)),
        )
        .must(),
    );
    if held > 0 {
        form = form.field(
            Field::new(
                "number",
                "held",
                format!(
                    "{} held. To leave them out, type the number",
                    count(held, "row is", "rows are")
                ),
            )
            .help("Or mend them first, on the Roster page."),
        );
    }
    form = form.field(Field::by().value(visit.by())).field(
        Field::text("key", "Private key that signs")
            .help("Where you sign: the file's whole path on this machine (PEM). May stay empty."),
    );
    form = if again { form.primary() } else { form };
    page.push(form.block());
    page.push(elsewhere(visit, held));
    if seal.is_some() {
        let form = Form::new(visit.at("approve/withdraw"), "Take the approval back")
            .danger()
            .field(Field::text("why", "Why it is taken back").must())
            .field(Field::by().value(visit.by()));
        page.push(Block::Details {
            summary: "Take the approval back, as long as nothing has left".to_owned(),
            blocks: vec![form.block()],
            open: false,
        });
    }
    visit.page(page, "approve")
}

/// For a partner who sits elsewhere.
fn elsewhere(visit: &Visit<'_>, held: u64) -> Block {
    let left_out = |form: Form| match held {
        0 => form,
        held => form.field(Field::new(
            "number",
            "held",
            format!("Leave out held rows: {}", thousands(held)),
        )),
    };
    let to = visit.folder.with_file_name(format!(
        "{}-approval",
        visit.folder.file_name().unwrap_or_default().to_string_lossy()
    ));
    let request = left_out(Form::new(visit.at("approve/request"), "Write the request")).field(
        Field::text("to", "New folder")
            .value(to.display().to_string())
            .help("It gets the review book, the root and how to reply"),
    );
    let reply = Form::new(visit.at("approve/reply"), "Take the reply in")
        .field(Field::new("file", "reply", "The reply.toml that came back").accept(".toml"))
        .field(Field::text("root", "Or typed: the root that they name"))
        .field(Field::text("by", "Their name and role"))
        .field(Field::new("file", "signature", "Their signature over root.txt, if they signed"))
        .field(Field::new("file", "public_key", "Their public key").accept(".pem"));
    Block::Details {
        summary: "Somebody elsewhere approves".to_owned(),
        blocks: vec![request.block(), left_out(reply).block()],
        open: false,
    }
}

fn seal(visit: &Visit<'_>, ask: &Ask) -> Result<Reply, Refusal> {
    let by = ask.form.text("by").to_owned();
    let Some(letters) = ask.form.number("letters") else {
        return Err(Refusal::refused(
            code!("approve.other_number"),
            "the number of letters was not typed",
            "type the number that the page shows",
        ));
    };
    let accept_held = ask.form.number("held").filter(|held| *held > 0);
    let sign = Some(ask.form.text("key")).filter(|key| !key.is_empty()).map(PathBuf::from);
    visit.is_by(&by);
    let held = accept_held.map_or(String::new(), |held| format!(" --accept-held {held}"));
    let command =
        visit.command("approve", &format!("--by {}{held}", crate::workbench::page::quoted(&by)));
    let selection = visit.selection();
    let letters = Some(letters);
    begin(
        visit,
        command,
        ApproveRequest { selection, by, accept_held, sign, letters, ..ApproveRequest::default() },
    )
}

/// What somebody elsewhere needs to approve, in a folder beside the products.
fn request(visit: &Visit<'_>, ask: &Ask) -> Result<Reply, Refusal> {
    let to = PathBuf::from(ask.form.text("to"));
    if !to.is_absolute() {
        return Err(Refusal::one(
            code!("workbench.unsaid"),
            "the place of the request is no whole path",
            "write it from the root on, such as /home/dana/request-1",
        ));
    }
    let options =
        format!("--request {}", crate::workbench::page::quoted(&to.display().to_string()));
    let request = ApproveRequest {
        selection: visit.selection(),
        accept_held: ask.form.number("held").filter(|held| *held > 0),
        ask_in: Some(to),
        ..ApproveRequest::default()
    };
    visit.begin("Ask for approval", "approve", visit.command("approve", &options), move |watcher| {
        let answer = approve(&request, watcher)?;
        let pairs = vec![("Root".to_owned(), Cell::from(answer.root.clone()))];
        Ok(Told {
            answer: format!(
                "The request is in {}. Send the whole folder; the reply is taken in here.",
                answer.folder
            ),
            blocks: vec![Block::Facts { pairs }],
            next: None,
            good: true,
        })
    })
}

/// The reply of somebody elsewhere: typed with the root, signed or not.
fn reply_in(visit: &Visit<'_>, ask: &Ask) -> Result<Reply, Refusal> {
    // Kept in the folder while the work reads them.
    let kept = |field: &str| -> Result<Option<PathBuf>, Refusal> {
        let Some(upload) = ask.upload(field) else { return Ok(None) };
        let path = upload.path.with_extension(field);
        std::fs::rename(&upload.path, &path).doing(|| "keep the reply".to_owned())?;
        Ok(Some(path))
    };
    let signed = kept("signature")?.zip(kept("public_key")?);
    let (root, by) = (ask.form.text("root").to_owned(), ask.form.text("by").to_owned());
    let files = signed.clone();
    let reply = match kept("reply")? {
        Some(file) => {
            let read = FromElsewhere::read(&file, signed);
            let _ = std::fs::remove_file(file);
            read?
        }
        None => FromElsewhere { root, by, signed },
    };
    let request = ApproveRequest {
        selection: visit.selection(),
        accept_held: ask.form.number("held").filter(|held| *held > 0),
        reply: Some(reply),
        ..ApproveRequest::default()
    };
    let command = visit.command("approve", "--reply reply.toml");
    begin_and(visit, command, request, move || {
        for file in files.iter().flat_map(|(signature, key)| [signature, key]) {
            let _ = std::fs::remove_file(file);
        }
    })
}

fn begin(visit: &Visit<'_>, command: String, request: ApproveRequest) -> Result<Reply, Refusal> {
    begin_and(visit, command, request, || ())
}

fn begin_and(
    visit: &Visit<'_>,
    command: String,
    request: ApproveRequest,
    after: impl FnOnce() + Send + 'static,
) -> Result<Reply, Refusal> {
    let next = Link::primary(visit.at("print"), "On to printing");
    visit.begin("Approve", "approve", command, move |watcher| {
        let answer = approve(&request, watcher);
        after();
        let answer = answer?;
        let state =
            if answer.valid { "It may go out" } else { "A second person has yet to approve" };
        let pairs = vec![
            ("Root".to_owned(), Cell::from(answer.root.clone())),
            ("Mail date".to_owned(), long_date(answer.mail_on).into()),
            ("Law pack".to_owned(), answer.law_pack.clone().into()),
        ];
        let mut blocks = vec![Block::Facts { pairs }];
        blocks.extend(findings(&answer.findings));
        Ok(Told {
            answer: format!(
                "Seal {} binds {} and {}. {state}.",
                answer.seal,
                count(answer.letters, "letter", "letters"),
                count(answer.emails, "e-mail", "e-mails")
            ),
            blocks,
            next: Some(next),
            good: true,
        })
    })
}

fn withdraw(visit: &Visit<'_>, ask: &Ask) -> Result<Reply, Refusal> {
    let (by, why) = (ask.form.text("by").to_owned(), ask.form.text("why").to_owned());
    if by.is_empty() || why.is_empty() {
        return Err(Refusal::one(
            code!("workbench.unsaid"),
            "an approval is taken back with neither a name nor a reason",
            "write your name and role, and the reason",
        ));
    }
    visit.is_by(&by);
    let selection = visit.selection();
    let taken = withdraw_approval(&WithdrawApprovalRequest { selection, by, why })?;
    let printed = taken.printed_text().unwrap_or_default();
    visit.done(format!(
        "{} taken back. {printed}",
        count(taken.seals.len() as u64, "approval is", "approvals are")
    ));
    visit.see("approve")
}
