//! Reading a response from a connection.

use std::{
    io::{self, ErrorKind},
    time::Instant,
};

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use httparse::{EMPTY_HEADER, Status};
use netbox_core::transport::{Response, Sink};
use ureq::{
    Error,
    unversioned::transport::{NextTimeout, Transport, time::Duration},
};

/// How long the head of a response may be, or a line within a body in chunks.
const LONGEST_HEAD: usize = 64 * 1024;

/// How many headers a response may have.
const MOST_HEADERS: usize = 256;

/// A response and whether another request may follow it on its connection.
pub(crate) struct Received {
    pub(crate) response: Response,
    pub(crate) is_reusable: bool,
}

/// The bytes that come over a connection, as long as there is time.
pub(crate) struct Incoming<'l> {
    transport: &'l mut dyn Transport,
    clock: Clock,
}

/// Tells how much of a time is left.
pub(crate) struct Clock {
    given: NextTimeout,
    began: Instant,
}

impl Clock {
    pub(crate) fn new(given: NextTimeout) -> Self {
        Self { given, began: Instant::now() }
    }

    pub(crate) fn left(&self) -> Result<NextTimeout, Error> {
        let mut left = self.given;
        if let Duration::Exact(given) = left.after {
            let after = given.saturating_sub(self.began.elapsed());
            if after.is_zero() {
                return Err(Error::Timeout(left.reason));
            }
            left.after = Duration::Exact(after);
        }
        Ok(left)
    }
}

/// How a body ends.
enum End {
    /// After so many bytes.
    Length(u64),
    /// With a chunk without bytes.
    Chunks,
    /// With the connection.
    Connection,
}

/// Where the bytes of a body go.
enum Body {
    Memory { bytes: Vec<u8>, limit: usize },
    Sink(Sink),
}

impl Body {
    /// Fails if `length` bytes more would be too many.
    fn make_room(&self, length: u64) -> Result<(), Error> {
        match self {
            Self::Memory { bytes, limit } if length > (limit - bytes.len()) as u64 => Err(too_large(*limit)),
            _ => Ok(()),
        }
    }

    fn add(&mut self, piece: &[u8]) -> Result<(), Error> {
        self.make_room(piece.len() as u64)?;
        match self {
            Self::Memory { bytes, .. } => bytes.extend_from_slice(piece),
            Self::Sink(sink) => sink.put(piece).map_err(|error| Error::Other(Box::new(error)))?,
        }
        Ok(())
    }
}

impl<'l> Incoming<'l> {
    pub(crate) fn new(transport: &'l mut dyn Transport, clock: Clock) -> Self {
        Self { transport, clock }
    }

    /// Waits until there is a byte that was not consumed.
    pub(crate) fn begin(&mut self) -> Result<(), Error> {
        if self.bytes().is_empty() { self.more() } else { Ok(()) }
    }

    /// Reads the response to a request, with a body of at most `limit` bytes, unless `sink` wants the body.
    pub(crate) fn response(
        mut self,
        is_to_head: bool,
        limit: usize,
        sink: Option<Sink>,
    ) -> Result<Received, Error> {
        let (mut response, is_old) = loop {
            let (response, is_old) = self.head()?;
            // Any number of these may come before the response proper: the clock bounds them.
            if !response.status().is_informational() {
                break (response, is_old);
            }
        };
        let has_no_body =
            is_to_head || [StatusCode::NO_CONTENT, StatusCode::NOT_MODIFIED].contains(&response.status());
        let end = if has_no_body { End::Length(0) } else { end(response.headers(), is_old)? };
        let mut body = match sink.filter(|sink| sink.wants(&response)) {
            Some(sink) => Body::Sink(sink),
            None => Body::Memory { bytes: Vec::new(), limit },
        };
        match end {
            End::Length(length) => self.take(length, &mut body)?,
            End::Chunks => self.chunks(&mut body)?,
            End::Connection => while self.take_some(&mut body)? {},
        }
        if let Body::Memory { bytes, .. } = body {
            *response.body_mut() = bytes.into();
        }
        let stays = has_token(response.headers(), header::CONNECTION, "keep-alive")
            || !(is_old || has_token(response.headers(), header::CONNECTION, "close"));
        let is_reusable = stays && !matches!(end, End::Connection) && self.bytes().is_empty();
        Ok(Received { response, is_reusable })
    }

    /// A head, and whether it is of a version before HTTP/1.1.
    fn head(&mut self) -> Result<(Response, bool), Error> {
        loop {
            self.clock.left()?;
            let mut headers = [EMPTY_HEADER; MOST_HEADERS];
            let mut head = httparse::Response::new(&mut headers);
            let bytes = self.transport.buffers().input();
            match head.parse(bytes).map_err(broken)? {
                Status::Complete(length) if length <= LONGEST_HEAD => {
                    let is_old = head.version == Some(0);
                    let response = assemble(&head).map_err(broken)?;
                    self.transport.buffers().input_consume(length);
                    return Ok((response, is_old));
                }
                Status::Partial if bytes.len() < LONGEST_HEAD => self.more()?,
                _ => return Err(Error::LargeResponseHeader(bytes.len(), LONGEST_HEAD)),
            }
        }
    }

    fn chunks(&mut self, body: &mut Body) -> Result<(), Error> {
        loop {
            let size = self.line(|line| match httparse::parse_chunk_size(line) {
                Ok(Status::Complete((_, size))) if line[0].is_ascii_hexdigit() => Ok(size),
                _ => Err(broken("a chunk has no size")),
            })?;
            if size == 0 {
                // Headers can follow.
                while !self.line(|line| Ok(line == b"\r\n"))? {}
                return Ok(());
            }
            self.take(size, body)?;
            if !self.line(|line| Ok(line == b"\r\n"))? {
                return Err(broken("a chunk is longer than its size"));
            }
        }
    }

    /// Consumes a line, and reads it with its end.
    fn line<R>(&mut self, read: impl FnOnce(&[u8]) -> Result<R, Error>) -> Result<R, Error> {
        loop {
            self.clock.left()?;
            let bytes = self.bytes();
            let length = bytes.iter().position(|byte| *byte == b'\n').map(|end| end + 1);
            let is_long = length.unwrap_or(bytes.len()) > LONGEST_HEAD;
            match length {
                _ if is_long => return Err(broken("a line within the chunks is too long")),
                Some(length) => {
                    let read = read(&bytes[..length]);
                    self.transport.buffers().input_consume(length);
                    return read;
                }
                None => self.more()?,
            }
        }
    }

    fn take(&mut self, mut length: u64, body: &mut Body) -> Result<(), Error> {
        body.make_room(length)?;
        while length > 0 {
            self.begin()?;
            length -= self.consume(length, body)?;
        }
        Ok(())
    }

    /// Takes what has come; `false` once the connection has ended.
    fn take_some(&mut self, body: &mut Body) -> Result<bool, Error> {
        if self.bytes().is_empty() && !self.transport.await_input(self.clock.left()?)? {
            return Ok(false);
        }
        self.consume(u64::MAX, body)?;
        Ok(true)
    }

    /// Takes what has come, and says how much that is: `most` at most.
    fn consume(&mut self, most: u64, body: &mut Body) -> Result<u64, Error> {
        let bytes = self.bytes();
        let piece = &bytes[..bytes.len().min(usize::try_from(most).unwrap_or(usize::MAX))];
        let length = piece.len();
        body.add(piece)?;
        self.transport.buffers().input_consume(length);
        Ok(length as u64)
    }

    fn more(&mut self) -> Result<(), Error> {
        if self.transport.await_input(self.clock.left()?)? {
            return Ok(());
        }
        Err(io::Error::from(ErrorKind::UnexpectedEof).into())
    }

    fn bytes(&mut self) -> &[u8] {
        self.transport.buffers().input()
    }
}

fn assemble(head: &httparse::Response<'_, '_>) -> Result<Response, http::Error> {
    let mut response = http::Response::builder().status(head.code.unwrap_or_default());
    for header in &*head.headers {
        let name = HeaderName::from_bytes(header.name.as_bytes())?;
        response = response.header(name, HeaderValue::from_bytes(header.value)?);
    }
    response.body(bytes::Bytes::new())
}

fn end(headers: &HeaderMap, is_old: bool) -> Result<End, Error> {
    if headers.contains_key(header::TRANSFER_ENCODING) {
        let mut codings = headers.get_all(header::TRANSFER_ENCODING).iter();
        let is_chunked = codings.all(|coding| coding.as_bytes().eq_ignore_ascii_case(b"chunked"));
        return if is_chunked && !is_old {
            Ok(End::Chunks)
        } else {
            Err(broken("the body has an encoding other than chunks"))
        };
    }
    let mut lengths = headers.get_all(header::CONTENT_LENGTH).iter().map(HeaderValue::as_bytes);
    let Some(first) = lengths.next() else { return Ok(End::Connection) };
    let digits =
        std::str::from_utf8(first).ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    let length = digits.and_then(|text| text.parse().ok()).filter(|_| lengths.all(|other| other == first));
    length.map(End::Length).ok_or_else(|| broken("the length of the body is not told"))
}

fn has_token(headers: &HeaderMap, name: HeaderName, token: &str) -> bool {
    let values = headers.get_all(name);
    let mut values = values.iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
    values.any(|value| value.trim().eq_ignore_ascii_case(token))
}

fn broken(why: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::Io(io::Error::new(ErrorKind::InvalidData, why))
}

fn too_large(limit: usize) -> Error {
    Error::BodyExceedsLimit(limit as u64)
}

#[cfg(test)]
mod tests;
