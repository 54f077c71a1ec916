use std::sync::Arc;

use rustls::{
    ClientConfig, RootCertStore,
    crypto::CryptoProvider,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};

use crate::{
    BuildError,
    verifier::{Authorities, Trusted, Verifier},
};

/// Whom to trust, and who to be, as the options give it.
#[derive(Default)]
pub(crate) struct TlsOptions {
    /// Authorities besides the platform's, each some certificates in PEM.
    pub(crate) roots: Vec<Vec<u8>>,
    /// The client's certificates and key in PEM.
    pub(crate) identity: Option<(Vec<u8>, Vec<u8>)>,
    pub(crate) accept_anyone: bool,
}

impl TlsOptions {
    /// Checks these options; `provider` does the cryptography.
    pub(crate) fn config(&self, provider: Option<Arc<CryptoProvider>>) -> Result<ClientConfig, BuildError> {
        let provider = provider.ok_or_else(no_provider)?;
        let config = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(|error| {
                BuildError::because(
                    "the installed crypto provider supports neither TLS 1.2 nor TLS 1.3",
                    error,
                )
            })?;
        let trusted = if self.accept_anyone {
            Trusted::Anyone
        } else {
            Trusted::Authorities(Authorities::new(self.given_authorities()?))
        };
        let verifier = Arc::new(Verifier { provider, trusted });
        let config = config.dangerous().with_custom_certificate_verifier(verifier);
        match &self.identity {
            None => Ok(config.with_no_client_auth()),
            Some((chain, key)) => {
                let chain = certificates(chain, "the client certificate can't be read")?;
                let key = PrivateKeyDer::from_pem_slice(key).map_err(|error| {
                    BuildError::because("the client certificate's key can't be read", error)
                })?;
                config.with_client_auth_cert(chain, key).map_err(|error| {
                    BuildError::because("the client certificate and its key can't be used", error)
                })
            }
        }
    }

    fn given_authorities(&self) -> Result<RootCertStore, BuildError> {
        let what = "the root certificates can't be read";
        let mut store = RootCertStore::empty();
        for pem in &self.roots {
            for root in certificates(pem, what)? {
                store.add(root).map_err(|error| BuildError::because(what, error))?;
            }
        }
        Ok(store)
    }
}

/// The crypto provider that the program installed, or else ring's if the feature `ring` is on.
pub(crate) fn provider() -> Option<Arc<CryptoProvider>> {
    let provider = CryptoProvider::get_default().cloned();
    #[cfg(feature = "ring")]
    let provider = provider.or_else(|| Some(Arc::new(rustls::crypto::ring::default_provider())));
    provider
}

/// Installs ring's crypto provider, by the feature `ring`, if the program has installed none.
///
/// A transport calls it whose TLS is not [`Tls`](crate::Tls) and takes the provider of the process.
///
/// # Errors
///
/// If the program has installed none and the feature is off.
///
/// ```
/// # #[cfg(feature = "ring")]
/// netbox_transport_options::install_provider()?;
/// # Ok::<(), netbox_transport_options::BuildError>(())
/// ```
pub fn install_provider() -> Result<(), BuildError> {
    if CryptoProvider::get_default().is_none() {
        let provider = provider().ok_or_else(no_provider)?;
        // Another thread was faster if this fails.
        let _ = CryptoProvider::install_default(Arc::unwrap_or_clone(provider));
    }
    Ok(())
}

fn no_provider() -> BuildError {
    BuildError::new(
        "no crypto provider for TLS is installed: install one before building the transport, for instance with \
         `rustls::crypto::aws_lc_rs::default_provider().install_default()`, or turn on the feature `ring` of the \
         transport's crate",
    )
}

fn certificates(pem: &[u8], what: &'static str) -> Result<Vec<CertificateDer<'static>>, BuildError> {
    let certificates: Vec<_> = CertificateDer::pem_slice_iter(pem)
        .collect::<Result<_, _>>()
        .map_err(|error| BuildError::because(what, error))?;
    if certificates.is_empty() {
        return Err(BuildError::because(what, "there is no certificate in the PEM"));
    }
    Ok(certificates)
}

#[cfg(test)]
mod tests {
    use netbox_replay::loopback::Authority;
    use rustls::crypto::ring;

    use super::*;

    #[track_caller]
    fn check(tls: TlsOptions, expect: Result<(), &str>) {
        let provider = Some(Arc::new(ring::default_provider()));
        let outcome = tls.config(provider).map(drop).map_err(|error| error.to_string());
        assert_eq!(outcome, expect.map_err(str::to_owned));
    }

    fn with_identity(chain: &str, key: &str) -> TlsOptions {
        TlsOptions { identity: Some((chain.into(), key.into())), ..TlsOptions::default() }
    }

    #[test]
    fn certificates_are_read_before_they_are_needed() {
        let root = Authority::new().certificate();
        check(TlsOptions { roots: vec![root.into_bytes()], ..TlsOptions::default() }, Ok(()));
        let unreadable = "the root certificates can't be read";
        check(TlsOptions { roots: vec![b"no PEM".to_vec()], ..TlsOptions::default() }, Err(unreadable));
        let broken = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        check(TlsOptions { roots: vec![broken.to_vec()], ..TlsOptions::default() }, Err(unreadable));
    }

    #[test]
    fn a_client_certificate_and_its_key_belong_together() {
        let authority = Authority::new();
        let (one, other) = (authority.certify(&["one"]), authority.certify(&["other"]));
        check(with_identity(&one.certificate, &one.key), Ok(()));
        let mismatch = "the client certificate and its key can't be used";
        check(with_identity(&one.certificate, &other.key), Err(mismatch));
        check(
            with_identity(&one.certificate, &one.certificate),
            Err("the client certificate's key can't be read"),
        );
        check(with_identity(&one.key, &one.key), Err("the client certificate can't be read"));
    }

    #[test]
    fn without_a_crypto_provider_the_error_says_how_to_get_one() {
        let error = TlsOptions::default().config(None).unwrap_err().to_string();
        assert!(error.contains("install_default()") && error.contains("feature `ring`"), "{error}");
    }
}
