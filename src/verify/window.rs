//! What the window of a #10 envelope may show of a letter folded in thirds, stated from the
//! dimensions of mail pieces and not from what our typesetter believes.
//!
//! The envelope is 9.5 by 4.125 inches; its window, 4.5 by 1.125, begins 0.875 from the left edge
//! and 0.5 from the lower one. The folded sheet, 8.5 by 11/3, slides: 1.0 inch sideways, 0.458 up
//! and down.

use super::sheet::Area;

const INCH: f64 = 72.0;
const ENVELOPE: (f64, f64) = (9.5, 4.125);
const SHEET: (f64, f64) = (8.5, 11.0);
const PANELS: f64 = 3.0;
/// Left, bottom, width, height.
const WINDOW: (f64, f64, f64, f64) = (0.875, 0.5, 4.5, 1.125);

/// The window on the page when the sheet lies `right` and `down` of the envelope's upper left
/// corner, inches.
fn window(right: f64, down: f64) -> Area {
    let top = ENVELOPE.1 - WINDOW.1 - WINDOW.3 - down;
    Area {
        left: (WINDOW.0 - right) * INCH,
        right: (WINDOW.0 + WINDOW.2 - right) * INCH,
        top: (SHEET.1 - top) * INCH,
        bottom: (SHEET.1 - top - WINDOW.3) * INCH,
    }
}

fn play() -> (f64, f64) {
    (ENVELOPE.0 - SHEET.0, ENVELOPE.1 - SHEET.1 / PANELS)
}

/// What may show, however the letter slides: nothing but name and address may stand here.
pub fn may_show() -> Area {
    let (right, down) = play();
    let (near, far) = (window(0.0, 0.0), window(right, down));
    Area { left: far.left, right: near.right, top: far.top, bottom: near.bottom }
}

/// What shows of a letter that stands on the envelope's lower edge, wherever it slides sideways:
/// the whole address must stand here.
pub fn shows_at_rest() -> Area {
    let (right, down) = play();
    let (near, far) = (window(0.0, down), window(right, down));
    Area { left: near.left, right: far.right, top: near.top, bottom: near.bottom }
}

#[cfg(test)]
mod tests {
    use super::{may_show, shows_at_rest};

    #[test]
    fn the_window_is_where_the_mail_house_measures_it() {
        let inches = |points: f64| (points / 72.0 * 1000.0).round() / 1000.0;
        let down = |points: f64| inches(792.0 - points);
        let may = may_show();
        assert_eq!((inches(may.right), down(may.top), down(may.bottom)), (5.375, 2.042, 3.625));
        assert!(may.left <= 0.0);
        let rest = shows_at_rest();
        assert_eq!((inches(rest.left), inches(rest.right)), (0.875, 4.375));
        assert_eq!((down(rest.top), down(rest.bottom)), (2.042, 3.167));
    }
}
