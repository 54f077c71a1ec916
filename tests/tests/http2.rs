//! The async transports use HTTP/2 where the server offers it.

use std::{
    convert::Infallible,
    error::Error as _,
    io::Cursor,
    iter::successors,
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use http_body_util::{BodyExt, Full};
use hyper::{
    body::{Bytes, Incoming},
    service::service_fn,
};
use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::conn::auto,
};
use netbox_core::{
    Async,
    transport::{Request, Source, Transport, TransportErrorKind},
};
use netbox_replay::loopback::Authority;
use netbox_transport_hyper::HyperTransport;
use netbox_transport_reqwest::{ReqwestTransport, reqwest::Certificate};
use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};
use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinSet,
};
use tokio_rustls::{TlsAcceptor, server::TlsStream};

#[tokio::test(flavor = "multi_thread")]
async fn http2_is_spoken_where_it_is_offered() {
    check(&["h2", "http/1.1"], "HTTP/2.0").await;
    check(&["h2"], "HTTP/2.0").await;
    check(&["http/1.1"], "HTTP/1.1").await;
    check(&[], "HTTP/1.1").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_calls_share_a_connection() {
    let server = Server::start(&["h2"]).await;
    for transport in server.transports() {
        // Calls that start together each begin to connect, before any knows that one connection is enough.
        transport.send(server.request("first")).await.expect("a response");
        let mut calls = JoinSet::new();
        for call in 0..64 {
            let (transport, request) = (Arc::clone(&transport), server.request(&format!("call {call}")));
            calls.spawn(async move {
                let response = transport.send(request).await.expect("a response");
                assert_eq!(response.body(), format!("HTTP/2.0 POST call {call}").as_bytes());
            });
        }
        calls.join_all().await;
        assert_eq!(server.connections.swap(0, Ordering::SeqCst), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_may_be_read_while_it_is_sent() {
    let server = Server::start(&["h2"]).await;
    let with = |source| {
        let mut request = server.request("");
        request.extensions_mut().insert(source);
        request
    };
    for transport in server.transports() {
        let text = "0123456789".repeat(300_000);
        let source = Source::new(Cursor::new(text.clone()), text.len() as u64);
        let response = transport.send(with(source)).await.expect("a response");
        assert!(*response.body() == format!("HTTP/2.0 POST {text}"));
        let half = Source::new(Cursor::new(text), 6_000_000);
        let error = transport.send(with(half)).await.expect_err("half of a body");
        assert_eq!(error.kind(), TransportErrorKind::Other, "{error:?}");
        let causes = successors(error.source(), |error| (*error).source()).map(ToString::to_string);
        let why = "the reader of the upload ended after 3000000 of 6000000 bytes";
        assert_eq!(causes.last().as_deref(), Some(why));
    }
}

/// A server that refuses a stream says that it has not looked at the request.
#[tokio::test(flavor = "multi_thread")]
async fn a_refused_stream_never_reached_the_server() {
    for (reason, kind, never_sent) in [
        (h2::Reason::REFUSED_STREAM, TransportErrorKind::Refused, true),
        (h2::Reason::CANCEL, TransportErrorKind::Broken, false),
    ] {
        let server = Server::refusing(reason).await;
        for transport in server.transports() {
            let error = transport.send(server.request("body")).await.expect_err("no response");
            assert_eq!((error.kind(), error.never_sent()), (kind, never_sent), "{error:?}");
        }
    }
}

/// Whatever is below the transport is seen through `log`, the server of this test included.
#[tokio::test(flavor = "multi_thread")]
async fn no_secret_is_logged() {
    log::set_logger(&LINES).expect("the only logger");
    log::set_max_level(log::LevelFilter::Trace);
    let server = Server::start(&["h2"]).await;
    for transport in server.transports() {
        let mut request = server.request("hunter2-in-the-body");
        for (name, value) in
            [("authorization", "Bearer hunter2"), ("x-key", "hunter2"), ("cookie", "a=hunter2")]
        {
            request.headers_mut().insert(name, value.parse().expect("a value"));
        }
        transport.send(request).await.expect("a response");
    }
    let lines = LINES.0.lock().expect("nobody panics here");
    assert!(lines.iter().any(|line| line.contains("h2::")), "h2 logs what it does");
    assert!(!lines.iter().any(|line| line.contains("hunter2")), "{lines:#?}");
}

static LINES: Lines = Lines(Mutex::new(Vec::new()));

struct Lines(Mutex<Vec<String>>);

impl log::Log for Lines {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let line = format!("{}: {}", record.target(), record.args());
        self.0.lock().expect("nobody panics here").push(line);
    }

    fn flush(&self) {}
}

async fn check(offered: &[&str], expect: &str) {
    let server = Server::start(offered).await;
    for transport in server.transports() {
        let response = transport.send(server.request("body")).await.expect("a response");
        assert_eq!(response.body(), format!("{expect} POST body").as_bytes());
    }
}

/// A server that answers with the version, the method and the body of the request.
struct Server {
    address: SocketAddr,
    authority: Authority,
    connections: Arc<AtomicUsize>,
}

impl Server {
    async fn start(protocols: &[&str]) -> Self {
        Self::serve(protocols, |stream| async {
            let server = auto::Builder::new(TokioExecutor::new());
            // Its end is the client's business.
            drop(server.serve_connection(TokioIo::new(stream), service_fn(answer)).await);
        })
        .await
    }

    /// A server that resets each stream for `reason`.
    async fn refusing(reason: h2::Reason) -> Self {
        Self::serve(&["h2"], move |stream| async move {
            let mut connection = h2::server::handshake(stream).await.expect("a handshake");
            while let Some(Ok((_, mut respond))) = connection.accept().await {
                respond.send_reset(reason);
            }
        })
        .await
    }

    async fn serve<F>(
        protocols: &[&str],
        serve: impl Fn(TlsStream<TcpStream>) -> F + Clone + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = ()> + Send,
    {
        let authority = Authority::new();
        let acceptor = TlsAcceptor::from(Arc::new(config(&authority, protocols)));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a bound port");
        let connections = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&connections);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.expect("a connection");
                count.fetch_add(1, Ordering::SeqCst);
                let (acceptor, serve) = (acceptor.clone(), serve.clone());
                tokio::spawn(async move { serve(acceptor.accept(stream).await.expect("a handshake")).await });
            }
        });
        Self { address, authority, connections }
    }

    fn transports(&self) -> [Arc<dyn Transport<Mode = Async>>; 2] {
        let root = self.authority.certificate();
        let hyper = HyperTransport::builder().no_proxy().add_root_certificates(&root);
        let root = Certificate::from_pem(root.as_bytes()).expect("a root");
        let reqwest = ReqwestTransport::client_builder().no_proxy().tls_certs_merge([root]);
        [
            Arc::new(hyper.build().expect("a transport")),
            Arc::new(ReqwestTransport::over(reqwest.build().expect("a client"))),
        ]
    }

    fn request(&self, body: &str) -> Request {
        let uri = format!("https://{}/", self.address);
        http::Request::post(uri).body(Bytes::from(body.to_owned())).expect("a request")
    }
}

async fn answer(request: http::Request<Incoming>) -> Result<http::Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.expect("a body").to_bytes();
    let body = format!("{:?} {} {}", head.version, head.method, String::from_utf8_lossy(&body));
    Ok(http::Response::new(Full::new(Bytes::from(body))))
}

fn config(authority: &Authority, protocols: &[&str]) -> ServerConfig {
    let identity = authority.certify(&["127.0.0.1"]);
    let certificate = CertificateDer::from_pem_slice(identity.certificate.as_bytes()).expect("a certificate");
    let key = PrivateKeyDer::from_pem_slice(identity.key.as_bytes()).expect("a key");
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .expect("a key that fits the certificate");
    config.alpn_protocols = protocols.iter().map(|protocol| protocol.as_bytes().to_vec()).collect();
    config
}
