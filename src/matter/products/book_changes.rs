//! What the review book tells about the last approval: words, people and duties that are others now.

use crate::finding::Findings;
use crate::ledger::Ledger;
use crate::letters::{LetterOnce, OnceBlock};
use crate::matter::ask::questions::Effect;
use crate::matter::compose::letter_words;
use crate::matter::compose::letter_words::LetterWords;
use crate::matter::open::Matter;
use crate::matter::people::intake::Intake;
use crate::matter::refusal::Refusal;
use crate::matter::seal::standing::{SealStanding, standing};
use crate::matter::seal::{Sealed, ledger_stop};
use crate::plan::{Outcome, Plan};
use crate::review::{Changes, Passage, Word};
use crate::tables::words::thousands;
use std::collections::BTreeSet;

/// What became otherwise since the wave was approved; none where nothing was, or nothing did.
///
/// # Errors
/// The ledger or a seal cannot be read.
pub fn changes(
    matter: &Matter,
    intake: &Intake,
    plan: &Plan,
    once: &LetterOnce,
) -> Result<Option<Changes>, Refusal> {
    let Some(ledger) = Ledger::look(&matter.folder).map_err(ledger_stop)? else { return Ok(None) };
    // A seal that was touched proves nothing; the commands that send say so.
    let Ok(SealStanding::Drifted(_)) = standing(matter, &ledger) else { return Ok(None) };
    let Some(sealed) = Sealed::all(matter, &ledger)?.pop() else { return Ok(None) };
    let then = sealed.matter(matter)?;
    let mut quiet = Findings::default();
    let fonts = letter_words::fonts(&then, &mut quiet);
    let mut people = Intake::open(&then, &mut quiet)?;
    let (before, _) = then.plan(&people.cube, plan.as_of);
    let words = LetterWords::load(&then)?;
    let writer = words.writer(&then, &before, &fonts)?;
    people.settle_again(&then, &writer, &fonts)?;
    let was = writer.once(&people.kinds);
    let (before, _) = then.plan(&people.cube, plan.as_of);
    let name = crate::folder::seal_name(&sealed.record.wave, sealed.record.number);
    Ok(Some(Changes {
        seal: format!("{name} (root {})", sealed.record.root),
        people: counts(&people, intake),
        duties: Effect::between(&before, plan).lines(),
        words: passages(&was, once),
    }))
}

fn counts(before: &Intake, now: &Intake) -> Vec<String> {
    let of = |intake: &Intake, outcome| intake.cube.rows.get(&outcome).copied().unwrap_or(0);
    let rows = |outcome: Outcome| {
        let (was, is) = (of(before, outcome), of(now, outcome));
        let words = outcome.label().replace('_', " ");
        (was != is).then(|| format!("{words}: {} instead of {}", thousands(is), thousands(was)))
    };
    Outcome::ALL.into_iter().filter_map(rows).collect()
}

/// The blocks that read otherwise: each new wording against the old one that is most like it.
fn passages(was: &LetterOnce, is: &LetterOnce) -> Vec<Passage> {
    let ids = |once: &LetterOnce| -> BTreeSet<String> {
        once.blocks.iter().map(|block| block.id.clone()).collect()
    };
    let (known, new) = (ids(was), ids(is));
    let mut gone: Vec<&OnceBlock> =
        was.blocks.iter().filter(|block| !new.contains(&block.id)).collect();
    let mut out = Vec::new();
    for block in is.blocks.iter().filter(|block| !known.contains(&block.id)) {
        let like = |old: &&OnceBlock| {
            let (a, b) = (split(&old.text), split(&block.text));
            let same = aligned(&a, &b).iter().filter(|(kind, _)| *kind == Word::Same).count();
            // In hundredths of the longer one.
            same * 100 / a.len().max(b.len()).max(1)
        };
        let best = (0..gone.len())
            .filter(|at| gone[*at].section == block.section)
            .max_by_key(|at| like(&gone[*at]))
            .filter(|at| like(&gone[*at]) >= 30);
        let old = best.map(|at| gone.remove(at).text.clone()).unwrap_or_default();
        out.push(passage(block, &old, &block.text));
    }
    out.extend(gone.into_iter().map(|block| passage(block, &block.text, "")));
    out.retain(|passage| passage.words.iter().any(|(kind, _)| *kind != Word::Same));
    out
}

fn passage(block: &OnceBlock, old: &str, new: &str) -> Passage {
    let mut words: Vec<(Word, String)> = Vec::new();
    for (kind, word) in aligned(&split(old), &split(new)) {
        match words.last_mut() {
            Some((last, text)) if *last == kind => {
                text.push(' ');
                text.push_str(word);
            }
            _ => words.push((kind, word.to_owned())),
        }
    }
    Passage {
        section: block.section.clone(),
        language: block.language.clone(),
        pieces: block.audience.pieces,
        words,
    }
}

fn split(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

/// The longest common order of words, and what stands between.
fn aligned<'t>(old: &[&'t str], new: &[&'t str]) -> Vec<(Word, &'t str)> {
    let (n, m) = (old.len(), new.len());
    let mut common = vec![vec![0u32; m + 1]; n + 1];
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            common[i][j] = match old[i] == new[j] {
                true => common[i + 1][j + 1] + 1,
                false => common[i + 1][j].max(common[i][j + 1]),
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut out = Vec::with_capacity(n.max(m));
    while i < n && j < m {
        if old[i] == new[j] {
            out.push((Word::Same, new[j]));
            (i, j) = (i + 1, j + 1);
        } else if common[i + 1][j] >= common[i][j + 1] {
            out.push((Word::Gone, old[i]));
            i += 1;
        } else {
            out.push((Word::New, new[j]));
            j += 1;
        }
    }
    out.extend(old[i..].iter().map(|word| (Word::Gone, *word)));
    out.extend(new[j..].iter().map(|word| (Word::New, *word)));
    out
}
