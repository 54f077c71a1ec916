//! Connections as hyper wants them.

use std::{
    io::{self, ErrorKind, IoSlice},
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

use http::{Uri, Version};
use hyper_util::{
    client::legacy::connect::{Connected, Connection},
    rt::TokioIo,
};
use netbox_core::transport::BoxFuture;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tower_service::Service;

use crate::error::BoxError;

/// A function that makes connections, as the service that hyper calls.
#[derive(Clone)]
pub(crate) struct Connect(Arc<dyn Fn(Uri) -> Connecting + Send + Sync>);

type Connecting = BoxFuture<'static, Result<TokioIo<Link>, BoxError>>;

impl Connect {
    pub(crate) fn new<F>(connect: impl Fn(Uri) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<Link, BoxError>> + Send + 'static,
    {
        Self(Arc::new(move |uri| {
            let connecting = connect(uri);
            Box::pin(async { Ok(TokioIo::new(connecting.await?)) })
        }))
    }
}

impl Service<Uri> for Connect {
    type Response = TokioIo<Link>;
    type Error = BoxError;
    type Future = Connecting;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        (self.0)(uri)
    }
}

/// A connection, and what hyper and this crate have to know about it.
///
/// It takes what it can't send to a server that has hung up: such a server may have answered before, as gunicorn does when
/// NetBox refuses a token, and the answer can still be read. If there is none, reading fails.
pub(crate) struct Link {
    stream: Box<dyn Stream>,
    leads_to_proxy: bool,
    is_http2: bool,
    answered: Answered,
    turns: Turns,
}

/// Whether a connection lets others have their turn after each read.
#[derive(PartialEq)]
enum Turns {
    Kept,
    /// The next read is this connection's.
    Own,
    /// The next read is after the turn of others.
    Others,
}

impl Link {
    /// A connection for HTTP/1.1 to a server.
    pub(crate) fn new(stream: impl Stream + 'static) -> Self {
        Self {
            stream: Box::new(stream),
            leads_to_proxy: false,
            is_http2: false,
            answered: Answered::default(),
            turns: Turns::Kept,
        }
    }

    /// One that lets others have their turn after each read. A server that sends faster than hyper reads would keep the
    /// thread busy otherwise, and on a runtime that has no other the timer would not tell that the time is over.
    pub(crate) fn taking_turns(self) -> Self {
        Self { turns: Turns::Own, ..self }
    }

    /// To a proxy that forwards requests: hyper writes a whole URL where it would write a path.
    pub(crate) fn forwarding(self) -> Self {
        Self { leads_to_proxy: true, ..self }
    }

    /// For `version` of HTTP.
    pub(crate) fn speaking(self, version: Version) -> Self {
        Self { is_http2: version == Version::HTTP_2, ..self }
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

impl Connection for Link {
    fn connected(&self) -> Connected {
        let connected = Connected::new().proxy(self.leads_to_proxy).extra(self.answered.clone());
        if self.is_http2 { connected.negotiated_h2() } else { connected }
    }
}

/// The bytes of a connection.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

impl AsyncRead for Link {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.turns == Turns::Others {
            self.turns = Turns::Own;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let outcome = Pin::new(&mut self.stream).poll_read(context, buffer);
        if self.turns == Turns::Own && outcome.is_ready() {
            self.turns = Turns::Others;
        }
        outcome
    }
}

impl AsyncWrite for Link {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        taken(Pin::new(&mut self.stream).poll_write(context, bytes), bytes.len())
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        taken(Pin::new(&mut self.stream).poll_flush(context), ())
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let length = slices.iter().map(|slice| slice.len()).sum();
        taken(Pin::new(&mut self.stream).poll_write_vectored(context, slices), length)
    }
}

/// The outcome of writing, or `all` if the server has hung up.
fn taken<T>(written: Poll<io::Result<T>>, all: T) -> Poll<io::Result<T>> {
    written.map(|written| match written {
        Err(error) if [ErrorKind::BrokenPipe, ErrorKind::ConnectionReset].contains(&error.kind()) => Ok(all),
        written => written,
    })
}
