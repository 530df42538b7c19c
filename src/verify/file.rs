//! A finished PDF opened by a reader that shares nothing with our writer.

use super::content::{self, External, Resources, State};
use super::faces::Faces;
use super::font::Font;
use super::lexer::text_string;
use super::objects::{About, oddities};
use super::pictures::Pictures;
use super::sheet::{Area, BARE, Fragment, Run, Sheet};
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

/// What a link may say of itself.
const LINK_KEYS: [&[u8]; 10] = [
    b"Type",
    b"Subtype",
    b"Rect",
    b"QuadPoints",
    b"F",
    b"Border",
    b"P",
    b"StructParent",
    b"Contents",
    b"A",
];

const NO_LINK: &str = "an annotation that is no plain link";
const OFF: &str = "text that runs off the page";

/// A bookmark: its words, and the page it leads to, 0-based.
pub struct Bookmark {
    pub title: String,
    pub page: Option<usize>,
}

/// The pages of a file, read one after the other; streams, fonts and resources that pages share
/// are read once.
pub struct PdfFile<'t> {
    pdf: Pdf,
    known: &'t Known<'t>,
}

/// What fonts and pictures of a file are held against.
pub struct Known<'t> {
    pub faces: Faces<'t>,
    pub pictures: Pictures,
}

/// What was read and may be needed again.
#[derive(Default)]
struct Shelf {
    fonts: HashMap<ObjRef, Option<Arc<Font>>>,
    /// What speaks against the fonts, each once.
    wrong: Vec<&'static str>,
    pictures: HashMap<ObjRef, Option<usize>>,
    /// With what the stream leaves behind for the next.
    fragments: HashMap<ObjRef, (Arc<Fragment>, State)>,
}

/// Reads the pages of one file in order.
pub struct Pages<'a> {
    file: &'a PdfFile<'a>,
    shelf: RefCell<Shelf>,
    /// How often each content stream is named.
    uses: HashMap<ObjRef, u32>,
    resources: RefCell<HashMap<ObjRef, Arc<Names<'a>>>>,
}

impl<'t> PdfFile<'t> {
    /// None if this is no PDF that can be read.
    pub fn open(bytes: Vec<u8>, known: &'t Known<'t>) -> Option<Self> {
        Pdf::new(bytes).ok().map(|pdf| Self { pdf, known })
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
    pub fn oddities(&self, about: &About<'_>) -> Vec<&'static str> {
        oddities(&self.pdf, about)
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
            let desk = NameLookup { pages: self, names: names.clone() };
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
        let sheet = Area { left: x0, bottom: y0, right: x1, top: y1 };
        let off = |run: &Run| !run.text.trim().is_empty() && !run.ink().within(sheet);
        if fragments.iter().flat_map(|f: &Arc<Fragment>| &f.runs).any(off) {
            oddities.push(OFF);
        }
        let mut sheet = Sheet { fragments, notes: Vec::new(), links: Vec::new(), oddities };
        self.annotations(dict, &mut sheet);
        Some(sheet)
    }

    fn data(&self, stream: ObjRef) -> Option<Vec<u8>> {
        let stream = self.file.pdf.xref().get::<Stream<'_>>(stream.into())?;
        Some(stream.decoded().ok()?.into_owned())
    }

    /// Links may stand on a page; what else is stuck on may show anything.
    fn annotations(&self, page: &Dict<'_>, sheet: &mut Sheet) {
        if !page.contains_key("Annots") {
            return;
        }
        let list = page.get::<Array<'_>>("Annots");
        let Some(list) = list else { return sheet.oddities.push(NO_LINK) };
        for annotation in list.iter::<Object<'_>>() {
            let link = match &annotation {
                Object::Dict(annotation) => link(annotation),
                _ => None,
            };
            if let Object::Dict(annotation) = annotation
                && let Some(said) = annotation.get::<Text<'_>>("Contents")
            {
                sheet.notes.push(text_string(said.as_bytes()));
            }
            match link {
                Some(link) => sheet.links.push(link),
                None => sheet.oddities.push(NO_LINK),
            }
        }
    }

    /// What speaks against the fonts that were used so far.
    pub fn wrong_fonts(&self) -> Vec<&'static str> {
        self.shelf.borrow().wrong.clone()
    }
}

/// Address and text of a link that can do nothing but lead there.
fn link(annotation: &Dict<'_>) -> Option<(std::string::String, std::string::String)> {
    let action = annotation.get::<Dict<'_>>("A")?;
    let Rect { x0, y0, x1, y1 } = annotation.get::<Rect>("Rect")?;
    let area = Area { left: x0, bottom: y0, right: x1, top: y1 };
    let page = Area { left: 0.0, bottom: 0.0, right: PAGE.0, top: PAGE.1 };
    let unseen = annotation.get::<Array<'_>>("Border")?.iter::<f32>().all(|side| side == 0.0);
    let plain = annotation.keys().all(|key| LINK_KEYS.contains(&key.as_ref()))
        && annotation.get::<Name<'_>>("Subtype")?.as_ref() == b"Link"
        && annotation.get::<i32>("F") == Some(4)
        && unseen
        && area.within(page)
        && action.len() == 2
        && action.get::<Name<'_>>("S")?.as_ref() == b"URI";
    let to = action.get::<Text<'_>>("URI")?;
    let said = annotation.get::<Text<'_>>("Contents")?;
    let to = std::string::String::from_utf8(to.as_bytes().to_vec()).ok()?;
    plain.then(|| (to, text_string(said.as_bytes())))
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
struct NameLookup<'p, 'a> {
    pages: &'p Pages<'a>,
    names: Arc<Names<'a>>,
}

impl Resources for NameLookup<'_, '_> {
    fn font(&self, name: &[u8]) -> Option<Arc<Font>> {
        let fonts = self.names.fonts.as_ref()?;
        let at = fonts.get_ref(name)?;
        if let Some(known) = self.pages.shelf.borrow().fonts.get(&at) {
            return known.clone();
        }
        let faces = &self.pages.file.known.faces;
        let font = fonts.get::<Dict<'_>>(name).and_then(|font| Font::read(&font, faces));
        let font = font.map(Arc::new);
        let mut shelf = self.pages.shelf.borrow_mut();
        for wrong in font.iter().flat_map(|font| &font.wrong) {
            if !shelf.wrong.contains(wrong) {
                shelf.wrong.push(wrong);
            }
        }
        shelf.fonts.insert(at, font.clone());
        font
    }

    fn external(&self, name: &[u8]) -> External {
        let Some(externals) = &self.names.externals else { return External::Unknown };
        let at = externals.get_ref(name);
        let known = at.and_then(|at| self.pages.shelf.borrow().pictures.get(&at).copied());
        let picture = known.unwrap_or_else(|| {
            let stream = externals.get::<Stream<'_>>(name);
            stream.and_then(|stream| picture(&stream, self.pictures()))
        });
        if let Some(at) = at {
            self.pages.shelf.borrow_mut().pictures.insert(at, picture);
        }
        picture.map_or(External::Unknown, External::Image)
    }

    fn pictures(&self) -> &Pictures {
        &self.pages.file.known.pictures
    }
}

/// Which of the task's pictures an image is, pixel for pixel.
fn picture(image: &Stream<'_>, pictures: &Pictures) -> Option<usize> {
    let plain = |image: &Stream<'_>, spaces: &[&[u8]]| {
        let dict = image.dict();
        let name = |key: &str| dict.get::<Name<'_>>(key).map(|name| name.as_ref().to_vec());
        let fits = name("Subtype")? == b"Image"
            && spaces.contains(&&name("ColorSpace")?[..])
            && dict.get::<i32>("BitsPerComponent") == Some(8);
        let size = (dict.get::<u32>("Width")?, dict.get::<u32>("Height")?);
        fits.then(|| image.decoded().ok().map(|data| (size, data.into_owned())))?
    };
    let (size, pixels) = plain(image, &[b"DeviceGray", b"DeviceRGB"])?;
    let mask = match image.dict().contains_key("SMask") {
        true => {
            let mask = image.dict().get::<Stream<'_>>("SMask")?;
            Some(plain(&mask, &[b"DeviceGray"])?.1)
        }
        false => None,
    };
    pictures.find(size, &pixels, mask.as_deref())
}
