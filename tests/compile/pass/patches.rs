//! The values that fields can be set to, and the bodies of the patches.
#![deny(warnings)]

use std::collections::BTreeMap;

use netbox_core::{Fk, NetboxModel, Patch, Record, Ref, fk::GenericFk, value::{Choice, CustomFields, Decimal, IpPrefix, Timestamp}};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

mod canned;

#[derive(Debug, Serialize, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site {
    id: u64,
}

#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/tags")]
struct Tag {
    id: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Phase {
    InUse,
}

/// A field of each kind.
#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "plugins/acme/things")]
struct Thing {
    id: u64,
    name: String,
    serial: Option<String>,
    height: u16,
    depth: Option<i64>,
    weight: f64,
    latitude: Option<f64>,
    position: Decimal,
    price: Option<Decimal>,
    active: bool,
    locked: Option<bool>,
    status: Choice,
    airflow: Option<Choice>,
    installed: Timestamp,
    removed: Option<Timestamp>,
    prefix: IpPrefix,
    address: Option<IpPrefix>,
    #[fk]
    site: Fk<Site>,
    #[fk]
    home: Option<Fk<Site>>,
    #[fk]
    tags: Vec<Fk<Tag>>,
    scope: GenericFk,
    #[netbox(write = "parent_object")]
    parent: Option<GenericFk>,
    ends: Vec<GenericFk>,
    custom_fields: CustomFields,
    phase: Phase,
    next: Option<Phase>,
    words: Vec<String>,
    #[serde(rename = "local_context_data")]
    context: Value,
    extra: Option<Value>,
    limits: BTreeMap<String, u32>,
    #[netbox(read_only)]
    path: String,
    device_count: u64,
}

/// The body that `patch` sends.
fn body<M>(patch: &Patch<M>) -> Value {
    patch.names().map(|name| (name.to_owned(), patch.value::<Value>(name).unwrap())).collect()
}

macro_rules! check {
    ($field:ident = $($value:expr),+ => $expected:tt) => {
        $(
            let patch = Patch::new().set(Thing::$field, $value);
            assert_eq!(body(&patch), json!($expected), "{}", stringify!($value));
        )+
    };
}

fn main() {
    let site: Record<Site, _> = canned::record(json!({"id": 7}));
    let tags: Vec<Record<Tag, _>> = [3, 5].map(|id| canned::record(json!({"id": id}))).into();

    check!(NAME = "a", "a".to_owned(), &"a".to_owned() => {"name": "a"});
    check!(SERIAL = "a", "a".to_owned(), &"a".to_owned(), Some("a".to_owned()), &Some("a".to_owned()) => {"serial": "a"});
    check!(SERIAL = None::<String>, None => {"serial": null});
    check!(HEIGHT = 4, 4u16, &4 => {"height": 4});
    check!(DEPTH = -4, 4 - 8i64, Some(-4), &-4 => {"depth": -4});
    check!(DEPTH = None::<i64>, None => {"depth": null});
    check!(WEIGHT = 1.5, &1.5 => {"weight": 1.5});
    check!(LATITUDE = 1.5, Some(1.5) => {"latitude": 1.5});
    check!(LATITUDE = None::<f64> => {"latitude": null});
    let half = Decimal::try_from(1.5).unwrap();
    check!(POSITION = 1.5, half.clone(), &half => {"position": 1.5});
    check!(POSITION = 4, 4u8, 4i64, 4u64 => {"position": 4});
    check!(POSITION = "1.50".parse::<Decimal>().unwrap() => {"position": 1.5});
    check!(PRICE = 1.5, half.clone(), Some(half) => {"price": 1.5});
    check!(PRICE = None::<Decimal>, None => {"price": null});
    check!(ACTIVE = true, &true => {"active": true});
    check!(LOCKED = true, Some(true) => {"locked": true});
    check!(STATUS = "active", "active".to_owned(), Choice::new("active"), &Choice::new("active") => {"status": "active"});
    check!(STATUS = 4, 4u8, 4i64, 4u64, Choice::from(4) => {"status": 4});
    check!(AIRFLOW = "passive", "passive".to_owned(), Choice::new("passive"), Some(Choice::new("passive")) => {"airflow": "passive"});
    check!(AIRFLOW = 4 => {"airflow": 4});
    check!(AIRFLOW = None::<Choice>, None => {"airflow": null});
    let time = "2026-11-25T00:00:00Z";
    check!(INSTALLED = time, time.to_owned(), Timestamp::from(time) => {"installed": time});
    check!(REMOVED = time, time.to_owned(), Some(Timestamp::from(time)) => {"removed": time});
    let prefix: IpPrefix = "10.0.0.0/8".parse().unwrap();
    check!(PREFIX = "10.0.0.0/8", "10.0.0.0/8".to_owned(), prefix, &prefix => {"prefix": "10.0.0.0/8"});
    check!(ADDRESS = "10.0.0.0/8", "10.0.0.0/8".to_owned(), prefix, Some(prefix) => {"address": "10.0.0.0/8"});

    let key = Fk::<Site>::new(7);
    check!(SITE = 7, 7u64, &7, &key, key.clone(), &*site, &site => {"site": 7});
    check!(SITE = Ref::by("slug", "ams"), &Ref::by("slug", "ams") => {"site": {"slug": "ams"}});
    check!(HOME = 7, 7u64, &key, key.clone(), Some(key.clone()), &Some(key.clone()), &*site, &site => {"home": 7});
    check!(HOME = Ref::by("slug", "ams") => {"home": {"slug": "ams"}});
    check!(HOME = None::<Fk<Site>>, None => {"home": null});

    let keys = [5, 3].map(Fk::<Tag>::new);
    check!(TAGS = [5, 3], [5u64, 3, 5], [&5, &3], &[5, 3], &[5, 3][..], vec![5, 3], vec![&5, &3], &vec![5, 3] => {"tags": [3, 5]});
    check!(TAGS = [&keys[0], &keys[1]], &keys, &keys[..], vec![&keys[0], &keys[1]] => {"tags": [3, 5]});
    check!(TAGS = keys.clone() => {"tags": [3, 5]});
    check!(TAGS = [&tags[0], &tags[1]], &tags, &tags[..], tags.iter().collect::<Vec<_>>() => {"tags": [3, 5]});
    check!(TAGS = [&*tags[0], &*tags[1]], vec![&*tags[0], &*tags[1]] => {"tags": [3, 5]});
    let models = [3, 5].map(|id| Tag { id });
    check!(TAGS = &models, &models[..], &Vec::from(models) => {"tags": [3, 5]});
    check!(TAGS = [Ref::by("slug", "a")], vec![Ref::by("slug", "a")], &[Ref::by("slug", "a")] => {"tags": [{"slug": "a"}]});
    check!(TAGS = [0u64; 0], Vec::<u64>::new(), Vec::<Fk<Tag>>::new() => {"tags": []});

    let generic = GenericFk::new("dcim.site", 7);
    check!(SCOPE = &site, generic.clone(), &generic => {"scope_type": "dcim.site", "scope_id": 7});
    check!(PARENT = &site, generic.clone(), &generic, Some(generic.clone()) => {"parent_object_type": "dcim.site", "parent_object_id": 7});
    check!(PARENT = None::<GenericFk>, None => {"parent_object_type": null, "parent_object_id": null});
    check!(ENDS = vec![generic.clone()] => {"ends": [{"object_type": "dcim.site", "object_id": 7}]});
    check!(ENDS = [&site], vec![&site], vec![GenericFk::from(&site)] => {"ends": [{"object_type": "dcim.site", "object_id": 7}]});

    check!(PHASE = Phase::InUse, &Phase::InUse => {"phase": "in-use"});
    check!(NEXT = Phase::InUse, Some(Phase::InUse) => {"next": "in-use"});
    check!(WORDS = vec!["a".to_owned()] => {"words": ["a"]});
    check!(CONTEXT = json!({"a": 1}), &json!({"a": 1}) => {"local_context_data": {"a": 1}});
    check!(EXTRA = json!({"a": 1}), Some(json!({"a": 1})) => {"extra": {"a": 1}});
    check!(LIMITS = BTreeMap::from([("a".to_owned(), 1)]) => {"limits": {"a": 1}});

    let cleared = Patch::new()
        .clear(Thing::SERIAL)
        .clear(Thing::HOME)
        .clear(Thing::TAGS)
        .clear(Thing::PARENT)
        .clear(Thing::WORDS);
    assert_eq!(
        body(&cleared),
        json!({"serial": null, "home": null, "tags": [], "parent_object_type": null, "parent_object_id": null,
            "words": []})
    );

    let custom =
        Patch::<Thing>::new().custom_field("site", &site).custom_field("level", 3).field("name", "b");
    assert_eq!(body(&custom), json!({"custom_fields": {"site": 7, "level": 3}, "name": "b"}));

    // Every call that takes a patch reports the fields that NetBox ignores.
    for patch in [
        Patch::new().set(Thing::PATH, "x"),
        Patch::new().set(Thing::DEVICE_COUNT, 3),
        Patch::new().set(Thing::ID, 3),
    ] {
        assert!(!patch.is_empty());
        let error = site.client().update::<Thing>(1, patch).unwrap_err().to_string();
        assert!(error.contains("is read-only: NetBox would ignore it"), "{error}");
    }
}
