//! The law pack: it loads, says what the statutes say, and refuses what is wrong.

use noticeworks::law::LawPack;

fn pack() -> LawPack {
    LawPack::embedded().unwrap_or_else(|findings| {
        let lines: Vec<String> = findings
            .iter()
            .map(|f| {
                let place = f.place.clone().unwrap_or_default();
                format!("{}:{:?} {} {} ({})", place.file, place.line, f.code, f.message, f.remedy)
            })
            .collect();
        panic!("{}", lines.join("\n"))
    })
}

#[test]
fn the_embedded_pack_loads() {
    assert!(pack().jurisdictions().count() >= 10);
}
