//! Which NetBox answers.

use std::{
    fmt,
    str::FromStr,
    sync::atomic::{AtomicBool, AtomicU32, Ordering},
};

use super::value_error::ValueError;

/// A NetBox version as its API reports it: major and minor, as in `4.7`.
///
/// ```
/// use netbox_core::Version;
///
/// let docker: Version = "v4.6.2-Docker-3.2.1".parse()?;
/// assert_eq!(docker, Version::new(4, 6));
/// assert!(docker < Version::new(4, 10));
/// # Ok::<(), netbox_core::error::ValueError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    major: u16,
    minor: u16,
}

impl Version {
    /// The version `major.minor`.
    pub const fn new(major: u16, minor: u16) -> Self {
        Self { major, minor }
    }

    /// Reads the first two numbers of `text`, whatever stands around them.
    pub fn parse(text: &str) -> Option<Self> {
        let from = text.find(|c: char| c.is_ascii_digit())?;
        let mut numbers = text[from..].split('.').map(|part| {
            let end = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
            part[..end].parse().ok()
        });
        Some(Self { major: numbers.next()??, minor: numbers.next()?? })
    }

    /// The number before the dot.
    pub const fn major(self) -> u16 {
        self.major
    }

    /// The number after the dot.
    pub const fn minor(self) -> u16 {
        self.minor
    }
}

/// As [`Version::parse`] reads it.
impl FromStr for Version {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        Self::parse(text).ok_or_else(|| ValueError::new(text, "a NetBox version, such as `4.7.3`"))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

/// The version of the server, once an answer has shown it.
#[derive(Debug, Default)]
pub(crate) struct LearntVersion {
    packed: AtomicU32,
    /// Whether a header had the version, so that no proxy strips that header.
    by_header: AtomicBool,
}

impl LearntVersion {
    pub(crate) fn get(&self) -> Option<Version> {
        let packed = self.packed.load(Ordering::Relaxed);
        let [a, b, c, d] = packed.to_be_bytes();
        (packed != 0).then(|| Version::new(u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d])))
    }

    pub(crate) fn learn(&self, version: Version) {
        let packed = u32::from(version.major) << 16 | u32::from(version.minor);
        self.packed.store(packed, Ordering::Relaxed);
    }

    /// Learns it from a header.
    pub(crate) fn learn_by_header(&self, version: Version) {
        self.learn(version);
        self.by_header.store(true, Ordering::Relaxed);
    }

    pub(crate) fn came_by_header(&self) -> bool {
        self.by_header.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn versions_as_servers_tell_them() {
        for (text, expected) in [
            ("4.7", Some(Version::new(4, 7))),
            ("4.7.3", Some(Version::new(4, 7))),
            ("4.8-beta1", Some(Version::new(4, 8))),
            ("v4.2.8-Docker-3.2.1", Some(Version::new(4, 2))),
            ("5", None),
            ("", None),
            ("unknown", None),
        ] {
            assert_eq!(Version::parse(text), expected, "{text}");
            assert_eq!(text.parse().ok(), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_version_is_remembered(major in 1u16.., minor: u16) {
            let learnt = LearntVersion::default();
            prop_assert_eq!(learnt.get(), None);
            learnt.learn(Version::new(major, minor));
            prop_assert_eq!(learnt.get(), Some(Version::new(major, minor)));
            prop_assert_eq!(Version::parse(&format!("v{}-x", Version::new(major, minor))), learnt.get());
        }
    }
}
