//! The versions from which on NetBox knows what older ones ignore.

use super::version::Version;

/// A write takes a message for the change log.
pub(crate) const CHANGELOG_MESSAGE: Version = Version::new(4, 4);

/// The allocation of an address takes a `prefix_length`. Older versions give it the length of its prefix. This came with 4.5.1,
/// and answers tell no more than 4.5.
pub(crate) const ADDRESS_LENGTH: Version = Version::new(4, 5);

/// Lists take the cursor `start`.
pub(crate) const CURSOR: Version = Version::new(4, 6);

/// A write takes `add_tags` and `remove_tags`.
pub(crate) const TAG_CHANGES: Version = Version::new(4, 6);

/// A bulk write can be put into NetBox's queue. Older versions write at once.
pub(crate) const BACKGROUND: Version = Version::new(4, 7);

/// A bulk write that names an unknown object is refused. Older versions write the others and say nothing.
pub(crate) const UNKNOWN_IDS_REFUSED: Version = Version::new(4, 7);
