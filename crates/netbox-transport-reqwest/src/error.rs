use std::io::{self, ErrorKind};

use netbox_core::transport::{TransportError, TransportErrorKind as Kind};
use netbox_transport_options::{tls_advice, transport_error};

/// Translates `error` for those who don't know reqwest. They know the URL.
pub(crate) fn told(error: reqwest::Error) -> TransportError {
    let to_https = error.url().is_some_and(|url| url.scheme() == "https");
    let error = error.without_url();
    if error.is_builder() {
        TransportError::new(Kind::Unsupported, error)
    } else if !error.is_connect() {
        if error.is_timeout() { TransportError::new(Kind::Timeout, error) } else { transport_error(error) }
    } else if error.is_timeout() {
        // By this a client sees that waiting for as long again does not help.
        TransportError::new(Kind::Connect, io::Error::new(ErrorKind::TimedOut, error))
    } else {
        let advice = to_https.then(|| tls_advice(&error, "tls_certs_merge")).flatten();
        let error = transport_error(error);
        match advice {
            Some(advice) => TransportError::new(error.kind(), advice),
            None => error,
        }
    }
}
