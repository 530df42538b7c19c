//! The gate before sending: nothing leaves without a seal that fits.

use crate::cli::exit::Stop;
use crate::cli::matter::Matter;
use crate::finding::{Finding, Findings, Severity};

/// What the seal lets out.
pub struct Permit {}

impl Permit {
    /// Whether the seal covers these bytes of this piece.
    pub fn covers(&self, _piece: &str, _bytes: &[u8]) -> bool {
        false
    }
}

/// Whether the wave's e-mails may be sent from this folder now.
///
/// # Errors
/// [`Stop::Guard`], with every reason why not.
pub fn may_send(matter: &Matter) -> Result<Permit, Stop> {
    let message = format!("wave `{}` is not approved", matter.wave().id);
    let mut findings = Findings::default();
    findings.push(
        Finding::new("email.not_approved", Severity::Error, message)
            .remedy("approve the wave first; nothing was sent"),
    );
    Err(Stop::Guard(findings))
}
