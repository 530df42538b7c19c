//! Letters as the typesetter makes them: three pages, about 1,400 words.

use noticeworks::document::{Block, BlockKind, Document, Origin, Section, SectionStyle, Span};
use noticeworks::typeset::{FontSet, Frame, Laid, Running, Style, Typesetter};
use std::sync::{Arc, LazyLock};

pub static SHIPPED: LazyLock<Arc<FontSet>> = LazyLock::new(|| Arc::new(FontSet::shipped()));

fn block(kind: BlockKind) -> Block {
    let (satisfies, contains) = (Vec::new(), Vec::new());
    Block { kind, satisfies, contains, courtesy: true, origin: Origin::default() }
}

fn words(text: &str) -> Vec<Span> {
    vec![Span { text: text.into(), ..Span::default() }]
}

pub fn paragraph(text: &str) -> Block {
    block(BlockKind::Paragraph { spans: words(text) })
}

pub fn heading(level: u8, text: &str) -> Block {
    block(BlockKind::Heading { level, spans: words(text) })
}

fn section(name: &str, personal: bool, style: SectionStyle, blocks: Vec<Block>) -> Arc<Section> {
    // Names are unique here, so their sum will do for a key.
    let key = name.bytes().fold(7, |key: u64, b| key.wrapping_mul(31).wrapping_add(u64::from(b)));
    Arc::new(Section { key, name: name.into(), personal, style, blocks })
}

const STORY: &str = "On July 14, 2026 we found that files on one of our servers had been opened \
by a person who had no right to do so. We took that server off the network the same day, asked a \
firm of specialists to find out what had happened, and told the authorities. Their work showed \
that the files were open to that person between June 2 and July 14. We have since gone through \
every file, one by one, to learn whom it concerns; that work was finished on August 28. We are \
sorry that this happened, and we have changed how such files are kept, who may reach them and how \
soon we learn of anything unusual. ";

/// What is common to all letters of the sample, made once.
pub struct Sample {
    typesetter: Typesetter,
    common: Vec<Arc<Section>>,
}

impl Sample {
    pub fn new() -> Self {
        let typesetter = Typesetter::new(Arc::clone(&SHIPPED), Style::default());
        let item = |text: &str| vec![paragraph(text)];
        let bureau = |name: &str, telephone: &str| vec![words(name), words(telephone)];
        let link = Span {
            text: "cedar-health.example/notice".into(),
            link: Some("https://cedar-health.example/notice".into()),
            ..Span::default()
        };
        let mut more = words("You can read more, and ask for this letter in large print, at ");
        more.extend([link, Span { text: " or 1-800-555-0142.".into(), ..Span::default() }]);
        let what = vec![
            heading(2, "What happened"),
            paragraph(STORY),
            paragraph(&STORY.replace("server", "file cabinet (“vault”)")),
            heading(2, "What information was involved"),
            block(BlockKind::List {
                ordered: false,
                start: 1,
                items: vec![
                    item("your name, address and date of birth"),
                    item("your medical record number and the offices you visited"),
                    item("your diagnosis – the official finding – and what you were given for it"),
                ],
            }),
            heading(2, "What we are doing"),
            paragraph(STORY),
            paragraph(STORY),
            block(BlockKind::Paragraph { spans: more }),
        ];
        let steps = (1..=8).map(|i| item(&format!("Step {i}. {}", &STORY[..330]))).collect();
        let back = vec![
            heading(2, "Steps you can take"),
            block(BlockKind::List { ordered: true, start: 1, items: steps }),
            block(BlockKind::Table {
                header: bureau("Bureau", "Telephone"),
                rows: vec![
                    bureau("Example One", "555-0101"),
                    bureau("Example Two", "555-0102"),
                    bureau("Example Three", "555-0103"),
                ],
            }),
            heading(3, "In your state"),
            paragraph(STORY),
        ];
        let common = vec![
            section("what-happened", false, SectionStyle::Body, what),
            section("steps", false, SectionStyle::Small, back),
        ];
        Self { typesetter, common }
    }

    /// The letter to one person.
    pub fn letter(&mut self, name: &str, code: u32) -> Laid {
        let code = format!("{code:08}");
        let opening = vec![
            heading(1, "Notice of a data breach"),
            paragraph(&format!("Dear {name}:")),
            paragraph("We are writing to tell you about an event that concerns your information."),
        ];
        let offer = vec![
            heading(2, "What we offer you"),
            paragraph(&format!(
                "For two years we pay for a service that watches over your credit files. Your \
                 activation code, {name}, is NW-{code}; please use it by December 31, 2026."
            )),
        ];
        let sections = vec![
            section("opening", true, SectionStyle::Body, opening),
            Arc::clone(&self.common[0]),
            section("offer", true, SectionStyle::Body, offer),
            Arc::clone(&self.common[1]),
        ];
        let title = "Notice of a data breach".into();
        let document = Document { lang: "en-US".into(), title, sections };
        let frame = Frame {
            letterhead: "Cedar Example Health".into(),
            return_address: ["Cedar Example Health", "P.O. Box 100", "Springfield, IL 62701"]
                .map(str::to_owned)
                .into(),
            addressee: [name, "12 Elm Street, Apt 4", "Springfield, IL 62701"]
                .map(str::to_owned)
                .into(),
            date: "September 18, 2026".into(),
            reference: format!("Reference: {code}"),
            page_of: "Page {page} of {pages}".into(),
            ..Frame::default()
        };
        self.typesetter.letter(&frame, &document).unwrap()
    }

    /// A report with the same content.
    pub fn report(&mut self) -> Laid {
        let mut sections = vec![section(
            "title",
            false,
            SectionStyle::Body,
            vec![heading(1, "Summary of filings")],
        )];
        sections.extend(self.common.iter().cloned());
        let title = "Summary of filings".into();
        let document = Document { lang: "en-US".into(), title, sections };
        let running = Running { head: "Draft for counsel".into(), ..Running::default() };
        self.typesetter.report(&running, &document).unwrap()
    }
}
