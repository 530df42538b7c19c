//! Every object of a file: only the kinds that letters are made of, each saying no more than it
//! must. A script, an attachment, a form, a name in the structure or in the description is an
//! object or an entry too many.

use super::description;
use super::lexer::text_string;
use super::roles::is_role;
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as Text};
use std::collections::BTreeSet;

/// What a file may say of itself.
pub struct About<'t> {
    pub title: &'t str,
    pub author: &'t str,
    /// Languages that letters are written in.
    pub languages: Vec<&'t str>,
    /// What pictures and links are said to be; none if it could not be had.
    pub alts: Option<&'t BTreeSet<String>>,
}

const TOO_MUCH: &str = "a script, a form, an attachment, a layer or the like";
const STRUCTURE: &str = "a structure that says more than what each part is";
const ALT: &str = "a text in the structure that is read and not shown";
const PAGES: &str = "a tree of pages that turns, crops or dresses its pages";
const FONT: &str = "a font that says more than letters need";
const STREAM: &str = "a stream of a kind that letters have no use for";
const DESCRIPTION: &str = "a description that is not the letters' own";
const BOOKMARK: &str = "a bookmark that does more than lead to a page";

/// Entries of objects by `Type`; for those without, by what they have.
const KINDS: [(&str, &[&str], &str); 8] = [
    (
        "Catalog",
        &[
            "Type",
            "Version",
            "Pages",
            "Metadata",
            "MarkInfo",
            "StructTreeRoot",
            "Lang",
            "ViewerPreferences",
            "Outlines",
            "OutputIntents",
        ],
        TOO_MUCH,
    ),
    ("Pages", &["Type", "Parent", "Count", "Kids"], PAGES),
    (
        "Page",
        &["Type", "Parent", "MediaBox", "Resources", "Contents", "StructParents", "Tabs", "Annots"],
        PAGES,
    ),
    (
        "Annot",
        &[
            "Type",
            "Subtype",
            "Rect",
            "QuadPoints",
            "F",
            "Border",
            "P",
            "StructParent",
            "Contents",
            "A",
        ],
        TOO_MUCH,
    ),
    (
        "Font",
        &[
            "Type",
            "Subtype",
            "BaseFont",
            "Encoding",
            "DescendantFonts",
            "ToUnicode",
            "CIDSystemInfo",
            "FontDescriptor",
            "DW",
            "W",
            "CIDToGIDMap",
        ],
        FONT,
    ),
    (
        "FontDescriptor",
        &[
            "Type",
            "FontName",
            "Flags",
            "FontBBox",
            "ItalicAngle",
            "Ascent",
            "Descent",
            "CapHeight",
            "StemV",
            "FontFile2",
            "FontFile3",
        ],
        FONT,
    ),
    ("Outlines", &["Type", "First", "Last", "Count"], BOOKMARK),
    ("StructTreeRoot", &["Type", "K", "ParentTree", "ParentTreeNextKey"], STRUCTURE),
];

const STREAMS: [(&str, &[&str]); 5] = [
    ("ObjStm", &["Type", "N", "First"]),
    ("XRef", &["Type", "Size", "W", "Root", "Info", "ID", "Index"]),
    ("Metadata", &["Type", "Subtype"]),
    ("XObject", &["Type", "Subtype", "Width", "Height", "BitsPerComponent", "ColorSpace", "SMask"]),
    ("CMap", &["Type", "CMapName", "CIDSystemInfo", "WMode"]),
];

/// Entries of streams without a type: a profile of colors, a font program, content.
const PLAIN: [&str; 3] = ["N", "Length1", "Subtype"];

/// How a stream is packed.
const PACKED: [&str; 3] = ["Length", "Filter", "DecodeParms"];

/// What the document holds that letters have no use for, each once.
pub fn oddities(pdf: &Pdf, about: &About<'_>) -> Vec<&'static str> {
    let mut found: Vec<&'static str> = Vec::new();
    let mut say = |odd: Option<&'static str>| {
        if let Some(odd) = odd.filter(|odd| !found.contains(odd)) {
            found.push(odd);
        }
    };
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    say(catalog.is_none().then_some("no catalog"));
    let (mut infos, mut packets) = (0, 0);
    for object in pdf.objects() {
        match object {
            Object::Dict(dict) => {
                infos += u32::from(dict.contains_key("Producer"));
                say(self::dict(&dict, about));
            }
            Object::Stream(one) => {
                if kind(one.dict()).as_deref() == Some(b"Metadata") {
                    packets += 1;
                    let text = one.decoded().ok().map(|bytes| bytes.into_owned());
                    let right = text.is_some_and(|text| description::is_packet(&text, about));
                    say((!right).then_some(DESCRIPTION));
                }
                say(stream(&one));
            }
            Object::String(_) | Object::Name(_) => say(Some(TOO_MUCH)),
            Object::Array(array) => say(has_text(array.data()).then_some(TOO_MUCH)),
            Object::Number(_) | Object::Boolean(_) | Object::Null(_) => {}
        }
    }
    say((infos > 1 || packets > 1).then_some(DESCRIPTION));
    found
}

fn kind(dict: &Dict<'_>) -> Option<Vec<u8>> {
    Some(dict.get::<Name<'_>>("Type")?.as_ref().to_vec())
}

fn only(dict: &Dict<'_>, keys: &[&str]) -> bool {
    dict.keys().all(|key| keys.iter().any(|k| k.as_bytes() == key.as_ref()))
}

fn dict(dict: &Dict<'_>, about: &About<'_>) -> Option<&'static str> {
    let Some(kind) = kind(dict) else { return untyped(dict, about) };
    let known = KINDS.iter().find(|(name, ..)| name.as_bytes() == kind);
    let Some((name, keys, odd)) = known else { return Some(TOO_MUCH) };
    if !only(dict, keys) {
        return Some(odd);
    }
    let silent = match *name {
        "Catalog" => return (!is_catalog(dict, about)).then_some(TOO_MUCH),
        // Read with their page.
        "Annot" => return None,
        "Font" => {
            let system = dict.get::<Dict<'_>>("CIDSystemInfo");
            return system
                .is_some_and(|s| !only(&s, &["Registry", "Ordering", "Supplement"]))
                .then_some(FONT);
        }
        _ => !has_text(dict.data()),
    };
    (!silent).then_some(odd)
}

fn is_catalog(dict: &Dict<'_>, about: &About<'_>) -> bool {
    let inner = |key: &str, keys: &[&str]| match dict.contains_key(key) {
        true => dict.get::<Dict<'_>>(key).is_some_and(|d| only(&d, keys)),
        false => true,
    };
    let intents = dict.get::<Array<'_>>("OutputIntents");
    let intent = ["Type", "S", "OutputConditionIdentifier", "Info", "DestOutputProfile"];
    let plain = intents.is_none_or(|all| all.iter::<Dict<'_>>().all(|d| only(&d, &intent)));
    plain
        && inner("MarkInfo", &["Marked"])
        && inner("ViewerPreferences", &["DisplayDocTitle"])
        && language(dict, about)
}

fn untyped(dict: &Dict<'_>, about: &About<'_>) -> Option<&'static str> {
    if dict.contains_key("S") {
        return element(dict, about);
    }
    if dict.contains_key("Producer") {
        return (!description::is_info(dict, about)).then_some(DESCRIPTION);
    }
    if dict.contains_key("Title") {
        let plain = only(dict, &["Title", "Parent", "Prev", "Next", "Dest"]);
        return (!plain).then_some(BOOKMARK);
    }
    if dict.contains_key("Font") || dict.contains_key("XObject") {
        let plain = only(dict, &["Font", "XObject"]) && !has_text(dict.data());
        return (!plain).then_some(TOO_MUCH);
    }
    let plain = only(dict, &["Nums", "Kids", "Limits"]) && !has_text(dict.data());
    (!plain).then_some(TOO_MUCH)
}

/// One element of the structure tree.
fn element(dict: &Dict<'_>, about: &About<'_>) -> Option<&'static str> {
    let role = dict.get::<Name<'_>>("S");
    let known = role.as_ref().is_some_and(|role| is_role(role.as_ref()));
    if !known || !only(dict, &["S", "P", "Pg", "K", "A", "Alt", "Lang"]) {
        return Some(STRUCTURE);
    }
    let attributes = ["O", "Scope", "ListNumbering", "Placement", "BBox"];
    if dict.get::<Dict<'_>>("A").is_some_and(|a| !only(&a, &attributes)) {
        return Some(STRUCTURE);
    }
    let speaks = dict.contains_key("Alt") || dict.contains_key("Lang");
    if !speaks {
        return has_text(dict.data()).then_some(STRUCTURE);
    }
    if !language(dict, about) {
        return Some(STRUCTURE);
    }
    let alt = dict.get::<Text<'_>>("Alt").map(|alt| text_string(alt.as_bytes()));
    let right = match (&alt, about.alts) {
        (Some(alt), Some(alts)) => alts.contains(alt),
        (Some(_), None) => role.is_some_and(|r| matches!(r.as_ref(), b"Figure" | b"Link")),
        (None, _) => !dict.contains_key("Alt"),
    };
    (!right).then_some(ALT)
}

/// A language that letters are written in, or one that a line of help is written in: letters and
/// hyphens, no more than a tag has.
fn language(dict: &Dict<'_>, about: &About<'_>) -> bool {
    if !dict.contains_key("Lang") {
        return true;
    }
    let Some(tag) = dict.get::<Text<'_>>("Lang") else { return false };
    let tag = text_string(tag.as_bytes());
    let first = tag.split('-').next().unwrap_or_default();
    about.languages.contains(&first) || (tag.len() <= 12 && (2..=3).contains(&first.len()))
}

fn stream(stream: &Stream<'_>) -> Option<&'static str> {
    let dict = stream.dict();
    let kind = kind(dict);
    let keys: &[&str] = match &kind {
        None => &PLAIN,
        Some(kind) => match STREAMS.iter().find(|(name, _)| name.as_bytes() == *kind) {
            Some((_, keys)) => keys,
            None => return Some(STREAM),
        },
    };
    let known = |key: &[u8]| keys.iter().chain(&PACKED).any(|k| k.as_bytes() == key);
    let form = kind.as_deref() == Some(b"XObject")
        && dict.get::<Name<'_>>("Subtype").is_none_or(|s| s.as_ref() != b"Image");
    (form || !dict.keys().all(|key| known(key.as_ref()))).then_some(STREAM)
}

/// Whether a string stands in an object's own bytes.
fn has_text(data: &[u8]) -> bool {
    let mut at = 0;
    while let Some(byte) = data.get(at) {
        match byte {
            b'(' => return true,
            b'<' if data.get(at + 1) == Some(&b'<') => at += 1,
            b'<' => return true,
            _ => {}
        }
        at += 1;
    }
    false
}

/// What stands before the file's header, after its end, or was added to it later.
pub fn frame(bytes: &[u8]) -> Vec<&'static str> {
    let mut found = Vec::new();
    if !bytes.starts_with(b"%PDF-1.") {
        found.push("something before its header");
    }
    let end = bytes.iter().rposition(|b| !b.is_ascii_whitespace()).map_or(0, |at| at + 1);
    if !bytes[..end].ends_with(b"%%EOF") {
        found.push("something after its end");
    }
    const MARK: &[u8] = b"startxref";
    let marks: Vec<usize> = (0..bytes.len().saturating_sub(MARK.len()))
        .filter(|at| bytes[*at] == b's' && bytes[*at..].starts_with(MARK))
        .collect();
    let tail = marks.last().map_or(&[][..], |at| &bytes[at.saturating_sub(4096)..*at]);
    let tail = tail.windows(7).rposition(|w| w == b"trailer").map_or(&[][..], |at| &tail[at..]);
    let says = |key: &[u8]| tail.windows(key.len()).any(|w| w == key);
    if marks.len() != 1 || says(b"/Prev") || says(b"/Encrypt") || says(b"/XRefStm") {
        found.push("a later change, or more than one end");
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{frame, has_text};

    #[test]
    fn nothing_stands_around_a_file() {
        let right = b"%PDF-1.7\n1 0 obj<<>>endobj\nstartxref\n9\n%%EOF\n";
        assert!(frame(right).is_empty());
        assert_eq!(frame(&[b"x", &right[..]].concat()).len(), 1);
        assert_eq!(frame(&[&right[..], b"x"].concat()).len(), 1);
        assert_eq!(frame(&[&right[..], &right[..]].concat()).len(), 1);
    }

    #[test]
    fn strings_are_seen_in_either_spelling() {
        assert!(has_text(b"<</A(x)>>") && has_text(b"<</A <41>>>"));
        assert!(!has_text(b"<</A 1 0 R/K[<</B/C>> 2]>>"));
    }
}
