//! The constructors of errors.

use super::{Asked, Error, ErrorKind, Etags, Inner, Messages, TEXT_KEPT, answer, bounded};
use crate::wire::{
    since::Release,
    transport::{TransportError, TransportErrorKind},
    version::Version,
};

impl Error {
    pub(crate) fn new(kind: ErrorKind, text: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            text: bounded(&text.into(), TEXT_KEPT).into_owned(),
            asked: None,
            status: None,
            request_id: None,
            messages: Messages::default(),
            etags: None,
            remedy: None,
            may_have_written: false,
            created: Vec::new(),
            body: None,
            source: None,
        }))
    }

    pub(crate) fn config(text: impl Into<String>) -> Self {
        Self::new(ErrorKind::Config, text)
    }

    pub(crate) fn query(text: impl Into<String>) -> Self {
        Self::new(ErrorKind::Query, text)
    }

    /// The library refused a write; nothing was sent.
    pub(crate) fn unwritable(text: impl Into<String>) -> Self {
        Self::new(ErrorKind::Body, text)
    }

    /// The library refused these fields of a body for `endpoint`, each for its own reason; nothing was sent.
    pub(crate) fn fields(endpoint: &str, wrong: Vec<(&str, String)>) -> Self {
        let told: Vec<_> = wrong.iter().map(|(name, why)| format!("`{name}` {why}")).collect();
        let mut this = Self::unwritable(format!("this can't be written to {endpoint}: {}", told.join("; ")));
        this.0.messages = Messages::of_fields(wrong);
        this
    }

    /// This server lacks or would ignore `what`, which NetBox has from `since` on; nothing was sent.
    pub(crate) fn too_old(what: &str, since: Release, server: Release) -> Self {
        let text = format!("{what} needs NetBox {since} or later: this server is {server}");
        Self::new(ErrorKind::Version, text)
    }

    /// The server is older than all that the library knows.
    pub(crate) fn unsupported(oldest: Version, server: Version) -> Self {
        let text = format!(
            "this server is NetBox {server}, and this library supports {oldest} and later: \
             `ClientBuilder::allow_unsupported` lets it try"
        );
        Self::new(ErrorKind::Version, text)
    }

    /// NetBox answered a query in GraphQL with these messages.
    pub(crate) fn graphql(asked: Asked, messages: &[String]) -> Self {
        let mut this = Self::new(ErrorKind::Graphql, messages.join("; ")).asked(asked);
        this.0.messages = Messages::of(&messages.into());
        this
    }

    /// The token may not write to `endpoint`.
    pub(crate) fn untold(endpoint: &str) -> Self {
        let text = format!("NetBox describes the fields of {endpoint} only to tokens that may write them");
        Self::new(ErrorKind::Forbidden, text)
    }

    /// The number of matches differs from the expected one.
    pub(crate) fn count(text: impl Into<String>) -> Self {
        Self::new(ErrorKind::Count, text)
    }

    /// NetBox did something other than the request said.
    pub(crate) fn unfulfilled(asked: Option<Asked>, text: impl Into<String>) -> Self {
        Self::new(ErrorKind::Unfulfilled, text).asked(asked)
    }

    /// The answer to `asked` showed that objects are not as they were read.
    pub(crate) fn compared(kind: ErrorKind, asked: Option<Asked>, text: impl Into<String>) -> Self {
        Self::new(kind, text).asked(asked)
    }

    /// The object changed since it was read: its versions differ, or its contents where it has no versions.
    pub(crate) fn stale(asked: Asked, ours: Option<&str>, theirs: Option<&str>) -> Self {
        Self::new(ErrorKind::Conflict, "somebody else wrote it meanwhile").asked(asked).etags(ours, theirs)
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

    /// A value is missing.
    pub(crate) fn missing(text: impl Into<String>) -> Self {
        Self::new(ErrorKind::Decode, text)
    }

    /// The value `name` is there, and is not of the type that the caller reads it as.
    pub(crate) fn value(name: &str, source: serde_json::Error) -> Self {
        let told = source.to_string();
        let remedy = if told.starts_with("invalid type: null") {
            " (a field that may be null is read as an `Option`)"
        } else if told.starts_with("invalid type: map, expected a string") {
            " (a choice is read as a `value::Choice`, and an object by `fk`)"
        } else {
            ""
        };
        Self::new(ErrorKind::Decode, format!("`{name}` does not fit: {told}{remedy}")).caused_by(source)
    }

    pub(crate) fn transport(asked: Asked, error: TransportError) -> Self {
        let never_sent = error.never_sent();
        let unsure = if never_sent { String::new() } else { answer::unsure(&asked) };
        // The other kinds say all that helps.
        let has_cause = never_sent || error.kind() == TransportErrorKind::Other;
        let cause = if has_cause { format!(": {}", innermost(&error)) } else { String::new() };
        let text = format!("{error}{cause}{unsure}");
        let mut this = Self::new(ErrorKind::Transport(error.kind()), text).asked(asked);
        this.0.may_have_written &= !never_sent;
        this.0.source = Some(error.into_source().into());
        this
    }

    /// Says how to mend it, in place of what is said of all errors of its kind.
    pub(crate) fn remedied(mut self, remedy: impl Into<String>) -> Self {
        self.0.remedy = Some(remedy.into());
        self
    }

    pub(crate) fn of_kind(mut self, kind: ErrorKind) -> Self {
        self.0.kind = kind;
        self
    }

    /// The same error, for another who waited for the same answer.
    pub(crate) fn shared(&self) -> Self {
        Self(self.0.clone())
    }

    /// An error with the same kind, request and answer, another text, and no source.
    pub(crate) fn reworded(&self, text: String) -> Self {
        let mut this = self.shared();
        (this.0.text, this.0.source) = (text, None);
        this
    }

    pub(crate) fn caused_by(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.0.source = Some(source.into().into());
        self
    }

    /// The same error of a bulk write, of which some items may have been written or none.
    pub(crate) fn having_written(mut self, any: bool) -> Self {
        self.0.may_have_written = any;
        self
    }

    /// Adds the request. If that was to write, it may have been carried out, unless more is known.
    pub(super) fn asked(mut self, asked: impl Into<Option<Asked>>) -> Self {
        self.0.asked = asked.into();
        self.0.may_have_written = self.0.asked.as_ref().is_some_and(|asked| asked.writes);
        self
    }
}

/// The cause that says what happened, such as a closed port, where those around it only say what was being done.
fn innermost<'e>(error: &'e (dyn std::error::Error + 'static)) -> &'e (dyn std::error::Error + 'static) {
    std::iter::successors(Some(error), |error| error.source()).last().unwrap_or(error)
}
