//! Spans and events for subscribers of `tracing`. They show no header of a request and no body.

use std::time::{Duration, Instant};

use tracing::{Instrument, Span, debug, debug_span, dispatcher, field::Empty, trace, warn};

use super::transport::{Request, Response, Source, TransportError};

type Exchanged = Result<Response, TransportError>;

/// A span for one call, with the fields that its request has.
pub(super) fn span(request: &Request) -> Span {
    let span = debug_span!(
        target: "netbox_core",
        "request",
        otel.kind = "client",
        server.address = request.uri().host(),
        server.port = request.uri().port_u16(),
        http.request.method = request.method().as_str(),
        url.path = request.uri().path(),
        http.request.body.size = body_size(request),
        http.request.resend_count = Empty,
        http.response.status_code = Empty,
        http.response.body.size = Empty,
        request_id = Empty,
        error.type = Empty,
        duration_ms = Empty,
    );
    trace!(target: "netbox_core", parent: &span, { url.query = request.uri().query() }, "sending a request");
    span
}

/// Carries out `exchange` in `span`, and records in it how that ended.
pub(super) async fn within(span: Span, exchange: impl Future<Output = Exchanged>) -> Exchanged {
    let begun = Instant::now();
    let result = exchange.instrument(span.clone()).await;
    span.record("duration_ms", millis(begun.elapsed()));
    match &result {
        Ok(response) => {
            span.record("http.response.status_code", response.status().as_u16());
            span.record("http.response.body.size", response.body().len());
            let id = response.headers().get("x-request-id").and_then(|id| id.to_str().ok());
            span.record("request_id", id);
        }
        Err(error) => {
            span.record("error.type", tracing::field::debug(error.kind()));
        }
    }
    debug!(target: "netbox_core", parent: &span, "the exchange ended");
    result
}

/// The same call, for another thread, where it is in the span and has the subscriber that it has here.
pub(super) fn carried<R>(call: impl FnOnce() -> R) -> impl FnOnce() -> R {
    let (span, dispatch) = (Span::current(), dispatcher::get_default(Clone::clone));
    move || dispatcher::with_default(&dispatch, || span.in_scope(call))
}

/// The same future, in the span that it has here whoever polls it.
pub(super) fn kept_in<F: Future>(future: F) -> impl Future<Output = F::Output> {
    future.in_current_span()
}

/// Reports that `request` is sent again after a wait of `delay`, since attempt `attempt` of `attempts` ended in
/// `result`.
pub(super) fn wait(request: &Request, result: &Exchanged, attempt: u32, attempts: u32, delay: Duration) {
    warn!(
        target: "netbox_core",
        {
            http.request.method = request.method().as_str(),
            url.path = request.uri().path(),
            attempt,
            attempts,
            wait_ms = millis(delay),
            http.response.status_code = result.as_ref().ok().map(|response| response.status().as_u16()),
            error.type = result.as_ref().err().map(|error| tracing::field::debug(error.kind())),
        },
        "the request will be sent again after a wait"
    );
    Span::current().record("http.request.resend_count", attempt);
}

fn body_size(request: &Request) -> u64 {
    request.extensions().get().map_or(request.body().len() as u64, Source::length)
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
