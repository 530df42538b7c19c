//! One incident folder at work. Returns data, prints nothing, parses no argument: every face of
//! the program (the terminal, a browser) calls the same functions.

pub mod act;
pub mod ask;
pub mod begin;
pub mod bundles;
mod compose;
mod delay;
mod elsewhere;
mod filed;
mod held;
pub mod keys;
pub mod mail;
pub mod open;
mod people;
pub mod post;
mod products;
pub mod refusal;
mod seal;
pub mod so_far;
pub mod summary;
pub mod watcher;
pub mod word;
mod work;

pub use products::PdfWriter;
pub use seal::fence::marks as state_folder;
