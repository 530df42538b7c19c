//! Facts written into incident.toml, every comment of a person kept. A file that changed since it
//! was read is left as it is.

use crate::files;
use crate::folder::{INCIDENT, IncidentFolder};
use crate::incident::Shape;
use crate::matter::ask::facts::{Part, facts, path};
use crate::matter::begin::BLANK;
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::work;
use std::path::PathBuf;
use toml_edit::{Array, ArrayOfTables, Datetime, DocumentMut, InlineTable, Item, Table, Value};

/// One change.
pub enum Edit {
    /// `path` is as in `wave[0].roster`; what lies on the way is made.
    Set { path: String, to: Given },
    /// A key, an entry of a list, a repeated table.
    Remove { path: String },
}

/// A value as it is to be written.
#[derive(Clone, Debug, PartialEq)]
pub enum Given {
    Text(String),
    Whole(i64),
    Flag(bool),
    Date(Datetime),
    List(Vec<Given>),
    /// Keys with texts.
    Map(Vec<(String, String)>),
}

/// Which facts are to be written.
pub struct WriteRequest {
    pub folder: PathBuf,
    /// The file as it was when somebody looked at it.
    pub digest: String,
    pub edits: Vec<Edit>,
}

/// Writes facts. They need not be right yet: what is wrong with them is told by whoever reads them.
///
/// # Errors
/// The file changed meanwhile; it is no TOML; a path that leads nowhere; I/O.
pub fn write(request: &WriteRequest) -> Result<(), Refusal> {
    let _work = work::begin(&request.folder, "open")?;
    let before = unchanged(request)?;
    let mut document: DocumentMut = before.parse().map_err(|_| {
        Refusal::one(
            code!("facts.not_toml"),
            format!("`{INCIDENT}` cannot be read as it stands"),
            "mend the file as text first",
        )
    })?;
    for edit in &request.edits {
        let (path, done) = match edit {
            Edit::Set { path: text, to } => (text, set(&mut document, &path(text), to)),
            Edit::Remove { path: text } => (text, remove(&mut document, &path(text))),
        };
        done.ok_or_else(|| {
            Refusal::one(
                code!("facts.nowhere"),
                format!("`{INCIDENT}` has no place `{path}`"),
                "load the page again and write it once more",
            )
        })?;
    }
    replace(request, &document.to_string())
}

/// Writes the whole file as somebody edited it.
///
/// # Errors
/// The file changed meanwhile; I/O.
pub fn write_text(request: &WriteRequest, text: &str) -> Result<(), Refusal> {
    let _work = work::begin(&request.folder, "open")?;
    unchanged(request)?;
    replace(request, text)
}

fn unchanged(request: &WriteRequest) -> Result<String, Refusal> {
    let now = facts(&request.folder)?;
    match now.digest == request.digest {
        true => Ok(now.text),
        false => Err(Refusal::refused(
            code!("facts.changed"),
            format!("`{INCIDENT}` was changed by somebody else since this page was loaded"),
            "load the page again: it shows what stands there now; nothing was overwritten",
        )),
    }
}

fn replace(request: &WriteRequest, text: &str) -> Result<(), Refusal> {
    files::write(&IncidentFolder(&request.folder).incident(), text.as_bytes())
        .doing(|| format!("write `{INCIDENT}`"))
}

/// What a form's text means for a key of this shape; none where it says nothing. What it cannot
/// mean is kept as text, so that the check can say what is wrong with it.
pub fn given(shape: &Shape, texts: &[&str]) -> Option<Given> {
    let text = texts.first().map_or("", |text| text.trim());
    match shape {
        Shape::List(inner) => {
            let lines = texts.iter().flat_map(|text| text.lines()).map(str::trim);
            let list: Vec<Given> =
                lines.filter(|line| !line.is_empty()).filter_map(|l| given(inner, &[l])).collect();
            (!list.is_empty()).then_some(Given::List(list))
        }
        Shape::Map(_) => {
            let pair = |line: &str| {
                let (key, value) = line.split_once('=')?;
                Some((key.trim().trim_matches('"').to_owned(), value.trim().to_owned()))
            };
            let pairs: Vec<_> = text.lines().filter_map(pair).collect();
            (!pairs.is_empty()).then_some(Given::Map(pairs))
        }
        _ if text.is_empty() => None,
        Shape::Files if text.lines().count() > 1 => {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            Some(Given::List(lines.map(|line| Given::Text(line.to_owned())).collect()))
        }
        Shape::Number { .. } => {
            Some(text.parse().map_or_else(|_| Given::Text(text.to_owned()), Given::Whole))
        }
        Shape::Flag => match text {
            "true" | "yes" => Some(Given::Flag(true)),
            "false" | "no" => Some(Given::Flag(false)),
            other => Some(Given::Text(other.to_owned())),
        },
        Shape::Date => {
            Some(text.parse().map_or_else(|_| Given::Text(text.to_owned()), Given::Date))
        }
        _ if text.contains('\n') => Some(Given::Text(format!("{text}\n"))),
        _ => Some(Given::Text(text.to_owned())),
    }
}

fn value(given: &Given) -> Value {
    match given {
        Given::Text(text) => text.as_str().into(),
        Given::Whole(number) => (*number).into(),
        Given::Flag(flag) => (*flag).into(),
        Given::Date(date) => (*date).into(),
        Given::List(list) => Value::Array(list.iter().map(value).collect()),
        Given::Map(pairs) => {
            let mut table = InlineTable::new();
            for (key, text) in pairs {
                table.insert(key, text.as_str().into());
            }
            Value::InlineTable(table)
        }
    }
}

fn set(document: &mut DocumentMut, path: &[Part], to: &Given) -> Option<()> {
    let (last, way) = path.split_last()?;
    let holder = reach(document.as_item_mut(), way, true)?;
    match last {
        Part::Key(key) => {
            if let (Given::Map(pairs), Some(Item::Table(table))) = (to, holder.get_mut(key)) {
                let keys: Vec<String> = table.iter().map(|(key, _)| key.to_owned()).collect();
                for key in keys.iter().filter(|key| pairs.iter().all(|(of, _)| of != *key)) {
                    table.remove(key);
                }
                for (key, text) in pairs {
                    put(table.as_item_like(key), text.as_str().into());
                }
                return Some(());
            }
            let table = holder.as_table_like_mut()?;
            let blank = format!("# {BLANK}: ");
            if let Some(mut key) = table.key_mut(key) {
                let decor = key.leaf_decor_mut();
                let prefix = decor.prefix().and_then(|raw| raw.as_str()).unwrap_or_default();
                let kept: Vec<&str> =
                    prefix.split_inclusive('\n').filter(|line| !line.starts_with(&blank)).collect();
                let kept = kept.concat();
                decor.set_prefix(kept);
            }
            match table.get_mut(key) {
                Some(item) => put(item, value(to)),
                None => drop(table.insert(key, Item::Value(value(to)))),
            }
            Some(())
        }
        Part::Index(at) => {
            let list = holder.as_array_mut()?;
            match list.get_mut(*at) {
                Some(old) => *old = value(to),
                None => list.push(value(to)),
            }
            Some(())
        }
    }
}

/// In a value's place, its comment kept; the mark of what is to be filled in goes.
fn put(item: &mut Item, mut new: Value) {
    if let Item::Value(old) = item {
        let suffix = old.decor().suffix().and_then(|raw| raw.as_str()).unwrap_or_default();
        let suffix = suffix.replace(&format!("# {BLANK}: "), "# ");
        new.decor_mut().set_prefix(" ");
        new.decor_mut().set_suffix(suffix);
    }
    *item = Item::Value(new);
}

fn remove(document: &mut DocumentMut, path: &[Part]) -> Option<()> {
    let (last, way) = path.split_last()?;
    // Where nothing leads there is nothing to remove.
    let Some(holder) = reach(document.as_item_mut(), way, false) else { return Some(()) };
    match last {
        Part::Key(key) => drop(holder.as_table_like_mut()?.remove(key)),
        Part::Index(at) => match holder {
            Item::ArrayOfTables(tables) if *at < tables.len() => drop(tables.remove(*at)),
            Item::Value(Value::Array(list)) if *at < list.len() => drop(list.remove(*at)),
            _ => return None,
        },
    }
    Some(())
}

/// What lies at a path, made on the way if it is to be: tables of their own at the top of the file,
/// tables on one line below.
fn reach<'d>(mut item: &'d mut Item, way: &[Part], make: bool) -> Option<&'d mut Item> {
    for (depth, part) in way.iter().enumerate() {
        let repeated = matches!(way.get(depth + 1), Some(Part::Index(_)));
        item = match part {
            Part::Key(key) => {
                let top = depth == 0;
                let table = item.as_table_like_mut()?;
                if !table.contains_key(key) {
                    if !make {
                        return None;
                    }
                    let new = match (top, repeated) {
                        (true, true) => Item::ArrayOfTables(ArrayOfTables::new()),
                        (true, false) => Item::Table(Table::new()),
                        (false, true) => Item::Value(Value::Array(Array::new())),
                        (false, false) => Item::Value(Value::InlineTable(InlineTable::new())),
                    };
                    table.insert(key, new);
                }
                table.get_mut(key)?
            }
            Part::Index(at) => {
                match item {
                    Item::ArrayOfTables(tables) if make && *at == tables.len() => {
                        tables.push(Table::new());
                    }
                    Item::Value(Value::Array(list)) if make && *at == list.len() => {
                        list.push(Value::InlineTable(InlineTable::new()));
                    }
                    _ => {}
                }
                item.get_mut(*at)?
            }
        };
    }
    Some(item)
}

/// A table's entry, made if need be.
trait Entry {
    fn as_item_like(&mut self, key: &str) -> &mut Item;
}

impl Entry for Table {
    fn as_item_like(&mut self, key: &str) -> &mut Item {
        self.entry(key).or_insert(Item::Value("".into()))
    }
}
