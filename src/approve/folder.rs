//! A seal's folder: made whole or not at all, read with proof.

use super::{Index, IndexMaker, Leaf, List, Statement, sha256};
use crate::files::hex;
use crate::files::{self, Staged};
use crate::folder::{IncidentFolder, SealFiles, seal_name};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

const STATEMENT: &str = SealFiles::STATEMENT;

/// Why a seal cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    #[error("cannot work with `{path}`")]
    Io { path: PathBuf, source: io::Error },
    /// A file of the seal is not what was approved.
    #[error("`{0}` is not what was approved")]
    Altered(PathBuf),
}

/// A seal in the making.
pub struct SealMaker {
    staged: Staged,
    /// Digest of each batch's list, by the list's file.
    lists: Mutex<BTreeMap<String, [u8; 32]>>,
    /// Where each piece stands.
    index: Mutex<IndexMaker>,
}

impl SealMaker {
    /// # Errors
    /// Any I/O error.
    pub fn create(folder: &Path, name: &str) -> io::Result<Self> {
        files::make_dir(&IncidentFolder(folder).sealed())?;
        let staged = Staged::create(&IncidentFolder(folder).seal(name).0)?;
        files::make_dir(&SealFiles(staged.dir().into()).batches())?;
        Ok(Self { staged, lists: Mutex::default(), index: Mutex::default() })
    }

    fn files(&self) -> SealFiles {
        SealFiles(self.staged.dir().into())
    }

    /// Where the inputs are copied to.
    pub fn inputs(&self) -> PathBuf {
        self.files().inputs()
    }

    /// Where a law folder that was given is copied to.
    pub fn law(&self) -> PathBuf {
        self.files().law()
    }

    /// Writes a batch's list, `batch-0001` or `email-0001`.
    ///
    /// # Errors
    /// Any I/O error.
    pub fn batch(&self, name: &str, list: &List) -> io::Result<()> {
        let file = SealFiles::list(name);
        let text = list.text();
        // No sync for each: the folder gets its name only when all are there.
        let mut out = files::create(&self.staged.dir().join(&file))?;
        io::Write::write_all(&mut out, text.as_bytes())?;
        let mut own = IndexMaker::default();
        for (at, leaf) in list.leaves.iter().enumerate() {
            own.add(piece_of(&leaf.file), place_of(name), at as u32 + 1);
        }
        if let (Ok(mut lists), Ok(mut index)) = (self.lists.lock(), self.index.lock()) {
            lists.insert(file, Sha256::digest(&text).into());
            index.append(own);
        }
        Ok(())
    }

    /// The root that the seal would have with this statement.
    ///
    /// # Errors
    /// None in practice: a statement is always JSON.
    pub fn root(&self, statement: &Statement) -> io::Result<String> {
        Ok(sha256(self.texts(statement)?.1.as_bytes()))
    }

    /// The root as `root.txt` will have it.
    ///
    /// # Errors
    /// As [`SealMaker::root`].
    pub fn root_text(&self, statement: &Statement) -> io::Result<String> {
        Ok(self.texts(statement)?.1)
    }

    /// The statement's text and the root's.
    fn texts(&self, statement: &Statement) -> io::Result<(String, String)> {
        let mut text = serde_json::to_string_pretty(statement)?;
        text.push('\n');
        let mut root = List::default();
        root.add(&Sha256::digest(&text).into(), STATEMENT.to_owned());
        if let Ok(lists) = self.lists.lock() {
            // Letters before e-mails, each by number.
            lists.iter().for_each(|(file, digest)| root.add(digest, file.clone()));
        }
        Ok((text, root.text()))
    }

    /// Writes statement and root and gives the folder its name; the root.
    ///
    /// # Errors
    /// Any I/O error.
    pub fn finish(self, statement: &Statement) -> io::Result<String> {
        let (text, root) = self.texts(statement)?;
        files::write(&self.files().statement(), text.as_bytes())?;
        files::write(&self.files().root(), root.as_bytes())?;
        let root = sha256(root.as_bytes());
        let place = self.files().pieces();
        let index = self.index.into_inner().unwrap_or_default();
        index.write(&place, &root)?;
        self.staged.commit()?;
        Ok(root)
    }
}

/// A list as a number: letters even, e-mails odd.
fn place_of(list: &str) -> u64 {
    let (kind, number) = list.rsplit_once('-').unwrap_or((list, ""));
    let number: u64 = number.parse().unwrap_or(0);
    number * 2 + u64::from(kind != "batch")
}

fn list_of(place: u64) -> String {
    let kind = if place.is_multiple_of(2) { "batch" } else { "email" };
    format!("{kind}-{:04}", place / 2)
}

/// A leaf's piece.
fn piece_of(file: &str) -> &str {
    file.strip_suffix(".txt").or(file.strip_suffix(".eml")).unwrap_or(file)
}

/// A seal as it lies in the folder.
pub struct SealFolder {
    files: SealFiles,
    root: List,
    digest: String,
    pub statement: Statement,
}

impl SealFolder {
    /// Opens a seal and proves that root and statement are those of the recorded root.
    ///
    /// # Errors
    /// A file that cannot be read or was altered.
    pub fn open(folder: &Path, wave: &str, number: u32, root: &str) -> Result<Self, SealError> {
        let files = IncidentFolder(folder).seal(&seal_name(wave, number));
        let path = files.root();
        let altered = || SealError::Altered(path.clone());
        let text = read(&path)?;
        if sha256(text.as_bytes()) != root {
            return Err(altered());
        }
        let list = List::read(&text).ok_or_else(altered)?;
        let digest = root.to_owned();
        let mut seal = Self { files, root: list, digest, statement: Statement::default() };
        let text = seal.proved(STATEMENT)?;
        seal.statement =
            serde_json::from_str(&text).map_err(|_| SealError::Altered(seal.files.statement()))?;
        Ok(seal)
    }

    pub fn dir(&self) -> &Path {
        &self.files.0
    }

    /// The folder of the sealed inputs: an incident folder of its own.
    pub fn inputs(&self) -> PathBuf {
        self.files.inputs()
    }

    /// The law that was given in place of the built-in one, where one was.
    pub fn law(&self) -> PathBuf {
        self.files.law()
    }

    /// Names of the lists, `batch-0001` and `email-0001`, in the order of the root.
    pub fn lists(&self) -> impl Iterator<Item = &str> {
        self.root.leaves.iter().filter_map(|leaf| {
            leaf.file.strip_prefix(SealFiles::BATCHES)?.strip_prefix('/')?.strip_suffix(".txt")
        })
    }

    /// A batch's list, proved.
    ///
    /// # Errors
    /// A file that cannot be read or was altered.
    pub fn list(&self, name: &str) -> Result<List, SealError> {
        let file = SealFiles::list(name);
        let text = self.proved(&file)?;
        List::read(&text).ok_or_else(|| SealError::Altered(self.files.0.join(file)))
    }

    /// Where a piece stands: list, number in it from 1, leaf.
    ///
    /// # Errors
    /// A file that cannot be read or was altered.
    pub fn find(&self, piece: &str) -> Result<Option<(String, usize, Leaf)>, SealError> {
        let path = self.files.pieces();
        let io = |source| SealError::Io { path: path.clone(), source };
        let Some(mut index) = Index::open(&path, &self.digest).map_err(io)? else {
            return Err(SealError::Altered(path));
        };
        for (place, at) in index.find(piece).map_err(io)? {
            let name = list_of(place);
            let list = self.list(&name)?;
            let leaf = list.leaves.get(at as usize - 1);
            if let Some(leaf) = leaf.filter(|leaf| piece_of(&leaf.file) == piece) {
                return Ok(Some((name, at as usize, leaf.clone())));
            }
        }
        Ok(None)
    }

    /// The digest of a list as the root has it.
    pub fn list_digest(&self, name: &str) -> &str {
        let file = SealFiles::list(name);
        let leaf = self.root.leaves.iter().find(|leaf| leaf.file == file);
        leaf.map_or("", |leaf| &leaf.digest)
    }

    /// Proves every list; the first that is not what was approved is an error.
    ///
    /// # Errors
    /// A file that cannot be read or was altered.
    pub fn prove(&self) -> Result<(), SealError> {
        self.root.leaves.iter().try_for_each(|leaf| self.proved(&leaf.file).map(drop))
    }

    fn proved(&self, file: &str) -> Result<String, SealError> {
        let path = self.files.0.join(file);
        let text = read(&path)?;
        let known = self.root.leaves.iter().find(|leaf| leaf.file == file);
        match known {
            Some(leaf) if leaf.digest == hex(&Sha256::digest(&text)) => Ok(text),
            _ => Err(SealError::Altered(path)),
        }
    }
}

fn read(path: &Path) -> Result<String, SealError> {
    std::fs::read_to_string(path).map_err(|source| SealError::Io { path: path.to_owned(), source })
}
