//! Transformations of a content stream and what painted points cover.

use crate::verify::sheet::Area;

/// a b c d e f of a transformation (ISO 32000-1, 8.3.3).
pub type Matrix = [f64; 6];

pub const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// `inner`, then `outer`.
pub fn times(inner: Matrix, outer: Matrix) -> Matrix {
    let [a, b, c, d, e, f] = inner;
    let [u, v, w, x, y, z] = outer;
    [
        a * u + b * w,
        a * v + b * x,
        c * u + d * w,
        c * v + d * x,
        e * u + f * w + y,
        e * v + f * x + z,
    ]
}

pub fn apply(m: Matrix, x: f64, y: f64) -> (f64, f64) {
    (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])
}

/// The smallest area that holds all points.
pub fn bounds(points: &[(f64, f64)]) -> Option<Area> {
    let mut points = points.iter();
    let (x, y) = *points.next()?;
    let mut area = Area { left: x, right: x, bottom: y, top: y };
    for (x, y) in points {
        area.left = area.left.min(*x);
        area.right = area.right.max(*x);
        area.bottom = area.bottom.min(*y);
        area.top = area.top.max(*y);
    }
    Some(area)
}
