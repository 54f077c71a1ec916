use std::{fmt, sync::Arc, time::Duration};

use super::{Outcome, Request, Response, Transport, TransportError};
use crate::mode::Mode;

/// Any transport of one mode, chosen while the program runs.
///
/// ```
/// use netbox_core::{BoxTransport, Blocking, Client, Error};
///
/// /// Not generic, and still good for every blocking transport.
/// fn sites(client: &Client<BoxTransport<Blocking>>) -> Result<u64, Error> {
///     client.query_at("dcim/sites").count()
/// }
/// ```
pub struct BoxTransport<M: Mode>(Arc<dyn Transport<Mode = M>>);

impl<M: Mode> BoxTransport<M> {
    /// Hides which transport `transport` is.
    pub fn new(transport: impl Transport<Mode = M> + 'static) -> Self {
        Self(Arc::new(transport))
    }
}

impl<M: Mode> Clone for BoxTransport<M> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<M: Mode> fmt::Debug for BoxTransport<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BoxTransport").finish_non_exhaustive()
    }
}

impl<M: Mode> Transport for BoxTransport<M> {
    type Mode = M;

    fn send(&self, request: Request) -> Outcome<'_, Self, Result<Response, TransportError>> {
        self.0.send(request)
    }

    fn sleep(&self, delay: Duration) -> Outcome<'_, Self, ()> {
        self.0.sleep(delay)
    }
}
