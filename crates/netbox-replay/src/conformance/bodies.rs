//! Bodies arrive whole, however they were sent, and not larger than allowed.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
    time::Duration,
};

use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use http::{Method, header};
use netbox_core::transport::{Request, Sink, Transport, TransportErrorKind};

use super::harness::{Harness, Options, Wire, fail, get, request, succeed};
use crate::loopback::Answer;

/// Several megabytes go either way.
pub fn large_bodies_pass<H: Harness>(wire: &Wire) {
    let server = wire.serve(|came: &Request| Answer::new(200).body(came.body().clone()));
    let transport = wire.transport::<H>(Options::default());
    let sent = noise(6 << 20);
    for method in [Method::POST, Method::PATCH, Method::DELETE] {
        let response = succeed::<H>(&transport, request(method, &server, "/", sent.clone()));
        assert!(*response.body() == sent, "{} of {} bytes came back", response.body().len(), sent.len());
    }
}

/// A body in chunks is one body, however slowly they come.
pub fn chunks_are_joined<H: Harness>(wire: &Wire) {
    let body = noise(100_000);
    let server = wire.serve({
        let body = body.clone();
        move |came: &Request| {
            let answer = Answer::new(200).body(body.clone()).chunked();
            if came.uri().path() == "/slow" {
                answer.paced(40_000, Duration::from_millis(20))
            } else {
                answer.paced(7_777, Duration::ZERO)
            }
        }
    });
    let transport = wire.transport::<H>(Options::default());
    for target in ["/fast", "/slow"] {
        assert!(*succeed::<H>(&transport, get(&server, target)).body() == body);
    }
}

/// The transport accepts gzip and decompresses it. The headers then describe the decompressed body.
pub fn gzip_is_decompressed<H: Harness>(wire: &Wire) {
    let body = b"[{\"name\": \"a site\"}]".repeat(5_000);
    let server = wire.serve({
        let packed = gzip(&body);
        move |came: &Request| {
            let status = came.uri().path()[1..].parse().unwrap_or(200);
            let answer = Answer::new(status).header("content-encoding", "gzip").body(packed.clone());
            if came.uri().path() == "/chunked" { answer.chunked().paced(100, Duration::ZERO) } else { answer }
        }
    });
    let transport = wire.transport::<H>(Options::default());
    for target in ["/", "/chunked"] {
        let response = succeed::<H>(&transport, get(&server, target));
        assert!(*response.body() == body);
        assert!(!response.headers().contains_key(header::CONTENT_ENCODING));
        let length = response.headers().get(header::CONTENT_LENGTH);
        assert!(length.is_none_or(|length| *length == body.len().to_string().as_str()));
    }
    for (method, target) in [(Method::HEAD, "/"), (Method::GET, "/304"), (Method::DELETE, "/204")] {
        let bare = succeed::<H>(&transport, request(method, &server, target, ""));
        assert!(bare.body().is_empty(), "there is nothing to decompress");
    }
    for came in server.requests() {
        let accepted = came.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
        assert!(accepted.is_some_and(|accepted| accepted.contains("gzip")));
    }
}

/// No body is an empty one.
pub fn responses_without_a_body_are_empty<H: Harness>(wire: &Wire) {
    let server = wire.serve(|came: &Request| Answer::new(came.uri().path()[1..].parse().expect("a status")));
    let transport = wire.transport::<H>(Options::default());
    for status in [204, 304, 200, 404] {
        let response = succeed::<H>(&transport, request(Method::DELETE, &server, &format!("/{status}"), ""));
        assert_eq!((response.status().as_u16(), response.body().len()), (status, 0));
    }
}

/// A body beyond the limit is not read to its end, and one that decompresses beyond it neither.
pub fn too_large_is_told<H: Harness>(wire: &Wire) {
    const LIMIT: usize = 20_000;
    let server = wire.serve(|came: &Request| match came.uri().path() {
        "/limit" => Answer::new(200).body(noise(LIMIT)),
        "/above" => Answer::new(200).body(noise(LIMIT + 1)),
        "/chunked" => Answer::new(200).body(noise(LIMIT + 1)).chunked(),
        "/bomb" => Answer::new(200).header("content-encoding", "gzip").body(gzip(&vec![0; 100 * LIMIT])),
        other => panic!("{other} was not asked for"),
    });
    let transport = wire.transport::<H>(Options { max_response_size: Some(LIMIT), ..Options::default() });
    assert_eq!(succeed::<H>(&transport, get(&server, "/limit")).body().len(), LIMIT);
    for target in ["/above", "/chunked", "/bomb"] {
        fail::<H>(&transport, get(&server, target), TransportErrorKind::TooLarge);
    }
    assert_eq!(succeed::<H>(&transport, get(&server, "/limit")).body().len(), LIMIT);
}

/// The body of a 200 goes into the sink of its request, piece by piece and whatever its size, and no other body does. A
/// transport that takes no sinks passes.
pub fn sinks_take_bodies<H: Harness>(wire: &Wire) {
    let body = noise(1 << 20);
    let server = wire.serve({
        let body = body.clone();
        move |came: &Request| {
            let whole = || Answer::new(200).body(body.clone());
            match came.uri().path() {
                "/length" => whole(),
                "/chunked" => whole().chunked().paced(70_000, Duration::ZERO),
                "/cut" => whole().cut_after(body.len() - 1),
                "/empty" => Answer::new(200),
                "/gzip" => Answer::new(200).header("content-encoding", "gzip").body(gzip(b"packed")),
                "/missing" => Answer::new(404).body("no such file"),
                other => panic!("{other} was not asked for"),
            }
        }
    });
    let transport = wire.transport::<H>(Options { max_response_size: Some(20_000), ..Options::default() });
    if !transport.takes_sinks() {
        return;
    }
    let request = |target, pieces: &Pieces| {
        let mut request = get(&server, target);
        request.extensions_mut().insert(Sink::new(pieces.clone()));
        request
    };
    for (target, expect) in [("/length", &body[..]), ("/chunked", &body), ("/empty", b"")] {
        let pieces = Pieces::default();
        assert!(succeed::<H>(&transport, request(target, &pieces)).body().is_empty());
        let pieces = pieces.0.lock().expect("nobody panics here");
        assert!(pieces.concat() == expect);
        assert!(pieces.iter().all(|piece| piece.len() <= body.len() / 2), "{target} was whole in memory");
    }
    for (target, expect) in [("/gzip", "packed"), ("/missing", "no such file")] {
        let pieces = Pieces::default();
        assert_eq!(succeed::<H>(&transport, request(target, &pieces)).body(), expect);
        assert!(pieces.0.lock().expect("nobody panics here").is_empty());
    }
    fail::<H>(&transport, request("/cut", &Pieces::default()), TransportErrorKind::Broken);
    let mut full = get(&server, "/length");
    full.extensions_mut().insert(Sink::new(&mut [][..]));
    fail::<H>(&transport, full, TransportErrorKind::Other);
    // And the transport is as good as before.
    succeed::<H>(&transport, request("/length", &Pieces::default()));
}

/// A writer that keeps what is written, apart.
#[derive(Clone, Default)]
struct Pieces(Arc<Mutex<Vec<Vec<u8>>>>);

impl Write for Pieces {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("nobody panics here").push(piece.to_vec());
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Bytes without a pattern that a mistake could hide in, the same each time.
pub(super) fn noise(length: usize) -> Bytes {
    let mut state: u32 = 1;
    let next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    std::iter::repeat_with(next).take(length).collect()
}

fn gzip(bytes: &[u8]) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory to write to").into()
}
