//! The two bodies of a message, quoted-printable, put together from their sections.

use super::{html, text};
use crate::document::{Document, Section};
use lettre::message::{Body, header::ContentTransferEncoding};
use std::collections::HashMap;
use std::sync::{Arc, RwLock};

/// Sections kept before starting anew.
const SECTIONS: usize = 1024;

/// Remembers what sections of nobody in particular become. What it remembers never changes a
/// byte: each section is encoded by itself, remembered or not, and every one begins and ends
/// with a line, so that together they are what the whole text would be.
#[derive(Default)]
pub(super) struct Parts(RwLock<HashMap<usize, Arc<Encoded>>>);

/// A section as both bodies have it.
pub(super) struct Encoded {
    /// Held so that its address stays its own.
    _section: Arc<Section>,
    text: Vec<u8>,
    html: Vec<u8>,
}

impl Parts {
    /// The text part and the HTML part.
    pub fn of(&self, document: &Document) -> (Vec<u8>, Vec<u8>) {
        let sections: Vec<Arc<Encoded>> =
            document.sections.iter().map(|section| self.section(section)).collect();
        let room =
            |of: fn(&Encoded) -> &Vec<u8>| sections.iter().map(|s| of(s).len()).sum::<usize>();
        let mut text = Vec::with_capacity(room(|s| &s.text));
        let (head, foot) = html::around(document);
        let mut html = encoded(head);
        html.reserve(room(|s| &s.html) + foot.len());
        for section in &sections {
            text.extend_from_slice(&section.text);
            html.extend_from_slice(&section.html);
        }
        // As `text` ends: no empty line at the end.
        while text.ends_with(b"\r\n\r\n") {
            text.truncate(text.len() - 2);
        }
        html.extend(encoded(foot.to_owned()));
        (text, html)
    }

    fn section(&self, section: &Arc<Section>) -> Arc<Encoded> {
        let key = Arc::as_ptr(section) as usize;
        if !section.personal
            && let Ok(kept) = self.0.read()
            && let Some(known) = kept.get(&key)
        {
            return known.clone();
        }
        let made = Arc::new(Encoded {
            _section: section.clone(),
            text: encoded(text::section(section)),
            html: encoded(html::section(section)),
        });
        if !section.personal
            && let Ok(mut kept) = self.0.write()
        {
            if kept.len() >= SECTIONS {
                kept.clear();
            }
            kept.insert(key, made.clone());
        }
        made
    }
}

/// Quoted-printable (RFC 2045, section 6.7) with CRLF at line ends.
fn encoded(lines: String) -> Vec<u8> {
    match Body::new_with_encoding(lines, ContentTransferEncoding::QuotedPrintable) {
        Ok(body) => body.into_vec(),
        // It refuses other encodings only.
        Err(bytes) => bytes,
    }
}
