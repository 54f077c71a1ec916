//! The data set as a description of objects: an object that a reference names is named by its attributes instead.

use std::collections::BTreeMap;

use anyhow::Context as _;
use netbox_plan::Desired;
use serde_json::{Map, Value, json};

use super::{
    dataset::{Dataset, ME, Set},
    rule::{Fields, file},
};

/// Objects in the form of a document, and the references by which the data set names them.
#[derive(Debug, Default)]
pub(super) struct Description<'d> {
    document: BTreeMap<&'d str, Vec<Value>>,
    references: BTreeMap<&'d str, Vec<&'d str>>,
    keys: BTreeMap<&'d str, &'d Vec<String>>,
}

/// All that the sets state about an object.
struct Stated<'d> {
    set: &'d Set,
    fields: Fields,
}

impl Dataset {
    /// Describes the objects of these of its sets, without their files; `me` is the id of the token's user.
    pub(super) fn describe<'d>(
        &'d self,
        me: u64,
        sets: impl Iterator<Item = &'d Set> + Clone,
    ) -> anyhow::Result<Description<'d>> {
        let all = stated(self.sets.iter());
        let mut left = stated(sets.clone());
        let mut description = Description::default();
        for (set, object) in sets.flat_map(|set| set.objects.iter().map(move |object| (set, object))) {
            let Some(stated) = left.remove(object.reference.as_str()) else { continue };
            let fields = stated.fields.iter().filter(|(_, value)| file(value).is_none());
            let fields = fields.map(|(name, value)| Ok((name.clone(), attributes(value, me, &all)?)));
            let fields: Fields = fields.collect::<anyhow::Result<_>>().context(object.reference.clone())?;
            description.document.entry(&set.endpoint).or_default().push(fields.into());
            description.keys.insert(&set.endpoint, &set.key);
            description.references.entry(&set.endpoint).or_default().push(&object.reference);
        }
        Ok(description)
    }
}

/// The statements of `sets`, by the reference of what they are about.
fn stated<'d>(sets: impl Iterator<Item = &'d Set>) -> BTreeMap<&'d str, Stated<'d>> {
    let mut all: BTreeMap<&str, Stated<'_>> = BTreeMap::new();
    for set in sets {
        for object in &set.objects {
            let stated =
                all.entry(&object.reference).or_insert_with(|| Stated { set, fields: Fields::new() });
            stated.fields.extend(object.fields.clone());
        }
    }
    all
}

/// `value` with attributes in place of references.
fn attributes(value: &Value, me: u64, all: &BTreeMap<&str, Stated<'_>>) -> anyhow::Result<Value> {
    let each = |value: &Value| attributes(value, me, all);
    Ok(match value {
        Value::String(text) if text == ME => me.into(),
        Value::String(text) if text.starts_with('@') => {
            let Stated { set, fields } = all.get(text.as_str()).with_context(|| format!("no {text}"))?;
            let key = set
                .key
                .iter()
                .map(|name| Ok((name.clone(), fields.get(name).map_or(Ok(Value::Null), each)?)));
            json!({ (&set.endpoint): key.collect::<anyhow::Result<Map<_, _>>>()? })
        }
        Value::Array(items) => items.iter().map(each).collect::<anyhow::Result<_>>()?,
        Value::Object(fields) => {
            let fields = fields.iter().map(|(name, value)| Ok((name.clone(), each(value)?)));
            Value::Object(fields.collect::<anyhow::Result<_>>()?)
        }
        other => other.clone(),
    })
}

impl Description<'_> {
    pub(super) fn desired(&self) -> anyhow::Result<Desired> {
        let mut desired: Desired = serde_json::from_value(json!(self.document))?;
        // NetBox takes journal entries for the same by nothing; the data set does.
        for (endpoint, key) in &self.keys {
            if netbox_schema::endpoint(endpoint).is_some_and(|known| known.keys().next().is_none()) {
                desired.by_at(endpoint, *key);
            }
        }
        Ok(desired)
    }

    /// The place in the description of what the reference names.
    pub(super) fn place(&self, reference: &str) -> Option<String> {
        self.references.iter().find_map(|(endpoint, references)| {
            let at = references.iter().position(|one| *one == reference)?;
            Some(format!("{endpoint}[{at}]"))
        })
    }

    /// The reference of what is at that place of the description.
    pub(super) fn reference(&self, place: &str) -> Option<&str> {
        let (endpoint, at) = place.strip_suffix(']')?.split_once('[')?;
        self.references.get(endpoint)?.get(at.parse::<usize>().ok()?).copied()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{dataset::Dataset, rule::Source};

    #[test]
    fn references_become_attributes_and_statements_are_put_together() {
        let rules = json!([
            {"endpoint": "dcim/sites", "objects": [{"slug": "dm-berlin", "name": "DM-Berlin"}]},
            {"endpoint": "dcim/racks", "objects": [{"site": "@dcim/sites/dm-berlin", "name": "A01"}]},
            {"endpoint": "ipam/prefixes", "objects": [{"prefix": "10.0.0.0/8", "scope_type": "dcim.site", "scope_id": "@dcim/sites/dm-berlin"}]},
            {"endpoint": "ipam/ip-addresses", "objects": [{"address": "10.0.0.1/8", "custom_fields": {"inside": "@ipam/prefixes/10.0.0.0/8"}}]},
            {"endpoint": "extras/image-attachments", "objects": [
                {"object_type": "dcim.rack", "object_id": "@dcim/racks/dm-berlin/A01", "name": "x", "image": {"file": "a.png"}},
            ]},
            {"endpoint": "dcim/sites", "objects": [{"slug": "dm-berlin", "facility": "Halle 3"}]},
            {"endpoint": "users/owners", "objects": [{"name": "Us", "users": ["@me"]}]},
        ]);
        let source = Source {
            rules: serde_json::from_value(rules).unwrap(),
            keys: serde_json::from_value(json!({
                "dcim/racks": ["site", "name"],
                "ipam/prefixes": ["vrf", "prefix"],
                "ipam/ip-addresses": ["address"],
                "extras/image-attachments": ["object_id", "name"],
            }))
            .unwrap(),
            files: [("a.png".to_owned(), Vec::new())].into(),
            ..Source::default()
        };
        let dataset = Dataset::expand(&source).unwrap();
        let site = json!({"dcim/sites": {"slug": "dm-berlin"}});
        let description = dataset.describe(7, dataset.sets.iter()).unwrap();
        assert_eq!(
            json!(description.document),
            json!({
                "dcim/sites": [{"slug": "dm-berlin", "name": "DM-Berlin", "facility": "Halle 3"}],
                "dcim/racks": [{"site": site, "name": "A01"}],
                "ipam/prefixes": [{"prefix": "10.0.0.0/8", "scope_type": "dcim.site", "scope_id": site}],
                "ipam/ip-addresses": [{
                    "address": "10.0.0.1/8",
                    "custom_fields": {"inside": {"ipam/prefixes": {"vrf": null, "prefix": "10.0.0.0/8"}}},
                }],
                "extras/image-attachments": [{
                    "object_type": "dcim.rack",
                    "object_id": {"dcim/racks": {"site": site, "name": "A01"}},
                    "name": "x",
                }],
                "users/owners": [{"name": "Us", "users": [7]}],
            })
        );
        assert_eq!(description.place("@dcim/racks/dm-berlin/A01").as_deref(), Some("dcim/racks[0]"));
        assert_eq!(description.reference("dcim/racks[0]"), Some("@dcim/racks/dm-berlin/A01"));
        let only = dataset.describe(7, dataset.sets[1..2].iter()).unwrap();
        assert_eq!(json!(only.document), json!({"dcim/racks": [{"site": site, "name": "A01"}]}));
    }
}
