//! Whether NetBox itself gave an answer, or something before it: a gateway, a page to log in, a cache.
//!
//! This is the only place that decides it. An answer to a call of the library is a success, an object that does not exist,
//! or a refusal of a write, only if it is NetBox's:
//!
//! - Every answer of NetBox's API has the header `API-Version`, in all versions, errors and empty answers included.
//!   `X-Request-ID` comes with it, but is no evidence of a success: gateways set one too.
//! - Some proxies strip headers that they don't know. If no answer of this server had the header so far, the body of an
//!   answer without it decides: NetBox's body names an object by its id and its URL in the API, is a page of a list, is
//!   the object that was requested by its id, or has a form that only NetBox's framework uses.
//! - Nothing else is evidence, neither a status nor an empty body. After a deletion with such an answer, the library
//!   looks for the objects (`answer/gone`).

use http::{HeaderMap, Method, StatusCode, header};
use serde_json::{Map, Value};

use super::{
    base::{endpoint_of_url, id_of_url},
    transport::Response,
    version::Version,
};

/// The version of NetBox in the headers of an answer.
pub(super) fn version_of(headers: &HeaderMap) -> Option<Version> {
    Version::parse(headers.get("api-version")?.to_str().ok()?)
}

/// Whether NetBox gave this answer of its API. `headers_pass` says that its headers came with an answer before, and
/// `id` is that of the requested object.
pub(super) fn is_of_api(response: &Response, headers_pass: bool, id: Option<u64>) -> bool {
    if version_of(response.headers()).is_some() {
        return true;
    }
    if headers_pass || !is_json(response.headers()) {
        return false;
    }
    let Ok(body) = serde_json::from_slice(response.body()) else { return false };
    let status = response.status();
    if status.is_success() { shows_content(&body, id) } else { shows_error(&body, status) }
}

/// Whether the database undid what was asked for, since it and another request waited for each other. NetBox writes what a
/// request asks for in one transaction, so that nothing of it is left.
pub(super) fn was_undone(response: &Response) -> bool {
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR || !is_json(response.headers()) {
        return false;
    }
    let body: Value = serde_json::from_slice(response.body()).unwrap_or_default();
    body["exception"] == "OperationalError"
        && body["error"].as_str().is_some_and(|error| error.starts_with("deadlock detected"))
}

/// Whether NetBox gave this answer to a query in GraphQL, which has no such header.
pub(super) fn is_of_graphql(response: &Response) -> bool {
    let is_told = |body: Map<String, Value>| body.contains_key("data") || body.contains_key("errors");
    if response.status().is_success() {
        serde_json::from_slice(response.body()).is_ok_and(is_told)
    } else {
        has_request_id(response)
    }
}

/// Whether this is the answer of NetBox, or of the web server before it, to the request for a file. HTML and JSON are files
/// only if they say when they were changed, which pages and messages don't.
pub(super) fn is_of_file(response: &Response, headers_pass: bool) -> bool {
    let (status, headers) = (response.status(), response.headers());
    if status.is_success() {
        return status == StatusCode::OK && (has_file(headers) || is_of_api(response, headers_pass, None));
    }
    let page = String::from_utf8_lossy(response.body());
    page.contains("data-netbox-version") || status != StatusCode::NOT_FOUND && has_request_id(response)
}

/// Whether the body after these headers is a file, whatever is in it.
pub(super) fn has_file(headers: &HeaderMap) -> bool {
    let is_page =
        media_type(headers).is_none_or(|kind| ["text/html", "application/xhtml+xml"].contains(&&*kind));
    let is_page = is_page || is_json(headers);
    !is_page || headers.contains_key(header::LAST_MODIFIED)
}

/// Whether `status` is the one with which NetBox reports the success of a `method`.
pub(super) fn says_done(method: &Method, status: StatusCode) -> bool {
    match *method {
        Method::DELETE => status == StatusCode::NO_CONTENT,
        Method::POST => [StatusCode::OK, StatusCode::CREATED].contains(&status),
        _ => status == StatusCode::OK,
    }
}

pub(super) fn is_json(headers: &HeaderMap) -> bool {
    media_type(headers).is_some_and(|kind| kind == "application/json" || kind.ends_with("+json"))
}

/// The media type of the body, in lower case and without parameters.
fn media_type(headers: &HeaderMap) -> Option<String> {
    let kind = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    Some(kind.split(';').next()?.trim().to_ascii_lowercase())
}

fn has_request_id(response: &Response) -> bool {
    response.headers().contains_key("x-request-id")
}

fn shows_content(body: &Value, id: Option<u64>) -> bool {
    const PAGE: [&str; 4] = ["count", "next", "previous", "results"];
    const OPTIONS: [&str; 4] = ["name", "description", "renders", "parses"];
    let has = |names: &[&str]| names.iter().all(|name| body.get(name).is_some());
    let is_root = || body["status"].as_str().is_some_and(|url| url.ends_with("/api/status/"));
    (id.is_some() && body["id"].as_u64() == id)
        || has(&PAGE)
        || has(&OPTIONS)
        || has(&["netbox-version"])
        || has(&["openapi", "paths"])
        || is_root()
        || names_an_object(body)
}

/// Whether an object in `body` has an id, and beside it the URL that it has in NetBox's API.
fn names_an_object(body: &Value) -> bool {
    match body {
        Value::Array(entries) => entries.iter().any(names_an_object),
        Value::Object(members) => {
            let id = members.get("id").and_then(Value::as_u64);
            let url = members.get("url").and_then(Value::as_str);
            url.is_some_and(|url| endpoint_of_url(url).is_some() && id.is_some() && id_of_url(url) == id)
                || members.values().any(names_an_object)
        }
        _ => false,
    }
}

/// Whether `body` has a form in which NetBox's framework reports errors. Gateways like to repeat the name of the
/// status.
fn shows_error(body: &Value, status: StatusCode) -> bool {
    match body {
        Value::Object(members) => {
            let detail = members.get("detail").and_then(Value::as_str);
            let of_fields = || members.values().all(|said| said.is_array() || said.is_object());
            detail.is_some_and(|detail| status.canonical_reason() != Some(detail))
                || status == StatusCode::BAD_REQUEST && !members.is_empty() && of_fields()
        }
        Value::Array(said) => status == StatusCode::BAD_REQUEST && !said.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use serde_json::json;

    use super::*;

    const REQUEST: (&str, &str) = ("x-request-id", "0b3c");

    fn response(status: u16, headers: &[(&str, &str)], body: impl Into<Bytes>) -> Response {
        let response = http::Response::builder().status(status);
        let response =
            headers.iter().fold(response, |response, (name, value)| response.header(*name, *value));
        response.body(body.into()).unwrap()
    }

    fn json_of(status: u16, body: &Value) -> Response {
        response(status, &[("content-type", "application/json")], body.to_string())
    }

    #[test]
    fn the_version_is_evidence_and_a_request_id_is_none() {
        for status in [200, 204, 404, 500] {
            assert!(is_of_api(&response(status, &[("api-version", "4.3")], ""), true, None), "{status}");
            for other in [REQUEST, ("api-version", "unknown")] {
                assert!(!is_of_api(&response(status, &[other], ""), false, None), "{status} {other:?}");
            }
        }
    }

    #[test]
    fn a_body_is_evidence_where_the_headers_do_not_pass() {
        let site = json!({"id": 7, "url": "https://h/nb/api/dcim/sites/7/"});
        for (status, body) in [
            (200, json!({"id": 7})),
            (201, site.clone()),
            (200, json!([site])),
            (200, json!([[[site], null, []]])),
            (202, json!({"job": site})),
            (200, json!({"count": null, "next": null, "previous": null, "results": []})),
            (200, json!({"netbox-version": "4.7.3"})),
            (200, json!({"name": "Sites", "description": "", "renders": [], "parses": []})),
            (200, json!({"openapi": "3.0.3", "paths": {}})),
            (200, json!({"status": "https://h/api/status/"})),
            (404, json!({"detail": "No Site matches the given query."})),
            (400, json!({"name": ["Taken."]})),
            (400, json!([{}, {"name": ["Taken."]}])),
        ] {
            assert!(is_of_api(&json_of(status, &body), false, Some(7)), "{status} {body}");
            assert!(!is_of_api(&json_of(status, &body), true, Some(7)), "{status} {body}");
        }
    }

    #[test]
    fn what_gateways_say_is_none() {
        for (status, body) in [
            (200, json!({"error": "quota"})),
            (201, json!({"id": 8})),
            (201, json!({"id": 8, "url": "https://h/queue/8/"})),
            (201, json!({"id": 8, "url": "https://h/api/dcim/sites/7/"})),
            (200, json!([])),
            (200, json!({"results": []})),
            (204, Value::Null),
            (404, json!({"message": "no Route matched with those values"})),
            (404, json!({"detail": "Not Found"})),
            (404, json!({"detail": ["a", "b"]})),
            (404, json!({"name": ["Taken."]})),
            (400, json!({})),
            (400, json!([])),
            (400, json!({"error": "bad"})),
        ] {
            assert!(!is_of_api(&json_of(status, &body), false, Some(7)), "{status} {body}");
        }
        let page = response(200, &[("content-type", "text/html")], r#"{"id": 7}"#);
        assert!(!is_of_api(&page, false, Some(7)));
    }

    #[test]
    fn files_come_from_web_servers_too() {
        let image = |status| response(status, &[("content-type", "image/png")], "\u{1}");
        assert!(is_of_file(&image(200), false) && !is_of_file(&image(202), false));
        assert!(!is_of_file(&response(200, &[], ""), false));
        for kind in
            ["text/html; charset=utf-8", "Text/HTML", "application/xhtml+xml", "Application/Problem+JSON"]
        {
            assert!(!is_of_file(&response(200, &[("content-type", kind), REQUEST], "{}"), false), "{kind}");
            let file = [("content-type", kind), ("last-modified", "Sat, 28 Nov 2026 12:00:39 GMT")];
            assert!(is_of_file(&response(200, &file, "{}"), false), "{kind}");
        }
        assert!(is_of_file(&response(403, &[REQUEST], "Invalid v2 token"), false));
        assert!(!is_of_file(&response(404, &[REQUEST], "<html>"), false));
        assert!(is_of_file(&response(404, &[], "<html data-netbox-version=\"4.7.3\">"), false));
    }

    #[test]
    fn graphql_has_a_form_of_its_own() {
        assert!(is_of_graphql(&json_of(200, &json!({"data": null, "errors": []}))));
        assert!(!is_of_graphql(&json_of(200, &json!({"error": "quota"}))));
        assert!(!is_of_graphql(&response(200, &[REQUEST], "{}")));
        assert!(is_of_graphql(&response(403, &[REQUEST], "Invalid v2 token")));
    }
}
