//! What letters are composed with: words, pictures, the writer, sample letters.

pub mod drawing;
pub mod exhibits;
pub mod images;
pub mod letter_words;
pub mod svg;
pub mod with_writer;
