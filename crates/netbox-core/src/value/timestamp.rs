use std::fmt;

use serde::{Deserialize, Serialize};

/// A point in time as NetBox sends it: ISO 8601, to the microsecond, with `Z` or the offset of the server's time
/// zone; custom fields may lack the offset.
///
/// It keeps the text and knows no calendar. With the feature `chrono` or `jiff`, declare the field as one of that
/// crate's types instead: a `chrono::DateTime` or a `jiff::Timestamp` has the same lookups.
///
/// ```
/// use netbox_core::Timestamp;
///
/// let created: Timestamp = serde_json::from_str(r#""2026-11-23T11:12:17.600827+01:00""#)?;
/// assert_eq!(created.as_str(), "2026-11-23T11:12:17.600827+01:00");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(String);

impl Timestamp {
    /// The text, as NetBox sent it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for Timestamp {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
