//! Codes of sheets: sheets that changed places, codes of other letters, run data of another run.

use super::mailing::{Made, Mailing};
use noticeworks::typeset::{Item, Mark, Page};
use std::fs;
use std::process::Command;
use std::sync::Arc;

fn found(mailing: &Mailing, code: &str) {
    let found = mailing.faults();
    assert!(found.iter().any(|f| f == code), "{code} not in {found:?}");
}

/// The mark of a sheet: the code and the reference.
fn code_of(made: &mut Made, page: usize) -> &mut Mark {
    Arc::make_mut(&mut made.laid.pages[page]).marks.last_mut().unwrap()
}

fn swap_pages(letters: &mut [Made], page: usize) {
    let (left, right) = letters.split_at_mut(3);
    std::mem::swap(&mut left[2].laid.pages[page], &mut right[0].laid.pages[page]);
}

#[test]
fn letters_with_codes_are_proved() {
    let mailing = Mailing::coded();
    assert_eq!(mailing.faults(), Vec::<String>::new());
    // By the test's own writer, which leaves blank backs out: the run data counts them.
    mailing.print("DRAFT", |_| ());
    assert_eq!(mailing.faults(), ["verify.run_data"]);
}

/// Another reader than ours, on what a printer would see.
#[test]
fn codes_on_rendered_sheets_are_read_by_libdmtx() {
    let mailing = Mailing::coded();
    let dir = mailing.case.path("out/letters");
    let pages = dir.join("rendered");
    // Half an inch around the lower right corner, at 300 dots an inch.
    let corner = ["-r", "300", "-gray", "-x", "2280", "-y", "3090", "-W", "270", "-H", "210"];
    let drawn = Command::new("pdftoppm")
        .args(corner)
        .args(["-png".as_ref(), mailing.case.batch("out/letters", 1).as_os_str()])
        .arg(&pages)
        .status();
    assert!(drawn.unwrap().success(), "pdftoppm is needed; ./test installs it");
    let mut reader = csv::Reader::from_path(dir.join("mrdf.csv")).unwrap();
    let mut sheets = 0;
    for row in reader.records().map(Result::unwrap) {
        let page: u32 = row[4].parse().unwrap();
        let picture = dir.join(format!("rendered-{page:02}.png"));
        let read = Command::new("dmtxread").args(["-N", "1", "-m", "2000"]).arg(&picture).output();
        let read = read.expect("dmtxread is needed; ./test installs it");
        assert_eq!(String::from_utf8_lossy(&read.stdout), row[6], "page {page}");
        assert_eq!(row[6].len(), 22);
        sheets += 1;
    }
    assert_eq!(sheets, 30);
}

#[test]
fn sheets_that_changed_places_are_found() {
    let mailing = Mailing::coded();
    // Sheets 2, front and back, of two letters.
    mailing.print("DRAFT", |letters| {
        swap_pages(letters, 2);
        swap_pages(letters, 3);
    });
    found(&mailing, "verify.sheet_code");
    // Sheets 2 and 3 of one letter.
    mailing.print("DRAFT", |letters| letters[1].laid.pages.swap(2, 4));
    found(&mailing, "verify.sheet_code");
}

#[test]
fn a_code_of_another_letter_is_found() {
    let mailing = Mailing::coded();
    mailing.print("DRAFT", |letters| {
        let other = code_of(&mut letters[5], 2).clone();
        *code_of(&mut letters[4], 2) = other;
    });
    found(&mailing, "verify.sheet_code");
    // Only the boxes: the reference in words is the letter's own.
    mailing.print("DRAFT", |letters| {
        let is_box = |item: &Item| matches!(item, Item::Rect { .. });
        let boxes: Vec<Item> =
            code_of(&mut letters[5], 0).items.iter().filter(|i| is_box(i)).cloned().collect();
        let items = &mut code_of(&mut letters[4], 0).items;
        items.retain(|item| !is_box(item));
        items.extend(boxes);
    });
    found(&mailing, "verify.sheet_code");
}

#[test]
fn a_code_that_is_missing_damaged_or_crowded_is_found() {
    let mailing = Mailing::coded();
    mailing.print("DRAFT", |letters| drop(code_of(&mut letters[0], 0).items.remove(9)));
    found(&mailing, "verify.sheet_code");
    mailing.print("DRAFT", |letters| code_of(&mut letters[0], 4).items.clear());
    found(&mailing, "verify.sheet_code");
    mailing.print("DRAFT", |letters| {
        for item in &mut code_of(&mut letters[0], 0).items {
            if let Item::Rect { x, .. } = item {
                *x -= 9.0;
            }
        }
    });
    found(&mailing, "verify.sheet_code");
    // A code on a back, where no read head looks.
    mailing.print("DRAFT", |letters| {
        let mark = code_of(&mut letters[0], 0).clone();
        let back: &mut Page = Arc::make_mut(&mut letters[0].laid.pages[1]);
        back.marks.push(mark);
    });
    found(&mailing, "verify.content");
}

#[test]
fn run_data_of_another_run_is_found() {
    let mailing = Mailing::coded();
    let path = mailing.case.path("out/letters/mrdf.csv");
    let right = fs::read_to_string(&path).unwrap();
    let rows: Vec<Vec<String>> = csv::Reader::from_path(&path)
        .unwrap()
        .into_records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect();
    assert_eq!(rows.len(), 30, "three sheets of ten letters");
    let write = |rows: &[Vec<String>]| {
        let mut writer = csv::Writer::from_path(&path).unwrap();
        writer.write_record(right.lines().next().unwrap().split(',')).unwrap();
        rows.iter().for_each(|row| writer.write_record(row).unwrap());
        writer.flush().unwrap();
    };
    // Piece, sequence, sheet, sheets, front, back, code, ZIP.
    for column in [0, 1, 2, 3, 4, 5, 6, 8] {
        let mut other = rows.clone();
        other[7][column] = if other[7][column] == "2" { "3" } else { "2" }.to_owned();
        write(&other);
        found(&mailing, "verify.run_data");
    }
    let mut other = rows.clone();
    other.swap(3, 4);
    write(&other);
    found(&mailing, "verify.run_data");
    write(&rows[..29]);
    found(&mailing, "verify.run_data");
    fs::remove_file(&path).unwrap();
    found(&mailing, "verify.run_data");
    fs::write(&path, right).unwrap();
    assert_eq!(mailing.faults(), Vec::<String>::new());
    // A file named for letters that it does not hold.
    let was = "letter-us-en-3s-0001";
    for name in ["letter-us-en-2s-0001", "flat-us-en-3s-0001", "letter-us-es-3s-0001"] {
        let dir = mailing.case.path("out/letters");
        let rename = |from: &str, to: &str| {
            fs::rename(dir.join(format!("{from}.pdf")), dir.join(format!("{to}.pdf"))).unwrap();
            for list in ["manifest.csv", "mrdf.csv"] {
                let text = fs::read_to_string(dir.join(list)).unwrap();
                fs::write(dir.join(list), text.replace(from, to)).unwrap();
            }
        };
        rename(was, name);
        found(&mailing, "verify.stream");
        rename(name, was);
    }
}
