//! The objects at an endpoint.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::super::{
    compare::{agrees, written},
    rule::Fields,
};

/// The objects at an endpoint, by key.
pub(super) struct Table {
    key: Vec<String>,
    rows: HashMap<String, Shown>,
}

/// An object as NetBox shows it.
pub(super) struct Shown {
    pub(super) id: u64,
    fields: Fields,
}

impl Table {
    pub(super) fn new(key: &[String], objects: Vec<Value>) -> Table {
        let mut table = Table { key: key.to_vec(), rows: HashMap::with_capacity(objects.len()) };
        table.keep(objects);
        table
    }

    /// Takes in objects as NetBox shows them, in place of what was known of them.
    pub(super) fn keep(&mut self, objects: Vec<Value>) {
        for object in objects {
            if let (Some(id), Value::Object(fields)) = (object["id"].as_u64(), object) {
                self.rows.insert(self.key_of(&fields), Shown { id, fields });
            }
        }
    }

    /// The object with the key of `fields`, which are in the form in which they are written.
    pub(super) fn find(&self, fields: &Fields) -> Option<&Shown> {
        self.rows.get(&self.key_of(fields))
    }

    /// The values of the key, in one text: the same for an object as it is shown and as it is written.
    fn key_of(&self, fields: &Fields) -> String {
        let values: Vec<_> =
            self.key.iter().map(|name| fields.get(name).map_or(&Value::Null, written)).collect();
        json!(values).to_string()
    }
}

impl Shown {
    pub(super) fn agrees(&self, wanted: &Fields) -> bool {
        agrees(&self.fields, wanted)
    }
}
