//! The text of a document: paragraphs as they read once every tracked change is accepted.

use super::marks::{Style, Styles, Walk, attribute, by, is_on};
use super::unpack::Unreadable;
use super::{By, Char, Cut, Foreign, InTable, Mark, Paragraph, Returned};
use quick_xml::events::BytesStart;
use std::collections::BTreeMap;

/// Where a comment stands.
#[derive(Clone, Default)]
pub(super) struct Anchor {
    pub paragraph: Option<usize>,
    pub text: String,
}

/// A run's look.
#[derive(Clone, Copy, Default)]
struct Look {
    bold: bool,
    italic: bool,
    hidden: bool,
}

/// Gathers paragraphs while the XML is walked.
pub(super) struct Body<'s> {
    styles: &'s Styles,
    done: Returned,
    /// The paragraph being read; text boxes stand inside another paragraph.
    open: Vec<Paragraph>,
    /// The open paragraph's end was taken out: it goes on in the next one.
    joined: Vec<Option<usize>>,
    /// A paragraph whose end was taken out waits for the next one.
    waiting: Option<(Paragraph, usize)>,
    style: Style,
    look: Look,
    in_run: bool,
    /// Depth of elements whose contents are no text of the document.
    skipped: usize,
    /// Open insertions and deletions, outermost first; true takes out.
    changes: Vec<(bool, usize)>,
    /// Inside the properties of a paragraph's mark.
    in_mark: bool,
    in_properties: bool,
    in_text: bool,
    /// Open tables: number, row, cell.
    tables: Vec<InTable>,
    next_table: usize,
    /// A row that a tracked change took out.
    row_cut: Option<usize>,
    /// Field codes are no text; nested fields count.
    fields: Vec<bool>,
    bookmarks: BTreeMap<String, (String, usize, usize, bool)>,
    anchors: BTreeMap<String, (Anchor, bool)>,
}

impl<'s> Body<'s> {
    pub fn new(styles: &'s Styles) -> Self {
        Self {
            styles,
            done: Returned::default(),
            open: Vec::new(),
            joined: Vec::new(),
            waiting: None,
            style: Style::default(),
            look: Look::default(),
            in_run: false,
            skipped: 0,
            changes: Vec::new(),
            in_mark: false,
            in_properties: false,
            in_text: false,
            tables: Vec::new(),
            next_table: 0,
            row_cut: None,
            fields: Vec::new(),
            bookmarks: BTreeMap::new(),
            anchors: BTreeMap::new(),
        }
    }

    /// The document, and where its comments stand.
    pub fn finish(mut self) -> (Returned, BTreeMap<String, Anchor>) {
        if let Some((paragraph, _)) = self.waiting.take() {
            self.keep(paragraph);
        }
        let anchors = self.anchors.into_iter().map(|(id, (anchor, _))| (id, anchor)).collect();
        (self.done, anchors)
    }

    fn person(&mut self, by: By) -> usize {
        let people = &mut self.done.people;
        people.iter().position(|known| *known == by).unwrap_or_else(|| {
            people.push(by);
            people.len() - 1
        })
    }

    fn put(&mut self, text: &str) {
        if self.skipped > 0 || self.look.hidden || self.fields.iter().any(|result| !result) {
            return;
        }
        let cut =
            self.changes.iter().rev().find(|(out, _)| *out).map(|(_, by)| *by).or(self.row_cut);
        let put_in = self.changes.iter().rev().find(|(out, _)| !*out).map(|(_, by)| *by);
        let look = self.look;
        let Some(paragraph) = self.open.last_mut() else { return };
        if let Some(by) = cut {
            // What was put in and taken out again was never there.
            if put_in.is_none() {
                let at = paragraph.chars.len();
                match paragraph.cuts.last_mut() {
                    Some(last) if last.at == at && last.by == by => last.text.push_str(text),
                    _ => paragraph.cuts.push(Cut { at, text: text.to_owned(), by }),
                }
            }
            return;
        }
        for c in text.chars().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}' | '\r')) {
            let (bold, italic) = (look.bold, look.italic);
            paragraph.chars.push(Char { c, bold, italic, by: put_in });
        }
        for (anchor, open) in self.anchors.values_mut() {
            if *open && anchor.text.len() < 400 {
                anchor.text.push_str(text);
            }
        }
    }

    /// Position of the paragraph that is being read among all.
    fn here(&self) -> usize {
        self.done.paragraphs.len()
    }

    fn at(&self) -> usize {
        self.open.last().map_or(0, |paragraph| paragraph.chars.len())
    }

    fn begin_paragraph(&mut self) {
        let mut paragraph =
            Paragraph { place: self.tables.last().copied(), ..Paragraph::default() };
        if self.open.is_empty()
            && let Some((before, by)) = self.waiting.take()
        {
            if before.place == paragraph.place {
                // The next one's properties win; its words follow.
                let heading = paragraph.heading;
                paragraph = Paragraph { heading, ..before };
            } else {
                let mut before = before;
                before.by = Some(by);
                self.keep(before);
            }
        }
        self.open.push(paragraph);
        self.joined.push(None);
        self.style = Style::default();
    }

    fn end_paragraph(&mut self) {
        let Some(mut paragraph) = self.open.pop() else { return };
        let joined = self.joined.pop().flatten();
        if paragraph.style.is_empty() {
            paragraph.style.clone_from(&self.style.name);
        }
        let (here, length) = (self.here(), paragraph.chars.len());
        for (name, at, from, fresh) in self.bookmarks.values_mut() {
            // A bookmark that goes on covers the next paragraph from its beginning.
            if *at == here && self.open.is_empty() && joined.is_none() {
                if *from < length || (*fresh && length == 0) {
                    paragraph.marks.push(Mark { name: name.clone(), from: *from, to: length });
                }
                (*at, *from, *fresh) = (here + 1, 0, false);
            }
        }
        match joined {
            Some(by) if self.open.is_empty() => self.waiting = Some((paragraph, by)),
            _ => self.keep(paragraph),
        }
    }

    fn keep(&mut self, paragraph: Paragraph) {
        let emptied = paragraph.marks.iter().filter(|mark| mark.from == mark.to);
        let by = paragraph.cuts.first().map(|cut| cut.by);
        if let Some(by) = by {
            let names: Vec<_> = emptied.map(|mark| (mark.name.clone(), by)).collect();
            self.done.emptied.extend(names);
        }
        self.done.paragraphs.push(paragraph);
    }

    fn foreign(&mut self, kind: Foreign) {
        let at = Some(self.here());
        if !self.done.foreign.contains(&(kind, at)) {
            self.done.foreign.push((kind, at));
        }
    }

    fn property(&mut self, name: &str, tag: &BytesStart<'_>) {
        let value = || attribute(tag, "val").unwrap_or_default();
        match name {
            "pStyle" => {
                let style = self.styles.get(&value());
                if let Some(paragraph) = self.open.last_mut() {
                    paragraph.style.clone_from(&style.name);
                    paragraph.heading = style.heading.or(paragraph.heading);
                    paragraph.listed |= style.listed;
                }
                self.style = style;
            }
            "outlineLvl" => {
                if let (Some(paragraph), Ok(level)) = (self.open.last_mut(), value().parse::<u8>())
                {
                    paragraph.heading = (level < 9).then_some(level + 1);
                }
            }
            "numId" => {
                if let Some(paragraph) = self.open.last_mut() {
                    paragraph.listed = value() != "0";
                }
            }
            "rPr" => self.in_mark = true,
            "ins" | "moveTo" if self.in_mark => {
                let by = self.person(by(tag));
                if let Some(paragraph) = self.open.last_mut() {
                    paragraph.by = Some(by);
                }
            }
            "del" | "moveFrom" if self.in_mark => {
                let by = self.person(by(tag));
                if let Some(joined) = self.joined.last_mut() {
                    *joined = Some(by);
                }
            }
            _ => {}
        }
    }

    fn run_property(&mut self, name: &str, tag: &BytesStart<'_>) {
        match name {
            "rStyle" => {
                let style = self.styles.get(&attribute(tag, "val").unwrap_or_default());
                self.look.bold = style.bold.unwrap_or(self.look.bold);
                self.look.italic = style.italic.unwrap_or(self.look.italic);
            }
            "b" => self.look.bold = is_on(tag),
            "i" => self.look.italic = is_on(tag),
            "vanish" => self.look.hidden = is_on(tag),
            _ => {}
        }
    }
}

impl Walk for Body<'_> {
    fn enter(&mut self, name: &str, tag: &BytesStart<'_>) -> Result<(), Unreadable> {
        if self.skipped > 0 {
            self.skipped += 1;
            return Ok(());
        }
        match name {
            // What stood there before a change of properties; a drawing's second form.
            "rPrChange" | "pPrChange" | "sectPrChange" | "tblPrChange" | "tcPrChange"
            | "trPrChange" | "numberingChange" | "Fallback" | "sectPr" | "instrText"
            | "delInstrText" => {
                self.skipped = 1;
            }
            "p" => self.begin_paragraph(),
            "pPr" => self.in_properties = true,
            _ if self.in_properties => self.property(name, tag),
            "r" => {
                self.in_run = true;
                let bold = self.style.bold.unwrap_or(false);
                let italic = self.style.italic.unwrap_or(false);
                self.look = Look { bold, italic, hidden: false };
            }
            "t" | "delText" => self.in_text = true,
            "tab" if self.in_run => self.put(" "),
            "br" | "cr" if self.in_run => {
                let page = attribute(tag, "type").is_some_and(|kind| kind != "textWrapping");
                self.put(if page { "" } else { "\n" });
            }
            "noBreakHyphen" => self.put("-"),
            "sym" => {
                let code = attribute(tag, "char").and_then(|c| u32::from_str_radix(&c, 16).ok());
                let c = code.and_then(char::from_u32).unwrap_or('\u{fffd}');
                self.put(c.encode_utf8(&mut [0; 4]));
            }
            "ins" | "moveTo" | "del" | "moveFrom" => {
                if self.tables.is_empty() || !self.open.is_empty() {
                    let by = self.person(by(tag));
                    self.changes.push((matches!(name, "del" | "moveFrom"), by));
                } else if name == "del" {
                    self.row_cut = Some(self.person(by(tag)));
                }
            }
            "fldChar" => match attribute(tag, "fldCharType").as_deref() {
                Some("begin") => self.fields.push(false),
                Some("separate") => {
                    if let Some(field) = self.fields.last_mut() {
                        *field = true;
                    }
                }
                Some("end") => {
                    self.fields.pop();
                }
                _ => {}
            },
            "bookmarkStart" => {
                if let (Some(id), Some(name)) = (attribute(tag, "id"), attribute(tag, "name")) {
                    let (here, at) = (self.here(), self.at());
                    self.bookmarks.insert(id, (name, here, at, true));
                }
            }
            "bookmarkEnd" => {
                let id = attribute(tag, "id").unwrap_or_default();
                if let Some((name, at, from, fresh)) = self.bookmarks.remove(&id) {
                    let to = self.at();
                    let covers = at == self.here() && (from < to || fresh);
                    if let Some(paragraph) = self.open.last_mut().filter(|_| covers) {
                        paragraph.marks.push(Mark { name, from, to });
                    }
                }
            }
            "commentRangeStart" => {
                if let Some(id) = attribute(tag, "id") {
                    let paragraph = Some(self.here());
                    self.anchors.insert(id, (Anchor { paragraph, text: String::new() }, true));
                }
            }
            "commentRangeEnd" => {
                let id = attribute(tag, "id").unwrap_or_default();
                if let Some((_, open)) = self.anchors.get_mut(&id) {
                    *open = false;
                }
            }
            "commentReference" => {
                let here = self.here();
                if let Some(id) = attribute(tag, "id") {
                    let anchor = Anchor { paragraph: Some(here), text: String::new() };
                    self.anchors.entry(id).or_insert((anchor, false));
                }
            }
            "tbl" => {
                self.tables.push(InTable { table: self.next_table, row: 0, cell: 0 });
                self.next_table += 1;
            }
            "drawing" | "pict" | "object" => self.foreign(Foreign::Object),
            "altChunk" | "subDoc" => self.foreign(Foreign::OtherFile),
            "footnoteReference" | "endnoteReference" => self.foreign(Foreign::Footnote),
            "oMath" => {
                self.foreign(Foreign::Formula);
                self.skipped = 1;
            }
            _ if self.in_run => self.run_property(name, tag),
            _ => {}
        }
        Ok(())
    }

    fn leave(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match name {
            "p" => self.end_paragraph(),
            "pPr" => self.in_properties = false,
            "rPr" => self.in_mark = false,
            "r" => self.in_run = false,
            "t" | "delText" => self.in_text = false,
            "ins" | "moveTo" | "del" | "moveFrom"
                if !self.in_properties && (self.tables.is_empty() || !self.open.is_empty()) =>
            {
                self.changes.pop();
            }
            "tc" => {
                if let Some(table) = self.tables.last_mut() {
                    table.cell += 1;
                }
            }
            "tr" => {
                self.row_cut = None;
                if let Some(table) = self.tables.last_mut() {
                    (table.row, table.cell) = (table.row + 1, 0);
                }
            }
            "tbl" => {
                self.tables.pop();
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_text {
            self.put(text);
        }
    }
}
