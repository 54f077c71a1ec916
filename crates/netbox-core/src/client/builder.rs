use std::{error::Error as StdError, fmt};

use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::{
    api::{Api, BRANCH},
    handle::Client,
    settings::Settings,
};
use crate::{
    question::{DEFAULT_PAGE_SIZE, NO_CONCURRENCY, NO_PAGE_SIZE},
    wire::{BaseUrl, Error, RetryPolicy, Token, Transport, presentable},
};

/// The reason why a limit of no request is refused.
const NONE_IN_FLIGHT: &str =
    "no request may be under way, and nothing would ever be sent: allow at least 1, or set no limit";

/// Gathers the settings of a [`Client`]; made by [`Client::builder`] and [`Client::builder_from_env`].
///
/// [`build`](ClientBuilder::build) reports any mistake. It takes the transport, unless the builder has one already by
/// [`transport`](ClientBuilder::transport), as those that the crate netbox-client starts from: `T` is its type, or `()`.
///
/// ```
/// # use netbox_core::{Client, Error, transport::{RetryPolicy, Transport}};
/// # fn build<T: Transport + 'static>(transport: T) -> Result<Client<T::Mode>, Error> {
/// Client::builder("netbox.example.com/tools/netbox")
///     .token("nbt_0123456789ab.0123456789012345678901234567890123456789")
///     .header("X-Forwarded-User", "automation")
///     .page_size(500)
///     .retry(RetryPolicy::none())
///     .build(transport)
/// # }
/// ```
#[must_use = "a builder makes nothing before `build` or `login`"]
pub struct ClientBuilder<T = ()> {
    url: Result<String, Error>,
    token: Option<Result<Token, Error>>,
    settings: Settings,
    refused: Option<Error>,
    transport: Result<T, Error>,
}

impl Client<()> {
    /// Starts to build a client for the NetBox at `url`. The URL may have a port and a path; without a scheme, it means
    /// `https`.
    pub fn builder(url: impl Into<String>) -> ClientBuilder {
        ClientBuilder::new(Ok(url.into()))
    }
}

impl ClientBuilder {
    pub(super) fn new(url: Result<String, Error>) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
        let agent = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
        headers.insert(header::USER_AGENT, HeaderValue::from_static(agent));
        let (retry, page_size) = (RetryPolicy::default(), DEFAULT_PAGE_SIZE);
        let settings = Settings {
            headers,
            retry,
            page_size,
            check_writes: true,
            allow_unsupported: false,
            timeout: None,
            batching: true,
            concurrency: 1,
            max_in_flight: None,
        };
        Self { url, token: None, settings, refused: None, transport: Ok(()) }
    }

    /// Builds the client, which sends with `transport` and has the transport's mode. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) if the URL, the token, a header, the page size or a number of
    /// requests can't be used.
    pub fn build<T: Transport + 'static>(self, transport: T) -> Result<Client<T::Mode>, Error> {
        self.having(Ok(transport)).build()
    }
}

impl<T: Transport + 'static> ClientBuilder<T> {
    /// Builds the client, which sends with the transport of the builder. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) if the transport could not be made, or if the URL, the token, a
    /// header, the page size or a number of requests can't be used.
    pub fn build(mut self) -> Result<Client<T::Mode>, Error> {
        let token = self.token.take();
        let (transport, base, settings) = self.settle()?;
        let settings = token.transpose()?.into_iter().fold(settings, Settings::authorized);
        Ok(Client::of(Api::new(transport, base, settings)))
    }
}

impl<T> ClientBuilder<T> {
    /// The same builder with this transport, or with the error of making it, which [`build`](ClientBuilder::build)
    /// returns.
    ///
    /// ```
    /// # use netbox_core::{Async, Client, ClientBuilder, transport::Transport};
    /// # fn ours<T: Transport<Mode = Async>>(make: impl Fn() -> Result<T, std::io::Error>) -> ClientBuilder<T> {
    /// Client::builder("https://netbox.example.com").transport(make())
    /// # }
    /// ```
    pub fn transport<U, E>(self, transport: Result<U, E>) -> ClientBuilder<U>
    where
        U: Transport,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        self.having(transport.map_err(|error| {
            let error = error.into();
            Error::config(format!("the transport can't be built: {error}")).caused_by(error)
        }))
    }

    pub(super) fn having<U>(self, transport: Result<U, Error>) -> ClientBuilder<U> {
        let Self { url, token, settings, refused, transport: _ } = self;
        ClientBuilder { url, token, settings, refused, transport }
    }

    /// The same with the outcome of reading a token.
    pub(super) fn with_token(mut self, token: Result<Token, Error>) -> Self {
        self.token = Some(token);
        self
    }

    /// Sets the API token, of either version. Without a token, NetBox shows only its public objects.
    ///
    /// No message, no `Debug` and no log shows the token. The memory that held it is not wiped: the transport, TLS and
    /// the system copy each request into buffers of their own, which this library can't wipe.
    pub fn token(self, token: impl AsRef<str>) -> Self {
        self.with_token(Token::parse(token.as_ref()))
    }

    /// Adds a header to every request; a header that is added twice is sent twice.
    ///
    /// The library reserves `Accept`, `Accept-Encoding`, `Authorization`, `Cookie`, `Host`, `Range`, and headers that describe
    /// the body or make a request conditional. The headers of the connection, such as `Connection` and `Upgrade`, and the
    /// credentials for a proxy belong to the transport.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match extra_header(name, value) {
            Ok((name, value)) => {
                self.settings.headers.append(name, value);
            }
            Err(error) => {
                self.refused.get_or_insert(error);
            }
        }
        self
    }

    /// Sets the branch to work on, with NetBox's branching plugin, by its schema id.
    ///
    /// ```
    /// # use netbox_core::{Client, Error, transport::Transport};
    /// # fn build<T: Transport + 'static>(transport: T) -> Result<Client<T::Mode>, Error> {
    /// Client::builder("https://netbox.example.com").token("nbt_…").branch("td5smq0f").build(transport)
    /// # }
    /// ```
    pub fn branch(mut self, schema_id: &str) -> Self {
        self.settings.headers.remove(BRANCH);
        self.header("X-NetBox-Branch", schema_id)
    }

    /// Sets the `User-Agent` header, in place of `netbox-core` and its version.
    ///
    /// ```
    /// # use netbox_core::{Client, Error, transport::Transport};
    /// # fn build<T: Transport + 'static>(transport: T) -> Result<Client<T::Mode>, Error> {
    /// Client::builder("https://netbox.example.com").user_agent("acme-inventory/1.2").build(transport)
    /// # }
    /// ```
    pub fn user_agent(mut self, agent: &str) -> Self {
        self.settings.headers.remove(header::USER_AGENT);
        self.header("User-Agent", agent)
    }

    /// Sets how many objects a page of a list has, at least 1; servers have a limit of their own, by default 1,000.
    ///
    /// The default is 1,000, which servers allow unless configured otherwise. On a NetBox 4.7.3, 3,000 interfaces took
    /// as long in pages of 1,000 as of 500, twice as long in pages of 250, and eight times as long in pages of 50.
    pub fn page_size(mut self, objects: u32) -> Self {
        self.settings.page_size = objects;
        self
    }

    /// Sets how many pages of a query are requested, read or waiting for the caller at the same time, at least 1; see
    /// [`Query::concurrency`](crate::Query::concurrency). Writes have their own
    /// [`Bulk::concurrency`](crate::bulk::Bulk::concurrency).
    ///
    /// The default is 1, for async clients, too: a program sends the same requests each time, reads no page that the
    /// caller does not ask for, and leaves the server's other workers to other users. This costs time where a server is
    /// slow and has workers to spare: 100 pages from a server that took 300 ms for each came in 30.6 s, with 4 at a
    /// time in 8.2 s, and with 8 in 4.6 s.
    pub fn concurrency(mut self, pages: usize) -> Self {
        self.settings.concurrency = pages;
        self
    }

    /// Limits how many requests of this client and its clones are under way at the same time, at least 1. By default,
    /// there is no limit.
    ///
    /// Requests that have to wait are sent in the order in which they came, whatever their purpose.
    ///
    /// ```
    /// # use netbox_core::{Client, Error, transport::Transport};
    /// # fn build<T: Transport + 'static>(transport: T) -> Result<Client<T::Mode>, Error> {
    /// let builder = Client::builder("https://netbox.example.com").token("nbt_…");
    /// // Each query has up to 8 pages under way, and all of them together at most 16 requests.
    /// builder.concurrency(8).max_in_flight(16).build(transport)
    /// # }
    /// ```
    pub fn max_in_flight(mut self, requests: usize) -> Self {
        self.settings.max_in_flight = Some(requests);
        self
    }

    /// Sets when a request is sent again; see [`RetryPolicy`] for the default.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry = policy;
        self
    }

    /// Whether the client checks writes, so that a name that the endpoint would ignore, or a missing required field, is
    /// an error before anything is sent. The default is `true`. Without the check, NetBox drops a mistyped name and
    /// reports success.
    ///
    /// The client knows the fields of NetBox's own endpoints once an answer has shown the server's version. Where that
    /// does not suffice, as for plugins' endpoints, for newer versions and for whatever looks wrong, the client asks
    /// the endpoint for its options, once, and again before it refuses anything because of them.
    pub fn check_writes(mut self, check: bool) -> Self {
        self.settings.check_writes = check;
        self
    }

    /// Whether to work with a NetBox that is older than 4.3, which this library does not know: its answers may not fit,
    /// and it may silently ignore filters and fields. By default, a read whose answer shows such a version returns an error of
    /// the kind [`ErrorKind::Version`](crate::ErrorKind::Version), and so does every later call; a write that is the first
    /// request of the client is carried out.
    ///
    /// A NetBox that is newer than 4.7 needs no permission: the client asks the server what is new there.
    ///
    /// ```
    /// # use netbox_core::{Client, Error, transport::Transport};
    /// # fn build<T: Transport + 'static>(transport: T) -> Result<Client<T::Mode>, Error> {
    /// Client::builder("https://old.example.com").token("0123…").allow_unsupported(true).build(transport)
    /// # }
    /// ```
    pub fn allow_unsupported(mut self, allow: bool) -> Self {
        self.settings.allow_unsupported = allow;
        self
    }

    /// The transport, the base URL and the settings, if nothing is wrong with them.
    pub(super) fn settle(self) -> Result<(T, BaseUrl, Settings), Error> {
        let base = BaseUrl::parse(&self.url?)?;
        if let Some(error) = self.refused {
            return Err(error);
        }
        if self.settings.page_size == 0 {
            return Err(Error::config(NO_PAGE_SIZE));
        }
        if self.settings.concurrency == 0 {
            return Err(Error::config(NO_CONCURRENCY));
        }
        if self.settings.max_in_flight == Some(0) {
            return Err(Error::config(NONE_IN_FLIGHT));
        }
        Ok((self.transport?, base, self.settings))
    }
}

/// Without the values of headers, and what could be a password in the URL.
impl<T> fmt::Debug for ClientBuilder<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("url", &self.url.as_deref().map(presentable))
            .field("headers", &self.settings.headers.keys())
            .finish_non_exhaustive()
    }
}

/// The headers that are about one connection and go no further than its end (RFC 9110, section 7.6.1).
const OF_CONNECTIONS: [&str; 9] = [
    "connection",
    "expect",
    "http2-settings",
    "keep-alive",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

fn extra_header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), Error> {
    let parsed = HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| Error::config(format!("“{name}” is no header name")))?;
    let instead = match parsed {
        header::AUTHORIZATION => "give the token with `token`",
        header::COOKIE => "NetBox would take the session for the token",
        header::HOST => "it follows from the URL",
        header::PROXY_AUTHORIZATION | header::PROXY_AUTHENTICATE => {
            "give the transport a proxy's user and password, in the proxy's URL"
        }
        _ if OF_CONNECTIONS.contains(&parsed.as_str()) => {
            "it is about one connection, and the transport makes those"
        }
        header::ACCEPT
        | header::ACCEPT_ENCODING
        | header::CONTENT_ENCODING
        | header::CONTENT_LENGTH
        | header::CONTENT_TYPE
        | header::IF_MATCH
        | header::IF_MODIFIED_SINCE
        | header::IF_NONE_MATCH
        | header::IF_RANGE
        | header::IF_UNMODIFIED_SINCE
        | header::RANGE => "the library sets it itself",
        _ => {
            let mut value = HeaderValue::from_str(value)
                .map_err(|_| Error::config(format!("the value of the header {name} cannot be sent")))?;
            // It may be the key to a proxy.
            value.set_sensitive(parsed != header::USER_AGENT);
            return Ok((parsed, value));
        }
    };
    Err(Error::config(format!("the header {name} can't be given: {instead}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_that_are_not_the_callers_are_refused() {
        for name in [
            "Connection",
            "TE",
            "Upgrade",
            "Keep-Alive",
            "Proxy-Authorization",
            "Proxy-Connection",
            "Expect",
            "Trailer",
            "Transfer-Encoding",
            "Content-Length",
            "Authorization",
            "Cookie",
            "Host",
            "If-Match",
            "Range",
        ] {
            let told = extra_header(name, "hunter2").unwrap_err().to_string();
            assert!(told.starts_with(&format!("the header {name} can't be given: ")), "{told}");
            assert!(!told.contains("hunter2"), "{told}");
        }
        for name in ["X-Forwarded-User", "X-NetBox-Branch", "Accept-Language", "User-Agent", "traceparent"] {
            extra_header(name, "x").unwrap();
        }
    }
}
