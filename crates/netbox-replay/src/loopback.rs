//! A small HTTP server on a real socket of this machine, which answers as a test demands: well, or badly.

use std::{
    fmt, io,
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread::{self, JoinHandle},
};

use netbox_core::{Blocking, Mode, transport::Request};

use crate::{cassette::Cassette, replay::Replay};

mod answer;
mod connection;
mod message;
mod stop;
#[cfg(feature = "tls")]
mod tls;

pub use answer::Answer;
#[cfg(feature = "tls")]
pub use tls::{Authority, Identity, ServerTls};

use connection::{Connection, Shared, Stream};
use stop::Stop;

/// A server on a free port of 127.0.0.1 that passes each request to a closure and sends the answer that the closure
/// returns.
///
/// It speaks HTTP/1.1: keep-alive, bodies with a length and chunked ones, as many connections at once as are made,
/// each in its thread. Dropping it closes every connection and waits for the threads.
///
/// # Examples
///
/// ```
/// use std::{io::{Read, Write}, net::TcpStream};
/// use netbox_replay::loopback::{Answer, Loopback};
///
/// let server = Loopback::start(|request| match request.uri().path() {
///     "/api/status/" => Answer::json(r#"{"netbox-version": "4.7.3"}"#),
///     _ => Answer::new(404),
/// });
///
/// let mut stream = TcpStream::connect(server.address())?;
/// stream.write_all(b"GET /api/status/ HTTP/1.1\r\nHost: netbox\r\nConnection: close\r\n\r\n")?;
/// let mut answer = String::new();
/// stream.read_to_string(&mut answer)?;
///
/// assert!(answer.ends_with(r#"{"netbox-version": "4.7.3"}"#));
/// assert_eq!(server.requests()[0].uri(), "/api/status/");
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Loopback {
    address: SocketAddr,
    url: String,
    shared: Arc<Shared>,
    listening: Option<JoinHandle<()>>,
}

impl Loopback {
    /// Starts a server that answers each request with what `handler` returns for it.
    ///
    /// The handler sees the request's target as the client sent it: a path and query, for a proxy a whole URL, and for
    /// `CONNECT` a host and port.
    ///
    /// # Panics
    ///
    /// If this machine has no free port.
    pub fn start(handler: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Self {
        Self::start_refusing(|_| None, handler)
    }

    /// Starts a server that passes the head of each request to `refuse` before it reads the body. If that has an answer,
    /// the server sends it first, and reads the body after that unless the answer [closes](Answer::close) the
    /// connection; otherwise like [`start`](Self::start).
    pub(crate) fn start_refusing(
        refuse: impl Fn(&Request) -> Option<Answer> + Send + Sync + 'static,
        handler: impl Fn(&Request) -> Answer + Send + Sync + 'static,
    ) -> Self {
        Self::serve("http", refuse, handler, |stream| Ok(Box::new(stream)))
    }

    /// Starts a server that speaks TLS; otherwise like [`start`](Self::start).
    ///
    /// # Panics
    ///
    /// If this machine has no free port.
    #[cfg(feature = "tls")]
    pub fn start_tls(tls: &ServerTls, handler: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Self {
        Self::start_tls_refusing(tls, |_| None, handler)
    }

    /// As [`start_refusing`](Self::start_refusing), over TLS.
    #[cfg(feature = "tls")]
    pub(crate) fn start_tls_refusing(
        tls: &ServerTls,
        refuse: impl Fn(&Request) -> Option<Answer> + Send + Sync + 'static,
        handler: impl Fn(&Request) -> Answer + Send + Sync + 'static,
    ) -> Self {
        let tls = tls.clone();
        Self::serve("https", refuse, handler, move |stream| tls.accept(stream))
    }

    /// Starts a server that answers from `cassette`, as [`Replay`] does. A request that was not recorded is answered
    /// with 501 and the reason.
    ///
    /// # Panics
    ///
    /// If this machine has no free port.
    pub fn serve_cassette(cassette: Cassette) -> Self {
        Self::serve_replay(Arc::new(Replay::<Blocking>::new(cassette)))
    }

    /// Starts a server that answers from `replay`, which knows afterwards what was asked for; otherwise like
    /// [`serve_cassette`](Self::serve_cassette).
    ///
    /// # Panics
    ///
    /// If this machine has no free port.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::sync::Arc;
    /// use netbox_core::Blocking;
    /// use netbox_replay::{Cassette, Replay, loopback::Loopback};
    ///
    /// let replay = Arc::new(Replay::<Blocking>::new(Cassette::new("report", Vec::new())));
    /// let server = Loopback::serve_replay(Arc::clone(&replay));
    /// // Run a program that reads `server.url()`.
    /// assert!(replay.unused().is_empty());
    /// ```
    pub fn serve_replay<M: Mode>(replay: Arc<Replay<M>>) -> Self {
        Self::start(move |request| match replay.answer(request) {
            Ok(response) => response.into(),
            Err(mismatch) => {
                let detail = serde_json::json!({"detail": mismatch.to_string()});
                let answer = Answer::new(501).header("content-type", "application/json");
                answer.body(detail.to_string())
            }
        })
    }

    /// The address of the server, as a base URL without a path: `http://127.0.0.1:49152`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The address that the server listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The requests that came so far, in the order in which they were complete.
    pub fn requests(&self) -> Vec<Request> {
        self.shared.log().requests.clone()
    }

    /// How many connections were made so far.
    pub fn connections(&self) -> usize {
        self.shared.log().connections
    }

    fn serve<A>(
        scheme: &str,
        refuse: impl Fn(&Request) -> Option<Answer> + Send + Sync + 'static,
        handler: impl Fn(&Request) -> Answer + Send + Sync + 'static,
        accept: A,
    ) -> Self
    where
        A: Fn(TcpStream) -> io::Result<Box<dyn Stream>> + Send + Sync + 'static,
    {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener.local_addr().expect("a bound port");
        let shared = Arc::new(Shared {
            refuse: Box::new(refuse),
            handler: Box::new(handler),
            stop: Stop::default(),
            log: Mutex::default(),
        });
        let listening = thread::spawn({
            let shared = Arc::clone(&shared);
            move || listen(&listener, &shared, &accept)
        });
        Self { address, url: format!("{scheme}://{address}"), shared, listening: Some(listening) }
    }
}

impl Drop for Loopback {
    fn drop(&mut self) {
        self.shared.stop.now();
        // The listener only looks up when somebody connects.
        drop(TcpStream::connect(self.address));
        if let Some(listening) = self.listening.take() {
            // The thread of a handler that panicked has reported the panic; the test fails by the missing answer.
            drop(listening.join());
        }
    }
}

impl fmt::Debug for Loopback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Loopback").field("url", &self.url).finish_non_exhaustive()
    }
}

fn listen<A>(listener: &TcpListener, shared: &Shared, accept: &A)
where
    A: Fn(TcpStream) -> io::Result<Box<dyn Stream>> + Sync,
{
    thread::scope(|scope| {
        for stream in listener.incoming() {
            let Ok(stream) = stream else { continue };
            // Else the body of an answer waits for the client to acknowledge the head, which takes it 40 ms.
            drop(stream.set_nodelay(true));
            let Some(open) = shared.stop.register(&stream) else { break };
            shared.log().connections += 1;
            scope.spawn(move || {
                // Errors are the client's doing: it went away, or refused the certificate.
                if let Ok(stream) = accept(stream) {
                    drop(Connection::new(stream, shared).serve());
                }
                drop(open);
            });
        }
    });
}
