use std::{
    error::Error,
    fmt::{self, Write},
};

use super::error::OneLine;

/// A text or a number that is no value of the type.
///
/// Parsing a [`Date`](crate::value::Date), a [`Decimal`](crate::value::Decimal), an [`IpPrefix`](crate::value::IpPrefix), a
/// [`Timestamp`](crate::value::Timestamp) or a [`Version`](crate::Version) fails with this error.
///
/// ```
/// let error = "2026-02-30".parse::<netbox_core::value::Date>().unwrap_err();
/// assert_eq!(error.to_string(), "“2026-02-30” is not a day of the calendar, written as in `2026-11-23`");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueError {
    given: String,
    expected: &'static str,
}

impl ValueError {
    /// The error for `given`, which is not `expected`.
    pub(crate) fn new(given: impl fmt::Display, expected: &'static str) -> Self {
        Self { given: given.to_string(), expected }
    }
}

impl fmt::Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(OneLine(f), "“{}” is not {}", self.given, self.expected)
    }
}

impl Error for ValueError {}
