//! Structure elements (ISO 32000-1, 14.7.2): what a screen reader follows.

use super::{
    object::{Ref, int, reference, references, text},
    plan::{Planned, leads_somewhere},
    sink::Sink,
};
use crate::typeset::{Laid, NodeId, StructRole};
use std::io::Write;

/// The standard structure type's name.
pub(super) fn role_name(role: StructRole) -> &'static str {
    match role {
        StructRole::Document => "Document",
        StructRole::H1 => "H1",
        StructRole::H2 => "H2",
        StructRole::H3 => "H3",
        StructRole::P => "P",
        StructRole::L => "L",
        StructRole::Li => "LI",
        StructRole::Lbl => "Lbl",
        StructRole::LBody => "LBody",
        StructRole::Table => "Table",
        StructRole::Tr => "TR",
        StructRole::Th => "TH",
        StructRole::Td => "TD",
        StructRole::Figure => "Figure",
        StructRole::Link => "Link",
        StructRole::Span => "Span",
    }
}

/// Where a document's objects are.
pub(super) struct Places<'a> {
    /// The element of node 0; the others follow.
    pub elements: Ref,
    pub pages: Ref,
    /// The annotation of the first link area; the others follow.
    pub annotations: Ref,
    /// The element or root above node 0, and node 0's own type there.
    pub above: Ref,
    pub root_role: &'static str,
    /// The language of everything that names none.
    pub lang: &'a str,
}

/// Writes the elements of a document.
pub(super) fn write_elements<W: Write>(
    laid: &Laid,
    planned: &Planned,
    places: &Places<'_>,
    sink: &mut Sink<W>,
) {
    for id in 0..laid.tree.len() as NodeId {
        write_element(laid, planned, places, id, sink.object(places.elements.plus(id)));
    }
}

fn write_element(
    laid: &Laid,
    planned: &Planned,
    places: &Places<'_>,
    id: NodeId,
    out: &mut Vec<u8>,
) {
    let node = &laid.tree[id as usize];
    let role = match node.role {
        _ if id == 0 => places.root_role,
        StructRole::Link if !leads_somewhere(node) => role_name(StructRole::Span),
        role => role_name(role),
    };
    out.extend_from_slice(b"<</S/");
    out.extend_from_slice(role.as_bytes());
    out.extend_from_slice(b"/P ");
    reference(out, node.parent.map_or(places.above, |parent| places.elements.plus(parent)));
    if id == 0 && laid.lang != places.lang {
        out.extend_from_slice(b"/Lang");
        text(out, &laid.lang);
    }
    if let Some(lang) = &node.lang {
        out.extend_from_slice(b"/Lang");
        text(out, lang);
    }
    if let Some(alt) = &node.alt {
        out.extend_from_slice(b"/Alt");
        text(out, alt);
    }
    write_attributes(planned, node.role, id, out);
    write_kids(planned, places, id, out);
    out.extend_from_slice(b">>");
}

fn write_attributes(planned: &Planned, role: StructRole, id: NodeId, out: &mut Vec<u8>) {
    match role {
        StructRole::Th => out.extend_from_slice(b"/A<</O/Table/Scope/Column>>"),
        StructRole::L => {
            if let Some(numbering) = planned.numbering.get(&id) {
                out.extend_from_slice(b"/A<</O/List/ListNumbering/");
                out.extend_from_slice(numbering.as_bytes());
                out.extend_from_slice(b">>");
            }
        }
        StructRole::Figure => {
            if let Some(Some((_, area))) = planned.figures.get(&id) {
                out.extend_from_slice(b"/A<</O/Layout/Placement/Block/BBox");
                area.write(out);
                out.extend_from_slice(b">>");
            }
        }
        _ => {}
    }
}

fn write_kids(planned: &Planned, places: &Places<'_>, id: NodeId, out: &mut Vec<u8>) {
    let children = &planned.children[id as usize];
    let content = &planned.content[id as usize];
    let links = planned.links.iter().enumerate().filter(|(_, area)| area.node == id);
    if let ([], [], None) = (&children[..], &content[..], links.clone().next()) {
        return;
    }
    let first = content.first().map(|content| content.page);
    if let Some(page) = first {
        out.extend_from_slice(b"/Pg ");
        reference(out, places.pages.plus(page));
    }
    out.extend_from_slice(b"/K");
    if let ([], [only], None) = (&children[..], &content[..], links.clone().next()) {
        out.push(b' ');
        int(out, i64::from(only.mcid));
        return;
    }
    if content.is_empty() && links.clone().next().is_none() {
        references(out, children.iter().map(|child| places.elements.plus(*child)));
        return;
    }
    out.push(b'[');
    for piece in content {
        if Some(piece.page) == first {
            int(out, i64::from(piece.mcid));
            out.push(b' ');
        } else {
            out.extend_from_slice(b"<</Type/MCR/Pg ");
            reference(out, places.pages.plus(piece.page));
            out.extend_from_slice(b"/MCID ");
            int(out, i64::from(piece.mcid));
            out.extend_from_slice(b">>");
        }
    }
    for child in children {
        reference(out, places.elements.plus(*child));
        out.push(b' ');
    }
    for (i, area) in links {
        out.extend_from_slice(b"<</Type/OBJR/Pg ");
        reference(out, places.pages.plus(area.page));
        out.extend_from_slice(b"/Obj ");
        reference(out, places.annotations.plus(i as u32));
        out.extend_from_slice(b">>");
    }
    out.push(b']');
}
