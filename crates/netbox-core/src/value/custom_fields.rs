use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use super::{
    assign::{AnyField, Assign},
    choice::Choice,
};
use crate::wire::Error;

/// The custom fields of an object, by name.
///
/// ```
/// use netbox_core::value::{Choice, CustomFields};
///
/// # let json = r#"{"audited": "2026-01-02", "tier": {"value": "a", "label": "Tier A"}, "weight": "1.10"}"#;
/// let fields: CustomFields = serde_json::from_str(json)?;
/// assert_eq!(fields.get::<String>("audited")?.as_deref(), Some("2026-01-02"));
/// assert_eq!(fields.get::<Choice>("tier")?, Some("a".into()));
/// assert_eq!(fields.get::<netbox_core::value::Decimal>("weight")?.unwrap().to_f64(), 1.1);
/// assert_eq!(fields.get::<u64>("missing")?, None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// serde writes them as NetBox sent them. The client writes them as NetBox takes them, to this object or to another one: a
/// selection by its value, an object by its id. A record sends only the custom fields that were changed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CustomFields {
    values: Map<String, Value>,
}

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
        match self.values.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => R::deserialize(value).map(Some).map_err(|error| Error::value(name, error)),
        }
    }

    /// The choices of a multiple selection, none if it is not set. NetBox before 4.7 may hold a bare choice there.
    ///
    /// # Errors
    ///
    /// If the value is something else.
    ///
    /// ```
    /// use netbox_core::value::CustomFields;
    ///
    /// let new: CustomFields = serde_json::from_str(r#"{"uses": [{"value": "lab", "label": "Lab"}]}"#)?;
    /// let old: CustomFields = serde_json::from_str(r#"{"uses": ["lab"]}"#)?;
    /// for fields in [new, old] {
    ///     assert_eq!(fields.selections("uses")?, ["lab"]);
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn selections(&self, name: &str) -> Result<Vec<Choice>, Error> {
        match self.values.get(name) {
            Some(Value::Array(_)) => Ok(self.get(name)?.unwrap_or_default()),
            _ => Ok(Vec::from_iter(self.get::<Choice>(name)?)),
        }
    }

    /// Sets the field of that name; null, as in `None::<u64>`, clears it. A selection is set by its value, an object by
    /// its id.
    ///
    /// # Errors
    ///
    /// If the value can't be written as JSON.
    ///
    /// ```
    /// use netbox_core::value::CustomFields;
    ///
    /// # let json = r#"{"tier": {"value": "a", "label": "Tier A"}, "cost": 3}"#;
    /// let mut fields: CustomFields = serde_json::from_str(json)?;
    /// fields.set("tier", "b")?;
    /// fields.set("cost", None::<u64>)?;
    /// assert_eq!(serde_json::to_string(&fields)?, r#"{"cost":null,"tier":"b"}"#);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn set(&mut self, name: &str, value: impl Assign<AnyField>) -> Result<(), Error> {
        let value = value.give().into_value().map_err(|why| Error::unwritable(format!("`{name}`: {why}")))?;
        self.values.insert(name.to_owned(), value);
        Ok(())
    }

    /// The names of the fields that apply to the object, set or not.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.values.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn they_are_as_netbox_sent_them_but_for_what_was_set() {
        let read = json!({"tier": {"value": "a", "label": "A"}, "site": {"id": 7, "url": "https://h/api/dcim/sites/7/"}});
        let mut fields: CustomFields = serde_json::from_value(read.clone()).unwrap();
        assert_eq!(json!(fields), read);
        fields.set("tier", None::<u64>).unwrap();
        fields.set("limits", json!({"value": 1, "label": "mine"})).unwrap();
        let expected = json!({"tier": null, "site": read["site"], "limits": {"value": 1, "label": "mine"}});
        assert_eq!(json!(fields), expected);
    }

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
