//! A made-up book with something of everything.

#![allow(clippy::unwrap_used, reason = "a test may stop")]

use jiff::civil::{Date, date};
use noticeworks::document::{Block, BlockKind, Document, Origin, Section, SectionStyle, Span};
use noticeworks::finding::{Finding, Findings, Place, Severity};
use noticeworks::law::{Clock, Comparator, Confidence, DutyKind};
use noticeworks::plan::{Arises, Carrier, Duty, Outcome, Plan, Question};
use noticeworks::review::{Book, FilingEntry, LetterVersion, Link, State};
use std::collections::BTreeMap;
use std::sync::Arc;

pub const AS_OF: Date = date(2026, 9, 18);

pub fn duty(id: &str, recipient: &str, due: Option<Date>) -> Duty {
    Duty {
        id: id.into(),
        rule: id.into(),
        jurisdiction: id.split('-').next().unwrap_or_default().to_uppercase(),
        entity: None,
        entities: vec!["harbor-health".into()],
        kind: DutyKind::Regulator,
        recipient: recipient.into(),
        arises: Arises::Yes,
        count: 1204,
        threshold: 500,
        comparator: Comparator::MoreThan,
        due,
        recommended: None,
        due_hours: None,
        clock: Clock::Determination,
        clock_started: Some(date(2026, 8, 26)),
        matched: 0,
        done_on: None,
        citation: "Example Code § 10-1-100(c)".into(),
        confidence: Confidence::High,
        carrier: Carrier::Sender,
        reason: "1,204 residents had elements that the statute protects, which is more than 500"
            .into(),
        timing: "without unreasonable delay, at the latest 30 days after determination".into(),
        required_content: vec!["resident_count".into(), "sample_notice".into()],
        method: "online_form".into(),
        url: "https://ag.example/breach".into(),
        source: "statute text".into(),
    }
}

fn duties() -> Vec<Duty> {
    let hhs = |entity: &str, count: u64| Duty {
        entity: Some(entity.into()),
        kind: DutyKind::Hhs,
        jurisdiction: "US-HIPAA".into(),
        count,
        comparator: Comparator::AtLeast,
        clock: Clock::Discovery,
        clock_started: Some(date(2026, 7, 30)),
        citation: "45 CFR 164.408(b)".into(),
        reason: format!("{count} patients of the covered entity, 500 or more"),
        ..duty(
            &format!("hipaa-hhs.{entity}"),
            "Secretary of Health and Human Services",
            Some(date(2026, 9, 28)),
        )
    };
    vec![
        Duty {
            kind: DutyKind::Regulator,
            clock: Clock::Discovery,
            clock_started: Some(date(2026, 7, 30)),
            entity: Some("sierra-vista".into()),
            due_hours: None,
            confidence: Confidence::Medium,
            ..duty(
                "ca-cdph.sierra-vista",
                "California Department of Public Health",
                Some(date(2026, 8, 20)),
            )
        },
        hhs("harbor-health", 48_210),
        Duty { carrier: Carrier::Entity, ..hhs("prairie-care", 9_644) },
        Duty {
            kind: DutyKind::Individual,
            recipient: "Each person concerned".into(),
            threshold: 1,
            comparator: Comparator::AtLeast,
            clock: Clock::Discovery,
            clock_started: Some(date(2026, 7, 30)),
            count: 61_377,
            ..hhs("individual", 61_377)
        },
        duty("me-ag", "Maine Attorney General", Some(date(2026, 9, 25))),
        duty("tx-ag", "Texas Attorney General", Some(date(2026, 9, 25))),
        duty("vt-ag", "Vermont Attorney General", Some(date(2026, 9, 23))),
        Duty {
            kind: DutyKind::Media,
            carrier: Carrier::Undecided,
            jurisdiction: "CA".into(),
            entity: Some("sierra-vista".into()),
            ..duty(
                "hipaa-media.sierra-vista.CA",
                "Prominent media outlets serving California",
                Some(date(2026, 9, 28)),
            )
        },
        Duty {
            kind: DutyKind::Cra,
            threshold: 1000,
            method: String::new(),
            timing: "without unreasonable delay".into(),
            ..duty("us-cra", "Equifax, Experian and TransUnion", None)
        },
        duty("ma-ag", "Massachusetts Attorney General", Some(date(2026, 11, 30))),
        Duty {
            arises: Arises::Possible,
            count: 480,
            ..duty("nh-ag", "New Hampshire Attorney General", Some(date(2026, 10, 12)))
        },
        Duty {
            arises: Arises::No,
            count: 12,
            reason: "12 residents, not more than 500".into(),
            ..duty("az-ag", "Arizona Attorney General", None)
        },
    ]
}

fn questions() -> Vec<Question> {
    let question =
        |id: &str, text: &str, choices: &[&str], default: &str, blocking: bool| Question {
            id: id.into(),
            text: text.into(),
            choices: choices.iter().map(|c| (*c).to_owned()).collect(),
            default: default.into(),
            answer: None,
            citation: "45 CFR 164.404(a)(2)".into(),
            blocking,
        };
    vec![
        question(
            "agency.harbor-health",
            "Was Lakeshore the agent of Harbor Health System when it discovered the breach?",
            &["agent: the clock started 2026-07-30", "independent: the clock started 2026-08-20"],
            "agent: the clock started 2026-07-30",
            false,
        ),
        question(
            "delegation.sierra-vista.media",
            "Who gives notice to the media for `sierra-vista`?",
            &["sender", "self"],
            "self",
            true,
        ),
        Question {
            answer: Some("all".into()),
            ..question(
                "letter.state_paragraphs",
                "Whose state paragraphs are printed?",
                &["all", "recipient"],
                "all",
                false,
            )
        },
    ]
}

pub fn findings() -> Findings {
    let mut findings = Findings::default();
    for row in 0..312 {
        let place = Place {
            cell: Some("K zip".into()),
            line: Some(40 + row * 7),
            ..Place::file("roster.csv")
        };
        let mut finding = Finding::new(
            noticeworks::code!("zip.too_short"),
            Severity::Warning,
            "zip has 4 digits",
        )
        .at(place)
        .remedy("write five digits; a leading zero was probably lost in a spreadsheet");
        finding.value = Some("0410".into());
        findings.push(finding);
    }
    findings.push(
        Finding::new(
            noticeworks::code!("date_of_birth.unreadable"),
            Severity::Held,
            "a minor without a parent or guardian",
        )
        .at(Place {
            cell: Some("P guardian_name".into()),
            line: Some(1042),
            ..Place::file("roster.csv")
        })
        .remedy("fill `guardian_name`, or answer the question on minors"),
    );
    findings
}

pub fn words(text: &str) -> Vec<Span> {
    vec![Span { text: text.into(), ..Span::default() }]
}

pub fn block(kind: BlockKind, satisfies: &[&str]) -> Block {
    Block {
        kind,
        satisfies: satisfies.iter().map(|id| (*id).to_owned()).collect(),
        contains: vec![],
        courtesy: false,
        origin: Origin::default(),
    }
}

pub fn letter(greeting: &str) -> Document {
    let p = |text: &str, ids: &[&str]| block(BlockKind::Paragraph { spans: words(text) }, ids);
    let h = |level, text: &str| block(BlockKind::Heading { level, spans: words(text) }, &[]);
    let body = vec![
        h(1, "Notice of Data Breach"),
        p(greeting, &[]),
        p(
            "Lakeshore Care Analytics works for Harbor Health System. We write to tell you about a data breach that involved your information.",
            &["entity_name", "relationship"],
        ),
        h(2, "What Happened"),
        p(
            "We use software made by another company to send files safely. That software had a flaw that its maker did not know about. Between May 28 and May 31, 2026, someone used the flaw to get into our file-transfer server and copy files from it. We learned of it on July 30, 2026.",
            &["breach_description", "breach_date", "discovery_date"],
        ),
        h(2, "What Information Was Involved"),
        block(
            BlockKind::List {
                ordered: false,
                start: 1,
                items: vec![
                    vec![p("your name and date of birth", &[])],
                    vec![p("your Social Security number", &[])],
                    vec![p("your medical record number", &[])],
                ],
            },
            &["data_types"],
        ),
    ];
    let back = vec![
        h(2, "How to Freeze Your Credit"),
        p(
            "You may place a security freeze on your credit file free of charge.",
            &["security_freeze_info"],
        ),
        block(
            BlockKind::Table {
                header: vec![words("Bureau"), words("Phone"), words("Write to")],
                rows: vec![
                    vec![
                        words("Equifax"),
                        words("1-888-555-0100"),
                        words("PO Box 100, Atlanta, GA 30348"),
                    ],
                    vec![
                        words("Experian"),
                        words("1-888-555-0101"),
                        words("PO Box 101, Allen, TX 75013"),
                    ],
                ],
            },
            &["cra_contacts"],
        ),
    ];
    let section = |style, blocks| {
        Arc::new(Section { key: 0, name: "part".into(), personal: false, style, blocks })
    };
    Document {
        lang: "en".into(),
        title: "Notice of Data Breach".into(),
        sections: vec![section(SectionStyle::Body, body), section(SectionStyle::Small, back)],
    }
}

pub fn book() -> Book {
    let outcomes = [
        (Outcome::ToMail, 60_802),
        (Outcome::ToEmail, 214),
        (Outcome::ToMailAndEmail, 12),
        (Outcome::Merged, 1_204),
        (Outcome::Substitute, 310),
        (Outcome::Held, 39),
        (Outcome::Excluded, 2),
    ];
    let file = |name: &str| Link { label: name.into(), href: format!("../filings/states/{name}") };
    Book {
        title: "File-transfer incident".into(),
        incident_id: "lakeshore-2026-transfer".into(),
        wave: "w1".into(),
        sender: "Lakeshore Care Analytics, Inc.".into(),
        entities: vec![
            "Harbor Health System".into(),
            "Prairie Care Health Plan".into(),
            "Sierra Vista Community Hospital".into(),
        ],
        discovered: Some(date(2026, 7, 30)),
        mail_on: Some(AS_OF),
        plan: Plan {
            as_of: AS_OF,
            mail_on: date(2026, 9, 18),
            estimated: false,
            law_pack: "2026.11 (3f9a71c2)".into(),
            duties: duties(),
            questions: questions(),
            profiles: Vec::new(),
            not_covered: vec![
                "Duties under contracts, unless a `[[duty]]` names them.".into(),
                "Laws of countries other than the United States.".into(),
            ],
        },
        state: State::Draft,
        made_of: "5e".repeat(32),
        rows: outcomes.iter().map(|(_, n)| n).sum(),
        outcomes: BTreeMap::from(outcomes),
        letters: 60_814,
        pages: Some(243_256),
        emails: 226,
        filings: vec![
            FilingEntry {
                name: "Maine Attorney General".into(),
                jurisdiction: "ME".into(),
                note: "online form; attach the sample letter".into(),
                filed: "Filed on 2026-09-18 under number ME-20260918. Nothing has changed since."
                    .into(),
                files: vec![file("me-ag.pdf"), file("me-ag.json")],
                ..FilingEntry::default()
            },
            FilingEntry {
                name: "Texas Attorney General".into(),
                jurisdiction: "TX".into(),
                note: String::new(),
                filed: "STALE: filed on 2026-09-18 under number TX-1.".into(),
                stale: true,
                changes: vec!["Number of Texans Affected: 290, now 311".into()],
                files: vec![file("tx-ag.pdf"), file("tx-ag.json")],
            },
        ],
        findings: findings(),
        versions: vec![
            LetterVersion {
                label: "Adult, protection offered, Harbor Health System".into(),
                pieces: 31_022,
                language: "English".into(),
                document: letter("Dear Alex Sample,"),
            },
            LetterVersion {
                label: "Parent or guardian, Harbor Health System".into(),
                pieces: 1_418,
                language: "English".into(),
                document: letter("To the parent or guardian of Robin Sample:"),
            },
        ],
        program: "noticeworks 0.1.0".into(),
    }
}
