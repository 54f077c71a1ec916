use std::time::Duration;

use http::{Uri, uri::Scheme};
use netbox_transport_options::{BuildError, IDLE_CONNECTIONS, IDLE_TIMEOUT, Options, Proxy, Route};
use ureq::{
    Agent, ProxyProtocol,
    config::{AutoHeaderValue, Config},
};

use crate::{link::Links, lookup::Lookup};

/// ureq's clock panics at a time that it can't represent.
pub(crate) const FOREVER: Duration = Duration::from_secs(100 * 365 * 24 * 3600);

/// An agent for each way to a server, since an agent of ureq knows one proxy at most.
#[derive(Clone)]
pub(crate) struct Agents {
    direct: Agent,
    /// For servers without TLS, when a proxy leads to them.
    http: Option<Agent>,
    /// For servers with TLS, when a proxy leads to them.
    https: Option<Agent>,
}

impl Agents {
    pub(crate) fn new(options: &Options) -> Result<Self, BuildError> {
        let agent = |route| agent(route, options);
        let by_proxy = |route| match route {
            Route::Direct => Ok(None),
            route => agent(route).map(Some),
        };
        Ok(Self {
            direct: agent(Route::Direct)?,
            http: by_proxy(options.proxies.to_http())?,
            https: by_proxy(options.proxies.to_https())?,
        })
    }

    /// The one that goes along `route` to `uri`.
    pub(crate) fn along(&self, route: Route<'_>, uri: &Uri) -> &Agent {
        let by_proxy = match route {
            Route::Direct => None,
            _ if uri.scheme() == Some(&Scheme::HTTPS) => self.https.as_ref(),
            _ => self.http.as_ref(),
        };
        by_proxy.unwrap_or(&self.direct)
    }
}

fn agent(route: Route<'_>, options: &Options) -> Result<Agent, BuildError> {
    let limits = &options.limits;
    let tunnel = match route {
        Route::Tunnel(proxy) => Some(tunnel(proxy)?),
        Route::Direct | Route::Forward(_) => None,
    };
    let has_tunnel = tunnel.is_some();
    let config = Config::builder()
        .proxy(tunnel)
        // For `CONNECT`.
        .user_agent(AutoHeaderValue::None)
        .timeout_resolve(Some(limits.connect_timeout.min(FOREVER)))
        .timeout_connect(Some(limits.connect_timeout.min(FOREVER)))
        .max_idle_connections(IDLE_CONNECTIONS)
        .max_idle_connections_per_host(IDLE_CONNECTIONS)
        .max_idle_age(IDLE_TIMEOUT)
        .build();
    let links = Links::new(options.tls.clone(), has_tunnel);
    let lookup = match route {
        Route::Forward(proxy) => Lookup::of(proxy.uri().clone()),
        Route::Direct | Route::Tunnel(_) => Lookup::default(),
    };
    Ok(Agent::with_parts(config, links, lookup))
}

fn tunnel(proxy: &Proxy) -> Result<ureq::Proxy, BuildError> {
    let protocol = if proxy.is_encrypted() { ProxyProtocol::Https } else { ProxyProtocol::Http };
    let mut tunnel = ureq::Proxy::builder(protocol).host(proxy.uri().host().unwrap_or_default());
    if let Some(port) = proxy.uri().port_u16() {
        tunnel = tunnel.port(port);
    }
    if let Some((name, password)) = proxy.user() {
        tunnel = tunnel.username(name).password(password);
    }
    tunnel.build().map_err(|error| BuildError::because("the proxy can't be used", error))
}
