//! The ground under all rooms: one door to the system, and folders that others change too.

use crate::case::{Said, copy, program};
use noticeworks::files::{network, synchronized};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// What only one kind of system has, and the one file that may ask for it.
#[test]
fn the_system_is_met_at_one_door() {
    let only_some_have = [
        "os::unix",
        "os::windows",
        "os::linux",
        "signal::unix",
        "libc::",
        "nix::",
        "(unix)",
        "(windows)",
        "target_os",
        "target_family",
        "\"/proc",
        "\"/etc/machine",
        "\"/dev/",
        "O_NOFOLLOW",
        "from_mode",
    ];
    let mut elsewhere = Vec::new();
    let mut at_the_door = 0;
    for file in crate::run::files(Path::new("src")) {
        if file.extension().is_none_or(|e| e != "rs") {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        for (n, line) in text.lines().enumerate() {
            let found = only_some_have.iter().any(|word| line.contains(word));
            if found && file == Path::new("src/files/system.rs") {
                at_the_door += 1;
            } else if found {
                elsewhere.push(format!("{}:{}: {}", file.display(), n + 1, line.trim()));
            }
        }
    }
    assert!(elsewhere.is_empty(), "belongs into src/files/system.rs:\n{}", elsewhere.join("\n"));
    assert!(at_the_door > 3, "the door has gone");
}

#[test]
fn programs_that_synchronize_are_known_by_their_folders() {
    for (path, program) in [
        ("/home/pat/Dropbox/matters/elm", "Dropbox"),
        ("/home/pat/Dropbox (Example Clinic)/elm", "Dropbox"),
        ("/mnt/c/Users/pat/OneDrive - Example Clinic/elm", "OneDrive"),
        ("/mnt/c/Users/pat/ONEDRIVE/elm", "OneDrive"),
        ("/Users/pat/Library/Mobile Documents/com~apple~CloudDocs/elm", "iCloud Drive"),
        (
            "/Users/pat/Library/CloudStorage/GoogleDrive-pat@clinic.example/My Drive/elm",
            "Google Drive",
        ),
        ("/Users/pat/Library/CloudStorage/Box-Box/elm", "a cloud service"),
        ("/home/pat/Google Drive/elm", "Google Drive"),
    ] {
        assert_eq!(synchronized(Path::new(path)), Some(program), "{path}");
    }
    for path in [
        "/home/pat/matters/elm",
        // A breach of such a firm is no folder of it.
        "/home/pat/matters/dropbox-breach-2026",
        "/home/pat/matters/onedrives",
        "/home/pat/CloudStorage",
    ] {
        assert_eq!(synchronized(Path::new(path)), None, "{path}");
    }
}

#[test]
fn network_drives_are_known_by_what_is_mounted() {
    let mounts = "\
/dev/sda1 / ext4 rw,relatime 0 0
//server/legal /mnt/legal\\040matters cifs rw,vers=3.1.1 0 0
filer:/export /home nfs4 rw 0 0
/dev/sdb1 /home/pat/local ext4 rw 0 0
server:/x /srv fuse.sshfs rw 0 0
tmpfs /srv tmpfs rw 0 0
";
    let at = |path: &str| network(Path::new(path), mounts);
    assert_eq!(at("/mnt/legal matters/elm").as_deref(), Some("cifs"));
    assert_eq!(at("/home/pat/elm").as_deref(), Some("nfs4"));
    assert_eq!(at("/home/pat/local/elm"), None, "a disk mounted within it");
    assert_eq!(at("/homes/elm"), None, "a name that only begins alike");
    assert_eq!(at("/srv/elm"), None, "covered by what was mounted later");
    assert_eq!(at("/var/elm"), None);
    assert_eq!(network(Path::new(r"\\?\UNC\server\legal\elm"), "").as_deref(), Some("smb"));
    assert_eq!(network(Path::new("/var/elm"), ""), None, "no list, no guess");
}

#[test]
fn check_warns_of_a_ledger_in_a_synchronized_folder() {
    let home = TempDir::new().unwrap();
    let folder = home.path().join("OneDrive - Example Clinic/elm");
    copy(Path::new("samples/small-clinic"), &folder);
    let check = |folder: &Path| {
        Said::from(program().arg("check").arg(folder).arg("--json").output().unwrap())
    };
    let said = check(&folder);
    assert_eq!(said.code, 1, "{}", said.stderr);
    assert_eq!(said.json()["findings"]["folder.synchronized"], 1, "{}", said.stdout);
    assert!(said.stderr.contains("OneDrive keeps copies of this folder"), "{}", said.stderr);
    // The same folder elsewhere is no news.
    let plain = home.path().join("elm");
    copy(&folder, &plain);
    assert!(check(&plain).json()["findings"]["folder.synchronized"].is_null());
}
