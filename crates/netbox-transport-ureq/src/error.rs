use std::{error::Error as StdError, fmt, io};

use netbox_core::transport::{TransportError, TransportErrorKind as Kind};
use netbox_transport_options::is_tls;
use ureq::Error;

/// Translates `error` for those who don't know ureq.
pub(crate) fn told(error: Error) -> TransportError {
    let (kind, source) = match error {
        Error::Other(cause) => match cause.downcast::<Unreached>() {
            Ok(unreached) => (unreached.kind(), unreached.0),
            Err(cause) => match cause.downcast::<Stale>() {
                Ok(stale) => (Kind::Broken, stale.0),
                Err(cause) => match cause.downcast::<TransportError>() {
                    Ok(error) => return *error,
                    Err(cause) => return TransportError::new(Kind::Other, cause),
                },
            },
        },
        error => (kind(&error), error),
    };
    match source {
        // ureq itself would say which of its steps this was.
        Error::Io(source) => TransportError::new(kind, source),
        Error::Timeout(_) if kind == Kind::Connect => {
            TransportError::new(kind, io::Error::new(io::ErrorKind::TimedOut, "no connection in time"))
        }
        source => TransportError::new(kind, source),
    }
}

/// Marks `error` as one that came up before there was a connection.
pub(crate) fn unreached(error: Error) -> Error {
    match error {
        // In a tunnel, the connection to the proxy is made within the connection to the server.
        Error::Other(cause) if cause.is::<Unreached>() => Error::Other(cause),
        error => Error::Other(Box::new(Unreached(error))),
    }
}

/// Whether `error` is a [`Stale`] one.
pub(crate) fn is_stale(error: &Error) -> bool {
    matches!(error, Error::Other(cause) if cause.is::<Stale>())
}

/// No connection was had.
#[derive(Debug)]
struct Unreached(Error);

impl Unreached {
    fn kind(&self) -> Kind {
        match &self.0 {
            Error::Io(error) if is_tls(error) => Kind::Tls,
            _ => Kind::Connect,
        }
    }
}

/// A connection that had been used before broke without a byte of the response.
#[derive(Debug)]
pub(crate) struct Stale(Error);

impl Stale {
    pub(crate) fn error(error: Error) -> Error {
        Error::Other(Box::new(Self(error)))
    }
}

impl fmt::Display for Unreached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for Unreached {}

impl fmt::Display for Stale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for Stale {}

/// The kind of an error that came up once there was a connection.
fn kind(error: &Error) -> Kind {
    match error {
        Error::Timeout(_) => Kind::Timeout,
        Error::BodyExceedsLimit(_) | Error::LargeResponseHeader(..) => Kind::TooLarge,
        Error::Io(_) | Error::Protocol(_) => Kind::Broken,
        Error::BadUri(_) | Error::Http(_) => Kind::Unsupported,
        Error::ConnectionFailed => Kind::Connect,
        _ => Kind::Other,
    }
}
