//! The data set, expanded and checked: what shall be in NetBox, in the order in which it can be made.

use std::collections::{BTreeMap, HashMap, HashSet};

use anyhow::{Context as _, bail, ensure};
use serde_json::Value;
use xtask::checkout;

use super::{
    components::components,
    expand::expand,
    rule::{Fields, Rule, Source, file},
};

/// The reference to the user whose token is used; the one object that the data set doesn't make.
pub(super) const ME: &str = "@me";

/// The objects and files that NetBox must have.
#[derive(Debug, Default)]
pub(crate) struct Dataset {
    pub(super) sets: Vec<Set>,
    /// The files to upload, by name.
    pub(super) files: BTreeMap<String, Vec<u8>>,
}

/// Objects of one endpoint that are made together.
#[derive(Debug)]
pub(super) struct Set {
    pub(super) endpoint: String,
    /// The fields that distinguish an object of this endpoint from all others.
    pub(super) key: Vec<String>,
    pub(super) origin: Origin,
    pub(super) objects: Vec<Object>,
}

/// How objects come to be.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Origin {
    Created,
    /// NetBox makes them of templates, with a device.
    OfTemplates,
    /// NetBox makes them when it reads the data source with this reference.
    OfSource(String),
}

/// The statements of a set about an object. A later set may say more about the same object.
#[derive(Debug)]
pub(super) struct Object {
    /// `@dcim/racks/dm-berlin/A01`: the endpoint, then the values of the key.
    pub(super) reference: String,
    /// As NetBox takes them, but with references in place of ids.
    pub(super) fields: Fields,
}

impl Object {
    /// The fields that have files, and the names of these.
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().filter_map(|(field, value)| Some((field.as_str(), file(value)?)))
    }
}

impl Dataset {
    /// The data set in `fixtures/dataset`.
    pub(crate) fn of_repository() -> anyhow::Result<Dataset> {
        let directory = checkout::path("fixtures/dataset");
        Dataset::expand(&Source::read(&directory)?)
    }

    /// How objects of `endpoint` come to be, if the data set has any: that some are created counts for all.
    pub(crate) fn origin(&self, endpoint: &str) -> Option<&Origin> {
        let mut first: HashMap<&str, &Origin> = HashMap::new();
        for set in self.sets.iter().filter(|set| set.endpoint == endpoint) {
            for object in &set.objects {
                first.entry(&object.reference).or_insert(&set.origin);
            }
        }
        first.into_values().min()
    }

    /// Expands all rules.
    ///
    /// # Errors
    ///
    /// If a rule can't be expanded, an object refers to one that isn't made before it, or a field of one object is
    /// told twice.
    pub(super) fn expand(source: &Source) -> anyhow::Result<Dataset> {
        let mut dataset = Dataset { files: source.files.clone(), ..Dataset::default() };
        let mut known = Known::default();
        for rule in &source.rules {
            let set = dataset
                .set(rule, source)
                .and_then(|set| known.admit(&set, &source.files).map(|()| set))
                .with_context(|| format!("{} ({})", rule.endpoint, rule.about))?;
            dataset.sets.push(set);
        }
        Ok(dataset)
    }

    /// How many objects there are at each endpoint.
    pub(super) fn counts(&self) -> BTreeMap<&str, usize> {
        let mut references: BTreeMap<&str, HashSet<&str>> = BTreeMap::new();
        for set in &self.sets {
            let of_endpoint = references.entry(&set.endpoint).or_default();
            of_endpoint.extend(set.objects.iter().map(|object| object.reference.as_str()));
        }
        references.into_iter().map(|(endpoint, references)| (endpoint, references.len())).collect()
    }

    fn set(&self, rule: &Rule, source: &Source) -> anyhow::Result<Set> {
        let (origin, objects) = if let Some(templates) = &rule.from {
            let templates: Vec<_> = self.objects(templates).collect();
            (Origin::OfTemplates, components(self.objects("dcim/devices"), &templates).collect())
        } else {
            let origin = rule.sync.clone().map_or(Origin::Created, Origin::OfSource);
            (origin, expand(rule, &source.lists)?)
        };
        let key = self.key(&rule.endpoint, objects.first().context("the rule describes no object")?, source);
        let objects = objects
            .into_iter()
            .map(|fields| Ok(Object { reference: reference(&rule.endpoint, &key, &fields)?, fields }))
            .collect::<anyhow::Result<_>>()?;
        Ok(Set { endpoint: rule.endpoint.clone(), key, origin, objects })
    }

    fn key(&self, endpoint: &str, first: &Fields, source: &Source) -> Vec<String> {
        let named = source.keys.get(endpoint);
        let earlier = || self.sets.iter().find(|set| set.endpoint == endpoint).map(|set| &set.key);
        let usual = if first.contains_key("slug") { "slug" } else { "name" };
        named.or_else(earlier).cloned().unwrap_or_else(|| vec![usual.to_owned()])
    }

    /// The statements about objects of that endpoint.
    pub(super) fn objects(&self, endpoint: &str) -> impl Iterator<Item = &Object> {
        self.sets.iter().filter(move |set| set.endpoint == endpoint).flat_map(|set| &set.objects)
    }
}

/// `@` + endpoint + the values of the key, of which a reference gives its own values, and null or nothing none.
fn reference(endpoint: &str, key: &[String], fields: &Fields) -> anyhow::Result<String> {
    let values: Vec<_> = key.iter().filter_map(|name| fields.get(name)).collect();
    ensure!(!values.is_empty(), "an object lacks its key, {}", key.join(" and "));
    let mut reference = format!("@{endpoint}");
    for value in values {
        let part = match value {
            Value::Null => continue,
            Value::String(text) if text.starts_with('@') => {
                text.splitn(3, '/').nth(2).unwrap_or(text).to_owned()
            }
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        reference.push('/');
        reference += &part;
    }
    Ok(reference)
}

/// The references of the objects made so far, with the names of the fields stated for each.
#[derive(Default)]
struct Known(HashMap<String, HashSet<String>>);

impl Known {
    fn admit(&mut self, set: &Set, files: &BTreeMap<String, Vec<u8>>) -> anyhow::Result<()> {
        if let Origin::OfSource(source) = &set.origin {
            self.check(&Value::from(source.as_str()))?;
        }
        for object in &set.objects {
            for value in object.fields.values() {
                if let Some(name) = file(value).filter(|name| !files.contains_key(*name)) {
                    bail!("{}: there is no file `{name}`", object.reference);
                }
                self.check(value).with_context(|| object.reference.clone())?;
            }
            let told = self.0.entry(object.reference.clone()).or_default();
            for name in object.fields.keys() {
                if !told.insert(name.clone()) && !set.key.contains(name) {
                    bail!("{} gets its `{name}` twice", object.reference);
                }
            }
        }
        let mut own = HashSet::new();
        match set.objects.iter().find(|object| !own.insert(&object.reference)) {
            Some(twin) => bail!("{} stands twice in one set", twin.reference),
            None => Ok(()),
        }
    }

    fn check(&self, value: &Value) -> anyhow::Result<()> {
        match value {
            Value::String(text) if text.starts_with('@') && text != ME && !self.0.contains_key(text) => {
                bail!("{text} is not made before it is referred to")
            }
            Value::Array(items) => items.iter().try_for_each(|item| self.check(item)),
            Value::Object(fields) => fields.values().try_for_each(|value| self.check(value)),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Dataset, Origin, Source};

    fn expand(rules: Value) -> anyhow::Result<Dataset> {
        Dataset::expand(&Source {
            rules: serde_json::from_value(rules)?,
            keys: serde_json::from_value(json!({
                "dcim/racks": ["site", "name"],
                "ipam/prefixes": ["vrf", "prefix"],
                "dcim/interface-templates": ["device_type", "name"],
                "dcim/interfaces": ["device", "name"],
            }))?,
            ..Source::default()
        })
    }

    #[track_caller]
    fn check(rules: Value, references: &[&str]) {
        let dataset = expand(rules).expect("a data set");
        let found: Vec<_> =
            dataset.sets.iter().flat_map(|set| &set.objects).map(|object| &object.reference).collect();
        assert_eq!(found, references);
    }

    #[track_caller]
    fn refuse(rules: Value, expect: &str) {
        let error = format!("{:#}", expand(rules).expect_err("an error"));
        assert!(error.contains(expect), "{error}");
    }

    fn site() -> Value {
        json!({"endpoint": "dcim/sites", "objects": [{"slug": "dm-berlin", "name": "DM-Berlin"}]})
    }

    #[test]
    fn a_reference_is_made_of_the_key() {
        let rack =
            json!({"endpoint": "dcim/racks", "objects": [{"site": "@dcim/sites/dm-berlin", "name": "A01"}]});
        let prefix = json!({"endpoint": "ipam/prefixes", "objects": [{"vrf": null, "prefix": "10.0.0.0/8"}]});
        check(
            json!([site(), rack, prefix]),
            &["@dcim/sites/dm-berlin", "@dcim/racks/dm-berlin/A01", "@ipam/prefixes/10.0.0.0/8"],
        );
    }

    #[test]
    fn components_follow_the_templates_of_each_devices_type() {
        let rules = json!([
            {"endpoint": "dcim/device-types", "objects": [{"slug": "one"}, {"slug": "two"}]},
            {"endpoint": "dcim/interface-templates", "for": "n in 0-1", "objects": [
                {"device_type": "@dcim/device-types/two", "name": "eth{n}", "type": "10gbase-t"},
            ]},
            {"endpoint": "dcim/devices", "objects": [
                {"name": "a", "device_type": "@dcim/device-types/one"},
                {"name": "b", "device_type": "@dcim/device-types/two"},
            ]},
            {"endpoint": "dcim/interfaces", "from": "dcim/interface-templates"},
        ]);
        let dataset = expand(rules).expect("a data set");
        let made: Vec<_> = dataset.sets[3].objects.iter().map(|object| json!(object.fields)).collect();
        assert_eq!(dataset.origin("dcim/interfaces"), Some(&Origin::OfTemplates));
        assert_eq!(
            made,
            [
                json!({"device": "@dcim/devices/b", "name": "eth0", "type": "10gbase-t"}),
                json!({"device": "@dcim/devices/b", "name": "eth1", "type": "10gbase-t"}),
            ]
        );
    }

    #[test]
    fn a_later_set_may_say_more_and_counts_once() {
        let rules = json!([
            site(),
            {"endpoint": "dcim/sites", "objects": [{"slug": "dm-berlin", "facility": "Halle 3"}]},
        ]);
        let dataset = expand(rules).expect("a data set");
        assert_eq!((dataset.counts()["dcim/sites"], dataset.objects("dcim/sites").count()), (1, 2));
    }

    #[test]
    fn contradictions_and_dangling_references_are_refused() {
        refuse(json!([site(), site()]), "@dcim/sites/dm-berlin gets its `name` twice");
        refuse(
            json!([{"endpoint": "dcim/sites", "objects": [{"slug": "x"}, {"slug": "x"}]}]),
            "@dcim/sites/x stands twice in one set",
        );
        refuse(
            json!([{"endpoint": "dcim/racks", "objects": [{"site": "@dcim/sites/dm-bonn", "name": "A01"}]}]),
            "@dcim/racks/dm-bonn/A01: @dcim/sites/dm-bonn is not made before it is referred to",
        );
        refuse(
            json!([{"endpoint": "dcim/racks", "objects": [{"serial": "1"}]}]),
            "an object lacks its key, site and name",
        );
        refuse(json!([{"endpoint": "dcim/racks"}]), "the rule describes no object");
        refuse(
            json!([{"endpoint": "extras/scripts", "objects": [{"name": "x", "file": {"file": "x.py"}}]}]),
            "@extras/scripts/x: there is no file `x.py`",
        );
        let of = "@core/data-sources/x";
        refuse(
            json!([{"endpoint": "core/data-files", "sync": of, "objects": [{"name": "x"}]}]),
            "@core/data-sources/x is not made before it is referred to",
        );
    }
}
