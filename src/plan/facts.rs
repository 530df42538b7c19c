//! The days on which clocks start, per covered entity and strand.

use super::calendar::{business_day_before, due};
use super::docket::{Ask, Docket};
use super::outcome::delegate;
use super::versions::Basis;
use crate::incident::{Agency, Delegate, EntityIx, Incident, LawEnforcementHold, StrandIx};
use crate::law::{Clock, Deadline, DutyKind};
use jiff::civil::{Date, date};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// One covered entity's people of one strand.
pub(super) type EntityStrand = (EntityIx, StrandIx);

/// A due date with what it was counted from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Due {
    pub on: Date,
    pub started: Date,
    pub clock: Clock,
    pub hours: Option<u32>,
    /// Earlier than the law asks, where letters wait for it.
    pub recommended: Option<Date>,
}

pub(super) struct Facts<'a> {
    pub incident: &'a Incident,
    pub docket: &'a Docket<'a>,
    pub mail_on: Date,
    pub is_holiday: &'a dyn Fn(Date) -> bool,
    /// When each covered entity's report to HHS is due; filled once the federal duties are known.
    pub hhs_due: BTreeMap<EntityIx, Date>,
    /// Days of discovery already found.
    pub discovered: RefCell<BTreeMap<EntityStrand, Date>>,
    /// Days of determination already found.
    pub determined: RefCell<BTreeMap<EntityStrand, Date>>,
    /// Entities already looked at: whether their clock starts only when they are told.
    pub independent: RefCell<BTreeMap<EntityIx, bool>>,
}

impl Facts<'_> {
    /// When the sender discovered the strand: the earliest of its discoveries, unless counsel
    /// says which one counts.
    pub fn sender_discovery(&self, strand: StrandIx) -> Date {
        let strand = &self.incident[strand];
        let mut dates: Vec<Date> =
            strand.discoveries.iter().map(|d| *d.on).chain([*strand.discovered]).collect();
        dates.sort_unstable();
        dates.dedup();
        let earliest = dates[0];
        if dates.len() == 1 {
            return earliest;
        }
        let labels: Vec<String> = dates.iter().map(Date::to_string).collect();
        let choices: Vec<&str> = labels.iter().map(String::as_str).collect();
        let taken = self.docket.ask(Ask {
            id: format!("discovery.{}", strand.id),
            text: format!(
                "On which day was the breach of strand `{}` discovered, or would it have been by \
                 reasonable diligence?",
                strand.id
            ),
            choices: &choices,
            default: choices[0],
            citation: "45 CFR 164.404(a)(2)",
            blocking: false,
        });
        taken.parse().unwrap_or(earliest)
    }

    /// Whether the entity's own clock starts only when it is told.
    fn independent(&self, entity: EntityIx) -> bool {
        if let Some(known) = self.independent.borrow().get(&entity) {
            return *known;
        }
        let found = self.find_independent(entity);
        self.independent.borrow_mut().insert(entity, found);
        found
    }

    fn find_independent(&self, entity: EntityIx) -> bool {
        let entity = &self.incident[entity];
        if !self.incident.sender.role.serves_others() {
            return false;
        }
        match entity.agency {
            Agency::Agent => false,
            Agency::Independent => true,
            Agency::Unknown => {
                let taken = self.docket.ask(Ask {
                    id: format!("agency.{}", entity.id),
                    text: format!(
                        "Is {} the agent of {} under the federal common law of agency, so that \
                         what it discovered counts as discovered by the covered entity?",
                        self.incident.sender.name, entity.name
                    ),
                    choices: &["agent", "independent"],
                    default: "agent",
                    citation: if self.incident.sender.role.under_hipaa() {
                        "45 CFR 164.404(a)(2)"
                    } else {
                        "16 CFR 318.3(c)"
                    },
                    blocking: false,
                });
                taken == "independent"
            }
        }
    }

    /// When the covered entity is treated as knowing of the breach (45 CFR 164.404(a)(2)).
    pub fn discovery(&self, key: EntityStrand) -> Date {
        *self.discovered.borrow_mut().entry(key).or_insert_with(|| self.find_discovery(key))
    }

    fn find_discovery(&self, (entity, strand): EntityStrand) -> Date {
        let of = &self.incident[entity];
        let sender = self.sender_discovery(strand);
        let told = of.told_on.map(|d| *d);
        let own = of.knew_earlier_on.map(|d| *d);
        let base = if self.independent(entity) { told.unwrap_or(sender) } else { sender };
        [told, own].into_iter().flatten().fold(base, Date::min)
    }

    /// When it was determined that there was a breach; until the incident says so, the day of
    /// discovery.
    fn determination(&self, key: EntityStrand) -> Date {
        if let Some(known) = self.determined.borrow().get(&key) {
            return *known;
        }
        let found = self.find_determination(key);
        self.determined.borrow_mut().insert(key, found);
        found
    }

    fn find_determination(&self, key: EntityStrand) -> Date {
        let strand = &self.incident[key.1];
        let discovery = self.discovery(key);
        match strand.determined {
            Some(day) if self.independent(key.0) => (*day).max(discovery),
            Some(day) => *day,
            None => {
                self.docket.ask(Ask {
                    id: format!("determination.{}", strand.id),
                    text: format!(
                        "On which day was it determined that strand `{}` is a breach? Until \
                         `determined` is given, the clock runs from discovery.",
                        strand.id
                    ),
                    choices: &["discovery"],
                    default: "discovery",
                    citation: "",
                    blocking: false,
                });
                discovery
            }
        }
    }

    /// The days on which the reach of a new enactment may depend.
    pub fn basis(&self, key: EntityStrand) -> Basis {
        let strand = &self.incident[key.1];
        let discovered = self.discovery(key);
        let determined = strand.determined.map_or(discovered, |day| *day);
        Basis { discovered, determined, notified: self.mail_on }
    }

    /// When a clock starts; none where what starts it will not happen.
    pub fn start(&self, clock: Clock, kind: DutyKind, key: EntityStrand) -> Option<Date> {
        let discovery = || match kind {
            DutyKind::CoveredEntity => self.sender_discovery(key.1),
            _ => self.discovery(key),
        };
        Some(match clock {
            Clock::Discovery => discovery(),
            Clock::Determination | Clock::Confirmation => self.determination(key),
            Clock::NoticeToEntity => {
                match (self.incident[key.0].told_on, self.incident.sender.role) {
                    (Some(day), _) => *day,
                    (None, role) if role.serves_others() => self.sender_discovery(key.1),
                    // Nobody had to tell an organization what it found itself.
                    (None, _) => return None,
                }
            }
            Clock::BeforeIndividualNotice
            | Clock::WithIndividualNotice
            | Clock::IndividualNotice => self.mail_on,
            Clock::HhsNotice => *self.hhs_due.get(&key.0)?,
            Clock::Materiality => *self.incident.breach.material_on?,
            Clock::CalendarYearEnd => date(discovery().year(), 12, 31),
        })
    }

    /// Whether the entity's letters are its own, so that nobody here knows their day.
    fn writes_itself(&self, entity: EntityIx) -> bool {
        let entity = &self.incident[entity];
        delegate(self.incident, entity, "individual") == Delegate::Itself
    }

    /// The due date by one clock, law-enforcement holds of this jurisdiction counted.
    ///
    /// "With the letters" and "before the letters" follow the mail date; a number beside them
    /// is an outer limit from discovery. What comes before the letters may still be done on the
    /// day on which they go out, as long as none has left; the business day before is safer.
    pub fn due(
        &self,
        code: &str,
        kind: DutyKind,
        key: EntityStrand,
        clock: Clock,
        deadline: Option<&Deadline>,
        after_hold: Option<&Deadline>,
    ) -> Option<Due> {
        let started = self.start(clock, kind, key)?;
        let hours = deadline.and_then(|d| d.hours);
        let recommended = match clock {
            Clock::BeforeIndividualNotice => {
                Some(business_day_before(self.mail_on, self.is_holiday))
            }
            _ => None,
        };
        let letters = matches!(
            clock,
            Clock::WithIndividualNotice | Clock::BeforeIndividualNotice | Clock::IndividualNotice
        );
        let theirs = letters && self.writes_itself(key.0);
        if matches!(clock, Clock::WithIndividualNotice | Clock::BeforeIndividualNotice) {
            let letters = Due { on: self.mail_on, started, clock, hours: None, recommended };
            let limit = deadline
                .filter(|d| d.days != Some(0))
                .and_then(|d| self.due(code, kind, key, Clock::Discovery, Some(d), after_hold));
            let letters = (!theirs).then_some(letters);
            return letters.into_iter().chain(limit).min();
        }
        if theirs {
            return None;
        }
        let plain = due(started, deadline?, self.is_holiday);
        let on = match clock {
            Clock::IndividualNotice => plain,
            _ => self.postponed(code, plain, after_hold),
        };
        Some(Due { on, started, clock, hours, recommended })
    }

    /// Law-enforcement holds postpone, they do not toll: the later of the original date and
    /// the hold's end, then whatever time the law gives after the end. One that was stated after
    /// the date had passed postpones nothing, but one that extends another does.
    fn postponed(&self, code: &str, original: Date, after_hold: Option<&Deadline>) -> Date {
        let named = |hold: &&LawEnforcementHold| hold.jurisdictions.iter().any(|j| j == code);
        let mut holds: Vec<_> = self.incident.holds.iter().filter(named).collect();
        holds.sort_by_key(|hold| hold.stated_on);
        let end = holds.into_iter().fold(original, |end, hold| match *hold.stated_on <= end {
            true => end.max(hold.last_day()),
            false => end,
        });
        match end > original {
            true => after_hold.map_or(end, |more| due(end, more, self.is_holiday)),
            false => original,
        }
    }

    /// The last day of the holds used in this jurisdiction.
    pub fn held_until(&self, code: &str) -> Option<Date> {
        let named = |hold: &&LawEnforcementHold| hold.jurisdictions.iter().any(|j| j == code);
        self.incident.holds.iter().filter(named).map(LawEnforcementHold::last_day).max()
    }
}
