use std::fmt;

use serde::{Deserialize, Serialize};

/// A day as NetBox sends it: `2026-11-23`.
///
/// It keeps the text and knows no calendar.
///
/// ```
/// use netbox_core::Date;
///
/// let installed: Date = serde_json::from_str(r#""2026-11-23""#)?;
/// assert!(installed < Date::from("2026-12-01".to_owned()));
/// # Ok::<(), serde_json::Error>(())
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

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
