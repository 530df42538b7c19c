//! Reads a document that came back.

use super::body::Body;
use super::marks::{Remarks, Styles, outside, walk};
use super::unpack::{Parts, Unreadable};
use super::{Comment, Foreign, Returned};
use std::collections::BTreeSet;

/// Reads a DOCX file as it reads with every tracked change accepted. Nothing in it is run, followed
/// or fetched.
///
/// # Errors
/// A file that is no DOCX, is damaged, or is larger than any letter.
pub fn read(bytes: &[u8]) -> Result<Returned, Unreadable> {
    let mut parts = Parts::open(bytes)?;
    let names = parts.names();
    let main = main_part(&mut parts)?;
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
    let beside = |name: &str| match folder {
        "" => name.to_owned(),
        folder => format!("{folder}/{name}"),
    };
    let styles = match parts.text(&beside("styles.xml"))? {
        Some(xml) => Styles::read(&xml)?,
        None => Styles::default(),
    };
    let xml = parts.text(&main)?.ok_or(Unreadable::Damaged(
        "it has no document in it; save it as DOCX in a word processor",
    ))?;
    let mut body = Body::new(&styles);
    walk(&xml, &mut body)?;
    let (mut returned, anchors) = body.finish();
    if let Some(xml) = parts.text(&beside("comments.xml"))? {
        let remarks = Remarks::read(&xml)?;
        let done = match parts.text(&beside("commentsExtended.xml"))? {
            Some(xml) => remarks.done(&xml)?,
            None => BTreeSet::new(),
        };
        for (id, (by, text)) in &remarks.all {
            let anchor = anchors.get(id).cloned().unwrap_or_default();
            returned.comments.push(Comment {
                by: by.clone(),
                text: text.clone(),
                on: anchor.text,
                paragraph: anchor.paragraph,
                done: done.contains(id),
            });
        }
        returned.comments.sort_by_key(|comment| comment.paragraph);
    }
    if let Some(xml) = parts.text(&beside(&format!("_rels/{file}.rels")))? {
        returned.foreign.extend(outside(&xml)?.into_iter().map(|kind| (kind, None)));
    }
    if names.iter().any(|name| name.to_lowercase().ends_with("vbaproject.bin")) {
        returned.foreign.push((Foreign::Macro, None));
    }
    Ok(returned)
}

/// The part that holds the text, as the package says.
fn main_part(parts: &mut Parts<'_>) -> Result<String, Unreadable> {
    let links = parts.text("_rels/.rels")?.unwrap_or_default();
    struct Main(Option<String>);
    impl super::marks::Walk for Main {
        fn enter(
            &mut self,
            _: &str,
            tag: &quick_xml::events::BytesStart<'_>,
        ) -> Result<(), Unreadable> {
            let kind = super::marks::attribute(tag, "Type").unwrap_or_default();
            if kind.ends_with("/officeDocument") {
                self.0 = super::marks::attribute(tag, "Target");
            }
            Ok(())
        }
        fn leave(&mut self, _: &str) {}
        fn text(&mut self, _: &str) {}
    }
    let mut main = Main(None);
    if !links.is_empty() {
        walk(&links, &mut main)?;
    }
    Ok(main.0.map_or("word/document.xml".to_owned(), |t| t.trim_start_matches('/').to_owned()))
}
