//! How a letter looks.

use super::window::Envelope;
use crate::document::SectionStyle;

/// Sizes and distances in points. The default is a serif letter of about 1,700 words on three
/// pages: 11 on 14, back matter 9.5 on 12.
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
            small: Type::new(9.5, 12.0),
            running: 9.0,
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

    pub(super) fn of(&self, section: SectionStyle) -> Type {
        match section {
            SectionStyle::Body => self.body,
            SectionStyle::Small => self.small,
        }
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
