//! Letters composed again from a spool that was checked before.

use crate::finding::Findings;
use crate::letters::{Counts, Writer};
use crate::matter::compose::images::Images;
use crate::matter::compose::letter_words;
use crate::matter::compose::letter_words::LetterWords;
use crate::matter::open::Matter;
use crate::matter::people::intake::Intake;
use crate::matter::refusal::Refusal;
use crate::typeset::FontSet;
use std::sync::Arc;

/// What pieces are composed with.
pub struct Composing<'c> {
    pub intake: &'c Intake,
    pub writer: &'c Writer<'c>,
    pub fonts: &'c Arc<FontSet>,
    pub images: &'c Images,
    /// Residents that letters state as numbers.
    pub counts: &'c Counts,
}

/// Makes ready what pieces are composed with, everybody held who was held when the roster was
/// checked, and works with it. `counts`: as a seal has them; else as the plan counts today.
///
/// # Errors
/// Spool or words that cannot be read; whatever `work` gives.
pub fn composing<T>(
    matter: &Matter,
    counts: Option<Counts>,
    findings: &mut Findings,
    work: impl FnOnce(&Composing<'_>) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let fonts = letter_words::fonts(matter, findings);
    let images = Images::load(matter, findings);
    let mut intake = Intake::open(matter, findings)?;
    let counts = counts.unwrap_or_else(|| {
        let (plan, _) = matter.plan(&intake.cube, *matter.wave().mail_on);
        plan.residents()
    });
    let words = LetterWords::load(matter)?;
    let writer = words.writer_counting(&matter.incident, matter, counts.clone(), &fonts)?;
    intake.settle_again(matter, &writer, &fonts)?;
    let (intake, writer) = (&intake, &writer);
    work(&Composing { intake, writer, fonts: &fonts, images: &images, counts: &counts })
}
