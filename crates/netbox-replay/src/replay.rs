//! A transport that answers from a cassette.

use std::{
    marker::PhantomData,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use netbox_core::{
    Mode, Outcome,
    transport::{Request, Response, Transport, TransportError, TransportErrorKind},
};

use crate::{
    cassette::Cassette,
    exchange::{Ask, Exchange},
    matching::{self, Mismatch},
    origin::Origin,
};

/// A transport that answers from a [`Cassette`], for either mode and without a network.
///
/// - Recordings are [matched](Cassette#matching) by content, in whatever order they are asked for. Those of the same
///   request are answered in the order recorded, and the last one again from then on.
/// - In the answers, `https://netbox.example.com` becomes the address of the request, with its prefix, as NetBox builds
///   its links from the `Host` of the request.
/// - A request that was not recorded is an error of the kind [`Other`](TransportErrorKind::Other), whose source is the
///   [`Mismatch`].
/// - [`sleep`](Transport::sleep) returns at once.
///
/// # Examples
///
/// ```
/// use std::error::Error;
/// use bytes::Bytes;
/// use http::{Request, Response};
/// use netbox_core::{Async, Blocking, Mode, transport::Transport};
/// use netbox_replay::{Cassette, Exchange, Replay};
///
/// let get = || Request::get("https://netbox.example.com/api/dcim/sites/?limit=1").body(Bytes::new());
/// let cassette = Cassette::new("sites", vec![Exchange::new(&get()?, &Response::new(Bytes::from_static(b"[]")))]);
///
/// let replay = Replay::<Blocking>::new(cassette.clone());
/// assert_eq!(replay.send(get()?)?.body(), &b"[]"[..]);
/// assert_eq!(replay.urls(), ["GET https://netbox.example.com/api/dcim/sites/?limit=1"]);
/// assert!(replay.unused().is_empty());
///
/// let replay = Replay::<Async>::new(cassette);
/// # let outcome: Result<(), Box<dyn Error + Send + Sync>> = Blocking::run(async {
/// assert_eq!(replay.send(get()?).await?.body(), &b"[]"[..]);
/// # Ok(())
/// # });
/// # outcome.map_err(|error| error.to_string())?;
/// # Ok::<(), Box<dyn Error>>(())
/// ```
#[derive(Debug)]
pub struct Replay<M> {
    cassette: Cassette,
    log: Mutex<Log>,
    mode: PhantomData<fn() -> M>,
}

#[derive(Debug)]
struct Log {
    requests: Vec<Request>,
    slept: Vec<Duration>,
    /// Whether each exchange was asked for.
    used: Vec<bool>,
}

impl<M: Mode> Replay<M> {
    /// Answers from `cassette`.
    pub fn new(cassette: Cassette) -> Self {
        let used = vec![false; cassette.exchanges().len()];
        let log = Mutex::new(Log { requests: Vec::new(), slept: Vec::new(), used });
        Self { cassette, log, mode: PhantomData }
    }

    /// Answers a request as [`send`](Transport::send) does, but without a mode: for a server that serves a cassette.
    ///
    /// # Errors
    ///
    /// If the request was not recorded.
    pub fn answer(&self, request: &Request) -> Result<Response, Mismatch> {
        let ask = Ask::of(request);
        let exchange = self.log().choose(request, &ask, self.cassette.exchanges());
        let exchange = exchange.ok_or_else(|| Mismatch::new(&ask, &self.cassette))?;
        Ok(exchange.answer.response(&Origin::of(request)))
    }

    /// All requests that came, whole and in order, including those without a recording.
    pub fn requests(&self) -> Vec<Request> {
        self.log().requests.clone()
    }

    /// Method and URL of all requests that came: `GET https://netbox.example.com/api/dcim/sites/?limit=1`.
    pub fn urls(&self) -> Vec<String> {
        let log = self.log();
        log.requests.iter().map(|request| format!("{} {}", request.method(), request.uri())).collect()
    }

    /// How long each sleep would have been.
    pub fn slept(&self) -> Vec<Duration> {
        self.log().slept.clone()
    }

    /// The exchanges that no request matched.
    pub fn unused(&self) -> Vec<&Exchange> {
        let log = self.log();
        let exchanges = self.cassette.exchanges().iter().zip(&log.used);
        exchanges.filter(|(_, used)| !**used).map(|(exchange, _)| exchange).collect()
    }

    fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<M: Mode> Transport for Replay<M> {
    type Mode = M;

    fn send(&self, request: Request) -> Outcome<'_, Self::Mode, Result<Response, TransportError>> {
        M::run(async move {
            self.answer(&request).map_err(|mismatch| TransportError::new(TransportErrorKind::Other, mismatch))
        })
    }

    fn sleep(&self, delay: Duration) -> Outcome<'_, Self::Mode, ()> {
        M::run(async move { self.log().slept.push(delay) })
    }
}

impl Log {
    fn choose<'e>(
        &mut self,
        request: &Request,
        ask: &Ask,
        exchanges: &'e [Exchange],
    ) -> Option<&'e Exchange> {
        self.requests.push(request.clone());
        let recordings = exchanges.iter().zip(&mut self.used);
        let mut recordings =
            recordings.filter(|(exchange, _)| matching::is_match(ask, &exchange.ask)).peekable();
        while let Some((exchange, used)) = recordings.next() {
            if !*used || recordings.peek().is_none() {
                *used = true;
                return Some(exchange);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error;

    use bytes::Bytes;
    use netbox_core::{Async, Blocking};

    use super::*;

    fn get(path: &str) -> Request {
        http::Request::get(format!("https://h{path}")).body(Bytes::new()).unwrap()
    }

    fn cassette(recorded: &[(&str, &'static str)]) -> Cassette {
        let exchanges = recorded.iter().map(|(path, answer)| {
            Exchange::new(&get(path), &Response::new(Bytes::from_static(answer.as_bytes())))
        });
        Cassette::new("tour", exchanges.collect())
    }

    /// One test for both modes, written once.
    fn check<M: Mode>() {
        let replay = Replay::<M>::new(cassette(&[
            ("/api/a/", "first"),
            ("/api/b/", "other"),
            ("/api/a/", "second"),
            ("/api/c/", "unused"),
        ]));
        Blocking::run(async {
            for (path, expected) in [
                ("/api/b/", "other"),
                ("/api/a/", "first"),
                ("/api/a/", "second"),
                ("/api/b/", "other"),
                ("/api/a/", "second"),
            ] {
                let response = M::lift(replay.send(get(path))).await.unwrap();
                assert_eq!(response.body(), expected.as_bytes());
            }
            let error = M::lift(replay.send(get("/api/d/?x=1"))).await.unwrap_err();
            assert_eq!(error.kind(), TransportErrorKind::Other);
            let source = error.source().unwrap().to_string();
            assert!(
                source.starts_with("no recording of GET /api/d/?x=1 in \"tour\"; nearest is exchange"),
                "{source}"
            );
            M::lift(replay.sleep(Duration::from_secs(3600))).await;
        });
        assert_eq!(replay.requests().len(), 6);
        assert_eq!(replay.urls().last().unwrap(), "GET https://h/api/d/?x=1");
        assert_eq!(replay.slept(), [Duration::from_secs(3600)]);
        let unused: Vec<_> = replay.unused().into_iter().map(ToString::to_string).collect();
        assert_eq!(unused, ["GET /api/c/ -> 200"]);
    }

    #[test]
    fn blocking() {
        check::<Blocking>();
    }

    #[test]
    fn asynchronous() {
        check::<Async>();
    }
}
