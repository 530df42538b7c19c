//! No sentence of `privileged.toml` leaves with a bundle.

use crate::cli::exit::{Doing, Stop};
use crate::incident::PRIVILEGED_FILE;
use std::path::Path;

/// Shorter words stand anywhere.
const TELLING: usize = 16;

/// Refuses a bundle with a text file that holds a sentence of the privileged file.
///
/// # Errors
/// A guard's refusal; I/O.
pub fn guard(folder: &Path, dir: &Path, list: &[String]) -> Result<(), Stop> {
    let path = folder.join(PRIVILEGED_FILE);
    if !path.is_file() {
        return Ok(());
    }
    let text = std::fs::read_to_string(&path).doing(|| format!("read `{PRIVILEGED_FILE}`"))?;
    let mut sentences = Vec::new();
    if let Ok(value) = toml::from_str::<toml::Value>(&text) {
        gather(&value, &mut sentences);
    }
    for file in list {
        let named = Path::new(file).file_name().is_some_and(|name| name == PRIVILEGED_FILE);
        let bytes = std::fs::read(dir.join(file)).doing(|| format!("read `{file}`"))?;
        let said = sentences.iter().any(|s| bytes.windows(s.len()).any(|w| w == s.as_bytes()));
        if named || said {
            return Err(Stop::refused(
                "export.privileged",
                format!("`{file}` would hold words of `{PRIVILEGED_FILE}`"),
                "take them out of what is not privileged, make the outputs again, and export",
            ));
        }
    }
    Ok(())
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
