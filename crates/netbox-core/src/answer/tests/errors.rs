//! The kinds of errors that a real NetBox is seldom brought to; the others are in the scenarios.

use std::time::Duration;

use serde_json::{Value, json as value};

use crate::{
    Async, Blocking, Client, Error, ErrorKind, Mode, Object, Outcome, Patch, Version,
    test::{Asking, Canned, json},
    transport::{Request, Response, Transport, TransportError, TransportErrorKind},
};

#[track_caller]
fn check(kind: ErrorKind, error: impl Into<Error>) {
    let error = error.into();
    assert_eq!(error.kind(), kind, "{error}");
    let lines = include_str!("../../wire/error/kind.rs")
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("///"));
    let docs = lines.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ");
    let message = error.to_string().replace("https://h/nb", "https://netbox.example.com");
    assert!(docs.contains(&message), "the docs of {kind:?} do not show: {message}");
}

/// A server that answers with `status` and `body`, of that type, whatever it is asked.
fn proxy(status: u16, kind: &'static str, body: &'static str) -> impl Fn(&Request) -> Response {
    move |_| {
        let answer =
            http::Response::builder().status(status).header("content-type", kind).header("retry-after", "99");
        answer.header("location", "https://sso.example.com/login").body(body.into()).unwrap()
    }
}

fn proxied(status: u16, kind: &'static str, body: &'static str) -> Asking<Blocking> {
    Canned::client(proxy(status, kind, body))
}

/// A client to which NetBox answers so.
fn answered(status: u16, body: &'static str) -> Asking<Blocking> {
    Canned::client(move |_| json(status, &serde_json::from_str(body).unwrap()))
}

/// A transport that fails in that way.
struct Failing(TransportErrorKind);

impl Transport for Failing {
    type Mode = Async;

    fn send(&self, _: Request) -> Outcome<'_, Async, Result<Response, TransportError>> {
        Async::run(async { Err(TransportError::new(self.0, "test")) })
    }

    fn sleep(&self, _: Duration) -> Outcome<'_, Async, ()> {
        Async::run(async {})
    }
}

#[tokio::test]
async fn every_kind_is_shown_in_its_docs() {
    let transport = Canned::<Blocking>::new(|_| json(200, &Value::Null));
    check(ErrorKind::Config, Client::builder("ftp://netbox.example.com").build(transport).unwrap_err());
    let failing = Client::builder("https://h/nb").build(Failing(TransportErrorKind::Timeout)).unwrap();
    let timeout = failing.raw().post::<Value>("dcim/sites", &value!({})).await.unwrap_err();
    check(ErrorKind::Transport(TransportErrorKind::Timeout), timeout);
    check(
        ErrorKind::Version,
        Error::too_old("add_tags", Version::new(4, 6).into(), Version::new(4, 5).into()),
    );

    let get = |client: Asking<Blocking>| client.get_at("dcim/sites", 7).unwrap_err();
    check(ErrorKind::Redirect, get(proxied(302, "text/html", "")));
    check(
        ErrorKind::RateLimited,
        get(proxied(429, "application/json", r#"{"detail": "Too Many Requests"}"#)),
    );
    check(ErrorKind::Unavailable, get(proxied(502, "text/html", "<h1>502 Bad Gateway</h1>")));
    let nginx = Canned::new(proxy(200, "text/html", "<title>Welcome to nginx!</title>"));
    check(ErrorKind::NotNetbox, get(nginx.under(Client::builder("https://netbox.example.com"))));
    let pages = answered(200, r#"{"count": 9, "next": "?offset=1", "results": [{"id": null}]}"#);
    check(ErrorKind::Paging, pages.query_at("dcim/sites").all().unwrap_err());
    let fewer = answered(200, "[]");
    let patch = Patch::<Object>::new().field("name", "Amsterdam");
    check(ErrorKind::Unfulfilled, fewer.create_many_at("dcim/sites", [patch]).send().unwrap_err());
    let pending = answered(200, r#"{"id": 42, "status": {"value": "pending", "label": "Pending"}}"#);
    check(ErrorKind::Unfinished, pending.job(42).wait(Duration::from_secs(60)).unwrap_err());
    let failed = answered(200, r#"{"id": 42, "status": {"value": "failed"}, "error": "no such site"}"#);
    check(ErrorKind::Job, failed.job(42).wait(Duration::from_secs(60)).unwrap_err());
}
