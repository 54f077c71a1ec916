use std::{fmt, sync::Arc, time::Duration};

use super::{
    mode::{Mode, Outcome},
    transport::{Request, Response, Transport, TransportError},
};

/// Any transport of mode `C`, chosen while the program runs.
///
/// ```
/// use netbox_core::{Blocking, Client, Error, transport::BoxTransport};
///
/// fn client(transport: BoxTransport<Blocking>) -> Result<Client<Blocking>, Error> {
///     Client::builder("https://netbox.example.com").build(transport)
/// }
/// ```
pub struct BoxTransport<C: Mode>(Arc<dyn Transport<Mode = C>>);

impl<C: Mode> BoxTransport<C> {
    /// Hides which transport `transport` is.
    ///
    /// ```
    /// use netbox_core::{Blocking, transport::{BoxTransport, Transport}};
    ///
    /// fn choose<R, S>(replayed: bool, real: R, recording: S) -> BoxTransport<Blocking>
    /// where
    ///     R: Transport<Mode = Blocking> + 'static,
    ///     S: Transport<Mode = Blocking> + 'static,
    /// {
    ///     if replayed { BoxTransport::new(recording) } else { BoxTransport::new(real) }
    /// }
    /// ```
    pub fn new(transport: impl Transport<Mode = C> + 'static) -> Self {
        Self(Arc::new(transport))
    }
}

impl<C: Mode> Clone for BoxTransport<C> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<C: Mode> fmt::Debug for BoxTransport<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BoxTransport").finish_non_exhaustive()
    }
}

impl<C: Mode> Transport for BoxTransport<C> {
    type Mode = C;

    fn send(&self, request: Request) -> Outcome<'_, C, Result<Response, TransportError>> {
        self.0.send(request)
    }

    fn sleep(&self, delay: Duration) -> Outcome<'_, C, ()> {
        self.0.sleep(delay)
    }

    fn takes_sinks(&self) -> bool {
        self.0.takes_sinks()
    }

    fn takes_sources(&self) -> bool {
        self.0.takes_sources()
    }
}
