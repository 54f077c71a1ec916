//! The way through a proxy.

use http::{Method, header};
use netbox_core::transport::{Request, TransportErrorKind};

use super::harness::{Harness, Options, Wire, fail, get, request_to, send, succeed};
use crate::loopback::{Answer, Loopback};

/// The header that a proxy receives for a user named `me` whose password is `a secret`.
const AUTHORIZATION: &str = "Basic bWU6YSBzZWNyZXQ=";

/// Without TLS, the proxy reads the request. It also looks up the server's name, which nobody else could here.
pub fn a_proxy_is_sent_the_whole_url<H: Harness>() {
    let proxy = Loopback::start(|came: &Request| Answer::new(200).body(came.body().clone()));
    let transport = H::transport(through(&proxy));
    for target in ["http://netbox.invalid/api/?q=1", "http://netbox.invalid:8000/api/"] {
        for method in [Method::GET, Method::POST, Method::POST] {
            let body = if method == Method::GET { "" } else { "{}" };
            assert_eq!(succeed::<H>(&transport, request_to(method, target, body)).body(), body.as_bytes());
            let came = proxy.requests().pop().expect("a request");
            assert_eq!(came.uri(), target);
            assert_eq!(came.headers()[header::HOST].to_str().ok(), came.uri().authority().map(AsRef::as_ref));
            assert_eq!(came.headers()[header::PROXY_AUTHORIZATION], AUTHORIZATION);
        }
    }
}

/// With TLS, the proxy carries bytes that it can't read.
pub fn a_proxy_carries_tls<H: Harness>() {
    let proxy = Loopback::start(|_| Answer::tunnel());
    let wire = Wire::tls();
    let server = wire.serve(|_| Answer::json("[]"));
    let transport = wire.transport::<H>(through(&proxy));
    assert_eq!(succeed::<H>(&transport, get(&server, "/api/")).body(), &b"[]"[..]);

    let [asked] = &proxy.requests()[..] else { panic!("one request to the proxy") };
    assert_eq!((asked.method(), asked.uri().to_string()), (&Method::CONNECT, server.address().to_string()));
    assert_eq!(asked.headers()[header::PROXY_AUTHORIZATION], AUTHORIZATION);
    assert!(!asked.headers().contains_key(header::AUTHORIZATION), "the proxy saw the token");
    let [came] = &server.requests()[..] else { panic!("one request to the server") };
    assert_eq!(came.uri(), "/api/");
    assert!(!came.headers().contains_key(header::PROXY_AUTHORIZATION), "the server saw the proxy's password");
}

/// The transport encrypts the connection to a proxy whose URL says so, before it sends the proxy anything. A request without
/// TLS of its own may go to such a proxy either way: as a whole URL, or through a tunnel.
pub fn an_encrypted_proxy_is_asked_over_tls<H: Harness>() {
    let wire = Wire::tls();
    let proxy = wire.serve(|_| Answer::new(403).close());
    let transport = wire.transport::<H>(through(&proxy));
    for target in ["http://netbox.invalid:443/", "https://netbox.invalid/"] {
        let outcome = send::<H>(&transport, request_to(Method::POST, target, "{}"));
        let asked = proxy.requests().pop().expect("a request");
        assert_eq!(asked.headers()[header::PROXY_AUTHORIZATION], AUTHORIZATION);
        if *asked.method() == Method::CONNECT {
            assert_eq!(asked.uri(), "netbox.invalid:443");
            assert_eq!(outcome.expect_err("a refusal").kind(), TransportErrorKind::Connect);
        } else {
            assert_eq!(
                (asked.method(), asked.uri().to_string().as_str()),
                (&Method::POST, "http://netbox.invalid:443/")
            );
            assert_eq!(outcome.expect("the proxy's own answer").status(), 403);
        }
    }
}

/// A proxy that won't, so that the server never saw the request.
pub fn a_proxy_that_refuses_is_a_connect_error<H: Harness>() {
    let proxy = Loopback::start(|_| Answer::new(407).header("proxy-authenticate", "Basic").close());
    let transport = H::transport(through(&proxy));
    fail::<H>(
        &transport,
        request_to(Method::POST, "https://netbox.invalid/", "{}"),
        TransportErrorKind::Connect,
    );
    let gone = through(&proxy);
    drop(proxy);
    let transport = H::transport(gone);
    for target in ["http://netbox.invalid/", "https://netbox.invalid/"] {
        fail::<H>(&transport, request_to(Method::POST, target, "{}"), TransportErrorKind::Connect);
    }
}

fn through(proxy: &Loopback) -> Options {
    let url = proxy.url().replace("://", "://me:a%20secret@");
    Options { proxy: Some(url), ..Options::default() }
}
