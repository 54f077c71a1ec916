use std::{error::Error as StdError, fmt, io, iter};

/// The exchange ended before a complete response arrived.
///
/// ```
/// use std::io;
/// use netbox_core::transport::{TransportError, TransportErrorKind};
///
/// fn of_connecting(error: io::Error) -> TransportError {
///     TransportError::new(TransportErrorKind::Connect, error)
/// }
///
/// let error = of_connecting(io::ErrorKind::ConnectionRefused.into());
/// assert!(error.never_sent());
/// assert_eq!(error.to_string(), "could not connect");
/// ```
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Box<dyn StdError + Send + Sync>,
}

/// The kind of a [`TransportError`], which says how far the request got.
///
/// ```
/// use netbox_core::{Error, ErrorKind, transport::TransportErrorKind};
///
/// /// Whether the network is at fault, and not the server.
/// fn is_unreachable(error: &Error) -> bool {
///     matches!(error.kind(), ErrorKind::Transport(TransportErrorKind::Connect | TransportErrorKind::Tls))
/// }
///
/// assert!(TransportErrorKind::Refused.never_sent() && !TransportErrorKind::Timeout.never_sent());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection: the name is unknown, the port closed, the proxy refuses, or connecting took too long.
    /// The server never saw the request.
    Connect,
    /// The TLS handshake failed: an unknown authority, a wrong name, an expired certificate.
    /// The server never saw the request.
    Tls,
    /// The answer took too long. The server may have acted.
    Timeout,
    /// The server, or a proxy before it, refused the request before processing it, and says so: HTTP/2's
    /// `REFUSED_STREAM`.
    Refused,
    /// The connection broke, or the answer was no HTTP. The server may have acted.
    Broken,
    /// The response is larger than the transport's limit. The server did act.
    TooLarge,
    /// This transport can't send the request, for example because of its scheme. The server never saw the request.
    Unsupported,
    /// Anything else. The server may have acted.
    Other,
}

impl TransportError {
    /// An error of `kind`, caused by `source`: an error, or a text.
    pub fn new(kind: TransportErrorKind, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { kind, source: source.into() }
    }

    /// The kind of this error.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    pub(crate) fn into_source(self) -> Box<dyn StdError + Send + Sync> {
        self.source
    }

    /// Whether it is certain that the server never processed the request, so that even a write can be sent again.
    pub fn never_sent(&self) -> bool {
        self.kind.never_sent()
    }

    /// Whether time ran out before there was a connection: the source, or a cause of it, is an [`io::Error`] that says so.
    pub(crate) fn was_slow_to_connect(&self) -> bool {
        let first: &(dyn StdError + 'static) = &*self.source;
        let timed_out = |cause: &(dyn StdError + 'static)| {
            cause.downcast_ref().is_some_and(|cause: &io::Error| cause.kind() == io::ErrorKind::TimedOut)
        };
        self.kind == TransportErrorKind::Connect
            && iter::successors(Some(first), |error| (*error).source()).any(timed_out)
    }
}

impl TransportErrorKind {
    /// Whether it is certain that the server never processed the request, so that even a write can be sent again.
    pub fn never_sent(self) -> bool {
        matches!(self, Self::Connect | Self::Tls | Self::Refused | Self::Unsupported)
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl fmt::Display for TransportErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Connect => "could not connect",
            Self::Tls => "the TLS handshake failed",
            Self::Timeout => "timed out",
            Self::Refused => "the server refused the request unprocessed",
            Self::Broken => "the connection broke",
            Self::TooLarge => "the response is too large",
            Self::Unsupported => "the transport cannot send this",
            Self::Other => "the exchange failed",
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}
