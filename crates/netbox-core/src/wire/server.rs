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
            Self::Known(version) => Versions::nearest_to(version.major(), version.minor()),
            Self::Other(_) => Versions::NONE,
        }
    }

    /// Whether the server has what these versions have. An unknown version is taken for any of them, an unlisted one for the
    /// nearest.
    pub(crate) fn has(self, versions: Versions) -> bool {
        let meant = match self {
            Self::Unknown => Versions::ALL,
            Self::Known(version) | Self::Other(version) => {
                Versions::nearest_to(version.major(), version.minor())
            }
        };
        !versions.and(meant).is_empty()
    }
}

/// The oldest version that the schema has, if `version` is older.
pub(crate) fn unsupported(version: Version) -> Option<Version> {
    let oldest = Versions::ALL.oldest().map(|oldest| Version::new(oldest.major, oldest.minor));
    oldest.filter(|oldest| version < *oldest)
}
