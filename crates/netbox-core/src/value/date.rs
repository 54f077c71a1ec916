use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::civil;
use crate::wire::ValueError;

/// A day as NetBox sends it: `2026-11-23`.
///
/// A `Date` holds whatever text NetBox sends or `From` gets. Parsing checks that the text is a day of the calendar.
/// Dates are ordered by their text, which puts days in their order.
///
/// ```
/// use netbox_core::value::Date;
///
/// let installed: Date = serde_json::from_str(r#""2026-11-23""#)?;
/// assert!(installed < "2026-12-01".parse()?);
/// assert!("2026-02-29".parse::<Date>().is_err());
/// assert_eq!(Date::from("some day").as_str(), "some day");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Date(String);

impl Date {
    /// The text, as NetBox sent it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for Date {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Date {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl FromStr for Date {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        match civil::day(text) {
            Some(_) => Ok(text.into()),
            None => Err(ValueError::new(text, "a day of the calendar, written as in `2026-11-23`")),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
