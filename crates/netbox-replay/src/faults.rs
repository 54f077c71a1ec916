//! A transport that breaks what passes through it.

use std::{
    collections::BTreeMap,
    fmt,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use bytes::Bytes;
use http::StatusCode;
use netbox_core::{
    Mode, Outcome,
    transport::{Request, Response, Transport, TransportError, TransportErrorKind},
};

/// A fault that happens to one request.
///
/// There are two sorts, which a client that retries writes must distinguish: with [`Status`](Self::Status),
/// [`Response`](Self::Response) and [`Error`](Self::Error), the server never sees the request; with the variants that
/// begin with `Answer`, the server sees the request and acts, and then its answer is lost or spoilt on the way back.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Fault {
    /// Something in front of the server answers with this status and no body.
    Status(StatusCode),
    /// Something in front of the server answers with this response, for example with a `Retry-After`.
    Response(Response),
    /// The request is lost.
    Error(TransportErrorKind),
    /// Something in front of the server answers with this status and no body, although the server acts.
    AnswerStatus(StatusCode),
    /// Something in front of the server answers with this response, although the server acts.
    AnswerResponse(Response),
    /// The server acts, and its answer is lost.
    AnswerError(TransportErrorKind),
    /// Only so many bytes of the answer's body arrive, and nobody notices.
    AnswerCut(usize),
    /// The answer has another body.
    AnswerBody(Bytes),
}

/// A transport around a transport that breaks on purpose, according to a plan.
///
/// Requests are numbered from 1 in the order in which they are sent. Nothing is random: for random faults, pass a
/// random plan to [`planned`](Self::planned).
///
/// # Examples
///
/// ```
/// use bytes::Bytes;
/// use http::{Request, Response, StatusCode};
/// use netbox_core::{Blocking, transport::{Transport, TransportErrorKind}};
/// use netbox_replay::{Cassette, Exchange, Fault, Faults, Replay};
///
/// let get = || Request::get("https://netbox.example.com/api/status/").body(Bytes::new());
/// let replay = Replay::<Blocking>::new(Cassette::new(
///     "status",
///     vec![Exchange::new(&get()?, &Response::new(Bytes::from_static(b"{}")))],
/// ));
/// let faults = Faults::new(&replay)
///     .at(1, Fault::Status(StatusCode::BAD_GATEWAY))
///     .at(2, Fault::AnswerError(TransportErrorKind::Timeout));
/// assert_eq!(faults.send(get()?)?.status(), 502);
/// assert_eq!(faults.send(get()?).unwrap_err().kind(), TransportErrorKind::Timeout);
/// assert_eq!(faults.send(get()?)?.body(), &b"{}"[..]);
/// assert_eq!(faults.count(), 3);
/// assert_eq!(replay.requests().len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Faults<T> {
    inner: T,
    plan: BTreeMap<usize, Fault>,
    otherwise: Box<Plan>,
    count: AtomicUsize,
}

type Plan = dyn Fn(usize, &Request) -> Option<Fault> + Send + Sync;

impl<T: Transport> Faults<T> {
    /// Passes all requests to `inner`, except those that [`at`](Self::at) breaks.
    pub fn new(inner: T) -> Self {
        Self::planned(inner, |_, _| None)
    }

    /// Asks `plan` about each request and its number.
    ///
    /// ```
    /// use http::{Method, StatusCode};
    /// use netbox_core::transport::Transport;
    /// use netbox_replay::{Fault, Faults};
    ///
    /// fn read_only<T: Transport>(transport: T) -> Faults<T> {
    ///     Faults::planned(transport, |_, request| {
    ///         (request.method() != Method::GET).then_some(Fault::Status(StatusCode::FORBIDDEN))
    ///     })
    /// }
    /// ```
    pub fn planned(
        inner: T,
        plan: impl Fn(usize, &Request) -> Option<Fault> + Send + Sync + 'static,
    ) -> Self {
        Self { inner, plan: BTreeMap::new(), otherwise: Box::new(plan), count: AtomicUsize::new(0) }
    }

    /// Breaks the request of this number, from 1. This takes precedence over a [plan](Self::planned).
    #[must_use]
    pub fn at(mut self, number: usize, fault: Fault) -> Self {
        self.plan.insert(number, fault);
        self
    }

    /// How many requests came, whether or not they reached the server.
    pub fn count(&self) -> usize {
        self.count.load(Ordering::Relaxed)
    }

    fn fault(&self, request: &Request) -> Option<Fault> {
        let number = self.count.fetch_add(1, Ordering::Relaxed) + 1;
        self.plan.get(&number).cloned().or_else(|| (self.otherwise)(number, request))
    }
}

impl<T: Transport> Transport for Faults<T> {
    type Mode = T::Mode;

    fn send(&self, request: Request) -> Outcome<'_, Self::Mode, Result<Response, TransportError>> {
        T::Mode::run(async move {
            let fault = self.fault(&request);
            let forwarded = async { T::Mode::lift(self.inner.send(request)).await };
            match fault {
                None => forwarded.await,
                Some(Fault::Status(status)) => Ok(bare(status)),
                Some(Fault::Response(response)) => Ok(response),
                Some(Fault::Error(kind)) => Err(TransportError::new(kind, "planned: the request was lost")),
                Some(Fault::AnswerStatus(status)) => forwarded.await.map(|_| bare(status)),
                Some(Fault::AnswerResponse(response)) => forwarded.await.map(|_| response),
                Some(Fault::AnswerError(kind)) => {
                    forwarded.await?;
                    Err(TransportError::new(kind, "planned: the answer was lost"))
                }
                Some(Fault::AnswerCut(length)) => {
                    let mut response = forwarded.await?;
                    response.body_mut().truncate(length);
                    Ok(response)
                }
                Some(Fault::AnswerBody(body)) => Ok(forwarded.await?.map(|_| body)),
            }
        })
    }

    fn sleep(&self, delay: Duration) -> Outcome<'_, Self::Mode, ()> {
        self.inner.sleep(delay)
    }
}

impl<T: fmt::Debug> fmt::Debug for Faults<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Faults")
            .field("inner", &self.inner)
            .field("plan", &self.plan)
            .field("count", &self.count)
            .finish_non_exhaustive()
    }
}

fn bare(status: StatusCode) -> Response {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = status;
    response
}

#[cfg(test)]
mod tests {
    use netbox_core::{Async, Blocking};

    use super::*;
    use crate::{Cassette, Exchange, Replay};

    fn get() -> Request {
        http::Request::get("https://h/api/x/").body(Bytes::new()).unwrap()
    }

    fn replay<M: Mode>() -> Replay<M> {
        let mut response = Response::new(Bytes::from_static(b"whole"));
        response.headers_mut().append("etag", "a".parse().unwrap());
        Replay::new(Cassette::new("x", vec![Exchange::new(&get(), &response)]))
    }

    /// Checks the outcome of one request with `fault`: status, `ETag` and body, or the kind of error; and whether the
    /// request reached the server.
    #[track_caller]
    fn check(fault: Fault, expected: Result<(u16, bool, &str), TransportErrorKind>, reached: bool) {
        check_in::<Blocking>(fault.clone(), expected, reached);
        check_in::<Async>(fault, expected, reached);
    }

    #[track_caller]
    fn check_in<M: Mode>(
        fault: Fault,
        expected: Result<(u16, bool, &str), TransportErrorKind>,
        reached: bool,
    ) {
        let replay = replay::<M>();
        let faults = Faults::new(&replay).at(1, fault);
        let [broken, whole] = [(); 2].map(|()| Blocking::run(M::lift(faults.send(get()))));
        let seen = broken.map(|response| {
            let body = String::from_utf8(response.body().to_vec()).unwrap();
            (response.status().as_u16(), response.headers().contains_key("etag"), body)
        });
        let seen = seen.as_ref().map(|(status, etag, body)| (*status, *etag, body.as_str()));
        assert_eq!(seen.map_err(TransportError::kind), expected);
        assert_eq!(whole.unwrap().body(), &b"whole"[..]);
        assert_eq!((faults.count(), replay.requests().len()), (2, if reached { 2 } else { 1 }));
    }

    #[test]
    fn a_request_is_lost_before_the_server_sees_it() {
        check(Fault::Status(StatusCode::BAD_GATEWAY), Ok((502, false, "")), false);
        check(Fault::Response(Response::new(Bytes::from_static(b"wait"))), Ok((200, false, "wait")), false);
        check(Fault::Error(TransportErrorKind::Connect), Err(TransportErrorKind::Connect), false);
    }

    #[test]
    fn an_answer_is_lost_or_spoilt_after_the_server_acted() {
        check(Fault::AnswerStatus(StatusCode::GATEWAY_TIMEOUT), Ok((504, false, "")), true);
        check(
            Fault::AnswerResponse(Response::new(Bytes::from_static(b"done?"))),
            Ok((200, false, "done?")),
            true,
        );
        check(Fault::AnswerError(TransportErrorKind::Timeout), Err(TransportErrorKind::Timeout), true);
        check(Fault::AnswerCut(2), Ok((200, true, "wh")), true);
        check(Fault::AnswerBody(Bytes::from_static(b"<html>")), Ok((200, true, "<html>")), true);
    }

    #[test]
    fn a_plan_sees_number_and_request_and_yields_to_single_faults() {
        let faults = Faults::planned(replay::<Blocking>(), |number, request| {
            assert_eq!(request.uri().path(), "/api/x/");
            number.is_multiple_of(2).then_some(Fault::Status(StatusCode::BAD_GATEWAY))
        });
        let faults = faults.at(4, Fault::Status(StatusCode::TOO_MANY_REQUESTS));
        let statuses = [(); 5].map(|()| faults.send(get()).unwrap().status().as_u16());
        assert_eq!(statuses, [200, 502, 200, 429, 200]);
    }
}
