//! What a server has of what netbox-schema knows.

use netbox_schema::Versions;

use super::version::Version;

/// Whose NetBox it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Server {
    /// No answer told it yet.
    Unknown,
    /// Of a version that the schema has.
    Known(Version),
    /// Of another one.
    Other(Version),
}

impl Server {
    pub(crate) fn of(version: Option<Version>) -> Self {
        match version {
            None => Self::Unknown,
            Some(version) if Versions::ALL.contains(version.major(), version.minor()) => Self::Known(version),
            Some(version) => Self::Other(version),
        }
    }

    /// Whether it has what these versions have: any of them if it isn't known, and else the one that is nearest to it.
    pub(crate) fn has(self, versions: Versions) -> bool {
        let all = Versions::ALL;
        match self {
            Self::Unknown => !versions.is_empty(),
            Self::Known(version) => versions.contains(version.major(), version.minor()),
            Self::Other(version) if is_newer(version) => versions.newest() == all.newest(),
            Self::Other(_) => versions.oldest() == all.oldest(),
        }
    }
}

/// Whether the version is newer than all that the schema has.
fn is_newer(version: Version) -> bool {
    let newest = Versions::ALL.newest();
    newest.is_some_and(|newest| version > Version::new(newest.major, newest.minor))
}
