//! `filings`: filings and notices only, or that one was really filed.

use crate::cli::args::{FilingsArgs, FilingsWhat, RecordFilingArgs};
use crate::cli::exit::{Ending, Stop};
use crate::cli::output::{print, tell_findings};
use crate::cli::progress::Bars;
use crate::cli::summary::report;
use crate::finding::Severity;
use crate::matter::act::filings::{FilingsRequest, filings};
use crate::matter::act::record_filing::{RecordFilingRequest, record_filing};
use crate::tables::words::{count, long_date};

pub fn run(args: &FilingsArgs) -> Result<Ending, Stop> {
    if let Some(FilingsWhat::Record(args)) = &args.what {
        return record(args);
    }
    let show_values = args.report.show_values;
    let request = FilingsRequest {
        selection: (&args.folder()).into(),
        show_values,
        as_of: args.as_of,
        annual_log: args.annual_log,
    };
    report(&filings(&request, &Bars::default())?, args.report.json, show_values, true)
}

fn record(args: &RecordFilingArgs) -> Result<Ending, Stop> {
    let request = RecordFilingRequest {
        selection: (&args.folder).into(),
        id: args.id.clone(),
        on: args.on,
        number: args.number.clone(),
        evidence: args.evidence.clone(),
        count: args.count,
        as_filed: args.as_filed,
        amends: args.amends,
        by: args.by.clone(),
    };
    let recorded = record_filing(&request, &Bars::default())?;
    print(&format!(
        "Recorded: {}, {} on {} under number {} with {}, shown by {} (SHA-256 {})\n",
        recorded.recipient,
        if recorded.amends { "amended" } else { "filed" },
        long_date(recorded.on),
        recorded.number,
        count(recorded.people, "person", "people"),
        recorded.evidence,
        recorded.sha256,
    ))?;
    tell_findings(&recorded.findings, false);
    Ok(match recorded.findings.at_least(Severity::Warning) {
        0 => Ending::Fine,
        _ => Ending::Findings,
    })
}
