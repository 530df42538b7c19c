//! The words that differ between two canonical texts, for the person who must approve anew.
//! A person's own words are hidden: what changed is told on terminals and in logs.

use crate::roster::Person;
use std::collections::HashSet;

/// Stands for a word of the person's own.
const HIDDEN: &str = "▒▒▒";

/// The words that are a person's own: name, address, code.
#[derive(Clone, Default)]
pub struct OwnWords(HashSet<String>);

impl OwnWords {
    pub fn add(&mut self, person: &Person) {
        let address = &person.address;
        let own = [
            &person.first_name,
            &person.middle_name,
            &person.last_name,
            &person.suffix,
            &person.representative_name,
            &person.activation_code,
            &person.email,
            &address.city,
            &address.zip,
            &address.country,
        ];
        for text in own.into_iter().chain(&address.lines) {
            self.0.extend(parts(text).map(str::to_lowercase));
        }
    }

    pub fn extend(&mut self, other: &Self) {
        self.0.extend(other.0.iter().cloned());
    }

    fn hide<'w>(&self, word: &'w str) -> &'w str {
        let own = parts(word).any(|part| self.0.contains(&part.to_lowercase()));
        if own { HIDDEN } else { word }
    }
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty())
}

/// A passage that differs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Word {
    /// What was approved; empty where words were added.
    pub was: String,
    /// What stands there now; empty where words were taken out.
    pub is: String,
}

/// Longest passages shown, in words.
const LONGEST: usize = 40;

/// Words compared before giving up on the finest answer.
const MOST: usize = 4_000;

/// The passages that differ between two letters' texts, places on the page left aside; what is
/// the person's own is hidden.
pub fn changed_words(was: &str, is: &str, own: &OwnWords) -> Vec<Word> {
    let (was, is) = (words(was), words(is));
    let head = was.iter().zip(&is).take_while(|(a, b)| a == b).count();
    let tail =
        was[head..].iter().rev().zip(is[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (was, is) = (&was[head..was.len() - tail], &is[head..is.len() - tail]);
    if was.is_empty() && is.is_empty() {
        return Vec::new();
    }
    if was.len() > MOST || is.len() > MOST {
        return vec![Word { was: shown(was, own), is: shown(is, own) }];
    }
    passages(was, is, own)
}

/// Runs of words that are not in the longest common subsequence.
fn passages(was: &[&str], is: &[&str], own: &OwnWords) -> Vec<Word> {
    let width = is.len() + 1;
    let mut longest = vec![0u16; (was.len() + 1) * width];
    for i in (0..was.len()).rev() {
        for j in (0..is.len()).rev() {
            longest[i * width + j] = if was[i] == is[j] {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let mut found = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < was.len() || j < is.len() {
        let (from_i, from_j) = (i, j);
        while (i < was.len() || j < is.len()) && !(i < was.len() && j < is.len() && was[i] == is[j])
        {
            let down = if i < was.len() { longest[(i + 1) * width + j] } else { 0 };
            let right = if j < is.len() { longest[i * width + j + 1] } else { 0 };
            if j >= is.len() || (i < was.len() && down >= right) {
                i += 1;
            } else {
                j += 1;
            }
        }
        if i > from_i || j > from_j {
            let (was, is) = (&was[from_i..i], &is[from_j..j]);
            found.push(Word { was: shown(was, own), is: shown(is, own) });
        }
        while i < was.len() && j < is.len() && was[i] == is[j] {
            i += 1;
            j += 1;
        }
    }
    found
}

/// The words of a canonical text without places, heads and page numbers of lines.
fn words(text: &str) -> Vec<&str> {
    text.lines()
        .skip(4)
        .filter_map(|line| {
            let mut parts = line.splitn(5, ' ');
            let x = parts.next()?;
            x.parse::<i64>().ok()?;
            // After it y, face and size.
            parts.nth(3)
        })
        .flat_map(str::split_whitespace)
        .collect()
}

fn shown(words: &[&str], own: &OwnWords) -> String {
    let mut words: Vec<&str> = words.iter().map(|word| own.hide(word)).collect();
    words.dedup_by(|a, b| a == b && *a == HIDDEN);
    match words.len() {
        0..=LONGEST => words.join(" "),
        n => format!("{} ... ({} more words)", words[..LONGEST].join(" "), n - LONGEST),
    }
}
