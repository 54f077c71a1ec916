//! The address of a NetBox, and the URLs below it.

use std::{fmt, sync::Arc};

use http::{StatusCode, Uri};
use netbox_schema::{is_app, list_of};
use percent_encoding::percent_decode;

use super::{
    error::{Error, ErrorKind, presentable},
    params::Params,
    transport::TransportErrorKind,
};

/// The root of a NetBox: scheme, authority and, if it does not live at `/`, a path.
#[derive(Clone)]
pub(crate) struct BaseUrl {
    /// Without a slash at the end.
    root: String,
    /// Whether it was typed with its scheme.
    has_own_scheme: bool,
}

impl BaseUrl {
    /// Reads a URL as people type it: without a scheme it is `https`, and `/api` at the end is dropped.
    pub(crate) fn parse(typed: &str) -> Result<Self, Error> {
        let refuse = |why: &str| Err(Error::config(format!("the base URL “{}” {why}", presentable(typed))));
        let trimmed = typed.trim();
        if trimmed.is_empty() {
            return Err(Error::config("the base URL is empty: give one such as https://netbox.example.com"));
        }
        let has_own_scheme = trimmed.contains("://");
        let (scheme, rest) = trimmed.split_once("://").unwrap_or(("https", trimmed));
        let scheme = scheme.to_ascii_lowercase();
        if !matches!(scheme.as_str(), "http" | "https") {
            return refuse("has a scheme other than http and https");
        }
        if rest.contains('?') {
            return refuse("has a query: give the address alone");
        }
        if rest.contains('#') {
            return refuse("has a fragment: give the address alone");
        }
        let (authority, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
        if authority.contains('@') {
            return refuse("has a user or a password in it: use a token, or log in");
        }
        let path = path.trim_end_matches('/');
        let path = path.strip_suffix("/api").unwrap_or(path).trim_end_matches('/');
        if let Some(fault) = path.strip_prefix('/').and_then(fault) {
            return refuse(&format!("{fault}: give the address alone"));
        }
        let root = format!("{scheme}://{authority}{path}");
        match root.parse::<Uri>() {
            Ok(uri) if uri.host().is_some_and(|host| !host.is_empty()) && port_is_sound(authority) => {
                Ok(Self { root, has_own_scheme })
            }
            _ => refuse(
                "is not a URL: give one such as https://netbox.example.com or netbox.example.com:8443/netbox",
            ),
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.root
    }

    /// The advice against `error` if this URL may be its cause: it was typed without a scheme and the server has no TLS, it
    /// is that of a page, or it has another path than NetBox. `is_reached` says that NetBox answered at this URL before.
    pub(crate) fn remedy(&self, error: &Error, is_reached: bool) -> Option<String> {
        match error.kind() {
            ErrorKind::Transport(TransportErrorKind::Connect | TransportErrorKind::Tls)
                if !self.has_own_scheme =>
            {
                let told = "the base URL was given without a scheme and is taken for https: write http:// before it if the \
                            server has no TLS";
                Some(told.to_owned())
            }
            kind @ (ErrorKind::NotNetbox | ErrorKind::NoEndpoint | ErrorKind::Redirect) => {
                match self.above_page() {
                    Some(root) => Some(format!(
                        "the base URL, {}, is that of a page or an endpoint: did you mean {root}?",
                        self.root
                    )),
                    None if kind == ErrorKind::NotNetbox && !is_reached => self.other_path(error),
                    None => None,
                }
            }
            _ => None,
        }
    }

    /// The advice about the path of this URL, if `error` is an answer that servers give for any path that they do not know.
    fn other_path(&self, error: &Error) -> Option<String> {
        error.status().filter(|status| [StatusCode::OK, StatusCode::NOT_FOUND].contains(status))?;
        let path = target_of_url(&self.root);
        let origin = self.root.strip_suffix(path).unwrap_or(&self.root);
        let page = String::from_utf8_lossy(error.body().unwrap_or_default());
        let own = path_of_page(&page).and_then(|path| Self::parse(&format!("{origin}{path}")).ok());
        if let Some(own) = own.filter(|own| own != self) {
            return Some(format!("NetBox is not at the base URL, {self:?}: did you mean {own:?}?"));
        }
        let advice = if path.is_empty() {
            "if NetBox is served below a path, such as /netbox, the base URL must have that path".to_owned()
        } else {
            format!("if NetBox is at the root of the server, the base URL must not have the path {path}")
        };
        error.kind().hint().map(|hint| format!("{hint}; {advice}"))
    }

    /// The root of NetBox if this is the URL of one of its pages, or of a list of its API.
    fn above_page(&self) -> Option<&str> {
        let is_own =
            |segment: &str| is_app(segment) || matches!(segment, "api" | "graphql" | "login" | "user");
        let mut root = self.root.as_str();
        let mut found = None;
        while let Some((above, segment)) = root.rsplit_once('/').filter(|(above, _)| !above.ends_with('/')) {
            if is_own(segment) {
                found = Some(above);
            }
            root = above;
        }
        found
    }

    /// The host of this NetBox, with its port if the URL has one.
    pub(crate) fn authority(&self) -> &str {
        authority_of_url(&self.root).unwrap_or_default()
    }

    /// The URL of `path` below `/api/`, always with a slash at the end: NetBox redirects a GET without one, and
    /// takes nothing else.
    pub(crate) fn api(&self, path: &ApiPath, query: &Params) -> String {
        let separator = if query.is_empty() { "" } else { "?" };
        format!("{}/api/{path}/{separator}{query}", self.root)
    }

    /// The URL for queries in GraphQL, which is not below `/api/`.
    pub(crate) fn graphql(&self) -> String {
        format!("{}/graphql/", self.root)
    }

    /// The URL of the file at `path`, which is a path or a URL, as NetBox sends it or as a user writes it. Only the
    /// path and the query of a URL are used; the path may include the path of this base or omit it.
    pub(crate) fn file(&self, path: &str) -> Result<String, Error> {
        let target = target_of_url(path).trim_start_matches('/');
        let own = target_of_url(&self.root).trim_start_matches('/');
        let below = target.strip_prefix(own).and_then(|rest| rest.strip_prefix('/')).unwrap_or(target);
        let without_query = below.split('?').next().unwrap_or_default();
        match fault(without_query.strip_suffix('/').unwrap_or(without_query)) {
            Some(fault) => Err(Error::query(format!("the path “{}” {fault}", presentable(path)))),
            None => Ok(format!("{}/{below}", self.root)),
        }
    }
}

impl PartialEq for BaseUrl {
    fn eq(&self, other: &Self) -> bool {
        self.root == other.root
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.root)
    }
}

/// The path below which NetBox is served, if `page` is one of its own: each loads this script from below it.
fn path_of_page(page: &str) -> Option<&str> {
    let (before, _) =
        page.split_once("/static/setmode.js").filter(|_| page.contains("data-netbox-version"))?;
    let (_, path) = before.rsplit_once('"')?;
    (path.is_empty() || path.starts_with('/')).then_some(path)
}

fn port_is_sound(authority: &str) -> bool {
    let after_host = authority.rsplit_once(']').map_or(authority, |(_, rest)| rest);
    after_host.split_once(':').is_none_or(|(_, port)| port.parse::<u16>().is_ok())
}

/// A path below `/api/`, such as `dcim/sites` or `ipam/prefixes/7/available-ips`, without slashes around it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct ApiPath(Arc<str>);

impl ApiPath {
    /// Takes a path as people write it: slashes around it and `api/` before it are dropped, the rest is literal.
    pub(crate) fn parse(typed: &str) -> Result<Self, Error> {
        let refuse = |why: &str| Err(Error::query(format!("the path “{}” {why}", presentable(typed))));
        if typed.contains("://") {
            return refuse("is a whole URL: give what comes after /api/, such as dcim/sites");
        }
        let path = typed.trim_matches('/');
        let path = path.strip_prefix("api/").unwrap_or(path);
        if path.is_empty() {
            return refuse("is empty: give what comes after /api/, such as dcim/sites");
        }
        match fault(path) {
            Some(fault) => refuse(&fault),
            None => Ok(Self(path.into())),
        }
    }

    /// An endpoint that the derive has checked, or that a hand-written model vouches for.
    pub(crate) fn of_endpoint(endpoint: &str) -> Self {
        Self(endpoint.into())
    }

    /// This path, unless it is that of one object.
    pub(crate) fn of_list(self) -> Result<Self, Error> {
        match list_of(&self.0) {
            Some((list, id)) => Err(Error::query(format!(
                "{self} is one object, and a query is for a list: use `get_at(\"{list}\", {id})`"
            ))),
            None => Ok(self),
        }
    }

    #[must_use]
    pub(crate) fn join(&self, segment: impl fmt::Display) -> Self {
        Self(format!("{}/{segment}", self.0).into())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// The reason why `path` can't be sent as it is, if there is one.
fn fault(path: &str) -> Option<String> {
    path.split('/').find_map(|segment| {
        if segment.is_empty() {
            return Some("has an empty segment".to_owned());
        }
        let strange = segment.chars().find(|c| !may_stand_in_path(*c));
        strange.map(|strange| format!("has {strange:?} in it")).or_else(|| {
            let read = "has a segment that a proxy may read as another path";
            is_more_than_a_name(segment.as_bytes()).then(|| format!("{read}: “{segment}”"))
        })
    })
}

/// Whether one of the servers on the way might take `segment` for more than a name: for dots that lead elsewhere, for
/// several segments or for the end of the path. Some decode more than once, and some cut parameters off at a semicolon.
fn is_more_than_a_name(segment: &[u8]) -> bool {
    let name = segment.split(|byte| *byte == b';').next().unwrap_or_default();
    if matches!(name, b"." | b"..")
        || segment.iter().any(|byte| b"/\\".contains(byte) || byte.is_ascii_control())
    {
        return true;
    }
    if !segment.contains(&b'%') {
        return std::str::from_utf8(segment).is_err();
    }
    let decoded: Vec<u8> = percent_decode(segment).collect();
    // A segment that encodes nothing stays as it was.
    decoded == segment || is_more_than_a_name(&decoded)
}

/// RFC 3986's `pchar`.
fn may_stand_in_path(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@%".contains(c)
}

impl fmt::Display for ApiPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An absolute URL as its authority and its target, which is its path with the query.
fn split_url(url: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    let is_scheme = scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    is_scheme.then(|| rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len())))
}

/// The authority of `url`, unless that is a path.
pub(crate) fn authority_of_url(url: &str) -> Option<&str> {
    split_url(url).map(|(authority, _)| authority)
}

/// The path of `url` and its query, without scheme and authority.
pub(crate) fn target_of_url(url: &str) -> &str {
    split_url(url).map_or(url, |(_, target)| target)
}

/// The endpoint of the object that NetBox says is at `url`: `dcim/sites` of `https://h/nb/api/dcim/sites/7/`.
pub(crate) fn endpoint_of_url(url: &str) -> Option<&str> {
    // A host may be called `api`.
    let (_, path) = target_of_url(url).split_once("/api/")?;
    let (endpoint, id) = path.strip_suffix('/')?.rsplit_once('/')?;
    (ApiPath::parse(endpoint).is_ok() && !id.is_empty()).then_some(endpoint)
}

/// Whether that object is one of `endpoint`.
pub(crate) fn is_of_endpoint(url: &str, endpoint: &str) -> bool {
    let Some((path, _)) = url.strip_suffix('/').and_then(|url| url.rsplit_once('/')) else { return false };
    path.strip_suffix(endpoint).is_some_and(|base| base.ends_with("/api/"))
}

/// The id of that object. Nested jobs have their id only in the URL.
pub(crate) fn id_of_url(url: &str) -> Option<u64> {
    url.strip_suffix('/')?.rsplit_once('/')?.1.parse().ok()
}

#[cfg(test)]
mod tests;
