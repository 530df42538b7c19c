//! What the window of an envelope can show of a letter, wherever the letter slides in it.
//!
//! A #10 envelope is 9.5 by 4.125 inches. The usual window is 4.5 by 1.125, 0.875 from the left
//! and 0.5 from the bottom: its top edge is 4.125 - 0.5 - 1.125 = 2.5 inches below the
//! envelope's. A letter folded in thirds is 8.5 by 3.667, so it has 1.0 inch of play sideways
//! and 0.458 up and down. Seen from the letter, with the play taken by `l` and `t`,
//! the window reaches
//!
//! ```text
//! across  from 0.875 - l to 5.375 - l,  0 <= l <= 1.0
//! down    from 2.5   - t to 3.625 - t,  0 <= t <= 0.458
//! ```
//!
//! - It *may show* the union of these: 0 to 5.375 across, 2.042 to 3.625 down. Nothing of the
//!   letter but name and address stands there.
//! - It *always shows* their intersection: 0.875 to 4.375 across, 2.5 to 3.167 down; with an
//!   eighth of an inch clear on all sides 1.0 to 4.25 across and 2.625 to 3.042 down. That is
//!   0.417 inches: three lines at 9 points, and no more of any legible size.
//! - *At rest* the letter stands on the envelope's lower edge (`t` = 0.458), as a tap test
//!   leaves it; then 2.167 to 3.042 down are clear: six lines.
//!
//! So an address of three lines is always clear. A fourth and a fifth line grow upward from the
//! same lower edge to 2.5 at most: all lines always show, and are clear at rest. A sixth is
//! clear at rest. A mail house that folds to a taller panel has less play: set `panel`, and more
//! lines are always clear (at 3.9375 inches six are).

/// An envelope with a window, and how the letter in it is folded. Inches.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Envelope {
    pub width: f32,
    pub height: f32,
    /// The window's left edge, from the envelope's.
    pub window_left: f32,
    /// The window's lower edge, from the envelope's.
    pub window_bottom: f32,
    pub window_width: f32,
    pub window_height: f32,
    /// Height of the folded letter.
    pub panel: f32,
    /// What stays clear between the address and the window's edges.
    pub clear: f32,
}

/// A rectangle of the page, points from the page's upper left corner, y downward.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

impl Area {
    pub fn width(self) -> f32 {
        self.right - self.left
    }

    pub fn height(self) -> f32 {
        self.bottom - self.top
    }

    fn shrunk(self, by: f32) -> Area {
        Area {
            left: self.left + by,
            top: self.top + by,
            right: self.right - by,
            bottom: self.bottom - by,
        }
    }
}

const INCH: f32 = 72.0;

impl Envelope {
    /// The usual #10 window envelope around a letter folded in thirds.
    pub const fn number_10() -> Self {
        Envelope {
            width: 9.5,
            height: 4.125,
            window_left: 0.875,
            window_bottom: 0.5,
            window_width: 4.5,
            window_height: 1.125,
            panel: 11.0 / 3.0,
            clear: 0.125,
        }
    }

    /// How far the letter can slide sideways and up and down, points.
    pub fn play(&self) -> (f32, f32) {
        let (x, y) = (self.width - 8.5, self.height - self.panel);
        (x.max(0.0) * INCH, y.max(0.0) * INCH)
    }

    /// What the window shows when the letter is `across` and `down` from the envelope's upper
    /// left corner, points.
    pub fn shows(&self, across: f32, down: f32) -> Area {
        let left = self.window_left * INCH - across;
        let bottom = (self.height - self.window_bottom) * INCH - down;
        Area {
            left,
            top: bottom - self.window_height * INCH,
            right: left + self.window_width * INCH,
            bottom,
        }
    }

    /// The part of the page that may ever show: nothing but name and address may stand here.
    pub fn may_show(&self) -> Area {
        let (x, y) = self.play();
        let (near, far) = (self.shows(0.0, 0.0), self.shows(x, y));
        Area { left: far.left.max(0.0), top: far.top, right: near.right, bottom: near.bottom }
    }

    /// What shows wherever the letter slides.
    pub fn always_shows(&self) -> Area {
        let (x, y) = self.play();
        let (near, far) = (self.shows(0.0, 0.0), self.shows(x, y));
        Area { left: near.left, top: near.top, right: far.right, bottom: far.bottom }
    }

    /// Where the address keeps clear of the window's edges wherever the letter slides.
    pub fn always_clear(&self) -> Area {
        self.always_shows().shrunk(self.clear * INCH)
    }

    /// The same for a letter that stands on the envelope's lower edge and slides sideways.
    pub fn clear_at_rest(&self) -> Area {
        let (_, y) = self.play();
        let rest = self.shows(0.0, y).shrunk(self.clear * INCH);
        let always = self.always_clear();
        Area { left: always.left, right: always.right, ..rest }
    }
}
