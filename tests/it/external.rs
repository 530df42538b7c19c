//! What we make, read by programs that are not ours. `./test` installs them; a missing one fails.

use crate::case::lakeshore;
use crate::run::files;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// Runs a checking program; its output, or a failure that says what is missing or wrong.
fn check(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .output()
        .unwrap_or_else(|e| panic!("{program} does not run ({e}); ./test installs it"));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{program} {arguments:?}\n{text}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    text
}

fn pdfs(dir: &Path) -> Vec<String> {
    let all = files(dir).into_iter().filter(|f| f.extension().is_some_and(|e| e == "pdf"));
    all.map(|f| f.to_str().unwrap().to_owned()).collect()
}

/// Words without the spacing that readers put in as they like.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn other_programs_read_the_letters_and_find_each_address_on_its_page() {
    let letters = lakeshore().path("out/letters");
    let mut pages: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for pdf in pdfs(&letters) {
        check("qpdf", &["--check", &pdf]);
        for font in check("pdffonts", &[&pdf]).lines().skip(2) {
            let columns: Vec<&str> = font.split_whitespace().rev().collect();
            // ... emb sub uni object generation
            assert_eq!(&columns[2..5], ["yes", "yes", "yes"], "{pdf}: {font}");
        }
        let text = check("pdftotext", &["-enc", "UTF-8", &pdf, "-"]);
        let name = Path::new(&pdf).file_stem().unwrap().to_str().unwrap().to_owned();
        let mut texts: Vec<String> = text.split('\u{c}').map(squeezed).collect();
        assert_eq!(texts.pop().as_deref(), Some(""), "the last page ends with a form feed");
        for (n, page) in texts.iter().enumerate() {
            // A letter of odd pages ends on a blank back.
            let back = page.is_empty() && n % 2 == 1;
            assert!(page.len() > 80 || back, "page {} of {name} is blank", n + 1);
        }
        pages.insert(name, texts);
    }
    let mut reader = csv::Reader::from_path(letters.join("manifest.csv")).unwrap();
    let mut read: BTreeMap<String, u64> = BTreeMap::new();
    for piece in reader.deserialize::<BTreeMap<String, String>>() {
        let piece = piece.unwrap();
        let first: usize = piece["first_page"].parse().unwrap();
        let count: usize = piece["pages"].parse().unwrap();
        let texts = &pages[&piece["batch"]][first - 1..first - 1 + count];
        assert!(texts[0].contains(&piece["piece_id"]), "{} is not on its page", piece["piece_id"]);
        for n in 1..=6 {
            let line = squeezed(&piece[&format!("line_{n}")]);
            assert!(
                texts[0].contains(&line),
                "line {n} of {} is not on its page",
                piece["piece_id"]
            );
        }
        assert!(first % 2 == 1 && count.is_multiple_of(2), "each letter has sheets of its own");
        let written = texts.iter().filter(|text| !text.is_empty()).count();
        assert!(count - written <= 1);
        assert!(
            texts[written - 1].contains(&format!("Page {written} of {written}"))
                || !piece["version"].starts_with("en")
        );
        *read.entry(piece["batch"].clone()).or_default() += count as u64;
    }
    for (batch, texts) in &pages {
        assert_eq!(read[batch], texts.len() as u64, "{batch} holds pages that no piece claims");
    }
}

#[test]
fn other_programs_read_the_filings() {
    let filings = pdfs(&lakeshore().path("out/filings"));
    assert!(!filings.is_empty());
    for pdf in filings {
        check("qpdf", &["--check", &pdf]);
        assert!(check("pdftotext", &[&pdf, "-"]).len() > 200, "{pdf} is blank");
    }
}
