//! Structured reports: deliveries (RFC 3464, RFC 6533) and complaints (RFC 5965).

use super::words::Rules;
use super::{Class, Recipient};

/// Groups of `name: value`, divided by empty lines; folded lines are joined.
pub struct Groups(Vec<Vec<(String, String)>>);

impl Groups {
    pub fn of(text: &str) -> Groups {
        let mut groups: Vec<Vec<(String, String)>> = Vec::new();
        let mut open = false;
        for line in text.lines() {
            if line.trim().is_empty() {
                open = false;
            } else if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = groups.last_mut().and_then(|fields| fields.last_mut()) {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if let Some((name, value)) = line.split_once(':') {
                if !open {
                    groups.push(Vec::new());
                    open = true;
                }
                if let Some(fields) = groups.last_mut() {
                    fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
                }
            }
        }
        Groups(groups)
    }

    /// What a delivery report says of each recipient.
    pub fn recipients(&self, rules: &Rules) -> Vec<Recipient> {
        self.0.iter().filter_map(|group| recipient(group, rules)).collect()
    }

    /// What kind of complaint it is, such as `abuse` (RFC 5965, section 7.3).
    pub fn feedback_type(&self) -> Option<String> {
        let found = self.0.iter().find_map(|group| field(group, "feedback-type"))?;
        Some(found.to_ascii_lowercase())
    }

    /// Recipients that a complaint names.
    pub fn complained(&self) -> Vec<String> {
        let of = |name: &str| name == "original-rcpt-to" || name == "removal-recipient";
        let fields = self.0.iter().flatten();
        fields.filter(|(name, _)| of(name)).map(|(_, value)| bare(value)).collect()
    }
}

fn recipient(group: &[(String, String)], rules: &Rules) -> Option<Recipient> {
    let action = field(group, "action").map(|a| a.to_ascii_lowercase());
    let status = field(group, "status").unwrap_or_default();
    // A report without an action says what it means by its status (5.x.x, 4.x.x, 2.x.x).
    if action.is_none() && status.is_empty() {
        return None;
    }
    let status: String = status.split_whitespace().next().unwrap_or("").to_owned();
    let diagnostic = field(group, "diagnostic-code").unwrap_or_default();
    let words = rules.class(&diagnostic);
    let action = action.as_deref().unwrap_or("");
    let class = if action.starts_with("delayed") {
        Some(Class::Delayed)
    } else if action.starts_with("fail")
        || !matches!(action, "delivered" | "relayed" | "expanded") && !status.starts_with('2')
    {
        Some(from_status(&status, &diagnostic, words))
    } else {
        None
    };
    // As we gave it, if the relay says so; an alias may have led elsewhere.
    let to = field(group, "original-recipient").or_else(|| field(group, "final-recipient"));
    Some(Recipient { class, to: bare(&to.unwrap_or_default()), status, diagnostic })
}

/// The class of a failure by its enhanced status code (RFC 3463; IANA, "Enumerated Status Codes"),
/// where that says more than "failed", else by its words, else by its first digit.
pub fn from_status(status: &str, diagnostic: &str, words: Option<Class>) -> Class {
    let enhanced = |text: &str| -> Option<(char, String)> {
        let mut parts = text.trim().splitn(2, '.');
        let first = parts.next()?.chars().next_back()?;
        Some((first, parts.next()?.to_owned()))
    };
    let given = enhanced(status).filter(|(first, _)| matches!(first, '4' | '5'));
    // A relay that only says "failed" often hands on the other server's own number.
    let given = match given {
        Some((_, ref detail)) if detail != "0.0" => given,
        other => embedded(diagnostic).or(other),
    };
    let by_detail = given.as_ref().and_then(|(first, detail)| match detail.as_str() {
        // Bad mailbox, bad system, moved: nobody there.
        "1.1" | "1.2" | "1.3" | "1.6" | "1.10" if *first == '5' => Some(Class::Hard),
        "2.2" => Some(Class::Full),
        detail if detail.starts_with("7.") => Some(Class::Policy),
        // A sender, a size, content: what was sent was refused.
        "1.7" | "1.8" | "3.4" | "6.0" | "6.1" | "6.2" | "6.3" => Some(Class::Policy),
        _ => None,
    });
    let first = given.as_ref().map(|(first, _)| *first);
    match (by_detail, words) {
        // A number for policy beside plain words that nobody is there: the words are exact.
        (Some(Class::Policy), Some(words @ (Class::Hard | Class::Full))) => words,
        (Some(Class::Hard), Some(Class::Full)) => Class::Full,
        (Some(class), _) => class,
        (None, Some(Class::Delayed | Class::Automatic | Class::Complaint) | None) => match first {
            Some('4') => Class::Soft,
            Some(_) => Class::Hard,
            None if reply_code(diagnostic) == Some('4') => Class::Soft,
            None => Class::Hard,
        },
        (None, Some(words)) => words,
    }
}

/// The first enhanced status code inside a server's words, such as ` 5.7.1 `.
fn embedded(text: &str) -> Option<(char, String)> {
    let inside = |c: char| c.is_ascii_digit() || c == '.';
    for word in text.split(|c: char| !inside(c)) {
        let parts: Vec<&str> = word.split('.').collect();
        if let [first @ ("4" | "5"), subject, detail] = parts[..]
            && subject.len() == 1
            && (1..=3).contains(&detail.len())
        {
            return Some((first.chars().next()?, format!("{subject}.{detail}")));
        }
    }
    None
}

/// Whether the words carry a reply of SMTP, and its first digit.
pub fn reply_code(text: &str) -> Option<char> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let codes = ["421", "450", "451", "452", "454", "550", "551", "552", "553", "554", "571"];
    words.into_iter().find(|w| codes.contains(w)).and_then(|w| w.chars().next())
}

fn field(group: &[(String, String)], name: &str) -> Option<String> {
    group.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone())
}

/// `rfc822;<someone@inbox.example>` without its type and brackets.
fn bare(value: &str) -> String {
    let value = value.split_once(';').map_or(value, |(_, rest)| rest).trim();
    value.trim_start_matches('<').trim_end_matches('>').to_owned()
}
