//! The last column of COMPARE.md: behind every Y and p stands a command that does it.

use super::walk::Desk;
use crate::sending::server::Mailbox;
use std::fs;

/// What shows that a command did it.
enum Shows {
    /// Words that it prints.
    Says(&'static str),
    /// Words in a file that it writes.
    In(&'static str, &'static str),
    /// A file that it writes.
    Makes(&'static str),
    /// Two commands wrote the same folder, byte for byte.
    Equal(&'static str, &'static str),
}

use Shows::{Equal, In, Makes, Says};

/// How a row of the table begins; then commands, each with what shows that it was done. They are
/// done in this order at one desk; RELAY is a mail server, PIECE the first letter's reference.
type Behind = (&'static str, &'static [(&'static str, Shows)]);

const LETTERS: &str = "samples/small-clinic/out/letters/manifest.csv";

const BEHIND: &[Behind] = &[
    (
        "deadlines of the states",
        &[("noticeworks plan samples/lakeshore", Says("Cal. Health & Safety Code § 1280.15"))],
    ),
    (
        "deadlines that start with the letters",
        &[("noticeworks plan samples/lakeshore", Says("[once HHS has been told]"))],
    ),
    (
        "the law on any day",
        &[
            ("noticeworks law show CA --on 2025-12-31", Says("California (CA) on 2025-12-31")),
            (
                "noticeworks law diff 2025-06-01 2026-11-01",
                Says("duty ca-ag changes on 2026-01-01"),
            ),
        ],
    ),
    (
        "duplicates and bad addresses",
        &[
            ("noticeworks check samples/lakeshore", Says("1 merged")),
            (
                "noticeworks check samples/lakeshore",
                In("samples/lakeshore/out/findings.csv", "address.missing"),
            ),
        ],
    ),
    (
        "figures of every filing",
        &[(
            "noticeworks filings samples/lakeshore",
            In("samples/lakeshore/out/filings/states/in-ag.json", "counts_state"),
        )],
    ),
    (
        "Word files",
        &[
            (
                "noticeworks filings samples/lakeshore",
                Makes("samples/lakeshore/out/filings/states/ca-cdph-letter.docx"),
            ),
            ("noticeworks word export samples/small-clinic --to letter.docx", Makes("letter.docx")),
            (
                "noticeworks word import samples/small-clinic letter.docx",
                Says("0 changes, 0 questions, 0 comments"),
            ),
        ],
    ),
    ("a letter for each row", &[("noticeworks run samples/small-clinic", In(LETTERS, ",1007,"))]),
    (
        "letters of their own",
        &[
            ("noticeworks run samples/small-clinic", In(LETTERS, "en.parent_or_guardian.")),
            ("noticeworks run samples/small-clinic", In(LETTERS, "en.estate.")),
        ],
    ),
    (
        "the data file",
        &[(
            "noticeworks run samples/small-clinic",
            In(LETTERS, "piece_id,record_id,batch,first_page"),
        )],
    ),
    (
        "which paragraph meets",
        &[(
            "noticeworks coverage samples/small-clinic",
            Says("templates/letter/en/what-happened.md:"),
        )],
    ),
    (
        "approval tied to a version",
        &[
            (
                "noticeworks approve samples/small-clinic --by \"A. Counsel, General Counsel\"",
                Says("Root of the seal"),
            ),
            ("noticeworks letters samples/small-clinic", Says(", as approved: ")),
        ],
    ),
    (
        "finished PDFs read again",
        &[("noticeworks verify samples/small-clinic", Says("Wave w1: proved"))],
    ),
    (
        "one recorded outcome",
        &[("noticeworks trace samples/small-clinic 1001", Says("  outcome "))],
    ),
    (
        "sending e-mail",
        &[(
            "noticeworks email samples/small-clinic --send --only 1 --smtp RELAY",
            Says("1  accepted"),
        )],
    ),
    (
        "going on after an interruption",
        &[("noticeworks email samples/small-clinic --send --smtp RELAY", Says("2  accepted"))],
    ),
    (
        "returned mail",
        &[
            ("echo \"made up\" > postage.txt", Makes("postage.txt")),
            (
                "noticeworks confirm letters samples/small-clinic --batch 1 --posted 2026-09-11 --evidence postage.txt",
                Says("1 batch posted"),
            ),
            (
                "noticeworks confirm letters samples/small-clinic --piece PIECE --returned 2026-09-20 --evidence postage.txt",
                Says("returned on"),
            ),
        ],
    ),
    (
        "the same files",
        &[
            ("noticeworks run samples/lakeshore --out once", Makes("once/plan.json")),
            ("noticeworks run samples/lakeshore --out twice --jobs 1", Equal("once", "twice")),
        ],
    ),
    // Only `sending` opens a connection; `every_connection_is_of_the_mail_room` holds the rest to it.
    (
        "works without a network",
        &[("noticeworks status samples/small-clinic", Says("Ledger: whole"))],
    ),
];

/// Rows of the table: how each begins, and its last mark.
fn rows() -> Vec<(String, String)> {
    let page = fs::read_to_string("docs/COMPARE.md").unwrap();
    let cells = |line: &str| -> Vec<String> {
        line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    let table = page.lines().filter(|line| line.starts_with('|')).skip(2).map(cells);
    table.map(|cells| (cells[0].clone(), cells.last().unwrap().clone())).collect()
}

#[test]
fn a_command_stands_behind_every_mark_of_the_last_column() {
    let rows = rows();
    assert!(rows.len() > 15);
    for (row, mark) in &rows {
        let behind = BEHIND.iter().filter(|(begins, _)| row.starts_with(begins)).count();
        let wanted = usize::from(mark.starts_with(['Y', 'p']));
        assert!(wanted == 1 || mark.starts_with('-'), "{row}: {mark}");
        assert_eq!(behind, wanted, "{row}: {mark}");
    }
    assert_eq!(BEHIND.len(), rows.iter().filter(|(_, mark)| !mark.starts_with('-')).count());
}

#[test]
fn what_stands_behind_a_mark_does_it() {
    let desk = Desk::new();
    let relay = Mailbox::sound();
    // The first people of the sample, and one of them twice.
    let roster = desk.path("samples/lakeshore/roster.csv");
    let people = fs::read_to_string(&roster).unwrap();
    let last = people.lines().last().unwrap();
    fs::write(&roster, format!("{people}\n{last}\n")).unwrap();
    for (row, commands) in BEHIND {
        for (command, shows) in *commands {
            let command = command.replace("RELAY", &relay.url());
            let piece = || {
                let manifest = fs::read_to_string(desk.path(LETTERS)).unwrap();
                manifest.lines().nth(1).unwrap().split(',').next().unwrap().to_owned()
            };
            let command = match command.contains("PIECE") {
                true => command.replace("PIECE", &piece()),
                false => command,
            };
            let said = desk.type_in(&command).unwrap_or_else(|| panic!("cannot do {command}"));
            assert!(matches!(said.code, 0 | 1 | 5), "{row}: {command}\n{}", said.stderr);
            let all = format!("{}{}", said.stdout, said.stderr);
            match shows {
                Says(words) => assert!(all.contains(words), "{row}: {command}\n{all}"),
                In(file, words) => {
                    let text = fs::read_to_string(desk.path(file)).unwrap();
                    assert!(text.contains(words), "{row}: {file} does not hold {words}");
                }
                Makes(file) => assert!(desk.path(file).is_file(), "{row}: {file}"),
                Equal(one, other) => {
                    let files = |dir: &str| -> Vec<_> {
                        let dir = desk.path(dir);
                        let names = crate::run::files(&dir).into_iter();
                        names.map(|f| f.strip_prefix(&dir).unwrap().to_owned()).collect()
                    };
                    assert_eq!(files(one), files(other), "{row}");
                    for file in files(one) {
                        let read = |dir: &str| fs::read(desk.path(dir).join(&file)).unwrap();
                        assert!(read(one) == read(other), "{row}: {} differs", file.display());
                    }
                }
            }
        }
    }
}

#[test]
fn every_connection_is_of_the_mail_room() {
    let mut others = Vec::new();
    for file in crate::run::files(std::path::Path::new("src")) {
        let text = fs::read_to_string(&file).unwrap_or_default();
        let connects = ["TcpStream::connect", "UdpSocket", "lookup_host", "to_socket_addrs"];
        if connects.iter().any(|word| text.contains(word)) && !file.starts_with("src/sending") {
            others.push(file);
        }
    }
    assert!(others.is_empty(), "opens connections: {others:?}");
}
