//! The suite that every transport passes, over a client of hyper's as a service of tower.
#![cfg(feature = "ring")]

use std::{
    error::Error as StdError,
    io::{self, ErrorKind},
    pin::Pin,
    sync::LazyLock,
    task::{Context, Poll},
};

use bytes::Bytes;
use http::Uri;
use http_body_util::Full;
use hyper_util::{
    client::legacy::{
        Client,
        connect::{Connected, Connection, HttpConnector},
    },
    rt::{TokioExecutor, TokioIo, TokioTimer},
};
use netbox_core::transport::BoxFuture;
use netbox_replay::conformance::{Harness, Options as TestOptions};
use netbox_transport_hyper::{BuildError, TowerTransport};
use netbox_transport_options::{Builder, FromOptions, IDLE_TIMEOUT, Limits, Options, Tls};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    runtime::Runtime,
    time::timeout,
};
use tower::ServiceBuilder;
use tower_service::Service;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));

/// A client of hyper's, with TLS and below a layer, as a program may have one.
struct TowerUnderTest;

type Layered = tower::limit::ConcurrencyLimit<Client<Connector, Full<Bytes>>>;

impl Harness for TowerUnderTest {
    type Transport = TowerTransport<Layered>;

    const REPLACES_CONNECTIONS: bool = false;
    const KNOWS_WHEN_CONNECTED: bool = false;
    const OUTLASTS_FLOODS: bool = false;
    const HEARS_OUT: bool = false;
    const HAS_PROXIES: bool = false;

    fn transport(options: TestOptions) -> Self::Transport {
        let Parts(options) = Builder::from(options).build().expect("options that can be used");
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE_TIMEOUT)
            .build(Connector { tls: options.tls, limits: options.limits });
        TowerTransport::new(ServiceBuilder::new().concurrency_limit(100).service(client))
            .timeout(options.limits.timeout)
            .max_response_size(options.limits.max_response_size)
    }

    fn run<R: Send>(future: impl Future<Output = R> + Send) -> R {
        RUNTIME.block_on(future)
    }
}

netbox_replay::conformance!(TowerUnderTest);

struct Parts(Options);

impl FromOptions for Parts {
    fn from_options(options: Options) -> Result<Self, BuildError> {
        Ok(Self(options))
    }
}

#[derive(Clone)]
struct Connector {
    tls: Tls,
    limits: Limits,
}

impl Service<Uri> for Connector {
    type Response = TokioIo<Stream>;
    type Error = Box<dyn StdError + Send + Sync>;
    type Future = BoxFuture<'static, Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let Self { tls, limits } = self.clone();
        let connecting = async move {
            let mut tcp = HttpConnector::new();
            tcp.enforce_http(false);
            let socket = tcp.call(uri.clone()).await?.into_inner();
            if uri.scheme_str() == Some("http") {
                return Ok(TokioIo::new(Stream(Box::new(socket))));
            }
            let (stream, _) = tls.connect_async(uri.host().unwrap_or_default(), socket).await?;
            Ok(TokioIo::new(Stream(Box::new(stream))))
        };
        Box::pin(async move {
            let late = |_| io::Error::new(ErrorKind::TimedOut, "not connected in time");
            timeout(limits.connect_timeout, connecting).await.map_err(late)?
        })
    }
}

struct Stream(Box<dyn Socket>);

trait Socket: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Socket for T {}

impl Connection for Stream {
    fn connected(&self) -> Connected {
        Connected::new()
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(context, buffer)
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(context)
    }
}
