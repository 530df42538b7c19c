//! Whether two font programs draw the same for a glyph: point by point, component by component.

use read_fonts::ps::cff::CffFontRef;
use read_fonts::ps::charstring::CommandSink;
use read_fonts::tables::glyf::{Component, Glyf, Glyph, SimpleGlyph};
use read_fonts::tables::hmtx::Hmtx;
use read_fonts::tables::loca::{Loca, LocaGlyph};
use read_fonts::types::{Fixed, GlyphId, Tag};
use read_fonts::{FontRef, TableProvider};

/// Glyphs within glyphs.
const DEEPEST: usize = 8;

/// A font program opened for its outlines.
pub enum Program<'a> {
    TrueType(Box<TrueType<'a>>),
    Cff(Box<CffFontRef<'a>>),
}

pub struct TrueType<'a> {
    font: FontRef<'a>,
    loca: Loca<'a>,
    glyf: Glyf<'a>,
    hmtx: Hmtx<'a>,
    em: u16,
    /// Bits of `head` that tell a renderer where outlines begin and how they scale.
    flags: u16,
}

/// Instructions that all glyphs share: they move points when a renderer follows them.
const SHARED: [&[u8; 4]; 3] = [b"cvt ", b"fpgm", b"prep"];

/// What would draw instead of the outlines, or bend them.
const OTHERS: [&[u8; 4]; 9] =
    [b"CFF ", b"CFF2", b"gvar", b"fvar", b"COLR", b"SVG ", b"sbix", b"CBDT", b"EBDT"];

impl<'a> Program<'a> {
    /// A file of outlines as fonts are shipped.
    pub fn of_file(data: &'a [u8], index: u32) -> Option<Self> {
        let font = FontRef::from_index(data, index).ok()?;
        match font.table_data(Tag::new(b"CFF ")) {
            Some(table) => {
                let em = i32::from(font.head().ok()?.units_per_em());
                let cff = CffFontRef::new(table.as_bytes(), 0, Some(em)).ok()?;
                Some(Self::Cff(Box::new(cff)))
            }
            None => Some(Self::TrueType(Box::new(TrueType::of(font)?))),
        }
    }

    /// What a PDF embeds as `FontFile3` of the kind `CIDFontType0C`.
    pub fn bare_cff(data: &'a [u8], em: i32) -> Option<Self> {
        Some(Self::Cff(Box::new(CffFontRef::new(data, 0, Some(em)).ok()?)))
    }

    /// Units in an em.
    pub fn em(&self) -> i32 {
        match self {
            Self::TrueType(font) => i32::from(font.em),
            Self::Cff(font) => font.upem(),
        }
    }

    /// The glyph that a CID names in a program of this kind.
    pub fn of_cid(&self, cid: u16) -> Option<u16> {
        match self {
            Self::Cff(font) if font.is_cid() => {
                let charset = font.charset()?;
                // A cut font mostly numbers its glyphs as it orders them.
                if charset.string_id(cid.into()).is_some_and(|named| named.to_u16() == cid) {
                    return Some(cid);
                }
                let (glyph, _) = charset.iter().find(|(_, named)| named.to_u16() == cid)?;
                u16::try_from(glyph.to_u32()).ok()
            }
            _ => Some(cid),
        }
    }

    /// Whether everything that all glyphs share is the other's too.
    pub fn is_cut_from(&self, whole: &Self) -> bool {
        match (self, whole) {
            (Self::TrueType(cut), Self::TrueType(whole)) => {
                let same = |tag: &&[u8; 4]| {
                    let of = |font: &FontRef<'a>| {
                        font.table_data(Tag::new(tag)).map(|t| t.as_bytes().to_vec())
                    };
                    let cut = of(&cut.font);
                    cut.is_none()
                        || cut
                            == whole.font.table_data(Tag::new(tag)).map(|t| t.as_bytes().to_vec())
                };
                let plain = |tag: &&[u8; 4]| cut.font.table_data(Tag::new(tag)).is_none();
                cut.em == whole.em
                    && cut.flags == whole.flags
                    && SHARED.iter().all(same)
                    && (OTHERS.iter().all(plain)
                        || cut.font.data().as_bytes() == whole.font.data().as_bytes())
            }
            (Self::Cff(cut), Self::Cff(whole)) => cut.upem() == whole.upem(),
            _ => false,
        }
    }

    /// Whether a glyph here draws what a glyph there draws, from the same point.
    pub fn draws(&self, glyph: u16, other: &Program<'_>, as_glyph: u16) -> bool {
        match (self, other) {
            (Self::TrueType(a), Program::TrueType(b)) => {
                let side = |font: &TrueType<'_>, glyph: u16| {
                    let glyph = GlyphId::from(glyph);
                    (font.hmtx.advance(glyph), font.hmtx.side_bearing(glyph))
                };
                side(a, glyph) == side(b, as_glyph) && same(a, glyph.into(), b, as_glyph.into(), 0)
            }
            (Self::Cff(a), Program::Cff(b)) => {
                let path = path(a, glyph.into());
                path.is_some() && path == self::path(b, as_glyph.into())
            }
            _ => false,
        }
    }
}

impl<'a> TrueType<'a> {
    fn of(font: FontRef<'a>) -> Option<Self> {
        let head = font.head().ok()?;
        let (em, flags) = (head.units_per_em(), head.flags().bits() & 0b1_1011);
        let (loca, glyf, hmtx) = (font.loca(None).ok()?, font.glyf().ok()?, font.hmtx().ok()?);
        (em > 0).then_some(Self { font, loca, glyf, hmtx, em, flags })
    }
}

fn same(a: &TrueType<'_>, ga: GlyphId, b: &TrueType<'_>, gb: GlyphId, depth: usize) -> bool {
    if depth > DEEPEST {
        return false;
    }
    match (a.loca.get(ga, &a.glyf), b.loca.get(gb, &b.glyf)) {
        (Some(LocaGlyph::Empty), Some(LocaGlyph::Empty)) => true,
        (Some(LocaGlyph::Glyph(Glyph::Simple(a))), Some(LocaGlyph::Glyph(Glyph::Simple(b)))) => {
            same_points(&a, &b)
        }
        (
            Some(LocaGlyph::Glyph(Glyph::Composite(one))),
            Some(LocaGlyph::Glyph(Glyph::Composite(two))),
        ) => {
            let (mut left, mut right) = (one.components(), two.components());
            let instructions = one.instructions();
            if instructions.is_some_and(|own| Some(own) != two.instructions()) {
                return false;
            }
            loop {
                match (left.next(), right.next()) {
                    (None, None) => return true,
                    (Some(x), Some(y)) if placed(&x) == placed(&y) => {
                        if !same(a, x.glyph, b, y.glyph, depth + 1) {
                            return false;
                        }
                    }
                    _ => return false,
                }
            }
        }
        _ => false,
    }
}

/// Where a component stands and how it is bent; which flags only say how that is written is left
/// out.
fn placed(part: &Component) -> impl PartialEq {
    use read_fonts::tables::glyf::CompositeGlyphFlags as Flags;
    let told = Flags::USE_MY_METRICS
        | Flags::SCALED_COMPONENT_OFFSET
        | Flags::UNSCALED_COMPONENT_OFFSET
        | Flags::ROUND_XY_TO_GRID;
    (part.anchor, part.transform, part.flags.intersection(told).bits())
}

fn same_points(a: &SimpleGlyph<'_>, b: &SimpleGlyph<'_>) -> bool {
    let ends = |glyph: &SimpleGlyph<'_>| -> Vec<u16> {
        glyph.end_pts_of_contours().iter().map(|end| end.get()).collect()
    };
    let instructions = a.instructions();
    ends(a) == ends(b)
        && a.points().eq(b.points())
        && (instructions.is_empty() || instructions == b.instructions())
}

/// A CFF glyph as its drawing commands.
fn path(font: &CffFontRef<'_>, glyph: GlyphId) -> Option<Vec<[i32; 7]>> {
    let subfont = font.subfont(font.subfont_index(glyph)?, &[]).ok()?;
    let mut path = Path(Vec::new());
    let width = font.evaluate_charstring(&subfont, glyph, &[], &mut path).ok()?;
    path.0.push([9, width.map_or(0, Fixed::to_bits), 0, 0, 0, 0, 0]);
    Some(path.0)
}

struct Path(Vec<[i32; 7]>);

impl CommandSink for Path {
    fn move_to(&mut self, x: Fixed, y: Fixed) {
        self.0.push([0, x.to_bits(), y.to_bits(), 0, 0, 0, 0]);
    }

    fn line_to(&mut self, x: Fixed, y: Fixed) {
        self.0.push([1, x.to_bits(), y.to_bits(), 0, 0, 0, 0]);
    }

    fn curve_to(&mut self, a: Fixed, b: Fixed, c: Fixed, d: Fixed, x: Fixed, y: Fixed) {
        let [a, b, c, d, x, y] = [a, b, c, d, x, y].map(Fixed::to_bits);
        self.0.push([2, a, b, c, d, x, y]);
    }

    fn close(&mut self) {
        self.0.push([3; 7]);
    }
}
