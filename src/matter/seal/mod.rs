//! What stands between an approved wave and the folder: the seal opened, its letters composed
//! again from the sealed copies, the differences told, and the fence around sending.

pub mod approved;
pub mod batches;
pub mod differing;
pub mod earlier;
pub mod evidence;
pub mod fence;
pub mod kept_inputs;
pub mod leaves;
pub mod left;
pub mod manifest;
pub mod person_index;
pub mod piece;
pub mod reference;
pub mod reply;
pub mod sealed;
pub mod signature;
pub mod standing;
pub mod statement_of_folder;
pub mod texts;
pub mod unaltered;
pub mod unknown;

pub use differing::tell;
pub use evidence::{evidence, not_in_future};
pub use fence::{fenced, hold};
pub use sealed::{ALTERED, Sealed, ledger_stop, seal_stop};
pub use standing::{SealStanding, standing};
pub use statement_of_folder::{file_digest, rosters_digest, shipped};
pub use texts::{drafts, texts};
pub use unaltered::unaltered;
