use std::time::Duration;

use super::{Outcome, Request, Response, Transport, TransportError};
use crate::mode::{Async, Mode};

/// Shows any transport as [`Async`], so that one `async fn` serves both colours.
///
/// A lifted blocking transport still blocks the thread that polls it.
///
/// ```
/// use netbox_core::{Async, Blocking, Client, Error, Lifted, Mode, Transport};
///
/// async fn sites<T: Transport<Mode = Async>>(client: &Client<T>) -> Result<u64, Error> {
///     client.query_at("dcim/sites").count().await
/// }
///
/// fn sites_blocking<T: Transport<Mode = Blocking>>(transport: T) -> Result<u64, Error> {
///     let client = Client::builder("https://netbox.example.com").build(Lifted(transport))?;
///     Blocking::run(sites(&client))
/// }
/// ```
#[derive(Debug, Clone)]
pub struct Lifted<T>(pub T);

impl<T: Transport> Transport for Lifted<T> {
    type Mode = Async;

    fn send(&self, request: Request) -> Outcome<'_, Self, Result<Response, TransportError>> {
        Box::pin(async move { T::Mode::lift(self.0.send(request)).await })
    }

    fn sleep(&self, delay: Duration) -> Outcome<'_, Self, ()> {
        Box::pin(async move { T::Mode::lift(self.0.sleep(delay)).await })
    }
}
