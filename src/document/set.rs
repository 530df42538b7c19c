//! All templates of one product: shipped ones, and the incident's own in their place.

use super::memo::{self, Memo};
use super::names::nearest_names;
use super::prepare::{Original, Prepared, prepare};
use super::{Section, SectionStyle, escape, markdown};
use crate::finding::{Finding, Findings, Place, Severity};
use include_dir::{Dir, DirEntry};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use tera::{Context, ErrorKind, Tera};

/// Templates checked and compiled, ready to be filled in by many threads at once.
///
/// A template is named by its path inside the folder without `.md`: `en/what-happened`.
pub struct TemplateSet {
    tera: Tera,
    templates: BTreeMap<String, Template>,
    /// Files other than templates (`sections.toml`), by path.
    files: BTreeMap<String, Original>,
    memo: Memo,
}

struct Template {
    original: Original,
    prepared: Prepared,
    /// Top-level names it mentions, pieces it includes counted.
    mentions: BTreeSet<String>,
}

impl TemplateSet {
    /// Loads a folder of shipped templates, each replaced by the file of the same path in
    /// `overrides` (the incident's own `templates/<product>`); new files there are added.
    ///
    /// # Errors
    /// Everything wrong with any template: comments, markup, syntax, missing pieces.
    pub fn load(embedded: &Dir, overrides: Option<&Path>) -> Result<Self, Findings> {
        let mut findings = Findings::default();
        let product = format!("templates/{}", embedded.path().display());
        let mut originals = BTreeMap::new();
        shipped(embedded, embedded.path(), &product, &mut originals);
        if let Some(folder) = overrides {
            own(folder, folder, &product, &mut originals, &mut findings);
        }
        let mut set = Self {
            tera: Tera::default(),
            templates: BTreeMap::new(),
            files: BTreeMap::new(),
            memo: Memo::default(),
        };
        set.tera.autoescape_on([".md"]);
        set.tera.set_escape_fn(|value, out| out.write_all(escape(value).as_bytes()));
        for (path, original) in originals {
            let Some(name) = path.strip_suffix(".md") else {
                set.files.insert(path, original);
                continue;
            };
            let inline = name.rsplit('/').next().is_some_and(|n| n.starts_with('_'));
            match prepare(&original, inline) {
                Ok(prepared) => {
                    let mentions = BTreeSet::new();
                    set.templates
                        .insert(name.to_owned(), Template { original, prepared, mentions });
                }
                Err(list) => list.into_iter().for_each(|f| findings.push(f)),
            }
        }
        set.compile(&mut findings);
        if findings.has_errors() { Err(findings) } else { Ok(set) }
    }

    fn compile(&mut self, findings: &mut Findings) {
        // Each alone first, so that every syntax error is reported and not only the first.
        let mut sound = Vec::new();
        for (name, template) in &self.templates {
            let file = format!("{name}.md");
            match Tera::default().add_raw_template(&file, &template.prepared.source) {
                Err(e) if matches!(e.kind(), ErrorKind::SyntaxError(_)) => {
                    findings.push(self.explain(&e, name));
                }
                _ => sound.push((file, template.prepared.source.clone())),
            }
        }
        if let Err(error) = self.tera.add_raw_templates(sound) {
            findings.push(self.explain(&error, ""));
            return;
        }
        for (name, template) in &mut self.templates {
            if let Ok(variables) = self.tera.get_template_variables(&format!("{name}.md")) {
                template.mentions = variables.into_iter().map(str::to_owned).collect();
            }
        }
    }

    /// Fills a template in.
    ///
    /// Sections that speak of nobody in particular come from a bounded memo: equal text, the
    /// same `Arc`. A template that comes out empty gives a section without blocks.
    ///
    /// # Errors
    /// One finding, at the template's line: a name that is not defined, unprintable markup, a
    /// comment without its block. It holds no personal value.
    pub fn render(
        &self,
        name: &str,
        context: &Context,
        style: SectionStyle,
    ) -> Result<Arc<Section>, Finding> {
        self.render_as(name, name, context, style)
    }

    /// Fills a template in and gives the section another name, where one template serves many
    /// (`en/states/generic` as `en/states/me`).
    ///
    /// # Errors
    /// As [`TemplateSet::render`].
    pub fn render_as(
        &self,
        name: &str,
        called: &str,
        context: &Context,
        style: SectionStyle,
    ) -> Result<Arc<Section>, Finding> {
        let personal = self.mentions(name, "person");
        let text = self
            .tera
            .render(&format!("{name}.md"), context)
            .map_err(|error| self.explain(&error, name))?;
        let text = one_full_stop(text);
        let key = memo::key(&text, style);
        if !personal && let Some(section) = self.memo.get(key, &text) {
            return Ok(section);
        }
        let blocks = markdown::blocks(&text).map_err(|trouble| {
            let (file, line) = (trouble.origin.file.as_ref(), trouble.origin.line);
            let template = self.templates.values().find(|t| t.original.label.as_ref() == file);
            let finding = match template {
                Some(t) => t.original.finding(trouble.code, line, 1, trouble.message),
                None => Finding::new(trouble.code, Severity::Error, trouble.message)
                    .at(Place::file(name)),
            };
            finding.remedy(trouble.remedy)
        })?;
        let section = Arc::new(Section { key, name: called.to_owned(), personal, style, blocks });
        Ok(if personal { section } else { self.memo.keep(text, section) })
    }

    /// Whether there is such a template.
    pub fn has(&self, name: &str) -> bool {
        self.templates.contains_key(name)
    }

    /// Names of all templates, sorted; pieces (`_agency`) too.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.templates.keys().map(String::as_str)
    }

    /// Whether a template, or a piece it includes, mentions this top-level name (`person`).
    pub fn mentions(&self, name: &str, variable: &str) -> bool {
        self.templates.get(name).is_some_and(|t| t.mentions.contains(variable))
    }

    /// A template's text as written, and its name for findings.
    pub fn source(&self, name: &str) -> Option<(&str, &str)> {
        self.templates.get(name).map(|t| (t.original.label.as_ref(), t.original.text.as_str()))
    }

    /// Paths of the files that are not templates.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// A data file beside the templates, and its name for findings.
    pub fn file(&self, path: &str) -> Option<(&str, &str)> {
        self.files.get(path).map(|f| (f.label.as_ref(), f.text.as_str()))
    }

    /// Every file the set was made of, sorted: label and text, for seals and digests.
    pub fn sources(&self) -> Vec<(&str, &str)> {
        let templates = self.templates.values().map(|t| &t.original);
        let mut all: Vec<_> = templates
            .chain(self.files.values())
            .map(|o| (o.label.as_ref(), o.text.as_str()))
            .collect();
        all.sort_unstable();
        all
    }

    fn explain(&self, error: &tera::Error, name: &str) -> Finding {
        let (ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report)) = error.kind()
        else {
            return Finding::new(
                code!("template.broken"),
                Severity::Error,
                lower_first(&error.to_string()),
            )
            .at(Place::file(self.templates.get(name).map_or(name, |t| &t.original.label)))
            .remedy("correct the template or take the file away to use the shipped one");
        };
        let (message, hint) = match report.message().split_once(". ") {
            Some((message, hint)) => (message, lower_first(hint)),
            None => (report.message(), String::new()),
        };
        let code = if message.contains("defined") {
            code!("template.undefined")
        } else {
            code!("template.syntax")
        };
        let at = report.filename().strip_suffix(".md").unwrap_or(name);
        let Some(template) = self.templates.get(at).or_else(|| self.templates.get(name)) else {
            return Finding::new(code, Severity::Error, lower_first(message));
        };
        let span = report.span();
        let index = span.start_line.saturating_sub(1);
        let (line, shift) = template.prepared.lines.get(index).copied().unwrap_or((0, 0));
        let column = (span.start_col as i32 - shift).max(0) as u32 + 1;
        let mut finding = template.original.finding(code, line, column, lower_first(message));
        if let Some(place) = &mut finding.place
            && span.end_line == span.start_line
        {
            place.width = span.end_col.saturating_sub(span.start_col) as u32;
        }
        finding.remedy(match hint.is_empty() {
            true => "correct the template".to_owned(),
            false => nearest(&hint, message),
        })
    }
}

/// A value that ends with a full stop (`Inc.`) takes the place of the template's own: escaped
/// marks come from values, bare ones from templates.
fn one_full_stop(text: String) -> String {
    if text.contains("\\..") { text.replace("\\..", "\\.") } else { text }
}

/// A long list of names is cut to those most like the wrong one.
fn nearest(hint: &str, message: &str) -> String {
    let Some((words, names)) = hint.split_once(": ") else { return hint.to_owned() };
    let wrong = message.split('`').nth(1).unwrap_or("");
    format!("{words}: {}", nearest_names(names.split(", "), wrong))
}

fn lower_first(text: &str) -> String {
    let text = text.trim_end_matches('.');
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |c| c.to_lowercase().chain(chars).collect())
}

fn shipped(dir: &Dir, root: &Path, product: &str, into: &mut BTreeMap<String, Original>) {
    for entry in dir.entries() {
        match entry {
            DirEntry::Dir(dir) => shipped(dir, root, product, into),
            DirEntry::File(file) => {
                let path = slashed(file.path().strip_prefix(root).unwrap_or(file.path()));
                let text = String::from_utf8_lossy(file.contents()).into_owned();
                let label = format!("shipped:{product}/{path}").into();
                into.insert(path, Original { label, text });
            }
        }
    }
}

fn own(
    folder: &Path,
    root: &Path,
    product: &str,
    into: &mut BTreeMap<String, Original>,
    findings: &mut Findings,
) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<_> = entries.filter_map(|e| e.ok().map(|e| e.path())).collect();
    paths.sort();
    for path in paths {
        let name = slashed(path.strip_prefix(root).unwrap_or(&path));
        let wanted = path.extension().is_some_and(|e| e == "md" || e == "toml");
        if path.is_dir() {
            own(&path, root, product, into, findings);
        } else if wanted {
            let label: Arc<str> = format!("{product}/{name}").into();
            match std::fs::read_to_string(&path) {
                Ok(text) => {
                    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
                    into.insert(name, Original { label, text });
                }
                Err(_) => findings.push(
                    Finding::new(
                        code!("template.unreadable"),
                        Severity::Error,
                        "the template is not UTF-8 text",
                    )
                    .at(Place::file(label.as_ref()))
                    .remedy("save the file as plain text in UTF-8"),
                ),
            }
        }
    }
}

fn slashed(path: &Path) -> String {
    path.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
