use std::{env, fmt};

use base64::{Engine, prelude::BASE64_STANDARD};
use http::{HeaderMap, HeaderValue, Uri, header, uri::Scheme};
use netbox_core::transport::{TransportError, TransportErrorKind};
use percent_encoding::percent_decode_str;

use crate::{BuildError, exempt::Exempt};

/// The choice of a proxy for each server.
#[derive(Debug, Clone, Default)]
pub struct Proxies {
    http: Option<Proxy>,
    https: Option<Proxy>,
    exempt: Exempt,
}

/// A proxy, with the user to log in as.
#[derive(Clone)]
pub struct Proxy {
    uri: Uri,
    user: Option<User>,
}

#[derive(Clone)]
struct User {
    name: String,
    password: String,
}

/// The way to a server.
#[derive(Debug, Clone, Copy)]
pub enum Route<'p> {
    /// Directly.
    Direct,
    /// Through a proxy that gets the request, with the whole URL, and forwards it.
    Forward(&'p Proxy),
    /// Through a proxy that `CONNECT` asks to carry bytes to the server.
    Tunnel(&'p Proxy),
}

impl Proxies {
    /// No proxy for any server.
    pub fn none() -> Self {
        Self::default()
    }

    /// The proxy at `url` for every server.
    pub fn all(url: &str) -> Result<Self, BuildError> {
        let proxy = Proxy::parse(url)?;
        Ok(Self { http: Some(proxy.clone()), https: Some(proxy), exempt: Exempt::default() })
    }

    /// The proxies of the environment variables: `http_proxy`, `https_proxy`, and `all_proxy` where one of these is not
    /// set. Servers in `no_proxy` are reached directly. Each name may be in capitals.
    ///
    /// `no_proxy` is a list of names, addresses and networks, each with a port or for all ports: `localhost:8000,
    /// .example.com, 10.0.0.0/8, [::1]:8000`.
    ///
    /// # Errors
    ///
    /// If the URL of a proxy or an entry of `no_proxy` can't be read.
    pub fn from_environment() -> Result<Self, BuildError> {
        Self::from_variables(|name| env::var(name).ok())
    }

    /// The way to `uri`.
    ///
    /// # Errors
    ///
    /// The kind `Unsupported` if `uri` is not absolute, or its scheme is neither http nor https.
    pub fn route(&self, uri: &Uri) -> Result<Route<'_>, TransportError> {
        let (Some(scheme), Some(host)) = (uri.scheme(), uri.host()) else {
            return Err(TransportError::new(
                TransportErrorKind::Unsupported,
                "the URL has no scheme and host",
            ));
        };
        let (way, port) = if *scheme == Scheme::HTTPS {
            (self.to_https(), 443)
        } else if *scheme == Scheme::HTTP {
            (self.to_http(), 80)
        } else {
            return Err(TransportError::new(
                TransportErrorKind::Unsupported,
                "the URL is not one of http or https",
            ));
        };
        let port = uri.port_u16().unwrap_or(port);
        Ok(if self.exempt.contains(host, port) { Route::Direct } else { way })
    }

    /// The way to servers without TLS, except those in `no_proxy`.
    pub fn to_http(&self) -> Route<'_> {
        match &self.http {
            None => Route::Direct,
            Some(proxy) if proxy.is_encrypted() => Route::Tunnel(proxy),
            Some(proxy) => Route::Forward(proxy),
        }
    }

    /// The way to servers with TLS, except those in `no_proxy`.
    pub fn to_https(&self) -> Route<'_> {
        self.https.as_ref().map_or(Route::Direct, Route::Tunnel)
    }

    fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Result<Self, BuildError> {
        let variable = |name: &str| {
            let either = variable(name).or_else(|| {
                // A CGI program finds the request's `Proxy` header in HTTP_PROXY.
                let hostile = name == "http_proxy" && variable("REQUEST_METHOD").is_some();
                variable(&name.to_ascii_uppercase()).filter(|_| !hostile)
            });
            either.filter(|value| !value.is_empty())
        };
        let proxy =
            |name| variable(name).or_else(|| variable("all_proxy")).as_deref().map(Proxy::parse).transpose();
        Ok(Self {
            http: proxy("http_proxy")?,
            https: proxy("https_proxy")?,
            exempt: variable("no_proxy").as_deref().map(Exempt::parse).transpose()?.unwrap_or_default(),
        })
    }
}

impl Route<'_> {
    /// Adds the headers that a forwarding proxy needs to those of a request.
    pub fn prepare(&self, headers: &mut HeaderMap) {
        if let Self::Forward(proxy) = self
            && let Some(authorization) = proxy.authorization()
        {
            headers.insert(header::PROXY_AUTHORIZATION, authorization);
        }
    }
}

impl Proxy {
    /// The URI of the proxy: scheme, host and port, without the user.
    pub fn uri(&self) -> &Uri {
        &self.uri
    }

    /// Whether the connection to the proxy itself uses TLS.
    pub fn is_encrypted(&self) -> bool {
        self.uri.scheme() == Some(&Scheme::HTTPS)
    }

    /// The user's name and password, as they are typed.
    pub fn user(&self) -> Option<(&str, &str)> {
        self.user.as_ref().map(|user| (user.name.as_str(), user.password.as_str()))
    }

    /// The value of `Proxy-Authorization`, if there is a user.
    pub fn authorization(&self) -> Option<HeaderValue> {
        let (name, password) = self.user()?;
        let credentials = BASE64_STANDARD.encode(format!("{name}:{password}"));
        let mut value =
            HeaderValue::from_str(&format!("Basic {credentials}")).expect("base64 is plain ASCII");
        value.set_sensitive(true);
        Some(value)
    }

    /// Errors don't show `url`, for it may hold a password.
    fn parse(url: &str) -> Result<Self, BuildError> {
        let unusable = || BuildError::new("the proxy's URL is not like http://user:password@host:port");
        let url = if url.contains("://") { url.to_owned() } else { format!("http://{url}") };
        let uri: Uri = url.parse().map_err(|_| unusable())?;
        let scheme =
            uri.scheme_str().filter(|scheme| ["http", "https"].contains(scheme)).ok_or_else(|| {
                BuildError::new("only proxies that speak HTTP can be used, at http:// or https://")
            })?;
        let authority = uri.authority().ok_or_else(unusable)?.as_str();
        let (user, host) = match authority.rsplit_once('@') {
            None => (None, authority),
            Some((user, host)) => (Some(User::parse(user).ok_or_else(unusable)?), host),
        };
        let uri = Uri::builder()
            .scheme(scheme)
            .authority(host)
            .path_and_query("/")
            .build()
            .map_err(|_| unusable())?;
        Ok(Self { uri, user })
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Proxy({})", self.uri)
    }
}

impl User {
    fn parse(userinfo: &str) -> Option<Self> {
        let (name, password) = userinfo.split_once(':').unwrap_or((userinfo, ""));
        let decode = |text| Some(percent_decode_str(text).decode_utf8().ok()?.into_owned());
        Some(Self { name: decode(name)?, password: decode(password)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(variables: &[(&str, &str)], uri: &str, expect: &str) {
        let variable =
            |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        let proxies = Proxies::from_variables(variable).unwrap();
        assert_eq!(format!("{:?}", proxies.route(&uri.parse().unwrap()).unwrap()), expect);
    }

    #[test]
    fn each_scheme_has_its_proxy() {
        let both = [("http_proxy", "http://a:1"), ("HTTPS_PROXY", "http://b:2")];
        check(&both, "http://netbox/", "Forward(Proxy(http://a:1/))");
        check(&both, "https://netbox/", "Tunnel(Proxy(http://b:2/))");
        check(&[("HTTP_PROXY", "http://a:1")], "https://netbox/", "Direct");
    }

    #[test]
    fn all_proxy_fills_what_the_others_leave_open() {
        let variables = [("ALL_PROXY", "c:3"), ("http_proxy", "a:1"), ("https_proxy", "")];
        check(&variables, "http://netbox/", "Forward(Proxy(http://a:1/))");
        check(&variables, "https://netbox/", "Tunnel(Proxy(http://c:3/))");
    }

    #[test]
    fn no_proxy_is_heeded() {
        let variables = [("all_proxy", "http://c:3"), ("NO_PROXY", "localhost, .example.com")];
        check(&variables, "https://netbox.example.com/api/", "Direct");
        check(&variables, "https://netbox.example.com:8443/api/", "Direct");
        let variables = [("all_proxy", "http://c:3"), ("no_proxy", "localhost:8000,h:443,h:80")];
        check(&variables, "http://localhost:8000/", "Direct");
        check(&variables, "http://localhost/", "Forward(Proxy(http://c:3/))");
        check(&variables, "https://h/", "Direct");
        check(&variables, "http://h/", "Direct");
        let variables = [("all_proxy", "http://c:3"), ("NO_PROXY", "localhost, .example.com")];
        check(&variables, "https://netbox.example.org/api/", "Tunnel(Proxy(http://c:3/))");
    }

    #[test]
    fn an_encrypted_proxy_is_tunnelled_through() {
        check(&[("http_proxy", "https://a")], "http://netbox/", "Tunnel(Proxy(https://a/))");
    }

    #[test]
    fn a_cgi_program_trusts_no_header() {
        check(&[("HTTP_PROXY", "http://evil"), ("REQUEST_METHOD", "GET")], "http://netbox/", "Direct");
        check(
            &[("http_proxy", "http://a"), ("REQUEST_METHOD", "GET")],
            "http://netbox/",
            "Forward(Proxy(http://a/))",
        );
    }

    #[test]
    fn credentials_are_decoded_and_kept_quiet() {
        let proxies = Proxies::all("http://jo%40x:s%3Acret@proxy:8080").unwrap();
        assert!(!format!("{proxies:?}").contains("cret"));
        let Ok(Route::Forward(proxy)) = proxies.route(&Uri::from_static("http://netbox/")) else {
            panic!("no proxy")
        };
        assert_eq!(proxy.user(), Some(("jo@x", "s:cret")));
        let authorization = proxy.authorization().unwrap();
        assert_eq!(authorization, "Basic am9AeDpzOmNyZXQ=");
        assert!(!format!("{authorization:?}").contains("am9"));
    }

    #[test]
    fn what_is_no_http_proxy_is_refused_quietly() {
        for url in
            ["socks5://me:secret@proxy", "http://me:secret@", "http://me:sec ret@proxy", "", "http:// "]
        {
            let error = Proxies::all(url).unwrap_err();
            assert!(!format!("{error:?} {error}").contains("sec"), "{error:?}");
        }
    }
}
