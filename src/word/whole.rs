//! Whole paragraphs: those that did not come back, and those that had not gone out.

use super::back::Back;
use super::compare::{Compared, Sides, flat};
use super::item::{Doubt, Edit, Item, ItemKind, Op, Stretch};
use super::piece::{Atom, Kind, Piece, Role, normal, text_of};
use super::structure::Group;
use super::written::prescribed;
use crate::docx::{Foreign, Returned};
use std::collections::BTreeSet;

/// Paragraphs that went out and did not come back.
pub(super) fn removed(
    sides: &Sides<'_>,
    used: &BTreeSet<usize>,
    now_of: &[Option<usize>],
    items: &mut Vec<Item>,
) {
    let gone: Vec<(usize, usize)> = (0..sides.base.len())
        .filter(|b| !used.contains(b))
        .filter_map(|b| now_of[b].map(|n| (b, n)))
        .collect();
    for (b, n) in &gone {
        let piece = &sides.now[*n];
        let same_block = |(i, p): &(usize, &Piece)| {
            p.file == piece.file
                && p.block == piece.block
                && *i != *n
                && gone.iter().all(|(_, other)| other != i)
        };
        let stays = sides.now.iter().enumerate().any(|p| same_block(&p));
        let values: Vec<String> =
            piece.atoms.iter().filter(|a| a.kind == Kind::Value).map(|a| a.text.clone()).collect();
        let unbalanced = {
            let opens = piece.atoms.iter().filter(|a| a.kind == Kind::Label);
            opens.fold(0i32, |d, a| match () {
                () if a.source.contains("endif") || a.source.contains("endfor") => d - 1,
                () if a.source.contains("elif") || a.source.contains("else") => d,
                () => d + 1,
            }) != 0
        };
        let changed = flat(&piece.atoms) != flat(&sides.base[*b].atoms);
        let doubt = if changed {
            Some(Doubt::Conflict(piece.text()))
        } else if piece.role.is_cell() || unbalanced {
            Some(Doubt::Misplaced)
        } else if piece.at.partial {
            Some(Doubt::PlaceholderLost(values))
        } else if !prescribed(sides, &[piece]).is_empty() {
            Some(Doubt::Prescribed(prescribed(sides, &[piece])))
        } else if !piece.satisfies.is_empty() && !stays {
            Some(Doubt::RequirementLost(piece.satisfies.clone()))
        } else if !values.is_empty() {
            Some(Doubt::PlaceholderLost(values))
        } else {
            None
        };
        let blocked =
            matches!(doubt, Some(Doubt::Conflict(_) | Doubt::Misplaced)) || piece.at.partial;
        items.push(Item {
            kind: ItemKind::Removed,
            doubt,
            piece: Some(*n),
            was: piece.text(),
            is: String::new(),
            words: vec![Stretch { op: Op::Out, text: piece.text() }],
            by: taken_out(sides, *b),
            edit: (!blocked).then_some(Edit::Remove { piece: *n }),
        });
    }
}

/// Who took a paragraph out, where its bookmark or its words tell.
fn taken_out(sides: &Sides<'_>, base: usize) -> Vec<usize> {
    let by_mark =
        sides.returned.emptied.iter().filter(|(name, _)| (sides.bookmarks)(name) == Some(base));
    let mut by: BTreeSet<usize> = by_mark.map(|(_, by)| *by).collect();
    if by.is_empty() {
        let text = flat(&sides.base[base].atoms);
        let cuts = sides.returned.paragraphs.iter().flat_map(|p| &p.cuts);
        by.extend(
            cuts.filter(|cut| normal(&cut.text).contains(&text) && !text.is_empty())
                .map(|cut| cut.by),
        );
    }
    by.into_iter().collect()
}

/// Paragraphs that came back and had not gone out.
pub(super) fn added(
    sides: &Sides<'_>,
    backs: &[Back],
    groups: &[Group],
    now_of: &[Option<usize>],
    of_now: &[Option<usize>],
    compared: &mut Compared,
) {
    let mut place: Vec<Option<usize>> = vec![None; backs.len()];
    for group in groups {
        for b in &group.back {
            place[*b] = group.base.last().and_then(|base| now_of[*base]);
        }
    }
    let known: BTreeSet<usize> = groups.iter().flat_map(|g| g.back.iter().copied()).collect();
    let since: BTreeSet<String> = (0..sides.now.len())
        .filter(|n| of_now[*n].is_none())
        .map(|n| flat(&sides.now[n].atoms))
        .collect();
    for (b, paragraph) in backs.iter().enumerate() {
        // It was taken in already.
        if known.contains(&b) || since.contains(&flat(&paragraph.atoms)) {
            continue;
        }
        let before = (0..b).rev().find_map(|i| place[i]);
        let after = (b + 1..backs.len()).find_map(|i| place[i]);
        let item = |at: Option<usize>| at.filter(|n| sides.now[*n].role.is_item());
        let text = text_of(&paragraph.atoms);
        let plain = paragraph.atoms.iter().all(|a| a.kind == Kind::Text)
            && !text.contains(['{', '}', '\u{2039}', '\u{203a}']);
        let (beside, behind, role) = match (before, after) {
            _ if paragraph.place.is_some() => (None, true, Role::Paragraph),
            _ if paragraph.listed && item(before).is_some() => {
                (before, true, sides.now[before.unwrap_or(0)].role)
            }
            _ if paragraph.listed && item(after).is_some() => {
                (after, false, sides.now[after.unwrap_or(0)].role)
            }
            (Some(_), _) if paragraph.heading.is_some() => {
                (before, true, Role::Heading(paragraph.heading.unwrap_or(2).min(3)))
            }
            (Some(_), _) if paragraph.listed => (before, true, Role::Bullet),
            (Some(_), _) => (before, true, Role::Paragraph),
            (None, Some(_)) => (after, false, Role::Paragraph),
            (None, None) => (None, true, Role::Paragraph),
        };
        let in_list = beside.is_some_and(|n| role.is_item() && sides.now[n].role == role);
        let beside = beside.filter(|n| !sides.now[*n].role.is_cell() && !sides.now[*n].at.partial);
        let misplaced = beside.and_then(|n| (sides.misplaced)(&sides.now[n], &text));
        let doubt = match () {
            () if beside.is_none() => Some(Doubt::Misplaced),
            () if !plain => Some(Doubt::Unwritable),
            () if misplaced.is_some() => Some(Doubt::OtherReaders(misplaced.unwrap_or_default())),
            () if in_list => None,
            () => Some(Doubt::NoRequirement),
        };
        let edit = beside.filter(|_| plain).map(|n| Edit::Insert {
            beside: n,
            after: behind,
            role,
            text: super::inline::markdown(&sourced(&paragraph.atoms, role)),
        });
        let by: BTreeSet<usize> =
            paragraph.atoms.iter().filter_map(|a| a.by).chain(paragraph.by).collect();
        compared.items.push(Item {
            kind: ItemKind::Added,
            doubt,
            piece: beside.or(before).or(after),
            was: String::new(),
            is: text.clone(),
            words: vec![Stretch { op: Op::In, text }],
            by: by.into_iter().collect(),
            edit,
        });
        compared.places[paragraph.position] = before;
    }
}

fn sourced(atoms: &[Atom], role: Role) -> Vec<Atom> {
    let plain = matches!(role, Role::Heading(_));
    let each = atoms.iter().enumerate().map(|(i, atom)| {
        let mut atom = atom.clone();
        atom.source = super::inline::escaped(&atom.text.replace('\u{a0}', " "), i == 0);
        (atom.bold, atom.italic) = (atom.bold && !plain, atom.italic && !plain);
        atom
    });
    each.collect()
}

/// What the document holds besides text.
pub(super) fn foreign(returned: &Returned, places: &[Option<usize>], items: &mut Vec<Item>) {
    for (kind, paragraph) in &returned.foreign {
        let what = match kind {
            Foreign::Macro => "a macro, which is not run",
            Foreign::Object => "a picture or an embedded object",
            Foreign::OtherFile => "another file that a word processor would take in",
            Foreign::Outside => "a link to a file elsewhere, which is not followed",
            Foreign::Footnote => "a footnote",
            Foreign::Formula => "a formula",
        };
        items.push(Item {
            kind: ItemKind::Foreign,
            doubt: Some(Doubt::NoText),
            piece: paragraph.and_then(|p| places.get(p).copied().flatten()),
            was: String::new(),
            is: what.to_owned(),
            words: Vec::new(),
            by: Vec::new(),
            edit: None,
        });
    }
}
