//! From a call of the library to a request, and from a response to its result.

use http::{HeaderMap, HeaderValue, Method, header};
use serde::de::DeserializeOwned;

use crate::{
    base::{ApiPath, BaseUrl},
    error::{Asked, Error},
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
    path: ApiPath,
    params: Params,
    body: Option<Vec<u8>>,
}

/// A successful response, with what was asked.
pub(crate) struct Answer {
    asked: Asked,
    response: Response,
}

impl Call {
    pub(crate) fn new(method: Method, path: ApiPath, params: Params) -> Self {
        Self { method, path, params, body: None }
    }

    pub(crate) fn with_body(mut self, json: Vec<u8>) -> Self {
        self.body = Some(json);
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
        let asked = Asked { method: self.method.clone(), url: base.api(&self.path, &self.params) };
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
            Err(Error::answered(asked, &response))
        }
    }

    fn into_request(self, url: &str, headers: &HeaderMap) -> Result<Request, Error> {
        let mut request = http::Request::builder()
            .method(self.method)
            .uri(url)
            .body(Vec::new())
            .map_err(|error| Error::query(format!("{url} is no URL that can be sent: {error}")))?;
        *request.headers_mut() = headers.clone();
        if let Some(body) = self.body {
            *request.body_mut() = body;
            let json = HeaderValue::from_static("application/json");
            request.headers_mut().insert(header::CONTENT_TYPE, json);
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

    pub(crate) fn asked(&self) -> &Asked {
        &self.asked
    }

    /// Whether the body is a JSON list.
    pub(crate) fn is_list(&self) -> bool {
        self.response.body().iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[')
    }
}
