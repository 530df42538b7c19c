//! Where a wave's e-mails stand, for people.

use crate::matter::mail::Emails;
use std::fmt::Write as _;

/// Pieces shown one by one.
const SHOWN: usize = 10;

impl Emails {
    /// For people.
    pub fn text(&self) -> String {
        let mut text = String::from("E-mails:\n");
        for (state, n) in self.states.iter().filter(|(_, n)| **n > 0) {
            let _ = writeln!(text, "{n:>11}  {state}");
        }
        if let Some(minutes) = self.minutes_left {
            let rate = self.last_minute;
            let _ = writeln!(text, "\n  {rate} accepted in the last minute, {minutes} min left");
        }
        if !self.reasons.is_empty() {
            text.push_str("\n  Refused or deferred, by reason:\n");
        }
        for reason in self.reasons.iter().take(SHOWN) {
            let code = if reason.code == 0 { String::new() } else { format!("{} ", reason.code) };
            let _ = writeln!(text, "{:>11}  {code}{}", reason.messages, reason.reply);
        }
        if self.reasons.len() > SHOWN {
            let _ = writeln!(text, "             and {} more replies", self.reasons.len() - SHOWN);
        }
        for (what, pieces) in [
            ("In doubt; settle with `noticeworks email resolve`", &self.uncertain),
            ("Written to by post instead, under a seal of their own", &self.to_the_post),
        ] {
            if pieces.is_empty() {
                continue;
            }
            let mut shown: Vec<String> = pieces.iter().take(SHOWN).cloned().collect();
            if pieces.len() > SHOWN {
                shown.push(format!("and {} more", pieces.len() - SHOWN));
            }
            let _ = writeln!(text, "\n  {what}:\n    {}", shown.join(", "));
        }
        text.push('\n');
        text
    }
}
