//! No sentence of `privileged.toml` leaves with a bundle.

use crate::export::tree;
use crate::folder::{IncidentFolder, TEMPLATES};
use crate::incident::{INCIDENT_FILE, PRIVILEGED_FILE};
use crate::matter::refusal::{Doing, Refusal};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Shorter words stand anywhere.
const TELLING: usize = 16;

/// Refuses a bundle with a text file that holds a sentence of the privileged file.
///
/// # Errors
/// A guard's refusal; I/O.
pub fn guard(folder: &Path, dir: &Path, list: &[String]) -> Result<(), Refusal> {
    let path = IncidentFolder(folder).privileged();
    if !path.is_file() {
        return Ok(());
    }
    let text = std::fs::read_to_string(&path).doing(|| format!("read `{PRIVILEGED_FILE}`"))?;
    let mut sentences = Vec::new();
    if let Ok(value) = toml::from_str::<toml::Value>(&text) {
        gather(&value, &mut sentences);
    }
    // What PDFs are made of, since nobody reads their bytes.
    let mut sources = vec![INCIDENT_FILE.to_owned()];
    let templates = IncidentFolder(folder).templates();
    if templates.is_dir() {
        let own = tree(&templates).doing(|| "read the templates".into())?;
        sources.extend(own.into_iter().map(|file| format!("{TEMPLATES}/{file}")));
    }
    for file in sources {
        if says(&folder.join(&file), &sentences).doing(|| format!("read `{file}`"))? {
            return Err(refusal(&file));
        }
    }
    for file in list {
        let named = Path::new(file).file_name().is_some_and(|name| name == PRIVILEGED_FILE);
        // Compressed files hold no sentence as it stands; their sources are looked at.
        let packed = [".pdf", ".xlsx", ".docx"].iter().any(|end| file.ends_with(end));
        let said =
            !packed && says(&dir.join(file), &sentences).doing(|| format!("read `{file}`"))?;
        if named || said {
            return Err(refusal(file));
        }
    }
    Ok(())
}

fn refusal(file: &str) -> Refusal {
    Refusal::refused(
        code!("export.privileged"),
        format!("`{file}` holds words of `{PRIVILEGED_FILE}`, which no bundle may"),
        "take them out of what is not privileged, make the outputs again, and export",
    )
}

/// Read at once; a sentence across the border is found with what was kept of the part before.
const CHUNK: usize = 1 << 20;

/// Whether a file holds one of the sentences.
fn says(path: &Path, sentences: &[String]) -> io::Result<bool> {
    let Some(longest) = sentences.iter().map(String::len).max() else { return Ok(false) };
    let mut file = File::open(path)?;
    let mut kept = Vec::with_capacity(CHUNK + longest);
    loop {
        let read = (&mut file).take(CHUNK as u64).read_to_end(&mut kept)?;
        let holds = |s: &String| {
            let first = s.as_bytes()[0];
            let starts = kept.iter().enumerate().filter(|(_, byte)| **byte == first);
            starts.into_iter().any(|(at, _)| kept[at..].starts_with(s.as_bytes()))
        };
        if sentences.iter().any(holds) {
            return Ok(true);
        }
        if read == 0 {
            return Ok(false);
        }
        kept.drain(..kept.len().saturating_sub(longest));
    }
}

/// The texts of a TOML file, whole and line by line.
fn gather(value: &toml::Value, to: &mut Vec<String>) {
    match value {
        toml::Value::String(text) => {
            let lines = text.lines().map(str::trim).filter(|line| line.len() >= TELLING);
            // An id or a date is no sentence.
            to.extend(lines.filter(|line| line.contains(' ')).map(str::to_owned));
        }
        toml::Value::Array(list) => list.iter().for_each(|v| gather(v, to)),
        toml::Value::Table(table) => table.values().for_each(|v| gather(v, to)),
        _ => {}
    }
}
