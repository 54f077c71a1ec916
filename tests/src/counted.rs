use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use netbox_core::{Mode, Outcome, Request, Response, Transport, TransportError};

/// A transport around a transport that counts requests, and the bytes that come back.
#[derive(Debug)]
pub struct Counted<T> {
    inner: T,
    requests: AtomicU64,
    bytes: AtomicU64,
}

impl<T> Counted<T> {
    /// Counts what goes through `inner`.
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

    /// The transport inside.
    pub fn inner(&self) -> &T {
        &self.inner
    }
}

impl<T: Transport> Transport for Counted<T> {
    type Mode = T::Mode;

    fn send(&self, request: Request) -> Outcome<'_, Self, Result<Response, TransportError>> {
        self.requests.fetch_add(1, Ordering::Relaxed);
        T::Mode::run(async move {
            let response = T::Mode::lift(self.inner.send(request)).await?;
            self.bytes.fetch_add(response.body().len() as u64, Ordering::Relaxed);
            Ok(response)
        })
    }

    fn sleep(&self, delay: Duration) -> Outcome<'_, Self, ()> {
        self.inner.sleep(delay)
    }
}
