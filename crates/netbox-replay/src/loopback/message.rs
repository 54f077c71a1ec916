//! Reading requests off a connection.

use std::io::{self, ErrorKind, Read};

use http::{HeaderMap, HeaderName, HeaderValue, Method, Version, header, request::Parts};
use httparse::Status;

/// How long a head may be, and how many headers it may have.
const MAX_HEAD: usize = 256 << 10;
const MAX_HEADERS: usize = 128;

/// Bytes that were read and not yet understood.
#[derive(Default)]
pub(super) struct Inbox(Vec<u8>);

impl Inbox {
    /// The head of the next request; `None` when the client closed the connection instead.
    pub(super) fn head(&mut self, stream: &mut impl Read) -> io::Result<Option<Parts>> {
        loop {
            if let Some((head, used)) = parse_head(&self.0)? {
                self.0.drain(..used);
                return Ok(Some(head));
            }
            if self.0.len() > MAX_HEAD {
                return Err(invalid("the head is too long"));
            }
            if !self.fill(stream)? {
                return if self.0.is_empty() { Ok(None) } else { Err(ErrorKind::UnexpectedEof.into()) };
            }
        }
    }

    /// The body that a request with `headers` has.
    pub(super) fn body(&mut self, headers: &HeaderMap, stream: &mut impl Read) -> io::Result<Vec<u8>> {
        if is_chunked(headers) {
            return self.chunks(stream);
        }
        match headers.get(header::CONTENT_LENGTH) {
            None => Ok(Vec::new()),
            Some(length) => {
                let length = length.to_str().ok().and_then(|length| length.parse().ok());
                self.take(length.ok_or_else(|| invalid("the length is no number"))?, stream)
            }
        }
    }

    /// The bytes that came after the request.
    pub(super) fn rest(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.0)
    }

    fn chunks(&mut self, stream: &mut impl Read) -> io::Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let Status::Complete((start, size)) =
                httparse::parse_chunk_size(&self.0).map_err(|_| invalid("a chunk's size is no number"))?
            else {
                self.need(stream)?;
                continue;
            };
            self.0.drain(..start);
            let size = usize::try_from(size).map_err(|_| invalid("a chunk is too large"))?;
            // The last chunk is empty, and no client of ours sends trailers after it.
            let chunk = self.take(size + 2, stream)?;
            if !chunk.ends_with(b"\r\n") {
                return Err(invalid("a chunk does not end where it said"));
            }
            if size == 0 {
                return Ok(body);
            }
            body.extend_from_slice(&chunk[..size]);
        }
    }

    fn take(&mut self, length: usize, stream: &mut impl Read) -> io::Result<Vec<u8>> {
        while self.0.len() < length {
            self.need(stream)?;
        }
        let rest = self.0.split_off(length);
        Ok(std::mem::replace(&mut self.0, rest))
    }

    fn need(&mut self, stream: &mut impl Read) -> io::Result<()> {
        if self.fill(stream)? { Ok(()) } else { Err(ErrorKind::UnexpectedEof.into()) }
    }

    fn fill(&mut self, stream: &mut impl Read) -> io::Result<bool> {
        let mut buffer = [0; 16 << 10];
        let read = stream.read(&mut buffer)?;
        self.0.extend_from_slice(&buffer[..read]);
        Ok(read > 0)
    }
}

fn parse_head(bytes: &[u8]) -> io::Result<Option<(Parts, usize)>> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    let Status::Complete(used) = request.parse(bytes).map_err(invalid)? else { return Ok(None) };
    let (Some(method), Some(target), Some(version)) = (request.method, request.path, request.version) else {
        return Err(invalid("the request line is incomplete"));
    };

    let (mut head, ()) = http::Request::new(()).into_parts();
    head.method = Method::from_bytes(method.as_bytes()).map_err(invalid)?;
    head.uri = target.parse().map_err(invalid)?;
    head.version = if version == 0 { Version::HTTP_10 } else { Version::HTTP_11 };
    for header in request.headers {
        let name = HeaderName::from_bytes(header.name.as_bytes()).map_err(invalid)?;
        let value = HeaderValue::from_bytes(header.value).map_err(invalid)?;
        head.headers.append(name, value);
    }
    Ok(Some((head, used)))
}

fn is_chunked(headers: &HeaderMap) -> bool {
    headers.get(header::TRANSFER_ENCODING).is_some_and(|coding| coding.as_bytes().ends_with(b"chunked"))
}

fn invalid(why: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(mut bytes: &[u8], expect: &[(&str, &str, &[u8])]) {
        let mut inbox = Inbox::default();
        for (method, target, body) in expect {
            let head = inbox.head(&mut bytes).unwrap().expect("a request");
            assert_eq!((head.method.as_str(), head.uri.to_string().as_str()), (*method, *target));
            assert_eq!(inbox.body(&head.headers, &mut bytes).unwrap(), *body);
        }
        assert!(inbox.head(&mut bytes).unwrap().is_none());
    }

    #[test]
    fn bodies_end_where_they_say() {
        check(
            b"POST /a HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcGET /b HTTP/1.1\r\n\r\n",
            &[("POST", "/a", b"abc"), ("GET", "/b", b"")],
        );
        check(
            b"PATCH /c HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\nGET /d HTTP/1.1\r\n\r\n",
            &[("PATCH", "/c", b"abc"), ("GET", "/d", b"")],
        );
    }

    #[test]
    fn targets_of_proxies_are_understood() {
        check(
            b"GET http://netbox:8000/api/?q=1 HTTP/1.1\r\n\r\nCONNECT netbox:443 HTTP/1.1\r\n\r\n",
            &[("GET", "http://netbox:8000/api/?q=1", b""), ("CONNECT", "netbox:443", b"")],
        );
    }

    #[test]
    fn half_a_request_is_an_error() {
        let half = &mut &b"GET / HTTP/1.1\r\nHo"[..];
        assert_eq!(Inbox::default().head(half).unwrap_err().kind(), ErrorKind::UnexpectedEof);
    }
}
