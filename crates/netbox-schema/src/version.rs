//! The versions of NetBox that the table distinguishes, and sets of them.

use core::fmt;

use crate::table::VERSIONS;

/// A minor version of NetBox, such as 4.7.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// The number before the dot.
    pub major: u16,
    /// The number after the dot.
    pub minor: u16,
}

/// A set of the versions that the table knows.
///
/// ```
/// use netbox_schema::{Versions, endpoint};
///
/// let owner = endpoint("dcim/sites").unwrap().field("owner").unwrap();
/// assert_eq!(owner.versions().to_string(), "4.5-4.7");
/// assert!(!owner.versions().contains(4, 4));
/// assert_eq!(Versions::ALL.without(owner.versions()).to_string(), "4.3-4.4");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Versions(u16);

impl Versions {
    /// Every version that the table knows.
    pub const ALL: Self = Self(u16::MAX >> (16 - VERSIONS.len()));

    /// None of them.
    pub const NONE: Self = Self(0);

    pub(crate) const fn from_bits(bits: u16) -> Self {
        Self(bits)
    }

    /// Those from `major.minor` on.
    pub const fn since(major: u16, minor: u16) -> Self {
        let mut bits = 0;
        let mut place = 0;
        while place < VERSIONS.len() {
            let (its_major, its_minor) = VERSIONS[place];
            if its_major > major || its_major == major && its_minor >= minor {
                bits |= 1 << place;
            }
            place += 1;
        }
        Self(bits)
    }

    /// `major.minor` alone, or the version that stands for it: the next newer one, or else the newest.
    ///
    /// ```
    /// use netbox_schema::Versions;
    ///
    /// assert_eq!(Versions::nearest_to(4, 5).to_string(), "4.5");
    /// assert_eq!(Versions::nearest_to(3, 7).to_string(), "4.3");
    /// assert_eq!(Versions::nearest_to(5, 0).to_string(), "4.7");
    /// ```
    pub const fn nearest_to(major: u16, minor: u16) -> Self {
        let from = Self::since(major, minor);
        if from.is_empty() { Self(1 << Self::ALL.0.ilog2()) } else { Self(1 << from.0.trailing_zeros()) }
    }

    /// Whether `major.minor` is one of them.
    pub const fn contains(self, major: u16, minor: u16) -> bool {
        let mut place = 0;
        while place < VERSIONS.len() {
            let (its_major, its_minor) = VERSIONS[place];
            if its_major == major && its_minor == minor {
                return self.has(place);
            }
            place += 1;
        }
        false
    }

    /// Whether it has no version at all.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many there are.
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Those in both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Those in either.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those that `other` has not.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The oldest.
    pub const fn oldest(self) -> Option<Version> {
        if self.is_empty() { None } else { Some(version(self.0.trailing_zeros())) }
    }

    /// The newest.
    pub const fn newest(self) -> Option<Version> {
        if self.is_empty() { None } else { Some(version(self.0.ilog2())) }
    }

    /// Each, from the oldest on.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = Version> {
        let known = VERSIONS.iter().enumerate().filter(move |(place, _)| self.has(*place));
        known.map(|(_, &(major, minor))| Version { major, minor })
    }

    const fn has(self, place: usize) -> bool {
        self.0 >> place & 1 == 1
    }
}

const fn version(place: u32) -> Version {
    let (major, minor) = VERSIONS[place as usize];
    Version { major, minor }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

/// As `4.5-4.7`, or `4.3, 4.6-4.7` where some between are missing; `none` if there is none.
impl fmt::Display for Versions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("none");
        }
        let mut place = 0;
        let mut separator = "";
        while place < VERSIONS.len() {
            let first = place;
            while place < VERSIONS.len() && self.has(place) {
                place += 1;
            }
            let [(major, minor), .., last] = VERSIONS[first..place.max(first + 1)] else {
                if place > first {
                    let (major, minor) = VERSIONS[first];
                    write!(f, "{separator}{major}.{minor}")?;
                    separator = ", ";
                }
                place += 1;
                continue;
            };
            write!(f, "{separator}{major}.{minor}-{}.{}", last.0, last.1)?;
            separator = ", ";
        }
        Ok(())
    }
}

impl fmt::Debug for Versions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Versions({self})")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn versions() -> impl Strategy<Value = Versions> {
        (0..=Versions::ALL.0).prop_map(Versions)
    }

    /// The set that `text` displays.
    fn read(text: &str) -> Versions {
        let place = |text: &str| {
            let is = |&(major, minor): &(u16, u16)| Version { major, minor }.to_string() == text;
            VERSIONS.iter().position(is).unwrap()
        };
        let runs = text.split(", ").filter(|run| *run != "none").flat_map(|run| {
            let (first, last) = run.split_once('-').unwrap_or((run, run));
            place(first)..=place(last)
        });
        Versions(runs.map(|place| 1 << place).sum())
    }

    #[track_caller]
    fn check(bits: u16, expected: &str) {
        assert_eq!(Versions(bits).to_string(), expected);
    }

    #[test]
    fn sets_are_shown_as_runs() {
        check(0b00000, "none");
        check(0b00001, "4.3");
        check(0b11111, "4.3-4.7");
        check(0b11100, "4.5-4.7");
        check(0b11011, "4.3-4.4, 4.6-4.7");
        check(0b10101, "4.3, 4.5, 4.7");
    }

    #[test]
    fn newer_versions_are_those_since() {
        let since = |major, minor| Versions::since(major, minor).to_string();
        assert_eq!([since(4, 3), since(4, 6), since(4, 7)], ["4.3-4.7", "4.6-4.7", "4.7"]);
        assert_eq!([since(3, 9), since(4, 8), since(5, 0)], ["4.3-4.7", "none", "none"]);
    }

    #[test]
    fn other_versions_are_in_no_set() {
        for (major, minor) in [(4, 2), (4, 8), (3, 7), (5, 3), (7, 4)] {
            assert!(!Versions::ALL.contains(major, minor), "{major}.{minor}");
        }
        assert_eq!((Versions::NONE.oldest(), Versions::NONE.newest()), (None, None));
    }

    proptest! {
        #[test]
        fn what_is_shown_can_be_read(versions in versions()) {
            prop_assert_eq!(read(&versions.to_string()), versions);
        }

        #[test]
        fn a_set_has_what_it_iterates_over(versions in versions()) {
            let all: Vec<_> = versions.iter().collect();
            prop_assert_eq!(all.len(), versions.len());
            prop_assert_eq!(all.is_empty(), versions.is_empty());
            prop_assert_eq!(all.first().copied(), versions.oldest());
            prop_assert_eq!(all.last().copied(), versions.newest());
            for version in Versions::ALL.iter() {
                prop_assert_eq!(versions.contains(version.major, version.minor), all.contains(&version));
            }
        }

        #[test]
        fn sets_combine(left in versions(), right in versions()) {
            for Version { major, minor } in Versions::ALL.iter() {
                let (in_left, in_right) = (left.contains(major, minor), right.contains(major, minor));
                prop_assert_eq!(left.and(right).contains(major, minor), in_left && in_right);
                prop_assert_eq!(left.or(right).contains(major, minor), in_left || in_right);
                prop_assert_eq!(left.without(right).contains(major, minor), in_left && !in_right);
            }
        }
    }
}
