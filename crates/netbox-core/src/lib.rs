//! A client for NetBox over any HTTP transport, blocking or async.
#![forbid(unsafe_code)]

mod mode;
mod transport;

pub use mode::{Async, Blocking, BoxFuture, Mode};
pub use transport::{BoxTransport, Lifted, Outcome, Request, Response, Transport, TransportError, TransportErrorKind};
