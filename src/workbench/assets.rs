//! What every page loads: our own style and script, built in.

pub const HTML: &str = "text/html; charset=utf-8";

const STYLE: &str = include_str!("../../templates/workbench/workbench.css");
const ICON: &str = include_str!("../../templates/workbench/workbench.svg");
const SCRIPT: &str = include_str!("../../templates/workbench/workbench.js");

/// The content type and the text of a built-in file. Says nothing of any incident, so that the page
/// that lets somebody in may load it.
pub fn named(path: &str) -> Option<(&'static str, &'static str)> {
    match path {
        "/workbench.css" => Some(("text/css; charset=utf-8", STYLE)),
        "/workbench.svg" => Some(("image/svg+xml", ICON)),
        "/workbench.js" => Some(("text/javascript; charset=utf-8", SCRIPT)),
        _ => None,
    }
}
