//! The versions from which on NetBox knows what older ones ignore.

use std::fmt;

use super::version::Version;

/// A release of NetBox. Its answers name the version alone; the patch is in its status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Release {
    pub(crate) version: Version,
    pub(crate) patch: u16,
}

impl Release {
    const fn new(major: u16, minor: u16, patch: u16) -> Self {
        Self { version: Version::new(major, minor), patch }
    }

    /// Reads the first three numbers of `text`, such as `4.6.2-Docker-3.2.1`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let version = Version::parse(text)?;
        let patch = text.split('.').nth(2)?;
        let end = patch.find(|c: char| !c.is_ascii_digit()).unwrap_or(patch.len());
        Some(Self { version, patch: patch[..end].parse().ok()? })
    }
}

/// The first of a version.
impl From<Version> for Release {
    fn from(version: Version) -> Self {
        Self { version, patch: 0 }
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.patch {
            0 => self.version.fmt(f),
            patch => write!(f, "{}.{patch}", self.version),
        }
    }
}

/// A write takes a message for the change log.
pub(crate) const CHANGELOG_MESSAGE: Version = Version::new(4, 4);

/// The allocation of an address takes a `prefix_length`. Older versions give it the length of its prefix.
pub(crate) const ADDRESS_LENGTH: Release = Release::new(4, 5, 1);

/// Tokens begin with `nbt_`. To older versions, a request with such a token is one without any.
pub(crate) const PREFIXED_TOKENS: Version = Version::new(4, 5);

/// Files of scripts can be uploaded.
pub(crate) const SCRIPT_UPLOADS: Release = Release::new(4, 5, 7);

/// An uploaded file of scripts can be replaced.
pub(crate) const SCRIPT_REPLACEMENTS: Version = Version::new(4, 6);

/// A run of a script says whom NetBox notifies.
pub(crate) const SCRIPT_NOTIFICATIONS: Version = Version::new(4, 6);

/// Lists take the cursor `start`.
pub(crate) const CURSOR: Version = Version::new(4, 6);

/// A write takes `add_tags` and `remove_tags`.
pub(crate) const TAG_CHANGES: Version = Version::new(4, 6);

/// A bulk write can be put into NetBox's queue. Older versions write at once.
pub(crate) const BACKGROUND: Version = Version::new(4, 7);

/// A bulk write that names an unknown object is refused. Older versions write the others and say nothing.
pub(crate) const UNKNOWN_IDS_REFUSED: Version = Version::new(4, 7);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_are_read_and_written() {
        for (text, expected) in [
            ("4.5.7", Some("4.5.7")),
            ("v4.6.2-Docker-3.2.1", Some("4.6.2")),
            ("4.7.0-beta1", Some("4.7")),
            ("4.7", None),
            ("4.7.x", None),
            ("", None),
        ] {
            assert_eq!(
                Release::parse(text).map(|release| release.to_string()).as_deref(),
                expected,
                "{text}"
            );
        }
        assert!(
            Release::new(4, 5, 10) > SCRIPT_UPLOADS && Release::from(Version::new(4, 5)) < SCRIPT_UPLOADS
        );
    }
}
