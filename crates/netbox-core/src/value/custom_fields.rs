use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use super::Choice;
use crate::error::Error;

/// The custom fields of an object, by name.
///
/// ```
/// use netbox_core::{Choice, CustomFields};
///
/// # let json = r#"{"audited": "2026-01-02", "tier": {"value": "a", "label": "Tier A"}, "weight": "1.10"}"#;
/// let fields: CustomFields = serde_json::from_str(json)?;
/// assert_eq!(fields.get::<String>("audited")?.as_deref(), Some("2026-01-02"));
/// assert_eq!(fields.get::<Choice>("tier")?, Some("a".into()));
/// assert_eq!(fields.get::<netbox_core::Decimal>("weight")?.unwrap().to_f64(), 1.1);
/// assert_eq!(fields.get::<u64>("missing")?, None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CustomFields(Map<String, Value>);

impl CustomFields {
    /// The value of a field; `None` if it is not set, or there is no such field.
    ///
    /// A selection is a [`Choice`] and a reference to an object an [`Fk`](crate::Fk), in the forms of all versions
    /// of NetBox; for a multiple selection see [`CustomFields::selections`].
    ///
    /// # Errors
    ///
    /// If the value is of another type.
    pub fn get<R: DeserializeOwned>(&self, name: &str) -> Result<Option<R>, Error> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => R::deserialize(value).map(Some).map_err(|error| Error::value(name, error)),
        }
    }

    /// The choices of a multiple selection, none if it is not set. NetBox before 4.7 may hold a bare choice there.
    ///
    /// # Errors
    ///
    /// If the value is something else.
    pub fn selections(&self, name: &str) -> Result<Vec<Choice>, Error> {
        match self.0.get(name) {
            Some(Value::Array(_)) => Ok(self.get(name)?.unwrap_or_default()),
            _ => Ok(Vec::from_iter(self.get::<Choice>(name)?)),
        }
    }

    /// The names of the fields that apply to the object, set or not.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn selections_of_all_versions_are_read() {
        let new = json!({"one": {"value": "a", "label": "A"}, "many": [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}]});
        let old = json!({"one": "a", "many": ["a", "b"]});
        for json in [new, old] {
            let fields: CustomFields = serde_json::from_value(json).unwrap();
            assert_eq!(fields.get::<Choice>("one").unwrap().unwrap(), "a");
            assert_eq!(fields.selections("many").unwrap(), ["a", "b"].map(Choice::new));
        }
        let fields: CustomFields = serde_json::from_value(json!({"many": "a", "none": null})).unwrap();
        assert_eq!(fields.selections("many").unwrap(), [Choice::new("a")]);
        assert!(fields.selections("none").unwrap().is_empty());
        assert!(fields.get::<u64>("many").unwrap_err().to_string().contains("`many`"));
    }
}
