use std::io::{self, ErrorKind};

use netbox_core::transport::{TransportError, TransportErrorKind as Kind};
use netbox_transport_options::transport_error;

/// Translates `error` for those who don't know reqwest. They know the URL.
pub(crate) fn told(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    if error.is_builder() {
        TransportError::new(Kind::Unsupported, error)
    } else if !error.is_timeout() {
        transport_error(error)
    } else if error.is_connect() {
        // By this a client sees that waiting for as long again does not help.
        TransportError::new(Kind::Connect, io::Error::new(ErrorKind::TimedOut, error))
    } else {
        TransportError::new(Kind::Timeout, error)
    }
}
