//! The rules for what a description leaves unsaid.

/// The meaning of a key's field for an object that is described without the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum KeyRule {
    /// The key does not identify the object.
    Given,
    /// The field counts as null.
    Null,
    /// The field only tells objects apart that are equal in the other fields.
    Any,
}

impl KeyRule {
    /// All of them, in the order of their numbers.
    pub const ALL: &'static [Self] = &[Self::Given, Self::Null, Self::Any];
}
