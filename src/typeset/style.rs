//! How a letter looks.

use super::head::RETURN;
use super::window::Envelope;
use crate::document::SectionStyle;

/// Sizes and distances in points. The default is a serif letter of about 1,700 words on three
/// pages: 11 on 14, back matter and what runs on every page 10, the least that letters may have
/// by law.
#[derive(Clone, Debug, PartialEq)]
pub struct Style {
    pub body: Type,
    pub small: Type,
    /// Size of the running head and foot.
    pub running: f32,
    /// Left and right margin.
    pub side: f32,
    pub top: f32,
    pub bottom: f32,
    pub envelope: Envelope,
}

/// Nothing in a letter is set smaller but name and address in the window, points.
const LEAST: f32 = 10.0;

/// A size of type with its line distance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Type {
    pub size: f32,
    pub leading: f32,
}

impl Type {
    pub const fn new(size: f32, leading: f32) -> Self {
        Type { size, leading }
    }

    /// From the top of a line to its baseline, the type centered in the leading.
    pub(super) fn baseline(self) -> f32 {
        (self.leading - self.size) / 2.0 + 0.762 * self.size
    }
}

impl Default for Style {
    fn default() -> Self {
        Style {
            body: Type::new(11.0, 14.0),
            small: Type::new(LEAST, 11.5),
            running: LEAST,
            side: 72.0,
            top: 72.0,
            bottom: 72.0,
            envelope: Envelope::number_10(),
        }
    }
}

impl Style {
    /// Large print: everything that is read in 18 points, the least that is called so.
    pub fn large_print() -> Self {
        let type_ = Type::new(18.0, 22.0);
        Style { body: type_, small: type_, running: type_.size, side: 60.0, ..Style::default() }
    }

    /// The smallest type of a letter but for name and address in the window, points.
    pub fn smallest(&self) -> f32 {
        let sections = [SectionStyle::Body, SectionStyle::Small];
        let set = sections.map(|section| self.table(section).size.min(self.of(section).size));
        set.into_iter().fold(self.running.min(RETURN.size), f32::min)
    }

    pub(super) fn of(&self, section: SectionStyle) -> Type {
        match section {
            SectionStyle::Body => self.body,
            SectionStyle::Small => self.small,
        }
    }

    /// Tables are set a little smaller than the text around them, where that is not the least.
    pub(super) fn table(&self, section: SectionStyle) -> Type {
        let base = self.of(section);
        let size = (base.size - 0.5).max(LEAST.min(base.size));
        Type::new(size, (base.leading - 1.0).max(size + 1.0))
    }

    /// Levels 1 to 3; the third is distinguished by its slope.
    pub(super) fn heading(&self, section: SectionStyle, level: u8) -> Type {
        let base = self.of(section);
        let (size, leading) = match (section, level) {
            (SectionStyle::Body, 0 | 1) => (base.size + 3.0, base.leading + 4.0),
            (SectionStyle::Body, 2) => (base.size + 1.0, base.leading + 1.0),
            (SectionStyle::Small, 0 | 1) => (base.size + 2.0, base.leading + 3.0),
            (SectionStyle::Small, 2) => (base.size + 0.5, base.leading + 0.5),
            _ => (base.size, base.leading),
        };
        Type { size, leading }
    }
}
