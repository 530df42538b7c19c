//! Bounces and complaints that a provider tells as JSON in the text of a message.

use super::words::Rules;
use super::{Class, Recipient, report};
use serde_json::Value;

/// Recipients of a notification (an object with `bounce`, `complaint` or `delivery`, as
/// Amazon SES documents it), also where it stands as text inside another object's `Message`.
pub fn recipients(text: &str, rules: &Rules) -> Option<(Option<Class>, Vec<Recipient>)> {
    let start = text.find('{')?;
    // A line of mail holds 998 characters: long JSON is broken anywhere.
    let joined = text[start..].replace(['\r', '\n'], "");
    let mut values = serde_json::Deserializer::from_str(&joined).into_iter::<Value>();
    let value = values.next()?.ok()?;
    notification(&value, rules, 3)
}

fn notification(
    value: &Value,
    rules: &Rules,
    depth: u8,
) -> Option<(Option<Class>, Vec<Recipient>)> {
    if depth == 0 {
        return None;
    }
    if let Some(inner) = value.get("Message").and_then(Value::as_str) {
        let inner: Value = serde_json::from_str(inner).ok()?;
        return notification(&inner, rules, depth - 1);
    }
    let text = |value: &Value, key: &str| -> String {
        value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    if let Some(complaint) = value.get("complaint") {
        let list = complaint.get("complainedRecipients")?.as_array()?;
        let recipient = |of: &Value| Recipient {
            to: text(of, "emailAddress"),
            class: Some(Class::Complaint),
            status: String::new(),
            diagnostic: text(complaint, "complaintFeedbackType"),
        };
        return Some((Some(Class::Complaint), list.iter().map(recipient).collect()));
    }
    if let Some(delivery) = value.get("delivery") {
        let list = delivery.get("recipients")?.as_array()?;
        let recipient = |to: &Value| Recipient {
            to: to.as_str().unwrap_or_default().to_owned(),
            class: None,
            status: String::new(),
            diagnostic: text(delivery, "smtpResponse"),
        };
        return Some((None, list.iter().map(recipient).collect()));
    }
    let bounce = value.get("bounce")?;
    let list = bounce.get("bouncedRecipients")?.as_array()?;
    let transient = text(bounce, "bounceType") == "Transient";
    let recipients: Vec<Recipient> = list
        .iter()
        .map(|of| {
            let (status, diagnostic) = (text(of, "status"), text(of, "diagnosticCode"));
            let words = rules.class(&diagnostic);
            let class = match text(bounce, "bounceSubType").as_str() {
                "MailboxFull" => Class::Full,
                "MessageTooLarge" | "ContentRejected" | "AttachmentRejected" => Class::Policy,
                "NoEmail" | "Suppressed" | "OnAccountSuppressionList" => Class::Hard,
                _ if status.is_empty() && diagnostic.is_empty() && transient => Class::Soft,
                _ => report::from_status(&status, &diagnostic, words),
            };
            Recipient { to: text(of, "emailAddress"), class: Some(class), status, diagnostic }
        })
        .collect();
    let class = recipients.iter().find_map(|r| r.class);
    Some((class, recipients))
}
