//! Points in time in custom fields, which NetBox keeps as text.

use netbox_core::value::Timestamp;

/// The one form of a point in time, whichever of its forms `text` has; `None` if it has none.
///
/// NetBox takes more forms than it shows: it shows no fraction or one of six digits, and an offset with a colon, or `Z`.
pub(super) fn form(text: &str) -> Option<String> {
    let (second, rest) = text.split_at_checked(19)?;
    let (fraction, offset) = rest.split_at(rest.find(['Z', '+', '-']).unwrap_or(rest.len()));
    let fraction = match fraction.strip_prefix(['.', ',']) {
        Some(digits) if !digits.is_empty() => digits,
        None if fraction.is_empty() => "",
        _ => return None,
    };
    let hours: String = offset.chars().skip(1).filter(|letter| *letter != ':').collect();
    let are_digits = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
    if !has_form(second, "0000-00-00T00:00:00") || !are_digits(fraction) || !are_digits(&hours) {
        return None;
    }
    let offset = match offset.get(..1) {
        None => String::new(),
        Some(_) if hours.bytes().all(|digit| digit == b'0') => "Z".to_owned(),
        Some(sign) => {
            let hours = format!("{hours:0<4}");
            let (hours, minutes) = hours.split_at(2);
            format!("{sign}{hours}:{minutes}")
        }
    };
    let fraction = fraction.get(..6).unwrap_or(fraction);
    Some(format!("{second}.{fraction:0<6}{offset}"))
}

/// Whether two points in time are one. Without an offset, a time is that of no zone that is known here.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    match (form(one), form(other)) {
        (Some(one), Some(other)) => {
            let has_offset = |time: &String| time.len() > "0000-00-00T00:00:00.000000".len();
            has_offset(&one) == has_offset(&other) && Timestamp::from(one) == Timestamp::from(other)
        }
        _ => one == other,
    }
}

/// Whether a text has digits where `form` has zeros, and its other letters elsewhere.
pub(crate) fn has_form(text: &str, form: &str) -> bool {
    let is_like = |(letter, of): (u8, u8)| if of == b'0' { letter.is_ascii_digit() } else { letter == of };
    text.len() == form.len() && text.bytes().zip(form.bytes()).all(is_like)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The forms that 4.7.3 shows of texts that it took.
    #[test]
    fn what_netbox_took_and_what_it_shows_have_one_form() {
        for (taken, shown) in [
            ("Z", "Z"),
            ("+00:00", "Z"),
            ("-00:00", "Z"),
            ("+0200", "+02:00"),
            ("+02", "+02:00"),
            (".5Z", ".500000Z"),
            (",5Z", ".500000Z"),
            (".500+02:00", ".500000+02:00"),
            (".000Z", "Z"),
            (".123456789Z", ".123456Z"),
            ("", ""),
        ] {
            let [taken, shown] = [taken, shown].map(|rest| form(&format!("2026-01-31T10:00:00{rest}")));
            assert!(taken.is_some() && taken == shown, "{taken:?} {shown:?}");
        }
        let of = |text: &str| form(&format!("2026-01-31T10:00:00{text}"));
        assert!(of("") != of("Z") && of("+02:00") != of("-02:00") && of(".5Z") != of(".05Z"));
    }

    #[test]
    fn times_of_several_zones_may_be_one() {
        for (one, other, expected) in [
            ("2026-01-01T01:30:00+0230", "2025-12-31T23:00:00Z", true),
            ("2026-01-01T00:00:00.5Z", "2025-12-31T19:00:00,500000-05", true),
            ("2026-01-01T00:00:00Z", "2026-01-01T00:00:00+01:00", false),
            ("2026-01-01T00:00:00", "2026-01-01T00:00:00.0", true),
            ("2026-01-01T00:00:00", "2026-01-01T00:00:00Z", false),
            ("", "", true),
            ("", "2026-01-01T00:00:00Z", false),
        ] {
            assert_eq!(is_same(one, other), expected, "{one} {other}");
        }
    }

    #[test]
    fn other_texts_have_none() {
        for text in ["", "2026-01-31", "2026-01-31 10:00:00", "2026-01-31T10:00:00.", "2026-01-31T10:00:00é"]
        {
            assert_eq!(form(text), None, "{text}");
        }
        for rest in ["5", ".5x", " CET", "+02:0a"] {
            assert_eq!(form(&format!("2026-01-31T10:00:00{rest}")), None, "{rest}");
        }
    }
}
