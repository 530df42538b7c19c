//! How rosters are read where their own shape does not say it.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

/// `[roster]`, and what one `[[roster.file]]` says otherwise.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct RosterChoices {
    /// Canonical column, or the pattern of a column that holds several -> the roster's headings.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<String, Headings>,
    /// Headings that nobody needs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ignore: Vec<String>,
    /// The workbook's sheet, where the wave names none after `#`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Line of the header, as a spreadsheet numbers it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header_row: Option<u64>,
    /// One character, or `tab`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<RosterEncoding>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dates: Option<DateOrder>,
    #[serde(skip_serializing_if = "Marks::is_empty")]
    pub marks: Marks,
    /// Hidden and filtered rows of a workbook are people like the others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hidden_rows: Option<HiddenRows>,
    #[serde(rename = "file", skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<RosterFile>,
}

/// What differs in one roster.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct RosterFile {
    /// As the wave names it, with or without `#SHEET`.
    pub name: String,
    #[serde(flatten)]
    pub choices: RosterChoices,
}

/// One heading, or several whose cells are joined; none leaves the column out.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(untagged)]
pub enum Headings {
    One(String),
    Joined(Vec<String>),
}

impl From<&str> for Headings {
    fn from(heading: &str) -> Self {
        Self::One(heading.to_owned())
    }
}

impl Headings {
    /// The headings; none where the column is left out.
    pub fn all(&self) -> &[String] {
        match self {
            Self::One(heading) if heading.trim().is_empty() => &[],
            Self::One(heading) => std::slice::from_ref(heading),
            Self::Joined(headings) => headings,
        }
    }
}

/// Words of a roster's own that say yes or no in a column of marks.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Marks {
    pub yes: Vec<String>,
    pub no: Vec<String>,
}

impl Marks {
    fn is_empty(&self) -> bool {
        self.yes.is_empty() && self.no.is_empty()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    Mdy,
    Dmy,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HiddenRows {
    Read,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub enum RosterEncoding {
    #[serde(rename = "utf-8")]
    Utf8,
    #[serde(rename = "utf-16le")]
    Utf16Le,
    #[serde(rename = "utf-16be")]
    Utf16Be,
    #[serde(rename = "windows-1252")]
    Windows1252,
    #[serde(rename = "cp850")]
    Cp850,
    #[serde(rename = "macroman")]
    MacRoman,
}

impl RosterChoices {
    /// What holds for one roster: its own choices before the general ones.
    pub fn of(&self, roster: &str) -> Self {
        let file = roster.split_once('#').map_or(roster, |(file, _)| file);
        let mut all = self.clone();
        all.files = Vec::new();
        // What names the sheet as well is said last.
        for name in [file, roster] {
            let own = self.files.iter().find(|own| own.name == name);
            if let Some(own) = own {
                all.differ(&own.choices);
            }
            if file == roster {
                break;
            }
        }
        all
    }

    fn differ(&mut self, own: &Self) {
        self.columns.extend(own.columns.iter().map(|(c, h)| (c.clone(), h.clone())));
        self.ignore.extend(own.ignore.iter().cloned());
        self.sheet = own.sheet.clone().or_else(|| self.sheet.take());
        self.header_row = own.header_row.or(self.header_row);
        self.delimiter = own.delimiter.clone().or_else(|| self.delimiter.take());
        self.encoding = own.encoding.or(self.encoding);
        self.dates = own.dates.or(self.dates);
        self.hidden_rows = own.hidden_rows.or(self.hidden_rows);
        self.marks.yes.extend(own.marks.yes.iter().cloned());
        self.marks.no.extend(own.marks.no.iter().cloned());
    }
}

/// The rosters of one wave, in the order of their rows; a workbook's sheet stands after `#`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(untagged)]
pub enum RosterFiles {
    One(String),
    Several(Vec<String>),
}

impl RosterFiles {
    /// Each roster as the wave names it.
    pub fn all(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Several(names) => names,
        }
    }

    /// The files, each once, without their sheets. A file may have a `#` in its own name.
    pub fn files(&self, folder: &Path) -> Vec<&str> {
        let mut files = Vec::new();
        for name in self.all() {
            let (file, _) = file_and_sheet(folder, name);
            if !files.contains(&file) {
                files.push(file);
            }
        }
        files
    }
}

impl From<&str> for RosterFiles {
    fn from(name: &str) -> Self {
        Self::One(name.to_owned())
    }
}

/// As the wave names them, for people to read.
impl fmt::Display for RosterFiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.all().join(", "))
    }
}

/// A roster's file in the incident folder and the sheet that is asked for.
pub fn file_and_sheet<'n>(folder: &Path, name: &'n str) -> (&'n str, Option<&'n str>) {
    match name.rsplit_once('#') {
        Some((file, sheet)) if !folder.join(name).exists() => (file, Some(sheet)),
        _ => (name, None),
    }
}
