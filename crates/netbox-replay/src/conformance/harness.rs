//! The transport under test, the server that it talks to, and the calls that tests make.

use std::{error::Error as StdError, time::Duration};

use bytes::Bytes;
use http::{Method, header};
use netbox_core::{
    Mode,
    transport::{Request, Response, Transport, TransportError, TransportErrorKind},
};

use crate::loopback::{Answer, Authority, Identity, Loopback, ServerTls};

/// A transport under test, and a way to wait for it.
pub trait Harness {
    /// The transport under test.
    type Transport: Transport + 'static;

    /// Whether the transport sends a read again, over a new connection, if the server closes a used connection without
    /// an answer, as [`Transport`] allows. If not, the tests demand the error
    /// [`Broken`](TransportErrorKind::Broken), after which the client's
    /// [`RetryPolicy`](netbox_core::transport::RetryPolicy) sends the read again.
    const REPLACES_CONNECTIONS: bool = true;

    /// Whether the transport knows that there is no connection yet when the time of the whole exchange is over. If not,
    /// the tests demand the error [`Timeout`](TransportErrorKind::Timeout) in place of
    /// [`Connect`](TransportErrorKind::Connect) then.
    const KNOWS_WHEN_CONNECTED: bool = true;

    /// Whether the transport ends an exchange in time even while a server sends faster than the transport reads. If not, the
    /// test of that is left out.
    const OUTLASTS_FLOODS: bool = true;

    /// Whether the transport returns the response of a server that answers before it has the whole body, and hangs up. If
    /// not, the tests demand it only of a server that reads on, as [`Transport`] does.
    const HEARS_OUT: bool = true;

    /// Whether the transport can use a [proxy](Options::proxy). If not, the tests of proxies are left out.
    const HAS_PROXIES: bool = true;

    /// Makes a transport.
    fn transport(options: Options) -> Self::Transport;

    /// Waits for `future`, on this thread. Several threads call `run` at the same time.
    ///
    /// A blocking transport implements it with [`Blocking::run`](netbox_core::Blocking), an async one with its
    /// runtime's function that blocks on a future.
    fn run<R: Send>(future: impl Future<Output = R> + Send) -> R;
}

/// Options that a test wants a transport to have. `None` is the transport's own default.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Options {
    /// Authorities to trust in addition to the usual ones, in PEM.
    pub root_certificates: Option<String>,
    /// The certificate and key to show to a server.
    pub client_certificate: Option<Identity>,
    /// Whether to trust any server.
    pub accept_invalid_certs: bool,
    /// The limit of the time to connect.
    pub connect_timeout: Option<Duration>,
    /// The limit of the time of the whole exchange.
    pub timeout: Option<Duration>,
    /// How many bytes the body of a response may have.
    pub max_response_size: Option<usize>,
    /// The URL of a proxy, if the transport [can use one](Harness::HAS_PROXIES). `None` means no proxy, whatever the
    /// environment says.
    pub proxy: Option<String>,
}

/// The protocol of a test's server: HTTP, or HTTP over TLS with a certificate from an authority.
#[derive(Debug)]
pub struct Wire(Option<Authority>);

impl Wire {
    /// HTTP.
    pub fn plain() -> Self {
        Self(None)
    }

    /// HTTP over TLS, with an authority of its own.
    pub fn tls() -> Self {
        Self(Some(Authority::new()))
    }

    pub(super) fn serve(&self, handler: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Loopback {
        self.serve_refusing(|_| None, handler)
    }

    pub(super) fn serve_refusing(
        &self,
        refuse: impl Fn(&Request) -> Option<Answer> + Send + Sync + 'static,
        handler: impl Fn(&Request) -> Answer + Send + Sync + 'static,
    ) -> Loopback {
        match &self.0 {
            None => Loopback::start_refusing(refuse, handler),
            Some(authority) => {
                let tls = ServerTls::new(&authority.certify(&["127.0.0.1"]));
                Loopback::start_tls_refusing(&tls, refuse, handler)
            }
        }
    }

    pub(super) fn transport<H: Harness>(&self, options: Options) -> H::Transport {
        let root_certificates = self.0.as_ref().map(Authority::certificate);
        H::transport(Options { root_certificates, ..options })
    }
}

/// The credentials in every request, which are in no error.
const TOKEN: &str = "Bearer nbt_conformance.secret";

pub(super) fn request(method: Method, server: &Loopback, target: &str, body: impl Into<Bytes>) -> Request {
    request_to(method, &format!("{}{target}", server.url()), body)
}

pub(super) fn request_to(method: Method, url: &str, body: impl Into<Bytes>) -> Request {
    let head = http::Request::builder().method(method).uri(url).header(header::AUTHORIZATION, TOKEN);
    head.body(body.into()).expect("a request")
}

pub(super) fn get(server: &Loopback, target: &str) -> Request {
    request(Method::GET, server, target, "")
}

pub(super) fn send<H: Harness>(
    transport: &H::Transport,
    request: Request,
) -> Result<Response, TransportError> {
    H::run(<H::Transport as Transport>::Mode::lift(transport.send(request)))
}

pub(super) fn sleep<H: Harness>(transport: &H::Transport, delay: Duration) {
    H::run(<H::Transport as Transport>::Mode::lift(transport.sleep(delay)));
}

#[track_caller]
pub(super) fn succeed<H: Harness>(transport: &H::Transport, request: Request) -> Response {
    let what = format!("{} {}", request.method(), request.uri());
    send::<H>(transport, request).unwrap_or_else(|error| panic!("{what}: {}", told(&error)))
}

/// Sends a request that ends in an error, and returns all that the error says.
#[track_caller]
pub(super) fn fail<H: Harness>(
    transport: &H::Transport,
    request: Request,
    expect: TransportErrorKind,
) -> String {
    let what = format!("{} {}", request.method(), request.uri());
    let error = send::<H>(transport, request).expect_err(&what);
    let told = told(&error);
    assert_eq!(error.kind(), expect, "{what}: {told}");
    assert!(!told.contains("secret"), "an error tells a secret: {told}");
    told
}

/// All that `error` and its causes say, to people and to debuggers.
fn told(error: &TransportError) -> String {
    let mut told = format!("{error:?}; {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        told = format!("{told}: {error}");
        cause = error.source();
    }
    told
}
