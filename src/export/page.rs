//! A page of a bundle: one file, no script, nothing fetched from elsewhere.

use crate::markup::escape;
use std::fmt::Write as _;

const STYLE: &str = include_str!("bundle.css");

/// An HTML page in the making.
pub struct Page {
    out: String,
    sections: usize,
}

impl Page {
    /// `kind` says for whom the page is.
    pub fn new(kind: &str, title: &str) -> Self {
        let mut out =
            String::from("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        let _ = write!(
            out,
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
             style-src 'unsafe-inline'\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
             <meta name=\"robots\" content=\"noindex\">\n<title>{title} · {kind}</title>\n\
             <style>\n{STYLE}</style>\n</head>\n<body>\n\
             <a class=\"skip\" href=\"#main\">Skip to the text</a>\n\
             <header>\n<p class=\"kind\">{kind}</p>\n<h1>{title}</h1>\n</header>\n\
             <main id=\"main\">\n",
            title = esc(title),
            kind = esc(kind),
        );
        Self { out, sections: 0 }
    }

    /// Begins a section.
    pub fn section(&mut self, title: &str) -> &mut Self {
        if self.sections > 0 {
            self.out.push_str("</section>\n");
        }
        self.sections += 1;
        let n = self.sections;
        let title = esc(title);
        let _ =
            writeln!(self.out, "<section aria-labelledby=\"s{n}\">\n<h2 id=\"s{n}\">{title}</h2>");
        self
    }

    pub fn text(&mut self, text: &str) -> &mut Self {
        for paragraph in text.split("\n\n").map(str::trim).filter(|p| !p.is_empty()) {
            let _ = writeln!(self.out, "<p>{}</p>", esc(paragraph));
        }
        self
    }

    /// Names and what stands behind them; empty ones are left out.
    pub fn facts(&mut self, facts: &[(&str, String)]) -> &mut Self {
        self.out.push_str("<dl>\n");
        for (name, text) in facts.iter().filter(|(_, text)| !text.is_empty()) {
            let _ = writeln!(self.out, "<dt>{}</dt><dd>{}</dd>", esc(name), esc(text));
        }
        self.out.push_str("</dl>\n");
        self
    }

    /// A table; columns whose cells are all numbers stand to the right.
    pub fn table(&mut self, caption: &str, head: &[&str], rows: &[Vec<String>]) -> &mut Self {
        let number = |text: &String| {
            !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || c == ',')
        };
        let right: Vec<bool> = (0..head.len())
            .map(|i| i > 0 && !rows.is_empty() && rows.iter().all(|r| r.get(i).is_some_and(number)))
            .collect();
        // Words stay whole; only digests and the like may break anywhere.
        let long: Vec<bool> = (0..head.len())
            .map(|i| {
                let word = |cell: &String| cell.split(' ').any(|w| w.chars().count() > 24);
                rows.iter().any(|row| row.get(i).is_some_and(word))
            })
            .collect();
        let class = |i: usize| match (right[i], long[i]) {
            (true, _) => " class=\"n\"",
            (_, true) => " class=\"long\"",
            _ => "",
        };
        let _ = write!(
            self.out,
            "<div class=\"wide\">\n<table>\n<caption>{}</caption>\n<thead><tr>",
            esc(caption)
        );
        for (i, name) in head.iter().enumerate() {
            let _ = write!(self.out, "<th scope=\"col\"{}>{}</th>", class(i), esc(name));
        }
        self.out.push_str("</tr></thead>\n<tbody>\n");
        for row in rows {
            self.out.push_str("<tr>");
            for (i, cell) in row.iter().enumerate().take(head.len()) {
                let _ = match i {
                    0 => write!(self.out, "<th scope=\"row\">{}</th>", esc(cell)),
                    _ => write!(self.out, "<td{}>{}</td>", class(i), esc(cell)),
                };
            }
            self.out.push_str("</tr>\n");
        }
        self.out.push_str("</tbody>\n</table>\n</div>\n");
        self
    }

    /// Files of the bundle with what each is; the paths are relative.
    pub fn files(&mut self, files: &[(String, String)]) -> &mut Self {
        self.out.push_str("<ul>\n");
        for (path, about) in files {
            let href: String = path
                .bytes()
                .map(|b| match b {
                    b if b.is_ascii_alphanumeric() || b"-._~/".contains(&b) => {
                        char::from(b).to_string()
                    }
                    b => format!("%{b:02X}"),
                })
                .collect();
            let _ =
                writeln!(self.out, "<li><a href=\"{href}\">{}</a>: {}</li>", esc(path), esc(about));
        }
        self.out.push_str("</ul>\n");
        self
    }

    /// The whole page.
    pub fn finish(mut self, foot: &str) -> String {
        if self.sections > 0 {
            self.out.push_str("</section>\n");
        }
        let _ = write!(
            self.out,
            "</main>\n<footer>\n<p>{}</p>\n</footer>\n</body>\n</html>\n",
            esc(foot)
        );
        self.out
    }
}

/// Escapes text for content and quoted attributes; line breaks stay.
pub fn esc(text: &str) -> String {
    escape(text).replace('\n', "<br>")
}
