//! Character maps: what codes mean to a reader, and which glyph of a CFF font they are.

use std::fmt::Write;

/// A map from two-byte codes to text, in the form with one statement a line that every reader
/// accepts (Adobe Technical Note 5411).
pub(super) fn to_unicode(entries: &[(u16, String)]) -> Vec<u8> {
    let mut out = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo\n\
         << /Registry (Adobe)\n/Ordering (UCS)\n/Supplement 0\n>> def\n\
         /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
         1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
    );
    for chunk in entries.chunks(100) {
        line(&mut out, format_args!("{} beginbfchar", chunk.len()));
        for (code, text) in chunk {
            let units: String = text.encode_utf16().map(|u| format!("{u:04X}")).collect();
            line(&mut out, format_args!("<{code:04X}> <{units}>"));
        }
        out.push_str("endbfchar\n");
    }
    out.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend");
    out.into_bytes()
}

/// A map from codes to the CIDs of a subset CFF font.
pub(super) fn to_cid(name: &str, entries: &[(u16, u16)]) -> Vec<u8> {
    let mut out = String::from(
        "%!PS-Adobe-3.0 Resource-CMap\n/CIDInit /ProcSet findresource begin\n12 dict begin\n\
         begincmap\n/CIDSystemInfo 3 dict dup begin\n/Registry (Adobe) def\n\
         /Ordering (Identity) def\n/Supplement 0 def\nend def\n",
    );
    line(&mut out, format_args!("/CMapName /{name} def\n/CMapType 1 def\n/WMode 0 def"));
    out.push_str("1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
    for chunk in entries.chunks(100) {
        line(&mut out, format_args!("{} begincidchar", chunk.len()));
        for (code, cid) in chunk {
            line(&mut out, format_args!("<{code:04X}> {cid}"));
        }
        out.push_str("endcidchar\n");
    }
    out.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend");
    out.into_bytes()
}

fn line(out: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = out.write_fmt(arguments);
    out.push('\n');
}
