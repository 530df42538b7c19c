//! What a file says of itself: title and sender as in incident.toml, the program, a day. A name or
//! a word more could be anybody's.

use super::lexer::text_string;
use super::objects::About;
use hayro_syntax::object::{Dict, String as Text};

/// Entries of the Info dictionary.
pub fn is_info(info: &Dict<'_>, about: &About<'_>) -> bool {
    info.keys().all(|key| {
        let Some(value) = info.get::<Text<'_>>(key.as_ref()) else { return false };
        let value = text_string(value.as_bytes());
        match key.as_ref() {
            b"Title" => value == about.title,
            b"Author" => value == about.author,
            b"Creator" | b"Producer" => is_program(&value),
            b"CreationDate" | b"ModDate" => is_day(&value),
            _ => false,
        }
    })
}

fn is_program(value: &str) -> bool {
    let version = value.strip_prefix("noticeworks ").or_else(|| value.strip_prefix("Noticeworks "));
    version.is_some_and(|v| v.len() < 20 && v.chars().all(|c| c.is_ascii_digit() || c == '.'))
}

/// `D:20260918000000Z`
fn is_day(value: &str) -> bool {
    let day = value.strip_prefix("D:").and_then(|rest| rest.strip_suffix("000000Z"));
    day.is_some_and(|day| day.len() == 8 && day.bytes().all(|b| b.is_ascii_digit()))
}

/// The words of the packet that are the same in every file.
const WORDS: [&str; 12] = [
    "2",
    "A",
    "1",
    "application/pdf",
    "PDF/UA identification schema",
    "http://www.aiim.org/pdfua/ns/id/",
    "pdfuaid",
    "part",
    "Integer",
    "internal",
    "Part of ISO 14289 the file conforms to",
    "",
];

/// Values of attributes, and the pieces of the packet's own brackets.
const ATTRIBUTES: [&str; 16] = [
    "\u{feff}",
    "W5M0MpCehiHzreSzNTczkc9d",
    "r",
    "adobe:ns:meta/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "",
    "http://purl.org/dc/elements/1.1/",
    "http://ns.adobe.com/xap/1.0/",
    "http://ns.adobe.com/pdf/1.3/",
    "http://www.aiim.org/pdfa/ns/id/",
    "http://www.aiim.org/pdfua/ns/id/",
    "Resource",
    "x-default",
    "http://www.aiim.org/pdfa/ns/extension/",
    "http://www.aiim.org/pdfa/ns/schema#",
    "http://www.aiim.org/pdfa/ns/property#",
];

/// Names of tags and attributes.
const NAMES: [&str; 46] = [
    "xpacket",
    "begin",
    "id",
    "end",
    "x:xmpmeta",
    "xmlns:x",
    "rdf:RDF",
    "xmlns:rdf",
    "rdf:Description",
    "rdf:about",
    "xmlns:dc",
    "xmlns:xmp",
    "xmlns:pdf",
    "xmlns:pdfaid",
    "xmlns:pdfuaid",
    "pdfaid:part",
    "pdfaid:conformance",
    "pdfuaid:part",
    "dc:format",
    "dc:title",
    "dc:creator",
    "dc:language",
    "rdf:Alt",
    "rdf:li",
    "rdf:Seq",
    "rdf:Bag",
    "xml:lang",
    "pdf:Producer",
    "xmp:CreatorTool",
    "xmp:CreateDate",
    "xmp:ModifyDate",
    "xmlns:pdfaExtension",
    "xmlns:pdfaSchema",
    "xmlns:pdfaProperty",
    "pdfaExtension:schemas",
    "rdf:parseType",
    "pdfaSchema:schema",
    "pdfaSchema:namespaceURI",
    "pdfaSchema:prefix",
    "pdfaSchema:property",
    "pdfaProperty:name",
    "pdfaProperty:valueType",
    "pdfaProperty:category",
    "pdfaProperty:description",
    "pdfuaid",
    "pdf",
];

/// The metadata packet: tags, and between them only what the Info dictionary may say too.
pub fn is_packet(packet: &[u8], about: &About<'_>) -> bool {
    let Ok(text) = std::str::from_utf8(packet) else { return false };
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        if !is_said(&rest[..open], about) {
            return false;
        }
        let Some(end) = rest[open..].find('>') else { return false };
        let tag = &rest[open..=open + end];
        if tag.starts_with("<!") || !are_attributes(tag) {
            return false;
        }
        rest = &rest[open + end + 1..];
    }
    is_said(rest, about)
}

fn is_said(text: &str, about: &About<'_>) -> bool {
    let text = text.trim();
    let plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    let shown = |value: &str| {
        value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>()
    };
    let is_stamp = text
        .strip_suffix("T00:00:00Z")
        .is_some_and(|day| day.len() == 10 && day.bytes().all(|b| b.is_ascii_digit() || b == b'-'));
    WORDS.contains(&text)
        || is_stamp
        || is_program(text)
        || plain == shown(about.title).trim()
        || plain == shown(about.author).trim()
        || about.languages.contains(&text.split('-').next().unwrap_or_default()) && text.len() <= 12
}

fn are_attributes(tag: &str) -> bool {
    let names = |part: &str| {
        let names = part.split(|c: char| c.is_whitespace() || "<>/=?".contains(c));
        names.filter(|name| !name.is_empty()).all(|name| NAMES.contains(&name))
    };
    let values = |part: &str| ATTRIBUTES.contains(&part);
    tag.split('"').enumerate().all(|(i, part)| if i % 2 == 0 { names(part) } else { values(part) })
}
