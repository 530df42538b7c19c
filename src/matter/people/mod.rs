//! The people of a wave: taken in from the roster, counted, each row with its outcome.

pub mod census;
pub mod channel;
pub mod given_codes;
pub mod headcount;
pub mod history;
pub mod humans;
pub mod intake;
pub mod kept_counts;
pub mod letters_before;
pub mod returned;
pub mod since;
pub mod taking;
pub mod trial;
pub mod waves;
