//! Whom to trust: the machine's certificate authorities and, if given, the firm's own.

use super::reply::masked;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{CertificateError, ClientConfig, RootCertStore};
use std::io;
use std::path::Path;
use std::sync::Arc;

/// TLS 1.2 or 1.3; the server's certificate must fit its name.
///
/// # Errors
/// Nobody to trust, or a file that holds no certificate; in words.
pub fn config(ca_file: Option<&Path>) -> Result<ClientConfig, String> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if let Some(path) = ca_file {
        let shown = path.display();
        let read = CertificateDer::pem_file_iter(path).map_err(|e| format!("`{shown}`: {e}"))?;
        let mut found = false;
        for certificate in read {
            let certificate = certificate.map_err(|error| format!("`{shown}`: {error}"))?;
            roots.add(certificate).map_err(|error| format!("`{shown}`: {error}"))?;
            found = true;
        }
        if !found {
            return Err(format!("`{shown}` holds no certificate in PEM form"));
        }
    }
    if roots.is_empty() {
        return Err("this machine knows no certificate authority; name one in `ca_file`".into());
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider);
    let builder = builder.with_safe_default_protocol_versions().map_err(|e| e.to_string())?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

/// What is wrong with a server's certificate and what to do; none if the encryption failed for
/// another reason.
pub fn distrust(host: &str, error: &io::Error) -> Option<String> {
    let error = error.get_ref()?.downcast_ref::<rustls::Error>()?;
    let rustls::Error::InvalidCertificate(why) = error else { return None };
    Some(match why {
        CertificateError::UnknownIssuer => format!(
            "nobody whom this machine trusts has signed the certificate of `{host}`: it is self-signed, or of an authority of your own; if this is your server, name the file of that certificate or authority as `ca_file` under `[email]`"
        ),
        CertificateError::NotValidForName => other_name(host, &[]),
        CertificateError::NotValidForNameContext { presented, .. } => other_name(host, presented),
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => format!(
            "the certificate of `{host}` has expired; have it renewed, or set this machine's clock right"
        ),
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => format!(
            "the certificate of `{host}` is not valid yet; set this machine's clock right, or have a valid one put in"
        ),
        CertificateError::Other(other) if other.to_string().contains("CaUsedAsEndEntity") => {
            format!(
                "`{host}` shows the certificate of an authority (self-signed, CA:TRUE) as its own, which cannot be trusted; have one issued for the server, or make it anew with CA:FALSE and name its file as `ca_file` under `[email]`"
            )
        }
        _ => return None,
    })
}

fn other_name(host: &str, presented: &[String]) -> String {
    let names = match presented {
        [] => "another name".to_owned(),
        names => {
            let names: Vec<String> = names.iter().map(|name| masked(name, None)).collect();
            names.join(", ")
        }
    };
    format!(
        "the certificate is not for `{host}`, but for {names}; write the server's address by a name in its certificate, or have one issued for this name"
    )
}

#[cfg(test)]
mod tests {
    use super::distrust;
    use rustls::{CertificateError, Error};
    use std::io;

    #[test]
    fn each_kind_of_distrust_names_the_server_and_the_way_out() {
        let words = |error: Error| {
            distrust("mail.example", &io::Error::new(io::ErrorKind::InvalidData, error))
        };
        for (error, part) in [
            (CertificateError::Expired, "has expired; have it renewed"),
            (CertificateError::NotValidYet, "is not valid yet; set this machine's clock"),
            (CertificateError::UnknownIssuer, "self-signed"),
            (CertificateError::NotValidForName, "but for another name"),
        ] {
            let said = words(Error::InvalidCertificate(error)).unwrap_or_default();
            assert!(said.contains("`mail.example`") && said.contains(part), "{said}");
        }
        assert_eq!(words(Error::HandshakeNotComplete), None);
    }
}
