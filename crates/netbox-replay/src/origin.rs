//! A recording knows nothing of the server that it was made on: neither where that was nor below which path.

use netbox_core::transport::Request;

/// Stands in a recording for the server's own address.
const PLACEHOLDER: &str = "https://netbox.example.com";

/// The two roots of a NetBox; what a path has before one of them is the server's own prefix.
const ROOTS: [&str; 2] = ["/api", "/graphql"];

/// The part of a server's address that differs from one server to another.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    scheme: String,
    authority: String,
    prefix: String,
}

impl Origin {
    /// Where `request` goes. A request without an authority, as a server sees it, names the server by its `Host`.
    pub(crate) fn of(request: &Request) -> Self {
        let uri = request.uri();
        let host = || request.headers().get(http::header::HOST).and_then(|host| host.to_str().ok());
        Self {
            scheme: uri.scheme_str().unwrap_or("http").to_owned(),
            authority: uri
                .authority()
                .map(http::uri::Authority::as_str)
                .or_else(host)
                .unwrap_or("")
                .to_owned(),
            prefix: split(uri.path()).0.to_owned(),
        }
    }

    /// Puts the placeholder where `text` has this address. NetBox takes the scheme from its proxy, so that either
    /// may stand there.
    pub(crate) fn hide(&self, text: &mut String) {
        if self.authority.is_empty() {
            return;
        }
        for prefix in [self.prefix.as_str(), ""] {
            for scheme in ["http", "https"] {
                replace(text, &format!("{scheme}://{}{prefix}", self.authority), PLACEHOLDER);
            }
        }
    }

    /// Puts this address where `text` has the placeholder.
    pub(crate) fn show(&self, text: &mut String) {
        if !self.authority.is_empty() {
            replace(text, PLACEHOLDER, &format!("{}://{}{}", self.scheme, self.authority, self.prefix));
        }
    }
}

/// Splits a path before `/api` or `/graphql`, whichever comes first as a whole segment. A path with neither has no
/// prefix.
pub(crate) fn split(path: &str) -> (&str, &str) {
    let start = ROOTS.iter().filter_map(|root| {
        let mut places = path.match_indices(root).map(|(at, _)| at);
        places.find(|at| matches!(path.as_bytes().get(at + root.len()), None | Some(b'/')))
    });
    path.split_at(start.min().unwrap_or(0))
}

/// Replaces a URL, but not where it is only the beginning of a longer host, port or segment.
fn replace(text: &mut String, from: &str, to: &str) {
    if !text.contains(from) {
        return;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find(from) {
        let (before, found) = rest.split_at(at);
        let (found, after) = found.split_at(from.len());
        out.push_str(before);
        out.push_str(if goes_on(after) { found } else { to });
        rest = after;
    }
    out.push_str(rest);
    *text = out;
}

fn goes_on(after: &str) -> bool {
    let mut bytes = after.bytes();
    match bytes.next() {
        Some(b'.' | b':' | b'-' | b'_' | b'%' | b'~') => {
            bytes.next().is_some_and(|byte| byte.is_ascii_alphanumeric())
        }
        next => next.is_some_and(|byte| byte.is_ascii_alphanumeric()),
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    fn origin(uri: &str) -> Origin {
        Origin::of(&http::Request::get(uri).body(Bytes::new()).unwrap())
    }

    #[track_caller]
    fn check_hidden(uri: &str, text: &str, expected: &str) {
        let mut hidden = text.to_owned();
        origin(uri).hide(&mut hidden);
        assert_eq!(hidden, expected);
    }

    #[test]
    fn a_path_is_split_at_the_root() {
        assert_eq!(split("/api/dcim/sites/"), ("", "/api/dcim/sites/"));
        assert_eq!(split("/tools/netbox/api/"), ("/tools/netbox", "/api/"));
        assert_eq!(split("/my-api/graphql/"), ("/my-api", "/graphql/"));
        assert_eq!(split("/api-docs/api"), ("/api-docs", "/api"));
        assert_eq!(split("/api/plugins/x/api/"), ("", "/api/plugins/x/api/"));
        assert_eq!(split("/media/x.png"), ("", "/media/x.png"));
    }

    #[test]
    fn the_address_is_hidden_and_its_neighbours_are_not() {
        let uri = "http://127.0.0.1:80/nb/api/";
        check_hidden(uri, "http://127.0.0.1:80/nb/api/x/?y", "https://netbox.example.com/api/x/?y");
        check_hidden(uri, "https://127.0.0.1:80/nb", "https://netbox.example.com");
        check_hidden(uri, "http://127.0.0.1:80/nbx/", "https://netbox.example.com/nbx/");
        check_hidden(uri, "http://127.0.0.1:8046/nb/", "http://127.0.0.1:8046/nb/");
        check_hidden(
            "http://nb/api/",
            "http://nb.example/ http://nb.",
            "http://nb.example/ https://netbox.example.com.",
        );
    }

    #[test]
    fn what_was_hidden_is_shown_under_another_address() {
        let mut text = r#"<a href="https://netbox.example.com/api/?limit=1">"#.to_owned();
        origin("http://localhost:1/p/api/").show(&mut text);
        assert_eq!(text, r#"<a href="http://localhost:1/p/api/?limit=1">"#);
    }

    #[test]
    fn a_server_learns_its_address_from_the_host() {
        let request = http::Request::get("/api/").header("host", "localhost:1").body(Bytes::new()).unwrap();
        let mut text = "https://netbox.example.com/".to_owned();
        Origin::of(&request).show(&mut text);
        assert_eq!(text, "http://localhost:1/");
    }
}
