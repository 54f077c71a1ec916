//! From the body of an error to its messages, in one pass, and within bounds.

use serde_json::{Map, Value};

use super::{ItemMessages, ItemPlace, Messages, bounded};

/// How many bytes of an answer's messages and names of fields are kept.
const KEPT: usize = 1024 * 1024;

/// How many bytes are kept of one message.
const KEPT_OF_MESSAGE: usize = 16 * 1024;

/// How many bytes are kept of the name of a field, which stands before each of its items.
const KEPT_OF_NAME: usize = 256;

/// The bytes that a text takes beside its own.
const OVERHEAD: usize = 64;

impl Messages {
    /// Reads the body of an error by its shape alone: its words follow the server's language.
    pub(crate) fn of(body: &Value) -> Self {
        let mut reading = Reading { room: Room { left: KEPT, is_cut: false }, name: String::new() };
        let mut messages = Self::default();
        reading.body(body, &mut messages);
        messages.is_cut = reading.room.is_cut;
        messages
    }
}

/// Where the reader is.
struct Reading {
    room: Room,
    /// The name of the field, with those that it is in.
    name: String,
}

/// How much can still be kept.
struct Room {
    left: usize,
    is_cut: bool,
}

impl Reading {
    fn body(&mut self, body: &Value, into: &mut Messages) {
        match body {
            Value::Array(entries) if entries.iter().all(Value::is_object) => {
                for (index, entry) in (0..).zip(entries) {
                    self.item(ItemPlace::Index(index), entry, into);
                }
            }
            Value::Object(map) => self.object(map, into),
            other => self.room.collect(other, &mut into.global),
        }
    }

    fn object(&mut self, map: &Map<String, Value>, into: &mut Messages) {
        if let (Some(detail), Some(Value::Array(entries))) = (map.get("detail"), map.get("errors")) {
            self.room.collect(detail, &mut into.global);
            for entry in entries {
                let number = |key: &str| entry.get(key).and_then(Value::as_u64);
                let place = number("index").map(ItemPlace::Index).or_else(|| number("id").map(ItemPlace::Id));
                if let (Some(place), Some(errors)) = (place, entry.get("errors")) {
                    self.item(place, errors, into);
                }
            }
        } else if let Some(exception) = map.get("exception") {
            self.room.collect(exception, &mut into.global);
            map.get("error").into_iter().for_each(|error| self.room.collect(error, &mut into.global));
        } else {
            for (name, value) in map {
                match name.as_str() {
                    // NetBox puts the messages about a field into a list: a text is about the whole.
                    "detail" | "error" if value.is_string() || map.len() == 1 => {
                        self.room.collect(value, &mut into.global);
                    }
                    "__all__" | "non_field_errors" => self.room.collect(value, &mut into.global),
                    _ => self.below(name, value, into),
                }
            }
        }
    }

    /// Reads what is said of the field `step` of the field that the reader is at.
    fn below(&mut self, step: &str, value: &Value, into: &mut Messages) {
        let end = self.name.len();
        if end > 0 {
            self.name.push('.');
        }
        self.name.push_str(step);
        self.field(value, into);
        self.name.truncate(end);
    }

    fn field(&mut self, value: &Value, into: &mut Messages) {
        match value {
            Value::Object(map) => map.iter().for_each(|(key, value)| self.below(key, value, into)),
            Value::Array(entries) if entries.iter().any(|entry| entry.is_object() || entry.is_array()) => {
                for (position, entry) in entries.iter().enumerate() {
                    self.below(&position.to_string(), entry, into);
                }
            }
            other => {
                let mut said = Vec::new();
                self.room.collect(other, &mut said);
                if !said.is_empty()
                    && let Some(name) = self.room.keep(&self.name, KEPT_OF_NAME)
                {
                    into.fields.entry(name).or_default().append(&mut said);
                }
            }
        }
    }

    fn item(&mut self, place: ItemPlace, errors: &Value, into: &mut Messages) {
        let mut messages = Messages::default();
        self.body(errors, &mut messages);
        if !messages.is_empty() {
            into.items.push(ItemMessages { place, messages });
        }
    }
}

impl Room {
    fn collect(&mut self, value: &Value, into: &mut Vec<String>) {
        match value {
            Value::Null => {}
            Value::String(text) if text.is_empty() => {}
            Value::String(text) => into.extend(self.keep(text, KEPT_OF_MESSAGE)),
            Value::Array(entries) => entries.iter().for_each(|entry| self.collect(entry, into)),
            other => into.extend(self.keep(&other.to_string(), KEPT_OF_MESSAGE)),
        }
    }

    /// `text`, or its beginning of `limit` bytes, if there is room for that. After the first that has none, none is kept.
    fn keep(&mut self, text: &str, limit: usize) -> Option<String> {
        let kept = bounded(text, limit);
        self.is_cut |= text.len() > limit;
        if let Some(left) = self.left.checked_sub(kept.len() + OVERHEAD) {
            self.left = left;
            return Some(kept.into_owned());
        }
        self.left = 0;
        self.is_cut = true;
        None
    }
}
