//! The letter product: which version a person gets, its words, and batches of printed letters.
