use std::{
    error::Error as StdError,
    io::{self, ErrorKind},
};

use hyper_util::client::legacy::Error;
use netbox_core::transport::{TransportError, TransportErrorKind as Kind};
use netbox_transport_options::is_tls;

use crate::link::Answered;

pub(crate) type BoxError = Box<dyn StdError + Send + Sync>;

/// Translates `error` for those who don't know hyper.
pub(crate) fn told(error: Error) -> TransportError {
    let kind = if error.is_connect() {
        if is_tls(&error) { Kind::Tls } else { Kind::Connect }
    } else {
        cause::<hyper::Error>(&error).map_or(Kind::Other, kind)
    };
    TransportError::new(kind, error)
}

/// The kind of an error that came up once there was a connection.
pub(crate) fn kind(error: &hyper::Error) -> Kind {
    if error.is_timeout() {
        Kind::Timeout
    } else if cause::<h2::Error>(error).and_then(h2::Error::reason) == Some(h2::Reason::REFUSED_STREAM) {
        Kind::Refused
    } else if error.is_user() {
        Kind::Other
    } else {
        Kind::Broken
    }
}

/// Whether `error` says that a connection which had been used before was closed instead of bringing a response.
pub(crate) fn is_stale(error: &Error) -> bool {
    let mut extras = http::Extensions::new();
    if let Some(connection) = error.connect_info() {
        connection.get_extras(&mut extras);
    }
    let was_used = extras.get::<Answered>().is_some_and(Answered::get);
    was_used && cause::<hyper::Error>(error).is_some_and(is_closed)
}

fn is_closed(error: &hyper::Error) -> bool {
    let io = cause::<io::Error>(error).map(io::Error::kind);
    let io_is_closed = matches!(
        io,
        Some(
            ErrorKind::BrokenPipe
                | ErrorKind::ConnectionAborted
                | ErrorKind::ConnectionReset
                | ErrorKind::UnexpectedEof
        )
    );
    error.is_incomplete_message() || error.is_closed() || error.is_canceled() || io_is_closed
}

fn cause<'e, E: StdError + 'static>(error: &'e (dyn StdError + 'static)) -> Option<&'e E> {
    std::iter::successors(Some(error), |error| (*error).source()).find_map(|error| error.downcast_ref())
}
