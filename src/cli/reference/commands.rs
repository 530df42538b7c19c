//! The commands, as `--help` knows them.

use crate::cli::args::Cli;
use crate::cli::reference::cell;
use clap::{Arg, Command, CommandFactory};
use std::fmt::Write as _;

const COMMANDS: &str = "
## Commands

What people read goes to standard error, data to standard output. Every command also knows `--help`.
";

pub fn commands(out: &mut String) {
    out.push_str(COMMANDS);
    let mut root = Cli::command();
    root.build();
    for command in root.get_subcommands() {
        one(out, command);
    }
}

fn one(out: &mut String, command: &Command) {
    let inner: Vec<_> = command.get_subcommands().filter(|c| c.get_name() != "help").collect();
    if command.get_name() == "help" {
        return;
    }
    if inner.is_empty() {
        describe(out, command);
    }
    for command in inner {
        describe(out, command);
    }
}

fn describe(out: &mut String, command: &Command) {
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ");
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let name = command.get_bin_name().unwrap_or_default();
    let _ = write!(out, "\n### `{name}`\n\n{about}.\n\n    {usage}\n");
    let own = |arg: &&Arg| !matches!(arg.get_id().as_str(), "help" | "version");
    let args: Vec<_> = command.get_arguments().filter(own).collect();
    if !args.is_empty() {
        out.push_str("\n| option | meaning |\n| --- | --- |\n");
    }
    for arg in args {
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        let _ = writeln!(out, "| `{}` | {}{} |", written(arg), cell(&help), more(arg));
    }
}

/// `--wave <ID>`, `<FOLDER>`.
fn written(arg: &Arg) -> String {
    let value =
        arg.get_value_names().and_then(|names| names.first()).map(|name| format!("<{name}>"));
    match (arg.get_long(), value) {
        (Some(long), Some(value)) if arg.get_action().takes_values() => format!("--{long} {value}"),
        (Some(long), _) => format!("--{long}"),
        (None, value) => value.unwrap_or_default(),
    }
}

/// What may be written, and the default.
fn more(arg: &Arg) -> String {
    let mut more = String::new();
    let choices: Vec<_> =
        arg.get_possible_values().iter().map(|v| format!("`{}`", v.get_name())).collect();
    if !choices.is_empty() && arg.get_action().takes_values() {
        let _ = write!(more, ": {}", choices.join(", "));
    }
    if let [default] = arg.get_default_values()
        && arg.get_action().takes_values()
    {
        let _ = write!(more, " (default `{}`)", default.to_string_lossy());
    }
    more
}
