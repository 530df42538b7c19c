mod fixture;

use fixture::*;
use noticeworks::roster::Recipient;

#[test]
fn scratch() {
    let w = fixture();
    for j in LAW.jurisdictions() {
        for r in [Recipient::Adult, Recipient::ParentOrGuardian, Recipient::Estate] {
            let p = person(r, &j.code, &[0, 1, 2, 3]);
            let t = w.trace(&p).unwrap();
            println!("== {} {}: {}", j.code, t.version, t.rows.len());
            for f in w.faults(&t) {
                println!(
                    "{:?} {} {:?} {}",
                    f.severity,
                    f.code,
                    f.place.as_ref().map(|p| (p.file.clone(), p.line)),
                    f.message
                );
            }
            for r in t.rows.iter().filter(|r| r.answer == noticeworks::letters::Answer::Lifted) {
                println!("lifted {} {} by {}", r.content, r.at, r.lifted_by)
            }
        }
    }
    let mut t = std::time::Instant::now();
    let p = person(Recipient::Adult, "CA", &[0, 1, 2, 3]);
    for i in 0..20001 {
        if i == 1 {
            t = std::time::Instant::now();
        }
        w.document(&p).unwrap();
        w.frame(&p).unwrap();
    }
    println!("{:?} a letter", t.elapsed() / 20000);
}
