//! What is wrong with a server's certificate is told, with what to do about it.

use super::setup::{Made, WAVE, choices, entered, impatient};
use noticeworks::ledger::{Ledger, MessageState};
use noticeworks::sending::{Server, Stamp, Stopped, send};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::thread;
use tempfile::TempDir;

/// A self-signed certificate: for which name, and whether it calls itself an authority.
fn certificate(folder: &TempDir, name: &str, authority: bool) -> (String, String) {
    let path = |end: &str| folder.path().join(format!("own.{end}")).display().to_string();
    let (key, pem) = (path("key"), path("pem"));
    let subject = format!("subjectAltName={name}");
    let basic =
        format!("basicConstraints=critical,CA:{}", if authority { "TRUE" } else { "FALSE" });
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"])
        .args(["-days", "30", "-subj", "/CN=Relay", "-keyout", &key, "-out", &pem])
        .args(["-addext", &subject, "-addext", &basic])
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    (key, pem)
}

/// A server that encrypts and then says nothing; its port.
fn serve(key: &str, pem: &str) -> u16 {
    let chain = CertificateDer::pem_file_iter(pem).unwrap().map(Result::unwrap).collect();
    let key = PrivateKeyDer::from_pem_file(key).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (Ok(mut stream), config) = (stream, config.clone()) else { return };
            thread::spawn(move || {
                let mut connection = ServerConnection::new(config).unwrap();
                while connection.is_handshaking() && connection.complete_io(&mut stream).is_ok() {}
            });
        }
    });
    port
}

/// Why a sending to it stopped; nothing was sent.
fn stopped(port: u16, trusted: Option<&str>) -> Stopped {
    let made = Made { count: 1, size: 300 };
    let folder = entered(&made);
    let server = Server::new(&format!("smtps://127.0.0.1:{port}")).unwrap();
    let server = server.trusting(trusted.map(Path::new)).unwrap().with_patience(impatient());
    let (stamp, each) = (Stamp { keys: vec![] }, Arc::new(|_| {}));
    let report = send(folder.path(), WAVE, &made, &server, stamp, &choices(1), each, None).unwrap();
    let ledger = Ledger::look(folder.path()).unwrap().unwrap();
    assert_eq!(ledger.message_counts(None).unwrap()[&MessageState::Ready], 1);
    report.stopped.unwrap()
}

#[test]
fn a_certificate_that_cannot_be_trusted_gets_a_sentence() {
    let told = |port, trusted| match stopped(port, trusted) {
        Stopped::Server(words) => words,
        other => panic!("{other:?}"),
    };
    let folder = tempfile::tempdir().unwrap();
    let (key, pem) = certificate(&folder, "IP:127.0.0.1", false);
    let port = serve(&key, &pem);
    let words = told(port, None);
    assert!(words.contains("certificate of `127.0.0.1`: it is self-signed"), "{words}");
    assert!(words.contains("as `ca_file` under `[email]`"), "{words}");
    // Done as told, it is trusted; what is wrong then is that this server does not greet.
    assert!(matches!(stopped(port, Some(&pem)), Stopped::Unreachable(_)));

    let folder = tempfile::tempdir().unwrap();
    let (key, pem) = certificate(&folder, "DNS:mail.sender.example", false);
    let words = told(serve(&key, &pem), Some(&pem));
    assert!(words.contains("is not for `127.0.0.1`, but for"), "{words}");
    assert!(words.contains("mail.sender.example"), "{words}");

    let folder = tempfile::tempdir().unwrap();
    let (key, pem) = certificate(&folder, "IP:127.0.0.1", true);
    let port = serve(&key, &pem);
    for trusted in [None, Some(pem.as_str())] {
        let words = told(port, trusted);
        assert!(words.contains("self-signed") && words.contains("`ca_file`"), "{words}");
    }
}
