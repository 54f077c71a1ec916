use std::{collections::BTreeMap, fmt};

use serde_json::{Map, Value};

/// What NetBox said of a request that it refused: of the whole, of fields, and of the items of a bulk request.
///
/// All the forms that NetBox 4.3 to 4.7 use are read into this one. Messages are in the language of the server.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Messages {
    global: Vec<String>,
    fields: BTreeMap<String, Vec<String>>,
    items: Vec<ItemMessages>,
}

/// What NetBox said of one item of a bulk request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemMessages {
    place: ItemPlace,
    messages: Messages,
}

/// Which item is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ItemPlace {
    /// By its position in the request, from 0.
    Index(u64),
    /// By the id of its object.
    Id(u64),
}

impl Messages {
    /// What was said of the request as a whole.
    pub fn global(&self) -> &[String] {
        &self.global
    }

    /// What was said of each field; a field within a field is written `a_terminations.0.object_id`.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.fields.iter().map(|(name, messages)| (name.as_str(), messages.as_slice()))
    }

    /// What was said of one field.
    pub fn field(&self, name: &str) -> &[String] {
        self.fields.get(name).map_or(&[], Vec::as_slice)
    }

    /// What was said of the items of a bulk request; items that are fine are left out.
    pub fn items(&self) -> &[ItemMessages] {
        &self.items
    }

    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.global.is_empty() && self.fields.is_empty() && self.items.is_empty()
    }

    pub(super) fn of_fields(fields: Vec<(&str, String)>) -> Self {
        let fields = fields.into_iter().map(|(name, message)| (name.to_owned(), vec![message]));
        Self { fields: fields.collect(), ..Self::default() }
    }

    /// Reads the body of an error by its shape alone: its words follow the server's language.
    pub(crate) fn of(body: &Value) -> Self {
        let mut messages = Self::default();
        match body {
            Value::Array(entries) if entries.iter().all(Value::is_object) => {
                for (index, entry) in (0..).zip(entries) {
                    messages.push_item(ItemPlace::Index(index), entry);
                }
            }
            Value::Object(map) => messages.read_object(map),
            other => collect(other, &mut messages.global),
        }
        messages
    }

    fn read_object(&mut self, map: &Map<String, Value>) {
        if let (Some(detail), Some(Value::Array(entries))) = (map.get("detail"), map.get("errors")) {
            collect(detail, &mut self.global);
            for entry in entries {
                let number = |key: &str| entry.get(key).and_then(Value::as_u64);
                let place = number("index").map(ItemPlace::Index).or_else(|| number("id").map(ItemPlace::Id));
                if let (Some(place), Some(errors)) = (place, entry.get("errors")) {
                    self.push_item(place, errors);
                }
            }
        } else if let Some(exception) = map.get("exception") {
            collect(exception, &mut self.global);
            map.get("error").into_iter().for_each(|error| collect(error, &mut self.global));
        } else {
            for (name, value) in map {
                match name.as_str() {
                    // NetBox puts what it says of a field into a list: a text is about the whole.
                    "detail" | "error" if value.is_string() || map.len() == 1 => {
                        collect(value, &mut self.global);
                    }
                    "__all__" | "non_field_errors" => collect(value, &mut self.global),
                    _ => self.read_field(name, value),
                }
            }
        }
    }

    fn read_field(&mut self, name: &str, value: &Value) {
        match value {
            Value::Object(map) => {
                for (key, value) in map {
                    self.read_field(&format!("{name}.{key}"), value);
                }
            }
            Value::Array(entries) if entries.iter().any(|entry| entry.is_object() || entry.is_array()) => {
                for (position, entry) in entries.iter().enumerate() {
                    self.read_field(&format!("{name}.{position}"), entry);
                }
            }
            other => {
                let mut said = Vec::new();
                collect(other, &mut said);
                if !said.is_empty() {
                    self.fields.entry(name.to_owned()).or_default().append(&mut said);
                }
            }
        }
    }

    fn push_item(&mut self, place: ItemPlace, errors: &Value) {
        let messages = Self::of(errors);
        if !messages.is_empty() {
            self.items.push(ItemMessages { place, messages });
        }
    }

    fn list(&self, place: String, said: &mut Vec<String>) {
        said.extend(self.global.iter().map(|message| format!("{place}{message}")));
        for (name, messages) in self.fields() {
            said.push(format!("{place}{name}: {}", messages.join(" ")));
        }
        for item in &self.items {
            let place = match item.place {
                ItemPlace::Index(index) => format!("item {index}: "),
                ItemPlace::Id(id) => format!("id {id}: "),
            };
            item.messages.list(place, said);
        }
    }
}

/// The first few, in one line.
impl fmt::Display for Messages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 5;
        let mut said = Vec::new();
        self.list(String::new(), &mut said);
        let more = said.len().saturating_sub(SHOWN);
        said.truncate(SHOWN);
        f.write_str(&said.join("; "))?;
        if more > 0 { write!(f, "; and {more} more") } else { Ok(()) }
    }
}

impl ItemMessages {
    /// Which item is meant.
    pub fn place(&self) -> ItemPlace {
        self.place
    }

    /// What was said of it.
    pub fn messages(&self) -> &Messages {
        &self.messages
    }
}

fn collect(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::Null => {}
        Value::String(text) if text.is_empty() => {}
        Value::String(text) => into.push(text.clone()),
        Value::Array(entries) => entries.iter().for_each(|entry| collect(entry, into)),
        other => into.push(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::test::any_json;

    #[track_caller]
    fn check(body: Value, summary: &str) {
        assert_eq!(Messages::of(&body).to_string(), summary);
    }

    #[test]
    fn every_form_is_read() {
        check(json!({"detail": "No Site matches the given query."}), "No Site matches the given query.");
        check(json!(["Invalid 'start' parameter."]), "Invalid 'start' parameter.");
        check(
            json!({"name": ["Taken.", "Too long."], "slug": ["Required."]}),
            "name: Taken. Too long.; slug: Required.",
        );
        check(json!({"__all__": ["One of a and b."]}), "One of a and b.");
        check(json!({"non_field_errors": ["No data provided"]}), "No data provided");
        check(json!({"custom_fields": {"nope": "does not exist"}}), "custom_fields.nope: does not exist");
        check(
            json!({"a_terminations": [{"object_type": ["Required."]}]}),
            "a_terminations.0.object_type: Required.",
        );
        check(json!({"vid_ranges": [["Low."], []]}), "vid_ranges.0: Low.");
        check(json!({"port_mappings": {"4": ["Null."]}}), "port_mappings.4: Null.");
        check(json!([{}, {"name": ["Taken."]}]), "item 1: name: Taken.");
        check(
            json!({"detail": "1 of 2 failed.", "errors": [{"id": 9, "errors": {"id": ["Unknown"]}}]}),
            "1 of 2 failed.; id 9: id: Unknown",
        );
        check(
            json!({"detail": "Cannot merge.", "conflicts": [{"id": 7}]}),
            "Cannot merge.; conflicts.0.id: 7",
        );
        check(json!({"error": "bad", "exception": "DataError", "netbox_version": "4.7.3"}), "DataError; bad");
        check(
            json!({"error": "No config template found for this device."}),
            "No config template found for this device.",
        );
    }

    #[test]
    fn a_field_named_detail_is_a_field() {
        let messages = Messages::of(&json!({"detail": ["Wrong."], "name": ["Taken."]}));
        assert_eq!(messages.field("detail"), ["Wrong."]);
    }

    proptest! {
        #[test]
        fn any_body_is_read(body in any_json()) {
            let _ = Messages::of(&body).to_string();
        }
    }
}
