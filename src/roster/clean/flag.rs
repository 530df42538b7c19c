//! Yes and no.

/// What a yes/no cell says; none if it says neither.
pub fn read(text: &str) -> Option<bool> {
    match text {
        "Y" => return Some(true),
        "" | "N" => return Some(false),
        _ if text.len() > 8 => return None,
        _ => {}
    }
    match text.to_lowercase().as_str() {
        "y" | "yes" | "true" | "t" | "1" | "x" | "✓" | "✔" | "sí" | "si" => Some(true),
        "n" | "no" | "false" | "f" | "0" => Some(false),
        _ => None,
    }
}
