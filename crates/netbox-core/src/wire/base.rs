//! Where a NetBox is, and the URLs below it.

use std::{fmt, sync::Arc};

use http::Uri;

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

    /// `error`, with what may help if it is that there is no TLS at a URL that was typed without a scheme.
    pub(crate) fn explain(&self, error: Error) -> Error {
        let is_refused = matches!(
            error.kind(),
            ErrorKind::Transport(TransportErrorKind::Connect | TransportErrorKind::Tls)
        );
        if self.has_own_scheme || !is_refused {
            return error;
        }
        error.adding(
            "; the base URL was given without a scheme and is taken for https: write http:// before it if the server has \
             no TLS",
        )
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

    /// The URL of the file at `path`, which is a path or a URL as NetBox sends it or as somebody writes it. Of a URL,
    /// only the path and the query are taken; the path may include the path of this base or leave it out.
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
    // What encodes nothing is left as it was.
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

/// The id of that object. Nested jobs tell it there alone.
pub(crate) fn id_of_url(url: &str) -> Option<u64> {
    url.strip_suffix('/')?.rsplit_once('/')?.1.parse().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(typed: &str, expected: &str) {
        let base = BaseUrl::parse(typed).unwrap();
        assert_eq!(base.api(&ApiPath::parse("status").unwrap(), &Params::default()), expected);
    }

    #[track_caller]
    fn refused(typed: &str, why: &str) {
        let message = BaseUrl::parse(typed).unwrap_err().to_string();
        assert!(message.contains(why), "{message}");
    }

    #[test]
    fn urls_as_people_type_them() {
        check("netbox.example.com", "https://netbox.example.com/api/status/");
        check("https://h/", "https://h/api/status/");
        check("https://h/api", "https://h/api/status/");
        check("https://h/api/", "https://h/api/status/");
        check("https://h/tools/netbox/", "https://h/tools/netbox/api/status/");
        check("https://h/tools/netbox/api/", "https://h/tools/netbox/api/status/");
        check("HTTP://h:8000", "http://h:8000/api/status/");
        check("h:8443/netbox", "https://h:8443/netbox/api/status/");
        check("http://[::1]:8000", "http://[::1]:8000/api/status/");
        check("[2001:db8::1]", "https://[2001:db8::1]/api/status/");
        check(" https://h ", "https://h/api/status/");
    }

    #[test]
    fn urls_that_are_refused() {
        refused("", "is empty");
        refused("ftp://h", "scheme");
        refused("https://h/?next=1", "query");
        refused("https://h/#top", "fragment");
        refused("https://h//x", "empty segment");
        refused("https://h/nb/../x", "“..”");
        refused("https://h/a/%2E%2e/x", "“%2E%2e”");
        refused("https://h/..;a/x", "“..;a”");
        refused("https://h/a\\b", r"'\\'");
        refused("https://h/☃", "'☃'");
        refused("https://h\\b", "not a URL");
        refused("https://☃", "not a URL");
        refused("https://h:99999", "not a URL");
        refused("https://", "not a URL");
        refused("https://a b", "not a URL");
    }

    #[test]
    fn who_typed_no_scheme_learns_which_was_taken() {
        for (typed, kind, is_told) in [
            ("h:8000", TransportErrorKind::Connect, true),
            ("h:8000", TransportErrorKind::Tls, true),
            ("h:8000", TransportErrorKind::Timeout, false),
            ("https://h:8000", TransportErrorKind::Connect, false),
        ] {
            let error = Error::new(ErrorKind::Transport(kind), "could not connect");
            let text = BaseUrl::parse(typed).unwrap().explain(error).to_string();
            assert_eq!(text.contains("write http:// before it"), is_told, "{typed}, {kind:?}: {text}");
        }
        assert_eq!(BaseUrl::parse("h").unwrap(), BaseUrl::parse("https://h").unwrap());
    }

    #[test]
    fn no_secret_is_shown() {
        for typed in ["https://admin:hunter2@h/", "https://h/?token=hunter2", "h/#hunter2", "ftp://h?hunter2"]
        {
            let message = BaseUrl::parse(typed).unwrap_err().to_string();
            assert!(message.contains('h') && !message.contains("hunter2"), "{message}");
        }
        let message = ApiPath::parse("dcim/sites?token=hunter2").unwrap_err().to_string();
        assert!(message.contains("dcim/sites?…") && !message.contains("hunter2"), "{message}");
    }

    #[test]
    fn paths_that_a_proxy_may_read_otherwise_are_refused() {
        for segment in [
            "..",
            ".",
            "",
            "%2e%2e",
            "%2E.",
            ".%2e",
            "..%2f",
            "a%2Fb",
            "%5c",
            "a\\b",
            "%00",
            "%0a",
            "..;",
            "..;x=1",
            "%2e%2e;a",
            "..%3b",
            "%252e%252e",
            "%25252e.",
            "%c0%ae",
            "%ff",
            "%",
            "%zz",
            "100%",
            "☃",
            "a b",
            "\u{7f}",
        ] {
            for path in [format!("dcim/{segment}/sites"), format!("dcim/{segment}"), format!("{segment}/x")] {
                let is_edge = segment.is_empty() && path != "dcim//sites";
                assert!(is_edge || ApiPath::parse(&path).is_err(), "{path}");
            }
        }
        for path in ["plugins/a.b/c..d", "a/...", "a/%c3%a9", "a/%20", "a/x;y", "a/%252a", "a/b@c"] {
            assert_eq!(ApiPath::parse(path).unwrap().as_str(), path);
        }
    }

    #[test]
    fn a_target_is_what_follows_the_authority() {
        for base in ["https://h", "https://netbox.example.com:8443/nb"] {
            let base = BaseUrl::parse(base).unwrap();
            let url = base.api(&ApiPath::parse("dcim/sites").unwrap(), &Params::default().with("q", "x"));
            let target = url.parse::<Uri>().unwrap().path_and_query().unwrap().as_str().len();
            assert_eq!(target_of_url(&url).len(), target);
        }
    }

    #[track_caller]
    fn check_file(base: &str, path: &str, expected: &str) {
        assert_eq!(BaseUrl::parse(base).unwrap().file(path).unwrap(), expected, "{path}");
    }

    #[test]
    fn files_are_below_the_base() {
        for path in ["media/a%20b.png", "/media/a%20b.png", "http://internal:8000/media/a%20b.png"] {
            check_file("https://h", path, "https://h/media/a%20b.png");
            check_file("https://h/tools/netbox", path, "https://h/tools/netbox/media/a%20b.png");
        }
        for path in ["/tools/netbox/media/a.png", "http://internal/tools/netbox/media/a.png"] {
            check_file("https://h/tools/netbox", path, "https://h/tools/netbox/media/a.png");
        }
        check_file("https://h/nb", "/nbx/a.png", "https://h/nb/nbx/a.png");
        check_file("https://h/nb", "//evil.example.com/a.png", "https://h/nb/evil.example.com/a.png");
        let drawing = "/api/dcim/racks/7/elevation/?render=svg&next=http://x/..";
        check_file("https://h", drawing, &format!("https://h{drawing}"));
    }

    #[test]
    fn paths_of_files_that_are_refused() {
        let base = BaseUrl::parse("https://h/nb").unwrap();
        for path in
            ["", "/", "https://h", "/nb/../a", "/media//a", "/media/a b", "/media/%2e%2e/a", "ftp://h/./a"]
        {
            let told = base.file(path).unwrap_err();
            assert!(told.to_string().starts_with(&format!("the path “{path}” has ")), "{told}");
        }
        let told = base.file("/media/a#b").unwrap_err().to_string();
        assert!(told.starts_with("the path “/media/a#…” has '#' in it"), "{told}");
        let told = base.file("https://admin:hunter2@h/a b").unwrap_err().to_string();
        assert!(!told.contains("hunter2"), "{told}");
    }

    #[test]
    fn endpoints_of_urls() {
        assert_eq!(endpoint_of_url("https://h/nb/api/dcim/sites/7/"), Some("dcim/sites"));
        assert_eq!(endpoint_of_url("https://api/api/dcim/sites/7/"), Some("dcim/sites"));
        assert_eq!(endpoint_of_url("/api/plugins/acme/widgets/7/"), Some("plugins/acme/widgets"));
        for other in [
            "",
            "https://h/dcim/sites/7/",
            "https://h/api/dcim/../7/",
            "https://h/api/7/",
            "https://h/api/a//",
        ] {
            assert_eq!(endpoint_of_url(other), None, "{other}");
            assert!(!is_of_endpoint(other, "dcim/sites"), "{other}");
        }
        assert!(is_of_endpoint("https://h/nb/api/dcim/sites/7/", "dcim/sites"));
        assert!(!is_of_endpoint("https://h/nb/api/dcim/site-groups/7/", "dcim/sites"));
        assert!(!is_of_endpoint("https://h/nb/api/plugins/dcim/sites/7/", "dcim/sites"));
    }

    proptest! {
        #[test]
        fn every_request_stays_below_the_base(
            base in "(https?://)?[a-z]{1,8}(:[1-9][0-9]{0,3})?(/[a-z]{1,5}){0,2}/?",
            path in ".{0,30}",
            file in "(https?://)?.{0,30}",
            pairs in proptest::collection::vec((".{1,5}", ".{0,10}"), 0..4),
        ) {
            let base = BaseUrl::parse(&base).unwrap();
            if let Ok(file) = base.file(&file) {
                prop_assert!(file.starts_with(&format!("{}/", base.root)), "{}", file);
            }
            if let Ok(path) = ApiPath::parse(&path) {
                let url = base.api(&path, &pairs.into_iter().collect());
                let root = format!("{}/api/", base.root);
                prop_assert!(url.starts_with(&root));
                let uri: Uri = url.parse().unwrap();
                let origin = root.parse::<Uri>().unwrap();
                prop_assert_eq!(uri.authority(), origin.authority());
                prop_assert!(uri.path().starts_with(origin.path()) && uri.path().ends_with('/'));
                prop_assert!(!uri.path().contains("/../") && !uri.path()[1..].contains("//"));
            }
        }

        #[test]
        fn anything_can_be_typed(typed in ".*") {
            let _ = BaseUrl::parse(&typed);
            let _ = ApiPath::parse(&typed);
        }
    }
}
