//! incident.toml in parts, so that a later wave does not break the seal over an earlier one.

/// The parts of a TOML text: what stands before the first heading, then each heading with all
/// that follows it up to the next. Empty lines and comments right above a heading belong to it, so
/// that a part can be written behind another without touching it. Together they are the text,
/// byte for byte. Brackets inside texts of several lines are no headings.
pub fn segments(text: &str) -> Vec<&str> {
    let mut starts = vec![0];
    // The quotes that end a text of several lines, while inside one; or how deep in brackets.
    let mut inside: Option<&str> = None;
    let mut depth = 0usize;
    let mut at = 0;
    // Where the empty lines and comments above this line begin.
    let mut above = None;
    for line in text.split_inclusive('\n') {
        let own = line.trim_start();
        let between = inside.is_none() && depth == 0;
        if between && own.starts_with('[') {
            starts.push(above.take().unwrap_or(at));
            at += line.len();
            continue;
        }
        match between && (own.is_empty() || own.starts_with('#')) {
            true => above = above.or(Some(at)),
            false => above = None,
        }
        scan(line, &mut inside, &mut depth);
        at += line.len();
    }
    starts.push(text.len());
    starts.windows(2).map(|pair| &text[pair[0]..pair[1]]).filter(|s| !s.is_empty()).collect()
}

/// Follows texts and brackets through one line.
fn scan(line: &str, inside: &mut Option<&'static str>, depth: &mut usize) {
    let mut rest = line;
    while !rest.is_empty() {
        if let Some(end) = *inside {
            if end.starts_with('"') && rest.starts_with('\\') {
                let step = 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
                rest = &rest[step..];
            } else if let Some(after) = rest.strip_prefix(end) {
                // Up to two more quotes belong to the text.
                rest = after;
                *inside = None;
                while end.len() == 3 && rest.starts_with(&end[..1]) {
                    rest = &rest[1..];
                }
            } else {
                let step = rest.chars().next().map_or(1, char::len_utf8);
                rest = &rest[step..];
            }
            continue;
        }
        if rest.starts_with('#') {
            return;
        }
        let opened = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|open| rest.starts_with(open));
        if let Some(open) = opened {
            *inside = Some(open);
            rest = &rest[open.len()..];
            continue;
        }
        match rest.as_bytes()[0] {
            b'[' | b'{' => *depth += 1,
            b']' | b'}' => *depth = depth.saturating_sub(1),
            _ => {}
        }
        let step = rest.chars().next().map_or(1, char::len_utf8);
        rest = &rest[step..];
    }
    // A text of one line ends with it.
    if inside.is_some_and(|end| end.len() == 1) {
        *inside = None;
    }
}
