//! Notices besides letters and filings: figures, lists, pages, and whom they never name.

use crate::filings::fixture::{cell, cube, duty, incident, plan};
use jiff::civil::date;
use noticeworks::code;
use noticeworks::document::plain_text;
use noticeworks::incident::{EntityIx, Incident, StrandIx};
use noticeworks::law::{Comparator, DutyKind, LawPack};
use noticeworks::notices::{Lists, Notice, NoticeKind, NoticeState, NoticeWriter};
use noticeworks::plan::{Carrier, Cube, Duty, Outcome, Plan};
use noticeworks::roster::{
    Address, AddressKind, ElementSet, Person, Population, Recipient, Standing as Row,
};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;
use tempfile::TempDir;

fn pack() -> &'static LawPack {
    static PACK: OnceLock<LawPack> = OnceLock::new();
    PACK.get_or_init(|| LawPack::embedded().map_err(|_| "the pack").unwrap())
}

fn of(kind: DutyKind, id: &str, entities: &[&str], count: u64) -> Duty {
    let mut duty = duty("hipaa-notice", "US-HIPAA", kind, entities);
    id.clone_into(&mut duty.id);
    duty.count = count;
    let content = [
        "breach_description",
        "breach_date",
        "discovery_date",
        "data_types",
        "recommended_actions",
        "remediation_steps",
        "entity_contact",
        "toll_free_number",
    ];
    if kind != DutyKind::Cra {
        duty.required_content = content.map(str::to_owned).into();
    }
    duty
}

/// Every kind of notice for Harbor; Pine acts for itself.
fn everything() -> Plan {
    let mut few = of(DutyKind::Substitute, "few.pine-plan", &["pine-plan"], 3);
    few.comparator = Comparator::FewerThan;
    let mut own = of(DutyKind::Hhs, "hhs.pine-plan", &["pine-plan"], 310);
    own.carrier = Carrier::Entity;
    let mut undecided = of(DutyKind::Media, "media.pine-plan.TX", &["pine-plan"], 290);
    undecided.carrier = Carrier::Undecided;
    plan(vec![
        of(DutyKind::CoveredEntity, "ba.harbor-health", &["harbor-health"], 1206),
        of(DutyKind::CoveredEntity, "ba.pine-plan", &["pine-plan"], 310),
        of(DutyKind::Cra, "no-cra", &["harbor-health", "pine-plan"], 1521),
        of(DutyKind::Media, "media.harbor-health.ME", &["harbor-health"], 915),
        undecided,
        of(DutyKind::Substitute, "many.harbor-health", &["harbor-health"], 12),
        few,
        own,
    ])
}

fn notices(incident: &Incident, cube: &Cube, plan: &Plan) -> Vec<Notice> {
    let desk = NoticeWriter::new(incident, &incident.waves[0], cube, plan, pack(), None);
    let desk = desk.map_err(|f| format!("{:#?}", f.iter().collect::<Vec<_>>())).unwrap();
    let (notices, findings) = desk.notices().map_err(|f| f.message).unwrap();
    let wrong: Vec<_> = findings.iter().filter(|f| f.code != code!("notice.own_words")).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    notices
}

#[test]
fn a_media_release_speaks_of_the_sender_in_the_third_person() {
    let (cube, plan) = (cube(), everything());
    let plain = incident("");
    let release = |incident: &Incident| {
        let made = notices(incident, &cube, &plan);
        plain_text(&find(&made, NoticeKind::Media).document).replace('\n', " ")
    };
    let own = |text: &str| {
        let words = text.split(|c: char| !c.is_alphanumeric());
        words.filter(|w| ["we", "our", "us"].contains(&w.to_lowercase().as_str())).count()
    };
    // The incident's own words are quoted as such, and nothing else says `we` or `your`.
    let text = release(&plain);
    assert!(text.contains(" says of its response:") && text.contains("We replaced"), "{text}");
    assert_eq!(own(&text), 1, "{text}");
    assert!(!text.contains("your") && !text.contains("in its own words"), "{text}");
    // Words for the media stand in for them.
    let mut told = plain.clone();
    told.breach.media_response = "Lakeshore replaced the server.".to_owned();
    let text = release(&told);
    assert!(text.contains("Lakeshore replaced the server."), "{text}");
    assert_eq!(own(&text), 0, "{text}");
    // Once for all releases.
    let desk = NoticeWriter::new(&plain, &plain.waves[0], &cube, &plan, pack(), None);
    let (_, findings) =
        desk.map_err(|_| "templates").unwrap().notices().map_err(|_| "words").unwrap();
    assert_eq!(findings.count("notice.own_words"), 1);
    assert!(findings.iter().any(|f| f.remedy.contains("`media_response`")));
}

fn find(notices: &[Notice], kind: NoticeKind) -> &Notice {
    notices.iter().find(|n| n.kind == kind).unwrap()
}

#[test]
fn every_duty_gets_its_notice_and_every_figure_is_a_sum_over_the_cube() {
    let (incident, cube, plan) = (incident(""), cube(), everything());
    let notices = notices(&incident, &cube, &plan);
    let made: Vec<(&str, &str)> =
        notices.iter().map(|n| (n.folder.as_str(), n.file_stem.as_str())).collect();
    assert_eq!(
        made,
        [
            ("harbor-health", "notice-to-entity"),
            ("pine-plan", "notice-to-entity"),
            ("bureaus", "notice-to-bureaus"),
            ("harbor-health", "media-ME"),
            ("pine-plan", "media-TX"),
            ("harbor-health", "substitute-notice"),
            ("pine-plan", "other-means"),
            ("pine-plan", "packet"),
        ]
    );
    for notice in &notices {
        let entities: Vec<usize> = match notice.entity.as_deref() {
            Some("harbor-health") => vec![0],
            Some("pine-plan") => vec![1],
            _ => vec![0, 1],
        };
        let ours = |c: &noticeworks::plan::Cell| entities.contains(&c.entity.get());
        let people = cube.sum(|c| ours(c) && c.outcome != Outcome::Merged);
        assert_eq!(notice.figures["people"], people, "{}", notice.file_stem);
        assert_eq!(
            notice.figures["patients"],
            cube.sum(|c| ours(c) && c.population.is_patient() && c.outcome != Outcome::Merged)
        );
        assert_eq!(
            notice.figures["unreachable"],
            cube.sum(|c| ours(c) && c.population.is_patient() && c.outcome == Outcome::Substitute)
        );
    }
    let text = plain_text(&find(&notices, NoticeKind::CoveredEntity).document);
    for figure in ["1,206 patients", "5 other people", "1,211 people in all"] {
        assert!(text.contains(figure), "{figure}\n{text}");
    }
    let bureaus = plain_text(&find(&notices, NoticeKind::Bureaus).document);
    assert!(bureaus.contains("The breach concerns 1,521 people"), "{bureaus}");
    for name in ["Equifax", "Experian", "TransUnion"] {
        assert!(bureaus.contains(name), "{name}");
    }
}

#[test]
fn who_acts_for_itself_gets_a_packet_and_who_has_not_decided_a_marked_draft() {
    let (incident, plan) = (incident(""), everything());
    let notices = notices(&incident, &cube(), &plan);
    let packet = find(&notices, NoticeKind::Packet);
    assert_eq!(packet.entity.as_deref(), Some("pine-plan"));
    assert_eq!(packet.duties, ["hhs.pine-plan"]);
    let text = plain_text(&packet.document);
    assert!(text.contains("files and sends nothing for them"), "{text}");
    assert!(text.contains("September 28, 2026") && text.contains("310"), "{text}");
    let draft = notices.iter().find(|n| n.file_stem == "media-TX").unwrap();
    assert_eq!((draft.standing, draft.stamp.as_str()), (NoticeState::Undecided, "DRAFT"));
    assert!(plain_text(&draft.document).contains("nobody has decided"));
    assert!(notices.iter().filter(|n| n.stamp.is_empty()).count() == notices.len() - 1);
}

#[test]
fn the_web_page_is_whole_indexable_and_has_a_language_a_title_and_one_heading() {
    let incident = incident("");
    let notices = notices(&incident, &cube(), &everything());
    let page = find(&notices, NoticeKind::SubstituteMany).web_page.as_deref().unwrap();
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
    assert!(page.contains("<title>Notice of a data breach: Harbor Health System</title>"));
    assert_eq!(page.matches("<h1>").count(), 1);
    assert!(page.matches("<h2>").count() >= 4);
    for outside in ["src=", "<link", "<script", "@import", "url(", "noindex"] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(
        page.contains("<span class=\"number\">1-800-555-0142</span>")
            && page.contains(".number { white-space: nowrap; }"),
        "the toll-free number, on one line"
    );
    assert!(!page.contains("class=\"number\">2026"), "a day is no telephone number");
    let mut open = Vec::new();
    for piece in page.split('<').skip(1) {
        let tag = piece.split(['>', ' ', '\n']).next().unwrap();
        if let Some(closed) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(closed.to_owned()));
        } else if !matches!(tag, "!DOCTYPE" | "meta" | "br" | "hr") {
            open.push(tag.to_owned());
        }
    }
    assert!(open.is_empty(), "{open:?}");
    let mut undecided = everything();
    for duty in undecided.duties.iter_mut().filter(|d| d.id.starts_with("many")) {
        duty.carrier = Carrier::Undecided;
    }
    let drafts = self::notices(&incident, &cube(), &undecided);
    let page = find(&drafts, NoticeKind::SubstituteMany).web_page.as_deref().unwrap();
    assert!(page.contains("noindex"), "a draft must not be found");
}

#[test]
fn a_number_that_costs_the_caller_is_no_toll_free_number() {
    let mut incident = incident("");
    incident.sender.phone = "312-555-0100".into();
    let (cube, plan) = (cube(), everything());
    let desk = NoticeWriter::new(&incident, &incident.waves[0], &cube, &plan, pack(), None);
    let desk = desk.map_err(|_| "templates").unwrap();
    let (_, findings) = desk.notices().map_err(|f| f.message).unwrap();
    assert_eq!(findings.count("notice.no_toll_free"), 1);
    assert_eq!(findings.count("notice.content_missing"), 0);
}

fn person(id: &str, entity: Option<usize>, last: &str, kind: AddressKind) -> Person {
    Person {
        row: 1,
        record_id: id.to_owned(),
        entity: entity.map(EntityIx::new),
        strand: StrandIx::FIRST,
        first_name: "Ada".to_owned(),
        middle_name: String::new(),
        last_name: last.to_owned(),
        suffix: String::new(),
        address: Address {
            lines: vec!["7 Secret Lane".into()],
            city: "Portland".into(),
            state: "ME".into(),
            zip: "04101".into(),
            country: String::new(),
            kind,
        },
        jurisdiction: "ME".to_owned(),
        email: String::new(),
        email_consent: false,
        email_consent_on: None,
        date_of_birth: Some(date(1960, 2, 3)),
        recipient: Recipient::Adult,
        representative_name: String::new(),
        language: "en".to_owned(),
        alt_format: String::new(),
        population: Population::Patient,
        supplemental: false,
        elements: [0, 2].into_iter().collect::<ElementSet>(),
        activation_code: String::new(),
        prior_record_id: String::new(),
        standing: Row::Ready,
    }
}

pub fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_path(path).unwrap().deserialize().map(Result::unwrap).collect()
}

#[test]
fn a_list_holds_its_own_entitys_people_only_without_formulas_or_hidden_addresses() {
    let (incident, cube, plan) = (incident(""), cube(), everything());
    let desk = NoticeWriter::new(&incident, &incident.waves[0], &cube, &plan, pack(), None);
    let desk = desk.map_err(|_| "templates").unwrap();
    let (notices, _) = desk.notices().map_err(|f| f.message).unwrap();
    let home = TempDir::new().unwrap();
    let mut lists = Lists::create(home.path(), &notices, &incident, desk.words()).unwrap();
    let ordinary = AddressKind::Ordinary;
    let mut add = |person: Person, outcome: Outcome| lists.add(&person, outcome, None).unwrap();
    add(person("h1", Some(0), "=HYPERLINK(\"x\")", ordinary), Outcome::ToMail);
    add(person("h2", Some(0), "Quiet", AddressKind::Confidential), Outcome::ToMail);
    add(person("h3", Some(0), "Hidden", AddressKind::Protected), Outcome::ToMail);
    let twin = Person { standing: Row::Merged(1), ..person("h4", Some(0), "Twin", ordinary) };
    add(twin, Outcome::Merged);
    let nobody = Person {
        standing: Row::Excluded(code!("row.empty")),
        ..person("h5", Some(0), "", ordinary)
    };
    add(nobody, Outcome::Excluded);
    add(person("p1", Some(1), "Pinewood", ordinary), Outcome::ToMail);
    add(person("p2", Some(1), "Lost", ordinary), Outcome::Substitute);
    let whose = Row::Held(code!("entity.missing"));
    add(Person { standing: whose, ..person("x1", None, "Whose", ordinary) }, Outcome::Held);
    let late = Person { recipient: Recipient::Estate, ..person("p3", Some(1), "Late", ordinary) };
    add(late, Outcome::Substitute);
    let done = lists.finish().unwrap();
    assert_eq!(done.len(), 3);

    let harbor = rows(&home.path().join("harbor-health/people.csv"));
    let ids: Vec<&str> = harbor.iter().map(|r| r["record_id"].as_str()).collect();
    assert_eq!(ids, ["h1", "h2", "h3"]);
    assert_eq!(harbor[0]["last_name"], "'=HYPERLINK(\"x\")");
    assert_eq!(harbor[0]["address_1"], "7 Secret Lane");
    assert_eq!(harbor[0]["information_involved"], "name; diagnosis");
    for row in &harbor[1..] {
        assert!(row["address_1"].is_empty() && row["city"].is_empty() && row["zip"].is_empty());
        assert!(row["address_left_out"].starts_with("left out"), "{row:?}");
    }
    let pine = rows(&home.path().join("pine-plan/people.csv"));
    assert_eq!(pine.len(), 3);
    let means = rows(&home.path().join("pine-plan/other-means-people.csv"));
    let ids: Vec<&str> = means.iter().map(|r| r["record_id"].as_str()).collect();
    assert_eq!(ids, ["p2"], "the kin of the dead need no substitute notice");

    let harbor = home.path().join("harbor-health/people.csv");
    let made = || {
        let mut book = std::io::Cursor::new(Vec::new());
        noticeworks::notices::workbook(&harbor, date(2026, 9, 18), &mut book).unwrap();
        book.into_inner()
    };
    let workbook = made();
    assert!(workbook == made(), "same list, same bytes");
    assert!(noticeworks::notices::has_workbook(3) && !noticeworks::notices::has_workbook(1 << 20));
    let book = home.path().join("people.xlsx");
    fs::write(&book, workbook).unwrap();
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(&book).unwrap();
    let sheet = calamine::Reader::worksheet_range_at(&mut book, 0).unwrap().unwrap();
    assert_eq!(sheet.get_value((1, 3)).unwrap().to_string(), "'=HYPERLINK(\"x\")");
    assert_eq!(sheet.get_value((1, 13)).unwrap().to_string(), "04101");
}

#[test]
fn who_names_no_covered_entity_is_counted_and_the_count_says_so() {
    let held = Person {
        standing: Row::Held(code!("entity.unknown")),
        ..person("x", None, "Whose", AddressKind::Ordinary)
    };
    let mut cube = cube();
    let (people, patients) = (cube.people(), cube.sum(|c| c.entity == EntityIx::FIRST));
    cube.add(&held, Outcome::Held);
    cube.add(&held, Outcome::Held);
    assert_eq!((cube.people(), cube.unplaced), (people + 2, 2));
    assert_eq!(cube.sum(|c| c.entity == EntityIx::FIRST), patients + 2);
    let notices = notices(&incident(""), &cube, &everything());
    let letter = |entity: &str| {
        let ours = |n: &&Notice| {
            n.kind == NoticeKind::CoveredEntity && n.entity.as_deref() == Some(entity)
        };
        plain_text(&notices.iter().find(ours).unwrap().document)
    };
    let said = "People of rows that do not say whose they are, 2 in all";
    assert!(letter("harbor-health").contains(said), "{}", letter("harbor-health"));
    assert!(!letter("pine-plan").contains("do not say whose"));
}

#[test]
fn a_row_that_is_nobody_joins_no_cell() {
    let mut cube = Cube::default();
    let empty = Person {
        standing: Row::Excluded(code!("row.empty")),
        ..person("e", Some(0), "", AddressKind::Ordinary)
    };
    let dead = Person {
        standing: Row::Excluded(code!("deceased.no_address")),
        ..person("d", Some(0), "Late", AddressKind::Ordinary)
    };
    cube.add(&empty, Outcome::Excluded);
    cube.add(&dead, Outcome::Excluded);
    assert_eq!((cube.row_count(), cube.people()), (2, 1));
    let known = cell(0, "ME", &[0, 2], Outcome::Excluded);
    assert_eq!(cube.cells.get(&known), Some(&1));
}
