//! Round trips through LibreOffice and pandoc.

use super::Desk;
use super::hand::Pen;
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// Opens documents with LibreOffice and saves them.
fn libreoffice(folder: &Path, files: &[&str]) {
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let output = Command::new("soffice")
        .args([profile.as_str(), "--headless", "--convert-to", "docx", "--outdir"])
        .arg(folder.join("saved"))
        .args(files.iter().map(|file| folder.join(file)))
        .output()
        .unwrap_or_else(|e| panic!("soffice does not run ({e}); ./test installs it"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn pandoc(folder: &Path, file: &str) -> Vec<u8> {
    let to = folder.join(format!("pandoc-{file}"));
    let output = Command::new("pandoc")
        .args(["--from", "docx", "--to", "docx"])
        .arg(folder.join(file))
        .arg("--output")
        .arg(&to)
        .output()
        .unwrap_or_else(|e| panic!("pandoc does not run ({e}); ./test installs it"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    fs::read(to).unwrap()
}

#[test]
fn what_other_programs_save_comes_back_as_it_was() {
    let folder = TempDir::new().unwrap();
    let desks: Vec<(&str, Desk)> =
        [("letter", "en"), ("letter", "es"), ("notice", "en"), ("filing", "en")]
            .into_iter()
            .map(|(product, language)| (product, Desk::of(product, language)))
            .collect();
    let mut names = Vec::new();
    for (i, (product, desk)) in desks.iter().enumerate() {
        let name = format!("{product}-{i}.docx");
        fs::write(folder.path().join(&name), &desk.bytes).unwrap();
        names.push(name);
    }
    // The same letter as counsel edited it, tracked and not.
    let letter = &desks[0].1;
    let mut hand = letter.hand();
    hand.replace(
        "When you ask for a freeze",
        "be ready",
        "be prepared",
        Pen::Tracked("Pat Counsel"),
    );
    hand.replace("You can renew it", "You can renew it.", "You may renew it.", Pen::Silent);
    let gone = hand.find("a copy of a government ID");
    hand.delete(&gone, Pen::Tracked("Lee Counsel"));
    fs::write(folder.path().join("edited.docx"), hand.save()).unwrap();
    let all: Vec<&str> = names.iter().map(String::as_str).chain(["edited.docx"]).collect();
    libreoffice(folder.path(), &all);
    for ((product, desk), name) in desks.iter().zip(&names) {
        let saved = fs::read(folder.path().join("saved").join(name)).unwrap();
        assert_eq!(desk.compare(&saved, &desk.pieces()), [], "{product} by LibreOffice");
        let saved = pandoc(folder.path(), name);
        assert_eq!(desk.compare(&saved, &desk.pieces()), [], "{product} by pandoc");
    }
    let edited = letter.items(&hand);
    assert_eq!(edited.len(), 3, "{edited:#?}");
    let saved = fs::read(folder.path().join("saved/edited.docx")).unwrap();
    let by_libreoffice = letter.compare(&saved, &letter.pieces());
    assert_eq!(letter.applied(&by_libreoffice), letter.applied(&edited), "{by_libreoffice:#?}");
    let tracked =
        |items: &[noticeworks::word::Item]| items.iter().filter(|i| !i.by.is_empty()).count();
    assert_eq!(tracked(&by_libreoffice), tracked(&edited), "{by_libreoffice:#?}");
    // pandoc accepts every tracked change.
    let by_pandoc = letter.compare(&pandoc(folder.path(), "edited.docx"), &letter.pieces());
    assert_eq!(letter.applied(&by_pandoc), letter.applied(&edited), "{by_pandoc:#?}");
}
