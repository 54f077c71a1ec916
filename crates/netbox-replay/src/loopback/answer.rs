use std::time::Duration;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode, header};
use netbox_core::transport::Response;

/// The answer that a [`Loopback`](super::Loopback) sends, well or badly behaved.
///
/// ```
/// use std::time::Duration;
/// use netbox_replay::loopback::Answer;
///
/// Answer::json(r#"{"count": 0, "results": []}"#);
/// Answer::new(301).header("location", "/api/dcim/sites/");
/// Answer::new(200).body("late").after(Duration::from_secs(5));
/// Answer::hang_up();
/// ```
#[derive(Debug, Clone)]
pub struct Answer {
    pub(super) sent: Sent,
    pub(super) delay: Duration,
}

#[derive(Debug, Clone)]
pub(super) enum Sent {
    Response(Box<Delivery>),
    /// These bytes, then the end of the connection.
    Bytes(Bytes),
    /// Whatever the host sends that the request names.
    Tunnel,
}

#[derive(Debug, Clone)]
pub(super) struct Delivery {
    pub(super) response: Response,
    pub(super) chunked: bool,
    /// How many bytes of the body at a time, and how long to wait before each.
    pub(super) pace: Option<(usize, Duration)>,
    /// How many bytes of the body are sent before the connection breaks.
    pub(super) cut: Option<usize>,
    pub(super) ending: Ending,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Ending {
    KeepAlive,
    /// Says that it closes, and closes.
    Close,
    /// Closes after having been idle for so long, without having said it would.
    Idle(Duration),
}

impl Answer {
    /// A response with `status` and no body.
    ///
    /// # Panics
    ///
    /// If `status` is below 100 or above 999.
    pub fn new(status: u16) -> Self {
        let mut response = Response::default();
        *response.status_mut() = StatusCode::from_u16(status).expect("a status between 100 and 999");
        response.into()
    }

    /// A 200 with a JSON body.
    pub fn json(body: impl Into<Bytes>) -> Self {
        Self::new(200).header("content-type", "application/json").body(body)
    }

    /// No answer: the connection is closed.
    pub fn hang_up() -> Self {
        Self::bytes("")
    }

    /// `bytes` in place of a response, whatever they are; then the connection is closed.
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        Self { sent: Sent::Bytes(bytes.into()), delay: Duration::ZERO }
    }

    /// The answer of a proxy to a `CONNECT`: a 200, and from then on whatever the host and port send that the request
    /// names. A server that speaks TLS itself can't be such a proxy; it hangs up.
    pub fn tunnel() -> Self {
        Self { sent: Sent::Tunnel, delay: Duration::ZERO }
    }

    /// Adds a header, and keeps others of the same name. The server itself sets `Content-Length`.
    ///
    /// # Panics
    ///
    /// If `name` or `value` can't stand in a header, or there is no response, but [`bytes`](Self::bytes),
    /// [`hang_up`](Self::hang_up) or a [`tunnel`](Self::tunnel).
    #[must_use]
    pub fn header(self, name: &str, value: &str) -> Self {
        let name = HeaderName::try_from(name).expect("a header name");
        let value = HeaderValue::try_from(value).expect("a header value");
        self.deliver(|delivery| {
            delivery.response.headers_mut().append(name, value);
        })
    }

    /// Sets the body.
    ///
    /// # Panics
    ///
    /// If there is no response, but [`bytes`](Self::bytes), [`hang_up`](Self::hang_up) or a [`tunnel`](Self::tunnel).
    #[must_use]
    pub fn body(self, body: impl Into<Bytes>) -> Self {
        self.deliver(|delivery| *delivery.response.body_mut() = body.into())
    }

    /// Sends the body in chunks rather than with its length.
    ///
    /// # Panics
    ///
    /// If there is no response, but [`bytes`](Self::bytes), [`hang_up`](Self::hang_up) or a [`tunnel`](Self::tunnel).
    #[must_use]
    pub fn chunked(self) -> Self {
        self.deliver(|delivery| delivery.chunked = true)
    }

    /// Waits for `delay` before anything is sent.
    #[must_use]
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Sends `bytes` of the body at a time, and waits for `pause` before each time.
    ///
    /// # Panics
    ///
    /// If there is no response, but [`bytes`](Self::bytes), [`hang_up`](Self::hang_up) or a [`tunnel`](Self::tunnel).
    #[must_use]
    pub fn paced(self, bytes: usize, pause: Duration) -> Self {
        self.deliver(|delivery| delivery.pace = Some((bytes.max(1), pause)))
    }

    /// Breaks the connection after `bytes` of the body, where more were promised.
    ///
    /// # Panics
    ///
    /// If there is no response, but [`bytes`](Self::bytes), [`hang_up`](Self::hang_up) or a [`tunnel`](Self::tunnel).
    #[must_use]
    pub fn cut_after(self, bytes: usize) -> Self {
        self.deliver(|delivery| delivery.cut = Some(bytes))
    }

    /// Says `Connection: close`, and closes.
    ///
    /// # Panics
    ///
    /// If there is no response, but [`bytes`](Self::bytes), [`hang_up`](Self::hang_up) or a [`tunnel`](Self::tunnel).
    #[must_use]
    pub fn close(self) -> Self {
        self.header(header::CONNECTION.as_str(), "close").deliver(|delivery| delivery.ending = Ending::Close)
    }

    /// Lets the client believe that the connection stays open, and closes it when no request came for `idle`.
    ///
    /// # Panics
    ///
    /// If there is no response, but [`bytes`](Self::bytes), [`hang_up`](Self::hang_up) or a [`tunnel`](Self::tunnel).
    #[must_use]
    pub fn close_when_idle(self, idle: Duration) -> Self {
        self.deliver(|delivery| delivery.ending = Ending::Idle(idle))
    }

    fn deliver(mut self, change: impl FnOnce(&mut Delivery)) -> Self {
        match &mut self.sent {
            Sent::Response(delivery) => change(delivery),
            Sent::Bytes(_) | Sent::Tunnel => panic!("only a response has a head and a body"),
        }
        self
    }
}

impl From<Response> for Answer {
    fn from(response: Response) -> Self {
        let delivery =
            Delivery { response, chunked: false, pace: None, cut: None, ending: Ending::KeepAlive };
        Self { sent: Sent::Response(Box::new(delivery)), delay: Duration::ZERO }
    }
}
