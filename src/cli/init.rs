//! `init`: begins an incident folder with an incident.toml to fill in.

mod look;
mod proposal;
mod skeleton;

use super::args::InitArgs;
use super::exit::{Doing, Ending, Stop};
use super::output::tell;
use super::words::count;
use crate::files;
use crate::incident::INCIDENT_FILE;
use std::path::Path;

pub use skeleton::BLANK;

pub fn run(args: &InitArgs) -> Result<Ending, Stop> {
    let path = args.folder.join(INCIDENT_FILE);
    if path.exists() {
        return Err(Stop::one(
            code!("init.exists"),
            format!("`{}` exists already and was left as it is", path.display()),
            "name another folder, or move the file away first",
        ));
    }
    let looked = args.roster.as_deref().map(look::at).transpose()?;
    let text = skeleton::write(looked.as_ref());
    files::make_dir(&args.folder).doing(|| format!("make `{}`", args.folder.display()))?;
    files::write(&path, text.as_bytes()).doing(|| format!("write `{}`", path.display()))?;
    tell(&next_steps(args, &path, &text));
    Ok(Ending::Fine)
}

fn next_steps(args: &InitArgs, path: &Path, text: &str) -> String {
    let blanks = text.matches(&format!("{BLANK}: ")).count() as u64;
    let questions = text.matches(proposal::QUESTION).count() as u64;
    let folder = args.folder.display();
    let mut steps = format!(
        "wrote {}\n\nNext\n  fill in {} marked {BLANK}\n",
        path.display(),
        count(blanks, "place", "places"),
    );
    if questions > 0 {
        let questions = count(questions, "question", "questions");
        steps.push_str(&format!("  answer {questions} about the roster, marked QUESTION\n"));
    }
    let away = |roster: &&Path| roster.canonicalize().ok().is_some_and(|r| !within(&r, args));
    match args.roster.as_deref() {
        Some(roster) if away(&roster) => {
            steps.push_str(&format!("  put a copy of {} into {folder}\n", roster.display()));
        }
        Some(_) => {}
        None => steps.push_str(&format!("  put the roster (CSV or XLSX) into {folder}\n")),
    }
    steps.push_str(&format!("  noticeworks check {folder}\n"));
    steps
}

fn within(roster: &Path, args: &InitArgs) -> bool {
    args.folder.canonicalize().is_ok_and(|folder| roster.parent() == Some(&folder))
}
