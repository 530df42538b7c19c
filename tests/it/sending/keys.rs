//! Each key of `[email]` in incident.toml acts on the sending.

use super::server::Mailbox;
use crate::approve::checked;
use crate::case::{Case, Said, program};
use noticeworks::matter::mail::SendRequest;
use noticeworks::matter::mail::server::choices;
use noticeworks::matter::open::{Matter, Selection};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::process::Stdio;

fn with(keys: &str) -> Case {
    let case = checked();
    let text = case.read("incident.toml") + "\n[email]\n" + keys;
    fs::write(case.path("incident.toml"), text).unwrap();
    case
}

fn rehearsal(keys: &str) -> Said {
    with(keys).run(&["email", "{folder}", "--json"])
}

#[test]
fn server_connections_and_secrets_come_from_the_incident() {
    const SMTP: &str = "smtp = \"smtp://127.0.0.1:2525\"\n";
    let json = rehearsal(&format!("{SMTP}connections = 7\n")).json();
    assert!(json["server"].as_str().unwrap().contains("127.0.0.1:2525"), "{json}");
    assert_eq!(json["connections"], 7);
    let user = format!("{SMTP}user = \"notices\"\n");
    for (keys, code, told) in [
        (user.clone(), 2, "no secret"),
        (format!("{user}password_variable = \"NW_NOT_SET\"\n"), 2, "NW_NOT_SET"),
        (format!("{user}password_file = \"not-there\"\n"), 3, "not-there"),
        (SMTP.replace("smtp:", "smtps:") + "ca_file = \"not-there.pem\"\n", 2, "not-there.pem"),
        (format!("{SMTP}dkim = [{{ selector = \"n\", key_file = \"no.pem\" }}]\n"), 3, "no.pem"),
    ] {
        let said = rehearsal(&keys);
        assert!(
            said.code == code && said.stderr.contains(told),
            "{keys}: {} {}",
            said.code,
            said.stderr
        );
    }
}

#[test]
fn pace_and_sender_come_from_the_incident() {
    let keys = "bounces_to = \"bounces@clinic.example\"\nper_second = 3\nper_second_and_domain = 2\n\
                per_day = 9\nstop_file = \"halt\"\n";
    let case = with(keys);
    let selection = Selection { incident: case.folder(), ..Selection::default() };
    let Ok((matter, _)) = Matter::open(&selection) else { panic!("the incident opens") };
    let Ok(choices) = choices(&matter, &SendRequest::default()) else { panic!("it has a sender") };
    assert_eq!(choices.from.to_string(), "bounces@clinic.example");
    let rate = |rate: Option<std::num::NonZeroU32>| rate.map(u32::from);
    assert_eq!((rate(choices.pace.in_all), rate(choices.pace.per_domain)), (Some(3), Some(2)));
    assert_eq!((choices.per_day, choices.stop_file), (Some(9), Some(case.path("halt"))));
}

#[test]
fn a_day_has_its_number_and_a_file_stops_the_sending() {
    let case = with("per_day = 1\nstop_file = \"halt\"\n");
    let said = case.run(&["approve", "{folder}", "--by", "A. Counsel, General Counsel"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let mailbox = Mailbox::sound();
    let url = mailbox.url();
    let send = ["email", "{folder}", "--send", "--json", "--smtp", &url];
    fs::write(case.path("halt"), "").unwrap();
    let stopped = case.run(&send);
    assert!(stopped.stderr.contains("email.stop_file"), "{}", stopped.stderr);
    assert_eq!(mailbox.sessions(), 0);
    fs::remove_file(case.path("halt")).unwrap();
    assert_eq!(case.run(&send).json()["sent"]["given"], 1);
    assert_eq!(case.run(&send).json()["sent"]["given"], 0, "the day has its one");
}

#[test]
fn the_server_is_greeted_by_the_name_that_the_incident_gives() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let case = with("hello = \"office.clinic.example\"\n");
    let said = case.run(&["approve", "{folder}", "--by", "A. Counsel, General Counsel"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let mut child = program()
        .args(["email", case.folder().to_str().unwrap(), "--send", "--smtp", &url])
        .env("NOTICEWORKS_STATE", case.path("../state"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let (mut stream, _) = listener.accept().unwrap();
    stream.write_all(b"220 relay.example ESMTP\r\n").unwrap();
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(line.trim(), "EHLO office.clinic.example");
}
