//! Whom to trust: the machine's certificate authorities and, if given, the firm's own.

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
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
