//! `completions` and `man`: what a shell and `man` want to know of the commands.

use crate::cli::args::Cli;
use crate::cli::exit::{Ending, Stop};
use crate::cli::output::{print, tell};
use crate::matter::refusal::Doing;
use crate::tables::words::count;
use clap::CommandFactory;
use clap_complete::Shell;
use clap_mangen::Man;
use std::fs;
use std::path::Path;

const NAME: &str = "noticeworks";

/// The completion script of a shell, on standard output.
pub fn script(shell: Shell) -> Result<Ending, Stop> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), NAME, &mut script);
    print(&String::from_utf8_lossy(&script))?;
    Ok(Ending::Fine)
}

/// The manual page on standard output, or one page for each command in a folder.
pub fn manual(dir: Option<&Path>) -> Result<Ending, Stop> {
    let Some(dir) = dir else {
        print(&page(Cli::command())?)?;
        return Ok(Ending::Fine);
    };
    fs::create_dir_all(dir).doing(|| format!("make the folder `{}`", dir.display()))?;
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    let mut pages = 0;
    write(command, dir, &mut pages)?;
    tell(&format!("{} in {}\n", count(pages, "manual page", "manual pages"), dir.display()));
    Ok(Ending::Fine)
}

/// A command's page, then those of its own commands: `noticeworks-law-show.1`.
fn write(command: clap::Command, dir: &Path, pages: &mut u64) -> Result<(), Stop> {
    let path = dir.join(format!("{}.1", command.get_display_name().unwrap_or(NAME)));
    for inner in command.get_subcommands() {
        write(inner.clone(), dir, pages)?;
    }
    let page = page(command)?;
    fs::write(&path, page).doing(|| format!("write `{}`", path.display()))?;
    *pages += 1;
    Ok(())
}

fn page(command: clap::Command) -> Result<String, Stop> {
    let mut page = Vec::new();
    Man::new(command).render(&mut page).doing(|| "compose the manual page".into())?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}
