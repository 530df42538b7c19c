//! A second writer over the same pages: the crate `printpdf`.
//!
//! It exists to be compared with: the same text at the same places, by foreign code. It is not
//! the default because it keeps all pages in memory, is some fifty times slower and knows
//! neither structure tree nor language (so no PDF/UA and no PDF/A-2a).

use super::{
    Finished, Meta, PdfError,
    embed::embed,
    face::Faces,
    image::Images,
    object::Rect,
    plan::{Planned, Studio},
    remembered::Remembered,
    run::Clusters,
    xmp::PRODUCER,
};
use crate::files::hex;
use crate::typeset::{FontSet, Glyph, GlyphRun, Image, Item, Laid};
use printpdf::{
    Actions, BorderArray, Codepoint, Color, ColorArray, FontId, Greyscale, LinkAnnotation, Op,
    PaintMode, ParsedFont, PdfDocument, PdfDocumentInfo, PdfFont, PdfFontHandle, PdfPage,
    PdfSaveOptions, Pt, RawImage, RawImageData, RawImageFormat, TextItem, TextMatrix, XObject,
    XObjectId, XObjectTransform, parse_pdf_date,
};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    io::{self, Write},
    sync::Arc,
};

/// Writes documents, each with a label for its bookmark (none if empty), into one file.
///
/// # Errors
/// Those of [`BatchWriter::add`](super::BatchWriter::add), for the same pages; also
/// [`PdfError::BadFont`] for a font that `printpdf` cannot read.
pub fn write_with_printpdf<'a>(
    laids: impl IntoIterator<Item = (&'a Laid, &'a str)>,
    fonts: Arc<FontSet>,
    meta: &Meta,
    mut out: impl Write,
) -> io::Result<Finished> {
    let mut faces = Faces::new(fonts);
    let mut images = Images::default();
    let remembered = Remembered::default();
    let mut documents = Vec::new();
    // The first pass refuses what the other writer refuses and finds the glyphs used.
    for (laid, label) in laids {
        let mut studio = Studio { faces: &mut faces, images: &mut images, remembered: &remembered };
        documents.push((laid, label, Planned::of(laid, label, &mut studio)?));
    }
    let mut pdf = PdfDocument::new(&meta.title);
    describe(&mut pdf.metadata.info, meta);
    let embedded = add_fonts(&mut pdf, &faces)?;
    for (number, image) in images.pictures().iter().enumerate() {
        let id = XObjectId(format!("I{number}"));
        pdf.resources.xobjects.map.insert(id, XObject::Image(raw_image(image)));
    }
    let mut artist =
        Artist { faces: &faces, embedded: &embedded, images: &mut images, ops: vec![] };
    for (laid, label, planned) in &documents {
        if !label.is_empty() && !laid.pages.is_empty() {
            pdf.add_bookmark(label, pdf.pages.len() + 1);
        }
        for (index, page) in laid.pages.iter().enumerate() {
            let marks = page.marks.iter();
            // Painted in the order of the other writer: what is common first.
            for mark in marks.clone().filter(|m| !m.personal).chain(marks.filter(|m| m.personal)) {
                mark.items.iter().for_each(|item| artist.item(item));
            }
            for area in planned.links.iter().filter(|area| area.page as usize == index) {
                let url = laid.tree[area.node as usize].url.as_deref().unwrap_or_default();
                artist.ops.extend(area.lines.iter().map(|line| link(*line, url)));
            }
            let sheet = rectangle([0.0, 0.0, page.width, page.height], None);
            pdf.pages.push(PdfPage {
                media_box: sheet.clone(),
                trim_box: sheet.clone(),
                crop_box: sheet,
                ops: std::mem::take(&mut artist.ops),
            });
        }
    }
    let pages = pdf.pages.len() as u32;
    let mut bytes = pdf.save(&PdfSaveOptions::default(), &mut Vec::new());
    identify(&mut bytes);
    out.write_all(&bytes)?;
    out.flush()?;
    Ok(Finished { bytes: bytes.len() as u64, sha256: hex(&Sha256::digest(&bytes)), pages })
}

fn describe(info: &mut PdfDocumentInfo, meta: &Meta) {
    info.document_title.clone_from(&meta.title);
    info.subject.clone_from(&meta.subject);
    info.author.clone_from(&meta.author);
    info.creator.clone_from(&meta.creator);
    info.producer = PRODUCER.to_owned();
    info.keywords = vec![meta.keywords.clone()];
    if let Ok(date) = parse_pdf_date(&meta.pdf_date()) {
        info.creation_date = date;
        info.modification_date = date;
        info.metadata_date = date;
    }
}

/// A face as `printpdf` knows it.
struct Subset {
    id: FontId,
    /// From glyph in the font file to glyph and width (thousandths of an em) in the subset.
    glyphs: BTreeMap<u16, (u16, f32)>,
}

/// Subsets every face first, because `printpdf` without its layout engine embeds fonts whole.
fn add_fonts(pdf: &mut PdfDocument, faces: &Faces) -> Result<BTreeMap<u16, Subset>, PdfError> {
    let mut subsets = BTreeMap::new();
    for (index, face, used) in faces.used() {
        let embedded = embed(face, used)?;
        let bad = || PdfError::BadFont {
            font: face.postscript_name.clone(),
            reason: "printpdf cannot read it".into(),
        };
        let mut font =
            ParsedFont::from_bytes(&embedded.program, 0, &mut Vec::new()).ok_or_else(bad)?;
        font.font_name = Some(embedded.name);
        let em = f32::from(font.units_per_em.max(1));
        let width = |glyph: u16| {
            // The file will state whole thousandths, cut and not rounded.
            (f32::from(font.get_glyph_width(glyph).unwrap_or(0)) * 1000.0 / em).trunc()
        };
        let glyphs =
            embedded.glyphs.iter().map(|(code, glyph)| (*code, (*glyph, width(*glyph)))).collect();
        let id = FontId(format!("NW{index}"));
        pdf.resources.fonts.map.insert(id.clone(), PdfFont::new(font));
        subsets.insert(index, Subset { id, glyphs });
    }
    Ok(subsets)
}

fn raw_image(image: &Image) -> RawImage {
    let (pixels, data_format) = match &image.alpha {
        None => (image.rgb.clone(), RawImageFormat::RGB8),
        Some(alpha) => {
            let pixels = image.rgb.chunks_exact(3).zip(alpha);
            (
                pixels.flat_map(|(rgb, a)| [rgb[0], rgb[1], rgb[2], *a]).collect(),
                RawImageFormat::RGBA8,
            )
        }
    };
    RawImage {
        pixels: RawImageData::U8(pixels),
        width: image.width as usize,
        height: image.height as usize,
        data_format,
        tag: Vec::new(),
    }
}

/// Turns items into operations.
struct Artist<'a> {
    faces: &'a Faces,
    embedded: &'a BTreeMap<u16, Subset>,
    images: &'a mut Images,
    ops: Vec<Op>,
}

impl Artist<'_> {
    fn item(&mut self, item: &Item) {
        match item {
            Item::Run { x, y, run } if !run.glyphs.is_empty() => self.run(*x, *y, run),
            Item::Run { .. } => {}
            Item::Rect { x, y, width, height, gray } => {
                self.gray(*gray);
                let rectangle = rectangle([*x, *y, *width, *height], Some(PaintMode::Fill));
                self.ops.push(Op::DrawRectangle { rectangle });
            }
            Item::Image { x, y, width, height, image } => {
                let Some(number) = self.images.number(image) else { return };
                let transform = XObjectTransform {
                    translate_x: Some(Pt(*x)),
                    translate_y: Some(Pt(*y)),
                    scale_x: Some(*width),
                    scale_y: Some(*height),
                    no_auto_scale: true,
                    ..XObjectTransform::default()
                };
                self.ops.push(Op::UseXobject { id: XObjectId(format!("I{number}")), transform });
            }
        }
    }

    fn gray(&mut self, gray: f32) {
        let col = Color::Greyscale(Greyscale::new(gray.clamp(0.0, 1.0), None));
        self.ops.push(Op::SetFillColor { col });
    }

    /// One text object a run; a glyph that is raised gets a place of its own.
    fn run(&mut self, x: f32, y: f32, run: &GlyphRun) {
        let Some(subset) = self.embedded.get(&run.font) else { return };
        self.ops.push(Op::StartTextSection);
        self.gray(run.gray);
        let font = PdfFontHandle::External(subset.id.clone());
        self.ops.push(Op::SetFont { font, size: Pt(run.size) });
        let em = run.size / 1000.0;
        let (mut items, mut rise) = (Vec::new(), 0.0);
        // Where the run's origin, the ideal pen and the real pen are, in thousandths of an em.
        let (mut origin, mut ideal, mut pen) = (0.0, 0.0f32, 0.0f32);
        for glyph in Clusters::of(run).flatten().flat_map(|(group, _)| group) {
            let Some((id, width)) = subset.glyphs.get(&glyph.id).copied() else { continue };
            if glyph.dy != rise {
                self.show(x + origin * em, y + rise * em, std::mem::take(&mut items));
                (origin, pen, rise) = (ideal, ideal, glyph.dy);
            }
            let shift = ideal + glyph.dx - pen;
            if shift.abs() >= 0.5 {
                items.push(TextItem::Offset(-shift));
                pen += shift;
            }
            items.push(TextItem::GlyphIds(vec![self.codepoint(run.font, glyph, id)]));
            pen += width;
            ideal += glyph.advance;
        }
        self.show(x + origin * em, y + rise * em, items);
        self.ops.push(Op::EndTextSection);
    }

    fn codepoint(&self, font: u16, glyph: &Glyph, id: u16) -> Codepoint {
        let used = self.faces.get(font);
        Codepoint { gid: id, offset: 0.0, cid: used.map(|face| face.text(glyph.id)) }
    }

    fn show(&mut self, x: f32, y: f32, items: Vec<TextItem>) {
        if !items.is_empty() {
            let matrix = TextMatrix::Raw([1.0, 0.0, 0.0, 1.0, x, y]);
            self.ops.push(Op::SetTextMatrix { matrix });
            self.ops.push(Op::ShowText { items });
        }
    }
}

/// Left, bottom, width, height in points.
fn rectangle([x, y, width, height]: [f32; 4], mode: Option<PaintMode>) -> printpdf::Rect {
    let [x, y, width, height] = [x, y, width, height].map(Pt);
    printpdf::Rect { x, y, width, height, mode, winding_order: None }
}

fn link(line: Rect, url: &str) -> Op {
    let [left, bottom, right, top] = line.0.map(|n| n as f32 / 100.0);
    let rect = rectangle([left, bottom, right - left, top - bottom], None);
    let border = Some(BorderArray::Solid([0.0, 0.0, 0.0]));
    let actions = Actions::Uri(url.to_owned());
    let color = Some(ColorArray::Transparent);
    Op::LinkAnnotation { link: LinkAnnotation::new(rect, actions, border, color, None) }
}

/// Puts the file's own digest where `printpdf` writes numbers from a counter, which would make
/// two runs differ and two files alike.
fn identify(bytes: &mut [u8]) {
    const LENGTH: usize = 32;
    let Some(at) = bytes.windows(3).rposition(|window| window == b"/ID") else { return };
    let places: Vec<usize> = (at..bytes.len()).filter(|i| bytes[*i] == b'(').take(2).collect();
    let sound = |place: &usize| bytes.get(place + LENGTH + 1) == Some(&b')');
    if places.len() != 2 || !places.iter().all(sound) {
        return;
    }
    for place in &places {
        bytes[place + 1..=place + LENGTH].fill(b'0');
    }
    let id = hex(&Sha256::digest(&*bytes)[..LENGTH / 2]);
    for place in &places {
        bytes[place + 1..=place + LENGTH].copy_from_slice(id.as_bytes());
    }
}
