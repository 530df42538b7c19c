//! Writes a spool: under another name until it is whole, for its owner only. Or shows its lines
//! only, to whom asks.

use super::SpoolInfo;
use super::line::{HEADER, ROW_HEADER};
use super::proof::Proof;
use crate::folder::{IncidentFolder, SpoolFiles};
use crate::roster::private;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::SyncSender;

/// Bytes of lines written at once.
const BLOCK: usize = 1 << 18;

pub struct Writer {
    /// None where nothing is written.
    to: Option<Target>,
    /// Lines not yet written.
    block: Vec<u8>,
    /// Gets the lines that were written.
    witness: Option<SyncSender<Vec<u8>>>,
    proof: Proof,
}

/// A spool in the making.
struct Target {
    out: File,
    part: PathBuf,
    path: PathBuf,
}

impl Writer {
    /// Starts a spool; `witness` gets all its lines, some at a time.
    pub fn create(
        folder: &Path,
        wave: &str,
        witness: Option<SyncSender<Vec<u8>>>,
    ) -> io::Result<Self> {
        let path = IncidentFolder(folder).spool(wave).csv();
        if let Some(parent) = path.parent() {
            private::folder(parent)?;
        }
        let part = private::unfinished(&path);
        let mut out = private::file(&part)?;
        writeln!(out, "{HEADER}{ROW_HEADER}")?;
        Ok(Self { to: Some(Target { out, part, path }), ..Self::nowhere(witness) })
    }

    /// The same without a file: `witness` gets the lines, nobody else.
    pub fn nowhere(witness: Option<SyncSender<Vec<u8>>>) -> Self {
        let (block, proof) = (Vec::with_capacity(2 * BLOCK), Proof::new());
        Self { to: None, block, witness, proof }
    }

    /// Writes one record; `line` ends in a line break.
    pub fn write(&mut self, line: &[u8], row: u64, merged_into: Option<u64>) -> io::Result<()> {
        let person = &line[..line.len() - 1];
        self.block.extend_from_slice(person);
        let start = self.block.len();
        match merged_into {
            Some(other) => write!(self.block, ",{row},{other}")?,
            None => write!(self.block, ",{row},")?,
        }
        self.proof.add(person, &self.block[start..]);
        self.block.push(b'\n');
        if self.block.len() < BLOCK { Ok(()) } else { self.flush() }
    }

    fn flush(&mut self) -> io::Result<()> {
        if let Some(to) = &mut self.to {
            to.out.write_all(&self.block)?;
        }
        if let Some(witness) = &self.witness {
            let lines = std::mem::replace(&mut self.block, Vec::with_capacity(2 * BLOCK));
            // A witness that is gone missed nothing that was written down.
            let _ = witness.send(lines);
        }
        self.block.clear();
        Ok(())
    }

    /// Puts the spool and what is known of it in their places; fills in path and digests.
    pub fn finish(mut self, mut info: SpoolInfo) -> io::Result<SpoolInfo> {
        self.flush()?;
        (info.digest, info.places, _) = self.proof.told();
        let Some(Target { out, part, path }) = &self.to else { return Ok(info) };
        info.path.clone_from(path);
        let about = SpoolFiles::at(path.clone()).about();
        let unfinished = private::unfinished(&about);
        let mut file = private::file(&unfinished)?;
        let text = toml::to_string(&info).map_err(io::Error::other)?;
        file.write_all(text.as_bytes())?;
        private::finish(out, part, path)?;
        private::finish(&file, &unfinished, &about)?;
        Ok(info)
    }
}

impl Drop for Target {
    /// What was not finished is nobody's.
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.part);
    }
}
