//! All forms with the words and tables around them.

use super::addressee::Addressees;
use super::elements::ElementGroups;
use super::form::{Field, Form};
use super::slots::Slot;
use super::words::Words;
use super::{keys, schema};
use crate::finding::{Findings, Place};
use crate::written::{self, TextFile};
use include_dir::{Dir, include_dir};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;

static SHIPPED: Dir = include_dir!("$CARGO_MANIFEST_DIR/forms");

/// Everything in `forms/`.
#[derive(Clone, Debug, Default)]
pub struct Forms {
    /// By id, the file's name without `.toml`.
    pub forms: BTreeMap<String, Form>,
    pub words: Words,
    pub groups: ElementGroups,
    /// How letters are addressed.
    pub addressees: Addressees,
    /// How each content id of the law files is answered, where no form is known.
    pub contents: Vec<Field>,
    /// Content ids for a duty whose law lists none.
    pub minimum: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Contents {
    minimum: Vec<String>,
    #[serde(rename = "content")]
    contents: Vec<Field>,
}

impl Forms {
    /// The forms the program ships with.
    pub fn shipped() -> (Self, Findings) {
        let files: Vec<(String, String)> = SHIPPED
            .files()
            .filter_map(|file| {
                let name = file.path().to_str()?.to_owned();
                Some((name, file.contents_utf8()?.to_owned()))
            })
            .collect();
        Self::parse(&files)
    }

    /// SHA-256, hex, over the forms the program ships with.
    pub fn digest() -> String {
        let mut files: Vec<_> = SHIPPED.files().collect();
        files.sort_by_key(|file| file.path());
        let mut hash = Sha256::new();
        for file in files {
            for part in [file.path().to_string_lossy().as_bytes(), file.contents()] {
                hash.update((part.len() as u64).to_le_bytes());
                hash.update(part);
            }
        }
        crate::files::hex(&hash.finalize())
    }

    /// The shipped forms with those of a folder of the user's over them, by file name.
    ///
    /// # Errors
    /// When the folder or a file in it cannot be read.
    pub fn with_folder(folder: &Path) -> std::io::Result<(Self, Findings)> {
        let mut files: BTreeMap<String, String> = SHIPPED
            .files()
            .filter_map(|f| Some((f.path().to_str()?.to_owned(), f.contents_utf8()?.to_owned())))
            .collect();
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            let name = path.file_name().and_then(|n| n.to_str()).map(str::to_owned);
            if let Some(name) = name.filter(|n| n.ends_with(".toml")) {
                files.insert(name, std::fs::read_to_string(&path)?);
            }
        }
        let files: Vec<_> = files.into_iter().collect();
        Ok(Self::parse(&files))
    }

    /// Reads files given as (name, text); every problem is a finding with file and line.
    pub fn parse(files: &[(String, String)]) -> (Self, Findings) {
        let mut files: Vec<&(String, String)> = files.iter().collect();
        files.sort();
        let (mut forms, mut findings) = (Self::default(), Findings::default());
        // The tables come first: forms are checked against them.
        for (name, text) in &files {
            match name.as_str() {
                "words.toml" => read(name, text, &mut forms.words, &mut findings),
                "addressees.toml" => read(name, text, &mut forms.addressees, &mut findings),
                "elements.toml" => read(name, text, &mut forms.groups, &mut findings),
                _ => {}
            }
        }
        let mut sources = BTreeMap::new();
        for (name, text) in &files {
            let Some(id) = name.strip_suffix(".toml") else { continue };
            match id {
                "words" | "elements" | "addressees" => {}
                "contents" => {
                    keys::check_contents(name, text, &mut findings);
                    if let Some(read) = parsed::<Contents>(name, text, &mut findings) {
                        forms.contents = read.contents;
                        forms.minimum = read.minimum;
                    }
                }
                _ => {
                    keys::check_form(name, text, &mut findings);
                    if let Some(mut form) = parsed::<Form>(name, text, &mut findings) {
                        form.id = id.to_owned();
                        sources.insert(id.to_owned(), text.as_str());
                        forms.forms.insert(id.to_owned(), form);
                    }
                }
            }
        }
        schema::check_forms(&forms, &sources, &mut findings);
        (forms, findings)
    }

    /// The form that answers a duty, by the law file's rule id.
    pub fn serving(&self, rule: &str) -> Option<&Form> {
        self.forms.values().find(|form| form.serves.iter().any(|id| id == rule))
    }

    /// The wording of an option, from the first form that lists it for this slot.
    pub fn option_label(&self, slot: &Slot, id: &str) -> Option<String> {
        self.forms
            .values()
            .flat_map(Form::rows)
            .filter(|field| field.maps_to.contains(slot))
            .flat_map(|field| &field.options)
            .find(|option| option.id == id)
            .map(|option| option.label.clone())
    }

    /// How a content id of the law files is answered.
    pub fn content(&self, id: &str) -> Option<&Field> {
        self.contents.iter().find(|field| field.id == id)
    }
}

fn read<T: DeserializeOwned>(name: &str, text: &str, into: &mut T, findings: &mut Findings) {
    if let Some(value) = parsed(name, text, findings) {
        *into = value;
    }
}

fn parsed<T: DeserializeOwned>(name: &str, text: &str, findings: &mut Findings) -> Option<T> {
    let file = TextFile::new(&format!("forms/{name}"), text);
    let remedy = "write the key as `forms/README.md` describes it";
    let read = written::value(&file, code!("form.unreadable"), remedy);
    read.map_err(|finding| findings.push(finding)).ok()
}

/// A place naming a form file as a whole.
pub(super) fn whole(id: &str) -> Place {
    Place::file(format!("forms/{id}.toml"))
}
