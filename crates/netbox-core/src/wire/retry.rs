//! Sending requests again where that is safe.

use std::time::Duration;

use super::{
    lifted::Lifted,
    mode::{Async, BoxFuture, Mode, Outcome},
    transport::{Request, Response, Transport, TransportError},
};

mod policy;

pub use policy::RetryPolicy;

/// A transport around a transport, which sends a request again when that is safe and may help.
///
/// Every [`Client`](crate::Client) has a `Retry` around its transport already.
///
/// ```
/// use netbox_core::transport::{Retry, RetryPolicy, Transport};
///
/// fn persistent<T: Transport>(inner: T) -> Retry<T> {
///     Retry::new(inner, RetryPolicy::default().attempts(5))
/// }
/// ```
#[derive(Debug, Clone)]
pub struct Retry<T> {
    inner: T,
    policy: RetryPolicy,
}

impl<T: Transport> Retry<T> {
    /// Sends requests through `inner`, and again by the rules of `policy`.
    pub fn new(inner: T, policy: RetryPolicy) -> Self {
        Self { inner, policy }
    }
}

impl<T: Transport> Transport for Retry<T> {
    type Mode = T::Mode;

    fn send(&self, request: Request) -> Outcome<'_, Self::Mode, Result<Response, TransportError>> {
        T::Mode::run(async move { self.policy.exchange(&Lifted(&self.inner), request).await })
    }

    fn sleep(&self, delay: Duration) -> Outcome<'_, Self::Mode, ()> {
        self.inner.sleep(delay)
    }

    fn takes_sinks(&self) -> bool {
        self.inner.takes_sinks()
    }

    fn takes_sources(&self) -> bool {
        self.inner.takes_sources()
    }
}

/// A transport that knows of a wait for the server's sake.
pub(crate) trait Line: Transport<Mode = Async> {
    /// Waits, since the server asked for fewer requests.
    fn pause(&self, delay: Duration) -> BoxFuture<'_, ()>;
}

impl<T: Transport> Line for Lifted<T> {
    fn pause(&self, delay: Duration) -> BoxFuture<'_, ()> {
        self.sleep(delay)
    }
}
