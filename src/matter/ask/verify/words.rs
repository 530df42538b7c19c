//! What counsel reads in the templates too: small words, headings, the names of data.

use crate::document::TemplateSet;
use crate::folder::IncidentFolder;
use crate::letters;
use crate::matter::compose::exhibits::stop;
use crate::matter::open::Matter;
use crate::matter::refusal::Refusal;
use crate::verify::{Labels, LetterLanguage, Wording};
use crate::written::{self, TextFile};
use std::collections::BTreeMap;

/// The language of incident.toml.
pub const OWN: &str = "en";

/// Every language's small words, with what its templates tell of the list of data.
pub fn languages(matter: &Matter) -> Result<BTreeMap<String, LetterLanguage>, Refusal> {
    let set = templates(matter)?;
    let wrong = |file: &str, error: String| {
        Refusal::one(
            code!("verify.words"),
            format!("`{file}`: {error}"),
            "compare it with the shipped file",
        )
    };
    let mut languages = BTreeMap::new();
    for file in set.files() {
        let Some(code) = file.strip_suffix("/words.toml") else { continue };
        let Some((_, text)) = set.file(file) else { continue };
        let mut words = Wording::read(text).map_err(|error| wrong(file, error))?;
        if code != OWN {
            let file = format!("{code}/incident.toml");
            // Without the incident's own words nobody is written to in this language.
            let Some((_, text)) = set.file(&file) else { continue };
            words.translate(text).map_err(|error| wrong(&file, error))?;
        }
        let mut names_parts = false;
        for name in set.names().filter(|n| n.strip_prefix(code).is_some_and(|n| n.starts_with('/')))
        {
            let Some((_, template)) = set.source(name) else { continue };
            words.learn(template);
            names_parts |=
                ["person.first_name", "person.last_name"].iter().any(|n| template.contains(n));
        }
        let named = matter.incident.elements.iter().map(|e| match words.elements.get(&e.id) {
            Some(other) if code != OWN => other.clone(),
            _ => e.letter.clone(),
        });
        let named = named.chain([words.sensitive.clone()]);
        let labels = Labels::new(named, &[&words.and, &words.and_other]);
        languages.insert(code.to_owned(), LetterLanguage { words, labels, names_parts });
    }
    Ok(languages)
}

/// Lines that offer help in other languages, as far as they are the same for every sender.
pub fn help_lines(matter: &Matter) -> Result<BTreeMap<String, String>, Refusal> {
    #[derive(serde::Deserialize)]
    struct HelpLine {
        line: String,
    }
    let set = templates(matter)?;
    let (label, text) = set.file("languages.toml").unwrap_or_default();
    let remedy = "compare languages.toml with the shipped one";
    let lines: BTreeMap<String, HelpLine> =
        written::value(&TextFile::new(label, text), code!("verify.words"), remedy).map_err(stop)?;
    let start = |line: &str| line.split('{').next().unwrap_or_default().trim().to_owned();
    let lines = lines.into_iter().map(|(code, line)| (code, start(&line.line)));
    Ok(lines.filter(|(_, line)| line.chars().count() > 4).collect())
}

fn templates(matter: &Matter) -> Result<TemplateSet, Refusal> {
    let own = IncidentFolder(&matter.folder).own_templates("letter");
    TemplateSet::load(letters::shipped(), own.as_deref()).map_err(Refusal::Configuration)
}

/// Which data elements letters print in general words only.
pub fn general(matter: &Matter) -> Vec<bool> {
    let named = |d: &crate::incident::Decision| {
        d.question == "letter.sensitive_elements" && d.choice == "name"
    };
    let named = matter.incident.decisions.iter().any(named);
    let rules = matter.letter_rules();
    matter.incident.elements.iter().map(|e| !named && rules.is_sensitive(&e.id)).collect()
}
