//! Handshakes that failed.

use std::{
    error::Error as StdError,
    fmt,
    io::{self, ErrorKind as Kind},
};

use rustls::{CertificateError, Error};

/// An error of TLS, in words that say what may help.
#[derive(Debug)]
pub(super) struct Failure(String);

/// `error`, with what may help against it, if it is one that is often met in a handshake.
pub(super) fn explained(error: io::Error) -> io::Error {
    const PLAIN: &str = "if it speaks plain HTTP on this port, write http:// in the URL";
    const UNKNOWN: &str = "no authority that is trusted here issued the server's certificate: add the one that did by \
                           `add_root_certificates`";
    let kind = error.kind();
    match error.get_ref().and_then(|inner| inner.downcast_ref::<Error>()) {
        // Web servers answer what is no HTTP, or hang up.
        Some(Error::InvalidMessage(_)) => {
            io::Error::new(kind, Failure(format!("the server did not answer with TLS; {PLAIN}")))
        }
        Some(cause @ Error::InvalidCertificate(CertificateError::UnknownIssuer)) => {
            io::Error::new(kind, Failure(format!("{cause}; {UNKNOWN}")))
        }
        None if matches!(kind, Kind::UnexpectedEof | Kind::ConnectionReset | Kind::ConnectionAborted) => {
            io::Error::new(kind, format!("the server hung up in the TLS handshake; {PLAIN}"))
        }
        _ => error,
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for Failure {}
