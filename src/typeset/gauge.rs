//! Whether an address surely fits the window, told from a table of widths: millions of addresses
//! are asked before any letter is set.

use super::address::{Clearance, MOST, SIZES, TIGHTEST, rooms};
use super::faces::Loaded;
use super::{FontSet, Style};
use harfrust::ShaperFont;

/// Characters with a place in the table: Latin, the marks that combine with others left out.
const CHARS: usize = 0x250;

/// Wider than any line of plain characters is counted: kerning may move letters apart.
const SLACK: f32 = 1.1;

/// Room that is left where ink is counted glyph by glyph, points.
const MARGIN: f32 = 0.5;

/// Widths and reaches of plain characters, and the room there is for them.
pub struct Gauge {
    chars: Vec<Option<Plain>>,
    /// The window's width.
    width: f32,
    /// The height in which all lines show wherever the letter slides.
    height: f32,
}

/// One character in the face that names and addresses are set in; thousandths of an em.
#[derive(Clone, Copy)]
struct Plain {
    advance: f32,
    up: f32,
    down: f32,
}

impl Gauge {
    pub fn new(fonts: &FontSet, style: &Style) -> Self {
        let face = fonts.faces.first().map(Loaded::copied);
        let chars = (0..CHARS as u32).map(|c| face.as_ref()?.plain(char::from_u32(c)?)).collect();
        let shows = rooms(style).into_iter().filter(|(clear, _)| *clear != Clearance::AtRest);
        let (width, height) = shows.fold((f32::MAX, 0.0f32), |(width, height), (_, room)| {
            (width.min(room.width()), height.max(room.height()))
        });
        Self { chars, width, height }
    }

    /// Whether every line has its glyphs, fits the window unturned, and shows wherever the letter
    /// slides, beyond doubt. Where it is in doubt, only setting the lines can tell.
    pub fn surely_shows(&self, lines: &[String]) -> bool {
        let [first, .., last] = lines else { return false };
        if lines.len() > MOST {
            return false;
        }
        let size = SIZES[SIZES.len() - 1];
        let fits = |line: &String| {
            let width = line.chars().try_fold(0.0, |sum, c| Some(sum + self.of(c)?.advance));
            width.is_some_and(|width| width * SLACK * size / 1000.0 <= self.width)
        };
        let reach = |line: &str, of: fn(Plain) -> f32| {
            line.chars().filter_map(|c| self.of(c)).map(of).fold(0.0, f32::max) / 1000.0
        };
        let ink = reach(first, |c| c.up) + reach(last, |c| c.down);
        let gaps = (lines.len() - 1) as f32;
        size * (ink + gaps * TIGHTEST) + MARGIN <= self.height && lines.iter().all(fits)
    }

    fn of(&self, c: char) -> Option<Plain> {
        self.chars.get(c as usize).copied().flatten()
    }
}

impl Loaded {
    fn plain(&self, c: char) -> Option<Plain> {
        if c.is_control() || super::faces::is_ignorable(c) {
            return None;
        }
        let font = self.font()?;
        let id = font.charmap().map_unicode(c)?;
        let advance = font.glyph_metrics().h_advance(id) * self.scale;
        let ink = ShaperFont::new(font).glyph_extents(id);
        let (up, down) = ink.map_or((0.0, 0.0), |ink| {
            let up = ink.y_bearing as f32 * self.scale;
            (up, -up - ink.height as f32 * self.scale)
        });
        Some(Plain { advance, up, down })
    }
}
