//! Commands over approved letters work for every wave, wherever products go.

use super::breach::{Breach, PORTLAND, Row};
use tempfile::TempDir;

fn two_waves(out: Option<&TempDir>) -> Breach {
    let first: Vec<Row> = (0..4).map(|n| Row::new(n, "harbor-health", PORTLAND)).collect();
    let mut breach = Breach::of(&first);
    breach.out = out.map(|out| out.path().join("products"));
    let later: Vec<Row> = (4..7).map(|n| Row::new(n, "harbor-health", PORTLAND)).collect();
    breach.wave("w2", "initial", "2026-10-05", &later);
    breach.seal("w1");
    breach.seal("w2");
    breach
}

fn proves(breach: &Breach) {
    for (wave, letters, folder) in [("w1", 4, "letters"), ("w2", 3, "w2/letters")] {
        let said = breach.run(&format!("verify {{folder}} --wave {wave} --json"));
        assert_eq!(said.code, 0, "{wave}: {}{}", said.stdout, said.stderr);
        assert_eq!(said.json()["letters"], letters, "{wave}");
        assert!(breach.exists(&format!("{folder}/manifest.csv")));
        // A sealed copy that was touched is a fault and no reason to look elsewhere.
        let list = breach.read(&format!("{folder}/manifest.csv"));
        let piece = list.lines().nth(1).unwrap().split(',').next().unwrap();
        breach.must(&format!("letters {{folder}} --wave {wave} --piece {piece}"));
        let traced = breach.must(&format!("trace {{folder}} {piece}"));
        assert!(traced.stdout.contains(wave), "{}", traced.stdout);
        breach.must(&format!("run {{folder}} --wave {wave}"));
        assert!(breach.exists(&format!("{}-draft/manifest.csv", folder)));
        breach.must(&format!("verify {{folder}} --wave {wave} --draft"));
        breach.post(wave, "1", "2026-10-06");
    }
    assert!(!breach.exists("w2/w2"), "a wave's folder stands once in a path");
}

#[test]
fn the_letters_of_a_later_wave_are_verified_like_those_of_the_first() {
    proves(&two_waves(None));
}

#[test]
fn the_same_where_products_go_elsewhere() {
    let out = TempDir::new().unwrap();
    proves(&two_waves(Some(&out)));
}
