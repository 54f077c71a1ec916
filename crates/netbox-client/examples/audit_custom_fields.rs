//! Reports how many objects have a value in each custom field, and which fields nobody uses.
//!
//! ```sh
//! cargo run -p netbox-client --example audit_custom_fields --features core,extras -- dcim.site dcim.device
//! ```
//!
//! The arguments are the types of the objects to look at; without arguments, the program looks at all.

use std::{collections::BTreeMap, env};

use netbox_client::{
    Blocking, Client, Error,
    models::{core::ObjectType, extras::CustomField},
    value::CustomFields,
};
use serde_json::Value;

fn main() -> Result<(), Error> {
    let wanted: Vec<String> = env::args().skip(1).collect();
    let client = netbox_client::blocking_from_env().build()?;
    let fields = client.query::<CustomField>().order(CustomField::NAME.asc());
    let fields = fields.select((CustomField::NAME, CustomField::TYPE, CustomField::OBJECT_TYPES)).all()?;

    let mut by_type: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (name, kind, object_types) in fields {
        for object_type in object_types {
            if wanted.is_empty() || wanted.contains(&object_type) {
                by_type.entry(object_type).or_default().push((name.clone(), kind.clone()));
            }
        }
    }
    for (object_type, fields) in by_type {
        let (mut objects, mut set) = (0, BTreeMap::new());
        for object in client.query_at(&endpoint(&client, &object_type)?).fields(["id", "custom_fields"]) {
            let values: CustomFields = object?.get("custom_fields")?;
            objects += 1;
            for (name, _) in &fields {
                *set.entry(name).or_default() += u64::from(values.get::<Value>(name)?.is_some());
            }
        }
        println!("{object_type}, {objects} objects");
        for (name, kind) in &fields {
            match set.get(name) {
                Some(0) | None => println!("  {name} ({kind}) is never set"),
                Some(count) => println!("  {name} ({kind}) is set in {count}"),
            }
        }
    }
    Ok(())
}

/// The list of the objects of a type, such as `dcim/sites` for `dcim.site`.
fn endpoint(client: &Client<Blocking>, object_type: &str) -> Result<String, Error> {
    let (app, model) = object_type.split_once('.').unwrap_or_default();
    let types = client.query::<ObjectType>().filter(ObjectType::APP_LABEL.eq(app));
    let url = types.filter(ObjectType::MODEL.eq(model)).one()?.rest_api_endpoint.clone().unwrap_or_default();
    let (_, path) = url.split_once("/api/").unwrap_or_default();
    Ok(path.trim_end_matches('/').to_owned())
}
