//! Each kind of failure has its kind of error.

use std::{
    io::{Read, Write},
    net::{Ipv4Addr, TcpListener},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use http::Method;
use netbox_core::{
    Client, ErrorKind, Mode,
    transport::{Request, Timeout, Transport, TransportErrorKind},
};

use super::harness::{Harness, Options, Wire, fail, get, request, request_to, sleep, succeed};
use crate::loopback::{Answer, Loopback};

/// Far longer than a test waits.
const LONG: Duration = Duration::from_secs(120);

/// Far shorter than [`LONG`], and long enough for a busy machine to connect.
const SHORT: Duration = Duration::from_secs(2);

/// Timers are that exact.
const TICK: Duration = Duration::from_millis(10);

/// A server that thinks for too long.
pub fn a_slow_answer_is_a_timeout<H: Harness>(wire: &Wire) {
    let server = wire.serve(|_| Answer::new(200).after(LONG));
    let transport = wire.transport::<H>(Options { timeout: Some(SHORT), ..Options::default() });
    for method in [Method::GET, Method::POST] {
        fail::<H>(&transport, request(method, &server, "/", ""), TransportErrorKind::Timeout);
    }
    assert_eq!(server.requests().len(), 2, "each was sent once");
}

/// A request that has a limit of its own, shorter or longer than that of the transport.
pub fn a_request_may_have_its_own_timeout<H: Harness>(wire: &Wire) {
    let server = wire.serve(|came: &Request| match came.uri().path() {
        "/never" => Answer::new(200).after(LONG),
        _ => Answer::new(200).after(2 * SHORT),
    });
    let limited = |target, limit| {
        let mut request = get(&server, target);
        request.extensions_mut().insert(Timeout(limit));
        request
    };
    let patient = wire.transport::<H>(Options { timeout: Some(LONG), ..Options::default() });
    fail::<H>(&patient, limited("/never", SHORT), TransportErrorKind::Timeout);
    let hasty = wire.transport::<H>(Options { timeout: Some(SHORT), ..Options::default() });
    succeed::<H>(&hasty, limited("/", LONG));
}

/// A server that never stops, so that no single read takes long.
pub fn a_slow_body_is_a_timeout<H: Harness>(wire: &Wire) {
    let server =
        wire.serve(|_| Answer::new(200).body(vec![b'.'; 1_000]).paced(1, Duration::from_millis(200)));
    let transport = wire.transport::<H>(Options { timeout: Some(SHORT), ..Options::default() });
    fail::<H>(&transport, get(&server, "/"), TransportErrorKind::Timeout);
}

/// A server that promises an answer without end. No single wait ends then, so that only a clock can end the exchange.
pub fn endless_hints_are_a_timeout<H: Harness>() {
    let listener = silent();
    let url = format!("http://{}/", listener.local_addr().expect("a bound port"));
    let has_ended = Arc::new(AtomicBool::new(false));
    let ended = Arc::clone(&has_ended);
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        assert!(stream.read(&mut [0; 1024]).is_ok_and(|length| length > 0), "a request");
        let hints = "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(4_000);
        let began = Instant::now();
        while began.elapsed() < 2 * SHORT && stream.write_all(hints.as_bytes()).is_ok() {}
        ended.store(began.elapsed() >= 2 * SHORT, Ordering::SeqCst);
        drop(stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n"));
    });
    let transport = H::transport(Options { timeout: Some(SHORT), ..Options::default() });
    fail::<H>(&transport, request_to(Method::GET, &url, ""), TransportErrorKind::Timeout);
    assert!(!has_ended.load(Ordering::SeqCst), "the transport was far too late");
    drop(transport);
    server.join().expect("the server");
}

/// A server that hangs up instead of answering. On a new connection nothing is tried again.
pub fn a_closed_connection_is_broken<H: Harness>(wire: &Wire) {
    let server = wire.serve(|_| Answer::hang_up());
    let transport = wire.transport::<H>(Options::default());
    for method in [Method::GET, Method::POST] {
        fail::<H>(&transport, request(method, &server, "/", ""), TransportErrorKind::Broken);
    }
    assert_eq!(server.requests().len(), 2, "each was sent once");
}

/// A body that ends before it should.
pub fn a_cut_body_is_broken<H: Harness>(wire: &Wire) {
    let server = wire.serve(|came: &Request| {
        let answer = Answer::new(200).body(vec![b'.'; 10_000]).cut_after(9_999);
        match came.uri().path() {
            "/chunked" => answer.chunked(),
            "/gzip" => answer.header("content-encoding", "gzip"),
            _ => answer,
        }
    });
    let transport = wire.transport::<H>(Options::default());
    for target in ["/length", "/chunked", "/gzip"] {
        fail::<H>(&transport, get(&server, target), TransportErrorKind::Broken);
    }
    assert_eq!(server.requests().len(), 3, "each was sent once");
}

/// Something else than HTTP, or than the encoding that was promised.
pub fn garbage_is_broken<H: Harness>(wire: &Wire) {
    let server = wire.serve(|came: &Request| match came.uri().path() {
        "/gzip" => Answer::new(200).header("content-encoding", "gzip").body("this is no gzip"),
        "/chunks" => Answer::bytes("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nno number\r\n"),
        _ => Answer::bytes("220 mail.example.com ESMTP ready\r\n\r\n"),
    });
    let transport = wire.transport::<H>(Options::default());
    for target in ["/", "/chunks", "/gzip"] {
        fail::<H>(&transport, get(&server, target), TransportErrorKind::Broken);
    }
}

/// Nobody listens.
pub fn a_closed_port_is_a_connect_error<H: Harness>() {
    let url = format!("http://{}/", silent().local_addr().expect("a bound port"));
    let transport = H::transport(Options::default());
    fail::<H>(&transport, request_to(Method::GET, &url, ""), TransportErrorKind::Connect);
    fail::<H>(
        &transport,
        request_to(Method::POST, &url.replace("http:", "https:"), ""),
        TransportErrorKind::Connect,
    );
}

/// Somebody listens and says nothing, so that TLS is never agreed upon. Nothing is sent, whichever limit passes first, and
/// a client does not wait for as long again. A transport that
/// [does not know](Harness::KNOWS_WHEN_CONNECTED) whether it waits for a connection or for an answer says that the time
/// is over.
pub fn a_slow_handshake_is_a_connect_error<H: Harness>() {
    let listener = silent();
    let url = format!("https://{}/", listener.local_addr().expect("a bound port"));
    let unknown =
        if H::KNOWS_WHEN_CONNECTED { TransportErrorKind::Connect } else { TransportErrorKind::Timeout };
    let mut cases = vec![(SHORT, LONG, TransportErrorKind::Connect), (LONG, SHORT, unknown)];
    // Either limit may pass first.
    cases.extend(H::KNOWS_WHEN_CONNECTED.then_some((SHORT, SHORT, unknown)));
    for (connect_timeout, timeout, expect) in cases {
        let limits =
            Options { connect_timeout: Some(connect_timeout), timeout: Some(timeout), ..Options::default() };
        let client = Client::builder(&url).build(H::transport(limits)).expect("a client");
        let began = Instant::now();
        let created = client.raw().post::<()>("dcim/sites/", &());
        let outcome = H::run(<H::Transport as Transport>::Mode::lift(created));
        let error = outcome.expect_err("no response");
        assert_eq!(error.kind(), ErrorKind::Transport(expect));
        let waited = began.elapsed() + TICK;
        assert!((SHORT..2 * SHORT).contains(&waited), "{waited:?} until {error:?}");
    }
}

/// A URL that no transport over HTTP can use.
pub fn other_schemes_are_unsupported<H: Harness>() {
    let transport = H::transport(Options::default());
    for url in ["ftp://127.0.0.1/", "/api/", "127.0.0.1:80"] {
        fail::<H>(&transport, request_to(Method::GET, url, ""), TransportErrorKind::Unsupported);
    }
}

/// Time passes.
pub fn sleep_waits<H: Harness>() {
    let transport = H::transport(Options::default());
    let began = Instant::now();
    sleep::<H>(&transport, Duration::from_millis(50));
    assert!(began.elapsed() >= Duration::from_millis(50));
    // And the transport is as good as before.
    let server = Loopback::start(|_| Answer::new(200));
    succeed::<H>(&transport, get(&server, "/"));
}

fn silent() -> TcpListener {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port")
}
