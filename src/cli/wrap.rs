//! Lines as wide as the terminal, broken between words only.

use std::io::{self, IsTerminal};

/// Narrower than this nothing is wrapped: words would stand alone.
const LEAST: usize = 30;

/// A text for standard output, wrapped where that is a terminal. What goes into a file or to another
/// program stays a line for each thing said.
pub fn fitted(text: &str) -> String {
    if !io::stdout().is_terminal() {
        return text.to_owned();
    }
    let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let width = asked.or_else(|| terminal_size::terminal_size().map(|(width, _)| width.0.into()));
    wrapped(text, width.unwrap_or(80))
}

/// Breaks lines that are longer than `width` characters between words; what goes on stands under the
/// line's first word, two further in. A word that is wider than a line stays whole.
pub fn wrapped(text: &str, width: usize) -> String {
    if width < LEAST {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + text.len() / 20);
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches('\n');
        if bare.chars().count() <= width {
            out.push_str(line);
            continue;
        }
        let indent = bare.chars().take_while(|c| *c == ' ').count();
        let hanging = " ".repeat((indent + 2).min(width / 2));
        let mut used = 0;
        // Runs of spaces are columns of the line: they stay unless it breaks there.
        for piece in bare.split_inclusive(' ') {
            let word = piece.trim_end_matches(' ').chars().count();
            if used > indent && word > 0 && used + word > width {
                out.truncate(out.trim_end_matches(' ').len());
                out.push('\n');
                out.push_str(&hanging);
                used = hanging.len();
            }
            out.push_str(piece);
            used += piece.chars().count();
        }
        if line.ends_with('\n') {
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn lines_break_between_words_and_hang() {
        let text = "  one two three four five six seven eight nine ten\nshort\n";
        assert_eq!(
            wrapped(text, 30),
            "  one two three four five six\n    seven eight nine ten\nshort\n"
        );
    }

    #[test]
    fn a_long_word_stays_whole() {
        let word = "x".repeat(40);
        assert_eq!(wrapped(&word, 30), word);
        assert_eq!(wrapped(&format!("a {word} b"), 30), format!("a\n  {word}\n  b"));
    }

    #[test]
    fn nothing_is_lost_or_added_but_line_ends() {
        let text =
            "  2026-09-18    CA        California Attorney General (harbor)  [3 days LATE]\n";
        for width in 30..100 {
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            assert_eq!(words(&wrapped(text, width)), words(text));
        }
    }
}
