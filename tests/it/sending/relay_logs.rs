//! What a relay's log proves about messages in doubt.

use noticeworks::sending::{RelayFate, relay_log};

const LOG: &str = "\
Nov 22 10:00:00 mx postfix/smtpd[11]: 4AAA1: client=office[192.0.2.1]
Nov 22 10:00:00 mx postfix/cleanup[12]: 4AAA1: message-id=<NW-0001@sender.example>
Nov 22 10:00:00 mx postfix/qmgr[13]: 4AAA1: from=<b@sender.example>, size=900, nrcpt=1 (queue active)
Nov 22 10:00:01 mx postfix/smtp[14]: 4AAA1: to=<x@inbox.example>, relay=none, dsn=2.0.0, status=sent (250 ok)
Nov 22 10:00:01 mx postfix/qmgr[13]: 4AAA1: removed
Nov 22 10:00:02 mx postfix/submission/smtpd[21]: 4BBB2: client=office[192.0.2.1]
Nov 22 10:00:02 mx postfix/cleanup[12]: 4BBB2: message-id=<NW-0002@sender.example>
Nov 22 10:00:03 mx postfix/submission/smtpd[21]: lost connection after DATA (512 bytes) from office[192.0.2.1]
2026-11-22T10:00:04.1+00:00 mx postfix/smtpd[31]: 4CCC3: client=office[192.0.2.1]
2026-11-22T10:00:04.1+00:00 mx postfix/cleanup[12]: 4CCC3: message-id=<NW-0003@sender.example>
2026-11-22T10:00:04.1+00:00 mx postfix/qmgr[13]: 4CCC3: from=<b@sender.example>, size=900, nrcpt=1 (queue active)
2026-11-22T10:00:05.1+00:00 mx postfix/smtp[14]: 4CCC3: to=<y@inbox.example>, dsn=5.1.1, status=bounced (host said: 550)
Nov 22 10:00:06 mx postfix/smtpd[11]: 4DDD4: client=office[192.0.2.1]
Nov 22 10:00:06 mx postfix/cleanup[12]: 4DDD4: message-id=<NW-0004@sender.example>
Nov 22 10:00:07 mx postfix/smtpd[11]: 4EEE5: client=office[192.0.2.1]
Nov 22 10:00:07 mx postfix/cleanup[12]: 4EEE5: message-id=<another@sender.example>
Nov 22 10:00:07 mx postfix/qmgr[13]: 4EEE5: from=<b@sender.example>, size=900, nrcpt=1 (queue active)
";

#[test]
fn a_log_says_taken_bounced_or_never_in_the_queue_and_otherwise_nothing() {
    let fates = relay_log(LOG.as_bytes(), &|piece| piece.starts_with("NW-")).unwrap();
    let queue = |id: &str| id.to_owned();
    let expected = [
        ("NW-0001", RelayFate::Taken { queue: queue("4AAA1") }),
        ("NW-0002", RelayFate::NotTaken { queue: queue("4BBB2") }),
        ("NW-0003", RelayFate::Bounced { queue: queue("4CCC3"), status: "5.1.1".into() }),
    ];
    assert_eq!(fates.len(), 3, "the log ends before NW-0004 is decided");
    for (piece, fate) in expected {
        assert_eq!(fates[piece], fate, "{piece}");
    }
    assert!(relay_log(LOG.as_bytes(), &|_| false).unwrap().is_empty());
}

#[test]
fn taken_once_is_taken_however_often_it_was_tried() {
    let again = LOG.replace("NW-0002", "NW-0001").replace("NW-0003", "NW-0001");
    let fates = relay_log(again.as_bytes(), &|_| true).unwrap();
    assert_eq!(fates["NW-0001"], RelayFate::Taken { queue: "4AAA1".into() });
}
