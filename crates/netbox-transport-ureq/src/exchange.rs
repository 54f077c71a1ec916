//! One request and its response, hidden from ureq.
//!
//! ureq-proto writes what it sends and receives to the log, byte by byte, at the level `trace`: the token of each request,
//! and the token in the answer to a login. So ureq is given a bare request for the server in place of the real one. When
//! it sends that, the [`Link`](crate::link::Link) sends the real request, reads the real response, and shows ureq one
//! without a body. ureq does the rest: it looks up names, makes connections, keeps them, and keeps to the time.

use std::cell::RefCell;

use bytes::Bytes;
use http::{Method, Uri, header};
use netbox_core::transport::{Request, Response, Sink, Source};
use ureq::Error;

/// The request that a [`Link`](crate::link::Link) sends, and the response that it received.
pub(crate) struct Exchange {
    head: Vec<u8>,
    body: Bytes,
    /// The link sends this in place of the body.
    source: Option<Source>,
    method: Method,
    /// How many bytes the body of the response may have.
    limit: usize,
    /// Where the body of the response goes, if that wants it.
    sink: Option<Sink>,
    response: Option<Response>,
    /// The server has hung up before it had the whole request.
    is_cut: bool,
}

thread_local! {
    /// The exchange of the call that this thread is in: ureq uses a connection on the thread of its caller alone.
    static CURRENT: RefCell<Option<Exchange>> = const { RefCell::new(None) };
}

impl Exchange {
    /// The exchange of `request`, which is sent with its whole URL if `is_forwarded` by a proxy.
    pub(crate) fn new(request: &Request, is_forwarded: bool, limit: usize) -> Self {
        Self {
            head: head(request, is_forwarded),
            body: request.body().clone(),
            source: request.extensions().get().cloned(),
            method: request.method().clone(),
            limit,
            sink: request.extensions().get().cloned(),
            response: None,
            is_cut: false,
        }
    }

    /// The response that came while `run` ran.
    pub(crate) fn during<R>(self, run: impl FnOnce() -> Result<R, Error>) -> Result<Response, Error> {
        // A sink may write to another transport of this kind, and a source may read from one.
        let outer = CURRENT.replace(Some(self));
        let outcome = run();
        let response = CURRENT.replace(outer).and_then(|exchange| exchange.response);
        outcome.and_then(|_| response.ok_or(Error::ConnectionFailed))
    }

    /// The parts of the request, in order, and the source of the rest.
    pub(crate) fn parts() -> ([Bytes; 2], Option<Source>) {
        CURRENT
            .with_borrow(|current| {
                current.as_ref().map(|exchange| {
                    ([exchange.head.clone().into(), exchange.body.clone()], exchange.source.clone())
                })
            })
            .unwrap_or_default()
    }

    /// Whether the response is one to a HEAD, how many bytes its body may have, and where it goes.
    pub(crate) fn terms() -> (bool, usize, Option<Sink>) {
        CURRENT
            .with_borrow(|current| {
                current
                    .as_ref()
                    .map(|exchange| (exchange.method == Method::HEAD, exchange.limit, exchange.sink.clone()))
            })
            .unwrap_or_default()
    }

    /// Notes that the server takes no more of the request.
    pub(crate) fn cut() {
        CURRENT.with_borrow_mut(|current| {
            if let Some(exchange) = current {
                exchange.is_cut = true;
            }
        });
    }

    /// Whether the server takes no more of the request.
    pub(crate) fn is_cut() -> bool {
        CURRENT.with_borrow(|current| current.as_ref().is_some_and(|exchange| exchange.is_cut))
    }

    pub(crate) fn answer(response: Response) {
        CURRENT.with_borrow_mut(|current| {
            if let Some(exchange) = current {
                exchange.response = Some(response);
            }
        });
    }
}

/// The request for ureq, which says only where to connect to.
pub(crate) fn stand_in(uri: &Uri) -> Result<http::Request<()>, http::Error> {
    let scheme = uri.scheme_str().unwrap_or_default();
    let root = Uri::builder().scheme(scheme).authority(authority(uri)).path_and_query("/").build()?;
    http::Request::get(root).body(())
}

fn head(request: &Request, is_forwarded: bool) -> Vec<u8> {
    let uri = request.uri();
    let origin = if is_forwarded { format!("http://{}", authority(uri)) } else { String::new() };
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    let mut head = format!("{} {origin}{target} HTTP/1.1\r\n", request.method()).into_bytes();
    let mut line = |name: &str, value: &[u8]| {
        head.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
    };
    let headers = request.headers();
    if !headers.contains_key(header::HOST) {
        line("host", authority(uri).as_bytes());
    }
    if !headers.contains_key(header::ACCEPT_ENCODING) {
        line("accept-encoding", b"gzip");
    }
    for (name, value) in headers {
        if ![header::CONTENT_LENGTH, header::TRANSFER_ENCODING].contains(name) {
            line(name.as_str(), value.as_bytes());
        }
    }
    // A body goes with any method when there is one, and these say that it's empty when there is none.
    let length = request.extensions().get().map_or(request.body().len() as u64, Source::length);
    if length > 0 || [Method::POST, Method::PUT, Method::PATCH].contains(request.method()) {
        line("content-length", length.to_string().as_bytes());
    }
    head.extend(b"\r\n");
    head
}

/// The host and the port, without a user.
fn authority(uri: &Uri) -> &str {
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    authority.rsplit_once('@').map_or(authority, |(_, host)| host)
}
