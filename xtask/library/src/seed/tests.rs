//! The promises of the data set in `fixtures/dataset`.

use std::{collections::BTreeSet, sync::LazyLock};

use serde_json::Value;

use super::{dataset::Dataset, rule::Fields};

static DATASET: LazyLock<Dataset> = LazyLock::new(read);

fn read() -> Dataset {
    Dataset::of_repository().expect("the data set is sound")
}

fn described(endpoint: &str) -> Vec<&'static Fields> {
    let sets = DATASET.sets.iter().filter(|set| set.endpoint == endpoint);
    sets.flat_map(|set| &set.objects).map(|object| &object.fields).collect()
}

#[test]
fn the_numbers_are_exact() {
    let counts = DATASET.counts();
    let expect = [
        ("tenancy/tenants", 2),
        ("dcim/sites", 12),
        ("dcim/racks", 40),
        ("dcim/devices", 300),
        ("dcim/interfaces", 3000),
        ("ipam/ip-addresses", 1000),
    ];
    for (endpoint, count) in expect {
        assert_eq!(counts[endpoint], count, "{endpoint}");
    }
}

#[test]
fn expansion_is_the_same_each_time() {
    let objects = |dataset: &Dataset| format!("{:?}", dataset.sets);
    assert_eq!(objects(&read()), objects(&DATASET));
}

#[test]
fn the_readme_counts_right() {
    let readme = include_str!("../../../../fixtures/dataset/README.md");
    let told: Vec<_> = readme.lines().filter(|line| line.starts_with("| `") && line.contains('/')).collect();
    let counted = DATASET.counts().into_iter().map(|(endpoint, count)| format!("| `{endpoint}` | {count} |"));
    assert_eq!(told, counted.collect::<Vec<_>>());
}

#[test]
fn dm_sites_are_in_a_region_and_in_none() {
    let names_dm =
        |site: &&Fields| site.get("name").and_then(Value::as_str).is_some_and(|name| name.starts_with("DM-"));
    let sites: Vec<_> = described("dcim/sites").into_iter().filter(names_dm).collect();
    assert!(sites.len() >= 3);
    assert!(sites.iter().any(|site| site["region"].is_null()));
    assert!(sites.iter().any(|site| site["region"].is_string()));
}

#[test]
fn custom_fields_are_of_every_type_and_each_has_a_value_on_a_site() {
    let mut fields = described("extras/custom-fields");
    fields.retain(|field| {
        field["object_types"].as_array().is_some_and(|types| types.contains(&"dcim.site".into()))
    });
    let types: BTreeSet<_> = fields.iter().filter_map(|field| field["type"].as_str()).collect();
    assert_eq!(types.len(), 13);
    let names: BTreeSet<_> = fields.iter().filter_map(|field| field["name"].as_str()).collect();
    let sites = described("dcim/sites");
    let values = sites.iter().filter_map(|site| site.get("custom_fields")?.as_object());
    let set: BTreeSet<_> = values.flat_map(|values| values.keys().map(String::as_str)).collect();
    assert_eq!(set, names);
}

#[test]
fn most_addresses_are_on_an_interface() {
    let addresses = described("ipam/ip-addresses");
    let assigned = addresses.iter().filter(|address| address.contains_key("assigned_object_id")).count();
    assert!(assigned > 700, "{assigned}");
    assert!(addresses.iter().any(|address| address.contains_key("nat_inside")));
}
