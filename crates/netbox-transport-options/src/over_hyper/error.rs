use std::error::Error as StdError;

use hyper_util::client::legacy;
use netbox_core::transport::{TransportError, TransportErrorKind as Kind};

use crate::{cause, is_tls};

pub(super) type BoxError = Box<dyn StdError + Send + Sync>;

/// Turns an error of hyper, or of a client on hyper, into one whose kind says how far the request certainly got.
///
/// A [`TransportError`] remains what it is, and another error with a `TransportError` among its causes has the kind of
/// that. The kind is `Other` if there is neither a `TransportError` nor an error of hyper.
///
/// ```
/// use std::io;
/// use netbox_core::transport::{TransportError, TransportErrorKind};
/// use netbox_transport_options::transport_error;
///
/// let shed = TransportError::new(TransportErrorKind::Connect, "too many requests wait for a connection");
/// assert_eq!(transport_error(io::Error::other(shed)).kind(), TransportErrorKind::Connect);
/// assert_eq!(transport_error("a mystery").kind(), TransportErrorKind::Other);
/// ```
pub fn transport_error(error: impl Into<Box<dyn StdError + Send + Sync>>) -> TransportError {
    told(error.into(), Kind::Other)
}

/// The error, of the kind `otherwise` if nothing else is known.
pub(super) fn told(error: BoxError, otherwise: Kind) -> TransportError {
    match error.downcast::<TransportError>() {
        Ok(error) => *error,
        Err(error) => TransportError::new(kind(&*error).unwrap_or(otherwise), error),
    }
}

fn kind(error: &(dyn StdError + 'static)) -> Option<Kind> {
    if let Some(error) = cause::<TransportError>(error) {
        return Some(error.kind());
    }
    if cause(error).is_some_and(legacy::Error::is_connect) {
        return Some(if is_tls(error) { Kind::Tls } else { Kind::Connect });
    }
    if cause(error).and_then(h2::Error::reason) == Some(h2::Reason::REFUSED_STREAM) {
        return Some(Kind::Refused);
    }
    let error = cause::<hyper::Error>(error)?;
    Some(if error.is_timeout() {
        Kind::Timeout
    } else if error.is_user() {
        Kind::Other
    } else {
        Kind::Broken
    })
}
