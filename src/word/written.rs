//! New words as the template would have them, and what stands against it.

use super::compare::Sides;
use super::item::Doubt;
use super::piece::{Atom, Kind, Piece, Role, normal, text_of};
use std::collections::BTreeSet;

/// Citations of the statutes that prescribe a piece's words.
pub(super) fn prescribed(sides: &Sides<'_>, pieces: &[&Piece]) -> Vec<String> {
    let all: BTreeSet<String> = pieces.iter().flat_map(|p| (sides.prescribed)(&p.text())).collect();
    all.into_iter().collect()
}

/// New words as the template would have them, and what stands against it.
pub(super) fn written(
    sides: &Sides<'_>,
    pieces: &[&Piece],
    now: &[Atom],
    at: &std::ops::Range<usize>,
    old: &[Atom],
    new: &[Atom],
) -> (Vec<Atom>, Option<Doubt>) {
    let mut doubt = None;
    let mut doubts = |d: Doubt| {
        doubt.get_or_insert(d);
    };
    let labels = |atoms: &[Atom]| atoms.iter().any(|a| a.kind == Kind::Label);
    if labels(old) || labels(new) {
        doubts(Doubt::AcrossBorder);
    }
    let piece = pieces[0];
    let depth = |at: usize| {
        let before = now[..at].iter().filter(|a| a.kind == Kind::Label);
        before.fold(0i32, |depth, a| match () {
            () if a.source.contains("endif") || a.source.contains("endfor") => depth - 1,
            () if a.source.contains("elif") || a.source.contains("else") => depth,
            () => depth + 1,
        })
    };
    let mut with = Vec::new();
    let held = |atoms: &[Atom], kind: Kind| -> Vec<String> {
        atoms.iter().filter(|a| a.kind == kind).map(|a| normal(&a.text)).collect()
    };
    let (had, has) = (held(old, Kind::Value), held(new, Kind::Value));
    let lost: Vec<String> = had.iter().filter(|v| !has.contains(v)).cloned().collect();
    let links = held(old, Kind::Link);
    if !lost.is_empty() || !links.is_empty() {
        let lost: Vec<String> = lost.into_iter().chain(links).collect();
        let filled = lost.iter().all(|v| v.contains("incident."));
        doubts(if filled { Doubt::Filled(lost) } else { Doubt::PlaceholderLost(lost) });
    }
    for (i, atom) in new.iter().enumerate() {
        let mut atom = atom.clone();
        match atom.kind {
            Kind::Text => {
                let first = at.start == 0 && i == 0;
                // A space at either end of a paragraph is none.
                atom.source = super::inline::escaped(&atom.text.replace('\u{a0}', " "), first);
                if ["{{", "}}", "{%", "%}", "{#", "#}"]
                    .iter()
                    .any(|mark| text_of(new).contains(mark))
                    || atom.text.contains(['\u{2039}', '\u{203a}', '{', '}'])
                {
                    doubts(Doubt::Unwritable);
                }
                if piece.role.is_cell() && atom.text.contains('|') {
                    atom.source = "\\|".into();
                }
            }
            Kind::Break => {
                atom.source = "\\\n".into();
                if piece.role.is_cell() || matches!(piece.role, Role::Heading(_)) {
                    doubts(Doubt::Unwritable);
                }
            }
            Kind::Value | Kind::Link => {
                let same = |p: &Piece| p.atoms.iter().find(|a| a.key().1 == atom.key().1).cloned();
                let beside = pieces.iter().find_map(|p| same(p));
                let general = |a: &Atom| !a.source.contains("loop.") && a.source.contains('.');
                let elsewhere = || {
                    let file = sides.now.iter().filter(|p| p.file == piece.file);
                    file.filter_map(same).find(general)
                };
                match beside.or_else(elsewhere) {
                    Some(known) => atom.source = known.source,
                    None => doubts(Doubt::PlaceholderUnknown(vec![atom.text.clone()])),
                }
            }
            Kind::Border => {
                let place = &piece.at;
                atom.source = match piece.role {
                    Role::Paragraph if !place.partial => "\n\n".to_owned(),
                    Role::Bullet | Role::Number => format!("\n{}", place.lead),
                    _ => String::new(),
                };
                if atom.source.is_empty() || depth(at.start) != 0 {
                    doubts(Doubt::AcrossBorder);
                }
            }
            Kind::Label => {}
        }
        with.push(atom);
    }
    if old.iter().any(|a| a.kind == Kind::Border) && new.iter().all(|a| a.kind != Kind::Border) {
        let met: BTreeSet<&String> = pieces[0].satisfies.iter().collect();
        let lost: Vec<String> = pieces[1..]
            .iter()
            .flat_map(|p| &p.satisfies)
            .filter(|id| !met.contains(id))
            .cloned()
            .collect();
        if !lost.is_empty() {
            doubts(Doubt::RequirementLost(lost));
        }
        if pieces.iter().any(|p| p.at.partial) {
            doubts(Doubt::AcrossBorder);
        }
    }
    if let Some(whom) = (sides.misplaced)(piece, &text_of(new)).filter(|_| !new.is_empty()) {
        doubts(Doubt::OtherReaders(whom));
    }
    (with, doubt)
}
