//! Filings as the regulator gets them: the answers, without what the house noted for itself.

use crate::export::{Bundle, Page, tree};
use crate::folder::OutFolder;
use crate::matter::bundles::FOOT;
use crate::matter::refusal::{Doing, Refusal};
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
