//! What errors are made of.

use super::{Asked, Error, ErrorKind, Etags, Inner, Messages, answer};
use crate::{base::ApiPath, bulk::BulkError, transport::TransportError, version::Version};

impl Error {
    pub(crate) fn new(kind: ErrorKind, text: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            text: text.into(),
            asked: None,
            status: None,
            request_id: None,
            messages: Messages::default(),
            etags: None,
            created: Vec::new(),
            source: None,
        }))
    }

    pub(crate) fn config(text: impl Into<String>) -> Self {
        Self::new(ErrorKind::Config, text)
    }

    pub(crate) fn query(text: impl Into<String>) -> Self {
        Self::new(ErrorKind::Query, text)
    }

    /// What was to be written makes no sense; nothing was sent.
    pub(crate) fn body(text: impl Into<String>) -> Self {
        Self::new(ErrorKind::Body, text)
    }

    /// What is wrong with each of these fields of a body for `endpoint`; nothing was sent.
    pub(crate) fn fields(endpoint: &str, wrong: Vec<(&str, String)>) -> Self {
        let told: Vec<_> = wrong.iter().map(|(name, why)| format!("`{name}` {why}")).collect();
        let mut this = Self::body(format!("this can't be written to {endpoint}: {}", told.join("; ")));
        this.0.messages = Messages::of_fields(wrong);
        this
    }

    /// This server would ignore `what`, which NetBox has from `since` on; nothing was sent.
    pub(crate) fn too_old(what: &str, since: Version, server: Version) -> Self {
        Self::new(
            ErrorKind::Version,
            format!("{what} needs NetBox {since} or later, and this is {server}, which would ignore it"),
        )
    }

    /// What NetBox told of a query in GraphQL.
    pub(crate) fn graphql(asked: Asked, messages: &[String]) -> Self {
        let mut this = Self::new(ErrorKind::Graphql, messages.join("; ")).asked(asked);
        this.0.messages = Messages::of(&messages.into());
        this
    }

    /// The token may not write to `endpoint`, and is not told how others could.
    pub(crate) fn untold(endpoint: &ApiPath) -> Self {
        let text = format!("NetBox tells only those who may write to {endpoint} what can be written there");
        Self::new(ErrorKind::Forbidden, text)
    }

    /// Other objects match than there were to be.
    pub(crate) fn count(text: impl Into<String>) -> Self {
        Self::new(ErrorKind::Count, text)
    }

    /// What NetBox did was not what it was asked for.
    pub(crate) fn unfulfilled(asked: Option<Asked>, text: impl Into<String>) -> Self {
        Self::new(ErrorKind::Unfulfilled, text).asked(asked)
    }

    /// The object changed since it was read: the versions differ, or, where there are none, the contents.
    pub(crate) fn stale(asked: Asked, ours: Option<&str>, theirs: Option<&str>) -> Self {
        Self::new(ErrorKind::Conflict, "it is not as it was").asked(asked).etags(ours, theirs)
    }

    pub(crate) fn etags(mut self, ours: Option<&str>, theirs: Option<&str>) -> Self {
        self.0.etags = Some(Etags { ours: ours.map(str::to_owned), theirs: theirs.map(str::to_owned) });
        self
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
        let unsure = if error.never_sent() { String::new() } else { answer::unsure(&asked.method) };
        let mut this = Self::new(ErrorKind::Transport(error.kind()), format!("{error}{unsure}")).asked(asked);
        this.0.source = Some(error.into_source());
        this
    }

    pub(crate) fn of_kind(mut self, kind: ErrorKind) -> Self {
        self.0.kind = kind;
        self
    }

    /// With all that is known of a bulk write.
    pub(crate) fn of_bulk(bulk: BulkError) -> Self {
        let error = bulk.error();
        let mut this = Self::new(error.kind(), bulk.to_string());
        this.0.status = error.status();
        this.0.messages = error.messages().clone();
        this.0.source = Some(Box::new(bulk));
        this
    }

    pub(super) fn asked(mut self, asked: impl Into<Option<Asked>>) -> Self {
        self.0.asked = asked.into();
        self
    }
}
