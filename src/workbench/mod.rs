//! The workbench: the whole job in a browser, on this machine only. A face like `cli`: it turns a
//! request into one call of `matter` and tells the answer.
//!
//! `GET` asks and changes nothing; `POST` does. Whoever is let in is decided in `door`, before
//! anything else; screens know nothing of HTTP, pages nothing of incidents.

mod address;
mod ask;
mod assets;
mod bench;
mod door;
mod dropped;
mod entry;
mod form;
mod page;
mod screens;
mod server;
mod visit;
mod works;

use crate::clock;
use crate::files::{hex, system};
use crate::folder::INCIDENT;
use crate::matter::refusal::{Doing, Refusal};
use bench::Bench;
use door::Door;
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// For how long work that was asked to stop is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// What is to be opened.
pub struct OpenRequest {
    /// An incident folder, or one below which incidents get theirs.
    pub folder: PathBuf,
    /// Where the workbench keeps what is not an incident's.
    pub state: PathBuf,
}

/// A workbench that listens and serves nobody yet.
pub struct Workbench {
    bench: Arc<Bench>,
    listener: TcpListener,
    /// `http://127.x.y.z:port/enter?token=...`; it works once.
    pub address: String,
    origin: String,
    port: u16,
    token: String,
    /// This system has one loopback address for everybody.
    pub common: bool,
    state: PathBuf,
}

/// Listens on an address of its own.
///
/// # Errors
/// There is no such folder; no address; no randomness.
pub fn open(request: &OpenRequest) -> Result<Workbench, Refusal> {
    if !request.folder.is_dir() {
        return Err(Refusal::one(
            code!("folder.missing"),
            format!("there is no folder `{}`", request.folder.display()),
            "name an incident folder, or the folder that holds them",
        ));
    }
    let folder = request.folder.canonicalize().doing(|| "find the folder".to_owned())?;
    let secret = || clock::secret().doing(|| "ask the system for randomness".to_owned());
    let listening =
        address::listen(secret()?).doing(|| "listen on this machine's own address".to_owned())?;
    let secrets = [hex(&secret()?), hex(&secret()?), hex(&secret()?)];
    let door = Door::new(listening.address, &secrets);
    let origin = door.origin();
    let is_incident = folder.join(INCIDENT).exists();
    let home = match folder.parent() {
        Some(parent) if is_incident => parent.to_owned(),
        _ => folder.clone(),
    };
    let bench = Bench::new(door, home, request.state.clone());
    if is_incident {
        bench.number(&folder);
    }
    let [token, ..] = secrets;
    Ok(Workbench {
        bench: Arc::new(bench),
        listener: listening.listener,
        address: format!("{origin}{}?token={token}", entry::PATH),
        port: listening.address.port(),
        origin,
        token,
        common: listening.common,
        state: request.state.clone(),
    })
}

impl Workbench {
    /// The private file that a browser is to open: it posts the token, which then stands in no
    /// process's arguments. It is removed once somebody is in.
    ///
    /// # Errors
    /// I/O.
    pub fn way_in(&self) -> Result<PathBuf, Refusal> {
        let path = entry::file(&self.state, &self.origin, self.port, &self.token)
            .doing(|| "write the page that opens the workbench".to_owned())?;
        self.bench.came_by(path.clone());
        Ok(path)
    }

    /// Serves until the program is asked to end: by Control-C, or by the system.
    ///
    /// # Errors
    /// The listener fails.
    pub fn serve(self) -> Result<(), Refusal> {
        let doing = || "serve the workbench".to_owned();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .doing(doing)?;
        let bench = self.bench.clone();
        let served = runtime.block_on(server::run(self.listener, bench, system::asked_to_end()));
        self.bench.entered();
        self.bench.works.stop(PATIENCE);
        // What still reads would hold the program up; a kill leaves everything whole.
        runtime.shutdown_background();
        served.doing(doing)
    }
}
