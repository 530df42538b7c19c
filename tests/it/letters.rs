mod fixture;

use fixture::*;
use noticeworks::roster::Recipient;

#[test]
fn scratch() {
    let w = fixture();
    for (r, s, e) in [
        (Recipient::Adult, "CA", &[0, 1, 2, 3][..]),
        (Recipient::Adult, "MA", &[1][..]),
        (Recipient::ParentOrGuardian, "RI", &[0, 4, 5, 6]),
        (Recipient::Estate, "NY", &[0, 3]),
    ] {
        let p = person(r, s, e);
        println!("######## {} | {}", w.version(&p).key, w.version(&p).label);
        println!("{}", letter(&w, &p));
    }
}
