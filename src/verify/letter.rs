//! One letter as printed, held against its person.

use super::drawn::MARK_GRAY;
use super::expected::{Addressee, label, recipient_key, runs_left, same, spaced};
use super::fault::Fault;
use super::listing::is_listed;
use super::manifest::ManifestRow;
use super::piece::Piece;
use super::sheet::{Run, Sheet, SheetLine, lines};
use super::task::{LetterLanguage, Stamp, Task};
use super::weight::weight;
use super::wording::even;
use super::{expected, window};
use crate::incident::{StateParagraphs, WaveKind};
use crate::roster::Person;

/// A letter with all that must agree.
pub struct Letter<'a> {
    pub row: &'a ManifestRow,
    pub person: &'a Person,
    /// The code the person was dealt, or their own of the roster.
    pub code: &'a str,
    pub sheets: &'a [Sheet],
}

/// What the letters of one kind must have in common; see [`super::kin`].
pub struct Remains {
    /// All characters printed but those of window and reference.
    pub weight: u128,
    /// What is the person's own: how often it is printed outside the window, and what it weighs.
    pub own: Vec<(u32, u128)>,
}

/// Faults with the 0-based page of the letter that they are on.
type Found = Vec<(Option<usize>, Fault)>;

impl Letter<'_> {
    /// Checks everything that one letter shows by itself.
    pub fn check(&self, task: &Task<'_>, found: &mut Found) -> Option<Remains> {
        let Some((code, language)) = self.language(task) else {
            let message = "the version's language is none that letters are written in";
            found.push((None, Fault::new(code!("verify.version"), message)));
            return None;
        };
        self.version(task, code, found);
        for (i, sheet) in self.sheets.iter().enumerate() {
            let within = sheet.fragments.iter().flat_map(|f| &f.oddities);
            for odd in sheet.oddities.iter().chain(within) {
                found.push((
                    Some(i),
                    Fault::new(code!("verify.content"), format!("the page holds {odd}")),
                ));
            }
        }
        self.grays(task, found);
        self.type_size(task, found);
        let (shown, mut pages) = self.parted();
        self.window(&shown, language, found);
        self.stamped(&pages, task, found);
        let pages_of = self.sheets.len() as u32;
        for (i, page) in pages.iter_mut().enumerate() {
            let foot = language.words.page(i as u32 + 1, pages_of);
            let many = page.iter().filter(|line| line.text == foot).count();
            if many != 1 {
                let message = format!("the page does not say `{foot}` once at its foot");
                found.push((Some(i), Fault::new(code!("verify.page_number"), message)));
            }
            page.retain(|line| line.text != foot && !task.is_stamp(&line.text));
        }
        self.reference(&pages, language, found);
        // The reference at a sheet's foot stands between the lines of one page and those of the next.
        let foot = |line: &&SheetLine| Piece::read(line.text.trim()).is_some();
        let body: Vec<&SheetLine> = pages.iter().flatten().filter(|line| !foot(line)).collect();
        let text = joined(body.iter().map(|line| line.text.as_str()));
        self.elements(&body, code, language, task, found);
        let own = self.own(language);
        let counts: Vec<u32> = own.iter().map(|word| occurrences(&text, word)).collect();
        self.help_line(&text, task, found);
        let name = counts.first().copied().unwrap_or(0);
        if language.words.names_person && name == 0 && !runs_left(&own[0]) {
            let message = "the letter does not name its person outside the window";
            found.push((None, Fault::new(code!("verify.name"), message)));
        }
        if expected::has_code(self.person, task.incident) {
            let printed = !self.code.is_empty() && occurrences(&text, &spaced(self.code)) > 0;
            if !printed {
                let message = "the letter does not print the code that is this person's";
                found.push((None, Fault::new(code!("verify.code"), message)));
            }
        }
        if own.iter().any(|word| runs_left(word)) || shown.iter().any(|line| runs_left(&line.text))
        {
            return None;
        }
        let fragments = self.sheets.iter().flat_map(|sheet| &sheet.fragments);
        let all = fragments.fold(0u128, |sum, f| sum.wrapping_add(f.weight));
        let runs = self.sheets.iter().flat_map(|s| &s.fragments).flat_map(|f| &f.runs);
        let references = runs.filter(|run| run.is_foot_reference()).count() as u128;
        let window: u128 = shown.iter().fold(0, |sum, l| sum.wrapping_add(weight(&l.text)));
        Some(Remains {
            weight: all
                .wrapping_sub(window)
                .wrapping_sub(weight(&self.row.piece).wrapping_mul(references + 1)),
            own: counts.into_iter().zip(own.iter().map(|word| weight(word))).collect(),
        })
    }

    /// Text is black but for the mark of a draft, which is the one gray.
    fn grays(&self, task: &Task<'_>, found: &mut Found) {
        for (i, sheet) in self.sheets.iter().enumerate() {
            let runs = sheet.fragments.iter().flat_map(|f| &f.runs);
            let pale = |run: &Run| {
                let mark = (run.gray - MARK_GRAY).abs() < 0.002 && task.is_stamp(&run.text);
                run.gray != 0.0 && !mark
            };
            if runs.into_iter().any(pale) {
                let message = "the page holds text in a color that letters do not use";
                found.push((Some(i), Fault::new(code!("verify.content"), message)));
            }
        }
    }

    /// No type is smaller than law asks, but for name and address in the window.
    fn type_size(&self, task: &Task<'_>, found: &mut Found) {
        let (may, least) = (window::may_show(), f64::from(task.least_points));
        for (i, sheet) in self.sheets.iter().enumerate() {
            let runs = sheet.fragments.iter().flat_map(|f| &f.runs);
            let read = runs.filter(|run| !run.text.trim().is_empty());
            let bound = read.filter(|run| i > 0 || !run.ink().meets(may));
            let smallest = bound.map(|run| run.size).fold(f64::INFINITY, f64::min);
            // Sizes are written in hundredths of a point.
            if smallest + 0.01 < least {
                let message = format!(
                    "the page has type of {smallest:.2} points; law asks for at least {least}"
                );
                found.push((Some(i), Fault::new(code!("verify.type_size"), message)));
            }
        }
    }

    /// The language of the version.
    fn language<'t>(&self, task: &'t Task<'_>) -> Option<(&'t str, &'t LetterLanguage)> {
        let code = self.row.version.split('.').next()?;
        task.languages.get_key_value(code).map(|(code, language)| (code.as_str(), language))
    }

    /// What the version's key says against what the person is.
    fn version(&self, task: &Task<'_>, code: &str, found: &mut Found) {
        let person = self.person;
        let spoken = person.language.split('-').next().unwrap_or("");
        let language = if task.languages.contains_key(spoken) { spoken } else { task.own_language };
        let offer = expected::protection(person, task.incident).map_or(0, |i| i + 1);
        let mut wanted = vec![language.to_owned(), recipient_key(person.recipient).to_owned()];
        if person.supplemental {
            wanted.push("supplemental".to_owned());
        }
        if task.wave.kind == WaveKind::Correction {
            wanted.push("correction".to_owned());
        }
        let one_state = task.incident.letter.state_paragraphs == StateParagraphs::Recipient;
        if one_state && !person.jurisdiction.is_empty() {
            wanted.push(person.jurisdiction.to_lowercase());
        }
        wanted.push(format!("p{offer}"));
        wanted.extend(person.entity.map(|at| task.incident[at].id.clone()));
        if task.incident.strands.len() > 1 {
            wanted.push(task.incident[person.strand].id.clone());
        }
        // What a statute bars is the law's to say, and the line of help is looked for in the text.
        let other = |part: &&str| {
            !part.starts_with("no-") && *part != "not-patient" && !part.starts_with("line-")
        };
        let bare = |key: &str| key.split('.').filter(other).collect::<Vec<_>>().join(".");
        let right = code == language && bare(&self.row.version) == bare(&wanted.join("."));
        if !right {
            let message = format!("version `{}` is not this person's", self.row.version);
            found.push((None, Fault::new(code!("verify.version"), message)));
        }
    }

    /// The line in the reader's own language: printed if and only if the version has it.
    fn help_line(&self, text: &str, task: &Task<'_>, found: &mut Found) {
        let spoken = self.person.language.split('-').next().unwrap_or("");
        let own = self.row.version.split('.').find_map(|part| part.strip_prefix("line-"));
        let Some(line) = task.lines.get(own.unwrap_or(spoken)).filter(|line| !runs_left(line))
        else {
            return;
        };
        let printed = even(text).contains(&even(line));
        if printed != own.is_some() || own.is_some_and(|own| own != spoken) {
            let message =
                "the line that offers help in the reader's language is not as the version has it";
            found.push((None, Fault::new(code!("verify.version"), message)));
        }
    }

    /// The lines that may show in the window, and those of each page besides.
    fn parted(&self) -> (Vec<SheetLine>, Vec<Vec<SheetLine>>) {
        let may = window::may_show();
        let mut shown = Vec::new();
        let pages = self.sheets.iter().enumerate().map(|(i, sheet)| {
            let runs = || sheet.fragments.iter().flat_map(|f| &f.runs);
            let shows = |run: &&Run| i == 0 && run.ink().meets(may) && !run.text.trim().is_empty();
            if i == 0 {
                shown = lines(runs().filter(shows));
            }
            lines(runs().filter(|run| !shows(run)))
        });
        let pages = pages.collect();
        (shown, pages)
    }

    fn window(&self, shown: &[SheetLine], language: &LetterLanguage, found: &mut Found) {
        let mut fault = |code, message: &str| found.push((Some(0), Fault::new(code, message)));
        let Some(first) = self.sheets.first() else { return };
        let (may, rest) = (window::may_show(), window::shows_at_rest());
        if first.fragments.iter().flat_map(|f| &f.painted).any(|painted| painted.area.meets(may)) {
            fault(
                code!("verify.window"),
                "something is painted where the envelope's window may show it",
            );
        }
        let runs = first.fragments.iter().flat_map(|f| &f.runs);
        let hidden = |run: &&Run| run.ink().meets(may) && !run.text.trim().is_empty();
        if runs.filter(hidden).any(|run| !run.ink().within(rest)) {
            fault(
                code!("verify.window"),
                "part of what stands in the window would not show, or shows only if the letter slides",
            );
        }
        let printed: Vec<&str> = shown.iter().map(|line| line.text.as_str()).collect();
        if !printed.iter().map(|l| even(l)).eq(self.row.lines.iter().map(|l| even(l)))
            && !same(
                &joined(printed.iter().copied()),
                &joined(self.row.lines.iter().map(String::as_str)),
            )
        {
            fault(
                code!("verify.manifest"),
                "the lines in the window are not those of the manifest's row",
            );
        }
        let printed = joined(printed.into_iter());
        let wanted = Addressee::of(self.person, &language.words);
        if same(&printed, &wanted.whole()) {
            return;
        }
        let named = printed.starts_with(&wanted.name);
        let placed = printed.ends_with(&wanted.address);
        match (named, placed) {
            (true, true) => {
                fault(code!("verify.window"), "more than name and address stands in the window")
            }
            (true, false) => {
                fault(code!("verify.address"), "the address in the window is not this person's")
            }
            (false, true) => {
                fault(code!("verify.name"), "the name in the window is not this person's")
            }
            (false, false) => {
                fault(
                    code!("verify.name"),
                    "neither name nor address in the window is this person's",
                );
            }
        }
    }

    fn stamped(&self, pages: &[Vec<SheetLine>], task: &Task<'_>, found: &mut Found) {
        for (i, page) in pages.iter().enumerate() {
            let stamps = page.iter().filter(|line| task.is_stamp(&line.text)).count();
            let wrong = match task.stamp {
                Stamp::Absent(word) if stamps > 0 => format!("the page is marked `{word}`"),
                Stamp::Present(word) if stamps == 0 => format!("the page is not marked `{word}`"),
                _ => continue,
            };
            found.push((Some(i), Fault::new(code!("verify.stamp"), wrong)));
        }
    }

    fn reference(&self, pages: &[Vec<SheetLine>], language: &LetterLanguage, found: &mut Found) {
        let wanted = language.words.reference(&self.row.piece);
        let first = pages.first().map_or(0, |p| p.iter().filter(|l| l.text == wanted).count());
        if first != 1 {
            let message = "the first page does not carry the letter's own reference once";
            found.push((Some(0), Fault::new(code!("verify.reference"), message)));
        }
        let own = Piece::read(&self.row.piece);
        for (i, page) in pages.iter().enumerate() {
            if page.iter().flat_map(|l| Piece::all_in(&l.text)).any(|p| Some(p) != own) {
                let message = "the page carries the reference of another letter";
                found.push((Some(i), Fault::new(code!("verify.reference"), message)));
            }
        }
    }

    /// The list of data under its heading.
    fn elements(
        &self,
        body: &[&SheetLine],
        code: &str,
        language: &LetterLanguage,
        task: &Task<'_>,
        found: &mut Found,
    ) {
        let mut wanted: Vec<String> = Vec::new();
        for at in self.person.elements.iter().filter(|at| *at < task.incident.elements.len()) {
            let own = code == task.own_language;
            let label = label(task.incident, at, &language.words, own, task.general[at]);
            if !wanted.contains(&label) {
                wanted.push(label);
            }
        }
        let heads = &language.words.list_headings;
        let head = body.iter().position(|l| heads.iter().any(|h| *h == even(&l.text)));
        let section = match head {
            Some(at) => {
                let after = &body[at + 1..];
                let like = |l: &&&SheetLine| {
                    l.font == body[at].font && (l.size - body[at].size).abs() < 0.1
                };
                let end = after.iter().position(|l| like(&l)).unwrap_or(after.len());
                &after[..end]
            }
            // No heading of the templates is there: the list stands somewhere in the letter.
            None => body,
        };
        let text = even(&joined(section.iter().map(|l| l.text.as_str())));
        let template = match head {
            Some(_) => language.words.list_text.clone(),
            None => text.clone(),
        };
        if !is_listed(&language.labels, &text, &template, &wanted) {
            let message = "the kinds of information in the letter are not those of this person";
            found.push((None, Fault::new(code!("verify.elements"), message)));
        }
    }

    /// What is printed of the person's own besides name and address in the window.
    fn own(&self, language: &LetterLanguage) -> Vec<String> {
        let person = self.person;
        let mut own =
            vec![person.full_name(), person.representative_name.clone(), self.code.to_owned()];
        if language.names_parts {
            own.extend([person.first_name.clone(), person.last_name.clone()]);
        }
        own.iter().map(|text| spaced(text)).collect()
    }
}

/// Lines as running text.
pub fn joined<'l>(lines: impl Iterator<Item = &'l str>) -> String {
    spaced(&lines.collect::<Vec<_>>().join(" "))
}

/// How often a text stands in another as words of its own.
pub fn occurrences(text: &str, wanted: &str) -> u32 {
    if wanted.is_empty() {
        return 0;
    }
    let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let places = text.match_indices(wanted).filter(|(at, _)| {
        apart(text[..*at].chars().next_back()) && apart(text[at + wanted.len()..].chars().next())
    });
    places.count() as u32
}
