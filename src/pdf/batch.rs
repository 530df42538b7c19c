//! The streaming writer.

use super::{
    Meta,
    embed::write_fonts,
    face::Faces,
    icc,
    image::Images,
    object::{self, Ref, decimal, hundredths, int, reference, references, text},
    outline::Outline,
    page_tree::PageTree,
    parent_tree::ParentTree,
    plan::{Common, Planned, Studio},
    remembered::Remembered,
    sink::Sink,
    structure::{Places, write_elements},
    xmp,
};
use crate::typeset::{FontSet, Laid};
use std::{
    io::{self, Write},
    sync::Arc,
};

/// Where a document stands in its file; what the manifest says of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageRange {
    /// 1-based.
    pub first_page: u32,
    pub pages: u32,
}

/// A finished file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished {
    pub bytes: u64,
    /// Lower-case hexadecimal.
    pub sha256: String,
    pub pages: u32,
}

/// Writes many documents into one tagged PDF as they come. Memory grows by a few bytes an object
/// and with the glyphs used, not with the documents.
///
/// What a page has in common with others of the batch goes into a content stream that all of
/// them name; what is personal goes into a second stream of that page alone.
pub struct BatchWriter<W: Write> {
    sink: Sink<W>,
    meta: Meta,
    faces: Faces,
    images: Images,
    remembered: Remembered,
    pages: PageTree,
    parents: ParentTree,
    outline: Outline,
    fixed: Fixed,
    /// The elements of the documents, in a batch.
    parts: Vec<Ref>,
    single: bool,
}

/// Objects that others name before they are written.
struct Fixed {
    catalog: Ref,
    resources: Ref,
    structure: Ref,
    document: Ref,
    parent_tree: Ref,
}

impl<W: Write> BatchWriter<W> {
    /// Starts a file.
    ///
    /// # Errors
    /// What `out` gives.
    pub fn new(out: W, fonts: Arc<FontSet>, meta: Meta) -> io::Result<Self> {
        Self::start(out, fonts, meta, false)
    }

    fn start(out: W, fonts: Arc<FontSet>, meta: Meta, single: bool) -> io::Result<Self> {
        let mut sink = Sink::new(out)?;
        let catalog = sink.alloc_many(if single { 4 } else { 5 });
        let fixed = Fixed {
            catalog,
            resources: catalog.plus(1),
            structure: catalog.plus(2),
            parent_tree: catalog.plus(3),
            document: catalog.plus(4),
        };
        let pages = PageTree::new(&mut sink);
        Ok(Self {
            sink,
            meta,
            faces: Faces::new(fonts),
            images: Images::default(),
            remembered: Remembered::default(),
            pages,
            parents: ParentTree::default(),
            outline: Outline::default(),
            fixed,
            parts: Vec::new(),
            single,
        })
    }

    /// Appends a document. `label` becomes its bookmark (none if empty) and names it in errors;
    /// it is a piece id, never a person.
    ///
    /// # Errors
    /// A [`PdfError`](super::PdfError) inside an error of kind `InvalidData` if the pages cannot
    /// be written as they are; then nothing of them was, and the batch can go on without them.
    /// Otherwise what the output gives.
    pub fn add(&mut self, laid: &Laid, label: &str) -> io::Result<PageRange> {
        self.sink.room_for(laid.tree.len() + 4 * laid.pages.len() + 16)?;
        let mut studio = Studio {
            faces: &mut self.faces,
            images: &mut self.images,
            remembered: &self.remembered,
        };
        let planned = Planned::of(laid, label, &mut studio)?;
        self.sink.room_for(laid.tree.len() + 4 * laid.pages.len() + planned.links.len() + 16)?;
        self.images.write(&mut self.sink)?;
        let range = PageRange { first_page: self.pages.count + 1, pages: laid.pages.len() as u32 };
        self.write(laid, planned, label)?;
        Ok(range)
    }

    fn write(&mut self, laid: &Laid, mut planned: Planned, label: &str) -> io::Result<()> {
        let mut streams_of = Vec::with_capacity(laid.pages.len());
        for (page, planned) in laid.pages.iter().zip(&mut planned.pages) {
            let common = std::mem::replace(&mut planned.common, Common::None);
            let mut streams = Vec::with_capacity(2);
            streams.extend(self.write_common(common, page)?);
            if !planned.overlay.is_empty() {
                let r = self.sink.alloc();
                self.sink.stream(r, b"", &planned.overlay)?;
                streams.push(r);
            }
            streams_of.push(streams);
        }
        let sink = &mut self.sink;
        let places = Places {
            pages: sink.alloc_many(laid.pages.len() as u32),
            elements: sink.alloc_many(laid.tree.len() as u32),
            annotations: sink.alloc_many(planned.links.len() as u32),
            above: if self.single { self.fixed.structure } else { self.fixed.document },
            root_role: if self.single { "Document" } else { "Part" },
            lang: &self.meta.lang,
        };
        for (i, streams) in streams_of.iter().enumerate() {
            let (page, planned_page) = (&laid.pages[i], &planned.pages[i]);
            let r = places.pages.plus(i as u32);
            let parent = self.pages.add(r, sink);
            let key =
                self.parents.page(planned_page.nodes.iter().map(|n| places.elements.plus(*n)));
            let out = sink.object(r);
            out.extend_from_slice(b"<</Type/Page/Parent ");
            reference(out, parent);
            out.extend_from_slice(b"/MediaBox[0 0 ");
            decimal(out, i64::from(hundredths(page.width)), 2);
            out.push(b' ');
            decimal(out, i64::from(hundredths(page.height)), 2);
            out.extend_from_slice(b"]/Resources ");
            reference(out, self.fixed.resources);
            out.extend_from_slice(b"/Contents");
            references(out, streams.iter().copied());
            out.extend_from_slice(b"/StructParents ");
            int(out, i64::from(key));
            let on_page = planned.links.iter().zip(0..).filter(|(area, _)| area.page as usize == i);
            if on_page.clone().next().is_some() {
                out.extend_from_slice(b"/Tabs/S/Annots");
                references(out, on_page.map(|(_, n)| places.annotations.plus(n)));
            }
            out.extend_from_slice(b">>");
        }
        write_elements(laid, &planned, &places, sink);
        for (i, area) in planned.links.iter().enumerate() {
            let key = self.parents.annotation(places.elements.plus(area.node));
            let node = &laid.tree[area.node as usize];
            let url = node.url.as_deref().unwrap_or_default();
            let page = places.pages.plus(area.page);
            let out = sink.object(places.annotations.plus(i as u32));
            area.write(out, page, key, url, node.alt.as_deref().unwrap_or(url));
        }
        if !laid.pages.is_empty() {
            self.outline.add(label, places.pages, sink);
        }
        self.parts.push(places.elements);
        self.parents.settle(sink);
        sink.settle()
    }

    /// The stream of a page's common content, written now if it is new.
    fn write_common(
        &mut self,
        common: Common,
        page: &crate::typeset::Page,
    ) -> io::Result<Option<Ref>> {
        match common {
            Common::None => Ok(None),
            Common::Written(stream) => Ok(Some(stream)),
            Common::New { key, digest, bytes } => {
                if let Some(stream) = self.remembered.by_digest(&digest) {
                    self.remembered.learn(key, page, stream);
                    return Ok(Some(stream));
                }
                let stream = self.sink.alloc();
                self.sink.stream(stream, b"", &bytes)?;
                self.remembered.insert(key, digest, page, stream);
                Ok(Some(stream))
            }
        }
    }

    /// Writes fonts, structure root, metadata and the cross-reference table.
    ///
    /// # Errors
    /// [`PdfError::BadFont`](super::PdfError::BadFont) if a face cannot be subset; otherwise what
    /// the output gives.
    pub fn finish(mut self) -> io::Result<Finished> {
        let fonts = write_fonts(&mut self.sink, &self.faces)?;
        self.write_resources(&fonts);
        self.write_structure_root();
        let pages = self.pages.count;
        let page_root = self.pages.root();
        let sink = &mut self.sink;
        self.pages.finish(sink);
        let outline = self.outline.finish(sink);
        let profile = sink.alloc();
        sink.stream(profile, b"/N 3", &icc::srgb())?;
        let metadata = sink.alloc();
        sink.plain_stream(metadata, b"/Type/Metadata/Subtype/XML", &xmp::packet(&self.meta))?;
        let info = sink.alloc();
        write_info(sink.object(info), &self.meta);

        let out = sink.object(self.fixed.catalog);
        out.extend_from_slice(b"<</Type/Catalog/Pages ");
        reference(out, page_root);
        out.extend_from_slice(b"/Metadata ");
        reference(out, metadata);
        out.extend_from_slice(b"/MarkInfo<</Marked true>>/StructTreeRoot ");
        reference(out, self.fixed.structure);
        out.extend_from_slice(b"/Lang");
        text(out, &self.meta.lang);
        out.extend_from_slice(b"/ViewerPreferences<</DisplayDocTitle true>>");
        if let Some(outline) = outline {
            out.extend_from_slice(b"/Outlines ");
            reference(out, outline);
        }
        out.extend_from_slice(
            b"/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1\
              /OutputConditionIdentifier(sRGB)/Info(sRGB)/DestOutputProfile ",
        );
        reference(out, profile);
        out.extend_from_slice(b">>]>>");
        let (bytes, sha256) = self.sink.finish(self.fixed.catalog, info)?;
        Ok(Finished { bytes, sha256, pages })
    }

    fn write_resources(&mut self, fonts: &[(u16, Ref)]) {
        let out = self.sink.object(self.fixed.resources);
        out.extend_from_slice(b"<</Font<<");
        for (index, font) in fonts {
            object::name(out, &format!("F{index}"));
            out.push(b' ');
            reference(out, *font);
        }
        out.extend_from_slice(b">>/XObject<<");
        for (number, image) in self.images.objects().iter().enumerate() {
            object::name(out, &format!("I{number}"));
            out.push(b' ');
            reference(out, *image);
        }
        out.extend_from_slice(b">>>>");
    }

    fn write_structure_root(&mut self) {
        let sink = &mut self.sink;
        let next = std::mem::take(&mut self.parents).finish(self.fixed.parent_tree, sink);
        if !self.single {
            let out = sink.object(self.fixed.document);
            out.extend_from_slice(b"<</S/Document/P ");
            reference(out, self.fixed.structure);
            out.extend_from_slice(b"/K");
            references(out, self.parts.iter().copied());
            out.extend_from_slice(b">>");
        }
        let out = sink.object(self.fixed.structure);
        out.extend_from_slice(b"<</Type/StructTreeRoot/K");
        if self.single {
            references(out, self.parts.iter().copied());
        } else {
            references(out, [self.fixed.document]);
        }
        out.extend_from_slice(b"/ParentTree ");
        reference(out, self.fixed.parent_tree);
        out.extend_from_slice(b"/ParentTreeNextKey ");
        int(out, i64::from(next));
        out.extend_from_slice(b">>");
    }
}

fn write_info(out: &mut Vec<u8>, meta: &Meta) {
    out.extend_from_slice(b"<<");
    let date = meta.pdf_date();
    for (key, value) in [
        ("Title", meta.title.as_str()),
        ("Subject", &meta.subject),
        ("Author", &meta.author),
        ("Keywords", &meta.keywords),
        ("Creator", &meta.creator),
        ("Producer", xmp::PRODUCER),
        ("CreationDate", &date),
        ("ModDate", &date),
    ] {
        if !value.is_empty() {
            object::name(out, key);
            text(out, value);
        }
    }
    out.extend_from_slice(b">>");
}

/// Writes one document, such as a report, as a file of its own.
///
/// # Errors
/// Those of [`BatchWriter::add`] and [`BatchWriter::finish`].
pub fn write_single(
    laid: &Laid,
    out: impl Write,
    fonts: Arc<FontSet>,
    meta: Meta,
) -> io::Result<Finished> {
    let mut writer = BatchWriter::start(out, fonts, meta, true)?;
    writer.add(laid, "")?;
    writer.finish()
}
