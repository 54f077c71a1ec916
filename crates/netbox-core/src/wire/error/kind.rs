use std::fmt;

use crate::wire::transport::TransportErrorKind;

/// The kind of an [`Error`](crate::Error), each with an example of its message. More kinds may be added.
///
/// ```
/// use netbox_core::{Error, ErrorKind};
///
/// /// Whether to try once more in an hour.
/// fn may_pass(error: &Error) -> bool {
///     let outage = matches!(
///         error.kind(),
///         ErrorKind::Transport(_) | ErrorKind::Unavailable | ErrorKind::RateLimited
///     );
///     outage && !error.may_have_written()
/// }
/// ```
///
/// [`Display`](fmt::Display) writes a few words about the kind, for logs and statistics. Only the error itself says what
/// happened.
///
/// ```
/// # use netbox_core::ErrorKind;
/// assert_eq!(ErrorKind::NotFound.to_string(), "no such object");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The configuration of the client is wrong: the base URL, the token or a header. Nothing was sent.
    ///
    /// ```text
    /// the base URL “ftp://netbox.example.com” has a scheme other than http and https
    /// ```
    Config,
    /// The query or the path is wrong. Nothing was sent, unless only an answer showed that this version of NetBox does
    /// not know the query's filters; the objects of that answer are not returned.
    ///
    /// ```text
    /// unknown filter `nmae__ic`: tenancy/tenants has none by `nmae` (did you mean `name__ic`?); NetBox
    /// would ignore it and answer with everything. If the endpoint has it all the same, use
    /// `param_unchecked`
    /// ```
    Query,
    /// The body of a write makes no sense to this endpoint. Nothing was sent.
    ///
    /// ```text
    /// this can't be written to dcim/sites: `nmae` is no field there (did you mean `name`?), and NetBox
    /// would ignore it; `name` is required
    /// ```
    Body,
    /// The server is too old for the request: it would ignore a part of the request, or has no such route. Nothing was
    /// sent, unless it was the answer to a read that showed that this NetBox is older than 4.3.
    ///
    /// ```text
    /// add_tags needs NetBox 4.6 or later: this server is 4.5
    /// ```
    Version,
    /// The number of matches differs from the expected one, and nothing was written; or, before 4.7, some objects of a bulk
    /// deletion do not exist, and nothing of that batch was sent.
    ///
    /// ```text
    /// more than 3 objects match, and at most 3 were expected: nothing was written
    /// ```
    Count,
    /// The exchange ended before a complete response arrived.
    ///
    /// ```text
    /// POST https://netbox.example.com/api/dcim/sites/: timed out; whether the POST was carried out is not
    /// known
    /// ```
    Transport(TransportErrorKind),
    /// NetBox's 404 for an object: it does not exist, or this token may not view it.
    ///
    /// ```text
    /// GET https://netbox.example.com/api/extras/tags/7/?fields=id,name,slug,color: NetBox answered 404 Not
    /// Found: No Tag matches the given query. (it does not exist, or this token may not view it)
    /// ```
    NotFound,
    /// 404 for the path: this server has no such endpoint.
    ///
    /// ```text
    /// GET https://netbox.example.com/api/dcim/nowhere/?limit=1000&ordering=id: NetBox answered 404 Not
    /// Found with text/html; charset=utf-8: “<!DOCTYPE html> <html lang="en" data-netbox-url-name=""
    /// data-netbox-version="4.7…” (NetBox 4.7 has no endpoint `dcim/nowhere`)
    /// ```
    NoEndpoint,
    /// NetBox's 401 or 403: the token is wrong, expired, read-only, or lacks the permission.
    ///
    /// ```text
    /// GET https://netbox.example.com/api/extras/tags/7/?fields=id,name,slug,color: NetBox answered 403
    /// Forbidden: Invalid v2 token (this server has no such token: check that it is one of this server, and whole,
    /// nbt_<key>.<secret>)
    /// ```
    Forbidden,
    /// NetBox's 400: it refused what was sent. Its 500 is one, too, if it shows Django's `ValidationError`, as for a tag that
    /// is to be added and does not exist.
    ///
    /// ```text
    /// POST https://netbox.example.com/api/extras/tags/: NetBox answered 400 Bad Request: name: tag with
    /// this name already exists.; slug: tag with this slug already exists.
    /// ```
    Invalid,
    /// NetBox's 409 or 412: the object changed since it was read, or others depend on it. Its 500 is one, too, if somebody
    /// else took a unique name first, or if this request and another waited for each other (`deadlock detected`).
    ///
    /// ```text
    /// PATCH https://netbox.example.com/api/extras/tags/7/: NetBox answered 412 Precondition Failed:
    /// Precondition failed. (the object changed since it was read: `refresh` it, which drops its changes, and change it
    /// again, or make the change in `save_with` from the start)
    /// ```
    Conflict,
    /// 409 for an allocation: nothing, or not enough, is left.
    ///
    /// ```text
    /// POST https://netbox.example.com/api/ipam/prefixes/7/available-ips/: NetBox answered 409 Conflict:
    /// Insufficient resources are available to satisfy the request
    /// ```
    Exhausted,
    /// 429: too many requests.
    ///
    /// ```text
    /// GET https://netbox.example.com/api/dcim/sites/7/: the server answered 429 Too Many Requests: Too Many
    /// Requests
    /// ```
    RateLimited,
    /// 3xx: a server redirects the request. The client does not follow, since the request carries a token. A write may
    /// have been carried out before.
    ///
    /// ```text
    /// GET https://netbox.example.com/api/dcim/sites/7/: the server answered 302 Found to
    /// https://sso.example.com/login (it was not followed, since the request carries a token: check the
    /// base URL)
    /// ```
    Redirect,
    /// 502, 503 or 504: the server or a worker of it does not answer. It may still have carried out a write.
    ///
    /// ```text
    /// GET https://netbox.example.com/api/dcim/sites/7/: the server answered 502 Bad Gateway with text/html:
    /// “<h1>502 Bad Gateway</h1>”
    /// ```
    Unavailable,
    /// Any other 5xx: the server failed. Bad input can cause it, so sending it again seldom helps. A write may still
    /// have been carried out.
    ///
    /// ```text
    /// GET https://netbox.example.com/api/extras/tags/?name__regex=%5B&limit=1&ordering=id: NetBox answered
    /// 500 Internal Server Error: DataError; invalid regular expression: brackets [] not balanced
    /// ```
    Server,
    /// Any other status that is no success.
    ///
    /// ```text
    /// POST https://netbox.example.com/api/core/jobs/: NetBox answered 405 Method Not Allowed: Method
    /// "POST" not allowed.
    /// ```
    Status,
    /// NetBox reported success, and did something else than the request said.
    ///
    /// ```text
    /// POST https://netbox.example.com/api/dcim/sites/: item 0 of 1 failed: 1 objects were to be created, and
    /// NetBox answered with 0; 0 written, 1 unknown
    /// ```
    Unfulfilled,
    /// A query in GraphQL failed.
    ///
    /// ```text
    /// POST https://netbox.example.com/graphql/: Cannot query field 'bogus' on type 'Query'.
    /// ```
    Graphql,
    /// A job failed.
    ///
    /// ```text
    /// job 42 ended as failed: no such site
    /// ```
    Job,
    /// NetBox is still at work: a job has not ended in the time that the caller gave, or a branch is not ready yet. It may
    /// still end well: wait for it.
    ///
    /// ```text
    /// job 42 is still pending after 60s: wait for it again
    /// ```
    Unfinished,
    /// Nothing shows that NetBox gave the answer: a proxy, a page to log in, or another server may have. An answer of NetBox's
    /// API has its header `API-Version`. Behind a proxy that strips this header from all answers, a body counts if it
    /// names an object by its id and URL, is a page of a list or the requested object, or has NetBox's form of an
    /// error. After a deletion, whose answer has no body, the library looks whether the object is gone.
    ///
    /// ```text
    /// GET https://netbox.example.com/api/dcim/sites/7/: nothing shows that NetBox gave this answer: 200 OK
    /// with text/html: “<title>Welcome to nginx!</title>” (is this a NetBox? a proxy before it has to let the
    /// header `API-Version` pass; if NetBox is served below a path, such as /netbox, the base URL must have
    /// that path)
    /// ```
    NotNetbox,
    /// The answer, or a value in it, does not fit the type it was read into.
    ///
    /// ```text
    /// GET https://netbox.example.com/api/dcim/sites/?fields=id,name&limit=1&ordering=id: the answer does
    /// not fit at `results[0].name`: invalid type: string "DM-Berlin", expected u64 at line 1 column 158
    /// ```
    Decode,
    /// The pages of a list contradict each other.
    ///
    /// ```text
    /// GET https://netbox.example.com/api/dcim/sites/?ordering=id&offset=1&limit=1000: the next page is one
    /// that was read already
    /// ```
    Paging,
    /// One object was expected and none matches.
    ///
    /// ```text
    /// GET
    /// https://netbox.example.com/api/extras/tags/?slug=none&fields=id,name,slug,color&limit=2&ordering=id:
    /// no object matches
    /// ```
    NoMatch,
    /// One object was expected and several match.
    ///
    /// ```text
    /// GET
    /// https://netbox.example.com/api/dcim/devices/?status=active&fields=id,name,serial,position,status,site,rack,tenant,tags&limit=2&ordering=id:
    /// more than one object matches
    /// ```
    ManyMatches,
    /// A reference refers to an object of another type. Nothing was sent.
    ///
    /// ```text
    /// dcim.interface 7 (xe-0/0/0) is not one of virtualization/interfaces
    /// ```
    WrongType,
}

impl ErrorKind {
    pub(crate) fn hint(self) -> Option<&'static str> {
        Some(match self {
            Self::NotFound => "it does not exist, or this token may not view it",
            Self::NoEndpoint => {
                "no such endpoint here: check its spelling, the server's version and its plugins"
            }
            Self::Redirect => "it was not followed, since the request carries a token: check the base URL",
            Self::NotNetbox => "is this a NetBox? a proxy before it has to let the header `API-Version` pass",
            _ => return None,
        })
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Config => "wrong configuration",
            Self::Query => "wrong query",
            Self::Body => "unwritable content",
            Self::Version => "server too old",
            Self::Count => "unexpected number of matches",
            Self::Transport(kind) => return kind.fmt(f),
            Self::NotFound => "no such object",
            Self::NoEndpoint => "no such endpoint",
            Self::Forbidden => "permission denied",
            Self::Invalid => "invalid values",
            Self::Conflict => "conflict",
            Self::Exhausted => "nothing left to allocate",
            Self::RateLimited => "too many requests",
            Self::Redirect => "redirected",
            Self::Unavailable => "server unavailable",
            Self::Server => "server error",
            Self::Status => "unexpected status",
            Self::Unfulfilled => "not done as requested",
            Self::Graphql => "GraphQL query failed",
            Self::Job => "job failed",
            Self::Unfinished => "not finished in time",
            Self::NotNetbox => "not an answer of NetBox",
            Self::Decode => "unexpected data",
            Self::Paging => "contradictory pages",
            Self::NoMatch => "no match",
            Self::ManyMatches => "several matches",
            Self::WrongType => "wrong type of object",
        })
    }
}
