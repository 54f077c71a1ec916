//! The rules by which a request is sent again.

use std::{
    hash::{BuildHasher, RandomState},
    time::Duration,
};

use http::{HeaderMap, Method, StatusCode, header};

#[cfg(feature = "tracing")]
use crate::wire::trace;
use crate::wire::{
    evidence::was_undone,
    traffic::Road,
    transport::{Request, Response, Sink, Source, Transport, TransportError, TransportErrorKind},
};

/// When to send a request again, and after how long.
///
/// A GET, HEAD or OPTIONS is sent again if there was no connection, the connection broke, the answer took too long,
/// or it was 429, 502, 503 or 504. Any other method is sent again only if it is certain that it never reached the
/// server, or that the database undid it: if two writes wait for each other, NetBox answers one of them with 500 (`deadlock
/// detected`). A failed TLS handshake is not retried: certificates don't heal. Neither is a connection that took too long,
/// TLS included: the waits would add up to several times the time-out.
///
/// The client does not repeat a download of which a part was written to its [`Sink`], nor an upload of which a part was read
/// from a reader that can't go back.
///
/// A request that the transport sent a second time by itself, as [`Transport`](super::Transport) allows after a used connection
/// was closed, is one attempt.
///
/// The waits double from [`min_delay`](RetryPolicy::min_delay) to [`max_delay`](RetryPolicy::max_delay), each shortened by up to
/// half at random so that clients don't come back all at once. The client waits as long as a `Retry-After` asks if
/// [`max_total_delay`](RetryPolicy::max_total_delay) allows, and otherwise gives up the request. While a client waits
/// after a 429 or a 503, none of its requests leaves.
///
/// A policy is pure: it neither sleeps nor reads a clock.
///
/// ```
/// use std::time::Duration;
/// use netbox_core::{Client, transport::RetryPolicy};
///
/// // NetBox may be down for some minutes while a nightly job runs.
/// let policy = RetryPolicy::default()
///     .attempts(12)
///     .max_delay(Duration::from_secs(60))
///     .max_total_delay(Duration::from_secs(300));
/// let builder = Client::builder("https://netbox.example.com").retry(policy);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetryPolicy {
    attempts: u32,
    min_delay: Duration,
    max_delay: Duration,
    max_total_delay: Duration,
    slow: bool,
}

impl Default for RetryPolicy {
    /// Three attempts, waits of at most 0.25 s and 0.5 s, and at most 30 s of waiting in all.
    fn default() -> Self {
        Self {
            attempts: 3,
            min_delay: Duration::from_millis(250),
            max_delay: Duration::from_secs(10),
            max_total_delay: Duration::from_secs(30),
            slow: true,
        }
    }
}

impl RetryPolicy {
    /// Sends every request once.
    pub fn none() -> Self {
        Self { attempts: 1, ..Self::default() }
    }

    /// Sets how often a request is sent at most, at least once.
    #[must_use]
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// Sets how long the first wait is at most.
    #[must_use]
    pub fn min_delay(mut self, wait: Duration) -> Self {
        self.min_delay = wait;
        self
    }

    /// Sets how long any wait is at most, unless the server asks for more.
    #[must_use]
    pub fn max_delay(mut self, wait: Duration) -> Self {
        self.max_delay = wait;
        self
    }

    /// Sets how long the waits for one request are in all.
    #[must_use]
    pub fn max_total_delay(mut self, waits: Duration) -> Self {
        self.max_total_delay = waits;
        self
    }

    /// Sends `request` over `road` until it succeeds, sending it again can't help, or an attempt is the last.
    pub(crate) async fn exchange(&self, road: &Road, request: Request) -> Result<Response, TransportError> {
        let mut waited = Duration::ZERO;
        for attempt in 1..self.attempts {
            let result = road.send(request.clone()).await;
            let extensions = request.extensions();
            if extensions.get().is_some_and(Sink::has_begun) || extensions.get().is_some_and(Source::is_spent)
            {
                return result;
            }
            let Some(delay) = self.delay(attempt, waited, request.method(), &result) else {
                return result;
            };
            #[cfg(feature = "tracing")]
            trace::wait(&request, &result, attempt, self.attempts, delay);
            if asks_for_fewer(&result) {
                road.pause(delay).await;
            } else {
                road.sleep(delay).await;
            }
            waited += delay;
        }
        road.send(request).await
    }

    /// The same policy for requests that can be made smaller: one that was too slow is not repeated.
    pub(crate) fn unless_slow(&self) -> Self {
        Self { slow: false, ..self.clone() }
    }

    /// How long to wait before `attempt + 1`, the `attempt`s having ended in `result` after waits of `waited`.
    fn delay(
        &self,
        attempt: u32,
        waited: Duration,
        method: &Method,
        result: &Result<Response, TransportError>,
    ) -> Option<Duration> {
        if !self.may_help(method, result) {
            return None;
        }
        let asked_for = result.as_ref().ok().and_then(|response| retry_after(response.headers()));
        let delay = asked_for.unwrap_or_else(|| self.backoff(attempt));
        (waited.saturating_add(delay) <= self.max_total_delay).then_some(delay)
    }

    fn may_help(&self, method: &Method, result: &Result<Response, TransportError>) -> bool {
        let repeatable = matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
        match result {
            Ok(response) => match response.status() {
                StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => repeatable,
                StatusCode::BAD_GATEWAY | StatusCode::GATEWAY_TIMEOUT => repeatable && self.slow,
                _ => was_undone(response),
            },
            Err(error) => match error.kind() {
                // It would be waited for as long again.
                TransportErrorKind::Connect => !error.was_slow_to_connect(),
                TransportErrorKind::Refused => true,
                TransportErrorKind::Broken => repeatable,
                TransportErrorKind::Timeout => repeatable && self.slow,
                _ => false,
            },
        }
    }

    fn backoff(&self, attempt: u32) -> Duration {
        let doubled = self.min_delay.saturating_mul(2_u32.saturating_pow(attempt.saturating_sub(1)));
        let longest = doubled.min(self.max_delay);
        // A hasher of std is seeded at random: chance enough for this.
        let random = RandomState::new().hash_one(attempt) % 1024;
        longest
            .checked_sub(longest.mul_f64(f64::from(u32::try_from(random).unwrap_or_default()) / 2048.0))
            .unwrap()
    }
}

/// Whether a server says that it has too many requests for now.
fn asks_for_fewer(result: &Result<Response, TransportError>) -> bool {
    let status = result.as_ref().map(Response::status);
    matches!(status, Ok(StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE))
}

/// Seconds, or a date, which is taken against the server's own clock.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name| headers.get(name)?.to_str().ok();
    let value = text(header::RETRY_AFTER)?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = httpdate::parse_http_date(value).ok()?;
    let now = httpdate::parse_http_date(text(header::DATE)?).ok()?;
    Some(until.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::io;

    use bytes::Bytes;
    use proptest::prelude::*;

    use super::*;
    use crate::{Blocking, Client, test::Canned};

    #[allow(clippy::unnecessary_wraps, reason = "it is what a transport gives")]
    fn answer(status: u16, headers: &[(&str, &str)]) -> Result<Response, TransportError> {
        let builder =
            headers.iter().fold(http::Response::builder().status(status), |builder, (name, value)| {
                builder.header(*name, *value)
            });
        Ok(builder.body(Bytes::new()).unwrap())
    }

    fn failure(kind: TransportErrorKind) -> Result<Response, TransportError> {
        Err(TransportError::new(kind, "test"))
    }

    fn delay(method: &Method, result: &Result<Response, TransportError>) -> Option<Duration> {
        RetryPolicy::default().delay(1, Duration::ZERO, method, result)
    }

    #[test]
    fn reads_are_repeated_when_that_may_help() {
        for status in [429, 502, 503, 504] {
            assert!(delay(&Method::GET, &answer(status, &[])).is_some(), "{status}");
        }
        for status in [200, 301, 400, 403, 404, 500, 501] {
            assert!(delay(&Method::GET, &answer(status, &[])).is_none(), "{status}");
        }
        for method in [Method::GET, Method::HEAD, Method::OPTIONS] {
            for kind in [
                TransportErrorKind::Connect,
                TransportErrorKind::Refused,
                TransportErrorKind::Broken,
                TransportErrorKind::Timeout,
            ] {
                assert!(delay(&method, &failure(kind)).is_some(), "{method} {kind:?}");
            }
            for kind in [TransportErrorKind::Tls, TransportErrorKind::TooLarge, TransportErrorKind::Other] {
                assert!(delay(&method, &failure(kind)).is_none(), "{method} {kind:?}");
            }
        }
    }

    #[test]
    fn writes_are_repeated_only_when_they_never_left() {
        for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
            for status in [429, 502, 503, 504] {
                assert!(
                    delay(&method, &answer(status, &[("retry-after", "1")])).is_none(),
                    "{method} {status}"
                );
            }
            for kind in [TransportErrorKind::Timeout, TransportErrorKind::Broken, TransportErrorKind::Other] {
                assert!(delay(&method, &failure(kind)).is_none(), "{method} {kind:?}");
            }
            for kind in [TransportErrorKind::Connect, TransportErrorKind::Refused] {
                assert!(delay(&method, &failure(kind)).is_some(), "{method} {kind:?}");
            }
        }
    }

    #[test]
    fn writes_that_the_database_undid_are_repeated() {
        let answer = |status: u16, error: &str| {
            let body = serde_json::json!({"error": error, "exception": "OperationalError"}).to_string();
            let answer = http::Response::builder().status(status).header("content-type", "application/json");
            Ok(answer.body(body.into()).unwrap())
        };
        let deadlock = "deadlock detected\nDETAIL:  Process 1 waits for ShareLock on transaction 2";
        assert!(delay(&Method::POST, &answer(500, deadlock)).is_some());
        assert!(delay(&Method::POST, &answer(502, deadlock)).is_none());
        assert!(delay(&Method::POST, &answer(500, "server closed the connection unexpectedly")).is_none());
    }

    #[test]
    fn time_to_connect_is_given_once() {
        let failure = |kind: io::ErrorKind| {
            Err(TransportError::new(TransportErrorKind::Connect, io::Error::from(kind)))
        };
        assert!(delay(&Method::GET, &failure(io::ErrorKind::TimedOut)).is_none());
        assert!(delay(&Method::GET, &failure(io::ErrorKind::ConnectionRefused)).is_some());
    }

    #[test]
    fn what_is_slow_can_be_left_to_others() {
        let policy = RetryPolicy::default().unless_slow();
        let delay = |result| policy.delay(1, Duration::ZERO, &Method::GET, &result);
        assert!(delay(answer(504, &[])).is_none());
        assert!(delay(failure(TransportErrorKind::Timeout)).is_none());
        assert!(delay(answer(503, &[])).is_some());
    }

    #[test]
    fn retry_after_has_two_forms() {
        let date = ("date", "Mon, 23 Nov 2026 10:00:00 GMT");
        let check = |value: &str, expected: Option<u64>| {
            let result = answer(429, &[("retry-after", value), date]);
            assert_eq!(delay(&Method::GET, &result), expected.map(Duration::from_secs), "{value}");
        };
        check("7", Some(7));
        check("Mon, 23 Nov 2026 10:00:09 GMT", Some(9));
        check("Mon, 23 Nov 2026 09:00:00 GMT", Some(0));
        check("3600", None);
        let unreadable = answer(429, &[("retry-after", "soon"), date]);
        assert!(delay(&Method::GET, &unreadable).unwrap() <= Duration::from_millis(250));
    }

    /// The waits of a GET that is always answered with 503.
    fn waits(policy: RetryPolicy) -> Vec<Duration> {
        let client = Canned::<Blocking>::new(|_| answer(503, &[]).unwrap());
        let client = client.under(Client::builder("https://h").retry(policy));
        client.query_at("dcim/sites").all().unwrap_err();
        client.transport().slept()
    }

    #[test]
    fn waits_double_until_they_add_up_to_the_most() {
        let second = Duration::from_secs(1);
        let policy = RetryPolicy::default()
            .attempts(6)
            .min_delay(second)
            .max_delay(5 * second)
            .max_total_delay(60 * second);
        let slept = waits(policy.clone());
        assert_eq!(slept.len(), 5, "{slept:?}");
        for (wait, longest) in slept.iter().zip([1, 2, 4, 5, 5]) {
            let longest = longest * second;
            assert!(longest / 2 <= *wait && *wait <= longest, "{slept:?}");
        }
        // At least 0.5 + 1 + 2 + 2.5 seconds.
        let slept = waits(policy.max_total_delay(6 * second));
        assert!(slept.len() < 5 && slept.iter().sum::<Duration>() <= 6 * second, "{slept:?}");
    }

    #[test]
    fn clients_do_not_come_back_all_at_once() {
        let policy = RetryPolicy::default().min_delay(Duration::from_secs(1));
        let waits: Vec<_> = (0..100)
            .filter_map(|_| policy.delay(1, Duration::ZERO, &Method::GET, &answer(503, &[])))
            .map(|wait| wait.as_millis())
            .collect();
        // A hundred random waits leave neither fifth of the range empty.
        assert!(waits.iter().any(|wait| (500..600).contains(wait)), "{waits:?}");
        assert!(waits.iter().any(|wait| (900..=1000).contains(wait)), "{waits:?}");
    }

    proptest! {
        #[test]
        fn waits_stay_within_their_bounds(
            attempt in 1u32..,
            min_delay: Duration,
            max_delay: Duration,
            max_total_delay: Duration,
            waited: Duration,
        ) {
            let policy = RetryPolicy::default().min_delay(min_delay).max_delay(max_delay).max_total_delay(max_total_delay);
            if let Some(delay) = policy.delay(attempt, waited, &Method::GET, &answer(503, &[])) {
                prop_assert!(delay <= max_delay);
                prop_assert!(waited + delay <= max_total_delay);
            }
        }
    }
}
