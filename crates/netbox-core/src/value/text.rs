//! Whatever is being read, as JSON text.

use std::fmt;

use serde::{
    Deserializer, Serialize,
    de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor},
};

/// Copies a value that serde reads to the end of a JSON text.
pub(crate) struct Copy<'t>(pub(crate) &'t mut Vec<u8>);

impl Copy<'_> {
    fn write<E: Error>(self, value: &(impl Serialize + ?Sized)) -> Result<(), E> {
        serde_json::to_writer(self.0, value).map_err(E::custom)
    }
}

impl<'de> DeserializeSeed<'de> for Copy<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<(), D::Error> {
        value.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Copy<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that JSON has")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.write(&value)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.write(&value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.write(&value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.write(&value)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        self.write(value)
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.write(&())
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.write(&())
    }

    fn visit_some<D: Deserializer<'de>>(self, value: D) -> Result<(), D::Error> {
        self.deserialize(value)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, value: D) -> Result<(), D::Error> {
        self.deserialize(value)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        self.0.push(b'[');
        let mut end = self.0.len();
        while list.next_element_seed(Copy(self.0))?.is_some() {
            end = self.0.len();
            self.0.push(b',');
        }
        self.0.truncate(end);
        self.0.push(b']');
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut members = Members::new(self.0);
        while map.next_key_seed(Name(&mut members))?.is_some() {
            map.next_value_seed(members.value())?;
        }
        members.end();
        Ok(())
    }
}

/// Writes an object member by member to the end of a JSON text. Nothing is written before the first of them.
pub(crate) struct Members<'t> {
    text: &'t mut Vec<u8>,
    is_first: bool,
}

impl<'t> Members<'t> {
    pub(crate) fn new(text: &'t mut Vec<u8>) -> Self {
        Self { text, is_first: true }
    }

    /// Writes the name of a member.
    pub(crate) fn name<E: Error>(&mut self, name: &str) -> Result<(), E> {
        self.text.push(if self.is_first { b'{' } else { b',' });
        self.is_first = false;
        Copy(self.text).write(name)?;
        self.text.push(b':');
        Ok(())
    }

    /// Copies its value.
    pub(crate) fn value(&mut self) -> Copy<'_> {
        Copy(self.text)
    }

    pub(crate) fn put<E: Error>(&mut self, name: &str, value: &(impl Serialize + ?Sized)) -> Result<(), E> {
        self.name(name)?;
        self.value().write(value)
    }

    pub(crate) fn end(self) {
        if self.is_first {
            self.text.push(b'{');
        }
        self.text.push(b'}');
    }
}

/// Copies the name of a member.
struct Name<'m, 't>(&'m mut Members<'t>);

impl<'de> DeserializeSeed<'de> for Name<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, name: D) -> Result<(), D::Error> {
        name.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<(), E> {
        self.0.name(name)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;
    use crate::test::any_json;

    fn copy(value: &Value) -> Value {
        let mut text = Vec::new();
        Copy(&mut text).deserialize(&mut serde_json::Deserializer::from_str(&value.to_string())).unwrap();
        serde_json::from_slice(&text).unwrap()
    }

    #[test]
    fn what_must_be_escaped_is() {
        for value in [json!({"a\"b": "\\\n\u{1}\u{2028}é"}), json!([]), json!({}), json!([[], {}, [1]])] {
            assert_eq!(copy(&value), value);
        }
    }

    /// The same with one float for all others: `serde_json` reads what it wrote of these with an error of its own.
    fn with_one_float(value: Value) -> Value {
        match value {
            Value::Number(number) if number.is_f64() => json!(0.5),
            Value::Array(values) => values.into_iter().map(with_one_float).collect(),
            Value::Object(members) => {
                members.into_iter().map(|(name, value)| (name, with_one_float(value))).collect()
            }
            value => value,
        }
    }

    proptest! {
        #[test]
        fn a_copy_is_equal(value in any_json().prop_map(with_one_float)) {
            prop_assert_eq!(copy(&value), value.clone());
            let mut text = Vec::new();
            Copy(&mut text).deserialize(&value).unwrap();
            prop_assert_eq!(serde_json::from_slice::<Value>(&text).unwrap(), value);
        }
    }
}
