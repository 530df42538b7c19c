//! Pieces become a Word document: US Letter with margins of an inch, a style for each role, a bookmark
//! around each paragraph and around each branch inside it.

use super::look::{
    CONTENT_TYPES, DOCUMENT_RELS, NAMESPACES, RELS, footer, language, numbering, styles,
};
use super::piece::{Atom, Kind, Piece, Role};
use crate::docx::{package, run, text};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io;

/// What a gray line tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteKind {
    /// Who reads what follows.
    Readers,
    /// Which requirements it meets.
    Law,
}

/// A gray line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub kind: NoteKind,
    pub text: String,
}

/// A document that goes out.
pub struct Manuscript<'a> {
    pub title: String,
    pub author: String,
    /// BCP 47.
    pub lang: String,
    /// `2026-09-18`.
    pub date: String,
    /// By it the document is known again; bookmarks carry it.
    pub id: String,
    pub pieces: &'a [Piece],
    /// For each piece, the gray lines above it.
    pub notes: Vec<Vec<Note>>,
    /// Templates that are set in smaller type.
    pub small: BTreeSet<String>,
    /// Stands at the foot of each page, with `{page}` and `{pages}`.
    pub page_of: String,
}

/// The style of gray lines, as word processors show it, in small letters.
pub const NOTE_STYLE: &str = "notice note";

/// Begins the names of bookmarks.
const MARK: &str = "nw";

/// The bookmark around a piece.
pub fn bookmark(id: &str, piece: usize) -> String {
    format!("{MARK}_{id}_{piece}")
}

/// The document and the piece that a bookmark stands around.
pub fn marked(name: &str) -> Option<(&str, usize)> {
    let rest = name.strip_prefix(MARK)?.strip_prefix('_')?;
    let (id, piece) = rest.split_once('_')?;
    Some((id, piece.parse().ok()?))
}

/// The file's bytes. Equal manuscripts give equal bytes.
///
/// # Errors
/// What the packer gives.
pub fn write(manuscript: &Manuscript<'_>) -> io::Result<Vec<u8>> {
    package(&[
        ("[Content_Types].xml", CONTENT_TYPES.to_owned()),
        ("_rels/.rels", RELS.to_owned()),
        ("docProps/core.xml", core(manuscript)),
        ("word/_rels/document.xml.rels", DOCUMENT_RELS.to_owned()),
        ("word/document.xml", document(manuscript)),
        ("word/styles.xml", styles(&manuscript.lang)),
        ("word/numbering.xml", numbering()),
        ("word/footer1.xml", footer(&manuscript.page_of)),
    ])
}

fn core(manuscript: &Manuscript<'_>) -> String {
    let day = format!("{}T00:00:00Z", text(&manuscript.date));
    format!(
        "<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title>\
         <dc:creator>{}</dc:creator><dc:identifier>{MARK}_{}</dc:identifier><dc:language>{}</dc:language>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{day}</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{day}</dcterms:modified>\
         </cp:coreProperties>",
        text(&manuscript.title),
        text(&manuscript.author),
        text(&manuscript.id),
        language(&manuscript.lang),
    )
}

fn document(manuscript: &Manuscript<'_>) -> String {
    let mut writer = Writer { out: String::new(), next: 1, id: &manuscript.id };
    let pieces = manuscript.pieces;
    let mut at = 0;
    while at < pieces.len() {
        for note in &manuscript.notes[at] {
            writer.note(note);
        }
        let small = manuscript.small.contains(&pieces[at].file);
        if let Role::Cell(table, ..) = pieces[at].role {
            let same = |p: &Piece| {
                matches!(p.role, Role::Cell(t, ..) if t == table) && p.file == pieces[at].file
            };
            let end = (at..pieces.len()).find(|i| !same(&pieces[*i])).unwrap_or(pieces.len());
            writer.table(&pieces[at..end], at);
            at = end;
        } else {
            writer.piece(&pieces[at], at, small);
            at += 1;
        }
    }
    format!(
        "<w:document {NAMESPACES}><w:body>{}<w:sectPr><w:footerReference w:type=\"default\" \
         r:id=\"rId3\"/><w:pgSz w:w=\"12240\" w:h=\"15840\"/><w:pgMar w:top=\"1440\" w:right=\"1440\" \
         w:bottom=\"1440\" w:left=\"1440\" w:header=\"720\" w:footer=\"720\" w:gutter=\"0\"/></w:sectPr>\
         </w:body></w:document>",
        writer.out
    )
}

struct Writer<'a> {
    out: String,
    /// Number of the next bookmark.
    next: usize,
    id: &'a str,
}

impl Writer<'_> {
    fn note(&mut self, note: &Note) {
        let style = match note.kind {
            NoteKind::Readers => "NoticeReaders",
            NoteKind::Law => "NoticeLaw",
        };
        let _ = write!(
            self.out,
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}</w:p>",
            run(&note.text, "")
        );
    }

    fn piece(&mut self, piece: &Piece, index: usize, small: bool) {
        let properties = match piece.role {
            Role::Heading(level) => format!("<w:pStyle w:val=\"Heading{level}\"/>"),
            Role::Bullet => list("NoticeBullet", 1),
            Role::Number => list("NoticeNumber", 2),
            Role::Picture => "<w:pStyle w:val=\"NoticePicture\"/>".to_owned(),
            _ if small => "<w:pStyle w:val=\"NoticeSmall\"/>".to_owned(),
            _ => "<w:pStyle w:val=\"NoticeText\"/>".to_owned(),
        };
        self.paragraph(&properties, piece, index);
    }

    fn paragraph(&mut self, properties: &str, piece: &Piece, index: usize) {
        let number = self.next;
        self.next += 1;
        let _ = write!(
            self.out,
            "<w:p><w:pPr>{properties}</w:pPr><w:bookmarkStart w:id=\"{number}\" w:name=\"{}\"/>",
            bookmark(self.id, index)
        );
        let heading = matches!(piece.role, Role::Heading(_));
        let mut open: Vec<usize> = Vec::new();
        let mut branch = 0;
        let mut gathered: Option<(String, String)> = None;
        for atom in &piece.atoms {
            if atom.kind == Kind::Label
                && let Some(number) = open.pop()
            {
                self.flush(&mut gathered);
                let _ = write!(self.out, "<w:bookmarkEnd w:id=\"{number}\"/>");
            }
            if atom.kind == Kind::Break {
                self.flush(&mut gathered);
                self.out.push_str("<w:r><w:br/></w:r>");
                continue;
            }
            let look = look(atom, heading);
            match &mut gathered {
                Some((words, known)) if *known == look => words.push_str(&atom.text),
                _ => {
                    self.flush(&mut gathered);
                    gathered = Some((atom.text.clone(), look));
                }
            }
            if atom.kind == Kind::Label
                && !(atom.source.contains("endif") || atom.source.contains("endfor"))
            {
                self.flush(&mut gathered);
                let number = self.next;
                self.next += 1;
                let name = format!("{}_{branch}", bookmark(self.id, index));
                branch += 1;
                let _ = write!(self.out, "<w:bookmarkStart w:id=\"{number}\" w:name=\"{name}\"/>");
                open.push(number);
            }
        }
        self.flush(&mut gathered);
        for number in open.into_iter().rev().chain([number]) {
            let _ = write!(self.out, "<w:bookmarkEnd w:id=\"{number}\"/>");
        }
        self.out.push_str("</w:p>");
    }

    fn flush(&mut self, gathered: &mut Option<(String, String)>) {
        if let Some((words, look)) = gathered.take() {
            self.out.push_str(&run(&words, &look));
        }
    }

    fn table(&mut self, cells: &[Piece], first: usize) {
        const WIDTH: usize = 9360;
        let place = |p: &Piece| match p.role {
            Role::Cell(_, row, column) => (row, column),
            _ => (0, 0),
        };
        let columns = cells.iter().map(|c| place(c).1 + 1).max().unwrap_or(1);
        let width = WIDTH / columns;
        let edge = |name: &str| {
            format!("<w:{name} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"808080\"/>")
        };
        let edges: String =
            ["top", "left", "bottom", "right", "insideH", "insideV"].map(edge).concat();
        let _ = write!(
            self.out,
            "<w:tbl><w:tblPr><w:tblW w:w=\"{WIDTH}\" w:type=\"dxa\"/><w:tblBorders>{edges}</w:tblBorders>\
             <w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>"
        );
        for _ in 0..columns {
            let _ = write!(self.out, "<w:gridCol w:w=\"{width}\"/>");
        }
        self.out.push_str("</w:tblGrid>");
        let rows: BTreeSet<usize> = cells.iter().map(|c| place(c).0).collect();
        for row in rows {
            let repeats = if row == 0 { "<w:tblHeader/>" } else { "" };
            let _ = write!(self.out, "<w:tr><w:trPr><w:cantSplit/>{repeats}</w:trPr>");
            for column in 0..columns {
                let _ = write!(
                    self.out,
                    "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>"
                );
                match cells.iter().position(|c| place(c) == (row, column)) {
                    Some(at) => {
                        self.paragraph("<w:pStyle w:val=\"NoticeCell\"/>", &cells[at], first + at)
                    }
                    None => self
                        .out
                        .push_str("<w:p><w:pPr><w:pStyle w:val=\"NoticeCell\"/></w:pPr></w:p>"),
                }
                self.out.push_str("</w:tc>");
            }
            self.out.push_str("</w:tr>");
        }
        // Two tables without a paragraph between them would be one.
        self.out.push_str("</w:tbl><w:p/>");
    }
}

fn list(style: &str, number: usize) -> String {
    format!(
        "<w:pStyle w:val=\"{style}\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{number}\"/></w:numPr>"
    )
}

fn look(atom: &Atom, heading: bool) -> String {
    let mut look = String::from(match atom.kind {
        Kind::Value | Kind::Link => "<w:rStyle w:val=\"NoticePlaceholder\"/>",
        Kind::Label => "<w:rStyle w:val=\"NoticeBranch\"/>",
        _ => "",
    });
    if atom.kind != Kind::Label && !heading {
        look.push_str(if atom.bold { "<w:b/><w:bCs/>" } else { "" });
        look.push_str(if atom.italic { "<w:i/><w:iCs/>" } else { "" });
    }
    look
}
