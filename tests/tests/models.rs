//! Each ready-made model reads what any version of NetBox may answer, as far as netbox-schema knows: all fields with a
//! value, and all that can be null without one.

use netbox_core::{Model, Patch};
use netbox_models::dcim::DeviceType;
use netbox_schema::{Endpoint, Field, Kind, Versions, endpoint};
use netbox_tests::truth::{Shown, differences};
use serde_json::{Map, Value, json};

macro_rules! check_all {
    ($($model:path)+) => {
        #[test]
        fn every_model_reads_every_version() {
            let mut wrong = Vec::new();
            $(wrong.extend(check::<$model>());)+
            assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        }
    };
}

netbox_models::for_each_model!(check_all);

fn check<M: Model>() -> Vec<String> {
    let endpoint = endpoint(M::ENDPOINT).expect("one of NetBox's own");
    let mut wrong = Vec::new();
    for version in
        Versions::ALL.iter().filter(|version| endpoint.versions().contains(version.major, version.minor))
    {
        for nulls in [false, true] {
            let mut object = object(endpoint, (version.major, version.minor), nulls);
            // The type and id that a generic reference stands for are null with it.
            let fields = M::FIELDS.unwrap_or_default();
            for (_, part) in object.iter_mut().filter(|(name, _)| nulls && !fields.contains(&&***name)) {
                *part = Value::Null;
            }
            let what = format!("{} in {version}, {}", M::ENDPOINT, if nulls { "with nulls" } else { "full" });
            match serde_json::from_value::<M>(object.clone().into()) {
                Ok(model) => {
                    let differences = differences(&object, &Shown::of(&model));
                    wrong.extend(differences.into_iter().map(|difference| format!("{what}: {difference}")));
                }
                Err(error) => wrong.push(format!("{what}: {error}")),
            }
        }
    }
    wrong
}

/// An object as that version may answer with.
fn object(endpoint: Endpoint, (major, minor): (u16, u16), nulls: bool) -> Map<String, Value> {
    let readable = endpoint.fields().filter(|field| field.readable().contains(major, minor));
    let fields = readable.map(|field| {
        // No list of keys is ever null, whatever the documents say.
        let null = nulls && field.nullable().contains(major, minor) && field.kind() != Kind::ForeignKeys;
        let value = match field.kind() {
            _ if null => Value::Null,
            // The objects at the other end of a cable have a type beside them, which is null now.
            Kind::Generics if nulls => json!([]),
            _ => value(endpoint, field, (major, minor)),
        };
        (field.name().to_owned(), value)
    });
    fields.collect()
}

const ID: u64 = 7;

fn value(endpoint: Endpoint, field: Field, (major, minor): (u16, u16)) -> Value {
    let nested =
        |endpoint: &str| json!({"id": ID, "url": format!("https://h/api/{endpoint}/{ID}/"), "display": "x"});
    let form = field.forms().find(|form| form.versions().contains(major, minor)).expect("a form");
    let target = || nested(form.target().expect("a target").path());
    let choice = field.choices().find(|choice| choice.versions().contains(major, minor));
    let choice = choice.map_or("?", netbox_schema::Choice::value);
    let number = || choice.parse::<i64>().expect("a number");
    match form.kind() {
        Kind::Text => match field.name() {
            "address" | "prefix" | "start_address" | "end_address" => json!("10.0.0.0/24"),
            name if name.ends_with("_type") => json!("dcim.site"),
            _ => json!("text"),
        },
        Kind::Integer | Kind::BareKey => json!(ID),
        Kind::Number => json!(1.5),
        Kind::Boolean => json!(true),
        Kind::Date => json!("2026-11-23"),
        Kind::DateTime => json!("2026-11-23T09:32:11.058697Z"),
        Kind::Choice => json!({"value": choice, "label": "x"}),
        Kind::IntegerChoice => json!({"value": number(), "label": "x"}),
        Kind::BareChoice => json!(choice),
        Kind::BareIntegerChoice => json!(number()),
        Kind::BareChoices => json!([choice, "not yet known"]),
        Kind::File => json!("https://h/media/x.png"),
        Kind::ForeignKey => target(),
        Kind::ForeignKeys => json!([target()]),
        Kind::Generic => nested("dcim/sites"),
        Kind::Generics => json!([nested("dcim/sites")]),
        Kind::GenericObjects => {
            json!([{"object_type": "dcim.site", "object_id": ID, "object": nested("dcim/sites")}])
        }
        Kind::Object if field.name() == "choice_colors" => json!({"a": "red"}),
        Kind::Object => {
            json!({"text": "x", "choice": {"value": "a", "label": "A"}, "site": nested("dcim/sites")})
        }
        Kind::Json => json!({"a": [1, {"value": 1, "label": "own"}]}),
        Kind::Texts if field.name() == "allowed_ips" => json!(["10.0.0.0/8", "2001:db8::/32"]),
        Kind::Texts => json!(["one", "two"]),
        Kind::Integers => json!([1, 2]),
        Kind::List => match field.name() {
            "log_entries" => json!([{"level": "info", "message": "x", "timestamp": "2026-11-23T09:32:11Z"}]),
            "rear_ports" => json!([{"position": 1, "rear_port": ID, "rear_port_position": 1}]),
            "front_ports" => json!([{"position": 1, "front_port": ID, "front_port_position": 1}]),
            "extra_choices" => json!([["a", "A"]]),
            "vid_ranges" => json!([[1, 4094]]),
            name => panic!("what is in {endpoint}.{name}?"),
        },
        kind => panic!("what is a {kind} in JSON?"),
    }
}

#[test]
fn a_file_is_cleared_like_any_other_field() {
    let patch = Patch::new().clear(DeviceType::FRONT_IMAGE);
    assert_eq!(patch.value("front_image"), Some(Value::Null));
}
