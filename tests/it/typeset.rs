//! Type, lines, pages and the window.
#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod address;
mod fonts;
mod lines;
mod pages;
mod right_to_left;
mod samples;
mod tables;
mod tree;

use noticeworks::typeset::{FontSet, Item, Laid, NodeId, Style, Tag, Typesetter};
use std::sync::{Arc, LazyLock};

static FONTS: LazyLock<Arc<FontSet>> = LazyLock::new(|| Arc::new(FontSet::shipped()));

fn typesetter() -> Typesetter {
    Typesetter::new(FONTS.clone(), Style::default())
}

/// The text of a letter in reading order: nodes depth first, each with its marks in page order.
fn read(laid: &Laid) -> String {
    let mut out = String::new();
    read_node(laid, 0, &mut out);
    out
}

fn read_node(laid: &Laid, node: NodeId, out: &mut String) {
    out.push_str(&own_text(laid, node));
    for child in children(laid, node) {
        read_node(laid, child, out);
    }
}

fn children(laid: &Laid, node: NodeId) -> Vec<NodeId> {
    (0..laid.tree.len() as NodeId).filter(|&n| laid.tree[n as usize].parent == Some(node)).collect()
}

/// The text of the marks that name a node.
fn own_text(laid: &Laid, node: NodeId) -> String {
    let marks = laid.pages.iter().flat_map(|page| &page.marks);
    marks.filter(|m| m.tag == Tag::Content(node)).flat_map(|m| &m.items).map(text_of).collect()
}

fn text_of(item: &Item) -> &str {
    match item {
        Item::Run { run, .. } => &run.text,
        _ => "",
    }
}

/// The lines of content on a page, top down: baseline and text.
fn lines_of(laid: &Laid, page: usize) -> Vec<(f32, String)> {
    let mut lines: Vec<(f32, String)> = Vec::new();
    for mark in laid.pages[page].marks.iter().filter(|m| m.tag != Tag::Artifact) {
        for item in &mark.items {
            if let Item::Run { y, run, .. } = item {
                match lines.last_mut() {
                    Some((was, text)) if was == y => text.push_str(&run.text),
                    _ => lines.push((*y, run.text.clone())),
                }
            }
        }
    }
    lines
}

fn artifacts(laid: &Laid, page: usize) -> Vec<String> {
    let marks = laid.pages[page].marks.iter().filter(|m| m.tag == Tag::Artifact);
    marks
        .map(|m| m.items.iter().map(text_of).collect())
        .filter(|t: &String| !t.is_empty())
        .collect()
}

/// Words without regard to kinds and numbers of spaces.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A digest of everything a writer sees.
fn dump(laid: &Laid) -> String {
    let mut out = format!("{} {}\n", laid.lang, laid.title);
    for node in &laid.tree {
        out.push_str(&format!("{node:?}\n"));
    }
    for mark in laid.pages.iter().flat_map(|p| &p.marks) {
        out.push_str(&format!("{:?} {}\n", mark.tag, mark.personal));
        for item in &mark.items {
            match item {
                Item::Run { x, y, run } => {
                    let r = run;
                    out.push_str(&format!(
                        "{x} {y} {} {} {} {} {:?} {:?}\n",
                        r.font, r.size, r.gray, r.width, r.text, r.glyphs
                    ));
                }
                Item::Rect { x, y, width, height, gray } => {
                    out.push_str(&format!("{x} {y} {width} {height} {gray}\n"));
                }
                Item::Image { x, y, width, height, .. } => {
                    out.push_str(&format!("{x} {y} {width} {height}\n"));
                }
            }
        }
    }
    out
}
