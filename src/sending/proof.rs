//! Proofs: a few messages to one address, which no ledger counts.

use super::message::Message;
use super::open::{OpenError, open};
use super::server::Server;
use super::session::Parcel;
use super::stamp::Stamp;
use crate::ledger::{MessageState, Reply};
use lettre::Address;
use tokio::runtime::Builder;

/// Sends messages over one connection, without records: for proofs only. Each one's fate.
///
/// # Errors
/// No connection.
pub fn send_proofs(
    server: &Server,
    from: &Address,
    stamp: &Stamp,
    proofs: Vec<Message>,
) -> Result<Vec<(MessageState, Reply)>, OpenError> {
    let runtime = Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| OpenError::Lasting(error.to_string()))?;
    runtime.block_on(async {
        let mut session = Some(open(server).await?);
        let mut fates = Vec::new();
        for proof in proofs {
            let mut live = match session.take() {
                Some(session) => session,
                None => open(server).await?,
            };
            let bytes = stamp.put_on(&proof.bytes);
            let bytes = bytes.map_err(|error| OpenError::Lasting(error.to_string()))?;
            let parcel = Parcel { piece: &proof.piece, from, to: &proof.to, bytes: &bytes };
            let Ok(delivery) = live.deliver(parcel, async { Ok(()) }).await else { continue };
            fates.push((delivery.state, delivery.reply));
            if delivery.goes_on {
                session = Some(live);
            }
        }
        if let Some(session) = session {
            session.quit().await;
        }
        Ok(fates)
    })
}
