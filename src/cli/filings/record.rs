//! `filings record`: a filing was really made. What it said, day, number and evidence become an
//! event of the chain, against which later figures are held.

use crate::cli::args::RecordFilingArgs;
use crate::cli::exit::{Ending, Stop};
use crate::cli::filed::{FILED, filed};
use crate::cli::matter::Matter;
use crate::cli::output::print;
use crate::cli::sealing::{evidence, fence, ledger_stop, not_in_future};
use crate::cli::words::{count, long_date};
use crate::filings::{Filed, Forms, Stated};
use crate::ledger::{Ledger, Made, Product};
use serde_json::json;

pub fn run(args: &RecordFilingArgs) -> Result<Ending, Stop> {
    let (matter, _) = Matter::open_first(&args.folder)?;
    let mut ledger = Ledger::open(&matter.folder).map_err(ledger_stop)?;
    let stated = find(args, &ledger)?;
    not_in_future(args.on)?;
    if args.number.trim().is_empty() {
        return Err(Stop::one(
            code!("filing.no_number"),
            "the number of the submission is empty",
            "write the number on the receipt, or how the regulator was reached, such as `letter`",
        ));
    }
    let evidence = evidence(&args.evidence)?;
    let known = filed(&ledger).map_err(ledger_stop)?;
    let before = known.iter().rev().find(|filed| filed.stated.is_about(&stated));
    repeated(args, &stated, before)?;
    let stated = counted(args, stated)?;
    let mut body = serde_json::to_value(Filed {
        stated: stated.clone(),
        on: args.on,
        number: args.number.trim().to_owned(),
        amends: args.amends,
    })
    .map_err(std::io::Error::from)
    .map_err(|error| Stop::Io { what: "write the event".into(), error })?;
    body["evidence"] = json!({"name": evidence.name, "sha256": evidence.sha256});
    body["by"] = json!(args.by.trim());
    let hold = fence::hold(&matter.folder, &mut ledger)?;
    ledger.append_event(FILED, &body).map_err(ledger_stop)?;
    hold.remember(&ledger).map_err(fence::fenced)?;
    print(&format!(
        "Recorded: {}, {} on {} under number {} with {}, shown by {} (SHA-256 {})\n",
        stated.recipient,
        if args.amends { "amended" } else { "filed" },
        long_date(args.on),
        args.number.trim(),
        count(stated.told(), "person", "people"),
        evidence.name,
        evidence.sha256,
    ))?;
    Ok(Ending::Fine)
}

/// The filing as last made, by its duty or one that it discharges too.
fn find(args: &RecordFilingArgs, ledger: &Ledger) -> Result<Stated, Stop> {
    let wanted = |made: &&Made| args.folder.wave.as_ref().is_none_or(|wave| *wave == made.wave);
    let made = ledger.made(Product::Filing).map_err(ledger_stop)?;
    let all: Vec<Stated> = made
        .iter()
        .filter(wanted)
        .filter_map(|made| serde_json::from_value(made.body.clone()).ok())
        .collect();
    let named = |stated: &&Stated| stated.duty == args.id || stated.also.contains(&args.id);
    let Some(stated) = all.iter().rev().find(named) else {
        let mut ids: Vec<&str> = all.iter().map(|stated| stated.duty.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        let remedy = match ids.as_slice() {
            [] => "make the filings first: `noticeworks filings`".to_owned(),
            ids => format!("choose one of {}", ids.join(", ")),
        };
        let message = format!("no filing `{}` was made", args.id);
        return Err(Stop::one(code!("filing.unknown"), message, remedy));
    };
    if stated.standing == "undelegated" {
        return Err(Stop::refused(
            code!("filing.draft"),
            format!("`{}` is a draft: nobody has decided who files it", args.id),
            "write the delegation into incident.toml, make the filings again, then record",
        ));
    }
    Ok(stated.clone())
}

/// A filing is made once; what follows amends it.
fn repeated(args: &RecordFilingArgs, stated: &Stated, before: Option<&Filed>) -> Result<(), Stop> {
    match before {
        Some(filed) if !args.amends => {
            let message = format!(
                "`{}` is recorded as filed on {} under number {}",
                args.id, filed.on, filed.number
            );
            Err(Stop::refused(
                code!("filing.recorded_twice"),
                message,
                "leave it; if this was its addendum, supplement or update, add `--amends`",
            ))
        }
        Some(filed) if filed.stated.changes(stated, &Forms::shipped().0.words).is_empty() => {
            Err(Stop::refused(
                code!("filing.nothing_changed"),
                format!("nothing has changed since `{}` was filed on {}", args.id, filed.on),
                "make the filings of today first: `noticeworks filings`",
            ))
        }
        None if args.amends => Err(Stop::refused(
            code!("filing.nothing_to_amend"),
            format!("no filing of `{}` is recorded that this could amend", args.id),
            "record the first one without `--amends`",
        )),
        _ => Ok(()),
    }
}

/// The number on the receipt must be one that the filing states, unless it is said that the
/// regulator really was told another.
fn counted(args: &RecordFilingArgs, mut stated: Stated) -> Result<Stated, Stop> {
    let Some(told) = args.count else { return Ok(stated) };
    let numbers = stated.numbers();
    if numbers.contains(&told) {
        return Ok(stated);
    }
    if !args.as_filed {
        let known: Vec<String> = numbers.iter().map(u64::to_string).collect();
        return Err(Stop::refused(
            code!("filing.count_contradicts"),
            format!(
                "the receipt says {told}, the filing made of the ledger says {}",
                known.join(" and ")
            ),
            "look at the receipt again; if the regulator really was told so, add `--as-filed`: the \
             filing is then stale, and its amendment is made",
        ));
    }
    stated.count = told;
    if let Some(answer) = stated.answers.iter_mut().find(|answer| answer.people) {
        answer.value = told.to_string();
    }
    Ok(stated)
}
