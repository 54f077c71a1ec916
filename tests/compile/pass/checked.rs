//! Models that are compared with NetBox's schema and found right, those that aren't compared, and facts that the derive
//! knows without an attribute.
#![deny(warnings)]

use netbox_core::{Fk, Model, NetboxModel, Patch, fk::GenericFk, patch::Form, value::{Choice, Decimal, IpPrefix, Timestamp}};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site {
    id: u64,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "users/owners", since = "4.5")]
struct Owner {
    id: u64,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/rear-ports")]
struct RearPort {
    id: u64,
}

#[derive(Deserialize)]
enum Status {
    #[serde(other)]
    Other,
}

type Text = Option<String>;

/// Types that take what is sent, each in its way.
#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/devices")]
struct Device {
    id: u64,
    name: Text,
    #[serde(default, deserialize_with = "empty")]
    asset_tag: String,
    status: Status,
    face: Option<Choice>,
    #[serde(rename = "airflow")]
    flow: Value,
    position: Option<Decimal>,
    latitude: Option<f64>,
    #[fk]
    site: Fk<Site>,
    location: Option<Map<String, Value>>,
    #[fk]
    owner: Option<Fk<Owner>>,
    #[serde(alias = "device_role")]
    role: Value,
    custom_fields: std::collections::BTreeMap<String, Value>,
    created: Option<Timestamp>,
    #[serde(default)]
    cooling_method: Option<Choice>,
    console_port_count: u32,
}

fn empty<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

#[derive(Deserialize)]
struct Uuid(String);

/// Types of which the names alone are known, or nothing.
#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/vlan-groups")]
struct VlanGroup {
    id: u64,
    vid_ranges: Vec<(u16, u16)>,
    utilization: Decimal,
    name: std::borrow::Cow<'static, str>,
    slug: Box<str>,
    description: Uuid,
    scope: Option<netbox_core::Object>,
    created: Option<String>,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "circuits/circuits")]
struct Circuit {
    id: u64,
    install_date: Option<netbox_core::value::Date>,
    termination_date: Option<String>,
    #[serde(default, deserialize_with = "empty")]
    description: String,
}

/// Keys behind a name of the user's own.
type SiteRef = Fk<Site>;
type OwnerRef = Option<Fk<Owner>>;

#[derive(Deserialize)]
struct Reference {
    id: u64,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/racks")]
struct Rack {
    id: u64,
    site: SiteRef,
    #[serde(default)]
    owner: OwnerRef,
    tenant: Option<Reference>,
    tags: Vec<Reference>,
}

/// Fields that come and go.
#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/front-ports")]
struct FrontPort {
    id: u64,
    #[netbox(since = "4.5")]
    rear_ports: Vec<Value>,
    #[fk]
    rear_port: Option<Fk<RearPort>>,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "virtualization/virtual-machines", since = "4.5")]
struct Machine {
    id: u64,
    #[netbox(since = "4.3")]
    start_on_boot: Choice,
}

/// The schema knows nothing of newer versions.
#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites", since = "9.0")]
struct FutureSite {
    id: u64,
    orbit: u32,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/starships", since = "9.0")]
struct Starship {
    id: u64,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/spaceships", unchecked)]
struct Spaceship {
    id: u64,
    #[fk]
    crew: Vec<Fk<Owner>>,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/prefixes")]
struct Prefix {
    id: u64,
    prefix: IpPrefix,
    #[fk]
    #[netbox(unchecked)]
    site: Fk<Owner>,
    family: Choice,
    children: u64,
    scope: Option<GenericFk>,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/services")]
struct Service {
    id: u64,
    parent: Option<GenericFk>,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/image-attachments")]
struct Image {
    id: u64,
    parent: Option<GenericFk>,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "core/jobs")]
struct Job {
    id: u64,
    object: Option<GenericFk>,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/event-rules")]
struct EventRule {
    id: u64,
    event_types: String2,
}

#[derive(Deserialize)]
struct String2(Vec<String>);

impl netbox_core::field::Lookup for String2 {
    type Kind = netbox_core::field::kind::Text;
}

#[track_caller]
fn check<M>(patch: &Patch<M>, expected: &[&str]) {
    assert_eq!(patch.names().collect::<Vec<_>>(), expected);
}

fn main() {
    // NetBox ignores read-only fields in a write whether the model says so or not.
    assert!(Prefix::FAMILY.is_read_only() && Prefix::CHILDREN.is_read_only());
    assert!(Device::CREATED.is_read_only() && Device::CONSOLE_PORT_COUNT.is_read_only());
    assert!(Job::OBJECT.is_read_only());
    assert!(!Prefix::SCOPE.is_read_only() && !Device::STATUS.is_read_only());

    let object = GenericFk::new("dcim.site", 7);
    check(&Patch::new().set(Prefix::SCOPE, &object), &["scope_id", "scope_type"]);
    check(&Patch::new().set(Service::PARENT, &object), &["parent_object_id", "parent_object_type"]);
    check(&Patch::new().set(Image::PARENT, &object), &["object_id", "object_type"]);

    assert_eq!(format!("{:?}", EventRule::EVENT_TYPES.eq("x")), "Filter(event_type=x)");
    assert_eq!(format!("{:?}", Device::OWNER.eq(1)), "Filter(owner_id=1)");

    let _ = |group: VlanGroup, circuit: Circuit, rack: Rack| {
        let _ = (group.vid_ranges, group.utilization, group.name, group.slug, group.description.0, group.scope);
        let _ = (group.created, circuit.install_date, circuit.termination_date, circuit.description);
        let _ = (rack.site, rack.owner, rack.tenant.map(|tenant| tenant.id), rack.tags);
    };

    let device: Device = serde_json::from_value(serde_json::json!({
        "id": 1, "name": null, "status": "Other", "face": null, "airflow": null, "position": 1.0,
        "latitude": null, "site": {"id": 1}, "location": null, "role": {"id": 1}, "custom_fields": {},
        "created": null, "console_port_count": 0,
    }))
    .unwrap();
    assert!(device.asset_tag.is_empty() && device.owner.is_none() && device.cooling_method.is_none());
    let _ = (device.name, device.flow, device.role, device.location);
    let _: fn(&Device, &mut Form) = Device::write;
}
