//! One connection of a server: requests in, answers out.

use std::{
    io::{self, Read, Write},
    net::{Shutdown, TcpStream},
    sync::{Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Version, header};
use netbox_core::transport::{Request, Response};

use super::{
    answer::{Answer, Delivery, Ending, Sent},
    message::Inbox,
    stop::Stop,
};

/// The part of a server that all its connections use.
pub(super) struct Shared {
    /// Answers a request, of which there is only the head, instead of reading its body.
    pub(super) refuse: Box<dyn Fn(&Request) -> Option<Answer> + Send + Sync>,
    pub(super) handler: Box<dyn Fn(&Request) -> Answer + Send + Sync>,
    pub(super) stop: Stop,
    pub(super) log: Mutex<Log>,
}

/// All that came to a server so far.
#[derive(Default)]
pub(super) struct Log {
    pub(super) requests: Vec<Request>,
    pub(super) connections: usize,
}

impl Shared {
    /// The log is whole even if a handler panicked, as a handler holds no lock.
    pub(super) fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The bytes of a connection: those of a socket, or of TLS over one.
pub(super) trait Stream: Read + Write + Send {
    fn socket(&self) -> &TcpStream;

    fn is_tls(&self) -> bool;
}

impl Stream for TcpStream {
    fn socket(&self) -> &TcpStream {
        self
    }

    fn is_tls(&self) -> bool {
        false
    }
}

pub(super) struct Connection<'s> {
    stream: Box<dyn Stream>,
    shared: &'s Shared,
    inbox: Inbox,
}

impl<'s> Connection<'s> {
    pub(super) fn new(stream: Box<dyn Stream>, shared: &'s Shared) -> Self {
        Self { stream, shared, inbox: Inbox::default() }
    }

    /// Answers requests until the client closes the connection, or an answer does.
    pub(super) fn serve(&mut self) -> io::Result<()> {
        while let Some(head) = self.inbox.head(&mut self.stream)? {
            let mut request = Request::from_parts(head, Bytes::new());
            let refusal = (self.shared.refuse)(&request);
            let is_refused = refusal.is_some();
            let Answer { sent, delay } = if let Some(refusal) = refusal {
                refusal
            } else {
                self.read_body(&mut request)?;
                self.shared.log().requests.push(request.clone());
                (self.shared.handler)(&request)
            };
            self.shared.stop.pause(delay);
            match sent {
                Sent::Response(delivery) => {
                    self.respond(&delivery, request.method())?;
                    if is_refused && !matches!(delivery.ending, Ending::Close) {
                        self.read_body(&mut request)?;
                    }
                    match delivery.ending {
                        _ if delivery.cut.is_some() || asks_to_close(&request) => return Ok(()),
                        Ending::KeepAlive => {}
                        Ending::Close => return Ok(()),
                        // The wait for the next request then fails, which ends the connection.
                        Ending::Idle(idle) => self.stream.socket().set_read_timeout(Some(idle))?,
                    }
                }
                Sent::Bytes(bytes) => {
                    self.stream.write_all(&bytes)?;
                    return self.stream.flush();
                }
                Sent::Tunnel => return self.tunnel(&request),
            }
        }
        Ok(())
    }

    fn read_body(&mut self, request: &mut Request) -> io::Result<()> {
        if says(request.headers(), &header::EXPECT, "100-continue") {
            self.stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
        }
        *request.body_mut() = self.inbox.body(request.headers(), &mut self.stream)?.into();
        Ok(())
    }

    fn respond(&mut self, delivery: &Delivery, method: &Method) -> io::Result<()> {
        self.stream.write_all(&head(delivery))?;
        if method == Method::HEAD || has_no_body(&delivery.response) {
            return self.stream.flush();
        }
        let body = delivery.response.body();
        let whole = delivery.cut.is_none_or(|cut| cut >= body.len());
        let (piece, pause) = delivery.pace.unwrap_or((64 << 10, Duration::ZERO));
        for piece in body[..delivery.cut.unwrap_or(body.len()).min(body.len())].chunks(piece) {
            self.stream.flush()?;
            self.shared.stop.pause(pause);
            if delivery.chunked {
                write!(self.stream, "{:x}\r\n", piece.len())?;
                self.stream.write_all(piece)?;
                self.stream.write_all(b"\r\n")?;
            } else {
                self.stream.write_all(piece)?;
            }
        }
        if delivery.chunked && whole {
            self.stream.write_all(b"0\r\n\r\n")?;
        }
        self.stream.flush()
    }

    /// Carries bytes between the client and the host that it named, until both have said all.
    fn tunnel(&mut self, request: &Request) -> io::Result<()> {
        let Some(host) = request.uri().authority().filter(|_| !self.stream.is_tls()) else { return Ok(()) };
        let mut client = self.stream.socket().try_clone()?;
        let host = TcpStream::connect(host.as_str())?;
        // The host's socket is closed with the server too, so that neither direction outlives it.
        let _open = self.shared.stop.register(&host);
        client.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")?;
        (&host).write_all(&self.inbox.rest())?;
        thread::scope(|scope| {
            scope.spawn(|| carry(&host, &client));
            carry(&client, &host);
        });
        Ok(())
    }
}

/// A broken direction ends like a finished one: the other side reads the end of the stream.
fn carry(mut from: &TcpStream, mut to: &TcpStream) {
    drop(io::copy(&mut from, &mut to));
    drop(to.shutdown(Shutdown::Write));
}

fn head(delivery: &Delivery) -> Vec<u8> {
    let response = &delivery.response;
    let status = response.status();
    let mut head =
        format!("HTTP/1.1 {} {}\r\n", status.as_u16(), status.canonical_reason().unwrap_or("-")).into_bytes();
    let mut line = |name: &str, value: &[u8]| {
        head.extend_from_slice(name.as_bytes());
        head.extend_from_slice(b": ");
        head.extend_from_slice(value);
        head.extend_from_slice(b"\r\n");
    };
    for (name, value) in framing_aside(response.headers()) {
        line(name.as_str(), value.as_bytes());
    }
    if delivery.chunked {
        line("transfer-encoding", b"chunked");
    } else if !has_no_body(response) {
        line("content-length", response.body().len().to_string().as_bytes());
    }
    head.extend_from_slice(b"\r\n");
    head
}

/// A response that was recorded may say how long it was on that wire; here it is as long as its body.
fn framing_aside(headers: &HeaderMap) -> impl Iterator<Item = (&HeaderName, &HeaderValue)> {
    headers.iter().filter(|(name, _)| **name != header::CONTENT_LENGTH && **name != header::TRANSFER_ENCODING)
}

fn has_no_body(response: &Response) -> bool {
    matches!(response.status(), StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED)
}

fn asks_to_close(request: &Request) -> bool {
    request.version() == Version::HTTP_10 || says(request.headers(), &header::CONNECTION, "close")
}

fn says(headers: &HeaderMap, name: &HeaderName, value: &str) -> bool {
    headers.get(name).is_some_and(|said| said.as_bytes().eq_ignore_ascii_case(value.as_bytes()))
}
