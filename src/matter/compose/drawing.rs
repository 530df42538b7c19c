//! Letters' pages as drawings (SVG): the outlines of the glyphs of the same layout that is printed.
//!
//! A glyph is described once for all pages and used wherever it stands.

use crate::typeset::{Area, FontSet, GlyphRun, Image, Item, Page};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;

/// Draws pages that share their glyphs.
pub struct Drawing {
    fonts: Arc<FontSet>,
    /// By face and glyph, the name of its outline; none for a glyph that paints nothing.
    known: HashMap<(u16, u16), Option<String>>,
    outlines: String,
    count: usize,
}

impl Drawing {
    pub fn new(fonts: Arc<FontSet>) -> Self {
        Self { fonts, known: HashMap::new(), outlines: String::new(), count: 0 }
    }

    /// One page; `window` is what an envelope shows of it. `label` is read aloud in its place.
    pub fn page(&mut self, page: &Page, window: Option<&[Area]>, label: &str) -> String {
        let mut out = format!(
            "<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">",
            short(page.width),
            short(page.height),
            crate::markup::escape(label)
        );
        for mark in &page.marks {
            for item in &mark.items {
                self.item(&mut out, item, page.height);
            }
        }
        for (at, area) in window.unwrap_or_default().iter().enumerate() {
            let class = if at == 0 { "window" } else { "window may" };
            let _ = write!(
                out,
                "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
                short(area.left),
                short(area.top),
                short(area.width()),
                short(area.height())
            );
        }
        out.push_str("</svg>");
        out
    }

    /// The outlines of all glyphs that were drawn; they stand once on the page that shows the
    /// drawings.
    pub fn outlines(&self) -> String {
        format!(
            "<svg class=\"outlines\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs>{}</defs></svg>",
            self.outlines
        )
    }

    fn item(&mut self, out: &mut String, item: &Item, height: f32) {
        match item {
            Item::Run { x, y, run } => self.run(out, *x, height - y, run),
            Item::Rect { x, y, width, height: tall, gray } => {
                let _ = write!(
                    out,
                    "<path d=\"M{} {}h{}v{}h-{}z\"{}/>",
                    short(*x),
                    short(height - y - tall),
                    short(*width),
                    short(*tall),
                    short(*width),
                    fill(*gray)
                );
            }
            Item::Image { x, y, width, height: tall, image } => {
                let Some(data) = png(image) else { return };
                let _ = write!(
                    out,
                    "<image x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" href=\"data:image/png;base64,{data}\"/>",
                    short(*x),
                    short(height - y - tall),
                    short(*width),
                    short(*tall)
                );
            }
        }
    }

    fn run(&mut self, out: &mut String, x: f32, y: f32, run: &GlyphRun) {
        let scale = run.size / 1000.0;
        let _ = write!(
            out,
            "<g transform=\"matrix({s} 0 0 -{s} {} {})\"{}>",
            short(x),
            short(y),
            fill(run.gray),
            s = trimmed(format!("{scale:.5}")),
        );
        let mut at = 0.0;
        for glyph in &run.glyphs {
            if let Some(name) = self.glyph(run.font, glyph.id) {
                let (dx, dy) = ((at + glyph.dx).round(), glyph.dy.round());
                out.push_str("<use href=\"#");
                out.push_str(&name);
                out.push('"');
                if dx != 0.0 {
                    let _ = write!(out, " x=\"{dx}\"");
                }
                if dy != 0.0 {
                    let _ = write!(out, " y=\"{dy}\"");
                }
                out.push_str("/>");
            }
            at += glyph.advance;
        }
        out.push_str("</g>");
    }

    fn glyph(&mut self, face: u16, glyph: u16) -> Option<String> {
        if let Some(known) = self.known.get(&(face, glyph)) {
            return known.clone();
        }
        let outline = self.outline(face, glyph).filter(|path| !path.is_empty());
        let name = outline.map(|path| {
            let name = format!("g{}", base36(self.count));
            self.count += 1;
            let _ = write!(self.outlines, "<path id=\"{name}\" d=\"{path}\"/>");
            name
        });
        self.known.insert((face, glyph), name.clone());
        name
    }

    /// A glyph's outline in thousandths of an em, y upward.
    fn outline(&self, face: u16, glyph: u16) -> Option<String> {
        let face = self.fonts.faces.get(usize::from(face))?;
        let font = FontRef::from_index(&face.data, face.index).ok()?;
        let outline = font.outline_glyphs().get(GlyphId::from(glyph))?;
        let mut pen = SvgPen::default();
        let size = Size::new(1000.0);
        outline.draw(DrawSettings::unhinted(size, LocationRef::default()), &mut pen).ok()?;
        Some(pen.path)
    }
}

/// Writes an outline in whole units, each point from the one before.
#[derive(Default)]
struct SvgPen {
    path: String,
    at: (i32, i32),
    start: (i32, i32),
}

impl SvgPen {
    fn put(&mut self, command: char, points: &[(f32, f32)]) {
        self.path.push(command);
        let mut to = self.at;
        for (n, (x, y)) in points.iter().enumerate() {
            to = (x.round() as i32, y.round() as i32);
            let (dx, dy) = (to.0 - self.at.0, to.1 - self.at.1);
            if n > 0 && dx >= 0 {
                self.path.push(' ');
            }
            let gap = if dy >= 0 { " " } else { "" };
            let _ = write!(self.path, "{dx}{gap}{dy}");
        }
        self.at = to;
    }
}

impl OutlinePen for SvgPen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.put('m', &[(x, y)]);
        self.start = self.at;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.put('l', &[(x, y)]);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.put('q', &[(cx, cy), (x, y)]);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.put('c', &[(ax, ay), (bx, by), (x, y)]);
    }

    fn close(&mut self) {
        self.path.push('z');
        self.at = self.start;
    }
}

fn fill(gray: f32) -> String {
    if gray <= 0.0 {
        return String::new();
    }
    let level = (gray.min(1.0) * 255.0).round() as u8;
    format!(" fill=\"#{level:02x}{level:02x}{level:02x}\"")
}

/// A length to a hundredth of a point.
fn short(length: f32) -> String {
    trimmed(format!("{length:.2}"))
}

fn trimmed(text: String) -> String {
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

fn base36(mut n: usize) -> String {
    let mut out = Vec::new();
    loop {
        out.push(char::from_digit((n % 36) as u32, 36).unwrap_or('0'));
        n /= 36;
        if n == 0 {
            break;
        }
    }
    out.iter().rev().collect()
}

fn png(image: &Image) -> Option<String> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, image.width, image.height);
    encoder.set_depth(png::BitDepth::Eight);
    let pixels: Vec<u8> = match &image.alpha {
        None => {
            encoder.set_color(png::ColorType::Rgb);
            image.rgb.clone()
        }
        Some(alpha) => {
            encoder.set_color(png::ColorType::Rgba);
            let rgb = image.rgb.chunks_exact(3);
            rgb.zip(alpha).flat_map(|(rgb, a)| [rgb[0], rgb[1], rgb[2], *a]).collect()
        }
    };
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&pixels).ok()?;
    writer.finish().ok()?;
    Some(BASE64_STANDARD.encode(bytes))
}
