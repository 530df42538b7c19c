//! Where the workbench listens: a random address of 127.0.0.0/8 and a free port. A cookie belongs
//! to a host whatever its port, so an address that nobody else guesses keeps it from the servers
//! of other users of the machine.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4, TcpListener};

/// A listener, and whether it is on an address of its own.
pub struct Listening {
    pub listener: TcpListener,
    pub address: SocketAddr,
    /// The system knows no other loopback address than 127.0.0.1.
    pub common: bool,
}

/// Listens on an address of this machine that no other machine reaches.
///
/// # Errors
/// No loopback address can be listened on.
pub fn listen(random: [u8; 32]) -> io::Result<Listening> {
    let own = own(random);
    match TcpListener::bind(SocketAddrV4::new(own, 0)) {
        Ok(listener) => told(listener, false),
        Err(_) => told(TcpListener::bind(SocketAddrV4::new(Ipv4Addr::LOCALHOST, 0))?, true),
    }
}

fn told(listener: TcpListener, common: bool) -> io::Result<Listening> {
    listener.set_nonblocking(true)?;
    Ok(Listening { address: listener.local_addr()?, listener, common })
}

/// Never the network's first or last address, nor the one that everybody uses.
fn own(random: [u8; 32]) -> Ipv4Addr {
    let part = |byte: u8| 1 + byte % 254;
    match [part(random[0]), part(random[1]), part(random[2])] {
        [0 | 1, 0 | 1, last] => Ipv4Addr::new(127, 77, 77, last),
        [a, b, c] => Ipv4Addr::new(127, a, b, c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_is_of_this_machine_and_not_the_usual_one() {
        for seed in 0..=255_u8 {
            let address = own([seed; 32]);
            assert!(address.is_loopback());
            assert_ne!(address, Ipv4Addr::LOCALHOST);
            assert!(!address.octets()[1..].contains(&0) && !address.octets()[1..].contains(&255));
        }
    }
}
