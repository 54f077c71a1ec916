//! The versions of NetBox that are distinguished, and how sets of them are written.

use std::{collections::BTreeSet, fmt, str::FromStr};

use anyhow::{Context as _, bail};

/// A minor version, as `4.7`: patches change no schema that a client could ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    pub major: u16,
    pub minor: u16,
}

pub type Versions = BTreeSet<Version>;

/// `some` of the versions `all`, in brief: `4.4`, `4.4-4.5`, `4.5-` up to the newest, and several of these with commas.
pub fn notation(some: &Versions, all: &Versions) -> String {
    let all: Vec<_> = all.iter().collect();
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (place, _) in all.iter().enumerate().filter(|(_, version)| some.contains(version)) {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == place => *last = place,
            _ => runs.push((place, place)),
        }
    }
    let runs = runs.into_iter().map(|(first, last)| {
        if last + 1 == all.len() {
            format!("{}-", all[first])
        } else if first == last {
            all[first].to_string()
        } else {
            format!("{}-{}", all[first], all[last])
        }
    });
    runs.collect::<Vec<_>>().join(",")
}

/// The versions out of `all` that `notation` means.
pub fn read_notation(notation: &str, all: &Versions) -> anyhow::Result<Versions> {
    let mut some = Versions::new();
    for part in notation.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let first: Version = first.parse()?;
        let last = match last {
            "" => all.last().copied().context("there are no versions")?,
            last => last.parse()?,
        };
        for end in [first, last] {
            if !all.contains(&end) {
                bail!("NetBox {end} is not among the versions");
            }
        }
        some.extend(all.iter().filter(|version| (first..=last).contains(*version)));
    }
    Ok(some)
}

impl FromStr for Version {
    type Err = anyhow::Error;

    /// Reads the first two numbers: `4.7.3` and `4.7` are the same version.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut numbers = text.split('.').map(str::parse);
        match (numbers.next(), numbers.next()) {
            (Some(Ok(major)), Some(Ok(minor))) => Ok(Self { major, minor }),
            _ => bail!("`{text}` is not a version of NetBox, such as 4.7"),
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(crate) fn versions(texts: &[&str]) -> Versions {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[track_caller]
    fn check(some: &[&str], expected: &str) {
        let all = versions(&["4.3", "4.4", "4.5", "4.6"]);
        let some = versions(some);
        assert_eq!(notation(&some, &all), expected);
        assert_eq!(read_notation(expected, &all).unwrap(), some);
    }

    #[test]
    fn a_set_is_written_and_read() {
        check(&["4.4"], "4.4");
        check(&["4.4", "4.5"], "4.4-4.5");
        check(&["4.5", "4.6"], "4.5-");
        check(&["4.6"], "4.6-");
        check(&["4.3", "4.5", "4.6"], "4.3,4.5-");
        check(&["4.3", "4.4", "4.5", "4.6"], "4.3-");
    }

    #[test]
    fn what_is_no_set_is_refused() {
        let all = versions(&["4.3", "4.4"]);
        for notation in ["", "4", "4.5", "4.3-4.5", "4.3,", "x-4.4"] {
            assert!(read_notation(notation, &all).is_err(), "{notation}");
        }
    }
}
