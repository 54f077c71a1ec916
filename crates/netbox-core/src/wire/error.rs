//! Errors that say what was asked, what came back and what to do.

use std::{
    borrow::Cow,
    error::Error as StdError,
    fmt::{self, Write},
    sync::Arc,
};

use bytes::Bytes;
use http::{Method, StatusCode};

use super::transport::TransportErrorKind;

pub(super) mod answer;
mod cause;
mod io;
mod kind;
mod line;
mod messages;
mod place;

pub use kind::ErrorKind;
use line::bounded;
pub(crate) use line::{OneLine, presentable};
pub use messages::{ItemMessages, ItemPlace, Messages};

/// An error: what went wrong, which request was sent, and what came back.
///
/// Its [`Display`](fmt::Display) is one line; its [`Debug`], which is what a `main` that returns it prints, adds the
/// causes, a line each. Whatever a server says, line breaks and other control characters are escaped in these lines, and
/// long texts are cut, with a note of their length. Neither ever shows a token or a password.
/// [`messages`](Error::messages) and [`body`](Error::body) are what the server sent, unescaped.
///
/// # Examples
///
/// ```
/// use netbox_core::{Blocking, Client, Error};
///
/// fn rename(client: &Client<Blocking>) -> Result<(), Error> {
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

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    /// A description of the failure, without the request.
    text: String,
    asked: Option<Asked>,
    status: Option<StatusCode>,
    request_id: Option<String>,
    messages: Messages,
    etags: Option<Etags>,
    /// Advice that knows more than that for all errors of the kind.
    remedy: Option<String>,
    may_have_written: bool,
    /// The URLs of the objects that were created before this went wrong.
    created: Vec<String>,
    /// The beginning of the body of the answer.
    body: Option<Bytes>,
    source: Option<Arc<dyn StdError + Send + Sync>>,
}

/// The versions of an object that changed meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Etags {
    /// The one that was read.
    ours: Option<String>,
    /// The one that the server has now.
    theirs: Option<String>,
}

/// A request, as far as it may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) method: Method,
    pub(crate) url: String,
    /// Whether NetBox was asked to write anything.
    pub(crate) writes: bool,
}

/// How many bytes of a text an error keeps and shows.
const TEXT_KEPT: usize = 8 * 1024;

/// The advice for an object that changed since it was read.
const STALE: &str = "the object changed since it was read: `refresh` it, which drops its changes, and change it again, or make the \
                     change in `save_with` from the start";

impl Error {
    /// Which kind of failure this is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The object does not exist, or this token may not view it.
    pub fn is_not_found(&self) -> bool {
        self.kind() == ErrorKind::NotFound
    }

    /// The token is wrong, expired, read-only, or lacks the permission. NetBox answers 401 or 403 to these.
    pub fn is_forbidden(&self) -> bool {
        self.kind() == ErrorKind::Forbidden
    }

    /// NetBox refused the values; [`Error::messages`] says which and why.
    pub fn is_invalid(&self) -> bool {
        self.kind() == ErrorKind::Invalid
    }

    /// The object changed since it was read, or other objects depend on it. If it changed, [`ours`](Error::ours) and
    /// [`theirs`](Error::theirs) return the two versions.
    pub fn is_conflict(&self) -> bool {
        self.kind() == ErrorKind::Conflict
    }

    /// Nothing, or not enough, is left to allocate.
    pub fn is_exhausted(&self) -> bool {
        self.kind() == ErrorKind::Exhausted
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
    ///
    /// ```
    /// # use netbox_core::Error;
    /// fn report(error: &Error) {
    ///     match error.request_id() {
    ///         Some(id) => eprintln!("{error}; look for {id} in NetBox's log"),
    ///         None => eprintln!("{error}"),
    ///     }
    /// }
    /// ```
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// NetBox's messages about the request as a whole, its fields, and its items.
    pub fn messages(&self) -> &Messages {
        &self.0.messages
    }

    /// The body of the answer, as it came: at most its first 64 KiB. `None` if there was no answer, or an empty one.
    ///
    /// [`messages`](Error::messages) has what NetBox says in a form that is the same for all its versions; plugins may
    /// say more.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, Patch};
    /// fn merge(client: &Client<Blocking>) -> Result<(), Error> {
    ///     let merged = client.raw().post::<()>("plugins/branching/branches/7/merge", &());
    ///     if let Err(error) = &merged {
    ///         eprintln!("{}", String::from_utf8_lossy(error.body().unwrap_or_default()));
    ///     }
    ///     merged
    /// }
    /// ```
    pub fn body(&self) -> Option<&[u8]> {
        self.0.body.as_deref()
    }

    /// The `ETag` that the object was read with, if it had one and the object changed since; for a bulk write, those of all
    /// objects of the batch, with commas between them.
    pub fn ours(&self) -> Option<&str> {
        self.0.etags.as_ref()?.ours.as_deref()
    }

    /// The `ETag` that the object has now, if it changed since it was read and the server sent its `ETag`.
    pub fn theirs(&self) -> Option<&str> {
        self.0.etags.as_ref()?.theirs.as_deref()
    }

    /// The URLs of the objects that were created although the answer could not be read: one object, or those of an
    /// allocation. Empty for any other error.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "ipam/prefixes")] struct Prefix { id: u64 }
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "ipam/ip-addresses")] struct Address { id: u64 }
    /// fn take(client: &Client<Blocking>) -> Result<(), Error> {
    ///     let pool = client.get::<Prefix>(7)?.available_ips().of::<Address>();
    ///     if let Err(error) = pool.allocate(3) {
    ///         error.created().iter().for_each(|url| eprintln!("{url} was taken all the same"));
    ///         return Err(error);
    ///     }
    ///     Ok(())
    /// }
    /// ```
    pub fn created(&self) -> &[String] {
        &self.0.created
    }

    /// Whether NetBox may have carried out a write, in whole or in part, although it ended with this error.
    ///
    /// It is `false` only if it is certain that nothing was written: the library refused the write or was still reading
    /// for it, the request never reached the server, or NetBox itself refused it. A refusal by something before NetBox,
    /// such as the 403 of a firewall that looks at answers, is not certain. For a read it is always `false`. For a bulk
    /// write, [`BulkError::fate`](crate::bulk::BulkError::fate) returns the outcome for each item.
    ///
    /// Before you repeat a write that may have been carried out, check whether it was:
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, NetboxModel, Patch};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "extras/tags")] struct Tag { id: u64, name: String, slug: String }
    /// fn add(client: &Client<Blocking>) -> Result<(), Error> {
    ///     let tag = || Patch::new().set(Tag::NAME, "spare").set(Tag::SLUG, "spare");
    ///     match client.create::<Tag>(tag()) {
    ///         Err(error) if error.may_have_written() => {
    ///             let is_there = client.query::<Tag>().filter(Tag::SLUG.eq("spare")).exists()?;
    ///             if is_there { Ok(()) } else { client.create::<Tag>(tag()).map(|_| ()) }
    ///         }
    ///         created => created.map(|_| ()),
    ///     }
    /// }
    /// ```
    pub fn may_have_written(&self) -> bool {
        self.0.may_have_written
    }

    /// Whether an object changed since it was read, so that reading it again may help.
    pub(crate) fn is_stale(&self) -> bool {
        self.0.etags.is_some()
    }

    /// Whether the server answered a deletion as NetBox does, but without anything that shows that NetBox did.
    pub(crate) fn is_bare_deletion(&self) -> bool {
        self.kind() == ErrorKind::NotNetbox && self.status() == Some(StatusCode::NO_CONTENT)
    }

    /// Whether a smaller page might have come through.
    pub(crate) fn may_be_size(&self) -> bool {
        self.is_timeout()
            || matches!(self.status(), Some(StatusCode::BAD_GATEWAY | StatusCode::GATEWAY_TIMEOUT))
    }

    /// The text without the request that it is about.
    pub(crate) fn reason(&self) -> &str {
        &self.0.text
    }

    /// Whether the library itself refused a write.
    pub(crate) fn is_local(&self) -> bool {
        self.kind() == ErrorKind::Body
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = OneLine(f);
        if let Some(Asked { method, url, .. }) = &self.0.asked {
            write!(line, "{method} {}: ", shortened(url))?;
        }
        line.write_str(&self.0.text)?;
        let hint = if self.is_stale() { Some(STALE) } else { self.0.kind.hint() };
        if let Some(hint) = self.0.remedy.as_deref().or(hint) {
            write!(line, " ({hint})")?;
        }
        if let Some(id) = &self.0.request_id {
            write!(line, " [request {id}]")?;
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
        let text = self.to_string();
        f.write_str(&text)?;
        let mut cause = self.source();
        while let Some(error) = cause {
            let mut cause_text = String::new();
            write!(OneLine(&mut cause_text), "{}", bounded(&error.to_string(), TEXT_KEPT))?;
            if !text.contains(&cause_text) {
                write!(f, "\n  caused by: {cause_text}")?;
            }
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
mod tests;
