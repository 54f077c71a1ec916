use std::time::Duration;

use netbox_core::transport::{Request, Timeout};

/// How long a pooled connection may be idle before it isn't used again.
///
/// gunicorn, which serves NetBox, closes a connection that was idle for two seconds. A request sent at that moment
/// would be lost.
pub const IDLE_TIMEOUT: Duration = Duration::from_millis(1500);

/// How many idle connections to one server are kept.
pub const IDLE_CONNECTIONS: usize = 64;

/// The limits beyond which a transport gives up on an exchange.
///
/// More limits may be added: start from the defaults, and change those that you need.
///
/// ```
/// use netbox_transport_options::Limits;
///
/// let mut limits = Limits::default();
/// limits.max_response_size = 1 << 20;
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The time to connect, including the proxy and the TLS handshake: 10 seconds by default. The look-up of the name
    /// counts, too; in a transport on ureq it counts by itself, and may take as long again. Exceeding this limit is an
    /// error of the kind `Connect`.
    pub connect_timeout: Duration,
    /// The time of the whole exchange, including connecting and the body, unless the request has a
    /// [`Timeout`] of its own: 60 seconds by default. Exceeding this limit is an error of the kind `Timeout`, or `Connect` if there was no connection yet.
    pub timeout: Duration,
    /// How many bytes the body of a response may have, once decompressed: 256 MiB by default. Exceeding this limit is
    /// an error of the kind `TooLarge`.
    pub max_response_size: usize,
}

impl Limits {
    /// How long the exchange of `request` may take.
    ///
    /// ```
    /// use netbox_core::transport::Request;
    /// use netbox_transport_options::Limits;
    ///
    /// assert_eq!(Limits::default().timeout_of(&Request::default()).as_secs(), 60);
    /// ```
    pub fn timeout_of(&self, request: &Request) -> Duration {
        request.extensions().get::<Timeout>().map_or(self.timeout, |timeout| timeout.0)
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            timeout: Duration::from_secs(60),
            max_response_size: 256 << 20,
        }
    }
}
