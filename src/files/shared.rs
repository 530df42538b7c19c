//! Folders that another machine writes to as well.
//!
//! The ledger is a database. A program that copies it to other machines copies it in the middle of
//! a change, and brings an older state back; a network drive may grant the same lock to two
//! machines. Both can end in a letter or an e-mail that goes out twice.

use super::system;
use std::path::{Path, PathBuf};

/// Who else has a hand in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shared {
    /// A program keeps copies on other machines.
    Synchronized(&'static str),
    /// It lies on another machine; the type of its file system.
    Network(String),
}

/// Folders by which the programs are known, in small letters, and their names.
const PROGRAMS: &[(&str, &str)] = &[
    ("onedrive", "OneDrive"),
    ("dropbox", "Dropbox"),
    ("icloud drive", "iCloud Drive"),
    ("iclouddrive", "iCloud Drive"),
    ("mobile documents", "iCloud Drive"),
    ("com~apple~clouddocs", "iCloud Drive"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("box sync", "Box"),
    ("nextcloud", "Nextcloud"),
];

/// Below it macOS has a folder for each account: `OneDrive-Example`, `Box-Box`.
const ACCOUNTS: &str = "cloudstorage";

/// File systems that lie on another machine, as the list of mounts names them.
const NETWORK: &[&str] = &[
    "cifs",
    "smb3",
    "smbfs",
    "nfs",
    "nfs4",
    "ncpfs",
    "afs",
    "ceph",
    "glusterfs",
    "fuse.glusterfs",
    "fuse.sshfs",
    "fuse.rclone",
    "davfs",
    "fuse.davfs2",
];

/// Who else has a hand in this folder, as far as its path and the mounts tell.
pub fn shared(folder: &Path) -> Option<Shared> {
    let full = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    if let Some(program) = synchronized(&full) {
        return Some(Shared::Synchronized(program));
    }
    network(&full, &system::mounts()).map(Shared::Network)
}

/// The program in whose folder a path lies.
pub fn synchronized(path: &Path) -> Option<&'static str> {
    let mut inside_accounts = false;
    for part in path.iter() {
        let part = part.to_string_lossy().to_lowercase();
        let known = PROGRAMS.iter().find(|(folder, _)| {
            part.strip_prefix(folder).is_some_and(|rest| {
                // `OneDrive - Example Clinic`, `Dropbox (Example Clinic)`, `OneDrive-Example`.
                rest.is_empty()
                    || rest.starts_with(" - ")
                    || rest.starts_with(" (")
                    || (inside_accounts && rest.starts_with('-'))
            })
        });
        match known {
            Some((_, program)) => return Some(program),
            None if inside_accounts => return Some("a cloud service"),
            None => inside_accounts = part == ACCOUNTS,
        }
    }
    None
}

/// The file system of another machine on which a path lies, by a list as in `/proc/mounts`.
pub fn network(path: &Path, mounts: &str) -> Option<String> {
    // `\\server\share`, on systems where paths can be written so.
    let text = path.to_string_lossy();
    if text.starts_with(r"\\?\UNC\") || (text.starts_with(r"\\") && !text.starts_with(r"\\?\")) {
        return Some("smb".to_owned());
    }
    let mut deepest: Option<(usize, &str)> = None;
    for line in mounts.lines() {
        let mut fields = line.split(' ').skip(1);
        let (Some(at), Some(kind)) = (fields.next(), fields.next()) else { continue };
        let at = PathBuf::from(unescaped(at));
        let depth = at.components().count();
        // The last one mounted at a place covers those before it.
        if path.starts_with(&at) && deepest.is_none_or(|(known, _)| depth >= known) {
            deepest = Some((depth, kind));
        }
    }
    let (_, kind) = deepest?;
    NETWORK.contains(&kind).then(|| kind.to_owned())
}

/// Spaces and the like stand as three octal digits in the list of mounts.
fn unescaped(field: &str) -> String {
    [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")]
        .iter()
        .fold(field.to_owned(), |text, (code, real)| text.replace(code, real))
}
