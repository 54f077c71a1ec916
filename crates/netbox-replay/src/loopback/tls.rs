//! TLS for the server, with certificates made on the spot.

use std::{fmt, io, net::TcpStream, sync::Arc};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    KeyUsagePurpose,
};
use rustls::{
    ConfigBuilder, RootCertStore, ServerConfig, ServerConnection, StreamOwned, WantsVerifier,
    crypto::{CryptoProvider, ring},
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    server::{WantsServerCert, WebPkiClientVerifier},
};

use super::connection::Stream;

/// An authority that certifies anything, and that nobody trusts by default.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    /// A new authority, unlike all others.
    ///
    /// # Panics
    ///
    /// If the machine has no randomness.
    pub fn new() -> Self {
        let mut params = params("An authority of tests", &[]);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        Self(CertifiedIssuer::self_signed(params, key()).expect("parameters that can be signed"))
    }

    /// The authority's own certificate in PEM, for clients that must trust it.
    pub fn certificate(&self) -> String {
        self.0.pem()
    }

    /// Issues a certificate: for a server by its host names and addresses, or for a client by any name.
    ///
    /// # Panics
    ///
    /// If a name can't stand in a certificate.
    pub fn certify(&self, names: &[&str]) -> Identity {
        let key = key();
        let mut params = params("A subject of tests", names);
        params.extended_key_usages =
            vec![ExtendedKeyUsagePurpose::ServerAuth, ExtendedKeyUsagePurpose::ClientAuth];
        let certificate = params.signed_by(&key, &self.0).expect("parameters that can be signed");
        Identity { certificate: certificate.pem(), key: key.serialize_pem() }
    }
}

impl Default for Authority {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authority").finish_non_exhaustive()
    }
}

/// A certificate and its key.
#[derive(Clone)]
#[non_exhaustive]
pub struct Identity {
    /// The certificate in PEM.
    pub certificate: String,
    /// The private key in PEM.
    pub key: String,
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity").field("certificate", &self.certificate).finish_non_exhaustive()
    }
}

/// The TLS configuration of a server.
#[derive(Debug, Clone)]
pub struct ServerTls(Arc<ServerConfig>);

impl ServerTls {
    /// A server that shows `identity` to every client.
    ///
    /// # Panics
    ///
    /// If the identity is not well-formed.
    pub fn new(identity: &Identity) -> Self {
        Self::finish(builder().with_no_client_auth(), identity)
    }

    /// A server that shows `identity`, and accepts only clients that `clients` certified.
    ///
    /// # Panics
    ///
    /// If the identity is not well-formed.
    pub fn among(identity: &Identity, clients: &Authority) -> Self {
        let mut roots = RootCertStore::empty();
        roots.add(clients.0.der().clone()).expect("a certificate");
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider())
            .build()
            .expect("an authority that can be trusted");
        Self::finish(builder().with_client_cert_verifier(verifier), identity)
    }

    pub(super) fn accept(&self, stream: TcpStream) -> io::Result<Box<dyn Stream>> {
        let connection = ServerConnection::new(Arc::clone(&self.0)).map_err(io::Error::other)?;
        let mut stream = StreamOwned::new(connection, stream);
        while stream.conn.is_handshaking() {
            stream.conn.complete_io(&mut stream.sock)?;
        }
        Ok(Box::new(stream))
    }

    fn finish(config: ConfigBuilder<ServerConfig, WantsServerCert>, identity: &Identity) -> Self {
        let certificate =
            CertificateDer::from_pem_slice(identity.certificate.as_bytes()).expect("a certificate");
        let key = PrivateKeyDer::from_pem_slice(identity.key.as_bytes()).expect("a key");
        let config =
            config.with_single_cert(vec![certificate], key).expect("a key that fits the certificate");
        Self(Arc::new(config))
    }
}

impl Stream for StreamOwned<ServerConnection, TcpStream> {
    fn socket(&self) -> &TcpStream {
        &self.sock
    }

    fn is_tls(&self) -> bool {
        true
    }
}

fn params(name: &str, subjects: &[&str]) -> CertificateParams {
    let subjects: Vec<String> = subjects.iter().map(ToString::to_string).collect();
    let mut params = CertificateParams::new(subjects).expect("names that can stand in a certificate");
    params.distinguished_name.push(DnType::CommonName, name);
    params
}

fn key() -> KeyPair {
    KeyPair::generate().expect("randomness")
}

fn builder() -> ConfigBuilder<ServerConfig, WantsVerifier> {
    ServerConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .expect("the provider's own versions")
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}
