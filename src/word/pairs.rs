//! What was done in paragraphs that are known: words, emphasis, borders between them.

use super::back::{Back, fold};
use super::compare::Sides;
use super::item::{Doubt, Edit, Hunk, Item, ItemKind, Op, Stretch};
use super::piece::{Atom, Kind, Piece, Role, text_of};
use super::structure::Group;
use super::three_way::{Difference, Now, differing, three_way};
use super::written::{prescribed, written};
use std::collections::BTreeSet;

/// Pieces seen as one, with borders between them; none if they cannot be.
fn joined(pieces: &[&Piece]) -> Vec<Atom> {
    let mut atoms = Vec::new();
    for (i, piece) in pieces.iter().enumerate() {
        if i > 0 {
            atoms.push(border(String::new()));
        }
        atoms.extend(piece.atoms.iter().cloned());
    }
    atoms
}

fn border(source: String) -> Atom {
    Atom {
        kind: Kind::Border,
        text: "\u{b6}".to_owned(),
        bold: false,
        italic: false,
        source,
        by: None,
    }
}

/// What was done in paragraphs that are known.
pub(super) fn pair(
    sides: &Sides<'_>,
    backs: &[Back],
    group: &Group,
    now_of: &[Option<usize>],
    items: &mut Vec<Item>,
) {
    let of_base: Vec<&Piece> = group.base.iter().map(|b| &sides.base[*b]).collect();
    let base = joined(&of_base);
    let mut here: Vec<Back> = group.back.iter().map(|b| backs[*b].clone()).collect();
    let mut atoms: Vec<Atom> = Vec::new();
    let (mut cuts, mut split_by) = (Vec::new(), Vec::new());
    let links: Vec<Atom> = base.iter().filter(|a| a.kind == Kind::Link).cloned().collect();
    for (i, paragraph) in here.iter_mut().enumerate() {
        fold(paragraph, &links);
        if i > 0 {
            split_by.extend(paragraph.by);
            let mut mark = border(String::new());
            mark.by = paragraph.by;
            atoms.push(mark);
        }
        cuts.extend(paragraph.cuts.iter().map(|(at, by)| (at + atoms.len(), *by)));
        atoms.append(&mut paragraph.atoms);
    }
    let indices: Option<Vec<usize>> = group.base.iter().map(|b| now_of[*b]).collect();
    let neighbors = |list: &[usize]| {
        list.windows(2).all(|w| {
            let (a, b) = (&sides.now[w[0]], &sides.now[w[1]]);
            w[1] == w[0] + 1
                && a.file == b.file
                && a.when == b.when
                && a.role == b.role
                && !a.role.is_cell()
        })
    };
    let mut make = |kind,
                    doubt,
                    words: Vec<Stretch>,
                    by: BTreeSet<usize>,
                    edit,
                    was: String,
                    is: String| {
        let piece = group.base.first().and_then(|b| now_of[*b]);
        items.push(Item { kind, doubt, piece, was, is, words, by: by.into_iter().collect(), edit });
    };
    let base_differs = three_way(&base, &atoms, &base);
    let faces = emphasis(&of_base, &base, &atoms);
    if base_differs.is_empty() && faces.is_empty() {
        return;
    }
    let everybody: BTreeSet<usize> =
        atoms.iter().filter_map(|a| a.by).chain(cuts.iter().map(|c| c.1)).collect();
    let Some(indices) = indices.filter(|list| neighbors(list)) else {
        // Somebody took it in already, whatever it was matched with.
        let file = &of_base[0].file;
        let reads = text_of(&atoms);
        if sides.now.iter().any(|p| &p.file == file && p.text() == reads) {
            return;
        }
        // The paragraph is gone, or was parted, since the document went out.
        let doubt = if group.base.iter().any(|b| now_of[*b].is_none()) {
            Doubt::Conflict(String::new())
        } else {
            Doubt::Misplaced
        };
        let kind = if group.base.len() > 1 { ItemKind::Joined } else { ItemKind::Words };
        make(
            kind,
            Some(doubt),
            shown(&base, &atoms, &base_differs),
            everybody,
            None,
            text_of(&base),
            text_of(&atoms),
        );
        return;
    };
    let of_now: Vec<&Piece> = indices.iter().map(|n| &sides.now[*n]).collect();
    let now = joined(&of_now);
    let (first, last) = (indices[0], indices[indices.len() - 1]);
    let differences = three_way(&base, &atoms, &now);
    let fixed = prescribed(sides, &of_now);
    let mut clean: Vec<Hunk> = Vec::new();
    let mut clean_by = BTreeSet::new();
    let mut clean_at = Vec::new();
    for difference in &differences {
        let new = &atoms[difference.back.clone()];
        let by: BTreeSet<usize> = new
            .iter()
            .filter_map(|a| a.by)
            .chain(
                cuts.iter()
                    .filter(|(at, _)| {
                        !difference.base.is_empty()
                            && (difference.back.start..=difference.back.end).contains(at)
                    })
                    .map(|(_, by)| *by),
            )
            .collect();
        let old = &base[difference.base.clone()];
        let (at, conflict) = match &difference.now {
            Now::Settled => continue,
            Now::At(range) => (range.clone(), None),
            Now::Conflict(range) => (range.clone(), Some(text_of(&now[range.clone()]))),
        };
        let (with, mut doubt) = written(sides, &of_now, &now, &at, old, new);
        if !fixed.is_empty() {
            doubt = doubt.or(Some(Doubt::Prescribed(fixed.clone())));
        }
        if let Some(now) = conflict {
            doubt = Some(Doubt::Conflict(now));
        }
        let hunk = Hunk { now: at, with };
        match doubt {
            None => {
                clean.push(hunk);
                clean_by.extend(by);
                clean_at.push(difference.clone());
            }
            Some(doubt) => {
                let blocked = matches!(
                    doubt,
                    Doubt::AcrossBorder
                        | Doubt::Conflict(_)
                        | Doubt::Unwritable
                        | Doubt::PlaceholderUnknown(_)
                );
                let edit = (!blocked).then(|| Edit::Words { first, last, hunks: vec![hunk] });
                make(
                    kind_of(old, new),
                    Some(doubt),
                    shown(&base, &atoms, std::slice::from_ref(difference)),
                    by,
                    edit,
                    text_of(&base),
                    text_of(&atoms),
                );
            }
        }
    }
    if !clean.is_empty() {
        let kind = clean_at
            .iter()
            .map(|d| kind_of(&base[d.base.clone()], &atoms[d.back.clone()]))
            .max_by_key(|kind| matches!(kind, ItemKind::Split | ItemKind::Joined))
            .unwrap_or(ItemKind::Words);
        let words = shown(&base, &atoms, &clean_at);
        let edit = Some(Edit::Words { first, last, hunks: clean });
        make(kind, None, words, clean_by, edit, text_of(&base), text_of(&atoms));
    }
    // Emphasis is brought over where the words stand as they did.
    let mut hunks = Vec::new();
    let mut stretches = Vec::new();
    let mut by = BTreeSet::new();
    for (b, (bold, italic), who) in &faces {
        let placed = place_of(&base, &now, *b);
        let Some(n) = placed else { continue };
        if (now[n].bold, now[n].italic) == (*bold, *italic) {
            continue;
        }
        let atom = Atom { bold: *bold, italic: *italic, ..now[n].clone() };
        stretches.push(Stretch { op: Op::Out, text: faced(&now[n]) });
        stretches.push(Stretch { op: Op::In, text: faced(&atom) });
        hunks.push(Hunk { now: n..n + 1, with: vec![atom] });
        by.extend(*who);
    }
    if !hunks.is_empty() {
        let edit = Some(Edit::Words { first, last, hunks });
        make(ItemKind::Emphasis, None, stretches, by, edit, text_of(&base), text_of(&atoms));
    }
}

fn kind_of(old: &[Atom], new: &[Atom]) -> ItemKind {
    let borders = |atoms: &[Atom]| atoms.iter().filter(|a| a.kind == Kind::Border).count();
    match borders(new).cmp(&borders(old)) {
        std::cmp::Ordering::Greater => ItemKind::Split,
        std::cmp::Ordering::Less => ItemKind::Joined,
        std::cmp::Ordering::Equal => ItemKind::Words,
    }
}

/// A word as Markdown emphasizes it.
fn faced(atom: &Atom) -> String {
    match (atom.bold, atom.italic) {
        (true, true) => format!("***{}***", atom.text),
        (true, false) => format!("**{}**", atom.text),
        (false, true) => format!("*{}*", atom.text),
        (false, false) => atom.text.clone(),
    }
}

/// Where an atom of the base stands now.
fn place_of(base: &[Atom], now: &[Atom], at: usize) -> Option<usize> {
    let mut shift = 0isize;
    for (old, new) in differing(base, now) {
        if old.contains(&at) {
            return None;
        }
        if old.end <= at {
            shift = new.end as isize - old.end as isize;
        }
    }
    let n = usize::try_from(at as isize + shift).ok()?;
    (now.get(n)?.key() == base[at].key()).then_some(n)
}

/// Words set otherwise than they were: position in the base, how they are set now, by whom.
fn emphasis(
    pieces: &[&Piece],
    base: &[Atom],
    back: &[Atom],
) -> Vec<(usize, (bool, bool), Option<usize>)> {
    let plain = |piece: &&Piece| match piece.role {
        Role::Heading(_) | Role::Picture => false,
        Role::Cell(_, row, _) => row > 0,
        _ => true,
    };
    if !pieces.iter().all(plain) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let (mut at, mut there) = (0, 0);
    let mut same = |at: usize, there: usize, count: usize| {
        for i in 0..count {
            let (b, r) = (&base[at + i], &back[there + i]);
            let telling = matches!(b.kind, Kind::Text | Kind::Value)
                && b.text.chars().any(|c| !c.is_whitespace());
            // Word processors set links and placeholders in looks of their own.
            let telling =
                telling && b.kind == Kind::Text && b.text.chars().any(char::is_alphanumeric);
            if telling && (b.bold, b.italic) != (r.bold, r.italic) {
                found.push((at + i, (r.bold, r.italic), r.by));
            }
        }
    };
    for (old, new) in differing(base, back) {
        same(at, there, (old.start - at).min(new.start - there));
        (at, there) = (old.end, new.end);
    }
    same(at, there, (base.len() - at).min(back.len() - there));
    found
}

/// The words of a change with what stands around it.
fn shown(base: &[Atom], back: &[Atom], differences: &[Difference]) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::new();
    let mut push = |op, text: String| {
        if !text.is_empty() {
            out.push(Stretch { op, text });
        }
    };
    let mut at = 0;
    for difference in differences {
        push(Op::Same, text_of(&base[at..difference.base.start]));
        push(Op::Out, text_of(&base[difference.base.clone()]));
        push(Op::In, text_of(&back[difference.back.clone()]));
        at = difference.base.end;
    }
    push(Op::Same, text_of(&base[at..]));
    out
}
