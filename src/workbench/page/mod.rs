//! Pages: one question each, its answer first, one thing to do next, and the command that does the
//! same.

mod blocks;
mod found;
mod rail;

pub use blocks::{Block, Cell, Choice, Field, Form, Link, Progress, Table};
pub use found::{capital, findings, refusal};
pub use rail::{Rail, Step, StepState};

use serde::Serialize;
use std::sync::LazyLock;
use tera::{Context, Tera};

/// The shipped frame and its parts.
static PAGES: LazyLock<Tera> = LazyLock::new(|| {
    let mut tera = Tera::default();
    tera.add_raw_templates([
        ("blocks.html", include_str!("../../../templates/workbench/blocks.html")),
        ("page.html", include_str!("../../../templates/workbench/page.html")),
    ])
    .expect("the shipped templates are valid; a test renders every page");
    tera
});

/// A page in the making.
#[derive(Debug, Default, Serialize)]
pub struct Page {
    /// The question.
    pub title: String,
    /// Its answer, in one sentence.
    pub answer: String,
    pub blocks: Vec<Block>,
    /// The command line that does the same.
    pub command: String,
    pub rail: Rail,
    /// In every form, so that only our pages change anything.
    pub token: String,
    /// What was just done.
    pub done: String,
    /// Looked at again after so many seconds where there is no script.
    pub refresh: u32,
}

impl Page {
    pub fn new(title: impl Into<String>, answer: impl Into<String>) -> Self {
        Self { title: title.into(), answer: answer.into(), ..Self::default() }
    }

    #[must_use]
    pub fn command(mut self, command: impl Into<String>) -> Self {
        self.command = command.into();
        self
    }

    #[must_use]
    pub fn with(mut self, block: Block) -> Self {
        self.blocks.push(block);
        self
    }

    pub fn push(&mut self, block: Block) {
        self.blocks.push(block);
    }

    /// The page as HTML.
    pub fn render(mut self) -> String {
        blocks::number(&mut self.blocks, &mut 0);
        let rendered =
            Context::from_serialize(&self).and_then(|context| PAGES.render("page.html", &context));
        // A page that cannot be rendered is a fault of ours, and says so.
        rendered.unwrap_or_else(|error| {
            let error = crate::markup::escape(&error.to_string());
            format!("<!doctype html><title>Fault</title><pre>{error}</pre>")
        })
    }
}

/// An argument as a shell takes it.
pub fn quoted(argument: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:".contains(c);
    match argument.chars().all(plain) && !argument.is_empty() {
        true => argument.to_owned(),
        false => format!("'{}'", argument.replace('\'', "'\\''")),
    }
}
