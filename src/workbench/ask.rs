//! What a browser asks and what it gets: plain data, so that a screen knows nothing of HTTP.

use crate::workbench::form::Pairs;
use std::path::PathBuf;

/// A file that was dropped in. It lies beside its destination under a temporary name and is removed
/// unless somebody moves it.
#[derive(Debug)]
pub struct Upload {
    /// The field of the form.
    pub field: String,
    /// As the browser names it, without folders.
    pub name: String,
    pub path: PathBuf,
    pub bytes: u64,
}

impl Drop for Upload {
    fn drop(&mut self) {
        // Where it was moved there is nothing left to remove.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// One request that was let in.
#[derive(Debug, Default)]
pub struct Ask {
    /// Asks for a change.
    pub changes: bool,
    /// Parts of the address, decoded.
    pub path: Vec<String>,
    pub query: Pairs,
    pub form: Pairs,
    pub uploads: Vec<Upload>,
}

impl Ask {
    /// The parts of the path for matching.
    pub fn parts(&self) -> Vec<&str> {
        self.path.iter().map(String::as_str).collect()
    }

    /// The file dropped into a field, if one was.
    pub fn upload(&self, field: &str) -> Option<&Upload> {
        self.uploads.iter().find(|upload| upload.field == field && upload.bytes > 0)
    }
}

/// What comes back.
pub enum Reply {
    Page {
        /// 200, or why not.
        status: u16,
        html: String,
    },
    /// Look there next.
    See(String),
    /// A file as it lies there. `policy` is its own content policy, where it is a page.
    File {
        path: PathBuf,
        kind: &'static str,
        policy: Option<String>,
        /// The name under which it is kept, where it is no page to look at.
        save_as: Option<String>,
    },
    Bytes {
        kind: &'static str,
        bytes: Vec<u8>,
        save_as: Option<String>,
    },
}
