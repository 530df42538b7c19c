//! The screens, in the order of the work. Each turns a request into one call of `matter`.

mod approve;
mod columns;
mod email;
mod facts;
mod facts_form;
mod files;
mod filings;
mod find;
mod law;
mod letters;
mod mend;
mod print;
mod record;
mod returned;
mod roster;
pub mod start;
mod work;

use crate::folder::IncidentFolder;
use crate::matter::refusal::{Doing, Refusal};
use crate::workbench::ask::{Ask, Reply};
use crate::workbench::dropped;
use crate::workbench::visit::Visit;
use jiff::civil::Date;
use std::path::PathBuf;

/// Answers a request to a folder; `rest` is the address behind its number.
///
/// # Errors
/// What a guard refuses, what is wrong with the folder; told on a page.
pub fn reply(visit: &Visit<'_>, rest: &[&str], ask: &Ask) -> Result<Reply, Refusal> {
    match rest {
        [] => start::onward(visit),
        ["wave"] if ask.changes => start::choose_wave(visit, ask),
        ["work", ..] => work::reply(visit, rest, ask),
        ["columns", ..] => columns::reply(visit, rest, ask),
        ["facts", ..] => facts::reply(visit, rest, ask),
        ["roster", ..] => roster::reply(visit, rest, ask),
        ["law", ..] => law::reply(visit, rest, ask),
        ["letters", ..] => letters::reply(visit, rest, ask),
        ["filings", ..] => filings::reply(visit, rest, ask),
        ["approve", ..] => approve::reply(visit, rest, ask),
        ["print", ..] => print::reply(visit, rest, ask),
        ["email", ..] => email::reply(visit, rest, ask),
        ["returned", ..] => returned::reply(visit, rest, ask),
        ["find", ..] => find::reply(visit, rest, ask),
        ["record", ..] => record::reply(visit, rest, ask),
        ["file", ..] => files::reply(visit, rest),
        _ => Ok(visit.bench.nothing_here()),
    }
}

/// Keeps a dropped file as evidence in the folder, under its own name or one beside it.
fn evidence(visit: &Visit<'_>, ask: &Ask) -> Result<PathBuf, Refusal> {
    let Some(upload) = ask.upload("evidence") else {
        return Err(Refusal::one(
            code!("workbench.unsaid"),
            "no file shows it",
            "drop in the receipt, scan or e-mail that shows what happened",
        ));
    };
    let folder = IncidentFolder(&visit.folder).evidence();
    crate::files::make_dir(&folder).doing(|| "make the folder `evidence`".to_owned())?;
    let (stem, end) = upload.name.rsplit_once('.').unwrap_or((&upload.name, "bin"));
    let mut kept = folder.join(&upload.name);
    let mut n = 2;
    while kept.exists() {
        kept = folder.join(format!("{stem}-{n}.{end}"));
        n += 1;
    }
    dropped::keep(&upload.path, &kept).doing(|| "keep the file".to_owned())?;
    Ok(kept)
}

/// A day that a form must say.
fn day(ask: &Ask, name: &str) -> Result<Date, Refusal> {
    ask.form.text(name).parse().map_err(|_| {
        Refusal::one(
            code!("workbench.unsaid"),
            "the day is missing or is no day",
            "choose the day, or write it as 2026-09-18",
        )
    })
}
