//! The tests that every transport passes, over real sockets of this machine.
//!
//! The author of a transport says how to build one and how to wait for it, and gets a test per promise that
//! [`Transport`] makes:
//!
//! ```
//! use std::time::Duration;
//! use netbox_core::{Blocking, Mode, Request, Response, Transport, TransportError};
//! use netbox_replay::conformance::{Harness, Options};
//! # struct Mine;
//! # impl Mine { fn with(_: &Options) -> Self { Self } }
//! # impl Transport for Mine {
//! #     type Mode = Blocking;
//! #     fn send(&self, _: Request) -> Result<Response, TransportError> { Ok(Response::default()) }
//! #     fn sleep(&self, _: Duration) {}
//! # }
//!
//! struct MineUnderTest;
//!
//! impl Harness for MineUnderTest {
//!     type Transport = Mine;
//!
//!     fn transport(options: Options) -> Mine {
//!         Mine::with(&options)
//!     }
//!
//!     fn run<R: Send>(future: impl Future<Output = R> + Send) -> R {
//!         Blocking::run(future)
//!     }
//! }
//!
//! netbox_replay::conformance!(MineUnderTest);
//! # fn main() {}
//! ```

use std::{error::Error as StdError, time::Duration};

use http::{Method, header};
use netbox_core::{Mode, Request, Response, Transport, TransportError, TransportErrorKind};

use crate::loopback::{Answer, Authority, Identity, Loopback, ServerTls};

mod bodies;
mod connections;
mod encryption;
mod exchanges;
mod failures;
mod proxies;

pub use bodies::*;
pub use connections::*;
pub use encryption::*;
pub use exchanges::*;
pub use failures::*;
pub use proxies::*;

/// How to test a transport.
pub trait Harness {
    /// The transport under test.
    type Transport: Transport;

    /// Makes one.
    fn transport(options: Options) -> Self::Transport;

    /// Waits for `future`, on this thread. Several threads do at the same time.
    ///
    /// For a blocking transport this is [`Blocking::run`](netbox_core::Blocking), for an async one what its runtime
    /// has to block on a future.
    fn run<R: Send>(future: impl Future<Output = R> + Send) -> R;
}

/// What a test wants of a transport. `None` is the transport's own default.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Options {
    /// Authorities to trust besides the usual ones, in PEM.
    pub root_certificates: Option<String>,
    /// Who to be.
    pub client_certificate: Option<Identity>,
    /// Whether to take any server for the right one.
    pub accept_invalid_certs: bool,
    /// How long it may take to be connected.
    pub connect_timeout: Option<Duration>,
    /// How long the whole exchange may take.
    pub timeout: Option<Duration>,
    /// How many bytes the body of a response may have.
    pub max_response_size: Option<usize>,
    /// The URL of a proxy. With `None` there is to be none, whatever the environment says.
    pub proxy: Option<String>,
}

/// What a test's server speaks: HTTP, or HTTP over TLS with a certificate from an authority.
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

    fn serve(&self, handler: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Loopback {
        match &self.0 {
            None => Loopback::start(handler),
            Some(authority) => {
                Loopback::start_tls(&ServerTls::new(&authority.certify(&["127.0.0.1"])), handler)
            }
        }
    }

    fn transport<H: Harness>(&self, options: Options) -> H::Transport {
        let root_certificates = self.0.as_ref().map(Authority::certificate);
        H::transport(Options { root_certificates, ..options })
    }
}

/// Tests a transport: expands to a `#[test]` for each check in [`conformance`](mod@crate::conformance).
///
/// The argument is a type that implements [`Harness`](crate::conformance::Harness).
#[macro_export]
macro_rules! conformance {
    ($harness:ty) => {
        mod conformance {
            #[allow(unused_imports)]
            use super::*;

            type Harness = $harness;

            $crate::__checks! {
                Harness;
                on_any_wire:
                    statuses_are_responses,
                    requests_arrive_unchanged,
                    empty_bodies_arrive_empty,
                    repeated_headers_stay_repeated,
                    nothing_is_added_that_changes_the_answer,
                    cookies_are_not_kept,
                    redirects_are_not_followed,
                    head_has_no_body,
                    large_bodies_pass,
                    chunks_are_joined,
                    gzip_is_decompressed,
                    responses_without_a_body_are_empty,
                    too_large_is_told,
                    a_slow_answer_is_a_timeout,
                    a_slow_body_is_a_timeout,
                    a_closed_connection_is_broken,
                    a_cut_body_is_broken,
                    garbage_is_broken,
                    connections_are_kept,
                    a_connection_closed_while_idle_does_no_harm,
                    a_connection_closed_under_a_read_is_replaced,
                    a_connection_closed_under_a_write_is_broken,
                    connections_idle_for_long_are_not_used,
                    many_calls_go_at_once;
                once:
                    a_closed_port_is_a_connect_error,
                    a_slow_handshake_is_a_connect_error,
                    other_schemes_are_unsupported,
                    sleep_waits,
                    a_stranger_is_not_trusted,
                    another_name_is_not_trusted,
                    anybody_is_trusted_when_asked_for,
                    a_client_certificate_is_shown,
                    a_proxy_is_sent_the_whole_url,
                    a_proxy_carries_tls,
                    a_proxy_that_refuses_is_a_connect_error;
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __checks {
    ($harness:ident; on_any_wire: $($any:ident),+; once: $($once:ident),+;) => {
        mod plain {
            $(#[test] fn $any() { $crate::conformance::$any::<super::$harness>(&$crate::conformance::Wire::plain()) })+
        }
        mod tls {
            $(#[test] fn $any() { $crate::conformance::$any::<super::$harness>(&$crate::conformance::Wire::tls()) })+
        }
        $(#[test] fn $once() { $crate::conformance::$once::<$harness>() })+
    };
}

/// Stands in every request, and in no error.
const TOKEN: &str = "Bearer nbt_conformance.secret";

fn request(method: Method, server: &Loopback, target: &str, body: impl Into<Vec<u8>>) -> Request {
    request_to(method, &format!("{}{target}", server.url()), body)
}

fn request_to(method: Method, url: &str, body: impl Into<Vec<u8>>) -> Request {
    let head = http::Request::builder().method(method).uri(url).header(header::AUTHORIZATION, TOKEN);
    head.body(body.into()).expect("a request")
}

fn get(server: &Loopback, target: &str) -> Request {
    request(Method::GET, server, target, [])
}

fn send<H: Harness>(transport: &H::Transport, request: Request) -> Result<Response, TransportError> {
    H::run(<H::Transport as Transport>::Mode::lift(transport.send(request)))
}

fn sleep<H: Harness>(transport: &H::Transport, delay: Duration) {
    H::run(<H::Transport as Transport>::Mode::lift(transport.sleep(delay)));
}

#[track_caller]
fn succeed<H: Harness>(transport: &H::Transport, request: Request) -> Response {
    let what = format!("{} {}", request.method(), request.uri());
    send::<H>(transport, request).unwrap_or_else(|error| panic!("{what}: {}", told(&error)))
}

#[track_caller]
fn fail<H: Harness>(transport: &H::Transport, request: Request, expect: TransportErrorKind) {
    let what = format!("{} {}", request.method(), request.uri());
    let error = send::<H>(transport, request).expect_err(&what);
    let told = told(&error);
    assert_eq!(error.kind(), expect, "{what}: {told}");
    assert!(!told.contains("secret"), "an error tells a secret: {told}");
}

/// All that `error` says, to people and to debuggers.
fn told(error: &TransportError) -> String {
    let mut told = format!("{error:?}; {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        told = format!("{told}: {error}");
        cause = error.source();
    }
    told
}
