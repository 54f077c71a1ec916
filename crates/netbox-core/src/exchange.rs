//! From a call of the library to a request, and from a response to its result.

use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{
    base::{ApiPath, BaseUrl},
    error::{Asked, Error, is_netbox},
    mode::Mode,
    params::Params,
    retry::{Retry, RetryPolicy},
    transport::{Request, Response, Transport},
    version::{LearntVersion, Version},
};

/// What the library wants to ask, without what is the same for all requests of a client.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    method: Method,
    place: Place,
    params: Params,
    body: Option<Content>,
    if_match: Option<HeaderValue>,
}

#[derive(Debug, Clone)]
enum Place {
    Api(ApiPath),
    Graphql,
}

#[derive(Debug, Clone)]
struct Content {
    kind: HeaderValue,
    bytes: Vec<u8>,
}

/// A successful response, with what was asked.
pub(crate) struct Answer {
    asked: Asked,
    response: Response,
}

impl Call {
    pub(crate) fn new(method: Method, path: ApiPath, params: Params) -> Self {
        Self { method, place: Place::Api(path), params, body: None, if_match: None }
    }

    pub(crate) fn graphql() -> Self {
        let (method, params) = (Method::POST, Params::default());
        Self { method, place: Place::Graphql, params, body: None, if_match: None }
    }

    pub(crate) fn with_body(self, json: Vec<u8>) -> Self {
        self.with_content(HeaderValue::from_static("application/json"), json)
    }

    /// With a body of the content type `kind`.
    pub(crate) fn with_content(mut self, kind: HeaderValue, bytes: Vec<u8>) -> Self {
        self.body = Some(Content { kind, bytes });
        self
    }

    /// With JSON that can't fail to be written.
    pub(crate) fn with_json(self, body: &Value) -> Self {
        self.with_body(body.to_string().into_bytes())
    }

    /// Only if the object still has this version.
    pub(crate) fn only_if(mut self, etag: Option<HeaderValue>) -> Self {
        self.if_match = etag;
        self
    }

    /// The only place where requests leave: whatever was asked, it goes to the configured base.
    pub(crate) async fn send<T: Transport>(
        self,
        transport: &T,
        base: &BaseUrl,
        headers: &HeaderMap,
        retry: &RetryPolicy,
        version: &LearntVersion,
    ) -> Result<Answer, Error> {
        let url = match &self.place {
            Place::Api(path) => base.api(path, &self.params),
            Place::Graphql => base.graphql(),
        };
        let asked = Asked { method: self.method.clone(), url };
        let if_match = self.if_match.clone();
        let request = self.into_request(&asked.url, headers)?;
        let response = match T::Mode::lift(Retry::new(transport, retry.clone()).send(request)).await {
            Ok(response) => response,
            Err(error) => return Err(Error::transport(asked, error)),
        };
        #[cfg(feature = "tracing")]
        tracing::debug!(method = %asked.method, url = asked.url, status = response.status().as_u16(), "exchanged");
        if let Some(told) =
            response.headers().get("api-version").and_then(|told| Version::parse(told.to_str().ok()?))
        {
            version.learn(told);
        }
        if response.status().is_success() {
            Ok(Answer { asked, response })
        } else {
            let error = Error::answered(asked, &response);
            Err(match if_match.filter(|_| response.status() == StatusCode::PRECONDITION_FAILED) {
                Some(ours) => {
                    let theirs = response.headers().get(header::ETAG);
                    error.etags(ours.to_str().ok(), theirs.and_then(|etag| etag.to_str().ok()))
                }
                None => error,
            })
        }
    }

    fn into_request(self, url: &str, headers: &HeaderMap) -> Result<Request, Error> {
        let mut request = http::Request::builder()
            .method(self.method)
            .uri(url)
            .body(Vec::new())
            .map_err(|error| Error::query(format!("{url} is no URL that can be sent: {error}")))?;
        *request.headers_mut() = headers.clone();
        if let Some(Content { kind, bytes }) = self.body {
            *request.body_mut() = bytes;
            request.headers_mut().insert(header::CONTENT_TYPE, kind);
        }
        if let Some(etag) = self.if_match {
            request.headers_mut().insert(header::IF_MATCH, etag);
        }
        Ok(request)
    }
}

impl Answer {
    /// The body; an empty one is read as `null`.
    pub(crate) fn json<R: DeserializeOwned>(&self) -> Result<R, Error> {
        let body: &[u8] = if self.response.body().is_empty() { b"null" } else { self.response.body() };
        serde_json::from_slice(body).map_err(|_| Error::decode::<R>(self.asked.clone(), &self.response))
    }

    pub(crate) fn etag(&self) -> Option<HeaderValue> {
        self.response.headers().get(header::ETAG).cloned()
    }

    /// The body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(self.response.body()).into_owned()
    }

    /// Whether it is certain that NetBox gave it, and not what stands before it.
    pub(crate) fn is_netbox(&self) -> bool {
        is_netbox(self.response.headers())
    }

    pub(crate) fn status(&self) -> StatusCode {
        self.response.status()
    }

    pub(crate) fn asked(&self) -> &Asked {
        &self.asked
    }

    /// Whether the body is a JSON list.
    pub(crate) fn is_list(&self) -> bool {
        self.response.body().iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[')
    }
}
