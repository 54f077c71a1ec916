use std::{
    error::Error as StdError,
    io::{self, ErrorKind},
};

use hyper_util::client::legacy::Error;
use netbox_transport_options::cause;

use crate::link::Answered;

pub(crate) type BoxError = Box<dyn StdError + Send + Sync>;

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
