//! What can go wrong, told so that one knows what to do.

use std::{borrow::Cow, error::Error as StdError, fmt};

use http::{Method, StatusCode};

use crate::transport::{TransportError, TransportErrorKind};

mod answer;
mod kind;
mod messages;

pub use kind::ErrorKind;
pub use messages::{ItemMessages, ItemPlace, Messages};

/// What went wrong, with what was asked and what came back.
///
/// Its [`Display`](fmt::Display) is one line; its [`Debug`], which is what a `main` that returns it prints, adds the
/// causes. Neither ever shows a token or a password.
///
/// # Examples
///
/// ```
/// use netbox_core::{Client, Error, Transport, Blocking};
///
/// fn rename<T: Transport<Mode = Blocking>>(client: &Client<T>) -> Result<(), Error> {
///     let body = [("name", "")];
///     match client.raw().patch::<()>("dcim/sites/7", &body.into_iter().collect::<std::collections::BTreeMap<_, _>>()) {
///         Err(error) if error.is_not_found() => Ok(()),
///         Err(error) if error.is_invalid() => {
///             for (field, messages) in error.messages().fields() {
///                 eprintln!("{field}: {}", messages.join(" "));
///             }
///             Err(error)
///         }
///         other => other,
///     }
/// }
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    /// What happened, in words, without what was asked.
    text: String,
    asked: Option<Asked>,
    status: Option<StatusCode>,
    request_id: Option<String>,
    messages: Messages,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// A request, as far as it may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) method: Method,
    pub(crate) url: String,
}

impl Error {
    /// Which kind of failure this is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The object does not exist, or this token may not view it.
    pub fn is_not_found(&self) -> bool {
        self.kind() == ErrorKind::NotFound
    }

    /// The token is wrong, expired, read-only, or lacks the permission. NetBox says 403 to all of these.
    pub fn is_forbidden(&self) -> bool {
        self.kind() == ErrorKind::Forbidden
    }

    /// NetBox refused the values; [`Error::messages`] says which and why.
    pub fn is_invalid(&self) -> bool {
        self.kind() == ErrorKind::Invalid
    }

    /// The object changed meanwhile, others depend on it, or nothing is left to allocate.
    pub fn is_conflict(&self) -> bool {
        self.kind() == ErrorKind::Conflict
    }

    /// The answer took too long.
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::Transport(TransportErrorKind::Timeout)
    }

    /// There was no connection; the server never saw the request.
    pub fn is_connect(&self) -> bool {
        self.kind() == ErrorKind::Transport(TransportErrorKind::Connect)
    }

    /// The answer did not fit the type it was read into.
    pub fn is_decode(&self) -> bool {
        self.kind() == ErrorKind::Decode
    }

    /// The method of the request, if one was sent.
    pub fn method(&self) -> Option<&Method> {
        self.0.asked.as_ref().map(|asked| &asked.method)
    }

    /// The URL of the request, if one was sent.
    pub fn url(&self) -> Option<&str> {
        self.0.asked.as_ref().map(|asked| asked.url.as_str())
    }

    /// The status of the answer, if one came.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// NetBox's `X-Request-ID` of the answer: its logs and change records have the same.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// What NetBox said of the request as a whole, of its fields, and of its items.
    pub fn messages(&self) -> &Messages {
        &self.0.messages
    }

    /// Whether a smaller page might have come through.
    pub(crate) fn may_be_size(&self) -> bool {
        self.is_timeout()
            || matches!(self.status(), Some(StatusCode::BAD_GATEWAY | StatusCode::GATEWAY_TIMEOUT))
    }

    fn new(kind: ErrorKind, text: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            text: text.into(),
            asked: None,
            status: None,
            request_id: None,
            messages: Messages::default(),
            source: None,
        }))
    }

    pub(crate) fn config(text: impl Into<String>) -> Self {
        Self::new(ErrorKind::Config, text)
    }

    pub(crate) fn query(text: impl Into<String>) -> Self {
        Self::new(ErrorKind::Query, text)
    }

    pub(crate) fn paging(asked: Asked, text: impl Into<String>) -> Self {
        Self::new(ErrorKind::Paging, text).asked(asked)
    }

    pub(crate) fn no_match(asked: Option<Asked>) -> Self {
        Self::new(ErrorKind::NoMatch, "no object matches").asked(asked)
    }

    pub(crate) fn many_matches(asked: Option<Asked>) -> Self {
        Self::new(ErrorKind::ManyMatches, "more than one object matches").asked(asked)
    }

    pub(crate) fn wrong_type(text: impl Into<String>) -> Self {
        Self::new(ErrorKind::WrongType, text)
    }

    /// A value that is not there.
    pub(crate) fn missing(text: impl Into<String>) -> Self {
        Self::new(ErrorKind::Decode, text)
    }

    /// A value that is there, but is not what the caller took it for.
    pub(crate) fn value(name: &str, source: serde_json::Error) -> Self {
        Self::new(ErrorKind::Decode, format!("`{name}` does not fit: {source}"))
    }

    pub(crate) fn transport(asked: Asked, error: TransportError) -> Self {
        let mut this = Self::new(ErrorKind::Transport(error.kind()), error.to_string()).asked(asked);
        this.0.source = Some(error.into_source());
        this
    }

    fn asked(mut self, asked: impl Into<Option<Asked>>) -> Self {
        self.0.asked = asked.into();
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(Asked { method, url }) = &self.0.asked {
            write!(f, "{method} {}: ", shortened(url))?;
        }
        f.write_str(&self.0.text)?;
        if let Some(hint) = self.0.kind.hint() {
            write!(f, " ({hint})")?;
        }
        if let Some(id) = &self.0.request_id {
            write!(f, " [request {id}]")?;
        }
        Ok(())
    }
}

/// A URL that can be read: one with hundreds of ids can't.
fn shortened(url: &str) -> Cow<'_, str> {
    const SHOWN: usize = 200;
    match url.char_indices().nth(SHOWN) {
        Some((end, _)) => Cow::Owned(format!("{}…", &url[..end])),
        None => Cow::Borrowed(url),
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")?;
        let mut cause = self.source();
        while let Some(error) = cause {
            write!(f, "\n  caused by: {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_small() {
        assert_eq!(size_of::<Error>(), size_of::<usize>());
    }

    #[test]
    fn causes_are_told_once() {
        let cause = TransportError::new(TransportErrorKind::Connect, "port 1 is closed");
        let asked = Asked { method: Method::GET, url: "https://h/api/status/".into() };
        let error = Error::transport(asked, cause);
        assert_eq!(error.to_string(), "GET https://h/api/status/: could not connect");
        assert_eq!(
            format!("{error:?}"),
            "GET https://h/api/status/: could not connect\n  caused by: port 1 is closed"
        );
        assert!(error.is_connect());
    }
}
