//! The e-mail product: MIME messages from the letter's document, for people who agreed.
