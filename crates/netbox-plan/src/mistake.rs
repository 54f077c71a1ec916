//! Mistakes in a description, and their places.

use std::{error::Error as StdError, fmt};

/// A part of a description that no NetBox can be made to match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    place: String,
    message: String,
}

impl Mistake {
    pub(crate) fn new(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self { place: place.into(), message: message.into() }
    }

    /// The place in the description: `dcim/devices[3].interfaces[0].type`.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// The mistake, and how to mend it.
    pub fn message(&self) -> &str {
        &self.message
    }
}

/// Names in an enumeration: `` `a` and `b` ``.
pub(crate) fn quoted<N: fmt::Display>(names: impl IntoIterator<Item = N>) -> String {
    names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" and ")
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

/// There is no plan: the description has mistakes, or NetBox could not be read.
#[non_exhaustive]
pub enum PlanError {
    /// All mistakes that were found, in the order of their places.
    Mistakes(Vec<Mistake>),
    /// A request failed.
    Netbox(netbox_core::Error),
}

impl PlanError {
    pub(crate) fn of(mut mistakes: Vec<Mistake>) -> Self {
        mistakes.sort_by(|one, other| numbered(&one.place).cmp(&numbered(&other.place)));
        Self::Mistakes(mistakes)
    }
}

/// The parts of a place, of which those in brackets are ordered as numbers.
fn numbered(place: &str) -> Vec<(usize, &str)> {
    place.split(['[', ']']).map(|part| part.parse().map_or((0, part), |number| (number, ""))).collect()
}

/// The same text as `Display`: `main` prints the error that it returns with `Debug`.
impl fmt::Debug for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mistakes(mistakes) => {
                for (number, mistake) in mistakes.iter().enumerate() {
                    if number > 0 {
                        f.write_str("\n")?;
                    }
                    mistake.fmt(f)?;
                }
                Ok(())
            }
            Self::Netbox(error) => error.fmt(f),
        }
    }
}

impl StdError for PlanError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Mistakes(_) => None,
            Self::Netbox(error) => error.source(),
        }
    }
}

impl From<netbox_core::Error> for PlanError {
    fn from(error: netbox_core::Error) -> Self {
        Self::Netbox(error)
    }
}
