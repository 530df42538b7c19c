//! How large a ZIP archive says it is unpacked, before anybody unpacks it.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

/// Packed and unpacked bytes by the archive's central directory; none if there is no sound one.
pub fn unpacked_size(path: &Path) -> Option<(u64, u64)> {
    let mut file = File::open(path).ok()?;
    let size = file.metadata().ok()?.len();
    let tail_size = size.min(66_000);
    file.seek(SeekFrom::Start(size - tail_size)).ok()?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail).ok()?;
    let end = tail.windows(4).rposition(|w| w == b"PK\x05\x06")?;
    let record = tail.get(end..end + 22)?;
    let start = u64::from(u32_at(record, 16)?);
    let length = u64::from(u32_at(record, 12)?);
    if start.checked_add(length)? > size || length > (64 << 20) {
        return None;
    }
    file.seek(SeekFrom::Start(start)).ok()?;
    let mut directory = Vec::new();
    file.take(length).read_to_end(&mut directory).ok()?;
    let (mut packed, mut unpacked) = (0u64, 0u64);
    let mut at = 0;
    while let Some(entry) = directory.get(at..at + 46) {
        if !entry.starts_with(b"PK\x01\x02") {
            break;
        }
        packed += u64::from(u32_at(entry, 20)?);
        unpacked = unpacked.saturating_add(u64::from(u32_at(entry, 24)?));
        let skip = |i: usize| usize::from(u16::from_le_bytes([entry[i], entry[i + 1]]));
        at += 46 + skip(28) + skip(30) + skip(32);
    }
    Some((packed, unpacked))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
