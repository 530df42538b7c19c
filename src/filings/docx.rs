//! A letter as DOCX (ECMA-376), so that counsel can go on writing in it: US Letter with margins of an
//! inch, paragraph styles, running head and foot as in its PDF twin. Elements stand in the order that
//! the schema gives them.

use super::letter::Letter;
use crate::document::{Block, BlockKind, Span};
use crate::docx::{package, run, text};
use std::fmt::Write as _;
use std::io;

const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

/// Twentieths of a point, as the format measures: 8.5 by 11 inches, one inch around.
const SECTION: &str = "<w:pgSz w:w=\"12240\" w:h=\"15840\"/><w:pgMar w:top=\"1440\" \
     w:right=\"1440\" w:bottom=\"1440\" w:left=\"1440\" w:header=\"720\" w:footer=\"720\" \
     w:gutter=\"0\"/>";
/// The width between the margins.
const WIDTH: usize = 9360;

/// The file's bytes. Equal letters give equal bytes.
///
/// # Errors
/// What the packer gives.
pub fn docx(letter: &Letter) -> io::Result<Vec<u8>> {
    let parts = [
        ("[Content_Types].xml", CONTENT_TYPES.to_owned()),
        ("_rels/.rels", RELS.to_owned()),
        ("docProps/core.xml", core(letter)),
        ("word/_rels/document.xml.rels", DOCUMENT_RELS.to_owned()),
        ("word/document.xml", document(letter)),
        ("word/styles.xml", styles(&letter.document.lang)),
        ("word/header1.xml", header(&letter.stamp)),
        ("word/footer1.xml", footer(&letter.page_of)),
    ];
    package(&parts)
}

const CONTENT_TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
<Default Extension=\"xml\" ContentType=\"application/xml\"/>\
<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
<Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>\
<Override PartName=\"/word/header1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml\"/>\
<Override PartName=\"/word/footer1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>\
<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
</Types>";

const RELS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
</Relationships>";

const DOCUMENT_RELS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>\
<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/header\" Target=\"header1.xml\"/>\
<Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer\" Target=\"footer1.xml\"/>\
</Relationships>";

/// Title, author, language and the letter's own day: the clock's would differ from run to run.
fn core(letter: &Letter) -> String {
    let day = format!("{}T00:00:00Z", letter.date);
    format!(
        "<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title>\
         <dc:creator>{}</dc:creator><dc:language>{}</dc:language>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{day}</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{day}</dcterms:modified>\
         </cp:coreProperties>",
        text(&letter.document.title),
        text(&letter.author),
        language(&letter.document.lang),
    )
}

/// A region's spelling is checked only if the region is named.
fn language(lang: &str) -> String {
    if lang == "en" { "en-US".to_owned() } else { text(lang) }
}

fn document(letter: &Letter) -> String {
    let mut body = String::new();
    for section in &letter.document.sections {
        section.blocks.iter().for_each(|block| push(&mut body, block, None));
    }
    format!(
        "<w:document {NAMESPACES}><w:body>{body}<w:sectPr><w:headerReference w:type=\"default\" \
         r:id=\"rId2\"/><w:footerReference w:type=\"default\" r:id=\"rId3\"/>{SECTION}</w:sectPr>\
         </w:body></w:document>"
    )
}

fn header(stamp: &str) -> String {
    let runs = if stamp.is_empty() { String::new() } else { run(stamp, "<w:b/>") };
    format!(
        "<w:hdr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr>{runs}</w:p></w:hdr>"
    )
}

/// `Page {page} of {pages}` with fields that the reader's program fills.
fn footer(page_of: &str) -> String {
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
        "<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>{runs}</w:p></w:ftr>"
    )
}

fn styles(lang: &str) -> String {
    let mut out = format!(
        "<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Georgia\" \
         w:hAnsi=\"Georgia\" w:cs=\"Times New Roman\"/><w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/>\
         <w:lang w:val=\"{}\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/>\
         <w:qFormat/><w:pPr><w:widowControl/><w:spacing w:after=\"160\" w:line=\"264\" \
         w:lineRule=\"auto\"/></w:pPr></w:style>",
        language(lang)
    );
    for (level, before, size) in [(1, 240, 28), (2, 200, 24), (3, 160, 22)] {
        let _ = write!(
            out,
            "<w:style w:type=\"paragraph\" w:styleId=\"Heading{level}\"><w:name w:val=\"heading {level}\"/>\
             <w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/><w:qFormat/><w:pPr><w:keepNext/>\
             <w:keepLines/><w:spacing w:before=\"{before}\" w:after=\"80\"/>\
             <w:outlineLvl w:val=\"{}\"/></w:pPr><w:rPr><w:b/><w:bCs/><w:sz w:val=\"{size}\"/>\
             <w:szCs w:val=\"{size}\"/></w:rPr></w:style>",
            level - 1
        );
    }
    let mut plain = |id: &str, name: &str, paragraph: &str| {
        let _ = write!(
            out,
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>\
             <w:basedOn w:val=\"Normal\"/><w:pPr>{paragraph}</w:pPr></w:style>"
        );
    };
    plain("ListParagraph", "List Paragraph", "<w:spacing w:after=\"80\"/><w:ind w:left=\"720\"/>");
    plain("TableText", "Table Text", "<w:spacing w:after=\"40\"/>");
    plain("Header", "header", "<w:spacing w:after=\"0\"/><w:jc w:val=\"right\"/>");
    plain("Footer", "footer", "<w:spacing w:after=\"0\"/><w:jc w:val=\"center\"/>");
    out.push_str("</w:styles>");
    out
}

/// Appends a block; list items carry their mark as text, which survives every editor.
fn push(out: &mut String, block: &Block, mark: Option<&str>) {
    match &block.kind {
        BlockKind::Heading { level, spans } => {
            paragraph(out, &format!("<w:pStyle w:val=\"Heading{}\"/>", level.min(&3)), spans, mark);
        }
        BlockKind::Paragraph { spans } => match mark {
            Some(_) => paragraph(out, LIST, spans, mark),
            None => paragraph(out, if leads(spans) { "<w:keepNext/>" } else { "" }, spans, None),
        },
        BlockKind::List { ordered, start, items } => {
            for (i, item) in items.iter().enumerate() {
                let mark = match ordered {
                    true => format!("{}.", start + i as u64),
                    false => "\u{2022}".to_owned(),
                };
                for (n, block) in item.iter().enumerate() {
                    push(out, block, Some(if n == 0 { &mark } else { "" }));
                }
            }
        }
        BlockKind::Table { header, rows } => table(out, header, rows),
        BlockKind::PageBreak => out.push_str("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"),
        BlockKind::Figure { .. } | BlockKind::Rule => {}
    }
}

/// The mark hangs in the margin of its item.
const LIST: &str = "<w:pStyle w:val=\"ListParagraph\"/><w:ind w:left=\"720\" w:hanging=\"360\"/>";

/// Whether a paragraph leads into the next one, as `Enclosed:` and `Sincerely,` do.
fn leads(spans: &[Span]) -> bool {
    spans.last().is_some_and(|span| span.text.trim_end().ends_with([':', ',']))
}

fn paragraph(out: &mut String, properties: &str, spans: &[Span], mark: Option<&str>) {
    out.push_str("<w:p>");
    if !properties.is_empty() {
        let _ = write!(out, "<w:pPr>{properties}</w:pPr>");
    }
    if let Some(mark) = mark {
        let _ = write!(out, "<w:r><w:t>{}</w:t><w:tab/></w:r>", text(mark));
    }
    for span in spans {
        let look = match (span.bold, span.italic) {
            (true, true) => "<w:b/><w:bCs/><w:i/><w:iCs/>",
            (true, false) => "<w:b/><w:bCs/>",
            (false, true) => "<w:i/><w:iCs/>",
            (false, false) => "",
        };
        out.push_str(&run(&span.text, look));
        if span.breaks {
            out.push_str("<w:r><w:br/></w:r>");
        }
    }
    out.push_str("</w:p>");
}

fn table(out: &mut String, header: &[Vec<Span>], rows: &[Vec<Vec<Span>>]) {
    let width = WIDTH / header.len().max(1);
    let edge = |name: &str| {
        format!("<w:{name} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"808080\"/>")
    };
    let edges: String = ["top", "left", "bottom", "right", "insideH", "insideV"].map(edge).concat();
    let _ = write!(
        out,
        "<w:tbl><w:tblPr><w:tblW w:w=\"{WIDTH}\" w:type=\"dxa\"/><w:tblBorders>{edges}</w:tblBorders>\
         <w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>"
    );
    for _ in header {
        let _ = write!(out, "<w:gridCol w:w=\"{width}\"/>");
    }
    out.push_str("</w:tblGrid>");
    for (cells, head) in
        std::iter::once((header, true)).chain(rows.iter().map(|row| (row.as_slice(), false)))
    {
        let repeats = if head { "<w:tblHeader/>" } else { "" };
        let _ = write!(out, "<w:tr><w:trPr><w:cantSplit/>{repeats}</w:trPr>");
        for cell in cells {
            let _ = write!(out, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>");
            paragraph(out, "<w:pStyle w:val=\"TableText\"/>", cell, None);
            out.push_str("</w:tc>");
        }
        out.push_str("</w:tr>");
    }
    // Two tables without a paragraph between them would be one.
    out.push_str("</w:tbl><w:p/>");
}
