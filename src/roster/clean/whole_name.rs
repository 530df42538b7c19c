//! Whole names in one cell: `Oak, Ann B.` of billing systems, `OAK^ANN^B^JR` of HL7.

use crate::roster::words::WORDS;

/// A whole name, understood.
pub enum Whole {
    /// First name first, or nothing to divide: kept as it stands.
    AsWritten,
    /// Written last name first.
    Parts(Parts),
    /// Commas or carets that do not say which part is the first name.
    Unclear,
}

#[derive(Default)]
pub struct Parts {
    pub first: String,
    pub middle: String,
    pub last: String,
    pub suffix: String,
}

impl Parts {
    /// First name first, as an address shows it.
    pub fn together(&self) -> String {
        let parts = [&self.first, &self.middle, &self.last, &self.suffix];
        let parts = parts.iter().map(|part| part.as_str()).filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(" ")
    }
}

/// Reads a cleaned whole name.
pub fn read(text: &str) -> Whole {
    if text.contains('^') {
        return hl7(text);
    }
    let parts: Vec<&str> = text.split(',').map(str::trim).filter(|p| !p.is_empty()).collect();
    if !text.contains(',') {
        return Whole::AsWritten;
    }
    let mut names = Vec::new();
    let (mut suffixes, mut middle) = (Vec::new(), "");
    for (index, part) in parts.iter().enumerate() {
        // `Oak, Ann, M.`: an initial, where it is no number of a generation.
        if index > 1 && middle.is_empty() && is_initial(part) {
            middle = part;
            continue;
        }
        match index > 0 && is_suffix(part, parts[0], index > 1) {
            true => suffixes.push(*part),
            false => names.push(*part),
        }
    }
    let [last, first] = names[..] else {
        return if names.len() < 2 { Whole::AsWritten } else { Whole::Unclear };
    };
    let (mut first, mut last) = (words(first), words(last));
    let mut suffix: Vec<&str> = Vec::new();
    for name in [&mut last, &mut first] {
        if name.len() > 1 && name.last().is_some_and(|word| is_generation(word)) {
            suffix.extend(name.pop());
        }
    }
    // `John Oak, Mary Oak` are two people, or one and a remark.
    let again = last.len() > 1 && first.len() > 1 && same(last.last(), first.last());
    if again || first.is_empty() || last.is_empty() {
        return Whole::Unclear;
    }
    suffix.extend(suffixes);
    Whole::Parts(Parts {
        first: first.join(" "),
        middle: middle.to_owned(),
        last: last.join(" "),
        suffix: suffix.join(", "),
    })
}

/// HL7 v2 XPN: family, given, further given names, suffix, prefix, degree.
fn hl7(text: &str) -> Whole {
    let first_of =
        |text: &str, at: char| text.split(at).next().unwrap_or_default().trim().to_owned();
    let one = first_of(text, '~');
    let fields: Vec<String> = one.split('^').map(|field| first_of(field, '&')).collect();
    let field = |at: usize| fields.get(at).cloned().unwrap_or_default();
    let parts = Parts { last: field(0), first: field(1), middle: field(2), suffix: field(3) };
    let wordy = |t: &str| t.chars().any(char::is_alphabetic) && !t.contains([',', '|', '\\']);
    let readable = wordy(&parts.last) && wordy(&parts.first) && fields.len() <= 8;
    let others = [&parts.middle, &parts.suffix].into_iter().all(|t| t.is_empty() || wordy(t));
    if readable && others { Whole::Parts(parts) } else { Whole::Unclear }
}

fn words(text: &str) -> Vec<&str> {
    text.split(' ').filter(|word| !word.is_empty()).collect()
}

fn is_initial(text: &str) -> bool {
    let letter = text.strip_suffix('.').unwrap_or(text);
    let mut letters = letters_of(letter);
    letters.next().is_some_and(|c| !matches!(c, 'I' | 'V' | 'X')) && letters.next().is_none()
}

/// The letters of a word that has nothing else.
fn letters_of(word: &str) -> impl Iterator<Item = char> {
    let plain = word.chars().all(char::is_alphabetic);
    word.chars().filter(move |_| plain)
}

fn is_generation(text: &str) -> bool {
    WORDS.generations.is(text)
}

/// Whether a part behind a comma is a generation, degree, office or company rather than a first
/// name. `before` is what stands before the first comma; `late` that a first name stands between.
fn is_suffix(part: &str, before: &str, late: bool) -> bool {
    let all = |known: &dyn Fn(&str) -> bool| part.split([' ', '/']).all(known);
    if is_generation(part) || all(&is_generation) {
        return true;
    }
    // `Oak, Ma` may be a first name; `John Oak, MA` is none.
    let several = late || words(before).len() > 1;
    let shouted =
        |t: &str| !t.chars().any(char::is_lowercase) && t.chars().any(char::is_alphabetic);
    let dotted = part.matches('.').count() > 1 && !part.contains(' ');
    let unlike = shouted(part) && !shouted(before) && part.len() <= 6 && !part.contains(' ');
    let known = WORDS.titles.is(part) || all(&|word| WORDS.titles.is(word) || is_generation(word));
    (known && (several || part.len() > 2)) || several && (dotted || unlike)
}

fn same(a: Option<&&str>, b: Option<&&str>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.to_lowercase() == b.to_lowercase(),
        _ => false,
    }
}
