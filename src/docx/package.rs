//! The ZIP archive around the parts of a document.

use std::io::{self, Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const PROLOG: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The parts by their names, without the XML prolog, in the order in which they are packed.
pub type Package<'a> = &'a [(&'a str, String)];

/// The file's bytes. Equal parts give equal bytes: no time of day goes in.
///
/// # Errors
/// What the packer gives.
pub fn package(parts: Package<'_>) -> io::Result<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, options).map_err(io::Error::other)?;
        zip.write_all(PROLOG.as_bytes())?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish().map_err(io::Error::other)?.into_inner())
}
