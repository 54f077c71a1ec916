//! Handshakes that failed.

use std::{
    error::Error as StdError,
    fmt,
    io::{self, ErrorKind as Kind},
};

use http::Uri;
use rustls::{CertificateError, Error};

use crate::causes::{cause, causes};

const PLAIN: &str = "if it speaks plain HTTP on this port, write http:// in the URL";

/// An error of TLS, in words that say what may help.
#[derive(Debug)]
pub(super) struct Failure(String);

/// `error`, with what may help against it, if it is one that is often met in a handshake.
pub(super) fn explained(error: io::Error) -> io::Error {
    let kind = error.kind();
    match tls_advice(&error, "add_root_certificates") {
        Some(advice) if cause::<Error>(&error).is_some() => io::Error::new(kind, Failure(advice)),
        Some(advice) => io::Error::new(kind, advice),
        None => error,
    }
}

/// The error of a connection to the server of `uri` that was not ready within `limit`, since the server `did_not`, with what
/// may help.
///
/// ```
/// use std::time::Duration;
/// use netbox_transport_options::slow_handshake;
///
/// let uri = http::Uri::from_static("https://netbox.example.com/api/");
/// let error = slow_handshake(&uri, "did not answer in the TLS handshake", "10s (`connect_timeout`)");
/// assert_eq!(error.kind(), std::io::ErrorKind::TimedOut);
/// assert!(error.to_string().starts_with(
///     "netbox.example.com:443 did not answer in the TLS handshake within 10s (`connect_timeout`); "
/// ));
/// ```
pub fn slow_handshake(uri: &Uri, did_not: &str, limit: &str) -> io::Error {
    let host = uri.host().unwrap_or_default();
    let port = uri.port_u16().unwrap_or(443);
    io::Error::new(Kind::TimedOut, format!("{host}:{port} {did_not} within {limit}; {PLAIN}"))
}

/// An error of a TLS handshake in words that say what may help, if it is one that is often met. `roots` is the name of the
/// option by which a user of the transport adds an authority.
///
/// ```
/// use std::io;
/// use netbox_transport_options::tls_advice;
///
/// let hung_up = io::Error::from(io::ErrorKind::UnexpectedEof);
/// let advice = tls_advice(&hung_up, "add_root_certificates").unwrap();
/// assert!(advice.ends_with("if it speaks plain HTTP on this port, write http:// in the URL"));
/// ```
pub fn tls_advice(error: &(dyn StdError + 'static), roots: &str) -> Option<String> {
    let hung_up = |error: &(dyn StdError + 'static)| {
        let kind = error.downcast_ref().map(io::Error::kind);
        matches!(kind, Some(Kind::UnexpectedEof | Kind::ConnectionReset | Kind::ConnectionAborted))
    };
    match cause::<Error>(error) {
        // Web servers answer what is no HTTP, or hang up.
        Some(Error::InvalidMessage(_)) => Some(format!("the server did not answer with TLS; {PLAIN}")),
        None if causes(error).any(hung_up) => {
            Some(format!("the server hung up in the TLS handshake; {PLAIN}"))
        }
        Some(cause @ Error::InvalidCertificate(CertificateError::UnknownIssuer)) => Some(format!(
            "{cause}; no authority that is trusted here issued the server's certificate: add the one that did by `{roots}`"
        )),
        _ => None,
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for Failure {}
