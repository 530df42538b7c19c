//! What the Postal Service and mail houses send back as files: who could not be delivered, and why.
//!
//! Where each field of a kind of file stands is data (`layouts.toml`), so that a layout is corrected
//! without code; a layout that no document confirmed says so. This room reads lines; whose letters
//! they speak of is known elsewhere.

mod codes;
mod key;
mod layout;
mod line;
mod read;

pub use codes::{Activation, CodeCell, CodeLayout, same_code};
pub use key::{Key, barcode, piece};
pub use layout::{Layout, LayoutError, Layouts};
pub use line::{Malformed, NewAddress, ReturnedLine, Told};
pub use read::{ReadError, ReturnedFile, barcodes, fitting, read};
