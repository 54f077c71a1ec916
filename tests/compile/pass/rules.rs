//! The names that `rename_all` makes.
#![deny(warnings)]

use netbox_core::{Model, NetboxModel};
use serde::Deserialize;

macro_rules! check {
    ($rule:literal, $device_type:literal) => {{
        #[derive(Deserialize, NetboxModel)]
        #[netbox(endpoint = "dcim/devices")]
        #[serde(rename_all = $rule)]
        struct Device {
            #[serde(rename = "id")]
            id: u64,
            device_type: String,
        }

        assert_eq!(Device::FIELDS, Some(&["id", $device_type][..]));
        assert_eq!(Device::DEVICE_TYPE.name(), $device_type);
    }};
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/devices")]
#[serde(rename_all(serialize = "UPPERCASE", deserialize = "camelCase"))]
struct Device {
    id: u64,
    device_type: String,
}

fn main() {
    check!("lowercase", "device_type");
    check!("UPPERCASE", "DEVICE_TYPE");
    check!("PascalCase", "DeviceType");
    check!("camelCase", "deviceType");
    check!("snake_case", "device_type");
    check!("SCREAMING_SNAKE_CASE", "DEVICE_TYPE");
    check!("kebab-case", "device-type");
    check!("SCREAMING-KEBAB-CASE", "DEVICE-TYPE");
    assert_eq!(Device::FIELDS, Some(&["id", "deviceType"][..]));
}
