use std::io::{self, ErrorKind};

use http::{Uri, uri::Scheme};
use netbox_core::transport::{TransportError, TransportErrorKind as Kind};
use netbox_transport_options::{slow_handshake, tls_advice, transport_error};

/// Translates `error` for those who don't know reqwest. They know the URL.
pub(crate) fn told(error: reqwest::Error) -> TransportError {
    let server: Option<Uri> = error.url().and_then(|url| url.as_str().parse().ok());
    let server = server.filter(|uri| uri.scheme() == Some(&Scheme::HTTPS));
    let error = error.without_url();
    if error.is_builder() {
        TransportError::new(Kind::Unsupported, error)
    } else if !error.is_connect() {
        if error.is_timeout() { TransportError::new(Kind::Timeout, error) } else { transport_error(error) }
    } else if error.is_timeout() {
        // By `TimedOut` a client sees that waiting for as long again does not help.
        let late = match &server {
            // reqwest does not show how far it came.
            Some(server) => slow_handshake(
                server,
                "did not accept the connection, or did not answer in the TLS handshake,",
                "the client's `connect_timeout`",
            ),
            None => io::Error::new(ErrorKind::TimedOut, error),
        };
        TransportError::new(Kind::Connect, late)
    } else {
        let advice = server.and_then(|_| tls_advice(&error, "tls_certs_merge"));
        let error = transport_error(error);
        match advice {
            Some(advice) => TransportError::new(error.kind(), advice),
            None => error,
        }
    }
}
