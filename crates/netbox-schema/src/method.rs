//! The verbs of HTTP.

/// A verb of HTTP that some route of NetBox takes. All take HEAD where they take GET, and OPTIONS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Method {
    /// Reads.
    Get,
    /// Creates, or does.
    Post,
    /// Writes whole.
    Put,
    /// Writes in part.
    Patch,
    /// Deletes.
    Delete,
}

impl Method {
    /// All of them, in the order of their numbers.
    pub const ALL: &'static [Self] = &[Self::Get, Self::Post, Self::Put, Self::Patch, Self::Delete];

    /// As HTTP spells it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}
