//! Every other language has the same files and meets the same contents as English.

use super::fixture::*;
use noticeworks::roster::Recipient;
use std::collections::BTreeMap;

const WORDS: (&str, &str) = (
    "es/incident.toml",
    "what_happened = \"Alguien copió archivos.\"\nwhat_we_are_doing = \"Corregimos la falla.\"\n[elements]\nname = \"nombre completo\"\n",
);

/// File -> the comments in it, in order.
fn comments(language: &str) -> BTreeMap<String, Vec<String>> {
    let files = SET.names().filter_map(|n| n.strip_prefix(language).map(|rest| (n, rest)));
    files
        .map(|(name, rest)| {
            let (_, text) = SET.source(name).unwrap();
            let lines = text.lines().filter(|l| l.starts_with("<!--"));
            (rest.to_owned(), lines.map(str::to_owned).collect())
        })
        .collect()
}

/// The languages with templates besides English.
fn others() -> Vec<&'static str> {
    let languages = SET.names().filter_map(|name| name.split_once('/')).map(|(code, _)| code);
    let others: std::collections::BTreeSet<_> = languages.filter(|code| *code != "en").collect();
    others.into_iter().collect()
}

#[test]
fn every_language_meets_the_same_contents_file_by_file() {
    let english = comments("en/");
    assert!(english.len() > 25 && others().contains(&"es"));
    for language in others() {
        assert_eq!(english, comments(&format!("{language}/")), "{language}");
    }
}

#[test]
fn every_known_element_has_a_name_in_every_language() {
    for language in others() {
        let (_, words) = SET.file(&format!("{language}/words.toml")).unwrap();
        let words: toml::Table = words.parse().unwrap();
        let names = words["elements"].as_table().unwrap();
        let missing: Vec<_> =
            LAW.elements().iter().filter(|e| !names.contains_key(&e.id)).collect();
        assert!(missing.is_empty(), "{language}: {missing:?}");
    }
}

#[test]
fn a_spanish_letter_has_the_incidents_spanish_words() {
    let set = Box::leak(Box::new(set_with(&[WORDS]).unwrap()));
    let writer = writer(incident(), set).unwrap_or_else(|f| panic!("{}", listed(&f)));
    let mut reader = person(Recipient::Adult, "CA", &[0, 1]);
    reader.language = "es".to_owned();
    let (version, document) = writer.document(&reader).unwrap();
    assert_eq!(
        (version.key.as_str(), document.lang.as_str()),
        ("es.adult.p1.hilltop.server", "es")
    );
    let text = letter(&writer, &reader);
    insta::assert_snapshot!(text.split("Qué puede hacer").next().unwrap(), @r"
    Aviso de violación de datos (Notice of Data Breach)

    Estimado/a Robin Q. O'Brien Jr.:

    Northgate Records LLC le escribe en nombre de Hilltop Clinic. Prestamos servicios a Hilltop Clinic. Por ese trabajo teníamos información sobre usted.

    Le escribimos para informarle de una violación de datos que afectó parte de su información. Lea esta carta con atención. Explica qué ocurrió, qué estamos haciendo y qué puede hacer usted para protegerse.

    Hilltop Clinic pertenece a Hilltop Holdings, Inc. o está afiliada a esa empresa.

    Qué ocurrió (What Happened)

    Alguien copió archivos.

    El incidente ocurrió del 28 de mayo de 2026 al 31 de mayo de 2026. Northgate Records LLC lo descubrió el 30 de julio de 2026.

    Qué información se vio afectada (What Information Was Involved)

    La información sobre usted que se vio afectada es: nombre completo y número de Seguro Social.

    Qué estamos haciendo (What We Are Doing)

    Corregimos la falla.

    Le ofrecemos 24 meses de protección de identidad de Sentinel Example ID, sin costo para usted.

    Para inscribirse, visite enroll.sentinel.example o llame al 1-800-555-0177. Use este código: AB12-CD34. La fecha límite para inscribirse es el 31 de enero de 2027.
    ");
    assert_eq!(writer.frame(&reader).unwrap().date, "18 de septiembre de 2026");
    for recipient in super::RECIPIENTS {
        for jurisdiction in LAW.jurisdictions() {
            let mut reader = person(recipient, &jurisdiction.code, &[0, 1, 6]);
            reader.language = "es-MX".to_owned();
            let trace = writer.trace(&reader).unwrap();
            assert!(trace.version.starts_with("es."));
            let faults = writer.faults(&trace);
            let grave = faults.iter().filter(|f| f.severity > noticeworks::finding::Severity::Note);
            assert_eq!(grave.map(|f| f.message.as_str()).collect::<Vec<_>>(), Vec::<&str>::new());
        }
    }
}

#[test]
fn without_the_incidents_spanish_words_the_letter_is_english() {
    let mut reader = person(Recipient::Adult, "CA", &[0, 1]);
    reader.language = "es".to_owned();
    assert_eq!(fixture().version(&reader).key, "en.adult.p1.hilltop.server.line-es");
}
