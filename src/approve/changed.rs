//! The words that differ between two canonical texts, for the person who must approve anew.

/// A passage that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
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

/// The passages that differ between two letters' texts, places on the page left aside.
pub fn changed_words(was: &str, is: &str) -> Vec<Word> {
    let (was, is) = (words(was), words(is));
    let head = was.iter().zip(&is).take_while(|(a, b)| a == b).count();
    let tail =
        was[head..].iter().rev().zip(is[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (was, is) = (&was[head..was.len() - tail], &is[head..is.len() - tail]);
    if was.is_empty() && is.is_empty() {
        return Vec::new();
    }
    if was.len() > MOST || is.len() > MOST {
        return vec![Word { was: shown(was), is: shown(is) }];
    }
    passages(was, is)
}

/// Runs of words that are not in the longest common subsequence.
fn passages(was: &[&str], is: &[&str]) -> Vec<Word> {
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
            found.push(Word { was: shown(&was[from_i..i]), is: shown(&is[from_j..j]) });
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

fn shown(words: &[&str]) -> String {
    match words.len() {
        0..=LONGEST => words.join(" "),
        n => format!("{} ... ({} more words)", words[..LONGEST].join(" "), n - LONGEST),
    }
}
