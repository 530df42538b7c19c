//! A finished PDF opened by a reader that shares nothing with our writer.

use super::content::{self, External, IDENTITY, Matrix, Resources, State};
use super::font::Font;
use super::lexer::text_string;
use super::sheet::{BARE, Fragment, Sheet};
use hayro_syntax::Pdf;
use hayro_syntax::object::{
    Array, Dict, MaybeRef, Name, ObjRef, Object, ObjectIdentifier, Rect, Stream, String as Text,
};
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

/// US Letter, points.
const PAGE: (f64, f64) = (612.0, 792.0);

/// What a page of a letter may say of itself; anything else could show or hide something.
const PAGE_KEYS: [&[u8]; 8] = [
    b"Type",
    b"Parent",
    b"MediaBox",
    b"Resources",
    b"Contents",
    b"StructParents",
    b"Tabs",
    b"Annots",
];

/// The same for the document: no scripts, forms, attachments, layers.
const CATALOG_KEYS: [&[u8]; 10] = [
    b"Type",
    b"Version",
    b"Pages",
    b"Metadata",
    b"MarkInfo",
    b"StructTreeRoot",
    b"Lang",
    b"ViewerPreferences",
    b"Outlines",
    b"OutputIntents",
];

/// A bookmark: its words, and the page it leads to, 0-based.
pub struct Bookmark {
    pub title: String,
    pub page: Option<usize>,
}

/// The pages of a file, read one after the other; streams, fonts and resources that pages share
/// are read once.
pub struct PdfFile {
    pdf: Pdf,
}

/// What was read and may be needed again.
#[derive(Default)]
struct Shelf {
    fonts: HashMap<ObjRef, Option<(u16, Arc<Font>)>>,
    names: Vec<std::string::String>,
    /// With what the stream leaves behind for the next.
    fragments: HashMap<ObjRef, (Arc<Fragment>, State)>,
}

/// Reads the pages of one file in order.
pub struct Pages<'a> {
    file: &'a PdfFile,
    shelf: RefCell<Shelf>,
    /// How often each content stream is named.
    uses: HashMap<ObjRef, u32>,
    resources: RefCell<HashMap<ObjRef, Arc<Names<'a>>>>,
}

impl PdfFile {
    /// None if this is no PDF that can be read.
    pub fn open(bytes: Vec<u8>) -> Option<Self> {
        Pdf::new(bytes).ok().map(|pdf| Self { pdf })
    }

    pub fn page_count(&self) -> usize {
        self.pdf.pages().len()
    }

    pub fn pages(&self) -> Pages<'_> {
        let mut uses = HashMap::new();
        for page in self.pdf.pages().iter() {
            for stream in streams(page.raw()) {
                *uses.entry(stream).or_default() += 1;
            }
        }
        Pages { file: self, shelf: RefCell::default(), uses, resources: RefCell::default() }
    }

    /// What the document holds that letters have no use for.
    pub fn oddities(&self) -> Vec<&'static str> {
        let Some(catalog) = self.catalog() else { return vec!["no catalog"] };
        match catalog.keys().all(|key| CATALOG_KEYS.contains(&key.as_ref())) {
            true => Vec::new(),
            false => vec!["a script, a form, an attachment, a layer or the like"],
        }
    }

    /// The bookmarks in their order.
    pub fn bookmarks(&self) -> Vec<Bookmark> {
        let mut bookmarks = Vec::new();
        let outlines = self.catalog().and_then(|c| c.get::<Dict<'_>>("Outlines"));
        let mut next = outlines.and_then(|o| o.get::<Dict<'_>>("First"));
        let mut places = HashMap::new();
        for (number, page) in self.pdf.pages().iter().enumerate() {
            places.insert(page.raw().obj_id(), number);
        }
        // A chain cannot be longer than the file has objects.
        let mut left = self.pdf.len();
        while let Some(entry) = next.take()
            && left > 0
        {
            left -= 1;
            let title = entry.get::<Text<'_>>("Title");
            let title = title.map_or(std::string::String::new(), |t| text_string(t.as_bytes()));
            let page = entry
                .get::<Array<'_>>("Dest")
                .and_then(|dest| dest.raw_iter().next()?.as_obj_ref())
                .and_then(|to| places.get(&Some(ObjectIdentifier::from(to))).copied());
            bookmarks.push(Bookmark { title, page });
            next = entry.get::<Dict<'_>>("Next");
        }
        bookmarks
    }

    fn catalog(&self) -> Option<Dict<'_>> {
        self.pdf.xref().get::<Dict<'_>>(self.pdf.xref().root_id())
    }
}

impl Pages<'_> {
    /// One page, 0-based; none if there is no such page.
    pub fn page(&self, number: usize) -> Option<Sheet> {
        let page = self.file.pdf.pages().get(number)?;
        let dict = page.raw();
        let mut oddities = Vec::new();
        if !dict.keys().all(|key| PAGE_KEYS.contains(&key.as_ref())) {
            oddities.push("a page that is turned, cropped or more than a page");
        }
        let Rect { x0, y0, x1, y1 } = page.media_box();
        if (x0, y0, x1, y1) != (0.0, 0.0, PAGE.0, PAGE.1) {
            oddities.push("a page that is not US Letter");
        }
        let names = self.names(dict);
        let mut state = State::new();
        let mut fragments = Vec::new();
        let parts = streams(dict);
        if parts.is_empty() {
            oddities.push(BARE);
        }
        for stream in parts {
            let shared = self.uses.get(&stream).is_some_and(|uses| *uses > 1);
            // A stream that stands first starts from nothing: it reads the same on every page.
            let keeps = shared && state.is_fresh();
            let known =
                if keeps { self.shelf.borrow().fragments.get(&stream).cloned() } else { None };
            if let Some((fragment, left)) = known {
                fragments.push(fragment);
                state = left;
                continue;
            }
            let Some(data) = self.data(stream) else {
                oddities.push("a content stream that cannot be read");
                continue;
            };
            let desk = Desk { pages: self, names: names.clone() };
            let fragment = Arc::new(content::read(&data, &desk, &mut state));
            if keeps {
                let kept = (fragment.clone(), state.clone());
                self.shelf.borrow_mut().fragments.insert(stream, kept);
            }
            fragments.push(fragment);
        }
        if !state.is_settled() {
            oddities.push("content that does not end what it begins");
        }
        let notes = self.notes(dict, &mut oddities);
        Some(Sheet { fragments, notes, oddities })
    }

    fn data(&self, stream: ObjRef) -> Option<Vec<u8>> {
        let stream = self.file.pdf.xref().get::<Stream<'_>>(stream.into())?;
        Some(stream.decoded().ok()?.into_owned())
    }

    /// Links may stand on a page; what else is stuck on may show anything.
    fn notes(&self, page: &Dict<'_>, oddities: &mut Vec<&'static str>) -> Vec<std::string::String> {
        let Some(list) = page.get::<Array<'_>>("Annots") else { return Vec::new() };
        let mut notes = Vec::new();
        for annotation in list.iter::<Dict<'_>>() {
            let link = annotation.get::<Name<'_>>("Subtype").is_some_and(|s| s.as_ref() == b"Link");
            if !link || annotation.contains_key("AP") {
                oddities.push("an annotation that is no link");
            }
            if let Some(said) = annotation.get::<Text<'_>>("Contents") {
                notes.push(text_string(said.as_bytes()));
            }
        }
        notes
    }
}

/// The content streams of a page, in order.
fn streams(page: &Dict<'_>) -> Vec<ObjRef> {
    match page.get_raw::<Object<'_>>("Contents") {
        Some(MaybeRef::NotRef(Object::Array(list))) => {
            list.raw_iter().filter_map(|item| item.as_obj_ref()).collect()
        }
        Some(MaybeRef::Ref(one)) => match page.get::<Array<'_>>("Contents") {
            Some(list) => list.raw_iter().filter_map(|item| item.as_obj_ref()).collect(),
            None => vec![one],
        },
        _ => Vec::new(),
    }
}

/// The fonts and pictures that a resource dictionary names.
pub struct Names<'a> {
    fonts: Option<Dict<'a>>,
    externals: Option<Dict<'a>>,
}

impl<'a> Names<'a> {
    fn of(resources: Option<Dict<'a>>) -> Arc<Self> {
        let under = |key: &str| resources.as_ref().and_then(|r| r.get::<Dict<'a>>(key));
        Arc::new(Self { fonts: under("Font"), externals: under("XObject") })
    }
}

impl<'a> Pages<'a> {
    fn names(&self, page: &Dict<'a>) -> Arc<Names<'a>> {
        match page.get_ref("Resources") {
            Some(at) => {
                if let Some(known) = self.resources.borrow().get(&at) {
                    return known.clone();
                }
                let names = Names::of(page.get::<Dict<'a>>("Resources"));
                self.resources.borrow_mut().insert(at, names.clone());
                names
            }
            None => Names::of(page.get::<Dict<'a>>("Resources")),
        }
    }
}

/// Looks names up for one content stream.
struct Desk<'p, 'a> {
    pages: &'p Pages<'a>,
    names: Arc<Names<'a>>,
}

impl Resources for Desk<'_, '_> {
    fn font(&self, name: &[u8]) -> Option<(u16, Arc<Font>)> {
        let fonts = self.names.fonts.as_ref()?;
        let at = fonts.get_ref(name)?;
        if let Some(known) = self.pages.shelf.borrow().fonts.get(&at) {
            return known.clone();
        }
        let font = fonts.get::<Dict<'_>>(name).and_then(|font| Font::read(&font));
        let mut shelf = self.pages.shelf.borrow_mut();
        let font = font.map(|font| {
            let number = shelf.names.len() as u16;
            shelf.names.push(font.name.clone());
            (number, Arc::new(font))
        });
        shelf.fonts.insert(at, font.clone());
        font
    }

    fn external(&self, name: &[u8]) -> External {
        let stream = self.names.externals.as_ref().and_then(|e| e.get::<Stream<'_>>(name));
        let Some(stream) = stream else { return External::Unknown };
        match stream.dict().get::<Name<'_>>("Subtype").as_deref() {
            Some(b"Image") => External::Image,
            Some(b"Form") => {
                let mut matrix: Matrix = IDENTITY;
                if let Some(given) = stream.dict().get::<Array<'_>>("Matrix") {
                    matrix.iter_mut().zip(given.iter::<f32>()).for_each(|(m, n)| *m = f64::from(n));
                }
                let Ok(data) = stream.decoded() else { return External::Unknown };
                let own = stream.dict().get::<Dict<'_>>("Resources").is_some();
                // Read whole here: a form's content outlives this look-up.
                let inner = if own { Fonts::of(self, &stream) } else { Fonts::default() };
                External::Form(matrix, data.into_owned(), Box::new(inner))
            }
            _ => External::Unknown,
        }
    }
}

/// A form's own fonts; pictures and forms within it are not followed.
#[derive(Default)]
struct Fonts(HashMap<Vec<u8>, (u16, Arc<Font>)>);

impl Fonts {
    fn of(desk: &Desk<'_, '_>, form: &Stream<'_>) -> Self {
        let mut fonts = HashMap::new();
        let resources = form.dict().get::<Dict<'_>>("Resources");
        if let Some(named) = resources.and_then(|r| r.get::<Dict<'_>>("Font")) {
            for key in named.keys() {
                let Some(font) = named.get::<Dict<'_>>(&key).and_then(|f| Font::read(&f)) else {
                    continue;
                };
                let mut shelf = desk.pages.shelf.borrow_mut();
                let number = shelf.names.len() as u16;
                shelf.names.push(font.name.clone());
                fonts.insert(key.as_ref().to_vec(), (number, Arc::new(font)));
            }
        }
        Self(fonts)
    }
}

impl Resources for Fonts {
    fn font(&self, name: &[u8]) -> Option<(u16, Arc<Font>)> {
        self.0.get(name).cloned()
    }

    fn external(&self, _: &[u8]) -> External {
        External::Unknown
    }
}
