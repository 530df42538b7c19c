//! Styles, comments and links: the parts beside a document's text.

use super::unpack::Unreadable;
use super::{By, Foreign};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::{BTreeMap, BTreeSet};

/// More elements than any letter has.
const MAX_ELEMENTS: usize = 4_000_000;
const MAX_DEPTH: usize = 200;

/// Walks over the XML of a part; `enter` and `leave` get every element, `text` what stands between.
pub(super) trait Walk {
    fn enter(&mut self, name: &str, tag: &BytesStart<'_>) -> Result<(), Unreadable>;
    fn leave(&mut self, name: &str);
    fn text(&mut self, text: &str);
}

/// # Errors
/// XML that is not sound, too deep or too large, or that declares a document type.
pub(super) fn walk(xml: &str, walker: &mut impl Walk) -> Result<(), Unreadable> {
    let broken = Unreadable::Damaged("its XML is not sound");
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let (mut depth, mut elements) = (0usize, 0usize);
    loop {
        match reader.read_event().map_err(|_| broken.clone())? {
            Event::Start(tag) => {
                depth += 1;
                elements += 1;
                if depth > MAX_DEPTH || elements > MAX_ELEMENTS {
                    return Err(Unreadable::Overgrown);
                }
                walker.enter(tag.local_name().as_ref(), &tag)?;
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                walker.leave(tag.local_name().as_ref());
            }
            Event::Text(text) => walker.text(&text.xml10_content()),
            Event::CData(text) => walker.text(&text.xml10_content()),
            Event::GeneralRef(entity) => match entity.resolve_char_ref() {
                Ok(Some(c)) => walker.text(c.encode_utf8(&mut [0; 4])),
                Ok(None) => walker.text(match entity.xml10_content().as_ref() {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    "apos" => "'",
                    _ => return Err(Unreadable::Declares),
                }),
                Err(_) => return Err(broken),
            },
            Event::DocType(_) => return Err(Unreadable::Declares),
            Event::Eof if depth > 0 => return Err(broken),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// An attribute by its local name.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.attributes().flatten().find_map(|attribute| {
        (attribute.key.local_name().as_ref() == name).then(|| {
            let value = attribute.normalized_value(quick_xml::XmlVersion::Explicit1_0);
            value.map(|v| v.into_owned()).unwrap_or_default()
        })
    })
}

/// Whether a property such as `<w:b/>` is on.
pub(super) fn is_on(tag: &BytesStart<'_>) -> bool {
    !matches!(attribute(tag, "val").as_deref(), Some("0" | "false" | "off" | "none"))
}

/// Author and day of a tracked change or comment.
pub(super) fn by(tag: &BytesStart<'_>) -> By {
    let day = attribute(tag, "date").unwrap_or_default();
    By { author: attribute(tag, "author").unwrap_or_default(), day: day.chars().take(10).collect() }
}

/// A style by its id.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    /// In small letters.
    pub name: String,
    based_on: String,
    pub heading: Option<u8>,
    pub listed: bool,
    pub bold: Option<bool>,
    pub italic: Option<bool>,
}

/// All styles.
#[derive(Default)]
pub(super) struct Styles {
    all: BTreeMap<String, Style>,
    open: Option<(String, Style)>,
}

impl Styles {
    /// # Errors
    /// As [`walk`].
    pub fn read(xml: &str) -> Result<Self, Unreadable> {
        let mut styles = Self::default();
        walk(xml, &mut styles)?;
        // What a style does not say its parent does.
        let ids: Vec<String> = styles.all.keys().cloned().collect();
        for _ in 0..8 {
            for id in &ids {
                let Some(parent) = styles.all.get(&styles.all[id].based_on).cloned() else {
                    continue;
                };
                if let Some(style) = styles.all.get_mut(id) {
                    style.heading = style.heading.or(parent.heading);
                    style.listed |= parent.listed;
                    style.bold = style.bold.or(parent.bold);
                    style.italic = style.italic.or(parent.italic);
                }
            }
        }
        Ok(styles)
    }

    pub fn get(&self, id: &str) -> Style {
        self.all
            .get(id)
            .cloned()
            .unwrap_or_else(|| Style { name: id.to_lowercase(), ..Style::default() })
    }
}

impl Walk for Styles {
    fn enter(&mut self, name: &str, tag: &BytesStart<'_>) -> Result<(), Unreadable> {
        if name == "style" {
            self.open = attribute(tag, "styleId").map(|id| (id, Style::default()));
        }
        let Some((_, style)) = &mut self.open else { return Ok(()) };
        let value = || attribute(tag, "val").unwrap_or_default();
        match name {
            "name" => style.name = value().to_lowercase(),
            "basedOn" => style.based_on = value(),
            "outlineLvl" => {
                style.heading = value().parse::<u8>().ok().filter(|l| *l < 9).map(|l| l + 1);
            }
            "numPr" => style.listed = true,
            "b" => style.bold = Some(is_on(tag)),
            "i" => style.italic = Some(is_on(tag)),
            _ => {}
        }
        Ok(())
    }

    fn leave(&mut self, name: &str) {
        if name == "style"
            && let Some((id, mut style)) = self.open.take()
        {
            if style.heading.is_none()
                && let Some(level) = style.name.strip_prefix("heading ")
            {
                style.heading = level.trim().parse().ok();
            }
            self.all.insert(id, style);
        }
    }

    fn text(&mut self, _: &str) {}
}

/// A comment's text and author, by its id.
#[derive(Default)]
pub(super) struct Remarks {
    pub all: BTreeMap<String, (By, String)>,
    /// Id of the last paragraph of each comment: by it another part says which are done.
    last: BTreeMap<String, String>,
    open: Option<String>,
}

impl Remarks {
    /// # Errors
    /// As [`walk`].
    pub fn read(xml: &str) -> Result<Self, Unreadable> {
        let mut remarks = Self::default();
        walk(xml, &mut remarks)?;
        Ok(remarks)
    }

    /// Comments that somebody marked as done.
    ///
    /// # Errors
    /// As [`walk`].
    pub fn done(&self, xml: &str) -> Result<BTreeSet<String>, Unreadable> {
        struct Done(BTreeSet<String>);
        impl Walk for Done {
            fn enter(&mut self, name: &str, tag: &BytesStart<'_>) -> Result<(), Unreadable> {
                if name == "commentEx"
                    && matches!(attribute(tag, "done").as_deref(), Some("1" | "true"))
                {
                    self.0.extend(attribute(tag, "paraId"));
                }
                Ok(())
            }
            fn leave(&mut self, _: &str) {}
            fn text(&mut self, _: &str) {}
        }
        let mut done = Done(BTreeSet::new());
        walk(xml, &mut done)?;
        let last = self.last.iter().filter(|(_, paragraph)| done.0.contains(*paragraph));
        Ok(last.map(|(id, _)| id.clone()).collect())
    }
}

impl Walk for Remarks {
    fn enter(&mut self, name: &str, tag: &BytesStart<'_>) -> Result<(), Unreadable> {
        match name {
            "comment" => {
                self.open = attribute(tag, "id");
                if let Some(id) = &self.open {
                    self.all.insert(id.clone(), (by(tag), String::new()));
                }
            }
            "p" => {
                if let Some(id) = &self.open {
                    if let Some(paragraph) = attribute(tag, "paraId") {
                        self.last.insert(id.clone(), paragraph);
                    }
                    if let Some((_, text)) = self.all.get_mut(id)
                        && !text.is_empty()
                    {
                        text.push(' ');
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn leave(&mut self, name: &str) {
        if name == "comment" {
            self.open = None;
        }
    }

    fn text(&mut self, words: &str) {
        if let Some((_, text)) = self.open.as_ref().and_then(|id| self.all.get_mut(id)) {
            text.push_str(words.trim_matches(['\n', '\r']));
        }
    }
}

/// Whether a document links to anything elsewhere but web pages.
///
/// # Errors
/// As [`walk`].
pub(super) fn outside(xml: &str) -> Result<Vec<Foreign>, Unreadable> {
    struct Links(BTreeSet<Foreign>);
    impl Walk for Links {
        fn enter(&mut self, name: &str, tag: &BytesStart<'_>) -> Result<(), Unreadable> {
            let kind = attribute(tag, "Type").unwrap_or_default();
            let outside = attribute(tag, "TargetMode").is_some_and(|m| m == "External");
            if name == "Relationship" && outside && !kind.ends_with("/hyperlink") {
                self.0.insert(Foreign::Outside);
            }
            Ok(())
        }
        fn leave(&mut self, _: &str) {}
        fn text(&mut self, _: &str) {}
    }
    let mut links = Links(BTreeSet::new());
    walk(xml, &mut links)?;
    Ok(links.0.into_iter().collect())
}
