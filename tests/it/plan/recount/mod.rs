//! The plan counted a second time, by code that shares nothing with the program: it reads the
//! law's TOML files as they stand and goes by `docs/LAW-FORMAT.md` alone.

mod clocks;
mod conditions;
mod law;
mod story;

pub use law::Law;
pub use story::{Crowd, Part, Party, Story, Wait};

use conditions::Case;
use jiff::civil::Date;
use law::{day, list, number, rows, text};
use std::collections::{BTreeMap, BTreeSet};
use toml::{Table, Value};

/// What must arise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    pub count: u64,
    pub due: Option<Date>,
    pub hours: Option<u64>,
}

type Key = (usize, usize);
type Ids = BTreeSet<String>;

enum Truth {
    Yes,
    No,
    Ask(Option<String>),
}

/// Ids of a definition by what they need beside them.
#[derive(Default)]
struct Known {
    alone: Ids,
    with_code: Ids,
    if_usable: Ids,
}

/// A filing's people.
struct Rows {
    parties: BTreeSet<usize>,
    state: Option<&'static str>,
}

struct Count {
    total: u64,
    by_party: BTreeMap<usize, u64>,
    keys: BTreeSet<Key>,
    crowds: Vec<usize>,
    open: bool,
}

/// The recount of one story.
pub struct Recount<'l> {
    law: &'l Law,
    story: &'l Story,
    hhs: BTreeMap<usize, Date>,
    /// Rules that changed between discovery and mailing: which version governs is a question.
    pub changed: Ids,
}

impl<'l> Recount<'l> {
    pub fn new(law: &'l Law, story: &'l Story) -> Self {
        Self { law, story, hhs: BTreeMap::new(), changed: Ids::new() }
    }

    /// Everything that arises, by duty.
    pub fn owed(&mut self) -> BTreeMap<String, Owed> {
        let mut owed = BTreeMap::new();
        for file in &self.law.files {
            self.family(file, true, &mut owed);
        }
        for (id, duty) in &owed {
            let party = self.story.parties.iter().position(|p| id.ends_with(&format!(".{}", p.id)));
            if let (Some(party), Some(due)) = (party, duty.due) {
                let known = self.hhs.entry(party).or_insert(due);
                *known = due.min(*known);
            }
        }
        for file in &self.law.files {
            self.family(file, false, &mut owed);
            self.protections(file, &mut owed);
        }
        owed
    }

    fn family(&mut self, file: &'l Table, hhs: bool, owed: &mut BTreeMap<String, Owed>) {
        let mut families: BTreeMap<(&str, &str), Vec<&Table>> = BTreeMap::new();
        for rule in rows(file, "duty") {
            families.entry((text(rule, "kind"), text(rule, "id"))).or_default().push(rule);
        }
        for ((kind, id), versions) in families {
            if (kind == "hhs") != hhs || (kind == "covered_entity" && !self.serves()) {
                continue;
            }
            for (name, filing) in self.filings(file, kind, id, &versions) {
                if let Some(duty) = self.judge(file, &versions, &filing) {
                    owed.insert(name, duty);
                }
            }
        }
    }

    pub(super) fn serves(&self) -> bool {
        matches!(self.story.role, "business_associate" | "phr_service_provider")
    }

    /// Who shares a filing.
    fn filings(
        &self,
        file: &Table,
        kind: &str,
        id: &str,
        versions: &[&Table],
    ) -> Vec<(String, Rows)> {
        let counts = text(versions[versions.len() - 1], "counts");
        let (federal, code) = (text(file, "kind") == "federal", text(file, "code"));
        let own = matches!(counts, "residents" | "resident_patients") && !federal;
        let present = |party: &usize| {
            self.story.crowds.iter().any(|c| c.party == *party && (!own || c.state == code))
        };
        let inhabited = federal || self.story.crowds.iter().any(|c| c.state == code);
        if counts == "everybody" && !inhabited {
            return Vec::new();
        }
        let parties: Vec<usize> = (0..self.story.parties.len()).filter(present).collect();
        let mut found = Vec::new();
        let alone = |p: usize| BTreeSet::from([p]);
        if counts.ends_with("_per_state") {
            for p in parties {
                let states: BTreeSet<&'static str> = self
                    .story
                    .crowds
                    .iter()
                    .filter(|c| c.party == p && c.population != "employee")
                    .map(|c| c.state)
                    .collect();
                for state in states {
                    let name = format!("{id}.{}.{state}", self.story.parties[p].id);
                    found.push((name, Rows { parties: alone(p), state: Some(state) }));
                }
            }
            return found;
        }
        let apart = |p: &usize| federal || kind == "covered_entity" || self.itself(*p, kind);
        let (apart, together): (Vec<usize>, Vec<usize>) = parties.into_iter().partition(apart);
        if !together.is_empty() {
            let filing = Rows { parties: together.into_iter().collect(), state: None };
            found.push((id.to_owned(), filing));
        }
        for p in apart {
            let name = format!("{id}.{}", self.story.parties[p].id);
            found.push((name, Rows { parties: alone(p), state: None }));
        }
        found
    }

    /// Whether a party carries out a kind of duty itself.
    pub(super) fn itself(&self, party: usize, kind: &str) -> bool {
        let what = match kind {
            "individual" | "protection" => "individual",
            "hhs" | "media" | "substitute" | "cra" => kind,
            "regulator" => "state",
            _ => return false,
        };
        let alone = !self.serves() && self.story.parties.len() == 1;
        !alone && self.story.parties[party].itself.contains(what)
    }

    fn judge(&mut self, file: &'l Table, versions: &[&'l Table], filing: &Rows) -> Option<Owed> {
        let counts = text(versions[versions.len() - 1], "counts");
        let scope = self.scope(file, counts, filing);
        let keys: BTreeSet<Key> = scope
            .iter()
            .map(|i| (self.story.crowds[*i].party, self.story.crowds[*i].part))
            .collect();
        let first = *keys.iter().min_by_key(|key| (self.discovery(**key), **key))?;
        let then = versions
            .iter()
            .copied()
            .filter(|rule| {
                let clock = text(rule, "clock");
                let starts = keys.iter().filter_map(|k| self.start(clock, text(rule, "kind"), *k));
                let start = starts.min().unwrap_or(self.discovery(first));
                let forced = self.in_force(versions, start, first);
                forced.iter().any(|r| r["effective"].to_string() == rule["effective"].to_string())
            })
            .max_by_key(|rule| day(rule.get("effective")));
        let now = self.in_force(versions, self.story.mail_on, *keys.first()?).last().copied();
        let (then, now) = match (then, now) {
            (None, None) => return None,
            (Some(then), Some(now)) => (then, now),
            (one, other) => {
                self.changed.insert(text(one.or(other)?, "id").to_owned());
                return None;
            }
        };
        if day(then.get("effective")) != day(now.get("effective")) {
            self.changed.insert(text(then, "id").to_owned());
            return None;
        }
        self.weigh(file, then, filing)
    }

    fn weigh(&self, file: &'l Table, rule: &'l Table, filing: &Rows) -> Option<Owed> {
        let (counts, id) = (text(rule, "counts"), text(rule, "id"));
        let mut count = self.count(file, rule, text(rule, "kind"), counts, filing);
        if counts == "everybody" && text(file, "kind") != "federal" {
            let here = self.count(file, rule, text(rule, "kind"), "residents", filing);
            if here.total == 0 {
                return None;
            }
            let asked = rule.contains_key("count_question");
            if asked && self.decided(&format!("{id}.counts")) == Some("residents") {
                count = here;
            }
        }
        let limit = number(rule, "threshold").unwrap();
        let passes = |n: u64| match text(rule, "comparator") {
            ">" => n > limit,
            ">=" => n > 0 && n >= limit,
            "<" => n > 0 && n < limit,
            other => panic!("comparator {other}"),
        };
        if !passes(count.total) && !count.by_party.values().any(|n| passes(*n)) {
            return None;
        }
        if self.decided(id) == Some("does_not_arise") {
            return None;
        }
        let (due, hours) = self.due(file, rule, &count.keys).unzip();
        Some(Owed { count: count.total, due, hours: hours.flatten() })
    }

    fn decided(&self, question: &str) -> Option<&str> {
        self.story.decisions.get(question).map(String::as_str)
    }

    /// The crowds whom a count could look at.
    fn scope(&self, file: &Table, counts: &str, filing: &Rows) -> Vec<usize> {
        let everywhere =
            text(file, "kind") == "federal" || !matches!(counts, "residents" | "resident_patients");
        let code = text(file, "code");
        let lives = |c: &Crowd| match filing.state {
            Some(state) => c.state == state,
            None => everywhere || c.state == code,
        };
        let crowds = self.story.crowds.iter().enumerate();
        crowds
            .filter(|(_, c)| filing.parties.contains(&c.party) && lives(c))
            .map(|(i, _)| i)
            .collect()
    }

    fn count(
        &self,
        file: &'l Table,
        rule: &'l Table,
        kind: &str,
        counts: &str,
        filing: &Rows,
    ) -> Count {
        let statute_id = text(rule, "statute");
        let statute = rows(file, "statute").into_iter().find(|s| text(s, "id") == statute_id);
        let statute = statute.expect("a statute");
        let patients_only = matches!(
            counts,
            "patients" | "patients_per_state" | "patients_unreachable" | "resident_patients"
        );
        let unreachable = counts.ends_with("_unreachable");
        let mut kept: Vec<usize> = self.scope(file, counts, filing);
        kept.retain(|i| {
            let c = &self.story.crowds[*i];
            let meets = match self.definition(file, statute_id, (c.party, c.part)) {
                _ if counts == "resident_patients" => true,
                Some(known) => self.meets(file, statute_id, c, &known),
                None => c.population != "employee",
            };
            (!patients_only || self.patient(c))
                && (!unreachable || (c.unreachable && !c.estate))
                && meets
                && !self.outside(statute, c.part)
        });
        let matched: u64 = kept.iter().map(|i| self.story.crowds[*i].n).sum();
        let others = kept.iter().any(|i| !self.patient(&self.story.crowds[*i]));
        let mut count = Count {
            total: 0,
            by_party: BTreeMap::new(),
            keys: BTreeSet::new(),
            crowds: Vec::new(),
            open: false,
        };
        for i in &kept {
            let c = &self.story.crowds[*i];
            let exposed: Ids = kept
                .iter()
                .map(|i| &self.story.crowds[*i])
                .filter(|other| other.party == c.party)
                .flat_map(|other| other.elements.iter().map(|e| (*e).to_owned()))
                .collect();
            let case = Case { file, statute_id, crowd: c, exposed, matched, others };
            if self.patient(c) && self.lifted(&case, kind, text(rule, "id")) {
                continue;
            }
            let code = text(file, "code");
            match self.test(statute.get("when"), &case) {
                Truth::No => continue,
                Truth::Ask(Some(_))
                    if self.decided(&format!("{code}.{statute_id}")) == Some("does_not_apply") =>
                {
                    continue;
                }
                _ => {}
            }
            match self.test(rule.get("when"), &case) {
                Truth::No => continue,
                Truth::Ask(Some(_)) => count.open = true,
                _ => {}
            }
            count.total += c.n;
            *count.by_party.entry(c.party).or_default() += c.n;
            count.keys.insert((c.party, c.part));
            count.crowds.push(*i);
        }
        count
    }

    fn patient(&self, c: &Crowd) -> bool {
        let kind = self.story.parties[c.party].kind;
        c.population != "employee" && !matches!(kind, "phr_vendor" | "phr_related_entity")
    }

    /// Whether an element is in a list of ids and categories.
    fn falls(&self, element: &str, list: &Ids) -> bool {
        self.law.of(element).iter().any(|category| list.contains(category))
    }

    fn outside(&self, statute: &Table, part: usize) -> bool {
        let part = &self.story.parts[part];
        let yes = |key: &str| statute.get(key).and_then(Value::as_bool).unwrap_or(false);
        let paper =
            !part.locations.is_empty() && part.locations.iter().all(|l| *l == "paper_films");
        let secured = self.decided(&format!("encryption.{}", part.id)) == Some("secured");
        (paper && !yes("paper_records"))
            || (part.encrypted && secured && yes("encryption_safe_harbor"))
    }

    /// Whether somebody's elements are among those that count: alone, beside an account's code, or
    /// where the number alone could reach the account.
    fn meets(&self, file: &Table, statute: &str, c: &Crowd, known: &Known) -> bool {
        let any = |list: &Ids| c.elements.iter().any(|e| self.falls(e, list));
        let usable = format!("{}.{statute}.usable", text(file, "code"));
        any(&known.alone)
            || (any(&known.with_code) && self.decided("access_codes") != Some("not_exposed"))
            || (any(&known.if_usable) && self.decided(&usable) != Some("not_usable"))
    }

    /// The ids that make somebody count; none where everybody served does.
    fn definition(&self, file: &Table, statute: &str, key: Key) -> Option<Known> {
        let crowd = Crowd {
            party: key.0,
            part: key.1,
            state: "",
            n: 0,
            elements: Vec::new(),
            population: "patient",
            estate: false,
            unreachable: false,
        };
        let every: Ids = self
            .story
            .crowds
            .iter()
            .flat_map(|c| c.elements.iter().map(|e| (*e).to_owned()))
            .collect();
        let case = Case {
            file,
            statute_id: statute,
            crowd: &crowd,
            exposed: every.clone(),
            matched: u64::MAX,
            others: false,
        };
        let all: Vec<&Table> = rows(file, "definition")
            .into_iter()
            .filter(|d| text(d, "statute") == statute)
            .filter(|d| !matches!(self.test_without_definition(d.get("when"), &case), Truth::No))
            .collect();
        let then = self.in_force(&all, self.discovery(key), key);
        let now = self.in_force(&all, self.story.mail_on, key);
        if then.is_empty() && now.is_empty() {
            let alone = every.iter().flat_map(|e| self.law.of(e)).collect();
            return Some(Known { alone, ..Known::default() });
        }
        let mut known = Known::default();
        let (old, new) = (format!("{:?}", dates(&then)), format!("{:?}", dates(&now)));
        let chosen = self.decided(&format!("{}.{statute}.definition", text(file, "code")));
        for (on, of) in [(old, then), (new, now)] {
            if chosen.is_some_and(|day| !on.contains(day)) {
                continue;
            }
            for definition in of {
                let listed = list(definition, "elements");
                if listed.is_empty() {
                    return None;
                }
                let (coded, usable) =
                    (list(definition, "with_code"), list(definition, "if_usable"));
                for id in listed.into_iter().chain(list(definition, "without_name")) {
                    let beside = [(&coded, &mut known.with_code), (&usable, &mut known.if_usable)];
                    let mut alone = true;
                    for (list, ids) in beside {
                        if list.contains(&id) {
                            ids.insert(id.to_owned());
                            alone = false;
                        }
                    }
                    if alone {
                        known.alone.insert(id.to_owned());
                    }
                }
            }
        }
        Some(known)
    }

    fn lifted(&self, case: &Case<'_>, kind: &str, rule: &str) -> bool {
        let key = (case.crowd.party, case.crowd.part);
        let all: Vec<&Table> = rows(case.file, "hipaa")
            .into_iter()
            .filter(|h| text(h, "statute") == case.statute_id)
            .collect();
        [self.discovery(key), self.story.mail_on]
            .into_iter()
            .all(|on| self.in_force(&all, on, key).iter().any(|h| self.lifts(h, case, kind, rule)))
    }

    /// Whether letters after HIPAA's last day take the deference away.
    fn lapsed(&self, hipaa: &Table, case: &Case<'_>) -> bool {
        let late = || format!("{}.hipaa.late", text(case.file, "code"));
        self.is_late(case)
            && match text(hipaa, "when_late") {
                "" => false,
                "lost" => true,
                "asks" => self.decided(&late()) != Some("replaced"),
                other => panic!("when_late {other}"),
            }
    }

    /// Whether letters to these patients go out after the last day of the federal rule.
    fn is_late(&self, case: &Case<'_>) -> bool {
        if !self.patient(case.crowd) {
            return false;
        }
        let key = (case.crowd.party, case.crowd.part);
        let federal = self.law.files.iter().filter(|f| text(f, "kind") == "federal");
        let mut last_days = federal.flat_map(|file| {
            let all: Vec<&Table> = rows(file, "duty")
                .into_iter()
                .filter(|r| text(r, "kind") == "individual")
                .collect();
            let bound = |rule: &&Table| {
                let of = |s: &&Table| text(s, "id") == text(rule, "statute");
                let statute = rows(file, "statute").into_iter().find(of);
                let roles = [statute.and_then(|s| s.get("when")), rule.get("when")];
                roles.into_iter().flatten().all(|w| self.binds(w.as_table().unwrap(), case))
            };
            let bound: Vec<&Table> =
                self.in_force(&all, self.discovery(key), key).into_iter().filter(bound).collect();
            let keys = BTreeSet::from([key]);
            bound.into_iter().filter_map(|r| self.due(file, r, &keys)).collect::<Vec<_>>()
        });
        last_days.any(|(on, _)| on < self.story.mail_on)
    }

    /// Whether a federal rule's condition, which asks about organizations, reaches these people.
    fn binds(&self, when: &Table, case: &Case<'_>) -> bool {
        let party = &self.story.parties[case.crowd.party];
        when.iter().all(|(key, value)| match key.as_str() {
            "role" => list(when, key).contains(&self.story.role),
            "entity_kind" => list(when, key).contains(&party.kind),
            "entity_subtype" => list(when, key).contains(&party.subtype),
            "patients" => value.as_bool() == Some(true),
            "part2_program" | "publicly_traded" => value.as_bool() == Some(false),
            "not" => !self.binds(value.as_table().unwrap(), case),
            "any" => rows(when, key).into_iter().any(|inner| self.binds(inner, case)),
            other => panic!("the recount does not know `{other}` in a federal rule"),
        })
    }

    fn lifts(&self, hipaa: &Table, case: &Case<'_>, kind: &str, rule: &str) -> bool {
        let depends = list(hipaa, "depends_on");
        let struck = |id: &&str| self.decided(id) == Some("does_not_arise");
        if text(hipaa, "treatment") == "none"
            || depends.contains(&rule)
            || depends.iter().any(struck)
        {
            return false;
        }
        let own = hipaa.get("question").map(|_| ());
        let named = list(hipaa, "lifts").contains(&kind);
        if self.lapsed(hipaa, case) {
            return false;
        }
        let (sure, asked) = match self.test(hipaa.get("when"), case) {
            Truth::No => return false,
            Truth::Yes => (true, own),
            Truth::Ask(question) => (false, question.map(|_| ()).or(own)),
        };
        if asked.is_none() {
            return sure && named;
        }
        match self.decided(&format!("{}.hipaa", text(case.file, "code"))) {
            Some("rely") => named || list(hipaa, "could_lift").contains(&kind),
            Some("state_law") => false,
            _ => sure && named,
        }
    }

    fn protections(&mut self, file: &'l Table, owed: &mut BTreeMap<String, Owed>) {
        let code = text(file, "code");
        let here: Vec<&Crowd> = self.story.crowds.iter().filter(|c| c.state == code).collect();
        let Some(key) = here.iter().map(|c| (c.party, c.part)).min() else { return };
        let all = rows(file, "protection");
        let statutes: BTreeSet<&str> = all.iter().map(|p| text(p, "statute")).collect();
        for statute in &statutes {
            let of: Vec<&'l Table> =
                all.iter().copied().filter(|p| text(p, "statute") == *statute).collect();
            let days = [self.discovery(key), self.story.mail_on];
            let rule = days
                .into_iter()
                .filter_map(|on| self.in_force(&of, on, key).last().copied())
                .filter(|p| p["required"].as_bool() == Some(true))
                .max_by_key(|p| number(p, "months"));
            let Some(rule) = rule else { continue };
            let base = match statutes.len() {
                1 => format!("{}-protection", code.to_lowercase()),
                _ => format!("{}-protection-{statute}", code.to_lowercase()),
            };
            let parties: BTreeSet<usize> = here.iter().map(|c| c.party).collect();
            let (apart, together): (BTreeSet<usize>, BTreeSet<usize>) =
                parties.into_iter().partition(|p| self.itself(*p, "protection"));
            let mut filings: Vec<(String, BTreeSet<usize>)> = apart
                .into_iter()
                .map(|p| (format!("{base}.{}", self.story.parties[p].id), BTreeSet::from([p])))
                .collect();
            if !together.is_empty() {
                filings.push((base, together));
            }
            let triggers: Ids =
                list(rule, "trigger_elements").into_iter().map(str::to_owned).collect();
            for (name, parties) in filings {
                let theirs = parties.iter().all(|p| self.itself(*p, "individual"));
                let filing = Rows { parties, state: None };
                let count = self.count(file, rule, "protection", "residents", &filing);
                let owing = count.crowds.iter().map(|i| &self.story.crowds[*i]).filter(|c| {
                    let hit = c.elements.iter().any(|e| self.falls(e, &triggers));
                    !c.estate && (triggers.is_empty() || hit)
                });
                let n: u64 = owing.map(|c| c.n).sum();
                let struck = count.open
                    && self.decided(&format!("{code}.protection")) == Some("does_not_arise");
                if n > 0 && !struck {
                    let due = (!theirs).then_some(self.story.mail_on);
                    owed.insert(name, Owed { count: n, due, hours: None });
                }
            }
        }
    }
}

fn dates(all: &[&Table]) -> Option<Date> {
    all.iter().filter_map(|r| day(r.get("effective"))).max()
}
