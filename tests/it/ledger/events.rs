//! The stored bytes of every kind of event, and what is done with one that cannot be read.

use super::{folder, open, raw};
use crate::case::Case;
use noticeworks::ledger::event::{
    About, ActivationsImported, ApprovalWithdrawn, Approved, By, Claimed, ClockSet, Confirmed,
    Decided, EmailBounced, EmailComplained, EmailResolved, EmailsChanging, EmailsSettled, Filed,
    KINDS, NoticePosted, Printed, Purged, ReturnsImported, Sending, SendingEarly, SendingOn, Sent,
    ValuesShown,
};
use noticeworks::ledger::{Event, Evidence, Ledger, LedgerError, SealState, What};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::path::Path;

fn evidence() -> Evidence {
    Evidence { name: "scan.pdf".into(), sha256: "e1".into() }
}

fn map(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

fn approved(letters: Option<u64>) -> Event {
    Event::Approved(Approved {
        wave: "w1".into(),
        seal: 1,
        root: "r".into(),
        letters,
        emails: letters.map(|_| 2),
        state: if letters.is_some() { SealState::Waiting } else { SealState::Valid },
        approval: By {
            by: "A. Counsel".into(),
            key: letters.map(|_| "k".into()),
            signature: letters.map(|_| "s".into()),
        },
        about: letters.map(|_| About {
            outcomes: [("held".to_owned(), 1), ("to_mail".to_owned(), 7)].into(),
            decisions: vec![Decided {
                question: "q".into(),
                choice: "yes".into(),
                by: "B".into(),
                on: "2026-09-01".parse().unwrap(),
            }],
        }),
    })
}

fn confirmed(batches: Vec<u32>, pieces: Vec<String>, what: What) -> Event {
    let on = "2026-09-18".parse().unwrap();
    let (wave, by) = ("w1".into(), "P".into());
    Event::Confirmed(Confirmed {
        wave,
        seal: 1,
        what,
        on,
        batches,
        pieces,
        evidence: evidence(),
        by,
        reason: None,
    })
}

/// Each event with its kind and body as the first program that wrote one stored them.
fn golden() -> Vec<(Event, &'static str, &'static str)> {
    vec![
        (
            approved(Some(7)),
            "approved",
            r#"{"wave":"w1","seal":1,"root":"r","letters":7,"emails":2,"state":"waiting","approval":{"by":"A. Counsel","key":"k","signature":"s"},"about":{"outcomes":{"held":1,"to_mail":7},"decisions":[{"question":"q","choice":"yes","by":"B","on":"2026-09-01"}]}}"#,
        ),
        (
            approved(None),
            "approved",
            r#"{"wave":"w1","seal":1,"root":"r","state":"valid","approval":{"by":"A. Counsel"}}"#,
        ),
        (
            Event::Printed(Printed {
                wave: "w1".into(),
                seal: 1,
                batch: 1,
                file: "batch-0001.pdf".into(),
                sha256: "d".into(),
                pieces: 7,
                pages: 28,
                residents: vec![("elm".into(), "IN".into(), 6), ("elm".into(), "KY".into(), 1)],
            }),
            "printed",
            r#"{"wave":"w1","seal":1,"batch":1,"file":"batch-0001.pdf","sha256":"d","pieces":7,"pages":28,"residents":[["elm","IN",6],["elm","KY",1]]}"#,
        ),
        (
            confirmed(vec![1, 2], vec![], What::Posted),
            "confirmed",
            r#"{"wave":"w1","seal":1,"what":"posted","on":"2026-09-18","batches":[1,2],"pieces":[],"evidence":{"name":"scan.pdf","sha256":"e1"},"by":"P"}"#,
        ),
        (
            confirmed(vec![], vec!["NW-1".into()], What::Returned),
            "confirmed",
            r#"{"wave":"w1","seal":1,"what":"returned","on":"2026-09-18","batches":[],"pieces":["NW-1"],"evidence":{"name":"scan.pdf","sha256":"e1"},"by":"P"}"#,
        ),
        (
            Event::Confirmed(Confirmed {
                wave: "w1".into(),
                seal: 1,
                what: What::Returned,
                on: "2026-09-18".parse().unwrap(),
                batches: vec![],
                pieces: vec!["NW-1".into()],
                evidence: evidence(),
                by: "P".into(),
                reason: Some("vacant".into()),
            }),
            "confirmed",
            r#"{"wave":"w1","seal":1,"what":"returned","on":"2026-09-18","batches":[],"pieces":["NW-1"],"evidence":{"name":"scan.pdf","sha256":"e1"},"by":"P","reason":"vacant"}"#,
        ),
        (
            Event::ReturnsImported(ReturnsImported {
                evidence: evidence(),
                layout: "list".into(),
                lines: 10,
                matched: 4,
                unknown: 3,
                repeated: 2,
                malformed: 1,
                list: evidence(),
                by: "P".into(),
            }),
            "returns.imported",
            r#"{"evidence":{"name":"scan.pdf","sha256":"e1"},"layout":"list","lines":10,"matched":4,"unknown":3,"repeated":2,"malformed":1,"list":{"name":"scan.pdf","sha256":"e1"},"by":"P"}"#,
        ),
        (
            Event::ActivationsImported(ActivationsImported {
                evidence: evidence(),
                lines: 10,
                activated_so_far: 7,
                list: "d".into(),
                by: "P".into(),
            }),
            "activations.imported",
            r#"{"evidence":{"name":"scan.pdf","sha256":"e1"},"lines":10,"activated_so_far":7,"list":"d","by":"P"}"#,
        ),
        (
            Event::Filed(Filed {
                stated: map(json!({"duty": "ca-ag", "count": 9, "answers": []})),
                on: "2026-09-20".parse().unwrap(),
                number: "SB24-1".into(),
                amends: false,
                evidence: evidence(),
                by: "P".into(),
            }),
            "filed",
            r#"{"duty":"ca-ag","count":9,"answers":[],"on":"2026-09-20","number":"SB24-1","amends":false,"evidence":{"name":"scan.pdf","sha256":"e1"},"by":"P"}"#,
        ),
        (
            Event::NoticePosted(NoticePosted {
                notice: "sub".into(),
                title: "Notice".into(),
                duties: vec!["sub".into()],
                entity: None,
                days: 90,
                posted: Some("2026-09-18".parse().unwrap()),
                taken_down: None,
                evidence: evidence(),
                by: String::new(),
            }),
            "notice_posted",
            r#"{"notice":"sub","title":"Notice","duties":["sub"],"entity":null,"days":90,"posted":"2026-09-18","taken_down":null,"evidence":{"name":"scan.pdf","sha256":"e1"},"by":""}"#,
        ),
        (
            Event::Claimed(Claimed {
                by: "X".into(),
                host: "h (1)".into(),
                generation: 3,
                older: true,
            }),
            "claimed",
            r#"{"by":"X","host":"h (1)","generation":3,"older":true}"#,
        ),
        (
            Event::Sending(Sending {
                wave: "w1".into(),
                seal: 1,
                root: "r".into(),
                server: "mail.example:25".into(),
                connections: 4,
            }),
            "sending",
            r#"{"wave":"w1","seal":1,"root":"r","server":"mail.example:25","connections":4}"#,
        ),
        (
            Event::SendingEarly(SendingEarly {
                wave: "w1".into(),
                mail_on: "2026-09-18".parse().unwrap(),
                reason: "the press has it".into(),
            }),
            "sending.early",
            r#"{"wave":"w1","mail_on":"2026-09-18","reason":"the press has it"}"#,
        ),
        (
            Event::ClockSet(ClockSet {
                by: "P".into(),
                reason: "battery".into(),
                last: Some("2031-01-01T00:00:00Z".into()),
            }),
            "clock.set",
            r#"{"by":"P","reason":"battery","last":"2031-01-01T00:00:00Z"}"#,
        ),
        (
            Event::ValuesShown(ValuesShown {
                what: "rows with zip.too_short".into(),
                by: "P".into(),
            }),
            "values.shown",
            r#"{"what":"rows with zip.too_short","by":"P"}"#,
        ),
        (
            Event::SendingOn(SendingOn { wave: "w1".into(), seal: 1 }),
            "sending.on",
            r#"{"wave":"w1","seal":1}"#,
        ),
        (
            Event::Sent(Sent {
                wave: "w1".into(),
                seal: 1,
                given: 2,
                recovered: 0,
                states: [("accepted".to_owned(), 1), ("ready".to_owned(), 1)].into(),
                stopped: None,
            }),
            "sent",
            r#"{"wave":"w1","seal":1,"given":2,"recovered":0,"states":{"accepted":1,"ready":1},"stopped":null}"#,
        ),
        (
            Event::EmailResolved(EmailResolved {
                piece: "NW-1".into(),
                state: "accepted".into(),
                by: "relay log".into(),
                evidence: "queued".into(),
            }),
            "email.resolved",
            r#"{"piece":"NW-1","state":"accepted","by":"relay log","evidence":"queued"}"#,
        ),
        (
            Event::EmailBounced(EmailBounced {
                piece: "NW-1".into(),
                was: "accepted".into(),
                state: "bounced".into(),
                code: 250,
                reply: "5.1.1".into(),
                letter: "to be made".into(),
                class: None,
                evidence: None,
            }),
            "email.bounced",
            r#"{"piece":"NW-1","was":"accepted","state":"bounced","code":250,"reply":"5.1.1","letter":"to be made"}"#,
        ),
        (
            Event::EmailBounced(EmailBounced {
                piece: "NW-1".into(),
                was: "accepted".into(),
                state: "bounced".into(),
                code: 250,
                reply: "5.2.2".into(),
                letter: "made beside the e-mail".into(),
                class: Some("full".into()),
                evidence: Some("e1".into()),
            }),
            "email.bounced",
            r#"{"piece":"NW-1","was":"accepted","state":"bounced","code":250,"reply":"5.2.2","letter":"made beside the e-mail","class":"full","evidence":"e1"}"#,
        ),
        (
            Event::EmailComplained(EmailComplained {
                piece: "NW-1".into(),
                feedback: "abuse".into(),
                evidence: "e1".into(),
            }),
            "email.complained",
            r#"{"piece":"NW-1","feedback":"abuse","evidence":"e1"}"#,
        ),
        (Event::EmailsChanging(EmailsChanging {}), "emails.changing", "{}"),
        (
            Event::EmailsSettled(EmailsSettled { messages: 2, sha256: "m".into() }),
            "emails.settled",
            r#"{"messages":2,"sha256":"m"}"#,
        ),
        (
            Event::ApprovalWithdrawn(ApprovalWithdrawn {
                wave: "w1".into(),
                seal: 1,
                root: "r".into(),
                by: "A. Counsel".into(),
                why: "the wrong wave".into(),
            }),
            "approval.withdrawn",
            r#"{"wave":"w1","seal":1,"root":"r","by":"A. Counsel","why":"the wrong wave"}"#,
        ),
        (
            Event::Purged(Purged {
                last: "2026-09-28".parse().unwrap(),
                due: "2032-09-28".parse().unwrap(),
                by: "B".into(),
                removed: vec!["spool".into()],
                files: 3,
            }),
            "purged",
            r#"{"last":"2026-09-28","due":"2032-09-28","by":"B","removed":["spool"],"files":3}"#,
        ),
    ]
}

#[test]
fn every_kind_is_stored_as_ever_and_read_back() {
    let folder = folder();
    let mut ledger = open(&folder);
    for (event, kind, body) in golden() {
        ledger.append_event(&event).unwrap();
        let recorded = ledger.events().unwrap().pop().unwrap();
        assert_eq!((recorded.stored.kind.as_str(), recorded.stored.body.as_str()), (kind, body));
        assert_eq!(recorded.event, event);
    }
    ledger.verify_chain().unwrap();
    let kinds: BTreeSet<&str> = golden().into_iter().map(|(_, kind, _)| kind).collect();
    assert_eq!(kinds, BTreeSet::from(KINDS), "a kind without its bytes here");
}

/// Puts an event at the end of the chain, past the program, as another program would.
fn plant(folder: &Path, kind: &str, body: &str) {
    let database = raw(folder);
    let (seq, previous): (u64, String) = database
        .query_row(
            "SELECT coalesce(max(seq), 0) + 1,
                 coalesce((SELECT hash FROM event ORDER BY seq DESC LIMIT 1), '') FROM event",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .unwrap();
    let at = "2020-01-01T00:00:00Z";
    let mut hash = Sha256::new();
    hash.update(seq.to_le_bytes());
    for part in [at, kind, body, &previous] {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    let hash: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    database
        .execute(
            "INSERT INTO event VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            (seq, at, kind, body, previous, hash),
        )
        .unwrap();
}

#[test]
fn an_event_of_a_later_program_or_of_none_is_an_error() {
    for (kind, body, later) in [
        ("foretold", "{}", true),
        ("sending.on", r#"{"wave":"w1","seal":1,"version":2}"#, true),
        ("sending.on", r#"{"wave":"w1"}"#, false),
        ("sending.on", r#"{"wave":"w1","seal":"one"}"#, false),
        ("filed", r#"{"duty":"ca-ag"}"#, false),
        ("confirmed", "no JSON", false),
    ] {
        let folder = folder();
        drop(open(&folder));
        plant(folder.path(), kind, body);
        let ledger = open(&folder);
        ledger.verify_chain().unwrap();
        let error = ledger.events().unwrap_err();
        match error {
            LedgerError::LaterEvent { seq: 1, .. } => assert!(later, "{kind} {body}"),
            LedgerError::UnreadableEvent { seq: 1, .. } => assert!(!later, "{kind} {body}"),
            other => panic!("{kind} {body}: {other}"),
        }
        let told = if later { "use the newer program" } else { "cannot be read" };
        assert!(error.to_string().contains(told) && error.to_string().contains(kind), "{error}");
        match ledger.audit() {
            Ok(audit) => {
                assert!(!later && audit.wrong.iter().any(|w| w.contains("cannot be read")))
            }
            Err(error) => assert!(later, "{error}"),
        }
    }
}

/// Whatever rests on events says so, and goes no further: deadlines, filings, bundles, approvals.
#[test]
fn no_command_goes_past_an_event_that_it_cannot_read() {
    for (kind, body, code, words) in [
        ("filed", r#"{"duty":"hhs"}"#, 4, "event 1 of the ledger, `filed`, cannot be read"),
        ("foretold", "{}", 3, "use the newer program"),
    ] {
        let case = Case::sample("small-clinic");
        assert_eq!(case.run(&["check", "{folder}"]).code, 1);
        plant(&case.folder(), kind, body);
        assert_eq!(Ledger::look(&case.folder()).unwrap().unwrap().head().unwrap().unwrap().0, 1);
        for command in [
            &["check", "{folder}"][..],
            &["plan", "{folder}"],
            &["filings", "{folder}"],
            &["approve", "{folder}", "--by", "A. Counsel"],
            &["letters", "{folder}"],
            &["export", "{folder}", "--for", "counsel", "--to", "{folder}/../bundle"],
            &["status", "{folder}"],
        ] {
            let said = case.run(command);
            assert_eq!(said.code, code, "{command:?}: {}", said.stderr);
            assert!(said.stderr.contains(words), "{command:?}: {}", said.stderr);
        }
        assert!(!case.path("../bundle").exists());
    }
}
