//! What happened, from the ledger's events, in words that name nobody.

use crate::ledger::{Event, Ledger};
use crate::matter::refusal::{Doing, Refusal};
use crate::tables::words::{count, long_date, thousands};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io;

/// The events of an incident.
pub struct Story {
    pub events: Vec<Event>,
}

/// One thing that happened, for a reader outside.
pub struct Chapter {
    pub at: String,
    pub wave: String,
    pub what: String,
}

impl Story {
    /// # Errors
    /// The ledger cannot be read.
    pub fn read(ledger: &Ledger) -> Result<Self, Refusal> {
        let events = ledger.events(None).map_err(io::Error::other);
        Ok(Self { events: events.doing(|| "read `ledger.sqlite`".into())? })
    }

    /// Approvals, printings and mailings, in order. Who approved is counsel's to say; what the
    /// house did among itself stays there.
    pub fn chapters(&self) -> Vec<Chapter> {
        let mut chapters: Vec<Chapter> = Vec::new();
        let mut printed: BTreeMap<(String, String), (u64, u64)> = BTreeMap::new();
        for event in &self.events {
            let Ok(body) = serde_json::from_str::<Value>(&event.body) else { continue };
            let text = |key: &str| body[key].as_str().unwrap_or_default().to_owned();
            let number = |key: &str| body[key].as_u64().unwrap_or(0);
            let wave = text("wave");
            let at = day(&event.at);
            if event.kind == "printed" {
                let entry = printed.entry((at, wave)).or_default();
                entry.0 += 1;
                entry.1 += number("pieces");
                continue;
            }
            tell_printed(&mut printed, &mut chapters);
            let what = match event.kind.as_str() {
                "approved" if !body["letters"].is_u64() => {
                    format!("Another person approved what is sealed under root {}", text("root"))
                }
                "approved" => format!(
                    "The wording of {} and {} was approved and sealed under root {}",
                    count(number("letters"), "letter", "letters"),
                    count(number("emails"), "e-mail", "e-mails"),
                    text("root")
                ),
                "confirmed" => confirmed(&body),
                "purged" => "Personal data was removed after the period of retention".to_owned(),
                _ => continue,
            };
            chapters.push(Chapter { at, wave, what });
        }
        tell_printed(&mut printed, &mut chapters);
        chapters
    }

    /// Batch -> the day on which it was posted, by wave and seal; the last that was recorded.
    pub fn posted(&self) -> BTreeMap<(String, u64, u64), String> {
        let mut posted = BTreeMap::new();
        for event in self.events.iter().filter(|e| e.kind == "confirmed") {
            let Ok(body) = serde_json::from_str::<Value>(&event.body) else { continue };
            if body["what"].as_str().is_some_and(|what| what != "posted") {
                continue;
            }
            let wave = body["wave"].as_str().unwrap_or_default();
            let on = body["on"].as_str().or(body["posted"].as_str()).unwrap_or_default();
            for batch in body["batches"].as_array().into_iter().flatten() {
                let key = (wave.to_owned(), body["seal"].as_u64().unwrap_or(0));
                posted.insert((key.0, key.1, batch.as_u64().unwrap_or(0)), on.to_owned());
            }
        }
        posted
    }
}

fn tell_printed(printed: &mut BTreeMap<(String, String), (u64, u64)>, to: &mut Vec<Chapter>) {
    for ((at, wave), (batches, letters)) in std::mem::take(printed) {
        let (batches, letters) =
            (count(batches, "batch", "batches"), count(letters, "letter", "letters"));
        to.push(Chapter { at, wave, what: format!("{letters} were printed in {batches}") });
    }
}

fn confirmed(body: &Value) -> String {
    let many = |key: &str| body[key].as_array().map_or(0, Vec::len) as u64;
    let on = body["on"].as_str().or(body["posted"].as_str()).unwrap_or_default();
    let on = on.parse().map_or(on.to_owned(), long_date);
    let what = match many("batches") {
        0 => count(many("pieces"), "letter", "letters"),
        batches => {
            let list: Vec<String> = body["batches"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|b| thousands(b.as_u64().unwrap_or(0)))
                .collect();
            let noun = if batches == 1 { "Batch" } else { "Batches" };
            format!("{noun} {}", list.join(", "))
        }
    };
    let done = match body["what"].as_str() {
        Some("returned") => "came back",
        Some("remailed") => "went to another address",
        _ => "went to the Postal Service",
    };
    let evidence = body["evidence"]["sha256"].as_str().unwrap_or_default();
    format!("{what} {done} on {on}; the evidence has the digest {evidence}")
}

fn day(at: &str) -> String {
    let moment: Result<Timestamp, _> = at.parse();
    moment.map_or(at.to_owned(), |m| m.to_zoned(TimeZone::UTC).date().to_string())
}
