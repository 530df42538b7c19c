//! The plan's duties toward HHS and regulators become filings.

use super::amend::{amendment_rows, later_wave_speaks, not_owed_now};
use super::facts::{Facts, Scene, Subject};
use super::filed::{Change, Filed};
use super::filing::{
    Basis, Counts, FiledDuty, Filing, FilingFile, FilingStanding, Folder, FormUsed, History,
};
use super::fill::{fill, fill_row};
use super::forms::Forms;
use super::occasion::Occasion;
use super::reports::{hhs_groups, ours, own_reports};
use super::{decisions, record, required, summary};
use crate::document::Document;
use crate::finding::{Finding, Findings, Severity};
use crate::incident::EntityIx;
use crate::incident::{CoveredEntity, Incident};
use crate::law::{Clock, DutyKind};
use crate::plan::{Arises, Carrier, Cube, Duty, Plan};
use jiff::civil::Date;
use std::sync::Arc;

/// Every filing the sender owes or may owe, in the plan's order, HHS first.
///
/// Duties that a covered entity carries out itself get none; undecided ones get a draft.
pub fn make(
    incident: &Incident,
    cube: &Cube,
    plan: &Plan,
    forms: &Forms,
    as_of: Date,
) -> (Vec<Filing>, Findings) {
    make_on(incident, cube, plan, forms, &Occasion::on(as_of))
}

/// [`make`] for one wave, with what is known to have been posted.
pub fn make_on(
    incident: &Incident,
    cube: &Cube,
    plan: &Plan,
    forms: &Forms,
    occasion: &Occasion,
) -> (Vec<Filing>, Findings) {
    let scene = Scene { incident, cube, plan, forms, occasion };
    let mut findings = Findings::default();
    let mut filings = Vec::new();
    decisions::check(&scene, &mut findings);
    own_reports(&scene, &mut findings);
    for group in hhs_groups(&scene, &mut findings) {
        filed(&scene, &group, Vec::new(), Folder::Hhs, &mut filings, &mut findings);
    }
    let copied = |f: &&Filing| forms.forms.get(&f.form.id).is_none_or(|form| form.copied);
    let reports: Vec<(String, Vec<String>)> = filings
        .iter()
        .filter(copied)
        .map(|f: &Filing| (f.file.stem.clone(), f.duty.entities.clone()))
        .collect();
    for duty in ours(plan, DutyKind::Regulator) {
        let about: Vec<String> = reports
            .iter()
            .filter(|(_, entities)| entities.iter().any(|e| duty.entities.contains(e)))
            .map(|(stem, _)| stem.clone())
            .collect();
        filed(&scene, &[duty], about, Folder::States, &mut filings, &mut findings);
    }
    match &occasion.later {
        Some(later) => later_wave_speaks(later, &filings, &mut findings),
        None => not_owed_now(&scene, &filings, &mut findings),
    }
    unplaced(&scene, &filings, &mut findings);
    (filings, findings)
}

/// Who names no covered entity is counted with the first one until the roster says whose they are.
fn unplaced(scene: &Scene, filings: &[Filing], findings: &mut Findings) {
    let (n, entities) = (scene.cube.unplaced, &scene.incident.entities);
    let Some(first) = entities.first().filter(|_| n > 0 && entities.len() > 1) else { return };
    if filings.iter().any(|filing| filing.duty.entities.contains(&first.id)) {
        let who = if n == 1 { "1 person of a held row is" } else { "people of held rows are" };
        let who = if n == 1 { who.to_owned() } else { format!("{n} {who}") };
        let message =
            format!("{who} counted with `{}`, because the row names no covered entity", first.id);
        findings.push(
            Finding::new(code!("filing.unplaced"), Severity::Warning, message).remedy(
                "write whose patients they are into the roster, then make the filings again",
            ),
        );
    }
}

/// A filing, held against what was really filed; its amendment if that no longer holds.
fn filed(
    scene: &Scene,
    duties: &[&Duty],
    hhs_reports: Vec<String>,
    folder: Folder,
    filings: &mut Vec<Filing>,
    findings: &mut Findings,
) {
    let matter = Matter { duties, hhs_reports: &hhs_reports, folder };
    let first = one(scene, &matter, None, findings);
    let Some(before) = scene.occasion.filed(&first.stated()) else {
        letters_went_first(scene, duties[0], findings);
        filings.push(first);
        return;
    };
    // What may be said of the filing turns on whether it is the first.
    let mut again = one(scene, &matter, Some((before, Vec::new())), &mut Findings::default());
    if scene.occasion.later.is_some() {
        // What a later wave's filing told is held against that wave's people.
        filings.push(again);
        return;
    }
    let changes = before.stated.changes(&again.stated(), &scene.forms.words);
    again.history.changes.clone_from(&changes);
    again.finish();
    let stale = again.is_stale();
    filings.push(again);
    if stale {
        findings.push(
            Finding::new(
                code!("filing.stale"),
                Severity::Warning,
                format!(
                    "`{}` was filed on {} and no longer holds: {}",
                    first.duty.id,
                    before.on,
                    changes.iter().map(Change::line).collect::<Vec<_>>().join("; ")
                ),
            )
            .remedy("file the amendment made beside it, then record it with `--amends`"),
        );
        filings.push(one(scene, &matter, Some((before, changes)), &mut Findings::default()));
    }
}

/// Some regulators are told before the people are.
fn letters_went_first(scene: &Scene, duty: &Duty, findings: &mut Findings) {
    let own = |entity: &String| scene.incident.entity_index(entity);
    let entities: Vec<EntityIx> = duty.entities.iter().filter_map(own).collect();
    let state = (!duty.jurisdiction.starts_with("US-")).then_some(duty.jurisdiction.as_str());
    let posted = scene.occasion.posted.as_ref();
    let posted = posted.and_then(|p| p.days(&entities, state).into_iter().min());
    if duty.clock == Clock::BeforeIndividualNotice
        && duty.carrier != Carrier::Undecided
        && let Some(day) = posted
    {
        let message = format!(
            "`{}` is due before the letters, which were posted on {day}; no filing is recorded",
            duty.id
        );
        findings.push(
            Finding::new(code!("filing.letters_first"), Severity::Warning, message)
                .remedy("record it with `noticeworks filings record`, or file it today"),
        );
    }
}

/// What a filing and its amendment have in common.
struct Matter<'m> {
    duties: &'m [&'m Duty],
    hhs_reports: &'m [String],
    folder: Folder,
}

/// One filing. `before` is what was filed, with what changed since if this is the amendment.
fn one(
    scene: &Scene,
    matter: &Matter,
    before: Option<(&Filed, Vec<Change>)>,
    findings: &mut Findings,
) -> Filing {
    let (duties, folder) = (matter.duties, matter.folder);
    let duty = duties[0];
    let mut ids: Vec<&String> = duties.iter().flat_map(|duty| &duty.entities).collect();
    ids.sort();
    ids.dedup();
    let of = scene.incident.entity_indices();
    let entities = of.filter(|at| ids.contains(&&scene.incident[*at].id)).collect();
    let form = scene.forms.serving(&duty.rule);
    let amended =
        before.as_ref().filter(|(_, changes)| !changes.is_empty()).map(|(filed, _)| *filed);
    let way = form.and_then(|form| form.amendment.as_ref());
    let mut stem = file_stem(&duty.id, duties.len());
    if amended.is_some() {
        let name = way.map_or_else(|| scene.forms.words.page("amended_file"), |w| w.id.clone());
        stem = format!("{stem}-{name}");
    }
    let subject = Subject {
        duty,
        entities,
        hhs_reports: matter.hhs_reports.to_vec(),
        stem: stem.clone(),
        amends: amended.cloned(),
        filed: before.is_some(),
    };
    let facts = Facts::gather(scene, &subject);
    let (mut basis, form) = match form {
        Some(form) if form.rows().is_empty() => (Basis::Unseen, form.clone()),
        Some(form) if form.is_letter() => (Basis::Letter, form.clone()),
        Some(form) => (Basis::Form, form.clone()),
        None => (Basis::Statute, required::form_for(duty)),
    };
    if amended.is_some() && form.amendment.is_none() {
        basis = Basis::Amended;
    }
    let mut fields = fill(&form, scene, &subject, &facts, findings);
    // What the law asks for and no known field does: the known part of a form is not all of it.
    let section = scene.forms.words.page("also_required");
    for field in required::contents(scene.forms, duty, &form, findings) {
        let mut answer = fill_row(&field, &form, scene, &subject, &facts, findings);
        if !fields.is_empty() && matches!(basis, Basis::Form | Basis::Letter) {
            answer.section.clone_from(&section);
        }
        fields.push(answer);
    }
    let (filed, changes) = before.map_or((None, Vec::new()), |(f, c)| (Some(f.clone()), c));
    if let Some(filed) = &subject.amends {
        fields.splice(0..0, amendment_rows(filed, &changes, &form, &scene.forms.words));
    }
    let mut counts = counts(scene, &subject, &facts);
    counts.basis_open = basis_open(scene, &subject, &counts);
    let undecided = duties.iter().any(|duty| duty.carrier == Carrier::Undecided);
    let mut filing = Filing {
        duty: FiledDuty {
            id: duty.id.clone(),
            also: duties[1..].iter().map(|duty| duty.id.clone()).collect(),
            rule: duty.rule.clone(),
            kind: duty.kind,
            recipient: duty.recipient.clone(),
            addressee: scene.forms.addressees.of(&duty.rule, &duty.recipient, &scene.forms.words),
            jurisdiction: duty.jurisdiction.clone(),
            entities: named(scene, &subject, |entity| &entity.id),
            entity_names: named(scene, &subject, |entity| &entity.name),
            due: duty.due,
            timing: duty.timing.clone(),
            citation: duty.citation.clone(),
        },
        standing: if undecided {
            FilingStanding::Undelegated
        } else if duties.iter().all(|duty| duty.arises == Arises::Possible) {
            FilingStanding::Possible
        } else {
            FilingStanding::Due
        },
        file: FilingFile { folder, stem },
        form: FormUsed {
            id: form.id.clone(),
            basis,
            url: if form.url.is_empty() { duty.url.clone() } else { form.url.clone() },
            method: form.method.clone(),
            confidence: form.confidence,
            sources: form.sources.clone(),
            notes: form.notes.clone(),
            unknown: form.unknown.clone(),
            samples: form.samples,
        },
        as_of: scene.occasion.as_of,
        law_pack: scene.plan.law_pack.clone(),
        counts,
        fields,
        history: History {
            filed,
            changes,
            amends: subject.amends.is_some(),
            amendment: form.amendment.as_ref().map_or_else(
                || scene.forms.words.page("amended_label"),
                |amendment| amendment.label.clone(),
            ),
        },
        document: Document { lang: String::new(), title: String::new(), sections: Vec::new() },
        json: serde_json::Value::Null,
        words: Arc::new(scene.forms.words.clone()),
    };
    filing.finish();
    filing
}

impl Filing {
    /// Sets the summary and the JSON from what is known.
    fn finish(&mut self) {
        self.document = summary::document(self);
        self.json = record::record(self);
    }
}

fn named(scene: &Scene, subject: &Subject, name: fn(&CoveredEntity) -> &String) -> Vec<String> {
    subject.entities.iter().map(|at| name(&scene.incident[*at]).clone()).collect()
}

/// The duty's id where files allow it; a joint report says how many it joins.
fn file_stem(duty: &str, joined: usize) -> String {
    let name: String = duty
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || ".-_".contains(c) { c } else { '-' })
        .collect();
    if joined > 1 { format!("{name}-joint-{joined}") } else { name }
}

fn counts(scene: &Scene, subject: &Subject, facts: &Facts) -> Counts {
    let tally = &facts.tally;
    Counts {
        estimated: scene.cube.estimated,
        basis_open: false,
        total: tally.total,
        patients: tally.patients,
        residents: if subject.federal() {
            tally.total
        } else {
            tally.residents(&subject.duty.jurisdiction)
        },
        statute: subject.duty.count,
        by_entity: tally
            .by_entity
            .iter()
            .map(|(i, n)| (scene.incident[*i].id.clone(), *n))
            .collect(),
        by_state: tally.by_state.clone(),
        elsewhere: tally.elsewhere,
    }
}

/// Whether the residents are more than the statute itself counts, and counsel has not said which
/// figure this form gets; until then it agrees with the letters.
fn basis_open(scene: &Scene, subject: &Subject, counts: &Counts) -> bool {
    !subject.federal()
        && counts.statute < counts.residents
        && super::facts::count_basis(scene, &subject.duty.rule).is_none()
}
