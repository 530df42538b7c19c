//! The parts of a document beside its text: styles, lists, foot, and what the package says of them.

use crate::docx::{run, text};
use std::fmt::Write as _;

pub(super) const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

pub(super) const CONTENT_TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
<Default Extension=\"xml\" ContentType=\"application/xml\"/>\
<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
<Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>\
<Override PartName=\"/word/numbering.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml\"/>\
<Override PartName=\"/word/footer1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>\
<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
</Types>";

pub(super) const RELS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
</Relationships>";

pub(super) const DOCUMENT_RELS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>\
<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering\" Target=\"numbering.xml\"/>\
<Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer\" Target=\"footer1.xml\"/>\
</Relationships>";

/// A region's spelling is checked only if the region is named.
pub(super) fn language(lang: &str) -> String {
    match lang {
        "en" => "en-US".to_owned(),
        "es" => "es-US".to_owned(),
        other => text(other),
    }
}

pub(super) fn styles(lang: &str) -> String {
    let mut out = format!(
        "<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" \
         w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\"/><w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/>\
         <w:lang w:val=\"{}\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/>\
         <w:qFormat/><w:pPr><w:widowControl/><w:spacing w:after=\"120\" w:line=\"280\" \
         w:lineRule=\"exact\"/></w:pPr></w:style>",
        language(lang)
    );
    for (level, before, size) in [(1, 240, 30), (2, 220, 24), (3, 160, 22)] {
        let _ = write!(
            out,
            "<w:style w:type=\"paragraph\" w:styleId=\"Heading{level}\"><w:name w:val=\"heading {level}\"/>\
             <w:basedOn w:val=\"Normal\"/><w:next w:val=\"NoticeText\"/><w:qFormat/><w:pPr><w:keepNext/>\
             <w:keepLines/><w:spacing w:before=\"{before}\" w:after=\"80\" w:line=\"240\" w:lineRule=\"auto\"/>\
             <w:outlineLvl w:val=\"{}\"/></w:pPr><w:rPr><w:b/><w:bCs/><w:sz w:val=\"{size}\"/>\
             <w:szCs w:val=\"{size}\"/></w:rPr></w:style>",
            level - 1
        );
    }
    let gray = "<w:color w:val=\"767676\"/><w:sz w:val=\"17\"/><w:szCs w:val=\"17\"/>";
    let tight = "<w:keepNext/><w:spacing w:after=\"20\" w:line=\"240\" w:lineRule=\"auto\"/>";
    let small = "<w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/>";
    for (id, name, paragraph, look) in [
        ("NoticeText", "Notice Text", "", ""),
        (
            "NoticeSmall",
            "Notice Small",
            "<w:spacing w:after=\"100\" w:line=\"230\" w:lineRule=\"exact\"/>",
            small,
        ),
        (
            "NoticeBullet",
            "Notice Bullet",
            "<w:spacing w:after=\"60\"/><w:ind w:left=\"360\" w:hanging=\"360\"/>",
            "",
        ),
        (
            "NoticeNumber",
            "Notice Number",
            "<w:spacing w:after=\"60\"/><w:ind w:left=\"360\" w:hanging=\"360\"/>",
            "",
        ),
        ("NoticePicture", "Notice Picture", "", "<w:color w:val=\"767676\"/>"),
        (
            "NoticeCell",
            "Notice Cell",
            "<w:spacing w:after=\"40\" w:line=\"240\" w:lineRule=\"auto\"/>",
            small,
        ),
        ("NoticeNote", "Notice Note", tight, gray),
        ("footer", "footer", "<w:spacing w:after=\"0\"/><w:jc w:val=\"center\"/>", ""),
    ] {
        style(&mut out, id, name, "Normal", paragraph, look);
    }
    style(
        &mut out,
        "NoticeReaders",
        "Notice Readers",
        "NoticeNote",
        "<w:keepNext/><w:spacing w:before=\"120\" w:after=\"20\"/>",
        "",
    );
    style(&mut out, "NoticeLaw", "Notice Law", "NoticeNote", "", "<w:i/><w:iCs/>");
    for (id, name, look) in [
        (
            "NoticePlaceholder",
            "Notice Placeholder",
            "<w:color w:val=\"1F4E79\"/><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"EAF1F8\"/>",
        ),
        (
            "NoticeBranch",
            "Notice Branch",
            "<w:color w:val=\"767676\"/><w:sz w:val=\"17\"/><w:szCs w:val=\"17\"/>",
        ),
    ] {
        let _ = write!(
            out,
            "<w:style w:type=\"character\" w:customStyle=\"1\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>\
             <w:rPr>{look}</w:rPr></w:style>"
        );
    }
    out.push_str("</w:styles>");
    out
}

fn style(out: &mut String, id: &str, name: &str, based_on: &str, paragraph: &str, look: &str) {
    let custom = if name == "footer" { "" } else { " w:customStyle=\"1\"" };
    let _ = write!(
        out,
        "<w:style w:type=\"paragraph\"{custom} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>\
         <w:basedOn w:val=\"{based_on}\"/><w:pPr>{paragraph}</w:pPr><w:rPr>{look}</w:rPr></w:style>"
    );
}

pub(super) fn numbering() -> String {
    let one = |id: usize, format: &str, mark: &str| {
        format!(
            "<w:abstractNum w:abstractNumId=\"{id}\"><w:multiLevelType w:val=\"singleLevel\"/>\
             <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>\
             <w:lvlText w:val=\"{mark}\"/><w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"360\" \
             w:hanging=\"360\"/></w:pPr></w:lvl></w:abstractNum>"
        )
    };
    format!(
        "<w:numbering {NAMESPACES}>{}{}<w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num>\
         <w:num w:numId=\"2\"><w:abstractNumId w:val=\"2\"/></w:num></w:numbering>",
        one(1, "bullet", "\u{2022}"),
        one(2, "decimal", "%1.")
    )
}

/// `Page {page} of {pages}` with fields that the reader's program fills.
pub(super) fn footer(page_of: &str) -> String {
    let mut runs = String::new();
    let mut rest = page_of;
    while let Some(at) = rest.find('{') {
        runs.push_str(&run(&rest[..at], ""));
        let after = &rest[at..];
        let (field, length) = match (after.strip_prefix("{pages}"), after.strip_prefix("{page}")) {
            (Some(_), _) => ("NUMPAGES", 7),
            (None, Some(_)) => ("PAGE", 6),
            (None, None) => break,
        };
        let _ = write!(
            runs,
            "<w:fldSimple w:instr=\" {field} \"><w:r><w:t>1</w:t></w:r></w:fldSimple>"
        );
        rest = &after[length..];
    }
    runs.push_str(&run(rest, ""));
    format!(
        "<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val=\"footer\"/></w:pPr>{runs}</w:p></w:ftr>"
    )
}
