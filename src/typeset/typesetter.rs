//! Documents become laid-out letters and reports.

use super::{
    AddressFit, FontSet, Frame, Image, Item, Laid, Mark, Node, NodeId, Page, Running, SetError,
    StructRole, address, bidi,
    blocks::Builder,
    galley::Galley,
    head::{self, HeadKey},
    paginate::{self, Flow, Room},
    paragraph::Compositor,
    running::{self, Place, Runner},
    shaper::Shaper,
    shared::{Shared, Sheet},
    style::Style,
};
use crate::document::{Document, Section, SectionStyle};
use std::{collections::HashMap, sync::Arc};

/// Sections kept before the cache starts anew; a batch uses a few dozen.
const SECTIONS: usize = 1024;

/// Sets letters and reports. One per worker: it remembers words, and sections that speak of no
/// single person. What it remembers never changes what it sets.
pub struct Typesetter {
    fonts: Arc<FontSet>,
    style: Style,
    compositor: Compositor,
    runner: Runner,
    sections: HashMap<TextKey, KeptSection>,
    head: Option<(HeadKey, bool, Arc<Galley>)>,
    date: Option<(String, bool, Arc<Galley>)>,
    shared: Shared,
    lang: String,
}

type TextKey = (u64, SectionStyle);

/// A section set in type, with the pixels it was set with.
struct KeptSection {
    galley: Arc<Galley>,
    /// None if it holds no figure.
    images: Option<Vec<(String, Arc<Image>)>>,
}

impl Typesetter {
    pub fn new(fonts: Arc<FontSet>, style: Style) -> Self {
        let compositor = Compositor::new(Shaper::new(&fonts));
        Typesetter {
            fonts,
            style,
            compositor,
            runner: Runner::default(),
            sections: HashMap::new(),
            head: None,
            date: None,
            shared: Shared::default(),
            lang: String::new(),
        }
    }

    /// The faces that the pages' runs count in.
    pub fn fonts(&self) -> &Arc<FontSet> {
        &self.fonts
    }

    pub fn style(&self) -> &Style {
        &self.style
    }

    /// Forgets every word set so far, names and addresses among them; sections that speak of no
    /// single person stay. For the end of a batch.
    pub fn clear_personal(&mut self) {
        self.compositor.forget();
    }

    /// How an address will stand in the window.
    ///
    /// # Errors
    /// If it does not fit, or a character has no glyph.
    pub fn address(&mut self, lines: &[String]) -> Result<AddressFit, SetError> {
        Ok(address::fit(&mut self.compositor, &self.style, lines)?.1)
    }

    /// Lays out one letter.
    ///
    /// # Errors
    /// If a character has no glyph, or the address, the return address or the letterhead does
    /// not fit its place: the letter is to be held. No words are ever lost.
    pub fn letter(&mut self, frame: &Frame, document: &Document) -> Result<Laid, SetError> {
        Ok(self.addressed(frame, document)?.0)
    }

    /// Lays out one letter, and says how its address stands in the window.
    ///
    /// # Errors
    /// As [`Typesetter::letter`].
    pub fn addressed(
        &mut self,
        frame: &Frame,
        document: &Document,
    ) -> Result<(Laid, AddressFit), SetError> {
        let rtl = self.speak(&document.lang);
        let mut laid = blank(document);
        let head = self.head(frame, rtl)?;
        let head = Flow { nodes: graft(&mut laid.tree, &head), galley: head, personal: false };
        let (address, fit) = address::fit(&mut self.compositor, &self.style, &frame.addressee)?;
        let address = Arc::new(address);
        let address =
            Flow { nodes: graft(&mut laid.tree, &address), galley: address, personal: true };
        let mut flows = Vec::with_capacity(document.sections.len() + 2);
        if !frame.date.is_empty() {
            let date = self.date(&frame.date, rtl)?;
            flows.push(Flow { nodes: graft(&mut laid.tree, &date), galley: date, personal: false });
        }
        if !frame.reference.is_empty() {
            let after = self.style.body.leading;
            let set =
                head::single(&mut self.compositor, &self.style, &frame.reference, rtl, after)?;
            let set = Arc::new(set);
            flows.push(Flow { nodes: graft(&mut laid.tree, &set), galley: set, personal: true });
        }
        self.sections(document, &frame.images, rtl, &mut laid.tree, &mut flows)?;
        let window = self.style.envelope.may_show();
        let first = Room { top: window.bottom + 9.0, ..self.room() };
        let (foot, stamp) = (frame.page_of.clone(), frame.stamp.clone());
        let running = Running { head: String::new(), foot, stamp };
        laid.pages = self.pages(&[head, address], &flows, first, &running)?;
        Ok((laid, fit))
    }

    /// Lays out a filing summary or a cover letter to a regulator.
    ///
    /// # Errors
    /// If a character has no glyph, or the running head or foot no room.
    pub fn report(&mut self, running: &Running, document: &Document) -> Result<Laid, SetError> {
        let rtl = self.speak(&document.lang);
        let mut laid = blank(document);
        let mut flows = Vec::with_capacity(document.sections.len());
        self.sections(document, &[], rtl, &mut laid.tree, &mut flows)?;
        laid.pages = self.pages(&[], &flows, self.room(), running)?;
        Ok(laid)
    }

    /// A letter's reference at the foot of a sheet, left of the page's number.
    ///
    /// # Errors
    /// A character has no glyph.
    pub fn reference_at_foot(&mut self, text: &str) -> Result<Vec<Item>, SetError> {
        self.runner.reference(&mut self.compositor, text, &self.style)
    }

    fn room(&self) -> Room {
        Room { top: self.style.top, bottom: super::LETTER.1 - self.style.bottom }
    }

    /// Turns to a language; whether it is written from right to left.
    fn speak(&mut self, lang: &str) -> bool {
        if self.lang != lang {
            self.lang = lang.to_owned();
            self.compositor.set_language(lang);
            self.runner.forget();
            self.sections.clear();
            self.head = None;
            self.date = None;
            self.shared.forget();
        }
        bidi::is_rtl_language(lang)
    }

    fn head(&mut self, frame: &Frame, rtl: bool) -> Result<Arc<Galley>, SetError> {
        if let Some((key, was, galley)) = &self.head
            && *was == rtl
            && key.is_of(frame)
        {
            return Ok(galley.clone());
        }
        let galley = Arc::new(head::head(&mut self.compositor, &self.style, frame, rtl)?);
        self.head = Some((HeadKey::of(frame), rtl, galley.clone()));
        Ok(galley)
    }

    fn date(&mut self, date: &str, rtl: bool) -> Result<Arc<Galley>, SetError> {
        if let Some((text, was, galley)) = &self.date
            && *was == rtl
            && text == date
        {
            return Ok(galley.clone());
        }
        let after = self.style.body.leading * 0.5;
        let set = head::single(&mut self.compositor, &self.style, date, rtl, after)?;
        let galley = Arc::new(set);
        self.date = Some((date.to_owned(), rtl, galley.clone()));
        Ok(galley)
    }

    fn sections(
        &mut self,
        document: &Document,
        images: &[(String, Arc<Image>)],
        rtl: bool,
        tree: &mut Vec<Node>,
        flows: &mut Vec<Flow>,
    ) -> Result<(), SetError> {
        for section in &document.sections {
            let galley = self.section(section, images, rtl)?;
            flows.push(Flow { nodes: graft(tree, &galley), galley, personal: section.personal });
        }
        Ok(())
    }

    fn section(
        &mut self,
        section: &Section,
        images: &[(String, Arc<Image>)],
        rtl: bool,
    ) -> Result<Arc<Galley>, SetError> {
        let key = (section.key, section.style);
        if !section.personal
            && let Some(kept) = self.sections.get(&key)
            && kept.images.as_ref().is_none_or(|was| same(was, images))
        {
            return Ok(kept.galley.clone());
        }
        let mut builder = Builder::new(&mut self.compositor, &self.style, rtl);
        builder.section = section.style;
        builder.images = images;
        builder.blocks(&section.blocks)?;
        let shows = builder.shows;
        let galley = Arc::new(builder.galley);
        if !section.personal {
            if self.sections.len() >= SECTIONS {
                self.sections.clear();
            }
            let images = shows.then(|| images.to_vec());
            self.sections.insert(key, KeptSection { galley: galley.clone(), images });
        }
        Ok(galley)
    }

    /// Paints the pages; `top` are strips at the head of the first.
    fn pages(
        &mut self,
        top: &[Flow],
        flows: &[Flow],
        first: Room,
        running: &Running,
    ) -> Result<Vec<Arc<Page>>, SetError> {
        self.shared.within(running);
        let placed = paginate::pages(flows, first, self.room());
        let count = placed.len();
        let mut pages = Vec::with_capacity(count + 1);
        for (i, placed) in placed.iter().enumerate() {
            let topped = i == 0 && !top.is_empty();
            let sheet = if topped { None } else { Sheet::of(flows, placed, i, count) };
            if let Some(page) = sheet.as_ref().and_then(|sheet| self.shared.get(sheet)) {
                pages.push(page);
                continue;
            }
            let mut marks = Vec::new();
            for flow in top.iter().filter(|_| topped) {
                paginate::strip(flow, flow.galley.rows[0].ink.clone(), 0.0, &mut marks);
            }
            paginate::paint(flows, placed, &mut marks);
            self.run(&mut marks, i + 1, count, running)?;
            let page = Arc::new(Page::of(marks));
            if let Some(sheet) = sheet {
                self.shared.keep(sheet, &page);
            }
            pages.push(page);
        }
        Ok(pages)
    }

    fn run(
        &mut self,
        marks: &mut Vec<Mark>,
        page: usize,
        count: usize,
        running: &Running,
    ) -> Result<(), SetError> {
        let foot = running::numbered(&running.foot, page, count);
        for (text, place) in [
            (running.stamp.as_str(), Place::StampHead),
            (&running.head, Place::HeadLeft),
            (&foot, Place::FootMiddle),
            (&running.stamp, Place::StampFoot),
        ] {
            self.runner.add(&mut self.compositor, marks, text, place, &self.style)?;
        }
        Ok(())
    }
}

/// Whether a section was set with the pixels it would be set with now.
fn same(kept: &[(String, Arc<Image>)], now: &[(String, Arc<Image>)]) -> bool {
    kept.len() == now.len()
        && kept.iter().zip(now).all(|(a, b)| a.0 == b.0 && Arc::ptr_eq(&a.1, &b.1))
}

fn blank(document: &Document) -> Laid {
    Laid {
        lang: document.lang.clone(),
        title: document.title.clone(),
        pages: Vec::new(),
        tree: vec![Node {
            role: StructRole::Document,
            parent: None,
            alt: None,
            url: None,
            lang: None,
        }],
    }
}

/// Adds a galley's nodes to the tree; what its node 0 is there.
fn graft(tree: &mut Vec<Node>, galley: &Galley) -> NodeId {
    let base = tree.len() as NodeId;
    tree.extend(galley.nodes.iter().map(|node| Node {
        parent: Some(node.parent.map_or(0, |parent| base + parent)),
        ..node.clone()
    }));
    base
}
