//! Marks become the operators of a content stream.

use super::{
    PdfError,
    face::Faces,
    image::Images,
    lattice::Rects,
    object::{decimal, hundredths, int, length},
    run::{self, BadRun},
    structure::role_name,
};
use crate::typeset::{GlyphRun, Image, Item, Mark, StructRole, Tag};
use std::sync::Arc;

/// What painting needs besides the marks, and how it names what went wrong.
pub(super) struct Palette<'a> {
    pub faces: &'a mut Faces,
    pub images: &'a mut Images,
    pub label: &'a str,
    /// 1-based.
    pub page: u32,
}

/// One content stream in the making. It starts from no known state, because streams of a page
/// follow each other and each must be right whatever came before.
pub(super) struct Painter {
    pub out: Vec<u8>,
    font: Option<(u16, i32)>,
    gray: Option<i32>,
    /// Where the current text object's line starts, when one is open.
    pen: Option<(i32, i32)>,
    rects: Rects,
}

impl Painter {
    pub fn new() -> Self {
        let (out, rects) = (Vec::with_capacity(2048), Rects::default());
        Self { out, font: None, gray: None, pen: None, rects }
    }

    /// Paints one mark; `role` and number of its marked content, or none for an artifact.
    pub fn mark(
        &mut self,
        mark: &Mark,
        content: Option<(StructRole, u32)>,
        palette: &mut Palette<'_>,
    ) -> Result<(), PdfError> {
        match content {
            Some((role, mcid)) => {
                self.out.push(b'/');
                self.out.extend_from_slice(role_name(role).as_bytes());
                self.out.extend_from_slice(b"<</MCID ");
                int(&mut self.out, i64::from(mcid));
                self.out.extend_from_slice(b">>BDC\n");
            }
            None => self.out.extend_from_slice(b"/Artifact BMC\n"),
        }
        for item in &mark.items {
            self.item(item, palette)?;
        }
        self.end_text();
        self.end_path();
        self.out.extend_from_slice(b"EMC\n");
        Ok(())
    }

    fn item(&mut self, item: &Item, palette: &mut Palette<'_>) -> Result<(), PdfError> {
        match item {
            Item::Run { x, y, run } => self.run(*x, *y, run, palette),
            Item::Rect { x, y, width, height, gray } => {
                check([*x, *y, *width, *height, *gray], palette)?;
                self.rect([*x, *y, *x + *width, *y + *height], *gray);
                Ok(())
            }
            Item::Image { x, y, width, height, image } => {
                check([*x, *y, *width, *height, 0.0], palette)?;
                self.image([*x, *y, *width, *height], image, palette)
            }
        }
    }

    fn run(
        &mut self,
        x: f32,
        y: f32,
        run: &Arc<GlyphRun>,
        palette: &mut Palette<'_>,
    ) -> Result<(), PdfError> {
        check([x, y, run.size, run.gray, run.width], palette)?;
        if run.glyphs.is_empty() {
            return Ok(());
        }
        let faces = palette.faces.set.faces.len();
        if usize::from(run.font) >= faces {
            let (label, page) = (palette.label.to_owned(), palette.page);
            return Err(PdfError::UnknownFace { label, page, font: run.font, faces });
        }
        self.end_path();
        let (x, y) = (hundredths(x), hundredths(y));
        let from = match self.pen {
            Some(pen) => pen,
            None => {
                self.out.extend_from_slice(b"BT\n");
                (0, 0)
            }
        };
        let font = (run.font, hundredths(run.size));
        if self.font != Some(font) {
            self.out.extend_from_slice(b"/F");
            int(&mut self.out, i64::from(font.0));
            self.out.push(b' ');
            length(&mut self.out, font.1);
            self.out.extend_from_slice(b" Tf\n");
            self.font = Some(font);
        }
        self.set_gray(run.gray);
        length(&mut self.out, x - from.0);
        self.out.push(b' ');
        length(&mut self.out, y - from.1);
        self.out.extend_from_slice(b" Td\n");
        self.pen = Some((x, y));
        let face = palette.faces.load(run.font)?;
        run::write(run, face, &mut self.out).map_err(|bad| palette.refuse(bad, run.font))
    }

    fn rect(&mut self, corners: [f32; 4], gray: f32) {
        self.end_text();
        let level = level(gray);
        if self.gray != Some(level) {
            self.end_path();
            self.set_gray(gray);
        }
        self.rects.push(corners);
    }

    fn image(
        &mut self,
        [x, y, width, height]: [f32; 4],
        image: &Arc<Image>,
        palette: &mut Palette<'_>,
    ) -> Result<(), PdfError> {
        self.end_text();
        self.end_path();
        let (label, page) = (palette.label, palette.page);
        let number = palette
            .images
            .number(image)
            .ok_or_else(|| PdfError::BadImage { label: label.to_owned(), page })?;
        self.out.extend_from_slice(b"q ");
        for n in [hundredths(width), 0, 0, hundredths(height), hundredths(x), hundredths(y)] {
            length(&mut self.out, n);
            self.out.push(b' ');
        }
        self.out.extend_from_slice(b"cm /I");
        int(&mut self.out, i64::from(number));
        self.out.extend_from_slice(b" Do Q\n");
        Ok(())
    }

    fn set_gray(&mut self, gray: f32) {
        let level = level(gray);
        if self.gray != Some(level) {
            decimal(&mut self.out, i64::from(level), 3);
            self.out.extend_from_slice(b" g\n");
            self.gray = Some(level);
        }
    }

    fn end_text(&mut self) {
        if self.pen.take().is_some() {
            self.out.extend_from_slice(b"ET\n");
        }
    }

    fn end_path(&mut self) {
        self.rects.fill(&mut self.out);
    }
}

fn level(gray: f32) -> i32 {
    (gray.clamp(0.0, 1.0) * 1000.0).round() as i32
}

/// Far beyond any page (14,400 points) and far below what a PDF number may be.
fn check(numbers: [f32; 5], palette: &Palette<'_>) -> Result<(), PdfError> {
    if numbers.iter().all(|n| n.is_finite() && n.abs() < 20_000.0) {
        Ok(())
    } else {
        Err(PdfError::BadLength { label: palette.label.to_owned(), page: palette.page })
    }
}

impl Palette<'_> {
    fn refuse(&self, bad: BadRun, font: u16) -> PdfError {
        let (label, page) = (self.label.to_owned(), self.page);
        match bad {
            BadRun::MissingGlyph => {
                let font = self.faces.set.faces[usize::from(font)].postscript_name.clone();
                PdfError::MissingGlyph { label, page, font }
            }
            BadRun::Cluster => PdfError::BadCluster { label, page },
            BadRun::Length => PdfError::BadLength { label, page },
        }
    }
}

/// The marks of a page that all letters may share, or those of this one, with what each reads as.
pub(super) fn marks(
    marks: &[Mark],
    personal: bool,
    role: impl Fn(u32) -> StructRole,
) -> impl Iterator<Item = (&Mark, Option<StructRole>)> {
    marks.iter().filter(move |mark| mark.personal == personal).map(move |mark| match mark.tag {
        Tag::Content(node) => (mark, Some(role(node))),
        Tag::Artifact => (mark, None),
    })
}
