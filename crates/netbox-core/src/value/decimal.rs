use std::{fmt, str::FromStr};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, Visitor},
};

/// A decimal, which NetBox sends as a number or, in custom fields, as a string of any length. It is written as it
/// was read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Decimal {
    text: Box<str>,
    quoted: bool,
}

impl Decimal {
    /// All digits, as NetBox sent them.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The nearest floating-point number.
    pub fn to_f64(&self) -> f64 {
        self.text.parse().unwrap_or(f64::NAN)
    }

    fn read(text: &str, quoted: bool) -> Option<Self> {
        let finite = text.parse::<f64>().ok().filter(|number| number.is_finite());
        finite.map(|_| Self { text: text.into(), quoted })
    }
}

impl From<f64> for Decimal {
    fn from(number: f64) -> Self {
        Self { text: number.to_string().into(), quoted: false }
    }
}

/// What is no number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecimalError(String);

impl fmt::Display for DecimalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is no decimal", self.0)
    }
}

impl std::error::Error for DecimalError {}

impl FromStr for Decimal {
    type Err = DecimalError;

    fn from_str(text: &str) -> Result<Self, DecimalError> {
        Self::read(text, true).ok_or_else(|| DecimalError(text.to_owned()))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.text.parse::<i64>() {
            _ if self.quoted => serializer.serialize_str(&self.text),
            Ok(whole) => serializer.serialize_i64(whole),
            Err(_) => serializer.serialize_f64(self.to_f64()),
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

    fn visit_f64<E>(self, number: f64) -> Result<Decimal, E> {
        Ok(Decimal::from(number))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Decimal, E> {
        Ok(Decimal { text: number.to_string().into(), quoted: false })
    }

    fn visit_u64<E>(self, number: u64) -> Result<Decimal, E> {
        Ok(Decimal { text: number.to_string().into(), quoted: false })
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Decimal, E> {
        Decimal::read(text, true).ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::test::any_json;

    #[test]
    fn decimals_are_written_as_they_were_read() {
        for json in ["1.5", "1", "-3", r#""1.10""#, r#""123456789012345678901234567890.5""#] {
            let decimal: Decimal = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&decimal).unwrap(), json);
        }
        for json in [r#""""#, r#""abc""#, "true", r#""nan""#] {
            assert!(serde_json::from_str::<Decimal>(json).is_err(), "{json}");
        }
    }

    proptest! {
        #[test]
        fn any_json_is_read_or_refused(json in any_json()) {
            if let Ok(decimal) = serde_json::from_value::<Decimal>(json) {
                prop_assert!(decimal.to_f64().is_finite());
            }
        }
    }
}
