//! The law's TOML files as they stand.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};
use std::collections::BTreeMap;
use std::fs;
use toml::{Table, Value};

/// The law as its files say it.
pub struct Law {
    pub(super) files: Vec<Table>,
    categories: BTreeMap<String, Vec<String>>,
    holidays: Table,
}

pub(super) fn text<'t>(table: &'t Table, key: &str) -> &'t str {
    table.get(key).and_then(Value::as_str).unwrap_or("")
}

pub(super) fn list<'t>(table: &'t Table, key: &str) -> Vec<&'t str> {
    let items = table.get(key).and_then(Value::as_array).into_iter().flatten();
    items.map(|v| v.as_str().unwrap()).collect()
}

pub(super) fn rows<'t>(table: &'t Table, key: &str) -> Vec<&'t Table> {
    let items = table.get(key).and_then(Value::as_array).into_iter().flatten();
    items.map(|v| v.as_table().unwrap()).collect()
}

pub(super) fn number(table: &Table, key: &str) -> Option<u64> {
    table.get(key).and_then(Value::as_integer).map(|n| n.unsigned_abs())
}

pub(super) fn day(value: Option<&Value>) -> Option<Date> {
    value.map(|v| v.to_string().trim_matches('"').parse().unwrap())
}

impl Law {
    pub fn read() -> Self {
        let load = |name: &str| -> Table {
            toml::from_str(&fs::read_to_string(format!("law/{name}")).unwrap()).unwrap()
        };
        let mut names: Vec<String> = fs::read_dir("law")
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        let files = names.iter().map(|n| load(n)).filter(|t| t.contains_key("code")).collect();
        let elements = load("elements.toml");
        let categories = rows(&elements, "element")
            .into_iter()
            .map(|e| {
                let of = list(e, "categories").into_iter().map(str::to_owned).collect();
                (text(e, "id").to_owned(), of)
            })
            .collect();
        Self { files, categories, holidays: load("holidays.toml") }
    }

    /// The categories of an element; one that the files do not know stands for itself.
    pub(super) fn of(&self, element: &str) -> Vec<String> {
        self.categories.get(element).cloned().unwrap_or_else(|| vec![element.to_owned()])
    }

    fn is_holiday(&self, on: Date) -> bool {
        [on.year() - 1, on.year(), on.year() + 1].into_iter().any(|year| {
            rows(&self.holidays, "holiday").into_iter().any(|h| self.observed(h, year) == Some(on))
        })
    }

    fn observed(&self, holiday: &Table, year: i16) -> Option<Date> {
        if number(holiday, "since")? > year.unsigned_abs().into() {
            return None;
        }
        let month = i8::try_from(number(holiday, "month")?).unwrap();
        if let Some(fixed) = number(holiday, "day") {
            let on = date(year, month, i8::try_from(fixed).unwrap());
            let moved = match on.weekday() {
                Weekday::Saturday => self.holidays["saturday_moves"].as_integer()?,
                Weekday::Sunday => self.holidays["sunday_moves"].as_integer()?,
                _ => 0,
            };
            return Some(on + moved.days());
        }
        let wanted = match text(holiday, "weekday") {
            "monday" => Weekday::Monday,
            "thursday" => Weekday::Thursday,
            other => panic!("weekday {other}"),
        };
        let nth = holiday["nth"].as_integer()?;
        let days = (1..=31).filter_map(|d| Date::new(year, month, d).ok());
        let mut found: Vec<Date> = days.filter(|d| d.weekday() == wanted).collect();
        if nth < 0 {
            found.reverse();
        }
        found.get(usize::try_from(nth.abs()).unwrap() - 1).copied()
    }

    pub(super) fn add(&self, start: Date, deadline: &Table) -> Date {
        if let Some(hours) = number(deadline, "hours") {
            return start + i64::try_from(hours / 24).unwrap().days();
        }
        let days = number(deadline, "days").unwrap();
        if text(deadline, "day_kind") != "business" {
            return start + i64::try_from(days).unwrap().days();
        }
        let (mut on, mut left) = (start, days);
        while left > 0 {
            on = on.tomorrow().unwrap();
            let free = matches!(on.weekday(), Weekday::Saturday | Weekday::Sunday);
            left -= u64::from(!free && !self.is_holiday(on));
        }
        on
    }
}
