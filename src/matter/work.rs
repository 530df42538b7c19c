//! One command at a time writes into an incident folder; the next waits a little, then says who is
//! at work.

use crate::files;
use crate::matter::refusal::{Doing, Refusal};
use std::fs::{File, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

/// In the incident folder; says in words which command has the lock.
const LOCK: &str = "work.lock";

/// How often the lock is tried, and how long is waited between.
const TRIES: u32 = 40;
const PAUSE: Duration = Duration::from_millis(100);

/// The right to write, as long as it lives; the system gives it back after a kill too.
pub struct Work(File);

impl Drop for Work {
    fn drop(&mut self) {
        // Nobody is at work any more; a file that is not emptied says so to nobody.
        let _ = self.0.set_len(0);
    }
}

/// Takes the right to write for a command.
///
/// # Errors
/// Refused while another command has it; I/O.
pub fn begin(folder: &Path, command: &str) -> Result<Work, Refusal> {
    let path = folder.join(LOCK);
    let doing = || format!("work with `{}`", path.display());
    let mut file = files::to_lock(&path).doing(doing)?;
    for _ in 0..TRIES {
        match file.try_lock() {
            Ok(()) => {
                let words = format!("`noticeworks {command}` (process {})", std::process::id());
                file.set_len(0).and_then(|()| file.write_all(words.as_bytes())).doing(doing)?;
                return Ok(Work(file));
            }
            Err(TryLockError::WouldBlock) => sleep(PAUSE),
            Err(TryLockError::Error(error)) => return Err(error).doing(doing),
        }
    }
    let mut who = String::new();
    // Where a locked file cannot be read, the command has no name.
    let _ = file.rewind().and_then(|()| file.read_to_string(&mut who).map(drop));
    let who = if who.is_empty() { "another command" } else { who.as_str() };
    Err(Refusal::refused(
        code!("folder.busy"),
        format!("{who} is at work on this folder"),
        "wait until it has ended, then run the command again",
    ))
}
