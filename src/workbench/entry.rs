//! The way in: the page that asks with the token, the page that lets in, and the private file that
//! a browser opens, so that the token stands in no process's arguments.

use crate::files;
use crate::markup::escape;
use std::io;
use std::path::{Path, PathBuf};

/// Where the token is exchanged.
pub const PATH: &str = "/enter";

/// The page for whoever typed or clicked the printed address.
pub fn ask(token: &str) -> String {
    frame(
        "Open the workbench",
        &format!(
            "<p>Only your browser on this machine gets in, and this address works once.</p>\n\
             <form method=\"post\" action=\"{PATH}\">\n\
             <input type=\"hidden\" name=\"token\" value=\"{}\">\n\
             <p><button class=\"primary\" type=\"submit\">Open the workbench</button></p>\n</form>\n",
            escape(token)
        ),
        "",
    )
}

/// The page that has just set the cookie.
pub fn welcome(first: &str) -> String {
    let first = escape(first);
    frame(
        "You are in",
        &format!("<p><a href=\"{first}\">Go on to the workbench</a></p>\n"),
        &format!("<meta http-equiv=\"refresh\" content=\"0; url={first}\">\n"),
    )
}

fn frame(title: &str, body: &str, head: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n{head}\
         <title>{title} · Noticeworks</title>\n\
         <link rel=\"icon\" href=\"/workbench.svg\" type=\"image/svg+xml\">\n\
         <link rel=\"stylesheet\" href=\"/workbench.css\">\n</head>\n<body class=\"entry\">\n\
         <main id=\"main\">\n<h1>{title}</h1>\n{body}</main>\n</body>\n</html>\n"
    )
}

/// A private file that posts the token as soon as it is opened.
///
/// # Errors
/// I/O.
pub fn file(folder: &Path, origin: &str, port: u16, token: &str) -> io::Result<PathBuf> {
    files::make_dir(folder)?;
    let path = folder.join(format!("open-{port}.html"));
    let text = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<title>Noticeworks</title>\n</head>\n\
         <body>\n<form id=\"enter\" method=\"post\" action=\"{origin}{PATH}\">\n\
         <input type=\"hidden\" name=\"token\" value=\"{token}\">\n\
         <p><button type=\"submit\">Open the workbench</button></p>\n</form>\n\
         <script>document.getElementById(\"enter\").submit()</script>\n</body>\n</html>\n"
    );
    files::write(&path, text.as_bytes())?;
    Ok(path)
}
