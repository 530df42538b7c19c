//! Pages set by hand: one glyph a character, no kerning, as simple as a typesetter can be.

use super::letter::SHIPPED;
use noticeworks::pdf::Meta;
use noticeworks::typeset::{
    Glyph, GlyphRun, Image, Item, LETTER, Laid, Mark, Node, NodeId, Page, StructRole, Tag,
};
use read_fonts::{FontRef, TableProvider};
use std::sync::Arc;

pub fn meta() -> Meta {
    Meta {
        title: "Letters, batch 1 & more".into(),
        subject: "Wave 1 – adults".into(),
        author: "Cedar Example Health".into(),
        creator: "Noticeworks test".into(),
        lang: "en-US".into(),
        date: jiff::civil::date(2026, 9, 18),
        keywords: "wave-1".into(),
    }
}

/// A run of text in a face and size.
pub fn run(font: u16, size: f32, text: &str) -> Arc<GlyphRun> {
    let file = FontRef::new(&SHIPPED.faces[usize::from(font)].data).unwrap();
    let (map, advances) = (file.cmap().unwrap(), file.hmtx().unwrap());
    let em = f32::from(file.head().unwrap().units_per_em());
    let glyphs: Vec<Glyph> = text
        .char_indices()
        .map(|(at, c)| {
            let id = map.map_codepoint(c).unwrap();
            Glyph {
                id: id.to_u32() as u16,
                cluster: at as u32,
                advance: f32::from(advances.advance(id).unwrap()) * 1000.0 / em,
                dx: 0.0,
                dy: 0.0,
            }
        })
        .collect();
    let width = glyphs.iter().map(|g| g.advance).sum::<f32>() * size / 1000.0;
    Arc::new(GlyphRun { font, size, gray: 0.0, glyphs, text: text.to_owned(), width })
}

/// A document in the making.
pub struct Hand {
    pub laid: Laid,
    y: f32,
}

impl Hand {
    pub fn new(title: &str) -> Self {
        let tree = vec![Node {
            role: StructRole::Document,
            parent: None,
            alt: None,
            url: None,
            lang: None,
        }];
        let laid = Laid { lang: "en-US".into(), title: title.into(), pages: Vec::new(), tree };
        let mut hand = Self { laid, y: 0.0 };
        hand.page();
        hand
    }

    pub fn page(&mut self) {
        let (width, height) = LETTER;
        self.laid.pages.push(Arc::new(Page { width, height, marks: Vec::new() }));
        self.y = height - 72.0;
    }

    pub fn node(&mut self, role: StructRole, parent: NodeId) -> NodeId {
        self.laid.tree.push(Node { role, parent: Some(parent), alt: None, url: None, lang: None });
        self.laid.tree.len() as NodeId - 1
    }

    pub fn mark(&mut self, tag: Tag, personal: bool, items: Vec<Item>) {
        Arc::make_mut(self.laid.pages.last_mut().unwrap()).marks.push(Mark {
            tag,
            personal,
            items,
        });
    }

    /// One line below the last, belonging to a node.
    pub fn line(&mut self, node: NodeId, personal: bool, x: f32, run: &Arc<GlyphRun>) {
        self.y -= run.size * 1.3;
        let item = Item::Run { x, y: self.y, run: Arc::clone(run) };
        self.mark(Tag::Content(node), personal, vec![item]);
    }

    /// Another run on the same line.
    pub fn beside(&mut self, node: NodeId, personal: bool, x: f32, run: &Arc<GlyphRun>) {
        let item = Item::Run { x, y: self.y, run: Arc::clone(run) };
        self.mark(Tag::Content(node), personal, vec![item]);
    }

    /// Several lines of one mark.
    pub fn paragraph(&mut self, personal: bool, lines: &[Arc<GlyphRun>]) -> NodeId {
        let node = self.node(StructRole::P, 0);
        let mut items = Vec::new();
        for run in lines {
            self.y -= run.size * 1.3;
            items.push(Item::Run { x: 72.0, y: self.y, run: Arc::clone(run) });
        }
        self.y -= 6.0;
        self.mark(Tag::Content(node), personal, items);
        node
    }
}

/// What all letters share, set once as a typesetter with a memory would.
pub struct Stock {
    heading: Arc<GlyphRun>,
    body: Vec<Vec<Arc<GlyphRun>>>,
    items: Vec<(Arc<GlyphRun>, Arc<GlyphRun>)>,
    cells: Vec<Arc<GlyphRun>>,
    link: Arc<GlyphRun>,
    feet: Vec<Arc<GlyphRun>>,
    logo: Arc<Image>,
    loose: [Arc<GlyphRun>; 4],
}

const WORDS: &str = "We are writing to tell you about an event that involved some of your \
information. On the day given above we learned that a person without permission may have opened \
files in which it was kept. We closed that way in, asked specialists to find out what happened \
and told the authorities. This page explains what you can do to protect yourself";

impl Stock {
    pub fn new() -> Self {
        let body = (0..12)
            .map(|i| {
                let words = format!("({}) {WORDS}, part {i} of what we have to say.", i + 1);
                wrap(&words, 82).iter().map(|line| run(0, 11.0, line)).collect()
            })
            .collect();
        let items = ["Names", "Dates of birth", "Medical record numbers"]
            .map(|text| (run(0, 11.0, "•"), run(0, 11.0, text)));
        let cells = ["Bureau", "Telephone", "Example One", "555-0101", "Example Two", "555-0102"]
            .map(|text| run(0, 10.0, text));
        let mut rgb = Vec::new();
        for i in 0..48 * 16u32 {
            rgb.extend([(i % 48 * 5) as u8, 90, 160]);
        }
        let alpha = Some((0..48 * 16u32).map(|i| (i / 48 * 16) as u8).collect());
        let loose = [
            run(1, 12.0, "What was involved"),
            run(0, 11.0, "More at "),
            run(0, 11.0, "This sentence goes over the page "),
            run(0, 11.0, "and ends here."),
        ];
        Self {
            loose,
            heading: run(1, 15.0, "Notice of a data breach"),
            body,
            items: items.into(),
            cells: cells.into(),
            link: run(0, 11.0, "cedar-health.example/notice"),
            feet: (1..=3).map(|n| run(0, 8.0, &format!("Page {n} of 3"))).collect(),
            logo: Arc::new(Image { width: 48, height: 16, rgb, alpha }),
        }
    }

    /// A three-page letter with every kind of structure, to this person.
    pub fn letter(&self, name: &str, code: u32) -> Laid {
        let mut hand = Hand::new("Notice of a data breach");
        let figure = hand.node(StructRole::Figure, 0);
        hand.laid.tree[figure as usize].alt = Some("Cedar Example Health".into());
        let image = Arc::clone(&self.logo);
        let logo = Item::Image { x: 72.0, y: 730.0, width: 96.0, height: 32.0, image };
        hand.mark(Tag::Content(figure), false, vec![logo]);
        let street = format!("{} Elm Street", code % 9000 + 1);
        let address = [&format!("{name} "), &format!("{street} "), "Springfield, IL 62701"]
            .map(|line| run(0, 11.0, line));
        hand.paragraph(true, &address);
        let heading = hand.node(StructRole::H1, 0);
        hand.line(heading, false, 72.0, &self.heading);
        hand.paragraph(true, &[run(0, 11.0, &format!("Dear {name}:"))]);
        self.pages(&mut hand, name, code);
        hand.laid
    }

    fn pages(&self, hand: &mut Hand, name: &str, code: u32) {
        for body in &self.body[..5] {
            hand.paragraph(false, body);
        }
        self.foot(hand, 0, code);
        hand.page();
        let second = hand.node(StructRole::H2, 0);
        hand.line(second, false, 72.0, &self.loose[0]);
        let list = hand.node(StructRole::L, 0);
        for (label, text) in &self.items {
            let item = hand.node(StructRole::Li, list);
            let bullet = hand.node(StructRole::Lbl, item);
            let words = hand.node(StructRole::LBody, item);
            hand.line(bullet, false, 80.0, label);
            hand.beside(words, false, 95.0, text);
        }
        let sentence = hand.node(StructRole::P, 0);
        let before = hand.node(StructRole::Span, sentence);
        hand.line(before, false, 72.0, &self.loose[1]);
        let link = hand.node(StructRole::Link, sentence);
        hand.laid.tree[link as usize].url = Some("https://cedar-health.example/notice".into());
        hand.beside(link, false, 120.0, &self.link);
        let table = hand.node(StructRole::Table, 0);
        for (row, cells) in self.cells.chunks(2).enumerate() {
            let line = hand.node(StructRole::Tr, table);
            let role = if row == 0 { StructRole::Th } else { StructRole::Td };
            let (left, right) = (hand.node(role, line), hand.node(role, line));
            hand.line(left, false, 72.0, &cells[0]);
            hand.beside(right, false, 250.0, &cells[1]);
        }
        for body in &self.body[5..8] {
            hand.paragraph(false, body);
        }
        let last = hand.node(StructRole::P, 0);
        hand.line(last, false, 72.0, &self.loose[2]);
        self.foot(hand, 1, code);
        hand.page();
        hand.line(last, false, 72.0, &self.loose[3]);
        hand.paragraph(true, &[run(0, 11.0, &format!("Code for {name}: NW-{code:08}"))]);
        for body in &self.body[8..] {
            hand.paragraph(false, body);
        }
        self.foot(hand, 2, code);
    }

    /// Page number and a square code of 16 by 16 modules.
    fn foot(&self, hand: &mut Hand, page: usize, code: u32) {
        let foot = Item::Run { x: 72.0, y: 40.0, run: Arc::clone(&self.feet[page]) };
        hand.mark(Tag::Artifact, false, vec![foot]);
        let mut seed = u64::from(code) * 3 + page as u64 + 1;
        let mut modules = Vec::new();
        for i in 0..256u32 {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            if seed >> 63 == 1 {
                let (x, y) = (560.0 + (i % 16) as f32 * 1.125, 30.0 + (i / 16) as f32 * 1.125);
                modules.push(Item::Rect { x, y, width: 1.125, height: 1.125, gray: 0.0 });
            }
        }
        hand.mark(Tag::Artifact, true, modules);
    }
}

fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        if lines.last().unwrap().len() + word.len() > width {
            lines.push(String::new());
        }
        let line = lines.last_mut().unwrap();
        line.push_str(word);
        line.push(' ');
    }
    lines
}
