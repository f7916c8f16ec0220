use std::sync::Arc;

use tokio_rustls::rustls::{
    ClientConfig, RootCertStore,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, pem::PemObject as _},
};

/// The text is no list of certificate authorities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a PEM file of certificate authorities")]
pub struct BadRoots;

/// The authorities that browsers trust, as compiled in.
pub(crate) fn public_roots() -> RootCertStore {
    webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect()
}

/// Adds the authorities in `pem`, one at least.
pub(crate) fn add(roots: &mut RootCertStore, pem: &[u8]) -> Result<(), BadRoots> {
    let before = roots.len();
    for certificate in CertificateDer::pem_slice_iter(pem) {
        roots
            .add(certificate.map_err(|_| BadRoots)?)
            .map_err(|_| BadRoots)?;
    }
    (roots.len() > before).then_some(()).ok_or(BadRoots)
}

/// TLS 1.2 and 1.3 by aws-lc; HTTP/1.1 and nothing else is proposed.
pub(crate) fn config(roots: RootCertStore) -> Arc<ClientConfig> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("the provider has suites for both versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Arc::new(config)
}
