use std::{net::SocketAddr, sync::Arc, time::Duration};

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use http::Request;
use hyper_util::{rt::TokioIo, service::TowerToHyperService};
use net::{Allowed, BadRoots, NetError, Outgoing, Timeouts};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyIdMethod,
    PKCS_ECDSA_P256_SHA256, PublicKeyData, SignatureAlgorithm, SigningKey,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig, crypto,
        pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    },
};

use crate::server;

/// A key that signs certificates: rcgen's own would draw a second cryptographic library into the lock file.
struct Key {
    pair: EcdsaKeyPair,
    der: Vec<u8>,
}

impl Key {
    fn generate() -> Self {
        let signing = &ECDSA_P256_SHA256_ASN1_SIGNING;
        let document = EcdsaKeyPair::generate(signing).and_then(|pair| pair.to_pkcs8v1());
        let der = document.expect("a key").as_ref().to_vec();
        let pair = EcdsaKeyPair::from_pkcs8(signing, &der).expect("that key");
        Self { pair, der }
    }
}

impl PublicKeyData for Key {
    fn der_bytes(&self) -> &[u8] {
        self.pair.public_key().as_ref()
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        &PKCS_ECDSA_P256_SHA256
    }
}

impl SigningKey for Key {
    #[expect(
        clippy::disallowed_methods,
        reason = "a throw-away key of a test signs with the machine's randomness"
    )]
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rcgen::Error> {
        let signature = self.pair.sign(&SystemRandom::new(), message);
        signature
            .map(|signature| signature.as_ref().to_vec())
            .map_err(|_| rcgen::Error::RemoteKeyError)
    }
}

fn certificate(names: &[&str]) -> CertificateParams {
    let names: Vec<_> = names.iter().map(ToString::to_string).collect();
    let mut params = CertificateParams::new(names).expect("names");
    params.serial_number = Some(1.into());
    params.key_identifier_method = KeyIdMethod::PreSpecified(vec![1]);
    params
}

/// A server that shows a certificate for `name`, and that certificate's authority as PEM.
async fn start(name: &str) -> (SocketAddr, String) {
    let mut authority = certificate(&[]);
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(authority, Key::generate()).expect("an authority");
    let key = Key::generate();
    let certificate = certificate(&[name])
        .signed_by(&key, &authority)
        .expect("a certificate");
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.der));
    let provider = Arc::new(crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .expect("a sound configuration");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let (listener, address) = server::listen().await;
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let Ok(stream) = acceptor.accept(stream).await else {
                    return;
                };
                let service = TowerToHyperService::new(server::routes());
                let _ = hyper::server::conn::http1::Builder::new()
                    .serve_connection(TokioIo::new(stream), service)
                    .await;
            });
        }
    });
    (address, authority.pem())
}

fn outgoing(server: SocketAddr) -> Outgoing {
    let allowed = Allowed {
        hosts: vec![format!("localhost:{}", server.port())],
        loopback: true,
    };
    let patient = Duration::from_secs(20);
    let timeouts = Timeouts {
        connect: patient,
        total: patient,
    };
    Outgoing::new(allowed, timeouts)
}

async fn elsewhere(outgoing: &Outgoing, server: SocketAddr) -> Result<Vec<u8>, NetError> {
    let url = format!("https://localhost:{}/elsewhere", server.port());
    let request = Request::get(url).body(Vec::new()).expect("a request");
    outgoing
        .send(request)
        .await
        .map(|response| response.into_body())
}

#[tokio::test]
async fn a_server_is_believed_by_the_authority_that_was_named() {
    let (server, authority) = start("localhost").await;
    let refusal = elsewhere(&outgoing(server), server)
        .await
        .expect_err("unknown authority");
    assert!(matches!(refusal, NetError::Unreachable(..)), "{refusal}");
    let trusting = outgoing(server)
        .trusting(authority.as_bytes())
        .expect("an authority");
    assert_eq!(
        elsewhere(&trusting, server).await.expect("an answer"),
        b"followed"
    );
}

#[tokio::test]
async fn a_certificate_for_another_name_is_refused() {
    let (server, authority) = start("elsewhere.example").await;
    let trusting = outgoing(server)
        .trusting(authority.as_bytes())
        .expect("an authority");
    let refusal = elsewhere(&trusting, server)
        .await
        .expect_err("another name");
    assert!(matches!(refusal, NetError::Unreachable(..)), "{refusal}");
}

#[test]
fn a_file_without_authorities_is_refused() {
    let outgoing = Outgoing::new(Allowed::default(), Timeouts::default());
    for pem in [
        "",
        "nothing",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    ] {
        assert_eq!(
            outgoing.clone().trusting(pem.as_bytes()).err(),
            Some(BadRoots),
            "{pem}"
        );
    }
}
