//! The two-dimensional code on each sheet, which an inserter reads: Data Matrix ECC 200
//! (ISO/IEC 16022), encoded by `datamatrix`, placed by us.

use datamatrix::{DataMatrixBuilder, EncodationType, SymbolList};

/// A square symbol.
pub struct Symbol {
    /// Modules on a side.
    pub side: usize,
    /// Row by row from the top.
    dark: Vec<bool>,
}

/// The smallest square symbol that says so much in characters of ASCII; none if none does.
///
/// Digits take half a codeword in pairs. Other encodations would save a few modules and take twenty
/// times as long to be chosen, for three codes in each of millions of letters.
pub fn encode(text: &str) -> Option<Symbol> {
    let symbol = DataMatrixBuilder::new()
        .with_encodation_types(EncodationType::Ascii)
        .with_symbol_list(SymbolList::default().enforce_square())
        .encode(text.as_bytes())
        .ok()?;
    let bitmap = symbol.bitmap();
    Some(Symbol { side: bitmap.width(), dark: bitmap.bits().to_vec() })
}

impl Symbol {
    /// Dark modules that lie side by side: row from the top, first column, how many.
    pub fn runs(&self) -> impl Iterator<Item = (usize, usize, usize)> + '_ {
        self.dark.chunks(self.side).enumerate().flat_map(|(row, modules)| {
            let mut column = 0;
            std::iter::from_fn(move || {
                column += modules[column..].iter().position(|dark| *dark)?;
                let first = column;
                column += modules[first..].iter().take_while(|dark| **dark).count();
                Some((row, first, column - first))
            })
        })
    }
}
