//! Commands that a message names, made ready to paste: with the folder at hand, and with its wave
//! where one was named. Rooms below know neither how a command is typed nor where it runs.

use crate::cli::args::Cli;
use clap::CommandFactory;
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::OnceLock;

const PROGRAM: &str = "`noticeworks ";

/// What stands for the places at which a line may end while texts are broken into lines: a command
/// that goes over two lines cannot be pasted. The two streams write it as it is.
const GLUE: [(char, char); 3] = [(' ', '\u{e000}'), ('/', '\u{e001}'), ('-', '\u{e002}')];

/// What was typed.
struct Typed {
    folder: String,
    wave: Option<String>,
}

static TYPED: OnceLock<Typed> = OnceLock::new();

/// Keeps folder and wave of the command line for the hints of this run.
pub fn remember(arguments: impl IntoIterator<Item = OsString>) {
    let Ok(mut matches) = Cli::command().try_get_matches_from(arguments) else { return };
    while let Some((_, inner)) = matches.remove_subcommand() {
        matches = inner;
        let folder = matches.try_get_one::<PathBuf>("incident").ok().flatten();
        if let Some(folder) = folder {
            let wave = matches.try_get_one::<String>("wave").ok().flatten().cloned();
            let _ = TYPED.set(Typed { folder: folder.display().to_string(), wave });
            return;
        }
    }
}

/// A text whose commands between backticks name the folder and the wave of this run, each of them
/// one word until [`plain`] is asked.
pub fn filled(text: &str) -> String {
    let glued = |command: String| {
        let glue = |c| GLUE.iter().find(|(plain, _)| *plain == c).map_or(c, |(_, glue)| *glue);
        command.chars().map(glue).collect()
    };
    match TYPED.get() {
        Some(Typed { folder, wave }) if text.contains(PROGRAM) => {
            each(text, folder, wave.as_deref(), &glued)
        }
        _ => text.to_owned(),
    }
}

/// A text as a person reads it.
pub fn plain(text: &str) -> String {
    let plain = |c| GLUE.iter().find(|(_, glue)| *glue == c).map_or(c, |(plain, _)| *plain);
    text.chars().map(plain).collect()
}

/// A text whose commands between backticks name a folder and a wave.
pub fn with(text: &str, folder: &str, wave: Option<&str>) -> String {
    each(text, folder, wave, &|command| command)
}

fn each(text: &str, folder: &str, wave: Option<&str>, shown: &dyn Fn(String) -> String) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(PROGRAM) {
        let begin = at + 1;
        let Some(end) = rest[begin..].find('`') else { break };
        out.push_str(&rest[..begin]);
        out.push_str(&shown(command(&rest[begin..begin + end], folder, wave)));
        rest = &rest[begin + end..];
    }
    out.push_str(rest);
    out
}

/// One command; as it stands where the program has none of that name.
fn command(hint: &str, folder: &str, wave: Option<&str>) -> String {
    let mut words: Vec<String> = hint.split(' ').map(str::to_owned).collect();
    let mut known = Cli::command();
    let mut at = 1;
    while let Some(inner) = words.get(at).and_then(|word| known.find_subcommand(word)).cloned() {
        known = inner;
        at += 1;
    }
    let positional: Vec<_> = known.get_positionals().collect();
    let takes_folder = positional.first().is_some_and(|first| first.get_id() == "incident");
    // An option in front means that nothing was named; a number of words that is one short, that
    // the folder was not.
    let named = words[at..].iter().take_while(|word| !word.starts_with('-')).count();
    let wanted = positional.iter().filter(|one| one.is_required_set()).count();
    if at > 1 && takes_folder && named < wanted {
        words.insert(at, quoted(folder));
    }
    let takes_wave = known.get_arguments().any(|one| one.get_id() == "wave");
    if let Some(wave) = wave
        && at > 1
        && takes_wave
        && !words.iter().any(|word| word == "--wave")
    {
        words.extend(["--wave".to_owned(), quoted(wave)]);
    }
    words.join(" ")
}

/// An argument as a shell takes it.
pub fn quoted(argument: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=".contains(c);
    match !argument.is_empty() && argument.chars().all(plain) {
        true => argument.to_owned(),
        false => format!("'{}'", argument.replace('\'', r"'\''")),
    }
}
