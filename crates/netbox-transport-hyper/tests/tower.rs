//! The promises of the transport over a service of tower, beyond those of every transport.

use std::{
    convert::Infallible,
    error::Error as StdError,
    fmt, future,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use http_body_util::Full;
use netbox_core::transport::{Request, Response, Transport, TransportError, TransportErrorKind};
use netbox_transport_hyper::TowerTransport;
use tower::service_fn;
use tower_service::Service;

/// How a request ends, and what the error says, over a service that ends each call with `error`.
async fn failing_with(
    error: impl Into<Box<dyn StdError + Send + Sync>> + Clone + Send + 'static,
) -> TransportError {
    let service =
        service_fn(move |_: http::Request<Full<Bytes>>| future::ready(Err::<Empty, _>(error.clone())));
    TowerTransport::new(service).send(get()).await.expect_err("an error")
}

type Empty = http::Response<Full<Bytes>>;

fn get() -> Request {
    http::Request::get("http://netbox.example.com/api/").body(Bytes::new()).expect("a request")
}

/// An error of a layer, around a cause.
#[derive(Debug, Clone)]
struct Layer(Arc<TransportError>);

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a layer failed")
    }
}

impl StdError for Layer {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.0)
    }
}

#[tokio::test]
async fn a_layer_says_how_far_a_request_got() {
    let shed = TransportError::new(TransportErrorKind::Connect, "too many requests");
    let error = failing_with(Layer(Arc::new(shed))).await;
    assert_eq!(
        (error.kind(), error.source().unwrap().to_string().as_str()),
        (TransportErrorKind::Connect, "a layer failed")
    );
    assert_eq!(failing_with("a mystery").await.kind(), TransportErrorKind::Other);
}

/// Never ready, or broken before it could be.
#[derive(Clone)]
struct Unready(Option<&'static str>);

impl Service<http::Request<Full<Bytes>>> for Unready {
    type Response = Empty;
    type Error = &'static str;
    type Future = future::Ready<Result<Empty, &'static str>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), &'static str>> {
        self.0.map_or(Poll::Pending, |error| Poll::Ready(Err(error)))
    }

    fn call(&mut self, _: http::Request<Full<Bytes>>) -> Self::Future {
        panic!("the service was not ready")
    }
}

#[tokio::test]
async fn a_request_that_the_service_did_not_take_was_not_sent() {
    let broken = TowerTransport::new(Unready(Some("the worker is gone")));
    let error = broken.send(get()).await.expect_err("an error");
    assert_eq!((error.kind(), error.never_sent()), (TransportErrorKind::Unsupported, true));
    let busy = TowerTransport::new(Unready(None)).timeout(Duration::from_millis(10));
    let error = busy.send(get()).await.expect_err("an error");
    assert_eq!((error.kind(), error.never_sent()), (TransportErrorKind::Connect, true));
}

#[tokio::test]
async fn clones_share_the_service() {
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&calls);
    let transport = TowerTransport::new(service_fn(move |_: http::Request<Full<Bytes>>| {
        let call = counted.fetch_add(1, Ordering::SeqCst);
        let body = Full::new(Bytes::from(call.to_string()));
        future::ready(Ok::<_, Infallible>(Response::default().map(|_| body)))
    }));
    for (transport, expect) in [(transport.clone(), "0"), (transport, "1")] {
        assert_eq!(transport.send(get()).await.expect("a response").body(), expect);
    }
    assert_eq!(calls.load(Ordering::SeqCst), 2);
}
