//! One request and its answer, as they are kept.

use std::fmt;

use http::{HeaderName, HeaderValue, Method, StatusCode, header};
use netbox_core::transport::{Request, Response};

use crate::{
    body::{Body, shortened},
    origin::{self, Origin},
    scrub::{self, Scrub},
};

/// The headers of an answer that say something about the exchange; all others are left out.
static KEPT: [HeaderName; 9] = [
    header::ALLOW,
    HeaderName::from_static("api-version"),
    header::CONTENT_DISPOSITION,
    header::CONTENT_TYPE,
    header::ETAG,
    header::LOCATION,
    header::RETRY_AFTER,
    header::WWW_AUTHENTICATE,
    REQUEST_ID,
];

/// NetBox's id of a request in its change log, another one each time.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// One request and the answer to it, without secrets and without the server's address.
///
/// An exchange keeps the method, the path, the query and the body of the request, and none of its headers. It keeps the
/// status and the body of the answer, and the headers `Allow`, `API-Version`, `Content-Disposition`, `Content-Type`,
/// `ETag`, `Location`, `Retry-After`, `WWW-Authenticate` and `X-Request-ID`.
///
/// Its `Display` is one line: `GET /api/dcim/sites/?limit=50 -> 200`.
#[derive(Debug, Clone, PartialEq)]
pub struct Exchange {
    pub(crate) ask: Ask,
    pub(crate) answer: Answer,
}

/// The parts of a request by which it is recognised.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ask {
    pub(crate) method: Method,
    /// From `/api` or `/graphql` on, percent-encoded.
    pub(crate) path: String,
    /// Decoded, in the order sent.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) body: Body,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: Vec<(HeaderName, String)>,
    pub(crate) body: Body,
}

impl Exchange {
    /// Keeps the parts of `request` and `response` that a cassette needs, and scrubs them.
    ///
    /// - The address of the server, with the part of the path before `/api/` or `/graphql/`, becomes
    ///   `https://netbox.example.com`.
    /// - In JSON, the value under a name of a [secret](crate::secrets), and `key` below `users/tokens`, becomes
    ///   [`PLACEHOLDER`](crate::secrets::PLACEHOLDER); so does each text that [looks like one](crate::secrets::find),
    ///   and the request's own credentials wherever they appear. `null` stays `null`, and so do the messages of a 4xx
    ///   that concern such a field.
    /// - The `hostname` in the answer of `/api/status/` becomes `netbox`.
    /// - The boundary between the parts of a form becomes `netbox-part-0`, since each form has another boundary.
    ///
    /// ```
    /// use bytes::Bytes;
    /// use http::{Request, Response};
    /// use netbox_replay::Exchange;
    ///
    /// let exchange = Exchange::new(
    ///     &Request::get("http://127.0.0.1:8000/api/dcim/sites/?limit=1").body(Bytes::new())?,
    ///     &Response::new(Bytes::from_static(br#"{"count": 0}"#)),
    /// );
    /// assert_eq!(exchange.to_string(), "GET /api/dcim/sites/?limit=1 -> 200");
    /// # Ok::<(), http::Error>(())
    /// ```
    pub fn new(request: &Request, response: &Response) -> Self {
        let scrub = Scrub::of(request);
        let mut ask = Ask::unscrubbed(request);
        let mut answer = Answer::unscrubbed(response);
        answer.scrub(&scrub, &ask.path);
        ask.scrub(&scrub);
        Self { ask, answer }
    }

    /// The path and query, as a person reads them: from `/api` or `/graphql` on, and decoded.
    pub fn target(&self) -> String {
        self.ask.target()
    }

    /// The id that NetBox gave to the request: a UUID, so that it can be distinguished from other texts.
    pub(crate) fn request_id(&self) -> Option<&str> {
        let mut headers = self.answer.headers.iter();
        headers.find(|(name, id)| name == REQUEST_ID && id.len() == 36).map(|(_, id)| id.as_str())
    }

    pub(crate) fn texts(&mut self, change: &mut dyn FnMut(&mut String)) {
        self.ask.texts(change);
        self.answer.texts(change);
    }
}

impl Ask {
    /// The way in which requests are compared: scrubbed like a recorded one.
    pub(crate) fn of(request: &Request) -> Self {
        let mut ask = Self::unscrubbed(request);
        ask.scrub(&Scrub::of(request));
        ask
    }

    pub(crate) fn target(&self) -> String {
        match query_text(&self.query) {
            query if query.is_empty() => self.path.clone(),
            query => format!("{}?{query}", self.path),
        }
    }

    pub(crate) fn texts(&mut self, change: &mut dyn FnMut(&mut String)) {
        change(&mut self.path);
        for (name, value) in &mut self.query {
            change(name);
            change(value);
        }
        self.body.texts(change);
    }

    fn scrub(&mut self, scrub: &Scrub) {
        scrub::hide_in_query(&mut self.query, &self.path);
        scrub::hide_in_body(&mut self.body, &self.path, false);
        self.texts(&mut |text| scrub.text(text));
    }

    fn unscrubbed(request: &Request) -> Self {
        let (path, query) = (request.uri().path(), request.uri().query().unwrap_or(""));
        let content_type = request.headers().get(header::CONTENT_TYPE);
        let mut body = Body::new(request.body(), content_type);
        if let Some(boundary) = content_type.and_then(boundary) {
            body.texts(&mut |text| *text = text.replace(boundary, BOUNDARY));
        }
        Self {
            method: request.method().clone(),
            path: origin::split(path).1.to_owned(),
            query: form_urlencoded::parse(query.as_bytes()).into_owned().collect(),
            body,
        }
    }
}

/// Stands for the boundary of a form.
const BOUNDARY: &str = "netbox-part-0";

/// The text between the parts of a body of this content type.
fn boundary(content_type: &HeaderValue) -> Option<&str> {
    let mut parameters = content_type.to_str().ok().filter(|kind| kind.starts_with("multipart/"))?.split(';');
    let boundary = parameters.find_map(|parameter| parameter.trim().strip_prefix("boundary="))?;
    Some(boundary.trim_matches('"')).filter(|boundary| !boundary.is_empty())
}

impl Answer {
    /// The response as the server at `origin` gives it: NetBox builds its links from the address that it was asked by.
    pub(crate) fn response(&self, origin: &Origin) -> Response {
        let mut answer = self.clone();
        answer.texts(&mut |text| origin.show(text));
        let mut response = Response::new(answer.body.bytes().into());
        *response.status_mut() = answer.status;
        for (name, value) in answer.headers {
            // A header that can't be sent is refused when a cassette is read, so that none is lost here.
            if let Ok(value) = value.try_into() {
                response.headers_mut().append(name, value);
            }
        }
        response
    }

    pub(crate) fn texts(&mut self, change: &mut dyn FnMut(&mut String)) {
        self.headers.iter_mut().for_each(|(_, value)| change(value));
        self.body.texts(change);
    }

    /// Takes out secrets; `path` is that of the request.
    fn scrub(&mut self, scrub: &Scrub, path: &str) {
        scrub::hide_in_body(&mut self.body, path, self.status.is_client_error());
        if path == "/api/status/" {
            scrub::hide_hostname(&mut self.body);
        }
        self.texts(&mut |text| scrub.text(text));
    }

    fn unscrubbed(response: &Response) -> Self {
        let headers = KEPT.iter().flat_map(|name| {
            let values = response.headers().get_all(name).iter();
            values.map(|value| (name.clone(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        });
        Self {
            status: response.status(),
            headers: headers.collect(),
            body: Body::new(response.body(), response.headers().get(header::CONTENT_TYPE)),
        }
    }
}

impl fmt::Display for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} -> {}", self.ask, self.answer.status.as_u16())
    }
}

impl fmt::Display for Ask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, shortened(self.target(), 400))
    }
}

/// Decoded, for people: an ampersand within a value can't be distinguished.
pub(crate) fn query_text<'q>(query: impl IntoIterator<Item = &'q (String, String)>) -> String {
    let pairs: Vec<String> = query.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    pairs.join("&")
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;

    #[test]
    fn an_answer_comes_back_under_the_address_that_asks() {
        let request = http::Request::get("http://localhost:1/nb/api/x/").body(Bytes::new()).unwrap();
        let response = http::Response::builder()
            .status(201)
            .header("location", "http://localhost:1/nb/api/x/7/")
            .header("set-cookie", "a=b")
            .header("server", "gunicorn")
            .header("content-type", "application/json")
            .body(Bytes::from_static(br#"{"height":20.0,"url":"http://localhost:1/nb/api/x/7/"}"#))
            .unwrap();
        let exchange = Exchange::new(&request, &response);
        assert_eq!(exchange.to_string(), "GET /api/x/ -> 201");

        let elsewhere = http::Request::get("https://other/api/x/").body(Bytes::new()).unwrap();
        let answer = exchange.answer.response(&Origin::of(&elsewhere));
        assert_eq!(answer.status(), 201);
        assert_eq!(answer.headers().len(), 2);
        assert_eq!(answer.headers()["location"], "https://other/api/x/7/");
        assert_eq!(answer.body(), &br#"{"height":20.0,"url":"https://other/api/x/7/"}"#[..]);
    }
}
