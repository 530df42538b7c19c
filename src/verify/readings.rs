//! Which texts a font's glyphs can stand for, asked of the font itself: its character map, and
//! the substitutions that shaping may make (OpenType `GSUB`).

use read_fonts::tables::gsub::{LigatureSubstFormat1, SingleSubst, SubstitutionSubtables};
use read_fonts::types::GlyphId;
use read_fonts::{FontRef, TableProvider};
use std::collections::HashSet;

/// Texts kept for a glyph; a font that has more for one glyph says nothing by it.
const MOST: usize = 24;
/// Substitutions that follow upon one another.
const ROUNDS: usize = 4;

/// Features that are only followed when somebody asks for them: small capitals, old figures and
/// the like. No letter asks, so a glyph that only these lead to stands for nothing.
const ASKED: [&[u8; 4]; 34] = [
    b"aalt", b"smcp", b"c2sc", b"pcap", b"c2pc", b"unic", b"onum", b"lnum", b"pnum", b"tnum",
    b"sups", b"subs", b"sinf", b"ordn", b"dlig", b"hlig", b"hist", b"swsh", b"cswh", b"salt",
    b"titl", b"case", b"zero", b"ornm", b"afrc", b"nalt", b"hwid", b"fwid", b"pwid", b"twid",
    b"vert", b"vrt2", b"ruby", b"mgrk",
];

/// Glyph -> texts.
pub struct Readings(Vec<Vec<Box<str>>>);

impl Readings {
    pub fn of(font: &FontRef<'_>) -> Self {
        let glyphs = font.maxp().map_or(0, |maxp| usize::from(maxp.num_glyphs()));
        let mut all = Self(vec![Vec::new(); glyphs]);
        if let Some((_, _, map)) = font.cmap().ok().and_then(|cmap| cmap.best_subtable()) {
            for (character, glyph) in map.iter() {
                if let Some(c) = char::from_u32(character) {
                    all.add(glyph.to_u32() as usize, c.encode_utf8(&mut [0; 4]));
                }
            }
        }
        for _ in 0..ROUNDS {
            if all.substitute(font).is_none_or(|changed| !changed) {
                break;
            }
        }
        all
    }

    /// What a glyph can stand for.
    pub fn get(&self, glyph: u16) -> &[Box<str>] {
        self.0.get(usize::from(glyph)).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, glyph: usize, text: &str) -> bool {
        let Some(known) = self.0.get_mut(glyph) else { return false };
        let is_new = known.len() < MOST && !known.iter().any(|t| **t == *text);
        if is_new {
            known.push(text.into());
        }
        is_new
    }

    fn also(&mut self, glyph: usize, of: u16) -> bool {
        let texts = self.get(of).to_vec();
        let before = self.0.get(glyph).map_or(0, Vec::len);
        texts.iter().for_each(|text| {
            self.add(glyph, text);
        });
        self.0.get(glyph).map_or(0, Vec::len) > before
    }

    /// One round of every substitution; whether anything came of it.
    fn substitute(&mut self, font: &FontRef<'_>) -> Option<bool> {
        let gsub = font.gsub().ok()?;
        let lookups = gsub.lookup_list().ok()?;
        let asked = asked(&gsub);
        let mut changed = false;
        for (number, lookup) in lookups.lookups().iter().enumerate() {
            let (Ok(lookup), false) = (lookup, asked.contains(&(number as u16))) else { continue };
            match lookup.subtables() {
                Ok(SubstitutionSubtables::Single(tables)) => {
                    for table in tables.iter().flatten() {
                        changed |= self.single(&table).unwrap_or(false);
                    }
                }
                Ok(SubstitutionSubtables::Multiple(tables)) => {
                    for table in tables.iter().flatten() {
                        let Ok(coverage) = table.coverage() else { continue };
                        let read_fonts::tables::gsub::MultipleSubst::Format1(table) = &table else {
                            continue;
                        };
                        for (from, to) in coverage.iter().zip(table.sequences().iter()) {
                            let Ok(to) = to else { continue };
                            // The first part stands for the whole, the others for nothing more.
                            for (i, part) in to.substitute_glyph_ids().iter().enumerate() {
                                let part = usize::from(part.get().to_u16());
                                changed |= match i {
                                    0 => self.also(part, id(from)),
                                    _ => self.add(part, ""),
                                };
                            }
                        }
                    }
                }
                Ok(SubstitutionSubtables::Alternate(_)) => {}
                Ok(SubstitutionSubtables::Ligature(tables)) => {
                    for table in tables.iter().flatten() {
                        if let read_fonts::tables::gsub::LigatureSubst::Format1(table) = &table {
                            changed |= self.ligatures(table).unwrap_or(false);
                        }
                    }
                }
                Ok(SubstitutionSubtables::Reverse(tables)) => {
                    for table in tables.iter().flatten() {
                        let read_fonts::tables::gsub::ReverseChainSingleSubst::Format1(table) =
                            &table
                        else {
                            continue;
                        };
                        let Ok(coverage) = table.coverage() else { continue };
                        for (from, to) in coverage.iter().zip(table.substitute_glyph_ids()) {
                            changed |= self.also(usize::from(to.get().to_u16()), id(from));
                        }
                    }
                }
                _ => {}
            }
        }
        Some(changed)
    }

    fn single(&mut self, table: &SingleSubst<'_>) -> Option<bool> {
        let mut changed = false;
        match table {
            SingleSubst::Format1(table) => {
                for from in table.coverage().ok()?.iter() {
                    let to = id(from).wrapping_add_signed(table.delta_glyph_id());
                    changed |= self.also(usize::from(to), id(from));
                }
            }
            SingleSubst::Format2(table) => {
                for (from, to) in table.coverage().ok()?.iter().zip(table.substitute_glyph_ids()) {
                    changed |= self.also(usize::from(to.get().to_u16()), id(from));
                }
            }
            // Fonts of more glyphs than a PDF's codes can name.
            _ => {}
        }
        Some(changed)
    }

    fn ligatures(&mut self, table: &LigatureSubstFormat1<'_>) -> Option<bool> {
        let mut changed = false;
        for (first, set) in table.coverage().ok()?.iter().zip(table.ligature_sets().iter()) {
            for ligature in set.ok()?.ligatures().iter() {
                let ligature = ligature.ok()?;
                let mut texts: Vec<String> =
                    self.get(id(first)).iter().map(|t| t.to_string()).collect();
                for part in ligature.component_glyph_ids() {
                    let parts = self.get(part.get().to_u16());
                    texts = texts
                        .iter()
                        .flat_map(|text| parts.iter().map(move |part| format!("{text}{part}")))
                        .take(MOST)
                        .collect();
                }
                let glyph = usize::from(ligature.ligature_glyph().to_u16());
                for text in texts {
                    changed |= self.add(glyph, &text);
                }
            }
        }
        Some(changed)
    }
}

/// A glyph's number; no font has more than 65,535.
fn id(glyph: GlyphId) -> u16 {
    u16::try_from(glyph.to_u32()).unwrap_or(u16::MAX)
}

/// Lookups that only [`ASKED`] features lead to.
fn asked(gsub: &read_fonts::tables::gsub::Gsub<'_>) -> HashSet<u16> {
    let (mut asked, mut default) = (HashSet::new(), HashSet::new());
    let Ok(features) = gsub.feature_list() else { return asked };
    for record in features.feature_records() {
        let Ok(feature) = record.feature(features.offset_data()) else { continue };
        let tag = record.feature_tag().to_be_bytes();
        let style = matches!(&tag, [b's', b's', a, b] | [b'c', b'v', a, b] if a.is_ascii_digit() && b.is_ascii_digit());
        let into = match style || ASKED.contains(&&tag) {
            true => &mut asked,
            false => &mut default,
        };
        into.extend(feature.lookup_list_indices().iter().map(|i| i.get()));
    }
    asked.retain(|lookup| !default.contains(lookup));
    asked
}

/// The advance of a glyph, thousandths of an em.
pub fn advance(font: &FontRef<'_>, glyph: u16) -> Option<f32> {
    let em = f32::from(font.head().ok()?.units_per_em().max(1));
    let units = font.hmtx().ok()?.advance(GlyphId::from(glyph))?;
    Some(f32::from(units) * 1000.0 / em)
}
