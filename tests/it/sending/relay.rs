//! A real Postfix of the tests' own: its configuration, queue, mailboxes, certificates and log in
//! one folder, on loopback ports that need no privilege.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;
use tempfile::TempDir;

pub const USER: &str = "notices";
pub const SECRET: &str = "correct horse";

/// Services of Postfix that are started as they stand.
const SERVICES: &str = "\
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
";

pub struct Relay {
    home: TempDir,
    pub plain: u16,
    pub start_tls: u16,
    pub tls: u16,
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// As root, where the test is not.
fn as_root(program: &str, arguments: &[&str]) -> Command {
    let root = Command::new("id").arg("-u").output().unwrap().stdout == b"0\n";
    let mut command = Command::new(if root { program } else { "sudo" });
    if !root {
        command.args(["-n", program]);
    }
    command.args(arguments);
    command
}

fn done(mut command: Command, input: &str) {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{command:?} does not run ({error}); ./test installs it"));
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {said}");
}

impl Relay {
    /// `mailboxes` are delivered to; mail for `far.example` goes to the server on `far`.
    pub fn start(mailboxes: &[&str], far: u16) -> Self {
        let home = tempfile::tempdir().unwrap();
        let at = home.path();
        // Postfix' own user must pass.
        fs::set_permissions(at, fs::Permissions::from_mode(0o755)).unwrap();
        for name in ["config", "config/sasl", "queue", "data", "mail"] {
            fs::create_dir(at.join(name)).unwrap();
        }
        certificates(at);
        let secrets = at.join("config/sasl/secrets");
        done(
            as_root(
                "saslpasswd2",
                &["-p", "-c", "-f", secrets.to_str().unwrap(), "-u", "relay.example", USER],
            ),
            SECRET,
        );
        fs::write(
            at.join("config/sasl/smtpd.conf"),
            format!(
                "pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN\n\
                 sasldb_path: {}\n",
                secrets.display()
            ),
        )
        .unwrap();
        let boxes: String =
            mailboxes.iter().map(|address| format!("{address} {address}/\n")).collect();
        fs::write(at.join("config/mailboxes"), boxes).unwrap();
        fs::write(at.join("config/transport"), format!("far.example smtp:[127.0.0.1]:{far}\n"))
            .unwrap();
        let relay = Self { plain: free_port(), start_tls: free_port(), tls: free_port(), home };
        relay.configure();
        let config = relay.path("config");
        let config = config.to_str().unwrap();
        for name in ["data", "mail"] {
            let path = relay.path(name);
            done(as_root("chown", &["postfix", path.to_str().unwrap()]), "");
        }
        done(as_root("chown", &["postfix", secrets.to_str().unwrap()]), "");
        done(as_root("postfix", &["-c", config, "start"]), "");
        for port in [relay.plain, relay.start_tls, relay.tls] {
            relay.wait_for(port);
        }
        relay
    }

    fn configure(&self) {
        let at = self.home.path().display();
        let ids = Command::new("id").args(["-u", "postfix"]).output().unwrap().stdout;
        let uid = String::from_utf8(ids).unwrap().trim().to_owned();
        let main = format!(
            "compatibility_level = 3.6
queue_directory = {at}/queue
data_directory = {at}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = {at}/mail.log
maillog_file_prefixes = {at}
myhostname = relay.example
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
local_recipient_maps =
virtual_mailbox_domains = inbox.example, sender.example
virtual_mailbox_base = {at}/mail
virtual_mailbox_maps = texthash:{at}/config/mailboxes
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{uid}
virtual_minimum_uid = 1
transport_maps = texthash:{at}/config/transport
smtp_dns_support_level = disabled
smtputf8_enable = yes
smtpd_tls_cert_file = {at}/relay.pem
smtpd_tls_key_file = {at}/relay.key
smtpd_sasl_type = cyrus
smtpd_sasl_path = smtpd
smtpd_sasl_local_domain = relay.example
cyrus_sasl_config_path = {at}/config/sasl
smtpd_peername_lookup = no
smtpd_client_connection_rate_limit = 0
queue_run_delay = 1s
minimal_backoff_time = 1s
"
        );
        fs::write(self.path("config/main.cf"), main).unwrap();
        let guarded = "-o smtpd_sasl_auth_enable=yes -o mynetworks= \
                       -o smtpd_recipient_restrictions=permit_sasl_authenticated,reject";
        let master = format!(
            "127.0.0.1:{} inet n - n - - smtpd
127.0.0.1:{} inet n - n - - smtpd -o smtpd_tls_security_level=encrypt {guarded}
127.0.0.1:{} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes {guarded}
{SERVICES}",
            self.plain, self.start_tls, self.tls
        );
        fs::write(self.path("config/master.cf"), master).unwrap();
    }

    fn wait_for(&self, port: u16) {
        for _ in 0..200 {
            if let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) {
                // A greeting, or the silence of TLS.
                stream.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
                let _ = stream.read(&mut [0; 64]);
                return;
            }
            thread::sleep(Duration::from_millis(50));
        }
        panic!("Postfix does not listen: {}", self.log());
    }

    pub fn path(&self, inside: &str) -> PathBuf {
        self.home.path().join(inside)
    }

    pub fn log(&self) -> String {
        let path = self.path("mail.log");
        let output = as_root("cat", &[path.to_str().unwrap()]).output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// The folder of a mailbox, once it holds this many messages; readable by the test.
    pub fn mailbox(&self, address: &str, messages: usize) -> PathBuf {
        let folder = self.path("mail").join(address);
        for _ in 0..200 {
            let mail = self.path("mail");
            let _ = as_root("chmod", &["-R", "a+rX", mail.to_str().unwrap()]).output();
            let found = fs::read_dir(folder.join("new")).map_or(0, Iterator::count);
            if found >= messages {
                return folder;
            }
            thread::sleep(Duration::from_millis(50));
        }
        panic!("{address} does not get {messages} messages: {}", self.log());
    }

    /// The certificate authority that vouches for the relay.
    pub fn authority(&self) -> PathBuf {
        self.path("ca.pem")
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        let config = self.path("config");
        let stopped = as_root("postfix", &["-c", config.to_str().unwrap(), "stop"]).output();
        let _ = stopped;
        // What Postfix made belongs to its own user.
        let home = self.home.path().join("queue");
        for folder in [home, self.path("data"), self.path("mail")] {
            let _ = as_root("rm", &["-rf", folder.to_str().unwrap()]).output();
        }
    }
}

/// An authority, and a certificate of it for 127.0.0.1.
fn certificates(at: &Path) {
    let run = |arguments: &str| {
        let arguments = arguments.replace("{at}", at.to_str().unwrap());
        let mut command = Command::new("openssl");
        command.args(arguments.split(' '));
        done(command, "");
    };
    run("req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=Tests -keyout {at}/ca.key \
         -out {at}/ca.pem");
    run(
        "req -newkey rsa:2048 -nodes -subj /CN=127.0.0.1 -keyout {at}/relay.key -out {at}/relay.csr",
    );
    fs::write(at.join("extensions"), "subjectAltName = IP:127.0.0.1\n").unwrap();
    run(
        "x509 -req -in {at}/relay.csr -CA {at}/ca.pem -CAkey {at}/ca.key -CAcreateserial -days 30 \
         -extfile {at}/extensions -out {at}/relay.pem",
    );
}
