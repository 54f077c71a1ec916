//! From an answer to an error.

use http::{HeaderMap, Method, StatusCode, header};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Asked, Error, ErrorKind, Messages};
use crate::{exchange::Answer, object::Object, transport::Response};

impl Error {
    /// The error that an answer with a status other than 2xx is.
    pub(crate) fn answered(asked: Asked, response: &Response) -> Self {
        let status = response.status();
        let body: Option<Value> =
            if is_json(response.headers()) { serde_json::from_slice(response.body()).ok() } else { None };
        let messages = body.as_ref().map(Messages::of).unwrap_or_default();
        let mut text = format!("NetBox answered {status}");
        if let Some(location) = response.headers().get(header::LOCATION).filter(|_| status.is_redirection()) {
            text.push_str(&format!(" to {}", String::from_utf8_lossy(location.as_bytes())));
        }
        if !messages.is_empty() {
            text.push_str(&format!(": {messages}"));
        } else if body.is_none() && !response.body().is_empty() {
            text.push_str(&format!(" with {}", describe(response)));
        }
        let lost_race =
            body.as_ref().is_some_and(|body| body.get("exception") == Some(&"IntegrityError".into()));
        let kind = if lost_race { ErrorKind::Conflict } else { kind_of(status, body.is_some()) };
        let mut error = Self::new(kind, text).asked(asked).with_head(response);
        error.0.messages = messages;
        error
    }

    /// The error of a request that NetBox carried out in `job`, and then told of in `body`.
    pub(crate) fn answered_later(job: u64, status: StatusCode, body: &Value) -> Self {
        let messages = Messages::of(body);
        let mut error =
            Self::new(kind_of(status, true), format!("in job {job}, NetBox answered {status}: {messages}"));
        error.0.status = Some(status);
        error.0.messages = messages;
        error
    }

    /// Together with the answer that it was found in.
    pub(crate) fn answering(self, answer: &Answer) -> Self {
        if self.0.asked.is_some() { self } else { self.asked(answer.asked().clone()) }
    }

    /// The error that a success is whose body is not what was expected. Decodes once more, to find where.
    pub(crate) fn decode<R: DeserializeOwned>(asked: Asked, response: &Response) -> Self {
        let location = response.headers().get(header::LOCATION).and_then(|place| place.to_str().ok());
        let created = location.filter(|_| response.status() == StatusCode::CREATED).map(str::to_owned);
        let done = match &created {
            Some(place) => format!("; the object itself was created, it is {place}"),
            None if asked.method.is_safe() => String::new(),
            None => format!("; the {} itself was carried out ({})", asked.method, response.status()),
        };
        let mut error = if is_json(response.headers()) {
            let reader = &mut serde_json::Deserializer::from_slice(response.body());
            let (place, cause) = match serde_path_to_error::deserialize::<_, R>(reader) {
                Err(error) => (error.path().to_string(), error.into_inner().to_string()),
                Ok(_) => (".".to_owned(), "more follows after the end".to_owned()),
            };
            let place = if place == "." { String::new() } else { format!(" at `{place}`") };
            Self::new(ErrorKind::Decode, format!("the answer does not fit{place}: {cause}{done}"))
        } else {
            let done = if is_netbox(response.headers()) { done } else { unsure(&asked.method) };
            Self::new(ErrorKind::NotNetbox, format!("expected JSON, got {}{done}", describe(response)))
        };
        error.0.created.extend(created);
        error.asked(asked).with_head(response)
    }

    /// With what NetBox created all the same.
    pub(crate) fn having_created(mut self, objects: &[Object]) -> Self {
        const SHOWN: usize = 10;
        let Some((first, rest)) = objects.split_first() else { return self };
        self.0.text.push_str(&format!("; created: {}", told(first)));
        for object in rest.iter().take(SHOWN - 1) {
            self.0.text.push_str(&format!(", {}", told(object)));
        }
        if objects.len() > SHOWN {
            self.0.text.push_str(&format!(", and {} more", objects.len() - SHOWN));
        }
        self.0.created = objects.iter().filter_map(Object::url).map(str::to_owned).collect();
        self
    }

    /// With why they could not be read again.
    pub(crate) fn unread_for(mut self, why: &Self) -> Self {
        self.0.text.push_str(&format!("; to read them again failed: {why}"));
        self
    }

    fn with_head(mut self, response: &Response) -> Self {
        self.0.status = Some(response.status());
        self.0.request_id =
            response.headers().get("x-request-id").and_then(|id| id.to_str().ok()).map(str::to_owned);
        self
    }
}

/// An object, as far as it can be made out.
fn told(object: &Object) -> String {
    let id = object.id().map_or_else(|| "without an id".to_owned(), |id| format!("id {id}"));
    format!("{} ({id})", object.display().unwrap_or("an object"))
}

fn kind_of(status: StatusCode, json: bool) -> ErrorKind {
    match status.as_u16() {
        300..=399 => ErrorKind::Redirect,
        400 => ErrorKind::Invalid,
        401 | 403 => ErrorKind::Forbidden,
        404 if json => ErrorKind::NotFound,
        404 => ErrorKind::NoEndpoint,
        409 | 412 => ErrorKind::Conflict,
        429 => ErrorKind::RateLimited,
        502..=504 => ErrorKind::Unavailable,
        500..=599 => ErrorKind::Server,
        _ => ErrorKind::Status,
    }
}

/// What is to be said of a write of which there is no answer by NetBox.
pub(super) fn unsure(method: &Method) -> String {
    if method.is_safe() {
        return String::new();
    }
    format!("; whether the {method} was carried out is not known")
}

/// Whether these are headers that NetBox sets, and what stands before it doesn't.
pub(crate) fn is_netbox(headers: &HeaderMap) -> bool {
    headers.contains_key("api-version") || headers.contains_key("x-request-id")
}

pub(crate) fn is_json(headers: &HeaderMap) -> bool {
    let Some(Ok(kind)) = headers.get(header::CONTENT_TYPE).map(|kind| kind.to_str()) else { return false };
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json") || kind.ends_with("+json")
}

/// A body that is no JSON, by its type and its beginning.
fn describe(response: &Response) -> String {
    const SHOWN: usize = 80;
    let kind =
        response.headers().get(header::CONTENT_TYPE).map(|kind| String::from_utf8_lossy(kind.as_bytes()));
    let kind = kind.as_deref().unwrap_or("a body without a content type");
    let text = String::from_utf8_lossy(response.body());
    let mut beginning: String = text.split_whitespace().flat_map(|word| [word, " "]).collect();
    beginning.truncate(beginning.trim_end().len());
    if let Some((end, _)) = beginning.char_indices().nth(SHOWN) {
        beginning.truncate(end);
        beginning.push('…');
    }
    if beginning.is_empty() { format!("{kind}, empty") } else { format!("{kind}: “{beginning}”") }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    fn asked(method: Method) -> Asked {
        Asked { method, url: "https://h/api/dcim/sites/".into() }
    }

    fn response(status: u16, kind: &str, body: &str) -> Response {
        http::Response::builder()
            .status(status)
            .header("content-type", kind)
            .header("x-request-id", "0b3c")
            .body(body.into())
            .unwrap()
    }

    #[track_caller]
    fn check(response: &Response, kind: ErrorKind, text: &str) {
        let error = Error::answered(asked(Method::GET), response);
        assert_eq!(
            (error.kind(), error.status(), error.request_id()),
            (kind, Some(response.status()), Some("0b3c"))
        );
        assert_eq!(error.to_string(), format!("GET https://h/api/dcim/sites/: {text} [request 0b3c]"));
    }

    #[test]
    fn answers_are_told_by_status_and_shape() {
        check(
            &response(404, "application/json", r#"{"detail":"No Site matches the given query."}"#),
            ErrorKind::NotFound,
            "NetBox answered 404 Not Found: No Site matches the given query. (it does not exist, or this token may \
             not view it)",
        );
        check(
            &response(404, "text/html; charset=utf-8", "<!DOCTYPE html>\n<html>\n"),
            ErrorKind::NoEndpoint,
            "NetBox answered 404 Not Found with text/html; charset=utf-8: “<!DOCTYPE html> <html>” (no such endpoint \
             here: check its spelling, the server's version and its plugins)",
        );
        check(
            &response(503, "text/plain", ""),
            ErrorKind::Unavailable,
            "NetBox answered 503 Service Unavailable",
        );
    }

    #[derive(Debug, Deserialize)]
    struct Rows {
        #[allow(dead_code, reason = "only decoded")]
        results: Vec<Row>,
    }

    #[derive(Debug, Deserialize)]
    struct Row {
        #[allow(dead_code, reason = "only decoded")]
        name: String,
    }

    #[test]
    fn a_decode_error_names_the_place_and_what_was_done() {
        let body = r#"{"results":[{"name":"a"},{"name":null}]}"#;
        let error = Error::decode::<Rows>(asked(Method::POST), &response(201, "application/json", body));
        let text = error.to_string();
        assert!(text.contains("at `results[1].name`: invalid type: null"), "{text}");
        assert!(text.contains("the POST itself was carried out (201 Created)"), "{text}");
    }

    #[test]
    fn a_long_page_is_shown_by_its_beginning() {
        let error = Error::decode::<Rows>(asked(Method::GET), &response(200, "text/html", &"é ".repeat(900)));
        assert_eq!(error.kind(), ErrorKind::NotNetbox);
        assert!(error.to_string().len() < 300, "{error}");
        assert!(error.to_string().contains("is this a NetBox?"), "{error}");
    }
}
