use std::fmt;

use proptest::prelude::*;
use ureq::unversioned::transport::{Buffers, LazyBuffers};

use super::*;

/// A connection over which these pieces come, one at a time, before it ends.
struct Fed {
    pieces: Vec<Vec<u8>>,
    buffers: LazyBuffers,
}

impl Fed {
    fn new(bytes: &[u8], size: usize) -> Self {
        let mut pieces: Vec<_> = bytes.chunks(size).map(<[u8]>::to_vec).collect();
        pieces.reverse();
        Self { pieces, buffers: LazyBuffers::new(128 << 10, 1) }
    }
}

impl fmt::Debug for Fed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fed")
    }
}

impl Transport for Fed {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, _: usize, _: NextTimeout) -> Result<(), Error> {
        unreachable!("nothing is sent")
    }

    fn await_input(&mut self, _: NextTimeout) -> Result<bool, Error> {
        let Some(piece) = self.pieces.pop() else { return Ok(false) };
        self.buffers.input_append_buf()[..piece.len()].copy_from_slice(&piece);
        self.buffers.input_appended(piece.len());
        Ok(true)
    }

    fn is_open(&mut self) -> bool {
        true
    }
}

const LIMIT: usize = 20;

/// The status, the body and whether the connection stays, or the error.
type Outcome = Result<(u16, String, bool), String>;

/// The same, however small the pieces are that come.
#[track_caller]
fn received(bytes: &str) -> Outcome {
    let sizes = if bytes.len() > 8192 { 1000..=1001 } else { 1..=4 };
    let outcomes: Vec<_> = sizes
        .map(|size| {
            let mut connection = Fed::new(bytes.as_bytes(), size);
            let incoming = Incoming::new(&mut connection, Clock::new(NextTimeout::default()));
            let received = incoming.response(false, LIMIT, None).map_err(|error| error.to_string())?;
            let body = String::from_utf8_lossy(received.response.body()).into_owned();
            Ok((received.response.status().as_u16(), body, received.is_reusable))
        })
        .collect();
    // How much of a head that is too long had come is no matter, nor is whether more than the response had come.
    let same = |one: &Outcome, other: &Outcome| match (one, other) {
        (Ok(one), Ok(other)) => (one.0, &one.1) == (other.0, &other.1),
        (one, other) => one.is_err() && other.is_err(),
    };
    assert!(outcomes.windows(2).all(|pair| same(&pair[0], &pair[1])), "{outcomes:?}");
    outcomes[0].clone()
}

#[track_caller]
fn check(bytes: &str, body: &str, is_reusable: bool) {
    assert_eq!(received(bytes), Ok((200, body.to_owned(), is_reusable)));
}

#[test]
fn a_body_ends_as_the_head_says() {
    check("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc", "abc", true);
    check("HTTP/1.1 200 OK\r\ncontent-length: 3\r\ncontent-length: 3\r\n\r\nabc", "abc", true);
    check("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: x, Close\r\n\r\nabc", "abc", false);
    check("HTTP/1.1 200 OK\r\n\r\nabc", "abc", false);
    check("HTTP/1.0 200 OK\r\ncontent-length: 3\r\n\r\nabc", "abc", false);
    check("HTTP/1.0 200 OK\r\nconnection: keep-alive\r\ncontent-length: 3\r\n\r\nabc", "abc", true);
    let chunks = "transfer-encoding: chunked\r\n\r\n2;name=x\r\nab\r\n01\r\nc\r\n0\r\n";
    check(&format!("HTTP/1.1 200 OK\r\ncontent-length: 7\r\n{chunks}\r\n"), "abc", true);
    check(&format!("HTTP/1.1 200 OK\r\n{chunks}x-trailer: 1\r\n\r\n"), "abc", true);
}

#[test]
fn what_comes_before_a_response_is_passed_over() {
    let early = "HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n".repeat(50);
    check(&format!("{early}HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc"), "abc", true);
}

#[test]
fn what_contradicts_itself_is_broken() {
    for (head, told) in [
        ("content-length: 3\r\ncontent-length: 4", "the length of the body is not told"),
        ("content-length: 3, 3", "the length of the body is not told"),
        ("content-length: -3", "the length of the body is not told"),
        ("content-length: +3", "the length of the body is not told"),
        ("content-length: ", "the length of the body is not told"),
        ("transfer-encoding: gzip, chunked", "an encoding other than chunks"),
        ("transfer-encoding: xchunked", "an encoding other than chunks"),
        ("x y: z", "invalid header name"),
    ] {
        let error = received(&format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\nabc")).unwrap_err();
        assert!(error.contains(told), "{head}: {error}");
    }
    for body in ["x\r\n", "3\r\nabcd\r\n0\r\n\r\n", "\r\n", "3\nabc\r\n0\r\n\r\n"] {
        let error =
            received(&format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{body}")).unwrap_err();
        assert!(error.contains("a chunk"), "{body:?}: {error}");
    }
}

#[test]
fn what_is_cut_or_too_large_is_an_error() {
    for (bytes, told) in [
        ("HTTP/1.1 200 OK\r\n", "unexpected end"),
        ("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nab", "unexpected end"),
        ("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n", "unexpected end"),
        ("HTTP/1.1 200 OK\r\ncontent-length: 21\r\n\r\n", "larger than"),
        ("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nffffffffffffffff\r\n", "larger than"),
        ("HTTP/1.1 200 OK\r\n\r\nxxxxxxxxxxxxxxxxxxxxx", "larger than"),
    ] {
        let error = received(bytes).unwrap_err();
        assert!(error.contains(told), "{bytes:?}: {error}");
    }
    let long = format!("HTTP/1.1 200 OK\r\nx: {}", "y".repeat(LONGEST_HEAD));
    assert!(received(&long).unwrap_err().contains("header"), "{long}");
}

#[test]
fn a_flood_ends_with_the_time() {
    let mut connection = Fed::new("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(100_000).as_bytes(), 64 << 10);
    let timeout = NextTimeout { after: Duration::from_millis(1), ..NextTimeout::default() };
    let incoming = Incoming::new(&mut connection, Clock::new(timeout));
    assert!(matches!(incoming.response(false, LIMIT, None), Err(Error::Timeout(_))));
}

proptest! {
    #[test]
    fn any_bytes_can_come(pieces in proptest::collection::vec(prop_oneof![
        Just("HTTP/1.1 200 OK\r\n"), Just("content-length: 3\r\n"), Just("transfer-encoding: chunked\r\n"), Just("\r\n"),
        Just("HTTP/1.1 100 Continue\r\n\r\n"), Just("3\r\nabc\r\n"), Just("0\r\n\r\n"), Just("connection: close\r\n"),
        Just("\n"), Just(":"), Just("\0"), Just("é"), Just("abc"),
    ], 0..12)) {
        let _ = received(&pieces.concat());
    }
}
