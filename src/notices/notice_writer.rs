//! The plan's duties besides letters and filings become notices.

use super::account::{Account, is_toll_free};
use super::html;
use super::notice::{Notice, NoticeKind, NoticeState};
use super::order::{NoticeOrder, read};
use super::words::Words;
use crate::document::{Document, SectionStyle, TemplateSet};
use crate::finding::{Finding, Findings, Place, Severity};
use crate::incident::{EntityIx, Incident, Wave};
use crate::law::{Comparator, DutyKind, LawPack};
use crate::plan::{Arises, Carrier, Cube, Duty, Plan};
use include_dir::Dir;
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The notice templates that the program ships.
pub fn shipped() -> &'static Dir<'static> {
    #[expect(clippy::expect_used, reason = "part of the program; a test opens it")]
    crate::document::shipped("notice").expect("templates/notice")
}

/// Writes the notices of one wave.
pub struct NoticeWriter<'a> {
    incident: &'a Incident,
    wave: &'a Wave,
    cube: &'a Cube,
    plan: &'a Plan,
    pack: &'a LawPack,
    set: TemplateSet,
    order: NoticeOrder,
    words: Words,
    page: String,
}

/// What one notice is about.
struct Subject<'d> {
    kind: NoticeKind,
    /// The most urgent first.
    duties: Vec<&'d Duty>,
    entities: Vec<EntityIx>,
    state: Option<&'d str>,
}

impl<'a> NoticeWriter<'a> {
    /// `own` is the incident's `templates/notice`, whose files stand in for the shipped ones.
    ///
    /// # Errors
    /// Everything wrong with the templates or the files beside them.
    pub fn new(
        incident: &'a Incident,
        wave: &'a Wave,
        cube: &'a Cube,
        plan: &'a Plan,
        pack: &'a LawPack,
        own: Option<&Path>,
    ) -> Result<Self, Findings> {
        let set = TemplateSet::load(shipped(), own)?;
        let one = |finding: Finding| {
            let mut findings = Findings::default();
            findings.push(finding);
            findings
        };
        let order = read(&set, "sections.toml").map_err(one)?;
        let words = read(&set, "en/words.toml").map_err(one)?;
        let page = set.file("page.html").map_or(String::new(), |(_, text)| text.to_owned());
        Ok(Self { incident, wave, cube, plan, pack, set, order, words, page })
    }

    pub fn words(&self) -> &Words {
        &self.words
    }

    /// Every notice, in the order: covered entities, bureaus, media, substitute, packets.
    ///
    /// # Errors
    /// A template that names what a notice does not have.
    pub fn notices(&self) -> Result<(Vec<Notice>, Findings), Finding> {
        let mut findings = Findings::default();
        let mut notices = Vec::new();
        for subject in self.subjects() {
            notices.push(self.notice(&subject, &mut findings)?);
        }
        if notices.iter().any(|notice| notice.kind == NoticeKind::Media) {
            self.third_person(&mut findings);
        }
        Ok((notices, findings))
    }

    fn subjects(&self) -> Vec<Subject<'_>> {
        let mut subjects = Vec::new();
        let ours = |kind: DutyKind| {
            self.plan.duties.iter().filter(move |d| {
                d.kind == kind && d.arises != Arises::No && d.carrier != Carrier::Entity
            })
        };
        for (index, entity) in self.indexed() {
            let duties: Vec<&Duty> = ours(DutyKind::CoveredEntity)
                .filter(|d| d.entities.iter().any(|e| *e == entity))
                .collect();
            push(&mut subjects, NoticeKind::CoveredEntity, duties, vec![index], None);
        }
        let bureaus: Vec<&Duty> = ours(DutyKind::Cra).collect();
        let concerned: Vec<EntityIx> = self.concerned(&bureaus);
        push(&mut subjects, NoticeKind::Bureaus, bureaus, concerned, None);
        for kind in [DutyKind::Media, DutyKind::Substitute] {
            for duty in ours(kind) {
                for (index, entity) in self.indexed() {
                    if !duty.entities.iter().any(|e| *e == entity) {
                        continue;
                    }
                    let few = duty.comparator == Comparator::FewerThan;
                    let (kind, state) = match kind {
                        DutyKind::Media => (NoticeKind::Media, Some(state_of(duty))),
                        _ if few && duty.count == 0 => continue,
                        _ if few => (NoticeKind::SubstituteFew, None),
                        _ => (NoticeKind::SubstituteMany, None),
                    };
                    push(&mut subjects, kind, vec![duty], vec![index], state);
                }
            }
        }
        for (index, entity) in self.indexed() {
            let own: Vec<&Duty> = self
                .plan
                .duties
                .iter()
                .filter(|d| d.arises != Arises::No && d.carrier == Carrier::Entity)
                .filter(|d| d.entities.iter().any(|e| *e == entity))
                .collect();
            push(&mut subjects, NoticeKind::Packet, own, vec![index], None);
        }
        subjects
    }

    fn indexed(&self) -> impl Iterator<Item = (EntityIx, &'a str)> {
        self.incident.entity_indices().map(|at| (at, self.incident[at].id.as_str()))
    }

    /// The entities that any of these duties counts.
    fn concerned(&self, duties: &[&Duty]) -> Vec<EntityIx> {
        let ids: BTreeSet<&str> =
            duties.iter().flat_map(|d| d.entities.iter().map(String::as_str)).collect();
        self.indexed().filter(|(_, id)| ids.contains(id)).map(|(i, _)| i).collect()
    }

    fn notice(&self, subject: &Subject, findings: &mut Findings) -> Result<Notice, Finding> {
        let (kind, words) = (subject.kind, &self.words);
        let account = Account {
            incident: self.incident,
            wave: self.wave,
            cube: self.cube,
            pack: self.pack,
            words,
        };
        let standing = standing(&subject.duties);
        let (mut context, figures) = account.context(&subject.entities, subject.state);
        let state = subject.state.map(|code| account.state(code)).unwrap_or_default();
        context.insert("state", &state);
        context.insert("duties", &self.duties(&subject.duties));
        context.insert("date", &words.date(self.plan.as_of));
        let banner = match standing {
            _ if self.cube.estimated => words.pick(&words.standing, "preliminary"),
            NoticeState::Due => String::new(),
            NoticeState::Possible => words.pick(&words.standing, "possible"),
            NoticeState::Undecided => words.pick(&words.standing, "undecided"),
        };
        context.insert("banner", &banner);
        let entity = match subject.entities.as_slice() {
            [one] => Some(&self.incident[*one]),
            _ => None,
        };
        let named = entity.filter(|_| kind != NoticeKind::Bureaus);
        let fill = |text: String| {
            text.replace("{entity}", named.map_or("", |e| &e.name))
                .replace("{state}", &state)
                .replace("{code}", subject.state.unwrap_or(""))
                .replace("{sender}", &self.incident.sender.name)
        };
        let mut sections = Vec::new();
        for name in self.order.of(kind) {
            let section = self.set.render(&format!("en/{name}"), &context, SectionStyle::Body)?;
            if !section.blocks.is_empty() {
                sections.push(section);
            }
        }
        let id = id(kind);
        let document = Document {
            lang: words.lang.clone(),
            title: fill(words.pick(&words.title, id)),
            sections,
        };
        self.check(kind, &subject.duties, &document, findings);
        let web_page = match kind {
            NoticeKind::SubstituteMany => Some(html::page(
                &self.page,
                &document,
                standing != NoticeState::Due || self.cube.estimated,
            )?),
            _ => None,
        };
        let mut stated = BTreeMap::from([
            ("people".to_owned(), figures.total),
            ("patients".to_owned(), figures.patients),
            ("unreachable".to_owned(), figures.unreachable_patients),
        ]);
        for duty in &subject.duties {
            stated.insert(format!("duty.{}", duty.id), duty.count);
        }
        Ok(Notice {
            kind,
            duties: subject.duties.iter().map(|d| d.id.clone()).collect(),
            entity: named.map(|e| e.id.clone()),
            jurisdiction: subject.duties.first().map_or(String::new(), |d| match subject.state {
                Some(state) => state.to_owned(),
                None => d.jurisdiction.clone(),
            }),
            folder: named
                .map_or_else(|| words.pick(&words.file, "bureaus_folder"), |e| file_name(&e.id)),
            file_stem: file_name(&fill(words.pick(&words.file, id))),
            standing,
            due: subject.duties.iter().filter_map(|d| d.due).min(),
            document,
            posting_days: if web_page.is_some() { self.posting_days(&subject.duties) } else { 0 },
            stamp: match standing {
                _ if self.cube.estimated => words.preliminary.clone(),
                NoticeState::Due => String::new(),
                NoticeState::Possible | NoticeState::Undecided => words.draft.clone(),
            },
            page_of: words.page_of.clone(),
            web_page,
            figures: stated,
        })
    }

    /// For how long the laws of these duties want a notice on a home page.
    fn posting_days(&self, duties: &[&Duty]) -> u32 {
        let on = self.wave.mail_on;
        let laws = duties.iter().filter_map(|duty| self.pack.get(&duty.jurisdiction));
        laws.flat_map(|law| &law.methods)
            .filter(|m| m.effective <= on && m.until.is_none_or(|until| on < until))
            .filter_map(|methods| methods.website_posting_days)
            .max()
            .unwrap_or(0)
    }

    /// The duties as tables print them.
    fn duties(&self, duties: &[&Duty]) -> Json {
        duties
            .iter()
            .map(|d| {
                let kind = serde_json::to_value(d.kind).unwrap_or_default();
                json!({
                    "id": d.id,
                    "citation": d.citation,
                    "recipient": d.recipient,
                    "kind": self.words.pick(&self.words.duty, kind.as_str().unwrap_or_default()),
                    "count": self.words.number(d.count),
                    "due": d.due.map(|day| self.words.date(day)).unwrap_or_default(),
                    "timing": d.timing,
                    "reason": d.reason,
                    "method": d.method,
                    "url": d.url,
                    "possible": d.arises == Arises::Possible,
                })
            })
            .collect()
    }

    /// What the law asks a notice to contain must stand in one of its blocks; the list of people
    /// goes beside a notice, not in it.
    fn check(
        &self,
        kind: NoticeKind,
        duties: &[&Duty],
        document: &Document,
        findings: &mut Findings,
    ) {
        if kind == NoticeKind::Packet {
            return;
        }
        let blocks = || document.sections.iter().flat_map(|s| &s.blocks);
        let mut wanted: BTreeMap<&str, &str> = BTreeMap::new();
        for duty in duties {
            for content in duty.required_content.iter().filter(|c| *c != "individual_list") {
                wanted.entry(content).or_insert(&duty.citation);
            }
        }
        for (content, citation) in wanted {
            if content == "toll_free_number" && !is_toll_free(&self.incident.sender.phone) {
                continue;
            }
            if !blocks().any(|b| b.satisfies.iter().any(|s| s == content)) {
                let message = format!(
                    "no block of the notice `{}` satisfies `{content}` ({citation})",
                    id(kind)
                );
                findings.push(
                    Finding::new(code!("notice.content_missing"), Severity::Warning, message)
                        .at(Place::file("templates/notice/en"))
                        .remedy("write it, with `<!-- satisfies: ... -->` above the block"),
                );
            }
        }
        if kind == NoticeKind::SubstituteMany && !is_toll_free(&self.incident.sender.phone) {
            let message = "substitute notice to 10 or more needs a toll-free number that answers \
                           for 90 days (45 CFR 164.404(d)(2)(ii))";
            findings.push(
                Finding::new(code!("notice.no_toll_free"), Severity::Warning, message)
                    .at(Place::file("incident.toml"))
                    .remedy("write a toll-free number as `phone` under `[sender]`"),
            );
        }
    }
}

impl NoticeWriter<'_> {
    /// A release in the third person that quotes the incident's own account.
    fn third_person(&self, findings: &mut Findings) {
        let breach = &self.incident.breach;
        for (own, key, told, instead) in [
            (&breach.what_happened, "what_happened", &breach.media_account, "media_account"),
            (
                &breach.what_we_are_doing,
                "what_we_are_doing",
                &breach.media_response,
                "media_response",
            ),
        ] {
            if told.trim().is_empty() && self.words.speaks_itself(own) {
                let message = format!("the media release quotes `{key}`, which says `we`");
                let finding = Finding::new(code!("notice.own_words"), Severity::Note, message);
                findings.push(finding.at(Place::file("incident.toml")).remedy(format!(
                    "write `{instead}` in `[breach]`, which speaks of the sender by name"
                )));
            }
        }
    }
}

fn push<'d>(
    subjects: &mut Vec<Subject<'d>>,
    kind: NoticeKind,
    mut duties: Vec<&'d Duty>,
    entities: Vec<EntityIx>,
    state: Option<&'d str>,
) {
    if duties.is_empty() {
        return;
    }
    duties.sort_by_key(|d| (d.due.is_none(), d.due, d.id.as_str()));
    subjects.push(Subject { kind, duties, entities, state });
}

/// The state whose media a duty names: the end of its id, or the law's own jurisdiction.
fn state_of(duty: &Duty) -> &str {
    match duty.id.rsplit_once('.') {
        Some((head, state)) if head.contains('.') => state,
        _ => &duty.jurisdiction,
    }
}

fn standing(duties: &[&Duty]) -> NoticeState {
    if duties.iter().any(|d| d.carrier == Carrier::Undecided) {
        NoticeState::Undecided
    } else if duties.iter().all(|d| d.arises == Arises::Possible) {
        NoticeState::Possible
    } else {
        NoticeState::Due
    }
}

/// As in the words file.
fn id(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::CoveredEntity => "covered_entity",
        NoticeKind::Bureaus => "bureaus",
        NoticeKind::Media => "media",
        NoticeKind::SubstituteMany => "substitute_many",
        NoticeKind::SubstituteFew => "substitute_few",
        NoticeKind::Packet => "packet",
    }
}

/// A name that files allow.
pub(super) fn file_name(text: &str) -> String {
    let keep = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
    text.chars().map(|c| if keep(c) { c } else { '-' }).collect()
}
