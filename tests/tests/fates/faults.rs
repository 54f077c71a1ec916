//! The faults of a request, which the server may have carried out or not.

use bytes::Bytes;
use http::{Method, Response as HttpResponse, StatusCode};
use netbox_core::transport::{Response, TransportErrorKind as Kind};
use netbox_replay::Fault;

/// A fault, and what is known of it.
pub(crate) struct Injected<F> {
    pub(crate) name: String,
    pub(crate) fault: F,
    pub(crate) sort: Sort,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// Something else than NetBox fails or answers.
    Foreign,
    /// Something else answers as NetBox does, but for the headers.
    Imitation,
    /// NetBox itself refuses the request.
    Refusal,
    /// The request certainly was not processed.
    Unprocessed,
    /// An empty 204 with NetBox's headers, as a deletion has it.
    LikeADeletion,
    /// Another text arrives under NetBox's headers.
    AnotherText,
    /// Other JSON arrives under NetBox's headers.
    AnotherJson,
}

impl<F> Injected<F> {
    pub(crate) fn new(name: impl Into<String>, fault: F) -> Self {
        Self { name: name.into(), fault, sort: Sort::Foreign }
    }

    fn of(self, sort: Sort) -> Self {
        Self { sort, ..self }
    }
}

impl Injected<Fault> {
    /// Whether it can happen to a request of that method, and is not the same as another one there.
    pub(crate) fn may_meet(&self, method: &Method) -> bool {
        let only_after_it_acted =
            matches!(self.fault, Fault::AnswerResponse(_) | Fault::AnswerStatus(_) | Fault::AnswerError(_));
        !(self.sort == Sort::LikeADeletion && method == Method::DELETE
            || only_after_it_acted && method.is_safe())
    }
}

const HTML: &str = "text/html; charset=utf-8";
const JSON: &str = "application/json";

/// The answers of gateways, login pages and caches.
const FOREIGN: [(u16, &str, &str); 26] = [
    (200, HTML, "<title>Log in</title>"),
    (200, HTML, ""),
    (200, JSON, r#"{"error": "quota"}"#),
    (200, JSON, r#"{"id": 99, "name": "job"}"#),
    (200, JSON, "[]"),
    (200, JSON, "}{"),
    (200, JSON, ""),
    (201, JSON, r#"{"error": "quota"}"#),
    (201, JSON, r#"{"id": 99, "url": "https://h/queue/99/"}"#),
    (202, JSON, r#"{"status": "queued"}"#),
    (202, "", ""),
    (204, "", ""),
    (205, "", ""),
    (302, HTML, ""),
    (303, "", ""),
    (400, JSON, r#"{"message": "bad"}"#),
    (403, HTML, "blocked"),
    (404, JSON, r#"{"message": "no Route matched with those values"}"#),
    (404, JSON, r#"{"detail": "Not Found"}"#),
    (404, HTML, "<h1>404</h1>"),
    (409, JSON, r#"{"message": "busy"}"#),
    (412, "", ""),
    (429, JSON, r#"{"message": "API rate limit exceeded"}"#),
    (500, HTML, "oops"),
    (502, HTML, "<h1>502 Bad Gateway</h1>"),
    (503, HTML, ""),
];

/// Answers to a read that NetBox could have given, if they had its headers.
const IMITATIONS: [(u16, &str); 3] = [
    (404, r#"{"detail": "There is no such route."}"#),
    (200, r#"{"count": 0, "next": null, "previous": null, "results": []}"#),
    (200, r#"{"id": 1, "url": "https://h/api/extras/tags/1/", "name": "x", "slug": "x", "color": "x"}"#),
];

const FAILURES: [u16; 3] = [504, 520, 599];

/// Refusals of NetBox itself.
const REFUSALS: [(u16, &str); 4] = [
    (400, r#"{"name": ["tag with this name already exists."]}"#),
    (403, r#"{"detail": "You do not have permission to perform this action."}"#),
    (404, r#"{"detail": "No Tag matches the given query."}"#),
    (409, r#"{"detail": "Unable to delete object. 1 dependent objects were found"}"#),
];

fn response(status: u16, kind: &str, body: &'static str, version: Option<u16>) -> Response {
    let mut response = HttpResponse::builder().status(status);
    // Some gateways have ids of requests, too.
    response = response.header("x-request-id", "5d0c0b9e-0000-4000-8000-000000000002");
    if status / 100 == 3 {
        response = response.header("location", "https://sso.example.com/login");
    }
    if !kind.is_empty() {
        response = response.header("content-type", kind);
    }
    if let Some(minor) = version {
        response = response.header("api-version", format!("4.{minor}"));
    }
    response.body(Bytes::from_static(body.as_bytes())).unwrap()
}

/// All faults, of a server whose answers have its version in a header, or none.
pub(crate) fn faults(version: Option<u16>) -> Vec<Injected<Fault>> {
    let mut faults = Vec::new();
    for (status, kind, body) in FOREIGN {
        let name = format!("{status} {kind} {body}");
        let answer = || response(status, kind, body, None);
        faults.push(Injected::new(format!("{name}, not carried out"), Fault::Response(answer())));
        faults.push(Injected::new(format!("{name}, carried out"), Fault::AnswerResponse(answer())));
    }
    for (status, body) in IMITATIONS {
        for (is_done, fault) in
            [("not carried out", Fault::Response as fn(_) -> _), ("carried out", Fault::AnswerResponse)]
        {
            let imitation = Injected::new(
                format!("{status} {body}, {is_done}"),
                fault(response(status, JSON, body, None)),
            );
            faults.push(imitation.of(Sort::Imitation));
        }
    }
    for status in FAILURES {
        let status = StatusCode::from_u16(status).unwrap();
        faults.push(Injected::new(format!("{status}, not carried out"), Fault::Status(status)));
        faults.push(Injected::new(format!("{status}, carried out"), Fault::AnswerStatus(status)));
    }
    for (status, body) in REFUSALS {
        let refused = Injected::new(
            format!("NetBox's {status} {body}"),
            Fault::Response(response(status, JSON, body, version)),
        );
        faults.push(refused.of(Sort::Refusal));
    }
    let empty = Injected::new("NetBox's 204", Fault::Response(response(204, "", "", version)));
    faults.push(empty.of(Sort::LikeADeletion));
    for (name, fault, sort) in [
        ("cut", Fault::AnswerCut(3), Sort::AnotherText),
        ("garbage", Fault::AnswerBody(Bytes::from_static(b"}{")), Sort::AnotherText),
        ("a quota", Fault::AnswerBody(Bytes::from_static(br#"{"error": "quota"}"#)), Sort::AnotherJson),
    ] {
        faults.push(Injected::new(name, fault).of(sort));
    }
    for kind in [Kind::Connect, Kind::Tls, Kind::Refused, Kind::Unsupported] {
        let lost = Injected::new(format!("{kind:?}"), Fault::Error(kind));
        faults.push(lost.of(Sort::Unprocessed));
    }
    for kind in [Kind::Timeout, Kind::Broken, Kind::Other] {
        faults.push(Injected::new(format!("{kind:?}, not carried out"), Fault::Error(kind)));
    }
    for kind in [Kind::Timeout, Kind::Broken, Kind::TooLarge, Kind::Other] {
        faults.push(Injected::new(format!("{kind:?}, carried out"), Fault::AnswerError(kind)));
    }
    faults
}
