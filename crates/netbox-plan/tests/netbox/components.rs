//! The components that NetBox makes with new devices and modules, of the templates of their types.

use serde_json::{Value, json};

use super::{
    Fields,
    state::{Answer, State},
};

impl State {
    /// Makes the components of a new object. Every device has one `mgmt0`, as if each type had a template for it.
    pub(super) fn add_components(&mut self, path: &str, id: u64, fields: &Fields) -> Result<(), Answer> {
        let (own, of_type) = match path {
            "dcim/devices" => ("device", "device_type"),
            "dcim/modules" => ("module", "module_type"),
            _ => return Ok(()),
        };
        let mut owners = Fields::from_iter([(own.to_owned(), id.into())]);
        owners.extend(fields.get("device").map(|device| ("device".to_owned(), device.clone())));
        let mut components = Vec::new();
        if path == "dcim/devices" {
            components.push(("dcim/interfaces".to_owned(), json!({"name": "mgmt0", "type": "virtual"})));
        }
        for (path, _, template) in self.all().filter(|(path, ..)| path.ends_with("-templates")) {
            let path = format!("{}s", path.trim_end_matches("-templates"));
            let mut component = template.clone();
            if component.remove(of_type).as_ref() == fields.get(of_type) && component["name"] != "mgmt0" {
                component.remove("last_updated");
                components.push((path, component.into()));
            }
        }
        for (path, component) in components {
            let Value::Object(mut component) = component else { unreachable!() };
            component.extend(owners.clone());
            let id = self.add(&path, component);
            self.check(&path, id, true)?;
        }
        Ok(())
    }
}
