use std::{cmp, fmt};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, IgnoredAny, MapAccess, Visitor},
};

/// A value from one of NetBox's lists of choices, with its label.
///
/// A `Choice` keeps whatever the server sends: configuration, plugins and new versions can add choices. Two choices are
/// equal if their values are; labels follow the language of the server. A choice is written as the bare value.
///
/// ```
/// use netbox_core::value::Choice;
///
/// let status: Choice = serde_json::from_str(r#"{"value": "active", "label": "Active"}"#)?;
/// assert_eq!(status, "active");
/// assert_eq!(status.label(), Some("Active"));
///
/// let family: Choice = serde_json::from_str(r#"{"value": 4, "label": "IPv4"}"#)?;
/// assert_eq!(family.as_i64(), Some(4));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone)]
pub struct Choice {
    value: Box<str>,
    number: Option<i64>,
    label: Option<Box<str>>,
}

impl Choice {
    /// The choice with that value.
    pub fn new(value: impl Into<String>) -> Self {
        Self { value: value.into().into_boxed_str(), number: None, label: None }
    }

    /// The same choice, with what people see.
    pub(crate) fn labelled(mut self, label: Option<String>) -> Self {
        self.label = label.map(String::into_boxed_str);
        self
    }

    /// The value, as text.
    pub fn as_str(&self) -> &str {
        &self.value
    }

    /// The value, if NetBox has a number for it, as for address families and rack widths.
    pub fn as_i64(&self) -> Option<i64> {
        self.number
    }

    /// The label that people see, in the language of the server; `None` where NetBox sends the bare value.
    ///
    /// ```
    /// use netbox_core::value::Choice;
    ///
    /// fn shown(choice: &Choice) -> &str {
    ///     choice.label().unwrap_or(choice.as_str())
    /// }
    ///
    /// let status: Choice = serde_json::from_str(r#"{"value": "active", "label": "Aktiv"}"#)?;
    /// assert_eq!((shown(&status), shown(&"planned".into())), ("Aktiv", "planned"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn label(&self) -> Option<&str> {
        self.label.as_deref()
    }

    /// The key of the order: numbers by size, and then the text.
    fn key(&self) -> (Option<i64>, &str) {
        (self.value.parse().ok(), &self.value)
    }
}

impl From<i64> for Choice {
    fn from(number: i64) -> Self {
        Self { number: Some(number), ..Self::new(number.to_string()) }
    }
}

impl From<&str> for Choice {
    fn from(value: &str) -> Self {
        Self::new(value)
    }
}

impl PartialEq for Choice {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl Eq for Choice {}

/// By value.
impl PartialOrd for Choice {
    fn partial_cmp(&self, other: &Self) -> Option<cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// Orders by value: text in its own order, and then numbers by size. The library does not know NetBox's own order of
/// the choices.
impl Ord for Choice {
    fn cmp(&self, other: &Self) -> cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialEq<str> for Choice {
    fn eq(&self, other: &str) -> bool {
        *self.value == *other
    }
}

impl PartialEq<&str> for Choice {
    fn eq(&self, other: &&str) -> bool {
        *self.value == **other
    }
}

impl std::hash::Hash for Choice {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

impl fmt::Debug for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Choice").field(&self.value).finish()
    }
}

/// The value.
impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.value)
    }
}

impl Serialize for Choice {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.number {
            Some(number) => serializer.serialize_i64(number),
            None => serializer.serialize_str(&self.value),
        }
    }
}

impl<'de> Deserialize<'de> for Choice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ChoiceVisitor)
    }
}

struct ChoiceVisitor;

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "lowercase")]
enum Key {
    Value,
    /// Options call it otherwise.
    #[serde(alias = "display_name")]
    Label,
    #[serde(other)]
    Other,
}

impl<'de> Visitor<'de> for ChoiceVisitor {
    type Value = Choice;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a choice: a value, or an object with a value and a label")
    }

    fn visit_str<E>(self, value: &str) -> Result<Choice, E> {
        Ok(Choice::new(value))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Choice, E> {
        Ok(Choice::from(number))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Choice, E> {
        i64::try_from(number)
            .map(Choice::from)
            .map_err(|_| E::invalid_value(de::Unexpected::Unsigned(number), &self))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Choice, A::Error> {
        let mut choice: Option<Choice> = None;
        let mut label = None;
        while let Some(key) = map.next_key()? {
            match key {
                Key::Value => choice = Some(map.next_value()?),
                Key::Label => label = map.next_value()?,
                Key::Other => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        let choice = choice.ok_or_else(|| de::Error::missing_field("value"))?;
        Ok(Choice { label, ..choice })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::test::any_json;

    #[test]
    fn every_form_is_read_and_the_value_is_written() {
        for (json, written) in [
            (json!({"value": "active", "label": "Active"}), json!("active")),
            (json!({"value": "from-a-plugin", "label": "?", "extra": [1]}), json!("from-a-plugin")),
            (json!({"value": "", "label": ""}), json!("")),
            (json!({"value": 4, "label": "IPv4"}), json!(4)),
            (json!("bare"), json!("bare")),
            (json!(6), json!(6)),
        ] {
            let choice: Choice = serde_json::from_value(json).unwrap();
            assert_eq!(serde_json::to_value(&choice).unwrap(), written);
        }
        assert_eq!(serde_json::from_str::<Option<Choice>>("null").unwrap(), None);
    }

    #[test]
    fn choices_are_ordered_by_value() {
        let labelled = |label| Choice::new("b").labelled(Some(String::from(label)));
        assert_eq!(labelled("A").cmp(&labelled("B")), cmp::Ordering::Equal);
        assert_eq!(Choice::from(9).cmp(&Choice::new("9")), cmp::Ordering::Equal);
        let ascending =
            [Choice::new("a"), labelled("A"), Choice::from(-1), Choice::from(9), Choice::from(10)];
        assert!(ascending.is_sorted() && ascending.windows(2).all(|pair| pair[0] != pair[1]));
    }

    proptest! {
        #[test]
        fn any_json_is_read_or_refused(json in any_json()) {
            if let Ok(choice) = serde_json::from_value::<Choice>(json) {
                let written = serde_json::to_value(&choice).unwrap();
                prop_assert_eq!(serde_json::from_value::<Choice>(written).unwrap(), choice);
            }
        }
    }
}
