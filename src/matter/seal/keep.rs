//! Copies of what a seal's pieces were made from.

use crate::approve::{Inputs, SealMaker};
use crate::files;
use crate::matter::open::Matter;
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::sealed::LAW;
use crate::roster::spool_path;
use std::path::Path;

/// The spool and the law folder, beside the other inputs. The spool is linked, not copied: a new
/// `check` writes another file and leaves this one alone.
///
/// # Errors
/// I/O.
pub fn keep(
    matter: &Matter,
    inputs: &Inputs,
    maker: &SealMaker,
    law: Option<&Path>,
) -> Result<(), Refusal> {
    let doing = || "keep what the letters were made from".to_owned();
    let to = maker.inputs();
    inputs.copy(&matter.folder, &to).doing(doing)?;
    let wave = &matter.wave().id;
    let (from, target) = (spool_path(&matter.folder, wave), spool_path(&to, wave));
    files::make_dir(target.parent().unwrap_or(&to)).doing(doing)?;
    for extension in ["csv", "toml"] {
        let (from, target) = (from.with_extension(extension), target.with_extension(extension));
        if std::fs::hard_link(&from, &target).is_err() {
            std::fs::copy(&from, &target).doing(doing)?;
        }
    }
    if let Some(law) = law {
        files::make_dir(&to.join(LAW)).doing(doing)?;
        for entry in std::fs::read_dir(law).doing(doing)? {
            let path = entry.doing(doing)?.path();
            if let Some(name) = path.file_name().filter(|_| path.is_file()) {
                std::fs::copy(&path, to.join(LAW).join(name)).doing(doing)?;
            }
        }
    }
    Ok(())
}
