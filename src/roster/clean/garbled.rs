//! Traces that a wrong encoding leaves in names and addresses. They are looked for in the cell as
//! it stands: what cleaning takes out, such as the soft hyphen of `MartÃ\u{ad}nez`, is a trace.

/// What kind of text the traces are looked for in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// A question mark or a sign such as `£` is never part of a name.
    Name,
    /// `12½ Elm St` and `APT ?` are addresses; `PE?A ST` is not.
    Address,
}

/// Whether the text was written in one encoding and read in another.
pub fn is_garbled(text: &str, of: Of) -> bool {
    if text.is_ascii() {
        return match of {
            // `Zo+AOs-` is UTF-7.
            Of::Name => text.contains('?') || text.contains('+') && !text.contains(" + "),
            Of::Address => has_lost_letter(text),
        };
    }
    let chars: Vec<char> = text.chars().collect();
    has_lost_letter(text)
        || chars.contains(&'\u{fffd}')
        || (of == Of::Name && chars.contains(&'?'))
        || (0..chars.len()).any(|at| {
            is_utf8_in_pieces(&chars[at..])
                || is_lone_lead(&chars, at)
                || is_control(chars[at])
                || is_sign_in_word(&chars, at, of)
                || is_capital_within(&chars, at)
        })
}

/// A question mark between two letters: the letter that stood there was not in the code page.
fn has_lost_letter(text: &str) -> bool {
    text.match_indices('?').any(|(at, _)| {
        text[..at].ends_with(char::is_alphabetic) && text[at + 1..].starts_with(char::is_alphabetic)
    })
}

/// C1 controls are no characters; what was meant stood in another code page. U+0085 is a line
/// break in some files.
fn is_control(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{84}' | '\u{86}'..='\u{9f}')
}

/// The byte that Windows-1252 or Latin-1 shows as this character, from 0x80.
fn byte(c: char) -> Option<u8> {
    const HIGH: &str = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";
    const BYTES: &[u8] = &[
        0x80, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8e, 0x91, 0x92,
        0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0x9b, 0x9c, 0x9e, 0x9f,
    ];
    match c {
        '\u{80}'..='\u{ff}' => u8::try_from(u32::from(c)).ok(),
        _ => HIGH.chars().position(|high| high == c).and_then(|at| BYTES.get(at).copied()),
    }
}

fn is_continuation(c: Option<&char>) -> bool {
    c.and_then(|c| byte(*c)).is_some_and(|b| (0x80..=0xbf).contains(&b))
}

/// UTF-8 that was read as Windows-1252: `Ã©`, `Å¡`, `â€™`, `á»…`.
fn is_utf8_in_pieces(chars: &[char]) -> bool {
    let Some(lead) = chars.first().copied().and_then(byte) else { return false };
    let continued = |count: usize| (1..=count).all(|at| is_continuation(chars.get(at)));
    match lead {
        0xc2..=0xdf if continued(1) => {
            let second = chars[1];
            let quote = matches!(second, '‘' | '’' | '“' | '”' | '–' | '—');
            let letter = second.is_alphabetic() && !matches!(second, 'ª' | 'º');
            match chars[0] {
                'Ã' | 'Â' | 'Å' => true,
                'Ä' => second != '\u{a0}' && !quote,
                _ => second != '\u{a0}' && !quote && !letter,
            }
        }
        0xe0..=0xef => continued(2),
        0xf0..=0xf4 => continued(3),
        _ => false,
    }
}

/// `MartÃnez`, `Ãlvarez`: an earlier program took out what followed. No language writes a small
/// letter beside a capital A with tilde, nor a capital with circumflex behind a small letter.
fn is_lone_lead(chars: &[char], at: usize) -> bool {
    if !matches!(chars[at], 'Ã' | 'Â') {
        return false;
    }
    let before = at.checked_sub(1).map(|at| chars[at]);
    let after = chars.get(at + 1).copied();
    let small = |c: Option<char>| c.is_some_and(char::is_lowercase);
    let no_letter = |c: Option<char>| !c.is_some_and(char::is_alphabetic);
    small(before) || chars[at] == 'Ã' && (small(after) || no_letter(before) && no_letter(after))
}

/// Signs that another code page had in the place of a letter: `N£¤ez`, `Jos‚`.
fn is_sign_in_word(chars: &[char], at: usize, of: Of) -> bool {
    let sign = matches!(chars[at],
        '¡'..='©' | '«' | '¬' | '®' | '±' | '¶' | '¸' | '»' | '¿' | '×' | '÷' | '‚' | 'ƒ' | '„' | '…' | '†' | '‡'
        | 'ˆ' | '‰' | '‹' | '€' | '›' | '™' | '˜' | '•' | '∞' | '≤' | '≥' | '∂' | '∑' | '∏' | '√' | '≈' | '∆' | '◊'
        | 'µ' | 'ﬁ' | 'ﬂ' | '░'..='▓' | '│'..='╬' | '█');
    let letter =
        |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_alphabetic());
    let before = letter(at.checked_sub(1));
    // Dashes stand in words only where capitals follow (`Smith–Jones`).
    let dash = matches!(chars[at], '–' | '—')
        && before
        && chars.get(at + 1).is_some_and(|c| c.is_lowercase());
    dash || sign
        && match of {
            Of::Name => true,
            Of::Address => before,
        }
}

/// `JosŽ`: a Macintosh's small letters are capitals in Windows-1252.
fn is_capital_within(chars: &[char], at: usize) -> bool {
    matches!(chars[at], 'Ž' | 'Š' | 'Ÿ' | 'Œ')
        && at > 0
        && chars[at - 1].is_lowercase()
        && !chars.get(at + 1).is_some_and(|c| c.is_lowercase() && !c.is_ascii())
}
