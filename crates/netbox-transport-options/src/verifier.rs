//! Whether a server is who it says.

use std::sync::{Arc, OnceLock};

use rustls::{
    DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
    client::{
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
        verify_server_cert_signed_by_trust_anchor, verify_server_name,
    },
    crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime},
    server::ParsedCertificate,
};

/// Whom a client trusts.
#[derive(Debug)]
pub(crate) enum Trusted {
    /// Any server, so long as it has the key of the certificate that it shows.
    Anyone,
    Authorities(Authorities),
}

/// The authorities that are given, and those of the platform. The latter are read when the first server shows a certificate:
/// that costs more than a short program does otherwise, and many servers show none.
#[derive(Debug)]
pub(crate) struct Authorities {
    given: RootCertStore,
    all: OnceLock<RootCertStore>,
}

impl Authorities {
    pub(crate) fn new(given: RootCertStore) -> Self {
        Self { given, all: OnceLock::new() }
    }

    /// A platform without authorities is no error, nor is one with a certificate that can't be understood.
    fn all(&self) -> &RootCertStore {
        self.all.get_or_init(|| {
            let mut all = self.given.clone();
            all.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
            all
        })
    }
}

/// Verifies certificates as rustls does by itself, but for when it reads the platform's authorities.
#[derive(Debug)]
pub(crate) struct Verifier {
    pub(crate) provider: Arc<CryptoProvider>,
    pub(crate) trusted: Trusted,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        _: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if let Trusted::Authorities(authorities) = &self.trusted {
            let certificate = ParsedCertificate::try_from(certificate)?;
            let algorithms = self.provider.signature_verification_algorithms.all;
            verify_server_cert_signed_by_trust_anchor(
                &certificate,
                authorities.all(),
                intermediates,
                now,
                algorithms,
            )?;
            verify_server_name(&certificate, name)?;
        }
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(
            message,
            certificate,
            signature,
            &self.provider.signature_verification_algorithms,
        )
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(
            message,
            certificate,
            signature,
            &self.provider.signature_verification_algorithms,
        )
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use netbox_replay::loopback::Authority;
    use rustls::{crypto::ring, pki_types::pem::PemObject};

    use super::*;

    #[test]
    fn a_certificate_is_for_a_name_and_from_an_authority() {
        let (authority, other) = (Authority::new(), Authority::new());
        let read = |pem: &str| CertificateDer::from_pem_slice(pem.as_bytes()).unwrap();
        let certificate = read(&authority.certify(&["netbox.example.com"]).certificate);
        let verifier = |root: &Authority| {
            let mut given = RootCertStore::empty();
            given.add(read(&root.certificate())).unwrap();
            let trusted = Trusted::Authorities(Authorities::new(given));
            Verifier { provider: Arc::new(ring::default_provider()), trusted }
        };
        let check = |verifier: &Verifier, name: &'static str| {
            let name = ServerName::try_from(name).unwrap();
            verifier.verify_server_cert(&certificate, &[], &name, &[], UnixTime::now()).map(drop)
        };
        check(&verifier(&authority), "netbox.example.com").unwrap();
        assert!(check(&verifier(&authority), "elsewhere.example.com").is_err());
        assert!(check(&verifier(&other), "netbox.example.com").is_err());
    }

    #[test]
    fn the_platform_is_asked_only_when_a_certificate_is_there() {
        let authorities = Authorities::new(RootCertStore::empty());
        assert!(authorities.all.get().is_none());
        authorities.all();
        assert!(authorities.all.get().is_some());
    }
}
