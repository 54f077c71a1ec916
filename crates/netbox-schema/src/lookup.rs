//! The lookups of filters.

/// The comparison that a filter makes, named by the suffix of its parameter, as in `name__ic`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Lookup {
    /// No suffix: equal. If there are several values, any one may match; tags must all match.
    Exact,
    /// `n`: not equal.
    Not,
    /// `ic`: contains, in any case.
    Contains,
    /// `nic`: does not contain, in any case.
    NotContains,
    /// `isw`: starts with, in any case.
    StartsWith,
    /// `nisw`: does not start with, in any case.
    NotStartsWith,
    /// `iew`: ends with, in any case.
    EndsWith,
    /// `niew`: does not end with, in any case.
    NotEndsWith,
    /// `ie`: equal, in any case.
    ExactIgnoreCase,
    /// `nie`: not equal, in any case.
    NotIgnoreCase,
    /// `regex`: matches a regular expression.
    Regex,
    /// `iregex`: matches a regular expression, in any case.
    RegexIgnoreCase,
    /// `empty`: has no value, or has one; NetBox ignores what is neither `true` nor `false`.
    Empty,
    /// `gt`: greater, or later.
    Greater,
    /// `gte`: greater or equal.
    GreaterOrEqual,
    /// `lt`: less, or earlier.
    Less,
    /// `lte`: less or equal.
    LessOrEqual,
    /// `after`: at that time or later.
    After,
    /// `before`: at that time or earlier.
    Before,
    /// `any`: has any of them, where no suffix means all of them.
    Any,
}

impl Lookup {
    /// All of them, in the order of their numbers.
    pub const ALL: &'static [Self] = &[
        Self::Exact,
        Self::Not,
        Self::Contains,
        Self::NotContains,
        Self::StartsWith,
        Self::NotStartsWith,
        Self::EndsWith,
        Self::NotEndsWith,
        Self::ExactIgnoreCase,
        Self::NotIgnoreCase,
        Self::Regex,
        Self::RegexIgnoreCase,
        Self::Empty,
        Self::Greater,
        Self::GreaterOrEqual,
        Self::Less,
        Self::LessOrEqual,
        Self::After,
        Self::Before,
        Self::Any,
    ];

    /// The part of the parameter after the name and two underscores; empty for [`Exact`](Self::Exact), which has no
    /// underscores either.
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::Exact => "",
            Self::Not => "n",
            Self::Contains => "ic",
            Self::NotContains => "nic",
            Self::StartsWith => "isw",
            Self::NotStartsWith => "nisw",
            Self::EndsWith => "iew",
            Self::NotEndsWith => "niew",
            Self::ExactIgnoreCase => "ie",
            Self::NotIgnoreCase => "nie",
            Self::Regex => "regex",
            Self::RegexIgnoreCase => "iregex",
            Self::Empty => "empty",
            Self::Greater => "gt",
            Self::GreaterOrEqual => "gte",
            Self::Less => "lt",
            Self::LessOrEqual => "lte",
            Self::After => "after",
            Self::Before => "before",
            Self::Any => "any",
        }
    }
}
