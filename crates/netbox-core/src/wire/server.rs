//! The version of a server, as netbox-schema knows it.

use netbox_schema::Versions;

use super::version::Version;

/// The version of a server.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Server {
    /// No answer has shown it yet.
    Unknown,
    /// A version that the schema has.
    Known(Version),
    /// Any other version.
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

    /// The versions that it may be of, among those that the schema has.
    pub(crate) fn versions(self) -> Versions {
        match self {
            Self::Unknown => Versions::ALL,
            Self::Known(version) => {
                let later = Versions::since(version.major(), version.minor() + 1);
                Versions::since(version.major(), version.minor()).without(later)
            }
            Self::Other(_) => Versions::NONE,
        }
    }

    /// Whether the server has what these versions have. An unknown version is taken for any of them, an unlisted one for the
    /// nearest.
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

/// The oldest version that the schema has, if `version` is older.
pub(crate) fn unsupported(version: Version) -> Option<Version> {
    let oldest = Versions::ALL.oldest().map(|oldest| Version::new(oldest.major, oldest.minor));
    oldest.filter(|oldest| version < *oldest)
}

/// Whether the version is newer than all that the schema has.
fn is_newer(version: Version) -> bool {
    let newest = Versions::ALL.newest();
    newest.is_some_and(|newest| version > Version::new(newest.major, newest.minor))
}
