//! From an answer to an error.

use bytes::Bytes;
use http::{StatusCode, header};
use serde_json::Value;

use super::{Asked, Error, ErrorKind, Messages, place::place_of, presentable};
use crate::wire::{
    evidence::{is_json, says_done, was_undone},
    transport::Response,
};

/// How much of the body of an answer an error keeps, in bytes.
const BODY_KEPT: usize = 64 * 1024;

/// How long a body is read at most for the messages in it, in bytes.
const BODY_READ: usize = 16 * 1024 * 1024;

impl Error {
    /// The error for an answer with a status other than 2xx; `is_netbox` says whether NetBox itself gave it.
    pub(crate) fn answered(asked: Asked, response: &Response, is_netbox: bool) -> Self {
        let status = response.status();
        let is_read = is_json(response.headers()) && response.body().len() <= BODY_READ;
        let body: Option<Value> = if is_read { serde_json::from_slice(response.body()).ok() } else { None };
        let messages = body.as_ref().map(Messages::of).unwrap_or_default();
        let mut text = format!("{} answered {status}", if is_netbox { "NetBox" } else { "the server" });
        if let Some(location) = response.headers().get(header::LOCATION).filter(|_| status.is_redirection()) {
            text.push_str(&format!(" to {}", presentable(&String::from_utf8_lossy(location.as_bytes()))));
        }
        if !messages.is_empty() {
            text.push_str(&format!(": {messages}"));
        } else if body.is_none() && !response.body().is_empty() {
            text.push_str(&format!(" with {}", describe(response)));
        }
        let exception = body.as_ref().and_then(|body| body.get("exception")?.as_str());
        let undone = was_undone(response);
        let kind = match kind_of(status, body.is_some()) {
            _ if undone => ErrorKind::Conflict,
            // Somebody else was faster to take a unique name.
            _ if exception == Some("IntegrityError") => ErrorKind::Conflict,
            // NetBox looks up some references, such as tags to be added, where it expects no mistake.
            _ if exception == Some("ValidationError") => ErrorKind::Invalid,
            // Any server redirects, is overloaded or fails; the other kinds are statements about NetBox's own objects.
            kind @ (ErrorKind::Redirect | ErrorKind::RateLimited) => kind,
            _ if !is_netbox && status.is_client_error() => ErrorKind::NotNetbox,
            kind => kind,
        };
        let refused = is_netbox && (status.is_client_error() || status.is_redirection());
        if undone {
            text.push_str("; the database undid it, since another request was in its way");
        } else if !refused {
            text.push_str(&unsure(&asked));
        }
        let mut error = Self::new(kind, text).asked(asked).with_response(response);
        error.0.may_have_written &= !(refused || undone);
        error.0.messages = messages;
        error
    }

    /// Whether NetBox answered that the database undid the request, since another was in its way.
    pub(crate) fn was_undone(&self) -> bool {
        self.kind() == ErrorKind::Conflict
            && self.status() == Some(StatusCode::INTERNAL_SERVER_ERROR)
            && !self.may_have_written()
    }

    /// The error for a success that nothing shows to be NetBox's.
    pub(crate) fn foreign(asked: Asked, response: &Response) -> Self {
        let mut text = format!("nothing shows that NetBox gave this answer: {}", response.status());
        if is_json(response.headers()) {
            // It may hold a token.
            text.push_str(&format!(" with {} bytes of JSON", response.body().len()));
        } else if !response.body().is_empty() {
            text.push_str(&format!(" with {}", describe(response)));
        }
        text.push_str(&unsure(&asked));
        Self::new(ErrorKind::NotNetbox, text).asked(asked).with_response(response)
    }

    /// The error of a request that NetBox carried out in `job`, whose answer had this status and this body.
    pub(crate) fn answered_later(job: u64, status: StatusCode, body: &Value) -> Self {
        let messages = Messages::of(body);
        let mut error =
            Self::new(kind_of(status, true), format!("in job {job}, NetBox answered {status}: {messages}"));
        error.0.status = Some(status);
        error.0.messages = messages;
        error
    }

    /// Adds the request whose answer showed the error, unless the error names one already.
    pub(crate) fn answering(self, asked: &Asked) -> Self {
        if self.0.asked.is_some() { self } else { self.asked(asked.clone()) }
    }

    /// The error for a success whose body could not be read, for `cause`.
    pub(crate) fn decode(asked: Asked, response: &Response, cause: serde_json::Error) -> Self {
        let location = response.headers().get(header::LOCATION).and_then(|place| place.to_str().ok());
        let created = location.filter(|_| response.status() == StatusCode::CREATED).map(str::to_owned);
        let done = match &created {
            Some(place) => format!("; the object itself was created, it is {place}"),
            None if asked.writes && says_done(&asked.method, response.status()) => {
                format!("; the {} itself was carried out ({})", asked.method, response.status())
            }
            None => unsure(&asked),
        };
        let mut error = if is_json(response.headers()) {
            let place = place_of(response.body(), &cause);
            let place = if place.is_empty() { String::new() } else { format!(" at `{place}`") };
            let mut error =
                Self::new(ErrorKind::Decode, format!("the answer does not fit{place}: {cause}{done}"));
            error = error.caused_by(cause);
            error
        } else {
            Self::new(ErrorKind::NotNetbox, format!("expected JSON, got {}{done}", describe(response)))
        };
        error.0.created.extend(created);
        error.asked(asked).with_response(response)
    }

    /// Adds the objects that NetBox nevertheless created: a text that names each, and its URL.
    pub(crate) fn having_created(mut self, objects: Vec<(String, Option<String>)>) -> Self {
        const SHOWN: usize = 10;
        if objects.is_empty() {
            return self;
        }
        let names: Vec<_> = objects.iter().take(SHOWN).map(|(name, _)| name.as_str()).collect();
        self.0.text.push_str(&format!("; created: {}", names.join(", ")));
        if objects.len() > SHOWN {
            self.0.text.push_str(&format!(", and {} more", objects.len() - SHOWN));
        }
        self.0.created = objects.into_iter().filter_map(|(_, url)| url).collect();
        self
    }

    /// Adds why the created objects could not be read again.
    pub(crate) fn unread_for(mut self, why: &Self) -> Self {
        self.0.text.push_str(&format!("; to read them again failed: {why}"));
        self
    }

    fn with_response(mut self, response: &Response) -> Self {
        if !response.body().is_empty() {
            let kept = response.body().len().min(BODY_KEPT);
            self.0.body = Some(Bytes::copy_from_slice(&response.body()[..kept]));
        }
        self.0.status = Some(response.status());
        self.0.request_id =
            response.headers().get("x-request-id").and_then(|id| id.to_str().ok()).map(str::to_owned);
        self
    }
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

/// The end of the message for a write whose outcome is unknown.
pub(super) fn unsure(asked: &Asked) -> String {
    if asked.writes {
        format!("; whether the {} was carried out is not known", asked.method)
    } else {
        String::new()
    }
}

/// Shows a body that is no JSON by its type and its beginning.
fn describe(response: &Response) -> String {
    const SHOWN: usize = 80;
    const READ: usize = 4096;
    let kind =
        response.headers().get(header::CONTENT_TYPE).map(|kind| String::from_utf8_lossy(kind.as_bytes()));
    let kind = kind.as_deref().unwrap_or("a body without a content type");
    let text = String::from_utf8_lossy(&response.body()[..response.body().len().min(READ)]);
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
    use http::Method;
    use serde::Deserialize;

    use super::*;

    fn asked(method: Method) -> Asked {
        Asked { writes: !method.is_safe(), method, url: "https://h/api/dcim/sites/".into() }
    }

    fn response(status: u16, kind: &str, body: &str) -> Response {
        http::Response::builder()
            .status(status)
            .header("content-type", kind)
            .header("x-request-id", "0b3c")
            .body(Bytes::copy_from_slice(body.as_bytes()))
            .unwrap()
    }

    #[track_caller]
    fn check(response: &Response, kind: ErrorKind, text: &str) {
        let error = Error::answered(asked(Method::GET), response, true);
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

    #[test]
    fn the_query_of_a_redirect_is_not_shown() {
        let mut redirect = response(302, "text/html", "");
        redirect
            .headers_mut()
            .insert("location", "https://sso/login?session=hunter2#hunter2".parse().unwrap());
        check(
            &redirect,
            ErrorKind::Redirect,
            "NetBox answered 302 Found to https://sso/login?… (it was not followed, since the request carries a token: \
             check the base URL)",
        );
    }

    #[test]
    fn no_body_breaks_the_line_or_makes_it_long() {
        let hostile = "\u{1b}[2J\r\n\u{202e}x".repeat(1 << 20);
        let detail = serde_json::json!({"detail": hostile}).to_string();
        for (kind, body) in [("application/json", &detail), ("text/html", &hostile), ("a/b\t", &hostile)] {
            let answer = response(500, kind, body);
            let error = Error::answered(asked(Method::GET), &answer, true);
            let shown = format!("{error} {error:?}");
            assert!(!shown.contains(|c: char| c.is_control() || c == '\u{202e}'), "{shown}");
            assert!(shown.len() < 8 << 10 && error.body().unwrap().len() == BODY_KEPT, "{}", shown.len());
        }
        let answer =
            response(200, "application/json", &format!("{{\"results\": [{{\"name\": 1}}], {detail:?}: [}}"));
        let error = undecoded(Method::GET, &answer);
        assert!(!error.to_string().contains('\u{1b}'), "{error}");
        let answer =
            response(200, "application/json", &format!("{{\"results\": {:?}}}", "x".repeat(4 << 20)));
        let error = undecoded(Method::GET, &answer);
        assert!(format!("{error} {error:?}").len() < 64 << 10, "{}", format!("{error:?}").len());
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

    fn undecoded(method: Method, response: &Response) -> Error {
        let cause = serde_json::from_slice::<Rows>(response.body()).unwrap_err();
        Error::decode(asked(method), response, cause)
    }

    #[test]
    fn a_decode_error_names_the_place_and_what_was_done() {
        let body = r#"{"results":[{"name":"a"},{"name":null}]}"#;
        let error = undecoded(Method::POST, &response(201, "application/json", body));
        let text = error.to_string();
        assert!(text.contains("at `results[1].name`: invalid type: null"), "{text}");
        assert!(text.contains("the POST itself was carried out (201 Created)"), "{text}");
    }

    #[test]
    fn a_long_page_is_shown_by_its_beginning() {
        let error = undecoded(Method::GET, &response(200, "text/html", &"é ".repeat(900)));
        assert_eq!(error.kind(), ErrorKind::NotNetbox);
        assert!(error.to_string().len() < 300, "{error}");
        assert!(error.to_string().contains("is this a NetBox?"), "{error}");
    }
}
