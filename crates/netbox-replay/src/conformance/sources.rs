//! Bodies that are read while they are sent. A transport that takes no sources passes all but the last test.

use std::{
    io::{self, Cursor, Read},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

use http::Method;
use netbox_core::transport::{Request, Source, Transport, TransportErrorKind};

use super::{
    bodies::noise,
    harness::{Harness, Options, Wire, fail, get, request, send, succeed},
};
use crate::loopback::{Answer, Loopback};

const LARGE: usize = 6 << 20;

fn post(server: &Loopback, source: Source) -> Request {
    let mut request = request(Method::POST, server, "/", "");
    request.extensions_mut().insert(source);
    request
}

/// A request with a source arrives as the same request with a body in memory does, whatever its size.
pub fn sources_are_sent_as_bodies_in_memory_are<H: Harness>(wire: &Wire) {
    let server = wire.serve(|_| Answer::new(200));
    let transport = wire.transport::<H>(Options::default());
    if !transport.takes_sources() {
        return;
    }
    for length in [0, 1, 65_536, 65_537, LARGE] {
        let body = noise(length);
        let trickle = Source::new(Pieces(Cursor::new(body.clone())), length as u64);
        let seekable = Source::seekable(Cursor::new(body.clone())).expect("memory can be read again");
        succeed::<H>(&transport, request(Method::POST, &server, "/", body.clone()));
        for source in [trickle, seekable.clone(), seekable] {
            succeed::<H>(&transport, post(&server, source));
        }
    }
    for sent in server.requests().chunks(4) {
        for streamed in &sent[1..] {
            assert_eq!(streamed.headers(), sent[0].headers());
            assert!(
                streamed.body() == sent[0].body(),
                "another body than that of {} bytes",
                sent[0].body().len()
            );
        }
    }
}

/// Reads few bytes at a time.
struct Pieces<R>(R);

impl<R: Read> Read for Pieces<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = buffer.len().min(30_000);
        self.0.read(&mut buffer[..most])
    }
}

/// A source that can't be read to its end is an error, which says why. The server gets no whole request.
pub fn a_source_that_fails_is_an_error<H: Harness>(wire: &Wire) {
    const HALF: u64 = 3 << 20;
    let server = wire.serve(|_| Answer::new(200));
    let transport = wire.transport::<H>(Options::default());
    if !transport.takes_sources() {
        return;
    }
    let half = || io::repeat(7).take(HALF);
    let failing = half().chain(Failing);
    for (source, why) in [
        (
            Source::new(failing, 2 * HALF),
            "the reader of the upload failed after 3145728 of 6291456 bytes: on purpose",
        ),
        (Source::new(Failing, 10), "the reader of the upload failed after 0 of 10 bytes: on purpose"),
        (Source::new(half(), 2 * HALF), "the reader of the upload ended after 3145728 of 6291456 bytes"),
        (Source::new(half(), HALF - 1), "the reader of the upload has more than the 3145727 bytes"),
    ] {
        let told = fail::<H>(&transport, post(&server, source), TransportErrorKind::Other);
        assert!(told.contains(why), "{told}");
    }
    let read = Source::new(&b"once"[..], 4);
    succeed::<H>(&transport, post(&server, read.clone()));
    let told = fail::<H>(&transport, post(&server, read), TransportErrorKind::Other);
    assert!(told.contains("can't be read again"), "{told}");
    succeed::<H>(&transport, get(&server, "/"));
    let came: Vec<_> = server.requests().iter().map(|came| came.body().len()).collect();
    assert_eq!(came, [4, 0], "the server took a part for the whole");
}

struct Failing;

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("on purpose"))
    }
}

/// A source is not read much further than the server has read.
pub fn sources_are_not_read_ahead<H: Harness>(wire: &Wire) {
    const LENGTH: u64 = 256 << 20;
    // The sockets of both sides hold some megabytes.
    const MOST: u64 = 32 << 20;
    let taken = Arc::new(AtomicU64::default());
    let seen = Arc::clone(&taken);
    let refuse = move |_: &Request| {
        let mut before = 0;
        loop {
            thread::sleep(Duration::from_millis(200));
            let now = seen.load(Ordering::SeqCst);
            if now > 0 && now == before {
                return Some(Answer::new(413).close());
            }
            before = now;
        }
    };
    let server = wire.serve_refusing(refuse, |_| Answer::new(200));
    let transport = wire.transport::<H>(Options::default());
    if !transport.takes_sources() {
        return;
    }
    let reader = Counted { reader: io::repeat(7).take(LENGTH), taken: Arc::clone(&taken) };
    // The transport may hear the answer of a server that hangs up, or not.
    drop(send::<H>(&transport, post(&server, Source::new(reader, LENGTH))));
    let taken = taken.load(Ordering::SeqCst);
    assert!(taken < MOST, "{taken} bytes were read before the server read any");
}

struct Counted<R> {
    reader: R,
    taken: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.taken.fetch_add(read as u64, Ordering::SeqCst);
        Ok(read)
    }
}

/// A server may answer before it has the body, and then read on or hang up.
pub fn a_response_may_precede_the_body<H: Harness>(wire: &Wire) {
    let refuse = |came: &Request| {
        let refusal = Answer::new(413).body("that is too large");
        match *came.method() {
            Method::POST => Some(refusal),
            Method::PUT => Some(refusal.close()),
            _ => None,
        }
    };
    let server = wire.serve_refusing(refuse, |_| Answer::new(200));
    let transport = wire.transport::<H>(Options::default());
    let body = noise(LARGE);
    let source = Source::seekable(Cursor::new(body.clone())).expect("memory can be read again");
    let sources = transport.takes_sources().then_some(source);
    let mut requests = vec![request(Method::POST, &server, "/", body)];
    requests.extend(sources.map(|source| post(&server, source)));
    if H::HEARS_OUT {
        let hung_up_on = requests.clone().into_iter().map(|mut request| {
            *request.method_mut() = Method::PUT;
            request
        });
        requests.extend(hung_up_on.collect::<Vec<_>>());
    }
    for request in requests {
        let response = succeed::<H>(&transport, request);
        assert_eq!((response.status().as_u16(), &response.body()[..]), (413, &b"that is too large"[..]));
        assert_eq!(succeed::<H>(&transport, get(&server, "/")).status(), 200);
    }
}
