//! The filters of custom objects: the plugin describes their types, and no document lists their filters.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use netbox_schema::Kind;
use serde::Deserialize;

use super::vocabulary::{Filters, Takes};

/// A type of custom objects, as far as it matters for filters.
#[derive(Deserialize)]
pub(crate) struct CustomObjectType {
    fields: Vec<Field>,
}

#[derive(Deserialize)]
struct Field {
    name: String,
    #[serde(rename = "type")]
    kind: String,
    filter_logic: String,
    #[serde(default)]
    is_polymorphic: bool,
    #[serde(default)]
    related_object_types: Vec<RelatedType>,
}

#[derive(Deserialize)]
struct RelatedType {
    app_label: String,
    model: String,
}

const ONE: Takes = Takes { kind: Kind::Text, several: false };
const NUMBER: Takes = Takes { kind: Kind::Integer, several: false };
const FLAG: Takes = Takes { kind: Kind::Boolean, several: false };
const SEVERAL: Takes = Takes { kind: Kind::Text, several: true };
const NUMBERS: Takes = Takes { kind: Kind::Integer, several: true };

const OF_TEXTS: &[&str] = &["n", "ic", "nic", "iew", "niew", "isw", "nisw", "ie", "nie", "regex", "iregex"];
const OF_NUMBERS: &[&str] = &["n", "gt", "gte", "lt", "lte"];

impl CustomObjectType {
    /// The filters of the objects of this type, as version 0.7.1 of the plugin has them. Older versions have no lookups of
    /// texts whose filter logic is “loose”: `lookups` says whether this one has.
    pub(crate) fn filters(&self, lookups: bool) -> Filters {
        let mut filters = Building::default();
        filters.add("id", NUMBERS, OF_NUMBERS);
        filters.add("created", SEVERAL, OF_NUMBERS);
        filters.add("last_updated", SEVERAL, OF_NUMBERS);
        filters.add("tag", SEVERAL, &["n", "any"]);
        filters.add("tag_id", NUMBERS, &["n", "any"]);
        filters.add("owner_id", NUMBERS, &["n"]);
        filters.add("owner_group_id", NUMBERS, &[]);
        for name in ["q", "created_by_request", "updated_by_request", "modified_by_request"] {
            filters.add(name, ONE, &[]);
        }
        for field in self.fields.iter().filter(|field| field.filter_logic != "disabled") {
            field.add_to(&mut filters, lookups);
        }
        Arc::new(filters.0)
    }

    /// The fields that hold JSON of the user's own.
    pub(crate) fn json_fields(&self) -> BTreeSet<String> {
        self.fields.iter().filter(|field| field.kind == "json").map(|field| field.name.clone()).collect()
    }
}

impl Field {
    fn add_to(&self, filters: &mut Building, lookups_of_loose: bool) {
        let name = self.name.as_str();
        match self.kind.as_str() {
            "text" | "longtext" | "url" => {
                let lookups = if self.filter_logic == "exact" || lookups_of_loose { OF_TEXTS } else { &[] };
                filters.add(name, ONE, lookups);
            }
            "integer" | "decimal" => filters.add(name, ONE, OF_NUMBERS),
            "coordinates" => {
                for part in ["latitude", "longitude"] {
                    filters.add(&format!("{name}_{part}"), ONE, OF_NUMBERS);
                }
            }
            "date" | "datetime" | "json" => filters.add(name, ONE, &[]),
            "boolean" => filters.add(name, FLAG, &[]),
            "select" => filters.add(name, SEVERAL, OF_TEXTS),
            // The plugin takes lookups of these, and carries them out as if they were none.
            "multiselect" => filters.add(name, SEVERAL, &[]),
            "object" | "multiobject" if self.is_polymorphic => {
                for RelatedType { app_label, model } in &self.related_object_types {
                    filters.add(&format!("{name}_{app_label}_{model}"), NUMBER, &[]);
                }
            }
            "object" => {
                filters.add(name, NUMBER, &[]);
                filters.add(&format!("{name}_id"), NUMBER, &[]);
            }
            "multiobject" => filters.add(name, NUMBERS, &[]),
            _ => {}
        }
    }
}

#[derive(Default)]
struct Building(BTreeMap<String, Takes>);

impl Building {
    fn add(&mut self, name: &str, takes: Takes, lookups: &[&str]) {
        self.0.insert(name.to_owned(), takes);
        for lookup in lookups {
            self.0.insert(format!("{name}__{lookup}"), takes);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn field(name: &str, kind: &str, logic: &str) -> serde_json::Value {
        json!({"name": name, "type": kind, "filter_logic": logic})
    }

    #[test]
    fn fields_have_the_filters_of_their_types() {
        let mut port = field("port", "object", "loose");
        port["is_polymorphic"] = true.into();
        port["related_object_types"] = json!([{"app_label": "dcim", "model": "interface"}]);
        let fields = [
            field("note", "text", "loose"),
            field("code", "text", "exact"),
            field("secret", "text", "disabled"),
            field("size", "integer", "loose"),
            field("site", "object", "loose"),
            field("sites", "multiobject", "loose"),
            field("new", "hologram", "loose"),
            port,
        ];
        let of_type: CustomObjectType = serde_json::from_value(json!({ "fields": fields })).unwrap();
        let filters = of_type.filters(false);
        for name in ["id__n", "q", "note", "code__isw", "size__gte", "site", "site_id", "port_dcim_interface"]
        {
            assert!(filters.contains_key(name), "{name}");
        }
        for name in ["note__isw", "secret", "site__n", "site_id__n", "sites_id", "new", "port", "port_id"] {
            assert!(!filters.contains_key(name), "{name}");
        }
        assert!(filters["sites"].several && !filters["size"].several);
        assert!(of_type.filters(true).contains_key("note__isw"));
    }
}
