//! The one door to the operating system: who may open a file, when its name is safe on the disk,
//! which file it is, what machine this is, what is mounted where.
//!
//! Everything that only Unix has stands here; the rest of the program builds wherever the standard
//! library does. On other systems a new file has the rights that its folder hands down.

use std::fs::{DirBuilder, File, Metadata, OpenOptions};
use std::io;
use std::path::Path;

/// What is opened with these options is its owner's alone, if it is new.
pub fn for_owner(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

/// Folders made by this builder are their owner's alone.
pub fn folders_for_owner(builder: &mut DirBuilder) -> &mut DirBuilder {
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(builder, 0o700);
    builder
}

/// Takes everybody else's rights from a folder that is there.
///
/// # Errors
/// Any I/O error.
pub fn shut_to_others(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))
    }
    #[cfg(not(unix))]
    std::fs::metadata(folder).map(drop)
}

/// Makes the names in a folder safe against a loss of power. Where a folder cannot be opened like a
/// file, the file system's own journal has to do.
///
/// # Errors
/// Any I/O error.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    match File::open(folder) {
        Ok(open) => open.sync_all(),
        Err(_) if cfg!(not(unix)) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Gives each of two folders the other's name, in one step; false where the second is not there or
/// the file system cannot do it.
///
/// # Errors
/// Any other I/O error; both keep their names.
pub fn exchange(one: &Path, other: &Path) -> io::Result<bool> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
            Ok(()) => Ok(true),
            Err(Errno::NOENT | Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = (one, other);
        Ok(false)
    }
}

/// Which file it is, wherever its name leads; the same for all where the system does not tell.
pub fn identity(file: &Metadata) -> (u64, u64) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        (file.dev(), file.ino())
    }
    #[cfg(not(unix))]
    {
        let _ = file;
        (0, 0)
    }
}

/// The machine's name and id, empty where the system has none.
pub fn machine() -> (String, String) {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default().trim().to_owned();
    let name = match read("/proc/sys/kernel/hostname") {
        name if name.is_empty() => std::env::var("COMPUTERNAME").unwrap_or_default(),
        name => name,
    };
    (name, read("/etc/machine-id"))
}

/// Which start of the machine this is, and for how many seconds it has run since: what a clock that
/// is set wrong does not change. None where the system does not tell.
pub fn running() -> Option<(String, i64)> {
    let boot = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    let uptime = std::fs::read_to_string("/proc/uptime").ok()?;
    let seconds = uptime.split('.').next()?.parse().ok()?;
    Some((boot.trim().to_owned(), seconds))
}

/// The list of what is mounted where, as Linux keeps it; empty on other systems.
pub fn mounts() -> String {
    std::fs::read_to_string("/proc/self/mounts").unwrap_or_default()
}

/// Waits until somebody asks the program to end: the interrupt of a terminal, and where there is
/// one the request of a service manager.
pub async fn asked_to_end() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut ended) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = ended.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
