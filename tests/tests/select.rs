//! A selected field is read as the model reads it.

use std::{fmt::Debug, sync::Mutex, time::Duration};

use netbox_core::{
    Blocking, Client, Fk, Model, NetboxModel,
    query::Select,
    transport::{Request, Response, Transport, TransportError},
};
use netbox_models::{core, dcim, extras, ipam};
use netbox_tests::lists::{self, Lists};
use proptest::prelude::*;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned};
use serde_json::Value;

/// A NetBox whose answers are all the same.
struct Canned(Mutex<String>);

impl Transport for Canned {
    type Mode = Blocking;

    fn send(&self, _: Request) -> Result<Response, TransportError> {
        let mut response = Response::new(self.0.lock().unwrap().clone().into());
        response.headers_mut().insert("content-type", "application/json".parse().unwrap());
        response.headers_mut().insert("api-version", "4.7".parse().unwrap());
        Ok(response)
    }

    fn sleep(&self, _: Duration) {}
}

/// The row that `fields` make of `json`.
fn row<M: Model, S: Select<M>>(json: &str, fields: S) -> Result<S::Row, String> {
    let canned = Canned(Mutex::new(format!(r#"{{"results": [{json}]}}"#)));
    let client = Client::builder("https://h").build(canned).unwrap();
    client.query::<M>().select(fields).one().map_err(|error| error.to_string())
}

/// Every way in which serde reads a field.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "plugins/acme/widgets")]
struct Widget {
    id: u64,
    text: String,
    perhaps: Option<u16>,
    #[serde(rename = "_depth")]
    depth: u8,
    #[serde(alias = "old", alias = "older")]
    new: i32,
    #[serde(default)]
    list: Vec<u8>,
    #[serde(default = "seven")]
    seven: u8,
    #[serde(deserialize_with = "doubled")]
    doubled: u64,
    #[serde(default, deserialize_with = "Fk::or_none")]
    #[fk]
    job: Option<Fk<core::Job>>,
    #[serde(with = "exclaimed")]
    loud: Option<String>,
    #[serde(alias = "location", deserialize_with = "Widget::any")]
    place: Option<Box<Self>>,
    json: Value,
    #[serde(skip)]
    _local: u8,
}

/// A field that is missing is that of the default.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "plugins/acme/gadgets")]
#[serde(default, rename_all = "camelCase")]
struct Gadget {
    id: u64,
    long_name: String,
    #[serde(default)]
    second_name: String,
    #[serde(deserialize_with = "doubled")]
    doubled: u64,
    r#type: Option<String>,
}

impl Default for Gadget {
    fn default() -> Self {
        let text = "a default".to_owned();
        Self { id: 1, long_name: text.clone(), second_name: text.clone(), doubled: 5, r#type: Some(text) }
    }
}

impl Widget {
    fn any<'de, D: Deserializer<'de>>(json: D) -> Result<Option<Box<Self>>, D::Error> {
        Value::deserialize(json).map(|_| None)
    }
}

fn seven() -> u8 {
    7
}

fn doubled<'de, D: Deserializer<'de>>(json: D) -> Result<u64, D::Error> {
    u64::deserialize(json).map(|number| number.wrapping_mul(2))
}

mod exclaimed {
    use super::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(json: D) -> Result<Option<String>, D::Error> {
        Option::<String>::deserialize(json).map(|text| text.map(|text| text + "!"))
    }

    #[allow(clippy::ref_option, reason = "serde calls it so")]
    pub(super) fn serialize<S: Serializer>(text: &Option<String>, serializer: S) -> Result<S::Ok, S::Error> {
        text.serialize(serializer)
    }
}

/// An object with some of these members, some of them twice, with values that may be wrong.
fn object(names: &'static [&'static str]) -> impl Strategy<Value = String> {
    let value = prop_oneof![
        4 => (0..300_i32).prop_map(|number| number.to_string()),
        4 => Just(r#""text""#.to_owned()),
        1 => Just("null".to_owned()),
        1 => Just("[1, 2]".to_owned()),
        1 => Just(r#"{"id": 3}"#.to_owned()),
        1 => Just("{}".to_owned()),
    ];
    let member =
        (proptest::sample::select(names), value).prop_map(|(name, value)| format!(r#""{name}": {value}"#));
    proptest::collection::vec(member, 0..names.len())
        .prop_map(|members| format!("{{{}}}", members.join(", ")))
}

/// A whole object in which some members were exchanged for others.
fn nearly(whole: &'static str, names: &'static [&'static str]) -> impl Strategy<Value = String> {
    object(names).prop_map(move |other| {
        let mut object: serde_json::Map<String, Value> = serde_json::from_str(whole).unwrap();
        let other: serde_json::Map<String, Value> = serde_json::from_str(&other).unwrap();
        for (name, value) in other.into_iter().take(2) {
            if object.remove(&name).is_none() {
                object.insert(name, value);
            }
        }
        Value::from(object).to_string()
    })
}

const WIDGET: &str = r#"{"id": 1, "text": "x", "perhaps": 4, "_depth": 2, "new": 3, "list": [1], "seven": 6, "doubled": 5,
    "job": 7, "loud": "x", "place": 1, "json": {"a": 1}}"#;
const WIDGETS: &[&str] = &[
    "id", "text", "perhaps", "_depth", "new", "old", "older", "list", "seven", "doubled", "job", "loud",
    "place", "location", "json", "other",
];
const GADGET: &str = r#"{"id": 2, "longName": "x", "secondName": "y", "doubled": 3, "type": null}"#;
const GADGETS: &[&str] = &["id", "longName", "secondName", "doubled", "type", "long_name"];

fn check_widget(json: &str) -> Result<(), TestCaseError> {
    let row = row(
        json,
        (
            Widget::TEXT,
            Widget::PERHAPS,
            Widget::DEPTH,
            Widget::NEW,
            Widget::LIST,
            Widget::SEVEN,
            Widget::DOUBLED,
            Widget::JOB,
            Widget::LOUD,
            Widget::PLACE,
            Widget::JSON,
            Widget::ID,
        ),
    );
    match serde_json::from_str::<Widget>(json) {
        Ok(widget) => {
            let Widget {
                id,
                text,
                perhaps,
                depth,
                new,
                list,
                seven,
                doubled,
                job,
                loud,
                place,
                json,
                _local,
            } = widget;
            prop_assert_eq!(
                row,
                Ok((text, perhaps, depth, new, list, seven, doubled, job, loud, place, json, id))
            );
        }
        Err(_) => prop_assert!(row.is_err(), "{:?}", row),
    }
    Ok(())
}

proptest! {
    #[test]
    fn all_fields_are_read_as_the_model_reads_them(json in prop_oneof![object(WIDGETS), nearly(WIDGET, WIDGETS)]) {
        check_widget(&json)?;
    }

    #[test]
    fn a_default_of_the_struct_stands_in_for_what_is_missing(json in prop_oneof![object(GADGETS), nearly(GADGET, GADGETS)]) {
        let row = row(&json, (Gadget::LONG_NAME, Gadget::SECOND_NAME, Gadget::DOUBLED, Gadget::TYPE, Gadget::ID));
        match serde_json::from_str::<Gadget>(&json) {
            Ok(Gadget { id, long_name, second_name, doubled, r#type }) => {
                prop_assert_eq!(row, Ok((long_name, second_name, doubled, r#type, id)));
            }
            Err(_) => prop_assert!(row.is_err(), "{:?}", row),
        }
    }
}

#[test]
fn the_examples_are_read() {
    check_widget(WIDGET).unwrap();
    assert!(serde_json::from_str::<Widget>(WIDGET).is_ok() && serde_json::from_str::<Gadget>(GADGET).is_ok());
}

/// Compares fields of all recorded objects with those of the model.
fn compare<M, S>(lists: &[Lists], fields: S, of: fn(M) -> S::Row) -> usize
where
    M: Model + DeserializeOwned,
    S: Select<M, Row: PartialEq + Debug> + Copy,
{
    let mut compared = 0;
    for lists in lists {
        for object in lists.objects(M::ENDPOINT) {
            let json = Value::from(object.clone()).to_string();
            assert_eq!(
                row(&json, fields).unwrap(),
                of(serde_json::from_str(&json).unwrap()),
                "{}: {json}",
                lists.version()
            );
            compared += 1;
        }
    }
    compared
}

macro_rules! compare {
    ($lists:ident: $($model:path { $($constant:ident $field:ident),+ })+) => {
        $({
            use $model as Model;
            let compared = compare(&$lists, (Model::ID, $(Model::$constant),+), |model: Model| (model.id, $(model.$field),+));
            assert!(compared > 0, "{}", Model::ENDPOINT);
        })+
    };
}

#[test]
fn recorded_objects_are_read_as_the_ready_made_models_read_them() {
    let lists: Vec<_> = lists::releases().iter().map(|release| Lists::of(release)).collect();
    compare! { lists:
        extras::Script { NAME name, RESULT result, IS_EXECUTABLE is_executable, VARS vars }
        dcim::Device {
            NAME name, DEVICE_TYPE device_type, TENANT tenant, POSITION position, FACE face, STATUS status,
            COOLING_METHOD cooling_method, PRIMARY_IP primary_ip, TAGS tags, CUSTOM_FIELDS custom_fields,
            INTERFACE_COUNT interface_count
        }
        dcim::Region { NAME name, PARENT parent, DEPTH depth, SITE_COUNT site_count }
        dcim::Cable { A_TERMINATIONS a_terminations, LENGTH length, COLOR color, STATUS status }
        dcim::Interface { MODE mode, TAGGED_VLANS tagged_vlans, OCCUPIED occupied, MTU mtu, CABLE cable, WWN wwn }
        ipam::Prefix { PREFIX prefix, SCOPE scope, FAMILY family, IS_POOL is_pool }
        ipam::VlanGroup { VID_RANGES vid_ranges, UTILIZATION utilization }
        core::Job { STATUS status, USER user, LOG_ENTRIES log_entries, DATA data }
    }
}
