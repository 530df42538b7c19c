//! What letters of this version draw besides words: a short list, so that anything else stands out.

/// Grays of text are black and that of a draft's mark.
pub const MARK_GRAY: f64 = 0.55;

/// Rules: height in points, gray. Between sections, under a table's head, under its rows.
const RULES: [(f64, f64); 3] = [(0.5, 0.4), (0.75, 0.0), (0.4, 0.6)];

/// What is said of any other box.
pub const NO_RULE: &str = "a box that letters do not draw";

/// Small black boxes: modules of a sheet's code, points at the most on a side.
const MODULES: f64 = 80.0;

/// The baseline of a letter's reference at the foot of a sheet's front, points.
pub const REFERENCE_BASELINE: f64 = 28.0;

/// Whether a box may be part of a code; whether it is, only reading the code can tell.
pub fn is_module(width: f64, height: f64, gray: f64) -> bool {
    gray == 0.0 && (0.0..=MODULES).contains(&width) && (0.0..=MODULES).contains(&height)
}

/// The smallest type that is still read, points.
pub const SMALLEST: f64 = 7.5;

/// Pairs of letters are moved together or apart by no more, thousandths of an em; marks over
/// letters by as much as the widest of them.
pub const KERN: f64 = 250.0;

/// How much further than its own width a mark may be moved, thousandths of an em.
pub const MARK_SHIFT: f64 = 2_000.0;

/// How far the writer's rounding of lengths and grays goes.
const NEAR: f64 = 0.021;

pub fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= NEAR
}

/// Whether letters draw a rule of this height and gray.
pub fn is_rule(height: f64, gray: f64) -> bool {
    RULES.iter().any(|(h, g)| near(height, *h) && (gray - g).abs() < 0.002)
}
