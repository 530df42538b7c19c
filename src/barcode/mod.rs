//! Marks that machines read on paper: the mail's barcode, and the codes of sheets.
//!
//! Encoders only: from digits to bars and boxes. Where a mark stands on the page is the typesetter's, and
//! what the finished page carries is read back by `verify` with code of its own.

pub mod data_matrix;
pub mod imb;
