//! The parameters that control how a list is sent.

/// A parameter that controls how a list is sent, without filtering it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Control {
    /// `brief`: the short form of each object.
    Brief,
    /// `fields`: these fields alone.
    Fields,
    /// `omit`: without these fields.
    Omit,
    /// `exclude`: without `config_context`, all it can leave out.
    Exclude,
    /// `limit`: so many rows to a page.
    Limit,
    /// `offset`: from that row on.
    Offset,
    /// `start`: from that id on, in order of ids.
    Start,
    /// `ordering`: in that order.
    Ordering,
}

impl Control {
    /// All of them, in the order of their numbers.
    pub const ALL: &'static [Self] = &[
        Self::Brief,
        Self::Fields,
        Self::Omit,
        Self::Exclude,
        Self::Limit,
        Self::Offset,
        Self::Start,
        Self::Ordering,
    ];

    /// The name of the parameter.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Brief => "brief",
            Self::Fields => "fields",
            Self::Omit => "omit",
            Self::Exclude => "exclude",
            Self::Limit => "limit",
            Self::Offset => "offset",
            Self::Start => "start",
            Self::Ordering => "ordering",
        }
    }
}
