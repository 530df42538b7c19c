//! A drawing (SVG) as pixels, for a logo or a signature.
//!
//! Only shapes are drawn. Whatever would need a font, another file or the network is refused, and
//! so is a drawing that unfolds into more than a letterhead can need: nothing is left out in
//! silence.

use crate::typeset::Image;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::roxmltree::{Document, Node, ParsingOptions};
use resvg::usvg::{Options, Tree};
use std::collections::HashMap;

/// Larger drawings are no logo.
const MOST_BYTES: usize = 2 << 20;
/// Elements drawn, with what `use` repeats.
const MOST_ELEMENTS: u32 = 10_000;
/// Elements within one another, what `use` stands for included.
const MOST_DEPTH: u32 = 100;
/// The largest logo is 200 by 64 points; at 600 dots per inch no edge looks stepped in print.
const MOST_PIXELS: (f32, f32) = (1667.0, 534.0);

/// Elements of the SVG namespace that are drawn or describe how.
const DRAWN: &[&str] = &[
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "g",
    "line",
    "linearGradient",
    "mask",
    "metadata",
    "path",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "style",
    "svg",
    "symbol",
    "title",
    "use",
];
const SVG: &str = "http://www.w3.org/2000/svg";

/// Pixels of a drawing.
///
/// # Errors
/// Why it cannot be shown, to follow the file's name: `has text, ...`.
pub fn svg(bytes: &[u8]) -> Result<Image, String> {
    if bytes.len() > MOST_BYTES {
        return Err("is a drawing of more than 2 MB".to_owned());
    }
    let text = std::str::from_utf8(bytes).map_err(|_| "is not in UTF-8".to_owned())?;
    if text.contains("<!ENTITY") {
        return Err("declares entities, which are not unfolded".to_owned());
    }
    let options =
        ParsingOptions { allow_dtd: true, nodes_limit: 4 * MOST_ELEMENTS, ..Default::default() };
    let document = Document::parse_with_options(text, options)
        .map_err(|error| format!("is no well-formed SVG: {error}"))?;
    sober(&document)?;
    let tree = Tree::from_xmltree(&document, &Options::default())
        .map_err(|_| "is an SVG without a usable width and height".to_owned())?;
    draw(&tree)
}

/// Refuses what would not be drawn as its author sees it.
fn sober(document: &Document) -> Result<(), String> {
    let mut ids = HashMap::new();
    for node in document.descendants().filter(Node::is_element) {
        if node.tag_name().namespace() != Some(SVG) {
            continue;
        }
        let name = node.tag_name().name();
        match name {
            "text" | "tspan" | "textPath" => {
                return Err("has text, which needs a font that may not be there".to_owned());
            }
            "image" | "feImage" => return Err("has a picture inside".to_owned()),
            _ if !DRAWN.contains(&name) => {
                return Err(format!("has a `{name}` element, which is not drawn"));
            }
            _ => {}
        }
        if let Some(id) = node.attribute("id") {
            ids.insert(id, node);
        }
        let style = if name == "style" { node.text().unwrap_or("") } else { "" };
        let values = node.attributes().map(|a| a.value()).chain([style]);
        let link = node.attributes().find(|a| a.name() == "href");
        if link.is_some_and(|a| !a.value().starts_with('#')) || values.into_iter().any(is_foreign) {
            return Err("refers to another file".to_owned());
        }
    }
    let root = document.root_element();
    if root.tag_name().name() != "svg" || root.tag_name().namespace() != Some(SVG) {
        return Err("is no SVG drawing".to_owned());
    }
    match weight(root, &ids, &mut HashMap::new(), 0) {
        u32::MAX => Err("has elements that repeat themselves or are nested too deeply".to_owned()),
        weight if weight > MOST_ELEMENTS => {
            Err(format!("draws more than {MOST_ELEMENTS} elements"))
        }
        _ => Ok(()),
    }
}

/// Whether a value names something outside the drawing.
fn is_foreign(value: &str) -> bool {
    value.contains("@import")
        || value.match_indices("url(").any(|(at, _)| {
            let target = value[at + 4..].trim_start().trim_start_matches(['"', '\'']);
            !target.starts_with('#')
        })
}

/// How many elements are drawn for one, what `use` repeats counted each time; `u32::MAX` if that
/// goes in a circle or deeper than any logo does.
fn weight<'a, 'd>(
    node: Node<'a, 'd>,
    ids: &HashMap<&'a str, Node<'a, 'd>>,
    known: &mut HashMap<Node<'a, 'd>, u32>,
    depth: u32,
) -> u32 {
    if depth > MOST_DEPTH {
        return u32::MAX;
    }
    if let Some(weight) = known.get(&node) {
        return *weight;
    }
    // Whoever comes back to a node that is being weighed goes in a circle.
    known.insert(node, u32::MAX);
    let mut sum = 1u32;
    for child in node.children().filter(Node::is_element) {
        sum = sum.saturating_add(weight(child, ids, known, depth + 1));
    }
    if node.tag_name().name() == "use" {
        let target = node.attributes().find(|a| a.name() == "href").map(|a| a.value());
        if let Some(target) = target.and_then(|t| ids.get(t.trim_start_matches('#'))) {
            sum = sum.saturating_add(weight(*target, ids, known, depth + 1));
        }
    }
    known.insert(node, sum);
    sum
}

fn draw(tree: &Tree) -> Result<Image, String> {
    let blank = || "is an empty drawing".to_owned();
    let size = tree.size();
    let scale = (MOST_PIXELS.0 / size.width()).min(MOST_PIXELS.1 / size.height());
    let pixels = |length: f32| (length * scale).round().max(1.0) as u32;
    let (width, height) = (pixels(size.width()), pixels(size.height()));
    let mut canvas = Pixmap::new(width, height).ok_or_else(blank)?;
    resvg::render(tree, Transform::from_scale(scale, scale), &mut canvas.as_mut());
    let mut rgb = Vec::with_capacity(3 * canvas.pixels().len());
    let mut alpha = Vec::with_capacity(canvas.pixels().len());
    for pixel in canvas.pixels() {
        let color = pixel.demultiply();
        rgb.extend([color.red(), color.green(), color.blue()]);
        alpha.push(color.alpha());
    }
    if alpha.iter().all(|a| *a == 0) {
        return Err(blank());
    }
    let opaque = alpha.iter().all(|a| *a == u8::MAX);
    Ok(Image { width, height, rgb, alpha: (!opaque).then_some(alpha) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing(inside: &str) -> String {
        format!("<svg xmlns='{SVG}' viewBox='0 0 200 50'>{inside}</svg>")
    }

    fn why(inside: &str) -> String {
        svg(drawing(inside).as_bytes()).err().unwrap_or_default()
    }

    #[test]
    fn shapes_are_drawn_as_fine_as_print_needs() {
        let inside = "<defs><path id='p' d='M0 0h100v50H0z'/></defs><use href='#p' fill='#c00'/>";
        let Ok(image) = svg(drawing(inside).as_bytes()) else { panic!() };
        assert_eq!((image.width, image.height), (1667, 417));
        assert_eq!(image.rgb[..3], [0xcc, 0, 0]);
        let alpha = image.alpha.unwrap();
        assert_eq!((alpha[0], alpha[1_600]), (255, 0));
    }

    #[test]
    fn an_illustrators_heading_is_no_obstacle() {
        let text = format!(
            "<?xml version='1.0'?><!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' \
             'http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd'>{}",
            drawing("<style>.a{fill:#00f}</style><rect class='a' width='9' height='9'/>")
        );
        assert!(svg(text.as_bytes()).is_ok());
    }

    #[test]
    fn what_would_be_left_out_or_looked_up_is_refused() {
        let shape = "<rect width='9' height='9'";
        for (inside, says) in [
            ("<text>Elm</text>", "has text, which needs a font that may not be there"),
            ("<image href='x.png'/>", "has a picture inside"),
            ("<foreignObject/>", "has a `foreignObject` element, which is not drawn"),
            ("<script/>", "has a `script` element, which is not drawn"),
            ("<use href='http://x.example/a.svg#p'/>", "refers to another file"),
            ("<style>@import 'http://x.example/a.css'</style>", "refers to another file"),
            (&format!("{shape} fill='url(http://x.example/#g)'/>"), "refers to another file"),
            ("", "is an empty drawing"),
            ("<g>", "is no well-formed SVG: expected 'g' tag, not 'svg' at 1:65"),
        ] {
            assert_eq!(why(inside), says, "{inside}");
        }
        assert_eq!(why(&format!("{shape} fill='url(#none)'/><path d=''/>")), "is an empty drawing");
    }

    #[test]
    fn a_drawing_that_unfolds_without_end_is_refused() {
        let mut bomb = String::from("<g id='a0'><path d='M0 0h1v1z'/></g>");
        for n in 1..20 {
            let again = format!("<use href='#a{}'/>", n - 1).repeat(10);
            bomb.push_str(&format!("<g id='a{n}'>{again}</g>"));
        }
        let endless = "has elements that repeat themselves or are nested too deeply";
        assert_eq!(why(&bomb), endless);
        assert_eq!(why("<g id='a'><use href='#a'/></g>"), endless);
        assert_eq!(why(&("<g>".repeat(9_000) + &"</g>".repeat(9_000))), endless);
        assert_eq!(why(&"<path/>".repeat(20_000)), "draws more than 10000 elements");
        let many = "<g>".repeat(200_000) + &"</g>".repeat(200_000);
        assert_eq!(why(&many), "is no well-formed SVG: nodes limit reached");
        let laughs = "<!DOCTYPE svg [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]>".to_owned();
        assert_eq!(
            svg((laughs + &drawing("&b;")).as_bytes()).err().unwrap_or_default(),
            "declares entities, which are not unfolded"
        );
        assert_eq!(why(&" ".repeat(3 << 20)), "is a drawing of more than 2 MB");
        let huge =
            format!("<svg xmlns='{SVG}' width='1e9' height='1e9'><path d='M0 0h1e9v9e8z'/></svg>");
        let Ok(image) = svg(huge.as_bytes()) else { panic!() };
        assert_eq!((image.width, image.height), (534, 534));
    }
}
