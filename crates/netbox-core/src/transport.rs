//! The seam between this crate and the network.

use std::{sync::Arc, time::Duration};

use crate::mode::Mode;

mod boxed;
mod error;
mod lifted;

pub use boxed::BoxTransport;
pub use error::{TransportError, TransportErrorKind};
pub use lifted::Lifted;

/// A request as a transport gets it: an absolute URI and the whole body.
pub type Request = http::Request<Vec<u8>>;

/// A response as a transport gives it: the body whole, and decompressed if it was compressed.
pub type Response = http::Response<Vec<u8>>;

/// What a call on transport `T` returns: `R` if it blocks, a future of `R` if it is async.
///
/// ```
/// use netbox_core::{Client, Error, Outcome, Transport};
///
/// fn count<T: Transport>(client: &Client<T>) -> Outcome<'_, T, Result<u64, Error>> {
///     client.query_at("dcim/sites").count()
/// }
/// ```
pub type Outcome<'a, T, R> = <<T as Transport>::Mode as Mode>::Output<'a, R>;

/// Exchanges one request for one response.
///
/// An implementation knows HTTP and nothing of NetBox. It sends each request once: it follows no redirect, keeps no
/// cookies, hands over a 4xx or 5xx like any other response, and repeats nothing, but for a read that met a pooled
/// connection which the server had closed. What it adds to a request is at most what its protocol needs.
/// `netbox_replay::conformance!` tests all that.
///
/// # Examples
///
/// A transport around a transport that counts requests, in whatever colour the inner one has:
///
/// ```
/// use std::{sync::atomic::{AtomicU64, Ordering}, time::Duration};
/// use netbox_core::{Outcome, Request, Response, Transport, TransportError};
///
/// struct Counted<T> {
///     inner: T,
///     requests: AtomicU64,
/// }
///
/// impl<T: Transport> Transport for Counted<T> {
///     type Mode = T::Mode;
///
///     fn send(&self, request: Request) -> Outcome<'_, Self, Result<Response, TransportError>> {
///         self.requests.fetch_add(1, Ordering::Relaxed);
///         self.inner.send(request)
///     }
///
///     fn sleep(&self, delay: Duration) -> Outcome<'_, Self, ()> {
///         self.inner.sleep(delay)
///     }
/// }
/// ```
pub trait Transport: Send + Sync {
    /// Whether calls block or return futures: [`Blocking`](crate::Blocking) or [`Async`](crate::Async).
    type Mode: Mode;

    /// Sends `request` once.
    ///
    /// # Errors
    ///
    /// Only when no whole response was had; the [kind](TransportErrorKind) says how far the request got.
    fn send(&self, request: Request) -> Outcome<'_, Self, Result<Response, TransportError>>;

    /// Waits. Only the transport knows the clock that its callers run on.
    fn sleep(&self, delay: Duration) -> Outcome<'_, Self, ()>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    type Mode = T::Mode;

    fn send(&self, request: Request) -> Outcome<'_, Self, Result<Response, TransportError>> {
        (**self).send(request)
    }

    fn sleep(&self, delay: Duration) -> Outcome<'_, Self, ()> {
        (**self).sleep(delay)
    }
}

impl<T: Transport + ?Sized> Transport for Box<T> {
    type Mode = T::Mode;

    fn send(&self, request: Request) -> Outcome<'_, Self, Result<Response, TransportError>> {
        (**self).send(request)
    }

    fn sleep(&self, delay: Duration) -> Outcome<'_, Self, ()> {
        (**self).sleep(delay)
    }
}

impl<T: Transport + ?Sized> Transport for &T {
    type Mode = T::Mode;

    fn send(&self, request: Request) -> Outcome<'_, Self, Result<Response, TransportError>> {
        (**self).send(request)
    }

    fn sleep(&self, delay: Duration) -> Outcome<'_, Self, ()> {
        (**self).sleep(delay)
    }
}
