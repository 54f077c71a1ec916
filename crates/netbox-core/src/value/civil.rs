//! As much of the calendar as it takes to check dates and to order points in time.

/// The number of the day 1970-01-01.
pub(super) const UNIX_EPOCH: i64 = 719_468;

/// The number of the day that `text` says, as in `2026-11-23`; later days have greater numbers.
pub(super) fn day(text: &str) -> Option<i64> {
    let [year, month, day] = numbers(text, '-', [4, 2, 2])?;
    let months = year * 12 + month - 3;
    let first = first_day(months);
    let exists = year > 0 && (1..=12).contains(&month) && (1..=first_day(months + 1) - first).contains(&day);
    exists.then_some(first + day - 1)
}

/// The number of the second that `text` says, as in `2026-11-23T11:12:17.600827+01:00`, and the digits of its fraction
/// without trailing zeros. Without an offset, the time is taken for UTC.
pub(super) fn instant(text: &str) -> Option<(i64, &str)> {
    let (date, time) = text.split_once(['T', ' '])?;
    let (clock, offset) = time.split_at(time.find(['Z', '+', '-']).unwrap_or(time.len()));
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    if fraction.is_empty() || !fraction.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let [hour, minute, second] = numbers(clock, ':', [2, 2, 2])?;
    let (east, offset) = match offset {
        "" | "Z" => (1, [0, 0]),
        _ => (if offset.starts_with('-') { -1 } else { 1 }, numbers(&offset[1..], ':', [2, 2])?),
    };
    let exists = [hour, offset[0]].iter().all(|hour| *hour < 24)
        && [minute, second, offset[1]].iter().all(|part| *part < 60);
    let minutes = (day(date)? * 24 + hour) * 60 + minute - east * (offset[0] * 60 + offset[1]);
    exists.then_some((minutes * 60 + second, fraction.trim_end_matches('0')))
}

/// The year, the month and the day of the month of the day with that number.
pub(super) fn date(day: i64) -> (i64, i64, i64) {
    // The calendar repeats itself every 4800 months, and no month is further than one from the average of these.
    let guess = (day * 4800).div_euclid(146_097);
    let begun = [guess + 1, guess].into_iter().find(|months| first_day(*months) <= day);
    let months = begun.unwrap_or(guess - 1);
    let since_january = months + 2;
    (since_january.div_euclid(12), since_january.rem_euclid(12) + 1, day - first_day(months) + 1)
}

/// The number of the first day of a month, of which there were `months` since March of the year 0.
///
/// A year that begins in March has its leap day at its end, and its months have 153 days in every five.
fn first_day(months: i64) -> i64 {
    let (year, month) = (months.div_euclid(12), months.rem_euclid(12));
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + (153 * month + 2) / 5
}

/// The numbers in `text`: as many digits each as `widths` says, with `separator` between them.
fn numbers<const N: usize>(text: &str, separator: char, widths: [usize; N]) -> Option<[i64; N]> {
    let mut parts = text.split(separator);
    let mut numbers = [0; N];
    for (number, width) in numbers.iter_mut().zip(widths) {
        let part = parts.next()?;
        if part.len() != width || !part.bytes().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(numbers)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn days_that_exist_follow_each_other() {
        let mut last = day("0001-01-01").unwrap() - 1;
        for year in 1..=2400 {
            for month in 1..=12 {
                let of_month: Vec<_> = (0..=40)
                    .filter_map(|day_of_month| day(&format!("{year:04}-{month:02}-{day_of_month:02}")))
                    .collect();
                let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
                let length = match month {
                    2 => 28 + i64::from(leap),
                    4 | 6 | 9 | 11 => 30,
                    _ => 31,
                };
                assert!(of_month.iter().copied().eq(last + 1..=last + length), "{year}-{month}");
                for (number, of_month) in (last + 1..).zip(1..=length) {
                    assert_eq!(date(number), (year, month, of_month));
                }
                last += length;
            }
        }
        assert_eq!(day("1970-01-01"), Some(UNIX_EPOCH));
        for text in [
            "",
            "2026",
            "2026-11",
            "2026-11-23-",
            "2026-1-23",
            "0000-01-01",
            "2026-13-01",
            "2026-00-01",
            "+026-01-01",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn times_that_do_not_exist_are_refused() {
        for text in [
            "2026-11-23",
            "2026-11-23T",
            "2026-11-23T11:12",
            "2026-11-23T24:00:00",
            "2026-11-23T11:60:00",
            "2026-11-23T11:12:60",
            "2026-11-23T11:12:17.",
            "2026-11-23T11:12:17.x",
            "2026-11-23T11:12:17Z+01:00",
            "2026-11-23T11:12:17+1:00",
            "2026-11-23T11:12:17+24:00",
            "2026-02-29T11:12:17Z",
        ] {
            assert_eq!(instant(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".*", time in "2026-0[1-9]-[0-3][0-9][T ][0-2][0-9]:.{0,9}") {
            for text in [text, time] {
                let _ = (day(&text), instant(&text));
            }
        }
    }
}
