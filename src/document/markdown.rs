//! Rendered Markdown becomes blocks that carry their annotations.

use super::annotation::Annotation;
use super::{Block, BlockKind, Origin, Span, aliases_of};
use crate::finding::Code;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::sync::Arc;

/// What cannot be printed, and the template line it is under.
#[derive(Debug)]
pub(super) struct Trouble {
    pub code: Code,
    pub origin: Origin,
    pub message: String,
    pub remedy: &'static str,
}

/// Reads the Markdown of one rendered template.
pub(super) fn blocks(text: &str) -> Result<Vec<Block>, Trouble> {
    let mut reader = Reader {
        events: Parser::new_ext(text, Options::ENABLE_TABLES),
        note: Annotation::default(),
        unused: false,
    };
    let blocks = reader.blocks(true)?;
    reader.check_used()?;
    Ok(blocks)
}

struct Reader<'a> {
    events: Parser<'a>,
    /// Holds for every block until the next stamp: one value may bring several paragraphs.
    note: Annotation,
    /// The note speaks of a block that has not come yet.
    unused: bool,
}

/// How text is set at a point of a paragraph.
#[derive(Clone, Default)]
struct Face {
    bold: u8,
    italic: u8,
    link: Option<Arc<str>>,
    lang: Option<Arc<str>>,
}

impl<'a> Reader<'a> {
    /// Blocks up to the end of the enclosing element.
    fn blocks(&mut self, top: bool) -> Result<Vec<Block>, Trouble> {
        let mut blocks = Vec::new();
        // Tight list items hold bare text without a paragraph round it.
        let mut loose: Vec<Span> = Vec::new();
        while let Some(event) = self.events.next() {
            if !loose.is_empty() && matches!(event, Event::Start(ref t) if !is_inline(t)) {
                let spans = std::mem::take(&mut loose);
                blocks.push(self.block(BlockKind::Paragraph { spans: tidy(spans) }, top));
            }
            match event {
                Event::Start(Tag::Paragraph) => {
                    let kind = self.paragraph()?;
                    blocks.push(self.block(kind, top));
                }
                Event::Start(Tag::Heading { level, .. }) => {
                    let spans = self.spans()?;
                    let level = match level {
                        HeadingLevel::H1 => 1,
                        HeadingLevel::H2 => 2,
                        _ => 3,
                    };
                    blocks.push(self.block(BlockKind::Heading { level, spans }, top));
                }
                Event::Start(Tag::List(start)) => {
                    let items = self.items()?;
                    let kind = BlockKind::List {
                        ordered: start.is_some(),
                        start: start.unwrap_or(1),
                        items,
                    };
                    blocks.push(self.block(kind, top));
                }
                Event::Start(Tag::Table(_)) => {
                    let kind = self.table()?;
                    blocks.push(self.block(kind, top));
                }
                Event::Start(Tag::HtmlBlock) => self.comment(&mut blocks)?,
                Event::Rule => blocks.push(self.block(BlockKind::Rule, top)),
                Event::End(_) => break,
                Event::Start(tag) if !is_inline(&tag) => return Err(self.unprintable(&tag)),
                inline => self.inline(inline, &mut Face::default(), &mut loose)?,
            }
        }
        if !loose.is_empty() {
            blocks.push(self.block(BlockKind::Paragraph { spans: tidy(loose) }, top));
        }
        Ok(blocks)
    }

    fn block(&mut self, kind: BlockKind, top: bool) -> Block {
        let origin = self.note.origin.clone();
        if !top {
            return Block { kind, satisfies: vec![], contains: vec![], courtesy: false, origin };
        }
        self.unused = false;
        let satisfies = self.note.satisfies.clone();
        let mut contains = self.note.contains.clone();
        contains.extend(satisfies.iter().flat_map(|id| aliases_of(id)).cloned());
        Block { kind, satisfies, contains, courtesy: self.note.courtesy, origin }
    }

    /// An HTML block may hold nothing but our own comments, one or more.
    fn comment(&mut self, blocks: &mut Vec<Block>) -> Result<(), Trouble> {
        let mut html = String::new();
        for event in self.events.by_ref() {
            match event {
                Event::Html(text) => html.push_str(&text),
                _ => break,
            }
        }
        let mut rest = html.trim();
        while !rest.is_empty() {
            let inner = rest.strip_prefix("<!--").and_then(|r| r.split_once("-->"));
            let note = inner.map(|(inner, after)| (Annotation::read(inner), after.trim_start()));
            let Some((Ok(note), after)) = note else {
                return Err(self.trouble(
                    code!("template.html"),
                    "HTML is not printed".to_owned(),
                    "write Markdown; our own comments stand alone on their line",
                ));
            };
            if note.origin == Origin::default() {
                return Err(self.trouble(
                    code!("template.comment_in_value"),
                    "a value brings a comment of its own".to_owned(),
                    "put the comment into the template, above the value",
                ));
            }
            self.check_used()?;
            self.unused = note.speaks_of_a_block();
            self.note = note;
            if self.note.page_break {
                let kind = BlockKind::PageBreak;
                blocks.push(self.block(kind, true));
                self.note.page_break = false;
            }
            rest = after;
        }
        Ok(())
    }

    fn check_used(&self) -> Result<(), Trouble> {
        if self.unused {
            return Err(self.trouble(
                code!("template.comment_no_block"),
                "no block follows the comment once the template is filled in".to_owned(),
                "put the comment and its block into the same `{% if %}`",
            ));
        }
        Ok(())
    }

    fn paragraph(&mut self) -> Result<BlockKind, Trouble> {
        let mut spans = Vec::new();
        let mut figure = None;
        let mut face = Face::default();
        while let Some(event) = self.events.next() {
            match event {
                Event::End(TagEnd::Paragraph) => break,
                Event::Start(Tag::Image { dest_url, .. })
                    if spans.is_empty() && figure.is_none() =>
                {
                    let alt = self.spans()?.into_iter().map(|s| s.text).collect();
                    figure = Some(BlockKind::Figure { image: dest_url.into_string(), alt });
                }
                other => self.inline(other, &mut face, &mut spans)?,
            }
        }
        match figure {
            Some(figure) if spans.is_empty() => Ok(figure),
            Some(_) => Err(self.trouble(
                code!("template.figure"),
                "a picture stands in the middle of text".to_owned(),
                "write `![words](name)` on a line of its own, between empty lines",
            )),
            None => Ok(BlockKind::Paragraph { spans: tidy(spans) }),
        }
    }

    /// Spans up to the end of the enclosing element; `inline` takes inner ends with it.
    fn spans(&mut self) -> Result<Vec<Span>, Trouble> {
        let (mut spans, mut face) = (Vec::new(), Face::default());
        self.until_end(&mut face, &mut spans)?;
        Ok(tidy(spans))
    }

    fn inline(
        &mut self,
        event: Event<'a>,
        face: &mut Face,
        spans: &mut Vec<Span>,
    ) -> Result<(), Trouble> {
        match event {
            Event::Text(text) => push(spans, &text, face),
            Event::SoftBreak => push(spans, " ", face),
            Event::HardBreak => match spans.last_mut() {
                Some(last) => last.breaks = true,
                None => spans.push(Span { breaks: true, ..Span::default() }),
            },
            Event::Start(Tag::Strong) => {
                face.bold += 1;
                self.until_end(face, spans)?;
                face.bold -= 1;
            }
            Event::Start(Tag::Emphasis) => {
                face.italic += 1;
                self.until_end(face, spans)?;
                face.italic -= 1;
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                if let Some(lang) = dest_url.strip_prefix("lang:") {
                    let outer = face.lang.replace(Arc::from(lang));
                    self.until_end(face, spans)?;
                    face.lang = outer;
                } else {
                    let outer = face.link.replace(Arc::from(dest_url.as_ref()));
                    self.until_end(face, spans)?;
                    face.link = outer;
                }
            }
            Event::Start(tag) => return Err(self.unprintable(&tag)),
            Event::InlineHtml(_) | Event::Html(_) => {
                return Err(self.trouble(
                    code!("template.html"),
                    "HTML is not printed".to_owned(),
                    "write Markdown, or `\\<` for the sign itself",
                ));
            }
            Event::Code(_) => {
                return Err(self.trouble(
                    code!("template.code"),
                    "code marks are not printed".to_owned(),
                    "leave the backticks out",
                ));
            }
            _ => {}
        }
        Ok(())
    }

    fn until_end(&mut self, face: &mut Face, spans: &mut Vec<Span>) -> Result<(), Trouble> {
        while let Some(event) = self.events.next() {
            if matches!(event, Event::End(_)) {
                break;
            }
            self.inline(event, face, spans)?;
        }
        Ok(())
    }

    fn items(&mut self) -> Result<Vec<Vec<Block>>, Trouble> {
        let mut items = Vec::new();
        while let Some(Event::Start(Tag::Item)) = self.events.next() {
            items.push(self.blocks(false)?);
        }
        Ok(items)
    }

    fn table(&mut self) -> Result<BlockKind, Trouble> {
        let (mut header, mut rows, mut row) = (Vec::new(), Vec::new(), Vec::new());
        while let Some(event) = self.events.next() {
            match event {
                Event::Start(Tag::TableCell) => row.push(self.spans()?),
                Event::End(TagEnd::TableHead) => header = std::mem::take(&mut row),
                Event::End(TagEnd::TableRow) => rows.push(std::mem::take(&mut row)),
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        Ok(BlockKind::Table { header, rows })
    }

    fn unprintable(&self, tag: &Tag) -> Trouble {
        let (what, remedy) = match tag {
            Tag::BlockQuote(_) => ("a quotation", "begin the line without `>`"),
            Tag::CodeBlock(_) => ("a code block", "begin the line without spaces or backticks"),
            Tag::Image { .. } => {
                ("a picture inside text", "write `![words](name)` on a line of its own")
            }
            _ => ("this kind of Markdown", "use headings, paragraphs, lists and tables"),
        };
        self.trouble(code!("template.unprintable"), format!("{what} is not printed"), remedy)
    }

    fn trouble(&self, code: Code, message: String, remedy: &'static str) -> Trouble {
        Trouble { code, origin: self.note.origin.clone(), message, remedy }
    }
}

fn is_inline(tag: &Tag) -> bool {
    matches!(tag, Tag::Strong | Tag::Emphasis | Tag::Link { .. } | Tag::Image { .. })
}

fn push(spans: &mut Vec<Span>, text: &str, face: &Face) {
    let (bold, italic) = (face.bold > 0, face.italic > 0);
    if let Some(last) = spans.last_mut()
        && (last.bold, last.italic, last.breaks) == (bold, italic, false)
        && (&last.link, &last.lang) == (&face.link, &face.lang)
    {
        last.text.push_str(text);
        return;
    }
    let (link, lang) = (face.link.clone(), face.lang.clone());
    spans.push(Span { text: text.to_owned(), bold, italic, link, lang, breaks: false });
}

/// No blanks at either end, no break after the last word.
fn tidy(mut spans: Vec<Span>) -> Vec<Span> {
    if let Some(last) = spans.last_mut() {
        last.breaks = false;
        last.text.truncate(last.text.trim_end_matches(' ').len());
    }
    spans.retain(|s| !s.text.is_empty() || s.breaks);
    spans
}
