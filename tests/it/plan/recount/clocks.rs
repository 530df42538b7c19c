//! When clocks start and what is due, holds and versions included.

use super::law::{day, number, rows, text};
use super::story::Wait;
use super::{Key, Recount};
use jiff::civil::{Date, date};
use std::collections::BTreeSet;
use toml::{Table, Value};

impl Recount<'_> {
    pub(super) fn discovery(&self, (party, part): Key) -> Date {
        let of = &self.story.parties[party];
        let sender = self.story.parts[part].discovered;
        let base = match self.serves() && of.independent {
            true => of.told_on.unwrap_or(sender),
            false => sender,
        };
        [of.told_on, of.knew_on].into_iter().flatten().fold(base, Date::min)
    }

    fn determination(&self, key: Key) -> Date {
        let discovery = self.discovery(key);
        match self.story.parts[key.1].determined {
            Some(on) if self.serves() && self.story.parties[key.0].independent => on.max(discovery),
            Some(on) => on,
            None => discovery,
        }
    }

    pub(super) fn start(&self, clock: &str, kind: &str, key: Key) -> Option<Date> {
        let discovery = match kind {
            "covered_entity" => self.story.parts[key.1].discovered,
            _ => self.discovery(key),
        };
        Some(match clock {
            "discovery" => discovery,
            "determination" | "confirmation" => self.determination(key),
            "notice_to_entity" => match self.story.parties[key.0].told_on {
                Some(on) => on,
                None if self.serves() => self.story.parts[key.1].discovered,
                None => return None,
            },
            "before_individual_notice" | "with_individual_notice" | "individual_notice" => {
                self.story.mail_on
            }
            "hhs_notice" => *self.hhs.get(&key.0)?,
            "calendar_year_end" => date(discovery.year(), 12, 31),
            // No story tells of anybody on the stock exchange.
            "materiality" => return None,
            other => panic!("clock {other}"),
        })
    }

    /// The earliest day over clocks and people, with its hours.
    pub(super) fn due(
        &self,
        file: &Table,
        rule: &Table,
        keys: &BTreeSet<Key>,
    ) -> Option<(Date, Option<u64>)> {
        let moved = !rule.get("despite_hold").and_then(Value::as_bool).unwrap_or(false)
            && (!rule.contains_key("hold_question")
                || self.decided(&format!("{}.hold", text(rule, "id"))) == Some("delays"));
        let code = if moved { text(file, "code") } else { "" };
        let after = rule.get("after_hold").and_then(Value::as_table);
        let mut timers =
            vec![(text(rule, "clock"), rule.get("deadline").and_then(Value::as_table))];
        for timer in rows(rule, "or_earlier") {
            timers.push((text(timer, "clock"), timer.get("deadline").and_then(Value::as_table)));
        }
        let mut found: Vec<(Date, Date, Option<u64>)> = Vec::new();
        for (clock, deadline) in timers {
            for key in keys {
                let kind = text(rule, "kind");
                let Some(start) = self.start(clock, kind, *key) else { continue };
                let limit = |start: Date, deadline: &Table| {
                    (self.postponed(code, self.law.add(start, deadline), after), start)
                };
                // Nobody here knows the day of letters that a party writes itself.
                let theirs = self.itself(key.0, "individual");
                if matches!(clock, "before_individual_notice" | "with_individual_notice") {
                    if !theirs {
                        found.push((self.story.mail_on, start, None));
                    }
                    if let Some(outer) = deadline.filter(|d| number(d, "days") != Some(0)) {
                        let begun = self.start("discovery", kind, *key)?;
                        let (on, begun) = limit(begun, outer);
                        found.push((on, begun, number(outer, "hours")));
                    }
                } else if let Some(deadline) = deadline
                    && !(theirs && clock == "individual_notice")
                {
                    let hours = number(deadline, "hours");
                    let on = match clock {
                        "individual_notice" => self.law.add(start, deadline),
                        _ => limit(start, deadline).0,
                    };
                    found.push((on, start, hours));
                }
            }
        }
        found.into_iter().min().map(|(on, _, hours)| (on, hours))
    }

    fn postponed(&self, code: &str, due: Date, after: Option<&Table>) -> Date {
        let mut waits: Vec<&Wait> =
            self.story.waits.iter().filter(|w| w.codes.contains(&code)).collect();
        waits.sort_by_key(|w| w.stated);
        let mut end = due;
        for wait in waits {
            if wait.stated <= end {
                end = end.max(wait.last);
            }
        }
        match after {
            Some(more) if end > due => self.law.add(end, more),
            _ => end,
        }
    }

    /// Versions in force on a day for these people's breach, oldest first.
    pub(super) fn in_force<'r>(&self, all: &[&'r Table], on: Date, key: Key) -> Vec<&'r Table> {
        let reached = |r: &Table| {
            let Some(reach) = r.get("applies_to_breaches").and_then(Value::as_table) else {
                return true;
            };
            let discovered = self.discovery(key);
            let basis = match text(reach, "basis") {
                "discovered" => discovered,
                "determined" => self.story.parts[key.1].determined.unwrap_or(discovered),
                "notified" => self.story.mail_on,
                other => panic!("basis {other}"),
            };
            day(reach.get("from")).is_none_or(|from| from <= basis)
                && day(reach.get("before")).is_none_or(|before| basis < before)
        };
        let from = |r: &Table| day(r.get("effective")).unwrap();
        let until = |r: &Table| day(r.get("until"));
        let mut found: Vec<&Table> = all
            .iter()
            .copied()
            .filter(|r| {
                if r.contains_key("applies_to_breaches") {
                    return reached(r) && until(r).is_none_or(|end| on < end);
                }
                let lives_on = until(r).is_some_and(|end| {
                    end <= on && all.iter().any(|next| from(next) == end && !reached(next))
                });
                from(r) <= on && (until(r).is_none_or(|end| on < end) || lives_on)
            })
            .collect();
        let displacing: Vec<Date> = found
            .iter()
            .filter(|r| r.contains_key("applies_to_breaches"))
            .map(|r| from(r))
            .collect();
        found.retain(|r| until(r).is_none_or(|end| !displacing.contains(&end)));
        found.sort_by_key(|r| from(r));
        found
    }
}
