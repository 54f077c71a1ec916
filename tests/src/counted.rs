use std::{
    ops::Deref,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use netbox_core::{
    Client, Error, Mode, Outcome,
    transport::{BoxTransport, Request, Response, Transport, TransportError},
};

/// A transport around a transport that counts requests, and the bytes that come back.
#[derive(Debug)]
pub struct Counted<T> {
    inner: T,
    requests: AtomicU64,
    bytes: AtomicU64,
}

impl<T> Counted<T> {
    /// Counts the requests that go through `inner`.
    pub fn new(inner: T) -> Self {
        Self { inner, requests: AtomicU64::new(0), bytes: AtomicU64::new(0) }
    }

    /// How many requests were sent.
    pub fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    /// How many bytes the bodies of the responses had, once decompressed.
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }
}

impl<T: Transport> Transport for Counted<T> {
    type Mode = T::Mode;

    fn send(&self, request: Request) -> Outcome<'_, Self::Mode, Result<Response, TransportError>> {
        self.requests.fetch_add(1, Ordering::Relaxed);
        T::Mode::run(async move {
            let response = T::Mode::lift(self.inner.send(request)).await?;
            self.bytes.fetch_add(response.body().len() as u64, Ordering::Relaxed);
            Ok(response)
        })
    }

    fn sleep(&self, delay: Duration) -> Outcome<'_, Self::Mode, ()> {
        self.inner.sleep(delay)
    }
}

/// A client, with the transport that counts its requests.
#[derive(Debug, Clone)]
pub struct Counting<C: Mode> {
    client: Client<C>,
    transport: Arc<Counted<BoxTransport<C>>>,
}

impl<C: Mode> Counting<C> {
    /// The client of the NetBox at `url`, with that token.
    ///
    /// # Errors
    ///
    /// If `url` or `token` can't be used.
    pub fn new(url: &str, token: &str, transport: impl Transport<Mode = C> + 'static) -> Result<Self, Error> {
        let transport = Arc::new(Counted::new(BoxTransport::new(transport)));
        let client = Client::builder(url).token(token).build(Arc::clone(&transport))?;
        Ok(Self { client, transport })
    }

    /// The transport, which counts.
    pub fn transport(&self) -> Arc<Counted<BoxTransport<C>>> {
        Arc::clone(&self.transport)
    }
}

impl<C: Mode> Deref for Counting<C> {
    type Target = Client<C>;

    fn deref(&self) -> &Client<C> {
        &self.client
    }
}
