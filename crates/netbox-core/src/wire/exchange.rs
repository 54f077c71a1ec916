//! From a call of the library to a request, and from a response to its result.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use serde::de::DeserializeOwned;
use serde_json::Value;

#[cfg(feature = "tracing")]
use super::trace;
use super::{
    base::{ApiPath, BaseUrl},
    error::{Asked, Error},
    evidence,
    home::Home,
    params::Params,
    retry::RetryPolicy,
    traffic::Road,
    transport::{Request, Response, Sink, Source, Timeout, Transport},
    version::LearntVersion,
};

/// One request of the library, without what all requests of a client have in common.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    method: Method,
    place: Place,
    params: Params,
    /// Whether it asks NetBox to write anything.
    writes: bool,
    body: Option<Content>,
    if_match: Option<HeaderValue>,
    /// Where the body of the answer goes, as far as the transport can.
    sink: Option<Sink>,
}

#[derive(Debug, Clone)]
enum Place {
    Api(ApiPath),
    Graphql,
    /// A file, by its path or its URL.
    File(String),
}

#[derive(Debug, Clone)]
struct Content {
    kind: HeaderValue,
    bytes: Bytes,
    /// The client sends this in place of the bytes.
    source: Option<Source>,
}

/// The common part of all requests of a client.
pub(crate) struct Wire<'w> {
    pub(crate) road: &'w Road,
    pub(crate) base: &'w BaseUrl,
    pub(crate) headers: &'w HeaderMap,
    pub(crate) retry: &'w RetryPolicy,
    pub(crate) timeout: Option<Timeout>,
    /// Learns the server's version from each answer.
    pub(crate) version: &'w LearntVersion,
}

/// A successful response, which NetBox itself gave, with what was asked.
pub(crate) struct Answer {
    asked: Asked,
    response: Response,
    home: Option<Home>,
}

impl Call {
    pub(crate) fn new(method: Method, path: ApiPath, params: Params) -> Self {
        Self::at(Place::Api(path), method, params)
    }

    /// A read of `path`.
    pub(crate) fn get(path: ApiPath, params: Params) -> Self {
        Self::new(Method::GET, path, params)
    }

    pub(crate) fn graphql() -> Self {
        Self::at(Place::Graphql, Method::POST, Params::default()).only_reading()
    }

    /// A read of the file at `path`, or at the path of a URL.
    pub(crate) fn file(path: impl Into<String>) -> Self {
        Self::at(Place::File(path.into()), Method::GET, Params::default())
    }

    fn at(place: Place, method: Method, params: Params) -> Self {
        Self { writes: !method.is_safe(), method, place, params, body: None, if_match: None, sink: None }
    }

    /// The same, of which NetBox writes nothing, whatever its method is.
    pub(crate) fn only_reading(self) -> Self {
        Self { writes: false, ..self }
    }

    /// Whether NetBox may write something.
    pub(crate) fn writes(&self) -> bool {
        self.writes
    }

    pub(crate) fn with_body(self, json: impl Into<Bytes>) -> Self {
        self.with_content(HeaderValue::from_static("application/json"), json)
    }

    /// The path below `/api/`, if the call goes there.
    pub(crate) fn path(&self) -> Option<&ApiPath> {
        match &self.place {
            Place::Api(path) => Some(path),
            _ => None,
        }
    }

    /// The query.
    pub(crate) fn params(&self) -> &Params {
        &self.params
    }

    /// The JSON that the call writes, if it writes any.
    pub(crate) fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body.as_ref()?.bytes).ok()
    }

    /// Adds a body of the content type `kind`.
    pub(crate) fn with_content(mut self, kind: HeaderValue, bytes: impl Into<Bytes>) -> Self {
        self.body = Some(Content { kind, bytes: bytes.into(), source: None });
        self
    }

    /// Adds a body of the content type `kind`, which is read while it is sent if that saves memory and the transport can.
    pub(crate) fn with_source(mut self, kind: HeaderValue, source: Source) -> Self {
        if let Some(bytes) = source.bytes() {
            return self.with_content(kind, bytes.clone());
        }
        self.body = Some(Content { kind, bytes: Bytes::new(), source: Some(source) });
        self
    }

    /// Adds a body that can't fail to be written as JSON.
    pub(crate) fn with_json(self, body: &Value) -> Self {
        self.with_body(body.to_string())
    }

    /// Makes the request conditional: NetBox refuses it unless the object still has this version.
    pub(crate) fn only_if(mut self, etag: Option<HeaderValue>) -> Self {
        self.if_match = etag;
        self
    }

    /// Puts the file that is asked for into `sink`, if the transport can; see [`Answer::into_sink`].
    pub(crate) fn with_sink(mut self, sink: &Sink) -> Self {
        self.sink = Some(sink.clone().only_if(evidence::has_file));
        self
    }

    /// Sends the request to the configured base. No request leaves the library anywhere else.
    pub(crate) async fn send(&self, wire: Wire<'_>) -> Result<Answer, Error> {
        let url = match &self.place {
            Place::Api(path) => wire.base.api(path, &self.params),
            Place::Graphql => wire.base.graphql(),
            Place::File(path) => wire.base.file(path)?,
        };
        let asked = Asked { method: self.method.clone(), url, writes: self.writes };
        let request = self.request(&asked.url, &wire)?;
        #[cfg(feature = "tracing")]
        let span = trace::span(&request);
        let exchange = wire.retry.exchange(wire.road, request);
        #[cfg(feature = "tracing")]
        let exchange = trace::within(span, exchange);
        match exchange.await {
            Ok(response) => self.judged(asked, response, wire.version),
            Err(error) => Err(Error::transport(asked, error)),
        }
    }

    /// The answer, if the response is NetBox's and a success.
    fn judged(&self, asked: Asked, response: Response, version: &LearntVersion) -> Result<Answer, Error> {
        let is_netbox = self.is_netbox(&response, version.came_by_header());
        if let Some(shown) = evidence::version_of(response.headers()) {
            version.learn_by_header(shown);
        }
        if response.status().is_success() {
            return if !is_netbox {
                Err(Error::foreign(asked, &response))
            } else if self.source().is_some_and(|source| !source.was_read()) {
                let text = format!("NetBox answered {} before it had the whole upload", response.status());
                Err(Error::unfulfilled(Some(asked), text))
            } else {
                Ok(Answer { asked, response, home: None })
            };
        }
        let error = Error::answered(asked, &response, is_netbox);
        Err(match &self.if_match {
            Some(ours) if is_netbox && response.status() == StatusCode::PRECONDITION_FAILED => {
                let theirs = response.headers().get(header::ETAG);
                error.etags(ours.to_str().ok(), theirs.and_then(|etag| etag.to_str().ok()))
            }
            _ => error,
        })
    }

    fn is_netbox(&self, response: &Response, headers_pass: bool) -> bool {
        match &self.place {
            Place::Api(path) => {
                let last = path.as_str().rsplit('/').next();
                let id = last.filter(|_| self.method == Method::GET).and_then(|last| last.parse().ok());
                evidence::is_of_api(response, headers_pass, id)
            }
            Place::Graphql => evidence::is_of_graphql(response),
            Place::File(_) => evidence::is_of_file(response, headers_pass),
        }
    }

    fn source(&self) -> Option<&Source> {
        self.body.as_ref()?.source.as_ref()
    }

    fn request(&self, url: &str, wire: &Wire<'_>) -> Result<Request, Error> {
        let mut request = http::Request::builder()
            .method(self.method.clone())
            .uri(url)
            .body(Bytes::new())
            .map_err(|error| Error::query(format!("{url} is no URL that can be sent: {error}")))?;
        *request.headers_mut() = wire.headers.clone();
        if let Place::File(_) = self.place {
            request.headers_mut().insert(header::ACCEPT, HeaderValue::from_static("*/*"));
        }
        if let Some(Content { kind, bytes, source: _ }) = &self.body {
            *request.body_mut() = bytes.clone();
            request.headers_mut().insert(header::CONTENT_TYPE, kind.clone());
        }
        if let Some(etag) = &self.if_match {
            request.headers_mut().insert(header::IF_MATCH, etag.clone());
        }
        if let Some(timeout) = wire.timeout {
            request.extensions_mut().insert(timeout);
        }
        if let Some(sink) = self.sink.clone().filter(|_| wire.road.takes_sinks()) {
            // A sink takes no compressed body.
            request.headers_mut().insert(header::ACCEPT_ENCODING, HeaderValue::from_static("identity"));
            request.extensions_mut().insert(sink);
        }
        match self.source() {
            Some(source) if wire.road.takes_sources() => {
                request.extensions_mut().insert(source.clone());
            }
            Some(source) => {
                let whole = source.read_all();
                *request.body_mut() =
                    whole.map_err(|error| Error::unwritable(error.into_source().to_string()))?;
            }
            None => {}
        }
        Ok(request)
    }
}

impl Answer {
    /// The answer, whose objects are from `home`.
    pub(crate) fn at(self, home: Home) -> Self {
        Self { home: Some(home), ..self }
    }

    /// Reads the body as JSON, and an empty one as `null`.
    pub(crate) fn json<R: DeserializeOwned>(&self) -> Result<R, Error> {
        self.read(|body| serde_json::from_slice(body))
    }

    /// Reads the body, or `null` in place of an empty one, with `decode`.
    pub(crate) fn read<R>(
        &self,
        decode: impl FnOnce(&[u8]) -> Result<R, serde_json::Error>,
    ) -> Result<R, Error> {
        let decode = || decode(self.content());
        let decoded = match &self.home {
            Some(home) => home.reading(decode),
            None => decode(),
        };
        decoded.map_err(|cause| self.unfit(cause))
    }

    fn content(&self) -> &[u8] {
        if self.response.body().is_empty() { b"null" } else { self.response.body() }
    }

    fn unfit(&self, cause: serde_json::Error) -> Error {
        Error::decode(self.asked.clone(), &self.response, cause)
    }

    /// The body as it is, and its type.
    pub(crate) fn file(self) -> (Bytes, Option<String>) {
        let kind = self.response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let kind = kind.map(str::to_owned);
        (self.response.into_body(), kind)
    }

    /// Puts the body into `sink`, unless the transport has done so and the body is empty here. Returns the length.
    pub(crate) fn into_sink(self, sink: &Sink) -> Result<u64, Error> {
        let put = sink.put(self.response.body()).and_then(|()| sink.finish());
        put.map_err(|error| Error::transport(self.asked, error))
    }

    /// Makes sure that the object in the body, whose id is `key`, is the one with the id `asked`, or any if none was.
    pub(crate) fn is_of(&self, key: Option<u64>, asked: Option<u64>) -> Result<(), Error> {
        let text = match (key, asked) {
            (Some(key), Some(asked)) if key != asked => format!("with the object {key} in place of {asked}"),
            (Some(_), _) => return Ok(()),
            (None, _) => "with an object that has no id".to_owned(),
        };
        Err(Error::unfulfilled(Some(self.asked.clone()), format!("NetBox answered {text}")))
    }

    /// Makes sure that NetBox reports that it did what the request said.
    pub(crate) fn done(&self) -> Result<(), Error> {
        if self.says_done() {
            return Ok(());
        }
        let text = format!("NetBox did not say that it did this: it answered {}", self.status());
        Err(Error::unfulfilled(Some(self.asked.clone()), text))
    }

    pub(crate) fn etag(&self) -> Option<HeaderValue> {
        self.response.headers().get(header::ETAG).cloned()
    }

    /// The body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(self.response.body()).into_owned()
    }

    /// Whether the status says that NetBox has carried out the write.
    pub(crate) fn says_done(&self) -> bool {
        evidence::says_done(&self.asked.method, self.status())
    }

    pub(crate) fn method(&self) -> &Method {
        &self.asked.method
    }

    pub(crate) fn status(&self) -> StatusCode {
        self.response.status()
    }

    pub(crate) fn asked(&self) -> &Asked {
        &self.asked
    }
}
