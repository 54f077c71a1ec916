use std::time::Duration;

use super::{
    mode::{Async, Mode, Outcome},
    transport::{Request, Response, Transport, TransportError},
};

/// Makes any transport [`Async`], so that one `async fn` serves both modes.
///
/// A lifted blocking transport still blocks the thread that polls it.
///
/// ```
/// use netbox_core::{Async, Blocking, Client, Error, Mode, transport::{Lifted, Transport}};
///
/// async fn sites(client: &Client<Async>) -> Result<u64, Error> {
///     client.query_at("dcim/sites").count().await
/// }
///
/// fn sites_blocking(transport: impl Transport<Mode = Blocking> + 'static) -> Result<u64, Error> {
///     let client = Client::builder("https://netbox.example.com").build(Lifted(transport))?;
///     Blocking::run(sites(&client))
/// }
/// ```
#[derive(Debug, Clone)]
pub struct Lifted<T>(pub T);

impl<T: Transport> Transport for Lifted<T> {
    type Mode = Async;

    fn send(&self, request: Request) -> Outcome<'_, Async, Result<Response, TransportError>> {
        Box::pin(async move { T::Mode::lift(self.0.send(request)).await })
    }

    fn sleep(&self, delay: Duration) -> Outcome<'_, Async, ()> {
        Box::pin(async move { T::Mode::lift(self.0.sleep(delay)).await })
    }

    fn takes_sinks(&self) -> bool {
        self.0.takes_sinks()
    }

    fn takes_sources(&self) -> bool {
        self.0.takes_sources()
    }
}
