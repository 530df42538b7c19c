//! The structure that a screen reader follows.

use super::{children, own_text, read_node, samples::*, typesetter};
use noticeworks::document::{Block, BlockKind};
use noticeworks::typeset::{Laid, NodeId, Running, Tag};

fn outline(laid: &Laid) -> String {
    let mut out = String::new();
    draw(laid, 0, 0, &mut out);
    out
}

fn draw(laid: &Laid, node: NodeId, depth: usize, out: &mut String) {
    let n = &laid.tree[node as usize];
    let text = own_text(laid, node);
    let extra = n.alt.as_deref().or(n.url.as_deref()).map_or(String::new(), |t| format!(" [{t}]"));
    out.push_str(format!("{}{:?}{extra} {text}", "  ".repeat(depth), n.role).trim_end());
    out.push('\n');
    for child in children(laid, node) {
        draw(laid, child, depth + 1, out);
    }
}

#[test]
fn a_letter_reads_in_its_order() {
    let mut frame = frame();
    frame.images.push(("signature".into(), image(60, 20)));
    let inner =
        block(BlockKind::List { ordered: true, start: 4, items: vec![vec![para("inner")]] });
    let items: Vec<Vec<Block>> = vec![vec![para("outer")], vec![para("more"), inner]];
    let document = of(vec![
        heading(1, "Notice"),
        para("Dear Zoë:"),
        spans(vec![span("Visit "), link("a.example", "https://a.example"), span(" today.")]),
        block(BlockKind::List { ordered: false, start: 1, items }),
        table(&["A", "B"], &[lines(&["one", ""])]),
        block(BlockKind::Rule),
        figure("signature"),
    ]);
    insta::assert_snapshot!(outline(&typesetter().letter(&frame, &document).unwrap()), @r"
    Document
      P Return Mail Processing Center P.O. Box 555 Fairview, OR 97024-0555
      P Cedar Hollow Family Medicine
      P Zoë O’Brien1200 Juniper Street Apt 4Springfield, IL 62704-1234
      P September 18, 2026
      P Reference: NW-4F7K-29QX
      H1 Notice
      P Dear Zoë:
      P
        Span Visit
        Link [https://a.example] a.example
        Span  today.
      L
        Li
          Lbl •
          LBody outer
        Li
          Lbl •
          LBody
            P more
            L
              Li
                Lbl 4.
                LBody inner
      Table
        Tr
          Th A
          Th B
        Tr
          Td one
          Td
      Figure [Signature of Dana Whitfield]
    ");
}

#[test]
fn parents_come_first_and_nobody_has_both_kinds_of_children() {
    let laid = typesetter().letter(&frame(), &letter("Zoë", 5)).unwrap();
    for (i, node) in laid.tree.iter().enumerate() {
        assert_eq!(node.parent.is_none(), i == 0);
        assert!(node.parent.is_none_or(|p| (p as usize) < i));
    }
    for mark in laid.pages.iter().flat_map(|p| &p.marks) {
        if let Tag::Content(node) = mark.tag {
            assert!(children(&laid, node).is_empty());
            assert!(!mark.items.is_empty());
        }
    }
}

#[test]
fn a_paragraph_over_two_pages_is_two_marks_of_one_node() {
    let text = "We take the confidentiality of your information seriously. ".repeat(80);
    let laid = typesetter().report(&Running::default(), &of(vec![para(&text)])).unwrap();
    assert_eq!(laid.pages.len(), 2);
    let marks =
        laid.pages.iter().map(|p| p.marks.iter().filter(|m| m.tag == Tag::Content(1)).count());
    assert_eq!(marks.collect::<Vec<_>>(), [1, 1]);
    let mut read = String::new();
    read_node(&laid, 1, &mut read);
    assert_eq!(read, text.trim_end());
}
