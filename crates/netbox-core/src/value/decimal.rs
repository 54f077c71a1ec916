use std::{cmp, fmt, hash, str::FromStr};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, Visitor},
};
use serde_json::Number;

use super::numeral::Numeral;
use crate::wire::ValueError;

/// A decimal number of any length.
///
/// NetBox sends decimals as numbers or, in custom fields, also as strings. A decimal is written as it was read; a
/// decimal that the program made is written as a number, unless a JSON number has too few digits for it. Two decimals
/// are compared by value, whatever their spelling, and no digit is lost on the way.
///
/// ```
/// use netbox_core::value::Decimal;
///
/// let price: Decimal = serde_json::from_str(r#""1.50""#)?;
/// assert_eq!(price, Decimal::try_from(1.5)?);
/// assert!(price < "1.500000000000000000000000000001".parse()?);
/// assert_eq!(serde_json::to_string(&price)?, r#""1.50""#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Decimal {
    text: Box<str>,
    quoted: bool,
}

impl Decimal {
    /// All digits, as NetBox sent them.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The nearest floating-point number; infinite for a decimal that is too large to have one.
    pub fn to_f64(&self) -> f64 {
        self.text.parse().unwrap_or(f64::NAN)
    }

    /// The decimal that `text` spells.
    fn read(text: &str, quoted: bool) -> Result<Self, ValueError> {
        match Numeral::read(text) {
            Some(_) => Ok(Self { text: text.into(), quoted }),
            None => Err(ValueError::new(text, "a decimal number such as `52.513`")),
        }
    }

    /// The value; there always is one.
    fn numeral(&self) -> Option<Numeral> {
        Numeral::read(&self.text)
    }
}

/// By value: `1.5`, `"1.50"` and `15e-1` are equal.
impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.numeral() == other.numeral()
    }
}

impl Eq for Decimal {}

/// By value.
impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// By value.
impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> cmp::Ordering {
        self.numeral().cmp(&other.numeral())
    }
}

impl hash::Hash for Decimal {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.numeral().hash(state);
    }
}

/// Fails for infinity and NaN.
impl TryFrom<f64> for Decimal {
    type Error = ValueError;

    fn try_from(number: f64) -> Result<Self, ValueError> {
        Self::read(&number.to_string(), false)
    }
}

macro_rules! from_integers {
    ($($integer:ty),+) => {
        $(impl From<$integer> for Decimal {
            fn from(number: $integer) -> Self {
                Self { text: number.to_string().into(), quoted: false }
            }
        })+
    };
}

from_integers! { u8, u16, u32, u64, i8, i16, i32, i64 }

impl FromStr for Decimal {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        Self::read(text, false)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let number = self.text.parse::<Number>().ok().filter(|number| {
            // A number of JSON may have fewer digits.
            !self.quoted && Numeral::read(&number.to_string()) == self.numeral()
        });
        match number {
            Some(number) => number.serialize(serializer),
            None => serializer.serialize_str(&self.text),
        }
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DecimalVisitor)
    }
}

struct DecimalVisitor;

impl Visitor<'_> for DecimalVisitor {
    type Value = Decimal;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a decimal, as a number or a string")
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Decimal, E> {
        Decimal::try_from(number).map_err(E::custom)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Decimal, E> {
        Ok(number.into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Decimal, E> {
        Ok(number.into())
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Decimal, E> {
        Decimal::read(text, true).map_err(|_| E::invalid_value(de::Unexpected::Str(text), &self))
    }
}

#[cfg(test)]
mod tests {
    use std::{
        collections::hash_map::DefaultHasher,
        hash::{Hash, Hasher},
    };

    use proptest::prelude::*;

    use super::*;
    use crate::test::any_json;

    #[test]
    fn decimals_are_written_as_they_were_read() {
        for json in
            ["1.5", "1", "-3", "18446744073709551615", r#""1.10""#, r#""123456789012345678901234567890.5""#]
        {
            let decimal: Decimal = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&decimal).unwrap(), json);
        }
        for json in
            [r#""""#, r#""abc""#, "true", r#""nan""#, r#""inf""#, r#""-""#, r#"".""#, r#""1e""#, r#""1,5""#]
        {
            assert!(serde_json::from_str::<Decimal>(json).is_err(), "{json}");
        }
        for infinite in [f64::NAN, f64::INFINITY] {
            assert!(Decimal::try_from(infinite).is_err());
        }
    }

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn a_decimal_of_the_programs_own_is_a_number_if_json_has_it() {
        for (text, expected) in [
            ("1.50", "1.5"),
            ("-2", "-2"),
            ("0.1234567890123456789", r#""0.1234567890123456789""#),
            ("1e999", r#""1e999""#),
        ] {
            assert_eq!(serde_json::to_string(&decimal(text)).unwrap(), expected);
        }
    }

    fn hash(decimal: &Decimal) -> u64 {
        let mut hasher = DefaultHasher::new();
        decimal.hash(&mut hasher);
        hasher.finish()
    }

    #[test]
    fn decimals_are_compared_by_value() {
        let ascending = [
            &["-1e3", "-1000"][..],
            &["-1.51"],
            &["-1.5", "-1.50", "-15e-1"],
            &["-0.001"],
            &["0", "-0", "0.000", "0e7", ".0", "0."],
            &["9e-400"],
            &["0.05", ".05", "5e-2"],
            &["1.5", "1.50", "+01.500", "0.15E1"],
            &["9", "9."],
            &["10", "1e1", "1e+1"],
            &["123456789012345678901234567890.5"],
            &["123456789012345678901234567890.51"],
            &["1e400"],
        ];
        for (place, equal) in ascending.iter().enumerate() {
            for (other_place, others) in ascending.iter().enumerate() {
                for (one, other) in equal.iter().flat_map(|one| others.iter().map(move |other| (one, other)))
                {
                    let (one, other) = (decimal(one), decimal(other));
                    assert_eq!(one.cmp(&other), place.cmp(&other_place), "{one} and {other}");
                    assert_eq!(one == other, place == other_place, "{one} and {other}");
                    assert!(place != other_place || hash(&one) == hash(&other), "{one} and {other}");
                }
            }
        }
        assert_eq!(serde_json::from_str::<Decimal>("1.500000").unwrap(), decimal("1.5"));
    }

    proptest! {
        #[test]
        fn any_json_is_read_or_refused(json in any_json()) {
            let number = json.is_number();
            if let Ok(decimal) = serde_json::from_value::<Decimal>(json) {
                prop_assert!(!number || decimal.to_f64().is_finite());
            }
        }

        #[test]
        fn spelling_makes_no_difference(number: i64, zeros in 0usize..30, places in 0usize..30) {
            let plain = decimal(&number.to_string());
            let digits = number.unsigned_abs().to_string();
            let sign = if number < 0 { "-" } else { "" };
            let longer = decimal(&format!("{sign}{}{digits}.{}", "0".repeat(zeros), "0".repeat(places)));
            let shifted = decimal(&format!("{sign}{digits}{}e-{places}", "0".repeat(places)));
            for other in [longer, shifted] {
                prop_assert_eq!(&plain, &other);
                prop_assert_eq!(hash(&plain), hash(&other));
            }
        }

        #[test]
        fn whole_numbers_have_their_order(one: i64, other: i64) {
            prop_assert_eq!(Decimal::from(one).cmp(&Decimal::from(other)), one.cmp(&other));
        }

        #[test]
        fn floats_have_their_order(one in -1e9..1e9, other in -1e9..1e9) {
            let decimals = [one, other].map(|number: f64| Decimal::try_from(number).unwrap());
            prop_assert_eq!(decimals[0].partial_cmp(&decimals[1]), one.partial_cmp(&other));
        }

        #[test]
        fn digits_are_compared_without_loss(whole in "[1-9][0-9]{0,60}", one in "[0-9]{60}", other in "[0-9]{60}") {
            let decimals = [&one, &other].map(|fraction| decimal(&format!("{whole}.{fraction}")));
            prop_assert_eq!(decimals[0].cmp(&decimals[1]), one.cmp(&other));
        }
    }
}
