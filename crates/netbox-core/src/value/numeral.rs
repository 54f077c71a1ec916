//! Decimal numbers of any length, compared digit by digit.

use std::cmp::Reverse;

/// A number as its digits. Equal numbers have equal parts, and the parts are declared so that they order the numbers.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Numeral {
    Negative(Reverse<Magnitude>),
    Zero,
    Positive(Magnitude),
}

/// `0.digits × 10^point`, whose first and last digits are not zero.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Magnitude {
    point: i64,
    digits: Box<str>,
}

impl Numeral {
    /// Reads a number in JSON's notation, which may also have leading zeros, a plus sign, and no digits on one side of
    /// the point.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let unsigned = mantissa.strip_prefix(['+', '-']).unwrap_or(mantissa);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let digits = [whole, fraction].concat();
        if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        let exponent: i32 = exponent.parse().ok()?;
        let point = i64::try_from(whole.len()).ok()? + i64::from(exponent);

        let significant = digits.trim_start_matches('0');
        let zeros = i64::try_from(digits.len() - significant.len()).ok()?;
        let magnitude = Magnitude { point: point - zeros, digits: significant.trim_end_matches('0').into() };
        Some(match mantissa.starts_with('-') {
            _ if magnitude.digits.is_empty() => Self::Zero,
            true => Self::Negative(Reverse(magnitude)),
            false => Self::Positive(magnitude),
        })
    }
}
