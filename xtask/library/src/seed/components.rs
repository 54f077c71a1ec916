//! The components that NetBox makes of a device type's templates when a device is created.

use serde_json::Value;

use super::{dataset::Object, rule::Fields};

/// One component for each template of each device's type.
///
/// Fields that refer to other objects are left out: NetBox turns those between templates into ones between components.
pub(super) fn components<'a>(
    devices: impl Iterator<Item = &'a Object>,
    templates: &[&Object],
) -> impl Iterator<Item = Fields> {
    devices.flat_map(|device| {
        templates
            .iter()
            .filter(|template| template.fields.get("device_type") == device.fields.get("device_type"))
            .map(|template| component(device, template))
    })
}

fn component(device: &Object, template: &Object) -> Fields {
    let own = template.fields.iter().filter(|(_, value)| !refers(value));
    let mut fields: Fields = own.map(|(name, value)| (name.clone(), value.clone())).collect();
    fields.insert("device".to_owned(), Value::from(device.reference.clone()));
    fields
}

fn refers(value: &Value) -> bool {
    match value {
        Value::String(text) => text.starts_with('@'),
        Value::Array(items) => items.iter().any(refers),
        Value::Object(fields) => fields.values().any(refers),
        _ => false,
    }
}
