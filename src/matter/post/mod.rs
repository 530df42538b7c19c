//! What comes back from the post, and who is still to be reached.

mod addresses;
mod codes;
mod fates;
mod formats;
mod imported;
mod known;
mod lists;
mod pieces;
mod unreached;

pub use addresses::new_addresses;
pub use codes::{
    ActivationsAnswer, ActivationsRequest, CodesAnswer, CodesRequest, activations, codes,
};
pub use formats::{FormatsAnswer, FormatsRequest, formats};
pub use imported::{ImportAnswer, ImportRequest, ListedLine, import};
pub use pieces::{PiecesAnswer, PiecesRequest, pieces};
pub use unreached::{NextStep, Unreached, latest_counted, unreached};
