//! Connections that say something about themselves.

use std::{
    io::{self, ErrorKind, IoSlice},
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use http::Uri;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::client::legacy::connect::{Connected, Connection};
use netbox_core::BoxFuture;
use tower_service::Service;

use crate::error::BoxError;

/// Makes connections as `C` does, in limited time, and has them know whether they brought a response yet.
#[derive(Clone)]
pub(crate) struct Links<C> {
    connector: C,
    timeout: Duration,
}

impl<C> Links<C> {
    pub(crate) fn new(connector: C, timeout: Duration) -> Self {
        Self { connector, timeout }
    }
}

impl<C> Service<Uri> for Links<C>
where
    C: Service<Uri>,
    C::Response: 'static,
    C::Error: Into<BoxError>,
    C::Future: Send + 'static,
{
    type Response = Link<C::Response>;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Self::Response, BoxError>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.connector.poll_ready(context).map_err(Into::into)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let timeout = self.timeout;
        let connecting = tokio::time::timeout(timeout, self.connector.call(uri));
        Box::pin(async move {
            let io = connecting
                .await
                .map_err(|_| {
                    io::Error::new(ErrorKind::TimedOut, format!("not connected within {timeout:?}"))
                })?
                .map_err(Into::into)?;
            let answered = Answered::default();
            Ok(Link::new(io, move |connected| connected.extra(answered.clone())))
        })
    }
}

/// Whether a connection has brought a response, so that it may have waited in the pool until the server closed it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Answered(Arc<AtomicBool>);

impl Answered {
    pub(crate) fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub(crate) fn get(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// A connection that says more about itself than the one below.
pub struct Link<T> {
    io: T,
    more: Arc<dyn Fn(Connected) -> Connected + Send + Sync>,
}

impl<T> Link<T> {
    pub(crate) fn new(io: T, more: impl Fn(Connected) -> Connected + Send + Sync + 'static) -> Self {
        Self { io, more: Arc::new(more) }
    }
}

impl<T: Connection> Connection for Link<T> {
    fn connected(&self) -> Connected {
        (self.more)(self.io.connected())
    }
}

impl<T: Read + Unpin> Read for Link<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_read(context, buffer)
    }
}

impl<T: Write + Unpin> Write for Link<T> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.io).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.io).poll_write_vectored(context, slices)
    }
}
