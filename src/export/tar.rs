//! A bundle as one file: the ustar form (POSIX.1-1988), which every tar reads. No owner, no time:
//! equal bundles give equal bytes.

use super::bundle;
use std::io::{self, Read, Write};
use std::path::Path;

const BLOCK: usize = 512;

/// Packs the named files of a folder, each under `name/`.
///
/// # Errors
/// I/O, or a path too long for the form.
pub fn pack(dir: &Path, name: &str, files: &[String], out: &mut dyn Write) -> io::Result<()> {
    for path in files {
        let (mut file, size) = bundle::open(dir, path)?;
        let executable = path.ends_with(".sh");
        out.write_all(&header(&format!("{name}/{path}"), size, executable)?)?;
        let copied = io::copy(&mut (&mut file).take(size), out)?;
        if copied != size {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "a file became shorter"));
        }
        let rest = (BLOCK - (size as usize % BLOCK)) % BLOCK;
        out.write_all(&vec![0; rest])?;
    }
    out.write_all(&[0; 2 * BLOCK])
}

fn header(path: &str, size: u64, executable: bool) -> io::Result<[u8; BLOCK]> {
    let too_long = || io::Error::new(io::ErrorKind::InvalidInput, "a path is too long for tar");
    let (prefix, name) = match path.len() {
        0..=100 => ("", path),
        _ => path
            .match_indices('/')
            .map(|(at, _)| (&path[..at], &path[at + 1..]))
            .find(|(prefix, name)| prefix.len() <= 155 && name.len() <= 100)
            .ok_or_else(too_long)?,
    };
    let mut block = [0; BLOCK];
    let mut put = |at: usize, bytes: &[u8]| block[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, name.as_bytes());
    put(100, if executable { b"0000700\0" } else { b"0000600\0" });
    put(108, b"0000000\0");
    put(116, b"0000000\0");
    // Eleven octal digits hold 8 GiB; more goes in binary, as GNU and POSIX tars read it.
    if size < 1 << 33 {
        put(124, format!("{size:011o}\0").as_bytes());
    } else {
        put(124, &[0x80]);
        put(128, &size.to_be_bytes());
    }
    put(136, b"00000000000\0");
    put(148, b"        ");
    put(156, b"0");
    put(257, b"ustar\x0000");
    put(345, prefix.as_bytes());
    let sum: u32 = block.iter().map(|b| u32::from(*b)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    Ok(block)
}
