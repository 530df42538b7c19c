//! A made-up book with something of everything.

#![allow(clippy::unwrap_used, reason = "a test may stop")]

use jiff::civil::{Date, date};
use noticeworks::document::{Block, BlockKind, Origin, SectionStyle, Span};
use noticeworks::finding::{Finding, Findings, Place, Severity};
use noticeworks::law::{Clock, Comparator, Confidence, DutyKind};
use noticeworks::plan::{Arises, Carrier, Duty, Outcome, Plan, Question};
use noticeworks::review::{
    AnswerKind, AnswerRow, Book, Changes, ChoiceCard, FilingEntry, Filter, ItemCard, LetterBlock,
    LetterBook, Link, Passage, QuestionCard, RequirementRow, Sheet, State, VersionRow, Word,
};
use std::collections::BTreeMap;

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

fn part(
    id: &str,
    section: &str,
    block: Block,
    readers: [Option<&[usize]>; 2],
    chips: &[&str],
) -> LetterBlock {
    let all = chips.is_empty();
    LetterBlock {
        id: id.into(),
        section: section.into(),
        style: if section.contains("states") { SectionStyle::Small } else { SectionStyle::Body },
        language: "en".into(),
        block,
        place: format!("templates/letter/{section}.md:3"),
        pieces: if all { 32_440 } else { 1_418 },
        versions: if all { 2 } else { 1 },
        chips: chips.iter().map(|chip| (*chip).to_owned()).collect(),
        readers: readers.iter().map(|of| of.map(|of| of.iter().copied().collect())).collect(),
        meets: Vec::new(),
        breaks: Vec::new(),
    }
}

/// A letter of two versions: adults, and the parents of minors in California.
pub fn letter() -> LetterBook {
    let p = |text: &str| block(BlockKind::Paragraph { spans: words(text) }, &[]);
    let h = |level, text: &str| block(BlockKind::Heading { level, spans: words(text) }, &[]);
    let all = [None, None];
    let mut blocks = vec![
        part("en-title-01", "en/title", h(1, "Notice of Data Breach"), all, &[]),
        part(
            "en-salutation-02",
            "en/salutation",
            p("Dear Alex Sample,"),
            [None, Some(&[0])],
            &["adults"],
        ),
        part(
            "en-salutation-03",
            "en/salutation",
            p("To the parent or guardian of Robin Sample:"),
            [Some(&[0]), Some(&[1])],
            &["parents and guardians of minors"],
        ),
        part(
            "en-what-happened-04",
            "en/what-happened",
            p(
                "Between May 28 and May 31, 2026, someone copied files. We learned of it on July 30, 2026.",
            ),
            all,
            &[],
        ),
        part(
            "en-what-information-05",
            "en/what-information",
            block(
                BlockKind::List {
                    ordered: false,
                    start: 1,
                    items: vec![vec![p("your name")], vec![p("your Social Security number")]],
                },
                &[],
            ),
            all,
            &[],
        ),
        part(
            "en-states-ca-06",
            "en/states/ca",
            block(
                BlockKind::Table {
                    header: vec![words("Office"), words("Phone")],
                    rows: vec![vec![words("Attorney General"), words("1-888-555-0100")]],
                },
                &[],
            ),
            [Some(&[0]), Some(&[1])],
            &["California"],
        ),
    ];
    blocks[3].meets = (0..5).collect();
    blocks[5].breaks = vec![5];
    let rule = |jurisdiction: &str, content: &str, answer, words: &str| RequirementRow {
        jurisdiction: jurisdiction.into(),
        cite: format!("{jurisdiction} Example Code § 10-1"),
        content: content.into(),
        rule: if answer == AnswerKind::Gap { "prohibited".into() } else { "required".into() },
        answers: vec![AnswerRow { answer, words: words.into(), pieces: 1_418, versions: vec![1] }],
        note: String::new(),
    };
    let mut requirements: Vec<RequirementRow> = ["US-HIPAA", "CA", "IA", "ME"]
        .iter()
        .map(|code| rule(code, "breach_description", AnswerKind::Fine, "met"))
        .collect();
    requirements.push(rule(
        "US-HIPAA",
        "breach_date",
        AnswerKind::Judged,
        "to be read by a person",
    ));
    requirements.push(rule("CA", "contact_of_office", AnswerKind::Gap, "prohibited and there"));
    let version = |label: &str, key: &str, pieces, blocks: &[usize]| VersionRow {
        label: label.into(),
        key: key.into(),
        pieces,
        blocks: blocks.to_vec(),
    };
    let filter = |id: &str, name: &str, values: &[&str]| Filter {
        id: id.into(),
        name: name.into(),
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    };
    LetterBook {
        pieces: 32_440,
        versions: vec![
            version("Adult, protection offered", "en.adult", 31_022, &[0, 1, 3, 4]),
            version("Parent or guardian", "en.parent.ca", 1_418, &[0, 2, 3, 4, 5]),
        ],
        blocks,
        requirements,
        filters: vec![
            filter("state", "State", &["California", "Maine"]),
            filter("recipient", "Recipient", &["adults", "parents and guardians of minors"]),
        ],
    }
}

fn cards() -> Vec<QuestionCard> {
    let choice = |choice: &str, words: &str, taken, effect: &[&str]| ChoiceCard {
        choice: choice.into(),
        words: words.into(),
        taken,
        effect: effect.iter().map(|line| (*line).to_owned()).collect(),
        decision: format!("[[decision]]\nquestion = \"x\"\nchoice = \"{choice}\"\n"),
    };
    let item = |id: &str, subject: &str, text: &str, answer: Option<&str>| ItemCard {
        id: id.into(),
        subject: subject.into(),
        text: text.into(),
        citation: "45 CFR 164.404(a)(2)".into(),
        answer: answer.map(str::to_owned),
        effects: Vec::new(),
    };
    let many: Vec<String> = (0..9).map(|n| format!("falls away: office {n} (`x-{n}`)")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    vec![
        QuestionCard {
            kind: "delegation.media".into(),
            title: "Who tells the media for the covered entity?".into(),
            blocking: true,
            open: 1,
            moves_a_date: false,
            choices: vec![
                choice("sender", "The sender tells them", false, &[]),
                choice("self", "The covered entity tells them itself", true, &[]),
            ],
            items: vec![item(
                "delegation.sierra-vista.media",
                "Sierra Vista",
                "Who gives notice to the media for `sierra-vista`?",
                None,
            )],
        },
        QuestionCard {
            kind: "hipaa".into(),
            title: "Does following HIPAA replace more of the state's own notice?".into(),
            blocking: false,
            open: 2,
            moves_a_date: true,
            choices: vec![
                choice("keep", "Keep every duty", true, &[]),
                choice("rely", "Rely on HIPAA in full", false, &many),
            ],
            items: vec![
                item("IA.hipaa", "Iowa", "Does Iowa's section excuse the Attorney General?", None),
                item("ME.hipaa", "Maine", "Does Maine's section excuse the bureaus?", None),
                item(
                    "KS.hipaa",
                    "Kansas",
                    "Does Kansas's section excuse the bureaus?",
                    Some("keep"),
                ),
            ],
        },
    ]
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
        letter: letter(),
        questions: cards(),
        sheets: vec![Sheet {
            label: "Adult, protection offered".into(),
            pieces: 31_022,
            pages: vec![
                "<svg viewBox=\"0 0 612 792\" role=\"img\" aria-label=\"Page 1 of 1\"></svg>"
                    .into(),
            ],
        }],
        outlines: String::new(),
        proofs: "../letters/proof-set.pdf".into(),
        changes: Some(Changes {
            seal: "w1-1 (root 3f9a)".into(),
            people: vec!["to mail: 60,802 instead of 60,800".into()],
            duties: vec!["arises: Maine Attorney General (`me-ag`)".into()],
            words: vec![Passage {
                section: "en/what-happened".into(),
                language: "en".into(),
                pieces: 32_440,
                words: vec![
                    (Word::Same, "someone".into()),
                    (Word::Gone, "saw".into()),
                    (Word::New, "copied".into()),
                    (Word::Same, "files.".into()),
                ],
            }],
        }),
        program: "noticeworks 0.1.0".into(),
    }
}
