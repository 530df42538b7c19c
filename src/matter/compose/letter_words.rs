//! The letters' words made ready: templates, the incident's own in their place, the law.

use crate::document::TemplateSet;
use crate::finding::{Finding, Findings, Place, Severity};
use crate::folder::IncidentFolder;
use crate::incident::Incident;
use crate::letters::{self, Counts, Rules, Writer};
use crate::matter::open::Matter;
use crate::matter::refusal::Refusal;
use crate::plan::Plan;
use crate::typeset::FontSet;
use std::path::Path;
use std::sync::Arc;

/// What a writer borrows.
pub struct LetterWords<'a> {
    set: Arc<TemplateSet>,
    rules: Rules<'a>,
}

impl<'a> LetterWords<'a> {
    /// # Errors
    /// Everything wrong with any template.
    pub fn load(matter: &'a Matter) -> Result<Self, Refusal> {
        let own = IncidentFolder(&matter.folder).own_templates("letter");
        Self::load_with(matter, own.as_deref())
    }

    /// The same with templates of another folder in place of the incident's own.
    ///
    /// # Errors
    /// As [`LetterWords::load`].
    pub fn load_with(matter: &'a Matter, own: Option<&Path>) -> Result<Self, Refusal> {
        let set = TemplateSet::load(letters::shipped(), own);
        let set = Arc::new(set.map_err(Refusal::Configuration)?);
        Ok(Self { set, rules: matter.letter_rules() })
    }

    /// The same templates under the facts of another matter of the folder.
    pub fn of<'m>(&self, matter: &'m Matter) -> LetterWords<'m> {
        LetterWords { set: self.set.clone(), rules: matter.letter_rules() }
    }

    /// The writer of the wave's letters. Letters that must state a number of residents take it
    /// from the plan, so that they agree with the filings.
    ///
    /// # Errors
    /// Everything wrong with any version's words.
    pub fn writer<'w>(
        &'w self,
        matter: &'w Matter,
        plan: &Plan,
        fonts: &FontSet,
    ) -> Result<Writer<'w>, Refusal> {
        self.writer_for(&matter.incident, matter, plan, fonts)
    }

    /// The same where the words were tried before: no sample of each letter is composed first.
    ///
    /// # Errors
    /// A template that cannot be read.
    pub fn again<'w>(
        &'w self,
        matter: &'w Matter,
        plan: &Plan,
        fonts: &FontSet,
    ) -> Result<Writer<'w>, Refusal> {
        let (incident, wave) = (&matter.incident, matter.wave());
        let writer = Writer::untried(incident, &self.rules, &self.set, wave, plan.residents());
        let shown = fonts.coverage();
        let writer = writer.map_err(Refusal::Configuration)?.naming(matter.keys.opaque());
        Ok(writer.for_fonts(|c| shown.has(c)))
    }

    /// The same for an incident that differs in a choice.
    ///
    /// # Errors
    /// As [`LetterWords::writer`].
    pub fn writer_for<'w>(
        &'w self,
        incident: &'w Incident,
        matter: &'w Matter,
        plan: &Plan,
        fonts: &FontSet,
    ) -> Result<Writer<'w>, Refusal> {
        self.writer_counting(incident, matter, plan.residents(), fonts)
    }

    /// The same with numbers of residents that are known already.
    ///
    /// # Errors
    /// As [`LetterWords::writer`].
    pub fn writer_counting<'w>(
        &'w self,
        incident: &'w Incident,
        matter: &'w Matter,
        counts: Counts,
        fonts: &FontSet,
    ) -> Result<Writer<'w>, Refusal> {
        let writer = Writer::new(incident, &self.rules, &self.set, matter.wave(), counts);
        let shown = fonts.coverage();
        let writer = writer.map_err(Refusal::Configuration)?.naming(matter.keys.opaque());
        Ok(writer.for_fonts(|c| shown.has(c)))
    }
}

/// The fonts of letters and filings: the shipped ones, then those of `[fonts] fallback` in their
/// order. A file that cannot serve is a finding; whoever needs it is held.
pub fn fonts(matter: &Matter, findings: &mut Findings) -> Arc<FontSet> {
    let mut fonts = FontSet::shipped();
    for file in &matter.incident.fonts.fallback {
        let added = match std::fs::read(matter.folder.join(file)) {
            Ok(data) => fonts.add_fallback(data, 0).map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        if let Err(error) = added {
            let message = format!("the font `{file}` cannot be used: {error}");
            findings.push(
                Finding::new(code!("font.unusable"), Severity::Warning, message)
                    .at(Place::file("incident.toml"))
                    .remedy(
                        "put a TTF or OTF file there, or name its path from the incident folder",
                    ),
            );
        }
    }
    Arc::new(fonts)
}
