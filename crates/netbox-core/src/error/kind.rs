use crate::transport::TransportErrorKind;

/// Which kind of failure an [`Error`](crate::Error) is. More kinds may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A client can't be made of this: the base URL, the token or a header is wrong. Nothing was sent.
    Config,
    /// The query or the path is wrong. Nothing was sent.
    Query,
    /// What was to be written makes no sense to this endpoint. Nothing was sent.
    Body,
    /// The server is too old for what was asked, and would ignore it. Nothing was sent.
    Version,
    /// Other objects match than there were to be. Nothing was written.
    Count,
    /// No whole response was had.
    Transport(TransportErrorKind),
    /// 404 for an object: it does not exist, or this token may not view it.
    NotFound,
    /// 404 for the path: this server has no such endpoint.
    NoEndpoint,
    /// 401 or 403: the token is wrong, expired, read-only, or lacks the permission.
    Forbidden,
    /// 400: NetBox refused what was sent.
    Invalid,
    /// 409 or 412: the object changed since it was read, or others depend on it.
    Conflict,
    /// 409 of an allocation: nothing, or not enough, is left.
    Exhausted,
    /// 429: too many requests.
    RateLimited,
    /// 3xx: something wants the request elsewhere. It is not sent there, since it carries a token.
    Redirect,
    /// 502, 503 or 504: the server or a worker of it does not answer.
    Unavailable,
    /// Any other 5xx: NetBox failed. Bad input can cause it, so sending it again seldom helps.
    Server,
    /// Any other status that is no success.
    Status,
    /// NetBox said that all went well, and did something else than it was asked for.
    Unfulfilled,
    /// A query in GraphQL failed.
    Graphql,
    /// A job did not come to its end in time, or came to a bad one.
    Job,
    /// The answer is no JSON, so that what answered may be no NetBox.
    NotNetbox,
    /// The answer, or a value in it, does not fit the type it was read into.
    Decode,
    /// The pages of a list contradict each other.
    Paging,
    /// One object was wanted and none matches.
    NoMatch,
    /// One object was wanted and several match.
    ManyMatches,
    /// A reference is to an object of another type.
    WrongType,
}

impl ErrorKind {
    pub(super) fn hint(self) -> Option<&'static str> {
        Some(match self {
            Self::NotFound => "it does not exist, or this token may not view it",
            Self::NoEndpoint => {
                "no such endpoint here: check its spelling, the server's version and its plugins"
            }
            Self::Redirect => "it was not followed, since the request carries a token: check the base URL",
            Self::NotNetbox => "is this a NetBox?",
            _ => return None,
        })
    }
}
