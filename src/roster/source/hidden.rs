//! Hidden and filtered rows of an XLSX workbook, which its reader does not tell.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use zip::ZipArchive;

/// How many rows of a sheet are hidden; none where the workbook is built so oddly that nobody can
/// tell.
pub fn rows(path: &Path, sheet: &str) -> Option<u64> {
    let mut archive = ZipArchive::new(BufReader::new(File::open(path).ok()?)).ok()?;
    let book = text(&mut archive, "xl/workbook.xml")?;
    let id = tags(&book, "sheet").find_map(|tag| {
        (attribute(tag, "name").map(unescaped)? == sheet).then(|| attribute(tag, "r:id"))?
    })?;
    let links = text(&mut archive, "xl/_rels/workbook.xml.rels")?;
    let targets: HashMap<&str, &str> = tags(&links, "Relationship")
        .filter_map(|tag| Some((attribute(tag, "Id")?, attribute(tag, "Target")?)))
        .collect();
    let target = targets.get(id)?;
    let part = match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => format!("xl/{target}"),
    };
    let mut sheet = archive.by_name(&part).ok()?;
    count(&mut sheet).ok()
}

fn text(archive: &mut ZipArchive<BufReader<File>>, name: &str) -> Option<String> {
    let mut text = String::new();
    archive.by_name(name).ok()?.take(16 << 20).read_to_string(&mut text).ok()?;
    Some(text)
}

/// The insides of all tags of a name.
fn tags<'t>(xml: &'t str, name: &'t str) -> impl Iterator<Item = &'t str> {
    xml.split('<').filter_map(move |tag| {
        let inner = tag.strip_prefix(name)?;
        inner
            .starts_with(|c: char| c.is_ascii_whitespace())
            .then(|| inner.split_once('>').map_or(inner, |(inside, _)| inside))
    })
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = tag;
    loop {
        let at = rest.find(name)?;
        let before = rest[..at].chars().next_back();
        let after = &rest[at + name.len()..];
        if before.is_none_or(|c| c.is_ascii_whitespace())
            && let Some(value) = after.trim_start().strip_prefix('=')
        {
            let value = value.trim_start();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            return value[1..].split_once(quote).map(|(value, _)| value);
        }
        rest = after;
    }
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

/// Counts `<row ... hidden="1">` in the sheet's XML without keeping it; rows without a cell are
/// nobody's.
fn count(input: &mut impl Read) -> std::io::Result<u64> {
    let mut buffer = vec![0; 1 << 16];
    let mut kept: Vec<u8> = Vec::new();
    let mut hidden = 0;
    loop {
        let n = input.read(&mut buffer)?;
        if n == 0 {
            return Ok(hidden);
        }
        kept.extend_from_slice(&buffer[..n]);
        let mut at = 0;
        // A tag that the buffer cuts waits for the rest.
        while let Some(start) = find(&kept[at..], b"<row ") {
            let start = at + start;
            let Some(length) = find(&kept[start..], b">") else {
                at = start;
                break;
            };
            let tag = &kept[start..start + length];
            let is_hidden =
                find(tag, b" hidden=\"1\"").is_some() || find(tag, b" hidden=\"true\"").is_some();
            hidden += u64::from(is_hidden && !tag.ends_with(b"/"));
            at = start + length;
        }
        let keep = if find(&kept[at..], b"<row ").is_some() {
            at
        } else {
            at.max(kept.len().saturating_sub(5))
        };
        kept.drain(..keep);
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let (first, rest) = wanted.split_first()?;
    let mut at = 0;
    loop {
        at += memchr(&bytes[at..], *first)?;
        if bytes[at + 1..].starts_with(rest) {
            return Some(at);
        }
        at += 1;
    }
}

fn memchr(bytes: &[u8], wanted: u8) -> Option<usize> {
    bytes.iter().position(|b| *b == wanted)
}
