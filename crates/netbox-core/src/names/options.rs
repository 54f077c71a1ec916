//! The answer to OPTIONS: the fields that an endpoint takes.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

use crate::{value::Choice, wire::Error};

/// The options of an endpoint, as NetBox lists them: which fields can be written, and how.
///
/// A token that may not write gets no fields: see [`Options::is_known`].
///
/// ```
/// use netbox_core::{Blocking, Client, Error};
///
/// fn statuses(client: &Client<Blocking>) -> Result<(), Error> {
///     for choice in client.options_at("dcim/sites")?.choices("status")? {
///         println!("{choice}: {}", choice.label().unwrap_or_default());
///     }
///     Ok(())
/// }
/// ```
#[derive(Debug, Clone, Default)]
pub struct Options {
    name: String,
    fields: BTreeMap<String, FieldOptions>,
}

/// NetBox's description of one field.
///
/// ```
/// # use netbox_core::{Async, Client, Error};
/// async fn required(client: &Client<Async>) -> Result<Vec<String>, Error> {
///     let options = client.options_at("dcim/devices").await?;
///     let required = options.fields().filter(|(_, field)| field.is_required());
///     Ok(required.map(|(name, field)| format!("{name}: {}", field.kind())).collect())
/// }
/// ```
#[derive(Debug, Clone, Deserialize)]
pub struct FieldOptions {
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default)]
    required: bool,
    #[serde(default)]
    read_only: bool,
    #[serde(default)]
    label: String,
    #[serde(default)]
    help_text: String,
    #[serde(default)]
    max_length: Option<u64>,
    #[serde(default, deserialize_with = "readable")]
    choices: Vec<Choice>,
    /// The items of a list.
    #[serde(default)]
    child: Option<Box<FieldOptions>>,
    /// The parts of an object.
    #[serde(default)]
    children: BTreeMap<String, FieldOptions>,
}

impl Options {
    /// NetBox's name for the endpoint, such as `Site List`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the fields are known; NetBox does not list them to a token that may neither create nor change objects.
    pub fn is_known(&self) -> bool {
        !self.fields.is_empty()
    }

    /// The field of that name, if there is one.
    pub fn field(&self, name: &str) -> Option<&FieldOptions> {
        self.fields.get(name)
    }

    /// The choices of the field of that name, in NetBox's order; empty if the field is no choice.
    ///
    /// # Errors
    ///
    /// [`Error::is_forbidden`] if the token may not write here, since NetBox then does not describe the fields; an
    /// error that lists the fields if there is none of that name.
    pub fn choices(&self, field: &str) -> Result<&[Choice], Error> {
        match self.field(field) {
            Some(field) => Ok(field.choices()),
            None if self.is_known() => {
                let names: Vec<_> = self.fields.keys().map(String::as_str).collect();
                Err(Error::missing(format!(
                    "{} has no field `{field}`: it has {}",
                    self.name,
                    names.join(", ")
                )))
            }
            None => Err(Error::untold(&self.name)),
        }
    }

    /// All fields, by their names.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &FieldOptions)> {
        self.fields.iter().map(|(name, field)| (name.as_str(), field))
    }
}

impl FieldOptions {
    /// NetBox's word for the type: `integer`, `string`, `slug`, `boolean`, `decimal`, `date`, `datetime`, `email`,
    /// `url`, `choice`, `image upload`, `nested object`, and `field` for all others.
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// Whether an object can't be created without the field.
    pub fn is_required(&self) -> bool {
        self.required
    }

    /// Whether NetBox ignores the field in writes.
    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// The label that people see, in the language of the server.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// NetBox's explanation of the field; often empty.
    pub fn help(&self) -> &str {
        &self.help_text
    }

    /// How many characters the field takes.
    pub fn max_length(&self) -> Option<u64> {
        self.max_length
    }

    /// The values to choose from, with their labels; empty if the field is no choice.
    pub fn choices(&self) -> &[Choice] {
        &self.choices
    }

    /// The parts of the object that the field holds, or of each object in its list. None if these are references: NetBox
    /// looks up their objects by whatever attributes they have.
    pub(crate) fn parts(&self) -> Option<&BTreeMap<String, Self>> {
        let parts = &self.child.as_deref().unwrap_or(self).children;
        (!parts.is_empty() && !parts.contains_key("id")).then_some(parts)
    }

    pub(crate) fn takes_json(&self) -> bool {
        !self.read_only && !self.is_file()
    }

    /// Whether it is a file, which JSON can't carry.
    pub(crate) fn is_file(&self) -> bool {
        matches!(self.kind.as_str(), "image upload" | "file upload")
    }
}

/// Drops the null choice, which NetBox lists where a field may be empty.
fn readable<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Choice>, D::Error> {
    let choices = Vec::<serde_json::Value>::deserialize(deserializer)?;
    Ok(choices.into_iter().filter_map(|choice| Choice::deserialize(choice).ok()).collect())
}

/// The answer as NetBox sends it: the fields come once for each method, in the same words.
impl<'de> Deserialize<'de> for Options {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Answer {
            #[serde(default)]
            name: String,
            #[serde(default)]
            actions: BTreeMap<String, BTreeMap<String, FieldOptions>>,
        }

        let Answer { name, mut actions } = Answer::deserialize(deserializer)?;
        let fields = ["POST", "PUT"].iter().find_map(|method| actions.remove(*method)).unwrap_or_default();
        Ok(Self { name, fields })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_choices_are_read() {
        let json = r#"{"name":"Site List","parses":["application/json"],"actions":{"PUT":{},"POST":{
            "id":{"type":"integer","required":false,"read_only":true,"label":"ID"},
            "name":{"type":"string","required":true,"read_only":false,"label":"Name","max_length":100},
            "status":{"type":"field","required":false,"read_only":false,"label":"Status",
                "choices":[{"value":null,"display_name":"----"},{"value":"active","display_name":"Active"},{"value":4,"display_name":"Four"}]}}}}"#;
        let options: Options = serde_json::from_str(json).unwrap();
        assert_eq!(options.fields().map(|(name, _)| name).collect::<Vec<_>>(), ["id", "name", "status"]);
        let name = options.field("name").unwrap();
        assert!(name.is_required() && !name.is_read_only() && name.max_length() == Some(100));
        let choices = options.field("status").unwrap().choices();
        assert_eq!((choices[0].as_str(), choices[0].label()), ("active", Some("Active")));
        assert_eq!(choices[1].as_i64(), Some(4));
    }

    #[test]
    fn a_token_that_may_not_write_is_told_nothing() {
        let options: Options = serde_json::from_str(r#"{"name":"Site List"}"#).unwrap();
        assert!(!options.is_known());
    }
}
