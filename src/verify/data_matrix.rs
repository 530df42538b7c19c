//! A Data Matrix symbol (ECC 200) as a camera reads it, from the boxes that are painted: stated from
//! ISO/IEC 16022 and not from what our encoder believes. A drawing has no scratches, so nothing is
//! corrected: a symbol whose check words do not agree is no symbol.

use super::sheet::Area;

/// Square symbols of one region: modules a side, codewords of data and of check.
const SIZES: [(usize, usize, usize); 9] = [
    (10, 3, 5),
    (12, 5, 7),
    (14, 8, 10),
    (16, 12, 12),
    (18, 18, 14),
    (20, 22, 18),
    (22, 30, 20),
    (24, 36, 24),
    (26, 44, 28),
];

/// A symbol: what it says, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Symbol {
    pub text: String,
    pub area: Area,
}

/// Reads the boxes of one symbol; none if they are no symbol.
pub fn read(boxes: &[Area]) -> Option<Symbol> {
    let area = boxes.iter().copied().reduce(|a, b| Area {
        left: a.left.min(b.left),
        right: a.right.max(b.right),
        bottom: a.bottom.min(b.bottom),
        top: a.top.max(b.top),
    })?;
    let (width, height) = (area.right - area.left, area.top - area.bottom);
    if width <= 0.0 || (width - height).abs() > 0.05 * width {
        return None;
    }
    SIZES.iter().find_map(|(side, data, check)| {
        let modules = sampled(boxes, area, *side)?;
        let text = decode(&modules, *side, *data, *check)?;
        Some(Symbol { text, area })
    })
}

/// Dark or light by the middle of each module, rows from the top; none unless finder and clock are
/// as they must be.
fn sampled(boxes: &[Area], area: Area, side: usize) -> Option<Vec<bool>> {
    let step = (area.right - area.left) / side as f64;
    let dark = |row: usize, column: usize| {
        let x = area.left + (column as f64 + 0.5) * step;
        let y = area.top - (row as f64 + 0.5) * step;
        boxes.iter().any(|b| b.left <= x && x <= b.right && b.bottom <= y && y <= b.top)
    };
    // Left and lower edge are solid, the others alternate, beginning dark at upper left and lower
    // right.
    let framed = (0..side).all(|at| {
        dark(at, 0)
            && dark(side - 1, at)
            && dark(0, at) == at.is_multiple_of(2)
            && dark(at, side - 1) == (at % 2 == 1)
    });
    framed.then(|| (0..side * side).map(|at| dark(at / side, at % side)).collect())
}

fn decode(modules: &[bool], side: usize, data: usize, check: usize) -> Option<String> {
    let inner = side - 2;
    let mut words = vec![0u8; data + check];
    for (at, place) in placement(inner).into_iter().enumerate() {
        let Some((word, bit)) = place else { continue };
        let (row, column) = (at / inner + 1, at % inner + 1);
        if modules[row * side + column] {
            *words.get_mut(word)? |= 0x80 >> bit;
        }
    }
    if !agrees(&words, check) {
        return None;
    }
    said(&words[..data])
}

/// ASCII encodation: characters, pairs of digits, and padding at the end.
fn said(words: &[u8]) -> Option<String> {
    let mut text = String::new();
    for word in words {
        match word {
            1..=128 => text.push(char::from(word - 1)),
            129 => break,
            130..=229 => text.push_str(&format!("{:02}", word - 130)),
            _ => return None,
        }
    }
    Some(text)
}

/// Whether the codewords, as a polynomial over GF(256) modulo x^8+x^5+x^3+x^2+1, have the roots
/// 2, 4, 8 ... as many as there are check words.
fn agrees(words: &[u8], check: usize) -> bool {
    let mut root = 1;
    (0..check).all(|_| {
        root = times(root, 2);
        words.iter().fold(0, |sum, word| times(sum, root) ^ word) == 0
    })
}

fn times(a: u8, b: u8) -> u8 {
    let (mut a, mut b, mut product) = (u16::from(a), b, 0u16);
    while b != 0 {
        if b & 1 == 1 {
            product ^= a;
        }
        a <<= 1;
        if a & 0x100 != 0 {
            a ^= 0x12D;
        }
        b >>= 1;
    }
    product as u8
}

/// For each module of the mapping matrix (rows from the top) the codeword and its bit from the most
/// significant (annex F).
fn placement(side: usize) -> Vec<Option<(usize, u8)>> {
    let mut map = Map { side: side as i32, of: vec![None; side * side], taken: 0 };
    let n = side as i32;
    let (mut row, mut column) = (4, 0);
    while row < n || column < n {
        if column == 0 && row == n {
            map.word([
                (n - 1, 0),
                (n - 1, 1),
                (n - 1, 2),
                (0, n - 2),
                (0, n - 1),
                (1, n - 1),
                (2, n - 1),
                (3, n - 1),
            ]);
        }
        if column == 0 && row == n - 2 && n % 4 != 0 {
            map.word([
                (n - 3, 0),
                (n - 2, 0),
                (n - 1, 0),
                (0, n - 4),
                (0, n - 3),
                (0, n - 2),
                (0, n - 1),
                (1, n - 1),
            ]);
        }
        if column == 0 && row == n - 2 && n % 8 == 4 {
            map.word([
                (n - 3, 0),
                (n - 2, 0),
                (n - 1, 0),
                (0, n - 2),
                (0, n - 1),
                (1, n - 1),
                (2, n - 1),
                (3, n - 1),
            ]);
        }
        if column == 2 && row == n + 4 && n % 8 == 0 {
            map.word([
                (n - 1, 0),
                (n - 1, n - 1),
                (0, n - 3),
                (0, n - 2),
                (0, n - 1),
                (1, n - 3),
                (1, n - 2),
                (1, n - 1),
            ]);
        }
        while row >= 0 && column < n {
            if row < n && column >= 0 {
                map.shape(row, column);
            }
            (row, column) = (row - 2, column + 2);
        }
        (row, column) = (row + 1, column + 3);
        while row < n && column >= 0 {
            if row >= 0 && column < n {
                map.shape(row, column);
            }
            (row, column) = (row + 2, column - 2);
        }
        (row, column) = (row + 3, column + 1);
    }
    map.of
}

struct Map {
    side: i32,
    of: Vec<Option<(usize, u8)>>,
    taken: usize,
}

impl Map {
    fn at(&self, mut row: i32, mut column: i32) -> usize {
        let n = self.side;
        if row < 0 {
            (row, column) = (row + n, column + 4 - (n + 4) % 8);
        }
        if column < 0 {
            (row, column) = (row + 4 - (n + 4) % 8, column + n);
        }
        (row * n + column) as usize
    }

    /// The usual shape of a codeword, by its last module.
    fn shape(&mut self, row: i32, column: i32) {
        if self.of[self.at(row, column)].is_none() {
            let parts = [(-2, -2), (-2, -1), (-1, -2), (-1, -1), (-1, 0), (0, -2), (0, -1), (0, 0)];
            self.word(parts.map(|(down, right)| (row + down, column + right)));
        }
    }

    fn word(&mut self, modules: [(i32, i32); 8]) {
        for ((row, column), bit) in modules.into_iter().zip(0..) {
            let at = self.at(row, column);
            self.of[at] = Some((self.taken, bit));
        }
        self.taken += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::{placement, times};

    #[test]
    fn every_module_belongs_to_one_bit() {
        for (side, data, check) in super::SIZES {
            let map = placement(side - 2);
            let mut seen: Vec<_> = map.iter().flatten().collect();
            seen.sort_unstable();
            seen.dedup();
            assert_eq!(seen.len(), (data + check) * 8, "{side}");
            let open = map.iter().filter(|place| place.is_none()).count();
            assert!(open == 0 || open == 4, "{side}: {open}");
        }
    }

    #[test]
    fn the_field_is_the_standard_s() {
        assert_eq!(times(0x80, 2), 0x2D);
        assert_eq!(times(1, 77), 77);
    }
}
