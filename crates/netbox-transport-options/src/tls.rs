use std::{error::Error as StdError, fmt, io};

use rustls::{
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    sign::CertifiedKey,
};

use crate::BuildError;

/// How a transport speaks TLS.
#[derive(Debug)]
pub struct Tls {
    /// Who is taken for the right server.
    pub trust: Trust,
    /// Who the client is, if it says.
    pub identity: Option<Identity>,
}

/// Whose word is taken for who a server is.
pub enum Trust {
    /// The server's own.
    Anyone,
    /// That of these authorities.
    Roots(Vec<CertificateDer<'static>>),
}

/// A client's certificate and its key, which belong together.
pub struct Identity {
    /// The client's own certificate, and those between it and its authority.
    pub chain: Vec<CertificateDer<'static>>,
    /// The private key.
    pub key: PrivateKeyDer<'static>,
}

impl Trust {
    /// The platform's authorities and those in `pems`. A platform without any is no error, since not every NetBox
    /// is behind TLS.
    pub(crate) fn platform_and(pems: &[Vec<u8>]) -> Result<Self, BuildError> {
        let mut roots = rustls_native_certs::load_native_certs().certs;
        for pem in pems {
            roots.extend(certificates(pem, "the root certificates can't be read")?);
        }
        Ok(Self::Roots(roots))
    }
}

impl fmt::Debug for Trust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Anyone => f.write_str("Anyone"),
            Self::Roots(roots) => write!(f, "Roots({})", roots.len()),
        }
    }
}

impl Identity {
    pub(crate) fn from_pem(chain: &[u8], key: &[u8]) -> Result<Self, BuildError> {
        let chain = certificates(chain, "the client certificate can't be read")?;
        let key = PrivateKeyDer::from_pem_slice(key)
            .map_err(|error| BuildError::because("the client certificate's key can't be read", error))?;
        CertifiedKey::from_der(chain.clone(), key.clone_key(), &ring::default_provider()).map_err(
            |error| BuildError::because("the client certificate and its key can't be used", error),
        )?;
        Ok(Self { chain, key })
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity").finish_non_exhaustive()
    }
}

/// Whether `error`, or what caused it, is one of TLS rather than of the network below.
pub fn is_tls(error: &(dyn StdError + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.is::<rustls::Error>() {
            return true;
        }
        // An I/O error passes over the error in it when asked for its source.
        cause = match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    false
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
