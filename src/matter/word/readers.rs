//! Who gets which paragraph of the letter, and which requirements it meets.

use crate::finding::Findings;
use crate::letters::Answer;
use crate::matter::compose::letter_words;
use crate::matter::compose::letter_words::LetterWords;
use crate::matter::open::Matter;
use crate::matter::people::headcount::Headcount;
use crate::matter::refusal::Refusal;
use crate::roster::Recipient;
use crate::tables::words::grouped;
use crate::word::{Labels, Piece};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A requirement that a paragraph meets.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Meets {
    /// The content's id.
    pub content: String,
    pub cite: String,
}

/// The readers of one paragraph.
#[derive(Clone, Debug, Default)]
pub struct WhoReads {
    /// Letters that have it; 0 where nobody counts.
    pub pieces: u64,
    recipients: BTreeSet<&'static str>,
    pub meets: BTreeSet<Meets>,
}

/// The readers of every block of a wave's letters.
pub struct Readers {
    /// By template and line.
    blocks: HashMap<(String, u32), WhoReads>,
    total: BTreeMap<String, u64>,
    recipients: BTreeSet<&'static str>,
    states: BTreeMap<String, String>,
    /// What the letters lack or should not have.
    pub findings: Findings,
}

impl Readers {
    /// Composes one letter of each version and counts who gets it.
    ///
    /// # Errors
    /// Facts, words or a roster that cannot be used; I/O.
    pub fn count(matter: &Matter) -> Result<Self, Refusal> {
        let words = LetterWords::load(matter)?;
        Self::with(matter, &words, &mut None)
    }

    /// The same with other words; people are counted once and kept in `people`.
    ///
    /// # Errors
    /// As [`Readers::count`].
    pub fn with(
        matter: &Matter,
        words: &LetterWords<'_>,
        people: &mut Option<Headcount>,
    ) -> Result<Self, Refusal> {
        let mut ignored = Findings::default();
        let fonts = letter_words::fonts(matter, &mut ignored);
        let people = match people {
            Some(known) => known,
            None => people.insert(Headcount::of(matter, &mut ignored)?),
        };
        let (plan, _) = matter.plan(&people.cube, *matter.wave().mail_on);
        let writer = words.writer(matter, &plan, &fonts)?;
        let mut readers = Self {
            blocks: HashMap::new(),
            total: BTreeMap::new(),
            recipients: BTreeSet::new(),
            states: matter
                .pack
                .jurisdictions()
                .map(|j| (j.code.to_lowercase(), j.name.clone()))
                .collect(),
            findings: Findings::default(),
        };
        for (person, count) in writer.mailed(&people.kinds) {
            // What cannot be composed is a finding of `check`.
            let Ok((version, document)) = writer.document(&person) else { continue };
            let recipient = recipient(person.recipient);
            readers.recipients.insert(recipient);
            *readers.total.entry(version.facets.language.clone()).or_default() += count;
            let lines: BTreeSet<(String, u32)> = document
                .sections
                .iter()
                .flat_map(|section| &section.blocks)
                .map(|block| (template(&block.origin.file), block.origin.line))
                .collect();
            for line in lines {
                let block = readers.blocks.entry(line).or_default();
                block.pieces += count;
                block.recipients.insert(recipient);
            }
        }
        let coverage = writer.coverage_of(&people.kinds);
        for row in coverage.rows.values().flatten().filter(|row| row.answer == Answer::Met) {
            if let Some(origin) = &row.origin {
                let block =
                    readers.blocks.entry((template(&origin.file), origin.line)).or_default();
                block.meets.insert(Meets { content: row.content.clone(), cite: row.cite.clone() });
            }
        }
        readers.findings = coverage.findings;
        Ok(readers)
    }

    /// How many letters are in a language; none if nobody reads it.
    pub fn reads_language(&self, language: &str) -> Option<u64> {
        self.total.get(language).copied()
    }

    /// The readers of a piece.
    pub fn of(&self, piece: &Piece) -> WhoReads {
        self.blocks.get(&(piece.file.clone(), piece.at.line)).cloned().unwrap_or_default()
    }

    fn total_of(&self, piece: &Piece) -> u64 {
        let language = piece.file.split('/').next().unwrap_or_default();
        self.total.get(language).copied().unwrap_or(0)
    }

    fn state(&self, piece: &Piece) -> Option<&String> {
        self.states.get(piece.file.split_once("/states/")?.1)
    }
}

impl WhoReads {
    /// Whether readers of one kind are the only ones.
    pub fn is_only(&self, recipient: &str) -> bool {
        self.recipients.iter().all(|known| *known == recipient) && !self.recipients.is_empty()
    }

    /// Who reads it, as a gray line says it.
    pub fn text(&self, piece: &Piece, readers: Option<&Readers>) -> String {
        let labels = Labels::shipped();
        let words = &labels.note;
        let mut only: Vec<String> =
            readers.and_then(|r| r.state(piece)).cloned().into_iter().collect();
        only.extend(piece.when.iter().map(|when| when.replace(['\u{2039}', '\u{203a}'], "")));
        let Some(readers) = readers else {
            return if only.is_empty() { words.everyone.clone() } else { only.join("; ") };
        };
        let total = readers.total_of(piece);
        if total > 0 && self.pieces == 0 {
            return words.nobody.clone();
        }
        if piece.when.is_empty() && self.recipients.len() < readers.recipients.len() {
            only.extend(self.recipients.iter().map(|id| labels.condition(id)));
        }
        let counted = format!("{} {} {}", grouped(self.pieces, ","), words.of, grouped(total, ","));
        match (only.is_empty(), self.pieces >= total) {
            (true, true) => words.everyone.clone(),
            (true, false) => format!("{counted} {}", words.letters),
            (false, _) if total == 0 => only.join("; "),
            (false, _) => format!("{}: {counted} {}", only.join("; "), words.letters),
        }
    }

    /// Which requirements it meets, as a gray line says it; empty for none.
    pub fn law_text(&self) -> String {
        if self.meets.is_empty() {
            return String::new();
        }
        let mut by: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for meets in &self.meets {
            by.entry(&meets.content).or_default().push(&meets.cite);
        }
        let each = by.iter().map(|(content, cites)| {
            let more = cites.len().saturating_sub(3);
            let some = cites.iter().take(3).copied().collect::<Vec<_>>().join("; ");
            let rest = if more > 0 { format!("; +{more}") } else { String::new() };
            format!("{} ({some}{rest})", content.replace('_', " "))
        });
        format!("{} {}", Labels::shipped().note.meets, each.collect::<Vec<_>>().join(", "))
    }
}

fn recipient(recipient: Recipient) -> &'static str {
    match recipient {
        Recipient::Adult => "adult",
        Recipient::ParentOrGuardian => "child",
        Recipient::Estate => "estate",
    }
}

/// `shipped:templates/letter/en/title.md` as `en/title`.
fn template(label: &str) -> String {
    let path = label.trim_start_matches("shipped:").trim_start_matches("templates/");
    path.split_once('/').map_or(path, |(_, name)| name).trim_end_matches(".md").to_owned()
}
