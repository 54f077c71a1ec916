//! The interface between this crate and the network.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;

use super::mode::{Mode, Outcome};

mod error;
mod sink;
mod source;

pub use error::{TransportError, TransportErrorKind};
pub use sink::Sink;
pub(crate) use source::{Piece, Rewind};
pub use source::{Reading, Source};

/// A request with an absolute URI and its whole body, unless that is a [`Source`]; [`Transport::send`] takes it.
pub type Request = http::Request<Bytes>;

/// A response with its whole body, decompressed if it was compressed; [`Transport::send`] returns it.
pub type Response = http::Response<Bytes>;

/// How long the exchange of one [`Request`] may take, in the request's extensions.
///
/// [`Client::timeout`](crate::Client::timeout), [`Query::timeout`](crate::Query::timeout) and
/// [`Bulk::timeout`](crate::bulk::Bulk::timeout) put it there. A transport ends such an exchange after this time, with an error
/// of the kind [`Timeout`](TransportErrorKind::Timeout), or [`Connect`](TransportErrorKind::Connect) if it knows that there was no
/// connection yet, in place of the transport's own limit, be that shorter or longer.
///
/// ```
/// use std::time::Duration;
/// use netbox_core::transport::{Request, Timeout};
///
/// fn limit(request: &Request, own: Duration) -> Duration {
///     request.extensions().get::<Timeout>().map_or(own, |timeout| timeout.0)
/// }
///
/// let mut request = Request::default();
/// request.extensions_mut().insert(Timeout(Duration::from_secs(300)));
/// assert_eq!(limit(&request, Duration::from_secs(30)).as_secs(), 300);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeout(pub Duration);

/// Exchanges one request for one response.
///
/// An implementation knows HTTP and nothing of NetBox. It follows no redirect, keeps no cookies, and returns a 4xx or 5xx
/// like any other response. It adds to a request at most what its protocol needs, and limits the time of the exchange
/// to the request's [`Timeout`], if there is one, and otherwise to a limit of its own.
///
/// It sends each request once, with one exception that it may make: if the server closes a connection that brought a response
/// before, and brings none to a GET, HEAD or OPTIONS, the implementation may send that request a second time, over a new
/// connection. An implementation that makes no exception returns [`Broken`](TransportErrorKind::Broken), and the client's
/// [`RetryPolicy`](crate::transport::RetryPolicy) sends the request again.
///
/// A body may be a [`Source`] if the implementation [takes sources](Transport::takes_sources). It sends the source's bytes
/// with their length in `Content-Length`, since NetBox ignores a body in chunks, and reads no more of them than it can send
/// soon. If reading fails, it ends the connection and returns that error. If the server responds before it has the whole
/// body, as with a 413, the implementation returns the response.
///
/// `netbox_replay::conformance!` tests all that; it needs the feature `conformance` of netbox-replay.
///
/// # Examples
///
/// A transport around a transport of either mode, which counts requests:
///
/// ```
/// use std::{sync::atomic::{AtomicU64, Ordering}, time::Duration};
/// use netbox_core::{Outcome, transport::{Request, Response, Transport, TransportError}};
///
/// struct Counted<T> {
///     inner: T,
///     requests: AtomicU64,
/// }
///
/// impl<T: Transport> Transport for Counted<T> {
///     type Mode = T::Mode;
///
///     fn send(&self, request: Request) -> Outcome<'_, Self::Mode, Result<Response, TransportError>> {
///         self.requests.fetch_add(1, Ordering::Relaxed);
///         self.inner.send(request)
///     }
///
///     fn sleep(&self, delay: Duration) -> Outcome<'_, Self::Mode, ()> {
///         self.inner.sleep(delay)
///     }
/// }
/// ```
pub trait Transport: Send + Sync {
    /// Whether calls block or return futures: [`Blocking`](crate::Blocking) or [`Async`](crate::Async).
    type Mode: Mode;

    /// Sends `request` once, or a second time by the exception above.
    ///
    /// # Errors
    ///
    /// Only if the exchange ended before a complete response arrived; the [kind](TransportErrorKind) says how far the
    /// request got.
    fn send(&self, request: Request) -> Outcome<'_, Self::Mode, Result<Response, TransportError>>;

    /// Waits. Only the transport knows the clock that its callers run on.
    fn sleep(&self, delay: Duration) -> Outcome<'_, Self::Mode, ()>;

    /// Whether this transport puts the body of a response into the [`Sink`] of its request, if there is one.
    ///
    /// If not, as in any implementation that does not say otherwise, requests have no sink, and bodies are in memory. A
    /// transport around another passes the other's answer on if it does not look at the bodies of responses itself.
    fn takes_sinks(&self) -> bool {
        false
    }

    /// Whether this transport sends the [`Source`] of a request as its body, if there is one.
    ///
    /// If not, as in any implementation that does not say otherwise, requests have no source, and bodies are in memory. A
    /// transport around another passes the other's answer on if it does not look at the bodies of requests itself.
    fn takes_sources(&self) -> bool {
        false
    }
}

macro_rules! through_a_pointer {
    ($($pointer:ty),+) => {
        $(
            impl<T: Transport + ?Sized> Transport for $pointer {
                type Mode = T::Mode;

                fn send(&self, request: Request) -> Outcome<'_, Self::Mode, Result<Response, TransportError>> {
                    (**self).send(request)
                }

                fn sleep(&self, delay: Duration) -> Outcome<'_, Self::Mode, ()> {
                    (**self).sleep(delay)
                }

                fn takes_sinks(&self) -> bool {
                    (**self).takes_sinks()
                }

                fn takes_sources(&self) -> bool {
                    (**self).takes_sources()
                }
            }
        )+
    };
}

through_a_pointer!(Arc<T>, Box<T>, &T);
