//! Progress bars on standard error, on a terminal only.

use crate::cli::output::tell_findings;
use crate::finding::Findings;
use crate::matter::watcher::Watcher;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::{Mutex, PoisonError};

/// A bar over `total` things; hidden where standard error is not a terminal.
pub fn bar(what: &'static str, total: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template(
        "{prefix:>10} {bar:40} {human_pos}/{human_len} {per_sec}, {eta} left{msg}",
    );
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar.set_prefix(what);
    bar
}

/// Shows each stage of a piece of work as a bar.
#[derive(Default)]
pub struct Bars(Mutex<Option<ProgressBar>>);

impl Bars {
    fn with(&self, act: impl FnOnce(&mut Option<ProgressBar>)) {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Watcher for Bars {
    fn begin(&self, what: &'static str, total: u64) {
        self.with(|shown| *shown = Some(bar(what, total)));
    }

    fn advance(&self, done: u64) {
        self.with(|shown| {
            if let Some(bar) = shown {
                bar.inc(done);
            }
        });
    }

    fn note(&self, words: &str) {
        self.with(|shown| {
            if let Some(bar) = shown {
                bar.set_message(format!(": {words}"));
            }
        });
    }

    fn found(&self, findings: &Findings) {
        tell_findings(findings, false);
    }

    fn end(&self) {
        self.with(|shown| {
            if let Some(bar) = shown.take() {
                bar.finish_and_clear();
            }
        });
    }
}
