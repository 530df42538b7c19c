//! What can be wrong with incident.toml.

use super::Entry;

entries! { INCIDENT
    "incident.no_file" [Error]
        "there is no incident file here"
        "Every command works on a folder with an incident.toml that you may read. Name the right folder, or begin one with `noticeworks init`."
    "incident.not_utf8" [Error]
        "the file is not UTF-8 text from here on"
        "The file was saved in another encoding. Save it as UTF-8 in your editor."
    "incident.syntax" [Error]
        "the file is not valid TOML at this point"
        "Often a quotation mark, bracket or equals sign is missing here or just before. Correct the line; the rest of the file was checked as far as possible."
    "incident.unreadable" [Error]
        "the incident cannot be read, though each of its keys looks right"
        "This points at a gap in the program's own checks. Compare the place with docs/REFERENCE.md."
    "incident.missing" [Error]
        "something that every incident needs is missing"
        "Letters or filings cannot be made without it. Add the key or table; the finding shows an example."
    "incident.empty" [Error]
        "`...` is empty"
        "An empty value would leave a gap in letters or filings. Write it, or remove the key if it is not required."
    "incident.wrong_type" [Error]
        "`...` is ..., not ..."
        "The key takes another kind of value, such as text in quotes, a whole number, a day or a list. Write it as the finding shows."
    "incident.number" [Error]
        "`...` is out of range"
        "The number is not a whole one within the limits that the finding names. Write one that is."
    "incident.date" [Error]
        "`...` is not a day of the calendar"
        "Deadlines are counted from these days. Write year, month and day, such as `2026-09-18`."
    "incident.digits" [Error]
        "`...` has the wrong form"
        "The value must be digits only, of the length that the finding names, such as a ZIP code."
    "incident.email" [Error]
        "`...` is not an e-mail address"
        "Letters and filings print this address, or e-mails are sent from it. Write one complete address."
    "incident.phone" [Error]
        "`...` is not a telephone number"
        "People are told to call this number. Write ten digits with the area code."
    "incident.url" [Error]
        "`...` is not a web address"
        "Letters and notices print this address. Write it in full, with `https://`."
    "incident.id" [Error]
        "`...` cannot be `...`"
        "File names are made of ids. Use letters, digits, `-` and `_`, at most 64 of them."
    "incident.duplicate_id" [Error]
        "a second ... has the id `...`"
        "Two things with one id cannot be told apart in rosters, filings and the ledger. Give each its own."
    "incident.unknown_key" [Error]
        "the key is not one that incident.toml knows"
        "A mistyped key would be ignored in silence and its fact lost. Correct the spelling, or see docs/REFERENCE.md for the keys of the table."
    "incident.unknown_choice" [Error]
        "`...` cannot be `...`"
        "The key takes one of a few words, which the finding lists. Write one of them."
    "incident.unknown_column" [Error]
        "`...` is not a roster column"
        "The left side under `[roster.columns]` is one of the columns that docs/REFERENCE.md lists."
    "incident.unknown_element" [Error]
        "`...` is not a known data element"
        "State laws turn on the kinds of information, so each must be one that the program knows. Write one of those listed."
    "incident.unknown_jurisdiction" [Error]
        "`...` is not a jurisdiction"
        "Write a two-letter state code or one of the federal laws that the finding lists."
    "incident.unknown_reference" [Error]
        "there is no ... `...`"
        "The id points to something that incident.toml does not define. Correct the id, or add what it stands for."
    "incident.unknown_state" [Error]
        "`...` is not a state or territory"
        "Write the two-letter USPS code, such as `ME`."
    "incident.ambiguous_label" [Error]
        "the roster label already means `...`"
        "A label in the roster can stand for one kind of information only; otherwise letters would list the wrong ones. Remove it from one of them."
    "incident.too_many_elements" [Error]
        "... data elements are listed, at most 64 can be"
        "Put kinds that are alike together under one id."
    "incident.decided_twice" [Warning]
        "this question is decided twice, and this later answer counts"
        "Two answers to one question confuse the record. Keep the decision that stands."
    "incident.delay_contradicted" [Error]
        "`no_delay_asked` says that law enforcement did not ask to wait, but a hold is entered"
        "Letters would say both. Remove `no_delay_asked` from `[breach]`, or the `[[law_enforcement_hold]]` if there was none."
    "incident.undecided_harm" [Error]
        "a low probability of compromise is counsel's finding (45 CFR 164.402(2))"
        "Leaving people out because harm is unlikely needs a documented risk assessment. Add counsel's `[[decision]]`, or write `not_excluded`."
    "incident.no_effect" [Note]
        "`...` has no effect: ..."
        "The key is read so that the file may keep it, and nothing follows from it yet. Do by hand what you expect of it."
    "incident.agreed_after_mail" [Warning]
        "letters are dated ..., before the delegation of ... was agreed on ..."
        "Letters went, or would go, out for a covered entity before it had agreed that the sender writes to its people. Correct `agreed_on` or `mail_on`, or agree first."
    "incident.discovered_before_window" [Warning]
        "the window starts ..., after the discovery on ..."
        "Data is usually exposed before anybody notices. Check both days; leave them if the exposure went on after the discovery."
    "incident.determined_before_discovered" [Error]
        "determined ..., before it was discovered ..."
        "The breach cannot be determined before anybody knew of the incident. `discovered` is the first day on which anybody knew, and deadlines run from it."
    "incident.window_reversed" [Error]
        "the window ends ..., before it starts ..."
        "Letters and filings state these days. Write the earlier day as `start` and the later one as `end`."
    "incident.mail_before_discovery" [Error]
        "letters are dated ..., before the discovery on ..."
        "Nobody can be told before the breach was discovered. Correct `mail_on`, or `discovered` of the strand."
    "incident.told_before_discovery" [Error]
        "the covered entity was told ..., before the discovery on ..."
        "A vendor cannot tell the covered entity of what it has not discovered. Correct `told_on` or `discovered`; what the entity knew by itself goes into `knew_earlier_on`."
    "incident.list_before_told" [Error]
        "the list came ..., before the entity was told ..."
        "`told_on` is the first notice of any kind, and the entity's deadlines can run from it. The list cannot come earlier."
    "incident.enroll_before_mail" [Error]
        "enrollment ends ..., but letters of ... offer it"
        "People would be offered protection that they can no longer sign up for. Write a last day that leaves time after the last mailing."
    "incident.hold_reversed" [Error]
        "the hold ends ..., before it was stated ..."
        "Write the last day of the law-enforcement hold as `until`, and the day of the statement as `stated`."
    "incident.hold_end_unsaid" [Warning]
        "the hold ended early on ..., and nothing says who ended it"
        "Law enforcement's delay ends when its officials say so (45 CFR 164.412). Name the one who did as `ended_by`, so that the record shows it."
    "incident.oral_hold_too_long" [Error]
        "an oral hold cannot run from ... to ..."
        "An oral request delays notice by 30 days at most (45 CFR 164.412(b)). Ask for a written statement, or leave `until` out."
    "incident.written_hold_without_end" [Error]
        "a written hold does not say until when"
        "A written statement must specify the time for which a delay is required (45 CFR 164.412(a)). Write that day as `until`."
    "incident.return_address_health" [Error]
        "the return address says `...`, which shows through the window"
        "The envelope would tell everybody who sees it that the letter is about health care. Write a neutral name, such as `Return Mail Processing`."
    "incident.return_address_place" [Warning]
        "the return address says `...`, which shows through the window"
        "A street or city may say something of health care. Leave it if it is only a place; a PO box says less."
    "incident.role_and_kind" [Error]
        "the sender is a `...`, but ... a `...`"
        "HIPAA and the FTC's Health Breach Notification Rule bind different kinds of organizations. Correct the sender's `role` or the entity's `kind`; people under both rules belong in two incidents."
    "incident.reported_twice" [Error]
        "`...` stands in two reports to HHS"
        "The same people would be reported twice. Name each covered entity in one `[[hhs_report]]`."
    "incident.duty_length" [Error]
        "the duty `...` needs exactly one length of time"
        "Write one of `hours`, `days` or `business_days`; otherwise the duty has no deadline, or two."
    "incident.two_code_sources" [Error]
        "activation codes come from a column and from a file"
        "A person could get a code from either. Keep `code_column` or `code_file`."
}
