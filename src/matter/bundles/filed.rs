//! Filings as the regulator gets them: the answers, without what the house noted for itself.

use crate::export::{Bundle, Page, tree};
use crate::filings::Filed;
use crate::folder::OutFolder;
use crate::matter::bundles::{BundleSource, FOOT};
use crate::matter::filed::filed;
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::ledger_stop;
use crate::tables::words::{long_date, thousands};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// Copies of the filings that `of` takes, by their JSON: the answers as a page, the letter and the
/// sample letters as they are. What was copied, with what it is.
pub fn copies(
    out: &Path,
    of: &dyn Fn(&Value) -> bool,
    bundle: &mut Bundle,
) -> Result<Vec<(String, String)>, Refusal> {
    let dir = OutFolder(out).product(OutFolder::FILINGS);
    if !dir.is_dir() {
        return Ok(Vec::new());
    }
    let doing = || "read the filings".to_owned();
    let files = tree(&dir).doing(doing)?;
    let known: BTreeSet<&str> = files.iter().map(String::as_str).collect();
    let mut copied = Vec::new();
    for file in files.iter().filter(|file| file.ends_with(".json")) {
        let text = std::fs::read_to_string(dir.join(file)).doing(doing)?;
        let Ok(filing) = serde_json::from_str::<Value>(&text) else { continue };
        if !of(&filing) {
            continue;
        }
        let stem = file.trim_end_matches(".json");
        let recipient = filing["recipient"].as_str().unwrap_or(stem).to_owned();
        let path = format!("filings/{stem}.html");
        bundle.add(&path, page(&filing, &recipient).as_bytes()).doing(doing)?;
        copied.push((path, format!("{recipient}: the answers")));
        for (end, about) in
            [("-letter.pdf", "the letter"), ("-sample-letter.pdf", "sample letters")]
        {
            let name = format!("{stem}{end}");
            if known.contains(name.as_str()) {
                let path = format!("filings/{name}");
                bundle.copy(&path, &dir.join(&name)).doing(doing)?;
                copied.push((path, format!("{recipient}: {about}")));
            }
        }
    }
    Ok(copied)
}

/// What was really filed, first filings and amendments alike.
pub struct FilingsMade {
    /// Day, recipient, what it was, number, people.
    pub rows: Vec<Vec<String>>,
    /// A page for each, with what it is.
    pub files: Vec<(String, String)>,
}

/// The filings that `of` takes, as the ledger has them: what a filing stated on its day stays, though
/// the sheets are made anew.
///
/// # Errors
/// An event that cannot be read; I/O.
pub fn made(
    desk: &BundleSource<'_>,
    of: &dyn Fn(&Filed) -> bool,
    bundle: &mut Bundle,
) -> Result<FilingsMade, Refusal> {
    let mut made = FilingsMade { rows: Vec::new(), files: Vec::new() };
    let doing = || "write the bundle".to_owned();
    for (at, filed) in filed(desk.ledger).map_err(ledger_stop)?.iter().enumerate() {
        if !of(filed) {
            continue;
        }
        let stated = &filed.stated;
        let what = if filed.amends { "amendment" } else { "first filing" };
        let path = format!("filings/as-filed/{:02}-{}.html", at + 1, stated.duty);
        let mut page = Page::new("As filed", &stated.recipient);
        page.section("What it is").facts(&[
            ("Filed on", long_date(filed.on)),
            ("Number", filed.number.clone()),
            ("What", what.to_owned()),
            ("People", thousands(stated.told())),
        ]);
        let rows = stated.answers.iter().filter(|answer| !answer.value.is_empty());
        let rows: Vec<_> =
            rows.map(|answer| vec![answer.label.clone(), answer.value.clone()]).collect();
        page.section("What it stated").table(
            "People, days and kinds of information; the record keeps no wording",
            &["Field", "Answer"],
            &rows,
        );
        bundle.add(&path, page.finish(FOOT).as_bytes()).doing(doing)?;
        made.rows.push(vec![
            filed.on.to_string(),
            stated.recipient.clone(),
            what.to_owned(),
            filed.number.clone(),
            thousands(stated.told()),
        ]);
        made.files.push((path, format!("{}: the {what} of {}", stated.recipient, filed.on)));
    }
    Ok(made)
}

/// The section of a page on what was filed; none where nothing was.
pub fn section(rows: &[Vec<String>], page: &mut Page) {
    if rows.is_empty() {
        return;
    }
    page.section("What was filed").table(
        "Filings that were made, with the people each of them stated",
        &["Day", "To", "What", "Number", "People"],
        rows,
    );
}

fn page(filing: &Value, recipient: &str) -> String {
    let text = |key: &str| filing[key].as_str().unwrap_or_default().to_owned();
    let mut page = Page::new("Copy of a filing", recipient);
    page.section("What it is").facts(&[
        ("Under", text("citation")),
        ("As of", text("as_of")),
        ("Address", text("url")),
    ]);
    let rows: Vec<Vec<String>> = filing["fields"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|field| field["status"] == "answered")
        .map(|field| {
            vec![field["label"].as_str().unwrap_or_default().to_owned(), value(&field["value"])]
        })
        .filter(|row| !row[1].is_empty())
        .collect();
    page.section("The answers").table(
        "As prepared, in the order of the form",
        &["Field", "Answer"],
        &rows,
    );
    page.finish(FOOT)
}

fn value(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(yes) => (if *yes { "yes" } else { "no" }).to_owned(),
        Value::Array(list) => list.iter().map(self::value).collect::<Vec<_>>().join("\n"),
        Value::Object(map) => map
            .iter()
            .map(|(k, v)| format!("{k}: {}", self::value(v)))
            .collect::<Vec<_>>()
            .join("\n"),
        Value::Number(number) => number.to_string(),
    }
}
