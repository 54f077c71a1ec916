use std::{cmp, fmt, hash, str::FromStr, time::SystemTime};

use serde::{Deserialize, Serialize};

use super::civil;
use crate::wire::ValueError;

/// A point in time as NetBox sends it: ISO 8601, to the microsecond, with `Z` or the offset of the server's time
/// zone; custom fields may lack the offset.
///
/// A `Timestamp` holds whatever text NetBox sends or `From` gets. Parsing checks that the text is a point in time.
///
/// Timestamps are compared by the instant, whatever their offsets; one without an offset counts as UTC. Text that is not
/// a point in time comes before all instants, in the order of the text.
///
/// To calculate with times, turn on the feature `chrono_0_4` or `jiff_0_2` and declare the field as a `chrono::DateTime`
/// or a `jiff::Timestamp`, which have the same lookups.
///
/// ```
/// use netbox_core::value::Timestamp;
///
/// let created: Timestamp = serde_json::from_str(r#""2026-11-23T11:12:17.600827+01:00""#)?;
/// assert_eq!(created.as_str(), "2026-11-23T11:12:17.600827+01:00");
/// assert_eq!(created, "2026-11-23T10:12:17.600827Z".parse()?);
/// assert!(created < "2026-11-23T11:00:00Z".parse()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(String);

impl Timestamp {
    /// The text, as NetBox sent it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same instant in UTC, without an offset, as in `2026-11-23T10:12:17.600827`; `None` if this is no time.
    pub(crate) fn in_utc(&self) -> Option<String> {
        let (second, fraction) = civil::instant(&self.0)?;
        Some(in_utc(second, fraction))
    }

    /// The key of comparisons: the instant, or else the text.
    fn key(&self) -> (Option<(i64, &str)>, &str) {
        match civil::instant(&self.0) {
            Some(instant) => (Some(instant), ""),
            None => (None, &self.0),
        }
    }
}

/// By the instant.
impl PartialEq for Timestamp {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Timestamp {}

/// By the instant.
impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Self) -> Option<cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// By the instant.
impl Ord for Timestamp {
    fn cmp(&self, other: &Self) -> cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

impl hash::Hash for Timestamp {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl From<String> for Timestamp {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Timestamp {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

/// In UTC, to the microsecond.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use netbox_core::value::Timestamp;
///
/// let time = SystemTime::UNIX_EPOCH + Duration::from_millis(1_790_000_000_250);
/// assert_eq!(Timestamp::from(time).as_str(), "2026-09-21T14:13:20.250000Z");
/// ```
impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        const SECOND: i64 = 1_000_000;
        let micros = match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_micros()).unwrap_or(i64::MAX),
            Err(before) => i64::try_from(before.duration().as_micros()).map_or(i64::MIN, i64::wrapping_neg),
        };
        let (second, micros) = (micros.div_euclid(SECOND), micros.rem_euclid(SECOND));
        let fraction = if micros == 0 { String::new() } else { format!("{micros:06}") };
        Self(in_utc(civil::UNIX_EPOCH * DAY + second, &fraction) + "Z")
    }
}

/// The seconds of a day.
const DAY: i64 = 24 * 60 * 60;

/// The point in time of a `second`, and of digits after the point, which are padded to microseconds if there are any.
fn in_utc(second: i64, fraction: &str) -> String {
    let (year, month, day) = civil::date(second.div_euclid(DAY));
    let second = second.rem_euclid(DAY);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    let fraction = if fraction.is_empty() { String::new() } else { format!(".{fraction:0<6}") };
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}")
}

impl FromStr for Timestamp {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        match civil::instant(text) {
            Some(_) => Ok(text.into()),
            None => Err(ValueError::new(text, "a point in time, written as in `2026-11-23T11:12:17+01:00`")),
        }
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn timestamps_are_ordered_by_the_instant() {
        let ascending = [
            &[""][..],
            &["2026-02-30T00:00:00Z"],
            &["2026-02-28T23:59:59.999999Z"],
            &[
                "2026-03-01T00:00:00Z",
                "2026-03-01T00:00:00",
                "2026-03-01 00:00:00.000Z",
                "2026-02-28T19:00:00-05:00",
            ],
            &["2026-03-01T00:00:00.6Z", "2026-03-01T05:30:00.600+05:30"],
            &["2026-03-01T00:00:00.600827Z"],
            &["2026-03-01T00:00:01Z"],
            &["2026-03-01T00:00:00-01:00"],
        ];
        for (place, equal) in ascending.iter().enumerate() {
            for (other_place, others) in ascending.iter().enumerate() {
                for (one, other) in
                    equal.iter().flat_map(|one| others.iter().map(move |other| (*one, *other)))
                {
                    let order = Timestamp::from(one).cmp(&other.into());
                    assert_eq!(order, place.cmp(&other_place), "{one} and {other}");
                }
            }
        }
    }

    #[test]
    fn times_of_the_system_are_written_in_utc() {
        let second = |seconds| Duration::from_secs(seconds);
        for (time, written) in [
            (SystemTime::UNIX_EPOCH, "1970-01-01T00:00:00Z"),
            (SystemTime::UNIX_EPOCH + second(1_795_860_000), "2026-11-28T10:00:00Z"),
            (SystemTime::UNIX_EPOCH + second(951_782_399), "2000-02-28T23:59:59Z"),
            (SystemTime::UNIX_EPOCH - second(2_208_988_800), "1900-01-01T00:00:00Z"),
            (SystemTime::UNIX_EPOCH - Duration::from_micros(1), "1969-12-31T23:59:59.999999Z"),
        ] {
            assert_eq!(Timestamp::from(time).as_str(), written);
        }
    }

    proptest! {
        #[test]
        fn an_offset_makes_no_difference(hour in 0..24, minute in 0..60, offset in 0..24, fraction in 0..1_000_000) {
            let utc = format!("2026-06-15T{hour:02}:{minute:02}:00.{fraction:06}Z");
            let (day, shifted) = (15 + (hour + offset) / 24, (hour + offset) % 24);
            let east = format!("2026-06-{day}T{shifted:02}:{minute:02}:00.{fraction:06}+{offset:02}:00");
            prop_assert_eq!(utc.parse::<Timestamp>().unwrap(), east.parse().unwrap());
        }
    }
}
