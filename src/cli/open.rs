//! `open`: the workbench in a browser. Standard output has the address and nothing else, and only
//! where it was asked for.

use crate::cli::args::OpenArgs;
use crate::cli::exit::{Ending, Stop};
use crate::cli::output::{print, tell};
use crate::folder::StateFolder;
use crate::matter::refusal::Refusal;
use crate::matter::state_folder;
use crate::workbench::{OpenRequest, open};
use std::path::Path;
use std::process::{Command, Stdio};

pub fn run(args: &OpenArgs) -> Result<Ending, Stop> {
    let Some(state) = state_folder() else {
        return Err(Stop::Refusal(Refusal::one(
            code!("workbench.no_state"),
            "there is no folder for what programs remember",
            "set `NOTICEWORKS_STATE` or `HOME` to a folder outside the incident's",
        )));
    };
    let request =
        OpenRequest { folder: args.folder.clone(), state: StateFolder(&state).workbench() };
    let workbench = open(&request)?;
    if workbench.common {
        tell(
            "warning: this system has only 127.0.0.1: another user of this machine who serves pages there could be sent this workbench's cookie\n",
        );
    }
    if args.no_browser {
        print(&format!("{}\n", workbench.address))?;
    } else {
        let page = workbench.way_in()?;
        if !browse(&page) {
            tell(&format!(
                "no browser could be opened; open {} in yours, or use --no-browser\n",
                page.display()
            ));
        }
        tell("The workbench is open in your browser. It closes with Control-C.\n");
    }
    workbench.serve()?;
    Ok(Ending::Fine)
}

/// Asks the system to show a file in the browser.
fn browse(page: &Path) -> bool {
    let opener = match std::env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ => "xdg-open",
    };
    let mut command = Command::new(opener);
    command.arg(page).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().is_ok()
}
