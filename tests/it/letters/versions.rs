//! The whole text of a letter of every version of the lakeshore sample, and the laws that hold
//! for all of them.

use super::RECIPIENTS;
use super::fixture::*;
use noticeworks::document::TemplateSet;
use noticeworks::finding::Severity;
use noticeworks::incident::{EntityIx, Incident, StateParagraphs, load};
use noticeworks::letters::{Answer, Counts, Rules, Writer, reading_grade};
use noticeworks::roster::{ElementSet, Person, Population, Recipient};
use noticeworks::typeset::{FontSet, Style, Typesetter};
use proptest::prelude::*;
use std::path::Path;
use std::sync::{Arc, LazyLock};

/// The sample's words in Spanish, as a translator would deliver them.
const SPANISH: (&str, &str) = (
    "es/incident.toml",
    "what_happened = \"\"\"\nEntre el 28 y el 31 de mayo de 2026, alguien entró en nuestro servidor y copió archivos.\n\"\"\"\nwhat_we_are_doing = \"\"\"\nDesconectamos el servidor y avisamos al FBI.\n\"\"\"\n",
);

fn lakeshore() -> Incident {
    load(Path::new("samples/lakeshore")).unwrap_or_else(|f| panic!("{}", listed(&f))).0
}

fn lakeshore_writer(incident: Incident, set: &'static TemplateSet) -> Writer<'static> {
    let incident: &'static Incident = Box::leak(Box::new(incident));
    let wave = &incident.waves[0];
    let rules: &'static Rules = Box::leak(Box::new(Rules::new(&LAW, incident, wave)));
    let counts = Counts::from([("RI".to_owned(), 37), ("MA".to_owned(), 412)]);
    let writer = Writer::new(incident, rules, set, wave, counts);
    writer.unwrap_or_else(|f| panic!("{}", listed(&f)))
}

static LAKESHORE: LazyLock<Writer<'static>> = LazyLock::new(|| {
    let set = set_with(&[SPANISH]).unwrap_or_else(|f| panic!("{}", listed(&f)));
    lakeshore_writer(lakeshore(), Box::leak(Box::new(set)))
});

/// A person of the sample by the ids of their elements.
fn reader(recipient: Recipient, state: &str, ids: &[&str]) -> Person {
    let incident = lakeshore();
    let index = |id: &&str| incident.elements.iter().position(|e| e.id == **id).unwrap();
    let elements: Vec<usize> = ids.iter().map(index).collect();
    person(recipient, state, &elements)
}

const WITH_SSN: [&str; 5] = ["name", "date_of_birth", "ssn", "diagnosis", "insurance_member_id"];

#[test]
fn a_californian_adult_with_ssn() {
    insta::assert_snapshot!(letter(&LAKESHORE, &reader(Recipient::Adult, "CA", &WITH_SSN)));
}

#[test]
fn a_massachusetts_adult_with_ssn() {
    insta::assert_snapshot!(letter(&LAKESHORE, &reader(Recipient::Adult, "MA", &WITH_SSN)));
}

#[test]
fn a_massachusetts_minor_with_medical_data_only() {
    let minor = reader(Recipient::ParentOrGuardian, "MA", &["name", "diagnosis", "treatment"]);
    insta::assert_snapshot!(letter(&LAKESHORE, &minor));
}

#[test]
fn a_texans_estate() {
    insta::assert_snapshot!(letter(&LAKESHORE, &reader(Recipient::Estate, "TX", &WITH_SSN)));
}

#[test]
fn a_spanish_speaking_new_yorker() {
    let mut person = reader(Recipient::Adult, "NY", &WITH_SSN);
    person.language = "es".to_owned();
    insta::assert_snapshot!(letter(&LAKESHORE, &person));
}

#[test]
fn a_reader_whose_language_has_no_templates_gets_english_and_a_line() {
    let mut person = reader(Recipient::Adult, "NY", &WITH_SSN);
    let mut said = Vec::new();
    for language in ["en", "es", "vi", "zh-hant", "so"] {
        person.language = language.to_owned();
        let text = letter(&LAKESHORE, &person);
        let line = text.lines().nth(2).unwrap();
        let line = if line.starts_with("Dear") || line.starts_with("Estimado") { "" } else { line };
        let found = LAKESHORE.not_in_own_language(&person);
        let found = found.map_or(String::new(), |f| format!("{}: {}", f.code, f.message));
        said.push(format!("{} | {line} | {found}", LAKESHORE.version(&person).key));
    }
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn a_spanish_reader_without_the_incidents_spanish_words_gets_english_and_a_finding() {
    let writer = lakeshore_writer(lakeshore(), &SET);
    let mut person = reader(Recipient::Adult, "NY", &WITH_SSN);
    person.language = "es".to_owned();
    let text = letter(&writer, &person);
    assert!(text.contains("ATENCIÓN: Si habla español") && text.contains("Dear Robin"), "{text}");
    let finding = writer.not_in_own_language(&person).unwrap();
    assert_eq!(finding.code, "letter.language_without_words");
    assert!(finding.remedy.contains("templates/letter/es/incident.toml"), "{}", finding.remedy);
}

#[test]
fn a_line_that_no_font_shows_is_left_out() {
    let mut person = reader(Recipient::Adult, "NY", &WITH_SSN);
    person.language = "zh".to_owned();
    let fonts = FontSet::shipped().coverage();
    let writer = lakeshore_writer(lakeshore(), &SET).for_fonts(|c| fonts.has(c));
    assert!(!letter(&writer, &person).contains('您'));
    let finding = writer.not_in_own_language(&person).unwrap();
    assert!(finding.message.contains("no line offers help"), "{}", finding.message);
}

#[test]
fn counsels_answer_on_hipaa_makes_the_letter_longer_or_shorter() {
    let answers = [None, Some("keep"), Some("rely"), Some("state_law")].map(|choice| {
        let mut incident = lakeshore();
        incident.decisions.extend(choice.map(|choice| {
            let decision = format!(
                "question = \"MA.hipaa\"\nchoice = \"{choice}\"\nby = \"A. Counsel\"\non = 2026-09-01\n"
            );
            toml::from_str(&decision).unwrap()
        }));
        let writer = lakeshore_writer(incident, &SET);
        let person = reader(Recipient::Adult, "MA", &WITH_SSN);
        let text = letter(&writer, &person);
        let brief = text.contains("seen or taken by someone who had no right to it");
        let whole = text.contains("That software had a flaw");
        let trace = writer.trace(&person).unwrap();
        let grave = writer.faults(&trace).iter().filter(|f| f.severity > Severity::Note).count();
        let barred = trace.rows.iter().find(|r| r.content == "nature_of_breach").unwrap().answer;
        let asked = trace.rows.iter().find(|r| r.content == "breach_description").unwrap().answer;
        (brief, whole, barred, asked, grave)
    });
    assert_eq!(answers[0], (true, false, Answer::Lifted, Answer::Met, 0));
    assert_eq!(answers[1], answers[0], "what is not decided is kept");
    assert_eq!(answers[2], (false, true, Answer::Lifted, Answer::Met, 0));
    assert_eq!(answers[3], (false, false, Answer::Absent, Answer::Lifted, 0));
}

#[test]
fn every_version_reads_at_grade_nine_or_lower() {
    for (language, recipient) in ["en", "es"].iter().flat_map(|l| RECIPIENTS.map(|r| (*l, r))) {
        for state in ["CA", "MA", "TX"] {
            let mut person = reader(recipient, state, &WITH_SSN);
            person.language = language.to_owned();
            let (version, document) = LAKESHORE.document(&person).unwrap();
            let (grade, sections) = reading_grade(&document).unwrap();
            assert!((3.0..=9.0).contains(&grade), "{} {grade:.1} {sections:?}", version.key);
        }
    }
}

/// How many pages a letter has with all states' paragraphs and with the recipient's own.
#[test]
fn a_letter_with_its_own_states_paragraphs_is_shorter() {
    let pages = |choice: StateParagraphs| {
        let mut incident = lakeshore();
        incident.letter.state_paragraphs = choice;
        let writer = lakeshore_writer(incident, &SET);
        let person = reader(Recipient::Adult, "CA", &WITH_SSN);
        let (_, document) = writer.document(&person).unwrap();
        let frame = writer.frame(&person).unwrap_or_else(|f| panic!("{f:?}"));
        let mut typesetter = Typesetter::new(Arc::new(FontSet::shipped()), Style::default());
        typesetter.letter(&frame, &document).unwrap().pages.len()
    };
    assert_eq!((pages(StateParagraphs::All), pages(StateParagraphs::Recipient)), (5, 4));
}

/// Anybody: recipient, place in the list of jurisdictions, elements, population, entity, language.
/// Numbers, since people cannot be printed.
fn anybody() -> impl Strategy<Value = (usize, usize, u64, usize, usize, usize)> {
    let jurisdictions = LAW.jurisdictions().count();
    let elements = lakeshore().elements.len();
    (0..3usize, 0..jurisdictions, 1u64..1 << elements, 0..4usize, 0..3usize, 0..3usize)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Every required content that reaches a person is met and no prohibited one is there,
    /// whoever they are, wherever they live, whatever was exposed.
    #[test]
    fn everybodys_letter_keeps_the_law(who in anybody()) {
        let (recipient, state, elements, population, entity, language) = who;
        let code = &LAW.jurisdictions().nth(state).unwrap().code;
        let mut person = person(RECIPIENTS[recipient], code, &[]);
        person.elements = ElementSet(elements);
        person.population = [
            Population::Patient,
            Population::Employee,
            Population::Guarantor,
            Population::Dependant,
        ][population];
        person.entity = Some(EntityIx::new(entity));
        person.language = ["en", "es", "vi"][language].to_owned();
        let trace = LAKESHORE.trace(&person).unwrap_or_else(|f| panic!("{f:?}"));
        let grave: Vec<String> = LAKESHORE
            .faults(&trace)
            .into_iter()
            .filter(|f| f.severity > Severity::Note)
            .map(|f| f.message)
            .collect();
        prop_assert!(grave.is_empty(), "{}: {}", code, grave.join("\n"));
    }
}
